"""An office's page with people signed in, over a made warehouse."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from httpx import Response
from sqlalchemy import Engine
from starlette.testclient import TestClient

from console.app import make_app
from parsers.document import Block, Box, Document, Page, Place, Word
from parsers.reading import Account, AccountKind, Printing, Reading
from pipelines.settings import ConsoleSettings, MailSettings, Settings
from tests.warehouse import made
from validation.finding import Finding
from warehouse.connection import open_warehouse
from warehouse.load import load_report, record_submission
from warehouse.people import accounts, sessions
from warehouse.people.accounts import Account as Person
from warehouse.people.accounts import NewAccount

ROUND, WARD = "2023-Q3", "pho-an"
PASSWORD = "một mật khẩu dài"
NAMES = {
    "viewer": "Lê Xem",
    "clerk": "Nguyễn Thị Lan",
    "head": "Phạm Văn Hùng",
    "operator": "Trần Văn Máy",
    "ward": "Võ Phổ An",
}
SENTENCE = "Trong kỳ tiếp nhận 276 hồ sơ, đã giải quyết 270 hồ sơ, còn 6 hồ sơ."


@dataclass
class Desk:
    """The page, its warehouse, and a clock that stands where it is put."""

    settings: Settings
    engine: Engine
    client: TestClient
    people: dict[str, Person]
    moment: datetime

    def pass_time(self, **span: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**span)

    def browser(self, role: str | None) -> Browser:
        """Return a browser in which a person of a role is signed in, or nobody."""
        client = TestClient(self.client.app, base_url="https://testserver", follow_redirects=False)
        browser = Browser(client)
        if role is not None:
            answer = browser.post("/sign-in", {"login": role, "password": PASSWORD}, page="/sign-in")
            assert answer.status_code == 303, answer.text
        return browser


@dataclass
class Browser:
    """A browser: follows nothing by itself, and sends forms with the token of a page it has seen."""

    client: TestClient

    def get(self, path: str, **headers: str) -> Response:
        """Ask for a page."""
        return self.client.get(path, headers=headers)

    def token(self, page: str) -> str:
        """Return the token of the forms of a page."""
        found = re.search(r'name="form_token" value="([^"]+)"', self.get(page).text)
        assert found is not None, page
        return found[1]

    def post(
        self, path: str, fields: dict[str, str | list[str]], *, page: str = "/round/2023-Q3", token: str | None = None,
        **headers: str,
    ) -> Response:  # fmt: skip
        """Send a form of a page."""
        sent = {"form_token": self.token(page) if token is None else token, **fields}
        return self.client.post(path, data=sent, headers=headers)


def make_desk(folder: Path, template: Path, *, mail: MailSettings | None = None, **console: object) -> Desk:
    """Return the page over a copy of a migrated warehouse, with a person of every role."""
    database = folder / "warehouse.db"
    database.write_bytes(template.read_bytes())
    settings = Settings(
        home=folder,
        inbox=folder / "inbox",
        warehouse_url=f"sqlite:///{database}",
        archive_url=str(folder / "archive"),
        console=replace(ConsoleSettings(), **console),  # type: ignore[arg-type]
        mail=mail or MailSettings(),
    )
    engine = open_warehouse(settings.warehouse_url)
    desk = Desk(settings, engine, None, {}, made.moment())  # type: ignore[arg-type]
    for role, name in NAMES.items():
        new = NewAccount(role, name, role, WARD if role == "ward" else None)
        person = accounts.add_account(engine, new, desk.moment)
        desk.people[role] = accounts.use_link(
            engine, accounts.make_link(engine, person.id, desk.moment), PASSWORD, desk.moment
        )
    desk.client = TestClient(make_app(settings, lambda: desk.moment), base_url="https://testserver")
    return desk


def session_of(desk: Desk, browser: Browser) -> sessions.Session | None:
    """Return the session a browser holds."""
    return sessions.session_of(desk.engine, browser.client.cookies.get("__Host-cchc") or "", desk.moment)


def word_report(
    figures: dict[str, tuple[str, float]], *, ward: str = WARD, sentence: str = SENTENCE, file: object = 1
) -> tuple[Reading, Document]:
    """Return the reading of a Word report of one paragraph: figure → (number as printed, confidence)."""
    base = made.reading(ward, file=file)
    printings = tuple(
        _printing(figure, raw, confidence, sentence, None) for figure, (raw, confidence) in figures.items()
    )
    accounts_ = tuple(_account(m[0], m.start(), sentence, None) for m in re.finditer(r"\d+", sentence))
    document = Document(
        base.sha256,
        "docx",
        (Block(0, "heading", "II. Kết quả", level=1), Block(1, "paragraph", sentence)),
    )
    return replace(base, printings=printings, accounts=accounts_), document


def paged_report(figures: dict[str, tuple[str, float]], *, ward: str = WARD) -> tuple[Reading, Document]:
    """Return the reading of a PDF report of one page, its numbers with boxes."""
    base = made.reading(ward, file="pdf")
    words = tuple(
        Word(m.start(), m.end(), 1, Box(50 + 5 * m.start(), 100, 50 + 5 * m.end(), 112))
        for m in re.finditer(r"\S+", SENTENCE)
    )
    document = Document(
        base.sha256,
        "pdf",
        (
            Block(0, "heading", "II. Kết quả", level=1, page=1),
            Block(1, "paragraph", SENTENCE, page=1, words=words),
        ),
        (Page(1, 595, 842),),
    )
    printings = tuple(_printing(figure, raw, c, SENTENCE, 1) for figure, (raw, c) in figures.items())
    accounts_ = tuple(_account(m[0], m.start(), SENTENCE, 1) for m in re.finditer(r"\d+", SENTENCE))
    return replace(base, printings=printings, accounts=accounts_), document


def load(desk: Desk, report: tuple[Reading, Document], findings: tuple[Finding, ...] = ()) -> None:
    """Take a report in and load it."""
    reading, document = report
    row = record_submission(desk.engine, made.arrival(reading, at=desk.moment))
    load_report(desk.engine, row.id, reading, document, findings, desk.moment)


def _printing(figure: str, raw: str, confidence: float, sentence: str, page: int | None) -> Printing:
    start = sentence.index(raw)
    return Printing(
        figure=figure,
        value=Decimal(raw),
        raw=raw,
        place=Place(1, start, start + len(raw)),
        page=page,
        box=None,
        sentence=sentence,
        sentence_place=Place(1, 0, len(sentence)),
        label="hồ sơ",
        rule="made",
        text_confidence=1.0,
        reading_confidence=confidence,
        primary=True,
    )


def _account(raw: str, start: int, sentence: str, page: int | None) -> Account:
    place = Place(1, start, start + len(raw))
    return Account(AccountKind.UNEXPLAINED, raw, Decimal(raw), place, page, sentence, "none")
