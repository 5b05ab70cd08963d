"""The table goes down and up, with a row in it and everything else left as it was."""

from __future__ import annotations

from alembic import command as alembic
from flask import Flask

from tests.klient import Klient
from tests.verden import Verden
from webapp.platform import database
from webapp.platform.commands import alembic_config
from webapp.telefon import eksport


def test_down_and_up(app: Flask, verden: Verden, bruker: Klient) -> None:
    """The answer is forgotten, and can be given again: nothing is lost but that somebody is asked once more."""
    bruker.post("/telefon/svar", {"svar": "nei"})
    config = alembic_config(app.extensions["medvirk.settings"].database_url)
    database.engines().dispose()
    try:
        alembic.downgrade(config, "0012")
    finally:
        alembic.upgrade(config, "head")
    assert eksport.eksport(verden.kommune_id, verden.amina) is None
    bruker.post("/telefon/svar", {"svar": "ja"})
    told = eksport.eksport(verden.kommune_id, verden.amina)
    assert told is not None
    assert told["svar"] == "ja"
