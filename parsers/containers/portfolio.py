"""PDF portfolios: a PDF whose pages say nothing and which carries other files.

Belongs here: the files that a PDF carries. Stays out: its pages (`parsers.readers`).
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium

from parsers.containers.members import Member, Shelf


def portfolio_members(path: Path, shelf: Shelf) -> list[Member]:
    """Return the files that a PDF carries, written to the shelf."""
    data = path.read_bytes()
    document = pdfium.PdfDocument(data)
    try:
        members = []
        for index in range(document.count_attachments()):
            attachment = document.get_attachment(index)
            content = bytes(attachment.get_data())
            members.append(shelf.put(attachment.get_name() or f"{index + 1}", [content], len(data)))
        return members
    finally:
        document.close()
