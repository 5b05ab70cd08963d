"""The second road, from an agreed plan to a klage: P1, V1–V6, F1–F3, U1–U9 in one story."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.browser import matters, road
from tests.browser.conftest import OpenWindow
from tests.browser.server import Person, Server, unique
from tests.browser.window import DESK, PHONE


@pytest.mark.en_gang
@pytest.mark.parametrize(
    ("look", "sprak"), [pytest.param(PHONE, "ar", id="phone-ar"), pytest.param(DESK, "nb", id="desk-nb")]
)
def test_from_plan_to_klage(
    server: Server, veileder: Person, window: OpenWindow, look: dict[str, Any], sprak: str
) -> None:
    """Both sides of what may cost somebody their rent."""
    office = window(veileder, look=DESK, seen_elsewhere=sprak != "ar")
    home = window(look=look, sprak=sprak, seen_elsewhere=sprak != "ar")
    words = "كنت مريضة ولم أستطع الاتصال" if sprak == "ar" else "Jeg var syk, og fikk ikke ringt."

    def day(days: int) -> str:
        return f"{server.now + timedelta(days=days):%Y-%m-%d}"

    def later(days: int) -> None:
        server.move_clock(timedelta(days=days))
        office.sign_in(veileder)

    case, code = road.register_and_invite(office, unique("Rami"), sprak)
    case = case.rstrip("/") + "/"
    page = road.come_in(home, code, sprak)

    matters.propose_step(office, case, "Besøke et verksted", day(14))
    matters.waits(office, case, "1 forslag venter på svar fra brukeren.")
    matters.say_yes(home, page, "Besøke et verksted")
    matters.waits(office, case, "1 ting er avtalt.")
    matters.register_vedtak(office, case, "2026-11", day(0))
    matters.set_vilkar(office, case, day(3))
    matters.next_is(office, case, "Kontakt brukeren: vilkåret er ikke åpnet")
    matters.read_vilkar(home, page)

    later(5)
    matters.next_is(office, case, re.compile("^(Forklar vilkåret for brukeren|Snakk med brukeren, og registrer)"))
    matter = matters.note_and_warn(office, case, day(-2))
    matters.next_is(office, case, "Kontakt brukeren: varselet er ikke åpnet")
    page = road.come_back(home)
    number = matters.answer_notice(home, page, words)
    assert len(number) >= 8

    later(1)
    matters.next_is(office, case, "Vei uttalelsen")
    matters.register_vedtak(office, case, "2026-12", day(0))
    matters.weigh_and_reduce(office, matter, words, day(0), day(27))
    matters.next_is(office, case, "Kontakt brukeren: avgjørelsen er ikke åpnet")
    page = road.come_back(home)
    matters.read_and_complain(home, page, words)
    office.sign_in(veileder)
    matters.next_is(office, case, "Ta imot klagen")
    matters.take_up_klage(office, case, words)
