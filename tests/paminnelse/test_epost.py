"""From what happens to the e-mail that says that something did, over real SMTP."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.conftest import NOON
from tests.paminnelse.conftest import Posttjener, bevis, rader, vil_ha_epost
from tests.verden import Verden
from webapp.paminnelse import service
from webapp.paminnelse.arbeider import Arbeider
from webapp.platform import clock, ids, utboks
from webapp.platform.database import writing
from webapp.platform.utboks import Hendelse, Kanal


def legg_prove(verden: Verden, bruker_id: UUID, kanal: Kanal = Kanal.EPOST, *, since: timedelta = timedelta(0)) -> UUID:
    """A row that goes straight to a channel, and has been due for ``since``: the longest goes first."""
    ref = ids.new_id()
    with writing(unverified=True) as db:
        utboks.legg(
            db,
            verden.kommune_id,
            Hendelse.PROVE,
            ref,
            {"straks": clock.now() - since},
            bruker_id=bruker_id,
            kanal=kanal,
        )
    return ref


def test_one_message_in_the_language_of_the_bruker(verden: Verden, arbeider: Arbeider, posttjener: Posttjener) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    legg_prove(verden, verden.amina)

    assert arbeider.drain() == 1

    [mail] = posttjener.post
    assert mail["til"] == ["amina@example.org"]
    assert mail["emne"] == "Det er noe nytt til deg"
    assert mail["tekst"].startswith("Det er noe nytt til deg. Logg inn for å lese det.\n\nhttp://localhost/\n")
    assert mail["hoder"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # S6: neither the subject nor the text says whose matter it is, or what kind.
    everything = mail["ra"].lower() + mail["tekst"].lower()
    for word in ("nav", "sosial", "vilkår", "varsel", "stønad", "kommune", "amina pr"):
        assert word not in everything.replace("ikke-svar", "")
    assert [(row.tilstand, row.kode) for row in rader()] == [("sendt", "250")]
    assert [(row.kanal, row.resultat, row.kode) for row in bevis()] == [("epost", "sendt", "250")]
    assert arbeider.drain() == 0
    assert len(posttjener.post) == 1


def test_an_address_the_server_refuses_is_given_up(verden: Verden, arbeider: Arbeider, posttjener: Posttjener) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "feil@example.org")
    vil_ha_epost(verden.kommune_id, verden.jonas, "jonas@example.org")
    posttjener.behave(svar={"RCPT feil@example.org": "550 no such user"})
    legg_prove(verden, verden.amina)
    legg_prove(verden, verden.jonas)

    arbeider.drain()

    assert [mail["til"] for mail in posttjener.post] == [["jonas@example.org"]]
    assert {row.bruker_id: (row.tilstand, row.kode) for row in rader()} == {
        verden.amina: ("dod", "550"),
        verden.jonas: ("sendt", "250"),
    }
    assert bevis(bruker_id=verden.amina)[0].resultat == "avvist"


@pytest.mark.parametrize(("answer", "kode"), [("stille", "SMTPServerDisconnect"), ("421 too many", "421")])
def test_one_recipient_the_line_breaks_over_holds_up_nobody(
    verden: Verden, arbeider: Arbeider, posttjener: Posttjener, answer: str, kode: str
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    vil_ha_epost(verden.kommune_id, verden.jonas, "jonas@example.org")
    posttjener.behave(svar={"RCPT amina@example.org": answer})
    for bruker_id in (verden.amina, verden.jonas, verden.jonas):
        legg_prove(verden, bruker_id)

    arbeider.drain()

    assert [mail["til"] for mail in posttjener.post] == [["jonas@example.org"]] * 2
    assert [(row.tilstand, row.forsok, row.kode) for row in rader(bruker_id=verden.amina)] == [("venter", 1, kode)]
    assert rader(bruker_id=verden.amina)[0].neste_forsok > NOON


def test_two_recipients_in_a_row_are_the_server_and_no_two_block_for_ever(
    verden: Verden, posttjener: Posttjener
) -> None:
    """After the second one the channel rests; then one is counted each round, so what can be sent comes to its turn."""
    addresses = {verden.amina: "amina@example.org", verden.jonas: "jonas@example.org"}
    for bruker_id, address in addresses.items():
        vil_ha_epost(verden.kommune_id, bruker_id, address)
        legg_prove(verden, bruker_id)
    posttjener.behave(svar={"RCPT": "421 going"})
    Arbeider(service.settings()).drain()
    assert sorted((row.tilstand, row.forsok) for row in rader()) == [("venter", 0), ("venter", 1)]
    Arbeider(service.settings()).drain()
    assert sorted((row.tilstand, row.forsok) for row in rader()) == [("venter", 1), ("venter", 1)]
    posttjener.behave()
    with clock.frozen(NOON + timedelta(minutes=2)):
        Arbeider(service.settings()).drain()
    assert len(posttjener.post) == 2


def test_a_server_that_will_not_have_us_is_not_the_message(
    verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    legg_prove(verden, verden.amina)
    posttjener.behave(svar={"MAIL": "550 who are you"})
    arbeider.drain()
    assert [(row.tilstand, row.forsok, row.kode) for row in rader()] == [("venter", 0, "550")]


@pytest.mark.parametrize("step", ["RCPT", "DATA"])
def test_not_now_is_tried_again_later(verden: Verden, arbeider: Arbeider, posttjener: Posttjener, step: str) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    legg_prove(verden, verden.amina)
    posttjener.behave(svar={step: "451 later"})

    arbeider.drain()

    [row] = rader()
    assert (row.tilstand, row.forsok, row.kode) == ("venter", 1, "451")
    assert NOON + timedelta(seconds=45) <= row.neste_forsok <= NOON + timedelta(seconds=75)
    posttjener.clear()
    arbeider.drain()
    assert posttjener.post == []
    with clock.frozen(NOON + timedelta(minutes=2)):
        arbeider.drain()
    assert len(posttjener.post) == 1


def test_given_up_after_eighteen_tries_and_sent_when_the_administrator_says_so(
    verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    legg_prove(verden, verden.amina)
    posttjener.behave(svar={"RCPT": "450 greylisted"})
    when, tries = NOON, 0
    while rader()[0].tilstand == "venter":
        when, tries = max(when, rader()[0].neste_forsok), tries + 1
        with clock.frozen(when):
            arbeider.drain()
    assert tries == 18
    assert timedelta(days=2) < when - NOON < timedelta(days=4)
    assert rader()[0].tilstand == "dod"
    assert [(row.resultat, row.kode) for row in bevis()] == [("avvist", "450")]


@pytest.mark.parametrize(
    ("answer", "state", "kode"),
    [
        ("251 queued", "sendt", "251"),
        ("200 OK", "sendt", "200"),
        ("OK queued", "uviss", "uleselig"),
        (" ", "uviss", "uleselig"),
        ("354 go on", "uviss", "354"),
    ],
)
def test_whatever_is_answered_to_the_content_it_is_handed_over_once(
    verden: Verden, arbeider: Arbeider, posttjener: Posttjener, answer: str, state: str, kode: str
) -> None:
    """The first digit decides (RFC 5321). What is neither may have been taken, and the matter says so (U3)."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    vil_ha_epost(verden.kommune_id, verden.jonas, "jonas@example.org")
    posttjener.behave(svar={"ETTER": answer})
    for bruker_id in (verden.amina, verden.jonas):
        legg_prove(verden, bruker_id)

    for hours in range(3):
        with clock.frozen(NOON + timedelta(hours=hours)):
            arbeider.drain()

    assert sorted(mail["til"][0] for mail in posttjener.post) == ["amina@example.org", "jonas@example.org"]
    assert [(row.tilstand, row.kode) for row in rader()] == [(state, kode)] * 2
    assert [(row.resultat, row.kode) for row in bevis()] == [(state, kode)] * 2


def test_an_answer_that_cannot_be_read_before_the_content_is_a_line_that_broke(
    verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    posttjener.behave(svar={"RCPT amina@example.org": "hm"})
    legg_prove(verden, verden.amina)

    arbeider.drain()

    assert posttjener.post == []
    assert [(row.tilstand, row.forsok, row.kode) for row in rader()] == [("venter", 1, "uleselig")]
    assert bevis() == []
