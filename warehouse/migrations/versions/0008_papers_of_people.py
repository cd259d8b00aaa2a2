"""What people add to papers: texts for the report of a round, and signed copies of editions.

Revision 0008, follows 0007.
"""

import sqlalchemy as sa
from alembic import op

from warehouse import types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "paper_text",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the text"),
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("body", sa.Text(), nullable=False, comment="The text, a paragraph a line; empty takes it back"),
        sa.Column("written_by", sa.Text(), nullable=False, comment="Who wrote it"),
        sa.Column("written_at", types.Moment(), nullable=False, comment="When"),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_paper_text_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_text")),
        comment="Texts people wrote for the report of a round; the last of a round counts",
    )
    op.create_index(op.f("ix_paper_text_round"), "paper_text", ["round"])
    op.create_table(
        "signed_copy",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the copy"),
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("revision", sa.Integer(), nullable=False, comment="Edition that was signed, 0 for the first"),
        sa.Column("sha256", sa.Text(), nullable=False, comment="Hash of the file, under which it is archived"),
        sa.Column(
            "file_name", sa.Text(), nullable=False, comment="Name of the file as it came; data only, never a path"
        ),
        sa.Column("taken_by", sa.Text(), nullable=False, comment="Who took it in"),
        sa.Column("taken_at", types.Moment(), nullable=False, comment="When"),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_signed_copy_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_copy")),
        comment="Signed scans of published editions, kept in the archive of originals",
    )
    op.create_index(op.f("ix_signed_copy_round"), "signed_copy", ["round"])


def downgrade() -> None:
    op.drop_table("signed_copy")
    op.drop_table("paper_text")
