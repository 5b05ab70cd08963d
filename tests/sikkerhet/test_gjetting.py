"""Guessing codes: whoever has one good code can not buy endless guesses with it."""

from __future__ import annotations

from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet import innlogging, invitasjoner


def test_a_code_that_is_only_shown_does_not_start_the_count_again(besoker: Klient, verden: Verden) -> None:
    """An invitation's code can be typed again and again until it is used: only using it proves anything."""
    kode = invitasjoner.for_bruker(verden.kommune_id, verden.amina).kode
    besoker.get("/inn")
    for _guess in range(innlogging.PER_ADDRESS["kode"] - 1):
        besoker.post("/inn/kode", {"kode": "AAAA-AAAA"}, status=422)
    besoker.post("/inn/kode", {"kode": kode})
    besoker.post("/inn/kode", {"kode": "AAAA-AAAA"}, status=429)
