"""What the grammar and the independent reader say of the numbers of a line, as features of the stacked reader.

Belongs here: opinions turned into features, those of a number's neighbours with them.
Stays out: words and layout (`features`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parsers.learned.values import GrammarView, Opinion

_STEPS = (0.3, 0.6, 0.75, 0.8, 0.9, 0.97)  # by hand; finer above, where trust is decided
_KEPT = 3  # guesses of each reader told to the next


def stacked_features(views: Sequence[GrammarView], opinions: Sequence[Opinion]) -> list[list[str]]:
    """Return, for every spot of a line, what both readers say of it and of its neighbours."""
    return [
        [*_of_grammar(views, i), *_of_learned(opinions, i), *_of_both(views[i], opinions[i])] for i in range(len(views))
    ]


def grammar_signs(views: Sequence[GrammarView]) -> list[list[str]]:
    """Return, for every spot of a line, what the grammar says of it and of its neighbours."""
    return [list(_of_grammar(views, i)) for i in range(len(views))]


def _of_grammar(views: Sequence[GrammarView], i: int) -> Iterator[str]:
    view = views[i]
    name = _name(view.figure)
    yield f"G={name}"
    yield f"G={name}:{_step(view.confidence)}"
    yield f"G.step={_step(view.confidence)}:{view.figure is not None}"
    yield f"G.kind={view.kind}"
    yield f"G.rule={view.rule[:30]}"
    yield f"G.primary={view.primary}"
    for distance in (-2, -1, 1, 2):
        if 0 <= i + distance < len(views):
            near = views[i + distance]
            yield f"G{distance:+d}={_name(near.figure) if near.figure else near.kind}"
    if view.figure is not None:
        yield f"G.again={any(v.figure == view.figure for v in views[:i])}"


def _of_learned(opinions: Sequence[Opinion], i: int) -> Iterator[str]:
    for rank, guess in enumerate(opinions[i].guesses[:_KEPT]):
        yield f"I{rank}={_name(guess.figure)}"
        yield f"I={_name(guess.figure)}:{_step(guess.p)}"
    for distance in (-1, 1):
        if 0 <= i + distance < len(opinions):
            yield f"I{distance:+d}={_name(opinions[i + distance].figure)}"


def _of_both(view: GrammarView, opinion: Opinion) -> Iterator[str]:
    agree = view.figure == opinion.figure
    yield f"GI={agree}:{view.figure is None}:{opinion.figure is None}"
    yield f"GI={agree}:{_step(opinion.p)}:{_step(view.confidence)}"
    yield f"GI={_name(view.figure)}|{_name(opinion.figure)}"


def _step(p: float) -> int:
    return sum(p >= step for step in _STEPS)


def _name(figure: str | None) -> str:
    return figure or "O"
