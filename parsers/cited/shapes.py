"""The shapes of numbers that cite: document number with symbol, day, month, quarter, year, standard, phone, label.

Belongs here: patterns, and the one spelling of a symbol. Each pattern is matched at the first digit and is free of
nested repetition, so that no text can make it slow.
Stays out: the words before a number and what they decide (`parsers.cited`).
"""

from __future__ import annotations

import re

from catalogue.wordlists import either, numbers_of

_BLANK = r"\s"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
_YEAR = r"(?:19[4-9][0-9]|20[0-9]{2})"
_END = r"(?![0-9])(?![.,][0-9])"
_YEAR_WORD, _MONTH_WORD = f"(?:{either('year')})", f"(?:{either('month')})"
_QUARTER_WORD, _GOES_ON = f"(?:{either('quarter')})", f"(?:{either('goes_on')})"
_OF_YEAR = rf"(?:\s{{0,2}}(?:/|-|{_YEAR_WORD})\s{{0,2}}{_YEAR}{_END})?"

SYMBOL = (
    r"[A-ZĐÐ][A-Za-zĐÐđð]{0,7}[0-9]{0,2}(?:\s{0,2}\.\s{0,2}[A-ZĐÐ]{2,10}[0-9]{0,2}(?!\w))?"
    r"(?:\s{0,2}[-–]\s{0,2}[A-ZĐÐ][A-Za-zĐÐđð]{0,9}[0-9]{0,2}){0,3}"
    r"(?:/[A-ZĐÐ]{2,6})?(?!\w)"
)
"""A dot parts a symbol only where capitals follow its first letters ("QĐ.UBND"); behind a dash it ends the sentence."""
NUMBER_AND_SYMBOL = re.compile(
    rf"(?P<number>[0-9]{{1,6}}[a-zA-Z]?)\s{{0,2}}(?:/\s{{0,2}}(?P<year>(?:19|20)[0-9]{{2}})\s{{0,2}})?"
    rf"(?:/\s{{0,2}}(?P<symbol>{SYMBOL})|-\s{{0,2}}(?P<party>[A-ZĐ]{{2,5}}/[A-ZĐ]{{2,6}})(?!\w))"
)
"""Number, year of issue and symbol of a document, blanks allowed where clerks put them ("05/KH -UBND")."""

FULL_DATE = re.compile(rf"{_DAY}\s?([/.\-])\s?{_MONTH}\s?\1\s?{_YEAR}{_END}")
DAY_SPOKEN = re.compile(
    rf"{_DAY}\s{{0,2}}{_MONTH_WORD}\s{{1,2}}{_MONTH}{_END}(?:\s{{1,2}}{_YEAR_WORD}\s{{1,2}}{_YEAR}{_END})?",
    re.IGNORECASE,
)
DAY_SPOKEN_YEAR = re.compile(
    rf"{_DAY}\s{{0,2}}{_MONTH_WORD}\s{{1,2}}{_MONTH}{_END}\s{{1,2}}{_YEAR_WORD}\s{{1,2}}{_YEAR}{_END}", re.IGNORECASE
)
DAYS = re.compile(
    rf"{_DAY}(?:\s?[/.\-]\s?{_MONTH})?(?:\s?[/.\-]\s?{_YEAR})?{_END}"
    rf"(?:\s?{_GOES_ON}\s?(?:(?:{either('day')})\s)?{_DAY}\s?[/.]\s?{_MONTH}(?:\s?[/.]\s?{_YEAR})?{_END})?",
    re.IGNORECASE,
)
DAY_OF_MONTH = re.compile(rf"(?P<day>{_DAY})/(?P<month>{_MONTH}){_END}(?!\s?[/%])")
DAY_RANGE = re.compile(rf"{_DAY}/{_MONTH}(?:/{_YEAR})?\s?[-–]\s?{_DAY}/{_MONTH}(?:/{_YEAR})?{_END}(?!\s?[/%])")
MONTH_AND_YEAR = re.compile(rf"{_MONTH}/{_YEAR}{_END}(?!\s?[/%])")
MONTH_OF = re.compile(rf"{_MONTH}(?:\s?{_GOES_ON}\s?(?:{_MONTH_WORD}\s)?{_MONTH})*{_END}{_OF_YEAR}", re.IGNORECASE)
CLOCK = re.compile(
    rf"[0-2]?[0-9]\s?(?:{either('hour')}|h)\s?[0-5][0-9](?:\s?(?:{either('minute')})(?!\w))?(?![0-9])|[0-2]?[0-9]h(?!\w)",
    re.IGNORECASE,
)
HOUR = re.compile(rf"[0-2]?[0-9]\s?(?:{either('hour')})(?!\w)", re.IGNORECASE)

QUARTER = re.compile(
    rf"[1-4](?:\s?(?:{either('quarters_go_on')})\s?(?:{either('quarter_again')}\s)?[1-4])?{_END}(?!\s?%){_OF_YEAR}",
    re.IGNORECASE,
)
QUARTER_BEFORE = re.compile(rf"(?<!\w){_QUARTER_WORD}\s+[IVX]{{1,3}}\s*(?:/|-|{_YEAR_WORD})?\s*$", re.IGNORECASE)
MONTHS = re.compile(
    rf"(?:0?[1-9]|1[0-2])\s{{1,2}}{_MONTH_WORD}(?!\w)(?:\s{{1,2}}(?:{either('months_of_what')})(?!\w))?"
    rf"(?:\s{{0,2}}(?:/|{_YEAR_WORD}\s)\s{{0,2}}{_YEAR}{_END})?",
    re.IGNORECASE,
)
SPOKEN_MONTHS = re.compile(rf"(?<!\w)(?:{either('spoken_months')})\s+{_MONTH_WORD}(?!\w)", re.IGNORECASE)
YEARS = re.compile(
    rf"{_YEAR}(?:\s?[-–,]\s?{_YEAR}|\s(?:{either('years_go_on')})\s(?:{_YEAR_WORD}\s)?{_YEAR}){{0,4}}(?![0-9])(?![.,][0-9])(?!\s?[%/])",
    re.IGNORECASE,
)

ISO = re.compile(r"[0-9]{4,5}(?:\s?[:\-]\s?(?:19|20)[0-9]{2})?(?![0-9])")
LEVELS = re.compile(
    rf"0?[1-5]{_END}(?:\s?(?:{either('levels_go_on')})\s?(?:(?:{either('level_word', _BLANK)})\s)?0?[1-5]{_END}){{0,3}}"
    rf"(?!\s?%)(?!\s+(?:{either('not_of_levels')})(?!\w))|3,4(?![0-9])(?!\s?%)",
    re.IGNORECASE,
)
PHONE = re.compile(r"(?:\+?84|0)[0-9]{2,3}[ .\-]?[0-9]{3}[ .\-]?[0-9]{3,4}(?![0-9])|1[89]00[ .\-]?[0-9]{4,6}(?![0-9])")
SHORT_PHONE = re.compile(r"[0-9][0-9 .\-]{1,14}[0-9](?![0-9])|[0-9]{3,4}(?![0-9])")
ORDINAL = re.compile(r"[0-9]{1,4}[A-Za-z]?(?:\s?/\s?[0-9]{1,3})?(?![0-9])(?![.,][0-9])(?!\s?%)")
LIST = re.compile(
    r"[ \t]*(?:[IVX]{1,4}\.)?(?P<label>[0-9]{1,2}(?:\.[0-9]{1,2}){0,3})(?:[.)/](?=\s+[^\W\d_]|\s+[\"“(])|\.(?=[^\W\d_])"
    r"|(?<=\.[0-9])(?=\s+[^\W\d_a-zàáảãạăâđèéẻẽẹêìíỉĩịòóỏõọôơùúủũụưỳýỷỹỵ]))"
)
FORMULA = re.compile(
    rf"(?:^|[=+]\s?|(?:{either('compared_with', ' ')})\s)\((?P<label>[0-9]{{1,2}})\)"
    rf"|\((?P<left>[0-9]{{1,2}})\)(?=\s?=)",
    re.IGNORECASE,
)
"""A row named by its number: "(1) = (2) + (3)", "so với (4)", "(2) Quý II chuyển sang"; its sign names two."""
BRACKETED = re.compile(r"\((?P<label>[0-9]{1,2})\)(?=\s*[^\W\d_])")
NUMBERED_UNIT = re.compile(rf"(?<!\w)(?:{either('numbered_units')})\s$")
"""Before digits, by its capital: "của Phường 3" names a unit, "giao phường 48 biên chế" counts."""
UNIT_NUMBER = re.compile(
    rf"[1-9][0-9]?(?![0-9%/]|[.,][0-9])(?!\s?(?:{either('counted_behind', _BLANK)}|{'|'.join(numbers_of('scales'))}"
    rf"|{either('dong')})(?!\w))",
    re.IGNORECASE,
)
NAME_ENDS = re.compile(r"(?![\w%]|[.,][0-9])")
NEW_LINE = re.compile(r"\n")
WEB = re.compile(
    r"(?:https?://|www\.)\S+|(?<!\w)[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]+|(?<!\w)[\w-]{1,64}\.(?:gov|com|org|edu)\.vn\S*"
)

_FOREIGN = str.maketrans({"Ð": "Đ", "ð": "đ", "–": "-", "—": "-", " ": None, "\u00a0": None, "\t": None, "\n": None})


def plain_symbol(printed: str) -> str:
    """Return a number or symbol without blanks, with plain dashes, the Icelandic Ð that some keyboards give as Đ."""
    return printed.translate(_FOREIGN)
