"""What the bruker says about a meeting is a label in the worklist until the veileder has opened the meeting (S4)."""

from __future__ import annotations

from uuid import UUID

import pytest
from alembic import command as alembic
from flask import Flask
from sqlalchemy import text

from tests.klient import Klient
from tests.moter.avtaler import avtalt, holdt, kari, sak
from tests.sporringer import count
from tests.verden import Verden
from webapp.identitet import tildelinger
from webapp.kartlegging import arbeidsliste
from webapp.kartlegging.arbeidsliste import Gruppe
from webapp.moter import kommentar, notat, stemme
from webapp.platform import access, database, ids
from webapp.platform.commands import alembic_config

COMMENT, RATING = "Kommentar til notatet", "Svar om møtet"


def amina(verden: Verden) -> access.Bruker:
    seal = verden.seal(verden.amina)
    return access.Bruker(verden.kommune_id, verden.amina, verden.nord, ids.new_id(), "nb", seal)


def shared(verden: Verden) -> UUID:
    """A held meeting with a note that is shared."""
    mote_id = holdt(verden)
    copy = notat.save(kari(verden), sak(verden), mote_id, 0, {"bosituasjon": "Vi snakket om bolig."})
    notat.share(kari(verden), sak(verden), mote_id, copy.versjon)
    return mote_id


def comment(verden: Verden, mote_id: UUID, tekst: str = "Slik var det ikke") -> None:
    kommentar.comment(amina(verden), mote_id, ids.new_id(), tekst)


def rate(verden: Verden, mote_id: UUID) -> None:
    stemme.rate(amina(verden), mote_id, ids.new_id(), 2, "")


def meeting(verden: Verden, mote_id: UUID) -> str:
    return f"/veileder/bruker/{verden.amina}/mote/{mote_id}"


def test_a_comment_is_a_label_until_the_meeting_is_opened(veileder: Klient, verden: Verden) -> None:
    mote_id = shared(verden)
    assert COMMENT not in veileder.get("/veileder/").text
    comment(verden, mote_id)
    for address in ("/veileder/", "/veileder/?vis=nytt", f"/veileder/bruker/{verden.amina}/"):
        assert COMMENT in veileder.get(address).text
    # The page of the bruker says where, and looking at it is not to have read the comment.
    assert f'href="{meeting(verden, mote_id)}"' in veileder.get(f"/veileder/bruker/{verden.amina}/").text
    assert arbeidsliste.counts(kari(verden))[Gruppe.NYTT] == 1
    assert "Slik var det ikke" in veileder.get(meeting(verden, mote_id)).text
    assert COMMENT not in veileder.get("/veileder/").text
    assert arbeidsliste.counts(kari(verden))[Gruppe.NYTT] == 0
    assert not arbeidsliste.page(kari(verden), Gruppe.NYTT).rader
    comment(verden, mote_id, "Og én ting til")
    assert COMMENT in veileder.get("/veileder/").text


def test_a_rating_is_a_label_too_and_a_comment_goes_before_it(veileder: Klient, verden: Verden) -> None:
    mote_id = shared(verden)
    rate(verden, mote_id)
    page = veileder.get("/veileder/").text
    assert RATING in page
    assert COMMENT not in page
    comment(verden, mote_id)
    rate(verden, mote_id)
    page = veileder.get("/veileder/").text
    assert COMMENT in page
    assert RATING not in page


def test_each_meeting_waits_for_itself(veileder: Klient, verden: Verden) -> None:
    first, second = shared(verden), shared(verden)
    comment(verden, first)
    comment(verden, second)
    veileder.get(meeting(verden, first))
    assert COMMENT in veileder.get("/veileder/").text
    page = veileder.get(f"/veileder/bruker/{verden.amina}/").text
    assert page.count("Brukeren har kommentert notatet") == 1
    veileder.get(meeting(verden, second))
    assert COMMENT not in veileder.get("/veileder/").text


def test_only_the_responsible_one_can_have_read_it(app: Flask, veileder: Klient, verden: Verden) -> None:
    mote_id = shared(verden)
    comment(verden, mote_id)
    tildelinger.set_substitute(verden.kommune_id, verden.amina, verden.per, kari(verden).actor)
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    assert COMMENT in per.get("/veileder/").text
    per.get(meeting(verden, mote_id))
    assert COMMENT in veileder.get("/veileder/").text


def test_what_a_browser_fetched_without_showing_it_is_not_read(veileder: Klient, verden: Verden) -> None:
    mote_id = shared(verden)
    comment(verden, mote_id)
    veileder.http.head(meeting(verden, mote_id))
    veileder.http.get(meeting(verden, mote_id), headers={"Sec-Purpose": "prefetch"})
    assert COMMENT in veileder.get("/veileder/").text


def test_the_same_number_of_queries_with_and_without(app: Flask, veileder: Klient, verden: Verden) -> None:
    with count(app) as before:
        veileder.get("/veileder/")
    for _n in range(4):
        comment(verden, shared(verden))
    with count(app) as after:
        veileder.get("/veileder/")
    assert len(after) == len(before)


def test_the_index_is_what_is_read(app: Flask, verden: Verden) -> None:
    if database.engines().write.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by statistics")
    with count(app) as page:
        arbeidsliste.counts(kari(verden))
    (statement,) = (one for one in page.statements if "ulest" in one)
    with database.reading() as db:
        plan = db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", ("x",) * statement.count("?"))
        assert any("ix_mote_ulest" in str(row[3]) for row in plan)


def test_the_migration_goes_down_and_up_with_meetings_that_others_refer_to(app: Flask, verden: Verden) -> None:
    comment(verden, shared(verden))
    stemme.set_agenda(amina(verden), avtalt(verden), "Husleia", "")
    config = alembic_config(app.extensions["medvirk.settings"].database_url)
    database.engines().dispose()
    try:
        alembic.downgrade(config, "0007")
    finally:
        alembic.upgrade(config, "head")
    with database.reading() as db:
        assert db.execute(text("SELECT count(*) FROM mote")).scalar() == 2
        assert db.execute(text("SELECT count(*) FROM dagsorden")).scalar() == 1
        assert db.execute(text("SELECT count(*) FROM mote WHERE ulest IS NOT NULL")).scalar() == 0
