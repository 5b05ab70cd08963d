"""The office's page of a bruker: in every state of every matter the one next right step, that can be taken (part 7)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import NOON
from tests.kartlegging.veileder_levert import lever, svar
from tests.klage import klager
from tests.klient import Klient
from tests.moter import avtaler
from tests.plan import planer
from tests.sporringer import count
from tests.varsel import verk
from tests.verden import Verden
from tests.vilkar import saker
from webapp import nytt
from webapp.identitet import adgang
from webapp.kartlegging import merknader
from webapp.kartlegging import rules as kartlegging
from webapp.klage import rules as klage
from webapp.klage import tillegg
from webapp.moter import rules as moter
from webapp.moter import service as motetjeneste
from webapp.plan import rules as plan
from webapp.plan import service as plantjeneste
from webapp.platform import clock, ids
from webapp.platform.database import reading, writing
from webapp.platform.nyheter import Steg
from webapp.varsel import horing, lesing, nestesteg
from webapp.varsel import rules as varsel
from webapp.varsel import service as varseltjeneste
from webapp.varsel.lesing import Sagt
from webapp.veiledning import rules as rad
from webapp.veiledning import service as radtjeneste
from webapp.vilkar import rules as vilkar
from webapp.vilkar import service as vilkartjeneste
from webapp.vilkar.models import Vilkar

TODAY = NOON.date()


def alle(app: Flask, verden: Verden, *, tildelt: bool = True) -> list[Steg]:
    with app.test_request_context():
        return nytt.for_sak(verden.kommune_id, verden.amina, verden.seal(verden.amina), tildelt=tildelt)


def av(app: Flask, verden: Verden, rom: str) -> list[Steg]:
    """The lines of one room, by the beginning of their code."""
    return [one for one in alle(app, verden) if one.kode.startswith(f"{rom}_")]


def siden(verden: Verden) -> str:
    return f"/veileder/bruker/{verden.amina}/"


def holds(veileder: Klient, verden: Verden, lines: list[Steg]) -> None:
    """Every line is on the page, every step can be opened by the assigned veileder, and what waits has a verb."""
    for line in lines:
        assert bool(line.gjor) == bool(line.sti), line
        assert line.gjor[:1].isupper() == bool(line.gjor), line
        veileder.get(line.les.split("#")[0])
        if line.sti:
            veileder.get(line.sti.split("#")[0])


# ---- forhåndsvarsel


def lukket(verden: Verden) -> UUID:
    sak_id = verk.nadd(verden)
    varseltjeneste.close(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), "ikke_grunnlag", "")
    return sak_id


def avgjort(verden: Verden) -> UUID:
    sak_id = verk.veid(verden)
    verk.avgjor(verden, sak_id)
    return sak_id


def onsket(verden: Verden) -> UUID:
    sak_id = verk.nadd(verden)
    verk.si(verden, sak_id, ord="", onsker=("tid", "tolk"))
    return sak_id


def muntlig(verden: Verden) -> UUID:
    sak_id = verk.nadd(verden)
    said = Sagt(["sykdom"], "Var syk", "")
    horing.write_down(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), said, "nb")
    return sak_id


def forlenget(verden: Verden) -> UUID:
    sak_id = verk.nadd(verden)
    verk.si(verden, sak_id, ord="", onsker=("tid",))
    verk.svar(verden, sak_id, dag=date(2026, 12, 18))
    return sak_id


def si_mer(verden: Verden) -> UUID:
    sak_id = verk.veid(verden)
    verk.si(verden, sak_id, "barn")
    return sak_id


V = varsel.Tilstand
VARSLER: dict[varsel.Tilstand, tuple[Callable[[Verden], UUID], str]] = {
    V.NOTERT: (verk.notert, "send"),
    V.VARSLET: (verk.varslet, "nadd"),
    V.NADD: (verk.nadd, "vent"),
    V.UTTALT: (verk.uttalt, "vei"),
    V.VEID: (verk.veid, "avgjor"),
    V.AVGJORT: (avgjort, "ferdig"),
    V.LUKKET: (lukket, "ingen"),
}
MORE = [(onsket, "svar"), (muntlig, "vent"), (forlenget, "vent"), (si_mer, "vei")]


def follows_the_rules(app: Flask, verden: Verden, sak_id: UUID) -> nestesteg.Apen:
    """What is counted in one query is what the opened matter says, and its step is one that can be taken."""
    seal = verden.seal(verden.amina)
    with app.test_request_context(), count(app) as asked:
        [one] = nestesteg.matters(verden.kommune_id, verden.amina, seal)
    assert len(asked) == 1
    with reading() as db:
        rows = lesing.rows(db, verden.kommune_id, verden.amina, sak_id)
        assert one.fakta == rows.fakta(grunnlag=True)
    allowed = varsel.possible(one.tilstand, "ansatt", one.fakta, one.na)
    step = nestesteg.GJOR.get(one.neste)
    assert step is None or step in allowed
    return one


@pytest.mark.parametrize("tilstand", list(V))
def test_every_state_of_a_matter(app: Flask, veileder: Klient, verden: Verden, tilstand: varsel.Tilstand) -> None:
    make, code = VARSLER[tilstand]
    with verk.formnokkel(app):
        sak_id = make(verden)
    assert follows_the_rules(app, verden, sak_id).tilstand is tilstand
    lines = av(app, verden, "varsel")
    assert [one.kode for one in lines] == [f"varsel_{code}"]
    holds(veileder, verden, lines)
    assert lines[0].stand in veileder.get(siden(verden)).text


@pytest.mark.parametrize(("make", "code"), MORE)
def test_what_the_bruker_asked_for_and_what_was_written_down(
    app: Flask, veileder: Klient, verden: Verden, make: Callable[[Verden], UUID], code: str
) -> None:
    with verk.formnokkel(app):
        sak_id = make(verden)
    follows_the_rules(app, verden, sak_id)
    lines = av(app, verden, "varsel")
    assert [one.kode for one in lines] == [f"varsel_{code}"]
    holds(veileder, verden, lines)


def test_the_deadline_passes_and_the_decision_gets_old(app: Flask, veileder: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.nadd(verden)
    with clock.frozen(NOON + timedelta(days=15)):
        follows_the_rules(app, verden, sak_id)
        [line] = av(app, verden, "varsel")
        assert (line.kode, line.gjor) == ("varsel_vei", "Skriv hva du legger vekt på")
        with verk.formnokkel(app):
            verk.vei(verden, sak_id)
            verk.avgjor(verden, sak_id)
        assert "Saken er avgjort: Ingen følger." in av(app, verden, "varsel")[0].stand
    with clock.frozen(NOON + timedelta(days=60)):
        [line] = av(app, verden, "varsel")
        assert (line.kode, line.gjor) == ("varsel_ingen", "")


def test_matters_at_once_have_a_line_each_the_most_urgent_first(app: Flask, veileder: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        matters = [verk.notert(verden), verk.varslet(verden), verk.uttalt(verden), verk.nadd(verden)]
    planer.foreslatt(verden, "bruker")
    lines = alle(app, verden)
    assert {line.les.rsplit("/", 1)[1] for line in lines if line.kode.startswith("varsel_")} == set(map(str, matters))
    assert [line.haster for line in lines] == sorted((line.haster for line in lines), reverse=True)
    waits = [bool(line.gjor) for line in lines]
    assert waits == sorted(waits, reverse=True)
    page = veileder.get(siden(verden)).text
    places = [page.index(f'href="{line.sti or line.les}"') for line in lines if line.sti]
    assert places == sorted(places)
    holds(veileder, verden, lines)


def test_a_vilkar_with_a_matter_is_asked_about_in_the_matter_only(app: Flask, verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden, frist=TODAY - timedelta(days=3))
    with writing(unverified=True) as db:
        db.execute(update(Vilkar).where(Vilkar.id == vilkar_id).values(vist=True))
    [line] = av(app, verden, "vilkar")
    assert (line.kode, bool(line.gjor)) == ("vilkar_vurder", True)
    with verk.formnokkel(app):
        verk.notert(verden, vilkar_id)
    [line] = av(app, verden, "vilkar")
    assert (line.kode, line.gjor, line.sti) == ("vilkar_vurder", "", "")
    assert [bool(one.gjor) for one in av(app, verden, "varsel")] == [True]


# ---- plan


@pytest.mark.parametrize("tilstand", list(plan.Tilstand))
def test_every_state_of_a_step_in_the_plan(
    app: Flask, veileder: Klient, verden: Verden, tilstand: plan.Tilstand
) -> None:
    steg_id = planer.i_tilstand(verden, tilstand)
    stand = planer.steg(verden, steg_id).stand
    step = plan.next_step(stand, planer.FRIST, TODAY)
    assert step is None or step in plan.possible(stand, plan.Rolle.NAV)
    assert (step is not None) == (plan.waits_for(stand) is plan.Rolle.NAV)
    [line] = av(app, verden, "plan")
    assert bool(line.gjor) == (step is not None)
    assert (line.kode == "plan_foreslatt") == (tilstand is plan.Tilstand.FORESLATT_NAV)
    holds(veileder, verden, [line])


def test_what_nav_has_promised_and_the_day_to_look_at_the_plan(app: Flask, veileder: Klient, verden: Verden) -> None:
    steg_id = planer.avtalt(verden, planer.forslag(ansvar="nav_sosial"))
    [line] = av(app, verden, "plan")
    assert "1 ting er avtalt." in line.stand
    assert not line.gjor
    with clock.frozen(NOON + timedelta(days=7)):
        [line] = av(app, verden, "plan")
        assert (line.gjor, line.frist) == ("Gjør det Nav har lovet", planer.FRIST)
        assert plan.Handling.GJORT in plan.possible(planer.steg(verden, steg_id).stand, plan.Rolle.NAV)
        holds(Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari), verden, [line])
    with clock.frozen(NOON + timedelta(days=120)):
        [line] = av(app, verden, "plan")
        assert (line.kode, line.haster) == ("plan_evaluering", True)
        holds(Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari), verden, [line])


# ---- vilkår

TALK = {
    vilkar.Neste.FORKLAR,
    vilkar.Neste.VIS,
    vilkar.Neste.SNAKK_UENIG,
    vilkar.Neste.BEKREFT,
    vilkar.Neste.SNART,
    vilkar.Neste.SNAKK,
}
FLAGS = list(itertools.product((False, True), repeat=5))


@pytest.mark.parametrize("tilstand", list(vilkar.Tilstand))
@pytest.mark.parametrize("frist", [None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1)])
def test_every_state_of_a_vilkar_leads_to_what_can_be_registered_or_to_talking(
    tilstand: vilkar.Tilstand, frist: date | None
) -> None:
    for vist, besvart, hjelp, uenig, meldt in FLAGS:
        step = vilkar.next_step(
            tilstand,
            vist=vist,
            besvart=besvart,
            hjelp=hjelp,
            uenig=uenig,
            meldt=meldt,
            frist=frist,
            today=TODAY,
        )
        if tilstand in (vilkar.Tilstand.OPPFYLT, vilkar.Tilstand.OPPHORT):
            assert step is None
        elif step not in TALK and step is not None:
            assert vilkar.Handling.OPPFYLT in vilkar.possible(tilstand, "ansatt")
        if step is vilkar.Neste.VURDER:  # nothing is registered as not done before it was shown, and help was given
            assert vist
            assert not hjelp
        if step is None and tilstand is vilkar.Tilstand.GJELDER:  # nothing unconfirmed, and no last day near
            assert besvart
            assert frist is None


@pytest.mark.parametrize("tilstand", list(vilkar.Tilstand))
@pytest.mark.parametrize("meldt", [False, True])
def test_every_state_of_a_vilkar_on_the_page(
    app: Flask, veileder: Klient, verden: Verden, tilstand: vilkar.Tilstand, meldt: bool
) -> None:
    vilkar_id = saker.satt(verden)
    if tilstand is not vilkar.Tilstand.GJELDER:
        vilkartjeneste.assess(
            avtaler.kari(verden), avtaler.sak(verden), vilkar_id, ids.new_id(), tilstand.value, "Takk."
        )
    with writing(unverified=True) as db:
        db.execute(update(Vilkar).where(Vilkar.id == vilkar_id).values(vist=True, meldt=meldt, svar="sporsmal"))
    [line] = av(app, verden, "vilkar")
    expected = {
        (vilkar.Tilstand.GJELDER, False): "vilkar_gjelder",
        (vilkar.Tilstand.GJELDER, True): "vilkar_se_pa_gjort",
        (vilkar.Tilstand.IKKE_OPPFYLT, False): "vilkar_snakk",
        (vilkar.Tilstand.IKKE_OPPFYLT, True): "vilkar_se_pa_gjort",
    }
    assert line.kode == expected.get((tilstand, meldt), "vilkar_ingen")
    holds(veileder, verden, [line])
    assert line.stand in veileder.get(siden(verden)).text


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        ({"vist": False}, "vis"),
        ({"trenger_hjelp": True, "svar": "sporsmal"}, "forklar"),
        ({"trenger_hjelp": True, "svar": "forklar"}, "forklar"),
        ({"uenig": True}, "snakk_uenig"),
        ({"svar": None}, "bekreft"),
        ({"svar": "forstar"}, "snart"),
        ({}, "vurder"),
    ],
)
def test_what_the_bruker_says_of_a_vilkar(
    app: Flask, veileder: Klient, verden: Verden, flags: dict[str, object], code: str
) -> None:
    vilkar_id, other = saker.satt(verden, frist=TODAY + timedelta(days=7)), saker.satt(verden)
    with writing(unverified=True) as db:
        db.execute(update(Vilkar).where(Vilkar.id.in_([vilkar_id, other])).values(vist=True, svar="forstar"))
        if flags:
            db.execute(update(Vilkar).where(Vilkar.id == vilkar_id).values(**flags))
    with clock.frozen(NOON if flags else NOON + timedelta(days=8)):
        lines = av(app, verden, "vilkar")
    assert [one.kode for one in lines] == [f"vilkar_{code}", "vilkar_gjelder"]
    holds(veileder, verden, lines)


# ---- klage


@pytest.mark.parametrize("stand", list(klage.Stand))
def test_every_state_of_a_klage(app: Flask, veileder: Klient, verden: Verden, stand: klage.Stand) -> None:
    way = {
        klage.Stand.SENDT_INN: (),
        klage.Stand.MOTTATT: (klage.Stand.MOTTATT,),
        klage.Stand.OMGJORT: (klage.Stand.MOTTATT, klage.Stand.OMGJORT),
        klage.Stand.TRUKKET: (klage.Stand.MOTTATT,),
    }
    on = (klage.Stand.MOTTATT, klage.Stand.OPPRETTHOLDT, klage.Stand.SENDT)
    with verk.formnokkel(app):
        klage_id = klager.sendt(verden)
        done = way.get(stand, on[: on.index(stand) + 1] if stand in on else (*on, stand))
        klager.steg(verden, klage_id, *done)
        if stand is klage.Stand.TRUKKET:
            tillegg.withdraw(verk.amina(verden), klage_id, "")
    assert klager.klagen(verden, klage_id).stand is stand
    [line] = av(app, verden, "klage")
    assert bool(line.gjor) == bool(klage.next_step(stand))
    assert set(klage.next_step(stand)) <= set(klage.possible(stand, "ansatt"))
    assert line.kode == ("klage_ferdig" if stand in klage.FERDIG else f"klage_{stand}")
    holds(veileder, verden, [line])
    with clock.frozen(NOON + timedelta(days=90)):
        [line] = av(app, verden, "klage")
        assert line.haster == (stand in (klage.Stand.SENDT_INN, klage.Stand.MOTTATT))


# ---- råd og veiledning


@pytest.mark.parametrize("stand", list(rad.Stand))
@pytest.mark.parametrize("begun", [False, True])
def test_every_state_of_rad_og_veiledning(
    app: Flask, veileder: Klient, verden: Verden, stand: rad.Stand, begun: bool
) -> None:
    with verk.formnokkel(app):
        if stand is not rad.Stand.INGEN:
            soknad_id = radtjeneste.ask(verk.amina(verden), ids.new_id(), ["okonomi"], "Hjelp", "bruker")
        if stand not in (rad.Stand.INGEN, rad.Stand.SOKT):
            start = TODAY + timedelta(days=0 if begun else 7)
            made = radtjeneste.Avgjort(
                stand is not rad.Stand.AVSLATT, "2026/17", TODAY, start, "Samtaler", TODAY + timedelta(days=21)
            )
            radtjeneste.decide(verk.kari(verden), verk.sak(verden), soknad_id, ids.new_id(), made)
        if stand is rad.Stand.AVSLUTTET:
            radtjeneste.end(verk.kari(verden), verk.sak(verden), soknad_id, ids.new_id(), TODAY, "Takk")
    lines = av(app, verden, "rad")
    if stand is rad.Stand.INGEN:
        assert lines == []
        return
    [line] = lines
    step = rad.next_step(stand, start=TODAY if begun else TODAY + timedelta(days=7), talked=False, today=TODAY)
    assert step is None or step in rad.possible(stand, "ansatt")
    assert bool(line.gjor) == (step is not None)
    holds(veileder, verden, lines)
    if step is rad.Handling.SAMTALE:
        with verk.formnokkel(app):
            radtjeneste.talked(verk.kari(verden), verk.sak(verden), soknad_id, ids.new_id(), TODAY, "Vi snakket")
        assert not av(app, verden, "rad")[0].gjor


# ---- møter


@pytest.mark.parametrize("tilstand", list(moter.Tilstand))
def test_every_state_of_a_meeting(app: Flask, veileder: Klient, verden: Verden, tilstand: moter.Tilstand) -> None:
    mote_id = avtaler.avtalt(verden, NOON - timedelta(hours=2))
    act = {
        moter.Tilstand.HOLDT: lambda: motetjeneste.held(avtaler.kari(verden), avtaler.sak(verden), mote_id),
        moter.Tilstand.IKKE_HOLDT: lambda: motetjeneste.not_held(avtaler.kari(verden), avtaler.sak(verden), mote_id),
        moter.Tilstand.AVLYST: lambda: motetjeneste.cancel(avtaler.kari(verden), avtaler.sak(verden), mote_id, ""),
    }.get(tilstand)
    with verk.formnokkel(app):
        if act:
            act()
    lines = av(app, verden, "mote")
    assert [one.kode for one in lines] == (["mote_over"] if tilstand is moter.Tilstand.AVTALT else [])
    step = moter.next_step(tilstand, nar=NOON - timedelta(hours=2), slutt=NOON - timedelta(hours=1), now=NOON)
    assert (step is not None) == bool(lines)
    holds(veileder, verden, lines)


# ---- kartlegging


def test_every_step_after_a_mapping(app: Flask, veileder: Klient, verden: Verden) -> None:
    def now() -> tuple[str, date | None]:
        [line] = av(app, verden, "kartlegging")
        holds(veileder, verden, [line])
        return line.kode, line.frist

    assert now() == ("kartlegging_ikke_levert", None)
    svar(verden, {"onsker.drom": "Jeg vil bli kokk"})
    assert now() == ("kartlegging_ikke_levert", None)
    levert = lever(verden)
    [line] = av(app, verden, "kartlegging")
    assert (line.kode, line.gjor) == ("kartlegging_les", "Les kartleggingen")
    veileder.get(siden(verden))
    code, frist = now()
    assert code == "kartlegging_samtale"
    assert frist is not None
    with verk.formnokkel(app):
        mote_id = avtaler.avtalt(verden)
    [line] = av(app, verden, "kartlegging")
    assert (line.kode, line.gjor) == ("kartlegging_samtale", "")  # it is agreed on: nobody is asked to do it again
    assert [one.kode for one in av(app, verden, "mote")] == ["mote_avtalt"]
    with clock.frozen(NOON + timedelta(hours=2)), verk.formnokkel(app):
        motetjeneste.held(avtaler.kari(verden), avtaler.sak(verden), mote_id)
    code, frist = now()
    assert (code, frist is not None) == ("kartlegging_plan", True)
    steg_id = planer.foreslatt(verden)
    assert not av(app, verden, "kartlegging")[0].gjor  # it is proposed: now it waits for the bruker
    plantjeneste.act(planer.amina(verden), steg_id, plan.Handling.JA, 1)
    assert now()[0] == "kartlegging_rolig"
    with verk.formnokkel(app):
        merknader.add(
            avtaler.kari(verden), avtaler.sak(verden), levert.id, "bolig.fungerer", "sporsmal", "Hvor?", ids.new_id()
        )
    assert "Venter på 1 svar" in av(app, verden, "kartlegging")[0].stand
    with clock.frozen(NOON + timedelta(days=400)):
        [line] = av(app, verden, "kartlegging")
        assert line.kode == "kartlegging_ny_runde"


def test_the_clock_of_a_mapping_is_late_and_says_so(app: Flask, veileder: Klient, verden: Verden) -> None:
    lever(verden)
    veileder.get(siden(verden))
    with clock.frozen(NOON + timedelta(days=40)):
        [line] = av(app, verden, "kartlegging")
        assert (line.kode, line.haster) == ("kartlegging_samtale", True)
    running = kartlegging.next_step(
        levert=True, lest=True, nye_svar=0, samtale=False, plan=False, mini_frist=None, today=TODAY
    )
    assert running is None


# ---- who reads


def test_a_stated_reason_reads_what_is_next_and_gets_no_way_to_do_it(app: Flask, verden: Verden) -> None:
    with verk.formnokkel(app):
        verk.uttalt(verden)
        klager.sendt(verden)
    planer.foreslatt(verden, "bruker")
    lines = alle(app, verden)
    ways = {line.sti for line in lines if line.sti} - {line.les for line in lines}  # a page to read is everybody's
    assert len(ways) >= 3
    for ansatt_id in (verden.per, verden.leif):
        other = Klient(app).logg_inn_ansatt(verden.kommune_id, ansatt_id)
        with verk.formnokkel(app):
            adgang.state_reason(other.who, verden.amina, "Kari er syk i dag")  # type: ignore[arg-type]
        page = other.get(siden(verden)).text
        for line in alle(app, verden, tildelt=False):
            assert line.stand in page
            assert line.gjor in page
            assert line.sti == ""
            other.get(line.les.split("#")[0])
        assert not [way for way in ways if f'href="{way}"' in page]
        assert "Stegene tar den som følger opp brukeren." in page


def test_nothing_waits_and_that_is_said(app: Flask, veileder: Klient, verden: Verden) -> None:
    page = veileder.get(siden(verden)).text
    assert "Ingenting venter nå." in page
    assert [line.kode for line in alle(app, verden)] == ["kartlegging_ikke_levert"]


def test_one_query_a_room_however_much_there_is(app: Flask, veileder: Klient, verden: Verden) -> None:
    def asked() -> int:
        seal = verden.seal(verden.amina)
        with app.test_request_context(), count(app) as found:
            nytt.for_sak(verden.kommune_id, verden.amina, seal, tildelt=True)
        return len(found)

    assert asked() == len(nytt.MED_STEG)
    lever(verden)
    veileder.get(siden(verden))
    with count(app) as few:
        veileder.get(siden(verden))
    with verk.formnokkel(app):
        for make in (verk.notert, verk.varslet, verk.uttalt, onsket, muntlig, avgjort):
            make(verden)
        for n in range(3):
            klager.sendt(verden)
            avtaler.avtalt(verden, NOON + timedelta(days=n))
            radtjeneste.ask(verk.amina(verden), ids.new_id(), ["okonomi"], f"Hjelp {n}", "bruker")
    for n in range(3):
        planer.foreslatt(verden, "bruker", planer.forslag(f"Steg {n}"))
        saker.satt(verden)
    assert asked() == len(nytt.MED_STEG)
    with count(app) as many:
        veileder.get(siden(verden))
    assert len(many) <= len(few) + 2  # the lines of the timeline look up more kinds of names
