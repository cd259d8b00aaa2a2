"""The edge to foreign libraries: whatever hostile bytes make them raise becomes a named outcome.

Belongs here: the one place where any exception is caught. Errors of this project pass through untouched, as does
running out of memory, which the guarded child names itself.
Stays out: limits (`parsers.limits`, `parsers.containers.members`).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from cchc.errors import CchcError, DocumentError
from cchc.messages import translator
from parsers.outcomes import Outcome

_ = translator("containers")


@contextmanager
def faults_named() -> Iterator[None]:
    """Turn whatever is raised inside into DocumentError damaged."""
    try:
        yield
    except (CchcError, MemoryError):
        raise
    except RecursionError as error:
        raise DocumentError(
            Outcome.DAMAGED, _("The file is nested deeper than any office program writes. Save it anew.")
        ) from error
    except Exception as error:
        raise DocumentError(
            Outcome.DAMAGED, _("The file is damaged inside and cannot be opened. Ask the ward to send it again.")
        ) from error
