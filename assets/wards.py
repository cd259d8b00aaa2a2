"""What a ward sends: submission → report → figures, partitioned ward × round.

Belongs here: the three assets as one op, and the blocking check before the load.
Stays out: reading, rules, tables. Why one op: docs/architecture.md.

A run over many wards logs one materialisation a good ward; when others were bad it then fails and names them, so that
exactly those stay failed and are run again alone.
"""

# No `from __future__ import annotations` here: Dagster looks at the annotation of `context` itself.
from collections.abc import Iterator
from dataclasses import replace

import dagster as dg

from assets.house import House
from assets.keys import key_of
from assets.partitions import WARD_ROUNDS, WardRound, ward_rounds
from assets.reports import take_in_reports
from assets.verdict import Verdict
from cchc.messages import translator

_ = translator("dagster")

SUBMISSION, REPORT, FIGURES = (dg.AssetKey(name) for name in ("submission", "report", "figures"))
TRACEABLE = "figures_traceable"
STEPS = ("none", "submission", "report", "figures")
FORCE_TAG = "cchc/force"
"""A run with this tag set to true reads its reports again although nothing about them has changed."""

_SPECS = [
    dg.AssetSpec(SUBMISSION, description=_("The current version a ward sent for a round, and its archived original")),
    dg.AssetSpec(
        REPORT, deps=[SUBMISSION], description=_("The report as a Document: text in reading order, with places")
    ),
    dg.AssetSpec(
        FIGURES, deps=[REPORT], description=_("Figures with their sentences, and the findings on them, loaded")
    ),
]


@dg.multi_asset(
    name="take_in_ward_reports",
    specs=[spec.replace_attributes(skippable=True, group_name="wards", kinds={"python"}) for spec in _SPECS],
    check_specs=[
        dg.AssetCheckSpec(
            TRACEABLE,
            asset=FIGURES,
            blocking=True,
            partitions_def=WARD_ROUNDS,
            description=_(
                "Every figure's characters stand in the sentence it cites; otherwise the report is not loaded"
            ),
        )
    ],
    partitions_def=WARD_ROUNDS,
    backfill_policy=dg.BackfillPolicy.single_run(),
    can_subset=True,
    required_resource_keys={"house"},
)
def ward_reports(context: dg.AssetExecutionContext) -> Iterator[dg.AssetCheckResult]:
    """Read, check and load the reports of a run's partitions; fail at the end if any ward was bad.

    What may pass by itself (a locked warehouse, a reader process that died) asks Dagster to try the step again; a bad
    file never does.
    """
    house: House = context.resources.house
    if context.run.tags.get(FORCE_TAG) == "true":
        house = replace(house, force=True, read_ahead={})
    bad: list[Verdict] = []
    for verdict in take_in_reports(house, ward_rounds(context)):
        context.log.info("%s %s: %s %s", verdict.ward, verdict.round, verdict.outcome, verdict.message)
        _log(context, verdict, house.office)
        house.tell(verdict)
        if not verdict.good and verdict.reached != "none":
            bad.append(verdict)
    yield from ()
    if bad:
        raise _failure(bad)


def _failure(bad: list[Verdict]) -> dg.Failure | dg.RetryRequested:
    """Return what ends a run with bad wards."""
    named = "; ".join(f"{v.ward}: {v.outcome}" for v in bad)
    if all(v.retryable for v in bad):
        return dg.RetryRequested(max_retries=2, seconds_to_wait=2)
    return dg.Failure(
        description=f"{len(bad)} wards failed, the others are done: {named}",
        metadata={v.ward: dg.MetadataValue.text(f"{v.outcome}: {v.message}") for v in bad},
        allow_retries=False,
    )


def _log(context: dg.AssetExecutionContext, verdict: Verdict, office: str) -> None:
    """Log a materialisation for every step the ward reached, and the check once its figures were read."""
    partition = WardRound(verdict.ward, verdict.round).key
    done = STEPS.index(verdict.reached)
    keys = [key_of(name, office) for name in STEPS[1:]]
    for key in keys[:done]:
        if key in context.selected_asset_keys:
            context.log_event(dg.AssetMaterialization(key, partition=partition, metadata=_metadata(verdict)))
    if verdict.good or verdict.untraceable:
        context.log_event(
            dg.AssetCheckEvaluation(
                asset_key=keys[-1],
                check_name=TRACEABLE,
                passed=not verdict.untraceable,
                severity=dg.AssetCheckSeverity.ERROR,
                blocking=True,
                partition=partition,
                metadata={"untraceable": dg.MetadataValue.text(", ".join(verdict.untraceable) or "–")},
            )
        )


def _metadata(verdict: Verdict) -> dict[str, dg.MetadataValue]:
    return {
        "outcome": dg.MetadataValue.text(verdict.outcome),
        "sha256": dg.MetadataValue.text(verdict.sha256),
        "version": dg.MetadataValue.int(verdict.version),
        "figures": dg.MetadataValue.int(verdict.figures),
        "findings": dg.MetadataValue.int(verdict.findings),
        "findings that block a figure": dg.MetadataValue.int(verdict.errors),
        "share of numbers explained": dg.MetadataValue.float(verdict.explained_share),
        "changed the warehouse": dg.MetadataValue.bool(verdict.changed),
    }
