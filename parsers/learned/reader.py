"""The learned readers at work: what each says of every number of a report.

Belongs here: opening the models that `make train` left beside this module, once, and asking them line by line.
Stays out: features and networks (modules of their own), and what becomes of the opinions (`decide`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from parsers.document import Document
from parsers.learned.crf import Crf
from parsers.learned.features import features_of
from parsers.learned.grammar import GrammarBook
from parsers.learned.mixing import EVEN, Weights
from parsers.learned.packed import unpack_ahead
from parsers.learned.positions import Line, Spot, lines_of
from parsers.learned.possible import possible
from parsers.learned.stacking import stacked_features
from parsers.learned.values import GrammarView, Opinion, Pair, Said, Views
from parsers.learned.vocabulary import NETWORK, VOCABULARY

if TYPE_CHECKING:
    from parsers.learned.network import Network

MODEL = Path(__file__).resolve().parent / "model"
INDEPENDENT, STACKED = "independent.crfsuite.xz", "stacked.crfsuite.xz"
WEIGHTS = "weights.json"
MOST_NUMBERS = 3000
"""More numbers than a report of any ward has; the time of reading stays bounded."""


@dataclass(frozen=True)
class Seen:
    """One number with its line and what the readers say of it."""

    line: Line
    spot: Spot
    views: Views


class SequenceModel(Protocol):
    """What gives every number of a line an opinion, from the features of each."""

    def opinions(self, features: Sequence[Sequence[str]]) -> tuple[Opinion, ...]:
        """Return an opinion for every number."""

    def strongest(self, features: Sequence[str], figure: str | None, most: int) -> tuple[str, ...]:
        """Return the features of a number that speak most for a figure, for people."""


@dataclass(frozen=True)
class Models:
    """The models of one training, and their version: the beginning of the hash of their bytes.

    Where there is a network, opinions are those of both kinds of model, mixed.
    """

    independent: SequenceModel
    stacked: SequenceModel
    version: str
    network: Network | None = None
    weights: Weights = EVEN

    def read(self, document: Document, grammar: GrammarBook) -> tuple[Seen, ...]:
        """Return what every reader says of every number of a report, in reading order.

        Nothing is said of a document with more than `MOST_NUMBERS`: it is no ward's report.
        """
        lines = tuple(lines_of(document))
        if sum(len(line.spots) for line in lines) > MOST_NUMBERS:
            return ()
        views = [[grammar.at(line.place(spot)) for spot in line.spots] for line in lines]
        second = self.network.read(lines, views) if self.network is not None else {}
        return tuple(
            Seen(line, spot, Views(line.place(spot), document.text_at(line.place(spot)), view, *said))
            for i, (line, own) in enumerate(zip(lines, views, strict=True))
            for spot, view, said in zip(line.spots, own, self.of_line(i, line, own, second), strict=True)
        )

    def strongest(self, one: Seen, most: int) -> tuple[str, ...]:
        """Return the features by which the independent sequence model takes a number for what it says."""
        features = features_of(one.line)[one.line.spots.index(one.spot)]
        return self.independent.strongest(features, one.views.independent.figure, most)

    def of_line(
        self, place: int, line: Line, views: Sequence[GrammarView], second: Mapping[tuple[int, int], Pair]
    ) -> list[Said]:
        """Return the independent and the stacked opinion of every number of a line, and what they are made of."""
        features = features_of(line)
        independent = self.independent.opinions(features)
        both = stacked_features(views, independent)
        stacked = self.stacked.opinions([a + b for a, b in zip(features, both, strict=True)])
        pairs = list(zip(independent, stacked, strict=True))
        return [self._said(line, line.spots[i], pair, second.get((place, i))) for i, pair in enumerate(pairs)]

    def _said(self, line: Line, spot: Spot, first: Pair, second: Pair | None) -> Said:
        """Return both opinions on a number, without the figures that its unit forbids, and what they are made of."""
        independent, stacked, voices = self.weights.mixed(first, second) if second is not None else (*first, ())
        return possible(line, spot, independent), possible(line, spot, stacked), voices


def open_models(folder: Path, version: str | None = None) -> Models:
    """Return the models of a folder; `version` is given where it is known, so that nothing is hashed again.

    Raises:
        FileNotFoundError: a model is missing there; `make train` makes them.
    """
    network = _network(folder) if (folder / NETWORK).is_file() else None
    pair = Crf.open(folder / INDEPENDENT), Crf.open(folder / STACKED)
    return Models(*pair, version or version_of(folder), network, Weights.load(folder / WEIGHTS))


def version_of(folder: Path) -> str:
    """Return the version of the models of a folder, without opening them.

    Raises:
        FileNotFoundError: a model is missing there; `make train` makes them.
    """
    more = [path for path in (folder / NETWORK, folder / VOCABULARY, folder / WEIGHTS) if path.is_file()]
    bodies = (path.read_bytes() for path in (folder / INDEPENDENT, folder / STACKED, *more))
    return hashlib.sha256(b"".join(bodies)).hexdigest()[:12]


def _network(folder: Path) -> Network:
    """Return the network of a folder; its runtime is loaded only where a report is read."""
    from parsers.learned.network import Network

    return Network.open(folder)


@cache
def models() -> Models | None:
    """Return the models beside this module, None where `make train` has not made any."""
    return open_models(MODEL, models_version()) if _are_made() else None


def read_models_ahead() -> None:
    """Unpack the models beside this module and reckon their version, for whoever is forked from this process.

    They are not opened: the network's runtime must not be forked.
    """
    if _are_made():
        models_version()
        unpack_ahead(MODEL / name for name in (INDEPENDENT, STACKED, NETWORK) if (MODEL / name).is_file())


@cache
def models_version() -> str | None:
    """Return the version of the models beside this module, None where there are none."""
    return version_of(MODEL) if _are_made() else None


def _are_made() -> bool:
    return all((MODEL / name).is_file() for name in (INDEPENDENT, STACKED))
