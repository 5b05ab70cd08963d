"""Råd og veiledning from both sides: asked for, decided, followed up, ended (§ 17)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter.avtaler import bruk_sprak
from tests.sporringer import count
from tests.varsel.verk import formnokkel
from tests.verden import Verden
from webapp.innsyn import alt
from webapp.platform import access, clock, ids
from webapp.platform.database import engines, reading, writing
from webapp.veiledning import lesing, nytt, service
from webapp.veiledning.models import Radsamtale, Radslutt, Radsoknad, Radvedtak

VEDTAK = {
    "utfall": "innvilget",
    "nummer": "2026/17",
    "dato": "2026-11-24",
    "start": "2026-12-01",
    "tekst": "Samtaler annenhver uke om økonomi.",
    "klagefrist": "2026-12-15",
}


def amina(verden: Verden) -> access.Bruker:
    return access.Bruker(
        verden.kommune_id, verden.amina, verden.nord, ids.new_id(), "nb", verden.seal(verden.amina), None
    )


def sokt(verden: Verden, tekst: str = "Jeg får ikke betalt strømmen.") -> UUID:
    return service.ask(amina(verden), ids.new_id(), ["okonomi"], tekst, "bruker")


def sti(verden: Verden, soknad_id: UUID, rest: str = "") -> str:
    return f"/veileder/bruker/{verden.amina}/veiledning/{soknad_id}{rest}"


def rows(table: type) -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def test_the_bruker_asks_once_however_often_it_is_sent_and_gets_a_number(bruker: Klient, verden: Verden) -> None:
    page = bruker.get("/veiledning/ny").text
    assert 'data-utkast="/utkast"' in page
    nokkel = page.split('name="nokkel" value="')[1].split('"')[0]
    words = "Jeg får ikke betalt 😀 الكهرباء"
    sent = {
        "omrader": ["okonomi", "bolig", "finnes-ikke"],
        "tekst": words,
        "nokkel": nokkel,
    }
    first = bruker.post("/veiledning/ny", sent)
    assert bruker.post("/veiledning/ny", sent).location == first.location
    assert rows(Radsoknad) == 1
    page = bruker.follow(first).text
    assert "Søknaden er sendt og lagret." in page
    saken = lesing.matters(verden.kommune_id, verden.amina, verden.seal(verden.amina))[0]
    assert saken.nummer in page
    assert saken.omrader == ("okonomi", "bolig")
    assert words in page


def test_one_of_the_two_is_enough_and_nothing_is_neither(bruker: Klient) -> None:
    page = bruker.post("/veiledning/ny", {"tekst": " \x00 ", "omrader": ["nei"]}, status=422).text
    assert page.count("Kryss av for minst ett område") == 2
    page = bruker.post("/veiledning/ny", {"tekst": "x" * 5001}, status=422).text
    assert "1 tegn for lang" in page
    assert "x" * 5001 in page
    bruker.post("/veiledning/ny", {"tekst": "Bare ord"})
    bruker.post("/veiledning/ny", {"omrader": "bolig"})
    assert rows(Radsoknad) == 2


def test_a_stale_form_key_and_a_language_button_lose_nothing(bruker: Klient) -> None:
    sent = {"omrader": ["okonomi"], "tekst": "Det jeg skrev"}
    page = bruker.post("/veiledning/ny", sent, key="gammel", status=422).text
    assert "Trykk på knappen én gang til" in page
    assert "Det jeg skrev" in page
    assert rows(Radsoknad) == 0


def test_a_last_day_to_appeal_in_a_weekend_is_moved_on(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    soknad_id = sokt(verden)
    veileder.post(sti(verden, soknad_id, "/vedtak"), {**VEDTAK, "klagefrist": "2026-12-19"})
    assert "mandag 21. desember" in bruker.get(f"/veiledning/{soknad_id}").text


def test_the_whole_road(app: Flask, bruker: Klient, veileder: Klient, verden: Verden) -> None:
    soknad_id = sokt(verden)
    with app.test_request_context():
        waiting = nytt.for_liste(verden.kommune_id, [verden.amina, verden.jonas])
    assert {who: [label.kode for label in labels] for who, labels in waiting.items()} == {verden.amina: ["rad_sokt"]}
    page = veileder.get(sti(verden, soknad_id)).text
    assert "Jeg får ikke betalt strømmen." in page
    assert "/vedtak" in page
    veileder.post(sti(verden, soknad_id, "/vedtak"), VEDTAK)
    assert nytt.for_liste(verden.kommune_id, [verden.amina]) == {}
    with app.test_request_context():
        news = nytt.for_bruker(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert [line.sti for line in news] == [f"/veiledning/{soknad_id}"]
    page = bruker.get(f"/veiledning/{soknad_id}").text
    assert "Samtaler annenhver uke om økonomi." in page
    assert "tirsdag 15. desember" in page
    veileder.post(sti(verden, soknad_id, "/samtale"), {"dato": "24.11.2026", "tekst": "Vi gikk gjennom regningene."})
    veileder.post(sti(verden, soknad_id, "/avslutt"), {"dato": "24.11.2026", "tekst": "Strømmen er betalt."})
    page = bruker.get(f"/veiledning/{soknad_id}").text
    assert "Vi gikk gjennom regningene." in page
    assert "Strømmen er betalt." in page
    held = alt.gather(amina(verden), "json")
    assert held["veiledning"][0]["avsluttet"]["tekst"] == "Strømmen er betalt."
    assert "Strømmen er betalt." in bruker.get("/innsyn/alt").text
    assert (rows(Radvedtak), rows(Radsamtale), rows(Radslutt)) == (1, 1, 1)


@pytest.mark.parametrize(("days", "there"), [(15, True), (21, True), (22, False)])
def test_an_answer_stays_on_the_front_page_as_long_as_one_can_complain(
    bruker: Klient, veileder: Klient, verden: Verden, days: int, there: bool
) -> None:
    soknad_id = sokt(verden)
    veileder.post(sti(verden, soknad_id, "/vedtak"), VEDTAK)
    with clock.frozen(NOON + timedelta(days=days)):
        bruker.logg_inn_bruker(verden.kommune_id, verden.amina)
        assert ("Du har fått svar på søknaden om råd og veiledning." in bruker.get("/").text) is there


def test_two_veiledere_decide_at_once_and_the_second_keeps_the_text(veileder: Klient, verden: Verden) -> None:
    soknad_id = sokt(verden)
    veileder.post(sti(verden, soknad_id, "/vedtak"), VEDTAK)
    late = {**VEDTAK, "utfall": "avslatt", "tekst": "Hun har penger nok."}
    page = veileder.post(sti(verden, soknad_id, "/vedtak"), late, status=409).text
    assert "Saken er endret et annet sted" in page
    assert "Hun har penger nok." in page
    assert rows(Radvedtak) == 1
    veileder.post(sti(verden, soknad_id, "/avslutt"), {"dato": "24.11.2026", "tekst": "Ferdig"})
    page = veileder.post(sti(verden, soknad_id, "/samtale"), {"dato": "24.11.2026", "tekst": "En til"}, status=409).text
    assert "En til" in page


def test_a_form_sent_twice_is_done_once(veileder: Klient, verden: Verden) -> None:
    soknad_id, nokkel = sokt(verden), ids.new_id().hex
    for _again in range(2):
        veileder.post(sti(verden, soknad_id, "/vedtak"), {**VEDTAK, "nokkel": nokkel})
    nokkel = ids.new_id().hex
    for _again in range(2):
        veileder.post(
            sti(verden, soknad_id, "/samtale"), {"dato": "24.11.2026", "tekst": "Vi snakket", "nokkel": nokkel}
        )
    assert (rows(Radvedtak), rows(Radsamtale)) == (1, 1)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"utfall": ""}, "Velg om vedtaket er innvilget eller avslått."),
        ({"utfall": "kanskje"}, "Velg om vedtaket er innvilget eller avslått."),
        ({"nummer": " "}, "Skriv nummeret fra fagsystemet."),
        ({"nummer": "9" * 41}, "1 tegn for lang"),
        ({"dato": "2026-11-25"}, "Datoen kan ikke være fram i tid."),
        ({"dato": "31.2.2026"}, "Denne dagen finnes ikke"),
        ({"dato": "9999-12-31"}, "Datoen kan ikke være fram i tid."),
        ({"dato": "1" * 200}, "Skriv dag, måned og år"),
        ({"start": ""}, "Skriv når hjelpen begynner."),
        ({"start": "9999-12-31"}, "Datoen er for langt fram."),
        ({"klagefrist": "2026-11-24"}, "Klagefristen er kortere enn loven sier."),
        ({"klagefrist": "2026-12-14"}, "Klagefristen er kortere enn loven sier."),
        ({"klagefrist": "0001-01-01"}, "Datoen er for langt tilbake."),
        ({"tekst": ""}, "Skriv hva hjelpen består av"),
    ],
)
def test_what_is_wrong_is_said_at_the_field_and_nothing_is_lost(
    veileder: Klient, verden: Verden, wrong: dict[str, str], says: str
) -> None:
    soknad_id = sokt(verden)
    page = veileder.post(sti(verden, soknad_id, "/vedtak"), {**VEDTAK, **wrong}, status=422).text
    assert page.count(says) >= 2
    assert wrong.get("tekst", VEDTAK["tekst"]) in page
    assert rows(Radvedtak) == 0


def test_others_and_unknown_matters_are_not_there(app: Flask, bruker: Klient, veileder: Klient, verden: Verden) -> None:
    theirs = sokt(verden)
    stranger = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    stranger.get(f"/veiledning/{theirs}", status=404)
    bruker.get(f"/veiledning/{ids.new_id()}", status=404)
    for rest in ("", "/vedtak", "/samtale", "/avslutt"):
        veileder.get(sti(verden, ids.new_id(), rest), status=404)
    stranger.post("/veiledning/ny", {"tekst": "Hei", "nokkel": theirs.hex}, status=404)
    assert rows(Radsoknad) == 1


def test_the_pages_have_a_fixed_number_of_queries(app: Flask, bruker: Klient, verden: Verden) -> None:
    sokt(verden)
    bruker.get("/veiledning/")
    with count(app) as few:
        bruker.get("/veiledning/")
    for number in range(5):
        sokt(verden, f"Søknad {number}")
    with count(app) as many:
        bruker.get("/veiledning/")
    assert len(few) == len(many) <= 4


def test_the_pages_in_arabic(app: Flask, verden: Verden) -> None:
    soknad_id = sokt(verden)
    arabic = bruk_sprak(verden, app, "ar")
    for path in ("/veiledning/", "/veiledning/ny", f"/veiledning/{soknad_id}"):
        assert 'dir="rtl"' in arabic.get(path).text
    arabic.post("/veiledning/ny", {}, status=422)


def test_nothing_of_it_can_be_changed_or_removed(app: Flask, verden: Verden) -> None:
    sokt(verden)
    for statement in ("UPDATE radsoknad SET sprak = 'en'", "DELETE FROM radsoknad"):
        with pytest.raises(DBAPIError, match="append-only"), engines().write.begin() as connection:
            connection.execute(text(statement))


def test_what_was_asked_is_sealed(app: Flask, verden: Verden) -> None:
    sokt(verden, "Helt hemmelig")
    with reading() as db:
        assert b"hemmelig" not in db.scalars(select(Radsoknad.innhold)).one()


def test_other_words_from_the_same_form_are_not_dropped(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    key = ids.new_id().hex
    first = bruker.post("/veiledning/ny", {"tekst": "Hjelp", "nokkel": key}).location
    other = {"tekst": "Hjelp med gjeld", "nokkel": key}
    second = bruker.post("/veiledning/ny", other).location
    assert second != first
    assert bruker.post("/veiledning/ny", other).location == second  # pressed twice
    assert rows(Radsoknad) == 2
    one, two = (UUID(str(where).rpartition("/")[2]) for where in (first, second))
    key = ids.new_id().hex
    veileder.post(sti(verden, one, "/vedtak"), {**VEDTAK, "nokkel": key})
    page = veileder.post(sti(verden, one, "/vedtak"), {**VEDTAK, "tekst": "Andre ord", "nokkel": key}, status=409).text
    assert "Andre ord" in page
    veileder.post(sti(verden, two, "/vedtak"), {**VEDTAK, "nokkel": key})  # another matter
    assert rows(Radvedtak) == 2
    key = ids.new_id().hex
    for tekst in ("Samtale en", "Samtale to", "Samtale to"):
        veileder.post(sti(verden, one, "/samtale"), {"dato": "24.11.2026", "tekst": tekst, "nokkel": key})
    veileder.post(sti(verden, two, "/samtale"), {"dato": "24.11.2026", "tekst": "Samtale en", "nokkel": key})
    assert rows(Radsamtale) == 3
    key = ids.new_id().hex
    for _again in range(2):
        veileder.post(sti(verden, one, "/avslutt"), {"dato": "24.11.2026", "tekst": "Slutt", "nokkel": key})
    ended = {"dato": "24.11.2026", "tekst": "Slutt, med mer", "nokkel": key}
    assert "Slutt, med mer" in veileder.post(sti(verden, one, "/avslutt"), ended, status=409).text
    assert rows(Radslutt) == 1


@pytest.mark.parametrize("rest", ["/samtale", "/avslutt"])
def test_nothing_of_the_service_is_before_the_vedtak(veileder: Klient, verden: Verden, rest: str) -> None:
    soknad_id = sokt(verden)
    veileder.post(sti(verden, soknad_id, "/vedtak"), {**VEDTAK, "dato": "2026-11-20", "start": "2026-11-20"})
    early = {"dato": "19.11.2026", "tekst": "Dette skrev jeg"}
    page = veileder.post(sti(verden, soknad_id, rest), early, status=422).text
    assert page.count("Dette kan ikke ha skjedd før 20. november 2026.") >= 2
    assert "Dette skrev jeg" in page
    assert rows(Radsamtale) + rows(Radslutt) == 0
    veileder.post(sti(verden, soknad_id, rest), {**early, "dato": "20.11.2026"})


@pytest.mark.parametrize(("frist", "fine"), [("2026-12-10", False), ("2026-12-11", True), ("2027-01-31", True)])
def test_the_data_hold_the_law_s_three_weeks(app: Flask, verden: Verden, frist: str, fine: bool) -> None:
    """Past the program: no row with a klagefrist sooner than 21 days from the vedtak, on either database."""
    with formnokkel(app):
        soknad_id = sokt(verden)
    row = Radvedtak(
        id=ids.new_id(),
        kommune_id=verden.kommune_id,
        bruker_id=verden.amina,
        soknad_id=soknad_id,
        ansatt_id=verden.kari,
        utfall="avslatt",
        nummer=b"x",
        dato=date(2026, 11, 20),
        start=None,
        tekst=b"x",
        klagefrist=date.fromisoformat(frist),
        laget=NOON,
    )
    if fine:
        with writing(unverified=True) as db:
            db.add(row)
        assert rows(Radvedtak) == 1
    else:
        with pytest.raises(DBAPIError, match="out of order"), writing(unverified=True) as db:
            db.add(row)
        assert rows(Radvedtak) == 0
