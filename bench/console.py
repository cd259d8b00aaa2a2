"""The office's page: how soon the next item is there, and that twenty people at once lose and double nothing.

Belongs here: the clock and a made round of fifteen wards. Stays out: the page.
"""

from __future__ import annotations

import re
import statistics
import tempfile
import threading
import time
from pathlib import Path

from starlette.testclient import TestClient

from console.app import make_app
from tests.console.desk import PASSWORD, ROUND, Desk, load, make_desk, word_report
from warehouse import queries
from warehouse.connection import open_warehouse
from warehouse.people import accounts
from warehouse.people.accounts import NewAccount

PEOPLE = 20
WARDS = (
    "nguyen-nghiem", "pho-an", "pho-phong", "pho-thuan", "pho-van", "pho-quang", "pho-nhon", "pho-ninh", "pho-minh",
    "pho-vinh", "pho-hoa", "pho-cuong", "pho-khanh", "pho-thanh", "pho-chau",
)  # fmt: skip
FIGURES = {"dossiers_received": ("276", 0.5), "dossiers_resolved": ("270", 0.7), "dossiers_pending": ("6", 0.6)}


def main() -> None:
    """Print the times of pages, and what came of twenty people at once."""
    with tempfile.TemporaryDirectory() as folder:
        desk = _office(Path(folder))
        _print_times(desk)
    with tempfile.TemporaryDirectory() as folder:
        _print_crowd(_office(Path(folder)))


def _office(folder: Path) -> Desk:
    template = folder / "template.db"
    open_warehouse(f"sqlite:///{template}").dispose()
    home = folder / "home"
    home.mkdir()
    desk = make_desk(home, template)
    for number, ward in enumerate(WARDS):
        load(desk, word_report(FIGURES, ward=ward, file=number))
    return desk


def _print_times(desk: Desk) -> None:
    browser = desk.browser("clerk")
    first = _timed(lambda: browser.get(f"/round/{ROUND}"))
    token = browser.token(f"/review/{ROUND}/pho-an/dossiers_received")
    times = []
    page = browser.get(browser.get(f"/review/{ROUND}").headers["location"]).text
    while found := re.search(rf'action="(/review/{ROUND}/[\w/-]+)" hx-post', page):
        seen = re.search(r'name="seen" value="([^"]+)"', page)
        assert seen is not None
        sent = {"form_token": token, "action": "accept", "seen": seen[1]}
        began = time.perf_counter()
        page = browser.client.post(found[1], data=sent, headers={"HX-Request": "true"}).text
        times.append(1000 * (time.perf_counter() - began))
        if 'name="action"' not in page:
            break
    ordered = sorted(times)
    print(f"board, first page: {first:.0f} ms")
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    print(f"next item after a key, {len(times)} items: median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms")


def _print_crowd(desk: Desk) -> None:
    """Let twenty people accept whatever they are given until nothing is left."""
    app = make_app(desk.settings, lambda: desk.moment)
    for number in range(PEOPLE):
        person = accounts.add_account(desk.engine, NewAccount(f"p{number}", f"Người {number}", "clerk"), desk.moment)
        accounts.use_link(desk.engine, accounts.make_link(desk.engine, person.id, desk.moment), PASSWORD, desk.moment)
    overtaken: list[int] = []
    gate = threading.Barrier(PEOPLE)

    def work(number: int) -> None:
        client = TestClient(app, base_url="https://testserver", follow_redirects=False)
        token = _token(client.get("/sign-in").text)
        client.post("/sign-in", data={"form_token": token, "login": f"p{number}", "password": PASSWORD})
        gate.wait()
        while True:
            where = client.get(f"/review/{ROUND}").headers["location"]
            if where.endswith("/nothing"):
                return
            page = client.get(where).text
            seen = re.search(r'name="seen" value="([^"]+)"', page)
            if seen is None:
                continue
            answer = client.post(where, data={"form_token": _token(page), "action": "accept", "seen": seen[1]})
            overtaken.append(int('class="fault"' in answer.text))

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(n,)) for n in range(PEOPLE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = queries.decisions(desk.engine, ROUND)
    decided = {(d.ward, d.figure) for d in taken}
    wanted = len(WARDS) * len(FIGURES)
    print(
        f"{PEOPLE} people at once: {len(decided)} of {wanted} figures decided, {len(taken) - len(decided)} twice, "
        f"{sum(overtaken)} told that another was first, {time.perf_counter() - began:.1f} s"
    )


def _token(page: str) -> str:
    found = re.search(r'name="form_token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def _timed(work: object) -> float:
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    main()
