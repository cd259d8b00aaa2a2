"""Names of assets and runs in Dagster, where several offices share one Dagster.

Belongs here: the keys an office's assets bear, and the tag of its runs. Stays out: the assets, choosing runs.

An office that has Dagster to itself has plain keys and no tag.
"""

from __future__ import annotations

from collections.abc import Sequence

import dagster as dg

OFFICE_TAG = "cchc/office"
"""Tag of every run of an office that shares Dagster, with the office's name there."""


def key_of(name: str, office: str) -> dg.AssetKey:
    """Return the key of an asset in an office; `office` is empty where it shares Dagster with nobody."""
    return dg.AssetKey([office, name] if office else [name])


def tags_of(office: str) -> dict[str, str]:
    """Return the tags by which runs of an office are told from those of others."""
    return {OFFICE_TAG: office} if office else {}


def own_assets(assets: Sequence[dg.AssetsDefinition], office: str) -> list[dg.AssetsDefinition]:
    """Return assets under the keys they have in an office."""
    keys = {key: key_of(key.path[-1], office) for one in assets for key in one.keys}
    return [one.with_attributes(asset_key_replacements=keys) for one in assets] if office else list(assets)
