"""Names of what the page keeps by codes: acts, their details, fields of forms."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from cchc.messages import use_language
from console import names
from tests.console.desk import ROUND, WARD, Desk
from warehouse.people.acts import Act, note
from warehouse.people.roles import ROLES

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "console" / "templates"
ACTING = ("act", "note", "act_of")
PLACED = ("round", "round_label", "ward")
ASKED = {"q", "card", "viewport", "htmx-config", "form_token"}
"""Names that stand behind a question mark or at the head of a page, in no form that is kept."""


def acts_in_code() -> list[tuple[str, tuple[str, ...]]]:
    """Return every kind of act that is written down, with the names of its details."""
    found = []
    for path in sorted([*(ROOT / "console").rglob("*.py"), *(ROOT / "pipelines" / "cli").glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in ACTING:
                kinds = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
                detail = tuple(word.arg for word in node.keywords if word.arg and word.arg not in PLACED)
                found += [(str(kind), detail) for kind in kinds[:1]]
    return found


def fields_of_pages() -> set[str]:
    """Return the names of all fields of the page's forms that stand in a template as they are."""
    pages = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.j2"))
    return set(re.findall(r'name="([a-z_]+)"', pages)) - ASKED


class TestNames:
    def test_every_act_and_detail_has_words(self) -> None:
        """The log shows no kind of act and no detail of one by the name it has in the program."""
        found = acts_in_code()

        assert len(found) > 25
        assert [kind for kind, _detail in found if names.act_name(kind) == kind] == []
        assert {name for _kind, detail in found for name in detail if names.field_name(name) == name} == set()

    def test_every_field_has_words_or_is_not_shown(self) -> None:
        """What was typed is shown again under words, and what the page filled in itself is not."""
        fields = fields_of_pages() | {"due", "window_start", "window_end", "opens_days", "grace_days", "remind_days"}

        assert {name for name in fields - names.UNSAID if names.field_name(name) == name} == set()

    @pytest.mark.parametrize(
        ("name", "value", "told"),
        [
            ("is_active", False, "không"),
            ("is_active", True, "có"),
            ("right", "yes", "có"),
            ("role", "clerk", "cán bộ"),
            ("decision", "enter", "ghi giá trị"),
            ("action", "defer", "để sau"),
            ("wards", ["pho-an", "pho-chau"], "xã Phổ An, xã Phổ Châu"),
            ("ward", "nowhere", "nowhere"),
            ("item", "dossiers_late", "Hồ sơ giải quyết quá hạn/trễ hạn"),
            ("item", "0123abcd", "0123abcd"),
            ("text_class", "digital", "văn bản điện tử"),
            ("scope", "round", "riêng kỳ này"),
            ("by", "workbook", "bảng tính"),
            ("language", "en", "English"),
            ("value", "1.236", "1.236"),
            ("revision", 2, "2"),
        ],
    )
    def test_codes_become_words(self, name: str, value: object, told: str) -> None:
        """A code of the program is shown as the office says it; anything else as it is."""
        assert names.field_text(name, value) == told

    def test_what_is_empty_or_the_pages_own_is_not_shown(self) -> None:
        """Nobody reads tokens, passwords, what was seen, or fields without a word in them."""
        fields = [("form_token", "x"), ("password", "p"), ("seen", "1:0"), ("why", ""), ("wards", []), ("value", "12")]

        assert names.shown_fields(fields) == [("giá trị", "12")]

    def test_numbers_of_a_criterion_are_named_by_it(self) -> None:
        """A number of a scorecard's form is named by criterion, number and quarter or band."""
        assert names.field_name("points.timeliness").endswith(": Điểm")
        assert names.field_name("target.2.plan_completion").endswith(": Mức phấn đấu, quý 2")
        assert names.number_name("bands.0.from") == "Bậc 1: từ"
        assert names.field_name("points.nothing") == "points.nothing"

    def test_rounds_in_paths(self) -> None:
        """The round is told from a path whatever it is collected over, and only as a whole part of the path."""
        paths = (
            "/round/2023-Q3",
            "/review/2026-M08/pho-an/x",
            "/papers/2025-9M?x=1",
            "/door",
            "/x/2023-Q34",
            "/2023-Q5",
        )

        assert [names.label_of(path) for path in paths] == ["2023-Q3", "2026-M08", "2025-9M", None, None, None]

    def test_roles_and_weights_have_words_in_both_languages(self) -> None:
        """Every role is named and says what it may do."""
        for spoken in ("vi", "en"):
            with use_language(spoken):  # type: ignore[arg-type]
                told = [(names.role_name(role), names.role_text(role)) for role in ROLES]
                assert len(set(told)) == len(ROLES) and all(all(pair) for pair in told)


def test_the_log_speaks_the_offices_words(desk: Desk) -> None:
    """An act stands in the log with its details in words, the empty ones left out."""
    lan = desk.people["clerk"]
    for act in (
        Act("change_account", lan.name, lan.id, detail={"login": "mai", "role": "head", "is_active": False}),
        Act("confirm", lan.name, lan.id, ROUND, WARD, {"item": "dossiers_late", "right": False, "answer": "286"}),
        Act("rerun", lan.name, lan.id, ROUND, detail={"wards": []}),
    ):
        note(desk.engine, act, desk.moment)

    page = desk.browser("head").get("/acts").text

    assert "được đăng nhập: không; tên đăng nhập: mai; vai trò: lãnh đạo" in page
    assert "trả lời: 286; việc: Hồ sơ giải quyết quá hạn/trễ hạn; đúng như in: không" in page
    assert "is_active" not in page and "answer" not in page
