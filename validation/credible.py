"""How well a finding's numbers were read: what was read with doubt hints at a fault and accuses nobody.

Belongs here: which printings an accusation may rest on, and the severity that follows. Stays out: the rules, and the
reader's own doubt (`parsers.judge`).

Of 25 findings on twenty reports by writers left out (r6, r7) 18 were the reader's own slips; by what stands here, and
by asking for every value that may be meant before a part is called too large, 3 of them are left.
"""

from __future__ import annotations

from collections.abc import Iterable

from parsers.reading import MISWRITTEN, Printing
from validation.finding import Severity

_OF_THE_FAULT = frozenset({"arithmetic", "two_values", "poor_text"})
"""Doubts that a ward's contradiction brings about itself, or that only the page gives: they excuse nobody."""
AGREED = 0.97
"""Where all readers name one figure and it is as likely as this, no doubt is left that would excuse the number."""
BOTH, LEARNED = frozenset({"independent", "stacked"}), 0.985
"""Where the grammar is silent the number must be as likely as this."""
READERS = 3
"""The grammar, the independent reader and the stacked one."""
RIVAL = 0.7
"""A second value that is no slip of the first must be as likely as this, and the first too, to contradict it."""
NAMED = 0.9
"""Where the reader that sees the whole report names a figure as surely as this, a second value of it is no excuse,
however unlikely the two values make each other."""
LIKELY = 0.5
"""A number that is less likely than this to be the figure is held against nobody."""


def is_likely(printing: Printing) -> bool:
    """Return whether a printing is more likely than not the figure it was read as; what nobody judged counts."""
    return not printing.views or printing.sure or printing.probability >= LIKELY


def is_rival(printing: Printing) -> bool:
    """Return whether a printing is likely enough to contradict another one that it does not look like."""
    return not printing.views or printing.sure or printing.rule == MISWRITTEN or printing.probability >= RIVAL


def is_credible(printing: Printing) -> bool:
    """Return whether a printing was read well enough to accuse: sure, or doubted for the contradiction alone."""
    least = AGREED if len(printing.readers) == READERS else LEARNED if {*printing.readers} >= BOTH else 1.0
    agreed = printing.probability >= least
    if not printing.views or printing.sure or agreed or printing.rule == MISWRITTEN:
        return True
    contradicted = printing.doubt == "two_values" and printing.named >= NAMED
    return contradicted or (printing.doubt in _OF_THE_FAULT and is_likely(printing))


def weight(printings: Iterable[Printing]) -> Severity | None:
    """Return "info" where any number of a finding was not read well enough to accuse, None for what the rule says.

    Numbers that stand in one sentence ("2.964 trên 3.412 hồ sơ, đạt 89,67%") bear each other out: there it is enough
    that each is likely.
    """
    found = list(printings)
    together = len({p.sentence_place for p in found}) == 1 and len(found) > 1
    enough = is_likely if together else is_credible
    return None if all(map(enough, found)) else "info"
