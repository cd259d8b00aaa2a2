"""The verdict on every printing of a reading: probability, sure or not, reason of doubt, the other value.

Belongs here: the order of these. Stays out: terms, weights, thresholds, words.

Whatever is not sure has a confidence below `WAITS`, so that everything behind the reader treats it as waiting.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from catalogue.figures import figure_definitions
from catalogue.trust import TextClass, trust
from catalogue.wordlists import either
from parsers.document import Document
from parsers.judge.choice import chosen
from parsers.judge.doubts import doubt_of, rival_of
from parsers.judge.model import JudgeModel, judge_model
from parsers.judge.terms import Surroundings, terms_of
from parsers.learned.decide import SECOND_GUESS
from parsers.learned.general_unit import GENERAL_UNIT
from parsers.named_units import is_of_another_unit, is_of_the_level_above
from parsers.reading import AccountKind, Printing, Reading
from parsers.text.spelling import level

Agreement = Literal["all", "learned", "none"]
"""Who names a figure: every reader, the learned ones while the grammar is silent, or not even those."""
WAITS = 0.8
"""Confidence under which a figure waits for a person; the contract with `cchc extract`."""
_SURE_LEAST, _UNSURE_MOST = 0.9, 0.79  # by hand, on either side of WAITS
SILENT = frozenset({AccountKind.UNEXPLAINED.value, ""})
"""What the grammar says of a number of which it knows nothing."""
_LEAST_SURE_MONEY = Decimal(10_000_000)
"""No ward took in or spent less in a quarter, in any report of the corpus."""
_DENIED_STATE = re.compile(rf"(?<!\w)(?:{either('denied_states')})(?!\w)")
_CLAUSE_END = re.compile(r"[;.:()\d]")
_DENIED_REACH = 60
"""Characters behind a denial in which its thing and the state of it are said; chosen by hand."""
_POOR_PAGE = 0.85
"""Mean confidence of a recognised page under which it is a poor scan."""
_DIGITS_LEAST = 0.9
"""Text confidence of the digits themselves under which a figure of a scan is never sure."""


def with_verdicts(document: Document, reading: Reading) -> Reading:
    """Return a reading whose printings are chosen and bear the judge's verdicts; unchanged where there is no model."""
    model = judge_model()
    if model is None:
        return reading
    printings = chosen(reading.printings, document, model)
    around = Surroundings(printings, document)
    return replace(reading, printings=tuple(judged(p, around, document, model) for p in printings))


def judged(printing: Printing, around: Surroundings, document: Document, model: JudgeModel) -> Printing:
    """Return a printing with its verdict."""
    text_class = class_of_printing(document, printing)
    p = model.probability(terms_of(printing, around)) if printing.views is not None else 0.5
    where = printing.place, printing.sentence_place.start
    anothers = is_of_another_unit(document, *where) or is_of_the_level_above(document, *where)
    sure = is_sure(printing, p, text_class) and not document.unseen and not anothers
    # Rules hold even doubtful printings against each other, so what a number is named counts for them.
    named = printing.named if printing.views is not None else 0.0
    confidence = max(_SURE_LEAST, min(0.99, p)) if sure else min(_UNSURE_MOST, max(p, named))
    return replace(
        printing,
        probability=round(p, 4),
        sure=sure,
        reading_confidence=round(confidence, 4),
        doubt="" if sure else "other_level" if anothers else doubt_of(printing, around, text_class),
        rival=rival_of(printing, around),
    )


def is_sure(printing: Printing, probability: float, text_class: TextClass) -> bool:
    """Return whether a printing may enter without a look: well recognised, and likely enough for who names it."""
    least = least_probability(printing, text_class)
    seen = printing.text_confidence >= (_DIGITS_LEAST if text_class != "digital" else WAITS)
    return seen and least is not None and probability >= least


def least_probability(printing: Printing, text_class: TextClass) -> float | None:
    """Return the threshold that holds for a printing, None where a person looks however likely it is."""
    agreement = agreement_on(printing)
    limits = trust()[text_class]
    return limits.threshold if agreement == "all" else limits.silent if agreement == "learned" else None


def agreement_on(printing: Printing) -> Agreement:
    """Return who names the figure of a printing.

    Trust rests on readers that know nothing of each other. Where the learned ones differ, the grammar says another
    thing, or the digits are no number as printed, a person looks; also where a value is a sum of printed parts, since
    no reader said that they belong together, and where its unit stands elsewhere. Where the grammar says nothing at
    all, printed digits of running text may still pass a threshold of their own. A zero in words may not: what is
    denied, only a reader that knows the phrase tells, and "không có phản ánh tồn đọng" counts no feedback. Nor may a
    cell: in a table of several units the sum row looks like the unit's own.
    """
    views = printing.views
    if views is None or printing.malformed or len(printing.candidates) > 1 or _is_small_money(printing):
        return "none"
    if printing.components or printing.rule in (GENERAL_UNIT, SECOND_GUESS) or _denies_a_state(printing):
        return "none"
    if views.figure != printing.figure or not views.learned_agree:
        return "none"
    if views.grammar.figure == printing.figure:
        return "all"
    silent = views.grammar.figure is None and views.grammar.kind in SILENT
    prose = printing.place.row is None and not printing.in_words
    return "learned" if silent and prose else "none"


def _denies_a_state(printing: Printing) -> bool:
    """Return whether a zero in words denies a state that is not the figure's own: none late is not none at all."""
    if not printing.in_words or printing.value or printing.place.row is not None:
        return False
    behind = level(printing.sentence)[printing.place.end - printing.sentence_place.start :]
    said = _DENIED_STATE.search(_CLAUSE_END.split(behind, maxsplit=1)[0][:_DENIED_REACH])
    own = printing.views.grammar.label if printing.views is not None else ""
    return said is not None and said[0] not in level(f"{printing.label} {own}")


def _is_small_money(printing: Printing) -> bool:
    """Return whether a sum is so small that thousands or millions may be meant ("1.782.200" for 1.782.200.000)."""
    return figure_definitions()[printing.figure].unit == "vnd" and 0 < printing.value < _LEAST_SURE_MONEY


def class_of_printing(document: Document, printing: Printing) -> TextClass:
    """Return the class of the text a printing stands in; recognised text inside a digital page is a scan's."""
    found = class_of(document, printing.page)
    return "scan" if found == "digital" and printing.text_confidence < 1 else found


def class_of(document: Document, page: int | None) -> TextClass:
    """Return the class of the text on a page: digital, recognised well, or recognised poorly."""
    found = next((p for p in document.pages if p.number == page), None)
    if found is None or found.source == "digital":
        return "digital"
    return "scan" if found.text_confidence >= _POOR_PAGE else "poor_scan"
