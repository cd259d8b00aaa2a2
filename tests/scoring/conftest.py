"""The two engines of the warehouse, for the tests that keep results in it."""

from __future__ import annotations

from tests.warehouse.conftest import engine, sqlite_template, url

__all__ = ["engine", "sqlite_template", "url"]
