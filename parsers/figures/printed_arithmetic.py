"""What the other printed figures of a report say for a value or against it.

Belongs here: the relations of the catalogue, tried on the primary printings: which figures
they support, which they contradict.
Stays out: doubts in the sentence itself (`doubts`), findings for people (`validation`). No value is ever changed here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.relations import Ratio, Way, relations
from parsers.reading import Printing


@dataclass
class Evidence:
    """Figures that printed arithmetic supports (`wholes` those as a total), and those it speaks against."""

    supported: set[str] = field(default_factory=set)
    wholes: set[str] = field(default_factory=set)
    against: set[str] = field(default_factory=set)


def weigh_evidence(
    primaries: Mapping[str, Printing], sureness: Mapping[str, float], others: Mapping[str, Decimal] | None = None
) -> Evidence:
    """Return what the arithmetic of a report's primary printings says of each.

    Where something does not come out, the member that was named least surely has the evidence against it, and with it
    every member as weakly named; a supported member is left alone where another is not. A sum of one part, or a share
    of 100 %, says only that a number stands there twice, and supports nothing. `others` are named things that are no
    figures but parts of one.
    """
    values = {code: p.value for code, p in primaries.items()}
    evidence, broken = Evidence(), list[tuple[str, ...]]()
    for total, members, holds in _sums(values):
        filled = {m for m in members if values[m]}
        if holds and len(filled) > 1:
            evidence.supported |= {total, *filled}
            evidence.wholes.add(total)
        elif not holds:
            broken.append((total, *members))
    for share, count, base, holds in _shares(primaries):
        if holds and values[count] != values[base]:
            evidence.supported |= {share, count, *(() if _is_guess(share, base, primaries) else (base,))}
        elif not holds:
            broken.append((share, count, base))
    broken += [(part, whole) for part, whole in _exceeding(values)]
    for members in broken:
        evidence.against |= _weakest(members, evidence.supported, sureness)
    evidence.against |= _exceeded_by(others or {}, values)
    for narrower in _narrower(values):
        evidence.supported.discard(narrower)
        evidence.wholes.discard(narrower)
        evidence.against.add(narrower)
    return evidence


def _is_guess(share: str, base: str, primaries: Mapping[str, Printing]) -> bool:
    """Return whether a total that gives a percentage is neither named nor usual where many totals are meant."""
    ratio = relations().shares[share]
    return ratio.open_total and primaries[share].base != base != ratio.over[0]


def _exceeded_by(others: Mapping[str, Decimal], values: Mapping[str, Decimal]) -> set[str]:
    """Return the wholes that are smaller than a named thing which is a part of them."""
    pairs = ((part, whole) for part in others for whole in relations().wholes.get(part, ()))
    return {whole for part, whole in pairs if whole in values and others[part] > values[whole]}


def _narrower(values: Mapping[str, Decimal]) -> Iterator[str]:
    """Yield totals that are a narrower figure: received without what was carried over, by what became of it."""
    for identity in relations().sums.values():
        for way in identity.ways:
            if way.read_as is None or way.read_as in values:
                continue
            total, *added = (*way.total, *way.plus)
            if not all(code in values for code in (total, *added, *way.parts)) or not any(values[c] for c in added):
                continue
            parts = sum((values[p] for p in way.parts), Decimal(0))
            gone = sum((values[p] for p in way.optional if p in values), Decimal(0))
            if sum((values[c] for c in (total, *added)), Decimal(0)) in (parts, parts + gone):
                yield total


def _weakest(members: tuple[str, ...], supported: set[str], sureness: Mapping[str, float]) -> set[str]:
    """Return the members named least surely, those left out that something else supports."""
    open_ones = [m for m in members if m not in supported] or list(members)
    least = min(sureness[m] for m in open_ones)
    return {m for m in open_ones if sureness[m] <= least}


def _sums(values: Mapping[str, Decimal]) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield every total with printed parts that tell something, and whether they add up.

    A total that some way of its identity gives is not held against another way.
    """
    for identity in relations().sums.values():
        plain = [way for way in identity.ways if way.plain]
        for total in dict.fromkeys(total for way in plain for total in way.total if values.get(total)):
            tried = [_tried(values, total, way) for way in plain if total in way.total]
            told = [trial for trial in tried if trial is not None]
            held = [(total, parts, True) for parts, holds in told if holds]
            yield from held or [(total, parts, False) for parts, _holds in told]


def _tried(values: Mapping[str, Decimal], total: str, way: Way) -> tuple[tuple[str, ...], bool] | None:
    """Return the printed parts of a total and whether they make it, None where too little is printed to tell."""
    if not all(part in values for part in way.needed):
        return None
    further = (*way.silent, *way.optional)
    parts = (*way.needed, *(part for part in further if part in values))
    sums = [sum((values[p] for p in some), Decimal(0)) for some in (parts, way.needed)]
    if values[total] == sums[1] != sums[0]:
        return way.needed, True
    holds = values[total] in sums
    telling = holds or values[total] < max(sums) or all(part in values for part in further)
    return (parts, holds) if telling else None


def _shares(primaries: Mapping[str, Printing]) -> Iterator[tuple[str, str, str, bool]]:
    """Yield every printed percentage whose count and a base are printed, and whether the two numbers give it."""
    for ratio in relations().ratios:
        share = ratio.figure
        for count in ratio.counts if share in primaries else ():
            if count not in primaries or not primaries[count].value:
                continue
            named = primaries[share].base
            totals = (named,) if named else ratio.common
            known = [base for base in totals if base in primaries and primaries[base].value]
            right = next((b for b in known if _gives(primaries[count], primaries[b], primaries[share])), None)
            if right is not None:
                yield share, count, right, True
            elif known and not (ratio.open_total and not named) and not _has_twin(ratio, count, primaries):
                yield share, count, known[0], False


def gives_a_share(count: Printing, printings: Iterable[Printing]) -> bool:
    """Return whether a printed count or amount, over a printed total of it, gives a printed percentage of it."""
    found: dict[str, list[Printing]] = defaultdict(list)
    for printing in printings:
        found[printing.figure].append(printing)
    return any(
        _gives(count, base, share)
        for ratio in relations().ratios
        if count.figure in ratio.counts
        for share in found[ratio.figure]
        for total in ratio.common
        for base in found[total]
        if base.value
    )


def _has_twin(ratio: Ratio, count: str, primaries: Mapping[str, Printing]) -> bool:
    """Return whether a percentage may be of another printed count: of the sum since January, or of the period's."""
    return any(other != count and other in primaries for other in ratio.counts)


def _gives(count: Printing, base: Printing, share: Printing) -> bool:
    """Return whether two numbers give a percentage to its last printed digit, rounded or cut off."""
    given = 100 * count.value / base.value
    money = figure_definitions()[count.figure].unit == "vnd"
    blur = given * count.quantum / max(count.value, Decimal(1)) if money else 0
    return abs(given - share.value) <= share.quantum + blur


def _exceeding(values: Mapping[str, Decimal]) -> Iterator[tuple[str, str]]:
    """Yield every part that is larger than a figure it is a part of."""
    for part, wholes in relations().wholes.items():
        for whole in wholes:
            if part in values and whole in values and values[part] > values[whole]:
                yield part, whole
