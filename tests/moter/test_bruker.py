"""The bruker's side of meetings (S4, S6)."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask

from tests.klient import Klient
from tests.moter.avtaler import avtalt, holdt, kari, sak
from tests.sporringer import count
from tests.verden import Verden
from webapp.moter import notat, service, stemme
from webapp.platform import clock, drafts, ids


def agenda(verden: Verden, mote_id: UUID) -> str:
    return stemme.agenda(verden.kommune_id, verden.amina, verden.seal(verden.amina), mote_id).tekst


def del_notat(verden: Verden, mote_id: UUID, tekst: str = "Vi snakket om bolig.") -> None:
    notat.save(kari(verden), sak(verden), mote_id, 0, {"bosituasjon": tekst})
    notat.share(kari(verden), sak(verden), mote_id, 1)


def test_the_list_shows_coming_and_earlier_meetings(bruker: Klient, verden: Verden) -> None:
    assert "Ingen møter er avtalt nå." in bruker.get("/moter/").text
    coming, over = avtalt(verden), holdt(verden, clock.now() - timedelta(days=3))
    page = bruker.get("/moter/").text
    assert f"/moter/{coming}" in page
    assert f"/moter/{over}" in page
    assert "Rom 2, med tolk" in page
    assert "Holdt" in page


def test_the_list_is_paged_by_key_with_a_fixed_number_of_queries(app: Flask, bruker: Klient, verden: Verden) -> None:
    made = [holdt(verden, clock.now() - timedelta(days=n + 1)) for n in range(2)]
    with count(app) as few:
        bruker.get("/moter/")
    made += [holdt(verden, clock.now() - timedelta(days=n + 3)) for n in range(28)]
    with count(app) as many:
        first = bruker.get("/moter/").text
    assert len(many) == len(few) <= 5
    assert sum(str(one) in first for one in made) == 25
    following = first.split('href="/moter/?for=')[1].split('"')[0]
    second = bruker.get(f"/moter/?for={following}").text
    assert sum(str(one) in second for one in made) == 5
    for broken in ("x", "%00", "AAAA", "a" * 500, "☃", following[:-3]):
        bruker.get(f"/moter/?for={broken}", status=400)


def test_what_the_bruker_wants_to_take_up_is_saved_and_can_be_emptied(bruker: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    page = bruker.get(f"/moter/{mote_id}").text
    assert 'data-utkast="/utkast"' in page
    bruker.post(f"/moter/{mote_id}", {"tekst": "Naboen bråker 😀\nog مرحبا", "merke": ""})
    assert agenda(verden, mote_id) == "Naboen bråker 😀\nog مرحبا"
    page = bruker.get(f"/moter/{mote_id}").text
    assert "Naboen bråker 😀" in page
    merke = page.split('name="merke" value="')[1].split('"')[0]
    bruker.post(f"/moter/{mote_id}", {"tekst": "", "merke": merke})
    assert agenda(verden, mote_id) == ""


def test_two_tabs_show_both_texts_and_lose_neither(bruker: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    bruker.post(f"/moter/{mote_id}", {"tekst": "Fra den ene siden", "merke": ""})
    page = bruker.post(f"/moter/{mote_id}", {"tekst": "Fra den andre siden", "merke": ""}, status=409).text
    assert "Fra den ene siden" in page
    assert "Fra den andre siden" in page
    merke = page.split('name="merke" value="')[1].split('"')[0]
    bruker.post(f"/moter/{mote_id}", {"tekst": "Begge deler", "merke": merke})
    assert agenda(verden, mote_id) == "Begge deler"


def test_after_the_meeting_the_text_stays_as_it_was(bruker: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    page = bruker.post(f"/moter/{mote_id}", {"tekst": "For sent, men ikke borte", "merke": ""}, status=422).text
    assert "For sent, men ikke borte" in page
    assert agenda(verden, mote_id) == ""


def test_too_long_text_stays_on_the_page(bruker: Klient, verden: Verden) -> None:
    mote_id, text = avtalt(verden), "å" * 10_005
    page = bruker.post(f"/moter/{mote_id}", {"tekst": text, "merke": ""}, status=422).text
    assert text in page
    assert "5 tegn for lang" in page


def test_switching_language_keeps_what_is_typed(bruker: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    page = bruker.post(
        f"/moter/{mote_id}", {"tekst": "Midt i en setning", "merke": "", "bytt_sprak": "nb"}, status=200
    ).text
    assert "Midt i en setning" in page
    assert agenda(verden, mote_id) == ""


def test_a_stale_form_key_keeps_what_is_typed(bruker: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    page = bruker.post(f"/moter/{mote_id}", {"tekst": "Skrevet lenge", "merke": ""}, status=422, key="gammel").text
    assert "Skrevet lenge" in page
    assert agenda(verden, mote_id) == ""


def test_nobody_elses_meeting_is_there(bruker: Klient, verden: Verden) -> None:
    theirs = avtalt(verden, bruker_id=verden.jonas)
    for path in ("", ".ics", "/notat", "/notat.pdf", "/vurdering"):
        bruker.get(f"/moter/{theirs}{path}", status=404)
        bruker.get(f"/moter/{ids.new_id()}{path}", status=404)
    bruker.get("/moter/ikke-en-id", status=404)
    bruker.post(f"/moter/{theirs}", {"tekst": "x"}, status=404)


def test_s6_the_calendar_entry_says_nothing_about_what_it_is(bruker: Klient, verden: Verden) -> None:
    mote_id = avtalt(verden)
    ics = bruker.get(f"/moter/{mote_id}.ics")
    assert ics.mimetype == "text/calendar"
    assert str(mote_id) not in ics.text  # nor anything else that could be looked up
    assert ics.text == bruker.get(f"/moter/{mote_id}.ics").text  # the calendar changes its own, and makes no second one
    for secret in ("Rom 2", "bolig", "Kari", "Nav", "sosial", "kartlegging"):
        assert secret not in ics.text.replace("PRODID:-//Medvirk//Medvirk//NO", "")


def test_a_moved_and_a_cancelled_meeting_move_the_calendar(bruker: Klient, verden: Verden) -> None:
    from webapp.moter.forms import Avtale

    mote_id = avtalt(verden)
    service.change(
        kari(verden), sak(verden), mote_id, Avtale(clock.now() + timedelta(days=2), 30, "video", "Lenke", "")
    )
    assert "SEQUENCE:1" in bruker.get(f"/moter/{mote_id}.ics").text
    service.cancel(kari(verden), sak(verden), mote_id, "Jeg er syk")
    ics = bruker.get(f"/moter/{mote_id}.ics").text
    assert "STATUS:CANCELLED" in ics
    assert "SEQUENCE:2" in ics
    page = bruker.get(f"/moter/{mote_id}").text
    assert "Jeg er syk" in page
    assert "Du trenger ikke å gjøre noe" in page


def test_the_note_is_read_commented_and_kept(bruker: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    bruker.get(f"/moter/{mote_id}/notat", status=404)
    notat.save(kari(verden), sak(verden), mote_id, 0, {"bosituasjon": "Bare et utkast"})
    bruker.get(f"/moter/{mote_id}/notat", status=404)  # S4: not before it is shared
    assert "utkast" not in bruker.get(f"/moter/{mote_id}").text.replace("data-utkast", "")
    notat.share(kari(verden), sak(verden), mote_id, 1)
    page = bruker.get(f"/moter/{mote_id}/notat").text
    assert "Bare et utkast" in page
    nokkel = page.split('name="nokkel" value="')[1].split('"')[0]
    for _ in range(2):  # sent twice, it stands once
        bruker.post(f"/moter/{mote_id}/notat", {"tekst": "Jeg husker det annerledes", "nokkel": nokkel})
    page = bruker.get(f"/moter/{mote_id}/notat").text
    assert page.count("Jeg husker det annerledes") == 1
    bruker.post(f"/moter/{mote_id}/notat", {"tekst": "  "}, status=422)
    assert bruker.get(f"/moter/{mote_id}/notat.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("tilstand", ["avtalt", "avlyst", "ikke_holdt", "holdt"])
def test_a_comment_where_no_note_is_shared_has_no_page(bruker: Klient, verden: Verden, tilstand: str) -> None:
    """And what was written is not thrown away: it is given back, to be copied, as wherever a form is gone."""
    mote_id = avtalt(verden, clock.now() - timedelta(hours=1))
    if tilstand == "avlyst":
        service.cancel(kari(verden), sak(verden), mote_id, "Jeg er syk")
    elif tilstand != "avtalt":
        (service.held if tilstand == "holdt" else service.not_held)(kari(verden), sak(verden), mote_id)
    page = bruker.post(f"/moter/{mote_id}/notat", {"tekst": "Jeg husker det annerledes"}, status=404).text
    assert "Vi finner ikke siden." in page
    assert "Jeg husker det annerledes" in page
    assert drafts.paths(verden.kommune_id, ("bruker", verden.amina)) == []


def test_a_new_version_leaves_the_old_one_with_its_comments(bruker: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    del_notat(verden, mote_id)
    bruker.post(f"/moter/{mote_id}/notat", {"tekst": "Det var to rom"})
    notat.save(kari(verden), sak(verden), mote_id, 1, {"bosituasjon": "Vi snakket om bolig med to rom."})
    notat.share(kari(verden), sak(verden), mote_id, 2)
    page = bruker.get(f"/moter/{mote_id}/notat").text
    assert "Vi snakket om bolig med to rom." in page
    assert "Vi snakket om bolig.</p>" in page
    assert "Det var to rom" in page


def test_how_was_the_meeting(bruker: Klient, verden: Verden) -> None:
    mote_id = holdt(verden)
    bruker.get(f"/moter/{avtalt(verden)}/vurdering", status=404)  # not before it has been held
    path = f"/moter/{mote_id}/vurdering"
    page = bruker.get(path).text
    for word in ("Vanskelig", "Ganske vanskelig", "Midt imellom", "Ganske bra", "Bra"):
        assert word in page
    for wrong in ({}, {"ansikt": "6"}, {"ansikt": "0"}, {"ansikt": "bra"}):
        page = bruker.post(path, {**wrong, "tekst": "Du hørte på meg"}, status=422).text
        assert "Velg det som passer best." in page
        assert "Du hørte på meg" in page
    bruker.post(path, {"ansikt": "5", "tekst": "Du hørte på meg"})
    bruker.post(path, {"ansikt": "2", "tekst": ""})  # said again, the latest counts
    said = stemme.rating(verden.kommune_id, verden.amina, verden.seal(verden.amina), mote_id)
    assert said is not None
    assert said.ansikt == 2
