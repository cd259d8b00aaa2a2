"""Publications: from the warehouse to what people open: workbook, district report, ranking, page, letters.

Belongs here: layout and wording of papers; drafts, publication and revisions of a round.
Stays out: computing (`warehouse`), reading reports, Dagster.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

__all__ = ["publish_round"]


def publish_round(
    engine: Engine,
    round_label: str,
    folder: Path,
    moment: datetime,
    *,
    draft: bool = True,
    by: str = "",
    why: str = "",
    scorecard: str | None = None,
    expected: int | None = None,
) -> list[Path]:
    """Write the papers of a round into its folder and return where they lie.

    As drafts they replace the drafts before. Otherwise they are published in the name `by`, which locks the round;
    once it is locked the same call makes a numbered revision and needs a reason (`why`). `expected` is the revision
    that is meant: where somebody else has published it meanwhile, nothing is published.

    Raises:
        PublicationError: see `publications.publish`.
    """
    # Matplotlib and typst take a second to import; a letter needs neither.
    from publications.publish import publish, write_drafts

    if draft:
        return write_drafts(engine, round_label, folder, moment, scorecard)
    return publish(engine, round_label, folder, moment, by=by, why=why, scorecard=scorecard, expected=expected)
