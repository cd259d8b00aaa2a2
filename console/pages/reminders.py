"""Letters that are due to wards: read first, then sent in a person's name.

Belongs here: showing what would be sent and to whom, and beginning to send what was shown.
Stays out: what is due and its words (`pipelines.messages`), sending (`console.worker`).
"""

from __future__ import annotations

from starlette.responses import Response

from cchc.errors import CallError
from cchc.messages import translator
from console.call import Call
from console.jobs import new_job
from console.pages.round import named_round
from pipelines.messages.delivery import addresses, said
from pipelines.messages.due import due_messages
from pipelines.messages.messages import Message

_ = translator("console")


def show(call: Call) -> Response:
    """Show every letter that is due and was not sent, whole, with the addresses it would go to."""
    found = named_round(call)
    mail = call.around.settings.mail
    letters = [(message, addresses(mail, message.ward)) for message in _pending(call)]
    return call.page("reminders", round=found, letters=letters, may_send=mail.enabled)


def send(call: Call) -> Response:
    """Begin to send the letters that were shown and chosen; one that is due no longer is not sent."""
    found = named_round(call)
    chosen = sorted({message.key for message in _pending(call)} & set(call.words("letter")))
    if not chosen:
        raise CallError(_("Choose at least one letter; nothing was sent."))
    call.note("remind", round=found.label, letters=chosen)
    title = _("Sending {n} letters").format(n=len(chosen))
    made = new_job("remind", title, call.person.name, call.moment, found.label)
    order = {"work": "remind", "round": found.label, "letters": chosen}
    call.around.jobs.start(made, order, call.language)
    return call.go(f"/job/{made.id}")


def _pending(call: Call) -> list[Message]:
    before = said(call.around.engine)
    due = due_messages(call.around.engine, [named_round(call)], call.moment)
    return [message for message in due if message.ward is not None and message.key not in before]
