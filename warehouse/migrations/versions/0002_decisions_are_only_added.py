"""The database itself refuses to change or delete a decision.

Revision 0002, follows 0001.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

REASON = "decisions are only ever added; record another one"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER decision_no_{change.lower()} BEFORE {change} ON decision "
                f"BEGIN SELECT RAISE(ABORT, '{REASON}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION decision_is_final() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REASON}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER decision_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON decision "
        "FOR EACH STATEMENT EXECUTE FUNCTION decision_is_final()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER decision_no_update")
        op.execute("DROP TRIGGER decision_no_delete")
        return
    op.execute("DROP TRIGGER decision_no_change ON decision")
    op.execute("DROP FUNCTION decision_is_final()")
