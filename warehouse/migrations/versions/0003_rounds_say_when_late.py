"""A round says from which moment a report is late, so that views can tell it on both engines.

Revision 0003, follows 0002.
"""

import sqlalchemy as sa
from alembic import op

from warehouse import types

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MEANING = "First moment at which a report is late: the office's midnight after due_date"


def upgrade() -> None:
    op.add_column("round", sa.Column("late_from", types.Moment(), nullable=True, comment=MEANING))
    if op.get_bind().dialect.name == "sqlite":
        op.execute("UPDATE round SET late_from = due_date || 'T17:00:00.000000Z'")
        return
    op.execute("UPDATE round SET late_from = (due_date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'")


def downgrade() -> None:
    op.drop_column("round", "late_from")
