"""The case is given to somebody else while a form about the bruker is open: what was typed can be seen and copied."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter.avtaler import holdt
from tests.utkastene import rows
from tests.verden import Verden
from webapp.identitet import tildelinger
from webapp.platform import audit, clock
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading, writing

WORDS = "Amina fortalte om kurset, og vi ble enige om at hun begynner i januar"
KEPT, WHY = 'data-type="bra"><p>Det du skrev, er tatt vare på', "Jeg skrev på noe da saken ble flyttet"


def give_to(verden: Verden, to: UUID) -> None:
    seal = verden.seal(verden.amina)
    with writing(unverified=True):
        tildelinger.hand_over(verden.kommune_id, verden.amina, seal, to, "Leder bestemte", audit.SYSTEM)


def pages(verden: Verden) -> list[tuple[str, str]]:
    """Forms about Amina, one in each of some rooms, and a field of own words in each."""
    case = f"/veileder/bruker/{verden.amina}"
    return [
        (f"{case}/mote/{holdt(verden)}/notat", "arbeid"),
        (f"{case}/mote/nytt", "melding"),
        (f"{case}/fyll-ut/bolig", "bolig.fungerer"),
        (f"{case}/plan/steg/nytt", "hva"),
        (f"{case}/profil", "navn"),
    ]


@pytest.mark.parametrize("to", ["per", "sara"])
def test_what_was_typed_stands_on_the_answer(veileder: Klient, verden: Verden, to: str) -> None:
    """Per is at the same kontor, Sara at another: there a reason opens nothing."""
    forms = pages(verden)
    veileder.get("/veileder/")
    give_to(verden, getattr(verden, to))
    for path, name in forms:
        comes_back = to == "per" and path.endswith("/profil")  # it can be read with a reason
        answer = veileder.post(path, {name: WORDS, "versjon": "0", f"v.{name}": "0:"}, 303 if comes_back else 404)
        if not comes_back:
            assert WORDS in answer.text
            assert KEPT not in answer.text
    assert [row.sti for row in rows()] == ([forms[-1][0]] if to == "per" else [])


def test_a_short_word_is_given_back_too_and_no_code_of_a_choice(veileder: Klient, verden: Verden) -> None:
    """«nei» and «syk» are answers, and look like the codes of choices."""
    forms = pages(verden)
    veileder.get("/veileder/")
    give_to(verden, verden.sara)
    choices: dict[str, dict[str, Any]] = {
        "notat": {},
        "mote/nytt": {"form": "telefon", "hvem": str(verden.kari), "minutter": "45"},
        "bolig": {
            "bolig.hvem": ["barn"],
            "vil_ikke.bolig.mer": "1",
            "av.bolig.mer": "hjelper:nb",
            "skriver": "hjelper",
        },
        "steg/nytt": {"slag": "rad", "ansvar": "nav", "hvor_ofte": "uke"},
        "profil": {"tolk": "y", "sprak": "nb"},
    }
    for path, name in forms:
        chosen = next(fields for end, fields in choices.items() if path.endswith(end))
        page = veileder.post(path, {**chosen, name: "nei", "versjon": "0", f"v.{name}": "0:"}, 404).text
        assert re.findall(r"<textarea[^>]*>\s*(.*)</textarea>", page) == ["nei"], path


@pytest.mark.parametrize("to", ["per", "sara"])
def test_what_was_kept_before_is_shown_by_its_address(app: Flask, veileder: Klient, verden: Verden, to: str) -> None:
    """Signed out in the middle of it, and handed over before they are back; or kept by the page while they wrote."""
    (path, name), *_ = pages(verden)
    veileder.get(path)
    with clock.frozen(NOON + timedelta(hours=2)):
        assert "tatt_vare_pa=1" in veileder.post(path, {name: WORDS, "versjon": "0"}).location
        give_to(verden, getattr(verden, to))
        kari = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        if to == "per":
            kari.get(f"{path}?utkast=1", 303)
            sent = {"grunn": WHY, "neste": f"{path}?utkast=1"}
            assert kari.post(f"/veileder/apne/{verden.amina}", sent).location == sent["neste"]
        page = kari.get(f"{path}?utkast=1", 409 if to == "per" else 404).text
        assert WORDS in page
        with reading() as db:
            opened = select(Hendelse.innhold).where(Hendelse.type == "bruker_apnet").order_by(Hendelse.lopenr.desc())
            assert db.scalars(opened.limit(1)).one()["side"] == "moter_veileder.notat.skriv", "S1"
        leif = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.leif)
        leif.get(f"{path}?utkast=1", 303)  # nobody else is shown anything
