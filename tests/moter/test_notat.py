"""The samtalenotat: fourteen points beside the bruker's answers, shared when the veileder says so (S4, K8)."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.conftest import NOON
from tests.kartlegging.veileder_levert import lever, som_bruker
from tests.klient import Klient
from tests.moter.avtaler import avtalt, holdt, kari, sak
from tests.sporringer import count
from tests.verden import Verden
from webapp.kartlegging import service as kartlegging
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.kartlegging.skjema.samtalenotat import PUNKTER
from webapp.moter import notat
from webapp.moter import service as moter
from webapp.moter.models import Notatversjon
from webapp.plan import service as plan
from webapp.platform import clock, ids
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading, writing

TILTAK = {"veien_videre-tiltak": "Kari søker om kommunal bolig", "veien_videre-frist": "2026-12-15"}


def sti(verden: Verden, mote_id: object, rest: str = "") -> str:
    return f"/veileder/bruker/{verden.amina}/mote/{mote_id}/notat{rest}"


def kopi(verden: Verden, mote_id: UUID) -> notat.Arbeidskopi:
    return notat.working_copy(verden.kommune_id, verden.amina, verden.seal(verden.amina), mote_id)


def versjoner() -> int:
    with reading() as db:
        return len(db.scalars(select(Notatversjon)).all())


def test_fourteen_points_with_the_brukers_answers_beside_them(veileder: Klient, verden: Verden) -> None:
    lever(verden)
    page = veileder.get(sti(verden, holdt(verden))).text
    assert len(PUNKTER) == 14
    for punkt in PUNKTER:
        assert f'id="punkt-{punkt.nr}"' in page
    assert "Jeg har hybel, den er kald om vinteren" in page
    assert "Sjelden, og det går greit" in page
    for felt in notat.FELT:
        assert f'name="{felt}"' in page


def test_what_they_would_not_answer_is_not_counted_as_an_answer(veileder: Klient, verden: Verden) -> None:
    who = som_bruker(verden)
    decline = Endring("bolig.mer", "", True, 0, "")
    kartlegging.save(who.kommune_id, who.id, who.seal, Skriver("bruker", "nb"), None, [decline], unverified=True)
    lever(verden)
    assert "(1 svar og 1 «vil ikke svare»)" in veileder.get(sti(verden, holdt(verden))).text


def test_a_draft_is_saved_as_typed_finished_or_not(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    for written in ({"bosituasjon": "å" * 10_500}, {"veien_videre-frist": "31. februar"}):
        sent = {"versjon": str(kopi(verden, mote_id).versjon), **dict.fromkeys(notat.FELT, ""), **written}
        veileder.post(sti(verden, mote_id), sent)
        assert kopi(verden, mote_id).innhold == written
    assert "31. februar" in veileder.get(sti(verden, mote_id)).text
    page = veileder.get(sti(verden, mote_id, "/se-over")).text
    assert "Innen når: Skriv dag, måned og år" in page  # it has no year, and «24. desember» exists
    assert "Del med brukeren" not in page
    veileder.post(sti(verden, mote_id, "/del"), {"versjon": "2"})
    assert versjoner() == 0
    bruker.get(f"/moter/{mote_id}/notat", status=404)


def test_a_day_in_words_is_a_day(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    """The way Medvirk writes it itself."""
    mote_id = holdt(verden)
    sent = {"versjon": "0", **TILTAK, "veien_videre-frist": "15. januar 2027"}
    page = veileder.follow(veileder.post(sti(verden, mote_id), {**sent, "handling": "se_over"})).text
    assert "Denne dagen finnes ikke" not in page
    assert f'href="{sti(verden, mote_id)}"' in page.partition("<main")[2]
    veileder.post(sti(verden, mote_id, "/del"), {"versjon": "1"})
    assert "fredag 15. januar" in bruker.get(f"/moter/{mote_id}/notat").text


def test_the_field_that_stopped_it_is_marked(veileder: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    sent = {"versjon": "0", **TILTAK, "veien_videre-frist": "31. februar 2027"}
    page = veileder.follow(veileder.post(sti(verden, mote_id), {**sent, "handling": "se_over"})).text
    back = f"{sti(verden, mote_id)}?rett=1#veien_videre-frist"
    assert page.count(f'href="{back}"') == 2, "from the summary, and from «Endre notatet»"
    field = veileder.get(back.partition("#")[0]).text.partition('<label for="veien_videre-frist"')[2]
    field = field.partition("</div>")[0]
    assert "Denne dagen finnes ikke" in field
    assert 'value="31. februar 2027"' in field
    assert 'aria-invalid="true"' in field
    assert "Denne dagen finnes ikke" not in veileder.get(sti(verden, mote_id)).text, (
        "while it is written, nothing is wrong"
    )


def test_two_tabs_show_both_texts(veileder: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    veileder.post(sti(verden, mote_id), {"versjon": "0", "bosituasjon": "Fra den ene", "arbeid": "Likt"})
    page = veileder.post(
        sti(verden, mote_id), {"versjon": "0", "bosituasjon": "Fra den andre", "arbeid": "Likt"}, status=409
    ).text
    assert "Fra den ene" in page
    assert "Fra den andre" in page
    assert page.count("Lagret et annet sted") == 1  # only where they differ
    assert 'value="1"' in page
    assert kopi(verden, mote_id).innhold["bosituasjon"] == "Fra den ene"
    side = re.findall(r'name="utkastside" value="([^"]+)"', page)[0]  # without script, the server says which page it is
    veileder.post(sti(verden, mote_id), {"versjon": "1", "bosituasjon": "Begge", "arbeid": "Likt", "utkastside": side})
    assert kopi(verden, mote_id).innhold["bosituasjon"] == "Begge"
    restored = veileder.get(sti(verden, mote_id)).text
    assert "Vi har tatt vare på" not in restored  # what was kept on the way has arrived


def test_sharing_freezes_what_was_looked_over(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    response = veileder.post(
        sti(verden, mote_id), {"versjon": "0", "bosituasjon": "Slik ble det", "handling": "se_over"}
    )
    page = veileder.follow(response).text
    assert "Slik ble det" in page
    veileder.post(sti(verden, mote_id), {"versjon": "1", "bosituasjon": "Endret etterpå"})
    page = veileder.follow(veileder.post(sti(verden, mote_id, "/del"), {"versjon": "1"})).text
    assert "Notatet er endret siden du så over det." in page
    assert versjoner() == 0
    for _ in range(2):  # pressed twice, shared once
        veileder.post(sti(verden, mote_id, "/del"), {"versjon": "2"})
    assert versjoner() == 1
    assert "Endret etterpå" in bruker.get(f"/moter/{mote_id}/notat").text
    veileder.post(sti(verden, mote_id), {"versjon": "2", "bosituasjon": "Ikke delt ennå"})
    assert "Ikke delt ennå" not in bruker.get(f"/moter/{mote_id}/notat").text
    with pytest.raises(DBAPIError), writing(unverified=True) as db:
        db.execute(text("update notatversjon set versjon = 9"))


def test_what_has_not_been_held_cannot_be_shared(veileder: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    veileder.post(sti(verden, mote_id), {"versjon": "0", "bosituasjon": "Forberedelse"})
    page = veileder.get(sti(verden, mote_id, "/se-over")).text
    assert "Du kan dele notatet når møtet er holdt." in page
    page = veileder.follow(veileder.post(sti(verden, mote_id, "/del"), {"versjon": "1"})).text
    assert "Notatet kan ikke deles ennå." in page
    assert versjoner() == 0
    for wrong in ("", "x", "-1", "9" * 30):
        veileder.post(sti(verden, mote_id, "/del"), {"versjon": wrong})
    assert versjoner() == 0


def klokka(verden: Verden) -> object:
    """When K8's second clock was stopped."""
    state = kartlegging.state(verden.kommune_id, verden.amina)
    assert state is not None
    return state.plan_fulgt


def test_k8_point_14_is_a_next_step_when_both_have_said_yes_to_it_in_the_plan(
    bruker: Klient, veileder: Klient, verden: Verden
) -> None:
    lever(verden)
    mote_id = holdt(verden, NOON)
    veileder.post(sti(verden, mote_id), {"versjon": "0", "bosituasjon": "Uten tiltak"})
    page = veileder.follow(veileder.post(sti(verden, mote_id, "/del"), {"versjon": "1"})).text
    assert "Notatet er delt." in page
    assert "Foreslå det dere ble enige om" not in page
    veileder.post(sti(verden, mote_id), {"versjon": "1", "bosituasjon": "Med tiltak", **TILTAK})
    assert "blir neste steg når du foreslår det i planen" in veileder.get(sti(verden, mote_id, "/se-over")).text
    sent = veileder.post(sti(verden, mote_id, "/del"), {"versjon": "2"})
    assert klokka(verden) is None  # one of the two has written it
    page = veileder.follow(sent).text
    assert "Foreslå det dere ble enige om i planen også." in page
    assert 'value="Kari søker om kommunal bolig"' in page
    assert 'value="2026-12-15"' in page
    steg = {
        "hva": "Søke om kommunal bolig",
        "hvorfor": "Så du får et sted å bo",
        "frist": "2026-12-15",
        "ansvar": "nav_sosial",
        "hvor_ofte": "en_gang",
        "slag": "bolig",
    }
    veileder.post(f"/veileder/bruker/{verden.amina}/plan/steg/nytt", steg)
    assert klokka(verden) is None  # a proposal is not a step
    (made,) = plan.read(verden.kommune_id, verden.amina, verden.seal(verden.amina)).steg
    bruker.post(f"/plan/steg/{made.id}/ja", {"versjon": "1"})
    assert klokka(verden) == NOON
    veileder.post(sti(verden, mote_id), {"versjon": "2", "arbeid": "Mer", **TILTAK})
    page = veileder.follow(veileder.post(sti(verden, mote_id, "/del"), {"versjon": "3"})).text
    assert "Foreslå det dere ble enige om" not in page  # something follows already


def test_a_long_next_step_loses_nothing_on_the_way_into_the_plan(veileder: Klient, verden: Verden) -> None:
    lever(verden)
    mote_id = holdt(verden, NOON)
    long = "Kari ringer boligkontoret, og så " + "ser vi på det igjen. " * 20
    written = {"veien_videre-tiltak": long, "veien_videre-mal": "En fast bolig", "veien_videre-frist": "1.1.2020"}
    veileder.post(sti(verden, mote_id), {"versjon": "0", **written})
    page = veileder.follow(veileder.post(sti(verden, mote_id, "/del"), {"versjon": "1"})).text
    assert long.strip() in page
    assert "En fast bolig" in page
    assert "2020-01-01" not in page  # a day that has been is no deadline
    start = f"/veileder/bruker/{verden.amina}/plan/steg/nytt"
    theirs = holdt(verden, NOON, bruker_id=verden.jonas)
    for wrong in (theirs, "x", "00000000-0000-0000-0000-000000000000", "%00"):
        assert "Kari ringer" not in veileder.get(f"{start}?mote={wrong}").text


def test_other_words_in_a_comment_from_the_same_form_are_kept(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    veileder.post(sti(verden, mote_id), {"versjon": "0", "bosituasjon": "Slik ble det"})
    veileder.post(sti(verden, mote_id, "/del"), {"versjon": "1"})
    nokkel = "018f00000000700080000000000000aa"
    for words in ("Først", "Først", "Så dette", "Så dette"):
        bruker.post(f"/moter/{mote_id}/notat", {"tekst": words, "nokkel": nokkel})
    (shared,) = notat.shared(verden.kommune_id, verden.amina, verden.seal(verden.amina), mote_id)
    assert sorted(one.tekst for one in shared.kommentarer) == ["Først", "Så dette"]


def test_k8_a_note_of_a_meeting_before_the_delivery_stops_nothing(veileder: Klient, verden: Verden) -> None:
    mote_id = holdt(verden, NOON - timedelta(days=2))
    lever(verden)
    veileder.post(sti(verden, mote_id), {"versjon": "0", **TILTAK})
    veileder.post(sti(verden, mote_id, "/del"), {"versjon": "1"})
    state = kartlegging.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert (state.samtale_holdt, state.plan_fulgt) == (None, None)


def test_the_veileder_sees_comment_and_face(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    veileder.post(sti(verden, mote_id), {"versjon": "0", "bosituasjon": "Slik ble det"})
    veileder.post(sti(verden, mote_id, "/del"), {"versjon": "1"})
    bruker.post(f"/moter/{mote_id}/notat", {"tekst": "Det var to rom, ikke ett"})
    bruker.post(f"/moter/{mote_id}/vurdering", {"ansikt": "2", "tekst": "Det gikk fort"})
    page = veileder.get(f"/veileder/bruker/{verden.amina}/mote/{mote_id}").text
    for words in ("Det var to rom, ikke ett", "Ganske vanskelig", "Det gikk fort"):
        assert words in page
    with reading() as db:
        names = set(db.scalars(select(Hendelse.type).where(Hendelse.bruker_id == verden.amina)))
    assert {"notat_delt", "notat_kommentert", "mote_vurdert"} <= names


def test_a_stale_form_key_keeps_the_note_on_the_page(veileder: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    page = veileder.post(sti(verden, mote_id), {"versjon": "0", "arbeid": "Lang tekst"}, status=422, key="gammel").text
    assert "Lang tekst" in page
    assert "Trykk på knappen én gang til" in page
    assert kopi(verden, mote_id).versjon == 0


def test_a_session_that_ended_keeps_the_note_for_its_writer(app: Flask, veileder: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    veileder.get(sti(verden, mote_id))
    with clock.frozen(NOON + timedelta(hours=2)):
        response = veileder.post(sti(verden, mote_id), {"versjon": "0", "arbeid": "Midt i en setning"})
        assert "tatt_vare_pa" in response.location
        again = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        page = again.get(sti(verden, mote_id)).text
        assert "Vi har tatt vare på noe du skrev her" in page
        assert "Midt i en setning" in again.get(sti(verden, mote_id) + "?utkast=1").text
        again.post(sti(verden, mote_id) + "?utkast=1", {"versjon": "0", "arbeid": "Midt i en setning"})
        assert "Vi har tatt vare på" not in again.get(sti(verden, mote_id)).text


def test_writing_needs_the_same_queries_however_much_there_is(app: Flask, veileder: Klient, verden: Verden) -> None:
    lever(verden)
    mote_id = holdt(verden)
    with count(app) as few:
        veileder.get(sti(verden, mote_id))
    veileder.post(sti(verden, mote_id), {"versjon": "0", **dict.fromkeys(notat.FELT, "Litt tekst"), **TILTAK})
    for n in range(5):
        with clock.frozen(NOON + timedelta(minutes=n)):
            lever(verden, {"bolig.fungerer": f"Ny {n}"})
    with count(app) as many:
        veileder.get(sti(verden, mote_id))
    assert len(many) == len(few) <= 18


def test_what_was_agreed_last_time_stands_beside(veileder: Klient, verden: Verden) -> None:
    first = holdt(verden, NOON - timedelta(days=30))
    veileder.post(sti(verden, first), {"versjon": "0", **TILTAK})
    veileder.post(sti(verden, first, "/del"), {"versjon": "1"})
    page = veileder.get(sti(verden, holdt(verden))).text
    assert "Sist avtalt, tirsdag 24. november" in page
    assert "Kari søker om kommunal bolig" in page
    assert "tirsdag 15. desember" in page
    assert "Sist avtalt" not in veileder.get(sti(verden, first)).text


# The case or the meeting is another while the note is written: what was typed can be seen again, and copied.

LANGT = "Amina fortalte om kurset, og vi ble enige om at hun begynner i januar"


@pytest.mark.parametrize("what", ["avlyst", "ikke holdt"])
def test_a_meeting_that_is_over_meanwhile_shows_what_was_typed(veileder: Klient, verden: Verden, what: str) -> None:
    before = timedelta(days=2) if what == "avlyst" else timedelta(minutes=-5)
    mote_id = avtalt(verden, clock.now() + before)
    note = sti(verden, mote_id)
    veileder.get(note)
    if what == "avlyst":
        moter.cancel(kari(verden), sak(verden), mote_id, "Syk")
    else:
        moter.not_held(kari(verden), sak(verden), mote_id)
    veileder.get(note, 404)
    for key, status in ((None, 409), ("gammel", 409)):
        page = veileder.post(note, {"versjon": "0", "arbeid": LANGT, "helse": "kort"}, status, key=key).text
        assert LANGT in page
        assert ">kort</textarea>" in page.replace("\n", "").replace("\r", "")
        assert "så notatet kan ikke lagres. Kopier det du skrev." in page
        assert "Lagre utkast" not in page
    veileder.token = ""
    veileder.get("/veileder/")
    veileder.json("/veileder/utkast", {"sti": note, "felter": {"arbeid": [LANGT]}})
    assert 'href="?utkast=1"' in veileder.get(note).text
    assert LANGT in veileder.get(f"{note}?utkast=1").text
    veileder.get(f"{note}/se-over", 404)
    assert kopi(verden, mote_id).versjon == 0


def test_a_meeting_that_is_not_there_gives_back_what_was_typed(veileder: Klient, verden: Verden) -> None:
    page = veileder.post(sti(verden, ids.new_id()), {"versjon": "0", "arbeid": LANGT, "helse": "Kort"}, 404).text
    assert LANGT in page
    assert "Kort</textarea>" in page
    assert 'data-type="bra"' not in page
