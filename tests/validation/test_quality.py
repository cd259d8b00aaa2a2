"""Great Expectations over a round. Its import takes seconds, so few rounds are validated and much is asked of each."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from catalogue.rules import rule_book
from validation.expectations.claims import KEY, LEAST, MOST, VALUE, Check, Values, claim_frame, claims
from validation.expectations.quality import RoundQuality, check_round, novel
from validation.expectations.suites import OF_CLAIMS
from validation.finding import Finding

GOOD: dict[str, Decimal | None] = {
    "plan_completion_pct": Decimal("80.5"),
    "dossiers_received": Decimal(100),
    "dossiers_resolved": Decimal(90),
    "satisfaction_pct": Decimal("98.4"),
    "staff_total": Decimal(19),
    "staff_cadres": Decimal(10),
    "staff_civil_servants": Decimal(9),
}


def ward(**more: object) -> Values:
    """Return a good ward's values with some changed; None takes one away."""
    return {**GOOD, **{f: None if v is None else Decimal(str(v)) for f, v in more.items()}}


def asked(rows: dict[str, Values], check: Check, subject: str) -> list[tuple[str, float | None, float | None]]:
    """Return ward, value and upper bound of the claims of one check on one subject."""
    found = [c for c in claims(rows, rule_book()) if (c.check, c.subject) == (check, subject)]
    return [(c.ward, c.value, c.most) for c in found]


class TestClaims:
    def test_a_gap_is_zero_where_some_reading_holds(self) -> None:
        """Identities are judged as in a report: every admissible reading is tried, missing sides are silent."""
        rows = {
            "pho-an": ward(),
            "pho-van": ward(staff_total=20),
            "pho-hoa": ward(staff_cadres=None),
            "pho-chau": {},
        }

        assert asked(rows, Check.SUM, "staff_by_kind") == [("pho-an", 0, 0), ("pho-van", 1, 0), ("pho-hoa", 0, 0)]

    def test_the_whole_is_the_largest_printed(self) -> None:
        """A part is held against the most generous of its totals."""
        rows = {"pho-an": ward(dossiers_received_new=120, dossiers_online=5), "pho-van": ward(dossiers_online=6)}

        assert asked(rows, Check.PART, "dossiers_online") == [("pho-an", 5, 120), ("pho-van", 6, 100)]

    def test_only_a_required_figure_may_be_missing(self) -> None:
        """Nothing is asked of a figure that is not printed, but that it be there where it has to."""
        missing = [claim for claim in claims({"pho-an": {}}, rule_book()) if claim.value is None]

        assert {claim.check for claim in missing} == {Check.REQUIRED}
        assert tuple(claim.subject for claim in missing) == tuple(rule_book().required)

    def test_a_frame_of_numbers_with_a_key(self) -> None:
        """Values and bounds are float64, also where there are none, and no two claims have one name."""
        frame = claim_frame(claims({"pho-an": ward(), "pho-van": {}}, rule_book()))

        assert set(map(str, frame[[VALUE, LEAST, MOST]].dtypes)) == {"float64"}
        assert not frame.duplicated(list(KEY)).any()


@pytest.mark.slow
class TestCheckRound:
    @pytest.fixture(scope="class")
    def quality(self, tmp_path_factory: pytest.TempPathFactory) -> RoundQuality:
        """Validate one round with a fault of each kind."""
        rows = {
            "pho-an": ward(),
            "pho-van": ward(staff_total=20),
            "pho-hoa": ward(satisfaction_pct="104"),
            "pho-chau": ward(satisfaction_pct=None),
            "pho-minh": ward(dossiers_late="1.5"),
            "pho-ninh": ward(feedback_received=2, feedback_resolved=3),
        }
        return check_round(rows, "2023-Q3", docs=tmp_path_factory.mktemp("docs") / "2023-Q3")

    def test_every_fault_is_a_finding_with_ward_and_figure(self, quality: RoundQuality) -> None:
        """Types, ranges, required figures, pairs and sums come back as findings of the catalogue's rules."""
        found = {(f.ward, f.rule, f.figures) for f in quality.findings}

        assert found == {
            ("pho-van", "sum_mismatch", ("staff_total", "staff_cadres", "staff_civil_servants")),
            ("pho-hoa", "out_of_range", ("satisfaction_pct",)),
            ("pho-chau", "missing_figure", ("satisfaction_pct",)),
            ("pho-minh", "out_of_range", ("dossiers_late",)),
            ("pho-ninh", "out_of_range", ("feedback_resolved", "feedback_received")),
        }
        assert (quality.expectations, quality.failed) == (6, 2), "what is required, and the upper bound"
        assert (quality.general, quality.errored) == ((), ())

    def test_findings_speak_both_languages(self, quality: RoundQuality) -> None:
        """Messages name figure and value."""
        (finding,) = [f for f in quality.findings if f.ward == "pho-hoa"]

        assert "Tỷ lệ hài lòng 104%" in finding.message_vi
        assert "satisfaction (%) 104%" in finding.message_en
        assert finding.severity == "error"

    def test_data_docs_can_be_opened(self, quality: RoundQuality) -> None:
        """The page of the round is there and tells of its expectations."""
        assert quality.data_docs is not None and quality.data_docs.is_file()
        pages = list((quality.data_docs.parent / "validations").rglob("*.html"))
        assert len(pages) == 1 and "satisfaction_pct" in pages[0].read_text(encoding="utf-8")

    def test_data_docs_speak_vietnamese(self, quality: RoundQuality) -> None:
        """The library's own words are in the office's language, numbers kept, and none of its English is left."""
        assert quality.data_docs is not None
        pages = [page.read_text(encoding="utf-8") for page in quality.data_docs.parent.rglob("*/**/*.html")]
        texts = {" ".join(text.split()) for page in pages for text in re.findall(r">([^<>]+)<", page)}

        english = re.compile(r"\b(must|values|expectations?|status|failed|overview|unexpected)\b", re.IGNORECASE)
        assert sorted(t for t in texts if english.search(t) and not re.search(r"Great Expectations|df\.|{", t)) == []
        assert "Bộ này có 6 yêu cầu trên 2 cột." in texts

    def test_data_docs_need_nothing_from_elsewhere(self, quality: RoundQuality) -> None:
        """The pages fetch no style, script or picture, bring none of their own, and mark what failed."""
        assert quality.data_docs is not None
        (result,) = (quality.data_docs.parent / "validations").rglob("*.html")
        pages = {path: path.read_text(encoding="utf-8") for path in quality.data_docs.parent.rglob("*.html")}

        foreign = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)=["'](?:https?:)?//""")
        assert [path.name for path, page in pages.items() if foreign.search(page)] == []
        assert {path.suffix for path in quality.data_docs.parent.rglob("*.*") if path.is_file()} == {".html"}
        assert "Tỷ lệ hài lòng (satisfaction_pct)" in pages[result] and "pho-hoa" in pages[result]
        assert '.fa-times::before { content: "✗"' in pages[result] and "fa-times" in pages[result].split("</style>")[-1]
        assert result.relative_to(quality.data_docs.parent).as_posix() in pages[quality.data_docs]

    def test_data_docs_of_a_second_check_replace_the_first(self, tmp_path: Path) -> None:
        """A folder that is checked into again holds one result, that of the last check."""
        for _ in range(2):
            docs = check_round({"pho-an": ward()}, "2023-Q3", docs=tmp_path).data_docs

        assert docs is not None and len(list((tmp_path / "validations").rglob("*.html"))) == 1

    def test_an_empty_round_is_no_success(self) -> None:
        """With no rows every column passes; the missing rows themselves are the complaint."""
        quality = check_round({}, "2023-Q3")

        assert [name.split()[0] for name in quality.general] == ["table_row_count_to_be_between"]
        assert quality.findings == ()

    def test_a_broken_expectation_is_not_bad_data(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """An expectation that cannot be evaluated is told apart and makes no finding."""
        import validation.expectations.quality as module

        honest = module.expectations

        def with_broken(gxe):  # type: ignore[no-untyped-def]
            broken = gxe.ExpectColumnValuesToBeBetween(column="nothing", min_value=0, meta={OF_CLAIMS: True})
            return [*honest(gxe), broken]

        monkeypatch.setattr(module, "expectations", with_broken)

        quality = check_round({"pho-an": ward()}, "2023-Q3")

        assert quality.errored == ("column_values_to_be_between nothing",)
        assert (quality.failed, quality.findings) == (0, ())


def test_the_libraries_are_imported_only_when_a_round_is_checked() -> None:
    """Importing the rules, this module and what runs are made of costs neither Great Expectations nor pandas."""
    code = (
        "import sys, validation.expectations.quality, validation.check, pipelines.orchestration.definitions\n"
        "print({'great_expectations', 'pandas'} & set(sys.modules) or 'neither')"
    )
    root = Path(__file__).resolve().parents[2]

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)

    assert done.stdout.strip() == "neither"


def test_only_what_says_more_is_kept() -> None:
    """A finding is known where the ward has one of its rule on one of its figures."""

    def finding(name: str, rule: str, *figures: str) -> Finding:
        return Finding(rule, "error", name, "2023-Q3", figures, "1", "", "v", "e")

    known = [finding("pho-an", "out_of_range", "satisfaction_pct")]
    same = finding("pho-an", "out_of_range", "satisfaction_pct")
    others = [finding("pho-van", "out_of_range", "satisfaction_pct"), finding("pho-an", "sum_mismatch", "staff_total")]

    assert novel([same, *others], known) == others
