"""The rules as data: complete, and refused where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from catalogue.rules import rule_book
from catalogue.source import shipped
from cchc.errors import CatalogueError
from tests.validation.builders import CORPUS, corpus

TEXT = shipped("rules.yaml").read_text(encoding="utf-8")


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """Return a copy of the rules with one stretch replaced."""
    assert old in TEXT
    path = tmp_path / "rules.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return path


class TestRuleBook:
    @corpus
    def test_codes_and_severities_are_those_of_the_contract(self) -> None:
        """Every rule of the contract is here with its severity, and no other."""
        contract = yaml.safe_load((CORPUS.parent / "contract" / "findings.yaml").read_text(encoding="utf-8"))

        assert {c: r.severity for c, r in rule_book().rules.items()} == {c: e["severity"] for c, e in contract.items()}
        assert list(rule_book().required) == contract["missing_figure"]["required"]

    def test_every_rule_has_names_and_a_source(self) -> None:
        """People are told what a rule is called in both languages, and where it comes from."""
        assert all(r.name_vi and r.name_en and r.source for r in rule_book().rules.values())

    def test_a_percentage_is_in_percent(self) -> None:
        """What a ratio judges has the unit percent, and its sides have not."""
        from catalogue.figures import figure_definitions

        units = {code: definition.unit for code, definition in figure_definitions().items()}
        for ratio in rule_book().ratios:
            assert units[ratio.figure] == "percent"
            assert {units[f] for f in (*ratio.over, *(t for terms in ratio.of for t in terms))} <= {"count", "vnd"}

    def test_an_unknown_figure_is_named(self, tmp_path: Path) -> None:
        """A figure that figures.yaml does not have is refused by name."""
        path = changed(tmp_path, '  plan_completion_pct: ["kế', '  plan_completed_pct: ["kế')

        with pytest.raises(CatalogueError, match=r"rules\.yaml:\d+: .*plan_completed_pct"):
            rule_book(path)

    def test_an_unknown_severity_names_its_line(self, tmp_path: Path) -> None:
        """A severity that nobody knows is refused with the line of its rule."""
        path = changed(tmp_path, "severity: warning", "severity: fatal")

        with pytest.raises(CatalogueError, match=r"rules\.yaml:\d+: .*ratio_mismatch"):
            rule_book(path)

    def test_a_missing_section_is_refused(self, tmp_path: Path) -> None:
        """A file without one of its sections is no rule book."""
        path = changed(tmp_path, "\nrounds:\n", "\nround:\n")

        with pytest.raises(CatalogueError, match=r"rules\.yaml:\d+: rounds: "):
            rule_book(path)

    def test_the_office_adds_an_identity_without_code(self, tmp_path: Path) -> None:
        """An identity written into the file binds at once."""
        from tests.validation.builders import complete
        from validation.check import check_reports

        way = "{total: [satisfaction_surveys], parts: [feedback_received, feedback_resolved]}"
        path = tmp_path / "relations.yaml"
        text = shipped("relations.yaml").read_text(encoding="utf-8")
        added = f"\nsums:\n  surveys: {{source: test, ways: [{way}]}}\n"
        path.write_text(text.replace("\nsums:\n", added, 1), encoding="utf-8")
        book = rule_book(related=path)
        report = complete({"satisfaction_surveys": 9, "feedback_received": 3, "feedback_resolved": 2})

        found = check_reports([report], book=book)[0]

        assert [f.figures for f in found] == [("satisfaction_surveys", "feedback_received", "feedback_resolved")]
