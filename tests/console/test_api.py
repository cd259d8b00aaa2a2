"""Data for programs: who is answered, what is asked, and that the page on it tells the truth."""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from console.api.routes import ADDRESSES
from console.guard import HEADERS
from tests.console.desk import NAMES, ROUND, Browser, Desk, load, make_desk, word_report
from tests.console.served import Served
from tests.warehouse.made import finding
from warehouse.people import accounts, tokens
from warehouse.people.accounts import NewAccount
from warehouse.people.acts import acts
from warehouse.people.roles import may
from warehouse.tables import ApiTokenTable

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
LONG = f"/api/v1/marts/mart_figure_long?round={ROUND}"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Desk:
    """Give a page over an office with one report of which one figure waits."""
    desk = make_desk(tmp_path_factory.mktemp("api"), migrated, ward_door=True)
    figures = {"dossiers_received": ("276", 1.0), "dossiers_resolved": ("270", 1.0), "dossiers_pending": ("6", 0.5)}
    load(desk, word_report(figures), (finding(),))
    return desk


@pytest.fixture(scope="module")
def everybody(office: Desk) -> dict[str, Browser]:
    """Give a browser for each role."""
    return {role: office.browser(role) for role in NAMES}


def bearer(desk: Desk, reader: str = "office", days: int = 30) -> dict[str, str]:
    """Return the headers of a program with a new token."""
    secret = tokens.make_token(desk.engine, desk.people["operator"], "a dashboard", reader, days, desk.moment)
    return {"Authorization": f"Bearer {secret}"}


def ask(desk: Desk, path: str, **headers: str) -> Any:
    """Return the answer to a program that is not signed in."""
    return Browser(desk.client).get(path, **headers)


class TestWho:
    @pytest.mark.parametrize("address", ADDRESSES, ids=lambda a: a.path)
    def test_every_role(self, office: Desk, address: Any, everybody: dict[str, Browser]) -> None:
        """An address answers those who may see, a token, and nobody else; every refusal is a problem document."""
        path = "/api/v1" + address.path.replace("{name}", "mart_ledger")

        told = {role: browser.get(path) for role, browser in everybody.items()}

        assert {role for role, answer in told.items() if answer.status_code == 200} == {
            role for role in NAMES if may(role, address.right)
        }
        assert told["ward"].status_code == 403
        for refused in (ask(office, path), ask(office, path, Authorization="Bearer cchc_guess"), told["ward"]):
            assert refused.headers["content-type"] == "application/problem+json"
            assert refused.json()["status"] == refused.status_code and refused.json()["detail"]
        assert ask(office, path).status_code == 401
        assert ask(office, path, **bearer(office)).status_code == 200
        assert office.client.post(path, headers=bearer(office)).status_code == 405

    def test_a_token_works_until_it_ends(self, tmp_path: Path, migrated: Path) -> None:
        """It ends on its day, when it is revoked, and with its maker's account; only its hash is kept."""
        desk = make_desk(tmp_path, migrated)
        maker = accounts.add_account(desk.engine, NewAccount("mai", "Đỗ Thị Mai", "operator"), desk.moment)
        kept = [bearer(desk) for _number in range(2)]
        hers = tokens.make_token(desk.engine, maker, "hers", "office", 30, desk.moment)

        def told(headers: dict[str, str]) -> int:
            return int(ask(desk, "/api/v1/rounds", **headers).status_code)

        by_password = base64.b64encode(f"any:{hers}".encode()).decode()
        assert [told(one) for one in (*kept, {"Authorization": f"Basic {by_password}"})] == [200, 200, 200]
        with desk.engine.connect() as connection:
            rows = connection.execute(ApiTokenTable.__table__.select()).all()
        assert hers not in repr(rows)
        gone = NewAccount("mai", "Đỗ Thị Mai", "operator")
        accounts.change_account(desk.engine, maker.id, gone, is_active=False)
        tokens.revoke_token(desk.engine, 1, desk.moment)
        assert [told(one) for one in (*kept, {"Authorization": f"Bearer {hers}"})] == [401, 200, 401]
        desk.moment += timedelta(days=31)
        assert told(kept[1]) == 401

    def test_a_token_sees_its_office_only(self, office: Desk, tmp_path: Path, migrated: Path) -> None:
        """The token of one office opens nothing at another."""
        other = make_desk(tmp_path, migrated)

        assert ask(other, "/api/v1/rounds", **bearer(office)).status_code == 401
        assert ask(other, LONG, **bearer(other)).json()["total"] == 0

    def test_the_public_view_leaves_out_what_is_for_the_clerk(self, office: Desk) -> None:
        """Neither given nor asked about: a column that may not leave the office is none in the public view."""
        names = {view: set(ask(office, LONG, **bearer(office, view)).json()["data"][0]) for view in tokens.VIEWS}

        assert names["office"] - names["public"] == {"doubt", "doubt_vi", "doubt_en", "rival_value", "rival_figure"}
        assert ask(office, LONG + "&doubt.empty=false", **bearer(office, "public")).status_code == 400

    def test_a_person_makes_and_revokes_on_the_page(self, office: Desk) -> None:
        """The page shows the secret once, revokes it, and both stand in the log with the person's name."""
        browser = office.browser("operator")
        fields: dict[str, str | list[str]] = {"name": "bảng tổng hợp của tỉnh", "reader": "public", "days": "7"}

        shown = browser.post("/tokens", fields, page="/tokens")
        secret = re.search(r"cchc_[\w-]+", shown.text)
        assert secret is not None
        headers = {"Authorization": f"Bearer {secret[0]}"}
        before = ask(office, "/api/v1/rounds", **headers).status_code
        number = tokens.tokens(office.engine)[0].id
        browser.post(f"/tokens/{number}/revoke", {}, page="/tokens")

        assert (before, ask(office, "/api/v1/rounds", **headers).status_code) == (200, 401)
        assert secret[0] not in browser.get("/tokens").text
        assert [(a.name, a.kind) for a in acts(office.engine)][:2] == [
            (NAMES["operator"], "revoke_token"),
            (NAMES["operator"], "make_token"),
        ]
        assert browser.post("/tokens", {**fields, "days": "9999"}, page="/tokens").status_code == 422


class TestWhat:
    def test_rows_are_those_of_the_mart(self, office: Desk) -> None:
        """Filtered, sorted, narrowed to columns: whole rows, the number of all, and the address of what follows."""
        path = LONG + "&_columns=figure,value,is_sure,loaded_date&value.min=200&_sort=-value&_size=1"

        body = ask(office, path, **bearer(office)).json()

        assert body == {
            "data": [{"figure": "dossiers_received", "value": 276, "is_sure": False, "loaded_date": "2023-09-10"}],
            "page": 1,
            "page_size": 1,
            "total": 2,
            "next": f"https://testserver{path}&_page=2".replace("figure,value,is_sure,loaded_date",
                                                               "figure%2Cvalue%2Cis_sure%2Cloaded_date"),
        }  # fmt: skip
        further = ask(office, body["next"].removeprefix("https://testserver"), **bearer(office)).json()
        assert ([row["value"] for row in further["data"]], further["next"]) == ([270], None)

    def test_csv_says_the_same(self, office: Desk) -> None:
        """The same rows as CSV for machines; the number of all stands in a header."""
        path = LONG.replace("?", ".csv?") + "&_columns=figure,value&figure=dossiers_pending&figure=dossiers_received"

        answer = ask(office, path, **bearer(office))

        assert answer.text == "figure,value\r\ndossiers_pending,\r\ndossiers_received,276\r\n"
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["x-total-count"] == "2"

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            ("nothing=1", "no column 'nothing'"),
            ("value=many", "'many' is no value of value; write 1234.5"),
            ("loaded_date=14/09/2023", "write 2024-09-14"),
            ("is_sure=1", "write true / false"),
            ("_sort=;drop", "no column ';drop'"),
            ("_columns=ward,'", "no column '''"),
            ("_size=10001", "from 1 to 10000"),
            ("_page=0", "_page is a whole number"),
            ("_page=٣", "_page is a whole number"),
            ("value.empty=maybe", "value.empty is true or false"),
            ("value.min=1&value.min=2", "too much is given for value.min"),
            ("version=99999999999999999999", "is no value of version"),
            ("value=NaN", "is no value of value"),
        ],
    )
    def test_a_wrong_question_is_told_what_to_do(self, office: Desk, asked: str, said: str) -> None:
        """What names no column or cannot be a value is refused with a word that helps, and reaches no database."""
        answer = ask(office, f"{LONG}&{asked}", **bearer(office), **{"Accept-Language": "en"})

        assert answer.status_code == 400
        assert said in answer.json()["detail"]

    def test_unknown_marts_and_pages_are_problems_too(self, office: Desk) -> None:
        """No mart, no address: a problem document in Vietnamese, with the headers of every answer."""
        answers = [ask(office, path, **bearer(office)) for path in ("/api/v1/marts/account", "/api/v1/nowhere")]

        assert [a.status_code for a in answers] == [404, 404]
        assert "mart_ledger" in answers[0].json()["detail"]
        assert all({name: a.headers.get(name) for name in HEADERS} == HEADERS for a in answers)

    def test_nothing_is_sent_twice(self, office: Desk) -> None:
        """The tag of an answer sent back is answered with 304 until something changes."""
        headers = bearer(office)
        tag = ask(office, LONG, **headers).headers["etag"]

        same = ask(office, LONG, **headers, **{"If-None-Match": f'"other", {tag}'})
        load(office, word_report({"dossiers_received": ("276", 1.0)}, ward="pho-van", file=2))

        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
        assert ask(office, LONG, **headers, **{"If-None-Match": tag}).status_code == 200

    def test_words_find_meanings(self, office: Desk) -> None:
        """The dictionary gives every column, and what has the words asked for, in the language asked for."""
        found = ask(office, "/api/v1/dictionary?search=qua han", **bearer(office)).json()["data"]
        every = ask(office, "/api/v1/dictionary", **bearer(office, "public")).json()["data"]

        assert "figure dossiers_late" in [line["where"] for line in found]
        assert {"relation": "mart_round", "label_vi": "Kỳ báo cáo"}.items() <= next(
            e for e in every if e["relation"] == "mart_round" and e["name"] == "round"
        ).items()
        assert not [e for e in every if e["name"] == "doubt_vi"]


class TestDescription:
    def test_it_is_openapi(self, office: Desk) -> None:
        """The description holds by the judgement of a validator, and every path of it is answered."""
        document = ask(office, "/api/v1/openapi.json", **bearer(office)).json()

        OpenAPIV31SpecValidator(document).validate()
        assert document["servers"] == [{"url": "https://testserver/api/v1"}]
        headers = bearer(office)
        told = {path: ask(office, f"/api/v1{path}", **headers).status_code for path in document["paths"]}
        assert set(told.values()) == {200} and len(told) > 40

    def test_rows_have_the_columns_described(self, office: Desk) -> None:
        """A row of each mart has exactly the properties and types its schema says."""
        from jsonschema import Draft202012Validator

        headers = bearer(office)
        document = ask(office, "/api/v1/openapi.json", **headers).json()
        for name, schema in document["components"]["schemas"].items():
            for row in ask(office, f"/api/v1/marts/{name}", **headers).json()["data"][:5]:
                assert set(row) == set(schema["properties"])
                Draft202012Validator(schema).validate(row)

    def test_examples_run_as_printed(self, office: Desk) -> None:
        """Every call of docs/api.md runs in a shell, with nothing but address and token of one's own."""
        blocks = re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        calls = [block for block in blocks if "curl" in block]
        with Served(office) as served:
            own = {"TOKEN": bearer(office)["Authorization"].split()[1], "AT": f"{served.address}/api/v1"}
            answers = [
                subprocess.run(["bash", "-euc", call], env=os.environ | own, capture_output=True, text=True, check=True)
                for call in calls
            ]

        told = [answer.stdout for answer in answers]
        assert len(told) == 7
        assert json.loads(told[0])["marts"][0]["name"] == "mart_figure_long"
        assert json.loads(told[1])["data"][0]["ward"] == "pho-an"
        assert told[2].splitlines()[:2] == ["figure,value", "dossiers_received,276"]
        assert {row["figure"] for row in json.loads(told[3])["data"]} == {"dossiers_received"}
        assert json.loads(told[4])["total"] > 0
        assert told[5] == "304\n"
        assert json.loads(told[6])["openapi"] == "3.1.0"
