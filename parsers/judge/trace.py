"""The derivation of one number of a report, as a tree of plain text.

Belongs here: what was found, what each reader says and why, which printing stands for the figure, the judge's terms,
the verdict. Stays out: drawing the tree (`pipelines.cli.why`), what the terms are called (`term_words`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalogue.figures import figure_definitions
from cchc.formats import number, percent
from cchc.messages import translator
from parsers.document import Document
from parsers.figures import read_figures
from parsers.figures.watching import Weighed, weighings
from parsers.judge.doubts import doubt_text
from parsers.judge.model import judge_model
from parsers.judge.term_words import account_words, term_words
from parsers.judge.terms import Surroundings, terms_of
from parsers.judge.verdict import class_of, least_probability, with_verdicts
from parsers.learned.decide import with_learned
from parsers.learned.grammar import grammar_book
from parsers.learned.reader import Seen, models
from parsers.learned.values import GrammarView, Opinion
from parsers.other_units import without_other_units
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
    document = without_other_units(document)
    grammar = read_figures(document, identity)
    reading = with_verdicts(document, with_learned(document, grammar))
    around = Surroundings(reading.printings, document)
    weighed = weighings(document, identity.round)
    using = models()
    seen = {one.views.place: one for one in using.read(document, grammar_book(grammar))} if using else {}
    for place, one in seen.items():
        printing = next((p for p in reading.printings if p.place == place), None)
        wanted = one.views.figure if printing is None else printing.figure
        if (figure is None or figure == wanted) and (raw is None or raw in one.views.raw) and (raw or wanted):
            yield _tree(document, one, printing, around, weighed.at(place))


def _tree(
    document: Document, one: Seen, printing: Printing | None, around: Surroundings, weighed: Sequence[Weighed]
) -> Branch:
    views = one.views
    text = document.text_of(views.place)
    branches = [
        Branch(_("in: {text}").format(text=_shortened(text, views.place.start))),
        _phrases(text),
        _grammar(views.grammar, weighed),
        _opinion(_("second reader, independent"), views.independent, _features(one)),
        _opinion(_("both together"), views.stacked, ()),
    ]
    if printing is None:
        return Branch(f"{views.raw} → {_name(views.figure)}", (*branches, Branch(_("verdict: no figure"))))
    branches += [*_choice(printing, around), _judge(document, printing, around)]
    return Branch(f"{views.raw} → {_name(views.figure)}", tuple(branches))


def _phrases(text: str) -> Branch:
    hits = lexicon().find(level(text)).concepts
    found = (Branch(f"“{text[h.start : h.end]}”: {', '.join(sorted(h.names))}") for h in hits)
    return Branch(_("phrases found"), tuple(found))


def _grammar(view: GrammarView, weighed: Sequence[Weighed]) -> Branch:
    candidates = Branch(_("candidates, their weights, and what speaks against them"), tuple(map(_candidate, weighed)))
    more = (candidates,) if weighed else ()
    if view.figure is None:
        reason = (Branch(view.rule),) if view.rule else ()
        return Branch(_("grammar: no figure ({kind})").format(kind=account_words(view.kind)), (*reason, *more))
    told = _("by “{label}”, step {rule}").format(label=view.label, rule=view.rule)
    sure = percent(view.confidence * 100, 0)
    return Branch(_("grammar: {figure}, {sure}").format(figure=_name(view.figure), sure=sure), (Branch(told), *more))


def _candidate(one: Weighed) -> Branch:
    """Return one thing that a number may be to the grammar, and the phrases that it does not explain."""
    text = _("{figure}: {score} by “{label}”").format(
        figure=_name(one.figure), score=number(Decimal(str(round(one.score, 2)))), label=one.label
    )
    against = tuple(
        Branch(_("“{phrase}” speaks against it, leaves {keeps}").format(phrase=phrase, keeps=percent(keeps * 100, 0)))
        for phrase, keeps in one.against
    )
    return Branch(text + (" " + _("(taken)") if one.taken else ""), against)


def _choice(printing: Printing, around: Surroundings) -> list[Branch]:
    """Return which of several printings stands for the figure, nothing where it is printed once."""
    others = list(around.elsewhere(printing))
    if not others:
        return []
    text = _("stands for the figure") if printing.primary else _("another printing stands for the figure")
    told = (_printing(p) for p in around.by_figure[printing.figure])
    return [Branch(_("choice among {n} printings: {text}").format(n=len(others) + 1, text=text), tuple(told))]


def _printing(one: Printing) -> Branch:
    page = _(", page {n}").format(n=one.page) if one.page else ""
    mark = " " + _("(stands)") if one.primary else ""
    return Branch(f"{number(one.value)}{page}, {percent(one.probability * 100, 1)}{mark}")


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
    shares = list(model.shares(terms_of(printing, around)).items())[:STRONGEST]
    terms = Branch(
        _("the judge's terms"), tuple(Branch(f"{term_words(name)}: {_signed(share)}") for name, share in shares)
    )
    least = least_probability(printing, class_of(document, printing.page))
    needed = percent(least * 100, 2) if least is not None else _("never")
    told = _("probability {p}, sure from {needed}").format(p=percent(printing.probability * 100, 2), needed=needed)
    end = _("sure") if printing.sure else _("waits for a person: {why}").format(why=doubt_text(printing))
    value = number(printing.value)
    return Branch(_("verdict: {value}, {end}").format(value=value, end=end), (Branch(told), terms))


def _name(figure: str | None) -> str:
    known = figure_definitions().get(figure or "")
    return f"{known.meaning_vi} ({known.code})" if known else figure or _("no figure")


def _signed(share: float) -> str:
    """Return what a term adds to the log-odds, with its sign."""
    return ("+" if share >= 0 else "−") + number(Decimal(str(round(abs(share), 2))))


def _shortened(text: str, start: int, reach: int = 110) -> str:
    """Return the text around a number, cut at blanks."""
    first, last = max(0, start - reach), min(len(text), start + reach)
    return ("…" if first else "") + text[first:last].strip() + ("…" if last < len(text) else "")
