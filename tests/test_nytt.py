"""What waits in every room, gathered for the front page and the worklist."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import NOON
from tests.klient import Klient
from tests.varsel import verk
from tests.verden import Verden
from webapp import nytt
from webapp.platform import access, ids
from webapp.platform.database import writing
from webapp.platform.nyheter import Merke, Nyhet
from webapp.varsel import service as varsel
from webapp.veiledning import service as radtjeneste
from webapp.vilkar import service
from webapp.vilkar.models import Vilkar

DAY = date(2026, 12, 1)


def rom(lines: Sequence[Nyhet] = (), labels: dict[UUID, list[Merke]] | None = None) -> Any:
    return SimpleNamespace(for_bruker=lambda *_: list(lines), for_liste=lambda *_: labels or {})


def test_what_is_lost_by_waiting_comes_first_then_the_nearest_deadline(
    monkeypatch: pytest.MonkeyPatch, verden: Verden
) -> None:
    first, second = (
        rom([Nyhet("uten frist", "/a"), Nyhet("sen", "/b", date(2027, 1, 1))]),
        rom([Nyhet("snart", "/c", DAY), Nyhet("haster", "/d", date(2027, 2, 1), haster=True)]),
    )
    monkeypatch.setattr(nytt, "ROM", (first, second))
    found = nytt.for_bruker(verden.kommune_id, verden.amina, verden.seal(verden.amina))
    assert [one.tekst for one in found] == ["haster", "snart", "sen", "uten frist"]


def test_labels_of_all_rooms_are_put_together(monkeypatch: pytest.MonkeyPatch, verden: Verden) -> None:
    monkeypatch.setattr(
        nytt,
        "ROM",
        (
            rom(labels={verden.amina: [Merke("a", "A")], verden.jonas: []}),
            rom(labels={verden.amina: [Merke("b", "B", haster=True)]}),
        ),
    )
    found = nytt.for_liste(verden.kommune_id, [verden.amina, verden.jonas])
    assert {who: [label.kode for label in labels] for who, labels in found.items()} == {verden.amina: ["b", "a"]}
    assert nytt.for_liste(verden.kommune_id, []) == {}


def asked(verden: Verden, app: Flask) -> None:
    who = access.Bruker(
        verden.kommune_id, verden.amina, verden.nord, ids.new_id(), "nb", verden.seal(verden.amina), None
    )
    radtjeneste.ask(who, ids.new_id(), ["okonomi"], "Hjelp", "bruker")


def test_the_worklist_shows_what_waits_outside_the_mapping(app: Flask, veileder: Klient, verden: Verden) -> None:
    assert "Ber om råd og veiledning" not in veileder.get("/veileder/").text
    asked(verden, app)
    for path in ("/veileder/", "/veileder/?vis=saker"):
        page = veileder.get(path).text
        assert "Ber om råd og veiledning" in page
        assert "Plan, vilkår og varsler <span>(1)</span>" in page
    page = veileder.get("/veileder/?vis=saker").text
    assert str(verden.amina) in page
    assert '<caption class="ds-sr-only">Plan, vilkår og varsler</caption>' in page  # another order than the mapping's
    for broken in ("x", "%00", "-1", "a" * 300):
        veileder.get(f"/veileder/?vis=saker&etter={broken}", status=400)


@pytest.mark.parametrize(("dag", "said"), [(date(2026, 11, 23), True), (date(2026, 11, 24), False)])
def test_a_day_that_has_passed_is_not_read_as_one_to_come(
    monkeypatch: pytest.MonkeyPatch, veileder: Klient, verden: Verden, *, dag: date, said: bool
) -> None:
    monkeypatch.setattr(nytt, "ROM", (rom(labels={verden.amina: [Merke("a", "Planen skal ses på sammen", dag)]}),))
    assert ("Over fristen: Planen skal ses på sammen" in veileder.get("/veileder/").text) is said


def test_what_says_that_it_is_over_the_deadline_is_in_the_group_of_that_name(
    monkeypatch: pytest.MonkeyPatch, veileder: Klient, verden: Verden
) -> None:
    """Also when it is not about the mapping: whoever looks there for what is overdue is to find it all."""
    overdue, in_time = Merke("a", "Sen", date(2026, 11, 23)), Merke("b", "I dag", date(2026, 11, 24))
    for labels, count in ([overdue, in_time], 1), ([in_time], 0), ([Merke("c", "Uten frist")], 0):
        monkeypatch.setattr(nytt, "ROM", (rom(labels={verden.amina: labels, verden.jonas: labels}),))
        for path in ("/veileder/", "/veileder/?vis=saker", "/veileder/?vis=over"):
            assert f"Over fristen <span>({count})</span>" in veileder.get(path).text, path
        assert (str(verden.amina) in veileder.get("/veileder/?vis=over").text) is bool(count)
        assert str(verden.jonas) not in veileder.get("/veileder/?vis=over").text  # somebody else's


def test_a_day_beside_a_label_is_said_to_be_a_deadline(
    monkeypatch: pytest.MonkeyPatch, veileder: Klient, verden: Verden
) -> None:
    """«Henvendelser: 1 mandag 28. desember» reads as one Monday."""
    labels = [Merke("a", "Henvendelser: 1", date(2026, 12, 28)), Merke("b", "Prøve")]
    monkeypatch.setattr(nytt, "ROM", (rom(labels={verden.amina: labels}),))
    page = veileder.get("/veileder/").text
    assert ">Henvendelser: 1. Frist mandag 28. desember<" in page
    assert ">Prøve<" in page


def test_what_is_lost_by_waiting_stands_first_at_a_name_and_how_far_they_have_come_last(
    monkeypatch: pytest.MonkeyPatch, veileder: Klient, verden: Verden
) -> None:
    """«Ikke begynt» is no news of somebody who is in the middle of a notice."""
    labels = [Merke("a", "Varsel ikke åpnet. Ta kontakt", haster=True, ring=True), Merke("b", "Ber om råd")]
    monkeypatch.setattr(nytt, "ROM", (rom(labels={verden.amina: labels}),))
    row = veileder.get("/veileder/").text.split(f"/veileder/bruker/{verden.amina}/")[1].split("</tr>")[0]
    assert re.findall(r'merkelapp"[^>]*>([^<]+)<', row) == [
        "Varsel ikke åpnet. Ta kontakt",
        "Ber om råd",
        "Ikke begynt",
    ]


def kort(app: Flask, verden: Verden) -> list[str]:
    """The labels at Amina's name that are about a vilkår."""
    with app.test_request_context():
        found = nytt.for_liste(verden.kommune_id, [verden.amina]).get(verden.amina, [])
    return [one.tekst for one in found if one.kode.startswith("vilkar_")]


@pytest.mark.parametrize("ended", ["decided", "closed"])
def test_a_last_day_that_has_been_says_what_is_to_be_done_and_goes_when_nothing_is(
    app: Flask, veileder: Klient, verden: Verden, ended: str
) -> None:
    verk.vilkaret(verden, frist=None)  # another, of which nothing is to be said
    vilkar_id = verk.vilkaret(verden, frist=NOON.date() - timedelta(days=3))
    with writing(unverified=True) as db:
        db.execute(update(Vilkar).values(vist=True, svar="forstar"))
    assert kort(app, verden) == ["Registrer om et vilkår er gjort"]
    assert "Over fristen: Registrer om et vilkår er gjort." in veileder.get("/veileder/").text
    kari, case = verk.kari(verden), verk.sak(verden)
    with verk.formnokkel(app):
        service.assess(kari, case, vilkar_id, ids.new_id(), "ikke_oppfylt", "Vi snakkes.")
        assert kort(app, verden) == ["Snakk med brukeren om hva som kan hjelpe"]
        sak_id = verk.notert(verden, vilkar_id)
        assert kort(app, verden) == []  # what is asked is asked in the matter
        if ended == "closed":
            varsel.close(kari, case, sak_id, ids.new_id(), "ikke_grunnlag", "")
        else:
            varsel.send(kari, case, sak_id, ids.new_id(), verk.UTKAST, verk.saken(verden, sak_id).steg)
            varsel.open_notice(verk.amina(verden), sak_id, "nb")
            verk.si(verden, sak_id, "sykdom")
            verk.vei(verden, sak_id)
            verk.avgjor(verden, sak_id)
        assert kort(app, verden) == []
        # What was about an earlier version of it does not answer for this one.
        verk.ny_versjon(verden, vilkar_id, verk.vedtak(verden, NOON.date()), 2)
        assert kort(app, verden) == ["Snakk med brukeren om hva som kan hjelpe"]


def test_a_vilkar_that_nobody_has_registered_is_asked_about_again_after_its_matter(app: Flask, verden: Verden) -> None:
    vilkar_id = verk.vilkaret(verden, frist=NOON.date() - timedelta(days=3))
    with writing(unverified=True) as db:
        db.execute(update(Vilkar).where(Vilkar.id == vilkar_id).values(vist=True, svar="forstar"))
    with verk.formnokkel(app):
        sak_id = verk.notert(verden, vilkar_id)
        assert kort(app, verden) == []
        varsel.close(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), "ikke_grunnlag", "")
        assert kort(app, verden) == ["Registrer om et vilkår er gjort"]
        service.assess(verk.kari(verden), verk.sak(verden), vilkar_id, ids.new_id(), "oppfylt", "")
    assert kort(app, verden) == []


def test_the_list_of_matters_is_paged(
    app: Flask, veileder: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    from webapp.identitet import service as identitet

    everybody = [
        identitet.register_bruker(verden.kommune_id, verden.nord, verden.kari, identitet.Profil(f"Person {n}"))
        for n in range(27)
    ]
    labels = {bruker_id: [Merke("prove", "Prøve")] for bruker_id in everybody}
    monkeypatch.setattr(nytt, "ROM", (rom(labels=labels),))
    first = veileder.get("/veileder/?vis=saker").text
    following = first.split("etter=")[1].split('"')[0]
    second = veileder.get(f"/veileder/?vis=saker&etter={following}").text
    assert sum(str(one) in first for one in everybody) == 25
    assert sum(str(one) in second for one in everybody) == 2
    # By key: what is dealt with while the first page is read moves nobody past the second.
    shown = [one for one in everybody if str(one) in first]
    for one in shown[:3]:
        del labels[one]
    again = veileder.get(f"/veileder/?vis=saker&etter={following}").text
    assert {one for one in everybody if str(one) in again} == set(everybody) - set(shown)


def test_a_notice_stands_under_vilkar_in_the_menu(app: Flask, bruker: Klient, verden: Verden) -> None:
    with verk.formnokkel(app):
        sak_id = verk.uttalt(verden)
    said = verk.saken(verden, sak_id).uttalelser[0]
    for path in ("", f"{sak_id}", f"{sak_id}/uttalelse", f"{sak_id}/uttalelse/{said.id}"):
        page = bruker.get(f"/varsel/{path}").text
        assert '<a href="/vilkar/" aria-current="page">' in page
        assert page.count('aria-current="page"') == 1
    assert 'href="/varsel/"' in bruker.get("/vilkar/").text
