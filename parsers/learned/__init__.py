"""Reader two: which figure a number is, learned from marked reports.

Belongs here: what stands around a number as features, the trained models, and what they say of every number.
Stays out: phrases and rules of the grammar (`parsers.figures`), training (`training`), and whether a figure may be
relied on (`parsers.learned.decide`).
"""
