"""The same words are not sent five times, and no news is lost with a message that never went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from tests.conftest import NOON
from tests.paminnelse.conftest import Posttjener, rader, vil_ha_epost
from tests.verden import Verden
from webapp.paminnelse import aktuelt, fordeling, rules, service, uttak
from webapp.paminnelse.aktuelt import Aktuelt
from webapp.paminnelse.arbeider import Arbeider
from webapp.platform import clock, ids, utboks
from webapp.platform.database import writing
from webapp.platform.utboks import Hendelse, Tilstand, Utboks


@pytest.fixture
def amina(verden: Verden, monkeypatch: pytest.MonkeyPatch) -> Verden:
    """Amina wants e-mail, and every room says that its news is still of interest."""
    rooms: dict[Hendelse, Aktuelt] = dict.fromkeys(Hendelse, aktuelt._always)
    monkeypatch.setattr(aktuelt, "_rooms", lambda: rooms)
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org", stille=(0, 0))
    return verden


def skjer(verden: Verden, nar: datetime, hendelse: Hendelse = Hendelse.MERKNAD) -> UUID:
    ref = ids.new_id()
    with clock.frozen(nar), writing(unverified=True) as db:
        when = {"straks": rules.gathered(nar)}
        utboks.legg(db, verden.kommune_id, hendelse, ref, when, bruker_id=verden.amina)
    return ref


def drain(minutes: float) -> None:
    with clock.frozen(NOON + timedelta(minutes=minutes)):
        Arbeider(service.settings()).drain()


def states(refs: Sequence[UUID]) -> list[tuple[str, str]]:
    return [(row.tilstand, row.kode) for ref in refs for row in rader(ref=ref, kanal="epost")]


@pytest.mark.parametrize("ending", [Tilstand.AVLYST, Tilstand.DOD, Tilstand.UVISS])
def test_news_is_told_when_the_message_before_it_never_went(
    amina: Verden, posttjener: Posttjener, ending: Tilstand
) -> None:
    posttjener.behave(svar={"RCPT": "450 later"})
    first, second = skjer(amina, NOON), skjer(amina, NOON + timedelta(minutes=1))
    drain(11)
    assert [state for state, _kode in states([first, second])] == ["venter", "venter"]
    with writing(unverified=True) as db:
        one = (Utboks.kommune_id == amina.kommune_id, Utboks.ref == first, Utboks.kanal == "epost")
        db.execute(update(Utboks).where(*one).values(tilstand=ending.value))
    posttjener.behave()
    drain(15)
    assert len(posttjener.post) == 1
    assert states([second]) == [("sendt", "250")]


def test_one_message_when_the_first_goes_at_its_second_try(amina: Verden, posttjener: Posttjener) -> None:
    posttjener.behave(svar={"RCPT": "450 later"})
    refs = [skjer(amina, NOON + timedelta(minutes=minute)) for minute in range(3)]
    drain(13)
    posttjener.behave()
    drain(16)
    drain(300)
    assert len(posttjener.post) == 1
    assert sorted(states(refs)) == [("avlyst", "samlet"), ("avlyst", "samlet"), ("sendt", "250")]


def test_what_happens_after_a_message_was_sent_is_told(amina: Verden, posttjener: Posttjener) -> None:
    first = skjer(amina, NOON)
    drain(10)
    second = skjer(amina, NOON + timedelta(minutes=11))
    drain(21)
    assert len(posttjener.post) == 2
    assert states([first, second]) == [("sendt", "250")] * 2


def test_a_day_that_was_planned_long_ago_counts_from_that_day(amina: Verden, posttjener: Posttjener) -> None:
    """K7: the offer of a year ago is not told by a message of five minutes before."""
    offer = ids.new_id()
    year = NOON + timedelta(days=365)
    with writing(unverified=True) as db:
        utboks.legg(db, amina.kommune_id, Hendelse.MINI, offer, {"tilbud": year}, bruker_id=amina.amina)
    with clock.frozen(year - timedelta(minutes=5)):
        skjer(amina, year - timedelta(minutes=15))
        Arbeider(service.settings()).drain()
        assert len(posttjener.post) == 1
    with clock.frozen(year):
        Arbeider(service.settings()).drain()
    assert len(posttjener.post) == 2


def test_each_step_of_a_klage_by_itself_and_it_tells_of_the_rest(amina: Verden, posttjener: Posttjener) -> None:
    remark = skjer(amina, NOON)
    for minute in (1, 2):
        skjer(amina, NOON + timedelta(minutes=minute), Hendelse.KLAGE)
    drain(13)
    assert len(posttjener.post) == 2
    assert states([remark]) == [("avlyst", "samlet")]


def test_news_is_not_told_by_a_message_from_a_time_that_has_not_come(amina: Verden, posttjener: Posttjener) -> None:
    """The clock was an hour ahead when the first one went, and has been put right."""
    first = skjer(amina, NOON + timedelta(minutes=50))
    drain(60)
    second = skjer(amina, NOON + timedelta(minutes=5))
    drain(15)
    assert len(posttjener.post) == 2
    assert states([first, second]) == [("sendt", "250")] * 2


def test_a_batch_of_news_that_has_been_told_holds_nobody_up(
    amina: Verden, posttjener: Posttjener, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker rests when there is nothing to do, and not because nothing of a batch was to be sent."""
    monkeypatch.setattr(uttak, "BATCH", 3)
    for _number in range(20):
        skjer(amina, NOON)
    vil_ha_epost(amina.kommune_id, amina.jonas, "jonas@example.org", stille=(0, 0))
    with clock.frozen(NOON), writing(unverified=True) as db:
        when = {"straks": NOON + timedelta(minutes=10)}
        utboks.legg(db, amina.kommune_id, Hendelse.MERKNAD, ids.new_id(), when, bruker_id=amina.jonas)
    drain(10)
    assert [mail["til"] for mail in posttjener.post] == [["amina@example.org"], ["jonas@example.org"]]


def test_what_another_worker_is_about_to_send_is_waited_for(amina: Verden, posttjener: Posttjener) -> None:
    first = skjer(amina, NOON)
    with clock.frozen(NOON + timedelta(minutes=10)):
        fordeling.distribute(amina.kommune_id, service.settings().kanaler)
        uttak.claim(amina.kommune_id, ids.new_id(), [utboks.Kanal.EPOST], "http://localhost")
    second = skjer(amina, NOON + timedelta(minutes=1))
    drain(11)
    assert posttjener.post == []
    assert [state for state, _kode in states([first, second])] == ["tatt", "venter"]
    drain(20)  # it was dead
    assert len(posttjener.post) == 1
