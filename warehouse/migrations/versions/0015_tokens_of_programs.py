"""Tokens by which programs read the marts.

Revision 0015, follows 0014.
"""

import sqlalchemy as sa
from alembic import op

from warehouse import types

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the token"),
        sa.Column("token_hash", sa.Text(), nullable=False, comment="SHA-256 of the token"),
        sa.Column("name", sa.Text(), nullable=False, comment="What it is for, as the person who made it wrote"),
        sa.Column("reader", sa.Text(), nullable=False, comment="Whose view it has: office or public"),
        sa.Column("account_id", sa.Integer(), nullable=False, comment="Account of the person who made it"),
        sa.Column("made_at", types.Moment(), nullable=False, comment="When it was made"),
        sa.Column("expires_at", types.Moment(), nullable=False, comment="When it ends"),
        sa.Column("used_at", types.Moment(), nullable=True, comment="When it was last used, to the hour"),
        sa.Column("revoked_at", types.Moment(), nullable=True, comment="When it was revoked, NULL while it was not"),
        sa.CheckConstraint("reader IN ('office', 'public')", name=op.f("ck_api_token_reader")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_api_token_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
        comment="Tokens by which programs read the marts; revoked, never deleted",
    )


def downgrade() -> None:
    op.drop_table("api_token")
