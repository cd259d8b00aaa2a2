"""A round of fifteen wards made from plain arithmetic, for every test of the papers.

One ward has sent nothing, one is late, one has a blocked figure, one carries text meant to break out of its paper.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from catalogue.office import office
from catalogue.rounds import Round, parse_round
from catalogue.scorecards import load_scorecard
from catalogue.wards import wards
from cchc.clock import ZONE
from publications.content import (
    DistrictPoint,
    DistrictSeries,
    Edition,
    FigureCell,
    FindingRow,
    LedgerRow,
    RoundContent,
    Series,
)
from publications.measures import MAIN_MEASURES, measures
from publications.page import make_page
from scoring.inputs import FigureInput, RoundFigures, WardInput
from scoring.rank import rank
from scoring.rollup import rollup
from scoring.score import score
from scoring.values import RoundResult
from validation.finding import Finding, Proposal, Quote

ROUND = "2023-Q3"
MOMENT = datetime(2023, 9, 20, 8, 30, tzinfo=ZONE)
SILENT = "pho-chau"
LATE = "pho-nhon"
BLOCKED = ("pho-minh", "dossiers_received")
HOSTILE = "pho-van"
HOSTILE_TEXT = '=HYPERLINK("http://x.invalid","x")</script><img src=x onerror=alert(1)> #import "x": * {{7*7}} & \u0007'


def values(index: int, label: str) -> dict[str, Decimal]:
    """Return the figures of the ward at `index`; every identity of the arithmetic holds."""
    current = parse_round(label)
    shift = current.year * 4 + current.number
    received = Decimal((150 + 37 * ((index * 7 + shift) % 11)) * (2 if current.cumulative else 1))
    pending = Decimal(index % 5 + 2)
    resolved = received - pending
    late = Decimal((index * shift) % 4)
    online = (received * (35 + index * 4 % 50) / 100).quantize(Decimal(1))
    plan = Decimal(20 + index)
    done = Decimal(14 + index)
    return {
        "plan_tasks_total": plan,
        "plan_tasks_completed": done,
        "plan_completion_pct": (done / plan * 100).quantize(Decimal("0.01")),
        "communication_items": Decimal(20 + index * 3),
        "inspections_conducted": Decimal(index % 3),
        "procedures_total": Decimal(150 + index),
        "dossiers_received": received,
        "dossiers_resolved": resolved,
        "dossiers_early_or_on_time": resolved - late,
        "dossiers_late": late,
        "dossiers_pending": pending,
        "dossiers_online": online,
        "dossiers_direct": received - online,
        "satisfaction_pct": Decimal("90.5") + Decimal(index % 9),
        "satisfaction_surveys": Decimal(100 + index * 5),
        "staff_total": Decimal(18 + index % 4),
        "staff_trained": Decimal(index % 7),
        "ward_revenue_ytd": Decimal(3_000_000_000 + index * 123_456_789),
        "ward_revenue_budget": Decimal(5_000_000_000),
        "investment_plan": Decimal(2_000_000_000),
        "investment_disbursed": Decimal(1_200_000_000 + index * 1_000_000),
        "digitised_base": received,
        "digitised_dossiers": (received * 8 / 10).quantize(Decimal(1)),
        "online_payments": Decimal(10 + index * 2),
        "digital_teams": Decimal(4 + index % 3),
    }


def sentence(ward: str, code: str, value: Decimal) -> str:
    """Return the sentence a figure was read from."""
    text = f"Trong kỳ báo cáo, số liệu {code.replace('_', ' ')} của đơn vị là {value}."
    return f"{HOSTILE_TEXT} {text}" if ward == HOSTILE else text


@cache
def made_page() -> bytes:
    """Return the page of the sample, made once."""
    return make_page(content())


@cache
def round_figures(label: str) -> RoundFigures:
    """Return what scoring knows of a round."""
    current = parse_round(label)
    found = []
    for index, ward in enumerate(wards().values()):
        if ward.slug == SILENT and label == ROUND:
            found.append(WardInput(ward.slug, ward.kind, ward.name, reported=False))
            continue
        figures = tuple(
            FigureInput(
                code,
                value,
                status="blocked" if (ward.slug, code) == BLOCKED and label == ROUND else "entered",
                raw=str(value),
                sentence=sentence(ward.slug, code, value),
                page=place % 6 + 1,
            )
            for place, (code, value) in enumerate(values(index, label).items())
        )
        received = current.due + timedelta(days=3 if ward.slug == LATE else -2)
        found.append(WardInput(ward.slug, ward.kind, ward.name, figures, received=received, report_date=received))
    return RoundFigures(label, current.due, tuple(found))


@cache
def result(label: str = ROUND) -> RoundResult:
    """Return what scoring makes of a round."""
    card = load_scorecard()
    history = {name: round_figures(name) for name in ("2022-Q3", "2023-Q1", "2023-Q2")}
    scores = score(round_figures(label), card)
    before = score(round_figures(parse_round(label).previous().label), card)
    ranking = rank(scores, card, before)
    return RoundResult(label, card.name, card.version, rollup(round_figures(label), history), scores, ranking)


def findings() -> tuple[FindingRow, ...]:
    """Return an open error with a proposal, an open warning with hostile text, and a resolved one."""
    blocked = Finding(
        "malformed_number", "error", BLOCKED[0], ROUND, (BLOCKED[1],), "1.8835", "1.835",
        "Số “1.8835” không phải là một số đúng cách viết.", "“1.8835” is no number as written.",
        (Quote("Tổng số hồ sơ tiếp nhận là 1.8835 hồ sơ.", 4, "1.8835", BLOCKED[1]),),
        (Proposal(BLOCKED[1], Decimal(1835), "Trang 6 ghi 1.835.", "Page 6 prints 1,835."),),
    )  # fmt: skip
    hostile = Finding(
        "ratio_mismatch", "warning", HOSTILE, ROUND, ("satisfaction_pct",), HOSTILE_TEXT, "87,34%",
        HOSTILE_TEXT, HOSTILE_TEXT, (Quote(HOSTILE_TEXT, 2, "85,44%", "satisfaction_pct"),),
    )  # fmt: skip
    settled = replace(blocked, ward="pho-an", rule="sum_mismatch", severity="warning", proposals=())
    return (
        FindingRow(blocked, True),
        FindingRow(hostile, True),
        FindingRow(settled, False, "Nguyễn Thị A chấp nhận như đã in ngày 18/09/2023: đã đối chiếu sổ."),
    )


def ledger() -> tuple[LedgerRow, ...]:
    """Return what became of every report."""
    rows = []
    for ward in round_figures(ROUND).wards:
        if not ward.reported or ward.received is None:
            rows.append(LedgerRow(ward.ward, "missing", note="Đã nhắc ngày 16/09/2023"))
            continue
        at = datetime(ward.received.year, ward.received.month, ward.received.day, 9, 5, tzinfo=ZONE)
        days = max((ward.received - parse_round(ROUND).due).days, 0)
        rows.append(
            LedgerRow(
                ward.ward, "late" if days else "on_time", at, days, 1, f"BC CCHC {ward.ward}.docx", "docx",
                "204/BC-UBND", date(2023, 9, 8), 7, len(ward.figures), Decimal("0.97"),
            )
        )  # fmt: skip
    return tuple(rows)


def series() -> tuple[Series, ...]:
    """Return main figures of every ward over four rounds, with a hole."""
    labels = ("2022-Q3", "2022-Q4", "2023-Q1", "2023-Q2", ROUND)
    rows = []
    for index, ward in enumerate(wards().values()):
        for code in MAIN_MEASURES:
            known = [values(index, label).get(code) for label in labels]
            points = [None if label == "2022-Q4" else value for label, value in zip(labels, known, strict=True)]
            if any(value is not None for value in points):
                rows.append(Series(ward.slug, code, tuple(zip(labels, points, strict=True))))
    return tuple(rows)


def district() -> tuple[DistrictSeries, ...]:
    """Return what the wards' series and some totals add up to, with partial coverage and a hole."""
    labels = ("2022-Q3", "2022-Q4", "2023-Q1", "2023-Q2", ROUND)
    lines = {
        "dossiers_received": ("8213", None, "7990", "9120", "8421.5"),
        "dossiers_resolved": ("8001", None, "7700", "8800", "8309"),
        "late_share": ("1.25", None, "0.9", None, "2.5"),
        "on_time_share": ("98.75", None, "99.1", "97.5", "97.5"),
        "online_share": ("41.2", None, "52.08", "57.3333", "61.9"),
    }
    return tuple(
        DistrictSeries(
            code,
            tuple(
                DistrictPoint(label, None if value is None else Decimal(value), 0 if value is None else covered,
                              0 if label == "2022-Q4" else 15, code == "online_share" and label == "2023-Q2")
                for label, value, covered in zip(labels, values_, (15, 0, 15, 13, 14), strict=True)
            ),
        )
        for code, values_ in lines.items()
    )  # fmt: skip


def cells() -> tuple[FigureCell, ...]:
    """Return every figure as the papers see it."""
    return tuple(
        FigureCell(
            w.ward, f.figure, f.status, f.value if f.usable else None, f.value, f.raw, f.sentence, f.page, 0.96,
            "Trần Văn B" if (w.ward, f.figure) == ("pho-an", "dossiers_late") else None,
            "điện thoại xác nhận" if (w.ward, f.figure) == ("pho-an", "dossiers_late") else "",
        )
        for w in round_figures(ROUND).wards
        for f in w.figures
    )  # fmt: skip


def content(edition: Edition | None = None) -> RoundContent:
    """Return the content of the round's papers."""
    current: Round = parse_round(ROUND)
    return RoundContent(
        round=current,
        moment=MOMENT,
        edition=edition or Edition(),
        office=office(),
        wards=tuple(wards().values()),
        scorecard=load_scorecard(),
        result=result(),
        figures=cells(),
        findings=findings(),
        ledger=ledger(),
        measures=measures(),
        series=series(),
        district=district(),
    )
