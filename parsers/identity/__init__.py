"""Which report a Document is: ward, round, number, date, and how surely.

Belongs here: `identify`, and the steps it is made of: `letterhead` and `headlines` (the parts of a report that say what
it is), `wardnames` and `roundnames` (what a text names), `roundevidence` (what each part says of the round),
`belonging` (whether it is a reform report of a ward of this town), `weigh` (what to believe).
Stays out: placing the report (`pipelines`).

What agrees adds up, what contradicts takes away, and doubt ends in a confidence under `SURE` that sends the report to a
person, never in a guess.
"""

from parsers.identity.weigh import SURE, identify

__all__ = ["SURE", "identify"]
