"""A vilkår that goes with a step: the veileder's choice, shown on both sides, and «gjort» said once (P4, V1, V3)."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

import pytest
from flask import Flask
from sqlalchemy import select

from tests.klient import Klient
from tests.moter.avtaler import kari, sak
from tests.plan.planer import amina, avtalt, forslag, i_tilstand, nav, steg
from tests.sporringer import count
from tests.verden import Verden
from tests.vilkar.saker import FRIST, innhold, satt, vedtatt
from webapp.plan import service as plan
from webapp.plan.rules import Handling, Tilstand
from webapp.platform import audit, ids
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place
from webapp.vilkar import eksport, koblet, service
from webapp.vilkar.models import Vilkar, Vilkarmelding, Vilkarversjon
from webapp.vilkar.tekst import Innhold


def rad(vilkar_id: UUID) -> Vilkar:
    with reading() as db:
        return db.scalars(select(Vilkar).where(Vilkar.id == vilkar_id)).one()


def meldinger(verden: Verden) -> list[tuple[UUID, str]]:
    with reading() as db:
        rows = db.scalars(select(Vilkarmelding).order_by(Vilkarmelding.laget, Vilkarmelding.id)).all()
    seal = verden.seal(verden.amina)
    return [
        (one.vilkar_id, seal.open(one.tekst, Place("vilkarmelding", "tekst", one.kommune_id, one.id))) for one in rows
    ]


def med(steg_id: object, **more: Any) -> Innhold:
    return innhold(aktivitet_id=str(steg_id), **more)


SKJEMA: dict[str, Any] = {
    "p_navn": "Jobbkurs",
    "p_sted": "Storgata 1",
    "p_fra": "2026-12-01",
    "p_dager": ["0"],
    "p_klokke": "09:00",
    "frist": "2026-12-18",
    "hvorfor": "Du vil jobbe i butikk.",
    "sammenheng": "arbeid",
    "byrde": "y",
    "medvirkning": "enige",
    "belop": "1500",
    "maneder": "2",
}


def skjult(page: str, name: str) -> str:
    return page.split(f'name="{name}" value="')[1].split('"', maxsplit=1)[0]


def test_the_veileder_chooses_among_what_is_agreed(veileder: Klient, bruker: Klient, verden: Verden) -> None:
    agreed = avtalt(verden, forslag("Gå på jobbkurs"))
    for tilstand in set(Tilstand) - {Tilstand.AVTALT}:
        i_tilstand(verden, tilstand)
    avtalt(verden, forslag("Navs egen oppgave", ansvar="nav_sosial"))
    vedtak_id = str(vedtatt(verden))
    path = f"/veileder/bruker/{verden.amina}/vilkar/nytt"
    choice = veileder.get(f"{path}/kurs").text.split('id="aktivitet_id"')[1].split("</select>")[0]
    assert choice.count("<option") == 2
    assert "Gå på jobbkurs" in choice
    assert 'id="aktivitet_id"' not in veileder.get(f"{path}/dokumentasjon").text  # V3
    sent = {**SKJEMA, "vedtak_id": vedtak_id, "aktivitet_id": str(agreed), "steg": "vis"}
    page = veileder.post(f"{path}/kurs", sent, status=200).text
    seen = {name: skjult(page, name) for name in ("nokkel", "vist", "sett_rad")}
    # The link is part of what was looked at: another one is looked at first.
    other = {**sent, **seen, "steg": "sett", "aktivitet_id": ""}
    veileder.post(f"{path}/kurs", other, status=200)
    assert not koblet.of_step(verden.kommune_id, verden.amina, verden.seal(verden.amina), agreed)
    for _n in range(2):
        veileder.post(f"{path}/kurs", {**sent, **seen, "steg": "sett", "grunn": "Riktig her"}, status=303)
    with reading() as db:
        (row,) = db.scalars(select(Vilkar)).all()
    assert row.aktivitet_id == agreed
    for client, steps, demands in (
        (bruker, "/plan/steg/", "/vilkar/"),
        (veileder, f"/veileder/bruker/{verden.amina}/plan/steg/", f"/veileder/bruker/{verden.amina}/vilkar/"),
    ):
        page = client.get(f"{steps}{agreed}").text
        assert f'href="{demands}{row.id}"' in page
        assert "Vilkår som hører til steget" in page
        page = client.get(f"{demands}{row.id}").text
        assert f'href="{steps}{agreed}"' in page
        assert "Gå på jobbkurs" in page


@pytest.mark.parametrize("whose", ["foreign", "none", "ended"])
def test_no_other_step_can_be_named(veileder: Klient, verden: Verden, whose: str) -> None:
    theirs = plan.propose(nav(verden, verden.jonas), ids.new_id(), forslag())
    plan.act(amina(verden, verden.jonas), theirs, Handling.JA, 1)
    named = {"foreign": theirs, "none": ids.new_id(), "ended": i_tilstand(verden, Tilstand.AVSLUTTET)}[whose]
    vedtak_id = vedtatt(verden)
    with pytest.raises(koblet.NotAgreed):
        service.put(kari(verden), sak(verden), ids.new_id(), vedtak_id, med(named), FRIST)
    vilkar_id = satt(verden, vedtak_id=vedtak_id)
    with pytest.raises(koblet.NotAgreed):
        service.change(kari(verden), sak(verden), vilkar_id, 1, vedtatt(verden), med(named), FRIST)
    assert (rad(vilkar_id).versjon, rad(vilkar_id).aktivitet_id) == (1, None)
    sent = {**SKJEMA, "vedtak_id": str(vedtak_id), "aktivitet_id": str(named), "steg": "vis"}
    page = veileder.post(f"/veileder/bruker/{verden.amina}/vilkar/nytt/kurs", sent, status=422).text
    assert "Steget er ikke avtalt nå." in page
    assert "Du vil jobbe i butikk." in page


def test_documentation_has_no_step(verden: Verden) -> None:
    paper = innhold(
        "dokumentasjon", {"navn": "Husleiekontrakt"}, belop=None, maneder=None, aktivitet_id=str(avtalt(verden))
    )
    with pytest.raises(koblet.NotAgreed):
        satt(verden, paper)


def test_a_step_that_ends_while_the_vilkar_is_set_is_said_at_the_field(
    veileder: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    steg_id, vedtak_id = avtalt(verden), str(vedtatt(verden))
    path = f"/veileder/bruker/{verden.amina}/vilkar/nytt/kurs"
    sent = {**SKJEMA, "vedtak_id": vedtak_id, "aktivitet_id": str(steg_id), "steg": "vis"}
    page = veileder.post(path, sent, status=200).text
    seen = {name: skjult(page, name) for name in ("nokkel", "vist", "sett_rad")}
    real = koblet.chosen

    def ended(*args: Any) -> UUID | None:  # the bruker is quicker, between the page's check and the write
        plan.act(amina(verden), steg_id, Handling.PAUSE, 1)
        return real(*args)

    monkeypatch.setattr(koblet, "chosen", ended)
    page = veileder.post(path, {**sent, **seen, "steg": "sett", "grunn": "Riktig her"}, status=422).text
    assert "Steget er ikke avtalt nå." in page
    assert "Du vil jobbe i butikk." in page
    with reading() as db:
        assert db.scalars(select(Vilkar)).all() == []


def test_done_in_the_plan_is_reported_once_with_the_brukers_own_words(
    bruker: Klient, veileder: Klient, verden: Verden
) -> None:
    steg_id = avtalt(verden)
    tied = [satt(verden, med(steg_id)) for _n in range(2)]
    alone = satt(verden)
    met = satt(verden, med(steg_id))
    service.assess(kari(verden), sak(verden), met, ids.new_id(), "oppfylt", "Bra")
    path = f"/plan/steg/{steg_id}/gjort"
    page = bruker.get(path).text
    assert "Et vilkår hører til dette steget." in page
    sent = {"versjon": "1", "ord": "Jeg har vært der", "nokkel": skjult(page, "nokkel")}
    for _n in range(2):
        bruker.post(path, sent, status=303)
    assert sorted(meldinger(verden)) == sorted((one, "Jeg har vært der") for one in tied)
    for vilkar_id in tied:
        assert (rad(vilkar_id).meldt, rad(vilkar_id).tilstand) == (True, "gjelder")  # the veileder registers the rest
    for vilkar_id in (alone, met):
        assert not rad(vilkar_id).meldt
    assert "Jeg har vært der" in bruker.get(f"/vilkar/{tied[0]}").text
    assert "Jeg har vært der" in veileder.get(f"/veileder/bruker/{verden.amina}/vilkar/{tied[0]}").text
    with reading() as db:
        events = list(db.scalars(select(Hendelse.type)))
    assert events.count("vilkar_gjort") == 2
    assert events.count("plan_steg_gjort") == 1
    service.assess(kari(verden), sak(verden), tied[0], ids.new_id(), "oppfylt", "Fint")
    plan.act(amina(verden), steg_id, Handling.GJENAPNE, 1)
    plan.act(amina(verden), steg_id, Handling.GJORT, 1)
    assert rad(tied[0]).tilstand == "oppfylt"  # what the veileder has registered stands
    assert (tied[1], "") in meldinger(verden)
    assert len(meldinger(verden)) == 3
    assert "Meldt gjennom steget i planen, uten egne ord." in bruker.get(f"/vilkar/{tied[1]}").text


def test_the_same_happening_is_reported_once_also_by_itself(verden: Verden) -> None:
    steg_id, hendelse_id = avtalt(verden), ids.new_id()
    vilkar_id = satt(verden, med(steg_id))
    for _n in range(2):
        with writing(unverified=True) as db:
            koblet.step_done(db, amina(verden), steg_id, hendelse_id, "Ferdig")
    with reading() as db:
        assert [one.id for one in db.scalars(select(Vilkarmelding))] == [uuid5(hendelse_id, str(vilkar_id))]


def test_nav_saying_done_is_no_report_of_the_brukers(verden: Verden) -> None:
    steg_id = avtalt(verden, forslag(ansvar="tiltak"))
    vilkar_id = satt(verden, med(steg_id))
    plan.act(nav(verden), steg_id, Handling.GJORT, 1, ord="Kurset er over")
    assert (rad(vilkar_id).meldt, meldinger(verden)) == (False, [])


def test_when_the_report_cannot_be_kept_the_step_is_not_done_either(
    verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    steg_id = avtalt(verden)
    satt(verden, med(steg_id))
    real = audit.record

    def fails(*args: Any, **kwargs: Any) -> Any:
        if args[2] == "vilkar_gjort":
            raise RuntimeError("the disk is full")
        return real(*args, **kwargs)

    monkeypatch.setattr(audit, "record", fails)
    with pytest.raises(RuntimeError):
        plan.act(amina(verden), steg_id, Handling.GJORT, 1, ord="Ferdig")
    assert steg(verden, steg_id).tilstand is Tilstand.AVTALT
    assert meldinger(verden) == []


def test_nothing_in_a_plan_makes_a_vilkar(verden: Verden) -> None:
    for tilstand in Tilstand:
        i_tilstand(verden, tilstand)
    with reading() as db:
        assert db.scalars(select(Vilkar)).all() == []


def test_a_changed_vilkar_keeps_its_history(bruker: Klient, veileder: Klient, app: Flask, verden: Verden) -> None:
    first, second = avtalt(verden, forslag("Gå på kurs")), avtalt(verden, forslag("Søke jobber"))
    vilkar_id = satt(verden, med(first))
    for number, new in enumerate((med(second), innhold()), start=1):
        service.change(kari(verden), sak(verden), vilkar_id, number, vedtatt(verden), new, FRIST)
        assert rad(vilkar_id).aktivitet_id == (second if number == 1 else None)
    assert "hørte til et steg i planen" in veileder.get(f"/veileder/bruker/{verden.amina}/vilkar/{vilkar_id}").text
    with app.test_request_context():
        (held,) = eksport.eksport(verden.kommune_id, verden.amina, verden.seal(verden.amina))["vilkar"]
    named = [one["innhold"]["aktivitet_id"] for one in held["versjoner"]]
    assert named == [str(first), str(second), ""]
    plan.act(amina(verden), first, Handling.GJORT, 1, ord="Ferdig")
    assert meldinger(verden) == []  # it belongs to the step no longer
    with reading() as db:
        assert len(db.scalars(select(Vilkarversjon)).all()) == 3


def test_a_step_that_is_not_agreed_any_more_leaves_the_vilkar_as_it_is(bruker: Klient, verden: Verden) -> None:
    steg_id = avtalt(verden)
    vilkar_id = satt(verden, med(steg_id))
    assert "Steget er ikke avtalt i planen nå." not in bruker.get(f"/vilkar/{vilkar_id}").text
    plan.act(amina(verden), steg_id, Handling.AVSLUTT, 1, ord="Flyttet")
    page = bruker.get(f"/vilkar/{vilkar_id}").text
    assert "Steget er ikke avtalt i planen nå." in page
    assert rad(vilkar_id).tilstand == "gjelder"


def test_the_number_of_queries_does_not_grow(app: Flask, bruker: Klient, veileder: Klient, verden: Verden) -> None:
    steg_id, vedtak_id = avtalt(verden), vedtatt(verden)
    vilkar_id = satt(verden, med(steg_id), vedtak_id=vedtak_id)
    office = f"/veileder/bruker/{verden.amina}"
    mine = (f"/plan/steg/{steg_id}", f"/plan/steg/{steg_id}/gjort", f"/vilkar/{vilkar_id}")
    theirs = (f"{office}/plan/steg/{steg_id}", f"{office}/vilkar/{vilkar_id}", f"{office}/vilkar/nytt/kurs")

    def measure() -> list[int]:
        found = []
        for client, paths in ((bruker, mine), (veileder, theirs)):
            for path in paths:
                with count(app) as asked:
                    client.get(path)
                found.append(len(asked))
        return found

    measure()
    few = measure()
    for _n in range(8):
        satt(verden, med(avtalt(verden)), vedtak_id=vedtak_id)
        satt(verden, med(steg_id), vedtak_id=vedtak_id)
    assert measure() == few
