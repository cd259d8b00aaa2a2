"""Accounts, sessions, links and acts, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from cchc.errors import SignInError, WarehouseError
from tests.passwords import quick_hashes
from tests.warehouse.made import moment
from warehouse import sql
from warehouse.connection import reading, writing
from warehouse.people import accounts, acts, passwords, sessions
from warehouse.people.accounts import Account, NewAccount
from warehouse.people.roles import RIGHTS, ROLES, Right, may

PASSWORD = "một mật khẩu dài"
AS_SHIPPED = passwords._hasher
"""What hashes passwords outside of tests."""


@pytest.fixture(scope="module", autouse=True)
def quickly() -> Iterator[None]:
    """Hash passwords quickly."""
    with quick_hashes():
        yield


def operator(engine: Engine) -> Account:
    """Return the first account, made through its link."""
    secret = accounts.make_link(engine, None, moment())
    return accounts.use_link(engine, secret, PASSWORD, moment(), NewAccount("Máy ", "Trần Văn Máy", "operator"))


def with_password(engine: Engine, login: str, role: str = "clerk", ward: str | None = None) -> Account:
    """Return an account that can sign in."""
    made = accounts.add_account(engine, NewAccount(login, f"Người {login}", role, ward), moment())
    return accounts.use_link(engine, accounts.make_link(engine, made.id, moment()), PASSWORD, moment())


class TestRoles:
    def test_who_decides_publishes_not_and_who_keeps_people_decides_not(self) -> None:
        """Proposing and approving are apart, and so is looking after the machine."""
        holders = {right: {role for role in ROLES if may(role, right)} for right in Right}

        assert holders[Right.DECIDE] == {"clerk", "head"}
        assert holders[Right.PUBLISH] == {"head"}
        assert holders[Right.KEEP_PEOPLE] == {"operator"}
        assert holders[Right.OWN_WARD] == {"ward"}
        assert not may("nobody", Right.SEE)
        assert set(RIGHTS) == set(ROLES)


class TestAccounts:
    def test_first_link_makes_one_account_and_works_once(self, engine: Engine) -> None:
        """The one-time link of the first run makes the first account and nothing afterwards."""
        secret = accounts.make_link(engine, None, moment())
        first = NewAccount("MAY", "Trần Văn Máy", "operator")

        made = accounts.use_link(engine, secret, PASSWORD, moment(), first)

        assert (made.login, made.role, made.has_password) == ("may", "operator", True)
        assert accounts.link_account(engine, secret, moment()) == (False, None)
        with pytest.raises(SignInError, match="used already"):
            accounts.use_link(engine, secret, PASSWORD, moment(), first)
        another = accounts.make_link(engine, None, moment())
        with pytest.raises(SignInError, match="accounts already"):
            accounts.use_link(engine, another, PASSWORD, moment(), NewAccount("x", "X", "operator"))

    def test_link_grows_old_and_a_new_one_takes_its_place(self, engine: Engine) -> None:
        """A link is good for two days, and only the last one made is."""
        who = operator(engine)
        old = accounts.make_link(engine, who.id, moment())
        new = accounts.make_link(engine, who.id, moment(1))

        assert accounts.link_account(engine, old, moment(2)) == (False, None)
        assert accounts.link_account(engine, new, moment(2)) == (True, who)
        assert accounts.link_account(engine, new, moment(1) + accounts.LINK_LASTS) == (False, None)

    @pytest.mark.parametrize(
        ("new", "said"),
        [
            (NewAccount("", "Lan", "clerk"), "needs a name"),
            (NewAccount("lan", "Lan", "king"), "no role"),
            (NewAccount("lan", "Lan", "ward"), "names its ward"),
            (NewAccount("lan", "Lan", "clerk", "pho-an"), "names its ward"),
            (NewAccount("lan", "Lan", "ward", "nowhere"), "no ward"),
            (NewAccount("MÁY", "Lan", "clerk"), "taken"),
            (NewAccount("lan", "Trần Văn Máy", "clerk"), "taken"),
        ],
    )
    def test_refuses_what_cannot_be(self, engine: Engine, new: NewAccount, said: str) -> None:
        """Two people share neither a name to sign in nor the name on decisions; a ward's account has its ward."""
        secret = accounts.make_link(engine, None, moment())
        accounts.use_link(engine, secret, PASSWORD, moment(), NewAccount("máy", "Trần Văn Máy", "operator"))

        with pytest.raises(SignInError, match=said):
            accounts.add_account(engine, new, moment())

    def test_somebody_is_left_who_keeps_the_accounts(self, engine: Engine) -> None:
        """The last operator can neither be switched off nor become a clerk."""
        who = operator(engine)
        same = NewAccount(who.login, who.name, "operator")

        for new, active in ((same, False), (NewAccount(who.login, who.name, "clerk"), True)):
            with pytest.raises(SignInError, match="somebody must be left"):
                accounts.change_account(engine, who.id, new, is_active=active)

        assert accounts.accounts(engine) == [who]

    def test_short_password_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A password has ten characters at least, and is kept as argon2id."""
        monkeypatch.setattr(passwords, "_hasher", AS_SHIPPED)

        with pytest.raises(SignInError, match="10 characters"):
            passwords.password_hash("ngắn")
        assert passwords.password_hash(PASSWORD).startswith("$argon2id$")


class TestSessions:
    def test_each_sign_in_is_a_new_session(self, engine: Engine) -> None:
        """A secret is never used twice, so that nobody can plant one; the warehouse keeps hashes only."""
        who = with_password(engine, "lan")

        first, _ = sessions.sign_in(engine, "LAN", PASSWORD, "10.0.0.1", moment())
        second, account = sessions.sign_in(engine, "lan", PASSWORD, "10.0.0.1", moment())

        assert account == who
        assert first != second
        with reading(engine) as connection:
            kept = str(connection.execute(text("SELECT * FROM session")).all())
        assert first not in kept
        assert second not in kept
        found = sessions.session_of(engine, second, moment(1))
        assert found is not None
        assert found.account == who

    def test_ends_unused_and_ends_at_last(self, engine: Engine) -> None:
        """A session ends an hour after its last use, and after a day's work whatever its use."""
        with_password(engine, "lan")
        secret, _ = sessions.sign_in(engine, "lan", PASSWORD, "10.0.0.1", moment())
        idle, _ = sessions.sign_in(engine, "lan", PASSWORD, "10.0.0.1", moment())

        for minutes in range(30, 12 * 60, 30):
            assert sessions.session_of(engine, secret, moment(minutes)) is not None

        assert sessions.session_of(engine, idle, moment(61)) is None
        assert sessions.session_of(engine, secret, moment() + sessions.LASTS) is None

    def test_switching_off_signs_out(self, engine: Engine) -> None:
        """Whoever is switched off or gets another role is signed out at once."""
        operator(engine)
        who = with_password(engine, "lan")
        secret, _ = sessions.sign_in(engine, "lan", PASSWORD, "10.0.0.1", moment())

        accounts.change_account(engine, who.id, NewAccount("lan", who.name, "viewer"), is_active=True)

        assert sessions.session_of(engine, secret, moment(1)) is None

    def test_wrong_passwords_slow_down(self, engine: Engine) -> None:
        """After five refused tries even the right password waits; time and success clear them."""
        with_password(engine, "lan")
        for _ in range(sessions.MOST_BY_LOGIN):
            with pytest.raises(SignInError, match="wrong"):
                sessions.sign_in(engine, "lan", "sai mật khẩu", "10.0.0.1", moment())

        with pytest.raises(SignInError, match="too many"):
            sessions.sign_in(engine, "lan", PASSWORD, "10.0.0.2", moment(1))

        later = moment() + sessions.WINDOW + timedelta(minutes=1)
        assert sessions.sign_in(engine, "lan", PASSWORD, "10.0.0.1", later)

    def test_many_names_from_one_address_slow_down(self, engine: Engine) -> None:
        """Trying many names from one place is slowed down as well."""
        for number in range(sessions.MOST_BY_ADDRESS):
            with pytest.raises(SignInError, match="wrong"):
                sessions.sign_in(engine, f"tên {number}", "sai", "10.0.0.1", moment())

        with pytest.raises(SignInError, match="too many"):
            sessions.sign_in(engine, "another", "sai", "10.0.0.1", moment())


class TestSecrets:
    def test_a_question_in_sql_gets_none(self, engine: Engine) -> None:
        """`cchc sql` shows who has an account and no hash of a password or a session."""
        if engine.dialect.name != "sqlite":
            pytest.skip("on PostgreSQL readers have a role that sees the marts only")
        operator(engine)
        sessions.sign_in(engine, "máy", PASSWORD, "10.0.0.1", moment())

        answer = sql.query(engine, "SELECT a.login, a.password, s.token_hash, s.form_token FROM account a, session s")

        assert [tuple(row) for row in answer.rows] == [("máy", None, None, None)]


class TestActs:
    def test_only_added(self, engine: Engine) -> None:
        """The database refuses to change or delete an act."""
        who = operator(engine)
        acts.note(engine, acts.act_of(who, "publish", round="2023-Q3", revision=0), moment())

        for statement in ("UPDATE act SET name = 'x'", "DELETE FROM act"):
            with pytest.raises(WarehouseError, match="only ever added"), writing(engine) as connection:
                connection.execute(text(statement))

        [row] = acts.acts(engine)
        assert (row.name, row.kind, row.round, row.detail) == (who.name, "publish", "2023-Q3", {"revision": 0})
