"""The verdict on every printing of a reading: probability, sure or not, reason of doubt, the other value.

Belongs here: the order of these. Stays out: terms, weights, thresholds, words.

Whatever is not sure has a confidence below `WAITS`, so that everything behind the reader treats it as waiting.
"""

from __future__ import annotations

from dataclasses import replace

from catalogue.trust import TextClass, trust
from parsers.document import Document
from parsers.judge.doubts import doubt_of, rival_of
from parsers.judge.model import JudgeModel, judge_model
from parsers.judge.terms import Surroundings, terms_of
from parsers.reading import Printing, Reading

WAITS = 0.8
"""Confidence under which a figure waits for a person; the contract with `cchc extract`."""
_SURE_LEAST, _UNSURE_MOST = 0.9, 0.79
_POOR_PAGE = 0.85
"""Mean confidence of a recognised page under which it is a poor scan."""
_DIGITS_LEAST = 0.9
"""Text confidence of the digits themselves under which a figure of a scan is never sure."""


def with_verdicts(document: Document, reading: Reading) -> Reading:
    """Return a reading whose printings bear the judge's verdicts; unchanged where there is no model."""
    model = judge_model()
    if model is None:
        return reading
    around = Surroundings(reading.printings, document)
    return replace(reading, printings=tuple(judged(p, around, document, model) for p in reading.printings))


def judged(printing: Printing, around: Surroundings, document: Document, model: JudgeModel) -> Printing:
    """Return a printing with its verdict."""
    text_class = class_of_printing(document, printing)
    p = model.probability(terms_of(printing, around)) if printing.views is not None else 0.5
    sure = is_sure(printing, p, text_class) and not document.unseen
    confidence = max(_SURE_LEAST, min(0.99, p)) if sure else min(_UNSURE_MOST, max(p, _as_named(printing)))
    return replace(
        printing,
        probability=round(p, 4),
        sure=sure,
        reading_confidence=round(confidence, 4),
        doubt="" if sure else doubt_of(printing, around, text_class),
        rival=rival_of(printing, around),
    )


def _as_named(printing: Printing) -> float:
    """Return how likely the number is this figure at all: rules hold even doubtful printings against each other."""
    return printing.views.stacked.p_of(printing.figure) if printing.views is not None else 0.0


def is_sure(printing: Printing, probability: float, text_class: TextClass) -> bool:
    """Return whether a printing may enter without a look: readers agree, whole digits, well recognised, likely enough.

    Trust rests on two readers that know nothing of each other; however likely the learned ones find a figure, where the
    grammar says another thing a person looks.
    """
    least = trust()[text_class].threshold
    agreed = printing.views is not None and printing.views.agreed and printing.views.figure == printing.figure
    whole = not printing.malformed and len(printing.candidates) < 2
    seen = printing.text_confidence >= (_DIGITS_LEAST if text_class != "digital" else WAITS)
    return agreed and whole and seen and least is not None and probability >= least


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
