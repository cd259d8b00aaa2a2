"""The office's own sign-in service: OpenID Connect with a code, a proof of key and a checked identity token.

Belongs here: where to send the browser, and who comes back. Stays out: which account that is (`pages.service`).

Needs the extra `oidc` (Authlib, httpx); without it the office signs in by passwords only.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from cchc.errors import ConfigurationError, SignInError
from cchc.messages import translator
from pipelines.settings import SignInService

_ = translator("console")

SCOPE = "openid profile"
SECONDS = 10.0
_ALGORITHMS = ["RS256", "ES256", "PS256", "EdDSA"]
"""Signatures by keys of the service; what anybody can sign with a shared secret, or not at all, is not among them."""


@dataclass(frozen=True)
class Errand:
    """What the browser keeps while it is away: what must come back, and the proof of who began."""

    state: str
    nonce: str
    verifier: str

    def packed(self) -> str:
        """Return the errand as one word for a cookie."""
        return f"{self.state}.{self.nonce}.{self.verifier}"


@dataclass(frozen=True)
class Known:
    """Who the service says somebody is: issuer and subject, and the name it knows them by."""

    subject: str
    login: str
    name: str


def unpacked(word: str) -> Errand | None:
    """Return the errand of a cookie, None where there is none."""
    parts = word.split(".")
    return Errand(*parts) if len(parts) == 3 and all(parts) else None


def begin(service: SignInService, back: str) -> tuple[str, Errand]:
    """Return where to send the browser, and the errand it keeps; `back` is where it shall return to.

    Raises:
        SignInError: the service does not answer.
    """
    errand = Errand(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    with _client(service, back) as client:
        found = _metadata(client, service)
        address, _state = client.create_authorization_url(
            found["authorization_endpoint"], state=errand.state, nonce=errand.nonce, code_verifier=errand.verifier
        )
    return str(address), errand


def finish(service: SignInService, back: str, errand: Errand, state: str, code: str) -> Known:
    """Return who came back.

    Raises:
        SignInError: what came back is not what was sent away, or the service's word does not hold.
    """
    if not secrets.compare_digest(state, errand.state) or not code:
        raise SignInError(_("signing in was broken off; begin it again"))
    with _client(service, back) as client:
        found = _metadata(client, service)
        try:
            token = client.fetch_token(found["token_endpoint"], code=code, code_verifier=errand.verifier)
            keys = client.request("GET", found["jwks_uri"], withhold_token=True).json()
            claims = _claims(service, str(token["id_token"]), keys, errand)
        except SignInError:
            raise
        except Exception as error:
            raise SignInError(_("the sign-in service gave no good answer; try again or sign in by password")) from error
    login = str(claims.get("preferred_username") or "")
    return Known(f"{claims['iss']}|{claims['sub']}", login, str(claims.get("name") or login))


def _claims(service: SignInService, id_token: str, keys: Any, errand: Errand) -> dict[str, Any]:
    """Return what the identity token says, after its signature and each claim was checked."""
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    registry = jwt.JWTClaimsRegistry(
        iss={"essential": True, "value": service.issuer},
        aud={"essential": True, "value": service.client_id},
        exp={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": errand.nonce},
    )
    try:
        token = jwt.decode(id_token, KeySet.import_key_set(keys), algorithms=_ALGORITHMS)
        registry.validate(token.claims)
    except (JoseError, ValueError) as error:
        raise SignInError(_("the sign-in service's word does not hold; tell who looks after it")) from error
    return dict(token.claims)


def _client(service: SignInService, back: str) -> Any:
    try:
        from authlib.integrations.httpx_client import OAuth2Client
    except ImportError as error:
        raise ConfigurationError(_("signing in by a service needs the extra 'oidc'; install cchc[oidc]")) from error
    return OAuth2Client(
        service.client_id,
        service.client_secret,
        scope=SCOPE,
        redirect_uri=back,
        code_challenge_method="S256",
        timeout=SECONDS,
    )


def _metadata(client: Any, service: SignInService) -> dict[str, str]:
    """Return where the service does what; it must be the issuer that was set."""
    import httpx

    try:
        found = client.request("GET", f"{service.issuer}/.well-known/openid-configuration", withhold_token=True).json()
    except (httpx.HTTPError, ValueError) as error:
        raise SignInError(_("the sign-in service does not answer; sign in by password or try again")) from error
    if found.get("issuer", "").rstrip("/") != service.issuer:
        raise SignInError(_("the sign-in service's word does not hold; tell who looks after it"))
    return dict(found)
