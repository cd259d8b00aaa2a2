"""Every table, view and column says what it means, in the code, in the database and on its page."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, inspect, text

from catalogue.figures import figure_definitions
from cchc.errors import ConfigurationError
from tests.warehouse.made import reading, take_in
from warehouse import dictionary, marts
from warehouse.connection import reading as reading_from
from warehouse.roles import create_reader_role

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


class TestDictionary:
    def test_nothing_is_without_meaning(self) -> None:
        """Each entry says something, and no two entries of a relation share a name."""
        entries = dictionary.entries()

        assert [e for e in entries if len(e.meaning.strip()) < 3] == []
        assert len({(e.relation, e.name) for e in entries}) == len(entries)

    def test_marts_speak_both_languages(self) -> None:
        """Every column of a mart has label and meaning in Vietnamese, none left in English."""
        columns = [e for e in dictionary.entries() if e.relation.startswith("mart_") and e.name]

        assert [e for e in columns if not e.label_vi or e.label_vi == e.label_en] == []
        assert [e for e in columns if e.meaning_vi in ("", e.meaning)] == []
        assert {e.unit for e in columns if e.relation == "mart_figure_wide" and e.basis == "ratio"} <= {
            "percent",
            "count",
        }

    def test_words_find_what_they_mean(self) -> None:
        """A search with or without marks names figures and columns; what is called so comes first."""
        late = dictionary.search("qua han", "vi")
        tier = dictionary.search("tier", "en")

        assert ("figure dossiers_late", "Hồ sơ giải quyết quá hạn/trễ hạn (số lượng, trong kỳ báo cáo)") in [
            (line.where, line.meaning) for line in late
        ]
        assert tier[0] == dictionary.Found(
            "mart_ranking.tier", "Tier", "Tier, 1 the first: wards whose ranges of places overlap stand in one"
        )
        assert dictionary.search("han chuacotrongtudien", "vi") == []

    def test_every_figure_says_where_it_comes_from_in_both_languages(self) -> None:
        """Meaning and source form differ by language and are nowhere empty; database, CSV and page say the same."""
        figures = [e for e in dictionary.entries() if e.relation == "mart_figure_wide" and e.unit]

        assert [e.name for e in figures] == list(figure_definitions())
        assert [e.name for e in figures if not e.source_form_vi or e.source_form_vi == e.source_form_en] == []
        assert [e.name for e in figures if e.meaning.startswith(e.meaning_vi)] == []
        late = next(e for e in figures if e.name == "dossiers_late")
        assert (late.meaning, late.since) == ("Dossiers resolved after the deadline (count, period)", "")
        assert late.comment == (
            "Hồ sơ giải quyết quá hạn/trễ hạn · Dossiers resolved after the deadline (count, period) · "
            "Báo cáo cải cách hành chính của UBND cấp xã, cải cách thủ tục hành chính; "
            "Biểu số II.06, Thông tư 01/2020/TT-VPCP"
        )
        assert {e.since for e in figures} == {"", "2025-07-01"}

    def test_page_is_current(self) -> None:
        """The page is what the code says now; `python -m warehouse.dictionary` writes it."""
        assert PAGE.read_text(encoding="utf-8") == dictionary.render()

    def test_covers_the_database(self, engine: Engine) -> None:
        """Every relation and column that is in the database is in its dictionary, and nothing else is."""
        inspector = inspect(engine)
        relations = [*inspector.get_table_names(), *inspector.get_view_names()]
        there = {(name, column["name"]) for name in relations for column in inspector.get_columns(name)}

        with reading_from(engine) as connection:
            said = {tuple(row) for row in connection.execute(text("SELECT relation, name FROM dictionary"))}

        assert {pair for pair in said if pair[1]} == {pair for pair in there if pair[0] != "alembic_version"}

    def test_postgresql_keeps_the_comments(self, engine: Engine) -> None:
        """Where the engine keeps comments, each table, view and column bears its meaning."""
        if engine.dialect.name != "postgresql":
            pytest.skip("SQLite keeps no comments; the table `dictionary` has them")
        query = text(
            "SELECT count(*) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 "
            "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND NOT a.attisdropped "
            "AND c.relname <> 'alembic_version' AND col_description(c.oid, a.attnum) IS NULL"
        )
        with reading_from(engine) as connection:
            assert connection.execute(query).scalar() == 0
            said = connection.execute(text("SELECT obj_description('mart_ledger'::regclass)")).scalar()
        assert said == next(e.comment for e in dictionary.entries() if (e.relation, e.name) == ("mart_ledger", ""))


class TestReaderRole:
    def test_reads_marts_and_nothing_else(self, engine: Engine) -> None:
        """The role reads every mart and the dictionary, reads no table of facts, and writes nowhere."""
        if engine.dialect.name != "postgresql":
            pytest.skip("SQLite has no roles")
        take_in(engine, reading())
        create_reader_role(engine)
        create_reader_role(engine)

        with engine.connect() as connection:
            for view in marts.views():
                if view.is_mart:
                    _as_reader(connection, f"SELECT count(*) FROM {view.name}")
            _as_reader(connection, "SELECT count(*) FROM dictionary")
            for forbidden in ("SELECT * FROM report", "SELECT * FROM round_ward", "DELETE FROM dictionary"):
                with pytest.raises(Exception, match="permission denied"):
                    _as_reader(connection, forbidden)

    def test_sqlite_says_what_to_do_instead(self, engine: Engine) -> None:
        """On an engine without roles the refusal names the way that is left."""
        if engine.dialect.name != "sqlite":
            pytest.skip("only where there are no roles")

        with pytest.raises(ConfigurationError, match="cchc sql"):
            create_reader_role(engine)


def _as_reader(connection, statement: str) -> None:  # type: ignore[no-untyped-def]
    with connection.begin():
        connection.execute(text("SET LOCAL ROLE cchc_reader"))
        connection.execute(text(statement))
