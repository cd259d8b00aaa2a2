"""Great Expectations over a round: one batch, a row for each thing asked of a ward.

Belongs here: running the suite, telling a failed expectation from one that could not be evaluated, results
as findings with ward and figure. The library is imported inside the call and nowhere else: that alone takes seconds.
Stays out: what is asked (`claims`), which expectations there are (`suites`), pages to read (`datadocs`), storing
findings, Dagster.
"""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from catalogue.rules import RuleBook, rule_book
from cchc.messages import translator
from validation.expectations.claims import CHECK, KEY, SUBJECT, WARD, Claim, Values, claim_frame, claims
from validation.expectations.datadocs import write_docs
from validation.expectations.deferred import deferring
from validation.expectations.suites import OF_CLAIMS, expectations
from validation.finding import Finding
from validation.phrases import amount, both, figure_name, figure_names

if TYPE_CHECKING:
    import pandas as pd

_ = translator("validation")

UNUSED = ("altair", "scipy.stats")
"""What the library imports for an expectation we do not use: half of the seconds its import takes."""


@dataclass(frozen=True)
class RoundQuality:
    """What Great Expectations said of a round.

    `claims` counts the things asked of all wards, `expectations` what they were asked through, `failed` those of these
    that do not hold. `findings` name ward and figure; `general` are complaints about the table itself (no rows, a ward
    twice); `errored` names expectations that could not be evaluated, which says nothing about the data. `data_docs` is
    the page to open, None where none was asked for.
    """

    claims: int
    expectations: int
    failed: int
    findings: tuple[Finding, ...] = ()
    general: tuple[str, ...] = ()
    errored: tuple[str, ...] = ()
    data_docs: Path | None = None


def check_round(
    rows: Mapping[str, Values], round_label: str, *, docs: Path | None = None, book: RuleBook | None = None
) -> RoundQuality:
    """Return the quality of a round given as ward → figure → value; Data Docs are written under `docs`."""
    rules = book or rule_book()
    asked = claims(rows, rules)
    result, page = _validate(claim_frame(asked), round_label, docs)
    broken: set[tuple[str, str, str]] = set()
    general: list[str] = []
    errored: list[str] = []
    for outcome in result.results:
        if _raised(outcome):
            errored.append(_name(outcome))
        elif not outcome.success and outcome.expectation_config.meta[OF_CLAIMS]:
            broken |= _places(outcome)
        elif not outcome.success:
            general.append(_name(outcome))
    findings = [_finding(claim, round_label, rows[claim.ward], rules) for claim in asked if claim.key in broken]
    failed = sum(not outcome.success and not _raised(outcome) for outcome in result.results)
    return RoundQuality(len(asked), len(result.results), failed, tuple(findings), tuple(general), tuple(errored), page)


def novel(found: Iterable[Finding], known: Iterable[Finding]) -> list[Finding]:
    """Return the findings that say more than those known: no known one of the ward and rule shares a figure."""
    told = {(k.ward, k.round, k.rule, figure) for k in known for figure in k.figures}
    return [f for f in found if not any((f.ward, f.round, f.rule, figure) in told for figure in f.figures)]


def import_library() -> None:
    """Import Great Expectations without what we never use of it; it takes seconds the first time."""
    with warnings.catch_warnings(), deferring(*UNUSED):
        warnings.simplefilter("ignore")
        importlib.import_module("great_expectations.expectations")


def _validate(frame: pd.DataFrame, round_label: str, docs: Path | None) -> tuple[Any, Path | None]:
    """Run the suite over the frame, and write Data Docs where a folder is given."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import_library()
        import great_expectations as gx
        import great_expectations.expectations as gxe
        from great_expectations.data_context.types.base import (
            DataContextConfig,
            InMemoryStoreBackendDefaults,
            ProgressBarsConfig,
        )

        config = DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            progress_bars=ProgressBarsConfig(globally=False),
            analytics_enabled=False,
        )
        context = gx.get_context(project_config=config, mode="ephemeral")
        asset = context.data_sources.add_pandas("warehouse").add_dataframe_asset("claims")
        batch = asset.add_batch_definition_whole_dataframe(round_label)
        suite = context.suites.add(gx.ExpectationSuite(name=round_label, expectations=expectations(gxe)))
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(name=round_label, data=batch, suite=suite)
        )
        result = definition.run(
            batch_parameters={"dataframe": frame},
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": list(KEY)},
        )
        return result, write_docs(context, docs) if docs is not None else None


def _raised(outcome: Any) -> bool:
    """Return whether an expectation could not be evaluated; its exceptions stand flat or by metric."""
    info = outcome.exception_info or {}
    if "raised_exception" in info:
        return bool(info["raised_exception"])
    return any(entry.get("raised_exception") for entry in info.values() if isinstance(entry, dict))


def _name(outcome: Any) -> str:
    config = outcome.expectation_config
    column = config.kwargs.get("column") or config.kwargs.get("column_B") or ""
    return re.sub(r"^expect_", "", f"{config.type} {column}".strip())


def _places(outcome: Any) -> set[tuple[str, str, str]]:
    """Return the keys of the claims that an expectation does not hold for."""
    places = outcome.result.get("unexpected_index_list") or []
    return {(str(place[WARD]), str(place[CHECK]), str(place[SUBJECT])) for place in places}


def _finding(claim: Claim, round_label: str, values: Values, book: RuleBook) -> Finding:
    rule, figures = claim.rule, claim.figures
    known = {figure: value for figure in figures if (value := values.get(figure)) is not None}
    vietnamese, english = both(lambda: _text(rule, figures, known))
    return Finding(
        rule=rule,
        severity=book.rules[rule].severity,
        ward=claim.ward,
        round=round_label,
        figures=figures,
        printed=" · ".join(str(value) for value in known.values()),
        expected="",
        message_vi=vietnamese,
        message_en=english,
    )


def _text(rule: str, figures: tuple[str, ...], known: Mapping[str, Decimal]) -> str:
    if rule == "missing_figure":
        text = _("No value of {figures} counts for this ward: it is not printed, or waits for a person.")
        return text.format(figures=figure_names(figures))
    if rule == "sum_mismatch":
        text = _("In the warehouse these do not add up: {values}.")
    elif len(known) > 1 and not any(value % 1 for value in known.values()):
        text = _("In the warehouse a part is larger than its whole: {values}.")
    else:
        text = _("In the warehouse a value stands that cannot be: {values}.")
    return text.format(values="; ".join(f"{figure_name(f)} {amount(f, v)}" for f, v in known.items()))
