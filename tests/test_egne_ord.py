"""K1: own words carry the language of their letters in every room, whatever language the page was in."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from tests.kartlegging.veileder_levert import lever
from tests.klage import klager
from tests.klient import Klient
from tests.moter import avtaler
from tests.plan import planer
from tests.varsel import verk
from tests.verden import Verden
from tests.vilkar.saker import innhold, satt
from webapp import schema
from webapp.innsyn import service as innsyn
from webapp.innsyn.rules import Slag
from webapp.kartlegging import merknader
from webapp.kartlegging import service as kartlegging
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.klage import muntlig, tillegg
from webapp.klage.klagen import Ord
from webapp.klage.rules import Mal
from webapp.moter import kommentar, notat, stemme
from webapp.plan import mal as planmal
from webapp.plan import service as plan
from webapp.plan.rules import Handling
from webapp.platform import clock, ids
from webapp.platform.database import reading
from webapp.platform.languages import UNDETERMINED
from webapp.varsel import horing
from webapp.varsel.horing import Onsker
from webapp.varsel.lesing import Sagt
from webapp.veiledning import service as veiledning
from webapp.vilkar import forstaelse
from webapp.vilkar import lesing as vilkarlesing

ARABISK = "لا أستطيع القدوم، ابني مريض"
# What else a language can be of. A table that is in neither has to be written in below.
ANNET = {
    "bruker": "what they have chosen to read",
    "ansatt": "what they have chosen to read",
    "levering": "the page it was delivered on (K7); each answer in it has its own",
    "vilkarvisning": "what was shown (F3)",
    "plankjennskap": "what was shown (P4)",
    "forhandsvarsel": "what the bruker reads; the notice is there in every language",
    "varselnadd": "what was shown",
    "avgjorelse": "as the forhåndsvarsel",
    "avgjorelsenadd": "what was shown",
}


def kartlagt(verden: Verden) -> None:
    who, kari, sak = verk.amina(verden), verk.kari(verden), verk.sak(verden)
    sent = lever(verden, {"bolig.fungerer": ARABISK})
    stale = Endring("bolig.fungerer", f"{ARABISK}!", vil_ikke=False, versjon=0, merke="another-page")  # two texts
    kartlegging.save(verden.kommune_id, verden.amina, who.seal, Skriver("bruker", "nb"), "bolig", [stale])
    asked = merknader.add(kari, sak, sent.id, "bolig.fungerer", "sporsmal", "Hva mener du?", ids.new_id())
    merknader.answer(who, asked, ARABISK, ids.new_id())


def mott(verden: Verden) -> None:
    who, kari, sak = verk.amina(verden), verk.kari(verden), verk.sak(verden)
    coming, held = avtaler.avtalt(verden), avtaler.holdt(verden)
    stemme.set_agenda(who, coming, ARABISK, "")
    stemme.rate(who, held, ids.new_id(), 1, ARABISK)
    notat.save(kari, sak, held, 0, {"bosituasjon": "Slik ble det"})
    notat.share(kari, sak, held, 1)
    kommentar.comment(who, held, ids.new_id(), ARABISK)


def planlagt(verden: Verden) -> UUID:
    mine, theirs = planer.amina(verden), planer.nav(verden)
    steg_id = plan.propose(mine, ids.new_id(), planer.forslag(ARABISK, hvorfor=ARABISK))
    plan.act(mine, steg_id, Handling.ENDRE, 1, forslag=planer.forslag(f"{ARABISK}!", hvorfor=ARABISK))
    plan.act(theirs, steg_id, Handling.JA, 2, ord=ARABISK)
    goal = planmal.add(mine, ids.new_id(), ARABISK)
    planmal.change(mine, goal, text=f"{ARABISK}!", nokkel=ids.new_id())
    return steg_id


def pa_vilkar(verden: Verden, steg_id: UUID) -> None:
    who, vilkar_id = verk.amina(verden), satt(verden, innhold(aktivitet_id=str(steg_id)))
    now = vilkarlesing.whole(verden.kommune_id, verden.amina, who.seal, vilkar_id).na
    forstaelse.shown(who, vilkar_id, now.id, now.tekst("nb"), "Firefox")
    said: dict[str, Any] = {"svar": "sporsmal", "sporsmal": ARABISK, "uenig": True, "uenig_fordi": ARABISK}
    forstaelse.say(who, vilkar_id, now.id, ids.new_id(), **said)
    forstaelse.report(who, vilkar_id, ids.new_id(), ARABISK)
    plan.act(planer.amina(verden), steg_id, Handling.GJORT, 2, ord=ARABISK)  # said of the vilkår too


def varslet(verden: Verden) -> None:
    who, kari, sak, sagt = verk.amina(verden), verk.kari(verden), verk.sak(verden), Sagt([], ARABISK, "")
    matter = verk.nadd(verden)
    horing.deliver(who, matter, ids.new_id(), sagt, Onsker(["tolk"], ARABISK))
    told = horing.write_down(kari, sak, matter, ids.new_id(), sagt, "nb")
    horing.correct(who, matter, told, ids.new_id(), Sagt([], f"{ARABISK}!", ""))


def klaget(verden: Verden, vedtak_id: UUID) -> UUID:
    who, words = verk.amina(verden), Ord(ARABISK, ARABISK, "")
    klage_id = klager.sendt(verden, vedtak_id, hva=ARABISK)
    told = muntlig.Fortalt(words, clock.now().date(), "kontor")
    written = muntlig.write_down(verk.kari(verden), verk.sak(verden), ids.new_id(), Mal.VEDTAK, vedtak_id, told)
    muntlig.correct(who, written, ids.new_id(), Ord(f"{ARABISK}!", "", ""))
    tillegg.add(who, written, ids.new_id(), ARABISK, [], "/klage/")
    tillegg.withdraw(who, written, ARABISK)
    return klage_id


def spurt(verden: Verden) -> None:
    who = verk.amina(verden)
    veiledning.ask(who, ids.new_id(), ["okonomi"], ARABISK, "bruker")
    innsyn.send(who, ids.new_id(), Slag("annet"), ARABISK, "nb")


def sprakene() -> dict[str, set[str | None]]:
    """The languages of own words, by table."""
    tables = [one for one in schema.metadata.tables.values() if "sprak" in one.columns and one.name not in ANNET]
    with reading() as db:
        return {one.name: set(db.scalars(select(one.c.sprak))) for one in tables}


def test_arabic_on_a_bokmal_page_is_not_said_to_be_bokmal(app: Flask, bruker: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        kartlagt(verden)
        mott(verden)
        pa_vilkar(verden, planlagt(verden))
        varslet(verden)
        klage_id = klaget(verden, verk.vedtak(verden, date(2026, 11, 20)))
        spurt(verden)
    found = sprakene()
    assert found == {name: {UNDETERMINED} for name in found}
    assert [one.sprak for one in planer.plan(verden).steg] == [UNDETERMINED]
    # What a klage is against is in our words, and stays in the language of the page.
    page = bruker.get(f"/klage/{klage_id}").text
    assert '<bdi lang="nb" dir="auto" data-bruker-tekst>Vedtak' in page
    assert f'lang="und" dir="auto" data-bruker-tekst>{ARABISK}' in page
