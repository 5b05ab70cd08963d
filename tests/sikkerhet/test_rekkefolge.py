"""Two who do different things about the same person: one waits for the other, and never each for the other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from threading import Event
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, g, session
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from tests.identitet.autentikator import Autentikator
from tests.kartlegging.veileder_levert import som_bruker
from tests.paminnelse.test_push import Nettleser
from tests.sikkerhet.test_samtidig import at_once, somebody_waits
from tests.varsel import verk
from tests.vedlegg.hjelp import amina, lagt_ved
from tests.verden import Verden
from webapp.identitet import invitasjoner, koder, mine_okter, nokler, okter, passnokler, tildelinger
from webapp.identitet.okter import CHOSEN_HERE, Innlogging
from webapp.paminnelse import abonnement, ko
from webapp.paminnelse import service as paminnelse
from webapp.paminnelse.models import Pushabonnement
from webapp.platform import access, audit, clock, ids, utboks
from webapp.platform.database import reading, writing
from webapp.varsel import horing, service
from webapp.varsel.horing import Filer, Onsker
from webapp.varsel.innhold import Sagt
from webapp.varsel.service import Notat
from webapp.vilkar import forstaelse

TIMES = 6  # it is a matter of milliseconds


def test_an_uttalelse_with_a_photo_and_a_notice_at_once(app: Flask, verden: Verden) -> None:
    """U5: what the bruker says is taken in, whatever the office does with the matter at that moment."""
    for _ in range(TIMES):
        with verk.formnokkel(app):
            sak_id = verk.nadd(verden)
        here = f"/varsel/{sak_id}/uttalelse"
        photo = Filer([lagt_ved(amina(verden), skjema=here)], here)
        sagt = Sagt(["sykdom"], "Jeg var hos legen.", "")
        again = partial(service.send, verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), verk.UTKAST, 0)
        answers = at_once(
            app, partial(horing.deliver, verk.amina(verden), sak_id, ids.new_id(), sagt, Onsker(), photo), again, again
        )
        assert OperationalError not in answers
        assert len(verk.saken(verden, sak_id).uttalelser) == 1


def test_a_report_with_a_photo_and_a_note_of_the_office_at_once(app: Flask, verden: Verden) -> None:
    note = Notat(verk.HAPPENED.date(), "Du var ikke på kurset mandag.", "arrangor")
    for _ in range(TIMES):
        vilkar_id = verk.vilkaret(verden)
        here = f"/vilkar/{vilkar_id}/gjort"
        photo = lagt_ved(amina(verden), skjema=here)
        noted = partial(service.note, verk.kari(verden), verk.sak(verden), ids.new_id(), vilkar_id, note)
        reported = partial(forstaelse.report, som_bruker(verden), vilkar_id, ids.new_id(), "Gjort", [photo], here)
        assert OperationalError not in at_once(app, reported, noted, noted)


def test_a_handover_and_an_invitation_of_whoever_takes_over_at_once(app: Flask, verden: Verden) -> None:
    key, by = (verden.kommune_id, verden.amina), verk.kari(verden).actor
    for number in range(TIMES):
        tildelinger.set_substitute(*key, verden.leif, by)
        to = (verden.per, verden.kari)[number % 2]
        invites = partial(invitasjoner.for_ansatt, verden.kommune_id, to)
        hands_over = partial(tildelinger.hand_over, *key, verden.seal(verden.amina), to, "De bytter på", by)
        assert OperationalError not in at_once(app, hands_over, invites, invites, invites)


def comes_in(app: Flask, with_it: Callable[[], Innlogging]) -> Innlogging:
    """As in a request of somebody who has chosen a language at the door."""
    with app.test_request_context():
        g.form_key_ok, session[CHOSEN_HERE] = True, "en"
        return with_it()


def test_somebody_comes_in_while_a_new_way_in_is_made(app: Flask, verden: Verden) -> None:
    who, makes = som_bruker(verden), partial(invitasjoner.for_bruker, verden.kommune_id, verden.amina)
    for _ in range(TIMES):
        invited, code = invitasjoner.by_token(makes().token), koder.new_sheet(who)[0]
        assert invited is not None
        invitation, sheet = partial(invitasjoner.use, invited), partial(koder.use, code)
        assert OperationalError not in at_once(app, partial(comes_in, app, invitation), makes, makes)
        new_sheet = partial(koder.new_sheet, who)
        assert OperationalError not in at_once(app, partial(comes_in, app, sheet), new_sheet, new_sheet)


def test_one_code_lets_one_in_and_the_page_that_was_tapped_twice(app: Flask, verden: Verden) -> None:
    for code in koder.new_sheet(som_bruker(verden))[:TIMES]:
        pages = [partial(comes_in, app, partial(koder.use, code, f"side {number}")) for number in range(3)]
        answers = at_once(app, *pages)
        assert answers.count(koder.Ukjent) == 2
    for code in koder.new_sheet(som_bruker(verden))[:TIMES]:
        assert koder.Ukjent not in at_once(app, *[partial(comes_in, app, partial(koder.use, code, "en side"))] * 3)


def test_two_who_add_the_same_phone_at_once_take_turns(app: Flask, verden: Verden) -> None:
    """K10: it is one person's at a time, and nobody is told that something went wrong."""

    def adds(bruker_id: UUID, phone: Nettleser) -> UUID:
        with app.test_request_context():
            g.form_key_ok = True
            return abonnement.add(som_bruker(verden, bruker_id), phone.abonnement)

    for number in range(TIMES):
        phone = Nettleser.ny(f"https://push.example.com/{number}")
        answers = at_once(app, *[partial(adds, whose, phone) for whose in (verden.amina, verden.jonas)] * 2)
        assert {type(answer) for answer in answers} == {UUID}
    with reading() as db:
        assert db.scalar(select(func.count()).select_from(Pushabonnement)) == TIMES


class Holdt:
    """Whoever calls ``what`` (about ``only``) stops there, until the other one waits for them, or is done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, app: Flask, where: Any, what: str, only: str = "") -> None:
        self._app, self._there, self._done = app, Event(), Event()
        real = getattr(where, what)

        def stops_first(*args: Any, **more: Any) -> Any:
            if not self._there.is_set() and (not only or only in args):
                self._there.set()
                while not (self._done.wait(0.01) or somebody_waits(app)):
                    pass
            return real(*args, **more)

        monkeypatch.setattr(where, what, stops_first)

    def both(self, first: Callable[[], Any], then: Callable[[], Any]) -> list[Any]:
        """What they answered: ``then`` begins when ``first`` has stopped."""

        def other() -> Any:
            assert self._there.wait(20)
            try:
                return then()
            finally:
                self._done.set()

        return at_once(self._app, first, other)


def test_the_first_passkey_and_a_sign_out_of_the_invitation_at_once(
    app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both end the session that the invitation began: that first, and then the log."""
    invited = invitasjoner.by_token(invitasjoner.for_ansatt(verden.kommune_id, verden.per).token)
    assert invited is not None
    entered = invitasjoner.use(invited)

    def registers() -> Any:
        with app.test_request_context("/veileder/", headers={"Cookie": f"medvirk-ansatt={entered.cookie}"}):
            okter.load()
            g.form_key_ok = True
            return passnokler.register(g.who, Autentikator().create(passnokler.registration_options(g.who, "Per")))

    stops = Holdt(monkeypatch, app, audit, "record", "logget_ut")
    out, inside = stops.both(partial(mine_okter.end, entered.who, entered.who.okt_id), registers)
    assert out is True
    assert isinstance(inside, Innlogging)


def inne(verden: Verden) -> access.Bruker:
    """Amina, with a session that can end."""
    invited = invitasjoner.by_token(invitasjoner.for_bruker(verden.kommune_id, verden.amina).token)
    assert invited is not None
    who = invitasjoner.use(invited).who
    assert isinstance(who, access.Bruker)
    return who


def test_a_deletion_and_a_sign_out_of_a_phone_with_messages_at_once(
    app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session, then the device, then the log."""
    who = inne(verden)
    with verk.formnokkel(app):
        abonnement.add(who, Nettleser.ny("https://push.example.com/1").abonnement)
    stops = Holdt(monkeypatch, app, abonnement, "end_with_session")
    deletes = partial(nokler.delete_bruker, verden.kommune_id, verden.amina)
    assert stops.both(partial(mine_okter.end, who, who.okt_id), deletes) == [True, None]


def test_a_deletion_and_a_phone_that_wants_no_more_messages_at_once(
    app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits to be sent, and then the device, as the worker does."""
    worker, later = ids.new_id(), clock.now() + timedelta(minutes=5)
    with verk.formnokkel(app):
        phone = abonnement.add(som_bruker(verden), Nettleser.ny("https://push.example.com/1").abonnement)
        with writing() as db:
            utboks.legg(
                db,
                verden.kommune_id,
                utboks.Hendelse.PROVE,
                ids.new_id(),
                {"straks": clock.now()},
                bruker_id=verden.amina,
                kanal=utboks.Kanal.PUSH,
                mal_id=phone,
            )
            row = db.scalars(select(utboks.Utboks)).one()
            row.tilstand, row.tatt_av, row.tatt_til = utboks.Tilstand.SENDER.value, worker, later
    stops = Holdt(monkeypatch, app, ko, "delete")
    refused = partial(ko.refused, verden.kommune_id, worker, row.id, "410", gone=True)
    assert stops.both(refused, partial(nokler.delete_bruker, verden.kommune_id, verden.amina)) == [None, None]


def test_a_choice_of_reminders_and_a_sign_out_of_a_phone_with_messages_at_once(
    app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the bruker chose, and then the log: also what a sign-out says on the front page."""
    who = inne(verden)
    with verk.formnokkel(app):
        paminnelse.choose(who, paminnelse.Valg(True, False, "amina@example.no", "", 21, 8))
        abonnement.add(who, Nettleser.ny("https://push.example.com/1").abonnement)
    stops = Holdt(monkeypatch, app, audit, "record", "logget_ut")
    chooses = partial(paminnelse.choose, who, paminnelse.Valg(True, False, "ny@example.no", "", 21, 8))
    assert stops.both(partial(mine_okter.end, who, who.okt_id), chooses) == [True, None]
