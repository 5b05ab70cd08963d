"""The veileder registers vedtak, composes vilkår and closes them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter.avtaler import bruk_sprak, kari, sak
from tests.sporringer import count
from tests.strenger import STRENGER
from tests.verden import Verden
from tests.vilkar.saker import FRIST, innhold, satt, vedtatt
from webapp.platform import clock
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading, writing
from webapp.vilkar import lesing, service, vedtak
from webapp.vilkar.grunnlag import gjeldende, grunnlag
from webapp.vilkar.models import Vedtak, Vilkar, Vilkarversjon
from webapp.vilkar.tekstbank import TYPER

VEDTAK = {
    "nummer": "2026/77",
    "dato": "20.11.2026",
    "hjemmel": "livsopphold",
    "ytelse": "livsopphold",
    "fra": "2026-12-01",
    "til": "2027-02-28",
    "reduksjon_oppgitt": "y",
}
KURS: dict[str, Any] = {
    "p_navn": "Jobbkurs «Veien»",
    "p_sted": "Storgata 1",
    "p_fra": "2026-12-01",
    "p_dager": ["0", "2"],
    "p_klokke": "09:00",
    "frist": "2026-12-18",
    "sammenheng": "arbeid",
    "byrde": "y",
    "medvirkning": "enige",
    "belop": "1500",
    "maneder": "2",
}


def sti(verden: Verden, rest: str = "vilkar") -> str:
    return f"/veileder/bruker/{verden.amina}/{rest}"


def sett(veileder: Klient, address: str, sent: dict[str, Any], status: int = 303, **more: Any) -> TestResponse:
    """Look at it first, as a person must; then set it."""
    shown = veileder.post(address, {**sent, "steg": "vis"}, status=200).text
    seen = {name: _hidden(shown, name) for name in ("vist", "sett_rad")}
    return veileder.post(address, {**sent, **seen, "steg": "sett", **more}, status=status)


def _hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found
    return unescape(found[1])


def rader(table: Any) -> list[Any]:
    with reading() as db:
        return list(db.scalars(select(table)))


def hendelser() -> list[str]:
    with reading() as db:
        return list(db.scalars(select(Hendelse.type).order_by(Hendelse.lopenr)))


def test_a_vedtak_is_registered_once_and_the_deadline_is_worked_out(veileder: Klient, verden: Verden) -> None:
    sent = {**VEDTAK, "nokkel": uuid4().hex}
    veileder.post(sti(verden, "vedtak/nytt"), sent)
    veileder.post(sti(verden, "vedtak/nytt"), sent)
    (row,) = rader(Vedtak)
    assert row.klagefrist == date(2026, 12, 11)
    assert b"2026/77" not in row.nummer
    page = veileder.get(sti(verden)).text
    assert "2026/77" in page
    assert "fredag 11. desember" in page
    assert hendelser().count("vedtak_registrert") == 1


def test_a_last_day_to_appeal_in_a_weekend_or_a_holiday_is_moved_on(veileder: Klient, verden: Verden) -> None:
    """A klage is in time on the working day after it, and that is the day people are told."""
    sent = {**VEDTAK, "nokkel": uuid4().hex, "klagefrist": "25.12.2026"}
    veileder.post(sti(verden, "vedtak/nytt"), sent)
    veileder.post(sti(verden, "vedtak/nytt"), sent)
    (row,) = rader(Vedtak)
    assert row.klagefrist == date(2026, 12, 28)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"nummer": ""}, "Skriv nummeret"),
        ({"nummer": "1" * 61}, "for lang"),
        ({"dato": ""}, "Skriv datoen"),
        ({"dato": "31.02.2026"}, "finnes ikke"),
        ({"dato": "20.11.26"}, ">Skriv dag, måned og år"),
        ({"dato": "2026-12-24"}, "ikke har vært"),
        ({"dato": "9999-12-31"}, "fram"),
        ({"dato": "0001-01-01"}, "tilbake"),
        ({"til": "2026-11-01"}, "slutter før den begynner"),
        ({"til": "9999-12-31"}, "fram"),
        ({"klagefrist": "2026-11-21"}, "kortere enn loven"),
        ({"hjemmel": "noe"}, "Velg hjemmelen"),
        ({"ytelse": "noe"}, "Velg hva vedtaket gjelder"),
    ],
)
def test_a_wrong_vedtak_is_explained_and_nothing_is_lost(
    veileder: Klient, verden: Verden, change: dict[str, str], said: str
) -> None:
    page = veileder.post(sti(verden, "vedtak/nytt"), {**VEDTAK, "grunner": "Mine ord", **change}, status=422).text
    assert said in page
    assert "Mine ord" in page
    assert rader(Vedtak) == []


def test_a_correction_is_a_new_row_and_made_once(veileder: Klient, verden: Verden) -> None:
    vedtak_id = vedtatt(verden)
    page = sti(verden, f"vedtak/{vedtak_id}/rett")
    assert "2026/123" in veileder.get(page).text
    veileder.post(page, {**VEDTAK, "nummer": "2026/124"})
    assert "allerede rettet" in veileder.post(page, {**VEDTAK, "nummer": "2026/125"}, status=409).text
    listed = vedtak.all_of(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert {one.fakta.nummer: one.rettet_av is None for one in listed} == {"2026/123": False, "2026/124": True}
    assert "Vedtak som er rettet" in veileder.get(sti(verden)).text


def test_under_30_without_activity_asks_for_reasons(veileder: Klient, verden: Verden) -> None:
    vedtak_id = vedtatt(verden)
    assert "tungtveiende grunnene" in veileder.get(sti(verden)).text
    satt(verden, vedtak_id=vedtak_id)
    assert "Skriv de tungtveiende" not in veileder.get(sti(verden)).text


def test_composed_previewed_and_set(app: Flask, veileder: Klient, verden: Verden) -> None:
    vedtak_id = str(vedtatt(verden))
    page = veileder.get(sti(verden, "vilkar/nytt")).text
    for kind in TYPER:
        assert f"/vilkar/nytt/{kind}" in page
    sent = {**KURS, "vedtak_id": vedtak_id, "nokkel": uuid4().hex}
    address = sti(verden, "vilkar/nytt/kurs")
    shown = veileder.post(address, {**sent, "steg": "vis"}, status=200).text
    assert "Slik blir det for brukeren" in shown
    assert "Alt som trengs, er med." in shown
    assert "høyst 1\xa0500 kroner" in shown
    assert rader(Vilkar) == []
    sett(veileder, address, sent)
    sett(veileder, address, sent)
    (row,) = rader(Vilkar)
    (version,) = rader(Vilkarversjon)
    assert (row.frist, row.slag, version.konsekvens_oppgitt) == (FRIST, "aktivitet", True)
    assert b"Veien" not in version.innhold
    assert hendelser().count("vilkar_satt") == 1
    assert "Delta på" in veileder.get(sti(verden, f"vilkar/{row.id}")).text


def test_advice_is_shown_before_anything_is_set_and_overruled_with_a_reason(veileder: Klient, verden: Verden) -> None:
    sent = {**KURS, "vedtak_id": str(vedtatt(verden)), "medvirkning": ""}
    address = sti(verden, "vilkar/nytt/kurs")
    page = veileder.post(address, {**sent, "steg": "sett"}, status=200).text
    assert "hvordan brukeren var med" in page
    page = sett(veileder, address, sent, 422).text
    assert "Skriv hvorfor du går videre" in page
    assert rader(Vilkar) == []
    sett(veileder, address, sent, grunn="Brukeren er i utlandet")
    (row,) = rader(Vilkar)
    page = veileder.get(sti(verden, f"vilkar/{row.id}")).text
    assert "Råd som ikke ble fulgt" in page
    assert "Brukeren er i utlandet" in page


def test_what_was_changed_after_the_preview_is_previewed_again(veileder: Klient, verden: Verden) -> None:
    sent = {**KURS, "vedtak_id": str(vedtatt(verden))}
    page = sett(veileder, sti(verden, "vilkar/nytt/kurs"), sent, 200, p_sted="Storgata 2").text
    assert "Storgata 2" in page
    assert rader(Vilkar) == []
    sett(veileder, sti(verden, "vilkar/nytt/kurs"), sent)


def test_a_correction_takes_the_ground_away(veileder: Klient, verden: Verden) -> None:
    first = vedtatt(verden)
    vilkar_id = satt(verden, vedtak_id=first)
    for says, number in (("y", "2026/78"), ("", "2026/79")):
        latest = next(one for one in rader(Vedtak) if one.id not in {row.erstatter_id for row in rader(Vedtak)})
        correction = {name: value for name, value in VEDTAK.items() if says or name != "reduksjon_oppgitt"}
        correction["nummer"] = number
        veileder.post(sti(verden, f"vedtak/{latest.id}/rett"), correction)
        with reading() as db:
            found = grunnlag(db, verden.kommune_id, verden.amina, vilkar_id).mangler
        assert ("reduksjon_ikke_oppgitt" in found) is (not says)


def test_without_deadline_and_consequence_it_can_be_set_but_nothing_can_build_on_it(
    veileder: Klient, verden: Verden
) -> None:
    sent = {**KURS, "vedtak_id": str(vedtatt(verden)), "frist": "", "belop": "", "maneder": ""}
    address = sti(verden, "vilkar/nytt/kurs")
    page = veileder.post(address, {**sent, "steg": "vis"}, status=200).text
    assert page.count("Kan ikke brukes i et varsel") == 2
    sett(veileder, address, sent)
    (row,) = rader(Vilkar)
    with reading() as db:
        found = grunnlag(db, verden.kommune_id, verden.amina, row.id)
    assert found.mangler == ("ingen_frist", "ingen_konsekvens", "ikke_vist")


def test_general_wording_is_caught_in_own_words(veileder: Klient, verden: Verden) -> None:
    sent = {
        **{name: value for name, value in KURS.items() if not name.startswith("p_")},
        "vedtak_id": str(vedtatt(verden)),
        "p_tittel": "Følg opp",
        "p_hva": "Du må møte opp til avtaler",
        "p_oppfylt": "Når du har vært der",
        "steg": "vis",
    }
    page = veileder.post(sti(verden, "vilkar/nytt/fritekst"), sent, status=200).text
    assert "«Følg opp» er for generelt" in page
    assert "«møte opp» er for generelt" in page
    assert "kan ikke måles" in page


def test_the_fourth_asks_again(veileder: Klient, verden: Verden) -> None:
    vedtak_id = vedtatt(verden)
    for _n in range(3):
        satt(verden, vedtak_id=vedtak_id)
    page = veileder.post(
        sti(verden, "vilkar/nytt/kurs"), {**KURS, "vedtak_id": str(vedtak_id), "steg": "vis"}, status=200
    ).text
    assert "allerede tre vilkår" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"vedtak_id": str(uuid4())}, "Velg et av vedtakene"),
        ({"p_sted": ""}, "Skriv adressen"),
        ({"p_dager": ["9"]}, "Velg minst én dag"),
        ({"p_klokke": "25:00"}, "Klokkeslettet finnes ikke"),
        ({"p_fra": "2026-12-24", "frist": "2026-12-18"}, "slutter før den begynner"),
        ({"frist": "2026-11-23"}, "har vært"),
        ({"frist": "9999-12-31"}, "fram"),
        ({"frist": "31.11.2026"}, "finnes ikke"),
        ({"belop": "-5"}, "Skriv et tall"),
        ({"belop": "999999999999"}, "Skriv et tall"),
        ({"belop": "1e9"}, "Skriv et tall"),
        ({"belop": ""}, "Skriv både beløp og antall"),
        ({"maneder": "0"}, "Skriv et tall"),
        ({"maneder": "٩٩"}, "Skriv et tall"),
        ({"medvirkning": "annet"}, "Velg et av svarene"),
        ({"hvorfor": "a" * 1001}, "for lang"),
    ],
)
def test_a_wrong_form_is_explained(veileder: Klient, verden: Verden, change: dict[str, Any], said: str) -> None:
    sent = {**KURS, "vedtak_id": str(vedtatt(verden)), "nav": "Mine ord", "steg": "sett", "sett_rad": "", **change}
    page = veileder.post(sti(verden, "vilkar/nytt/kurs"), sent, status=422).text
    assert said in page
    assert "Mine ord" in page
    assert rader(Vilkar) == []


def test_a_request_for_papers_can_never_carry_a_consequence(veileder: Klient, verden: Verden) -> None:
    sent = {"vedtak_id": str(vedtatt(verden)), "p_navn": "Husleiekontrakt", "p_sted": "Kontoret", "frist": "2026-12-18"}
    address = sti(verden, "vilkar/nytt/dokumentasjon")
    refused = veileder.post(address, {**sent, "belop": "500", "maneder": "1", "steg": "vis"}, status=422).text
    assert "Papirer er ikke et vilkår" in refused
    sett(veileder, address, sent)
    (row,) = rader(Vilkar)
    with reading() as db:
        assert "dokumentasjon" in grunnlag(db, verden.kommune_id, verden.amina, row.id).mangler
    assert not innhold("dokumentasjon", {}, belop=500, maneder=1).konsekvens_oppgitt


# Half characters cannot be sent in a form; what else no person types is taken away by the form (platform/forms.py).
@pytest.mark.parametrize("ord_", [words for name, words in STRENGER.items() if name not in ("kontroll", "halve tegn")])
def test_own_words_of_every_kind_come_back_as_they_were(veileder: Klient, verden: Verden, ord_: str) -> None:
    sent = {**KURS, "vedtak_id": str(vedtatt(verden)), "hvorfor": ord_[:900], "steg": "vis"}
    response = veileder.post(sti(verden, "vilkar/nytt/kurs"), sent, status=200)
    assert "Slik blir det for brukeren" in response.text


def test_a_change_is_a_new_version_on_a_new_vedtak(veileder: Klient, verden: Verden) -> None:
    first = vedtatt(verden)
    vilkar_id = satt(verden, vedtak_id=first)
    address = sti(verden, f"vilkar/{vilkar_id}/endre")
    assert "Jobbkurs" in veileder.get(address).text
    sent = {**KURS, "versjon": "1", "frist": "2027-01-15"}
    page = sett(veileder, address, {**sent, "vedtak_id": str(first)}, 422).text
    assert "trenger et nytt vedtak" in page
    other = str(vedtatt(verden))
    sett(veileder, address, {**sent, "vedtak_id": other})
    page = sett(veileder, address, {**sent, "vedtak_id": other, "nav": "Mine ord"}, 409).text
    assert "endret et annet sted" in page
    assert "Mine ord" in page
    (row,) = rader(Vilkar)
    assert (row.versjon, row.frist) == (2, date(2027, 1, 15))
    assert sorted(one.versjon for one in rader(Vilkarversjon)) == [1, 2]


def test_met_not_met_and_no_longer_asked(veileder: Klient, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    address = sti(verden, f"vilkar/{vilkar_id}/vurder")
    assert "Velg hvordan det gikk" in veileder.post(address, {"tekst": "Ord"}, status=422).text
    veileder.post(address, {"utfall": "ikke_oppfylt", "tekst": "Du var der 2 av 5 dager."})
    assert "Du var der 2 av 5 dager." in bruker.get(f"/vilkar/{vilkar_id}").text
    veileder.post(address, {"utfall": "opphort", "tekst": "Kurset er slutt."})
    page = veileder.post(address, {"utfall": "oppfylt", "tekst": "Mine ord"}, status=409).text
    assert "Mine ord" in page
    veileder.get(sti(verden, f"vilkar/{vilkar_id}/endre"), status=404)


def test_another_persons_and_unknown_ids_are_not_there(app: Flask, veileder: Klient, verden: Verden) -> None:
    other = satt(verden, bruker_id=verden.jonas)
    vedtak_id = vedtatt(verden, bruker_id=verden.jonas)
    for missing in (other, uuid4()):
        veileder.get(sti(verden, f"vilkar/{missing}"), status=404)
        veileder.get(sti(verden, f"vilkar/{missing}/endre"), status=404)
        veileder.get(sti(verden, f"vilkar/{missing}/vurder"), status=404)
        veileder.post(sti(verden, f"vilkar/{missing}/snakket/1"), {}, status=404)
    for missing in (vedtak_id, uuid4()):
        veileder.get(sti(verden, f"vedtak/{missing}/rett"), status=404)
    vedtatt(verden)
    veileder.get(sti(verden, "vilkar/nytt/finnes-ikke"), status=404)
    veileder.get(f"/veileder/bruker/{verden.jonas}/vilkar", status=303)  # S1: a reason is asked for first
    sent = {**KURS, "vedtak_id": str(vedtak_id), "steg": "sett", "sett_rad": ""}
    assert "Velg et av vedtakene" in veileder.post(sti(verden, "vilkar/nytt/kurs"), sent, status=422).text


def test_an_old_form_key_keeps_the_text(veileder: Klient, verden: Verden) -> None:
    sent = {**KURS, "vedtak_id": str(vedtatt(verden)), "hvorfor": "Mine ord", "steg": "sett", "sett_rad": ""}
    page = veileder.post(sti(verden, "vilkar/nytt/kurs"), sent, status=422, key="gammel").text
    assert "Mine ord" in page
    assert rader(Vilkar) == []


def test_the_queries_do_not_grow(app: Flask, veileder: Klient, verden: Verden) -> None:
    vedtak_id = vedtatt(verden)
    vilkar_id = satt(verden, vedtak_id=vedtak_id)
    veileder.post("/veileder/utbetaling", {"forste": "1", "andre": "15"})
    paths = [sti(verden), sti(verden, f"vilkar/{vilkar_id}"), "/veileder/utbetaling"]

    def counted() -> list[int]:
        found = []
        for path in paths:
            with count(app) as queries:
                veileder.get(path)
            found.append(len(queries))
        return found

    counted()
    few = counted()
    for n in range(6):
        satt(verden, vedtak_id=vedtak_id)
        service.change(
            kari(verden), sak(verden), vilkar_id, n + 1, vedtatt(verden), innhold(), FRIST + timedelta(days=n)
        )
    assert counted() == few


def test_payment_days_and_what_to_look_at_before_them(app: Flask, veileder: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    other = satt(verden, bruker_id=verden.jonas)
    for wrong in ({"forste": "0", "andre": "15"}, {"forste": "15", "andre": "1"}, {"forste": "a", "andre": "40"}):
        veileder.post("/veileder/utbetaling", wrong, status=422)
    veileder.post("/veileder/utbetaling", {"forste": "5", "andre": "20"})
    page = veileder.get("/veileder/utbetaling").text
    assert "søndag 20. desember" in page
    assert str(vilkar_id) in page
    assert str(other) not in page  # S1: not Kari's
    assert page.index("20. desember") < page.index(str(vilkar_id)) < page.index("5. januar")
    Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna).get("/veileder/utbetaling", status=404)


def test_registered_rows_cannot_be_changed_or_removed(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    bruker.get(f"/vilkar/{vilkar_id}")
    versjon = rader(Vilkarversjon)[0].id
    bruker.post(f"/vilkar/{vilkar_id}", {"svar": "forstar", "versjon_id": str(versjon)})
    bruker.post(f"/vilkar/{vilkar_id}/gjort", {"tekst": "Ferdig"})
    service.assess(kari(verden), sak(verden), vilkar_id, uuid4(), "oppfylt", "Bra")
    for table in ("vedtak", "vilkarversjon", "vilkarvisning", "forstaelse", "vilkarmelding", "vilkarvurdering"):
        with reading() as db:
            assert db.execute(text(f"SELECT count(*) FROM {table}")).scalar(), table  # noqa: S608 -- the schema's own names
        for statement in (f"UPDATE {table} SET bruker_id = bruker_id", f"DELETE FROM {table}"):  # noqa: S608 -- the schema's own names
            with pytest.raises(DBAPIError, match="append-only"), writing() as db:
                db.execute(text(statement))


def test_the_preview_is_in_the_brukers_language_too(app: Flask, veileder: Klient, verden: Verden) -> None:
    bruk_sprak(verden, app, "ar")
    sent = {**KURS, "vedtak_id": str(vedtatt(verden)), "steg": "vis"}
    page = veileder.post(sti(verden, "vilkar/nytt/kurs"), sent, status=200).text
    assert 'lang="ar" dir="rtl"' in page
    assert "Hva du må gjøre" in page


def test_others_may_know_what_counts_now(app: Flask, verden: Verden) -> None:
    seal = verden.seal(verden.amina)
    later, first, none = (satt(verden, frist=day) for day in (date(2027, 1, 5), FRIST, None))
    ended = satt(verden)
    service.assess(kari(verden), sak(verden), ended, uuid4(), "opphort", "Slutt")
    with app.test_request_context(), clock.frozen(NOON):
        found = gjeldende(verden.kommune_id, verden.amina, seal)
    assert [one.id for one in found] == [first, later, none]
    assert lesing.whole(verden.kommune_id, verden.amina, seal, ended).vilkar.tilstand == "opphort"
