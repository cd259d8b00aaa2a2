"""What every reading needs, made before the first report: imported once by the server that workers are forked from.

Belongs here: the list of what is made ahead, all of it plain values that a fork may share.
Stays out: the models of the learned reader, for their runtime must not be forked; what anything means.

A worker then begins with the phrases of the catalogue already cut into words, which takes as long as reading a report.
"""

from __future__ import annotations

from contextlib import suppress

import parsers.report as parsers_report
from parsers.text.lexicon import lexicon

__all__ = ["parsers_report"]

# A broken catalogue must not end the server: the worker meets the same fault at its first report, and says it by name.
with suppress(Exception):
    lexicon()
