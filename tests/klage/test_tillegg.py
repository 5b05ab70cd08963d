"""A klage that is sent is added to, and withdrawn: taken in wherever it is, kept in order by the data, lost never."""

# ruff: noqa: S608 -- every statement is the test's own

from __future__ import annotations

import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.conftest import NOON
from tests.klage.klager import klagen, sendt, steg, sti
from tests.klient import Klient
from tests.varsel import verk
from tests.vedlegg.hjelp import amina, lagt_ved
from tests.verden import Verden
from webapp.innsyn import dokument
from webapp.klage import nytt, tillegg
from webapp.klage.lesing import NotHere
from webapp.klage.models import Klagetillegg, Klagetilleggsteg, Klagetrekk
from webapp.klage.rules import NotPossible, Stand
from webapp.platform import clock, ids
from webapp.platform.database import engines, reading

FOUR = (Stand.MOTTATT, Stand.OPPRETTHOLDT, Stand.SENDT, Stand.MEDHOLD)


@pytest.fixture
def klage(app: Flask, verden: Verden) -> UUID:
    with verk.formnokkel(app):
        return sendt(verden)


def rows(table: type) -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def add(verden: Verden, klage: UUID, words: str = "Og en ting til") -> UUID:
    return tillegg.add(verk.amina(verden), klage, ids.new_id(), words, [], f"/klage/{klage}/tillegg")


def labels(verden: Verden) -> list[str]:
    return [one.kode for one in nytt.for_liste(verden.kommune_id, [verden.amina]).get(verden.amina, [])]


def test_words_and_a_file_are_added_and_both_sides_see_them(
    bruker: Klient, veileder: Klient, verden: Verden, klage: UUID
) -> None:
    here, office = f"/klage/{klage}/tillegg", f"/veileder/bruker/{verden.amina}/klage/{klage}"
    assert here in bruker.get(f"/klage/{klage}").text
    one = lagt_ved(amina(verden), skjema=here)
    page = bruker.get(here).text
    assert 'data-utkast="/utkast"' in page
    assert str(one) in page
    typed = {"tekst": "Jeg fant kvitteringen", "vedlegg": [str(one)], "nokkel": ids.new_id().hex}
    first = bruker.post(here, typed)
    assert bruker.post(here, typed).location == first.location  # pressed twice
    page = bruker.follow(first).text
    (added,) = klagen(verden, klage).tillegg
    for words in ("Jeg fant kvitteringen", added.nummer, "kl. 12:00", f"/vedlegg/{one}", "Nytt. Kontoret tar det med."):
        assert words in page
    page = veileder.get(office).text
    for words in ("Jeg fant kvitteringen", added.nummer, f"/veileder/bruker/{verden.amina}/vedlegg/{one}"):
        assert words in page
    veileder.get(f"/veileder/bruker/{verden.amina}/vedlegg/{one}")
    assert "Nytt fra brukeren" in veileder.get(f"/veileder/bruker/{verden.amina}/klage/").text
    assert rows(Klagetillegg) == 1


def test_it_goes_with_the_onward_handling_and_after_it(
    bruker: Klient, veileder: Klient, verden: Verden, app: Flask, klage: UUID
) -> None:
    office = f"/veileder/bruker/{verden.amina}/klage/{klage}"
    with verk.formnokkel(app):
        one = add(verden, klage)
        assert labels(verden) == ["klage_ny", "klage_tillegg"]
        steg(verden, klage, Stand.MOTTATT)
        assert klagen(verden, klage).tillegg[0].steg == ""  # taken in hand is not considered
        steg(verden, klage, Stand.OPPRETTHOLDT)
        assert klagen(verden, klage).tillegg[0].steg == "vurdert"
        two = add(verden, klage, "Nummer to")
        assert labels(verden) == ["klage_send", "klage_tillegg"]
        steg(verden, klage, Stand.SENDT)
        assert [each.steg for each in klagen(verden, klage).tillegg] == ["vurdert", "sendt"]
        assert labels(verden) == []
        three = add(verden, klage, "Nummer tre")
        assert labels(verden) == ["klage_tillegg"]
        (line,) = nytt.for_sak(verden.kommune_id, verden.amina, verden.seal(verden.amina))
        assert (line.kode, line.sti) == ("klage_tillegg", f"{office}#tillegg")
    assert "Skal sendes til Statsforvalteren" in bruker.get(f"/klage/{klage}").text
    assert f"{office}/tillegg/{three}/sendt" in veileder.get(office).text
    veileder.post(f"{office}/tillegg/{three}/sendt", {}, key="gammel")
    assert klagen(verden, klage).nye_tillegg
    for _pressed_twice in range(2):
        veileder.post(f"{office}/tillegg/{three}/sendt", {})
    assert not klagen(verden, klage).nye_tillegg
    assert "Skal sendes til Statsforvalteren" not in bruker.get(f"/klage/{klage}").text
    veileder.post(f"{office}/tillegg/{ids.new_id()}/sendt", {}, 404)
    assert rows(Klagetilleggsteg) == 3
    assert len({one, two, three}) == 3
    with verk.formnokkel(app):
        assert labels(verden) == []


def test_what_came_before_it_is_sent_on_cannot_be_sent_on_alone(
    veileder: Klient, verden: Verden, app: Flask, klage: UUID
) -> None:
    with verk.formnokkel(app):
        one = add(verden, klage)
        with pytest.raises(NotPossible):
            tillegg.send_on(verk.kari(verden), verk.sak(verden), klage, one)
    office = f"/veileder/bruker/{verden.amina}/klage/{klage}"
    page = veileder.follow(veileder.post(f"{office}/tillegg/{one}/sendt", {})).text
    assert "Dette kan ikke registreres nå." in page
    assert rows(Klagetilleggsteg) == 0


def test_a_step_that_has_not_read_what_was_added_is_refused_and_keeps_the_text(
    veileder: Klient, verden: Verden, app: Flask, klage: UUID
) -> None:
    with verk.formnokkel(app):
        steg(verden, klage, Stand.MOTTATT)
    path = f"/veileder/bruker/{verden.amina}/klage/{klage}/steg"
    assert 'name="lest" value="0"' in veileder.get(path).text
    with verk.formnokkel(app):
        add(verden, klage)
    typed = {"steg": "opprettholdt", "dato": "24.11.2026", "tekst": "Vi endrer ikke", "lest": "0"}
    assert 'name="lest" value="0"' in veileder.post(path, typed, 422, key="gammel").text  # still not read
    page = veileder.post(path, typed, 409).text
    assert "Brukeren har skrevet mer" in page
    assert "Vi endrer ikke" in page
    assert 'name="lest" value="1"' in page
    veileder.post(path, {**typed, "lest": "1"})
    assert klagen(verden, klage).stand is Stand.OPPRETTHOLDT
    assert "lest" in typed


@pytest.mark.parametrize("junk", ["-1", "tre", "9999", "٣", ""])
def test_a_count_that_is_none_is_no_error(veileder: Klient, verden: Verden, klage: UUID, junk: str) -> None:
    path = f"/veileder/bruker/{verden.amina}/klage/{klage}/steg"
    veileder.post(path, {"steg": "mottatt", "dato": "24.11.2026", "tekst": "Lest", "lest": junk})
    assert klagen(verden, klage).stand is Stand.MOTTATT


@pytest.mark.parametrize("ended", ["answered", "changed", "withdrawn"])
def test_when_it_is_over_nothing_more_is_taken_in_and_the_text_stays(
    bruker: Klient, verden: Verden, app: Flask, klage: UUID, ended: str
) -> None:
    with verk.formnokkel(app):
        if ended == "withdrawn":
            tillegg.withdraw(verk.amina(verden), klage, "")
        else:
            steg(verden, klage, *(FOUR if ended == "answered" else (Stand.MOTTATT, Stand.OMGJORT)))
    page = bruker.post(f"/klage/{klage}/tillegg", {"tekst": "Skrevet lenge"}, 409).text
    assert "Skrevet lenge" in page
    assert "Det du skrev, står her." in page
    assert rows(Klagetillegg) == 0
    if ended != "withdrawn":
        page = bruker.post(f"/klage/{klage}/trekk", {"tekst": "Angret"}, 409).text
        assert "Angret" in page
        assert rows(Klagetrekk) == 0
    assert f"/klage/{klage}/trekk" not in bruker.get(f"/klage/{klage}").text


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ({"tekst": ""}, 422, "Skriv noe, eller legg ved en fil"),
        ({"tekst": " \u200b\n"}, 422, "Skriv noe, eller legg ved en fil"),
        ({"tekst": "x" * 10_003}, 422, "3 tegn for lang"),
        ({"tekst": "Teksten min", "vedlegg": [str(ids.new_id())]}, 409, "vedleggene er ikke her lenger"),
        ({"tekst": "Teksten min", "vedlegg": ["ikke-en-id"]}, 409, "vedleggene er ikke her lenger"),
    ],
)
def test_bad_input_is_met_with_a_sentence(
    bruker: Klient, klage: UUID, typed: dict[str, object], status: int, said: str
) -> None:
    page = bruker.post(f"/klage/{klage}/tillegg", typed, status).text
    assert said in page
    if typed["tekst"] == "Teksten min":
        assert "Teksten min" in page
    assert rows(Klagetillegg) == 0


@pytest.mark.parametrize("path", ["tillegg", "trekk"])
def test_an_old_key_and_a_new_language_keep_the_text(bruker: Klient, klage: UUID, path: str) -> None:
    here = f"/klage/{klage}/{path}"
    assert "Skrevet lenge" in bruker.post(here, {"tekst": "Skrevet lenge"}, 422, key="gammel").text
    assert "Skrevet lenge" in bruker.post(here, {"tekst": "Skrevet lenge", "bytt_sprak": "nb"}, 200).text
    assert rows(Klagetillegg) == rows(Klagetrekk) == 0


def test_other_words_from_the_same_form_are_not_dropped(bruker: Klient, klage: UUID) -> None:
    here, key = f"/klage/{klage}/tillegg", ids.new_id().hex
    bruker.post(here, {"tekst": "Det første", "nokkel": key})
    page = bruker.post(here, {"tekst": "Det andre", "nokkel": key}, 409).text
    assert "Det andre" in page
    fresh = page.split('name="nokkel" value="')[1].split('"')[0]
    bruker.post(here, {"tekst": "Det andre", "nokkel": fresh})
    assert rows(Klagetillegg) == 2


def test_without_a_script_the_way_to_a_file_and_back_keeps_the_text(bruker: Klient, klage: UUID) -> None:
    here = f"/klage/{klage}/tillegg"
    page = bruker.follow(bruker.post(here, {"tekst": "Halvferdig", "legg_ved": "1"})).text
    back = page.split(f'href="{here}')[1].split('"')[0]
    assert "Halvferdig" in bruker.get(here + back).text


def test_withdrawing_says_what_happens_and_a_new_klage_is_possible(
    bruker: Klient, veileder: Klient, verden: Verden, app: Flask
) -> None:
    vedtak = verk.vedtak(verden, date(2026, 11, 20))
    with verk.formnokkel(app):
        klage = sendt(verden, vedtak)
        steg(verden, klage, Stand.MOTTATT, Stand.OPPRETTHOLDT, Stand.SENDT)
    page = bruker.get(f"/klage/{klage}/trekk").text
    assert "Dette skjer hvis du trekker klagen" in page
    assert "fredag 11. desember" in page
    assert "Kontoret sier fra til Statsforvalteren" in page
    assert rows(Klagetrekk) == 0  # to look is not to do
    for _pressed_twice in range(2):
        page = bruker.follow(bruker.post(f"/klage/{klage}/trekk", {"tekst": "Det ordnet seg"})).text
    assert rows(Klagetrekk) == 1
    assert "Du trakk klagen" in page
    assert sti(vedtak) in page
    assert klagen(verden, klage).stand is Stand.TRUKKET
    office = veileder.get(f"/veileder/bruker/{verden.amina}/klage/{klage}").text
    assert "Si fra til Statsforvalteren." in office
    assert "Det ordnet seg" in office
    assert "Registrer neste steg" not in office
    sent = {"steg": "medhold", "dato": "24.11.2026", "tekst": "For sent"}
    assert "For sent" in veileder.post(f"/veileder/bruker/{verden.amina}/klage/{klage}/steg", sent, 409).text
    with verk.formnokkel(app):
        assert labels(verden) == ["klage_trukket"]
        with clock.frozen(NOON + timedelta(days=15)):
            assert labels(verden) == []
    again = bruker.follow(bruker.post(sti(vedtak), {"hva": "Likevel", "handling": "send"})).text
    assert "Likevel" in again
    assert "Kom etter fristen" not in again


def test_the_data_keep_the_order(app: Flask, verden: Verden, klage: UUID) -> None:
    """Past the program, in the database itself."""
    with verk.formnokkel(app):
        steg(verden, klage, Stand.MOTTATT)
        other = sendt(verden)
        steg(verden, other, *FOUR)
        add(verden, klage)
        tillegg.withdraw(verk.amina(verden), klage, "")
    fields = "kommune_id, id, bruker_id, klage_id, tekst, sprak, skrevet_av, laget"
    said = "SELECT kommune_id, {id}, bruker_id, {klage}, tekst, 'nb', 'bruker', laget FROM klagesteg WHERE {w}"
    gone, answered = f"klage_id <> '{_sql(other)}' AND nr = 1", f"klage_id = '{_sql(other)}' AND nr = 1"
    for statement in (
        # a step, or something added, when it is withdrawn
        "INSERT INTO klagesteg (kommune_id, id, bruker_id, klage_id, ansatt_id, nr, steg, dato, tekst, laget) SELECT "
        "kommune_id, klage_id, bruker_id, klage_id, ansatt_id, 2, 'omgjort', dato, tekst, laget FROM klagesteg "
        f"WHERE {gone}",
        f"INSERT INTO klagetillegg ({fields}, nummer, sha256) "
        + said.format(id="klage_id", klage="klage_id", w=gone).replace(" FROM", ", 'X', tekst FROM"),
        # something added, or withdrawn, when it is answered
        f"INSERT INTO klagetillegg ({fields}, nummer, sha256) "
        + said.format(id="klage_id", klage="klage_id", w=answered).replace(" FROM", ", 'Y', tekst FROM"),
        f"INSERT INTO klagetrekk ({fields}) " + said.format(id="klage_id", klage="klage_id", w=answered),
    ):
        with pytest.raises(DBAPIError, match="out of order"), engines().write.begin() as connection:
            connection.execute(text(statement))
    for table in ("klagetillegg", "klagetrekk", "klagetilleggsteg"):
        for statement in (f"UPDATE {table} SET laget = laget", f"DELETE FROM {table}"):
            if table == "klagetilleggsteg":
                continue  # no row of it here, and SQLite refuses a row at a time
            with pytest.raises(DBAPIError, match="append-only"), engines().write.begin() as connection:
                connection.execute(text(statement))


def _sql(one: UUID) -> str:
    """As the chosen database writes an id in a statement."""
    return one.hex if engines().write.dialect.name == "sqlite" else str(one)


def test_nobody_elses_klage_is_there(app: Flask, verden: Verden, klage: UUID) -> None:
    jonas = Klient(app).logg_inn_bruker(verden.kommune_id, verden.jonas)
    for path in ("tillegg", "trekk", "rett"):
        jonas.get(f"/klage/{klage}/{path}", 404)
        jonas.post(f"/klage/{klage}/{path}", {"tekst": "x", "hva": "x"}, 404)
    with verk.formnokkel(app):
        one = add(verden, klage)
        other = verk.amina(verden, bruker_id=verden.jonas)
        with pytest.raises(NotHere):
            tillegg.add(other, klage, one, "x", [], "/x")
    assert rows(Klagetillegg) == 1


def test_words_are_sealed_and_everything_is_in_the_copy(
    bruker: Klient, verden: Verden, app: Flask, klage: UUID
) -> None:
    here = f"/klage/{klage}/tillegg"
    one = lagt_ved(amina(verden), skjema=here)
    bruker.post(here, {"tekst": "TILLEGG-ORD", "vedlegg": [str(one)]})
    with verk.formnokkel(app):
        steg(verden, klage, Stand.MOTTATT, Stand.OPPRETTHOLDT)
    bruker.post(f"/klage/{klage}/trekk", {"tekst": "TREKK-ORD"})
    with reading() as db:
        assert b"ORD" not in db.scalars(select(Klagetillegg.tekst)).one()
        assert b"ORD" not in db.scalars(select(Klagetrekk.tekst)).one()
    data = bruker.get("/innsyn/alt.json").json
    assert data is not None
    (held,) = data["klager"]
    (added,) = held["tillegg"]
    assert (added["tekst"], added["vedlegg"], added["steg"]) == ("TILLEGG-ORD", ["brev.jpg"], "vurdert")
    assert held["trukket"]["tekst"] == "TREKK-ORD"
    with app.test_request_context():
        shown = repr(dokument.blocks(data))
    for words in ("TILLEGG-ORD", "TREKK-ORD", "brev.jpg", added["nummer"]):
        assert words in shown
    got = PdfReader(io.BytesIO(bruker.get(f"/klage/{klage}.pdf").data))
    words = " ".join(page.extract_text() for page in got.pages)
    for expected in ("TILLEGG-ORD", "TREKK-ORD", "brev.jpg", added["nummer"], "Feil beløp", "Tillegg"):
        assert expected in words, expected
    assert got.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index] # tagged, and it says so
    assert "/StructTreeRoot" in got.trailer["/Root"]  # type: ignore[operator]
