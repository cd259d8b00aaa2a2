"""The blind sample of figures that counted without a look, and the switch of each class of text.

Revision 0012, follows 0011.
"""

import sqlalchemy as sa
from alembic import op

from warehouse import types

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CLASSES = "text_class IN ('digital', 'scan', 'poor_scan')"


def upgrade() -> None:
    op.create_table(
        "blind_sample",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the draw"),
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("ward", sa.Text(), nullable=False, comment="Ward (ward.slug)"),
        sa.Column("figure", sa.Text(), nullable=False, comment="Figure"),
        sa.Column("report_id", sa.Integer(), nullable=False, comment="Load whose reading is checked"),
        sa.Column("seq", sa.Integer(), nullable=False, comment="Printing that is checked (figure_value.seq)"),
        sa.Column("text_class", sa.Text(), nullable=False, comment="digital, scan or poor_scan"),
        sa.Column(
            "ticket",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of round, ward and figure; the smallest of a class are drawn",
        ),
        sa.Column("drawn_at", types.Moment(), nullable=False, comment="When it was drawn"),
        sa.CheckConstraint(CLASSES, name=op.f("ck_blind_sample_text_class")),
        sa.ForeignKeyConstraint(["figure"], ["figure.code"], name=op.f("fk_blind_sample_figure")),
        sa.ForeignKeyConstraint(["report_id"], ["report.id"], name=op.f("fk_blind_sample_report_id")),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_blind_sample_round")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_blind_sample_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_blind_sample")),
        sa.UniqueConstraint("round", "ward", "figure", name=op.f("uq_blind_sample_round_ward_figure")),
        comment="Figures that counted without anybody looking, drawn at random to be read off the page blindly",
    )
    op.create_table(
        "blind_check",
        sa.Column("sample_id", sa.Integer(), nullable=False, comment="The draw"),
        sa.Column(
            "typed",
            sa.Text(),
            nullable=False,
            comment="What the person typed, empty where the page does not print the figure there",
        ),
        sa.Column(
            "value",
            types.Exact(),
            nullable=True,
            comment="Its value in the figure's unit, NULL where nothing is printed",
        ),
        sa.Column("is_right", sa.Boolean(), nullable=False, comment="True where the reader had read the same value"),
        sa.Column("checked_by", sa.Text(), nullable=False, comment="Who checked"),
        sa.Column("checked_at", types.Moment(), nullable=False, comment="When"),
        sa.ForeignKeyConstraint(["sample_id"], ["blind_sample.id"], name=op.f("fk_blind_check_sample_id")),
        sa.PrimaryKeyConstraint("sample_id", name=op.f("pk_blind_check")),
        comment="Blind checks: what a named person read, and whether the reader had read the same",
    )
    op.create_table(
        "trust_switch",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the switching"),
        sa.Column("text_class", sa.Text(), nullable=False, comment="digital, scan or poor_scan"),
        sa.Column(
            "is_on",
            sa.Boolean(),
            nullable=False,
            comment="True where sure figures of the class count without a look from then on",
        ),
        sa.Column("switched_by", sa.Text(), nullable=False, comment="Who switched, empty where a blind check did"),
        sa.Column("switched_at", types.Moment(), nullable=False, comment="When"),
        sa.Column("reason", sa.Text(), nullable=False, comment="Why"),
        sa.CheckConstraint(CLASSES, name=op.f("ck_trust_switch_text_class")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trust_switch")),
        comment="Acceptance without a look, switched off and on by class of text; the last row of a class counts",
    )
    op.create_index("ix_trust_switch_text_class", "trust_switch", ["text_class", "id"])


def downgrade() -> None:
    op.drop_index("ix_trust_switch_text_class", table_name="trust_switch")
    op.drop_table("trust_switch")
    op.drop_table("blind_check")
    op.drop_table("blind_sample")
