"""The figures of a report: every printing of each, with provenance and confidence.

Belongs here: the way in, `read_figures`, and the version of the parser.
Stays out: readers (`parsers.readers`), the grammar of numbers (`parsers.numbers`), phrases (`catalogue/language/`).

    analysis (`parsers.text`)     what stands in a text: phrases, periods, nouns
    lines, sections, units,       lines, and what each inherits from headings, lists and table heads
      table_*
    mentions, events, clauses,    numbers of a line, brackets and clauses around them, names dealt out
      respectively
    candidate, choice             the two values that a number passes through on its way to a printing
    propose, conflicts,           which figures a number may be, with scores and what speaks against them
      dependent_numbers
    money, subjects, roles        the same for sums and percentages of public finance
    choose, best_assignment,      the choice for all numbers of a sentence at once, and what the whole sentence adds
      bracket_totals, afterwards
    engine, earlier_sentences     the walk over a report, and what one sentence says of the next
    results, denominators, sums   what the report's arithmetic makes of the choices, and printings of them
    doubts, printed_arithmetic,   what speaks against a naming and for a value, and the confidence made of both
      confidence, weighing
    difference, watching          what a newer parser reads otherwise; what was weighed for a number
"""

from __future__ import annotations

from functools import cache

from parsers.accounts import Named, account_for
from parsers.citations import find_citations
from parsers.document import Document
from parsers.figures.engine import Engine
from parsers.figures.results import Printer
from parsers.reading import Identity, Printing, Reading
from parsers.text.lexicon import Lexicon, lexicon

__all__ = ["PARSER_VERSION", "read_figures", "read_printings"]

PARSER_VERSION = "1.3.0"
"""The version of engine and labels together; it is kept with every figure."""


def read_figures(document: Document, identity: Identity) -> Reading:
    """Return everything read from a document: printings of figures, accounts of all other numbers, citations."""
    printings, named = _read(document, identity.round, None)
    return Reading(
        sha256=document.sha256,
        parser_version=PARSER_VERSION,
        identity=identity,
        printings=printings,
        accounts=account_for(document, printings, round_label=identity.round, named=named),
        citations=find_citations(document),
        unseen=document.unseen,
        unread=document.unread,
    )


def read_printings(document: Document, round_label: str | None, using: Lexicon | None = None) -> tuple[Printing, ...]:
    """Return every printing of every figure in reading order; `using` replaces the labels of the catalogue."""
    return _read(document, round_label, using)[0]


def _read(
    document: Document, round_label: str | None, using: Lexicon | None
) -> tuple[tuple[Printing, ...], tuple[Named, ...]]:
    engine, source = (_engine(), lexicon()) if using is None else (Engine(using), using)
    found, apart = engine.read(document, round_label)
    printings, named = Printer(source.labels, document).printings(found)
    return printings, (*named, *apart)


@cache
def _engine() -> Engine:
    return Engine(lexicon())
