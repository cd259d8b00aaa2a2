"""The numbers of Vietnamese text: where they stand, what they are worth, how precisely they are printed.

Belongs here: the grammar of printed numbers, step by step: `runs` cuts the text into runs of digits, `digits` says what
a run is worth, `words` and `counted` read number words, `around` what stands beside them, `links` joins fractions and
ranges, `find` puts them together.
Stays out: what a number means (`parsers.figures`, `parsers.accounts`) and zeros in words (`parsers.negations`).

Every digit of a text is part of a Number or of the counting word of one ("m2"), dates and document numbers included:
a later step names those. A lone number word is a Number only where it counts something.
"""

from parsers.numbers.around import unit_at
from parsers.numbers.find import find_numbers
from parsers.numbers.value import Number
from parsers.numbers.words import value_of_words, words_of

__all__ = ["Number", "find_numbers", "unit_at", "value_of_words", "words_of"]
