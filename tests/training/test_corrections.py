"""What people decided comes out as passages that training reads: the right number marked, nothing taught in doubt."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cchc.errors import ConfigurationError
from tests.homes import new_warehouse
from tests.training.readings import SOURCE, read_as
from tests.warehouse import made
from training.corrections import export
from training.decided import Truth, numbers_of
from training.marked import passages
from training.material import HERE, of_writer, split
from training.office import FOLDER, OFFICE, office_folder
from training.scores import value_of
from training.writing import Written, written
from warehouse.decisions import record_decision
from warehouse.load import load_report, record_submission
from warehouse.rows import NewDecision
from warehouse.rows.judged import DecisionKind


def passages_for(said: dict[str, tuple[str, str]], truths: dict[str, Truth], source: str = SOURCE) -> Written:
    """Return the passages of the report of `source`, read and decided so."""
    (text,) = passages(source)
    reading = read_as(text, said)
    return written(text.document, numbers_of(text.document, reading, truths), "phường", "2023-Q3")


def marks_of(passage: str) -> dict[str, tuple[str, Decimal]]:
    """Return what a passage marks, as training reads it: code → (print, value)."""
    (text,) = passages(passage)
    return {m.figure: (m.raw, value_of(m)) for m in text.marks}


def yes(value: int | str) -> Truth:
    """Return a decided value."""
    return Truth(Decimal(value), decided=True)


def seen(value: int | str) -> Truth:
    """Return a value that counts without a look."""
    return Truth(Decimal(value), decided=False)


def decide(engine: Engine, at: int, kind: DecisionKind, why: str, figure: str, value: int | None = None) -> None:
    """Record a decision of Lan's."""
    taken = None if value is None else Decimal(value)
    new = NewDecision("pho-an", "2023-Q3", kind, "Lan", why, figure=figure, value=taken)
    record_decision(engine, new, made.moment(at))


class TestNumbers:
    """The mark stands on the number that prints what a person decided."""

    def test_confirmed_and_counted_ones_of_the_paragraph_are_marked(self) -> None:
        """A decided paragraph carries its other known figures too, headings over it, other paragraphs left out."""
        said = {
            "dossiers_received": ("316", "316"),
            "dossiers_resolved": ("276", "276"),
            "dossiers_early": ("214", "214"),
        }
        truths = {"dossiers_received": yes(316), "dossiers_resolved": seen(276), "dossiers_early": seen(214)}

        found = passages_for(said, truths)

        assert found == Written(
            (
                "@ kind=phuong round=2023-Q3\n"
                "# III. Kết quả > 2. Cải cách thủ tục hành chính\n"
                "Toàn thị xã nhận 1.202 hồ sơ, phường nhận [[dossiers_received|316]] hồ sơ. "
                "Đã trả [[dossiers_resolved|276]] hồ sơ.",
            ),
            frozenset({"dossiers_received"}),
        )

    def test_a_corrected_figure_moves_its_mark_to_the_number_meant(self) -> None:
        """The town's number, read as the ward's, is left unmarked once a person says which is the ward's."""
        [passage] = passages_for(
            {"dossiers_received": ("1.202", "1202"), "dossiers_resolved": ("276", "276")},
            {"dossiers_received": yes(316), "dossiers_resolved": seen(276)},
        ).passages

        assert "nhận 1.202 hồ sơ, phường nhận [[dossiers_received|316]] hồ sơ" in passage

    def test_a_correction_of_the_unit_stays_on_its_number(self) -> None:
        """Money a thousandth of what it is worth is marked with its value; rows of nothing decided stay as context."""
        [passage] = passages_for({"ward_revenue": ("2.418,6", "2418.6")}, {"ward_revenue": yes(2418600000)}).passages

        assert marks_of(passage) == {"ward_revenue": ("2.418,6", Decimal(2418600000))}
        assert passage.splitlines()[2:4] == ["ĐVT: triệu đồng", "| Chỉ tiêu | Kế hoạch | Thực hiện |"]

    def test_an_added_figure_is_marked_where_it_is_printed_once(self) -> None:
        """What no reader had found and stands in the report once is marked there; what stands nowhere is told."""
        found = passages_for({}, {"dossiers_received": yes(316), "feedback_received": yes(77)})

        assert [marks_of(p) for p in found.passages] == [{"dossiers_received": ("316", Decimal(316))}]
        assert found.carried == {"dossiers_received"}

    def test_a_rejected_number_is_unmarked_text(self) -> None:
        """The paragraph of a number that is no figure is a passage without it."""
        found = passages_for({"dossiers_received": ("1.202", "1202")}, {"dossiers_received": Truth(None, decided=True)})

        assert [marks_of(p) for p in found.passages] == [{}]
        assert found.carried == {"dossiers_received"}

    @pytest.mark.parametrize(
        ("open_figure", "kept"),
        [
            (
                {"dossiers_resolved": ("276", "276")},
                "Toàn thị xã nhận 1.202 hồ sơ, phường nhận [[dossiers_received|316]] hồ sơ.",
            ),
            ({"dossiers_online": ("1.202", "1202")}, None),
        ],
    )
    def test_a_sentence_with_an_open_number_teaches_nothing(
        self, open_figure: dict[str, tuple[str, str]], kept: str | None
    ) -> None:
        """A number that waits for a person is in no passage, whatever else its sentence holds."""
        found = passages_for({"dossiers_received": ("316", "316"), **open_figure}, {"dossiers_received": yes(316)})

        assert [p.splitlines()[2:] for p in found.passages] == ([[kept]] if kept else [])
        assert found.carried == ({"dossiers_received"} if kept else frozenset())

    def test_a_zero_in_words_and_the_line_that_leads_its_list(self) -> None:
        """An item brings the line over it; a denial is marked with its zero."""
        [passage] = passages_for(
            {"dossiers_late": ("không có", "0"), "dossiers_early": ("214", "214")},
            {"dossiers_late": yes(0), "dossiers_early": yes(214)},
        ).passages

        assert passage.splitlines()[2:] == [
            "Trong đó:",
            "- Trước hạn [[dossiers_early|214]] hồ sơ, trễ hạn [[dossiers_late=0|không có]].",
        ]

    def test_what_the_form_cannot_hold_is_not_written(self) -> None:
        """A share of 8.734 % is open like any number nobody knows, whoever confirmed it."""
        source = SOURCE.replace("[[dossiers_resolved|276]] hồ sơ", "[[dossiers_online_pct|8734]] %")

        assert passages_for({"dossiers_online_pct": ("8734", "8734")}, {"dossiers_online_pct": yes(8734)}, source) == (
            Written((), frozenset())
        )


class TestExport:
    """Decisions of the warehouse become one file a round, and that file is a writer's material."""

    @pytest.fixture
    def office(self, tmp_path: Path) -> Engine:
        """A warehouse with one report: three figures sure, one waiting."""
        (text,) = passages(SOURCE)
        said = {
            "dossiers_received": ("1.202", "1202"),
            "dossiers_resolved": ("276", "276"),
            "dossiers_early": ("214", "214"),
            "dossiers_late": ("không có", "0"),
        }
        reading = read_as(text, said)
        unsure = replace(reading.printings[0], reading_confidence=0.5)
        reading = replace(reading, printings=(unsure, *reading.printings[1:]))
        engine = new_warehouse(tmp_path)
        row = record_submission(engine, made.arrival(reading))
        load_report(engine, row.id, reading, replace(text.document, sha256=reading.sha256), (), made.moment())
        return engine

    def test_round_trip(self, office: Engine, tmp_path: Path) -> None:
        """What is decided is what training reads back, twice the same bytes, no name or reason in them."""
        decide(office, 1, "enter", "xem trang 2", "dossiers_received", 316)
        decide(office, 2, "accept", "đúng", "dossiers_late")
        decide(office, 3, "enter", "chị Hoa gọi", "feedback_received", 77)

        [done] = export(office, tmp_path / "out")
        first = (tmp_path / "out" / "2023-Q3.txt").read_bytes()
        [again] = export(office, tmp_path / "out", "2023-Q3")

        assert (done.words, done.carried, done.left) == ({"corrected": 1, "confirmed": 1, "added": 1}, 2, 1)
        assert (again, (tmp_path / "out" / "2023-Q3.txt").read_bytes()) == (done, first)
        assert [w for w in ("Lan", "trang 2", "Hoa") if w in first.decode()] == []
        [sample] = of_writer(str(tmp_path / "out"))
        assert {m.figure: value_of(m) for m in sample.text.marks} == {
            "dossiers_received": 316,
            "dossiers_resolved": 276,
            "dossiers_early": 214,
            "dossiers_late": 0,
        }

    def test_nothing_decided_writes_nothing(self, office: Engine, tmp_path: Path) -> None:
        """A round that nobody looked at teaches nothing, however sure its figures are."""
        assert (list(export(office, tmp_path / "out")), (tmp_path / "out").exists()) == ([], False)


class TestOffice:
    """The office trains for good, and what proves is never learned from it."""

    def test_its_folder_makes_it_a_training_writer(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without a folder there is no such writer; with one it trains, its passages but those of measuring writers."""
        (tmp_path / "2023-Q3.txt").write_text(f"{SOURCE}===\n{_certifying()}", encoding="utf-8")
        split.cache_clear()
        before = split()
        monkeypatch.setenv(FOLDER, str(tmp_path))
        split.cache_clear()

        after, samples = split(), list(of_writer(OFFICE))
        split.cache_clear()

        assert after == before | {OFFICE: "train"}
        assert [s.name for s in samples] == ["office-2023-Q3-001"]

    def test_a_folder_without_passages_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A slip of the path is told and does not train without the decisions."""
        monkeypatch.setenv(FOLDER, str(tmp_path / "nowhere"))

        with pytest.raises(ConfigurationError, match="cchc corrections export"):
            office_folder()


def _certifying() -> str:
    """Return a passage of a writer that only proves."""
    writer = next(w for w, part in split().items() if part == "certify" and w.startswith("w"))
    source = next((HERE / "passages" / writer).glob("*.txt")).read_text(encoding="utf-8")
    return next(p for p in source.split("\n===\n") if max(map(len, p.splitlines()[2:])) > 100 and "|" not in p[:2])
