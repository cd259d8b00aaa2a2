"""How a finding speaks.

Belongs here: making one Finding in both languages, names of figures for people, the note on an uncertain reading.
Stays out: when a finding is made (the rules).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.rounds import Round
from cchc.formats import number, percent
from cchc.messages import Language, language, translator, use_language
from parsers.reading import Printing
from validation.finding import Finding, Proposal, Quote, Severity
from validation.report_values import Sheet, quote

_ = translator("validation")

Say = Callable[[], str]
"""A message, made in the language of the moment."""


def both(say: Say) -> tuple[str, str]:
    """Return a message in Vietnamese and in English."""
    with use_language("vi"):
        vietnamese = say()
    with use_language("en"):
        english = say()
    return vietnamese, english


def figure_name(figure: str) -> str:
    """Return what people call a figure, in the language of the moment."""
    if language() == "en":
        return figure.replace("_pct", " (%)").replace("_", " ")
    return figure_definitions()[figure].meaning_vi.split(" (")[0]


def figure_names(figures: Iterable[str]) -> str:
    """Return the names of several figures, parted by semicolons."""
    return "; ".join(figure_name(figure) for figure in figures)


def round_name(round_: Round) -> str:
    """Return what people call a round, in the language of the moment."""
    return round_.label if language() == "en" else round_.title_vi


def amount(figure: str, value: Decimal) -> str:
    """Return a value with its unit, as people write it."""
    unit = figure_definitions()[figure].unit
    if unit == "percent":
        return percent(value, None)
    return _("{amount} dong").format(amount=number(value)) if unit == "vnd" else number(value)


def written(printing: Printing) -> str:
    """Return a number as it stands in the report, a percentage at its printed precision and with its sign."""
    if figure_definitions()[printing.figure].unit == "percent":
        return percent(printing.value, printing.decimals)
    return printing.raw


def as_printed(printings: Iterable[Printing]) -> str:
    """Return what stands in the report, as "a · b"; part of a finding's key, hence free of language."""
    return " · ".join(printing.raw for printing in printings)


def proposal(figure: str, value: Decimal, why: Say) -> Proposal:
    """Return a proposal with its evidence in both languages."""
    vietnamese, english = both(why)
    return Proposal(figure, value, vietnamese, english)


def evidence(proposed: Proposal) -> str:
    """Return what speaks for a proposal, in the language of the moment."""
    return proposed.evidence_en if language() == "en" else proposed.evidence_vi


def same_elsewhere(printing: Printing) -> str:
    """Return the evidence that the report prints the same figure somewhere else."""
    return _("the report prints the same figure as {raw} elsewhere").format(raw=printing.raw)


def make(
    sheet: Sheet,
    rule: str,
    figures: Sequence[str],
    say: Say,
    *,
    printings: Sequence[Printing] = (),
    printed: str | None = None,
    expected: Say | str = "",
    proposals: Sequence[Proposal] = (),
    quotes: Sequence[Quote] = (),
    severity: Severity | None = None,
) -> Finding:
    """Return a finding of `rule` on the sheet's report; `printings` are quoted, and named where read uncertainly.

    `severity` is that of the rule unless this finding weighs otherwise.
    """
    doubtful = [p for p in printings if sheet.unsure(p)]
    vietnamese, english = both(lambda: say() + _doubt(doubtful))
    return Finding(
        rule=rule,
        severity=severity or sheet.book.rules[rule].severity,
        ward=sheet.ward,
        round=sheet.reading.identity.round or "",
        figures=tuple(figures),
        printed=as_printed(printings) if printed is None else printed,
        expected=expected if isinstance(expected, str) else both(expected)[0],
        message_vi=vietnamese,
        message_en=english,
        quotes=tuple(dict.fromkeys((*(quote(p) for p in printings), *quotes))),
        proposals=tuple(proposals),
    )


def without_note(message: str, language: Language = "vi") -> str:
    """Return a message without the note on an uncertain reading, which is for the office alone (`audience`)."""
    with use_language(language):
        opening = _doubt_text().partition("{numbers}")[0]
    return message.partition(f" {opening}")[0]


def _doubt_text() -> str:
    return _("Note: the machine may have misread {numbers} or what it means; see the original before asking the ward.")


def _doubt(printings: Sequence[Printing]) -> str:
    if not printings:
        return ""
    return " " + _doubt_text().format(numbers=", ".join(f"“{p.raw}”" for p in printings))
