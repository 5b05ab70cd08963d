"""The same form sent twice, at once or with other words: done once, and nothing that was typed is dropped."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.klage.klager import klagen, sendt, steg, sti
from tests.klient import Klient
from tests.varsel import verk
from tests.vedlegg.hjelp import amina, lagt_ved
from tests.verden import Verden
from webapp.klage import rules, service
from webapp.klage.klagen import Ord
from webapp.klage.models import Klage, Klagesteg
from webapp.klage.rules import Mal, Stand
from webapp.platform import ids
from webapp.platform.database import reading
from webapp.veiledning.models import Radsoknad


@pytest.fixture
def vedtak(verden: Verden) -> UUID:
    return verk.vedtak(verden, date(2026, 11, 20))


def rows(table: type) -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("room", ["klage", "rad"])
def test_four_presses_at_once_make_one(app: Flask, verden: Verden, vedtak: UUID, room: str) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    path, said, table = {
        "klage": (sti(vedtak), {"hva": "Feil", "handling": "send"}, Klage),
        "rad": ("/veiledning/ny", {"tekst": "Hjelp"}, Radsoknad),
    }[room]
    browsers = [Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina) for _ in range(4)]
    for one in browsers:
        one.get(path)
    for again in range(1, 4):
        answers: list[tuple[int, str | None]] = []
        key, gate = ids.new_id().hex, threading.Barrier(len(browsers))

        def press(
            one: Klient, key: str = key, gate: threading.Barrier = gate, into: list[tuple[int, str | None]] = answers
        ) -> None:
            gate.wait()
            sent = one.http.post(path, data={"csrf_token": one.token, "nokkel": key, **said})
            into.append((sent.status_code, sent.location))

        threads = [threading.Thread(target=press, args=(one,)) for one in browsers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert {status for status, _where in answers} == {303}
        assert len({where for _status, where in answers}) == 1
        assert rows(table) == again


@pytest.mark.parametrize("what", ["words", "parent", "files"])
def test_the_same_form_with_something_else_is_not_dropped(
    bruker: Klient, verden: Verden, vedtak: UUID, what: str
) -> None:
    key, path = ids.new_id().hex, sti(vedtak)
    first = bruker.post(path, {"hva": "Feil beløp", "handling": "send", "nokkel": key}).location
    other: dict[str, object] = {"hva": "Feil beløp", "handling": "send", "nokkel": key}
    if what == "words":
        other["hva"] = "Feil beløp, og feil dato"
    elif what == "parent":
        path = sti(verk.vedtak(verden, date(2026, 11, 21)))
    else:
        other["vedlegg"] = [str(lagt_ved(amina(verden), skjema=path))]
    page = bruker.post(path, other, 409).text
    assert "Du har sendt en klage herfra før." in page
    assert str(other["hva"]) in page
    assert rows(Klage) == 1
    fresh = page.split('name="nokkel" value="')[1].split('"')[0]
    assert fresh != key
    assert bruker.post(path, {**other, "nokkel": fresh}).location != first
    assert rows(Klage) == 2


def test_a_step_with_other_words_is_a_step_of_its_own_or_is_refused(app: Flask, verden: Verden) -> None:
    with verk.formnokkel(app):
        klage_id, key = sendt(verden), ids.new_id()
        who, sak, day = verk.kari(verden), verk.sak(verden), date(2026, 11, 24)
        for _again in range(2):
            service.step(who, sak, klage_id, key, Stand.MOTTATT, day, "Vi har den")
        with pytest.raises(rules.NotPossible):
            service.step(who, sak, klage_id, key, Stand.MOTTATT, day, "Andre ord")
        service.step(who, sak, klage_id, key, Stand.OPPRETTHOLDT, day, "Vi endrer det ikke")
        assert [one.tekst for one in klagen(verden, klage_id).steg] == ["Vi har den", "Vi endrer det ikke"]
        steg(verden, klage_id, Stand.SENDT)
    assert rows(Klagesteg) == 3


def test_why_it_is_late_stays_also_when_it_is_not_and_who_typed_too(app: Flask, verden: Verden, vedtak: UUID) -> None:
    with verk.formnokkel(app):
        for typing in (None, "hjelper", "ansatt"):
            who = replace(verk.amina(verden), skriver=typing)
            klage_id = ids.new_id()
            service.send(who, klage_id, Mal.VEDTAK, vedtak, Ord("Feil", "", "Jeg var syk"), [], sti(vedtak))
            one = klagen(verden, klage_id)
            assert (one.for_sent, one.ord.sent, one.skrevet_av) == (False, "Jeg var syk", typing or "bruker")
