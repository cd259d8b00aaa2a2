"""Runs of digits in a text, as they were meant: one run a number.

Belongs here: cutting a text into runs of digits, dots and commas; joining what a stray blank cut in two ("86 ,5",
"1.835. 779.000"); reading over letters that a recogniser took for digits ("1O5"); parting dates and outline numbers.
Stays out: what a run is worth (`digits`) and what stands around it (`around`).

A join is made only where the print leaves one meaning; where it leaves two, the run carries the other as `other`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalogue.wordlists import either, numbers_of


@dataclass(frozen=True)
class Run:
    """Digits with their marks at `start`–`end`; `digits` is the run without blanks and with letters read over.

    `other` is what the print may mean instead; `broken` says that neither reading can be taken for granted.
    """

    start: int
    end: int
    digits: str
    mended: bool = False
    other: str | None = None
    broken: bool = False


_ANY = re.compile(r"[0-9]")
_RUN = re.compile(r"[0-9]++(?:[.,]{1,2}[0-9]++)*+")
_PARTED = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2}){2,}|[0-9]{1,2}\.[0-9]{1,2}\.[12][0-9]{3}|[0-9](?:,[0-9]){2,}")
_DIGITS = re.compile(r"[0-9]++")
_LOOKALIKES = re.compile(r"(?<![\w.,])(?=[OolI]*+[0-9])[0-9OolI]++(?:[.,][0-9OolI]++)*+(?!\w)")
_TO_DIGITS = str.maketrans("OolI", "0011")


def find_runs(text: str) -> list[Run]:
    """Return the runs of digits of a text in order."""
    if not _ANY.search(text):
        return []
    clean = _read_over_letters(text)
    runs = [part for match in _RUN.finditer(clean) for part in _parts(text, match)]
    return list(_joined(clean, runs))


def _read_over_letters(text: str) -> str:
    """Return the text with O, o, l, I as digits where a word is otherwise made of digits; lengths stay."""
    return _LOOKALIKES.sub(lambda m: m[0].translate(_TO_DIGITS), text)


def _parts(text: str, match: re.Match[str]) -> Iterator[Run]:
    """Yield a run whole, or a date ("08.9.2023"), outline number ("3.2.1") or list ("1,2,3") number by number."""
    start, end = match.span()
    if _PARTED.fullmatch(match[0]):
        for piece in _DIGITS.finditer(match.string, start, end):
            yield Run(piece.start(), piece.end(), piece[0])
        return
    yield Run(start, end, match[0], mended=text[start:end] != match[0])


_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})*")
_MORE_GROUPS = re.compile(r"[0-9]{3}(?:\.[0-9]{3})*(?:,[0-9]+)?")
_GROUP = re.compile(r"[0-9]{3}(?:,[0-9]+)?")
_HEAD = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})*")
_SHORT = re.compile(r"[0-9]{1,2}")
_ONE_DIGIT = re.compile(r"[0-9]")
_DECIMAL = re.compile(r"[0-9]{1,3},[0-9]")
_SHORT_DECIMAL = re.compile(r"[0-9],[0-9]{1,2}")
_MONEY = re.compile(
    rf"\s?(?:(?:{'|'.join(numbers_of('scales'))})(?!\s+(?:{either('ratio_behind')}))|{either('money_words')})(?!\w)",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\s?(?:{either('counted_behind', ' ')})(?!\w)", re.IGNORECASE)
_BLANK_GROUPS = re.compile(r"(?<![\d.,/-])(?<!\d )[1-9][0-9]{0,2}[ \u00a0][0-9]{3}(?![\d.,/]*\d)")
"""A number of four to six digits whose groups a blank parts."""
_HABIT = 2
"""So many of them in one text are no accident; one may be the end of a name and a count ("tổ 3 112 hộ")."""
_ZERO_GROUP = re.compile(r"0[0-9]{2}")
"""No number of its own is printed so, at most "06": "1 046" can be nothing but one number."""
_PERCENT = re.compile(r"\s?%")
# Digits: no sum of a ward has so many, and joining ends there.
_LONGEST_JOIN = 32
_ORDINAL = re.compile(rf"(?:{either('numbered_before')})\s*$", re.IGNORECASE)
_GROUPS_OF_MONEY = re.compile(rf"(?: [0-9]{{3}}){{1,4}}\s?(?:{either('dong')})(?!\w)")


def _joined(text: str, runs: list[Run]) -> Iterator[Run]:
    """Yield the runs, those that a stray blank cut in two joined again."""
    held: Run | None = None
    habit = len(_BLANK_GROUPS.findall(text)) >= _HABIT
    for index, run in enumerate(runs):
        if held is not None:
            joined = _join(text, held, run, runs[index + 1] if index + 1 < len(runs) else None, habit)
            if joined is not None:
                held = joined
                continue
            yield held
        held = run
    if held is not None:
        yield held


def _join(text: str, left: Run, right: Run, following: Run | None, habit: bool) -> Run | None:
    """Return two neighbouring runs as one number where the gap between them is a slip of the keyboard."""
    if right.start - left.end > 3 or len(left.digits) > _LONGEST_JOIN:
        return None
    gap = text[left.end : right.start].replace("\u00a0", " ")
    if gap == " ," or gap == "  ,":
        return _decimal(left, right) if right.digits.isdigit() and "," not in left.digits else None
    if gap in {", ", " , "}:
        return _spaced_percent(text, left, right)
    if gap in {". ", " .", " . "}:
        return _spaced_groups(text, left, right, certain=gap == " .")
    if gap != " ":
        return None
    return (
        _blank_groups(text, left, right, following, habit)
        or _blank_percent(text, left, right)
        or _blank_digits(text, left, right)
    )


def _decimal(left: Run, right: Run) -> Run:
    return Run(left.start, right.end, f"{left.digits},{right.digits}", mended=True)


def _spaced_percent(text: str, left: Run, right: Run) -> Run | None:
    """Return "86, 5%" as 86,5 that may be a 5 of its own."""
    if not (_SHORT.fullmatch(right.digits) and _PERCENT.match(text, right.end) and _SHORT.fullmatch(left.digits)):
        return None
    if re.search(r"[0-9]\s?[,;]\s?$", text[max(0, left.start - 4) : left.start]):
        return None
    return replace(_decimal(left, right), other=right.digits)


def _blank_percent(text: str, left: Run, right: Run) -> Run | None:
    """Return "85,4 4%" and "8 5,44%" as a percentage in doubt: which digit belongs to it, print does not tell."""
    if not _PERCENT.match(text, right.end) or _ORDINAL.search(text, max(0, left.start - 8), left.start):
        return None
    inside = _DECIMAL.fullmatch(left.digits) and _ONE_DIGIT.fullmatch(right.digits)
    before = _ONE_DIGIT.fullmatch(left.digits) and _SHORT_DECIMAL.fullmatch(right.digits)
    if not (inside or before):
        return None
    return Run(left.start, right.end, left.digits + right.digits, mended=True, other=right.digits, broken=True)


def _blank_digits(text: str, left: Run, right: Run) -> Run | None:
    """Return "5 7 người" as a count in doubt: a blank fell into it, or the first digits are something else."""
    if not (_SHORT.fullmatch(left.digits) and _SHORT.fullmatch(right.digits) and _COUNTED.match(text, right.end)):
        return None
    before = text[max(0, left.start - 8) : left.start]
    if left.digits[0] == "0" or _ORDINAL.search(before) or re.search(r"[0-9]\s?$|[/.,]$", before):
        return None
    return Run(left.start, right.end, left.digits + right.digits, mended=True, other=right.digits, broken=True)


def _spaced_groups(text: str, left: Run, right: Run, *, certain: bool) -> Run | None:
    """Return "1. 835.779.000" as one number, unless the left part is a list number or ends a sentence.

    A single group ("5. 653 hồ sơ") is left in doubt.
    """
    if not (_GROUPS.fullmatch(left.digits) and _MORE_GROUPS.fullmatch(right.digits)):
        return None
    before = text[max(0, left.start - 12) : left.start]
    single = "." not in left.digits and "." not in right.digits
    if "." not in left.digits:
        listed = not before.strip() or before.rstrip(" ").endswith("\n")
        counted = _COUNTED.match(text, right.end) or _MONEY.match(text, right.end)
        if listed or _ORDINAL.search(before) or (single and not counted):
            return None
    joined = Run(left.start, right.end, f"{left.digits}.{right.digits}", mended=True)
    return (
        joined if "." in left.digits or (certain and not single) else replace(joined, other=right.digits, broken=single)
    )


def _blank_groups(text: str, left: Run, right: Run, following: Run | None, habit: bool) -> Run | None:
    """Return "1 835 779 000 đồng" as one number; one blank group ("1 234 hồ sơ") is left in doubt.

    Where a text parts groups by blanks several times it is its `habit`, and nothing need stand behind the number; nor
    where the number is the whole text, as in a cell, or its group begins with a zero ("1 046").
    """
    if not (_GROUP.fullmatch(right.digits) and _HEAD.fullmatch(left.digits)):
        return None
    before = text[max(0, left.start - 8) : left.start]
    if _ORDINAL.search(before) or re.search(r"[0-9]\s$", before) or ("." in left.digits and not left.mended):
        return None
    joined = Run(left.start, right.end, f"{left.digits}.{right.digits}", mended=True)
    if _MONEY.match(text, right.end):
        return joined if left.mended else replace(joined, other=right.digits, broken=True)
    alone = not (text[: left.start] + text[right.end :]).strip()
    if habit or alone or _ZERO_GROUP.match(right.digits) or _COUNTED.match(text, right.end):
        return replace(joined, other=right.digits, broken=True)
    return joined if _leads_to_money(text, right, following) else None


def _leads_to_money(text: str, right: Run, following: Run | None) -> bool:
    """Return whether only groups of three digits stand between a run and its "đồng"."""
    if following is None or text[right.end : following.start] != " ":
        return False
    return _GROUPS_OF_MONEY.match(text[right.end : right.end + 28]) is not None
