"""Uncertainty as columns: how surely a figure was read, how firm a place is, when a result was last confirmed.

What earlier loads and results keep of it in their structures is brought to the columns; their digests stay.

Revision 0009, follows 0008.
"""

import json
import zlib
from collections import Counter
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

from warehouse import types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

COLUMNS: dict[str, tuple[tuple[str, Any, str], ...]] = {
    "figure_value": (
        ("text_class", sa.Text(), "How its page was made to text: digital, scan or poor_scan"),
        ("probability", sa.Float(), "The judge's probability that value and figure are right, 0–1"),
        ("is_sure", sa.Boolean(), "True where the judge asks nobody to look"),
        ("readers", sa.Text(), "Readers that read the figure there, parted by commas"),
        ("doubt", sa.Text(), "Code of the reason why it is not sure, empty where it is (doubt.code)"),
        ("rival", types.Exact(), "Another value that the report prints for the figure"),
        ("rival_figure", sa.Text(), "Another figure that a reader takes the number for"),
    ),
    "calculation": (("confirmed_at", types.Moment(), "Last moment at which computing gave these same rows"),),
    "rollup": (("wards_marked", sa.Integer(), "Wards among the covered whose figure an open warning marks"),),
    "score": (
        ("points_low", types.Exact(), "Least points, however gaps are filled and findings decided"),
        ("points_high", types.Exact(), "Most points, likewise"),
        ("gap", sa.Text(), "Why it could not be scored from what is there, empty where it could"),
        ("measure_used", sa.Integer(), "Measure that was used: 0 the preferred, more a fallback"),
    ),
    "rank": (
        ("tier", sa.Integer(), "Tier, 1 the first: wards whose ranges overlap stand in one"),
        ("best_rank", sa.Integer(), "Best place over all variations"),
        ("worst_rank", sa.Integer(), "Worst place over all variations"),
        ("total_low", types.Exact(), "Least total over them, under the card's own weights"),
        ("total_high", types.Exact(), "Greatest total over them, under the card's own weights"),
        ("kept_share", types.Exact(), "Share of the variations of weights that keep the place, 0–1"),
        ("lead_share", types.Exact(), "Share of cases in which it stays ahead of the next ward, 0–1"),
        ("is_separated", sa.Boolean(), "True where its lead on the next ward may be called one"),
        ("is_provisional", sa.Boolean(), "True while a criterion waits for the office"),
        ("provisional_criteria", sa.Text(), "The criteria that wait, parted by commas"),
        ("weakest_pct", types.Exact(), "Share of its points that the weakest group reaches, percent"),
        ("previous_rank", sa.Integer(), "Place in the previous round, where the two compare"),
        ("open_findings", sa.Integer(), "Open findings on figures that the scorecard may use"),
        ("marked_figures", sa.Integer(), "Figures used that an open warning marks"),
        ("decided_figures", sa.Integer(), "Figures used that a person decided"),
        ("gaps", sa.Integer(), "Criteria without figures"),
        ("fallbacks", sa.Integer(), "Criteria for which a printed percentage stood in for numbers"),
        ("least_confidence", sa.Float(), "Least confidence of a figure used, 0–1"),
    ),
}

POOR_PAGE = 0.85


def upgrade() -> None:
    for table, columns in COLUMNS.items():
        for name, kind, comment in columns:
            op.add_column(table, sa.Column(name, kind, nullable=True, comment=comment))
    op.create_table(
        "doubt",
        sa.Column("code", sa.Text(), nullable=False, comment="Code of the reason"),
        sa.Column(
            "words_vi",
            sa.Text(),
            nullable=False,
            comment="The reason in Vietnamese; {value}, {rival} and {figure} stand for what differs",
        ),
        sa.Column("words_en", sa.Text(), nullable=False, comment="The reason in English"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_doubt")),
        comment="Reasons why a figure is not sure, as sentences with places for what it concerns",
    )
    op.create_table(
        "trust",
        sa.Column("text_class", sa.Text(), nullable=False, comment="digital, scan or poor_scan"),
        sa.Column(
            "threshold",
            sa.Float(),
            nullable=True,
            comment="Least probability of a sure figure, NULL where none is ever sure",
        ),
        sa.Column(
            "bound",
            sa.Float(),
            nullable=True,
            comment="At most this share of the sure figures is wrong, with 95 % confidence, 0–1; NULL without proof",
        ),
        sa.Column("accepted", sa.Integer(), nullable=True, comment="Sure figures that were checked for the proof"),
        sa.Column("wrong", sa.Integer(), nullable=True, comment="Wrong ones among them"),
        sa.PrimaryKeyConstraint("text_class", name=op.f("pk_trust")),
        comment="From when a figure counts unseen, by class of text, and what proves it (trust.yaml)",
    )
    connection = op.get_bind()
    fill_figures(connection)
    fill_ranks(connection)
    fill_scores(connection)
    fill_rollups(connection)


def downgrade() -> None:
    op.drop_table("trust")
    op.drop_table("doubt")
    for table, columns in COLUMNS.items():
        for name, _kind, _comment in columns:
            op.drop_column(table, name)


def described(name: str, keys: tuple[str, ...], read: tuple[tuple[str, Any], ...] = ()) -> sa.Table:
    """Return a table as this revision knows it: its keys, what is read, what is written."""
    columns = [sa.Column(key) for key in keys] + [sa.Column(key, kind) for key, kind in read]
    return sa.Table(name, sa.MetaData(), *columns, *(sa.Column(key, kind) for key, kind, _ in COLUMNS[name]))


def fill(connection: sa.Connection, table: sa.Table, keys: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    """Write the new columns of some rows; a row has its keys as `key_NAME`."""
    if rows:
        where = [table.c[key] == sa.bindparam(f"key_{key}") for key in keys]
        values: dict[str, Any] = {name: sa.bindparam(name) for name in rows[0] if not name.startswith("key_")}
        connection.execute(sa.update(table).where(*where).values(values), rows)


def fill_figures(connection: sa.Connection) -> None:
    """Read the verdicts out of the readings that are kept whole, one load in memory at a time."""
    keys = ("report_id", "figure", "seq")
    table = described("figure_value", keys)
    body = sa.table("report_body", sa.column("report_id"), sa.column("reading"), sa.column("document"))
    for number in connection.execute(sa.select(body.c.report_id)).scalars().all():
        found = connection.execute(sa.select(body).where(body.c.report_id == number)).one()
        pages = json.loads(zlib.decompress(found.document))["pages"] if found.document else None
        seen: Counter[str] = Counter()
        rows = []
        for printing in json.loads(zlib.decompress(found.reading))["printings"]:
            figure = printing["figure"]
            rows.append(
                {"key_report_id": number, "key_figure": figure, "key_seq": seen[figure], **verdict(printing, pages)}
            )
            seen[figure] += 1
        fill(connection, table, keys, rows)


def verdict(printing: dict[str, Any], pages: list[dict[str, Any]] | None) -> dict[str, Any]:
    rival = printing.get("rival")
    return {
        "text_class": None if pages is None else class_of(printing, pages),
        "probability": printing.get("probability"),
        "is_sure": printing.get("sure"),
        "readers": ", ".join(printing.get("readers") or ()),
        "doubt": printing.get("doubt"),
        "rival": None if rival is None else Decimal(str(rival)),
        "rival_figure": other_figure(printing),
    }


def class_of(printing: dict[str, Any], pages: list[dict[str, Any]]) -> str:
    page = next((p for p in pages if p["number"] == printing["page"]), None)
    if page is None or page.get("source", "digital") == "digital":
        return "digital" if printing["text_confidence"] >= 1 else "scan"
    return "scan" if page["text_confidence"] >= POOR_PAGE else "poor_scan"


def other_figure(printing: dict[str, Any]) -> str | None:
    views = printing.get("views")
    if not views:
        return None
    guesses = [guess[0] for guess in views["stacked"]["guesses"]]
    said = [views["grammar"]["figure"], views["independent"]["guesses"][0][0], *guesses]
    return next((figure for figure in said if figure and figure != printing["figure"]), None)


def fill_ranks(connection: sa.Connection) -> None:
    keys = ("calculation_id", "ward")
    table = described("rank", keys, (("robustness", types.Json), ("detail", types.Json)))
    rows = []
    for row in connection.execute(sa.select(table)):
        firm, detail = row.robustness or {}, row.detail or {}
        marks, waits = detail.get("marks") or {}, detail.get("provisional")
        rows.append(
            {f"key_{key}": getattr(row, key) for key in keys}
            | {name: firm.get(name) for name in ("tier",)}
            | {"best_rank": firm.get("best"), "worst_rank": firm.get("worst"), "is_separated": firm.get("separated")}
            | {name: exact(firm.get(name)) for name in ("total_low", "total_high", "kept_share", "lead_share")}
            | {"is_provisional": None if waits is None else bool(waits)}
            | {"provisional_criteria": None if waits is None else ", ".join(waits)}
            | {"weakest_pct": exact(detail.get("weakest_group")), "previous_rank": detail.get("previous_rank")}
            | {name: marks.get(name) for name in ("open_findings", "marked_figures", "decided_figures", "gaps")}
            | {name: marks.get(name) for name in ("fallbacks", "least_confidence")}
        )
    fill(connection, table, keys, rows)


def fill_scores(connection: sa.Connection) -> None:
    keys = ("calculation_id", "ward", "criterion")
    table = described("score", keys, (("detail", types.Json),))
    rows = []
    for row in connection.execute(sa.select(table)):
        detail = row.detail or {}
        rows.append(
            {f"key_{key}": getattr(row, key) for key in keys}
            | {"points_low": exact(detail.get("low")), "points_high": exact(detail.get("high"))}
            | {"gap": detail.get("gap"), "measure_used": detail.get("source")}
        )
    fill(connection, table, keys, rows)


def fill_rollups(connection: sa.Connection) -> None:
    keys = ("calculation_id", "seq")
    table = described("rollup", keys, (("detail", types.Json),))
    rows = [
        {f"key_{key}": getattr(row, key) for key in keys} | {"wards_marked": (row.detail or {}).get("marked")}
        for row in connection.execute(sa.select(table))
    ]
    fill(connection, table, keys, rows)


def exact(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
