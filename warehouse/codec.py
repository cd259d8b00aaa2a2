"""Frozen values to JSON and back, exactly.

Belongs here: dataclasses of plain fields (numbers, text, dates, enums, tuples, mappings, other dataclasses) and their
JSON; a field added later with a default is filled in from that default.
Stays out: what the values mean.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import types
import zlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Return `value` as lists, mappings, text and numbers, as `json` would read it back."""
    return json.loads(canonical(value))


def from_plain(kind: type[T], value: Any) -> T:
    """Return the value of type `kind` that `to_plain` made `value` from."""
    return cast("T", _builder(cast("Any", kind))(value))


def canonical(value: Any) -> str:
    """Return one JSON text for equal values; decimals and dates are text, dataclasses objects."""
    return json.dumps(value, default=_shallow, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def packed(text: str) -> bytes:
    """Return a JSON text compressed."""
    return zlib.compress(text.encode(), 3)


def unpacked(kind: type[T], body: bytes) -> T:
    """Return the value of type `kind` whose JSON text is packed in `body`."""
    return from_plain(kind, json.loads(zlib.decompress(body)))


def digest(*values: Any) -> str:
    """Return a hash that is equal for equal values."""
    return digest_of("\n".join(canonical(v) for v in values))


def digest_of(text: str) -> str:
    """Return the hash of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _shallow(value: Any) -> Any:
    """Return one step from a value towards what `json` can write; `json` takes the others."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: getattr(value, name) for name in _names_of(type(value))}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} cannot be written as JSON; use plain fields, or teach warehouse.codec")


@cache
def _names_of(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@cache
def _builder(kind: Any) -> Callable[[Any], Any]:
    """Return the function that rebuilds a value of type `kind`."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass_builder(kind)
    if isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return _named_tuple_builder(kind)
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        inner = _builder(next(a for a in get_args(kind) if a is not type(None)))
        return lambda v: None if v is None else inner(v)
    if origin is tuple:
        item = _builder(get_args(kind)[0])
        return lambda v: tuple(item(x) for x in v)
    return _plain_builder(kind, origin)


def _plain_builder(kind: Any, origin: Any) -> Callable[[Any], Any]:
    if kind is Decimal:
        return Decimal
    if kind in (date, datetime):
        return cast("Callable[[Any], Any]", kind.fromisoformat)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind is float:
        return float
    if kind in (str, int, bool, Any) or origin in (Literal, dict, Mapping):
        return lambda v: v
    raise TypeError(f"{kind!r} cannot be rebuilt from JSON; use plain fields, or teach warehouse.codec")


def _dataclass_builder(kind: type) -> Callable[[Any], Any]:
    """Return a builder made at first use, so that a type may hold itself."""

    def build(value: Mapping[str, Any]) -> Any:
        fields = _fields_of(kind)
        return kind(**{name: fields[name](v) for name, v in value.items() if name in fields})

    return build


def _named_tuple_builder(kind: Any) -> Callable[[Any], Any]:
    """Return a builder from the list of a named tuple's fields; fields added later keep their defaults."""
    hints = get_type_hints(kind)
    fields = [_builder(hints[name]) for name in kind._fields]
    return lambda value: kind(*(build(item) for build, item in zip(fields, value, strict=False)))


@cache
def _fields_of(kind: type) -> dict[str, Callable[[Any], Any]]:
    hints = get_type_hints(kind)
    return {f.name: _builder(hints[f.name]) for f in dataclasses.fields(kind) if f.init}
