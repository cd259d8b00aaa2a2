"""The first tables: reference, arrivals and reports, findings and decisions, results of a round.

Revision 0001, the first.
"""

import sqlalchemy as sa
from alembic import op

from warehouse import types

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "dictionary",
        sa.Column("relation", sa.Text(), nullable=False, comment="Table or view"),
        sa.Column("name", sa.Text(), nullable=False, comment="Column, empty for the table or view itself"),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="Order within the relation, 0 for the relation itself"
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="table or view"),
        sa.Column("meaning", sa.Text(), nullable=False, comment="What it holds"),
        sa.PrimaryKeyConstraint("relation", "name", name=op.f("pk_dictionary")),
        comment="What every table, view and column means; the same text as docs/data-dictionary.md",
    )
    op.create_table(
        "figure",
        sa.Column("code", sa.Text(), nullable=False, comment="Stable code of the figure"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Order in the catalogue"),
        sa.Column("figure_group", sa.Text(), nullable=False, comment="Chapter of the report it belongs to"),
        sa.Column("unit", sa.Text(), nullable=False, comment="count, percent or vnd"),
        sa.Column(
            "basis",
            sa.Text(),
            nullable=False,
            comment="period, ytd, year, point, prior or ratio (catalogue/figures.yaml)",
        ),
        sa.Column(
            "is_additive", sa.Boolean(), nullable=False, comment="True where quarters add up to the cumulative figure"
        ),
        sa.Column("meaning_vi", sa.Text(), nullable=False, comment="Meaning in Vietnamese"),
        sa.Column("search", sa.Text(), nullable=False, comment="Meaning in lower case without marks, for searching"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_figure")),
        comment="Figures (số liệu) a report is read for; a code means one thing for ever",
    )
    op.create_table(
        "figure_current",
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("ward", sa.Text(), nullable=False, comment="Ward (ward.slug)"),
        sa.Column("figure", sa.Text(), nullable=False, comment="Figure"),
        sa.Column(
            "status",
            sa.Text(),
            nullable=False,
            comment="entered, marked (open warning), waiting (unsure) or blocked (open error)",
        ),
        sa.Column("value", types.Exact(), nullable=True, comment="Value that counts, NULL while waiting or blocked"),
        sa.Column(
            "printed", types.Exact(), nullable=True, comment="Value as printed, NULL where the report prints none"
        ),
        sa.Column("decided", types.Exact(), nullable=True, comment="Value a named person decided, NULL where none did"),
        sa.Column("decision_id", sa.Integer(), nullable=True, comment="Decision that holds"),
        sa.Column(
            "confidence", sa.Float(), nullable=True, comment="How far the printed value may be trusted unseen, 0–1"
        ),
        sa.Column("report_id", sa.Integer(), nullable=True, comment="Load in force"),
        sa.Column("seq", sa.Integer(), nullable=True, comment="Printing that stands for the figure (figure_value.seq)"),
        sa.PrimaryKeyConstraint("round", "ward", "figure", name=op.f("pk_figure_current")),
        comment="Figures in force, one row a round, ward and figure: printed, decided, and whether it counts",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_figure_current_figure", "figure_current", ["figure", "round", "value"], unique=False)
    op.create_index(
        "ix_figure_current_open",
        "figure_current",
        ["round", "ward"],
        unique=False,
        sqlite_where=sa.text("status IN ('waiting', 'blocked')"),
        postgresql_where=sa.text("status IN ('waiting', 'blocked')"),
    )
    op.create_index("ix_figure_current_ward", "figure_current", ["ward"], unique=False)
    op.create_table(
        "indicator",
        sa.Column("code", sa.Text(), nullable=False, comment="Stable code of the indicator"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Order in the catalogue"),
        sa.Column(
            "is_additive",
            sa.Boolean(),
            nullable=False,
            comment="True where numerator and denominator of quarters add up",
        ),
        sa.Column("meaning_vi", sa.Text(), nullable=False, comment="Meaning in Vietnamese"),
        sa.Column("meaning_en", sa.Text(), nullable=False, comment="Meaning in English"),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_indicator")),
        comment="Indicators: ratios computed from printed figures (catalogue/indicators.yaml)",
    )
    op.create_table(
        "indicator_current",
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("ward", sa.Text(), nullable=False, comment="Ward (ward.slug)"),
        sa.Column("indicator", sa.Text(), nullable=False, comment="Indicator"),
        sa.Column(
            "numerator", types.Exact(), nullable=True, comment="Numerator, NULL where its figures do not all count"
        ),
        sa.Column(
            "denominator", types.Exact(), nullable=True, comment="Denominator, NULL where its figures do not all count"
        ),
        sa.PrimaryKeyConstraint("round", "ward", "indicator", name=op.f("pk_indicator_current")),
        comment="Indicators in force, one row a round, ward and indicator of which a side is known",
        sqlite_with_rowid=False,
    )
    op.create_index("ix_indicator_current_indicator", "indicator_current", ["indicator", "round", "ward"], unique=False)
    op.create_table(
        "round",
        sa.Column("label", sa.Text(), nullable=False, comment="Label of the round, as 2023-Q3"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Year of the round"),
        sa.Column("number", sa.Integer(), nullable=False, comment="1 to 4 within the year"),
        sa.Column(
            "is_cumulative",
            sa.Boolean(),
            nullable=False,
            comment="True where the report covers the year so far (rounds 2 and 4)",
        ),
        sa.Column("window_start", sa.Date(), nullable=False, comment="First day whose events the report covers"),
        sa.Column("window_end", sa.Date(), nullable=False, comment="Last day whose events the report covers"),
        sa.Column("due_date", sa.Date(), nullable=False, comment="Last day on which a report is on time"),
        sa.Column(
            "closing_date",
            sa.Date(),
            nullable=False,
            comment="Last day on which a report is still taken into the round",
        ),
        sa.Column("scorecard", sa.Text(), nullable=True, comment="Scorecard by which the round is ranked"),
        sa.Column("state", sa.Text(), nullable=False, comment="open, closed (no more intake) or published (locked)"),
        sa.CheckConstraint("state IN ('open', 'closed', 'published')", name=op.f("ck_round_state")),
        sa.CheckConstraint("number BETWEEN 1 AND 4", name=op.f("ck_round_number")),
        sa.PrimaryKeyConstraint("label", name=op.f("pk_round")),
        comment="Collection rounds (kỳ báo cáo), four a year; rounds 2 and 4 are cumulative",
    )
    op.create_table(
        "ward",
        sa.Column(
            "code", sa.Text(), nullable=False, comment="Official code of the unit; codes are reused, see valid_from"
        ),
        sa.Column("valid_from", sa.Date(), nullable=False, comment="First day on which the unit exists"),
        sa.Column(
            "slug", sa.Text(), nullable=False, comment="Stable plain name by which every fact refers to the unit"
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of unit: phường or xã"),
        sa.Column("name", sa.Text(), nullable=False, comment="Vietnamese name without its kind, Unicode NFC"),
        sa.Column(
            "search", sa.Text(), nullable=False, comment="Kind and name in lower case without marks, for searching"
        ),
        sa.Column(
            "sort_key",
            types.SortKey,
            nullable=False,
            comment="ASCII key whose byte order is that of a Vietnamese dictionary",
        ),
        sa.Column(
            "valid_to", sa.Date(), nullable=True, comment="Last day on which the unit exists, NULL where it still does"
        ),
        sa.Column(
            "successor_code", sa.Text(), nullable=True, comment="Official code of the unit that took this one in"
        ),
        sa.Column("successor_kind", sa.Text(), nullable=True, comment="Kind of that unit"),
        sa.Column("successor_name", sa.Text(), nullable=True, comment="Name of that unit"),
        sa.Column("successor_valid_from", sa.Date(), nullable=True, comment="First day on which that unit exists"),
        sa.PrimaryKeyConstraint("code", "valid_from", name=op.f("pk_ward")),
        sa.UniqueConstraint("slug", name=op.f("uq_ward_slug")),
        comment="Commune-level units (phường, xã) in time; a unit is its official code and the day it began",
    )
    op.create_index(op.f("ix_ward_search"), "ward", ["search"], unique=False)
    op.create_table(
        "warehouse_state",
        sa.Column("key", sa.Text(), nullable=False, comment="marts, catalogue or confidence_threshold"),
        sa.Column("value", sa.Text(), nullable=False, comment="Digest of what is installed, or the setting"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_warehouse_state")),
        comment="What of the code is installed, and the settings that views depend on",
    )
    op.create_table(
        "calculation",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the calculation"),
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("kind", sa.Text(), nullable=False, comment="rollup, score or ranking"),
        sa.Column("scorecard", sa.Text(), nullable=False, comment="Scorecard, empty for a rollup"),
        sa.Column("digest", sa.Text(), nullable=False, comment="Hash of the rows; the same digest is not saved twice"),
        sa.Column("calculated_from", types.Moment(), nullable=False, comment="Moment from which it is in force"),
        sa.Column("calculated_to", types.Moment(), nullable=True, comment="Moment at which another took its place"),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_calculation_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calculation")),
        comment="Computings of a round's results, and while each was in force",
    )
    op.create_index(
        "ix_calculation_one_current",
        "calculation",
        ["round", "kind", "scorecard"],
        unique=True,
        sqlite_where=sa.text("calculated_to IS NULL"),
        postgresql_where=sa.text("calculated_to IS NULL"),
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the decision"),
        sa.Column("finding_key", sa.Text(), nullable=True, comment="Finding decided on, NULL for a figure by itself"),
        sa.Column("ward", sa.Text(), nullable=False, comment="Ward (ward.slug)"),
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("figure", sa.Text(), nullable=True, comment="Figure decided on"),
        sa.Column(
            "kind",
            sa.Text(),
            nullable=False,
            comment="accept as printed, propose (take the proposal), enter a value, reject or reopen",
        ),
        sa.Column("value", types.Exact(), nullable=True, comment="Value taken over, for propose and enter"),
        sa.Column(
            "printed",
            types.Exact(),
            nullable=True,
            comment="What stood printed when it was decided; it holds while that stands",
        ),
        sa.Column("decided_by", sa.Text(), nullable=False, comment="Who decided"),
        sa.Column("decided_at", types.Moment(), nullable=False, comment="When"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why"),
        sa.CheckConstraint("kind IN ('accept', 'propose', 'enter', 'reject', 'reopen')", name=op.f("ck_decision_kind")),
        sa.ForeignKeyConstraint(["figure"], ["figure.code"], name=op.f("fk_decision_figure")),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_decision_round")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_decision_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        comment="Decisions of named persons on findings and figures; rows are only ever added",
    )
    op.create_index(op.f("ix_decision_finding_key"), "decision", ["finding_key"], unique=False)
    op.create_index("ix_decision_ward_round", "decision", ["round", "ward", "figure"], unique=False)
    op.create_table(
        "event",
        sa.Column("key", sa.Text(), nullable=False, comment="What makes the event the same event"),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of event"),
        sa.Column("round", sa.Text(), nullable=True, comment="Round"),
        sa.Column("ward", sa.Text(), nullable=True, comment="Ward (ward.slug)"),
        sa.Column("happened_at", types.Moment(), nullable=False, comment="When"),
        sa.Column("detail", types.Json, nullable=True, comment="Anything more"),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_event_round")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_event_ward")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_event")),
        comment="Events of a round that happen once: opened, reminded, closed, message sent",
    )
    op.create_index("ix_event_round_kind", "event", ["round", "kind"], unique=False)
    op.create_table(
        "indicator_part",
        sa.Column("indicator", sa.Text(), nullable=False, comment="Indicator"),
        sa.Column("side", sa.Text(), nullable=False, comment="numerator or denominator"),
        sa.Column("alternative", sa.Integer(), nullable=False, comment="Order in which the ways are tried, from 0"),
        sa.Column("figure", sa.Text(), nullable=False, comment="A figure that is added up"),
        sa.Column("parts", sa.Integer(), nullable=False, comment="How many figures the alternative needs"),
        sa.ForeignKeyConstraint(["figure"], ["figure.code"], name=op.f("fk_indicator_part_figure")),
        sa.ForeignKeyConstraint(["indicator"], ["indicator.code"], name=op.f("fk_indicator_part_indicator")),
        sa.PrimaryKeyConstraint("indicator", "side", "alternative", "figure", name=op.f("pk_indicator_part")),
        comment="Which figures make the sides of an indicator; the first complete alternative counts",
    )
    op.create_table(
        "manual_mark",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the mark"),
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("ward", sa.Text(), nullable=False, comment="Ward (ward.slug)"),
        sa.Column("scorecard", sa.Text(), nullable=False, comment="Scorecard"),
        sa.Column("criterion", sa.Text(), nullable=False, comment="Criterion of the scorecard"),
        sa.Column("self_assessed", types.Exact(), nullable=True, comment="Points the ward gave itself"),
        sa.Column("appraised", types.Exact(), nullable=True, comment="Points the appraisers gave"),
        sa.Column("final", types.Exact(), nullable=True, comment="Points that count"),
        sa.Column("evidence", sa.Text(), nullable=False, comment="Evidence for the points"),
        sa.Column("marked_by", sa.Text(), nullable=False, comment="Who gave the marks"),
        sa.Column("marked_at", types.Moment(), nullable=False, comment="When"),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_manual_mark_round")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_manual_mark_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_manual_mark")),
        comment="Marks given by people for criteria that reports cannot show; the last row counts",
    )
    op.create_index("ix_manual_mark_round", "manual_mark", ["round", "ward", "criterion"], unique=False)
    op.create_table(
        "publication",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the publication"),
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("revision", sa.Integer(), nullable=False, comment="0 for the first publication, then 1, 2 …"),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of paper: workbook, report, ranking, page, data …"),
        sa.Column("path", sa.Text(), nullable=False, comment="File, relative to the folder of publications"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="Hash of the file"),
        sa.Column("published_by", sa.Text(), nullable=False, comment="Who published it"),
        sa.Column("published_at", types.Moment(), nullable=False, comment="When"),
        sa.Column("note", sa.Text(), nullable=False, comment="What changed and why"),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_publication_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
        sa.UniqueConstraint("round", "revision", "path", name=op.f("uq_publication_round_revision_path")),
        comment="Papers the office published, by revision; superseded ones stay",
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the arrival"),
        sa.Column(
            "sha256", sa.Text(), nullable=False, comment="Hash of the bytes, under which the original is archived"
        ),
        sa.Column(
            "file_name", sa.Text(), nullable=False, comment="Name of the file as received; data only, never a path"
        ),
        sa.Column("size_bytes", sa.Integer(), nullable=False, comment="Size of the file"),
        sa.Column("format", sa.Text(), nullable=True, comment="What the bytes are: docx, pdf, doc …"),
        sa.Column("received_at", types.Moment(), nullable=False, comment="When it arrived"),
        sa.Column("received_via", sa.Text(), nullable=False, comment="Way it came: inbox, mail, submit or zip"),
        sa.Column("sender", sa.Text(), nullable=True, comment="Who sent it, where the way tells"),
        sa.Column("ward", sa.Text(), nullable=True, comment="Ward it was placed with (ward.slug)"),
        sa.Column("round", sa.Text(), nullable=True, comment="Round it was placed in"),
        sa.Column(
            "version",
            sa.Integer(),
            nullable=True,
            comment="1, 2, … of the ward's reports for the round, NULL where it is none",
        ),
        sa.Column(
            "is_current", sa.Boolean(), nullable=False, comment="True for the latest version of the ward and round"
        ),
        sa.Column("state", sa.Text(), nullable=False, comment="placed, quarantined, duplicate or withdrawn"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="Named outcome of reading the file (parsers.outcomes)"),
        sa.Column("message_vi", sa.Text(), nullable=False, comment="Reason in Vietnamese, empty where all is well"),
        sa.Column("message_en", sa.Text(), nullable=False, comment="Reason in English"),
        sa.Column("identity", types.Json, nullable=True, comment="What the letterhead said, with the evidence"),
        sa.Column("archived_as", sa.Text(), nullable=True, comment="Key of the original in the archive"),
        sa.Column("supersedes_id", sa.Integer(), nullable=True, comment="The version it follows"),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True, comment="Earlier arrival of the same bytes"),
        sa.Column(
            "placed_by", sa.Text(), nullable=True, comment="Person who placed it by hand, NULL where the letterhead did"
        ),
        sa.CheckConstraint(
            "(version IS NULL) OR (ward IS NOT NULL AND round IS NOT NULL)",
            name=op.f("ck_submission_version_is_placed"),
        ),
        sa.ForeignKeyConstraint(["duplicate_of_id"], ["submission.id"], name=op.f("fk_submission_duplicate_of_id")),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_submission_round")),
        sa.ForeignKeyConstraint(["supersedes_id"], ["submission.id"], name=op.f("fk_submission_supersedes_id")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_submission_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("ward", "round", "version", name=op.f("uq_submission_ward_round_version")),
        comment="Every file that ever arrived, one row an arrival: read, quarantined or sent again",
    )
    op.create_index(
        "ix_submission_one_current",
        "submission",
        ["ward", "round"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_index(op.f("ix_submission_sha256"), "submission", ["sha256"], unique=False)
    op.create_index(op.f("ix_submission_state"), "submission", ["state"], unique=False)
    op.create_table(
        "rank",
        sa.Column("calculation_id", sa.Integer(), nullable=False, comment="Calculation"),
        sa.Column("ward", sa.Text(), nullable=False, comment="Ward (ward.slug)"),
        sa.Column("scorecard_version", sa.Text(), nullable=False, comment="Version of the scorecard"),
        sa.Column("total", types.Exact(), nullable=True, comment="Points in total, NULL where unranked"),
        sa.Column("rank", sa.Integer(), nullable=True, comment="Place among all wards, NULL where unranked"),
        sa.Column("rank_in_kind", sa.Integer(), nullable=True, comment="Place among the wards of its kind"),
        sa.Column("class_code", sa.Text(), nullable=True, comment="Class of the total"),
        sa.Column(
            "completeness", types.Exact(), nullable=True, comment="Share of the points that could be computed, percent"
        ),
        sa.Column(
            "rank_change", sa.Integer(), nullable=True, comment="Places won (+) or lost (-) since the previous round"
        ),
        sa.Column("reason_unranked", sa.Text(), nullable=True, comment="Why the ward has no place, in Vietnamese"),
        sa.Column(
            "robustness", types.Json, nullable=True, comment="How firm the place is when weights and open findings vary"
        ),
        sa.Column("detail", types.Json, nullable=True, comment="Anything more: marks on data quality, what moved it"),
        sa.ForeignKeyConstraint(["calculation_id"], ["calculation.id"], name=op.f("fk_rank_calculation_id")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_rank_ward")),
        sa.PrimaryKeyConstraint("calculation_id", "ward", name=op.f("pk_rank")),
        comment="Places of the wards; equal totals share a place, wards without data have none",
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the load"),
        sa.Column("submission_id", sa.Integer(), nullable=False, comment="Arrival it was read from"),
        sa.Column("ward", sa.Text(), nullable=False, comment="Ward (ward.slug)"),
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("version", sa.Integer(), nullable=False, comment="Version of the ward's report for the round"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="Hash of the file"),
        sa.Column("doc_no", sa.Text(), nullable=True, comment="Number and symbol printed in the letterhead"),
        sa.Column("doc_date", sa.Date(), nullable=True, comment="Date printed in the letterhead"),
        sa.Column("format", sa.Text(), nullable=False, comment="What the bytes are"),
        sa.Column("reader", sa.Text(), nullable=False, comment="Reader that made the text"),
        sa.Column("encoding", sa.Text(), nullable=False, comment="Encoding the text was in"),
        sa.Column("pages", sa.Integer(), nullable=True, comment="Number of pages, NULL where the format has none"),
        sa.Column(
            "text_confidence",
            sa.Float(),
            nullable=False,
            comment="How surely the characters were recognised, least of the pages, 0–1",
        ),
        sa.Column(
            "identity_confidence", sa.Float(), nullable=False, comment="How surely ward and round were told, 0–1"
        ),
        sa.Column(
            "explained_share",
            sa.Float(),
            nullable=False,
            comment="Share of the printed numbers that have an account, 0–1",
        ),
        sa.Column("parser_version", sa.Text(), nullable=False, comment="Version of the figure engine"),
        sa.Column(
            "digest",
            sa.Text(),
            nullable=False,
            comment="Hash of the whole reading; the same digest is not loaded twice",
        ),
        sa.Column("loaded_from", types.Moment(), nullable=False, comment="Moment from which this load is in force"),
        sa.Column(
            "loaded_to",
            types.Moment(),
            nullable=True,
            comment="Moment at which another took its place, NULL while in force",
        ),
        sa.Column(
            "closed_because",
            sa.Text(),
            nullable=True,
            comment="Why it is no longer in force: replaced, outrun or withdrawn",
        ),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_report_round")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_report_submission_id")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_report_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
        comment="Loads of reports: what a submission said by one version of the parser, and while it was in force",
    )
    op.create_index(
        "ix_report_one_current",
        "report",
        ["ward", "round"],
        unique=True,
        sqlite_where=sa.text("loaded_to IS NULL"),
        postgresql_where=sa.text("loaded_to IS NULL"),
    )
    op.create_index("ix_report_round_loaded", "report", ["round", "loaded_from"], unique=False)
    op.create_index(op.f("ix_report_submission_id"), "report", ["submission_id"], unique=False)
    op.create_table(
        "rollup",
        sa.Column("calculation_id", sa.Integer(), nullable=False, comment="Calculation"),
        sa.Column("seq", sa.Integer(), nullable=False, comment="Order, from 0"),
        sa.Column("scope", sa.Text(), nullable=False, comment="Which wards: all, phường or xã"),
        sa.Column("measure_kind", sa.Text(), nullable=False, comment="figure or indicator"),
        sa.Column("measure", sa.Text(), nullable=False, comment="Code of the figure or indicator"),
        sa.Column("unit", sa.Text(), nullable=False, comment="count, percent or vnd"),
        sa.Column("value", types.Exact(), nullable=True, comment="Total, or numerator over denominator in percent"),
        sa.Column("numerator", types.Exact(), nullable=True, comment="Sum of numerators, NULL for a total"),
        sa.Column("denominator", types.Exact(), nullable=True, comment="Sum of denominators, NULL for a total"),
        sa.Column("wards_counted", sa.Integer(), nullable=False, comment="Wards whose figures are in it"),
        sa.Column("wards_expected", sa.Integer(), nullable=False, comment="Wards that should have reported"),
        sa.Column(
            "previous_value",
            types.Exact(),
            nullable=True,
            comment="The same of the previous round, where it can be compared",
        ),
        sa.Column("last_year_value", types.Exact(), nullable=True, comment="The same of that round a year before"),
        sa.Column("detail", types.Json, nullable=True, comment="Anything more: wards left out and why"),
        sa.ForeignKeyConstraint(["calculation_id"], ["calculation.id"], name=op.f("fk_rollup_calculation_id")),
        sa.PrimaryKeyConstraint("calculation_id", "seq", name=op.f("pk_rollup")),
        comment="Totals of the district for a round, with the wards they cover",
    )
    op.create_table(
        "run",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the try"),
        sa.Column("submission_id", sa.Integer(), nullable=True, comment="Arrival"),
        sa.Column("ward", sa.Text(), nullable=True, comment="Ward (ward.slug)"),
        sa.Column("round", sa.Text(), nullable=True, comment="Round"),
        sa.Column("step", sa.Text(), nullable=False, comment="What was tried: read, check, load …"),
        sa.Column("outcome", sa.Text(), nullable=False, comment="Named outcome"),
        sa.Column("message", sa.Text(), nullable=False, comment="What happened and what to do next"),
        sa.Column("parser_version", sa.Text(), nullable=True, comment="Version of the figure engine"),
        sa.Column("started_at", types.Moment(), nullable=False, comment="When it began"),
        sa.Column("seconds", sa.Float(), nullable=True, comment="How long it took"),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_run_round")),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_run_submission_id")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_run_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
        comment="Tries at processing a report, with what came of them",
    )
    op.create_index("ix_run_ward_round", "run", ["round", "ward"], unique=False)
    op.create_table(
        "score",
        sa.Column("calculation_id", sa.Integer(), nullable=False, comment="Calculation"),
        sa.Column("ward", sa.Text(), nullable=False, comment="Ward (ward.slug)"),
        sa.Column("criterion", sa.Text(), nullable=False, comment="Criterion of the scorecard"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Order of the criterion in the scorecard"),
        sa.Column("scorecard_version", sa.Text(), nullable=False, comment="Version of the scorecard"),
        sa.Column("inputs", types.Json, nullable=False, comment="Figures the criterion used, by code"),
        sa.Column(
            "ratio", types.Exact(), nullable=True, comment="Ratio the points follow from, NULL where there is none"
        ),
        sa.Column("points", types.Exact(), nullable=True, comment="Points, NULL where held or left out"),
        sa.Column("max_points", types.Exact(), nullable=False, comment="Points at most"),
        sa.Column("state", sa.Text(), nullable=False, comment="How the points came about: scored, excluded, held …"),
        sa.Column("note", sa.Text(), nullable=False, comment="Remark for people"),
        sa.Column(
            "detail", types.Json, nullable=True, comment="Anything more: what was missing, which fallback was used"
        ),
        sa.ForeignKeyConstraint(["calculation_id"], ["calculation.id"], name=op.f("fk_score_calculation_id")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_score_ward")),
        sa.PrimaryKeyConstraint("calculation_id", "ward", "criterion", name=op.f("pk_score")),
        comment="Points of each ward for each criterion of a scorecard",
    )
    op.create_table(
        "citation",
        sa.Column("report_id", sa.Integer(), nullable=False, comment="Load"),
        sa.Column("seq", sa.Integer(), nullable=False, comment="Order in the report, from 0"),
        sa.Column("kind", sa.Text(), nullable=False, comment="Kind of document"),
        sa.Column("number", sa.Text(), nullable=False, comment="Number and symbol"),
        sa.Column("day", sa.Date(), nullable=True, comment="Date printed with it"),
        sa.Column("subject", sa.Text(), nullable=False, comment="Subject as printed"),
        sa.Column("sentence", sa.Text(), nullable=False, comment="Sentence that cites it"),
        sa.Column("place", types.Json, nullable=False, comment="Characters in the document"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_citation_report_id")),
        sa.PrimaryKeyConstraint("report_id", "seq", name=op.f("pk_citation")),
        comment="Documents that reports cite",
    )
    op.create_table(
        "figure_value",
        sa.Column("report_id", sa.Integer(), nullable=False, comment="Load"),
        sa.Column("figure", sa.Text(), nullable=False, comment="Figure"),
        sa.Column(
            "seq", sa.Integer(), nullable=False, comment="Order of the printing within report and figure, from 0"
        ),
        sa.Column(
            "is_primary", sa.Boolean(), nullable=False, comment="True for the printing that stands for the figure"
        ),
        sa.Column("value", types.Exact(), nullable=False, comment="Value in the figure's unit"),
        sa.Column("raw", sa.Text(), nullable=False, comment="The number as printed"),
        sa.Column("quantum", types.Exact(), nullable=False, comment="Value of one unit of the last printed digit"),
        sa.Column("decimals", sa.Integer(), nullable=False, comment="Printed decimals"),
        sa.Column(
            "approximation",
            sa.Text(),
            nullable=False,
            comment="Word that widens it: nearly, over, about, estimated or empty",
        ),
        sa.Column("is_in_words", sa.Boolean(), nullable=False, comment="True where the number was printed in words"),
        sa.Column(
            "is_malformed", sa.Boolean(), nullable=False, comment="True where the digits are no number as written"
        ),
        sa.Column("candidates", types.Json, nullable=True, comment="Values a malformed number may stand for"),
        sa.Column(
            "base", sa.Text(), nullable=True, comment="Figure that the sentence names as the total of a percentage"
        ),
        sa.Column("components", types.Json, nullable=True, comment="Printed parts that were added up"),
        sa.Column("label", sa.Text(), nullable=False, comment="Phrase that named the figure"),
        sa.Column("rule", sa.Text(), nullable=False, comment="Step of the engine that joined number and figure"),
        sa.Column("sentence", sa.Text(), nullable=False, comment="Sentence around the number"),
        sa.Column("page", sa.Integer(), nullable=True, comment="Page, from 1"),
        sa.Column(
            "box",
            types.Json,
            nullable=True,
            comment="Rectangle on the page in points from the top left: x0, top, x1, bottom",
        ),
        sa.Column(
            "place", types.Json, nullable=False, comment="Characters in the document: block, start, end, row, column"
        ),
        sa.Column(
            "text_confidence", sa.Float(), nullable=False, comment="How surely the characters were recognised, 0–1"
        ),
        sa.Column(
            "reading_confidence", sa.Float(), nullable=False, comment="How surely the number is this figure, 0–1"
        ),
        sa.Column("confidence", sa.Float(), nullable=False, comment="Product of the two, 0–1"),
        sa.ForeignKeyConstraint(["figure"], ["figure.code"], name=op.f("fk_figure_value_figure")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_figure_value_report_id")),
        sa.PrimaryKeyConstraint("report_id", "figure", "seq", name=op.f("pk_figure_value")),
        comment="Every printing of every figure, with the sentence it was read from",
    )
    op.create_index("ix_figure_value_figure", "figure_value", ["figure", "report_id"], unique=False)
    op.create_table(
        "finding",
        sa.Column("key", sa.Text(), nullable=False, comment="What stays the same when the fault is found again"),
        sa.Column("ward", sa.Text(), nullable=False, comment="Ward (ward.slug)"),
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("rule", sa.Text(), nullable=False, comment="Rule that fired"),
        sa.Column(
            "severity",
            sa.Text(),
            nullable=False,
            comment="error (figure may not enter), warning (enters, marked) or info",
        ),
        sa.Column("printed", sa.Text(), nullable=False, comment="What was printed"),
        sa.Column("expected", sa.Text(), nullable=False, comment="What was expected"),
        sa.Column("message_vi", sa.Text(), nullable=False, comment="The finding in words a ward understands"),
        sa.Column("message_en", sa.Text(), nullable=False, comment="The finding in English"),
        sa.Column("quotes", types.Json, nullable=False, comment="Sentences it rests on"),
        sa.Column("proposals", types.Json, nullable=False, comment="Values that evidence supports"),
        sa.Column("state", sa.Text(), nullable=False, comment="open or resolved"),
        sa.Column("resolved_by", sa.Text(), nullable=True, comment="What resolved it: report, decision or withdrawal"),
        sa.Column("resolved_id", sa.Integer(), nullable=True, comment="Number of that load or decision"),
        sa.Column("resolved_at", types.Moment(), nullable=True, comment="When it was resolved"),
        sa.Column("first_seen_at", types.Moment(), nullable=False, comment="When it was first found"),
        sa.Column("first_report_id", sa.Integer(), nullable=True, comment="Load it was first found in"),
        sa.Column("last_seen_at", types.Moment(), nullable=False, comment="When it was last found"),
        sa.Column("last_report_id", sa.Integer(), nullable=True, comment="Load it was last found in"),
        sa.CheckConstraint("severity IN ('error', 'warning', 'info')", name=op.f("ck_finding_severity")),
        sa.CheckConstraint("state IN ('open', 'resolved')", name=op.f("ck_finding_state")),
        sa.ForeignKeyConstraint(["first_report_id"], ["report.id"], name=op.f("fk_finding_first_report_id")),
        sa.ForeignKeyConstraint(["last_report_id"], ["report.id"], name=op.f("fk_finding_last_report_id")),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_finding_round")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_finding_ward")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_finding")),
        comment="Findings on reports, from the day they are first seen to what resolved them",
    )
    op.create_index("ix_finding_ward_round", "finding", ["round", "ward", "state"], unique=False)
    op.create_table(
        "number_account",
        sa.Column("report_id", sa.Integer(), nullable=False, comment="Load"),
        sa.Column("seq", sa.Integer(), nullable=False, comment="Order in the report, from 0"),
        sa.Column("kind", sa.Text(), nullable=False, comment="What the number is (parsers.reading.AccountKind)"),
        sa.Column("raw", sa.Text(), nullable=False, comment="The number as printed"),
        sa.Column("value", types.Exact(), nullable=True, comment="Its value, NULL where it has none"),
        sa.Column("figure", sa.Text(), nullable=True, comment="Figure it was read as"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Rule that decided"),
        sa.Column("page", sa.Integer(), nullable=True, comment="Page, from 1"),
        sa.Column("sentence", sa.Text(), nullable=False, comment="Sentence around the number"),
        sa.Column("place", types.Json, nullable=False, comment="Characters in the document"),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_number_account_report_id")),
        sa.PrimaryKeyConstraint("report_id", "seq", name=op.f("pk_number_account")),
        comment="The account of every printed number: figure, citation, date, decoy or unexplained",
    )
    op.create_table(
        "report_body",
        sa.Column("report_id", sa.Integer(), nullable=False, comment="Load"),
        sa.Column(
            "reading", sa.LargeBinary(), nullable=False, comment="parsers.reading.Reading as zlib-compressed JSON"
        ),
        sa.Column(
            "document", sa.LargeBinary(), nullable=True, comment="parsers.document.Document as zlib-compressed JSON"
        ),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_report_body_report_id")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_report_body")),
        comment="The whole reading and document of a load, compressed, for an exact rebuild",
    )
    op.create_table(
        "finding_figure",
        sa.Column("finding_key", sa.Text(), nullable=False, comment="Finding"),
        sa.Column("figure", sa.Text(), nullable=False, comment="Figure"),
        sa.Column("position", sa.Integer(), nullable=False, comment="Order in the finding"),
        sa.ForeignKeyConstraint(["figure"], ["figure.code"], name=op.f("fk_finding_figure_figure")),
        sa.ForeignKeyConstraint(["finding_key"], ["finding.key"], name=op.f("fk_finding_figure_finding_key")),
        sa.PrimaryKeyConstraint("finding_key", "figure", name=op.f("pk_finding_figure")),
        comment="Figures that a finding concerns",
    )
    op.create_table(
        "finding_spell",
        sa.Column("finding_key", sa.Text(), nullable=False, comment="Finding"),
        sa.Column("seq", sa.Integer(), nullable=False, comment="Order of the spell, from 0"),
        sa.Column("open_from", types.Moment(), nullable=False, comment="Moment from which it was open"),
        sa.Column("open_to", types.Moment(), nullable=True, comment="Moment at which it was resolved, NULL while open"),
        sa.ForeignKeyConstraint(["finding_key"], ["finding.key"], name=op.f("fk_finding_spell_finding_key")),
        sa.PrimaryKeyConstraint("finding_key", "seq", name=op.f("pk_finding_spell")),
        comment="The times during which each finding was open, so that a past state can be asked for",
    )


def downgrade() -> None:

    op.drop_table("finding_spell")
    op.drop_table("finding_figure")
    op.drop_table("report_body")
    op.drop_table("number_account")
    op.drop_index("ix_finding_ward_round", table_name="finding")
    op.drop_table("finding")
    op.drop_index("ix_figure_value_figure", table_name="figure_value")
    op.drop_table("figure_value")
    op.drop_table("citation")
    op.drop_table("score")
    op.drop_index("ix_run_ward_round", table_name="run")
    op.drop_table("run")
    op.drop_table("rollup")
    op.drop_index(op.f("ix_report_submission_id"), table_name="report")
    op.drop_index("ix_report_round_loaded", table_name="report")
    op.drop_index(
        "ix_report_one_current",
        table_name="report",
        sqlite_where=sa.text("loaded_to IS NULL"),
        postgresql_where=sa.text("loaded_to IS NULL"),
    )
    op.drop_table("report")
    op.drop_table("rank")
    op.drop_index(op.f("ix_submission_state"), table_name="submission")
    op.drop_index(op.f("ix_submission_sha256"), table_name="submission")
    op.drop_index(
        "ix_submission_one_current",
        table_name="submission",
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.drop_table("submission")
    op.drop_table("publication")
    op.drop_index("ix_manual_mark_round", table_name="manual_mark")
    op.drop_table("manual_mark")
    op.drop_table("indicator_part")
    op.drop_index("ix_event_round_kind", table_name="event")
    op.drop_table("event")
    op.drop_index("ix_decision_ward_round", table_name="decision")
    op.drop_index(op.f("ix_decision_finding_key"), table_name="decision")
    op.drop_table("decision")
    op.drop_index(
        "ix_calculation_one_current",
        table_name="calculation",
        sqlite_where=sa.text("calculated_to IS NULL"),
        postgresql_where=sa.text("calculated_to IS NULL"),
    )
    op.drop_table("calculation")
    op.drop_table("warehouse_state")
    op.drop_index(op.f("ix_ward_search"), table_name="ward")
    op.drop_table("ward")
    op.drop_table("round")
    op.drop_index("ix_indicator_current_indicator", table_name="indicator_current")
    op.drop_table("indicator_current")
    op.drop_table("indicator")
    op.drop_index("ix_figure_current_ward", table_name="figure_current")
    op.drop_index(
        "ix_figure_current_open",
        table_name="figure_current",
        sqlite_where=sa.text("status IN ('waiting', 'blocked')"),
        postgresql_where=sa.text("status IN ('waiting', 'blocked')"),
    )
    op.drop_index("ix_figure_current_figure", table_name="figure_current")
    op.drop_table("figure_current")
    op.drop_table("figure")
    op.drop_table("dictionary")
