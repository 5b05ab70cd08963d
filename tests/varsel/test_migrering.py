"""Who typed, and the numbers of receipts, came after the first matters: the tables go down and up with rows in them."""

from __future__ import annotations

from alembic import command as alembic
from flask import Flask
from sqlalchemy import text

from tests.varsel import verk
from tests.varsel.test_vern import key, refused
from tests.verden import Verden
from webapp.platform import clock, database
from webapp.platform.commands import alembic_config
from webapp.varsel import models


def test_down_and_up_with_matters_and_their_guards(app: Flask, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id, early = verk.nadd(verden), verk.notert(verden)
        verk.si(verden, sak_id, "sykdom", onsker=("tid",))
    config = alembic_config(app.extensions["medvirk.settings"].database_url)
    database.engines().dispose()
    try:
        alembic.downgrade(config, "0011")
    finally:
        alembic.upgrade(config, "head")
    matter = verk.saken(verden, sak_id)
    assert [(one.hvordan, one.skrevet_av) for one in matter.nadd] == [("apnet", "")]
    assert [(one.slag, one.nummer, one.skrevet_av) for one in matter.onsker] == [("tid", "", "")]
    assert matter.frist is not None  # what was not kept counts as it did
    assert len(matter.uttalelser) == 1
    # The guards of the order and of what can never be changed still stand.
    refused(models.Veiing(**key(verden, early), innhold=b"x", antall=0, laget=clock.now()))
    with database.writing(unverified=True) as db:
        for table in ("varselnadd", "varselonske"):
            try:
                with db.begin_nested():
                    db.execute(text(f"UPDATE {table} SET skrevet_av = 'ansatt'"))  # noqa: S608 -- our own names
            except Exception:  # noqa: BLE001, S112 -- each engine says it in its own way
                continue
            raise AssertionError(f"{table} can be changed")
