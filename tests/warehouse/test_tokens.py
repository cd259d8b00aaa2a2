"""Tokens of programs: made, listed, used, ended, on both engines."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from cchc.errors import SignInError
from tests.warehouse.made import moment
from warehouse.connection import reading, writing
from warehouse.people.accounts import Account, NewAccount, add_account
from warehouse.people.tokens import LONGEST_DAYS, PREFIX, make_token, revoke_token, token_of, tokens

HOUR = 60


@pytest.fixture
def maker(engine: Engine) -> Account:
    """Give the person who makes tokens."""
    return add_account(engine, NewAccount("may", "Trần Văn Máy", "operator"), moment())


class TestMaking:
    def test_the_secret_is_shown_once_and_kept_nowhere(self, engine: Engine, maker: Account) -> None:
        """It begins so that a search finds it, each is another one, and no table holds it."""
        first, second = (make_token(engine, maker, "x", "office", 1, moment()) for _ in range(2))

        assert first.startswith(PREFIX) and second.startswith(PREFIX) and first != second
        with reading(engine) as connection:
            kept = connection.execute(text("SELECT * FROM api_token")).all()
        assert len(kept) == 2 and not any(first.removeprefix(PREFIX) in str(row) for row in kept)

    def test_what_is_kept(self, engine: Engine, maker: Account) -> None:
        """Name without loose blanks, view, maker, and its last moment; the newest first."""
        make_token(engine, maker, "  bảng   theo dõi ", "office", 30, moment())
        make_token(engine, maker, "trang công khai", "public", 1, moment(1))

        public, office = tokens(engine)

        assert (office.name, office.reader, office.made_by) == ("bảng theo dõi", "office", "Trần Văn Máy")
        assert (office.made_at, office.expires_at) == (moment(), moment() + timedelta(days=30))
        assert (office.used_at, office.revoked_at, office.is_maker_active) == (None, None, True)
        assert (public.name, public.reader) == ("trang công khai", "public")

    @pytest.mark.parametrize(
        ("name", "reader", "days", "why"),
        [
            (" ", "office", 1, "say what the token is for"),
            ("x" * 101, "office", 1, "say what the token is for"),
            ("x", "ward", 1, "'ward' is no view; choose one of: office, public"),
            ("x", "office", 0, "from 1 to 366 days"),
            ("x", "office", LONGEST_DAYS + 1, "from 1 to 366 days"),
        ],
    )
    def test_what_cannot_be_made(
        self, engine: Engine, maker: Account, name: str, reader: str, days: int, why: str
    ) -> None:
        """Without a name, for a view there is not, for no time or too long; nothing is kept."""
        with pytest.raises(SignInError, match=why):
            make_token(engine, maker, name, reader, days, moment())

        assert tokens(engine) == []

    def test_the_longest_there_can_be(self, engine: Engine, maker: Account) -> None:
        """A hundred characters, a year and a day."""
        make_token(engine, maker, "x" * 100, "office", LONGEST_DAYS, moment())

        assert len(tokens(engine)) == 1


class TestUse:
    def test_until_its_last_moment(self, engine: Engine, maker: Account) -> None:
        """It lets in before that moment and no more from then on."""
        secret = make_token(engine, maker, "x", "public", 1, moment())
        end = moment() + timedelta(days=1)

        found = token_of(engine, secret, end - timedelta(microseconds=1))

        assert found is not None and found.reader == "public"
        assert token_of(engine, secret, end) is None
        assert token_of(engine, secret + "x", moment()) is None
        assert token_of(engine, "", moment()) is None

    def test_once_an_hour_is_noted(self, engine: Engine, maker: Account) -> None:
        """A program that asks every minute writes once an hour."""
        secret = make_token(engine, maker, "x", "office", 1, moment())

        noted = []
        for minutes in (1, 2, HOUR, HOUR + 1, HOUR + 2):
            token_of(engine, secret, moment(minutes))
            noted.append(tokens(engine)[0].used_at)

        assert noted == [moment(1), moment(1), moment(1), moment(HOUR + 1), moment(HOUR + 1)]

    def test_revoked_once(self, engine: Engine, maker: Account) -> None:
        """It lets nobody in, others stay; revoking again leaves the first moment."""
        secret, other = (make_token(engine, maker, name, "office", 1, moment()) for name in "ab")
        number = tokens(engine)[-1].id

        assert revoke_token(engine, number, moment(5)).revoked_at == moment(5)
        assert revoke_token(engine, number, moment(9)).revoked_at == moment(5)
        assert token_of(engine, secret, moment(10)) is None
        assert token_of(engine, other, moment(10)) is not None
        with pytest.raises(SignInError, match="there is no token 99"):
            revoke_token(engine, 99, moment())

    def test_it_ends_with_its_makers_account(self, engine: Engine, maker: Account) -> None:
        """A person who is switched off leaves no way in behind, and is let in again with the account."""
        secret = make_token(engine, maker, "x", "office", 1, moment())

        found = []
        for active in (False, True):
            with writing(engine) as connection:
                connection.execute(text("UPDATE account SET is_active = :active"), {"active": active})
            found.append(token_of(engine, secret, moment(1)) is not None)

        assert found == [False, True]
