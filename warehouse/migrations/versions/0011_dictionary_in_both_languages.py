"""The dictionary of the database has both languages, short labels, units and bases.

Its rows are written anew whenever the code changes, so nothing is carried over.

Revision 0011, follows 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

COLUMNS = (
    ("meaning_vi", "What it holds, in Vietnamese; empty for tables of the program"),
    ("label_vi", "Short label in Vietnamese"),
    ("label_en", "Short label in English"),
    ("unit", "Unit of the figure a column holds: count, percent, vnd or points"),
    ("basis", "What the figure spans: period, ytd, year, point, prior or ratio"),
)


def upgrade() -> None:
    for name, comment in COLUMNS:
        op.add_column("dictionary", sa.Column(name, sa.Text(), nullable=False, server_default="", comment=comment))


def downgrade() -> None:
    for name, _comment in COLUMNS:
        op.drop_column("dictionary", name)
