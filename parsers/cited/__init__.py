"""The stretches of a text whose numbers are no figures by their own form: documents, dates, periods, standards, names.

Belongs here: `cited_spans`, and the steps it is made of: `shapes` (patterns), `times` (dates and periods), `words` (cue
words of `catalogue/language/cues.yaml`), `find` (the walk).
Stays out: what needs the sentence to tell (targets, other levels, changes: `parsers.accounts`), and which document is
cited for what (`parsers.citations`).

A span must be certain: where a number might count something, it is left to the engine that reads figures.
"""

from parsers.cited.before import Span
from parsers.cited.find import cited_spans

__all__ = ["Span", "cited_spans"]
