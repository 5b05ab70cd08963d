"""The once key of what the bruker says about a meeting: the same thing is said once, and other words are never lost."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import NOON
from tests.kartlegging.veileder_levert import som_bruker
from tests.klient import Klient
from tests.moter.avtaler import avtalt, holdt, kari, sak
from tests.verden import Verden
from webapp.moter import kommentar, notat, stemme
from webapp.moter.models import Motevurdering, Notatkommentar
from webapp.platform import clock, ids
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading

NOKKEL = "018f00000000700080000000000000aa"
GREIT, REDD = {"ansikt": "3", "tekst": "Greit"}, {"ansikt": "1", "tekst": "Jeg ble redd"}


def holdt_og_delt(verden: Verden) -> UUID:
    mote_id = holdt(verden)
    notat.save(kari(verden), sak(verden), mote_id, 0, {"bosituasjon": "Slik ble det"})
    notat.share(kari(verden), sak(verden), mote_id, 1)
    return mote_id


def vurderinger(verden: Verden, mote_id: UUID) -> list[tuple[int, str]]:
    """Every rating of a meeting, in the order they came."""
    seal = verden.seal(verden.amina)
    with reading() as db:
        rows = db.scalars(select(Motevurdering).where(Motevurdering.mote_id == mote_id).order_by(Motevurdering.laget))
        return [(row.ansikt, seal.open(row.tekst, stemme._rating_place(row))) for row in rows]


def kommentarer(verden: Verden, mote_id: UUID) -> list[str]:
    (shared,) = notat.shared(verden.kommune_id, verden.amina, verden.seal(verden.amina), mote_id)
    return [one.tekst for one in shared.kommentarer]


def test_other_words_in_a_rating_from_the_same_form_are_kept_and_count(bruker: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    for minute, said in enumerate((GREIT, GREIT, REDD, REDD, {"ansikt": "2", "tekst": "Greit"})):
        with clock.frozen(NOON + timedelta(minutes=minute)):
            bruker.post(f"/moter/{mote_id}/vurdering", {**said, "nokkel": NOKKEL}, 303)
    assert vurderinger(verden, mote_id) == [(3, "Greit"), (1, "Jeg ble redd"), (2, "Greit")]
    latest = stemme.rating(verden.kommune_id, verden.amina, verden.seal(verden.amina), mote_id)
    assert latest is not None
    assert (latest.ansikt, latest.tekst) == (2, "Greit")
    with reading() as db:
        assert len(db.scalars(select(Hendelse).where(Hendelse.type == "mote_vurdert")).all()) == 3


def test_the_same_words_about_another_meeting_are_about_that_one(bruker: Klient, verden: Verden) -> None:
    one, other = holdt_og_delt(verden), holdt_og_delt(verden)
    for mote_id in (one, other, other):
        bruker.post(f"/moter/{mote_id}/vurdering", {**GREIT, "nokkel": NOKKEL}, 303)
        bruker.post(f"/moter/{mote_id}/notat", {"tekst": "Ikke slik", "nokkel": NOKKEL}, 303)
    for mote_id in (one, other):
        assert vurderinger(verden, mote_id) == [(3, "Greit")]
        assert kommentarer(verden, mote_id) == ["Ikke slik"]


def test_a_key_that_is_somebody_elses_hides_nothing(app: Flask, bruker: Klient, verden: Verden) -> None:
    theirs = holdt(verden, bruker_id=verden.jonas)
    jonas = som_bruker(verden, verden.jonas)
    stemme.rate(jonas, theirs, UUID(hex=NOKKEL), 3, "Greit")
    mote_id = holdt(verden)
    bruker.post(f"/moter/{mote_id}/vurdering", {**GREIT, "nokkel": NOKKEL}, 303)
    assert vurderinger(verden, mote_id) == [(3, "Greit")]


Si = Callable[[Verden, UUID, UUID], None]


def _rate(verden: Verden, mote_id: UUID, nokkel: UUID) -> None:
    stemme.rate(som_bruker(verden), mote_id, nokkel, 3, "Greit")


def _comment(verden: Verden, mote_id: UUID, nokkel: UUID) -> None:
    kommentar.comment(som_bruker(verden), mote_id, nokkel, "Ikke slik")


@pytest.mark.parametrize(("si", "table"), [(_rate, Motevurdering), (_comment, Notatkommentar)])
@pytest.mark.parametrize("meetings", [1, 2])
def test_one_key_twice_at_once(
    app: Flask, verden: Verden, si: Si, table: type[Motevurdering | Notatkommentar], meetings: int
) -> None:
    about = [holdt_og_delt(verden) for _n in range(meetings)]
    nokkel = ids.new_id()

    def send(mote_id: UUID) -> None:
        with app.app_context():
            si(verden, mote_id, nokkel)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, about * (4 // meetings)))
    with reading() as db:
        assert len(db.scalars(select(table)).all()) == meetings


def test_what_to_take_up_twice_at_once_stands_once_and_other_words_are_told_of(app: Flask, verden: Verden) -> None:
    mote_id = avtalt(verden)

    def send(words: str) -> str:
        with app.app_context():
            try:
                return stemme.set_agenda(som_bruker(verden), mote_id, words, "").tekst
            except stemme.Changed as changed:
                return f"{words}: {changed.other.tekst} står der"

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, ["Husleia"] * 2)) == ["Husleia"] * 2
    assert send("Jobb") == "Jobb: Husleia står der"
