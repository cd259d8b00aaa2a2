"""Offices as data: folders, units in time, the country's list, and what is said where nobody reports."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalogue.country import REFORM, country_units, successions
from catalogue.drafting import changed_in_shipped, drafted, level_named, record_origin
from catalogue.forms import FORM, form_of, migrate
from catalogue.gazetteer import known_units
from catalogue.importing import check_successors, difference, units_of, updated, write_units
from catalogue.office import Level, office
from catalogue.offices import UNITS_FILE, office_file, shipped_folders
from catalogue.rounds import is_kept, known_rounds, parse_round
from catalogue.scorecards import load_scorecard, scorecards
from catalogue.slugs import Named, slugs
from catalogue.source import shipped
from catalogue.standing import reports_nobody, standing
from catalogue.wards import Ward, load_units, wards, wards_on
from cchc.errors import CatalogueError
from pipelines.cli import make_app

OLD, NEW = date(2020, 2, 1), date(2025, 7, 1)


class TestCountry:
    def test_lists_are_whole(self) -> None:
        """10,035 units before the reform and 3,321 since, every old one with a successor that is there."""
        old = {u.code for u in country_units() if not u.since_reform}
        new = {u.code for u in country_units() if u.since_reform}

        assert (len(old), len(new)) == (10_035, 3_321)
        assert {s.old for s in successions()} == old
        assert {s.new for s in successions()} <= new

    def test_whole_or_split(self) -> None:
        """A unit that went whole has one successor; of a split one exactly one successor took the seat."""
        by_old: dict[str, list[tuple[float | None, bool]]] = {}
        for s in successions():
            by_old.setdefault(s.old, []).append((s.share, s.main))

        assert all((len(new) == 1) == (new[0][0] == 1) for new in by_old.values())
        assert {sum(main for _, main in new) for new in by_old.values()} == {1}


class TestShipped:
    @pytest.mark.parametrize("name", shipped_folders())
    def test_units_are_those_of_the_country(self, name: str) -> None:
        """Codes, kinds, names and successors of a shipped office are the country's."""
        units = load_units(shipped_folders()[name] / UNITS_FILE)
        own = office(shipped_folders()[name] / "office.yaml")
        before = next(iter(units.values())).valid_to is not None
        listed = units_of(own.above[-1].name, before_reform=before, district=own.above[0].name if before else "")

        assert difference(units, listed).empty

    def test_slugs_of_units_known_at_once_are_different(self) -> None:
        """A slug names one unit among all shipped offices: outputs of plain files say no more than it."""
        known = [k.unit.slug for k in known_units()]

        assert len(known) == len(set(known))

    def test_provinces_count(self) -> None:
        """Quảng Ngãi has 86 xã, 9 phường and 1 đặc khu."""
        kinds = [u.kind for u in load_units(shipped_folders()["quang-ngai"] / UNITS_FILE).values()]

        assert {k: kinds.count(k) for k in set(kinds)} == {"xã": 86, "phường": 9, "đặc khu": 1}


class TestImport:
    def test_thị_trấn_before_the_reform(self, tmp_path: Path) -> None:
        """The units of a district come with kind and successor, and are read back as they were written."""
        listed = units_of("Quảng Ngãi", before_reform=True, district="huyện Ba Tơ")
        write_units(tmp_path / UNITS_FILE, listed.values())

        assert load_units(tmp_path / UNITS_FILE) == listed
        town = listed["ba-to"]
        assert (town.full_name, town.code, town.successor_name) == ("thị trấn Ba Tơ", "21484", "Ba Tơ")

    @pytest.mark.parametrize("area", ["51", "Quảng Ngãi", "quang ngai", "tỉnh Quảng Ngãi"])
    def test_a_province_by_code_or_name(self, area: str) -> None:
        """A province is called by its code or name, with or without marks."""
        assert len(units_of(area)) == 96

    def test_an_unknown_area_is_refused(self) -> None:
        """A district since the reform, or a province that is none, is named."""
        with pytest.raises(CatalogueError, match="Ba Tơ / Quảng Ngãi"):
            units_of("Quảng Ngãi", district="Ba Tơ")

    def test_a_successor_is_called_as_the_country_calls_it(self) -> None:
        """A slip in the successor's name would start a series of its own; a code newer than the list may be right."""
        units = units_of("Quảng Ngãi", before_reform=True)
        one = next(u for u in units.values() if u.successor_code)
        check_successors(units)
        check_successors({one.slug: replace(one, successor_code="99999", successor_name="Mới")})

        with pytest.raises(CatalogueError, match=f"{one.full_name} nhập vào {one.successor_code} .* Sai"):
            check_successors({one.slug: replace(one, successor_name="Sai")})

    def test_a_split_unit_has_no_successor(self) -> None:
        """Counts of a unit that was split cannot be added to either part."""
        split = {s.old for s in successions() if s.share is None}
        units = {u.code: u for u in units_of("Hà Nội", before_reform=True).values()}

        assert {units[code].successor_code for code in split & set(units)} == {""}


class TestYearlyUpdate:
    DAY = date(2026, 11, 1)

    @pytest.fixture
    def own(self) -> dict[str, Ward]:
        """Three units of an office: one of them becomes a phường, one goes, one stays."""
        units = [
            Ward(str(21000 + n), slug, "xã", name, NEW, None, "", "", "")
            for n, (slug, name) in enumerate([("a-bang", "A Bang"), ("b-lang", "B Lang"), ("c-tang", "C Tang")])
        ]
        return {unit.slug: unit for unit in units}

    @pytest.fixture
    def listed(self, own: dict[str, Ward]) -> dict[str, Ward]:
        """Return next year's list: A Bang is a phường, B Lang is gone, D Vang is new."""
        return {
            "a-bang": replace(own["a-bang"], kind="phường"),
            "c-tang": own["c-tang"],
            "d-vang": replace(own["c-tang"], code="21009", slug="d-vang", name="D Vang"),
        }

    def test_past_rounds_keep_their_units(self, own: dict[str, Ward], listed: dict[str, Ward], tmp_path: Path) -> None:
        """What ends, ends the day before; what comes, begins on the day; the file is read back as it was made."""
        new = updated(own, listed, self.DAY)
        write_units(tmp_path / UNITS_FILE, new.values())
        last = date(2026, 10, 31)

        assert load_units(tmp_path / UNITS_FILE) == {
            "a-bang": replace(
                own["a-bang"],
                valid_to=last,
                successor_code="21000",
                successor_kind="phường",
                successor_name="A Bang",
            ),
            "b-lang": replace(own["b-lang"], valid_to=last),
            "c-tang": own["c-tang"],
            "phuong-a-bang": replace(listed["a-bang"], slug="phuong-a-bang", valid_from=self.DAY),
            "d-vang": replace(listed["d-vang"], valid_from=self.DAY),
        }
        assert difference({s: u for s, u in new.items() if u.valid_to is None}, listed).empty

    def test_a_mistake_of_the_list_is_mended_in_place(self, own: dict[str, Ward], listed: dict[str, Ward]) -> None:
        """From the units' own first day on nothing was reported under the mistaken name."""
        new = updated(own, listed, NEW)

        assert {unit.full_name for unit in new.values()} == {"phường A Bang", "xã C Tang", "xã D Vang"}
        assert {(unit.valid_from, unit.valid_to) for unit in new.values()} == {(NEW, None)}

    def test_a_person_accepts_it(self, tmp_path: Path) -> None:
        """The difference is shown, nothing is written without --accept, nor without a day; afterwards none is left."""
        folder = tmp_path / "office"
        shutil.copytree(shipped_folders()["quang-ngai"], folder)
        path = folder / UNITS_FILE
        older = path.read_text(encoding="utf-8").replace("phường,Cẩm Thành", "xã,Cẩm Thành")
        path.write_text(older, encoding="utf-8")
        call = ["office", "import", "--province", "51", "--folder", str(folder)]
        app = make_app(("office",))

        shown, undated, done = (
            CliRunner().invoke(app, [*call, *more])
            for more in ([], ["--accept"], ["--accept", "--since", "2026-11-01"])
        )
        load_units.cache_clear()
        units = load_units(path)

        assert "~ 21025 xã Cẩm Thành → phường Cẩm Thành" in shown.output
        assert (shown.exit_code, undated.exit_code != 0, done.exit_code) == (0, True, 0)
        assert "--since" in undated.output + undated.stderr
        assert (len(units), sum(unit.valid_on(self.DAY) for unit in units.values())) == (97, 96)
        assert (units["cam-thanh"].valid_to, units["phuong-cam-thanh"].valid_from) == (date(2026, 10, 31), self.DAY)
        assert difference({s: u for s, u in units.items() if u.valid_to is None}, units_of("51")).empty


class TestSlugs:
    def test_rules(self) -> None:
        """The first keeps the plain name, the later carries its kind, twins carry theirs, marks alone take the code."""
        ward, commune = Named("1", "phường", "Nguyễn Nghiêm", OLD), Named("2", "xã", "Nguyễn Nghiêm", NEW)
        twin, other = Named("3", "phường", "An Phú", NEW), Named("4", "xã", "An Phú", NEW)
        first, second = Named("5", "xã", "Ba Tơ", NEW), Named("6", "xã", "Ba Tô", NEW)

        given = slugs([commune, ward, twin, other, second, first])

        assert given == {
            ward: "nguyen-nghiem", commune: "xa-nguyen-nghiem", twin: "phuong-an-phu", other: "xa-an-phu",
            first: "ba-to", second: "ba-to-6",
        }  # fmt: skip


class TestDraft:
    def test_a_draft_is_an_office(self, tmp_path: Path) -> None:
        """What `new` writes is read without a mistake, and is short."""
        text = drafted(level_named("huyện Ba Tơ"), level_named("tỉnh Quảng Ngãi"))
        (tmp_path / "office.yaml").write_text(text, encoding="utf-8")
        made = office(tmp_path / "office.yaml")

        assert len(text.splitlines()) <= 30
        assert made.above == (Level("huyện", "Ba Tơ"), Level("tỉnh", "Quảng Ngãi"))
        assert (made.parent, made.report_symbol, made.head) == ("UBND HUYỆN BA TƠ", "BC-NV", ("TRƯỞNG PHÒNG",))

    def test_a_level_needs_its_kind(self) -> None:
        """A bare name is no level."""
        with pytest.raises(CatalogueError, match="'Ba Tơ' không phải tên cấp"):
            level_named("Ba Tơ")

    def test_a_district_needs_its_province(self) -> None:
        """A huyện under no province would place no report; a city may be of the centre."""
        with pytest.raises(CatalogueError, match="'huyện Ba Tơ' thuộc một tỉnh"):
            drafted(level_named("huyện Ba Tơ"), None)

        assert "Sở Nội vụ thành phố Đà Nẵng" in drafted(level_named("thành phố Đà Nẵng"), None)

    def test_an_upgrade_tells_what_it_changed(self, tmp_path: Path) -> None:
        """A folder knows the example it came from; a file that differs from then is named."""
        record_origin(tmp_path, "duc-pho")
        assert changed_in_shipped(tmp_path) == ("duc-pho", ())

        path = tmp_path / "origin.json"
        path.write_text(path.read_text(encoding="utf-8").replace('"units.csv": "', '"units.csv": "0'), encoding="utf-8")
        assert changed_in_shipped(tmp_path) == ("duc-pho", ("units.csv",))


def old_folder(folder: Path) -> dict[str, str]:
    """Make a folder of the first form out of the shipped example, and return its files."""
    source = shipped_folders()["duc-pho"]
    lines = (source / "office.yaml").read_text(encoding="utf-8").splitlines(keepends=True)
    place = lines.index("above:                                     # the levels above the units, nearest first\n")
    files = {
        "office.yaml": "".join(line for line in lines[:place] if line != "form: 2\n"),
        "wards.csv": (source / UNITS_FILE).read_text(encoding="utf-8"),
    }
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return files


class TestForms:
    def test_an_older_folder_becomes_todays_and_is_kept(self, tmp_path: Path) -> None:
        """The levels above follow from the letterhead, units move; the files as they were stand beside."""
        folder = tmp_path / "mine"
        before = old_folder(folder)
        with pytest.raises(CatalogueError, match="cchc office migrate"):
            office(folder / "office.yaml")
        assert form_of(folder) == 1

        changed = migrate(folder)

        assert changed == ("office.yaml", "units.csv", "wards.csv")
        assert form_of(folder) == FORM
        assert replace(office(folder / "office.yaml"), tiles=()) == replace(
            office(shipped_folders()["duc-pho"] / "office.yaml"), tiles=()
        )
        assert load_units(folder / UNITS_FILE) == load_units(shipped_folders()["duc-pho"] / UNITS_FILE)
        assert {
            path.name: path.read_text(encoding="utf-8") for path in (folder / "former" / "form-1").iterdir()
        } == before
        assert migrate(folder) == ()

    def test_nothing_is_written_where_a_file_says_too_little(self, tmp_path: Path) -> None:
        """A letterhead without the kind of its level is named, and the folder stays as it was."""
        folder = tmp_path / "mine"
        old_folder(folder)
        path = folder / "office.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace('district: "thị xã ', 'district: "'), encoding="utf-8")

        with pytest.raises(CatalogueError, match="cần district và province"):
            migrate(folder)

        assert sorted(path.name for path in folder.iterdir()) == ["office.yaml", "wards.csv"]

    def test_a_newer_form_is_refused(self, tmp_path: Path) -> None:
        """A folder of a later version is not read as if it were of this one."""
        path = tmp_path / "office.yaml"
        path.write_text(f"form: {FORM + 1}\n", encoding="utf-8")

        for read in (lambda: form_of(tmp_path), lambda: office(path)):
            with pytest.raises(CatalogueError, match="nâng cấp"):
                read()

    @pytest.mark.parametrize("name", shipped_folders())
    def test_shipped_offices_have_todays_form(self, name: str) -> None:
        """An upgrade ships examples of the form it reads."""
        assert form_of(shipped_folders()[name]) == FORM


class TestScorecards:
    def test_an_offices_own_card_stands_for_the_shipped_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A card in the office's folder goes before the shipped one of its name; the others stay."""
        folder = tmp_path / "mine"
        shutil.copytree(shipped_folders()["quang-ngai"], folder)
        (folder / "scorecards").mkdir()
        text = shipped("scorecards/mac-dinh.yaml").read_text(encoding="utf-8")
        own = re.sub(r"(?m)^version: .*$", 'version: "sở-1"', text, count=1)
        assert own != text
        (folder / "scorecards" / "mac-dinh.yaml").write_text(own, encoding="utf-8")
        monkeypatch.setenv("CCHC_OFFICE", str(folder))

        assert load_scorecard("mac-dinh").version == "sở-1"
        assert {card.name for card in scorecards()} >= {"mac-dinh", "theo-qd-766"}


class TestStanding:
    def test_before_the_reform(self) -> None:
        """In September 2023 the town has 15 units and an open round."""
        found = standing(date(2023, 9, 10))

        assert (len(found.units), found.ended, found.open_round) == (15, None, parse_round("2023-Q3"))

    def test_after_its_end(self) -> None:
        """In 2026 it has none; the office to which its successors report is named."""
        found = standing(date(2026, 9, 10))

        assert (found.units, found.ended, found.taken_over_by) == ((), date(2025, 6, 30), "quang-ngai")
        assert (found.open_round, found.next_round, found.last_round) == (None, None, parse_round("2025-Q2"))
        assert reports_nobody(parse_round("2025-Q3"))

    def test_the_province_today(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Another office is another setting of the process: its own units, rounds and windows."""
        monkeypatch.setenv("CCHC_OFFICE", "quang-ngai")
        found = standing(date(2026, 9, 10))

        assert (len(found.units), found.ended, found.open_round) == (96, None, parse_round("2026-Q3"))
        assert parse_round("2025-Q3").window_start == REFORM
        assert (len(wards_on(date(2025, 6, 30))), wards()["duc-pho"].full_name) == (0, "phường Đức Phổ")
        assert office_file("rounds.yaml").parent.name == "quang-ngai"

    def test_a_calendar_without_end(self) -> None:
        """Rounds need no last year: those of far years are kept, and listed as far as is asked for."""
        assert is_kept(parse_round("2051-Q1"))
        assert known_rounds(until=2027)[-1] == parse_round("2027-Q4")
        assert not is_kept(parse_round("2021-Q4"))

    def test_an_unknown_office_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A name that is no folder and no example ends the call, with those there are."""
        monkeypatch.setenv("CCHC_OFFICE", "nowhere")

        with pytest.raises(CatalogueError, match="duc-pho, quang-ngai"):
            wards()


UNITS = """code,slug,kind,name,valid_from,valid_to,successor_code,successor_kind,successor_name
1,a,xã,A,2020-01-01,,,,
2,b,thị trấn,B,2020-01-01,,,,
"""


class TestUnitLists:
    """What a person edits in units.csv, as spreadsheets save it."""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    def test_the_mark_of_spreadsheets_is_no_part_of_a_column(self, encoding: str, tmp_path: Path) -> None:
        """A list saved as CSV UTF-8 is read with the byte order mark and without."""
        path = tmp_path / "units.csv"
        path.write_bytes(UNITS.encode(encoding))

        assert [unit.full_name for unit in load_units(path).values()] == ["xã A", "thị trấn B"]

    @pytest.mark.parametrize(
        ("body", "says"),
        [
            (UNITS.encode("utf-16"), r"units\.csv: không phải văn bản UTF-8"),
            (UNITS.replace(",", ";").encode(), r"units\.csv:2: thiếu cột 'code'"),
            (UNITS.replace("2,b", "2,a").encode(), r"units\.csv:3: tên ngắn 'a' có hai lần"),
            (UNITS.replace("2,b", "1,b").encode(), r"units\.csv: mã 1 bắt đầu hai lần vào ngày 2020-01-01"),
            (UNITS.replace("thị trấn", "thôn").encode(), r"units\.csv:3: 'thôn' không phải loại đơn vị"),
            (UNITS.replace("A,2020-01-01", "A,01/01/2020").encode(), r"units\.csv:2: không phải ngày: 01/01/2020"),
            (UNITS.replace("A,2020-01-01,", "A,2020-01-01,2019-01-01").encode(), r"units\.csv:2: xã A kết thúc trước"),
        ],
    )
    def test_a_mistake_is_named_with_its_line_and_remedy(self, body: bytes, says: str, tmp_path: Path) -> None:
        """Each mistake names file, line, what is wrong, and what to do, in Vietnamese."""
        path = tmp_path / "units.csv"
        path.write_bytes(body)

        with pytest.raises(CatalogueError, match=says + ".*; ?.*(hãy|chỉ)"):
            load_units(path)
