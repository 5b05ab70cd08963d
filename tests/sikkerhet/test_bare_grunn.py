"""S1: a stated reason lets somebody read. It makes no way in to the bruker's pages, and takes no bruker over."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask, url_for
from sqlalchemy import select

from tests.klient import Klient
from tests.verden import Verden
from webapp.platform import access
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading


def with_reason(app: Flask, verden: Verden, who: UUID) -> Klient:
    klient = Klient(app).logg_inn_ansatt(verden.kommune_id, who)
    klient.post(f"/veileder/apne/{verden.amina}", {"grunn": "Kari er syk, og Amina ringte."})
    klient.get(f"/veileder/bruker/{verden.amina}/")
    return klient


@pytest.mark.parametrize("page", ["invitasjon", "overfor"])
def test_a_reason_is_not_an_assignment(app: Flask, verden: Verden, page: str) -> None:
    per = with_reason(app, verden, verden.per)
    address = f"/veileder/bruker/{verden.amina}/{page}"
    assert address not in per.get(f"/veileder/bruker/{verden.amina}/").text
    assert f"/veileder/bruker/{verden.amina}/" in (per.get(address, 303).location or "")
    per.post(address, {"til": str(verden.per), "grunn": "Jeg tar over"}, 404)


def test_nor_to_revoke_or_to_name_a_substitute(app: Flask, verden: Verden) -> None:
    per = with_reason(app, verden, verden.per)
    per.post(f"/veileder/bruker/{verden.amina}/invitasjon/{uuid4()}/trekk", {}, 404)
    per.post(f"/veileder/bruker/{verden.amina}/vikar", {"vikar": str(verden.per)}, 404)


def test_a_leder_can_hand_over_when_the_veileder_is_away(app: Flask, verden: Verden) -> None:
    leif = with_reason(app, verden, verden.leif)
    leif.get(f"/veileder/bruker/{verden.amina}/overfor")
    leif.get(f"/veileder/bruker/{verden.amina}/invitasjon", 303)


def forms(app: Flask) -> list[str]:
    """Every address about a bruker that takes a form."""
    made = []
    for rule in app.url_map.iter_rules():
        if access.need_of(app, rule.endpoint).sak and "POST" in (rule.methods or ()):
            given = {name: _VALUES.get(name, uuid4()) for name in rule.arguments}
            made.append(rule.rule if not given else _filled(app, rule.endpoint, given))
    return made


_VALUES: dict[str, Any] = {
    "nummer": "ABCD-EFGH",
    "sporsmal_id": "bolig.fungerer",
    "tema_id": "bolig",
    "versjon": 1,
    "kind": "mote",
    "hva": "gjort",
}


def _filled(app: Flask, endpoint: str, given: dict[str, Any]) -> str:
    with app.test_request_context():
        return url_for(endpoint, **given)


def test_no_form_in_any_room_takes_a_reason_for_an_assignment(app: Flask, verden: Verden) -> None:
    """Walks every address there is, so that a room made tomorrow is held to it too."""
    found = forms(app)
    assert len(found) > 30
    for who in (verden.per, verden.leif):
        klient = with_reason(app, verden, who)
        for address in found:
            path = re.sub(r"/bruker/[0-9a-f-]{36}", f"/bruker/{verden.amina}", address)
            if who == verden.leif and path.rsplit("/", 1)[1] in {"overfor", "vikar"}:
                continue
            klient.post(path, {"tekst": "Jeg vil skrive her"}, 404)
    with reading() as db:
        by_them = db.scalars(
            select(Hendelse.type).where(
                Hendelse.bruker_id == verden.amina, Hendelse.aktor_id.in_([verden.per, verden.leif])
            )
        ).all()
    assert set(by_them) <= {"innsyn_begrunnet", "bruker_apnet"}
