"""The letters of a round: one to every ward with something to ask about.

Belongs here: whom to write to, and what the files are called. Stays out: what a letter says (`letters`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from catalogue.office import office
from catalogue.rounds import Round
from catalogue.wards import wards
from publications.letters import Letter, letter_to, write_letter
from warehouse.queries import findings, ledger
from warehouse.scores.lacking import lacking
from warehouse.scores.provisional import provisional_places

DAYS = 5
"""Days a ward has to answer unless somebody says otherwise."""


def write_letters(
    engine: Engine, found: Round, folder: Path, due: date, *, ward: str | None = None, deputy: bool = False
) -> list[tuple[Path, Letter]]:
    """Write a letter to each ward of a round (or to one) with open findings or without figures that the card requires.

    Returns where each lies and what it says.

    `due` is the day until which the ward is asked to answer; `deputy` lets a deputy sign for the head.
    """
    missed, standing = lacking(engine, found.label), provisional_places(engine, found.label)
    open_findings = findings(engine, found.label, ward, open_only=True)
    written: list[tuple[Path, Letter]] = []
    for row in (row for row in ledger(engine, found.label) if ward is None or row.ward == ward):
        concerned = [f for f in open_findings if f.ward == row.ward]
        letter = letter_to(wards()[row.ward], found, concerned, due, row.doc_no, row.doc_date, missed.get(row.ward, ()))
        if letter is not None:
            letter = replace(letter, standing=standing.get(row.ward, ""))
            folder.mkdir(parents=True, exist_ok=True)
            written.append((write_letter(letter, office(), folder / file_name(letter), deputy=deputy), letter))
    return written


def file_name(letter: Letter) -> str:
    """Return the name of a letter's file: ward and round, never anything from outside."""
    return f"cong-van-{letter.ward.slug}-{letter.round.label}.docx"
