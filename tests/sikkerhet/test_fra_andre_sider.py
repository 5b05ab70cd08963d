"""What other sites, and what a lying authenticator, can make this one do: nothing, and say nothing."""

from __future__ import annotations

import pytest

from tests.identitet.autentikator import Autentikator
from tests.klient import Klient

CROSS = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://andre.example"},
    {"Origin": "null"},
]


@pytest.mark.parametrize("headers", CROSS)
def test_another_sites_words_do_not_stand_on_our_page(besoker: Klient, headers: dict[str, str]) -> None:
    """An error page shows what could not be kept. Only to whoever typed it here: else it says what others want."""
    text = "Ring 00 00 00 00 og oppgi koden din for å få pengene"
    sent = besoker.http.post("/kartlegging/bolig", data={"bolig.mer": text}, headers=headers)
    assert sent.status_code == 400
    assert text not in sent.text


@pytest.mark.parametrize("headers", CROSS)
def test_another_site_changes_nothing(bruker: Klient, headers: dict[str, str]) -> None:
    bruker.get("/")
    for path in ("/kartlegging/bolig", "/ut", "/sprak", "/kartlegging/se-over", "/mer/koder"):
        sent = bruker.http.post(path, data={"csrf_token": bruker.token, "bytt_sprak": "en"}, headers=headers)
        assert sent.status_code == 400
    assert 'lang="nb"' in bruker.get("/").text


def test_a_counter_of_32_bits_fits(bruker: Klient, besoker: Klient) -> None:
    """WebAuthn's counter is unsigned; PostgreSQL's whole numbers are not."""
    device = Autentikator(count=2**32 - 2)
    bruker.get("/mer/palogginger")
    options = bruker.json("/passnokkel/registrer/valg", {}).json
    assert options is not None
    bruker.json("/passnokkel/registrer", device.create(options["publicKey"]))
    besoker.get("/inn")
    challenge = besoker.json("/inn/passnokkel/valg", {}).json
    assert challenge is not None
    besoker.json("/inn/passnokkel", device.get(challenge["publicKey"]))
