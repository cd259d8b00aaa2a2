"""An account of every printed number: a figure, a named other thing, or unexplained.

Belongs here: walking over all numbers of a Document and asking, in order, whether it is a printing of a figure, part
of a citation by its form (`parsers.cited`), told by its surroundings (`surroundings`, `rules`), or a companion of a
number already named (`account`).
Stays out: reading figures (`parsers.figures`).

Nothing is explained for want of a better reason: what no step names is UNEXPLAINED, and the office sees it.
"""

from parsers.accounts.account import Named, account_for

__all__ = ["Named", "account_for"]
