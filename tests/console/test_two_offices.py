"""Two offices in one installation: their people are not each other's."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cchc.errors import SignInError
from console.api.routes import ADDRESSES
from console.app import make_app
from console.routes import WAYS
from pipelines.settings import DagsterSettings
from tests.console.desk import NAMES, PASSWORD, ROUND, WARD, Browser, Desk, load, make_desk, session_of, word_report
from tests.console.test_gate import path_of
from warehouse import queries
from warehouse.people import accounts, sessions, tokens
from warehouse.people.accounts import NewAccount
from warehouse.people.acts import acts

OFFICES = ("mot", "hai")
COOKIE = "__Host-cchc"
OWN = "mật khẩu của cơ quan này"
REVIEW = f"/review/{ROUND}/{WARD}/dossiers_received"


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> tuple[Desk, Desk]:
    """Give the pages of two offices that share a Dagster and have a person of every role under the same names.

    A figure of one unit waits in both, and each has somebody the other has not.
    """
    folder = tmp_path_factory.mktemp("installation")
    first, second = (_desk(folder, migrated, name) for name in OFFICES)
    return first, second


def _desk(folder: Path, migrated: Path, name: str) -> Desk:
    home = folder / name
    home.mkdir()
    desk = make_desk(home, migrated, ward_door=True)
    desk.settings = replace(desk.settings, dagster=DagsterSettings(str(folder / "dagster"), name))
    desk.client.app = make_app(desk.settings, lambda: desk.moment)
    load(desk, word_report({"dossiers_received": ("276", 0.5)}))
    person = accounts.add_account(desk.engine, NewAccount(name, f"Người {name}", "operator"), desk.moment)
    accounts.use_link(desk.engine, accounts.make_link(desk.engine, person.id, desk.moment), OWN, desk.moment)
    return desk


def borrowed(desk: Desk, browser: Browser) -> Browser:
    """Return a browser of an office that bears the cookie of a session of the other."""
    other = desk.browser(None)
    other.client.cookies.set(COOKIE, browser.client.cookies[COOKIE], domain="testserver.local")
    return other


def test_a_session_opens_no_page_of_the_other(two: tuple[Desk, Desk]) -> None:
    """Whoever is signed in at one office, whatever the role, is nobody on every page and at every form of the other."""
    first, second = two
    for role in NAMES:
        at_home = first.browser(role)
        session = session_of(first, at_home)
        assert session is not None
        abroad = borrowed(second, at_home)

        told = {
            (way.method, way.path): abroad.get(path_of(way)).status_code
            if way.method == "GET"
            else abroad.post(path_of(way), {}, token=session.form_token).status_code
            for way in WAYS
            if way.right is not None
        }

        assert set(told.values()) == {401}, role
        assert session_of(second, abroad) is None
        assert session_of(first, at_home) is not None


def test_nothing_is_decided_in_the_other(two: tuple[Desk, Desk]) -> None:
    """A form that decides at home decides nothing abroad, neither with the session nor with its token alone."""
    first, second = two
    clerk, stranger = first.browser("clerk"), second.browser("clerk")
    fields: dict[str, str | list[str]] = {"action": "accept", "seen": "1:0"}
    token = clerk.token(REVIEW)

    answers = [borrowed(second, clerk).post(REVIEW, fields, token=token), stranger.post(REVIEW, fields, token=token)]
    done = clerk.post(REVIEW, fields, token=token)

    assert ([answer.status_code for answer in answers], done.status_code) == ([401, 403], 303)
    assert [len(queries.decisions(desk.engine, ROUND)) for desk in two] == [1, 0]
    assert [len([act for act in acts(desk.engine) if act.kind == "decide"]) for desk in two] == [1, 0]


def test_an_account_signs_in_at_its_own_office_only(two: tuple[Desk, Desk]) -> None:
    """Neither an account the other has not nor the other's password for a shared name lets anybody in."""
    for desk, own, foreign in ((two[0], *OFFICES), (two[1], *reversed(OFFICES))):
        told = [
            desk.browser(None).post("/sign-in", {"login": login, "password": password}, page="/sign-in").status_code
            for login, password in ((own, OWN), (foreign, OWN), ("head", OWN), ("head", PASSWORD))
        ]
        assert told == [303, 401, 401, 303]
        assert [person.login for person in accounts.accounts(desk.engine) if person.login in OFFICES] == [own]


def test_secrets_of_one_are_unknown_to_the_other(two: tuple[Desk, Desk]) -> None:
    """A link for a password and a program's token, made at one office, are worth nothing at the other."""
    first, second = two
    operator = first.people["operator"]
    link = accounts.make_link(first.engine, first.people["viewer"].id, first.moment)
    token = tokens.make_token(first.engine, operator, "a dashboard", "office", 30, first.moment)
    paths = ["/api/v1" + address.path.replace("{name}", "mart_ledger") for address in ADDRESSES]

    told = [
        {Browser(desk.client).get(path, Authorization=f"Bearer {token}").status_code for path in paths} for desk in two
    ]

    assert told == [{200}, {401}]
    with pytest.raises(SignInError):
        accounts.use_link(second.engine, link, OWN, second.moment)
    assert sessions.sign_in(second.engine, "viewer", PASSWORD, "127.0.0.1", second.moment)[1].name == NAMES["viewer"]
