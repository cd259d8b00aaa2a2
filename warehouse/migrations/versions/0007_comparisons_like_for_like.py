"""A comparison keeps both values over the wards that have both, their number, the change and its note.

Revision 0007, follows 0006.
"""

import sqlalchemy as sa
from alembic import op

from warehouse import types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

SIDES = (("previous", "the previous round"), ("last_year", "that round a year before"))


def upgrade() -> None:
    for side, name in SIDES:
        op.add_column(
            "rollup",
            sa.Column(
                f"{side}_now", types.Exact(), nullable=True, comment=f"This round's over the wards that {name} has too"
            ),
        )
        op.add_column(
            "rollup",
            sa.Column(f"{side}_wards", sa.Integer(), nullable=True, comment=f"Wards compared with {name}"),
        )
        op.add_column(
            "rollup",
            sa.Column(
                f"{side}_change",
                types.Exact(),
                nullable=True,
                comment=f"Change on {name}, NULL where the spans differ",
            ),
        )
        op.add_column(
            "rollup",
            sa.Column(
                f"{side}_note",
                sa.Text(),
                nullable=True,
                comment="empty, quarter_flow (cumulative reports taken apart) or spans_differ (not compared)",
            ),
        )


def downgrade() -> None:
    for side, _name in SIDES:
        for column in ("now", "wards", "change", "note"):
            op.drop_column("rollup", f"{side}_{column}")
