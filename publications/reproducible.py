"""Archives whose bytes depend on their content alone.

Belongs here: zip archives and Word documents of which equal content gives equal bytes.
Stays out: the content.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime

from docx.document import Document

_EPOCH = (1980, 1, 1, 0, 0, 0)


def archive_bytes(members: Mapping[str, bytes]) -> bytes:
    """Return a zip archive of the members in their order, each dated the zip epoch."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, body in members.items():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(member, body)
    return target.getvalue()


def document_bytes(paper: Document, moment: datetime) -> bytes:
    """Return a Word document as bytes; `moment` is the only time that stands in it."""
    properties = paper.core_properties
    plain = moment.replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = plain
    properties.last_modified_by = properties.author
    properties.revision = 1
    buffer = io.BytesIO()
    paper.save(buffer)
    with zipfile.ZipFile(buffer) as source:
        return archive_bytes({member.filename: source.read(member) for member in source.infolist()})
