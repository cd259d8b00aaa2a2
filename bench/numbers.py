"""Numbers, citations and accounts of one long report, beside a bare search for digits.

Times are processor seconds, the best of some runs, on the report of `bench.figures`. The alternative named is the one
regular expression that only finds runs of digits and says nothing about them. The last lines show that the work on
hostile text grows with its length: twice the text, about twice the time.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import count

from bench.figures import LABEL, best, report
from parsers.accounts import account_for
from parsers.citations import find_citations
from parsers.cited import cited_spans
from parsers.numbers import find_numbers

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_ENDINGS = count(1)
HOSTILE = {"digits": "9", "groups": "1.", "list": "1, ", "brackets": "(1 ", "words": "hai mươi ", "dates": "1/2/"}
REPEATS = 10_000


def main() -> None:
    """Print what each step costs in milliseconds, and as a multiple of the bare search."""
    document = report()
    texts = [block.text for block in document.blocks]
    bare = best(lambda: [_DIGITS.findall(text) for text in texts])
    steps = {
        "bare search for digits": bare,
        "numbers": best(lambda: [find_numbers(text) for text in unseen(texts)]),
        "citations by form": best(lambda: [cited_spans(text) for text in unseen(texts)]),
        "documents cited": best(lambda: find_citations(document)),
        "accounts, figures unknown": best(lambda: account_for(document, (), round_label=LABEL)),
    }
    runs = sum(len(_DIGITS.findall(text)) for text in texts)
    print(f"numbers: 13 pages, {sum(map(len, texts))} characters, {runs} runs of digits")
    for name, seconds in steps.items():
        print(f"  {name:28} {1000 * seconds:8.2f} ms   {seconds / bare:6.1f} x bare search")
    for name, piece in HOSTILE.items():
        single, double = (best(partial(find_numbers, piece * n)) for n in (REPEATS, 2 * REPEATS))
        print(f"  hostile {name:20} {1000 * single:8.2f} ms   {double / single:6.1f} x for twice the text")


def unseen(texts: list[str]) -> list[str]:
    """Return the texts with an ending that none had before, as the readers keep what they have read."""
    ending = " " + "x" * next(_ENDINGS)
    return [text + ending for text in texts]


if __name__ == "__main__":
    main()
