"""Data under version control: figures, labels, rules, scorecards, wards, rounds.

Belongs here: reviewable YAML and CSV files, and the loaders that check them and hand out plain frozen values.
A mistake in a file is a `CatalogueError` that names file, line and remedy.
Stays out: reading reports, checking values, databases.
"""

from __future__ import annotations

from collections.abc import Mapping

from cchc.messages import use_terms


def _office_terms() -> Mapping[str, str]:
    from catalogue.terms import terms

    return terms()


use_terms(_office_terms)
