"""What an operator sees of the machine, in words of the office."""

from __future__ import annotations

from pathlib import Path

from assets.rounds import district_rollup, publications, round_quality, ward_ranking, ward_scores
from assets.wards import ward_reports
from console.pages.operators import DAGSTER_GROUPS
from parsers.outcomes import Outcome
from pipelines.ledger.names import outcome_name
from tests.console.desk import ROUND, WARD, make_desk
from warehouse.publishing import record_run
from warehouse.rows import RunRow


class TestDagster:
    def test_the_link_opens_every_group_of_assets(self, tmp_path: Path, migrated: Path) -> None:
        """Dagster keeps in its address which groups are open; the groups named are those of the assets."""
        desk = make_desk(tmp_path, migrated, dagster="/dagster/")

        page = desk.browser("operator").get("/operators").text

        assert 'href="/dagster/asset-groups?expanded=global%40global%3Awards,global%40global%3Around"' in page
        made = (ward_reports, round_quality, district_rollup, ward_scores, ward_ranking, publications)
        assert {spec.group_name for one in made for spec in one.specs} == set(DAGSTER_GROUPS)


class TestTries:
    def test_steps_and_outcomes_are_words(self, tmp_path: Path, migrated: Path) -> None:
        """A try at a report is told in the office's language, never by its code."""
        desk = make_desk(tmp_path, migrated)
        record_run(desk.engine, RunRow("read", "encrypted", "", desk.moment, None, WARD, ROUND))

        page = desk.browser("operator").get("/operators").text

        assert "<td>đọc</td><td>có mật khẩu</td>" in page

    def test_every_outcome_has_its_words(self) -> None:
        """No outcome of a file is shown by its code."""
        assert [outcome for outcome in Outcome if outcome_name(outcome) == outcome.value] == []
