"""K1: an ansatt types for the bruker. What the bruker has written is read and never touched."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import select

from tests.kartlegging.skjemaside import felter, med_navn
from tests.kartlegging.veileder_levert import som_bruker, svar
from tests.klient import Klient
from tests.verden import Verden
from webapp.kartlegging import service
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading


def sti(verden: Verden, tema: str = "bolig") -> str:
    return f"/veileder/bruker/{verden.amina}/fyll-ut/{tema}"


def svarene(verden: Verden) -> dict[str, service.Utfylt]:
    return service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))


def assisted() -> list[str]:
    with reading() as db:
        rows = db.scalars(select(Hendelse).where(Hendelse.type == "assistert_utfylling"))
        return [str(row.innhold["tema"]) for row in rows]


def test_what_staff_type_is_recorded_as_theirs(veileder: Klient, verden: Verden) -> None:
    veileder.get(f"/veileder/bruker/{verden.amina}/fyll-ut/")
    page = veileder.get(sti(verden)).text
    assert 'name="bolig.fungerer"' in page
    response = veileder.post(
        sti(verden),
        {"bolig.fungerer": "Amina sier at hybelen er kald", "v.bolig.fungerer": "0:", "handling": "neste"},
    )
    assert response.location.endswith("/fyll-ut/familie")
    assert svarene(verden)["bolig.fungerer"].skrevet_av == "ansatt"
    assert assisted() == ["bolig"]
    page = veileder.get(sti(verden)).text
    assert "Amina sier at hybelen er kald" in page


def test_nothing_typed_is_no_event(veileder: Klient, verden: Verden) -> None:
    veileder.post(sti(verden), {"bolig.fungerer": "", "v.bolig.fungerer": "0:"})
    assert not assisted()


def test_staff_can_correct_what_staff_typed(veileder: Klient, verden: Verden) -> None:
    svar(verden, {"bolig.fungerer": "Feil"}, av="ansatt")
    there = svarene(verden)["bolig.fungerer"]
    veileder.post(sti(verden), {"bolig.fungerer": "Riktig", "v.bolig.fungerer": f"{there.versjon}:{there.merke}"})
    assert svarene(verden)["bolig.fungerer"].verdi == "Riktig"


def test_k1_the_brukers_own_words_can_be_read_and_not_written(veileder: Klient, verden: Verden) -> None:
    svar(verden, {"bolig.fungerer": "Mine egne ord"})
    page = veileder.get(sti(verden)).text
    assert "Mine egne ord" in page
    assert 'name="bolig.fungerer"' not in page
    assert 'name="bolig.mer"' in page
    there = svarene(verden)["bolig.fungerer"]
    page = veileder.post(
        sti(verden),
        {
            "bolig.fungerer": "Veilederens ord",
            "v.bolig.fungerer": f"{there.versjon}:{there.merke}",
            "bolig.mer": "Dette er nytt",
            "v.bolig.mer": "0:",
        },
        status=409,
    ).text
    assert "Brukeren har svart selv i mellomtiden" in page
    assert "Veilederens ord" in page  # nothing typed is lost
    assert "Mine egne ord" in page
    after = svarene(verden)
    assert after["bolig.fungerer"] == there
    assert after["bolig.mer"].verdi == "Dette er nytt"


def test_an_answer_that_the_bruker_declined_is_theirs_too(veileder: Klient, verden: Verden) -> None:
    from webapp.kartlegging.lagring import Endring
    from webapp.kartlegging.rules import Skriver

    who = som_bruker(verden)
    change = Endring("bolig.mer", "", True, 0, "")
    service.save(who.kommune_id, who.id, who.seal, Skriver("bruker", "nb"), None, [change], unverified=True)
    assert 'name="bolig.mer"' not in veileder.get(sti(verden)).text


def test_a_follow_up_stands_by_itself_when_its_question_is_the_brukers(veileder: Klient, verden: Verden) -> None:
    svar(verden, {"bolig.trenger": ["ma-ut"]})
    page = veileder.get(sti(verden)).text
    assert 'name="bolig.trenger"' not in page
    assert 'name="bolig.flytte-dato"' in page


def test_bad_input_loses_nothing(veileder: Klient, verden: Verden) -> None:
    page = veileder.post(
        sti(verden),
        {
            "bolig.fungerer": "Står igjen",
            "v.bolig.fungerer": "0:",
            "bolig.situasjon": "finnes-ikke",
            "v.bolig.situasjon": "0:",
            "rus.alkohol": "fra et annet tema",
            "v.rus.alkohol": "0:",
        },
        status=422,
    ).text
    assert "Står igjen" in page
    assert "fra et annet tema" in page
    assert "rus.alkohol" not in svarene(verden)
    page = veileder.post(sti(verden), {"bolig.mer": "Lenge åpen", "v.bolig.mer": "0:"}, status=400, key="gammel").text
    assert "Lenge åpen" in page
    veileder.get(sti(verden, "finnes-ikke"), status=404)
    veileder.post(sti(verden, "finnes-ikke"), status=404)


def test_a_kept_text_is_shown_when_the_bruker_has_answered_meanwhile(veileder: Klient, verden: Verden) -> None:
    """Zero loss: the question is the bruker's now and has no field here; what was typed for it stands by itself."""
    typed = {"bolig.fungerer": ["Amina sier at hybelen er kald"], "bolig.mer": ["Litt til"]}
    typed |= {"bolig.utgatt": ["Uten felt"], "v.bolig.utgatt": ["0:"]}
    fields = felter(veileder.get(sti(verden)).text)
    veileder.json("/veileder/utkast", {"sti": sti(verden), "felter": {**fields, **typed}})
    svar(verden, {"bolig.fungerer": "Mine egne ord"})
    page = veileder.get(f"{sti(verden)}?utkast=1").text
    assert "Brukeren har svart selv i mellomtiden" in page
    assert "Amina sier at hybelen er kald" in page
    assert "Mine egne ord" in page
    assert "Litt til" in page
    assert "Uten felt" in page
    assert "svart selv i mellomtiden" not in veileder.get(sti(verden)).text


def test_an_old_form_key_keeps_a_text_that_the_bruker_has_answered_meanwhile(veileder: Klient, verden: Verden) -> None:
    sent = med_navn(felter(veileder.get(sti(verden)).text), {"bolig.fungerer": "Amina sier det", "csrf_token": None})
    svar(verden, {"bolig.fungerer": "Mine egne ord"})
    page = veileder.post(sti(verden), sent, status=400, key="gammel").text
    assert "Amina sier det" in page
    assert "Brukeren har svart selv i mellomtiden" in page
    assert svarene(verden)["bolig.fungerer"].verdi == "Mine egne ord"


def test_only_those_who_may_open_the_bruker_type(app: Flask, verden: Verden) -> None:
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    assert "/veileder/apne/" in per.post(sti(verden), {"bolig.fungerer": ""}).location
    page = per.post(sti(verden), {"bolig.fungerer": "Ikke min", "v.bolig.fungerer": "0:"}, 404).text
    assert "Ikke min" in page  # nothing typed is lost
    assert not svarene(verden)
