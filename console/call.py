"""One call of a page: who calls, from where, with which words.

Belongs here: the value every page's function takes, and the answers it gives.
Stays out: whether the call is let through (`guard`), what a page shows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from cchc.errors import CallError, SignInError
from cchc.messages import Language, translator
from console import rendering
from console.surroundings import Surroundings
from warehouse.people.accounts import Account
from warehouse.people.acts import Act, act_of, note
from warehouse.people.sessions import Session

_ = translator("console")


LARGEST_NUMBER = 2**31 - 1
"""Numbers of rows end here in every database that is used."""


def whole(text: str) -> int:
    """Return a number that a page put into its form.

    Raises:
        CallError: it is none; the form is not as the page sent it.
    """
    if re.fullmatch("[0-9]{1,10}", text) and int(text) <= LARGEST_NUMBER:
        return int(text)
    raise CallError(_("This form is not whole. Open the page and repeat."))


@dataclass(frozen=True)
class Call:
    """One request with what is known about it; `session` is None where nobody is signed in."""

    request: Request
    around: Surroundings
    session: Session | None
    moment: datetime
    language: Language
    form: FormData = field(default_factory=FormData)

    @property
    def person(self) -> Account:
        """Return who is signed in.

        Raises:
            SignInError: nobody is.
        """
        if self.session is None:
            raise SignInError(_("sign in first"))
        return self.session.account

    @property
    def is_partial(self) -> bool:
        """Return whether the page's script asks for a part of the page only."""
        return self.request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in (
            self.request.headers
        )

    @property
    def address(self) -> str:
        """Return the network address the call comes from."""
        return self.request.client.host if self.request.client else "-"

    def path(self, name: str) -> str:
        """Return a part of the path."""
        return str(self.request.path_params[name])

    def number(self, name: str) -> int:
        """Return a part of the path that is a number of something kept.

        Raises:
            HTTPException: nothing has so large a number, and no database could look for it.
        """
        found = int(self.request.path_params[name])
        if found > LARGEST_NUMBER:
            raise HTTPException(404, _("There is no such page."))
        return found

    def query(self, name: str, default: str = "") -> str:
        """Return a word behind the question mark."""
        return self.request.query_params.get(name, default)

    def word(self, name: str, default: str = "") -> str:
        """Return a field of the form as text."""
        value = self.form.get(name, default)
        return value if isinstance(value, str) else default

    def whole(self, name: str) -> int:
        """Return a field of the form that the page itself fills with a number.

        Raises:
            CallError: it holds none; the form is not as the page sent it.
        """
        return whole(self.word(name))

    def words(self, name: str) -> list[str]:
        """Return every field of that name as text."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    def files(self, name: str) -> list[UploadFile]:
        """Return the files of the form that have a name."""
        return [value for value in self.form.getlist(name) if isinstance(value, UploadFile) and value.filename]

    def url(self, path: str) -> str:
        """Return a path of this page as a browser must ask for it."""
        return self.around.prefix + path

    def act(self, kind: str, *, round: str | None = None, ward: str | None = None, **detail: Any) -> Act:
        """Return an act of the person who is signed in."""
        return act_of(self.person, kind, round=round, ward=ward, **detail)

    def note(self, kind: str, *, round: str | None = None, ward: str | None = None, **detail: Any) -> None:
        """Write down an act of the person who is signed in."""
        note(self.around.engine, self.act(kind, round=round, ward=ward, **detail), self.moment)

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """Return a page made from a template."""
        return HTMLResponse(rendering.render(template, self._shared() | values), status)

    def go(self, path: str) -> Response:
        """Return the answer that sends the browser to a path of this page."""
        return RedirectResponse(self.url(path), status_code=303)

    def _shared(self) -> dict[str, Any]:
        return {
            "call": self,
            "person": self.session.account if self.session else None,
            "form_token": self.session.form_token if self.session else "",
            "language": self.language,
            "url": self.url,
            "here": self.request.url.path.removeprefix(self.around.prefix),
            "console": self.around.settings.console,
        }
