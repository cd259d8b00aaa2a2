"""Values far from the other wards'."""

from __future__ import annotations

from decimal import Decimal

from catalogue.wards import wards
from parsers.reading import Reading
from tests.validation.builders import complete
from validation.check import check_reports
from validation.outliers import modified_z

WARDS = list(wards())


def round_of(values: list[int | str], figure: str = "dossiers_late_pct") -> list[Reading]:
    """Return one report a value, each of another ward."""
    return [complete({figure: value}, ward=ward) for ward, value in zip(WARDS, values, strict=False)]


def unusual(reports: list[Reading], history: list[Reading] | None = None) -> list[str]:
    """Return the wards with an outlier."""
    checked = check_reports(reports, history or [])
    return [f.ward for findings in checked for f in findings if f.rule == "outlier"]


class TestModifiedZ:
    def test_it_is_that_of_the_literature(self) -> None:
        """0.6745 · |x − median| / MAD."""
        values = [Decimal(v) for v in (1, 2, 3, 4, 100)]

        score, middle = modified_z(values, Decimal(100), Decimal(0))

        assert middle == 3
        assert score == Decimal("0.6745") * 97 / 1

    def test_equal_peers_do_not_make_everything_far(self) -> None:
        """With no spread at all the floor stands in for it."""
        values = [Decimal(99)] * 9 + [Decimal(98)]

        assert modified_z(values, Decimal(98), Decimal(2))[0] < 1


class TestOutliers:
    def test_one_far_value(self) -> None:
        """A ward with a fifth of its dossiers late stands out, and only that ward."""
        reports = round_of(["0.4", "0.5", "0.1", "0.7", "1.2", "0", "0.9", "0.3", "20.5"])

        assert unusual(reports) == [WARDS[8]]

    def test_the_message_states_how_many_wards(self) -> None:
        """A reader is told from how many wards the judgement comes."""
        reports = round_of(["0.4", "0.5", "0.1", "0.7", "1.2", "0", "0.9", "0.3", "20.5"])

        (finding,) = [f for findings in check_reports(reports) for f in findings if f.rule == "outlier"]

        assert "9 đơn vị" in finding.message_vi and "9 wards" in finding.message_en
        assert finding.severity == "info"

    def test_few_wards_say_nothing(self) -> None:
        """With seven wards nobody is called unusual."""
        assert unusual(round_of(["0.4", "0.5", "0.1", "0.7", "1.2", "0", "20.5"])) == []

    def test_what_is_usual_for_the_ward_is_not_unusual(self) -> None:
        """A ward far from its peers but near its own past is let be."""
        reports = round_of(["0.4", "0.5", "0.1", "0.7", "1.2", "0", "0.9", "0.3", "20.5"])
        past = complete({"dossiers_late_pct": "19.8"}, ward=WARDS[8], round_label="2023-Q1")

        assert unusual(reports, [past]) == []

    def test_a_ward_sent_twice_counts_once(self) -> None:
        """Formats of one report are one ward among the peers."""
        reports = round_of(["0.4", "0.5", "0.1", "0.7", "1.2", "0", "20.5"])

        assert unusual([*reports, *reports]) == []
