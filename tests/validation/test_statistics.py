"""How often rules fire."""

from __future__ import annotations

from catalogue.rules import rule_book
from tests.validation.rows import row
from validation.finding import Finding
from validation.statistics import firings


def finding(rule: str, ward: str, printed: str = "1") -> Finding:
    """Return a finding of a rule on a ward's report."""
    return Finding(rule, rule_book().rules[rule].severity, ward, "2023-Q3", ("staff_total",), printed, "", "v", "e")


def test_findings_are_counted_by_rule_and_report() -> None:
    """Two findings in one report are two findings and one report; resolved ones are not open."""
    rows = [
        row(finding("sum_mismatch", "pho-an")),
        row(finding("sum_mismatch", "pho-an", "2")),
        row(finding("sum_mismatch", "pho-van"), state="resolved"),
    ]

    first = firings(rows, {}, rule_book())[0]

    assert (first.rule, first.findings, first.reports, first.open) == ("sum_mismatch", 3, 2, 2)
    assert first.noise is None


def test_a_rule_that_is_mostly_wrong_is_seen() -> None:
    """Noise is the share of decided findings that people accepted as printed; reopened ones are undecided."""
    rows = [row(finding("outlier", ward)) for ward in ("pho-an", "pho-van", "pho-minh", "pho-hoa")]
    kinds = dict(zip([r.key for r in rows], ["accept", "accept", "enter", "reopen"], strict=True))

    first = firings(rows, kinds, rule_book())[0]

    assert (first.decided, first.accepted) == (3, 2)
    assert first.noise == 2 / 3


def test_rules_that_never_fired_are_listed() -> None:
    """Silence of a rule is shown too."""
    assert {count.rule for count in firings([], {}, rule_book())} == set(rule_book().rules)
