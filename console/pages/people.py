"""Who may sign in, and the log of what was done.

Belongs here: accounts made, changed, given links; acts shown and handed out.
Stays out: one's own password (`entry`).
"""

from __future__ import annotations

import csv
import io
import json

from starlette.responses import Response

from catalogue.wards import wards
from cchc.clock import ZONE
from console.call import Call
from warehouse.export.table import plain_text
from warehouse.people import accounts
from warehouse.people.accounts import NewAccount
from warehouse.people.acts import acts
from warehouse.people.roles import ROLES

MOST_SHOWN = 500


def people(call: Call) -> Response:
    """Show all accounts with a form to add one."""
    return _page(call)


def add(call: Call) -> Response:
    """Make an account and show its one-time link."""
    made = accounts.add_account(call.around.engine, _said(call), call.moment)
    secret = accounts.make_link(call.around.engine, made.id, call.moment)
    call.note("add_account", login=made.login, who=made.name, role=made.role)
    return _page(call, link=_link(call, secret), of=made)


def change(call: Call) -> Response:
    """Bring an account to what the form says."""
    number = call.number("number")
    done = accounts.change_account(call.around.engine, number, _said(call), is_active=call.word("is_active") == "yes")
    call.note("change_account", login=done.login, who=done.name, role=done.role, is_active=done.is_active)
    return call.go("/people")


def give_link(call: Call) -> Response:
    """Show a new one-time link of an account."""
    account = accounts.account_by(call.around.engine, id=call.number("number"))
    if account is None:
        return call.go("/people")
    secret = accounts.make_link(call.around.engine, account.id, call.moment)
    call.note("give_link", login=account.login)
    return _page(call, link=_link(call, secret), of=account)


def acts_page(call: Call) -> Response:
    """Show the latest acts."""
    rows = acts(call.around.engine, round_label=call.query("round") or None, most=MOST_SHOWN)
    return call.page("acts", rows=rows)


def acts_file(call: Call) -> Response:
    """Hand out every act as CSV."""
    body = io.StringIO()
    writer = csv.writer(body)
    writer.writerow(["id", "done_at", "name", "kind", "round", "ward", "detail"])
    for row in reversed(acts(call.around.engine)):
        detail = json.dumps(row.detail, ensure_ascii=False)
        moment = row.done_at.astimezone(ZONE).isoformat()
        cells = [row.id, moment, row.name, row.kind, row.round or "", row.ward or "", detail]
        writer.writerow([plain_text(cell) for cell in cells])
    headers = {"Content-Disposition": 'attachment; filename="nhat-ky.csv"'}
    return Response("\ufeff" + body.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


def _page(call: Call, link: str = "", of: accounts.Account | None = None) -> Response:
    return call.page(
        "people", accounts=accounts.accounts(call.around.engine), roles=ROLES, wards=wards(), link=link, of=of
    )


def _said(call: Call) -> NewAccount:
    return NewAccount(
        login=call.word("login"),
        name=call.word("name"),
        role=call.word("role"),
        ward=call.word("ward") or None,
        subject=call.word("subject") or None,
        machine_user=call.word("machine_user") or None,
    )


def _link(call: Call, secret: str) -> str:
    address = call.around.settings.console.address or str(call.request.base_url).rstrip("/")
    return f"{address}{call.around.prefix}/link/{secret}"
