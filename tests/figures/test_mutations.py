"""Reading follows the report: other numbers, other order, other numbering, other units, decoys added."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.figures import read_printings
from parsers.reading import Printing
from tests.figures.casebook import ROUND
from tests.figures.marked import build, corpus

DEADLINES = (("trước hạn", "dossiers_early"), ("đúng hạn", "dossiers_on_time"), ("quá hạn", "dossiers_late"))
REPORTS = sorted((corpus() / "marked").glob("*-q3.txt")) if corpus().is_dir() else []
needs_corpus = pytest.mark.skipif(not REPORTS, reason="the reports with answer keys are not beside the project")


def read(source: str) -> tuple[Printing, ...]:
    return read_printings(build(source)[0], ROUND)


def values(source: str) -> dict[str, Decimal]:
    return {p.figure: p.value for p in read(source)}


def grouped(value: int) -> str:
    return f"{value:,}".replace(",", ".")


@settings(max_examples=40, deadline=None)
@given(counts=st.lists(st.integers(2, 9999), min_size=3, max_size=3, unique=True), order=st.permutations(range(3)))
def test_values_follow_their_labels_in_any_order(counts: list[int], order: list[int]) -> None:
    """Whatever the numbers and the order of the clauses, each number goes with the label beside it."""
    parts = [f"{DEADLINES[i][0]} {grouped(counts[i])} hồ sơ" for i in order]
    source = (
        f"# Cải cách thủ tục hành chính\nĐã giải quyết {grouped(sum(counts))} hồ sơ, trong đó: {', '.join(parts)}.\n"
    )

    found = values(source)

    assert found == {"dossiers_resolved": sum(counts), **{DEADLINES[i][1]: counts[i] for i in range(3)}}


@settings(max_examples=40, deadline=None)
@given(counts=st.lists(st.integers(2, 9999), min_size=3, max_size=3, unique=True), order=st.permutations(range(3)))
def test_labels_may_stand_behind_their_numbers(counts: list[int], order: list[int]) -> None:
    """The same holds where every label stands behind its number."""
    parts = [f"{grouped(counts[i])} hồ sơ {DEADLINES[i][0]}" for i in order]
    source = f"# Cải cách thủ tục hành chính\nKết quả giải quyết: {', '.join(parts)}.\n"

    assert values(source) == {DEADLINES[i][1]: counts[i] for i in range(3)}


@pytest.mark.parametrize("unit", ["hồ sơ", "HS", "bộ hồ sơ", "bộ", "trường hợp", ""])
def test_the_unit_of_a_dossier_is_of_no_matter(unit: str) -> None:
    """A dossier is a dossier under every name that clerks use, and under none."""
    assert values(f"# Kết quả giải quyết hồ sơ\nHồ sơ giải quyết trước hạn: 214 {unit}.\n") == {"dossiers_early": 214}


@pytest.mark.parametrize(
    ("printed", "value"),
    [("1.250.000.000 đồng", 1_250_000_000), ("1.250 triệu đồng", 1_250_000_000), ("1,25 tỷ đồng", 1_250_000_000),
     ("1.250.000 nghìn đồng", 1_250_000_000), ("1 tỷ 250 triệu đồng", 1_250_000_000)],
)  # fmt: skip
def test_a_sum_is_the_same_in_every_scale(printed: str, value: int) -> None:
    """Values are in dong however the sum is printed."""
    assert values(f"# Tài chính công\nThu ngân sách xã quý III: {printed}.\n") == {"ward_revenue": value}


@pytest.mark.parametrize(
    "decoy",
    ["Lĩnh vực hộ tịch 12 hồ sơ, chứng thực 30 hồ sơ.", "Cùng kỳ năm 2022 tiếp nhận 300 hồ sơ.",
     "Toàn thị xã tiếp nhận 9.999 hồ sơ.", "Tiếp công dân 15 lượt, nhận 08 đơn.", "Quý II tiếp nhận 280 hồ sơ.",
     "Thực hiện Quyết định số 412/QĐ-UBND ngày 29/12/2022.", "Phấn đấu giải quyết 100% hồ sơ đúng hạn."],
)  # fmt: skip
def test_a_decoy_beside_the_figures_changes_nothing(decoy: str) -> None:
    """Other numbers in the paragraph neither become figures nor take a figure's label away."""
    plain = "Tiếp nhận 412 hồ sơ, đã giải quyết 405 hồ sơ, đang giải quyết 07 hồ sơ."
    wanted = {"dossiers_received": 412, "dossiers_resolved": 405, "dossiers_pending": 7}

    assert values(f"# Cải cách thủ tục hành chính\n{plain} {decoy}\n") == wanted
    assert values(f"# Cải cách thủ tục hành chính\n{decoy} {plain}\n") == wanted


def test_text_without_marks_is_read() -> None:
    """A report typed without any diacritics still gives its figures."""
    source = "# Cai cach thu tuc hanh chinh\nTong so ho so tiep nhan: 250 ho so, da giai quyet 240 ho so.\n"

    assert values(source) == {"dossiers_received": 250, "dossiers_resolved": 240}


def _reading(source: str) -> list[tuple[str, Decimal, str]]:
    return [(p.figure, p.value, p.raw) for p in read(source)]


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("path", REPORTS[:4], ids=lambda p: p.stem)
def test_renumbered_headings_change_nothing(path: object) -> None:
    """Sections may be numbered otherwise, or not at all."""
    source = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    bare = re.sub(r"^(#+ )(?:[IVX]+\.|\d+(?:\.\d+)*\.?|[a-zđ]\))\s+", r"\1", source, flags=re.MULTILINE)

    assert _reading(bare) == _reading(source)


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("path", REPORTS[:6], ids=lambda p: p.stem)
def test_changed_counts_are_read_as_changed(path: object) -> None:
    """A primary figure whose printed count is changed is read with its new value, at the same place."""
    source = path.read_text(encoding="utf-8")  # type: ignore[attr-defined]
    mark = re.compile(r"\[\[([a-z_]+)\|([1-8]\d{1,2})\]\](?!%| %|/|\d)")
    changed = mark.sub(lambda m: f"[[{m[1]}|{int(m[2]) + 1}]]", source)
    before = {(p.figure, p.place): p.raw for p in read(source) if p.primary}
    wanted = {
        (m.figure, m.place): m.raw
        for m in build(changed)[1]
        if before.get((m.figure, m.place), m.raw) != m.raw and not m.part
    }

    after = {(p.figure, p.place): p.raw for p in read(changed)}

    assert wanted
    assert {key: after.get(key) for key in wanted} == wanted
