"""The same form sent twice: the same words stand once, other words are never dropped."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.klient import Klient
from tests.moter.avtaler import kari, sak
from tests.verden import Verden
from tests.vilkar.saker import FRIST, innhold, satt, vedtatt
from tests.vilkar.test_bruker import helt, rader, versjon_id
from webapp.platform import ids
from webapp.vilkar import service, vedtak
from webapp.vilkar.models import Vedtak, Vilkar

NOKKEL = "018f00000000700080000000000000aa"


def ytringer(app: Flask, verden: Verden, vilkar_id: UUID) -> list[tuple[str, str]]:
    return sorted((one.utfall, one.tekst) for one in helt(app, verden, vilkar_id).ytringer)


def test_reports(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    for words in ("Ferdig", "Ferdig", "Ferdig i går", "Ferdig i går", "Ferdig"):
        bruker.post(f"/vilkar/{vilkar_id}/gjort", {"tekst": words, "nokkel": NOKKEL}, status=303)
    assert ytringer(app, verden, vilkar_id) == [("", "Ferdig"), ("", "Ferdig i går")]


def test_reports_of_two_vilkar_with_one_key(app: Flask, bruker: Klient, verden: Verden) -> None:
    for vilkar_id in (satt(verden), satt(verden)):
        bruker.post(f"/vilkar/{vilkar_id}/gjort", {"tekst": "Ferdig", "nokkel": NOKKEL}, status=303)
        assert ytringer(app, verden, vilkar_id) == [("", "Ferdig")]


def test_answers(app: Flask, bruker: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    bruker.get(f"/vilkar/{vilkar_id}")
    sent = {"svar": "sporsmal", "versjon_id": versjon_id(app, verden, vilkar_id), "nokkel": NOKKEL}
    for words in ("Hvor er det?", "Hvor er det?", "Når er det?", "Når er det?"):
        bruker.post(f"/vilkar/{vilkar_id}", {**sent, "sporsmal": words}, status=303)
    assert sorted(one.sporsmal for one in helt(app, verden, vilkar_id).utsagn) == ["Hvor er det?", "Når er det?"]
    service.assess(kari(verden), sak(verden), vilkar_id, ids.new_id(), "opphort", "Ikke lenger")
    page = bruker.post(f"/vilkar/{vilkar_id}", {**sent, "sporsmal": "Og hvorfor?"}, status=409).text
    assert "Dette gjelder ikke lenger" in page


def test_assessments(app: Flask, veileder: Klient, verden: Verden) -> None:
    vilkar_id = satt(verden)
    path = f"/veileder/bruker/{verden.amina}/vilkar/{vilkar_id}/vurder"
    for _n in range(2):
        veileder.post(path, {"utfall": "oppfylt", "tekst": "Du var der", "nokkel": NOKKEL}, status=303)
    page = veileder.post(path, {"utfall": "oppfylt", "tekst": "Du var der hver dag", "nokkel": NOKKEL}, status=409).text
    assert "Du var der hver dag" in page
    assert "Dette kan ikke registreres nå." in page
    for _n in range(2):  # put right from the same page: another outcome is a row of its own
        veileder.post(path, {"utfall": "ikke_oppfylt", "tekst": "Det var feil dag", "nokkel": NOKKEL}, status=303)
    assert ytringer(app, verden, vilkar_id) == [("ikke_oppfylt", "Det var feil dag"), ("oppfylt", "Du var der")]


def test_a_vilkar_set_again_in_other_words_is_no_second_demand(verden: Verden) -> None:
    vedtak_id, nokkel = vedtatt(verden), ids.new_id()

    def put(**more: Any) -> UUID:
        return service.put(kari(verden), sak(verden), nokkel, vedtak_id, innhold(**more), FRIST)

    assert put() == put() == nokkel
    with pytest.raises(service.AlreadySet):
        put(hvorfor="Noe annet")
    assert len(rader(Vilkar)) == 1


FAKTA = {
    "nummer": "2026/9",
    "dato": "20.11.2026",
    "hjemmel": "livsopphold",
    "ytelse": "livsopphold",
    "nokkel": NOKKEL,
}


def test_a_vedtak_registered_again_in_other_words(veileder: Klient, verden: Verden) -> None:
    path = f"/veileder/bruker/{verden.amina}/vedtak/nytt"
    for _n in range(2):
        veileder.post(path, FAKTA, status=303)
    page = veileder.post(path, {**FAKTA, "nummer": "2026/10"}, status=409).text
    assert "2026/10" in page
    assert "Skjemaet er sendt før, med et annet innhold." in page
    assert len(rader(Vedtak)) == 1


def fakta(verden: Verden, vedtak_id: UUID) -> vedtak.Fakta:
    return vedtak.one(verden.kommune_id, verden.amina, verden.seal(verden.amina), vedtak_id).fakta


def test_corrected_twice_is_said_and_only_that(verden: Verden) -> None:
    vedtak_id, new = vedtatt(verden), ids.new_id()
    now = fakta(verden, vedtak_id)
    for _n in range(2):  # pressed twice
        assert vedtak.correct(kari(verden), sak(verden), vedtak_id, new, now) == new
    with pytest.raises(vedtak.Corrected):
        vedtak.correct(kari(verden), sak(verden), vedtak_id, ids.new_id(), now)
    assert len(rader(Vedtak)) == 2


def test_what_else_the_database_refuses_is_not_called_a_correction(verden: Verden) -> None:
    """A klagefrist before the vedtak: the form never lets it through, so it is a fault, and must be seen as one."""
    from dataclasses import replace

    vedtak_id = vedtatt(verden)
    wrong = replace(fakta(verden, vedtak_id), klagefrist=date(2020, 1, 1))
    with pytest.raises(IntegrityError):
        vedtak.correct(kari(verden), sak(verden), vedtak_id, ids.new_id(), wrong)
    assert len(rader(Vedtak)) == 1


def test_the_database_holds_one_correction_of_each(verden: Verden) -> None:
    from webapp.platform.database import writing

    vedtak_id = vedtatt(verden)
    vedtak.correct(kari(verden), sak(verden), vedtak_id, ids.new_id(), fakta(verden, vedtak_id))
    columns = "kommune_id,bruker_id,ansatt_id,erstatter_id,nummer,dato,hjemmel,ytelse,reduksjon_oppgitt,klagefrist"
    more = "rad_vurdert,laget"
    with pytest.raises(IntegrityError), writing(unverified=True) as db:
        db.execute(
            text(
                f"insert into vedtak (id,{columns},{more}) select :new,{columns},{more} from vedtak"  # noqa: S608 -- the schema's own names
                " where erstatter_id is not null"
            ).bindparams(new=ids.new_id() if db.get_bind().dialect.name == "postgresql" else ids.new_id().hex)
        )
