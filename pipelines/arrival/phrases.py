"""What becomes of a file, in words.

Belongs here: the names of the kinds of receipts, for the terminal and the page alike.
Stays out: what a file's kind is (`intake`), why a file found no place (`quarantine`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from cchc.messages import translator
from pipelines.arrival.intake import Kind, Receipt

_ = translator("operations")


def receipt_counts(receipts: Iterable[Receipt]) -> list[str]:
    """Return how many files came to what ("đã nhận: 3"), a line a kind, kinds without a file left out."""
    counts = Counter(receipt.kind for receipt in receipts)
    words = _kind_words()
    return [f"{words[kind]}: {counts[kind]}" for kind in Kind if counts[kind]]


def _kind_words() -> dict[Kind, str]:
    return {
        Kind.PLACED: _("taken in"),
        Kind.UNREADABLE: _("unreadable"),
        Kind.QUARANTINED: _("laid aside"),
        Kind.RESENT: _("sent again unchanged"),
        Kind.KNOWN: _("known already"),
    }
