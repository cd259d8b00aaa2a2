"""A scorecard's file as models: which keys a card, a criterion, a measure and a band have, and what may stand there.

Belongs here: the one description of the file, from which loader and JSON schema come.
Stays out: single fields (`fields`), words for mistakes (`problems`), what does not fit together (`checks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import ConfigDict, Field, StrictBool, model_validator

from catalogue.indicators import indicators
from catalogue.scorecards.fields import (
    NOTHING,
    ROUNDS,
    Day,
    Number,
    Part,
    Quarterly,
    Rounds,
    Terms,
    Text,
    keys_of,
    told,
)
from catalogue.scorecards.model import Band, Measure, Term, ZeroPolicy
from cchc.messages import translator

_ = translator("scoring")

MAX_DECIMALS = 4
MAX_TOTAL = 10_000
"""With these two every total, however weighted, is a whole number of 64 bits (`scoring.robustness`)."""
FORMER = ("when_missing", "when_undecided")


class Title(Part):
    """What something is called, in both languages."""

    vi: Text
    en: Text


class GradeLine(Part):
    """A class of totals, from a total up."""

    name: Text
    from_total: Number = Field(alias="from")
    each_group: Number = Field(default=Decimal(0), ge=0, le=100)


class BandLine(Part):
    """A stretch of values; "from" and "up_to" belong to it, "over" and "below" do not."""

    points: Number
    at_or_over: Number | None = Field(default=None, alias="from")
    over: Number | None = None
    below: Number | None = None
    up_to: Number | None = None

    @model_validator(mode="after")
    def _one_bound_a_side(self) -> BandLine:
        for one, other in (("from", "over"), ("below", "up_to")):
            given = (self.at_or_over, self.over) if one == "from" else (self.below, self.up_to)
            if None not in given:
                text = _("'{one}' and '{other}' cannot both bound a band; keep one")
                raise told(text.format(one=one, other=other))
        return self

    @property
    def band(self) -> Band:
        """Return the band as scoring reads it."""
        low = self.over if self.at_or_over is None else self.at_or_over
        high = self.below if self.up_to is None else self.up_to
        return Band(self.points, low, high, self.at_or_over is not None, self.up_to is not None)


class MeasureLine(Part):
    """One line of what is measured: an indicator, a sum over a sum, a printed percentage, or a value."""

    _SHAPES: ClassVar = (("indicator",), ("sum", "over"), ("printed",), ("value",))

    indicator: Text | None = None
    sum: Terms = ()
    over: Terms = ()
    printed: Terms = ()
    value: Terms = ()
    rounds: Rounds = ROUNDS

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [{"required": list(shape)} for shape in _SHAPES],
            "dependentRequired": {"over": ["sum"]},
        }
    )

    @model_validator(mode="after")
    def _one_shape(self) -> MeasureLine:
        if tuple(k for k in ("indicator", "sum", "over", "printed", "value") if getattr(self, k)) not in self._SHAPES:
            raise told(_("a measure is 'indicator', or 'sum' with 'over', or 'printed', or 'value'; write exactly one"))
        if self.indicator and self.indicator not in indicators():
            text = _("indicator '{code}' is not in indicators.yaml; define it there")
            raise told(text.format(code=self.indicator), "indicator")
        return self

    @property
    def measures(self) -> Iterator[Measure]:
        """Yield the ways to measure: an indicator is all the ways its definition allows, in its order."""
        if not self.indicator:
            yield Measure(self.sum or self.printed or self.value, self.over, bool(self.printed), self.rounds)
            return
        known = indicators()[self.indicator]
        for numerator, denominator in product(known.numerator, known.denominator):
            above, below = (tuple(Term(figure) for figure in side) for side in (numerator, denominator))
            yield Measure(above, below, rounds=self.rounds, indicator=self.indicator)


BandLines = Annotated[tuple[BandLine, ...], Field(min_length=1)]


class CriterionEntry(Part):
    """What every criterion has, whatever its kind."""

    title: Title
    group: Text = ""
    points: Number = Field(gt=0)
    note: Text = ""


class Measured(CriterionEntry):
    """What every criterion has that figures decide."""

    measure: Annotated[tuple[MeasureLine, ...], Field(min_length=1)]
    share: StrictBool = False
    when_zero: ZeroPolicy | None = None

    @model_validator(mode="after")
    def _says_when_zero(self) -> Measured:
        if self.when_zero is None and any(line.indicator or line.over for line in self.measure):
            text = _("'{key}' must be one of: {options}; found: {found}")
            raise told(text.format(key="when_zero", options=", ".join(get_args(ZeroPolicy)), found=None))
        return self


class Proportional(Measured):
    """More is better: no points at the floor, all at the target, in proportion between."""

    kind: Literal["proportional"]
    target: Quarterly
    floor: Quarterly = NOTHING


class Banded(Measured):
    """Points by bands of the value."""

    kind: Literal["bands"]
    bands: BandLines


class Inverse(Measured):
    """Less is better."""

    kind: Literal["inverse"]
    full_at: Quarterly
    zero_at: Quarterly


class YesNo(Measured):
    """All points or none, by one bound."""

    kind: Literal["yes_no"]
    at_least: Number | None = None
    at_most: Number | None = None

    model_config = ConfigDict(json_schema_extra={"oneOf": [{"required": ["at_least"]}, {"required": ["at_most"]}]})

    @model_validator(mode="after")
    def _one_bound(self) -> YesNo:
        if (self.at_least is None) == (self.at_most is None):
            raise told(_("a yes/no criterion needs either 'at_least' or 'at_most'; write one of the two"))
        return self


class Timeliness(CriterionEntry):
    """Days late, in proportion or by bands; `counted_from` and `trusted_days` as in `model.Arrival`."""

    kind: Literal["timeliness"]
    full_at: Quarterly | None = None
    zero_at: Quarterly | None = None
    bands: BandLines | None = None
    counted_from: Literal["arrival", "report_date"] = "arrival"
    trusted_days: int = Field(default=60, strict=True)

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["bands"]}, {"required": ["full_at", "zero_at"]}]}
    )

    @model_validator(mode="after")
    def _one_way(self) -> Timeliness:
        for key in ("full_at", "zero_at"):
            if self.bands is None and getattr(self, key) is None:
                raise told(_("'{key}' is missing; write it").format(key=key))
        return self


class ByHand(CriterionEntry):
    """Points given by people."""

    kind: Literal["manual"]


CriterionFile = Proportional | Banded | Inverse | YesNo | Timeliness | ByHand
KINDS: dict[str, type[CriterionEntry]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model for model in get_args(CriterionFile)
}


class CardFile(Part):
    """Shape of a scorecard; what must also hold between fields `cchc scorecard check` says (docs/scoring.md)."""

    name: Text
    version: Text
    title: Title
    source: Text
    valid_from: Day
    valid_to: Day | None = None
    total: Number = Field(gt=0, le=MAX_TOTAL)
    decimals: int = Field(default=2, strict=True, ge=0, le=MAX_DECIMALS)
    grades: Annotated[tuple[GradeLine, ...], Field(min_length=1)]
    criteria: dict[str, Annotated[CriterionFile, Field(discriminator="kind")]] = Field(min_length=1)
    note: Text = ""
    sample: StrictBool = False


_PARTS: dict[str, type[Part]] = {"title": Title, "grades": GradeLine, "measure": MeasureLine, "bands": BandLine}


def keys_beside(place: tuple[int | str, ...]) -> list[str]:
    """Return the keys that may stand where a key of the file stands, given the way to it as the models see it."""
    kind_of_criterion = len(place) == 4 and place[0] == "criteria"
    holder = next((key for key in reversed(place[:-1]) if isinstance(key, str)), None)
    model = CardFile if holder is None else KINDS[holder] if kind_of_criterion else _PARTS[holder]
    return keys_of(model)
