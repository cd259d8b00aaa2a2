"""Letters to wards: what they ask, what they leave out, and how they read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
from docx.table import Table

from catalogue.office import office
from catalogue.rounds import parse_round
from catalogue.wards import wards
from cchc.messages import use_language
from parsers.reading import Reading
from publications.letters import LONGEST_QUOTE, Letter, letter_to, shortened, write_letter
from tests.validation.builders import complete, printing, reading
from tests.validation.rows import row
from validation.check import check_reports
from validation.finding import Finding, Quote

GOLDEN = Path(__file__).parent / "golden" / "letter.txt"
DUE = date(2023, 9, 25)


def out_of_range(value: str, sentence: str) -> Finding:
    """Return an error on the late dossiers of a ward that quotes one sentence."""
    quote = Quote(sentence, 1, value, "dossiers_late")
    return Finding(
        "out_of_range", "error", "pho-minh", "2023-Q3", ("dossiers_late",), value, "", "sai", "bad", (quote,)
    )


def faulty() -> Reading:
    """Return a report with a wrong rate, a lost group of digits, two values for one figure and a figure left out."""
    base = [p for p in complete().printings if p.figure != "satisfaction_pct"]
    return reading(
        [
            *base,
            printing("digitised_base", 400, sentence="Số hồ sơ phải số hóa: 400"),
            printing("digitised_dossiers", 300, sentence="Đã số hóa 300 hồ sơ, đạt 57,00%", raw="300"),
            printing("digitised_dossiers_pct", "57.00", sentence="Đã số hóa 300 hồ sơ, đạt 57,00%", page=4),
            printing("ward_revenue", 1_250_000, raw="1.250.000", sentence="Thu quý này 1.250.000 đồng, bằng 80,00%"),
            printing("ward_revenue_prior_year", 1_562_500_000, raw="1.562.500.000"),
            printing("ward_revenue_yoy_pct", "80.00", sentence="Thu quý này 1.250.000 đồng, bằng 80,00%"),
            printing("staff_trained", 20, sentence="Cử 20 lượt đi tập huấn", page=2),
            printing("staff_trained", 21, primary=False, sentence="Phụ lục: tập huấn 21 lượt", page=6),
        ]
    )


def letter(*findings: Finding) -> Letter | None:
    """Return the letter about findings of Phổ Minh's report."""
    rows = [row(f) for f in findings]
    return letter_to(wards()["pho-minh"], parse_round("2023-Q3"), rows, DUE, "77/BC-UBND", date(2023, 9, 14))


def text_of(path: Path) -> str:
    """Return what stands in a paper in reading order, a table row a line."""
    paper = docx.Document(str(path))
    lines: list[str] = []
    for part in paper.iter_inner_content():
        if isinstance(part, Table):
            lines += [" | ".join(c.text.replace("\n", " // ") for c in r.cells) for r in part.rows]
        else:
            lines.append(part.text)
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"


class TestLetterTo:
    def test_nothing_to_ask_is_no_letter(self) -> None:
        """A ward without open errors and warnings gets no letter."""
        assert letter() is None

    def test_what_is_only_worth_knowing_is_not_asked(self) -> None:
        """Findings of severity info stay in the office, and so do resolved ones."""
        info = Finding("outlier", "info", "pho-minh", "2023-Q3", ("staff_total",), "9", "", "xa", "far")
        done = Finding("out_of_range", "error", "pho-minh", "2023-Q3", ("staff_total",), "9", "", "sai", "bad")
        rows = [row(info), row(done, state="resolved")]

        assert letter_to(wards()["pho-minh"], parse_round("2023-Q3"), rows, DUE) is None

    def test_every_asked_finding_is_a_point_with_its_sentence(self) -> None:
        """Each error and warning is listed once and quotes what it rests on."""
        found = check_reports([faulty()])[0]

        made = letter(*found)

        assert made is not None
        assert len(made.points) == len(found) == 4
        assert [bool(p.citations) for p in made.points].count(False) == 1
        assert any(c.page == 6 for p in made.points for c in p.citations)

    def test_the_table_asks_for_every_figure(self) -> None:
        """Figures stand once, with what is printed and where; a missing one is said to be missing."""
        made = letter(*check_reports([faulty()])[0])

        assert made is not None
        rows = {f.name: (f.printed, f.page) for f in made.figures}
        assert rows["Tỷ lệ số hóa thành phần hồ sơ"] == ("57,00%", "4")
        assert rows["Tỷ lệ hài lòng"] == ("không ghi", "")
        assert len(rows) == len(made.figures)

    def test_the_note_on_uncertain_reading_stays_in_the_office(self) -> None:
        """A ward is not told that the machine may have misread."""
        doubtful = complete({"satisfaction_pct": "98.5"}).printings
        bad = reading([*doubtful, printing("feedback_received", "2.5", text_confidence=0.5)])
        (finding,) = check_reports([bad])[0]

        made = letter(finding)

        assert "máy đọc" in finding.message_vi
        assert made is not None and "máy đọc" not in made.points[0].message
        assert made.points[0].unsure

    def test_what_the_point_says_already_is_not_quoted_again(self) -> None:
        """A contradiction of rounds stands in the point itself."""
        made = letter(*check_reports([complete(conflicts=("phần mở đầu ghi “quý II năm 2023”",))])[0])

        assert made is not None and made.points[0].citations == ()
        assert "“quý II năm 2023”" in made.points[0].message and "quý III năm 2023" in made.points[0].message

    def test_an_earlier_report_is_named_as_people_name_it(self) -> None:
        """A sentence of the half-year report is quoted as of the six months, not of 2023-Q2."""
        half = complete({"ward_revenue_ytd": 3_274_618_000}, round_label="2023-Q2")
        nine = complete({"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 4_897_068_000})

        made = letter(*check_reports([nine], [half])[0])

        assert made is not None
        assert {c.where for c in made.points[0].citations} == {"", "báo cáo 6 tháng đầu năm 2023"}

    def test_a_dropped_figure_is_quoted_as_of_the_version_before(self) -> None:
        """What this version prints no more is told as the number of the version before, in quote and table."""
        quote = Quote("Giải ngân 1.200 đồng", 3, "1.200", "investment_disbursed")
        gone = Finding(
            "dropped_figure", "warning", "pho-minh", "2023-Q3", ("investment_disbursed",), "", "1.200", "bỏ", "gone",
            (quote,),
        )  # fmt: skip

        made = letter(gone)

        assert made is not None
        assert [c.where for c in made.points[0].citations] == ["bản gửi trước"]
        assert [f.printed for f in made.figures] == ["1.200 (bản gửi trước)"]

    def test_long_sentences_are_cut_around_the_number(self) -> None:
        """A quote keeps the number it is for."""
        sentence = "chữ " * 300 + "42 hồ sơ " + "nữa " * 300
        finding = out_of_range("42", sentence)

        made = letter(finding)

        assert made is not None
        cut = made.points[0].citations[0].sentence
        assert "42 hồ sơ" in cut and len(cut) < LONGEST_QUOTE + 30 and cut.startswith("…") and cut.endswith("…")

    def test_the_cut_keeps_the_number_itself(self) -> None:
        """A longer number that holds the same digits draws no cut to itself."""
        sentence = "1.421 hồ sơ, " + "chữ " * 300 + "42 hồ sơ " + "nữa " * 300

        cut = shortened(sentence, "42")

        assert "42 hồ sơ" in cut and "1.421" not in cut

    def test_a_copied_report_does_not_fill_the_table(self) -> None:
        """A finding on the report as a whole asks for no list of forty figures."""
        flows = {f"dossiers_{n}": v for n, v in (("pending", 31), ("direct", 611), ("postal", 55), ("online", 706))}
        more = {"satisfaction_surveys": 412, "online_payments": 388, "staff_trained": 27, "dossiers_early": 1333}
        money = {"ward_revenue": 5_728_400_000, "ward_expenditure": 4_912_300_000, "online_payment_amount": 21_465_000}
        figures = {"dossiers_received": 1372, "dossiers_resolved": 1341, **flows, **more, **money}
        both = [complete(figures, round_label=label) for label in ("2023-Q2", "2023-Q3")]

        made = letter(*check_reports(both)[1])

        assert made is not None and made.figures == ()


class TestWriteLetter:
    def test_the_letter_reads_as_agreed(self, tmp_path: Path) -> None:
        """Letterhead, points, table, request and close stand as in the golden file."""
        made = letter(*check_reports([faulty()])[0])
        assert made is not None

        path = write_letter(made, office(), tmp_path / "letter.docx")

        assert text_of(path) == GOLDEN.read_text(encoding="utf-8")

    def test_it_is_vietnamese_whatever_the_screen_speaks(self, tmp_path: Path) -> None:
        """An official paper does not change its language."""
        with use_language("en"):
            made = letter(*check_reports([faulty()])[0])
            assert made is not None
            path = write_letter(made, office(), tmp_path / "letter.docx")

        assert text_of(path) == GOLDEN.read_text(encoding="utf-8")

    def test_a_deputy_signs_for_the_head(self, tmp_path: Path) -> None:
        """KT. stands above a deputy's signature."""
        made = letter(*check_reports([faulty()])[0])
        assert made is not None

        path = write_letter(made, office(), tmp_path / "letter.docx", deputy=True)

        assert "KT. TRƯỞNG PHÒNG" in text_of(path)

    def test_text_from_outside_cannot_break_the_file(self, tmp_path: Path) -> None:
        """Control characters and markup of a quoted sentence are written as plain text or left out."""
        finding = out_of_range("1", "<w:p>\x00\x0b&amp; {{x}} =1+1")
        made = letter(finding)
        assert made is not None

        path = write_letter(made, office(), tmp_path / "letter.docx")

        assert "<w:p>&amp; {{x}} =1+1" in text_of(path)
