"""A forhåndsvarsel is told of at once, at half the time and two working days before; and what the office sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask

from tests.conftest import NOON
from tests.klient import Klient
from tests.paminnelse.conftest import Posttjener, rader, vil_ha_epost
from tests.varsel import verk
from tests.verden import Verden
from webapp.paminnelse import rules
from webapp.paminnelse.arbeider import Arbeider
from webapp.platform import clock, ids
from webapp.platform.dates import OSLO
from webapp.varsel import horing, service
from webapp.varsel.lesing import Sagt


@pytest.fixture(autouse=True)
def skjemanokkel(app: Flask) -> Iterator[None]:
    with verk.formnokkel(app):
        yield


@pytest.fixture
def sendt(verden: Verden) -> UUID:
    """A notice that was sent at noon."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    return verk.varslet(verden)


def planned() -> dict[str, datetime]:
    return {row.trinn: row.send_etter for row in rader(hendelse="varsel", kanal="fordel", tilstand="venter")}


def drain(app: Flask, nar: datetime) -> None:
    with clock.frozen(nar):
        Arbeider(app.extensions["medvirk.settings"]).drain()


def test_three_times_when_nothing_is_said(app: Flask, verden: Verden, sendt: UUID, posttjener: Posttjener) -> None:
    when = planned()
    assert set(when) == {"straks", "halvveis", "siste"}
    drain(app, NOON)
    assert len(posttjener.post) == 1
    drain(app, when["halvveis"] - timedelta(minutes=1))
    assert len(posttjener.post) == 1
    for trinn, number in (("halvveis", 2), ("siste", 3)):
        drain(app, rules.after_quiet(when[trinn], 21, 8))
        assert len(posttjener.post) == number
    drain(app, when["siste"] + timedelta(days=60))
    assert len(posttjener.post) == 3

    kari = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    page = kari.get(f"/veileder/bruker/{verden.amina}/varsel/{sendt}").text
    assert "Påminnelse sendt på e-post tirsdag 24. november kl. 12:00." in page
    assert "Den viser ikke at varselet er lest, og fristen løper ikke av den." in page
    assert "Lå på forsiden i Medvirk fra" in page
    assert "amina@example.org" not in page
    # U3: none of it has started the deadline.
    assert "Brukeren har ikke åpnet varselet." in page


def test_a_worker_that_was_away_tells_once_of_what_lies_there(
    app: Flask, verden: Verden, sendt: UUID, posttjener: Posttjener
) -> None:
    """Nobody ran it for more than half the time, or until the last reminder: one message, and the rest in its time."""
    when = planned()
    drain(app, rules.after_quiet(when["halvveis"], 21, 8))
    assert len(posttjener.post) == 1
    drain(app, when["siste"])
    assert len(posttjener.post) == 2


def test_after_it_has_arrived_the_deadline_that_stands_counts(
    app: Flask, verden: Verden, sendt: UUID, posttjener: Posttjener
) -> None:
    first = planned()
    opened = NOON + timedelta(days=6)
    drain(app, NOON)
    with clock.frozen(opened):
        Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina).get(f"/varsel/{sendt}")
    drain(app, first["siste"])
    both = planned()
    assert both["siste"] > first["siste"]
    before = len(posttjener.post)
    drain(app, both["siste"])
    assert len(posttjener.post) == before + 1
    assert {row.tilstand for row in rader(hendelse="varsel", trinn="siste", kanal="fordel")} == {"avlyst", "sendt"}


def test_who_has_answered_is_reminded_of_nothing(
    app: Flask, verden: Verden, sendt: UUID, posttjener: Posttjener
) -> None:
    when = planned()
    drain(app, NOON)
    with clock.frozen(NOON + timedelta(hours=1)):
        verk.si(verden, sendt)
    drain(app, when["siste"] + timedelta(days=3))
    assert len(posttjener.post) == 1
    assert {row.tilstand for row in rader(hendelse="varsel")} == {"sendt", "avlyst"}


def test_what_the_office_answers_writes_down_and_closes_is_told(
    app: Flask, verden: Verden, sendt: UUID, posttjener: Posttjener
) -> None:
    """With the same words as everything (S6), and not when the bruker has been there already."""
    drain(app, NOON)
    verk.si(verden, sendt, ord="", onsker=("tolk", "samtale"))
    for hour, told in ((1, 2), (2, 3)):
        with clock.frozen(NOON + timedelta(hours=hour)):
            verk.svar(verden, sendt)
        drain(app, NOON + timedelta(hours=hour, minutes=30))
        assert len(posttjener.post) == told
    said = Sagt(["sykdom"], "Han var syk", "")
    with clock.frozen(NOON + timedelta(hours=3)):
        oral = horing.write_down(verk.kari(verden), verk.sak(verden), sendt, ids.new_id(), said, "nb")
        horing.correct(verk.amina(verden), sendt, oral, ids.new_id(), said)  # seen, and confirmed
    drain(app, NOON + timedelta(hours=3, minutes=30))
    assert len(posttjener.post) == 3
    with clock.frozen(NOON + timedelta(hours=4)):
        horing.write_down(verk.kari(verden), verk.sak(verden), sendt, ids.new_id(), said, "nb")
    drain(app, NOON + timedelta(hours=4, minutes=30))
    assert len(posttjener.post) == 4
    with clock.frozen(NOON + timedelta(hours=5)):
        service.close(verk.kari(verden), verk.sak(verden), sendt, ids.new_id(), "ordnet", "Vi har snakket sammen.")
    drain(app, NOON + timedelta(hours=5, minutes=30))
    assert len(posttjener.post) == 5
    assert len({str(one) for one in {row.trinn for row in rader(hendelse="varsel")}}) == 6


def test_at_once_waits_for_the_morning(app: Flask, verden: Verden, posttjener: Posttjener) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    evening = datetime(2026, 11, 24, 21, 0, tzinfo=UTC)
    with clock.frozen(evening):
        verk.varslet(verden)
    drain(app, evening)
    assert posttjener.post == []
    drain(app, datetime(2026, 11, 25, 7, 0, tzinfo=UTC))
    assert len(posttjener.post) == 1


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (date(2026, 12, 11), date(2026, 12, 9)),  # Friday: Wednesday
        (date(2026, 12, 14), date(2026, 12, 10)),  # Monday: Thursday
        (date(2026, 12, 13), date(2026, 12, 10)),  # a Sunday counts back over Friday
        (date(2026, 12, 28), date(2026, 12, 23)),  # over Christmas: the 24th is a working day, the 25th is not
        (date(2026, 4, 7), date(2026, 3, 31)),  # over Easter
    ],
)
def test_two_working_days_before(last: date, expected: date) -> None:
    over = datetime.combine(last + timedelta(days=1), datetime.min.time(), OSLO)
    assert rules.two_days_before(over) == datetime.combine(expected, rules.IN_THE_MORNING, OSLO)


@pytest.mark.parametrize(
    ("moment", "fra", "til", "then"),
    [
        ("2026-11-24T21:00", 21, 8, "2026-11-25T08:00"),
        ("2026-11-24T20:59", 21, 8, "2026-11-24T20:59"),
        ("2026-11-25T07:59", 21, 8, "2026-11-25T08:00"),
        ("2026-11-25T08:00", 21, 8, "2026-11-25T08:00"),
        ("2026-11-25T12:00", 9, 15, "2026-11-25T15:00"),
        ("2026-11-25T12:00", 8, 8, "2026-11-25T12:00"),
        ("2026-03-28T23:00", 21, 8, "2026-03-29T08:00"),  # the night the clock goes forward
        ("2026-10-24T23:00", 21, 8, "2026-10-25T08:00"),  # and back
    ],
)
def test_quiet_hours(moment: str, fra: int, til: int, then: str) -> None:
    start = datetime.fromisoformat(moment).replace(tzinfo=OSLO).astimezone(UTC)
    assert rules.after_quiet(start, fra, til) == datetime.fromisoformat(then).replace(tzinfo=OSLO)


@pytest.mark.parametrize(
    ("moment", "fra", "til", "then"),
    [
        ("2026-11-24T20:59", 21, 8, "2026-11-24T21:00"),
        ("2026-11-25T08:00", 21, 8, "2026-11-25T21:00"),
        ("2026-11-25T23:30", 0, 6, "2026-11-26T00:00"),
        ("2026-11-25T15:00", 9, 15, "2026-11-26T09:00"),
        ("2026-03-29T01:59", 2, 8, "2026-03-29T03:00"),  # the hour that is not there
        ("2026-11-25T12:00", 8, 8, None),
    ],
)
def test_when_the_next_quiet_hours_begin(moment: str, fra: int, til: int, then: str | None) -> None:
    start = datetime.fromisoformat(moment).replace(tzinfo=OSLO).astimezone(UTC)
    expected = datetime.fromisoformat(then).replace(tzinfo=OSLO) if then else None
    assert rules.next_quiet(start, fra, til) == expected
