"""Signing in by a sign-in service, against a real one on this machine."""

from __future__ import annotations

import base64
import hashlib
import json
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from pipelines.settings import SignInService
from tests.console.desk import Desk, make_desk
from warehouse.people.accounts import NewAccount, account_by, add_account


class Provider:
    """A provider of OpenID Connect with one person: codes with proof of key, signed tokens."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.issuer = f"http://127.0.0.1:{self.port}"
        self.key = RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"})
        self.signing = self.key
        self.asked: dict[str, str] = {}
        self.changes: dict[str, Any] = {}
        routes = [
            Route("/.well-known/openid-configuration", self.configuration),
            Route("/keys", self.keys),
            Route("/token", self.token, methods=["POST"]),
        ]
        self.server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=self.port, log_level="error"))

    def configuration(self, _request: Request) -> Response:
        """Say where what is."""
        names = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return JSONResponse({"issuer": self.issuer} | {n: self.issuer + path for n, path in names.items()})

    def keys(self, _request: Request) -> Response:
        """Give the public key."""
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def authorize(self, address: str) -> str:
        """Do what the page of the provider does when its person agrees: remember what was asked, give a code."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return "the-code"

    async def token(self, request: Request) -> Response:
        """Give a token for the code, if the proof of key fits."""
        form = await request.form()
        proof = base64.urlsafe_b64encode(hashlib.sha256(str(form["code_verifier"]).encode()).digest()).rstrip(b"=")
        if form["code"] != "the-code" or proof.decode() != self.asked["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        claims = {
            "iss": self.issuer,
            "sub": "42",
            "aud": "cchc",
            "exp": int(time.time()) + 300,
            "nonce": self.asked["nonce"],
            "preferred_username": "mai",
            "name": "Đỗ Thị Mai",
        } | self.changes
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signing)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": signed})


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """Give a provider that runs."""
    provider = Provider()
    threading.Thread(target=provider.server.run, daemon=True).start()
    while not provider.server.started:
        time.sleep(0.05)
    yield provider
    provider.server.should_exit = True


@pytest.fixture
def provider(running: Provider) -> Provider:
    """Give the provider as it was at the start."""
    running.changes, running.signing = {}, running.key
    return running


@pytest.fixture
def office(tmp_path: Path, migrated: Path, provider: Provider) -> Desk:
    """Give an office that signs in by the provider, with an account made for it."""
    desk = make_desk(tmp_path, migrated, service=SignInService(provider.issuer, "cchc", "secret"))
    add_account(desk.engine, NewAccount("mai", "Đỗ Thị Mai", "clerk"), desk.moment)
    return desk


def go_through(desk: Desk, provider: Provider, *, state: str | None = None) -> tuple[int, Any]:
    """Return the answer to coming back from the provider, and the browser that did."""
    browser = desk.browser(None)
    away = browser.get("/service")
    code = provider.authorize(away.headers["location"])
    answer = browser.get(f"/service/back?code={code}&state={state or provider.asked['state']}")
    return answer.status_code, browser


class TestService:
    def test_person_of_the_provider_is_the_account_made_for_them(self, office: Desk, provider: Provider) -> None:
        """The first time binds issuer and subject; from then on they alone count."""
        status, browser = go_through(office, provider)

        assert (status, browser.get("/round/2023-Q3").status_code) == (303, 200)
        bound = account_by(office.engine, login="mai")
        assert bound is not None
        assert bound.subject == f"{provider.issuer}|42"
        provider.changes = {"preferred_username": "operator"}
        assert "Đỗ Thị Mai" in go_through(office, provider)[1].get("/round/2023-Q3").text

    def test_account_with_a_password_is_taken_over_by_nobody(self, office: Desk, provider: Provider) -> None:
        """A name at the provider opens no account that has a password of its own."""
        provider.changes = {"preferred_username": "operator", "sub": "7"}

        assert go_through(office, provider)[0] == 422

    @pytest.mark.parametrize(
        "changes", [{"aud": "another"}, {"iss": "http://elsewhere"}, {"nonce": "old"}, {"exp": 1}], ids=json.dumps
    )
    def test_word_that_does_not_hold(self, office: Desk, provider: Provider, changes: dict[str, Any]) -> None:
        """A token for another page, of another issuer, of another errand or too old signs nobody in."""
        provider.changes = changes

        status, browser = go_through(office, provider)

        assert (status, browser.get("/round/2023-Q3").status_code) == (422, 401)

    def test_other_signature_and_other_state(self, office: Desk, provider: Provider) -> None:
        """Neither a token signed by another key nor an answer to another errand signs anybody in."""
        assert go_through(office, provider, state="another")[0] == 422
        provider.signing = RSAKey.generate_key(2048, {"kid": "one"})

        assert go_through(office, provider)[0] == 422

    def test_page_offers_it_where_it_is_set(self, office: Desk) -> None:
        """The button stands on the page to sign in where the office has a service."""
        assert 'href="/service"' in office.browser(None).get("/sign-in").text
