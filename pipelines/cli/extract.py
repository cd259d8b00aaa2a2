"""`cchc extract`: files in, one JSON object a line out, without warehouse or home.

Belongs here: the JSON of a reading, stable for programs. Stays out: reading and checking.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from cchc.messages import translator
from parsers.reading import Account, AccountKind, Printing
from pipelines.cli.common import Exit, errors_told, settings
from pipelines.extraction import Extraction, extract_files
from validation.finding import Finding

_ = translator("cli")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("extract", help=_("Read files and print figures and findings, one JSON line a file."))(extract)


def extract(
    files: Annotated[list[Path], typer.Argument(help=_("Reports; the files of one call are checked as one set."))],
    accounts: Annotated[bool, typer.Option("--accounts", help=_("Also list every other number."))] = False,
) -> None:
    """Print one JSON object for each file, in the order given."""
    with errors_told():
        found = extract_files(files, ocr_cache=settings().ocr_cache, workers=settings().workers)
    for extraction in found:
        sys.stdout.write(json.dumps(as_json(extraction, accounts), ensure_ascii=False) + "\n")
    if any(extraction.error for extraction in found):
        raise typer.Exit(Exit.NEEDS_PERSON)


def as_json(extraction: Extraction, with_accounts: bool = False) -> dict[str, Any]:
    """Return an extraction as plain values: ISO dates, plain decimals, primaries before later printings."""
    reading = extraction.reading
    if reading is None or extraction.document is None:
        return {
            "file": str(extraction.path),
            "ward": None,
            "round": None,
            "doc_no": None,
            "doc_date": None,
            "figures": [],
            "findings": [],
            "error": extraction.error,
            "message": extraction.message,
        }
    identity = reading.identity
    printings = sorted(reading.printings, key=lambda p: (not p.primary, p.place.block, p.place.start))
    plain = {
        "file": str(extraction.path),
        "sha256": reading.sha256,
        "ward": identity.ward,
        "office": identity.office,
        "other_unit": identity.other_town,
        "round": identity.round,
        "doc_no": identity.doc_no,
        "doc_date": identity.doc_date.isoformat() if identity.doc_date else None,
        "identity_confidence": identity.confidence,
        "parser_version": reading.parser_version,
        "explained_share": round(reading.explained_share, 4),
        "figures": [_printing(p) for p in printings],
        "findings": [_finding(f) for f in extraction.findings],
        "unexplained": [_account(a) for a in reading.accounts if a.kind is AccountKind.UNEXPLAINED],
        "error": None,
    }
    if with_accounts:
        plain["accounts"] = [_account(a) for a in reading.accounts]
    return plain


def _printing(p: Printing) -> dict[str, Any]:
    box = (p.box.x0, p.box.top, p.box.x1, p.box.bottom) if p.box else None
    return {
        "figure": p.figure,
        "value": float(p.value),
        "raw": p.raw,
        "confidence": p.confidence,
        "sure": p.sure,
        "text_confidence": round(p.text_confidence, 4),
        "reading_confidence": round(p.reading_confidence, 4),
        "primary": p.primary,
        "page": p.page,
        "box": [round(side, 1) for side in box] if box else None,
        "block": p.place.block,
        "span": [p.place.start, p.place.end],
        "cell": None if p.place.row is None else [p.place.row, p.place.column],
        "sentence": p.sentence,
        "label": p.label,
        "rule": p.rule,
    }


def _finding(f: Finding) -> dict[str, Any]:
    return {
        "rule": f.rule,
        "severity": f.severity,
        "figures": list(f.figures),
        "printed": f.printed,
        "expected": f.expected,
        "message": f.message_vi,
        "message_en": f.message_en,
        "proposals": [{"figure": p.figure, "value": float(p.value)} for p in f.proposals],
    }


def _account(a: Account) -> dict[str, Any]:
    return {"raw": a.raw, "kind": a.kind.value, "reason": a.reason, "page": a.page, "sentence": a.sentence}
