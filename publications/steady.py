"""Archives whose bytes depend on their content alone.

Belongs here: writing a Word document so that equal content gives equal bytes.
Stays out: the content.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

from docx.document import Document

_EPOCH = (1980, 1, 1, 0, 0, 0)


def document_bytes(paper: Document, moment: datetime) -> bytes:
    """Return a Word document as bytes; `moment` is the only time that stands in it."""
    properties = paper.core_properties
    plain = moment.replace(tzinfo=None, microsecond=0)
    properties.created = properties.modified = plain
    properties.last_modified_by = properties.author
    properties.revision = 1
    buffer = io.BytesIO()
    paper.save(buffer)
    return _without_times(buffer.getvalue())


def _without_times(archive: bytes) -> bytes:
    """Return the archive with the time of every member set to the zip epoch."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(target, "w") as copy:
        for member in source.infolist():
            fixed = zipfile.ZipInfo(member.filename, _EPOCH)
            fixed.compress_type, fixed.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            copy.writestr(fixed, source.read(member))
    return target.getvalue()
