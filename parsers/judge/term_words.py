"""What the judge's terms and the accounts of numbers are called, for people.

Belongs here: one phrase a term and a kind of account, in English with its Vietnamese in the catalogue. Stays out: what
a term is (`terms`), the tree that shows them (`trace`).
"""

from __future__ import annotations

from cchc.messages import translator

_ = translator("judge")


def term_words(name: str) -> str:
    """Return what a term is called; the name itself where it has no words yet."""
    return _terms().get(name, name)


def account_words(kind: str) -> str:
    """Return what a kind of account says that a number is."""
    return _kinds().get(kind, kind)


def _terms() -> dict[str, str]:
    return {
        "stacked": _("what all readers say together"),
        "stacked_margin": _("its lead over the next guess"),
        "independent": _("what the second reader says alone"),
        "independent_same": _("the second reader names the same figure"),
        "independent_none": _("the second reader takes it for no figure"),
        "weakest": _("the least sure of the models"),
        "sequence": _("the sequence model"),
        "network": _("the network"),
        "sequence_stacked": _("the sequence model, told of the grammar"),
        "network_stacked": _("the network, told of the grammar"),
        "grammar_same": _("the grammar names the same figure"),
        "grammar_confidence": _("how sure the grammar is"),
        "grammar_other_figure": _("the grammar names another figure"),
        "grammar_named_other": _("the grammar says it is of another level, period or kind"),
        "all_agree": _("all readers agree"),
        "supported": _("printed arithmetic bears it out"),
        "against": _("printed arithmetic speaks against it"),
        "again_alike": _("printed again with the same value"),
        "again_otherwise": _("printed again with another value"),
        "rival": _("another printing is as likely"),
        "in_table": _("stands in a table"),
        "in_words": _("printed in words"),
        "zero": _("is a zero"),
        "parts": _("is the sum of printed parts"),
        "percent": _("is a percentage"),
        "money": _("is a sum of money"),
        "small": _("is a small number"),
        "other_nearest": _("another level is named nearest"),
        "own_nearest": _("the unit itself is named nearest"),
        "other_in_sentence": _("another level is named in the sentence"),
        "ytd_beside_period": _("since January is named beside a figure of the period"),
        "ytd_beside_ytd": _("since January is named beside a figure since January"),
        "past": _("an earlier period is named nearby"),
        "past_beside_ratio": _("an earlier period is named beside a ratio"),
        "past_beside_prior": _("an earlier period is named beside a figure of one"),
        "planned": _("a plan is named nearby"),
        "planned_beside_ratio": _("a plan is named beside a ratio"),
        "planned_beside_year": _("a plan is named beside a figure of the year"),
        "part": _("a part is named nearby"),
        "table_total": _("the words or the column say it is a total"),
        "crowd": _("many figures stand in its sentence"),
    }


def _kinds() -> dict[str, str]:
    return {
        "figure": _("part of a figure"),
        "document_number": _("the number of a document"),
        "date": _("a date"),
        "period": _("a period"),
        "law": _("the number of a law"),
        "article": _("an article or clause"),
        "standard": _("a standard"),
        "phone": _("a telephone number"),
        "list_number": _("the number of a list item"),
        "other_level": _("a number of another level"),
        "prior_period": _("a number of another period"),
        "change": _("a change"),
        "target": _("a target"),
        "sub_item": _("a part of something named elsewhere"),
        "complaint": _("complaints and petitions"),
        "name": _("part of a name"),
        "measure": _("a measure"),
        "unexplained": _("nothing known of it"),
    }
