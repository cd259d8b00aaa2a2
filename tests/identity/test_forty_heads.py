"""Forty odd letterheads of offices of any level and time: placed, named as another's, or left to a person."""

from __future__ import annotations

from datetime import date

import pytest

from parsers.identity import SURE, identify
from tests.identity.letters import Letter

UPPER = "UỶ BAN NHÂN DÂN"
# agency lines | place | who speaks in the text | year | the unit's slug
PLACED: list[tuple[str, str, str, int, str]] = [
    ("ỦY BAN NHÂN DÂN\nXÃ MỎ CÀY", "Mỏ Cày", "UBND xã Mỏ Cày", 2026, "mo-cay"),
    ("ỦY BAN NHÂN DÂN XÃ BỜ Y", "Bờ Y", "UBND xã Bờ Y", 2026, "bo-y"),
    ("UBND XÃ XỐP", "Xốp", "UBND xã Xốp", 2026, "xop"),
    (f"{UPPER}\nPHƯỜNG KON TUM", "Kon Tum", "UBND phường Kon Tum", 2026, "kon-tum"),
    ("UBND TỈNH QUẢNG NGÃI\nUBND PHƯỜNG KON TUM", "Kon Tum", "UBND phường", 2026, "kon-tum"),
    ("TỈNH QUẢNG NGÃI\nỦY BAN NHÂN DÂN\nXÃ TU MƠ RÔNG", "Tu Mơ Rông", "UBND xã Tu Mơ Rông", 2025, "tu-mo-rong"),
    ("ỦY BAN NHÂN DÂN\nĐẶC KHU LÝ SƠN", "Lý Sơn", "UBND đặc khu Lý Sơn", 2026, "ly-son"),
    ("UBND ĐK. LÝ SƠN", "Lý Sơn", "UBND đặc khu Lý Sơn", 2026, "ly-son"),
    ("UBND X. TỊNH KHÊ", "Tịnh Khê", "UBND xã Tịnh Khê", 2026, "tinh-khe"),
    ("ỦY BAN NHÂN DÂN\nXÃ ĐẶNG THÙY TRÂM", "Đặng Thùy Trâm", "UBND xã", 2026, "dang-thuy-tram"),
    ("ỦY BAN NHÂN DÂN\nXÃ ĐẶNG THUỲ TRÂM", "Đặng Thuỳ Trâm", "UBND xã", 2026, "dang-thuy-tram"),
    ("UBND PHƯỜNG ĐỨC PHỔ", "Đức Phổ", "UBND phường", 2025, "duc-pho"),
    ("UBND PHƯỜNG ĐỨC PHỔ\n(THỊ XÃ ĐỨC PHỔ CŨ)", "Đức Phổ", "UBND phường Đức Phổ", 2026, "duc-pho"),
    ("UBND PHƯỜNG TRÀ CÂU (PHỔ VĂN, PHỔ QUANG, PHỔ THUẬN, PHỔ AN CŨ)", "Trà Câu", "UBND phường", 2026, "tra-cau"),
    ("UBND XÃ NGUYỄN NGHIÊM", "Nguyễn Nghiêm", "UBND xã", 2026, "xa-nguyen-nghiem"),
    ("UBND PHƯỜNG NGUYỄN NGHIÊM", "Nguyễn Nghiêm", "UBND phường", 2024, "nguyen-nghiem"),
    ("UBND THỊ XÃ ĐỨC PHỔ\nUBND XÃ PHỔ CHÂU", "Phổ Châu", "UBND xã", 2024, "pho-chau"),
    ("UBND TX ĐỨC PHỔ\nUBND PHƯỜNG PHỔ THẠNH", "Phổ Thạnh", "UBND phường", 2023, "pho-thanh"),
    ("UBND THỊ XÃ ĐỨC PHÔ\nUBND XÃ PHỔ CHÂU", "Phổ Châu", "UBND xã", 2024, "pho-chau"),
    ("UBND THI XÃ ĐÚC PHỎ\nUBND XÃ PHỔ CHÂU", "Phổ Châu", "UBND xã", 2024, "pho-chau"),
    ("UBND THỊ XÃ ĐƯC PHO\nUBND PHƯỜNG PHỔ NINH", "Phổ Ninh", "UBND phường", 2024, "pho-ninh"),
    ("UBND THỊ XÃ DỨC PHÔI\nUBND PHƯỜNG PHỔ NINH", "Phổ Ninh", "UBND phường", 2024, "pho-ninh"),
    ("UBND XÃ SƠN TÂY THƯỢNG", "Sơn Tây Thượng", "UBND xã", 2026, "son-tay-thuong"),
    ("UBND XÃ SƠN TÂY", "Sơn Tây", "UBND xã", 2026, "son-tay"),
    ("ỦY BAN NHÂN DÂN XÃ\nTRƯỜNG GIANG", "Trường Giang", "UBND xã Trường Giang", 2026, "truong-giang"),
    ("ĐẢNG ỦY - HĐND - UBND\nXÃ BA GIA", "Ba Gia", "UBND xã Ba Gia", 2026, "ba-gia"),
    ("HỘI ĐỒNG NHÂN DÂN\nỦY BAN NHÂN DÂN XÃ BA TƠ", "Ba Tơ", "UBND xã Ba Tơ", 2026, "ba-to"),
    ("UBND XÃ ĐĂK TỜ KAN", "Đăk Tờ Kan", "UBND xã", 2026, "dak-to-kan"),
    ("ỦY BAN NHÂN DÂN\nXÃ ĐẮK TÔ\nTỈNH QUẢNG NGÃI", "Đắk Tô", "UBND xã Đắk Tô", 2026, "dak-to"),
    ("BAN CHỈ ĐẠO CẢI CÁCH HÀNH CHÍNH\nXÃ BA TƠ", "Ba Tơ", "UBND xã Ba Tơ", 2026, "ba-to"),
    ("UBND XÃ SƠN HÀ", "Sơn Hà", "UBND xã Sơn Hà", 2026, "son-ha"),
    ("ỦY BAN NHÂN DÂN\nXÃ BA GIA\nTRUNG TÂM PHỤC VỤ HCC", "Ba Gia", "UBND xã Ba Gia", 2026, "ba-gia"),
]
# agency lines | place | year | how the foreign unit is named
FOREIGN: list[tuple[str, str, int, str]] = [
    ("UBND HUYỆN TRÀ BỒNG\nUBND XÃ TRÀ SƠN", "Trà Sơn", 2023, "XÃ TRÀ SƠN, HUYỆN TRÀ BỒNG"),
    ("UBND HUYỆN MỘ ĐỨC\nUBND THỊ TRẤN MỘ ĐỨC", "Mộ Đức", 2023, "THỊ TRẤN MỘ ĐỨC, HUYỆN MỘ ĐỨC"),
    ("UBND THỊ TRẤN MỘ ĐỨC", "Mộ Đức", 2023, "thị trấn Mộ Đức, huyện Mộ Đức, tỉnh Quảng Ngãi"),
    ("UBND QUẬN 1\nUBND PHƯỜNG BẾN NGHÉ", "Bến Nghé", 2023, "PHƯỜNG BẾN NGHÉ, QUẬN 1"),
    ("UBND THÀNH PHỐ ĐÀ NẴNG\nUBND PHƯỜNG HẢI CHÂU", "Đà Nẵng", 2026, "PHƯỜNG HẢI CHÂU, THÀNH PHỐ ĐÀ NẴNG"),
    ("UBND PHƯỜNG HOÀN KIẾM", "Hoàn Kiếm", 2026, "phường Hoàn Kiếm, thành phố Hà Nội"),
    ("UBND ĐẶC KHU CÔN ĐẢO", "Côn Đảo", 2026, "đặc khu Côn Đảo, thành phố Hồ Chí Minh"),
    ("UBND TỈNH ĐẮK LẮK\nUBND XÃ CƯ M'GAR", "Cư M'gar", 2026, "XÃ CƯ M'GAR, TỈNH ĐẮK LẮK"),
    ("UBND XÃ SA BÌNH", "Sa Bình", 2023, "xã Sa Bình, huyện Sa Thầy, tỉnh Kon Tum"),
    ("ĐẢNG ỦY XÃ BA TƠ", "Ba Tơ", 2026, "ĐẢNG ỦY XÃ BA TƠ"),
    ("CÔNG AN TỈNH QUẢNG NGÃI\nCÔNG AN XÃ BA TƠ", "Ba Tơ", 2026, "CÔNG AN TỈNH QUẢNG NGÃI, CÔNG AN XÃ BA TƠ"),
    ("HỘI ĐỒNG NHÂN DÂN\nXÃ BÌNH SƠN", "Bình Sơn", 2026, "HỘI ĐỒNG NHÂN DÂN, XÃ BÌNH SƠN"),
    ("THƯỜNG TRỰC HĐND XÃ BÌNH SƠN", "Bình Sơn", 2026, "THƯỜNG TRỰC HĐND XÃ BÌNH SƠN"),
    ("UBND TỈNH KON TUM\nUBND XÃ KON BRAIH", "Kon Braih", 2026, "XÃ KON BRAIH, TỈNH KON TUM"),
    ("UBND ĐẶC KHU VÂN ĐỒN", "Vân Đồn", 2026, "đặc khu Vân Đồn, tỉnh Quảng Ninh"),
    ("ỦY BAN NHÂN DÂN\nTHỊ TRẤN ĐU", "Đu", 2024, "thị trấn Đu, huyện Phú Lương, tỉnh Thái Nguyên"),
    ("TRẠM Y TẾ XÃ BA TƠ", "Ba Tơ", 2026, "TRẠM Y TẾ XÃ BA TƠ"),
    ("UỶ BAN MTTQ VIỆT NAM\nXÃ BA TƠ", "Ba Tơ", 2026, "UỶ BAN MTTQ, XÃ BA TƠ"),
    ("UBND XÃ BA TƠ\nTRƯỜNG TIỂU HỌC BA TƠ", "Ba Tơ", 2026, "UBND XÃ BA TƠ, TRƯỜNG TIỂU HỌC BA TƠ"),
    ("UBND TP QUẢNG NGÃI\nUBND PHƯỜNG NGUYỄN NGHIÊM", "Quảng Ngãi", 2024, "PHƯỜNG NGUYỄN NGHIÊM, TP QUẢNG NGÃI"),
]
# agency lines | place | year: a person has to say
LEFT: list[tuple[str, str, int]] = [
    ("ỦY BAN NHÂN DÂN", "", 2026),
    ("UBND XÃ", "", 2026),
    ("UBND XÃ BA TƠ", "Ba Động", 2026),
    ("UBND TỈNH QUẢNG NGÃI\nSỞ NỘI VỤ", "Quảng Ngãi", 2026),
    ("UBND THỊ XÃ ĐỨC PHỔ\nPHÒNG NỘI VỤ", "Đức Phổ", 2024),
    ("UBND PHƯỜNG PHỔ MINH", "Phổ Minh", 2026),
    ("UBND PHƯỜNG TRÀ CÂU", "Trà Câu", 2024),
    ("UBND XA SON HA", "Son Ha", 2026),
]
# agency lines | place | who speaks in the text | year | the unit there is not
MISNAMED: list[tuple[str, str, str, int, str]] = [
    ("UBND XÃ ĐỨC PHỔ", "Đức Phổ", "UBND xã", 2026, "xã Đức Phổ"),
    ("UBND TỈNH QUẢNG NGÃI\nUBND XÃ ĐỨC PHỔ", "Đức Phổ", "UBND phường Đức Phổ", 2026, "xã Đức Phổ"),
    ("UBND X. ĐỨC PHỔ", "Đức Phổ", "UBND xã Đức Phổ", 2026, "xã Đức Phổ"),
    ("ỦY BAN NHÂN DÂN\nXÃ ĐỨC PHỎO", "Đức Phổ", "UBND xã Đức Phổ", 2026, "xã Đức Phổ"),
    ("UBND XÃ LÝ SƠN", "Lý Sơn", "UBND đặc khu Lý Sơn", 2026, "xã Lý Sơn"),
    ("UBND THỊ TRẤN BA TƠ", "Ba Tơ", "UBND xã Ba Tơ", 2026, "thị trấn Ba Tơ"),
    ("UBND PHƯỜNG NGUYỄN NGHIÊM", "Nguyễn Nghiêm", "UBND phường", 2026, "phường Nguyễn Nghiêm"),
    ("UBND XÃ NGUYỄN NGHIÊM", "Nguyễn Nghiêm", "UBND xã", 2024, "xã Nguyễn Nghiêm"),
]


def letter(agency: str, place: str, speaker: str, year: int) -> Letter:
    day = date(year, 9, 11)
    return Letter(
        agency=agency,
        place=f"{place}, ngày 11 tháng 9 năm {year}" if place else f"ngày {day:%d} tháng 9 năm {year}",
        title=f"Kết quả công tác cải cách hành chính quý III năm {year}",
        opening=f"{speaker} báo cáo kết quả cải cách hành chính quý III năm {year} như sau:",
        body="Đã tiếp nhận 327 hồ sơ.",
        closing="",
    )


@pytest.mark.parametrize(("agency", "place", "speaker", "year", "slug"), PLACED)
def test_placed(agency: str, place: str, speaker: str, year: int, slug: str) -> None:
    """A unit of an office known is placed, and surely."""
    found = identify(letter(agency, place, speaker, year).document())

    assert (found.ward, found.round, found.other_town) == (slug, f"{year}-Q3", None)
    assert found.confidence >= SURE


@pytest.mark.parametrize(("agency", "place", "year", "named"), FOREIGN)
def test_foreign(agency: str, place: str, year: int, named: str) -> None:
    """A unit of none is named with what stands above it, and is no unit of ours, whatever it is called."""
    found = identify(letter(agency, place, "UBND", year).document())

    assert (found.ward, found.office, found.other_town) == (None, None, named)


@pytest.mark.parametrize(("agency", "place", "year"), LEFT)
def test_left(agency: str, place: str, year: int) -> None:
    """What says too little, or contradicts itself or its day, is sure of nothing."""
    assert identify(letter(agency, place, "UBND", year).document()).confidence < SURE


@pytest.mark.parametrize(("agency", "place", "speaker", "year", "printed"), MISNAMED)
def test_misnamed(agency: str, place: str, speaker: str, year: int, printed: str) -> None:
    """A kind that the unit of this name is not on that day is asked about, whatever place and text add."""
    found = identify(letter(agency, place, speaker, year).document())

    assert found.misnamed == printed
    assert found.confidence < SURE


def test_there_are_forty() -> None:
    """The set is at least as large as it says."""
    assert len(PLACED) + len(FOREIGN) + len(LEFT) >= 40
