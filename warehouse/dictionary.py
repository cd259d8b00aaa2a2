"""The data dictionary in both languages: what every table, view and column means, in which unit, how it is called.

Belongs here: gathering the comments of tables and views, searching them, writing them into the database and as a page.
Stays out: the comments themselves, which stand beside the columns; their Vietnamese, which stands in the message
catalogues `marts` (meanings) and `mart_labels` (short labels), and for figures in the catalogue of figures.

`python -m warehouse.dictionary` writes docs/data-dictionary.md; a test keeps it current.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, delete, insert

from catalogue.figures import FigureDefinition, figure_definitions
from catalogue.indicators import indicators
from catalogue.sources import sources
from catalogue.terms import terms
from cchc.messages import translator, use_language
from cchc.text import fold, nfc
from validation.units import basis_name, unit_name
from warehouse import codec, marts
from warehouse.tables import Base, DictionaryTable

_of_views = translator("warehouse")
_of_columns = translator("marts")
_labels = translator("mart_labels")

_HEAD = """# Data dictionary

Generated from the comments of tables and views (`python -m warehouse.dictionary`); a test keeps it current. The same
text stands in the table `dictionary` of every warehouse and export, on PostgreSQL and DuckDB as comments, and is
searched by `cchc dictionary WORDS`. Names follow the convention of [warehouse.md](warehouse.md). Marts come first, in
both languages; tables are for the program and in English.
"""


@dataclass(frozen=True)
class Entry:
    """One line of the dictionary; `name` is empty for the table or view itself.

    `meaning` is English. Labels and `meaning_vi` are empty for what is not for analysts. `unit`, `basis`, source forms
    and `since` (an ISO day) are those of the figure a column holds, empty elsewhere.
    """

    relation: str
    name: str
    position: int
    kind: Literal["table", "view"]
    meaning: str
    meaning_vi: str = ""
    label_vi: str = ""
    label_en: str = ""
    unit: str = ""
    basis: str = ""
    source_form_vi: str = ""
    source_form_en: str = ""
    since: str = ""

    @property
    def comment(self) -> str:
        """Return what a database says of it: label and meaning in Vietnamese, meaning in English, the source form."""
        label = f"{self.label_vi}: " if self.label_vi and self.label_vi != self.meaning_vi else ""
        source = f" · {self.source_form_vi}" if self.source_form_vi else ""
        return f"{label}{self.meaning_vi} · {self.meaning}{source}" if self.meaning_vi else self.meaning


@dataclass(frozen=True)
class Found:
    """What a search found: where it stands, its label and meaning in the language asked for, a figure's source form."""

    where: str
    label: str
    meaning: str
    source: str = ""


def entries() -> tuple[Entry, ...]:
    """Return every entry: the marts, the other views, the tables, each with its columns in order."""
    return _entries(_own_words())


def digest() -> str:
    """Return a hash of all entries."""
    return _digest(_own_words())


def _own_words() -> tuple[tuple[str, str], ...]:
    """Return the office's own words, which stand in meanings: what is kept for one office is not another's."""
    return tuple(sorted(terms().items()))


@lru_cache(maxsize=8)
def _entries(_words: tuple[tuple[str, str], ...]) -> tuple[Entry, ...]:
    views = sorted(marts.views(), key=lambda view: not view.is_mart)
    found = [entry for view in views for entry in view_entries(view)]
    return (*found, *(entry for name in sorted(Base.metadata.tables) for entry in _table_entries(name)))


@lru_cache(maxsize=8)
def _digest(words: tuple[tuple[str, str], ...]) -> str:
    return codec.digest(_entries(words))


def comments() -> Mapping[str, Mapping[str, str]]:
    """Return what a database says of every view: view → column, or "" for the view itself → comment."""
    return _comments(_own_words())


@lru_cache(maxsize=8)
def _comments(words: tuple[tuple[str, str], ...]) -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for entry in _entries(words):
        found.setdefault(entry.relation, {})[entry.name] = entry.comment
    return found


def install(connection: Connection) -> None:
    """Make the table `dictionary` and the comments of the views say what the code says."""
    found = entries()
    connection.execute(delete(DictionaryTable))
    connection.execute(insert(DictionaryTable), [asdict(entry) for entry in found])
    if connection.dialect.name == "postgresql":
        for entry in found:
            if entry.kind == "view":
                connection.exec_driver_sql(_comment_on(entry))


def search(words: str, language: Literal["vi", "en"]) -> list[Found]:
    """Return what of marts, figures and indicators has every one of the words, in the language asked for.

    Words may be of either language, with or without marks. What is called so comes first.
    """
    wanted = fold(words).split()
    both = zip(_searched("vi"), _searched("en"), strict=True)
    pairs = [(vi, en) for vi, en in both if _has(_words(vi) + _words(en), wanted)]
    found = [vi if language == "vi" else en for vi, en in pairs]
    return sorted(found, key=lambda line: not _has(_words(replace(line, meaning="", source="")), wanted))


def render() -> str:
    """Return the dictionary as a page of Markdown."""
    parts = [_HEAD]
    for (relation, kind), lines in groupby(entries(), key=lambda e: (e.relation, e.kind)):
        head, *columns = lines
        vietnamese = f" {head.meaning_vi}." if head.meaning_vi else ""
        parts.append(f"\n## {relation}\n\n{kind.capitalize()}. {head.meaning}.{vietnamese}\n\n")
        parts += _table_of(columns, both=bool(head.meaning_vi))
    return "".join(parts)


def view_entries(view: marts.View) -> Iterator[Entry]:
    """Yield the entries of a view, its own first."""
    with use_language("vi"):
        own = nfc(_of_views(view.meaning)) if view.is_mart else ""
    yield Entry(view.name, "", 0, "view", view.meaning, own)
    for position, column in enumerate(view.columns, start=1):
        figure = figure_definitions().get(column.name) if view.name == "mart_figure_wide" else None
        meaning, label, english = _of_figure(figure) if figure else _of_column(column, is_mart=view.is_mart)
        entry = Entry(view.name, column.name, position, "view", column.meaning, meaning, label, english)
        yield _with_source(entry, figure) if figure else entry


def _of_figure(figure: FigureDefinition) -> tuple[str, str, str]:
    """Return what the column of a figure means, and what it is called in both languages."""
    return nfc(figure.meaning_vi), nfc(figure.label_vi), figure.label_en


def _with_source(entry: Entry, figure: FigureDefinition) -> Entry:
    source = sources()[figure.code]
    return replace(
        entry,
        unit=figure.unit,
        basis=figure.basis,
        source_form_vi=nfc(source.vi),
        source_form_en=source.en,
        since=source.since.isoformat() if source.since else "",
    )


def _of_column(column: marts.Column, *, is_mart: bool) -> tuple[str, str, str]:
    if not is_mart:
        return "", "", ""
    with use_language("vi"):
        return nfc(_of_columns(column.meaning)), nfc(_labels(_english(column.name))), _english(column.name)


def _english(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _table_entries(name: str) -> Iterator[Entry]:
    table = Base.metadata.tables[name]
    yield Entry(name, "", 0, "table", table.comment or "")
    for position, column in enumerate(table.columns, start=1):
        yield Entry(name, column.name, position, "table", column.comment or "")


def _table_of(columns: list[Entry], *, both: bool) -> Iterator[str]:
    if not both:
        yield "| column | meaning |\n|---|---|\n"
        yield from (f"| `{entry.name}` | {_cell(entry.meaning)} |\n" for entry in columns)
        return
    yield "| column | meaning | nhãn | ý nghĩa |\n|---|---|---|---|\n"
    for entry in columns:
        source = f" · {entry.source_form_vi}" if entry.source_form_vi else ""
        cells = (entry.meaning, entry.label_vi, entry.meaning_vi + source)
        yield f"| `{entry.name}` | {' | '.join(map(_cell, cells))} |\n"


def _cell(words: str) -> str:
    return words.replace("|", "/")


def _searched(language: str) -> Iterator[Found]:
    for figure in figure_definitions().values():
        yield _found_figure(figure, in_vietnamese=language == "vi")
    for code, indicator in indicators().items():
        meaning = indicator.meaning_vi if language == "vi" else indicator.meaning_en
        yield Found(f"indicator {code}", _english(code), nfc(meaning))
    for view in marts.views():
        for entry in view_entries(view) if view.is_mart else ():
            if not entry.unit:
                where = f"{entry.relation}.{entry.name}".rstrip(".")
                in_vietnamese = language == "vi"
                label = entry.label_vi if in_vietnamese else entry.label_en
                yield Found(where, label, entry.meaning_vi if in_vietnamese else entry.meaning)


def _found_figure(figure: FigureDefinition, *, in_vietnamese: bool) -> Found:
    source = sources()[figure.code]
    with use_language("vi" if in_vietnamese else "en"):
        where, spans = f"figure {figure.code}", f"({unit_name(figure.unit)}, {basis_name(figure.basis)})"
    if in_vietnamese:
        return Found(where, nfc(figure.label_vi), f"{nfc(figure.meaning_vi)} {nfc(spans)}", nfc(source.vi))
    return Found(where, figure.label_en, f"{figure.meaning_en} {spans}", source.en)


def _words(line: Found) -> str:
    return f" {line.where} {line.label} {line.meaning} {line.source}"


def _has(text: str, wanted: list[str]) -> bool:
    """Return whether every word wanted begins a word of the text."""
    words = " ".join(re.findall(r"\w+", fold(text.replace("_", " "))))
    return all(f" {word}" in f" {words}" for word in wanted)


def _comment_on(entry: Entry) -> str:
    """Return the statement that comments a view or a column, with the per cent sign as the driver wants it."""
    words = "'" + entry.comment.replace("'", "''").replace("%", "%%") + "'"
    target = f"COLUMN {entry.relation}.{entry.name}" if entry.name else f"VIEW {entry.relation}"
    return f"COMMENT ON {target} IS {words}"


if __name__ == "__main__":
    (Path(__file__).parents[1] / "docs" / "data-dictionary.md").write_text(render(), encoding="utf-8")
