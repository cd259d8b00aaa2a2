"""What a heading or the opening of a sentence says of all that follows: results or plans, and whose section it is.

Belongs here: telling goals, requests and plans from results, and the group of figures that a heading names.
Stays out: the order of headings (`lines`).
"""

from __future__ import annotations

import re

from parsers.figures.analysis import Analysis

_GOALS = re.compile(r"phương hướng|nhiệm vụ trọng tâm|giải pháp|nhiệm vụ, giải pháp|mục tiêu")
_REQUESTS = re.compile(
    r"[\W\d]*(?:[ivx]+[.)]|phần\s+\w+[.:]?|\d+[.)]|[a-zđ][.)])?\s*(?:những\s+|các\s+)?(?:kiến nghị|đề xuất|đề nghị)"
)
_RESULTS = re.compile(r"kết quả|tình hình|đánh giá|nhận xét|thực hiện nhiệm vụ|ưu điểm|phản ánh|tiếp nhận")
_OPENING = re.compile(r"[\s\-+•*\d.)a-zđ]{0,6}?(?=[^\W\d_]{2})")
_PLANNING = re.compile(r"(?:phấn đấu|đề nghị|kiến nghị|đề xuất|dự kiến|mục tiêu|kính đề nghị)(?!\w)")
_SECTIONS = {
    "steering": re.compile(r"chỉ đạo|điều hành|tuyên truyền|truyền thông|kế hoạch cchc|kế hoạch năm|kiểm tra"),
    "institutions": re.compile(r"thể chế|quy phạm pháp luật|qppl"),
    "procedures": re.compile(r"thủ tục|tthc|hồ sơ|một cửa|hài lòng|phản ánh"),
    "organisation": re.compile(r"bộ máy|biên chế"),
    "civil_service": re.compile(r"công vụ|đào tạo|bồi dưỡng|kỷ luật"),
    "finance": re.compile(r"tài chính|ngân sách|đầu tư công"),
    "egovernment": re.compile(r"điện tử|chính quyền số|chuyển đổi số|trực tuyến|số hóa|công nghệ|iso"),
}


def announces(analysis: Analysis, start: int) -> bool:
    """Return whether a sentence opens with a plan or a request ("Phấn đấu …", "Đề nghị …")."""
    first = _OPENING.match(analysis.levelled, start)
    return _PLANNING.match(analysis.levelled, first.end() if first else start) is not None


def plans(analysis: Analysis) -> bool:
    """Return whether a line is headed by what is to come ("Quý IV: …")."""
    first = _OPENING.match(analysis.levelled)
    ahead = next((h for h in analysis.hits if h.start <= (first.end() if first else 0) + 12), None)
    if ahead is None or "p_future" not in ahead.names:
        return False
    return analysis.levelled[ahead.end : ahead.end + 2].lstrip().startswith(":")


def speaks_of_goals(heading: Analysis) -> bool:
    """Return whether a heading opens goals, tasks to come or requests, and not results."""
    text = heading.levelled
    if _REQUESTS.match(text):
        return True
    if _RESULTS.search(text):
        return False
    if _GOALS.search(text):
        return True
    names = heading.names
    return "p_future" in names and "p_this" not in names


def groups_named(heading: Analysis) -> set[str]:
    """Return the groups of figures that a heading names."""
    return {group for group, pattern in _SECTIONS.items() if pattern.search(heading.levelled)}
