"""People: accounts, sessions, links, refused sign-ins, acts that are only added, and what the review puts off.

Revision 0005, follows 0004.
"""

import sqlalchemy as sa
from alembic import op

from warehouse import types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REASON = "acts are only ever added"


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the account"),
        sa.Column("login", sa.Text(), nullable=False, comment="Name typed to sign in, lower case"),
        sa.Column(
            "name", sa.Text(), nullable=False, comment="Name of the person, as it stands on decisions and publications"
        ),
        sa.Column("role", sa.Text(), nullable=False, comment="viewer, clerk, head, operator or ward"),
        sa.Column("ward", sa.Text(), nullable=True, comment="Ward whose reports a ward's account sends, else NULL"),
        sa.Column("password", sa.Text(), nullable=True, comment="argon2id hash, NULL until a password is set"),
        sa.Column(
            "subject", sa.Text(), nullable=True, comment="Issuer and subject of the sign-in service, NULL without one"
        ),
        sa.Column(
            "machine_user",
            sa.Text(),
            nullable=True,
            comment="User of the machine who is this person on the command line",
        ),
        sa.Column("is_active", sa.Boolean(), nullable=False, comment="False once the account is switched off"),
        sa.Column("created_at", types.Moment(), nullable=False, comment="When the account was made"),
        sa.CheckConstraint("role IN ('viewer', 'clerk', 'head', 'operator', 'ward')", name=op.f("ck_account_role")),
        sa.CheckConstraint("(role = 'ward') = (ward IS NOT NULL)", name=op.f("ck_account_ward_of_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
        comment="People who may sign in to the office's page; an account is switched off, never deleted",
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.Text(), nullable=False, comment="SHA-256 of the secret in the cookie"),
        sa.Column("account_id", sa.Integer(), nullable=False, comment="Account"),
        sa.Column("form_token", sa.Text(), nullable=False, comment="What every form of the session must send back"),
        sa.Column("language", sa.Text(), nullable=False, comment="Language of the session: vi or en"),
        sa.Column("created_at", types.Moment(), nullable=False, comment="When it began"),
        sa.Column("seen_at", types.Moment(), nullable=False, comment="When it was last used"),
        sa.Column("expires_at", types.Moment(), nullable=False, comment="When it ends at the latest"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_session_account_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_session")),
        comment="Who is signed in; rows go when a session ends",
    )
    op.create_index(op.f("ix_session_account_id"), "session", ["account_id"])
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.Text(), nullable=False, comment="SHA-256 of the secret in the link"),
        sa.Column("account_id", sa.Integer(), nullable=True, comment="Account, NULL for the first one of all"),
        sa.Column("made_at", types.Moment(), nullable=False, comment="When it was made"),
        sa.Column("expires_at", types.Moment(), nullable=False, comment="Until when it may be used"),
        sa.Column("used_at", types.Moment(), nullable=True, comment="When it was used, NULL while it was not"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_one_time_link_account_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_link")),
        comment="Links by which a password is set, each used once",
    )
    op.create_table(
        "sign_in_try",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the try"),
        sa.Column("login", sa.Text(), nullable=False, comment="Name that was typed"),
        sa.Column("address", sa.Text(), nullable=False, comment="Network address it came from"),
        sa.Column("tried_at", types.Moment(), nullable=False, comment="When"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_try")),
        comment="Refused tries to sign in, by which further ones are slowed down",
    )
    op.create_index("ix_sign_in_try_login", "sign_in_try", ["login", "tried_at"])
    op.create_index(op.f("ix_sign_in_try_address"), "sign_in_try", ["address"])
    op.create_table(
        "act",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the act"),
        sa.Column("done_at", types.Moment(), nullable=False, comment="When"),
        sa.Column("account_id", sa.Integer(), nullable=True, comment="Account, NULL where nobody was signed in"),
        sa.Column("name", sa.Text(), nullable=False, comment="Name of the person at that time"),
        sa.Column("kind", sa.Text(), nullable=False, comment="What was done: sign_in, decide, publish, submit …"),
        sa.Column("round", sa.Text(), nullable=True, comment="Round it concerns"),
        sa.Column("ward", sa.Text(), nullable=True, comment="Ward it concerns"),
        sa.Column("detail", types.Json, nullable=False, comment="What exactly, by name of the kind's own fields"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_act")),
        comment="What people did, by name; rows are only ever added",
    )
    op.create_index("ix_act_done_at", "act", ["done_at"])
    op.create_table(
        "deferral",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False, comment="Number of the deferral"),
        sa.Column("round", sa.Text(), nullable=False, comment="Round"),
        sa.Column("ward", sa.Text(), nullable=False, comment="Ward (ward.slug)"),
        sa.Column("item", sa.Text(), nullable=False, comment="Figure code, or key of the finding"),
        sa.Column("name", sa.Text(), nullable=False, comment="Who put it off"),
        sa.Column("deferred_at", types.Moment(), nullable=False, comment="When"),
        sa.ForeignKeyConstraint(["round"], ["round.label"], name=op.f("fk_deferral_round")),
        sa.ForeignKeyConstraint(["ward"], ["ward.slug"], name=op.f("fk_deferral_ward")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deferral")),
        comment="What was put off in the review, so that it comes last; settles nothing",
    )
    op.create_index("ix_deferral_round", "deferral", ["round", "ward"])
    _only_added()


def _only_added() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER act_no_{change.lower()} BEFORE {change} ON act "
                f"BEGIN SELECT RAISE(ABORT, '{REASON}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION act_is_final() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REASON}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER act_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON act "
        "FOR EACH STATEMENT EXECUTE FUNCTION act_is_final()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER act_no_update")
        op.execute("DROP TRIGGER act_no_delete")
    else:
        op.execute("DROP TRIGGER act_no_change ON act")
        op.execute("DROP FUNCTION act_is_final()")
    for table in ("deferral", "act", "sign_in_try", "one_time_link", "session", "account"):
        op.drop_table(table)
