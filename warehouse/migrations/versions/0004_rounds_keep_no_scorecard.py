"""A round keeps no scorecard of its own: the calendar and the calculations say it, and nothing ever wrote the column.

Revision 0004, follows 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("round", "scorecard")


def downgrade() -> None:
    op.add_column(
        "round", sa.Column("scorecard", sa.Text(), nullable=True, comment="Scorecard by which the round is ranked")
    )
