"""The veileder's side: registering, inviting on screen and paper, changing the profile, handing over."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.conftest import NOON
from tests.identitet.veier import invite
from tests.kartlegging.skjemaside import felter, med_navn
from tests.klient import Klient
from tests.verden import Verden, finn
from webapp.identitet import invitasjoner, nokler, service, tildelinger
from webapp.identitet.models import Bruker, Tildeling
from webapp.platform import clock, drafts, ids
from webapp.platform.audit import Actor, Hendelse
from webapp.platform.database import reading

GOOD = {
    "navn": "Fatima Oppdiktet",
    "fodselsar": "1998",
    "telefon": "+47 00 00 00 22",
    "epost": "fatima@eksempel.no",
    "sprak": "ar",
    "tolk": "y",
    "tolkesprak": "arabisk",
    "visning": "kort",
}


def _count() -> int:
    with reading() as db:
        return db.scalar(select(func.count()).select_from(Bruker)) or 0


def test_register_and_invite(app: Flask, verden: Verden, veileder: Klient) -> None:
    veileder.get("/veileder/ny-bruker")
    answer = veileder.post("/veileder/ny-bruker", {**GOOD, "nokkel": ids.new_id().hex})
    page = veileder.follow(answer).text
    assert "Fatima Oppdiktet" in page
    assert answer.location is not None
    sheet = veileder.post(answer.location, status=200).text
    assert 'dir="rtl"' in sheet  # the sheet is in the bruker's language, on a page in the veileder's
    assert "<svg" in sheet
    assert "localhost/inn" in sheet
    token_free = veileder.get(answer.location).text
    assert "<svg role" not in token_free  # shown once


def test_the_code_on_the_sheet_works(app: Flask, verden: Verden, veileder: Klient) -> None:
    path = f"/veileder/bruker/{verden.amina}/invitasjon"
    sheet = veileder.post(path, status=200).text
    found = re.search(r'<span class="kode">([^<]+)</span>', sheet)
    assert found is not None
    amina = Klient(app)
    assert amina.post("/inn/kode", {"kode": found[1]}).location == "/i"
    assert "Virker til" in sheet


@pytest.mark.parametrize("sprak", ["nb", "ar"])
def test_every_page(app: Flask, verden: Verden, veileder: Klient, sprak: str) -> None:
    case = f"/veileder/bruker/{verden.amina}"
    veileder.get("/veileder/palogginger")
    veileder.post("/veileder/sprak", {"bytt_sprak": sprak})
    veileder.sprak = sprak
    invite(verden)
    for path in ("/veileder/ny-bruker", f"{case}/invitasjon", f"{case}/profil", f"{case}/overfor"):
        veileder.get(path)
    veileder.post(f"{case}/invitasjon", status=200)
    veileder.post("/veileder/ny-bruker", {}, 422)
    veileder.post(f"{case}/profil", {"navn": ""}, 422)
    veileder.post(f"{case}/overfor", {}, 422)


def test_sent_twice_registered_once(app: Flask, verden: Verden, veileder: Klient) -> None:
    key, before = ids.new_id().hex, _count()
    first = veileder.post("/veileder/ny-bruker", {**GOOD, "nokkel": key})
    second = veileder.post("/veileder/ny-bruker", {**GOOD, "nokkel": key})
    assert first.location == second.location
    assert _count() == before + 1


@pytest.mark.parametrize("field", [{"navn": "Berit Oppdiktet"}, {"telefon": "+47 00 00 00 33"}, {"sprak": "pl"}])
def test_k10_another_person_from_the_same_form_is_not_the_first_one(
    verden: Verden, veileder: Klient, field: dict[str, str]
) -> None:
    """Back, another name, and the button again: whose invitation would it be?"""
    key, before = ids.new_id().hex, _count()
    first = veileder.post("/veileder/ny-bruker", {**GOOD, "nokkel": key})
    page = veileder.post("/veileder/ny-bruker", {**GOOD, **field, "nokkel": key}, 409).text
    assert "Du har registrert en person herfra før" in page
    assert next(iter(field.values())) in page
    assert _count() == before + 1
    (fresh,) = felter(page)["nokkel"]
    assert fresh != key
    assert veileder.post("/veileder/ny-bruker", {**GOOD, **field, "nokkel": fresh}).location != first.location
    assert _count() == before + 2


def test_the_form_of_somebody_deleted_since_registers_nobody_unasked(verden: Verden, veileder: Klient) -> None:
    key = ids.new_id()
    veileder.post("/veileder/ny-bruker", {**GOOD, "nokkel": key.hex})
    nokler.delete_bruker(verden.kommune_id, key)
    veileder.post("/veileder/ny-bruker", {**GOOD, "nokkel": key.hex}, 409)


def test_somebody_elses_key_does_not_open_theirs(app: Flask, verden: Verden, veileder: Klient) -> None:
    """Nor does it tell that there is such a bruker (S1): whoever was typed is registered."""
    before = _count()
    answer = veileder.post("/veileder/ny-bruker", {**GOOD, "nokkel": verden.jonas.hex})
    assert "Fatima Oppdiktet" in veileder.follow(answer).text
    assert str(verden.jonas) not in str(answer.location)
    assert _count() == before + 1


BAD = [
    ("navn", ""),
    ("navn", "   "),
    ("navn", "x" * 101),
    ("navn", "\x00\x01\x02"),
    ("navn", "!!!"),
    ("fodselsar", "98"),
    ("fodselsar", "1899"),
    ("fodselsar", "9999"),
    ("fodselsar", "١٩٩٨"),
    ("fodselsar", "-1"),
    ("fodselsar", "1998-01-01"),
    ("fodselsar", "x" * 5000),
    ("telefon", "ring meg"),
    ("telefon", "1" * 50),
    ("epost", "ikke en adresse"),
    ("epost", "a@b"),
    ("epost", "a@b.no\nBcc: x@y.no"),
    ("sprak", "klingonsk"),
    ("sprak", ""),
    ("visning", "alt"),
    ("tolkesprak", "x" * 61),
]


@pytest.mark.parametrize(("field", "value"), BAD)
def test_bad_input_is_said_at_the_field_and_nothing_typed_is_lost(
    app: Flask, verden: Verden, veileder: Klient, field: str, value: str
) -> None:
    before = _count()
    page = veileder.post("/veileder/ny-bruker", {**GOOD, field: value}, 422).text
    assert f'id="{field}-feil"' in page
    assert "ds-error-summary" in page
    kept = "telefon" if field == "navn" else "navn"
    assert GOOD[kept] in page
    assert _count() == before


def test_many_fields_and_scripts(app: Flask, verden: Verden, veileder: Klient) -> None:
    for name in ("محمد الفاتح", "Nguyễn Văn A", "O'Brien-Østby", "😀 Emoji", "\u202eomvendt\u202c navn"):
        answer = veileder.post("/veileder/ny-bruker", {"navn": name, "sprak": "nb", "visning": "full"})
        veileder.follow(answer)


def test_language_switch_keeps_what_was_typed(app: Flask, verden: Verden, veileder: Klient) -> None:
    veileder.get("/veileder/ny-bruker")
    veileder.sprak = "ar"
    page = veileder.post("/veileder/ny-bruker", {**GOOD, "navn": "", "bytt_sprak": "ar"}, 200).text
    assert "fatima@eksempel.no" in page
    assert "ds-error-summary" not in page


def test_revoke(app: Flask, verden: Verden, veileder: Klient, besoker: Klient) -> None:
    path = f"/veileder/bruker/{verden.amina}/invitasjon"
    ny = invite(verden)
    assert "Trekk tilbake" in veileder.get(path).text
    veileder.post(f"{path}/{ny.id}/trekk")
    assert "trukket tilbake" in veileder.get(path).text.lower()
    besoker.get(f"/i/{ny.token}", 410)
    veileder.post(f"{path}/{ny.id}/trekk")  # again: said, and nothing happens
    with reading() as db:
        types = db.scalars(select(Hendelse.type).where(Hendelse.type == "invitasjon_tilbakekalt")).all()
    assert len(types) == 1


def test_only_ones_own_bruker_and_their_own_invitation(app: Flask, verden: Verden, veileder: Klient) -> None:
    theirs = invitasjoner.for_bruker(verden.kommune_id, verden.jonas)
    veileder.get("/veileder/palogginger")
    assert veileder.post(f"/veileder/bruker/{verden.jonas}/invitasjon").location is not None
    veileder.post(f"/veileder/bruker/{verden.amina}/invitasjon/{theirs.id}/trekk")
    Klient(app).get(f"/i/{theirs.token}")


def test_the_profile_changes_and_the_log_names_fields_only(app: Flask, verden: Verden, veileder: Klient) -> None:
    path = f"/veileder/bruker/{verden.amina}/profil"
    page = veileder.get(path).text
    assert "Amina Prøve" in page
    assert 'value="1999"' in page
    form = {**GOOD, "navn": "Amina Nyttnavn"}
    assert veileder.post(path, form).location == f"/veileder/bruker/{verden.amina}/"
    person = service.person(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert person.profil.navn == "Amina Nyttnavn"
    assert person.profil.tolk
    assert person.sprak == "ar"
    assert 'name="visning"' not in page  # what is offered somebody who may have begun is kartlegging/tilbud.py
    with reading() as db:
        row = db.scalars(select(Hendelse).where(Hendelse.type == "bruker_endret")).one()
        assert finn(db, verden.kommune_id, "nyttnavn") == {verden.amina}
        assert not finn(db, verden.kommune_id, "prøve") & {verden.amina}
    assert "Nyttnavn" not in str(row.innhold)


def test_an_old_page_of_the_profile_takes_nothing_back_that_it_did_not_touch(
    app: Flask, bruker: Klient, verden: Verden, veileder: Klient
) -> None:
    """The bruker's language is theirs: what they chose meanwhile stands."""
    path = f"/veileder/bruker/{verden.amina}/profil"
    page = felter(veileder.get(path).text)
    bruker.post("/sprak", {"bytt_sprak": "en", "neste": "/"})
    other = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    other.post(path, med_navn(felter(other.get(path).text), {"epost": "amina@eksempel.no"}))
    veileder.post(path, med_navn(page, {"telefon": "99 99 99"}), 303)
    person = service.person(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert person.sprak == "en"
    assert (person.profil.telefon, person.profil.epost) == ("99 99 99", "amina@eksempel.no")
    with reading() as db:
        rows = db.scalars(select(Hendelse).where(Hendelse.type == "bruker_endret").order_by(Hendelse.lopenr)).all()
    assert ["epost" in str(row.innhold) for row in rows] == [True, False]

    page = felter(veileder.get(path).text)
    veileder.post(path, med_navn(page, {"navn": ""}), 422)  # comes back with what was typed, and what it began with
    veileder.post(path, med_navn(page, {"sprak": "nb", "fra": "[" * 9999}), 303)  # strange, and no harm
    assert service.person(verden.kommune_id, verden.amina, verden.seal(verden.amina)).sprak == "nb"


def test_handover_moves_the_access_in_one_step(app: Flask, verden: Verden, veileder: Klient) -> None:
    """K9, S1."""
    path = f"/veileder/bruker/{verden.amina}/overfor"
    page = veileder.get(path).text
    assert "Sara Test" in page
    assert "Anna Test" not in page  # an administrator follows up nobody
    assert "Ola Annen" not in page
    answer = veileder.post(path, {"til": str(verden.sara), "grunn": "Amina har flyttet til sør."})
    assert answer.location == "/veileder/"
    veileder.get(path, 303)
    sara = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.sara)
    assert "Kari Test" in sara.get(path).text  # the history follows along
    history = tildelinger.assignments(verden.kommune_id, verden.amina)
    seal = verden.seal(verden.amina)
    assert history[0][0].grunn is not None
    assert seal.open(history[0][0].grunn, tildelinger.reason_place(history[0][0])) == "Amina har flyttet til sør."


@pytest.mark.parametrize("who", ["kari", "leif"])
def test_a_handover_pressed_twice_is_answered_as_once(app: Flask, verden: Verden, who: str) -> None:
    """The first press takes the case away from the veileder; a leder who has opened it with a reason keeps it."""
    one = Klient(app).logg_inn_ansatt(verden.kommune_id, getattr(verden, who))
    if who == "leif":
        one.post(f"/veileder/apne/{verden.amina}", {"grunn": "Kari er syk i dag", "neste": ""})
    path, sent = f"/veileder/bruker/{verden.amina}/overfor", {"til": str(verden.per), "grunn": "Jeg slutter\r\nfredag"}
    for _ in range(2):
        answer = one.post(path, sent)
        while answer.location not in {None, "/veileder/"}:
            answer = one.get(str(answer.location), 303)
    page = one.follow(answer).text
    assert page.count("Brukeren er overført.") == 1
    assert drafts.paths(verden.kommune_id, ("ansatt", getattr(verden, who))) == []
    with reading() as db:
        assert db.scalar(select(func.count()).select_from(Hendelse).where(Hendelse.type == "bruker_overfort")) == 1


@pytest.mark.parametrize("other", [{"til": "sara"}, {"grunn": "Amina flytter likevel ikke"}])
def test_another_handover_after_the_first_is_given_back(
    verden: Verden, veileder: Klient, other: dict[str, str]
) -> None:
    """S1: whoever has no case any more cannot give it to anybody; what they wrote is theirs to copy."""
    path, sent = f"/veileder/bruker/{verden.amina}/overfor", {"til": "per", "grunn": "Jeg slutter fredag"}
    veileder.follow(veileder.post(path, {**sent, "til": str(verden.per)}))
    again = {**sent, **other}
    page = veileder.post(path, {**again, "til": str(getattr(verden, again["til"]))}, status=404).text
    assert again["grunn"] in page
    assert "Brukeren er overført." not in page
    assert drafts.paths(verden.kommune_id, ("ansatt", verden.kari)) == []


@pytest.mark.parametrize("til", ["", "x", "kari", "anna", "ola", "00000000-0000-0000-0000-000000000000"])
def test_handover_to_somebody_who_cannot(app: Flask, verden: Verden, veileder: Klient, til: str) -> None:
    people = {"kari": verden.kari, "anna": verden.anna, "ola": verden.annen_veileder}
    path = f"/veileder/bruker/{verden.amina}/overfor"
    page = veileder.post(path, {"til": str(people.get(til, til)), "grunn": "En god grunn."}, 422).text
    assert "til-feil" in page
    assert "En god grunn." in page
    with reading() as db:
        open_ones = db.scalars(select(Tildeling.ansatt_id).where(Tildeling.bruker_id == verden.amina)).all()
    assert open_ones == [verden.kari]


def test_handover_needs_a_reason(app: Flask, verden: Verden, veileder: Klient) -> None:
    path = f"/veileder/bruker/{verden.amina}/overfor"
    assert "grunn-feil" in veileder.post(path, {"til": str(verden.per), "grunn": " "}, 422).text
    assert "grunn-feil" in veileder.post(path, {"til": str(verden.per), "grunn": "x" * 501}, 422).text


def test_a_substitute_may_open_until_there_is_none(app: Flask, verden: Verden, veileder: Klient) -> None:
    case = f"/veileder/bruker/{verden.amina}"
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    per.get(f"{case}/profil", 303)
    veileder.get(f"{case}/overfor")
    veileder.post(f"{case}/vikar", {"vikar": str(verden.per)})
    per.get(f"{case}/profil")
    veileder.post(f"{case}/vikar", {"vikar": str(verden.sara)})
    per.get(f"{case}/profil", 303)
    veileder.post(f"{case}/vikar", {"vikar": ""})
    with clock.frozen(NOON + timedelta(minutes=1)):
        Klient(app).logg_inn_ansatt(verden.kommune_id, verden.sara).get(f"{case}/profil", 303)
    assert "Amina" in veileder.get(f"{case}/profil").text


def test_who_is_no_longer_substitute_is_in_the_log_of_both(bruker: Klient, verden: Verden, veileder: Klient) -> None:
    case = f"/veileder/bruker/{verden.amina}"

    def ended() -> list[str]:
        with reading() as db:
            query = select(Hendelse).where(Hendelse.type == "vikar_avsluttet", Hendelse.bruker_id == verden.amina)
            return [row.innhold["ansatt_id"] for row in db.scalars(query.order_by(Hendelse.lopenr))]

    for chosen in (verden.per, verden.per, verden.sara, ""):
        veileder.get(f"{case}/overfor")
        veileder.post(f"{case}/vikar", {"vikar": str(chosen)})
    assert ended() == [str(verden.per), str(verden.sara)]  # named again, nothing has ended
    assert "<bdi>Per Test</bdi> er ikke lenger vikar" in bruker.get("/innsyn/hendelser").text
    assert "<bdi>Per Test</bdi> er ikke lenger vikar" in veileder.get(f"{case}/tidslinje").text
    # A handover ends the substitute too, and says so.
    by = Actor("ansatt", verden.kari)
    tildelinger.set_substitute(verden.kommune_id, verden.amina, verden.per, by)
    tildelinger.hand_over(verden.kommune_id, verden.amina, verden.seal(verden.amina), verden.sara, "Permisjon", by)
    assert ended()[2:] == [str(verden.per)]


@pytest.mark.parametrize("vikar", ["kari", "anna", "ola", "tull"])
def test_who_cannot_be_substitute(app: Flask, verden: Verden, veileder: Klient, vikar: str) -> None:
    people = {"kari": verden.kari, "anna": verden.anna, "ola": verden.annen_veileder}
    case = f"/veileder/bruker/{verden.amina}"
    veileder.get(f"{case}/overfor")
    veileder.post(f"{case}/vikar", {"vikar": str(people.get(vikar, vikar))})
    page = veileder.get(f"{case}/overfor").text
    assert 'data-type="feil"' in page
    with reading() as db:
        assert db.scalars(select(Tildeling.som).where(Tildeling.bruker_id == verden.amina)).all() == ["ansvarlig"]
