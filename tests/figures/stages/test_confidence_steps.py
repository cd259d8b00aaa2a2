"""The step from score and rival to confidence, and what doubts and evidence leave of it, as plain arithmetic."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.document import Place
from parsers.figures.confidence import DIRECT, DOUBTED, PROVEN, reading_confidence, supported_confidence
from parsers.figures.doubts import Doubt
from parsers.figures.mentions import Mention
from parsers.figures.printed_arithmetic import gives_a_share, weigh_evidence
from parsers.reading import Printing

NUMBER = Mention(0, 2, 2, Decimal(24), "count", frozenset())
HERE = Place(0, 0, 2)


def printing(figure: str, value: str, base: str | None = None) -> Printing:
    """Return a printing of a figure, of a total where one is named."""
    number = Decimal(value)
    return Printing(
        figure, number, value, HERE, None, None, "", HERE, "", "label", 1.0, 0.9, True,
        quantum=Decimal(1).scaleb(int(number.as_tuple().exponent)), base=base,
    )  # fmt: skip


class TestReading:
    @pytest.mark.parametrize(
        ("score", "rival", "rule", "confidence"),
        [
            (0.9, 0.0, "label", 0.9),
            (0.9, 0.9, "label", 0.63),
            (0.9, 0.775, "label", 0.765),
            (0.9, 0.0, "fraction", 0.873),
            (1.0, 0.0, "label", 0.99),
        ],
    )
    def test_a_score_with_its_rival(self, score: float, rival: float, rule: str, confidence: float) -> None:
        """A clear lead leaves the score, a tie seven tenths of it, a rule its part; nothing is ever certain."""
        assert reading_confidence(score, rival, rule, NUMBER) == confidence

    @pytest.mark.parametrize(
        ("doubts", "said", "confidence"),
        [
            (frozenset(), {}, 0.9),
            (frozenset(), {"against": True}, 0.72),
            (frozenset({Doubt.DISTANT}), {}, DOUBTED),
            (frozenset({Doubt.DISTANT}), {"supported": True}, 0.9),
            (frozenset({Doubt.COMPETING}), {"supported": True}, DOUBTED),
            (frozenset({Doubt.COMPETING}), {"whole": True, "supported": True}, 0.9),
            (frozenset({Doubt.PERIOD}), {"twice": True}, DOUBTED),
        ],
    )
    def test_what_doubt_and_evidence_leave(
        self, doubts: frozenset[Doubt], said: dict[str, bool], confidence: float
    ) -> None:
        """Arithmetic against a value weighs most; stubborn doubts give way to a total that holds, others to less."""
        told = {"supported": False, "whole": False, "twice": False, "against": False, **said}

        assert supported_confidence(0.9, doubts, **told) == confidence

    def test_a_weak_naming_is_raised_by_evidence_only(self) -> None:
        """Under what a direct naming must reach it waits, unless printed numbers prove it; too weak is not raised."""
        alone = {"supported": False, "whole": False, "twice": False, "against": False}

        assert supported_confidence(DIRECT - 0.01, frozenset(), **alone) == DOUBTED
        assert supported_confidence(0.7, frozenset(), **{**alone, "twice": True}) == PROVEN
        assert supported_confidence(0.5, frozenset(), **{**alone, "twice": True}) == 0.5


class TestEvidence:
    @staticmethod
    def weighed(*printings: Printing, least: str = "") -> tuple[set[str], set[str], set[str]]:
        """Return what is supported, as a total, and spoken against; one figure was named least surely."""
        known = {p.figure: p for p in printings}
        evidence = weigh_evidence(known, {code: 0.5 if code == least else 0.9 for code in known})
        return evidence.supported, evidence.wholes, evidence.against

    def test_parts_that_make_their_total_support_all(self) -> None:
        """Early, on time and late make what was resolved: four figures, the total as one."""
        parts = [
            printing("dossiers_early", "300"),
            printing("dossiers_on_time", "150"),
            printing("dossiers_late", "50"),
        ]

        found = self.weighed(printing("dossiers_resolved", "500"), *parts)

        assert found == ({"dossiers_resolved", *(p.figure for p in parts)}, {"dossiers_resolved"}, set())

    def test_what_does_not_come_out_is_held_against_the_weakest(self) -> None:
        """Of a sum that fails the member named least surely has it against it, no value is changed."""
        parts = [
            printing("dossiers_early", "300"),
            printing("dossiers_on_time", "150"),
            printing("dossiers_late", "40"),
        ]

        found = self.weighed(printing("dossiers_resolved", "480"), *parts, least="dossiers_on_time")

        assert found == (set(), set(), {"dossiers_on_time"})

    def test_a_share_supports_its_count_and_its_total(self) -> None:
        """300 of 500 are the printed 60,0 %."""
        share = printing("dossiers_early_pct", "60.0", base="dossiers_resolved")

        found = self.weighed(share, printing("dossiers_early", "300"), printing("dossiers_resolved", "500"))

        assert found == ({"dossiers_early_pct", "dossiers_early", "dossiers_resolved"}, set(), set())

    def test_a_value_gives_a_share_or_does_not(self) -> None:
        """To the last printed digit, rounded or cut off."""
        share, base = printing("dossiers_early_pct", "60.1"), printing("dossiers_resolved", "499")

        assert gives_a_share(printing("dossiers_early", "300"), [share, base])
        assert not gives_a_share(printing("dossiers_early", "303"), [share, base])
