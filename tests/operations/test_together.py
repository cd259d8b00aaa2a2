"""Pictures of one report come together by name and time, and never those of two."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from pipelines.arrival.arrivals import Arrival, Way
from pipelines.arrival.together import grouped, put_together, with_annexes

from .desk import at

NOON = at(2023, 9, 12)


def pictures(*names: str, minutes: tuple[int, ...] = ()) -> list[Arrival]:
    """Return arrivals of pictures called so, sent at some minutes."""
    sent = minutes or (0,) * len(names)
    return [Arrival(Path(n), n, Way.INBOX, NOON, sent_order=m) for n, m in zip(names, sent, strict=True)]


def names(groups: list[list[Arrival]]) -> list[list[str]]:
    return [[arrival.name for arrival in group] for group in groups]


class TestGrouped:
    @pytest.mark.parametrize(
        "pages",
        [
            ("IMG_2031.jpg", "IMG_2032.jpg", "IMG_2034.jpg"),
            ("BC Phổ An (1).jpg", "BC Phổ An (2).jpg", "BC Phổ An (10).jpg")[:2],
            ("trang 1.png", "trang 2.png", "trang 3.png"),
            ("20230912_101530.jpg", "20230912_101602.jpg"),
            (
                "z4686123456789_0123456789abcdef0123456789abcdef.jpg",
                "z4686123456999_fedcba9876543210fedcba9876543210.jpg",
            ),
            ("Phổ Minh/IMG_1.HEIC", "Phổ Minh/IMG_2.HEIC"),
        ],
    )
    def test_pages_of_one_report(self, pages: tuple[str, ...]) -> None:
        """What telephones, scanners, messengers and clerks call the pages of one report, in their order."""
        assert names(list(grouped(pictures(*reversed(pages))))) == [list(pages)]

    def test_pages_are_counted_as_numbers(self) -> None:
        """Page 10 stands behind page 9."""
        pages = [f"trang {n}.jpg" for n in range(8, 12)]

        assert names(list(grouped(pictures(*sorted(pages))))) == [pages]

    def test_others_stay_apart(self) -> None:
        """Other names, other folders, a long time between, or no number at all are other reports."""
        apart = ("Phổ An.jpg", "Phổ Minh.jpg", "a/IMG_1.jpg", "b/IMG_2.jpg", "IMG_1.jpg", "IMG_9.jpg")

        assert sorted(names(list(grouped(pictures(*apart))))) == sorted([name] for name in apart)
        assert len(list(grouped(pictures("IMG_1.jpg", "IMG_2.jpg", minutes=(0, 90))))) == 2


class TestAnnexes:
    def test_annex_goes_with_its_report(self) -> None:
        """A sheet called an annex goes with the one report of its mail, or with the one whose name it has."""
        files = pictures(
            "m.eml/BC.docx", "m.eml/Phụ lục.xlsx", "BC Phổ An.docx", "BC Phổ Hoa.pdf", "BC Phổ An - phụ lục.xls"
        )

        assert names(list(with_annexes(files))) == [
            ["m.eml/BC.docx", "m.eml/Phụ lục.xlsx"],
            ["BC Phổ An.docx", "BC Phổ An - phụ lục.xls"],
            ["BC Phổ Hoa.pdf"],
        ]

    def test_others_stay_alone(self) -> None:
        """A sheet that is no annex by its name, or may be of two reports, is an arrival of its own."""
        files = pictures("m/a.docx", "m/b.docx", "m/phụ lục.xlsx", "n/a.docx", "n/Báo cáo.xlsx")

        assert all(len(group) == 1 for group in with_annexes(files))


class TestPutTogether:
    def test_one_arrival_of_several(self, tmp_path: Path) -> None:
        """Pictures become one arrival that names its parts; documents pass as they are."""
        for name in ("IMG_1.jpg", "IMG_2.jpg"):
            (tmp_path / name).write_bytes(b"\xff\xd8\xff" + name.encode())
        (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
        found = [
            (Arrival(tmp_path / name, name, Way.INBOX, NOON), None) for name in ("IMG_2.jpg", "a.pdf", "IMG_1.jpg")
        ]

        report, bundle = [arrival for arrival, _fault in put_together(found, tmp_path / "out")]

        assert (report.name, bundle.name, bundle.parts) == (
            "a.pdf",
            "IMG_1.jpg … IMG_2.jpg.zip",
            ("IMG_1.jpg", "IMG_2.jpg"),
        )
        with zipfile.ZipFile(bundle.path) as pages:
            assert pages.read("0002") == b"\xff\xd8\xffIMG_2.jpg"

    def test_a_person_says_so(self, tmp_path: Path) -> None:
        """Pictures of whatever names are one report in the order given where a person says so."""
        found = []
        for name in ("cuối.jpg", "đầu.jpg"):
            (tmp_path / name).write_bytes(b"\xff\xd8\xff")
            found.append((Arrival(tmp_path / name, name, Way.SUBMIT, NOON), None))

        ((bundle, _fault),) = put_together(found, tmp_path / "out", all_pictures=True)

        assert bundle.parts == ("cuối.jpg", "đầu.jpg")
