"""One that cannot be opened, decided or made holds up no other: a bruker, a phone, a room, a kommune, a summary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask, g

from tests.paminnelse.conftest import Posttjener, rader, som_bruker, vil_ha_epost
from tests.paminnelse.test_epost import legg_prove
from tests.paminnelse.test_push import Nettleser
from tests.paminnelse.tjener import tjener
from tests.verden import Verden
from webapp.identitet import oppslag
from webapp.identitet.models import Datanokkel
from webapp.paminnelse import abonnement, aktuelt, fordeling, mottakere, sammendrag, service, tekst
from webapp.paminnelse.arbeider import Arbeider
from webapp.paminnelse.models import Pushabonnement, Sammendragsvalg
from webapp.platform import access, clock, ids, utboks
from webapp.platform.access import Rolle
from webapp.platform.database import writing
from webapp.platform.sealing import SealBroken
from webapp.platform.utboks import Hendelse, Kanal


@pytest.fixture(autouse=True)
def skjemanokkel(app: Flask) -> Iterator[None]:
    """Services that write are called from requests with a form key."""
    with app.test_request_context():
        g.form_key_ok, g.sprak = True, "nb"
        yield


@pytest.fixture
def to(verden: Verden) -> Verden:
    """Two who want e-mail."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    vil_ha_epost(verden.kommune_id, verden.jonas, "jonas@example.org")
    return verden


def test_a_bruker_whose_key_does_not_open(to: Verden, arbeider: Arbeider, posttjener: Posttjener) -> None:
    for bruker_id in (to.amina, to.jonas):
        legg_prove(to, bruker_id)
    with writing(unverified=True) as db:
        db.get_one(Datanokkel, (to.kommune_id, to.amina)).nokkel = b"x" * 60
    arbeider.drain()
    assert [mail["til"] for mail in posttjener.post] == [["jonas@example.org"]]
    # Not dropped: it is tried later, and the administrator sees it when it is given up.
    assert [(row.tilstand, row.forsok, row.kode) for row in rader(bruker_id=to.amina)] == [("venter", 1, "SealBroken")]


def test_a_phone_whose_subscription_does_not_open(to: Verden, arbeider: Arbeider, posttjener: Posttjener) -> None:
    who = som_bruker(to.kommune_id, to.amina)
    with tjener() as server:
        broken = abonnement.add(who, Nettleser.ny(server.url("/a")).abonnement)
        abonnement.add(who, Nettleser.ny(server.url("/b")).abonnement)
        with writing(unverified=True) as db:
            db.get_one(Pushabonnement, (to.kommune_id, broken)).abonnement = b"x" * 60
        assert service.try_it(who, ids.new_id()) == 2  # e-mail, and the phone that is left
        arbeider.drain()
        assert [path for path, _headers, _body in server.kom] == ["/b"]
    assert len(posttjener.post) == 1
    assert len(service.devices(who)) == 2  # the page works, and it can be turned off there
    assert abonnement.remove(who, broken)


def test_a_room_that_cannot_answer(
    to: Verden, arbeider: Arbeider, posttjener: Posttjener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Any:
        raise RuntimeError

    with writing(unverified=True) as db:
        for hendelse in (Hendelse.MERKNAD, Hendelse.NOTAT):
            when = {"straks": clock.now()}
            utboks.legg(db, to.kommune_id, hendelse, ids.new_id(), when, bruker_id=to.amina, kanal=Kanal.EPOST)
    legg_prove(to, to.jonas)
    rooms = aktuelt._rooms()
    always = rooms[Hendelse.PROVE]
    monkeypatch.setattr(aktuelt, "_rooms", lambda: rooms | {Hendelse.MERKNAD: fails, Hendelse.NOTAT: always})
    arbeider.drain()
    assert sorted(mail["til"][0] for mail in posttjener.post) == ["amina@example.org", "jonas@example.org"]
    assert [(row.tilstand, row.kode) for row in rader(hendelse="merknad")] == [("venter", "RuntimeError")]


def test_a_kommune_that_fails(
    to: Verden, arbeider: Arbeider, posttjener: Posttjener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kommuner after it get theirs; and where the summaries fail, the rest goes."""
    distribute = fordeling.distribute

    def fails(kommune_id: int, *rest: Any) -> int:
        if kommune_id != to.kommune_id:
            raise SealBroken
        return distribute(kommune_id, *rest)

    def no_summaries(_kommune_id: int) -> int:
        raise SealBroken

    monkeypatch.setattr(oppslag, "kommuner", lambda: [to.kommune_id + 1000, to.kommune_id])
    monkeypatch.setattr(fordeling, "distribute", fails)
    monkeypatch.setattr(sammendrag, "order", no_summaries)
    legg_prove(to, to.amina)
    assert arbeider.drain() == 1
    assert len(posttjener.post) == 1


def test_a_summary_whose_address_does_not_open(
    to: Verden, arbeider: Arbeider, posttjener: Posttjener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sammendrag, "figures", lambda *_: tekst.Tall(1, 0, 0, 0))
    for ansatt_id, name in ((to.kari, "kari"), (to.anna, "anna")):
        who = access.Ansatt(to.kommune_id, ansatt_id, to.nord, ids.new_id(), "nb", Rolle.VEILEDER, name)
        sammendrag.choose(who, pa=True, adresse=f"{name}@kommune.example")
    with writing(unverified=True) as db:
        db.get_one(Sammendragsvalg, (to.kommune_id, to.kari)).adresse = b"x" * 60
    with clock.frozen(datetime(2026, 11, 25, 7, 0, tzinfo=UTC)):
        arbeider.drain()
    assert [mail["til"] for mail in posttjener.post] == [["anna@kommune.example"]]
    assert {row.ansatt_id: row.tilstand for row in rader()} == {to.kari: "venter", to.anna: "sendt"}


def test_a_subscription_that_opens_is_itself(to: Verden) -> None:
    who = som_bruker(to.kommune_id, to.amina)
    row = Pushabonnement(id=ids.new_id(), kommune_id=to.kommune_id, bruker_id=to.amina)
    row.abonnement = who.seal.close("{}", mottakere.abonnement_place(to.kommune_id, row.id))
    assert mottakere.subscription(to.kommune_id, who.seal, row) == "{}"
