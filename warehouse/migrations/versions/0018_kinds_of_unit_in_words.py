"""Columns say that any kind of unit may stand in them, not phường and xã only.

Totals are told for each kind that a round's units are of: a đặc khu and a thị trấn too.

Revision 0018, follows 0017.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

COMMENTS = (
    ("rollup", "scope", "Which wards: all, phường or xã", "Which wards: all, or those of one kind, as phường"),
    ("ward", "kind", "Kind of unit: phường or xã", "Kind of the unit, as phường or xã"),
)


def upgrade() -> None:
    for table, column, before, now in COMMENTS:
        _comment(table, column, before, now)


def downgrade() -> None:
    for table, column, before, now in COMMENTS:
        _comment(table, column, now, before)


def _comment(table: str, column: str, before: str, now: str) -> None:
    """Change a column's comment; SQLite keeps none."""
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column(table, column, existing_type=sa.Text(), existing_comment=before, comment=now)
