"""The figures in force are found by figure, round and ward in one index, value included.

A quarter taken out of cumulative reports looks up the same figure and ward of two other rounds; without the ward in the
index each look-up read the table itself.

Revision 0017, follows 0016.
"""

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NAME = "ix_figure_current_figure"


def upgrade() -> None:
    op.drop_index(NAME, table_name="figure_current")
    op.create_index(NAME, "figure_current", ["figure", "round", "ward", "value"])


def downgrade() -> None:
    op.drop_index(NAME, table_name="figure_current")
    op.create_index(NAME, "figure_current", ["figure", "round", "value"])
