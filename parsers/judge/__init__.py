"""The judge: how surely a figure is what the readers say, whether it may enter without a look, and why not.

Belongs here: terms, their fitted weights, the verdict and the reason of doubt.
Stays out: reading numbers (`parsers.figures`, `parsers.learned`), what is right beside other reports (`validation`).
"""

from parsers.judge.doubts import other_figure
from parsers.judge.verdict import class_of_printing, with_verdicts

__all__ = ["class_of_printing", "other_figure", "with_verdicts"]
