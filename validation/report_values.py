"""The Sheet: one Reading laid out for the rules.

Belongs here: the printings by figure, the spans they admit, the numbers beside a printing, quotes.
Stays out: every judgement.

A rule asks what a figure may be (`spans`): all well-formed printings of it, or the stretch between the candidates of a
malformed one that stands alone. A finding once made mends the sheet (`mended`), so that one fault is not reported again
as its consequences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.rounds import Round, parse_round
from catalogue.rules import RuleBook
from parsers.reading import Account, AccountKind, Printing, Reading
from validation.finding import Quote
from validation.spans import Span, hull, span_of, total

_COMPARABLE = frozenset({AccountKind.UNEXPLAINED, AccountKind.SUB_ITEM, AccountKind.PRIOR_PERIOD})
TELLING = 10_000
"""The least number that does not meet a figure's value by chance."""
# Values tried a figure: relations are tried with every combination.
_MOST_VARIANTS = 4


@dataclass(frozen=True)
class Sheet:
    """A reading with known ward and round, arranged by figure.

    `printings` holds every printing in reading order, the primary one first; `mends` the spans that evidence puts in
    place of printed ones. `charity` counts printings that were hardly read, too. `known` remembers spans once computed.
    """

    reading: Reading
    book: RuleBook
    printings: Mapping[str, tuple[Printing, ...]]
    mends: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    charity: bool = False
    known: dict[str, tuple[Span, ...]] = field(default_factory=dict, compare=False, repr=False)

    @property
    def ward(self) -> str:
        """Return the ward's slug, empty where it could not be told."""
        return self.reading.identity.ward or ""

    @property
    def round(self) -> Round | None:
        """Return the round, None where it could not be told."""
        label = self.reading.identity.round
        return parse_round(label) if label else None

    def has(self, figure: str) -> bool:
        """Return whether the report prints the figure."""
        return figure in self.printings

    def primary(self, figure: str) -> Printing:
        """Return the printing that stands for the figure."""
        return self.printings[figure][0]

    def value(self, figure: str) -> Decimal:
        """Return the value of the primary printing."""
        return self.primary(figure).value

    def counted(self, figure: str) -> Decimal:
        """Return the value that counts beside other reports: that of a mend, else of the primary printing."""
        return self.mends[figure][0].low if figure in self.mends else self.value(figure)

    def spans(self, figure: str) -> tuple[Span, ...]:
        """Return what the figure may be: one span for each value printed, those of a mend instead; empty if absent.

        A malformed number that stands alone may be anything between its least and its greatest candidate.
        """
        if figure in self.mends:
            return self.mends[figure]
        if figure not in self.known:
            variants = self.variants(figure)
            spans = tuple(self.span(printing) for printing in variants)
            self.known[figure] = (hull(spans),) if variants and variants[0].malformed else spans
        return self.known[figure]

    def sums(self, terms: Sequence[str]) -> tuple[Span, ...]:
        """Return what the sum of several figures may be; empty if one is absent."""
        spans = [self.spans(term) for term in terms]
        if not all(spans):
            return ()
        return spans[0] if len(spans) == 1 else (total(first[0] for first in spans),)

    def span(self, printing: Printing) -> Span:
        """Return what one printing may stand for."""
        return span_of(printing, figure_definitions()[printing.figure].unit, self.book.tolerance)

    def variants(self, figure: str) -> tuple[Printing, ...]:
        """Return a well-formed printing for every value printed, else one for every candidate of a malformed one.

        What was hardly read is left out.
        """
        printings = [p for p in self.printings.get(figure, ()) if self._counts(p)]
        sound = [p for p in printings if not p.malformed]
        if not sound and printings:
            first = printings[0]
            return tuple(replace(first, value=candidate) for candidate in first.candidates or (first.value,))
        return tuple({p.value: p for p in reversed(sound)}.values())[::-1][:_MOST_VARIANTS]

    def _counts(self, printing: Printing) -> bool:
        """Return whether a printing was read surely enough to be held against anything."""
        if self.charity:
            return True
        limits = self.book.tolerance
        named = not printing.readers or printing.named >= limits.named
        return named and printing.confidence >= limits.least

    def mended(self, mends: Mapping[str, tuple[Span, ...]]) -> Sheet:
        """Return the sheet with these spans in place of the printed ones."""
        return replace(self, mends={**self.mends, **mends})

    @property
    def charitable(self) -> Sheet:
        """Return the sheet on which doubtful printings count too: what was hardly read excuses, and never accuses."""
        return replace(self, charity=True, known={})

    def beside(self, printing: Printing, kinds: frozenset[AccountKind] = _COMPARABLE) -> tuple[Span, ...]:
        """Return the other numbers of a printing's sentence that may be one side of its ratio."""
        return tuple(
            Span.exact(account.value)
            for account in self.reading.accounts
            if account.value is not None
            and account.kind in kinds
            and account.place.block == printing.place.block
            and account.sentence == printing.sentence
        )

    def unexplained(self) -> tuple[tuple[Account, Span], ...]:
        """Return the numbers of the report that the reading could not explain, with what each stands for."""
        kind = AccountKind.UNEXPLAINED
        left = ((a, a.value) for a in self.reading.accounts if a.kind is kind)
        return tuple((account, Span.exact(value)) for account, value in left if value is not None)

    def unsure(self, printing: Printing) -> bool:
        """Return whether a printing was read uncertainly; malformed digits are quoted, however unclear."""
        confidence = printing.text_confidence if printing.malformed else printing.confidence
        return confidence < self.book.tolerance.sure


def lay_out(reading: Reading, book: RuleBook) -> Sheet:
    """Return the sheet of a reading."""
    by_figure: dict[str, list[Printing]] = {}
    for printing in reading.printings:
        by_figure.setdefault(printing.figure, []).append(printing)
    ordered = {f: tuple(sorted(found, key=lambda p: not p.primary)) for f, found in by_figure.items()}
    return Sheet(reading, book, ordered)


def printed_again(like: Printing, account: Account) -> Printing:
    """Return a number that nobody read as the printing of a figure that it belongs to."""
    return replace(
        like,
        value=account.value or Decimal(0),
        raw=account.raw,
        place=account.place,
        page=account.page,
        sentence=account.sentence,
        sentence_place=account.place,
        primary=False,
    )


def quote(printing: Printing, round_label: str | None = None) -> Quote:
    """Return the sentence of a printing as a finding quotes it."""
    return Quote(printing.sentence, printing.page, printing.raw, printing.figure, round_label)
