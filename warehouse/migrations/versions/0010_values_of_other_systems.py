"""Figures of units as other systems export them, with file and cell.

Revision 0010, follows 0009.
"""

import sqlalchemy as sa
from alembic import op

from warehouse import types

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "system_value",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the value"),
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("ward", sa.Text(), nullable=False, comment="Ward (ward.slug)"),
        sa.Column("figure", sa.Text(), nullable=False, comment="Figure"),
        sa.Column("value", types.Exact(), nullable=False, comment="Value the system has"),
        sa.Column("source", sa.Text(), nullable=False, comment="Name of the file as it came; data only, never a path"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="Hash of the file, under which it is archived"),
        sa.Column("cell", sa.Text(), nullable=False, comment="Cell in that file, as Sheet1!C12"),
        sa.Column("heading", sa.Text(), nullable=False, comment="Heading of its column"),
        sa.Column("taken_by", sa.Text(), nullable=False, comment="Who took it in"),
        sa.Column("taken_at", types.Moment(), nullable=False, comment="When"),
        sa.ForeignKeyConstraint(["figure"], ["figure.code"], name=op.f("fk_system_value_figure")),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_system_value_round")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_system_value_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_system_value")),
        comment="Figures of units as other systems export them; the last of a round, ward and figure counts",
    )
    op.create_index("ix_system_value_round_ward", "system_value", ["round", "ward", "figure"])


def downgrade() -> None:
    op.drop_table("system_value")
