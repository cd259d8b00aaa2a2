"""An environment that lacks a package: what is missing, and the command that brings it up to the lock.

Belongs here: the sentence and its error. Stays out: the edges that meet the fault (`parsers.worker`, the command line).
"""

from __future__ import annotations

from cchc.errors import MissingPackageError
from cchc.messages import translator

_ = translator("cli")


def missing_package(error: ModuleNotFoundError) -> MissingPackageError:
    """Return the named error of a module that could not be imported."""
    return MissingPackageError(
        _("this environment lacks the package {name}; bring it up with: pip install -r requirements.lock").format(
            name=(error.name or str(error)).partition(".")[0]
        )
    )
