"""The JSON schema of a scorecard's file, for editors.

Belongs here: making the schema from the models. Stays out: the models (`file`).
"""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core import core_schema

from catalogue.scorecards.file import CardFile


class _ForEditors(GenerateJsonSchema):
    """A schema in which a decimal is a number (the library would allow text as well) and keys have no second name."""

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> dict[str, Any]:
        """Return the schema of a number with the same bounds."""
        written: dict[str, Any] = dict(schema)
        bounds: dict[str, Any] = {key: float(written[key]) for key in ("gt", "ge", "lt", "le") if key in written}
        return self.float_schema(core_schema.float_schema(**bounds))

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        """Return that no key has a title: it would be the key in capitals."""
        return False


def json_schema() -> dict[str, Any]:
    """Return the JSON schema of a card's file, for editors."""
    draft = {"$schema": GenerateJsonSchema.schema_dialect}
    return draft | CardFile.model_json_schema(schema_generator=_ForEditors)
