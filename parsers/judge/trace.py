"""The derivation of one number of a report, as a tree of plain text.

Belongs here: what was found, what each reader says and why, the judge's terms, the verdict. Stays out: drawing the
tree (`pipelines.cli.why`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalogue.figures import figure_definitions
from cchc.formats import number, percent
from cchc.messages import translator
from parsers.document import Document
from parsers.figures import read_figures
from parsers.judge.doubts import doubt_text
from parsers.judge.model import judge_model
from parsers.judge.terms import Surroundings, terms_of
from parsers.judge.verdict import class_of, judged, least_probability
from parsers.learned.decide import with_learned
from parsers.learned.grammar import grammar_book
from parsers.learned.reader import Seen, models
from parsers.learned.values import GrammarView, Opinion
from parsers.reading import Identity, Printing
from parsers.text.lexicon import lexicon
from parsers.text.spelling import level

_ = translator("judge")

STRONGEST = 6
"""How many features and terms are told of each."""


@dataclass(frozen=True)
class Branch:
    """One line of the tree and what hangs on it."""

    text: str
    branches: tuple[Branch, ...] = ()


def traces(document: Document, identity: Identity, figure: str | None, raw: str | None) -> Iterator[Branch]:
    """Yield the tree of every number that was asked for: of a figure, printed as `raw`, or of all figures."""
    grammar = read_figures(document, identity)
    reading = with_learned(document, grammar)
    around = Surroundings(reading.printings, document)
    using = models()
    seen = {one.views.place: one for one in using.read(document, grammar_book(grammar))} if using else {}
    for place, one in seen.items():
        printing = next((p for p in reading.printings if p.place == place), None)
        wanted = one.views.figure if printing is None else printing.figure
        if (figure is None or figure == wanted) and (raw is None or raw in one.views.raw) and (raw or wanted):
            yield _tree(document, one, printing, around)


def _tree(document: Document, one: Seen, printing: Printing | None, around: Surroundings) -> Branch:
    views = one.views
    text = document.text_of(views.place)
    branches = [
        Branch(_("in: {text}").format(text=_shortened(text, views.place.start))),
        _phrases(text),
        _grammar(views.grammar),
        _opinion(_("second reader, independent"), views.independent, _features(one)),
        _opinion(_("both together"), views.stacked, ()),
    ]
    branches += [_judge(document, printing, around)] if printing is not None else [Branch(_("verdict: no figure"))]
    return Branch(f"{views.raw} → {_name(views.figure)}", tuple(branches))


def _phrases(text: str) -> Branch:
    hits = lexicon().find(level(text)).concepts
    found = (Branch(f"“{text[h.start : h.end]}”: {', '.join(sorted(h.names))}") for h in hits)
    return Branch(_("phrases found"), tuple(found))


def _grammar(view: GrammarView) -> Branch:
    if view.figure is None:
        return Branch(
            _("grammar: no figure ({kind})").format(kind=view.kind), (Branch(view.rule),) if view.rule else ()
        )
    told = _("by “{label}”, step {rule}").format(label=view.label, rule=view.rule)
    sure = percent(view.confidence * 100, 0)
    return Branch(_("grammar: {figure}, {sure}").format(figure=_name(view.figure), sure=sure), (Branch(told),))


def _opinion(who: str, opinion: Opinion, features: Sequence[str]) -> Branch:
    guesses = [Branch(f"{_name(g.figure)}: {percent(g.p * 100, 1)}") for g in opinion.guesses]
    strong = [Branch(_("strongest features"), tuple(map(Branch, features)))] if features else []
    return Branch(f"{who}: {_name(opinion.figure)}", (*guesses, *strong))


def _features(one: Seen) -> tuple[str, ...]:
    using = models()
    return using.strongest(one, STRONGEST) if using else ()


def _judge(document: Document, printing: Printing, around: Surroundings) -> Branch:
    model = judge_model()
    if model is None or printing.views is None:
        return Branch(_("verdict: only one reader saw this number; it waits for a person"))
    verdict = judged(printing, around, document, model)
    shares = list(model.shares(terms_of(printing, around)).items())[:STRONGEST]
    terms = Branch(_("the judge's terms"), tuple(Branch(f"{name}: {share:+.2f}") for name, share in shares))
    least = least_probability(printing, class_of(document, printing.page))
    needed = percent(least * 100, 2) if least is not None else _("never")
    told = _("probability {p}, sure from {needed}").format(p=percent(verdict.probability * 100, 2), needed=needed)
    end = _("sure") if verdict.sure else _("waits for a person: {why}").format(why=doubt_text(verdict))
    value = number(printing.value)
    return Branch(_("verdict: {value}, {end}").format(value=value, end=end), (Branch(told), terms))


def _name(figure: str | None) -> str:
    known = figure_definitions().get(figure or "")
    return f"{known.meaning_vi} ({known.code})" if known else _("no figure")


def _shortened(text: str, start: int, reach: int = 110) -> str:
    """Return the text around a number, cut at blanks."""
    first, last = max(0, start - reach), min(len(text), start + reach)
    return ("…" if first else "") + text[first:last].strip() + ("…" if last < len(text) else "")
