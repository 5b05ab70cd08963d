"""The pages of one bruker, as the office sees them (S1, K1, K7, K8, K11)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import NOON
from tests.kartlegging.veileder_levert import SVAR, lever, som_bruker, svar
from tests.klient import Klient
from tests.moter.avtaler import avtalt, holdt, kari, sak
from tests.sporringer import count
from tests.verden import Verden
from webapp.identitet import tildelinger
from webapp.identitet.models import Ansatt, Tildeling
from webapp.kartlegging import merknader, service
from webapp.platform import clock, ids
from webapp.platform.audit import Hendelse
from webapp.platform.database import reading


def sti(verden: Verden, rest: str = "") -> str:
    return f"/veileder/bruker/{verden.amina}/{rest}"


def events(verden: Verden, *types: str) -> list[Hendelse]:
    with reading() as db:
        return list(
            db.scalars(
                select(Hendelse)
                .where(Hendelse.kommune_id == verden.kommune_id, Hendelse.type.in_(types))
                .order_by(Hendelse.lopenr)
            )
        )


def test_before_anything_is_delivered_nothing_written_is_shown(veileder: Klient, verden: Verden) -> None:
    svar(verden, {"bolig.fungerer": "Bare et utkast"})
    page = veileder.get(sti(verden)).text
    assert "Amina Prøve" in page
    assert "Bare et utkast" not in page
    assert "Det er frivillig å svare." in page


def test_the_latest_mapping_stands_by_theme_in_the_brukers_words(veileder: Klient, verden: Verden) -> None:
    lever(verden)
    page = veileder.get(sti(verden)).text
    for words in ("Jeg har hybel, den er kald om vinteren", "Jeg vil bli sveiser", "Sjelden, og det går greit"):
        assert words in page
    assert 'href="#tema-bolig"' in page
    assert "Skal holdes innen tirsdag 8. desember." in page  # K8: 14 days
    assert "Skal avtales innen torsdag 24. desember." in page  # K8: 30 days


def test_reading_marks_the_delivery_as_read_for_the_responsible_only(
    app: Flask, veileder: Klient, verden: Verden
) -> None:
    from webapp.identitet import adgang

    lever(verden)
    tildelinger.set_substitute(verden.kommune_id, verden.amina, verden.sara, kari(verden).actor)
    Klient(app).logg_inn_ansatt(verden.kommune_id, verden.sara).get(sti(verden))
    leder = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.leif)
    adgang.state_reason(leder.who, verden.amina, "Stikkprøve")  # type: ignore[arg-type]
    leder.get(sti(verden))
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.lest is None
    veileder.get(sti(verden))
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.lest == NOON
    with clock.frozen(NOON + timedelta(minutes=5)):
        veileder.get(sti(verden))
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.lest == NOON  # the first time is kept


def while_the_page_is_made(app: Flask, monkeypatch: pytest.MonkeyPatch, does: Callable[[], object]) -> None:
    """The bruker does something after the page has read the mapping, and before it is sent."""
    real = tildelinger.assignments

    def somewhere_else() -> None:
        with app.app_context():
            does()

    def late(kommune_id: int, bruker_id: UUID) -> list[tuple[Tildeling, Ansatt]]:
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(somewhere_else).result()
        return real(kommune_id, bruker_id)

    monkeypatch.setattr(tildelinger, "assignments", late)


def test_k8_what_came_while_the_page_was_made_is_still_new(
    app: Flask, veileder: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    lever(verden, {"bolig.fungerer": "Den første"})
    while_the_page_is_made(app, monkeypatch, lambda: lever(verden, {"bolig.fungerer": "Den andre, helt ny"}))
    page = veileder.get(sti(verden)).text
    assert "Den første" in page
    assert "helt ny" not in page
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.lest is None
    assert "helt ny" in veileder.get(sti(verden)).text
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.lest == NOON


def test_an_answer_that_came_while_the_page_was_made_is_still_new(
    app: Flask, veileder: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    levert = lever(verden)
    veileder.get(sti(verden))
    first, second = (
        merknader.add(kari(verden), sak(verden), levert.id, "bolig.fungerer", "sporsmal", text, ids.new_id())
        for text in ("Hvor kald?", "Og om sommeren?")
    )
    merknader.answer(som_bruker(verden), first, "Ti grader")
    answer = partial(merknader.answer, som_bruker(verden), second, "Da er den for varm")
    while_the_page_is_made(app, monkeypatch, answer)
    assert "Brukeren har svart på 1 spørsmål" in veileder.get(sti(verden)).text
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.nye_svar == 1
    assert "Brukeren har svart på 1 spørsmål" in veileder.get(sti(verden)).text
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.nye_svar == 0


def test_what_a_browser_fetched_without_showing_it_is_not_read(veileder: Klient, verden: Verden) -> None:
    lever(verden)
    veileder.http.head(sti(verden))
    veileder.http.get(sti(verden), headers={"Sec-Purpose": "prefetch"})
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.lest is None


def test_s1_every_opening_is_logged_and_others_are_asked_for_a_reason(
    app: Flask, veileder: Klient, verden: Verden
) -> None:
    levert = lever(verden)
    for rest in ("", f"kartlegging/{levert.nummer}", "tidslinje", "fyll-ut/", "fyll-ut/bolig"):
        veileder.get(sti(verden, rest))
    assert len(events(verden, "bruker_apnet")) == 5
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    response = per.get(sti(verden), status=303)
    assert f"/veileder/apne/{verden.amina}" in response.location
    unknown = per.get(f"/veileder/bruker/{ids.new_id()}/", status=303)  # the same for one that does not exist
    assert "/veileder/apne/" in unknown.location
    foreign = Klient(app).logg_inn_ansatt(verden.annen_kommune_id, verden.annen_veileder)
    foreign.get(sti(verden), status=303)
    Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna).get(sti(verden), status=404)  # never reads a mapping
    assert len(events(verden, "bruker_apnet")) == 5


def test_versions_are_read_and_compared(veileder: Klient, verden: Verden) -> None:
    first = lever(verden)
    with clock.frozen(NOON + timedelta(minutes=10)):
        second = lever(verden, {"bolig.fungerer": "Jeg har leilighet, den er varm om vinteren", "onsker.drom": ""})
        page = veileder.get(sti(verden)).text
        assert f"sammenlign/{first.nummer}/{second.nummer}" in page
        for pair in (f"{first.nummer}/{second.nummer}", f"{second.nummer}/{first.nummer}"):
            page = veileder.get(sti(verden, f"sammenlign/{pair}")).text
            assert "<del>hybel</del>" in page
            assert "<ins>leilighet</ins>" in page
            assert "Svaret er tatt bort" in page
        page = veileder.get(sti(verden, f"kartlegging/{first.nummer}")).text
        assert "Brukeren har levert en nyere versjon." in page
        assert "Ingen endringer" in veileder.get(sti(verden, f"sammenlign/{first.nummer}/{first.nummer}")).text


def test_somebody_elses_version_is_not_there(veileder: Klient, verden: Verden) -> None:
    mine, theirs = lever(verden), lever(verden, bruker_id=verden.jonas)
    for rest in (
        f"kartlegging/{theirs.nummer}",
        "kartlegging/finnes-ikke",
        f"kartlegging/{'A' * 300}",
        f"sammenlign/{mine.nummer}/{theirs.nummer}",
        f"kartlegging/{theirs.nummer}/merknad/bolig.fungerer",
        f"kartlegging/{mine.nummer}/merknad/finnes.ikke",
    ):
        veileder.get(sti(verden, rest), status=404)


def test_k11_a_question_beside_an_answer_is_asked_answered_and_seen(veileder: Klient, verden: Verden) -> None:
    levert = lever(verden)
    path = sti(verden, f"kartlegging/{levert.nummer}/merknad/onsker.drom")
    page = veileder.get(path).text
    assert "Jeg vil bli sveiser" in page
    nokkel = page.split('name="nokkel" value="')[1].split('"')[0]
    for _ in range(2):
        veileder.post(path, {"slag": "sporsmal", "tekst": "Hva skal til, tror du?", "nokkel": nokkel})
    page = veileder.get(sti(verden, f"kartlegging/{levert.nummer}")).text
    assert page.count("Hva skal til, tror du?") == 1
    assert "Jeg vil bli sveiser" in page  # K1: the answer stands as it was
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert (state.venter_svar, state.nye_svar) == (1, 0)

    who = som_bruker(verden)
    asked = merknader.waiting(who.kommune_id, who.id, who.seal)[0]
    svar_id = ids.new_id()
    for _ in range(2):
        merknader.answer(who, asked.id, "Kurs og førerkort", svar_id)
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert (state.venter_svar, state.nye_svar) == (0, 1)
    page = veileder.get(sti(verden)).text
    assert "Kurs og førerkort" in page
    assert "Brukeren har svart på 1 spørsmål" in page
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.nye_svar == 0


def test_other_words_from_the_same_form_stand_beside_as_well(verden: Verden) -> None:
    """The answer to the first press was lost, and the text was mended before the next one."""
    levert, who = lever(verden), som_bruker(verden)
    key, svar_id = ids.new_id(), ids.new_id()
    said = ["Hva skal til?", "Hva skal til, og når?", "Hva skal til, og når?", "Hva skal til?"]
    noted = [merknader.add(kari(verden), sak(verden), levert.id, "onsker.drom", "sporsmal", t, key) for t in said]
    assert (noted[0], noted[1]) == (noted[3], noted[2])
    assert noted[0] != noted[1]
    for text in ("Kurs", "Kurs og førerkort", "Kurs og førerkort", "Kurs"):
        merknader.answer(who, noted[1], text, svar_id)
    beside = merknader.for_levering(verden.kommune_id, verden.amina, who.seal, levert.id)
    assert [one.tekst for one in beside] == said[:2]
    assert [one.tekst for one in beside[1].svar] == ["Kurs", "Kurs og førerkort"]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"slag": "sporsmal", "tekst": ""}, "Skriv teksten først."),
        ({"slag": "sporsmal", "tekst": "\x00 "}, "Skriv teksten først."),
        ({"slag": "karakter", "tekst": "Hva tenker du?"}, "Velg om det er"),
        ({"slag": "merknad", "tekst": "å" * 2001}, "1 tegn for lang"),
    ],
)
def test_what_is_wrong_with_a_remark_is_said(veileder: Klient, verden: Verden, sent: dict[str, str], says: str) -> None:
    levert = lever(verden)
    path = sti(verden, f"kartlegging/{levert.nummer}/merknad/bolig.fungerer")
    page = veileder.post(path, sent, status=422).text
    assert says in page
    assert sent["tekst"].strip("\x00 ") in page
    assert not events(verden, "merknad_skrevet")


def test_a_remark_cannot_be_answered_by_somebody_else(verden: Verden) -> None:
    levert = lever(verden)
    merknad_id = merknader.add(kari(verden), sak(verden), levert.id, "bolig.fungerer", "sporsmal", "?", ids.new_id())
    with pytest.raises(service.NotHere):
        merknader.answer(som_bruker(verden, verden.jonas), merknad_id, "Jeg er ikke Amina")


def test_k8_a_meeting_after_delivery_stops_the_first_clock_and_is_the_gjennomgang(
    veileder: Klient, verden: Verden
) -> None:
    before = avtalt(verden, NOON - timedelta(days=3))
    levert = lever(verden)
    veileder.post(sti(verden, f"mote/{before}/holdt"))  # a meeting from before the delivery does not count
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.samtale_holdt is None
    with clock.frozen(NOON + timedelta(hours=3)):
        mote_id = holdt(verden)
    state = service.state(verden.kommune_id, verden.amina)
    assert state is not None
    assert state.samtale_holdt == NOON + timedelta(hours=2)
    assert state.plan_fulgt is None
    (reviewed,) = events(verden, "gjennomgang_registrert")
    assert reviewed.innhold == {"levering_id": str(levert.id)}
    assert "Gjennomgang av kartleggingen" in veileder.get(sti(verden, f"mote/{mote_id}")).text


def test_the_timeline_says_it_in_both_sides_words(veileder: Klient, verden: Verden) -> None:
    lever(verden)
    page = veileder.get(sti(verden, "tidslinje")).text
    assert "Brukeren leser:" in page
    for n in range(40):
        with clock.frozen(NOON + timedelta(minutes=n)):
            veileder.get(sti(verden))
    page = veileder.get(sti(verden, "tidslinje")).text
    older = page.split('href="?for=')[1].split('"')[0]
    assert "Til det nyeste" in veileder.get(sti(verden, f"tidslinje?for={older}")).text
    for wrong in ("-1", "x", "9" * 30, "%00"):
        veileder.get(sti(verden, f"tidslinje?for={wrong}"), status=400)


def test_the_overview_asks_the_database_the_same_number_of_times_however_much_there_is(
    app: Flask, veileder: Klient, verden: Verden
) -> None:
    levert = lever(verden)
    avtalt(verden)
    merknader.add(kari(verden), sak(verden), levert.id, "bolig.fungerer", "merknad", "Så fint", ids.new_id())
    veileder.get(sti(verden))
    with count(app) as few:
        veileder.get(sti(verden))
    for n in range(8):
        avtalt(verden, NOON + timedelta(days=n + 1))
        merknader.add(kari(verden), sak(verden), levert.id, "bolig.fungerer", "sporsmal", f"Nr. {n}", ids.new_id())
        with clock.frozen(NOON + timedelta(minutes=n)):
            lever(verden, {"bolig.fungerer": f"Versjon {n}"})
    veileder.get(sti(verden))
    with count(app) as many:
        veileder.get(sti(verden))
    assert len(many) == len(few)
    assert len(many) <= 27


def test_the_answers_are_all_there(veileder: Klient, verden: Verden) -> None:
    levert = lever(verden, {**SVAR, "hjelp.ikke-spurt": "<script>alert(1)</script> 😀 مرحبا"})
    page = veileder.get(sti(verden, f"kartlegging/{levert.nummer}")).text
    assert page.count('class="svar"') == len(SVAR) + 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 😀 مرحبا" in page
