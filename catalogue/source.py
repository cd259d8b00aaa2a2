"""Opening catalogue files, with the line of every key.

Belongs here: YAML text to plain values plus line numbers, so that a loader can say where a mistake stands.
Stays out: what a particular file means.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from cchc.errors import CatalogueError
from cchc.messages import translator

_ = translator("catalogue")

# libyaml's parser where the wheel has it: ten times as fast, and every process of the house opens thirty files.
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _LineLoader(_Safe):  # type: ignore[misc]
    """A safe loader that refuses a key given twice."""


def _mapping(loader: _LineLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _value in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            where = f"{key_node.start_mark.name}:{key_node.start_mark.line + 1}"
            raise CatalogueError(_("{where}: key '{key}' stands twice; keep one").format(where=where, key=key))
        seen.add(key)
    return yaml.constructor.SafeConstructor.construct_mapping(loader, node, deep=True)


_LineLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def shipped(name: str) -> Path:
    """Return the path of a file that ships with the catalogue."""
    return Path(str(resources.files("catalogue") / name))


def load_yaml(path: Path) -> Any:
    """Return the plain values of a YAML file; a syntax error, another encoding or a doubled key is a CatalogueError."""
    try:
        with path.open(encoding="utf-8") as stream:
            return yaml.load(stream, Loader=_LineLoader)  # noqa: S506 (a SafeLoader)
    except UnicodeDecodeError as error:
        raise CatalogueError(_("{file}: not a text in UTF-8; save it as UTF-8").format(file=path)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"{path}:{mark.line + 1}" if mark else str(path)
        says = _("{where}: not valid YAML; see to quotes, colons and indents of this line and the one before")
        raise CatalogueError(says.format(where=line)) from error
    except OSError as error:
        says = _("{file}: cannot be opened ({why}); put the file back")
        raise CatalogueError(says.format(file=path, why=error.strerror)) from error


def line_of(path: Path, *keys: str) -> int:
    """Return the line (from 1) at which the nested `keys` stand, 1 where they cannot be found."""
    node: yaml.Node | None = _composed(path.read_text(encoding="utf-8"))
    line = 1
    for key in keys:
        if isinstance(node, yaml.SequenceNode) and key.isdigit() and int(key) < len(node.value):
            node = node.value[int(key)]
            line = node.start_mark.line + 1
            continue
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next((pair for pair in pairs if pair[0].value == key), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return line


def line_naming(path: Path, name: str) -> str:
    """Return the file and line at which a module of Python lists a name, as "named.py:12"."""
    lines = path.read_text(encoding="utf-8").splitlines()
    line = next((i for i, text in enumerate(lines, 1) if f'"{name}"' in text), 1)
    return f"{path.name}:{line}"


def stamp_of(path: Path) -> tuple[int, int]:
    """Return what tells a file from the one it was before: moment of its last change in nanoseconds, and its size."""
    at = path.stat()
    return at.st_mtime_ns, at.st_size


@lru_cache(maxsize=8)
def _composed(text: str) -> yaml.Node | None:
    """Return the node tree of a file's text; loaders ask for many lines of one file."""
    return yaml.compose(text, Loader=_Safe)
