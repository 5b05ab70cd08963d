"""Utkast: text that could not be saved waits, sealed, for its owner only."""

from __future__ import annotations

from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from tests.verden import Verden
from webapp.platform import drafts
from webapp.platform.database import reading


def test_it_is_there_for_its_owner_and_nobody_else(app: Flask, verden: Verden) -> None:
    amina, jonas = ("bruker", verden.amina), ("bruker", verden.jonas)
    seal = verden.seal(verden.amina)
    assert drafts.keep(verden.kommune_id, amina, seal, "/kartlegging/bolig", {"a": ["Æ أ 🏠"], "csrf_token": ["x"]})
    assert drafts.get(verden.kommune_id, amina, seal, "/kartlegging/bolig") == {"a": ["Æ أ 🏠"]}
    assert drafts.get(verden.kommune_id, jonas, seal, "/kartlegging/bolig") is None
    assert drafts.get(verden.kommune_id, ("ansatt", verden.amina), seal, "/kartlegging/bolig") is None
    assert drafts.get(verden.annen_kommune_id, amina, seal, "/kartlegging/bolig") is None


def test_the_newest_replaces_the_one_before(app: Flask, verden: Verden) -> None:
    owner, seal = ("bruker", verden.amina), verden.seal(verden.amina)
    for words in ("en", "en to"):
        drafts.keep(verden.kommune_id, owner, seal, "/x", {"a": [words]})
    assert drafts.get(verden.kommune_id, owner, seal, "/x") == {"a": ["en to"]}
    assert drafts.paths(verden.kommune_id, owner) == ["/x"]
    drafts.arrived(verden.kommune_id, owner, seal, "/x", {"a": ["en to tre"]})
    assert drafts.paths(verden.kommune_id, owner) == []


def test_nothing_is_kept_of_an_empty_form(app: Flask, verden: Verden) -> None:
    owner, seal = ("bruker", verden.amina), verden.seal(verden.amina)
    assert not drafts.keep(verden.kommune_id, owner, seal, "/x", {"a": [""], "csrf_token": ["x"], "nokkel": ["y"]})
    assert not drafts.keep(verden.kommune_id, owner, seal, "/" + "x" * 400, {"a": ["b"]})
    assert drafts.paths(verden.kommune_id, owner) == []


def test_it_is_not_readable_in_the_database(app: Flask, verden: Verden) -> None:
    drafts.keep(verden.kommune_id, ("bruker", uuid4()), verden.seal(verden.amina), "/x", {"a": ["hemmelig tekst"]})
    with reading() as db:
        row = db.scalars(select(drafts.Utkast)).one()
    assert b"hemmelig" not in row.felter
