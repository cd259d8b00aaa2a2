"""A named person may find that a criterion does not apply to a ward in a round.

Revision 0006, follows 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MEANING = "True where the criterion does not apply to the ward in the round"


def upgrade() -> None:
    op.add_column(
        "manual_mark",
        sa.Column("not_applicable", sa.Boolean(), nullable=False, server_default=sa.false(), comment=MEANING),
    )


def downgrade() -> None:
    op.drop_column("manual_mark", "not_applicable")
