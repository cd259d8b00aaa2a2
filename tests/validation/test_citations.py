"""Documents cited inconsistently."""

from __future__ import annotations

from datetime import date

from parsers.document import Place
from parsers.reading import Citation
from tests.validation.builders import complete
from validation.check import check_reports

TRAINING = "về đào tạo, bồi dưỡng cán bộ, công chức năm 2023"
MEDIA = "về tuyên truyền công tác cải cách hành chính năm 2023"
QUALITY = "về duy trì và cải tiến hệ thống quản lý chất lượng theo TCVN ISO 9001:2015"
DAY = date(2023, 1, 11)


def cited(number: str, subject: str, day: date | None = DAY, kind: str = "Kế hoạch") -> Citation:
    """Return a citation with a sentence of its own."""
    return Citation(kind, number, day, subject, Place(0, 0, 1), f"{kind} số {number} {subject}")


def conflicts(*citations: Citation) -> list[str]:
    """Return what the citation findings of a report print."""
    return [f.printed for f in check_reports([complete(citations=citations)])[0] if f.rule == "citation_conflict"]


def test_one_subject_under_two_numbers() -> None:
    """Number 14 and number 41 of one day cannot be one plan."""
    found = conflicts(cited("14/KH-UBND", MEDIA), cited("41/KH-UBND", MEDIA))

    assert found == ["14/KH-UBND (2023-01-11) · 41/KH-UBND (2023-01-11)"]


def test_digits_turned_where_one_subject_goes_on() -> None:
    """The words behind a subject do not make another plan of one whose number has the same digits."""
    assert len(conflicts(cited("14/KH-UBND", MEDIA), cited("41/KH-UBND", f"{MEDIA} giao phường ba việc"))) == 1


def test_neighbouring_numbers_of_one_day_whose_subjects_begin_alike() -> None:
    """Two plans signed on one day follow each other in number, and one may say more than the other."""
    assert (
        conflicts(
            cited("14/KH-UBND", MEDIA), cited("15/KH-UBND", f"{MEDIA} gắn với chuyển đổi số của lực lượng công an")
        )
        == []
    )


def test_digits_turned_where_one_names_no_year() -> None:
    """A nought before the number is a digit of it, and the year may be left out once."""
    subject = "về cải cách hành chính"
    named, bare = cited("09/KH-UBND", f"{subject} năm 2026"), cited("90/KH-UBND", f"{subject} của xã có 40 nhiệm vụ")

    assert len(conflicts(named, bare)) == 1
    assert conflicts(named, cited("90/KH-UBND", f"{subject} năm 2025 của xã")) == []


def test_digits_turned_on_two_days() -> None:
    """Of two days two plans may have such numbers."""
    assert (
        conflicts(
            cited("14/KH-UBND", MEDIA),
            cited("41/KH-UBND", f"{MEDIA} gắn với chuyển đổi số trong tháng ba", date(2023, 3, 2)),
        )
        == []
    )


def test_one_subject_under_two_numbers_and_dates() -> None:
    """The same subject of the same year under another number and date is cited wrongly once."""
    assert len(conflicts(cited("11/KH-UBND", TRAINING), cited("09/KH-UBND", TRAINING, date(2023, 2, 1)))) == 1


def test_one_number_for_two_documents() -> None:
    """One number of one day stands for one document."""
    assert len(conflicts(cited("05/KH-UBND", MEDIA), cited("05/KH-UBND", QUALITY))) == 1


def test_one_document_with_two_dates() -> None:
    """A document has one date."""
    assert len(conflicts(cited("05/KH-UBND", MEDIA), cited("05/KH-UBND", MEDIA, date(2023, 1, 12)))) == 1


def test_spelling_is_no_conflict() -> None:
    """Blanks, dashes and a shorter subject are the same citation."""
    assert conflicts(cited("05/KH-UBND", MEDIA), cited("05/KH – UBND", MEDIA), cited("05/KH-UBND", MEDIA[3:])) == []


def test_each_year_has_its_plan() -> None:
    """The plan of 2022 and the plan of 2023 are two documents."""
    assert conflicts(cited("05/KH-UBND", MEDIA), cited("07/KH-UBND", MEDIA.replace("2023", "2022"))) == []


def test_kinds_are_not_mixed() -> None:
    """A decision and a plan on one subject are two documents."""
    assert conflicts(cited("05/KH-UBND", MEDIA), cited("12/QĐ-UBND", MEDIA, kind="Quyết định")) == []


def test_one_number_in_two_years() -> None:
    """Numbers begin anew every year."""
    assert conflicts(cited("05/KH-UBND", MEDIA), cited("05/KH-UBND", QUALITY, date(2022, 2, 3))) == []


def test_bare_subjects_say_nothing() -> None:
    """Too few words to tell documents apart are not compared."""
    assert conflicts(cited("05/KH-UBND", "về CCHC"), cited("06/KH-UBND", "về CCHC")) == []


def test_all_conflicts_of_a_report_are_one_finding() -> None:
    """The office reads one remark on citations a report."""
    found = conflicts(
        cited("05/KH-UBND", MEDIA),
        cited("05/KH-UBND", QUALITY),
        cited("11/KH-UBND", TRAINING),
        cited("09/KH-UBND", TRAINING, date(2023, 2, 1)),
    )

    assert found == ["05/KH-UBND (2023-01-11) · 11/KH-UBND (2023-01-11) · 09/KH-UBND (2023-02-01)"]


def test_one_contradiction_is_told_once_however_often_it_is_cited() -> None:
    """One plan cited three times in other words beside another plan of its number is one contradiction."""
    cites = [cited("05/KH-UBND", subject) for subject in (MEDIA, MEDIA.replace("cải cách hành chính", "CCHC"), QUALITY)]

    (finding,) = [f for f in check_reports([complete(citations=cites)])[0] if f.rule == "citation_conflict"]

    assert finding.message_vi.count("05/KH-UBND") == 1


def test_a_flood_of_citations_does_not_stop_the_check() -> None:
    """Thousands of citations are looked at in part, in little time."""
    flood = [cited(f"{n}/QĐ-UBND", f"số {n} " * 4, kind=f"Quyết định {n}") for n in range(5000)]

    found = conflicts(cited("14/KH-UBND", MEDIA), cited("41/KH-UBND", MEDIA), *flood)

    assert found == ["14/KH-UBND (2023-01-11) · 41/KH-UBND (2023-01-11)"]


def test_digits_turned_behind_an_abbreviated_subject() -> None:
    """ "CCHC" is read in full, so that a short subject tells as much as a long one."""
    named = cited("12/KH-UBND", "về CCHC năm 2026 của phường chia thành 7 nhóm, 40 nhiệm vụ")
    turned = cited("21/KH-UBND", "về cải cách hành chính năm 2026 của phường")

    assert len(conflicts(named, turned)) == 1
    assert conflicts(named, cited("21/KH-UBND", "về CCHC năm 2025 của phường")) == []
