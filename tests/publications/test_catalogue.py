"""The office and the wording as data: what is wrong is refused with file, line and remedy."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from catalogue.figures import figure_definitions
from catalogue.indicators import indicators, unsummed
from catalogue.office import office
from catalogue.offices import office_file
from catalogue.paper import PLACEHOLDER, wording
from catalogue.source import shipped
from catalogue.wards import wards
from cchc.errors import CatalogueError
from publications.decree import place_and_day


def edited(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """Return a copy of a shipped file with one stretch changed."""
    text = office_file(name).read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


class TestOffice:
    def test_every_ward_has_a_tile_of_its_own(self) -> None:
        """The map shows all units, no two on one place."""
        tiles = office().tiles

        assert {tile.ward for tile in tiles} == set(wards())
        assert len({(tile.row, tile.column) for tile in tiles}) == len(tiles)

    @pytest.mark.parametrize(
        ("old", "new", "line", "says"),
        [
            ('  place: "Đức Phổ"', '  plaec: "Đức Phổ"', 4, "place, plaec"),
            ('  name: "PHÒNG NỘI VỤ" ', '  nom: "PHÒNG NỘI VỤ" ', 4, "name, nom"),
            ("pho-thuan: [1, 3]", "pho-tuan: [1, 3]", 35, "pho-tuan"),
            ("pho-thuan: [1, 3]", "pho-thuan: [0, 3]", 35, "đều từ 1"),
            ("pho-thuan: [1, 3]", "pho-thuan: [1, 4]", 35, "hơn một đơn vị"),
            ("form: 2", "form: 2\ncolour: red", 4, "'colour'"),
            ('head: ["TRƯỞNG PHÒNG"]', "head: []", 32, "ít nhất một dòng"),
        ],
    )
    def test_mistake_is_named_with_its_line(self, tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
        """Who edits the file is told where and what."""
        path = edited(tmp_path, "office.yaml", old, new)

        with pytest.raises(CatalogueError, match=says) as told:
            office(path)

        assert str(told.value).startswith(f"office.yaml:{line}:")


class TestWording:
    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("{dossiers_received} hồ sơ", "{dossiers_recieved} hồ sơ", "dossiers_recieved"),
            ("{satisfaction_surveys}", "{satisfaction_pct}", "printed percentages are never totalled"),
            ("counted: ranking", "counted: rankings", "cannot be counted"),
            ("  late: ", "  lat: ", "unknown: lat;"),
            ("nothing: ", "nix: ", "nix, nothing"),
            ("    counted: submissions\n", "", "either 'parts' or 'counted'"),
            ("{days} ngày", "{day} ngày", "nothing fills '{day}'"),
            ("chậm {days} ngày", "chậm {days ngày", "braces do not pair"),
            ("{office} tổng hợp", "{ofice} tổng hợp", "nothing fills '{ofice}'"),
        ],
    )
    def test_mistake_is_named(self, tmp_path: Path, old: str, new: str, says: str) -> None:
        """A code that cannot be totalled, a missing phrase, an empty chapter: each is refused by name and line."""
        path = edited(tmp_path, "paper.yaml", old, new)

        with pytest.raises(CatalogueError, match=rf"paper\.yaml:\d+: .*{says}"):
            wording(path)

    def test_an_older_file_takes_new_phrases_from_the_shipped_one(self, tmp_path: Path) -> None:
        """An upgrade that says more does not stop the papers of an office with words of its own."""
        late = next(
            line for line in shipped("paper.yaml").read_text(encoding="utf-8").splitlines() if "  late: " in line
        )
        path = edited(tmp_path, "paper.yaml", f"{late}\n", "")

        assert wording(path).phrases == wording(shipped("paper.yaml")).phrases

    def test_what_came_with_the_two_levels_is_told(self) -> None:
        """Every figure printed since July 2025 that may be added up is in a sentence, itself or by a ratio of it."""
        told = " ".join(
            clause for c in wording().chapters for part in c.parts for one in part.sentences for clause in one
        )
        ratios = [ratio for ratio in indicators().values() if f"{{{ratio.code}}}" in told]
        by_ratio = {figure for r in ratios for way in (*r.numerator, *r.denominator) for figure in way}
        new = [f for f in figure_definitions().values() if f.group == "since_2025" and f.unit != "percent"]

        assert [f.code for f in new if f"{{{f.code}}}" not in told and f.code not in by_ratio] == sorted(
            unsummed(), key=list(figure_definitions()).index
        )

    def test_no_sentence_holds_a_number_of_its_own(self) -> None:
        """Every number of the report is data: the wording itself has no digit."""
        clauses = [c for ch in wording().chapters for part in ch.parts for s in part.sentences for c in s]

        assert clauses
        assert not [c for c in clauses if any(char.isdigit() for char in PLACEHOLDER.sub("", c))]


class TestPlaceAndDay:
    @pytest.mark.parametrize(
        ("day", "line"),
        [
            (date(2023, 9, 8), "Đức Phổ, ngày 08 tháng 9 năm 2023"),
            (date(2024, 1, 31), "Đức Phổ, ngày 31 tháng 01 năm 2024"),
            (date(2024, 2, 5), "Đức Phổ, ngày 05 tháng 02 năm 2024"),
            (date(2024, 10, 12), "Đức Phổ, ngày 12 tháng 10 năm 2024"),
            (None, "Đức Phổ, ngày      tháng      năm        "),
        ],
    )
    def test_day_is_written_as_the_decree_wants_it(self, day: date | None, line: str) -> None:
        """Days under 10 and months 1 and 2 take a zero, other months do not."""
        assert place_and_day("Đức Phổ", day) == line
