"""What is due when, for whom, and whether it still matters: fan-out, night, clocks, a mail server away for a day."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, g

from tests.conftest import NOON
from tests.paminnelse.conftest import Posttjener, bevis, rader, som_bruker, vil_ha_epost
from tests.paminnelse.test_epost import legg_prove
from tests.paminnelse.tjener import tjener
from tests.verden import Verden
from webapp.identitet import nokler
from webapp.identitet.adgang import Sak
from webapp.kanaloppsett import Kanaler, Sms
from webapp.moter import service as moter
from webapp.moter.forms import Avtale
from webapp.paminnelse import ko, rules, rydding, service, uttak
from webapp.paminnelse.arbeider import Arbeider
from webapp.paminnelse.models import Paminnelsevalg
from webapp.platform import access, clock, ids, utboks
from webapp.platform.access import Rolle
from webapp.platform.database import reading, writing
from webapp.platform.utboks import Hendelse, Kanal

TEN = timedelta(minutes=10)


@pytest.fixture(autouse=True)
def skjemanokkel(app: Flask) -> Iterator[None]:
    """Services that write are called from requests with a form key."""
    with app.test_request_context():
        g.form_key_ok, g.sprak = True, "nb"
        yield


@pytest.fixture
def kari(verden: Verden) -> access.Ansatt:
    return access.Ansatt(verden.kommune_id, verden.kari, verden.nord, ids.new_id(), "nb", Rolle.VEILEDER, "Kari Test")


@pytest.fixture
def sak(verden: Verden) -> Sak:
    seal = verden.seal(verden.amina)
    return Sak(verden.kommune_id, verden.amina, verden.nord, "amina", "nb", seal, tildelt=True)


def avtale(nar: datetime) -> Avtale:
    return Avtale(nar, 45, "kontor", "Testvik", "")


def drain(arbeider: Arbeider, nar: datetime) -> None:
    with clock.frozen(nar):
        arbeider.drain()


def test_a_meeting_the_day_before(
    verden: Verden, kari: access.Ansatt, sak: Sak, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    friday = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
    mote_id = moter.agree(kari, sak, ids.new_id(), avtale(friday))
    [row] = rader()
    assert (row.hendelse, row.send_etter) == ("mote", datetime(2026, 11, 26, 9, 0, tzinfo=UTC))  # ten in Oslo
    drain(arbeider, datetime(2026, 11, 26, 8, 59, tzinfo=UTC))
    assert posttjener.post == []

    # Moved to the day after: told of soon, nothing on Thursday, once on Friday.
    moter.change(kari, sak, mote_id, avtale(friday + timedelta(days=1)))
    drain(arbeider, NOON + rules.GATHER)
    drain(arbeider, datetime(2026, 11, 26, 9, 1, tzinfo=UTC))
    assert len(posttjener.post) == 1
    drain(arbeider, datetime(2026, 11, 27, 9, 1, tzinfo=UTC))
    assert len(posttjener.post) == 2
    assert sorted((row.trinn, row.tilstand, row.versjon, row.kanal) for row in rader()) == [
        ("flyttet", "sendt", 1, "epost"),
        ("flyttet", "sendt", 1, "fordel"),
        ("i_morgen", "avlyst", 0, "fordel"),
        ("i_morgen", "sendt", 1, "epost"),
        ("i_morgen", "sendt", 1, "fordel"),
    ]
    assert [(one.kanal, one.resultat) for one in bevis(ref=mote_id)] == [
        ("medvirk", "synlig"),
        ("epost", "sendt"),
        ("medvirk", "synlig"),
        ("epost", "sendt"),
    ]


@pytest.mark.parametrize(
    ("days", "new_days", "looked"),
    [
        pytest.param(7, 1, (rules.GATHER, timedelta(days=1)), id="moved to tomorrow"),
        pytest.param(3, 4, (timedelta(days=3),), id="the worker was away"),
    ],
)
def test_a_move_and_the_reminder_of_the_day_before_are_one_message(
    verden: Verden,
    kari: access.Ansatt,
    sak: Sak,
    arbeider: Arbeider,
    posttjener: Posttjener,
    days: int,
    new_days: int,
    looked: tuple[timedelta, ...],
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    mote_id = moter.agree(kari, sak, ids.new_id(), avtale(NOON + timedelta(days=days)))
    moter.change(kari, sak, mote_id, avtale(NOON + timedelta(days=new_days)))
    for later in looked:
        drain(arbeider, NOON + later)
    assert len(posttjener.post) == 1


@pytest.mark.parametrize(
    ("change", "messages"),
    [(("kontor", "Rom 7", ""), 2), (("telefon", "Testvik", ""), 2), (("kontor", "Testvik", "Ta med ID"), 1)],
    ids=["place", "form", "message"],
)
def test_a_meeting_in_another_place_is_told_of(
    verden: Verden,
    kari: access.Ansatt,
    sak: Sak,
    arbeider: Arbeider,
    posttjener: Posttjener,
    change: tuple[str, str, str],
    messages: int,
) -> None:
    """Whoever had been reminded goes where it was. Words alone wait until they open Medvirk."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    nar = NOON + timedelta(hours=20)
    mote_id = moter.agree(kari, sak, ids.new_id(), avtale(nar))
    drain(arbeider, NOON)
    moter.change(kari, sak, mote_id, Avtale(nar, 45, *change))
    drain(arbeider, NOON + rules.GATHER)
    assert len(posttjener.post) == messages


def test_nobody_comes_in_vain(
    verden: Verden, kari: access.Ansatt, sak: Sak, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    """Whoever has been told of a meeting is told that it is cancelled; one that has been is no news."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    nar = NOON + timedelta(days=1)
    mote_id = moter.agree(kari, sak, ids.new_id(), avtale(nar))
    drain(arbeider, NOON)
    assert len(posttjener.post) == 1
    moter.cancel(kari, sak, mote_id, "Avlyst.")
    drain(arbeider, NOON + rules.GATHER)
    assert len(posttjener.post) == 2
    drain(arbeider, NOON + timedelta(hours=1))
    late = moter.agree(kari, sak, ids.new_id(), avtale(NOON + timedelta(hours=2)))
    with clock.frozen(NOON + timedelta(hours=3)):
        moter.cancel(kari, sak, late, "Avlyst.")
    drain(arbeider, NOON + timedelta(hours=4))
    assert len(posttjener.post) == 2


def test_of_a_cancelled_meeting_only_that_is_told(
    verden: Verden, kari: access.Ansatt, sak: Sak, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    nar = NOON + timedelta(days=3)
    mote_id = moter.agree(kari, sak, ids.new_id(), avtale(nar))
    # The mail server is away when it is due, and the meeting is cancelled before it is back.
    posttjener.stop()
    drain(arbeider, nar - timedelta(days=1))
    assert [row.tilstand for row in rader()] == ["sendt", "venter"]
    moter.cancel(kari, sak, mote_id, "Avlyst.")
    posttjener.start()
    drain(Arbeider(service.settings()), nar - timedelta(hours=20))
    assert len(posttjener.post) == 1
    assert sorted((row.trinn, row.tilstand, row.kanal) for row in rader()) == [
        ("avlyst", "sendt", "epost"),
        ("avlyst", "sendt", "fordel"),
        ("i_morgen", "avlyst", "epost"),
        ("i_morgen", "sendt", "fordel"),
    ]


def test_everything_arrives_after_a_day_without_mail_server(
    verden: Verden, kari: access.Ansatt, sak: Sak, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org", stille=(0, 0))
    refs = [legg_prove(verden, verden.amina) for _number in range(60)]
    posttjener.stop()
    settings = service.settings()
    for minutes in range(0, 24 * 60, 30):
        drain(Arbeider(settings), NOON + timedelta(minutes=minutes))
    # It is not their fault: nothing is used up of what each is allowed.
    assert {(row.tilstand, row.forsok) for row in rader()} == {("venter", 0)}
    assert {row.kode for row in rader()} == {"", "ConnectionRefusedErr"}
    posttjener.start()
    drain(Arbeider(settings), NOON + timedelta(days=1))
    assert len(posttjener.post) == len(refs) == len({mail["id"] for mail in posttjener.post})
    assert {row.tilstand for row in rader()} == {"sendt"}


def test_what_is_too_old_is_given_up_and_the_matter_says_so(verden: Verden, posttjener: Posttjener) -> None:
    """U3: also when nothing was ever tried, because the mail server was away, or is not set up any more."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org", stille=(0, 0))
    away = legg_prove(verden, verden.amina)
    posttjener.stop()
    drain(Arbeider(service.settings()), NOON + timedelta(days=8))
    assert [(row.resultat, row.kode) for row in bevis(ref=away)] == [("avvist", "ConnectionRefusedErr")]
    off = legg_prove(verden, verden.amina)
    with clock.frozen(NOON + timedelta(days=15)):
        rydding.tidy()
    assert [(row.tilstand, row.kode) for row in rader(ref=off)] == [("dod", "kanal-av")]
    assert [(row.kanal, row.resultat, row.kode) for row in bevis(ref=off)] == [("epost", "avvist", "kanal-av")]


def test_a_channel_that_is_away_is_left_alone_for_a_while(
    verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    for _number in range(3):
        legg_prove(verden, verden.amina)
    posttjener.stop()
    assert arbeider.drain() == 1  # one was tried, and the two others were given back
    assert arbeider.drain() == 0
    posttjener.start()
    assert arbeider.drain() == 0  # this worker rests for five seconds yet
    assert Arbeider(service.settings()).drain() == 3


def test_at_night_nothing_is_sent(verden: Verden, arbeider: Arbeider, posttjener: Posttjener) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    night = datetime(2026, 11, 24, 21, 30, tzinfo=UTC)  # half past ten in the evening in Oslo
    with writing() as db:
        utboks.legg(db, verden.kommune_id, Hendelse.MERKNAD, ids.new_id(), {"straks": night}, bruker_id=verden.amina)
    drain(arbeider, night)
    assert [row.kanal for row in rader()] == ["fordel", "epost"]
    assert rader()[1].neste_forsok == datetime(2026, 11, 25, 7, 0, tzinfo=UTC)
    drain(arbeider, datetime(2026, 11, 25, 6, 59, tzinfo=UTC))
    assert posttjener.post == []
    drain(arbeider, datetime(2026, 11, 25, 7, 0, tzinfo=UTC))
    assert len(posttjener.post) == 1


def test_five_remarks_in_a_row_are_one_message(verden: Verden, arbeider: Arbeider, posttjener: Posttjener) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    for minute in range(5):
        with clock.frozen(NOON + timedelta(minutes=minute)), writing() as db:
            when = {"straks": rules.gathered(clock.now())}
            utboks.legg(db, verden.kommune_id, Hendelse.MERKNAD, ids.new_id(), when, bruker_id=verden.amina)
    for minute in range(9, 30):
        drain(arbeider, NOON + timedelta(minutes=minute))
    assert len(posttjener.post) == 1
    assert len(bevis(kanal="medvirk")) == 5
    # The next day there is news again.
    with clock.frozen(NOON + timedelta(days=1)), writing() as db:
        when = {"straks": clock.now()}
        utboks.legg(db, verden.kommune_id, Hendelse.MERKNAD, ids.new_id(), when, bruker_id=verden.amina)
    drain(arbeider, NOON + timedelta(days=1))
    assert len(posttjener.post) == 2


def test_nothing_is_put_in_twice(verden: Verden) -> None:
    ref = ids.new_id()
    for expected in (2, 0):
        with writing() as db:
            when = {"straks": NOON, "igjen": NOON}
            assert utboks.legg(db, verden.kommune_id, Hendelse.VILKAR, ref, when, bruker_id=verden.amina) == expected


def test_without_a_choice_only_the_front_page(verden: Verden, arbeider: Arbeider, posttjener: Posttjener) -> None:
    with writing() as db:
        utboks.legg(db, verden.kommune_id, Hendelse.MERKNAD, ids.new_id(), {"straks": NOON}, bruker_id=verden.amina)
    arbeider.drain()
    assert posttjener.post == []
    assert [(one.kanal, one.resultat) for one in bevis()] == [("medvirk", "synlig")]


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(hours=-3), timedelta(hours=3), timedelta(days=5)])
def test_a_clock_that_jumps_sends_nothing_twice_and_loses_nothing(
    verden: Verden, arbeider: Arbeider, posttjener: Posttjener, jump: timedelta
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org", stille=(0, 0))
    legg_prove(verden, verden.amina)
    arbeider.drain()
    posttjener.behave(svar={"RCPT": "450 later"})
    legg_prove(verden, verden.amina)
    arbeider.drain()  # waits for its second try
    posttjener.behave()
    with clock.frozen(NOON + jump):
        arbeider.drain()
    drain(arbeider, NOON + timedelta(hours=1))
    assert len(posttjener.post) == 2
    assert {row.tilstand for row in rader()} == {"sendt"}


def test_what_waits_for_a_morning_far_ahead_goes_when_the_clock_is_right_again(
    verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    """Put off by the quiet hours of a day that was not: before any try, so nothing counts."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    with writing() as db:
        utboks.legg(db, verden.kommune_id, Hendelse.MERKNAD, ids.new_id(), {"straks": NOON}, bruker_id=verden.amina)
    drain(arbeider, datetime(2027, 11, 24, 21, 30, tzinfo=UTC))
    assert [(row.tilstand, row.forsok, row.neste_forsok.year) for row in rader(kanal="epost")] == [("venter", 0, 2027)]
    drain(arbeider, NOON + timedelta(minutes=1))
    assert len(posttjener.post) == 1


def test_what_is_dropped_while_the_clock_is_weeks_ahead_is_told_in_its_time(
    verden: Verden, kari: access.Ansatt, sak: Sak, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    """By that clock the meeting had been. When it is right again, it has not."""
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    mote_id = moter.agree(kari, sak, ids.new_id(), avtale(NOON + timedelta(days=7)))
    drain(arbeider, NOON + timedelta(days=30))
    assert [row.tilstand for row in rader(ref=mote_id)] == ["avlyst"]
    drain(arbeider, NOON + timedelta(days=1))
    assert posttjener.post == []
    drain(arbeider, NOON + timedelta(days=6))
    assert len(posttjener.post) == 1
    drain(arbeider, NOON + timedelta(days=30))
    assert len(posttjener.post) == 1


def test_a_worker_thought_dead_by_a_clock_that_jumped_does_not_send_what_another_has_taken(
    verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    legg_prove(verden, verden.amina)
    mine = ids.new_id()
    taken = uttak.claim(verden.kommune_id, mine, [Kanal.EPOST], "http://localhost")
    with clock.frozen(NOON + timedelta(hours=2)):
        arbeider.drain()  # the other one
    assert len(posttjener.post) == 1
    with pytest.raises(ko.Mistet):
        ko.point(mine, taken.brev[0])
    ko.put_off(verden.kommune_id, mine, taken.brev[0].id, "450")
    assert [row.tilstand for row in rader()] == ["sendt"]


def test_two_workers_at_once(app: Flask, verden: Verden, posttjener: Posttjener) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    for _number in range(120):
        legg_prove(verden, verden.amina)

    def work() -> None:
        with app.app_context():
            Arbeider(app.extensions["medvirk.settings"]).drain()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(posttjener.post) == 120 == len({mail["id"] for mail in posttjener.post})
    assert {row.tilstand for row in rader()} == {"sendt"}
    assert len(bevis(resultat="sendt")) == 120


def test_one_that_cannot_be_decided_does_not_hold_up_the_others(
    verden: Verden, arbeider: Arbeider, posttjener: Posttjener
) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    vil_ha_epost(verden.kommune_id, verden.jonas, "jonas@example.org")
    with writing() as db:  # a choice that another key sealed: it does not open, and is as if it were not there
        db.get_one(Paminnelsevalg, (verden.kommune_id, verden.amina)).adresse = b"x" * 40
    for bruker_id in (verden.amina, verden.jonas):
        with writing() as db:
            utboks.legg(db, verden.kommune_id, Hendelse.MERKNAD, ids.new_id(), {"straks": NOON}, bruker_id=bruker_id)
    arbeider.drain()
    assert [mail["til"] for mail in posttjener.post] == [["jonas@example.org"]]


def test_a_deleted_person_is_told_nothing(verden: Verden, arbeider: Arbeider, posttjener: Posttjener) -> None:
    vil_ha_epost(verden.kommune_id, verden.amina, "amina@example.org")
    with writing() as db:
        utboks.legg(db, verden.kommune_id, Hendelse.MERKNAD, ids.new_id(), {"straks": NOON}, bruker_id=verden.amina)
    arbeider.drain()
    legg_prove(verden, verden.amina)
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    arbeider.drain()
    assert len(posttjener.post) == 1
    assert rader() == []
    with reading() as db:
        assert db.get(Paminnelsevalg, (verden.kommune_id, verden.amina)) is None
    assert len(bevis()) == 2  # ids and codes, nobody's words


def test_sms_through_a_gateway(app: Flask, verden: Verden, kanaler: Kanaler) -> None:
    with tjener() as gateway:
        sms = Sms(gateway.url("/send"), "nokkel-hos-tjenesten")
        settings = replace(service.settings(), kanaler=replace(kanaler, sms=sms))
        app.extensions["medvirk.settings"] = settings
        who = som_bruker(verden.kommune_id, verden.amina)
        service.choose(who, service.Valg(False, True, "", "+4740000000", 21, 8))
        legg_prove(verden, verden.amina, Kanal.SMS)
        gateway.svar["/send"] = 503
        Arbeider(settings).drain()
        assert [row.tilstand for row in rader()] == ["venter"]
        gateway.svar.clear()
        drain(Arbeider(settings), NOON + timedelta(minutes=5))
        words = "Det er noe nytt til deg. Logg inn for å lese det."
        assert gateway.json() == [{"to": "+4740000000", "from": "Medvirk", "text": words}] * 2
        headers = [headers for _path, headers, _body in gateway.kom]
        assert headers[0]["Idempotency-Key"] == headers[1]["Idempotency-Key"]
        assert headers[0]["Authorization"] == "Bearer nokkel-hos-tjenesten"


@pytest.mark.parametrize("status", [401, 402, 403, 407, 302, 307, 404, 405, 410])
def test_a_number_the_gateway_refuses_stops_nobody_else_and_a_gateway_that_refuses_us_is_left_alone(
    app: Flask, verden: Verden, kanaler: Kanaler, status: int
) -> None:
    with tjener() as gateway:
        settings = replace(service.settings(), kanaler=replace(kanaler, sms=Sms(gateway.url("/send"), "n")))
        app.extensions["medvirk.settings"] = settings
        for waited, bruker_id, phone in ((1, verden.amina, "+4740000000"), (0, verden.jonas, "+4790000000")):
            service.choose(som_bruker(verden.kommune_id, bruker_id), service.Valg(False, True, "", phone, 21, 8))
            legg_prove(verden, bruker_id, Kanal.SMS, since=timedelta(seconds=waited))
        gateway.svar_en_gang = [status]
        Arbeider(settings).drain()
        assert {row.bruker_id: (row.tilstand, row.forsok, row.kode) for row in rader()} == {
            verden.amina: ("venter", 1, str(status)),
            verden.jonas: ("sendt", 0, "201"),
        }
        # Everybody in a row: it is our key or our account. One is counted, and the rest wait as they are.
        legg_prove(verden, verden.jonas, Kanal.SMS)
        gateway.svar["/send"] = status
        drain(Arbeider(settings), NOON + timedelta(minutes=5))
        waiting = rader(tilstand="venter")
        assert sorted((row.bruker_id == verden.amina, row.forsok) for row in waiting) in (
            [(False, 0), (True, 2)],
            [(False, 1), (True, 1)],
        )
