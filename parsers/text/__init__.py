"""Text before any meaning for a number: one spelling, one cutting into words, the phrases and periods that stand in it.

Belongs here: what every reader of text shares: `spelling`, `tokens`, `lexicon`, `periods`.
Stays out: numbers (`parsers.numbers`), what a phrase means for a number (`parsers.figures`, `parsers.accounts`).
"""
