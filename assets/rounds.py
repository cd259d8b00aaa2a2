"""What the district makes of a round: quality → rollup → scores → ranking → publications, partitioned by round.

Belongs here: one asset a step, each a call and its metadata, and the round's quality as asset checks.
Stays out: rules, sums, points, layout.
"""

# No `from __future__ import annotations` here: Dagster looks at the annotation of `context` itself.
from collections.abc import Iterator

import dagster as dg

from assets.builds import MADE_FROM, fingerprint, note_built
from assets.house import House
from assets.keys import key_of
from assets.partitions import ROUNDS
from assets.quality import BLOCKING, NOTED, Quality, examine
from catalogue.rounds import parse_round
from catalogue.scorecards import Scorecard, scorecard_for
from cchc.messages import translator
from publications import publish_round
from warehouse.blind_sample import draw_once
from warehouse.scores.store import compute_ranking, compute_rollup, compute_scores

_ = translator("dagster")

QUALITY, TOTALS = "round_quality", "district_rollup"
_WARDS_OF_THE_ROUND = dg.MultiToSingleDimensionPartitionMapping(partition_dimension_name="round")


def _card(house: House, label: str) -> Scorecard:
    """Return the scorecard in force for a round: the one set for it, else the office's, in the version of its day."""
    return scorecard_for(parse_round(label), house.scorecard)


_DESCRIPTIONS = {
    TOTALS: _("The totals of the round with the wards each covers; a ratio is sum over sum"),
    "ward_scores": _("Each ward's points by the round's scorecard"),
    "ward_ranking": _("The wards in their places, with the range of places each can have"),
    "publications": _("The papers of the round as drafts; publishing them is an act of a named person"),
}


def _follows(name: str, after: str) -> dg.AssetSpec:
    return dg.AssetSpec(
        name,
        deps=[after],
        description=_DESCRIPTIONS[name],
        partitions_def=ROUNDS,
        group_name="round",
        kinds={"python"},
    )


@dg.multi_asset(
    name=QUALITY,
    specs=[
        dg.AssetSpec(
            QUALITY,
            deps=[dg.AssetDep("figures", partition_mapping=_WARDS_OF_THE_ROUND)],
            description=_("Rules across the wards of the round, and Great Expectations over what is asked of it"),
            group_name="round",
            kinds={"python", "greatexpectations"},
        )
    ],
    check_specs=[
        dg.AssetCheckSpec(
            BLOCKING,
            asset=QUALITY,
            blocking=True,
            partitions_def=ROUNDS,
            description=_("No figure that may not enter the rollup counts as entered"),
        ),
        dg.AssetCheckSpec(
            NOTED,
            asset=QUALITY,
            partitions_def=ROUNDS,
            description=_("What the office should look at before it publishes"),
        ),
    ],
    partitions_def=ROUNDS,
    required_resource_keys={"house"},
)
def round_quality(context: dg.AssetExecutionContext) -> Iterator[dg.MaterializeResult[None] | dg.AssetCheckResult]:
    """Look at all wards of a round together and keep what is found."""
    house: House = context.resources.house
    quality = examine(house, context.partition_key)
    key = key_of(QUALITY, house.office)
    yield dg.MaterializeResult(asset_key=key, metadata=_quality_metadata(quality))
    yield _check(key, BLOCKING, quality.entered_in_error, dg.AssetCheckSeverity.ERROR)
    yield _check(key, NOTED, quality.to_look_at, dg.AssetCheckSeverity.WARN)


def _check(
    key: dg.AssetKey, name: str, complaints: tuple[str, ...], severity: dg.AssetCheckSeverity
) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        asset_key=key,
        check_name=name,
        passed=not complaints,
        severity=severity,
        metadata={"found": dg.MetadataValue.md("\n".join(f"- {c}" for c in complaints) or "–")},
    )


def _quality_metadata(quality: Quality) -> dict[str, dg.MetadataValue]:
    return {
        "reports": dg.MetadataValue.int(quality.reports),
        "expectations": dg.MetadataValue.int(quality.expectations),
        "findings by rule": dg.MetadataValue.json(dict(quality.firings)),
        "data docs": dg.MetadataValue.path(str(quality.data_docs)) if quality.data_docs else dg.MetadataValue.null(),
    }


@dg.multi_asset(
    name=TOTALS,
    specs=[_follows(TOTALS, QUALITY)],
    required_resource_keys={"house"},
)
def district_rollup(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    """Total the round for the district: counts summed, ratios as sum over sum, with the wards they cover."""
    house: House = context.resources.house
    made_from = fingerprint(house, context.partition_key)
    rows = compute_rollup(house.engine, context.partition_key, house.now())
    expected = max((row.expected for row in rows), default=0)
    covered = max((row.covered for row in rows), default=0)
    return dg.MaterializeResult(
        metadata={
            "totals": len(rows),
            "wards covered": covered,
            "wards expected": expected,
            MADE_FROM: dg.MetadataValue.text(made_from),
        }
    )


@dg.multi_asset(
    name="ward_scores",
    specs=[_follows("ward_scores", TOTALS)],
    required_resource_keys={"house"},
)
def ward_scores(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    """Give every ward its points by the round's scorecard."""
    house: House = context.resources.house
    scores = compute_scores(house.engine, context.partition_key, _card(house, context.partition_key), house.now())
    return dg.MaterializeResult(metadata={"wards": len(scores), "scorecard": house.scorecard})


@dg.multi_asset(
    name="ward_ranking",
    specs=[_follows("ward_ranking", "ward_scores")],
    required_resource_keys={"house"},
)
def ward_ranking(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    """Put the wards in their places; those without data are listed with the reason."""
    house: House = context.resources.house
    ranking = compute_ranking(house.engine, context.partition_key, _card(house, context.partition_key), house.now())
    table = "\n".join(f"| {row.rank or '–'} | {row.name} | {row.total} |" for row in ranking.rows)
    return dg.MaterializeResult(
        metadata={
            "ranked": sum(row.rank is not None for row in ranking.rows),
            "unranked": sum(row.rank is None for row in ranking.rows),
            "places": dg.MetadataValue.md("| hạng | đơn vị | điểm |\n|---|---|---|\n" + table),
        }
    )


@dg.multi_asset(
    name="publications",
    specs=[_follows("publications", "ward_ranking")],
    required_resource_keys={"house"},
)
def publications(context: dg.AssetExecutionContext) -> dg.MaterializeResult[None]:
    """Write the round's papers as drafts; publishing them is a named person's act.

    What counted unseen is drawn for blind checks once the round is whole.
    """
    house: House = context.resources.house
    label = context.partition_key
    folder = house.outputs / label
    card = _card(house, label).name
    with house.shared(label):
        paths = publish_round(house.engine, label, folder, house.now(), draft=True, scorecard=card)
    draw_once(house.engine, parse_round(label), house.now())
    note_built(house, context.instance, key_of(TOTALS, house.office), label, context.run_id)
    return dg.MaterializeResult(
        metadata={"folder": dg.MetadataValue.path(str(folder)), "papers": ", ".join(p.name for p in paths)}
    )
