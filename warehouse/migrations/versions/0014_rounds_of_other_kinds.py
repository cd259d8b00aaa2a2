"""Rounds over nine months and of single months stand beside those of quarters.

Revision 0014, follows 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    comment = "quarter, nine_months or month"
    op.add_column("round", sa.Column("kind", sa.Text(), nullable=False, server_default="quarter", comment=comment))


def downgrade() -> None:
    op.drop_column("round", "kind")
