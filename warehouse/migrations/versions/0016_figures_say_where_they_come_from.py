"""Figures and the dictionary bear English meanings, source forms and since when a figure is printed.

Both tables are written anew from the catalogue whenever the code changes, so nothing is carried over.

Revision 0016, follows 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

COLUMNS = (
    ("figure", "label_vi", "Short label in Vietnamese"),
    ("figure", "meaning_en", "Meaning in English"),
    ("figure", "source_form_vi", "Report and forms it comes from, in Vietnamese"),
    ("figure", "source_form_en", "Report and forms it comes from, in English"),
    ("dictionary", "source_form_vi", "Report and forms a figure comes from, in Vietnamese"),
    ("dictionary", "source_form_en", "Report and forms a figure comes from, in English"),
    ("dictionary", "since", "First day from which reports print the figure (ISO), empty for ever since"),
)
SINCE = "First day from which reports print it, NULL for ever since"


def upgrade() -> None:
    for table, name, comment in COLUMNS:
        op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default="", comment=comment))
    op.add_column("figure", sa.Column("since_date", sa.Date(), nullable=True, comment=SINCE))


def downgrade() -> None:
    op.drop_column("figure", "since_date")
    for table, name, _comment in COLUMNS:
        op.drop_column(table, name)
