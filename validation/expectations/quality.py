"""Great Expectations over a round: one batch, a row a ward, a column a figure.

Belongs here: running the generated suite, telling a failed expectation from one that could not be evaluated, results
as findings with ward and figure. The library is imported inside the call and nowhere else: that alone takes seconds.
Stays out: which expectations there are (`suites`), pages to read (`datadocs`), storing findings, Dagster.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from catalogue.rules import RuleBook, rule_book
from cchc.messages import translator
from validation.expectations.datadocs import write_docs
from validation.expectations.deferred import deferring
from validation.expectations.suites import expectations
from validation.expectations.wide import BROKEN_COUNTS, WARD, Values, fractional, gap_figures, wide_frame
from validation.finding import Finding
from validation.phrases import amount, both, figure_name, figure_names

_ = translator("validation")

UNUSED = ("altair", "scipy.stats")
"""What the library imports for an expectation we do not use: half of the seconds its import takes."""


@dataclass(frozen=True)
class RoundQuality:
    """What Great Expectations said of a round.

    `findings` name ward and figure; `general` are complaints about the table itself (no rows, a ward twice);
    `errored` names expectations that could not be evaluated, which says nothing about the data. `data_docs` is the
    page to open, None where none was asked for.
    """

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
    frame = wide_frame(rows, rules)
    result, page = _validate(frame, round_label, rules, docs)
    findings: list[Finding] = []
    general: list[str] = []
    errored: list[str] = []
    for outcome in result.results:
        name = _name(outcome)
        if _raised(outcome):
            errored.append(name)
        elif not outcome.success and outcome.expectation_config.meta["rule"]:
            findings += _findings(outcome, rows, round_label, rules)
        elif not outcome.success:
            general.append(name)
    failed = sum(not outcome.success and not _raised(outcome) for outcome in result.results)
    return RoundQuality(len(result.results), failed, tuple(findings), tuple(general), tuple(errored), page)


def novel(found: Iterable[Finding], known: Iterable[Finding]) -> list[Finding]:
    """Return the findings that say more than those known: no known one of the ward and rule shares a figure."""
    told = {(k.ward, k.round, k.rule, figure) for k in known for figure in k.figures}
    return [f for f in found if not any((f.ward, f.round, f.rule, figure) in told for figure in f.figures)]


def _validate(frame: pd.DataFrame, round_label: str, book: RuleBook, docs: Path | None) -> tuple[Any, Path | None]:
    """Run the suite over the frame, and write Data Docs where a folder is given."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with deferring(*UNUSED):
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
        asset = context.data_sources.add_pandas("warehouse").add_dataframe_asset("wide")
        batch = asset.add_batch_definition_whole_dataframe(round_label)
        suite = context.suites.add(gx.ExpectationSuite(name=round_label, expectations=expectations(gxe, frame, book)))
        definition = context.validation_definitions.add(
            gx.ValidationDefinition(name=round_label, data=batch, suite=suite)
        )
        result = definition.run(
            batch_parameters={"dataframe": frame},
            result_format={"result_format": "COMPLETE", "unexpected_index_column_names": [WARD]},
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


def _findings(outcome: Any, rows: Mapping[str, Values], round_label: str, book: RuleBook) -> Iterator[Finding]:
    """Return a finding for every ward that an expectation does not hold for."""
    note = outcome.expectation_config.meta
    for place in outcome.result.get("unexpected_index_list") or []:
        ward = str(place[WARD])
        figures = _figures(note, rows[ward], book)
        if figures:
            yield _finding(note["rule"], ward, round_label, figures, rows[ward], book)


def _figures(note: Mapping[str, Any], values: Values, book: RuleBook) -> tuple[str, ...]:
    """Return the figures that an expectation binds in one ward: of a part, those wholes that the ward prints."""
    if note["check"] == BROKEN_COUNTS:
        return fractional(values)
    if note["check"]:
        identity = next(i for i in book.identities if i.name == note["check"])
        return gap_figures(identity, values)
    first, *others = note["figures"]
    return (first, *(figure for figure in others if values.get(figure) is not None))


def _finding(
    rule: str, ward: str, round_label: str, figures: tuple[str, ...], values: Values, book: RuleBook
) -> Finding:
    known = {figure: value for figure in figures if (value := values.get(figure)) is not None}
    vietnamese, english = both(lambda: _text(rule, figures, known))
    return Finding(
        rule=rule,
        severity=book.rules[rule].severity,
        ward=ward,
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
