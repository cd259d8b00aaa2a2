"""What every reading needs, made before the first report: imported once by the server that workers are forked from.

Belongs here: the list of what is made ahead, all of it plain values that a fork may share.
Stays out: opening the models of the learned reader, for their runtime must not be forked; what anything means.

A worker then begins with the phrases of the catalogue already cut into words and the models unpacked, which takes as
long as reading a report.
"""

from __future__ import annotations

from contextlib import suppress

import parsers.report as parsers_report
from parsers.learned.reader import read_models_ahead
from parsers.text.lexicon import lexicon

__all__ = ["parsers_report"]

# A broken catalogue or model must not end the server: the worker meets the same fault at its first report, and says it
# by name.
with suppress(Exception):
    lexicon()
with suppress(Exception):
    read_models_ahead()
