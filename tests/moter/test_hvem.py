"""Whom the bruker meets, and whose words the message is, also after a handover and by a substitute (S4, K9)."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter.avtaler import avtalt, holdt, kari, sak
from tests.verden import Verden
from webapp.identitet import personal, tildelinger
from webapp.moter import lesing, service
from webapp.moter.hvem import NotTheirs
from webapp.moter.models import Mote
from webapp.moter.nytt import Slag, news_for_bruker
from webapp.platform import clock
from webapp.platform.audit import Actor, Hendelse
from webapp.platform.database import reading, writing

NYTT = {"dato": "2026-12-02", "klokke": "11:00", "minutter": "30", "form": "kontor", "sted": "Rom 2"}


def sti(verden: Verden, rest: str) -> str:
    return f"/veileder/bruker/{verden.amina}/{rest}"


def motet(verden: Verden, mote_id: UUID) -> lesing.Motet:
    return lesing.one(verden.kommune_id, verden.amina, verden.seal(verden.amina), mote_id)


def overfor(verden: Verden, til: UUID) -> None:
    seal = verden.seal(verden.amina)
    tildelinger.hand_over(verden.kommune_id, verden.amina, seal, til, "Kari slutter", kari(verden).actor)


def vikar(verden: Verden, hvem: UUID | None) -> None:
    tildelinger.set_substitute(verden.kommune_id, verden.amina, hvem, kari(verden).actor)


def hvem(page: str) -> list[str]:
    return re.findall(r"Hvem du møter</dt><dd><bdi>([^<]+)", page)


def melding(page: str) -> list[str]:
    return re.findall(r'<p class="merknad-fra">(.*?)</p>', page)


def logget(verden: Verden) -> list[tuple[str, str]]:
    with reading() as db:
        query = select(Hendelse).where(Hendelse.type.in_(("mote_endret", "mote_byttet"))).order_by(Hendelse.lopenr)
        return [(row.type, row.innhold["mote_id"]) for row in db.scalars(query)]


def test_k9_coming_meetings_go_along_with_the_bruker(app: Flask, bruker: Klient, verden: Verden) -> None:
    over, coming = holdt(verden), avtalt(verden, NOON + timedelta(days=2))
    unmarked = avtalt(verden, NOON - timedelta(hours=13))
    vikar(verden, verden.sara)
    with clock.frozen(NOON + timedelta(minutes=1)):
        overfor(verden, verden.per)
    assert [motet(verden, one).ansatt_id for one in (over, unmarked, coming)] == [verden.kari, verden.kari, verden.per]
    assert logget(verden) == [("mote_byttet", str(coming))]  # S4: the bruker sees what was done with it
    page = bruker.get(f"/moter/{coming}").text
    assert hvem(page) == ["Per Test"]
    assert melding(page) == ["Melding fra <bdi>Kari Test</bdi>"]  # the words are hers still
    page = bruker.get("/").text
    assert "Kari Test" not in page
    assert "Et møte er nå med <bdi>Per Test</bdi>: torsdag 26. november kl. 12:00" in page
    assert "Et møte er endret" not in page
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    assert "Per Test" in per.get(sti(verden, f"mote/{coming}")).text


def test_s4_both_sides_read_who_holds_the_meeting_now(bruker: Klient, veileder: Klient, verden: Verden) -> None:
    """Not that its time, place or form was changed: they were not, unless they were too."""
    mote_id = avtalt(verden, NOON + timedelta(days=2))
    vikar(verden, verden.per)
    service.change(kari(verden), sak(verden), mote_id, motet(verden, mote_id).avtale, verden.per)
    page = veileder.get(sti(verden, "tidslinje")).text
    assert "<bdi>Kari Test</bdi> endret hvem som holder et møte. Nå er det <bdi>Per Test</bdi>." in page
    assert "endret tid, sted eller form" not in page
    assert "endret hvem du skal møte. Nå er det <bdi>Per Test</bdi>." in bruker.get("/innsyn/hendelser").text
    veileder.post(sti(verden, f"mote/{mote_id}/endre"), {**NYTT, "hvem": str(verden.kari)})
    assert [slag for slag, _mote in logget(verden)] == ["mote_byttet", "mote_byttet", "mote_endret"]


def test_it_is_news_for_a_while_that_the_meeting_is_with_somebody_else(verden: Verden) -> None:
    mote_id, key = avtalt(verden, NOON + timedelta(days=20)), (verden.kommune_id, verden.amina)
    overfor(verden, verden.per)
    for days, told in ((0, [(Slag.BYTTET, mote_id)]), (15, [])):
        with clock.frozen(NOON + timedelta(days=days)):
            seal = verden.seal(verden.amina)
            news = news_for_bruker(*key, seal, lesing.coming(*key, seal))
            assert [(one.slag, one.mote.id) for one in news] == told


def test_the_message_bears_the_name_of_whoever_wrote_it(app: Flask, bruker: Klient, verden: Verden) -> None:
    """S4: a substitute moves the meeting, and then cancels it."""
    mote_id = avtalt(verden, NOON + timedelta(days=2))
    vikar(verden, verden.per)
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    same = {**NYTT, "melding": "Vi snakker om bolig"}
    per.post(sti(verden, f"mote/{mote_id}/endre"), same)
    assert motet(verden, mote_id).melding_fra == "Kari Test"  # he moved it; the words are hers
    per.post(sti(verden, f"mote/{mote_id}/endre"), {**same, "melding": "Jeg flytter det for Kari"})
    page = bruker.get(f"/moter/{mote_id}").text
    assert (hvem(page), melding(page)) == (["Kari Test"], ["Melding fra <bdi>Per Test</bdi>"])
    per.post(sti(verden, f"mote/{mote_id}/avlys"), {"melding": "Kari er syk. Hilsen Per"})
    assert melding(bruker.get(f"/moter/{mote_id}").text) == ["Melding fra <bdi>Per Test</bdi>"]
    (told,) = bruker.get("/innsyn/alt.json").get_json()["moter"]
    assert (told["veileder"], told["melding_fra"]) == ("Kari Test", "Per Test")
    assert "Melding fra" in bruker.get("/innsyn/alt").text


def test_no_message_is_nobodys(verden: Verden, veileder: Klient) -> None:
    mote_id = avtalt(verden, NOON + timedelta(days=2))
    veileder.post(sti(verden, f"mote/{mote_id}/endre"), {**NYTT, "melding": ""})
    assert motet(verden, mote_id).melding_fra is None
    with pytest.raises(IntegrityError), writing(unverified=True) as db:
        db.execute(update(Mote).values(melding_av=verden.kari))


def test_a_message_from_before_names_were_kept_is_given_to_nobody(bruker: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden, NOON + timedelta(days=2))
    with writing(unverified=True) as db:
        db.execute(update(Mote).values(melding_av=None))
    assert melding(bruker.get(f"/moter/{mote_id}").text) == ["Melding til deg"]


def test_the_meeting_can_be_with_those_who_follow_up_the_bruker(app: Flask, verden: Verden, veileder: Klient) -> None:
    assert 'name="hvem"' not in veileder.get(sti(verden, "mote/nytt")).text  # there is one only: nothing to choose
    vikar(verden, verden.per)
    page = veileder.get(sti(verden, "mote/nytt")).text
    chosen = re.findall(r'<option selected[^>]*value="([^"]+)"', page.split('name="hvem"')[1].split("</select>")[0])
    assert chosen == [str(verden.kari)]  # whoever writes
    mote_id = avtalt(verden, NOON + timedelta(days=2))
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    per.post(sti(verden, f"mote/{mote_id}/endre"), {**NYTT, "hvem": str(verden.per)})
    assert motet(verden, mote_id).ansatt_id == verden.per
    per.post(sti(verden, f"mote/{mote_id}/endre"), {**NYTT, "hvem": str(verden.kari)})
    assert motet(verden, mote_id).ansatt_id == verden.kari
    page = per.post(sti(verden, f"mote/{mote_id}/endre"), {**NYTT, "hvem": str(verden.sara)}, status=422).text
    assert "Velg hvem brukeren møter." in page  # S1: she may not open the case
    page = per.post(sti(verden, "mote/nytt"), {**NYTT, "hvem": "noe annet", "nokkel": ""}, status=422).text
    assert "Velg hvem brukeren møter." in page
    with pytest.raises(NotTheirs):
        service.change(kari(verden), sak(verden), mote_id, motet(verden, mote_id).avtale, verden.sara)
    with pytest.raises(NotTheirs):
        service.agree(kari(verden), sak(verden), verden.sara, motet(verden, mote_id).avtale, verden.sara)


def test_the_meetings_of_a_substitute_who_is_no_longer_one_are_the_veileders(app: Flask, verden: Verden) -> None:
    mine, theirs = avtalt(verden, NOON + timedelta(days=2)), avtalt(verden, NOON + timedelta(days=3))
    vikar(verden, verden.per)
    service.change(kari(verden), sak(verden), theirs, motet(verden, theirs).avtale, verden.per)
    vikar(verden, verden.sara)
    assert [motet(verden, one).ansatt_id for one in (mine, theirs)] == [verden.kari] * 2
    assert motet(verden, mine).byttet is None


def test_nobody_is_to_meet_somebody_who_is_blocked(app: Flask, verden: Verden, veileder: Klient) -> None:
    vikar(verden, verden.per)
    theirs = avtalt(verden, NOON + timedelta(days=2))
    service.change(kari(verden), sak(verden), theirs, motet(verden, theirs).avtale, verden.per)
    page = veileder.get(sti(verden, f"mote/{theirs}/endre")).text  # open while the substitute is blocked
    assert str(verden.per) in page
    personal.block(verden.kommune_id, verden.per, Actor("ansatt", verden.anna))
    said = veileder.post(sti(verden, "mote/nytt"), {**NYTT, "hvem": str(verden.per)}, status=422).text
    assert "Velg hvem brukeren møter." in said
    assert str(verden.per) not in veileder.get(sti(verden, "mote/nytt")).text
    with pytest.raises(NotTheirs):
        service.agree(kari(verden), sak(verden), verden.sara, motet(verden, theirs).avtale, verden.per)
    # What is changed next, is with whoever is there.
    assert str(verden.per) not in veileder.get(sti(verden, f"mote/{theirs}/endre")).text
    veileder.post(sti(verden, f"mote/{theirs}/endre"), NYTT)
    assert motet(verden, theirs).ansatt_id == verden.kari


def test_the_substitutes_meetings_go_to_the_next_one_while_the_veileder_is_blocked(verden: Verden) -> None:
    """Nobody waits for somebody who may no longer open the case, whoever is there to take over."""
    theirs = avtalt(verden, NOON + timedelta(days=3))
    vikar(verden, verden.per)
    service.change(kari(verden), sak(verden), theirs, motet(verden, theirs).avtale, verden.per)
    personal.block(verden.kommune_id, verden.kari, Actor("ansatt", verden.anna))
    vikar(verden, verden.sara)
    assert motet(verden, theirs).ansatt_id == verden.sara


def test_a_server_killed_while_blocking_leaves_nobody_waiting(verden: Verden, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is blocked has no meetings left, and whoever is not blocked yet can be blocked again."""

    class Killed(Exception):
        pass

    theirs = avtalt(verden, NOON + timedelta(days=3))
    vikar(verden, verden.per)
    service.change(kari(verden), sak(verden), theirs, motet(verden, theirs).avtale, verden.per)
    leave, left = tildelinger.leave_meetings_of, 0

    def killed_the_second_time(kommune_id: int, ansatt_id: UUID, by: Actor) -> None:
        nonlocal left
        left += 1
        if left == 2:
            raise Killed
        leave(kommune_id, ansatt_id, by)

    monkeypatch.setattr(tildelinger, "leave_meetings_of", killed_the_second_time)
    with pytest.raises(Killed):
        personal.block(verden.kommune_id, verden.per, Actor("ansatt", verden.anna))
    assert [one.id for one in tildelinger.following(verden.kommune_id, verden.amina)] == [verden.kari]
    assert motet(verden, theirs).ansatt_id == verden.kari


def test_k9_the_meetings_of_a_substitute_who_is_blocked_are_the_veileders_at_once(
    bruker: Klient, verden: Verden
) -> None:
    """Both sides read it, and nobody has to find it out at the meeting."""
    theirs, over = avtalt(verden, NOON + timedelta(days=3)), holdt(verden)
    vikar(verden, verden.per)
    service.change(kari(verden), sak(verden), theirs, motet(verden, theirs).avtale, verden.per)
    with clock.frozen(NOON + timedelta(minutes=1)):
        personal.block(verden.kommune_id, verden.per, Actor("ansatt", verden.anna))
    assert motet(verden, theirs).ansatt_id == verden.kari
    assert logget(verden) == [("mote_byttet", str(theirs))] * 2
    assert "Et møte er nå med <bdi>Kari Test</bdi>" in bruker.get("/").text
    assert motet(verden, over).ansatt_id == verden.kari
    personal.unblock(verden.kommune_id, verden.per, Actor("ansatt", verden.anna))
    assert [one.id for one in tildelinger.following(verden.kommune_id, verden.amina)] == [verden.kari, verden.per]
