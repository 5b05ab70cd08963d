"""A blocked veileder's brukere: somebody is told, the leder gives them a new one, and they know it themselves (K8)."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import NOON
from tests.databaser import KIND
from tests.kartlegging.test_arbeidsliste import ny
from tests.kartlegging.veileder_levert import lever, svar
from tests.klient import Klient
from tests.moter.avtaler import avtalt
from tests.sporringer import count
from tests.verden import Verden, begrunnelser
from webapp import nytt
from webapp.identitet import ansvar, invitasjoner, nokler, personal, tildelinger
from webapp.identitet import service as identitet
from webapp.identitet.models import Ansatt, Bruker
from webapp.identitet.rules import SMALLEST
from webapp.kartlegging import kvittering, uten_veileder
from webapp.paminnelse import sammendrag
from webapp.paminnelse.tekst import to_ansatt
from webapp.platform import access, clock, ids
from webapp.platform.access import Rolle
from webapp.platform.audit import Actor, Hendelse
from webapp.platform.database import reading, writing
from webapp.varsel import grunn

LISTE = "/veileder/kontor/uten-veileder"
LATE = NOON + timedelta(days=20)  # 6 days over K8's first deadline


def leif(verden: Verden) -> access.Ansatt:
    return access.Ansatt(verden.kommune_id, verden.leif, verden.nord, ids.new_id(), "nb", Rolle.LEDER, "Leif Test")


def sperr(verden: Verden, ansatt_id: UUID) -> None:
    with writing(unverified=True):
        assert personal.block(verden.kommune_id, ansatt_id, Actor("ansatt", verden.anna)) is not None


def ids_of(side: uten_veileder.Liste) -> list[UUID]:
    return [row.bruker_id for row in side.rader]


def test_k8_the_leder_is_told_until_each_has_a_new_veileder(app: Flask, verden: Verden, leder: Klient) -> None:
    lever(verden)
    for page in ("/veileder/", "/veileder/kontor/"):
        assert "uten-veileder" not in leder.get(page).text
    sperr(verden, verden.kari)
    with clock.frozen(LATE):
        leder.logg_inn_ansatt(verden.kommune_id, verden.leif)
        for page in ("/veileder/", "/veileder/kontor/"):
            text = leder.get(page).text
            assert "1 bruker på kontoret har ingen veileder. Hos 1 bruker er en frist gått ut." in text
            assert f'href="{LISTE}"' in text
        listed = leder.get(LISTE).text
        assert "Kari Test" in listed
        assert "Over fristen" in listed
        assert "Ingen vikar" in listed
        leder.post(f"/veileder/apne/{verden.amina}", {"grunn": "Kari er sperret, Amina må få en ny", "neste": ""})
        leder.post(f"/veileder/bruker/{verden.amina}/overfor", {"til": str(verden.per), "grunn": "Kari har sluttet"})
        assert "uten-veileder" not in leder.get("/veileder/").text
        assert "Alle brukere på kontoret har en veileder." in leder.get(LISTE).text
        assert "Amina Prøve" in Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per).get("/veileder/").text


def test_s1_the_list_names_nobody_and_each_is_opened_with_a_reason(verden: Verden, leder: Klient) -> None:
    sperr(verden, verden.kari)
    listed = leder.get(LISTE).text
    assert "Prøve" not in listed
    path = re.search(r'href="(/veileder/bruker/[^"]+/overfor)"', listed)
    assert path is not None
    ask = leder.get(path[1], status=303)
    assert ask.location is not None
    assert ask.location.startswith(f"/veileder/apne/{verden.amina}?neste=")
    with reading() as db:
        assert not db.scalars(select(Hendelse).where(Hendelse.type == "bruker_apnet")).all()
    leder.get(ask.location)
    answer = leder.post(ask.location, {"grunn": "Trenger ny veileder", "neste": path[1]})
    assert "Amina Prøve" in leder.follow(answer).text
    assert begrunnelser(verden, verden.amina) == ["Trenger ny veileder"]


def test_who_is_in_the_list(verden: Verden) -> None:
    who = leif(verden)
    deleted = ny(verden, "Slettet Person")
    nokler.delete_bruker(verden.kommune_id, deleted)
    elsewhere = identitet.register_bruker(verden.kommune_id, verden.sor, verden.sara, identitet.Profil("Annet Kontor"))
    with writing(unverified=True):
        tildelinger.set_substitute(verden.kommune_id, verden.jonas, verden.kari, who.actor)
    for ansatt_id in (verden.kari, verden.sara):
        sperr(verden, ansatt_id)
    assert ids_of(uten_veileder.page(who)) == [verden.amina]  # Jonas has Per, though his substitute is blocked
    assert uten_veileder.counts(who) == uten_veileder.Antall(1, 0)
    assert not ansvar.contact_of(verden.kommune_id, elsewhere).veileder
    with writing(unverified=True):
        personal.unblock(verden.kommune_id, verden.kari, who.actor)
    assert uten_veileder.counts(who).alle == 0  # let in again, with those they had
    assert ansvar.contact_of(verden.kommune_id, verden.amina).veileder


@pytest.mark.parametrize("blocked", [False, True])
def test_a_substitute_who_is_active_is_said(verden: Verden, leder: Klient, blocked: bool) -> None:
    with writing(unverified=True):
        tildelinger.set_substitute(verden.kommune_id, verden.amina, verden.per, leif(verden).actor)
    for ansatt_id in (verden.kari, verden.per) if blocked else (verden.kari,):
        sperr(verden, ansatt_id)
    row = next(one for one in uten_veileder.page(leif(verden)).rader if one.bruker_id == verden.amina)
    assert row.vikar == ("" if blocked else "Per Test")
    told = ansvar.contact_of(verden.kommune_id, verden.amina)
    assert not told.veileder
    assert told.vikar == row.vikar
    with reading() as db:
        assert grunn.responsible(db, verden.kommune_id, verden.amina) == row.vikar  # whom a varsel says to ask
    assert ("Ingen vikar" in leder.get(LISTE).text) is blocked


def test_25_a_page_by_key_and_those_over_the_deadline_first(verden: Verden, leder: Klient) -> None:
    late = [ny(verden, f"Sen Nr{n}") for n in range(3)]
    rest = [ny(verden, f"Person Nr{n}") for n in range(30)]
    for bruker_id in late:
        lever(verden, bruker_id=bruker_id)
    sperr(verden, verden.kari)
    with clock.frozen(LATE):
        first = uten_veileder.page(leif(verden))
        second = uten_veileder.page(leif(verden), first.neste)
        assert ids_of(first)[:3] == sorted(late)
        assert sorted(ids_of(first) + ids_of(second)) == sorted([verden.amina, *late, *rest])
        assert (len(first.rader), second.neste) == (25, None)
        leder.logg_inn_ansatt(verden.kommune_id, verden.leif)
        following = re.search(r'href="([^"]+etter=[^"]+)"', leder.get(LISTE).text)
        assert following is not None
        assert leder.get(following[1]).text.count("/overfor") == 9
        leder.get(f"{LISTE}?etter=x", status=400)


def test_only_for_the_leder(app: Flask, verden: Verden, veileder: Klient) -> None:
    veileder.get(LISTE, status=404)
    Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna).get(LISTE, status=404)


def test_the_same_number_of_queries_whatever_the_number(app: Flask, verden: Verden, leder: Klient) -> None:
    sperr(verden, verden.kari)
    with count(app) as few:
        leder.get(LISTE)
    for n in range(30):
        ny(verden, f"Person Nr{n}")
    with count(app) as many:
        leder.get(LISTE)
    assert len(many) == len(few) <= 3 + len(nytt.ROM)


@pytest.mark.skipif(KIND != "sqlite", reason="PostgreSQL plans by statistics: see tests/bench")
def test_nothing_is_read_through_from_end_to_end(app: Flask, verden: Verden, leder: Klient) -> None:
    sperr(verden, verden.kari)
    with count(app) as page:
        uten_veileder.counts(leif(verden))
        uten_veileder.page(leif(verden))
        ansvar.contact_of(verden.kommune_id, verden.amina)
    assert len(page) == 3
    with reading() as db:
        for statement in page.statements:
            plan = db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("x",) * statement.count("?"))
            steps = [str(row[3]) for row in plan]
            # The ansatte of a kommune are few, and are read through to find who is blocked.
            whole = [step for step in steps if re.match(r"SCAN (?!\(|\d)", step) or step.endswith("(kommune_id=?)")]
            assert not [step for step in whole if "sqlite_autoindex_ansatt" not in step], (statement, steps)


def test_s5_those_without_a_veileder_tell_nothing_of_the_hidden_numbers(verden: Verden, leder: Klient) -> None:
    for n in range(SMALLEST):
        ny(verden, f"Person Nr{n}", verden.per)
    sperr(verden, verden.kari)
    page = leder.get("/veileder/kontor/").text
    assert "Brukere uten veileder er ikke med i tallene." in page
    assert "Kari Test" not in page
    assert ">6<" in page  # Jonas and five: all of Per's
    assert ">7<" not in page


def _told(page: str) -> list[str]:
    return re.findall(r'class="beskjed" data-type="[a-z]+"[^>]*>\s*<p>([^<]*)', page)


def test_s5_the_administrator_is_told_before_and_after_and_a_small_number_is_not_said(
    app: Flask, verden: Verden
) -> None:
    anna = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna)
    few = "Færre enn fem brukere står uten veileder til lederen velger en ny."
    page = anna.get("/veileder/ansatte/").text
    assert f'href="/veileder/ansatte/{verden.kari}/sperr"' in page
    assert few in anna.get(f"/veileder/ansatte/{verden.kari}/sperr").text
    for n in range(SMALLEST):
        ny(verden, f"Person Nr{n}")
    six = "6 brukere står uten veileder til lederen velger en ny."
    assert six in anna.get(f"/veileder/ansatte/{verden.kari}/sperr").text
    after = anna.follow(anna.post(f"/veileder/ansatte/{verden.kari}/sperr", {"hva": "sperr"})).text
    assert six in after
    assert few in anna.follow(anna.post(f"/veileder/ansatte/{verden.per}/sperr", {"hva": "sperr"})).text
    for ansatt_id in (verden.anna, verden.kari, verden.annen_veileder):
        anna.get(f"/veileder/ansatte/{ansatt_id}/sperr", status=303)


def test_nobody_is_said_to_help_where_there_is_no_leder(app: Flask, verden: Verden) -> None:
    anna = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna)
    missing = "Kontoret har ingen leder i Medvirk."
    assert missing not in anna.get(f"/veileder/ansatte/{verden.kari}/sperr").text
    page = anna.get(f"/veileder/ansatte/{verden.leif}/sperr").text
    assert "uten veileder" not in page  # he follows up nobody
    anna.post(f"/veileder/ansatte/{verden.leif}/sperr", {"hva": "sperr"})
    assert missing in anna.get(f"/veileder/ansatte/{verden.kari}/sperr").text


def test_the_bruker_reads_that_a_new_veileder_comes_and_whom_to_call(app: Flask, verden: Verden) -> None:
    bruker = Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina)
    number = lever(verden).nummer
    meeting = avtalt(verden)
    pages = ("/", "/kartlegging/", f"/kartlegging/kvittering/{number}", f"/moter/{meeting}")
    for path in pages:
        assert "Du får en ny veileder" not in bruker.get(path).text
    sperr(verden, verden.kari)
    for path in pages:
        text = bruker.get(path).text
        assert "Du får en ny veileder" in text, path
        assert 'href="tel:00000001"' in text
        assert "Veilederen din leser det du har levert." not in text
    for path in pages[1:3]:
        assert "En ny veileder leser det du har levert." in bruker.get(path).text
    with writing(unverified=True):
        tildelinger.set_substitute(verden.kommune_id, verden.amina, verden.per, leif(verden).actor)
    assert re.search(r"Så lenge er <bdi>Per Test</bdi> vikar for deg\.", bruker.get("/").text)


def test_the_receipt_on_paper_says_it_too(app: Flask, verden: Verden) -> None:
    content = lever(verden)
    with app.test_request_context():
        told = str(kvittering.document(content, has_veileder=False).blocks)
    assert "En ny veileder leser det du har levert." in told
    assert "Veilederen din" not in told


def test_an_invitation_does_not_name_a_veileder_who_is_blocked(app: Flask, verden: Verden) -> None:
    with writing(unverified=True):
        new = invitasjoner.for_bruker(verden.kommune_id, verden.amina)
    assert "Kari Test" in Klient(app).get(f"/i/{new.token}").text
    sperr(verden, verden.kari)
    assert "Kari Test" not in Klient(app).get(f"/i/{new.token}").text


def test_k8_the_leders_daily_summary_counts_them(app: Flask, verden: Verden) -> None:
    sperr(verden, verden.kari)
    with app.test_request_context(), reading() as db:
        told = sammendrag.figures(db, db.get_one(Ansatt, (verden.kommune_id, verden.leif)))
        assert told.uten == 1
        assert sammendrag.figures(db, db.get_one(Ansatt, (verden.kommune_id, verden.per))).uten == 0
        words = to_ansatt("nb", "https://medvirk.example", told).tekst
        kode = db.get_one(Bruker, (verden.kommune_id, verden.amina)).kode
    assert "1 bruker på kontoret har ingen veileder." in words
    assert kode not in words  # S6


def test_k8_no_page_promises_something_of_a_veileder_who_is_not_there(
    app: Flask, bruker: Klient, verden: Verden
) -> None:
    """Who reads, answers and gets in touch is the kontor, until there is a new one. It costs one query at most."""
    mote_id = avtalt(verden, NOON + timedelta(days=2))
    svar(verden, {"bolig.mer": "Et ord"})
    promises = {
        "/kartlegging/": ("Så snakker du og veilederen din om det", "Så snakker du med Nav-kontoret om det"),
        "/kartlegging/se-over": ("Dette får veilederen din", "Dette får Nav-kontoret"),
        "/innsyn/": ("så svarer veilederen deg", "så svarer Nav-kontoret deg"),
        "/innsyn/alt": ("Spør veilederen om dem", "Spør Nav-kontoret om dem"),
        "/innsyn/henvendelse/ny": ("Veilederen din leser", "Nav-kontoret leser"),
        "/veiledning/ny": ("Veilederen din leser", "Nav-kontoret leser"),
        f"/moter/{mote_id}": ("Veilederen din kan lese det før", "Nav-kontoret kan lese det før"),
    }
    queries = {}
    for path, (hers, theirs) in promises.items():
        with count(app) as page:
            text = bruker.get(path).text
        queries[path] = len(page)
        assert hers in text
        assert theirs not in text
    sperr(verden, verden.kari)
    for path, (hers, theirs) in promises.items():
        with count(app) as page:
            text = bruker.get(path).text
        assert len(page) == queries[path]
        assert hers not in text
        assert theirs in text
    agenda = bruker.post(f"/moter/{mote_id}", {"tekst": "Bolig"}, status=303)
    assert "Lagret. Nav-kontoret kan lese det." in bruker.get(str(agenda.location)).text
