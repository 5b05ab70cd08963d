"""A klage from both sides: written, looked over, sent, taken in hand, considered, sent on, answered (U5, U9)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask_babel import force_locale, gettext
from pypdf import PdfReader
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.conftest import NOON
from tests.klage.klager import klagen, sendt, steg, sti
from tests.klient import Klient
from tests.sporringer import count
from tests.varsel import verk
from tests.vedlegg import filer
from tests.vedlegg.hjelp import amina, lagt_ved
from tests.verden import Verden
from webapp.innsyn import dokument
from webapp.klage import lesing, mal, nytt, service
from webapp.klage.klagen import Klagen, Ord
from webapp.klage.models import Klage, Klagesteg
from webapp.klage.rules import Mal, NotPossible, Stand, TidligereEnn
from webapp.platform import clock, ids
from webapp.platform.audit import Hendelse
from webapp.platform.database import engines, reading, writing
from webapp.platform.languages import SPRAK
from webapp.varsel import service as varsel
from webapp.vedlegg import service as vedlegg
from webapp.veiledning import lesing as veiledninglesing

IN_TIME, LATE = date(2026, 11, 20), date(2026, 10, 1)


@pytest.fixture
def i_skjema(app: Flask) -> Iterator[None]:
    """As inside a request, for tests that call the services."""
    with verk.formnokkel(app):
        yield


@pytest.fixture
def vedtak(verden: Verden) -> UUID:
    """A vedtak that can still be complained about."""
    return verk.vedtak(verden, IN_TIME)


def antall() -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(Klage)) or 0


def den_ene(verden: Verden) -> Klagen:
    (one,) = lesing.alle(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    return one


def test_the_whole_road_of_the_bruker(bruker: Klient, verden: Verden, vedtak: UUID) -> None:
    page = bruker.get("/klage/").text
    assert sti(vedtak) in page
    assert "fredag 11. desember" in page  # three weeks
    page = bruker.get(sti(vedtak)).text
    assert 'data-utkast="/utkast"' in page
    assert "Hvorfor kommer klagen nå?" not in page
    typed = {"hva": "Beløpet er feil.\nRegningen er 😀", "onske": "Regn på nytt", "nokkel": ids.new_id().hex}
    page = bruker.post(sti(vedtak), typed, 200).text
    assert "Klagen er ikke sendt ennå." in page
    assert "Regningen er 😀" in page
    assert antall() == 0
    page = bruker.post(sti(vedtak), {**typed, "handling": "endre"}, 200).text
    assert "Se over klagen" in page
    assert "Regn på nytt" in page
    page = bruker.follow(bruker.post(sti(vedtak), {**typed, "handling": "send"})).text
    one = den_ene(verden)
    assert one.ord == Ord("Beløpet er feil.\nRegningen er 😀", "Regn på nytt", "")
    assert one.nummer in page
    assert "kl. 12:00" in page
    assert "torsdag 24. desember" in page  # the office considers it within a month
    assert not one.for_sent
    with reading() as db:
        logged = db.scalars(select(Hendelse).where(Hendelse.type == "klage_sendt")).one()
    assert logged.innhold == {"klage_id": str(one.id), "mal": "vedtak"}
    assert "Vi har tatt vare på noe du skrev her" not in bruker.get(sti(vedtak)).text


def test_sent_twice_it_is_there_once(bruker: Klient, verden: Verden, vedtak: UUID) -> None:
    typed = {"hva": "Feil", "handling": "send", "nokkel": ids.new_id().hex}
    first = bruker.post(sti(vedtak), typed)
    assert bruker.post(sti(vedtak), typed).location == first.location
    assert antall() == 1


def test_a_late_klage_is_taken_in_and_marked(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    old = verk.vedtak(verden, LATE)
    page = bruker.get(sti(old)).text
    assert "Hvorfor kommer klagen nå?" in page
    typed = {"hva": "Feil", "sent": "Jeg var syk", "handling": "send"}
    page = bruker.follow(bruker.post(sti(old), typed)).text
    assert "Klagen kom etter klagefristen." in page
    one = den_ene(verden)
    assert one.for_sent
    assert one.ord.sent == "Jeg var syk"
    assert "Kom etter fristen" in veileder.get(f"/veileder/bruker/{verden.amina}/klage/{one.id}").text


def test_the_last_day_is_in_time_and_the_next_is_not(bruker: Klient, verden: Verden, i_skjema: None) -> None:
    """The day ends at midnight in Norway, not in UTC."""
    vedtak = verk.vedtak(verden, IN_TIME)
    last = NOON.replace(month=12, day=11, hour=22, minute=59, second=59)
    with clock.frozen(last):
        assert not klagen(verden, sendt(verden, vedtak)).for_sent
    with clock.frozen(last + timedelta(seconds=1)):
        assert klagen(verden, sendt(verden, vedtak)).for_sent


def test_a_last_day_in_a_weekend_is_said_as_the_day_that_is_in_time(
    bruker: Klient, verden: Verden, i_skjema: None
) -> None:
    """Vedtak registered with such a day are there already."""
    vedtak = verk.vedtak(verden, date(2026, 11, 14))  # and three weeks later it is a Saturday
    for path in ("/klage/", sti(vedtak)):
        page = bruker.get(path).text
        assert "mandag 7. desember" in page, path
        assert "lørdag 5. desember" not in page, path
    with clock.frozen(NOON.replace(month=12, day=7)):
        one = klagen(verden, sendt(verden, vedtak))
    assert (one.for_sent, one.klagefrist) == (False, date(2026, 12, 7))


def test_what_is_held_has_the_last_day_that_the_page_has(app: Flask, verden: Verden, i_skjema: None) -> None:
    """U9: it counts from when the decision reached them, also when the klage was there before; both days are kept."""
    matter = verk.varslet(verden)
    varsel.open_notice(verk.amina(verden), matter, "nb")
    verk.si(verden, matter, "sykdom")
    verk.vei(verden, matter)
    verk.avgjor(verden, matter, verk.reduksjon(verk.vedtak(verden, NOON.date())))
    klage_id = sendt(verden, matter, Mal.REDUKSJON)
    with clock.frozen(NOON + timedelta(days=7)):
        bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        bruker.get(f"/varsel/{matter}/avgjorelse")  # opened now, and three weeks begin
        assert "tirsdag 22. desember" in bruker.get(f"/klage/{klage_id}").text
        whole, held = bruker.get("/innsyn/alt").text, bruker.get("/innsyn/alt.json").get_json()
    [klage], [sak] = held["klager"], held["varselsaker"]
    assert (klage["klagefrist"], klage["klagefrist_da_klagen_kom"]) == ("2026-12-22", "2026-12-15")
    assert (sak["avgjorelse"]["klagefrist"], sak["avgjorelse"]["klagefrist_i_avgjorelsen"]) == (
        "2026-12-22",
        "2026-12-15",
    )
    assert whole.count("tirsdag 22. desember") == 2
    assert "Klagefrist</dt><dd>tirsdag 15. desember" not in whole


@pytest.mark.parametrize("sprak", [one for one in SPRAK if one != "nb"])
def test_sent_says_the_same_as_a_tag_as_in_a_sentence(app: Flask, sprak: str) -> None:
    """A word that asks for a day after it («sent on») cannot stand alone."""
    with app.test_request_context(), force_locale(sprak):
        tag, sentence = gettext("Sendt"), gettext("Sendt. Nav har fått det.")
    assert tag.casefold() in sentence.casefold()


def test_a_vilkar_has_one_last_day_on_every_page(app: Flask, verden: Verden, i_skjema: None) -> None:
    """Its text says what the vedtak says, and keeps it (F3); it counts from when it was shown."""
    vilkar = verk.vilkaret(verden, vist=None)
    with clock.frozen(NOON + timedelta(days=7)):
        bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        for path in (f"/vilkar/{vilkar}", "/klage/", sti(vilkar, "vilkar")):
            assert "Siste dag for å klage er tirsdag 22. desember." in bruker.get(path).text, path
    with clock.frozen(NOON + timedelta(days=29)):
        bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        for path in (f"/vilkar/{vilkar}", "/klage/", sti(vilkar, "vilkar")):
            assert "Klagefristen var tirsdag 22. desember. Du kan klage likevel" in bruker.get(path).text, path


def test_everything_can_be_complained_about_and_a_vilkar_alone(app: Flask, verden: Verden, i_skjema: None) -> None:
    vilkar = verk.vilkaret(verden)
    matter = verk.varslet(verden, vilkar_id=vilkar)
    varsel.open_notice(verk.amina(verden), matter, "nb")
    verk.si(verden, matter, "sykdom")
    verk.vei(verden, matter)
    with clock.frozen(NOON + timedelta(days=1)):
        verk.avgjor(verden, matter, verk.reduksjon(verk.vedtak(verden, date(2026, 11, 25))))
        bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
        page = bruker.get("/klage/").text
        assert sti(vilkar, "vilkar") in page
        assert sti(matter, "reduksjon") in page
        assert sti(vilkar, "vilkar") in bruker.get(f"/vilkar/{vilkar}").text
        assert sti(matter, "reduksjon") in bruker.get(f"/varsel/{matter}/avgjorelse").text
        bruker.post(sti(vilkar, "vilkar"), {"hva": "Jeg kan ikke møte der", "handling": "send"})
        bruker.post(sti(matter, "reduksjon"), {"hva": "Jeg var syk", "handling": "send"})
    found = lesing.alle(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert {one.mal_type for one in found} == {Mal.VILKAR, Mal.REDUKSJON}
    against = {one.mal_type: one.mot for one in found}
    assert against[Mal.VILKAR].startswith("Vilkåret «")
    assert "31. desember" in against[Mal.VILKAR]
    assert "25. november" in against[Mal.REDUKSJON]


def test_what_an_old_klage_is_against_is_in_the_language_of_the_page(
    verden: Verden, vedtak: UUID, i_skjema: None
) -> None:
    """It was not kept by itself, and the own words were said to be in that language too."""
    seal = verden.seal(verden.amina)
    [against] = mal.alle(verden.kommune_id, verden.amina, seal)
    row = service.made(verden.kommune_id, verden.amina, seal, ids.new_id(), against, Ord("Feil", "", ""), "pl")
    content = seal.open_json(row.innhold, lesing.place(row, "innhold"))
    assert content.pop("mot_sprak") == "pl"
    row.innhold = seal.close_json(content, lesing.place(row, "innhold"))
    with writing() as db:
        db.add(row)
    assert den_ene(verden).mot_sprak == "pl"


def test_a_no_to_guidance_can_be_complained_about(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    bruker.post("/veiledning/ny", {"tekst": "Jeg trenger hjelp med gjeld", "nokkel": ids.new_id().hex})
    seal = verden.seal(verden.amina)
    matter = veiledninglesing.matters(verden.kommune_id, verden.amina, seal)[0].id
    assert sti(matter, "rad") not in bruker.get(f"/veiledning/{matter}").text  # nothing is decided yet
    bruker.get(sti(matter, "rad"), 404)
    sent = {"utfall": "avslatt", "nummer": "R-7", "dato": "2026-11-24", "tekst": "Fordi", "klagefrist": "2026-12-15"}
    veileder.post(f"/veileder/bruker/{verden.amina}/veiledning/{matter}/vedtak", sent)
    assert sti(matter, "rad") in bruker.get(f"/veiledning/{matter}").text
    bruker.post(sti(matter, "rad"), {"hva": "Jeg trenger det", "handling": "send"})
    assert "R-7" in den_ene(verden).mot


def test_what_asks_for_papers_is_no_vilkar_to_complain_about(bruker: Klient, verden: Verden) -> None:
    """V3. The vedtak it came with is."""
    papers = verk.vilkaret(verden, slag="dokumentasjon")
    assert sti(papers, "vilkar") not in bruker.get("/klage/").text
    bruker.get(sti(papers, "vilkar"), 404)


def test_attachments_go_along(bruker: Klient, veileder: Klient, verden: Verden, vedtak: UUID) -> None:
    here = sti(vedtak)
    one, other = lagt_ved(amina(verden), skjema=here), lagt_ved(amina(verden), filer.pdf(), skjema=here)
    page = bruker.get(here).text
    assert page.count('name="vedlegg"') == 2
    assert page.count(" checked") == 2
    page = bruker.post(here, {"hva": "Se bildet", "vedlegg": [str(one)]}, 200).text  # the other one unticked
    assert str(one) in page
    assert str(other) not in page
    page = bruker.follow(bruker.post(here, {"hva": "Se bildet", "vedlegg": [str(one)], "handling": "send"})).text
    assert f"/vedlegg/{one}" in page
    klage_id = den_ene(verden).id
    base = f"/veileder/bruker/{verden.amina}"
    assert f"{base}/vedlegg/{one}" in veileder.get(f"{base}/klage/{klage_id}").text
    veileder.get(f"{base}/vedlegg/{one}")
    veileder.get(f"{base}/vedlegg/{other}", 404)


@pytest.mark.parametrize("wrong", ["gone", "others", "broken", "many"])
def test_a_file_that_is_not_there_keeps_the_text(bruker: Klient, verden: Verden, vedtak: UUID, wrong: str) -> None:
    here = sti(vedtak)
    theirs = lagt_ved(amina(verden, verden.jonas), skjema=here)
    sent = {
        "gone": [str(ids.new_id())],
        "others": [str(theirs)],
        "broken": ["ikke-en-id", "\x00"],
        "many": [str(ids.new_id()) for _ in range(60)],
    }[wrong]
    page = bruker.post(here, {"hva": "Teksten min", "vedlegg": sent, "handling": "send"}, 409).text
    assert "Teksten min" in page
    assert "vedleggene er ikke her lenger" in page
    assert antall() == 0


def test_without_a_script_the_way_to_a_file_and_back_keeps_the_text(
    bruker: Klient, verden: Verden, vedtak: UUID
) -> None:
    here = sti(vedtak)
    page = bruker.follow(bruker.post(here, {"hva": "Halvferdig", "legg_ved": "1"})).text
    sent = {"skjema": here, "fil": (io.BytesIO(filer.photo(50, 50)), "a.jpg")}
    bruker.post("/vedlegg", sent)
    back = page.split(f'href="{here}')[1].split('"')[0]
    page = bruker.get(here + back).text
    assert "Halvferdig" in page
    assert "a.jpg" in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"hva": ""}, "Skriv hva du er uenig i."),
        ({"hva": " \u200b\n" + "\x00"}, None),
        ({"hva": "x" * 10_001}, "1 tegn for lang"),
        ({"hva": "x", "onske": "y" * 5_002}, "2 tegn for lang"),
        ({"hva": "x", "handling": "\ud83d"}, None),
    ],
)
def test_bad_input_is_met_with_a_sentence_and_never_an_error(
    bruker: Klient, verden: Verden, vedtak: UUID, typed: dict[str, str], said: str | None
) -> None:
    sent = {"handling": "send", **{k: v.encode("utf-8", "replace").decode() for k, v in typed.items()}}
    response = bruker.http.post(sti(vedtak), data={"csrf_token": bruker._key(), **sent})
    assert response.status_code in {200, 303, 422}
    if said:
        assert response.status_code == 422
        assert said in response.text
        assert antall() == 0


def test_an_old_form_key_and_a_new_language_keep_the_text(bruker: Klient, verden: Verden, vedtak: UUID) -> None:
    typed = {"hva": "Skrevet lenge", "handling": "send"}
    assert "Skrevet lenge" in bruker.post(sti(vedtak), typed, 422, key="gammel").text
    assert "Skrevet lenge" in bruker.post(sti(vedtak), {**typed, "bytt_sprak": "nb"}, 200).text
    assert antall() == 0


def test_what_is_not_there_is_not_found(app: Flask, bruker: Klient, verden: Verden, vedtak: UUID) -> None:
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    for path in (sti(vedtak, "vilkar"), sti(vedtak, "tull"), sti(ids.new_id()), "/klage/ny/vedtak/x"):
        bruker.get(path, 404)
    jonas.get(sti(vedtak), 404)
    jonas.post(sti(vedtak), {"hva": "x", "handling": "send"}, 404)
    key = ids.new_id().hex
    bruker.post(sti(vedtak), {"hva": "x", "handling": "send", "nokkel": key})
    one = den_ene(verden).id
    jonas.get(f"/klage/{one}", 404)
    jonas.get(f"/klage/{one}.pdf", 404)
    bruker.get(f"/klage/{ids.new_id()}", 404)


def test_an_id_that_is_another_brukers_is_not_taken_over(
    app: Flask, verden: Verden, vedtak: UUID, i_skjema: None
) -> None:
    one = sendt(verden, vedtak)
    with pytest.raises(lesing.NotHere):
        service.send(
            verk.amina(verden, bruker_id=verden.jonas), one, Mal.VEDTAK, vedtak, Ord("x", "", ""), [], sti(vedtak)
        )


def test_the_receipt_as_pdf(bruker: Klient, verden: Verden, vedtak: UUID) -> None:
    bruker.post(sti(vedtak), {"hva": "Beløpet er galt", "handling": "send"})
    one = den_ene(verden)
    got = bruker.get(f"/klage/{one.id}.pdf")
    words = PdfReader(io.BytesIO(got.data)).pages[0].extract_text()
    assert one.nummer in words
    assert "Beløpet er galt" in words


def test_the_road_of_the_veileder(bruker: Klient, veileder: Klient, verden: Verden, vedtak: UUID) -> None:
    bruker.post(sti(vedtak), {"hva": "Beløpet er galt", "handling": "send"})
    one = den_ene(verden).id
    base = f"/veileder/bruker/{verden.amina}/klage"
    assert f"{base}/{one}" in veileder.get(f"{base}/").text
    assert f"{base}/" in veileder.get(f"/veileder/bruker/{verden.amina}/").text
    for step, told in (
        ("mottatt", "Vi har lest klagen"),
        ("opprettholdt", "Vi mener vedtaket er riktig"),
        ("sendt", "Saken er sendt"),
        ("delvis", "Du får delvis medhold"),
    ):
        assert "Registrer neste steg" in veileder.get(f"{base}/{one}").text
        sent = {"steg": step, "dato": "24.11.2026", "tekst": told, "nokkel": ids.new_id().hex}
        veileder.post(f"{base}/{one}/steg", sent)
        veileder.post(f"{base}/{one}/steg", sent)  # pressed twice
        assert told in bruker.get(f"/klage/{one}").text
    assert "Registrer neste steg" not in veileder.get(f"{base}/{one}").text
    assert [each.stand for each in klagen(verden, one).steg] == ["mottatt", "opprettholdt", "sendt", "delvis"]
    assert "Ferdig behandlet" in bruker.get("/klage/").text


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"steg": "sendt"}, 409, "Dette kan ikke registreres nå."),
        ({"steg": "sendt_inn"}, 409, "Dette kan ikke registreres nå."),
        ({"steg": "tull"}, 422, "Velg hva som har skjedd."),
        ({"steg": ""}, 422, "Velg hva som har skjedd."),
        ({"dato": "23.11.2026"}, 422, "Dette kan ikke ha skjedd før"),
        ({"dato": "25.11.2026"}, 422, "Datoen kan ikke være fram i tid."),
        ({"dato": "31.02.2026"}, 422, "Denne dagen finnes ikke."),
        ({"dato": "24. november"}, 422, ">Skriv dag, måned og år"),
        ({"dato": ""}, 422, "Skriv datoen."),
        ({"tekst": ""}, 422, "Skriv noen ord."),
        ({"tekst": "x" * 5_001}, 422, "1 tegn for lang"),
    ],
)
def test_a_step_that_cannot_be_keeps_the_text(
    veileder: Klient, bruker: Klient, verden: Verden, vedtak: UUID, sent: dict[str, str], status: int, said: str
) -> None:
    bruker.post(sti(vedtak), {"hva": "Feil", "handling": "send"})
    one = den_ene(verden).id
    whole = {"steg": "mottatt", "dato": "24.11.2026", "tekst": "Det jeg skrev", **sent}
    page = veileder.post(f"/veileder/bruker/{verden.amina}/klage/{one}/steg", whole, status).text
    assert said in page
    if "tekst" not in sent:
        assert "Det jeg skrev" in page
    assert klagen(verden, one).steg == ()


def test_two_veiledere_at_once_make_one_step(app: Flask, verden: Verden, i_skjema: None) -> None:
    one = sendt(verden)
    steg(verden, one, Stand.MOTTATT, Stand.OPPRETTHOLDT)
    with pytest.raises(NotPossible):
        steg(verden, one, Stand.OMGJORT)
    with pytest.raises(TidligereEnn):
        service.step(
            verk.kari(verden), verk.sak(verden), one, ids.new_id(), Stand.SENDT, date(2026, 11, 1), "Tilbakedatert"
        )
    assert len(klagen(verden, one).steg) == 2


def test_the_database_keeps_the_order_and_every_word(app: Flask, verden: Verden, i_skjema: None) -> None:
    one = sendt(verden)
    steg(verden, one, Stand.MOTTATT)
    for statement in (
        "UPDATE klage SET for_sent = true",
        "DELETE FROM klage",
        "UPDATE klagesteg SET steg = 'omgjort'",
        "DELETE FROM klagesteg",
        "INSERT INTO klagesteg (kommune_id, id, bruker_id, klage_id, ansatt_id, nr, steg, dato, tekst, laget) "
        "SELECT kommune_id, klage_id, bruker_id, klage_id, ansatt_id, 4, 'mottatt', dato, tekst, laget FROM klagesteg",
    ):
        with pytest.raises(DBAPIError), engines().write.begin() as connection:
            connection.execute(text(statement))


def test_words_are_sealed(app: Flask, verden: Verden, i_skjema: None) -> None:
    one = sendt(verden, hva="HEMMELIG-KLAGE")
    steg(verden, one, Stand.MOTTATT)
    with reading() as db:
        assert b"HEMMELIG" not in db.scalars(select(Klage.innhold)).one()
        assert b"Ord om" not in db.scalars(select(Klagesteg.tekst)).one()


def test_nobody_elses_klage_is_there_for_staff(app: Flask, veileder: Klient, verden: Verden, vedtak: UUID) -> None:
    with verk.formnokkel(app):
        one = sendt(verden, vedtak)
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    for path in (f"/klage/{one}", f"/klage/{one}/steg"):
        per.get(f"/veileder/bruker/{verden.jonas}{path}", 404)
        per.get(f"/veileder/bruker/{verden.amina}{path}", 303)  # a reason first
    veileder.get(f"/veileder/bruker/{verden.amina}/klage/{ids.new_id()}", 404)


def test_what_is_new_for_both(app: Flask, bruker: Klient, verden: Verden, i_skjema: None) -> None:
    seal, everyone = verden.seal(verden.amina), [verden.amina, verden.jonas]

    def labels() -> list[str]:
        return [one.kode for one in nytt.for_liste(verden.kommune_id, everyone).get(verden.amina, [])]

    assert labels() == []
    one = sendt(verden)
    assert labels() == ["klage_ny"]
    with clock.frozen(NOON + timedelta(days=31)):
        assert nytt.for_liste(verden.kommune_id, everyone)[verden.amina][0].haster
    for step, label in (
        (Stand.MOTTATT, ["klage_vurder"]),
        (Stand.OPPRETTHOLDT, ["klage_send"]),
        (Stand.SENDT, []),
        (Stand.MEDHOLD, []),
    ):
        steg(verden, one, step)
        assert labels() == label
        with count(app) as queries:
            lines = nytt.for_bruker(verden.kommune_id, verden.amina, seal)
        assert len(queries) == 2
        assert [line.sti for line in lines] == [f"/klage/{one}"]
    assert "Statsforvalteren er enig med deg" in lines[0].tekst
    with clock.frozen(NOON + timedelta(days=15)):
        assert nytt.for_bruker(verden.kommune_id, verden.amina, seal) == []
    other = sendt(verden)
    steg(verden, other, Stand.MOTTATT, Stand.OMGJORT)
    assert labels() == []


def test_pages_need_the_same_queries_however_many_there_are(
    app: Flask, bruker: Klient, veileder: Klient, verden: Verden, vedtak: UUID
) -> None:
    paths = [(bruker, "/klage/"), (veileder, f"/veileder/bruker/{verden.amina}/klage/")]
    with verk.formnokkel(app):
        steg(verden, sendt(verden, vedtak), Stand.MOTTATT)
    before = []
    for klient, path in paths:
        klient.get(path)
        with count(app) as queries:
            klient.get(path)
        before.append(len(queries))
    with verk.formnokkel(app):
        for _ in range(5):
            one = sendt(verden)
            steg(verden, one, Stand.MOTTATT, Stand.OPPRETTHOLDT)
    for (klient, path), expected in zip(paths, before, strict=True):
        with count(app) as queries:
            klient.get(path)
        assert len(queries) == expected <= 20
    with verk.formnokkel(app), count(app) as queries:
        nytt.for_liste(verden.kommune_id, [verden.amina, verden.jonas])
    assert len(queries) == 1


def test_everything_is_in_the_copy_and_nothing_of_others(
    app: Flask, bruker: Klient, verden: Verden, vedtak: UUID
) -> None:
    one = lagt_ved(amina(verden), skjema=sti(vedtak))
    typed = {"hva": "HVA-ORD", "onske": "ONSKE-ORD", "vedlegg": [str(one)], "handling": "send"}
    bruker.post(sti(vedtak), typed)
    with verk.formnokkel(app):
        steg(verden, den_ene(verden).id, Stand.MOTTATT)
    data = bruker.get("/innsyn/alt.json").json
    assert data is not None
    (klage,) = data["klager"]
    assert (klage["hva"], klage["onske"], klage["vedlegg"]) == ("HVA-ORD", "ONSKE-ORD", ["brev.jpg"])
    assert klage["steg"][0]["tekst"] == "Ord om mottatt"
    assert data["vedlegg"][0]["sendt_med"] == "klage"
    with app.test_request_context():
        shown = repr(dokument.blocks(data))
    for words in ("HVA-ORD", "ONSKE-ORD", "Ord om mottatt", "brev.jpg"):
        assert words in shown
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas).get("/innsyn/alt.json").json
    assert jonas is not None
    assert jonas["klager"] == jonas["vedlegg"] == []


def test_a_tied_file_goes_with_one_klage_only(app: Flask, bruker: Klient, verden: Verden, vedtak: UUID) -> None:
    one = lagt_ved(amina(verden), skjema=sti(vedtak))
    typed = {"hva": "x", "vedlegg": [str(one)], "handling": "send"}
    bruker.post(sti(vedtak), {**typed, "nokkel": ids.new_id().hex})
    bruker.post(sti(vedtak), {**typed, "nokkel": ids.new_id().hex}, 409)
    assert antall() == 1
    assert vedlegg.ventende(amina(verden), sti(vedtak)) == []
