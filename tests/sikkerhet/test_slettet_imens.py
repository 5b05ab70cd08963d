"""S3: a person is deleted while somebody who has them open writes. It waits, and then nothing is written about them."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial
from threading import Event
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import select

from tests.conftest import NOON
from tests.identitet.autentikator import Autentikator
from tests.kartlegging.veileder_levert import som_bruker
from tests.moter.avtaler import avtalt, holdt
from tests.paminnelse.test_push import Nettleser
from tests.plan import planer
from tests.sikkerhet.test_samtidig import somebody_waits
from tests.varsel import verk
from tests.vedlegg import filer
from tests.vedlegg.hjelp import SKJEMA, amina, lagt_ved
from tests.veiledning.test_veien import sokt
from tests.verden import Verden
from webapp.identitet import nokler, passnokler
from webapp.identitet.adgang import state_reason
from webapp.identitet.rules import NotHere
from webapp.innsyn import service as innsyn
from webapp.innsyn.rules import Slag
from webapp.moter import notat, stemme
from webapp.moter import service as moter
from webapp.paminnelse import abonnement
from webapp.paminnelse import service as paminnelse
from webapp.plan import mal
from webapp.plan import service as plan
from webapp.plan.rules import Handling
from webapp.platform import clock, ids
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading, writing
from webapp.varsel import avgjore, service
from webapp.varsel.avgjore import Beslutning
from webapp.varsel.service import Notat
from webapp.vedlegg import service as vedlegg
from webapp.veiledning import service as veiledning
from webapp.veiledning.service import Avgjort
from webapp.vilkar import service as vilkar
from webapp.vilkar import vedtak
from webapp.vilkar.tekst import Innhold

Skriver = Callable[[], Any]
INNVILGET = Avgjort(True, "2026/17", NOON.date(), NOON.date(), "Samtaler", NOON.date() + timedelta(days=21))


def adds_a_file(verden: Verden) -> Skriver:
    return partial(vedlegg.ta_imot, amina(verden), ids.new_id(), SKJEMA, "brev.jpg", filer.photo(60, 40))


def takes_a_file_away(verden: Verden) -> Skriver:
    return partial(vedlegg.fjern, amina(verden), lagt_ved(amina(verden)))


def sends_a_file(verden: Verden) -> Skriver:
    owner = amina(verden)
    file = lagt_ved(owner)

    def sends() -> None:
        with writing() as db:
            vedlegg.knytt(db, owner, "henvendelse", ids.new_id(), [file], SKJEMA)

    return sends


def registers_a_vedtak(verden: Verden) -> Skriver:
    fakta = verk.fakta(verk.ASKED.date())
    return partial(vedtak.register, verk.kari(verden), verk.sak(verden), ids.new_id(), fakta)


def corrects_a_vedtak(verden: Verden) -> Skriver:
    before, fakta = verk.vedtak(verden, verk.ASKED.date()), verk.fakta(verk.ASKED.date())
    return partial(vedtak.correct, verk.kari(verden), verk.sak(verden), before, ids.new_id(), fakta)


def sets_a_vilkar(verden: Verden) -> Skriver:
    before = verk.vedtak(verden, verk.ASKED.date())
    innhold = Innhold("okonomi", {}, hvorfor="Du vil ha oversikt.")
    return partial(vilkar.put, verk.kari(verden), verk.sak(verden), ids.new_id(), before, innhold, None)


def notes(verden: Verden) -> Skriver:
    note = Notat(verk.HAPPENED.date(), "Du var ikke på kurset mandag.", "arrangor")
    return partial(service.note, verk.kari(verden), verk.sak(verden), ids.new_id(), verk.vilkaret(verden), note)


def sends_a_notice(verden: Verden) -> Skriver:
    return partial(service.send, verk.kari(verden), verk.sak(verden), verk.notert(verden), ids.new_id(), verk.UTKAST, 1)


def decides(verden: Verden) -> Skriver:
    sak_id, came_to = verk.veid(verden), Beslutning("ingen", "Du var syk.")
    step = verk.saken(verden, sak_id).steg
    return partial(avgjore.decide, verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), came_to, step)


def chooses_reminders(verden: Verden) -> Skriver:
    valg = paminnelse.Valg(True, False, "amina@example.no", "", 21, 8)
    return partial(paminnelse.choose, som_bruker(verden), valg)


def adds_a_phone(verden: Verden) -> Skriver:
    return partial(abonnement.add, som_bruker(verden), Nettleser.ny("https://push.example.com/1").abonnement)


def adds_a_passkey(verden: Verden) -> Skriver:
    who = som_bruker(verden)

    def adds() -> None:
        passnokler.register(who, Autentikator().create(passnokler.registration_options(who, "Amina")))

    return adds


def cancels_a_meeting(verden: Verden) -> Skriver:
    return partial(moter.cancel, verk.kari(verden), verk.sak(verden), avtalt(verden), "Jeg er syk")


def marks_a_meeting(verden: Verden) -> Skriver:
    an_hour_ago = clock.now() - timedelta(hours=1)
    return partial(moter.held, verk.kari(verden), verk.sak(verden), avtalt(verden, an_hour_ago))


def marks_that_there_was_none(verden: Verden) -> Skriver:
    an_hour_ago = clock.now() - timedelta(hours=1)
    return partial(moter.not_held, verk.kari(verden), verk.sak(verden), avtalt(verden, an_hour_ago))


def writes_a_note(verden: Verden) -> Skriver:
    return partial(notat.save, verk.kari(verden), verk.sak(verden), holdt(verden), 0, {"bosituasjon": "Bor trangt"})


def shares_a_note(verden: Verden) -> Skriver:
    mote_id = holdt(verden)
    notat.save(verk.kari(verden), verk.sak(verden), mote_id, 0, {"bosituasjon": "Bor trangt"})
    return partial(notat.share, verk.kari(verden), verk.sak(verden), mote_id, 1)


def takes_something_up(verden: Verden) -> Skriver:
    return partial(stemme.set_agenda, som_bruker(verden), avtalt(verden), "Boligen min", "")


def grants_guidance(verden: Verden) -> Skriver:
    return partial(veiledning.decide, verk.kari(verden), verk.sak(verden), sokt(verden), ids.new_id(), INNVILGET)


def talks(verden: Verden) -> Skriver:
    who, soknad_id = verk.kari(verden), sokt(verden)
    veiledning.decide(who, verk.sak(verden), soknad_id, ids.new_id(), INNVILGET)
    return partial(veiledning.talked, who, verk.sak(verden), soknad_id, ids.new_id(), INNVILGET.dato, "Om strømmen")


def answers_a_request(verden: Verden) -> Skriver:
    asked = innsyn.send(som_bruker(verden), ids.new_id(), Slag.RETTING, "Navnet er feil", "nb")
    key = (verden.kommune_id, verden.amina, verden.seal(verden.amina))
    return partial(innsyn.answer, *key, asked, "Det er rettet", verk.kari(verden).actor)


def proposes_a_step(verden: Verden) -> Skriver:
    return partial(plan.propose, planer.nav(verden), ids.new_id(), planer.forslag())


def agrees_to_a_step(verden: Verden) -> Skriver:
    return partial(plan.act, planer.amina(verden), planer.foreslatt(verden), Handling.JA, 1)


def sets_a_goal(verden: Verden) -> Skriver:
    return partial(mal.add, planer.amina(verden), ids.new_id(), "Jeg vil bli sveiser")


WRITES = (
    adds_a_file,
    takes_a_file_away,
    sends_a_file,
    registers_a_vedtak,
    corrects_a_vedtak,
    sets_a_vilkar,
    notes,
    sends_a_notice,
    decides,
    chooses_reminders,
    adds_a_phone,
    adds_a_passkey,
    cancels_a_meeting,
    marks_a_meeting,
    marks_that_there_was_none,
    writes_a_note,
    shares_a_note,
    takes_something_up,
    grants_guidance,
    talks,
    answers_a_request,
    proposes_a_step,
    agrees_to_a_step,
    sets_a_goal,
)


def meanwhile(app: Flask, verden: Verden, prepares: Callable[[Verden], Skriver]) -> Any:
    """What is answered to somebody who begins to write when the deletion has begun, or the exception's class."""
    begun, go_on = Event(), Event()

    def deletes() -> None:
        with app.app_context(), writing() as db:
            nokler.delete_bruker(verden.kommune_id, verden.amina)
            db.flush()
            begun.set()
            assert go_on.wait(20)

    def writes(does: Skriver) -> Any:
        with app.test_request_context():
            g.form_key_ok = True
            try:
                return does()
            except Exception as error:  # noqa: BLE001 -- which one it was is what is asked
                return type(error)

    with app.test_request_context():
        g.form_key_ok = True
        does = prepares(verden)
    with ThreadPoolExecutor(2) as pool:
        deletion = pool.submit(deletes)
        assert begun.wait(20)
        answer = pool.submit(writes, does)
        while not (answer.done() or somebody_waits(app)):
            wait([answer], timeout=0.01)
        go_on.set()
        deletion.result()
        return answer.result()


def last_event(verden: Verden) -> str:
    with reading() as db:
        theirs = select(Hendelse.type).where(Hendelse.bruker_id == verden.amina)
        return db.scalars(theirs.order_by(Hendelse.lopenr.desc()).limit(1)).one()


@pytest.mark.parametrize("prepares", WRITES)
def test_whoever_waits_for_a_deletion_writes_nothing_after_it(
    app: Flask, verden: Verden, prepares: Callable[[Verden], Skriver]
) -> None:
    assert meanwhile(app, verden, prepares) is NotHere
    assert last_event(verden) == "bruker_slettet"


def test_nobody_gives_a_reason_for_opening_who_is_deleted(app: Flask, verden: Verden) -> None:
    assert meanwhile(app, verden, lambda _: partial(state_reason, verk.kari(verden), verden.amina, "Tar vakt")) is False
    assert last_event(verden) == "bruker_slettet"
