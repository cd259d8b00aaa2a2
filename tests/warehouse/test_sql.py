"""`cchc sql` answers questions and changes nothing, whatever is asked."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from cchc.errors import WarehouseError
from tests.warehouse.dump import dump
from tests.warehouse.made import reading, take_in
from warehouse.sql import query


class TestQuery:
    def test_answers_with_columns_and_rows(self, engine: Engine) -> None:
        """An answer names its columns and holds plain values."""
        take_in(engine, reading())

        answer = query(engine, "SELECT figure, value FROM mart_figure_long ORDER BY figure;")

        assert answer.columns == ("figure", "value")
        assert [(name, int(value)) for name, value in answer.rows] == [
            ("dossiers_received", 100),
            ("dossiers_resolved", 90),
        ]

    def test_says_when_rows_were_left_out(self, engine: Engine) -> None:
        """More rows than asked for are cut, and the answer says so; exactly as many are not."""
        assert query(engine, "SELECT slug FROM ward ORDER BY slug", most_rows=3).cut
        assert len(query(engine, "SELECT slug FROM ward", most_rows=3).rows) == 3
        assert not query(engine, "SELECT slug FROM ward", most_rows=15).cut

    @pytest.mark.parametrize(
        "statement",
        [
            "DELETE FROM report",
            "UPDATE ward SET name = 'x'",
            "INSERT INTO event (key) VALUES ('x')",
            "DROP TABLE decision",
            "CREATE TABLE x (a int)",
            "PRAGMA query_only = OFF",
            "ATTACH 'x.db' AS x",
            "SELECT 1; DELETE FROM report",
            "/* SELECT */ DELETE FROM report",
            "COMMIT",
            "COPY ward TO '/tmp/x'",
            "WITH gone AS (DELETE FROM report_body RETURNING *) SELECT * FROM gone",
            "SELECT nextval('report_id_seq')",
            "SELECT load_extension('x')",
            "VACUUM",
            "EXPLAIN ANALYZE DELETE FROM report_body",
            "",
        ],
    )
    def test_what_does_not_only_read_is_refused(self, engine: Engine, statement: str) -> None:
        """Whatever would change something is refused, and every table stays as it was."""
        take_in(engine, reading())
        before = dump(engine)

        with pytest.raises(WarehouseError):
            query(engine, statement)

        assert dump(engine) == before

    @pytest.mark.parametrize("before", [" " * 5_000, "/**/" * 500, "-- why\n" * 500, "/* a */ " * 500 + "\n\t"])
    def test_what_stands_before_the_question_is_passed_over(self, engine: Engine, before: str) -> None:
        """Blanks and comments, however many, stand before a question and before what is refused."""
        assert query(engine, f"{before}SELECT 1").rows == [(1,)]
        with pytest.raises(WarehouseError, match="only questions"):
            query(engine, f"{before}DELETE FROM ward")

    def test_mistake_is_told_with_where_to_look(self, engine: Engine) -> None:
        """A wrong name is answered with the engine's reason and the dictionary."""
        with pytest.raises(WarehouseError, match=r"no_such_table.*data-dictionary"):
            query(engine, "SELECT * FROM no_such_table")

    def test_question_without_end_is_stopped(self, engine: Engine) -> None:
        """A question that would run for ever ends in time and says how to narrow it."""
        endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

        with pytest.raises(WarehouseError, match=r"0\.3"):
            query(engine, endless, seconds=0.3)

        assert query(engine, "SELECT 1").rows == [(1,)]
