"""The gate: every way by every role, and what a foreign or old form is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from console.app import page_address
from console.guard import HEADERS, MOST_FILES, safe_path
from console.routes import WAYS, Way
from tests.console.desk import NAMES, PASSWORD, ROUND, Browser, Desk, load, make_desk, session_of, word_report
from warehouse import migrate, queries
from warehouse.people.acts import acts
from warehouse.people.roles import may

FILLED = {
    "label": ROUND,
    "ward": "pho-an",
    "name": "dossiers_received",
    "number:int": "1",
    "page:int": "1",
    "report:int": "1",
    "sha256": "0" * 64,
    "job": "none",
    "work": "collect",
    "edition": "cong-bo",
    "secret": "none",
    "card": "mac-dinh",
    "criterion": "none",
    "file": "none",
    "part": "none",
    "figure": "dossiers_received",
    "what": "dagster",
}


def path_of(way: Way) -> str:
    """Return a path a way leads to."""
    return re.sub(r"\{([^}]+)\}", lambda m: FILLED[m[1]], way.path)


HOSTILE = "\x00'\"><script>alert(1)</script>"
LARGE = "99999999999999999999999"
FIELDS = ("value", "figure", "seen", "member", "number", "ward", "round", "days", "revision", "page", "q", "action")


def hostile_paths(way: Way) -> Iterator[str]:
    """Yield paths that lead to a way with something in each place that no page puts there."""
    yield path_of(way)
    for name in re.findall(r"\{([^}]+)\}", way.path):
        filled = {**FILLED, name: LARGE if name.endswith(":int") else quote(HOSTILE.replace("/", ""), safe="")}
        yield re.sub(r"\{([^}]+)\}", lambda m, filled=filled: filled[m[1]], way.path)


def name_of(way: Way) -> str:
    """Return what a way is called in the list of tests."""
    return f"{way.method} {way.path}"


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> tuple[Desk, dict[str | None, Browser]]:
    """Give a page with a browser for each role, and one in which nobody is signed in."""
    desk = make_desk(tmp_path_factory.mktemp("everybody"), migrated, ward_door=True)
    load(desk, word_report({"dossiers_received": ("276", 0.5), "dossiers_resolved": ("270", 0.7)}))
    return desk, {role: desk.browser(role) for role in (None, *NAMES)}


class TestWays:
    @pytest.mark.parametrize("way", [w for w in WAYS if w.right is not None], ids=name_of)
    def test_every_role(
        self, everybody: tuple[Desk, dict[str | None, Browser]], way: Way, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A way lets those pass who have its right, tells others so, and asks who is not signed in to sign in."""
        monkeypatch.setattr("console.jobs.Jobs.start", lambda _self, job, _order, _language: job)
        desk, browsers = everybody
        told = {}
        for role, browser in browsers.items():
            if way.method == "GET":
                told[role] = browser.get(path_of(way)).status_code
            else:
                session = session_of(desk, browser)
                token = session.form_token if session else "none"
                told[role] = browser.post(path_of(way), {}, token=token).status_code

        assert told.pop(None) == 401
        assert {role for role, status in told.items() if status == 403} == {
            role
            for role in NAMES
            if not may(role, way.right)  # type: ignore[arg-type]
        }
        assert all(status < 500 for status in told.values())

    def test_every_way_of_the_application_is_in_the_lists(self, desk: Desk) -> None:
        """No page is served but those the lists of ways name, which the tests of roles go through."""
        app = cast("Starlette", desk.client.app)
        served = {(m, r.path) for r in app.routes if isinstance(r, Route) for m in (r.methods or set()) - {"HEAD"}}
        mounts = {route.path for route in app.routes if isinstance(route, Mount)}

        assert served == {(way.method, way.path) for way in WAYS} | {("GET", "/")}
        assert mounts == {"/api/v1", "/static"}

    def test_hostile_words_are_told_in_a_sentence(self, everybody: tuple[Desk, dict[str | None, Browser]]) -> None:
        """Whatever stands in a path, a question or a form, the program does not break, and nothing of it is markup."""
        _desk, browsers = everybody
        broken = []
        for way in WAYS:
            role = next((r for r in ("head", "clerk", "operator", "ward") if way.right and may(r, way.right)), None)
            if role is None:
                continue
            browser = Browser(browsers[role].client)
            token = session_of(_desk, browser).form_token  # type: ignore[union-attr]
            for path in hostile_paths(way):
                answer = (
                    browser.client.get(path, params=dict.fromkeys(FIELDS, HOSTILE))
                    if way.method == "GET"
                    else browser.client.post(path, data=dict.fromkeys(FIELDS, HOSTILE) | {"form_token": token})
                )
                if answer.status_code >= 500 or HOSTILE in answer.text:
                    broken.append((way.method, path, answer.status_code))

        assert broken == []

    def test_open_ways_are_few(self) -> None:
        """Nobody passes without signing in but to sign in, by a link, or to choose a language."""
        assert {w.path for w in WAYS if w.right is None} <= {
            "/sign-in",
            "/link/{secret}",
            "/language",
            "/sign-out",
            "/service",
            "/service/back",
            "/may/{what}",
        }

    def test_nothing_below_static_but_files(self, desk: Desk) -> None:
        """No path leads out of the folder of files."""
        browser = desk.browser(None)

        assert browser.get("/static/console.css").status_code == 200
        for path in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py"):
            assert browser.get(path).status_code == 404

    def test_headers_on_every_answer(self, desk: Desk) -> None:
        """Pages, files, faults and redirects alike bear the headers; no page holds a script or a style of its own."""
        browser = desk.browser("clerk")

        for path in ("/", "/round/2023-Q3", "/sign-in", "/nowhere", "/static/console.js"):
            answer = browser.get(path)
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path
            assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", answer.text), path


class TestFaults:
    def test_a_broken_program_says_so_with_every_header(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """What nobody foresaw is a sentence in the office's language, never a bare line or a traceback."""

        def breaks(*_args: object) -> None:
            raise ZeroDivisionError("a slip of ours")

        monkeypatch.setattr("console.guard.session_of", breaks)
        cookies = {"__Host-cchc": "any"}
        client = TestClient(desk.client.app, base_url="https://testserver", raise_server_exceptions=False)

        answer = client.get("/round/2023-Q3", cookies=cookies)

        assert (answer.status_code, "Hãy báo người vận hành" in answer.text) == (500, True)
        assert "a slip of ours" not in answer.text
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS

    def test_a_page_older_than_its_warehouse_asks_to_be_restarted(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A page that runs on while a newer program changed the schema does nothing, and says what to do."""
        browser = desk.browser("clerk")
        monkeypatch.setattr(migrate, "newest_revision", lambda: "0001")

        answers = [browser.get("/round/2023-Q3"), browser.get("/sign-in"), browser.get("/api/v1/rounds")]

        assert [answer.status_code for answer in answers] == [503, 503, 503]
        assert all("hãy dừng tiến trình này rồi chạy lại" in answer.text for answer in answers)
        monkeypatch.undo()
        assert browser.get("/round/2023-Q3").status_code == 200

    def test_too_many_files_are_told_in_a_sentence(self, desk: Desk) -> None:
        """A form with more files than are taken is answered in the office's language and nothing is taken in."""
        clerk = desk.browser("clerk")
        files = [("files", (f"{n}.pdf", b"x")) for n in range(MOST_FILES + 1)]

        answer = clerk.client.post(f"/round/{ROUND}/upload", files=files)

        assert (answer.status_code, "có quá 60 tệp; chưa nhận tệp nào" in answer.text) == (400, True)
        assert not (desk.settings.home / "uploads").exists()


class TestForms:
    def test_a_form_without_its_token_does_nothing(self, waiting: Desk) -> None:
        """Neither a missing nor a foreign token lets a form pass, nor does the word of another site."""
        browser, other = waiting.browser("clerk"), waiting.browser("head")
        path = "/review/2023-Q3/pho-an/dossiers_received"
        fields: dict[str, str | list[str]] = {"action": "accept", "seen": "1:0"}
        good = browser.token(path)

        answers = [
            browser.post(path, fields, token=""),
            browser.post(path, fields, token=other.token(path)),
            browser.post(path, fields, token=good, **{"Sec-Fetch-Site": "cross-site"}),
            browser.post(path, fields, token=good, Origin="https://elsewhere.example"),
        ]

        assert [a.status_code for a in answers] == [403] * 4
        assert queries.decisions(waiting.engine, ROUND) == []
        assert browser.post(path, fields, token=good, Origin="https://testserver").status_code == 303

    def test_too_large_is_told_before_it_is_read(self, desk: Desk) -> None:
        """A form larger than is taken, or without its length, is refused in a sentence; a stranger sends no files."""
        stranger, clerk = desk.browser(None), desk.browser("clerk")

        large = {"Content-Length": str(3 << 20)}
        larger = {"Content-Length": str(1 << 30)}

        refused = stranger.client.post("/sign-in", content=b"", headers=large)
        told = clerk.client.post(f"/round/{ROUND}/upload", content=b"", headers=larger)

        assert (refused.status_code, told.status_code) == (413, 413)
        assert "Hãy gửi tệp thành nhiều lần." in told.text

    def test_signing_in_makes_a_new_secret(self, desk: Desk) -> None:
        """A cookie planted before is worth nothing afterwards, and the old one is another one."""
        browser = desk.browser(None)
        browser.client.cookies.set("__Host-cchc", "planted", domain="testserver.local")

        answer = browser.post("/sign-in", {"login": "clerk", "password": PASSWORD}, page="/sign-in")

        cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-cchc="))
        assert "planted" not in cookie
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= {part.strip() for part in cookie.split(";")}
        assert "Domain" not in cookie

    @pytest.mark.parametrize(
        ("asked", "gone_to"),
        [
            ("/papers/2023-Q3", "/papers/2023-Q3"),
            ("https://elsewhere.example", "/"),
            ("//elsewhere.example", "/"),
            ("/\\elsewhere.example", "/"),
            ("/a\r\nSet-Cookie: x", "/"),
            ("javascript:alert(1)", "/"),
        ],
    )
    def test_goes_on_to_paths_of_its_own_only(self, desk: Desk, asked: str, gone_to: str) -> None:
        """Signing in sends nobody to another site."""
        fields: dict[str, str | list[str]] = {"login": "clerk", "password": PASSWORD, "back": asked}

        answer = desk.browser(None).post("/sign-in", fields, page="/sign-in")

        assert answer.headers["location"] == gone_to
        assert safe_path(asked) == gone_to

    def test_a_wrong_password_says_no_more_than_a_wrong_name(self, desk: Desk) -> None:
        """What is told of a wrong password and of an unknown name is the same sentence."""
        wrong = desk.browser(None).post("/sign-in", {"login": "clerk", "password": "sai mật khẩu"}, page="/sign-in")
        unknown = desk.browser(None).post("/sign-in", {"login": "ai đó", "password": PASSWORD}, page="/sign-in")

        said = [re.findall(r'class="fault"[^>]*>([^<]+)', a.text) for a in (wrong, unknown)]
        assert said == [["sai tên đăng nhập hoặc mật khẩu"]] * 2

    def test_an_ended_session_loses_nothing_typed(self, waiting: Desk) -> None:
        """A correction sent after the session ended is kept, offered after signing in, and recorded when sent."""
        browser = waiting.browser("clerk")
        path = "/review/2023-Q3/pho-an/dossiers_received"
        token = browser.token(path)
        waiting.pass_time(hours=2)
        fields: dict[str, str | list[str]] = {"action": "enter", "value": "286", "seen": "1:0"}

        asked = browser.post(path, fields, token=token)
        assert (asked.status_code, 'name="kept.value" value="286"' in asked.text) == (401, True)
        kept = dict(re.findall(r'name="(kept\.\w+|back|form_token)" value="([^"]*)"', asked.text))
        offered = browser.client.post("/sign-in", data={**kept, "login": "clerk", "password": PASSWORD})
        again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', offered.text))
        sent = browser.client.post(path, data={n: v for n, v in again.items() if n not in ("back", "language")})

        assert queries.decisions(waiting.engine, ROUND)[0].value == 286
        assert sent.status_code == 303

    def test_signing_out_ends_the_session_on_the_server(self, desk: Desk) -> None:
        """A cookie kept somewhere is worth nothing after its person signed out."""
        browser = desk.browser("clerk")
        secret = browser.client.cookies["__Host-cchc"]

        browser.post("/sign-out", {})
        browser.client.cookies.set("__Host-cchc", secret, domain="testserver.local")

        assert browser.get("/round/2023-Q3").status_code == 401


class TestBelowAPath:
    @pytest.mark.parametrize("stripped", [False, True])
    def test_links_and_forms_bear_the_prefix(self, tmp_path: Path, migrated: Path, stripped: bool) -> None:
        """Behind a proxy that shows the page below a path everything leads there, whether or not it strips the path."""
        desk = make_desk(tmp_path, migrated, prefix="/cchc", address="https://example.vn")
        at = "" if stripped else "/cchc"
        page = desk.client.get(f"{at}/sign-in")

        targets = re.findall(r'(?:href|src|action)="(/[^"]*)"', page.text)

        assert page.status_code == 200
        assert targets
        assert all(target.startswith("/cchc/") for target in targets)
        assert page_address(desk.settings) == "https://example.vn/cchc"


class TestProxy:
    def test_dagster_is_for_operators(self, desk: Desk) -> None:
        """A reverse proxy that asks lets operators through, sends who is not signed in away, and refuses others."""
        told = {role: desk.browser(role).get("/may/dagster").status_code for role in (None, *NAMES)}

        assert told == {None: 401, "viewer": 403, "clerk": 403, "head": 403, "operator": 204, "ward": 403}
        assert desk.browser("operator").get("/may/anything").status_code == 403


class TestPeople:
    def test_first_account_by_link_and_next_ones_by_it(self, desk: Desk) -> None:
        """Who keeps the accounts adds one and gets a link; the link sets a password once and signs in."""
        operator = desk.browser("operator")
        fields: dict[str, str | list[str]] = {"login": "mai", "name": "Đỗ Thị Mai", "role": "clerk"}

        added = operator.post("/people", fields, page="/people")
        link = re.search(r"/link/([\w-]+)", added.text)
        assert link is not None
        path = f"/link/{link[1]}"
        browser = desk.browser(None)
        differ = browser.post(path, {"password": PASSWORD, "again": "khác hẳn nhau"}, page=path)
        done = browser.post(path, {"password": PASSWORD, "again": PASSWORD}, page=path)

        assert (differ.status_code, done.status_code) == (422, 303)
        assert browser.get("/round/2023-Q3").status_code == 200
        assert browser.get(path).status_code == 404
        assert [(a.name, a.kind) for a in acts(desk.engine)][:2] == [
            ("Đỗ Thị Mai", "set_password"),
            ("Trần Văn Máy", "add_account"),
        ]

    def test_log_is_handed_out_and_cannot_run_in_a_spreadsheet(self, desk: Desk) -> None:
        """A name made to be a formula is text in the file of the log."""
        operator = desk.browser("operator")
        fields: dict[str, str | list[str]] = {"login": "=1+1", "name": "=HYPERLINK(1)", "role": "clerk"}
        operator.post("/people", fields, page="/people")

        answer = operator.get("/acts.csv")

        assert answer.headers["content-type"].startswith("text/csv")
        assert not re.search(r'(^|,)"?=', answer.text, re.MULTILINE)
