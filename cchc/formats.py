"""Numbers and dates as people here write them: 1.234,56 and 08/09/2023.

Belongs here: output for people. Machine files keep ISO dates and plain decimals and need nothing from here.
Stays out: reading numbers from prose (`parsers`).
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from cchc.messages import language


def number(value: Decimal | float | int | None, decimals: int | None = None) -> str:
    """Return a number for people; `decimals` None keeps those the value has. None is an en dash.

    >>> number(Decimal("1234.56"))
    '1.234,56'
    """
    if value is None:
        return "–"
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    text = f"{exact:,f}" if decimals is None else f"{exact:,.{decimals}f}"
    if decimals is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if language() == "en" else text.translate(str.maketrans(",.", ".,"))


def percent(value: Decimal | float | int | None, decimals: int | None = 2) -> str:
    """Return a percentage (87.34 is 87,34%) for people."""
    return "–" if value is None else f"{number(value, decimals)}%"


def day(value: date | datetime | None) -> str:
    """Return a day as dd/mm/yyyy."""
    return "–" if value is None else value.strftime("%d/%m/%Y")


def paper_day(value: date | datetime | None) -> str:
    """Return a day as official papers write it, 08/9/2023: days under 10 and months 1 and 2 take a leading zero.

    Source: Decree 30/2020/NĐ-CP, appendix I, II.4.
    """
    if value is None:
        return "–"
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"


def moment(value: datetime | None) -> str:
    """Return a moment as dd/mm/yyyy hh:mm, in the zone it carries."""
    return "–" if value is None else value.strftime("%d/%m/%Y %H:%M")
