"""The labels file: what its loader refuses, and how the office adds a phrase."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from catalogue.figures import figure_definitions
from catalogue.labels import labels, load_labels, variants
from catalogue.source import shipped
from cchc.errors import CatalogueError
from parsers.figures import read_printings
from parsers.figures.lexicon import Lexicon
from tests.figures.casebook import ROUND
from tests.figures.marked import build


@pytest.fixture
def edited(tmp_path: Path):
    """Return a function that loads the shipped file with one text put for another."""

    def edit(old: str, new: str):
        source = shipped("labels.yaml").read_text(encoding="utf-8")
        assert old in source
        path = tmp_path / "labels.yaml"
        path.write_text(source.replace(old, new, 1), encoding="utf-8")
        return load_labels(path)

    return edit


class TestTheOfficeAddsAPhrase:
    def test_a_phrase_for_one_figure(self, edited) -> None:
        """A whole phrase under `phrases` of a figure names that figure, without code."""
        source = "# Cải cách thủ tục hành chính\nSố ca làm xong ngay trong buổi: 19 hồ sơ.\n"
        assert read_printings(build(source)[0], ROUND) == ()

        added = edited("phrases: [hồ sơ trước hạn, ", "phrases: [số ca làm xong ngay trong buổi, hồ sơ trước hạn, ")

        (printing,) = read_printings(build(source)[0], ROUND, Lexicon(added))
        assert (printing.figure, printing.value) == ("dossiers_early", Decimal(19))
        assert printing.label == "số ca làm xong ngay trong buổi"

    def test_a_phrase_for_an_idea(self, edited) -> None:
        """A phrase under a concept serves every figure that is made of it."""
        source = "# Cải cách thủ tục hành chính\nHồ sơ lỡ cỡ thời gian: 4 hồ sơ (1,2%).\n"
        assert read_printings(build(source)[0], ROUND) == ()

        added = edited("  late: [quá hạn, ", "  late: [lỡ cỡ thời gian, quá hạn, ")

        read = read_printings(build(source)[0], ROUND, Lexicon(added))
        assert {(p.figure, p.value) for p in read} == {("dossiers_late", 4), ("dossiers_late_pct", Decimal("1.2"))}

    def test_a_way_of_shortening(self, edited) -> None:
        """Words under `abbreviations` are found shortened in every phrase that holds them and more."""
        source = "# Cải cách thủ tục hành chính\nSố HSHC tiếp nhận trực tiếp: 44.\nHSHC: 12.\n"
        assert not any(p.figure == "dossiers_direct" for p in read_printings(build(source)[0], ROUND))

        added = edited("  hồ sơ: [hs]", "  hồ sơ: [hs, hshc]")

        read = read_printings(build(source)[0], ROUND, Lexicon(added))
        assert {(p.figure, p.value) for p in read} == {("dossiers_direct", 44)}


class TestLoading:
    def test_every_figure_has_a_way(self) -> None:
        """No figure of the catalogue is without labels."""
        named = {way.figure for way in labels().ways} | set(labels().money)

        assert set(figure_definitions()) <= named

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("  dossiers_late:\n", "  dossiers_tardy:\n", "'dossiers_tardy' is no figure"),
            ("    all: [late]\n", "    all: [tardy]\n", "unknown concept 'tardy'"),
            ("    nouns: [dossier]\n", "    nouns: [file]\n", "unknown noun class 'file'"),
            ("  late: [quá hạn, ", "  late: [Quá hạn, ", "no phrase in lower case"),
            ("  late: [quá hạn, ", "  late: [quá hạn, quá hạn, ", "stands twice"),
            ("    shy: [iso]\n", "    timid: [iso]\n", "unknown key 'timid'"),
            ("role: prior}", "role: earlier}", "has no role"),
        ],
    )
    def test_a_mistake_is_named_with_its_line(self, edited, old: str, new: str, says: str) -> None:
        """The message tells file, line and remedy."""
        with pytest.raises(CatalogueError, match=r"labels\.yaml:\d+: .*" + says):
            edited(old, new)


def test_a_comma_in_a_phrase_stands_for_every_way_of_joining() -> None:
    """One phrase of the file covers the comma, "và", the slash, the dash, "&" and nothing."""
    assert set(variants("cán bộ, công chức")) == {
        "cán bộ , công chức", "cán bộ và công chức", "cán bộ / công chức", "cán bộ - công chức",
        "cán bộ & công chức", "cán bộ công chức",
    }  # fmt: skip
