"""Zeros in words: what is denied, and what only sounds like a denial."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.negations import find_negations

# sentence | denial = what is denied (">" behind the denial, "<" before it)
DENIALS = """
không có HS nào quá hạn                                       | không có > HS nào quá hạn
44 HS đúng hạn, không có HS quá hạn; 05 HS đang giải quyết    | không có > HS quá hạn
Hồ sơ công dân xin rút: không.                                | không < Hồ sơ công dân xin rút
Hồ sơ trả lại do thiếu điều kiện: không phát sinh.            | không phát sinh < Hồ sơ trả lại do thiếu điều kiện
Hồ sơ trễ hạn: không có                                       | không có < Hồ sơ trễ hạn
Hồ sơ trễ hạn không phát sinh.                                | không phát sinh < Hồ sơ trễ hạn
không phát sinh hồ sơ trễ hạn                                 | không phát sinh > hồ sơ trễ hạn
trong quý chưa có công chức nào chuyển đổi; dự kiến 02        | chưa có > công chức nào chuyển đổi
chưa phát sinh trường hợp nào bị kỷ luật                      | chưa phát sinh > trường hợp nào bị kỷ luật
UBND xã chưa nhận được phản ánh, kiến nghị nào                | chưa nhận được > phản ánh, kiến nghị nào
không tiếp nhận phản ánh nào của người dân                    | không tiếp nhận > phản ánh nào của người dân
không ban hành văn bản quy phạm pháp luật, song               | không ban hành > văn bản quy phạm pháp luật
vẫn chưa ban hành văn bản quy phạm pháp luật nào. Kết quả     | chưa ban hành > văn bản quy phạm pháp luật nào
không còn hồ sơ tồn đọng (quý II: 02)                         | không còn > hồ sơ tồn đọng
không có cán bộ, công chức bị xử lý kỷ luật                   | không có > cán bộ, công chức bị xử lý kỷ luật
không xảy ra trường hợp vi phạm                               | không xảy ra > trường hợp vi phạm
không hồ sơ nào quá hạn; 05 hồ sơ                             | không > hồ sơ nào quá hạn
không trường hợp nào bị kỷ luật                               | không > trường hợp nào bị kỷ luật
không một hồ sơ nào trễ hẹn                                   | không một > hồ sơ nào trễ hẹn
chưa ghi nhận trường hợp nào vi phạm                          | chưa ghi nhận > trường hợp nào vi phạm
không có đơn thư, khiếu nại                                   | không có > đơn thư
Quá hạn: không có hồ sơ.                                      | không có > hồ sơ
Không phát sinh                                               | Không phát sinh <
Không.                                                        | Không <
không có                                                      | không có <
""".strip().splitlines()

NO_DENIALS = [
    "không để phát sinh hồ sơ quá hạn",
    "không để xảy ra sai sót",
    "hồ sơ không đủ điều kiện giải quyết",
    "không quá 03 ngày làm việc",
    "không chỉ nhanh mà còn đúng",
    "người dân không có điều kiện đi lại",
    "chưa có điều kiện triển khai",
    "không thể giải quyết",
    "chưa xử lý 03 hồ sơ",
    "chưa thực hiện tốt",
    "không hồ sơ giấy, không tiền mặt",
    "hồ sơ không giải quyết được",
    "những người hoạt động không chuyên trách: 09 người",
]


@pytest.mark.parametrize("line", DENIALS, ids=lambda line: line.partition("|")[0].strip())
def test_denial(line: str) -> None:
    """A denial is found with what it denies, on whichever side that stands."""
    text, _, expected = line.partition("|")
    text = text.strip()

    (found,) = find_negations(text)

    sign = {"after": ">", "before": "<"}[found.side]
    subject = text[found.subject_start : found.subject_end]
    assert f"{text[found.start : found.end]} {sign} {subject}".strip() == expected.strip()


@pytest.mark.parametrize("text", NO_DENIALS)
def test_no_denial(text: str) -> None:
    """What forbids, limits or denies a quality prints no zero."""
    assert find_negations(text) == []


@given(st.text(alphabet="không chưacópháti sinh:;.,( nàohồ", max_size=100))
def test_any_text(text: str) -> None:
    """No text raises, and every span lies in the text."""
    for found in find_negations(text):
        assert 0 <= found.start <= found.end <= len(text)
        assert 0 <= found.subject_start <= found.subject_end <= len(text)
