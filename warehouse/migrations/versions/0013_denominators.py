"""People, households and area of the units, as the office's folder gives them.

Revision 0013, follows 0012.
"""

import sqlalchemy as sa
from alembic import op

from warehouse import types

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "denominator",
        sa.Column("ward", sa.Text(), nullable=False, comment="Unit (ward.slug)"),
        sa.Column("year", sa.Integer(), nullable=False, comment="Year the value is of"),
        sa.Column("measure", sa.Text(), nullable=False, comment="population, households or area_km2"),
        sa.Column("value", types.Exact(), nullable=False, comment="People, households, or square kilometres"),
        sa.Column("source", sa.Text(), nullable=False, comment="Publication it was taken from"),
        sa.Column("source_date", sa.Date(), nullable=False, comment="Day of the publication"),
        sa.CheckConstraint("measure IN ('population', 'households', 'area_km2')", name=op.f("ck_denominator_measure")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_denominator_ward")),
        sa.PrimaryKeyConstraint("ward", "measure", "year", name=op.f("pk_denominator")),
        comment="What figures are held against, by unit and year, from the office's denominators.csv",
    )


def downgrade() -> None:
    op.drop_table("denominator")
