"""A first `office.yaml` for an office that is set up: what follows from its level, the rest to be read over.

Belongs here: the text of the file by level, and the record of which shipped example a folder was copied from.
Stays out: reading it (`catalogue.office`), asking and writing (`pipelines.cli.office`).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from catalogue.forms import FORM
from catalogue.office import Level
from catalogue.offices import shipped_folders
from cchc.errors import CatalogueError
from cchc.messages import translator

_ = translator("catalogue")

PROVINCES = ("tỉnh", "thành phố trực thuộc trung ương")
_COMMITTEES = {"huyện": "Huyện ủy", "thị xã": "Thị ủy", "thành phố": "Thành ủy", "quận": "Quận ủy", "tỉnh": "Tỉnh ủy"}
_ORIGIN = "origin.json"
_TEMPLATE = """\
# How the office's papers are headed, signed and addressed (Decree 30/2020/NĐ-CP, appendix I). Read over every line.
form: {form}
agency:
  parent: "{parent}"
  name: "{name}"
  full_name: "{unit} {level}"
  short_name: "{unit}"
  district: "{level}"
  province: "{province}"
  place: "{place}"
nation: {{name: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", motto: "Độc lập - Tự do - Hạnh phúc"}}
symbols: {{report: "BC-{symbol}", letter: "{symbol}-CCHC"}}
addressees: {{report: "Ủy ban nhân dân {level}"}}
recipients:
  report: ["Như trên", "{next_office}", "Thường trực {committee}, HĐND {kind}", "UBND các {units}", "Lưu: VT, CCHC"]
  letter: ["Như trên", "Chủ tịch UBND {kind} (báo cáo)", "Lưu: VT, CCHC"]
signatories: {{head: ["{head}"], deputy: ["KT. {head}", "PHÓ {head}"]}}
above:
{above}
"""


def level_named(text: str) -> Level:
    """Return a level as its kind and name: "huyện Ba Tơ".

    Raises:
        CatalogueError: the text does not begin with a kind of level.
    """
    kind = next((k for k in _COMMITTEES if text.casefold().startswith(f"{k} ")), None)
    if kind is None:
        says = _("'{text}' is no level; write its kind first, as one of {known}")
        raise CatalogueError(says.format(text=text, known=", ".join(_COMMITTEES)))
    return Level(kind, text[len(kind) :].strip())


_UNDER_NONE = ("tỉnh", "thành phố")
"""Levels that no province stands above; a thành phố may be either."""


def drafted(level: Level, province: Level | None, units: str = "xã, phường, thị trấn") -> str:
    """Return the text of an `office.yaml`: of a province's Sở Nội vụ, or of the Phòng Nội vụ of a district in one."""
    of_province = province is None
    if of_province and level.kind not in _UNDER_NONE:
        raise CatalogueError(_("'{level}' stands in a province; name it with --province").format(level=level.full_name))
    unit, head = ("Sở Nội vụ", "GIÁM ĐỐC") if of_province else ("Phòng Nội vụ", "TRƯỞNG PHÒNG")
    levels = [level] if province is None else [level, province]
    return _TEMPLATE.format(
        form=FORM,
        parent=f"UBND {level.full_name}".upper(),
        name=unit.upper(),
        unit=unit,
        level=level.full_name,
        kind=level.kind,
        province=(province or level).full_name,
        place=level.name,
        symbol="SNV" if of_province else "NV",
        next_office="Bộ Nội vụ" if province is None else f"Sở Nội vụ {province.full_name}",
        committee=_COMMITTEES[level.kind],
        units=units,
        head=head,
        above="\n".join(f'  - {{kind: "{one.kind}", name: "{one.name}"}}' for one in levels),
    )


def record_origin(folder: Path, shipped: str) -> None:
    """Write down which shipped example a folder was copied from, and how it was then."""
    origin = {"office": shipped, "files": _digests(shipped_folders()[shipped])}
    (folder / _ORIGIN).write_text(json.dumps(origin, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def changed_in_shipped(folder: Path) -> tuple[str, tuple[str, ...]] | None:
    """Return the example a folder was copied from and its files that an upgrade has changed since, None where none."""
    path = folder / _ORIGIN
    if not path.is_file():
        return None
    origin = json.loads(path.read_text(encoding="utf-8"))
    source = shipped_folders().get(origin["office"])
    now = _digests(source) if source else {}
    names = sorted(set(now) | set(origin["files"]))
    return origin["office"], tuple(name for name in names if now.get(name) != origin["files"].get(name))


def _digests(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in {".yaml", ".csv"})
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
