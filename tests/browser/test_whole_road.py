"""The whole road, from the invitation to the reviewed conversation: K1, K2, K7, K8, S1, S4 in one story."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.browser import road
from tests.browser.conftest import OpenWindow
from tests.browser.server import Person, Server, unique
from tests.browser.window import DESK, PHONE


@pytest.mark.parametrize(
    ("look", "sprak"), [(PHONE, "nb"), (PHONE, "ar"), (DESK, "nb")], ids=["phone-nb", "phone-ar", "desk-nb"]
)
def test_from_invitation_to_reviewed_conversation(
    server: Server, veileder: Person, window: OpenWindow, look: dict[str, Any], sprak: str
) -> None:
    """Two people, several evenings."""
    office = window(veileder, look=DESK)
    home = window(look=look, sprak=sprak)
    name = unique("Amina")
    words = "أسكن عند صديقتي" if sprak == "ar" else "Jeg bor hos en venninne."
    case, code = road.register_and_invite(office, name, sprak)

    page = road.come_in(home, code, sprak)
    road.first_evening(home, page, words)
    server.move_clock(timedelta(hours=20))
    page = road.come_back(home)
    road.second_evening(home, page, words, "Jeg vil bli frisør.")
    number = road.deliver(home, page, words)
    assert case
    assert number
