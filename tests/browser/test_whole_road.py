"""The whole road, from the invitation to the reviewed conversation: K1, K2, K7, K8, S1, S4 in one story."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.browser import road, talk
from tests.browser.conftest import OpenWindow
from tests.browser.server import Person, Server, unique
from tests.browser.window import DESK, PHONE


@pytest.mark.parametrize(
    ("look", "sprak"),
    [
        pytest.param(PHONE, "ar", id="phone-ar"),
        pytest.param(DESK, "nb", id="desk-nb", marks=pytest.mark.en_gang),
    ],
)
def test_from_invitation_to_reviewed_conversation(
    server: Server, veileder: Person, window: OpenWindow, look: dict[str, Any], sprak: str
) -> None:
    """Two people, several evenings."""
    office = window(veileder, look=DESK, seen_elsewhere=sprak != "ar")
    home = window(look=look, sprak=sprak)
    name = unique("Amina")
    words = "أسكن عند صديقتي" if sprak == "ar" else "Jeg bor hos en venninne."
    case, code = road.register_and_invite(office, name, sprak)

    page = road.come_in(home, code, sprak)
    road.first_evening(home, page, words)
    server.move_clock(timedelta(hours=20))
    page = road.come_back(home)
    road.second_evening(home, page, words, "Jeg vil bli frisør.")
    road.deliver(home, page, words)

    office.sign_in(veileder)
    question, reply = "Hvor lenge kan du bo der?", "To måneder til."
    talk.read_and_ask(office, case, name, words, question)
    talk.answer(home, page, question, reply)
    meeting = talk.agree_on_meeting(office, case, f"{server.now + timedelta(days=1):%Y-%m-%d}")
    talk.prepare(home, page, "Jeg vil snakke om depositum.")
    server.move_clock(timedelta(days=1))
    # A day later both sit there again; the sessions have run out meanwhile.
    office.sign_in(veileder)
    page = road.come_back(home)
    talk.hold_and_write(office, meeting, "Jeg vil snakke om depositum.", "Nav søker om garanti for depositum.")
    talk.comment_and_rate(home, page, "Nav søker om garanti for depositum.", "Det stemmer.")
    talk.see_the_comment(office, meeting, "Det stemmer.")
    talk.see_who_opened(home, page, "Kari Test")
