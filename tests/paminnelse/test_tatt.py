"""What a worker has taken and not sent yet: night comes, somebody chooses anew, a lease is over, a server is slow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask, g
from sqlalchemy import delete

from tests.conftest import NOON
from tests.paminnelse.conftest import Posttjener, rader, som_bruker, vil_ha_epost
from tests.paminnelse.test_epost import legg_prove
from tests.paminnelse.test_push import Nettleser
from tests.paminnelse.tjener import tjener
from tests.verden import Verden
from webapp.paminnelse import abonnement, avmelding, ko, rules, service, uttak
from webapp.paminnelse.arbeider import Arbeider
from webapp.paminnelse.kanaler import Brev
from webapp.platform import clock, ids, utboks
from webapp.platform.database import writing
from webapp.platform.utboks import Hendelse, Kanal, Utboks

SECOND = timedelta(seconds=1)
NIGHT = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)  # nine in the evening in Oslo
MORNING = datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
ME = UUID(int=7)


@pytest.fixture(autouse=True)
def skjemanokkel(app: Flask) -> Iterator[None]:
    """Services that write are called from requests with a form key."""
    with app.test_request_context():
        g.form_key_ok, g.sprak = True, "nb"
        yield


def legg(verden: Verden, nar: datetime, kanal: Kanal = Kanal.EPOST, mal_id: UUID = utboks.NONE) -> None:
    """News for Amina that goes straight to a channel; not a try, which is sent at night too."""
    new = ids.new_id(), {"straks": nar}
    with writing(unverified=True) as db:
        utboks.legg(db, verden.kommune_id, Hendelse.MERKNAD, *new, bruker_id=verden.amina, kanal=kanal, mal_id=mal_id)


def tatt(verden: Verden, nar: datetime, kanal: Kanal = Kanal.EPOST) -> list[Brev]:
    with clock.frozen(nar):
        return uttak.claim(verden.kommune_id, ME, [kanal], "http://localhost").brev


def gar(letter: Brev, nar: datetime) -> bool:
    """Whether it may still be handed over then."""
    with clock.frozen(nar):
        try:
            ko.point(ME, letter)
        except ko.Mistet:
            return False
        return True


def test_what_was_taken_in_the_evening_does_not_go_at_night(
    verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    legg(verden, NIGHT - 10 * SECOND)
    [letter] = tatt(verden, NIGHT - 10 * SECOND)
    assert letter.til == NIGHT
    assert not gar(letter, NIGHT)
    for later, number in ((NIGHT + SECOND, 0), (MORNING - SECOND, 0), (MORNING, 1)):
        with clock.frozen(later):
            arbeider.drain()
        assert len(posttjener.post) == number


def test_a_try_asked_for_in_the_evening_goes_at_night(verden: Verden) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    legg_prove(verden, verden.amina)
    [letter] = tatt(verden, NIGHT - SECOND)
    assert gar(letter, NIGHT + SECOND)


def test_a_worker_that_slept_sends_nothing_of_what_it_had(verden: Verden) -> None:
    """Also when no other worker has taken it back meanwhile."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    legg(verden, NOON)
    [letter] = tatt(verden, NOON)
    assert not gar(letter, NOON + rules.LEASE)
    assert gar(letter, NOON + rules.LEASE - SECOND)


def test_who_chooses_anew_is_asked_anew(verden: Verden, arbeider: Arbeider, posttjener: Posttjener) -> None:
    """Another address, quiet hours, or none at all any more: what was taken before that goes back in the queue."""
    ways: list[Callable[[], None]] = [
        lambda: vil_ha_epost(verden.kommune_id, verden.amina, "ny@example.org"),
        lambda: vil_ha_epost(verden.kommune_id, verden.amina, "ny@example.org", stille=(14, 15)),
        lambda: avmelding.turn_off(verden.kommune_id, verden.amina),
    ]
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    for number, way in enumerate(ways):
        with writing(unverified=True) as db:
            db.execute(delete(Utboks))
        now = NOON + number * timedelta(hours=2)
        legg(verden, now)
        [letter] = tatt(verden, now)
        with clock.frozen(now + SECOND):
            way()
        assert not gar(letter, now + 2 * SECOND)
        ko.give_back(verden.kommune_id, ME, [letter.id])
        with clock.frozen(now + 3 * SECOND):
            arbeider.drain()
    assert [mail["til"] for mail in posttjener.post] == [["ny@example.org"]]
    assert [row.tilstand for row in rader()] == ["avlyst"]


def test_what_was_taken_for_a_phone_is_not_shown_to_whoever_took_it_over(verden: Verden) -> None:
    """K10: their first choice of all, so there is no earlier one to compare with."""
    with tjener() as server:
        phone = Nettleser.ny(server.url("/push")).abonnement
        row_id = abonnement.add(som_bruker(verden.kommune_id, verden.amina), phone)
        legg(verden, NOON, Kanal.PUSH, row_id)
        [letter] = tatt(verden, NOON, Kanal.PUSH)
        abonnement.add(som_bruker(verden.kommune_id, verden.jonas), phone)
        assert not gar(letter, NOON + SECOND)


def test_a_slow_server_gets_a_few_at_a_time_each_while_it_is_fresh(
    verden: Verden, arbeider: Arbeider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fifteen seconds for every answer: what is begun late in the lease would be over before it is handed over."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    for _number in range(12):
        legg_prove(verden, verden.amina)
    moment = NOON
    monkeypatch.setattr(clock, "now", lambda: moment)
    sent: list[UUID] = []

    class Slow:
        def send(self, brev: Brev, point: Callable[[], None]) -> str:
            nonlocal moment
            moment += 15 * SECOND
            point()  # raises Mistet when the lease is over
            sent.append(brev.id)
            return "250"

        def close(self) -> None:
            pass

    monkeypatch.setattr(arbeider, "_sender", lambda _kanal: Slow())
    done = []
    while step := arbeider.once():
        done.append(step)
    assert sum(done) == len(sent) == len(set(sent)) == 12
    assert done == [4, 4, 4]
    assert {row.tilstand for row in rader()} == {"sendt"}
    assert service.overview(verden.kommune_id).venter == {}
