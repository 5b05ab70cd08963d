"""The pages: the bruker's choice, turning off without signing in, the summary, the administrator's figures."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter.avtaler import holdt, kari, sak
from tests.paminnelse.conftest import Posttjener, bevis, rader, vil_ha_epost
from tests.paminnelse.test_epost import legg_prove
from tests.sporringer import count
from tests.verden import Verden
from webapp.kanaloppsett import Kanaler, Sms
from webapp.kartlegging import levering, merknader
from webapp.kartlegging import service as kartlegging
from webapp.kartlegging.lagring import Endring
from webapp.kartlegging.rules import Skriver
from webapp.moter import notat
from webapp.paminnelse import avmelding, service
from webapp.paminnelse.arbeider import Arbeider
from webapp.paminnelse.forms import number
from webapp.paminnelse.models import Paminnelsevalg, Sammendragsvalg
from webapp.platform import access, audit, clock, ids, kommune
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading, writing

SIDE = "/mer/paminnelser"
AV_OG_PA = {"stille_fra": "21", "stille_til": "8"}


def test_choosing(bruker: Klient, verden: Verden) -> None:
    page = bruker.get(SIDE).text
    assert "Det er noe nytt til deg. Logg inn for å lese det." in page
    assert "Send meg SMS" not in page  # no gateway is set up
    bruker.post(SIDE, AV_OG_PA | {"epost_pa": "y", "epost": "amina@example.org", "stille_fra": "22"})
    page = bruker.get(SIDE).text
    assert 'value="amina@example.org"' in page
    assert re.search(r'<option selected value="22">', page)
    with reading() as db:
        [row] = db.scalars(select(Paminnelsevalg)).all()
        assert row.adresse is not None
        assert b"amina" not in row.adresse
    # The same once more changes nothing, and is not in the log twice.
    bruker.post(SIDE, AV_OG_PA | {"epost_pa": "y", "epost": "amina@example.org", "stille_fra": "22"})
    with reading() as db:
        chosen = db.scalars(select(Hendelse).where(Hendelse.type == "paminnelser_valgt")).all()
    assert [row.innhold for row in chosen] == [{"kanaler": "epost"}]
    assert not audit.verify(verden.kommune_id)


def test_the_address_the_kontor_has_is_offered_and_not_used_before_the_bruker_says_so(
    bruker: Klient, verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    from webapp.identitet import service as identitet
    from webapp.identitet.service import Profil

    who = bruker.who
    assert isinstance(who, access.Bruker)
    with writing(unverified=True):
        profil = Profil("Amina Prøve", 1999, "00 00 00 11", "fra-kontoret@example.org")
        identitet.change_profile(verden.kommune_id, verden.amina, who.seal, profil, sprak="nb", by=audit.SYSTEM)
    assert "fra-kontoret@example.org" in bruker.get(SIDE).text
    legg_prove(verden, verden.amina)
    arbeider.drain()
    assert posttjener.post == []


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"epost_pa": "y", "epost": ""}, "Skriv e-postadressen din"),
        ({"epost_pa": "y", "epost": "amina"}, "Skriv hele e-postadressen"),
        ({"epost_pa": "y", "epost": "å@example.org"}, "Skriv hele e-postadressen"),
        ({"epost_pa": "y", "epost": "a@b.no>\r\nRCPT TO:<x@y.no"}, "Skriv hele e-postadressen"),
        ({"epost_pa": "y", "epost": "a" * 101 + "@b.no"}, "for lang"),
        ({"epost": "", "stille_fra": "24"}, "Velg en fra listen"),
        ({"epost": "", "stille_til": "x\x00"}, "Velg en fra listen"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(bruker: Klient, typed: dict[str, str], message: str) -> None:
    page = bruker.post(SIDE, AV_OG_PA | typed, status=422).text
    assert message in page
    with reading() as db:
        assert db.scalars(select(Paminnelsevalg)).all() == []


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("400 00 000", "+4740000000"), ("90000000", "+4790000000"), ("+47 40 00 00 00", "+4740000000"),
        ("0047 400 00 000", "+4740000000"), ("+46 70 000 00 00", ""), ("0046700000000", ""),
        ("+882 13 123456", ""), ("+47 0047 40000000", ""), ("59000000000", ""), ("590000000000", "+47590000000000"),
        ("22 00 00 00", ""),
        ("+47 22000000", ""),        ("12", ""), ("+0123456789", ""), ("٤٠٠٠٠٠٠٠", ""), ("", ""),
    ],
)  # fmt: skip
def test_telephone_numbers(typed: str, clean: str) -> None:
    assert number(typed) == clean


def test_sms_where_there_is_a_gateway(app: Flask, bruker: Klient, kanaler: Kanaler) -> None:
    settings = service.settings()
    app.extensions["medvirk.settings"] = replace(
        settings, kanaler=replace(kanaler, sms=Sms("https://sms.example/", "n"))
    )
    assert (
        "Skriv et mobilnummer" in bruker.post(SIDE, AV_OG_PA | {"sms_pa": "y", "telefon": "22000000"}, status=422).text
    )
    bruker.post(SIDE, AV_OG_PA | {"sms_pa": "y", "telefon": "400 00 000"})
    assert 'value="+4740000000"' in bruker.get(SIDE).text
    # Turned off by the operator: the choice stays, and comes back with the channel.
    app.extensions["medvirk.settings"] = settings
    bruker.post(SIDE, AV_OG_PA | {"epost": ""})
    with reading() as db:
        assert db.scalars(select(Paminnelsevalg.sms)).all() == [True]


def test_a_try_goes_once_and_not_too_often(
    bruker: Klient, verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    bruker.post(f"{SIDE}/prov", {"nokkel": ids.new_id().hex})
    assert "ingenting å prøve" in bruker.get(SIDE).text
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    key = ids.new_id().hex
    for _again in range(2):
        bruker.post(f"{SIDE}/prov", {"nokkel": key})
    arbeider.drain()
    assert len(posttjener.post) == 1
    assert "Prøvemelding. E-post. Sendt." in bruker.get(SIDE).text
    bruker.post(f"{SIDE}/prov", {"nokkel": key})
    bruker.post(f"{SIDE}/prov", {"nokkel": key})
    bruker.post(f"{SIDE}/prov", {"nokkel": key}, status=429)


def test_choosing_over_and_over_comes_to_an_end(bruker: Klient) -> None:
    for number_ in range(service.CHOICES):
        bruker.post(SIDE, AV_OG_PA | {"epost": "", "stille_fra": str(number_ % 24)})
    bruker.post(SIDE, AV_OG_PA | {"epost": ""}, status=429)


LETTERS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"


def test_turned_off_from_the_message_without_signing_in(
    app: Flask, verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    legg_prove(verden, verden.amina)
    arbeider.drain()
    address = re.fullmatch(r"<http://localhost(/paminnelser/av/\S+)>", posttjener.post[0]["hoder"]["List-Unsubscribe"])
    assert address is not None
    visitor = Klient(app)
    page = visitor.get(address[1]).text
    assert "Amina" not in page  # S6: nothing about who, or what
    with reading() as db:
        assert db.scalars(select(Paminnelsevalg.epost)).all() == [True]  # looking does nothing
    # A mail program has no form key (RFC 8058).
    response = app.test_client().post(address[1], data={"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    with reading() as db:
        assert db.scalars(select(Paminnelsevalg.epost)).all() == [False]
    visitor.post(address[1], status=200)
    for wrong in (
        "x",
        "A" * 48,
        "A" * 59,
        address[1][-59:-1] + LETTERS[LETTERS.index(address[1][-1]) ^ 1],  # the same bits, and not as we write them
        address[1][-59:-1] + LETTERS[LETTERS.index(address[1][-1]) ^ 4],
        "A" * 2000,
        "æ",
    ):
        visitor.get(f"/paminnelser/av/{wrong}", 404)


def test_an_old_message_does_not_turn_off_another_address(
    app: Flask, verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    """It went astray, to somebody whose address it is, and Amina has put hers right since."""
    links = []
    for typed in ("amina@exmaple.org", "amina@example.org", "Amina@example.org"):
        vil_ha_epost(verden.kommune_id, verden.amina, typed)
        legg_prove(verden, verden.amina)
        arbeider.drain()
        found = re.search(r"/paminnelser/av/[^\s>]+", posttjener.post[-1]["hoder"]["List-Unsubscribe"])
        assert found is not None
        links.append(found[0])
    for link, still in ((links[0], True), (links[1], False)):  # the same mailbox, written otherwise
        Klient(app).post(link, status=200)
        with reading() as db:
            assert db.scalars(select(Paminnelsevalg.epost)).all() == [still]
    # From before the address went along.
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    with reading() as db:
        old = avmelding.token(kommune.seal_of(db, verden.kommune_id), verden.kommune_id, verden.amina)
    Klient(app).post(f"/paminnelser/av/{old}", status=200)
    with reading() as db:
        assert db.scalars(select(Paminnelsevalg.epost)).all() == [False]


def test_the_summary_of_a_veileder(
    verden: Verden, veileder: Klient, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    veileder.post("/veileder/sammendrag", {"pa": "y", "epost": "kari"}, status=422)
    veileder.post("/veileder/sammendrag", {"pa": "y", "epost": "kari@kommune.example"})
    assert 'value="kari@kommune.example"' in veileder.get("/veileder/sammendrag").text
    with reading() as db:
        [row] = db.scalars(select(Sammendragsvalg)).all()
        assert b"kari@" not in row.adresse
    arbeider.drain()
    assert posttjener.post == []  # nothing waits with anybody
    amina = Klient(veileder.app).logg_inn_bruker(verden.kommune_id, verden.amina)
    lever(amina)
    wednesday = datetime(2026, 11, 25, 6, 31, tzinfo=UTC)
    for moment in (wednesday - timedelta(minutes=2), wednesday, wednesday + timedelta(hours=3)):
        with clock.frozen(moment):
            arbeider.drain()
    [mail] = posttjener.post
    assert mail["til"] == ["kari@kommune.example"]
    assert "1 bruker har levert eller svart på noe." in mail["tekst"]
    assert "Amina" not in mail["ra"] + mail["tekst"]
    assert bevis(kanal="epost") == []  # evidence is about brukere
    for day in (28, 29):  # Saturday and Sunday
        with clock.frozen(datetime(2026, 11, day, 9, 0, tzinfo=UTC)):
            arbeider.drain()
    veileder.post("/veileder/sammendrag", {"epost": ""})
    with clock.frozen(datetime(2026, 11, 30, 9, 0, tzinfo=UTC)):
        arbeider.drain()
    assert len(posttjener.post) == 1
    with reading() as db:
        assert db.scalars(select(Sammendragsvalg)).all() == []


def test_the_administrator_sees_figures_and_tries_again(
    app: Flask, verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    legg_prove(verden, verden.amina)
    posttjener.behave(svar={"RCPT": "550 unknown"})
    arbeider.drain()
    anna = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna)
    page = anna.get("/veileder/utboks").text
    assert "550" in page
    assert "amina" not in page.lower()
    posttjener.behave()
    group = {"kanal": "epost", "hendelse": "prove", "kode": "550"}
    for other in ({"kode": "551"}, {"kanal": "x" * 99}, {"hendelse": "\x00"}):
        anna.post("/veileder/utboks/igjen", group | other)
    assert [row.tilstand for row in rader()] == ["dod"]
    for _again in range(2):
        anna.post("/veileder/utboks/igjen", group)
    arbeider.drain()
    assert len(posttjener.post) == 1
    assert "Alt har kommet fram." in anna.get("/veileder/utboks").text
    with reading() as db:
        events = db.scalars(select(Hendelse).where(Hendelse.type == "utboks_provd_igjen")).all()
    assert [row.innhold for row in events] == [{"antall": 1}]
    # Nobody else's page, and no bruker's.
    Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari).get("/veileder/utboks", 404)
    Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina).get("/veileder/utboks", 303)


def lever(amina: Klient) -> levering.Kvittering:
    """Something is delivered."""
    who = amina.who
    assert isinstance(who, access.Bruker)
    first = Endring("bolig.fungerer", "Det er stille", vil_ikke=False, versjon=0, merke="")
    kartlegging.save(who.kommune_id, who.id, who.seal, Skriver("bruker", "nb"), "bolig", [first], unverified=True)
    with writing(unverified=True):
        return levering.deliver(who, ids.new_id().hex)


def test_what_rooms_put_in(
    app: Flask, verden: Verden, bruker: Klient, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    """K7, K11, S4: a remark, a shared note and the mini-mapping, each once, and only while it is of interest."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    given = lever(bruker)
    with writing(unverified=True):
        merknader.add(kari(verden), sak(verden), given.id, "bolig.fungerer", "sporsmal", "Hvor lenge?", ids.new_id())
        mote_id = holdt(verden)
        copy = notat.save(kari(verden), sak(verden), mote_id, 0, {"tema": "Bolig"})
    assert copy.versjon
    assert sorted(row.hendelse for row in rader()) == ["merknad", "mini", "mote"]
    with clock.frozen(NOON + timedelta(minutes=10)):
        arbeider.drain()
    assert len(posttjener.post) == 1
    year = NOON + timedelta(days=365)
    with clock.frozen(year - timedelta(hours=3)):
        arbeider.drain()
    assert len(posttjener.post) == 1
    with clock.frozen(year):
        arbeider.drain()
    assert len(posttjener.post) == 2
    assert {row.hendelse: row.tilstand for row in rader(kanal="fordel")} == {
        "merknad": "sendt",
        "mote": "avlyst",
        "mini": "sendt",
    }


def test_pages_need_no_more_queries_however_much_was_sent(
    app: Flask, verden: Verden, bruker: Klient, arbeider: Arbeider
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    legg_prove(verden, verden.amina)
    arbeider.drain()
    bruker.get(SIDE)
    with count(app) as few:
        bruker.get(SIDE)
    for _number in range(30):
        legg_prove(verden, verden.amina)
    arbeider.drain()
    with count(app) as many:
        bruker.get(SIDE)
    assert len(few) == len(many)
