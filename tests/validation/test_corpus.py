"""The reports of the corpus as a faultless engine would read them: every planted defect found, nothing else said."""

from __future__ import annotations

from functools import cache

import pytest

from parsers.reading import Reading
from tests.validation.builders import corpus, gold, gold_ids, marked_reading, with_base
from validation.check import check_reports
from validation.finding import Finding

ELSEWHERE = {"citation_conflict", "period_mismatch"}
"""Rules that rest on what other rooms read: citations and identity."""
NAMED = {
    "pho-minh-2023-q3": {"digitised_results_pct": "dossiers_resolved"},
    "pho-ninh-2023-q3": {"dossiers_online_pct": "dossiers_received"},
}
"""Totals that the sentences of these percentages name, which marks do not show."""


def reading_of(name: str) -> Reading:
    """Return the marked reading of a report with the totals its sentences name."""
    return with_base(marked_reading(name), NAMED.get(name, {}))


@cache
def checked() -> dict[str, tuple[Finding, ...]]:
    """Return the findings of all reports, checked as one set."""
    names = gold_ids()
    return dict(zip(names, check_reports([reading_of(name) for name in names]), strict=True))


@corpus
@pytest.mark.corpus
@pytest.mark.parametrize("name", gold_ids())
def test_a_report_gets_the_findings_of_its_key(name: str) -> None:
    """What people planted or found is found, and no other error or warning is raised."""
    expected = {(entry["rule"], frozenset(entry["codes"])) for entry in gold(name)["findings"]}

    found = checked()[name]

    for rule, codes in expected:
        assert rule in ELSEWHERE or any(f.rule == rule and (not codes or codes & set(f.figures)) for f in found), rule
    # The keys were written before a report was held against what the ward printed in the round before.
    said = [f.rule for f in found if f.severity != "info" and f.rule != "dropped_figure"]
    assert sorted(said) == sorted(r for r, _ in expected if r not in ELSEWHERE | {"other_denominator"})


@corpus
@pytest.mark.corpus
def test_every_finding_quotes_its_sentence() -> None:
    """A finding on printed figures shows the sentences; both languages say something of their own."""
    for findings in checked().values():
        for finding in findings:
            assert finding.quotes or finding.rule in ("missing_figure", "stale_copy")
            assert finding.message_vi != finding.message_en
