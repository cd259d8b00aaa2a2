"""`python -m training`: make the models again, and measure readers on writers left out.

Belongs here: the command's words. Stays out: training and counting.

    train                   train the sequence models on the writers of "train"; they go to parsers/learned/model
    network                 train the network on the same writers (needs the extra "training")
    weigh                   fit what either kind of model weighs, on the writers of "calibrate"
    curve                   the learning curve of the independent sequence model, on the writers of "calibrate"
    judge                   fit the judge and its threshold on the writers of "calibrate"
    score WRITER…           score the product's reader on writers, one line each
    left-out WRITER…        train without these writers (of "train") in a folder of its own, and score them
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from catalogue.figures import figure_definitions
from parsers.judge import with_verdicts
from parsers.judge.model import FILE
from parsers.learned.decide import decided
from parsers.learned.reader import MODEL, WEIGHTS, Models, open_models
from training.curve import learning_curve
from training.hedges import hedged
from training.judging import fitted as judge_fitted
from training.judging import left_out_probabilities, likeliest, save, threshold_for, verdicts
from training.material import of_writer, shown_again, split
from training.prepared import grammar_reading, prepared
from training.scores import Score
from training.sequences import train_crfs
from training.weighing import fitted


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("command", choices=["train", "network", "weigh", "curve", "judge", "score", "left-out"])
    parser.add_argument("writers", nargs="*")
    parser.add_argument("--folder", type=Path, default=None, help="where models are left or found")
    parser.add_argument("--minutes", type=float, default=75, help="how long the network may be trained")
    given = parser.parse_args(arguments)
    if given.command == "train":
        train(writers_of("train"), given.folder or MODEL)
    elif given.command == "network":
        network(writers_of("train"), given.folder or MODEL, given.minutes)
    elif given.command == "weigh":
        weigh(writers_of("calibrate"), given.folder or MODEL)
    elif given.command == "curve":
        curve()
    elif given.command == "judge":
        judge(writers_of("calibrate"))
    elif given.command == "score":
        score(given.writers, open_models(given.folder or MODEL))
    else:
        left_out(given.writers, given.folder)


def writers_of(part: str) -> list[str]:
    """Return the writers that play a part, in order."""
    return sorted(writer for writer, plays in split().items() if plays == part)


def train(writers: Sequence[str], folder: Path) -> None:
    """Train the models on some writers."""
    began = time.monotonic()
    train_crfs(prepared(writers, hedged), folder)
    _say(f"trained on {', '.join(writers)} in {time.monotonic() - began:.0f} s")


def network(writers: Sequence[str], folder: Path, minutes: float) -> None:
    """Train the network on some writers."""
    from training.fit import fit_and_export

    found = prepared(writers, hedged)
    material = [sample for samples in found.values() for sample in samples]
    again = [sample for writer in shown_again() for sample in found[writer]]
    fit_and_export(material, sorted(figure_definitions()), folder, minutes * 60, _say, again)


def weigh(writers: Sequence[str], folder: Path) -> None:
    """Fit the weights of the models of a folder and leave them there."""
    samples = [sample for held in prepared(writers).values() for sample in held]
    weights = fitted(samples, open_models(folder))
    weights.save(folder / WEIGHTS)
    _say(f"weights {weights}")


def curve() -> None:
    """Print the learning curve, a line for each quarter of the training writers."""
    held_out = [sample for held in prepared(writers_of("calibrate")).values() for sample in held]
    for writers, numbers, f1 in learning_curve(prepared(writers_of("train")), held_out):
        _say(f"{writers:3} writers {numbers:6} numbers  F1 {f1:.3f}")


def judge(writers: Sequence[str]) -> None:
    """Fit the judge on some writers and say where its threshold lies, each writer left out in turn."""
    seen = verdicts(writers)
    found = left_out_probabilities(seen)
    standing = likeliest(seen, found)
    for agreement in ("all", "learned"):
        asked = [i for i in standing if seen[i].agreement == agreement]
        p, rights = found[asked], [seen[i].right for i in asked]
        _say(f"{agreement}: {len(asked)} of {len(standing)}, wrong {rights.count(False)}")
        for most_wrong in (0.001, 0.002, 0.003, 0.005, 0.01):
            least = threshold_for(p, rights, most_wrong)
            accepted = int((p >= (least if least is not None else 2)).sum())
            share = accepted / len(standing)
            _say(f"  at most {most_wrong:.1%} wrong: threshold {least}, sure {accepted} ({share:.1%} of all)")
    save(*judge_fitted(seen), FILE)


def score(writers: Sequence[str], using: Models) -> None:
    """Print the scores of the grammar alone and of the whole reader, by writer."""
    for writer in writers:
        grammar, whole = Score(), Score()
        for sample in of_writer(writer):
            reading = grammar_reading(sample.text)
            grammar.add(
                sample.name, sample.text, reading, [c for c, p in reading.primaries().items() if p.confidence >= 0.8]
            )
            document = sample.text.document
            read = with_verdicts(document, decided(document, reading, using))
            whole.add(sample.name, sample.text, read, [c for c, p in read.primaries().items() if p.sure])
        _say(f"{writer:7} grammar {grammar}")
        _say(f"{'':7} reader  {whole}")


def left_out(writers: Sequence[str], folder: Path | None) -> None:
    """Train on the training writers but some, and score those."""
    with tempfile.TemporaryDirectory() as scratch:
        place = folder or Path(scratch)
        train([w for w in writers_of("train") if w not in writers], place)
        score(writers, open_models(place))


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
