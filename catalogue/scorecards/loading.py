"""A scorecard's file as frozen values.

Belongs here: from a card's YAML to the values that scoring reads, or to every mistake in it.
Stays out: what may stand in the file (`file`), what makes the whole wrong (`checks`).
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from catalogue.scorecards.checks import check_card, check_criterion
from catalogue.scorecards.fields import NOTHING
from catalogue.scorecards.file import (
    Banded,
    BandLine,
    ByHand,
    CardFile,
    CriterionFile,
    Inverse,
    Measured,
    Proportional,
    Timeliness,
    YesNo,
)
from catalogue.scorecards.model import (
    Arrival,
    Band,
    Bands,
    Criterion,
    Grade,
    Linear,
    Manual,
    Rule,
    Scorecard,
    Threshold,
)
from catalogue.scorecards.problems import Place, Problems
from catalogue.source import load_yaml
from cchc.errors import CatalogueError


def read_scorecard(path: Path) -> Scorecard:
    """Return the card a file holds.

    Raises:
        CatalogueError: the card is wrong; the message lists every mistake with file, line and remedy. What does not
            fit together is looked for once every field can be read.
    """
    problems = Problems(path)
    try:
        card = _card(CardFile.model_validate(load_yaml(path)))
    except ValidationError as error:
        problems.add_refused(error)
        raise CatalogueError(str(problems)) from error
    check_card(card, problems)
    for criterion in card.criteria:
        check_criterion(criterion, Place(problems, ("criteria", criterion.code)), card.decimals)
    if problems.found:
        raise CatalogueError(str(problems))
    return card


def _card(written: CardFile) -> Scorecard:
    return Scorecard(
        name=written.name,
        version=written.version,
        title_vi=written.title.vi,
        title_en=written.title.en,
        source=written.source,
        valid_from=written.valid_from,
        valid_to=written.valid_to,
        total=written.total,
        decimals=written.decimals,
        grades=tuple(Grade(line.name, line.from_total, line.each_group) for line in written.grades),
        criteria=tuple(_criterion(code, entry) for code, entry in written.criteria.items()),
        note=written.note,
        sample=written.sample,
    )


def _rule(written: CriterionFile) -> Rule:
    match written:
        case Proportional():
            return Linear(zero_at=written.floor, full_at=written.target)
        case Banded() | Timeliness(bands=(_, *_)):
            return _in_order(written.bands or ())
        case Inverse() | Timeliness():
            return Linear(zero_at=written.zero_at or NOTHING, full_at=written.full_at or NOTHING)
        case YesNo(at_least=None):
            return Threshold(written.at_most or Decimal(0), at_least=False)
        case YesNo():
            return Threshold(written.at_least or Decimal(0))
        case ByHand():
            return Manual()


def _criterion(code: str, written: CriterionFile) -> Criterion:
    measured = written if isinstance(written, Measured) else None
    timely = written if isinstance(written, Timeliness) else None
    return Criterion(
        code=code,
        kind=written.kind,
        title_vi=written.title.vi,
        title_en=written.title.en,
        group=written.group,
        points=written.points,
        rule=_rule(written),
        when_zero=(measured and measured.when_zero) or "ask",
        measures=tuple(way for line in measured.measure for way in line.measures) if measured else (),
        share=measured.share if measured else False,
        arrival=Arrival(timely.counted_from, timely.trusted_days) if timely else None,
        note=written.note,
    )


def _in_order(lines: tuple[BandLine, ...]) -> Bands:
    """Return bands from the lowest up, however they are written."""

    def place(band: Band) -> tuple[Decimal, bool, Decimal]:
        low = Decimal("-Infinity") if band.low is None else band.low
        return low, not band.low_in, Decimal("Infinity") if band.high is None else band.high

    return Bands(tuple(sorted((line.band for line in lines), key=place)))
