"""The relations of the figures: complete, and refused where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.figures import figure_definitions
from catalogue.relations import relations
from catalogue.source import shipped
from cchc.errors import CatalogueError
from cchc.messages import use_language

TEXT = shipped("relations.yaml").read_text(encoding="utf-8")


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """Return a copy of the relations with one stretch replaced."""
    assert old in TEXT
    path = tmp_path / "relations.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return path


class TestRelations:
    def test_every_percentage_is_a_share(self) -> None:
        """No percentage of the catalogue is without what it is a share of."""
        percentages = {code for code, definition in figure_definitions().items() if definition.unit == "percent"}

        assert set(relations().shares) == percentages

    def test_every_relation_has_its_source(self) -> None:
        """Where a sum or a share comes from is said beside it."""
        assert all(entry.source for entry in (*relations().identities, *relations().shares.values()))

    def test_silent_parts_are_parts(self) -> None:
        """What a report may leave unprinted is one of the parts, and never all of them."""
        ways = [way for identity in relations().identities for way in identity.ways]

        assert all(set(way.silent) < set(way.parts) for way in ways)

    def test_flows_follow_from_flows(self) -> None:
        """A year so far adds up a period, and last year's amount stands beside this year's."""
        basis = {code: definition.basis for code, definition in figure_definitions().items()}

        assert {(basis[ytd], basis[of]) for ytd, of in relations().cumulative.items()} == {("ytd", "period")}
        assert {(basis[last], basis[of]) for last, of in relations().prior_year.items()} == {("prior", "period")}


class TestMistakes:
    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            (
                "total: [dossiers_pending], parts",
                "total: [dossiers_open], parts",
                r"relations\.yaml:\d+: .*dossiers_open",
            ),
            (
                "over: [documents_outgoing]",
                "over: [documents_sent]",
                r"relations\.yaml:\d+: .*'documents_sent' is no total",
            ),
            ("dossiers_online + dossiers_direct]", "dossiers_online x dossiers_direct]", r"\d+: .*no total"),
            ("\namounts: ", "\namount: ", r"relations\.yaml:\d+: amounts: .*missing"),
            ("own_base: true", "own_bases: true", r"relations\.yaml:\d+: .*own_bases: .*unknown"),
            ("year_plan: true", "year_plan: perhaps", r"relations\.yaml:\d+: .*year_plan: 'perhaps' cannot stand here"),
        ],
    )
    def test_a_mistake_names_file_line_and_remedy(self, tmp_path: Path, old: str, new: str, says: str) -> None:
        """Whoever edits the file is told where it is wrong."""
        with use_language("en"), pytest.raises(CatalogueError, match=says):
            relations(changed(tmp_path, old, new))

    def test_the_office_is_told_in_vietnamese(self, tmp_path: Path) -> None:
        """No English of the library reaches an office."""
        with use_language("vi"), pytest.raises(CatalogueError, match="không có số liệu nào tên dossiers_open"):
            relations(changed(tmp_path, "total: [dossiers_pending], parts", "total: [dossiers_open], parts"))
