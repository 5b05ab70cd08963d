"""S1: every page about a bruker that staff are shown is in the log, whatever way they ask for it."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from tests.klient import Klient
from tests.moter.avtaler import holdt
from tests.verden import Verden
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading


def opened(verden: Verden) -> list[str]:
    """The pages of Amina's that the log says were opened."""
    with reading() as db:
        rows = db.scalars(
            select(Hendelse)
            .where(Hendelse.bruker_id == verden.amina, Hendelse.type == "bruker_apnet")
            .order_by(Hendelse.lopenr)
        )
        return [str(row.innhold["side"]) for row in rows]


@pytest.mark.parametrize(
    ("page", "side"),
    [
        ("profil", "identitet_saker.profil"),
        ("overfor", "identitet_saker.overfor"),
        ("invitasjon", "identitet_saker.invitasjon"),
        ("mote/nytt", "moter_veileder.nytt"),
        ("mote/{mote}/notat", "moter_veileder.notat.skriv"),
    ],
)
@pytest.mark.parametrize("sent", [{"bytt_sprak": "nb"}, {"csrf_token": "gammel"}])
def test_a_page_that_comes_back_from_a_form_is_an_opening(
    veileder: Klient, verden: Verden, page: str, side: str, sent: dict[str, str]
) -> None:
    """A form that is not taken shows the page again, with the name and more: nobody reads on without a trace."""
    path = f"/veileder/bruker/{verden.amina}/{page.format(mote=holdt(verden))}"
    before = opened(verden)
    veileder.http.post(path, data=sent)
    assert opened(verden) == [*before, side]


def test_what_is_done_and_then_leads_on_is_no_opening_of_its_own(veileder: Klient, verden: Verden) -> None:
    """The page it leads to is."""
    veileder.post(f"/veileder/bruker/{verden.amina}/mote/{holdt(verden)}/notat", {"versjon": "0"})
    assert opened(verden) == []


def test_asking_for_the_head_of_a_page_is_an_opening(veileder: Klient, verden: Verden) -> None:
    veileder.http.head(f"/veileder/bruker/{verden.amina}/")
    assert len(opened(verden)) == 1


def test_an_opening_that_is_refused_is_none(app: Flask, verden: Verden) -> None:
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    per.post(f"/veileder/bruker/{verden.amina}/profil", {"bytt_sprak": "nb"})
    assert opened(verden) == []
