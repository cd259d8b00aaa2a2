"""Training of the sequence models on a few passages by three hands."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.learned.decide import decided
from parsers.learned.reader import open_models
from training import sequences
from training.examples import example_of
from training.marked import passages
from training.material import Sample
from training.prepared import Prepared, grammar_reading, prepare
from training.scores import Score
from training.sequences import folds, train_crfs

HANDS = {
    "w1": "Xã tiếp nhận [[dossiers_received|{a}]] hồ sơ, đã trả [[dossiers_resolved|{b}]] hồ sơ, họp 3 lần.",
    "w2": "Tiếp nhận được [[dossiers_received|{a}]] bộ hồ sơ; đã trả [[dossiers_resolved|{b}]] bộ; có 5 tổ.",
    "w3": "Quý này nhận [[dossiers_received|{a}]] hồ sơ, đã trả xong [[dossiers_resolved|{b}]] hồ sơ, họp 2 lần.",
}


def _of(writer: str, a: int) -> Prepared:
    source = f"@ kind=xa round=2024-Q3\n# Hồ sơ\n{HANDS[writer].format(a=a, b=a - 7)}"
    (text,) = passages(source)
    return prepare(example_of(Sample(writer, f"{writer}-{a}", "passage", text)))


@pytest.fixture
def material() -> dict[str, list[Prepared]]:
    return {writer: [_of(writer, a) for a in range(200, 260, 10)] for writer in HANDS}


def test_folds_keep_writers_whole(material: dict[str, list[Prepared]]) -> None:
    """Every writer is in exactly one fold."""
    assert sorted(w for fold in folds(material) for w in fold) == sorted(material)


def test_what_was_trained_reads(
    material: dict[str, list[Prepared]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Models made from a few passages read another one of the same hands, and leave the other number alone."""
    monkeypatch.setattr(sequences, "PENALTIES", {"c1": 0.0, "c2": 0.1, "feature.minfreq": 1})

    train_crfs(material, tmp_path)

    (text,) = passages(f"@ kind=xa round=2024-Q3\n# Hồ sơ\n{HANDS['w1'].format(a=731, b=702)}")
    score = Score()
    score.add("new", text, decided(text.document, grammar_reading(text), open_models(tmp_path)), ())
    assert score.counts == {"right": 2, "spurious": 0}
