"""The bruker's side of the plan (P1–P4, K4, S6)."""

from __future__ import annotations

import hashlib
import io
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil.rrule import rrulestr  # type: ignore[import-untyped] # has no types
from flask import Flask
from icalendar import Calendar
from pypdf import PdfReader

from tests.conftest import NOON
from tests.kartlegging.veileder_levert import lever
from tests.klient import Klient
from tests.plan.planer import FRIST, amina, avtalt, foreslatt, forslag, i_tilstand, nav, plan, steg
from tests.sporringer import count
from tests.verden import Verden
from webapp.plan import mal, rules, service
from webapp.plan.rules import Handling, Tilstand
from webapp.platform import clock, ids

NYTT = {"hva": "Lære å svømme", "hvorfor": "For ryggen", "ansvar": "bruker", "hvor_ofte": "ukentlig"}


def test_an_empty_plan_says_what_can_be_done(bruker: Klient) -> None:
    page = bruker.get("/plan/").text
    assert "Ingenting er avtalt for denne uka." in page
    assert "/plan/steg/nytt" in page
    bruker.get("/plan/kjenn", status=303)
    for path in ("historie", "pa-dato", "fra-kartleggingen", "steg/nytt", "mal/nytt"):
        bruker.get(f"/plan/{path}")


def test_this_week_comes_first_then_what_waits(bruker: Klient, verden: Verden) -> None:
    avtalt(verden, forslag("Ring fastlegen"))
    avtalt(verden, forslag("Søk om barnehageplass", frist=date(2027, 2, 1)))
    avtalt(verden, forslag("Finne en praksisplass til deg", ansvar="nav_arbeid"))
    foreslatt(verden, "nav", forslag("Bli med på jobbverksted"))
    foreslatt(verden, "bruker", forslag("Få kurs i data"))
    page = bruker.get("/plan/").text
    places = [
        page.index(text)
        for text in (
            "Dette skal jeg gjøre denne uka",
            "Ring fastlegen",
            "Forslag som venter på svar fra deg",
            "Bli med på jobbverksted",
            "Senere",
            "Søk om barnehageplass",
            "Dette skal Nav gjøre",
            "Finne en praksisplass",
            "Forslag som venter på Nav",
            "Få kurs i data",
        )
    ]
    assert places == sorted(places)
    assert "fredag 27. november" in page


def test_what_should_have_been_done_is_asked_about_without_blame(bruker: Klient, verden: Verden) -> None:
    avtalt(verden, forslag("Ring fastlegen"))
    from webapp.plan.models import Aktivitet
    from webapp.platform.database import writing

    with writing(unverified=True) as db:
        db.query(Aktivitet).update({"frist": date(2026, 11, 20)})
    page = bruker.get("/plan/").text
    assert "Skulle vært gjort fredag 20. november. Er det gjort, eller trenger du hjelp?" in page


def test_yes_no_and_something_else(bruker: Klient, verden: Verden) -> None:
    for answer in ("ja", "ikke_nyttig", "endre"):
        steg_id = foreslatt(verden)
        path = f"/plan/steg/{steg_id}"
        bruker.get(path)
        if answer == "ja":
            page = bruker.follow(bruker.post(f"{path}/ja", {"versjon": "1"})).text
            assert "Avtalt. Nå har begge sagt ja." in page
            assert steg(verden, steg_id).tilstand is Tilstand.AVTALT
        elif answer == "ikke_nyttig":
            bruker.get(f"{path}/ikke_nyttig")
            page = bruker.post(f"{path}/ikke_nyttig", {"versjon": "1", "ord": " "}, status=422).text
            assert "Skriv noen ord først." in page
            bruker.follow(bruker.post(f"{path}/ikke_nyttig", {"versjon": "1", "ord": "Jeg kan det fra før"}))
            assert steg(verden, steg_id).tilstand is Tilstand.IKKE_NYTTIG
        else:
            assert "Ringe jobbverkstedet" in bruker.get(f"{path}/endre").text
            bruker.follow(bruker.post(f"{path}/endre", {**NYTT, "versjon": "1", "ord": "Heller dette"}))
            now = steg(verden, steg_id)
            assert (now.tilstand, now.forslag.hva) == (Tilstand.FORESLATT_BRUKER, "Lære å svømme")


def test_a_text_that_was_changed_is_read_once_more_and_nothing_typed_is_lost(bruker: Klient, verden: Verden) -> None:
    steg_id = foreslatt(verden)
    service.act(nav(verden), steg_id, Handling.ENDRE, 1, forslag=forslag("En annen tekst"))
    path = f"/plan/steg/{steg_id}"
    page = bruker.follow(bruker.post(f"{path}/ja", {"versjon": "1"})).text
    assert "Teksten er endret siden du leste den" in page
    page = bruker.post(f"{path}/ikke_nyttig", {"versjon": "1", "ord": "Skrevet lenge"}, status=409).text
    assert "Skrevet lenge" in page
    assert "En annen tekst" in page
    page = bruker.post(f"{path}/endre", {**NYTT, "versjon": "1"}, status=409).text
    assert "Lære å svømme" in page
    assert 'name="versjon" value="2"' in page
    for garbage in ("", "x", "-1", "٢", "9" * 40):
        bruker.post(f"{path}/ja", {"versjon": garbage})
    assert steg(verden, steg_id).tilstand is Tilstand.FORESLATT_NAV
    bruker.post(f"{path}/ikke_nyttig", {"versjon": "2", "ord": "Skrevet lenge"})
    page = bruker.post(f"{path}/ikke_nyttig", {"versjon": "2", "ord": "Skrevet igjen"}, status=409).text
    assert "Skrevet igjen" in page  # it cannot be said twice, but it is not gone


def test_the_bruker_proposes_and_sent_twice_it_stands_once(bruker: Klient, verden: Verden) -> None:
    page = bruker.get("/plan/steg/nytt").text
    assert 'data-utkast="/utkast"' in page
    nokkel = page.split('name="nokkel" value="')[1].split('"')[0]
    for _ in range(2):
        bruker.post("/plan/steg/nytt", {**NYTT, "nokkel": nokkel})
    (made,) = plan(verden).steg
    assert (made.forslag.hva, made.forslag.frist, made.tilstand) == ("Lære å svømme", None, Tilstand.FORESLATT_BRUKER)


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"hva": ""}, "Skriv hva det gjelder."),
        ({"hva": "å" * 205}, "5 tegn for lang"),
        ({"hvorfor": " "}, "Skriv hvorfor, gjerne med få ord."),
        ({"hvorfor": "x" * 2001}, "1 tegn for lang"),
        ({"frist": "31.2.2027"}, "Denne dagen finnes ikke"),
        ({"frist": "i morgen"}, ">Skriv dag, måned og år"),
        ({"frist": "24. desember"}, ">Skriv dag, måned og år"),
        ({"frist": "9999-12-31"}, "mer enn fem år fram"),
        ({"frist": "23.11.2026"}, "Denne dagen har vært"),
        ({"frist": "2026-12-01", "start": "2026-12-02"}, "Det kan ikke begynne etter"),
        ({"start": "99999-01-01"}, "Denne dagen finnes ikke"),
        ({"ansvar": "naboen"}, "Velg ett av svarene."),
        ({"hvor_ofte": "aldri"}, "Velg ett av svarene."),
        ({"mal_id": "018f0000-0000-7000-8000-000000000000"}, "Velg ett av svarene."),
    ],
)
def test_bad_input_is_explained_and_stays_on_the_page(
    bruker: Klient, verden: Verden, sent: dict[str, str], said: str
) -> None:
    mal.add(amina(verden), ids.new_id(), "Få jobb")
    page = bruker.post("/plan/steg/nytt", {**NYTT, **sent}, status=422).text
    assert said in page
    assert not plan(verden).steg
    for text in sent.values():
        if text.strip() and not text.startswith(("naboen", "aldri", "018f")):
            assert text in page


def test_a_named_other_needs_a_name(bruker: Klient, verden: Verden) -> None:
    page = bruker.post("/plan/steg/nytt", {**NYTT, "ansvar": "annen"}, status=422).text
    assert "Skriv hvem det er." in page
    bruker.post("/plan/steg/nytt", {**NYTT, "ansvar": "annen", "hvem": "Tante Ruth"})
    assert plan(verden).steg[0].forslag.hvem == "Tante Ruth"


def test_old_keys_and_the_language_button_keep_what_is_typed(bruker: Klient, verden: Verden) -> None:
    steg_id, goal = avtalt(verden), mal.add(amina(verden), ids.new_id(), "Få jobb")
    for path, sent in (
        ("/plan/steg/nytt", NYTT),
        (f"/plan/steg/{steg_id}/endre", {**NYTT, "versjon": "1"}),
        (f"/plan/steg/{steg_id}/gjort", {"versjon": "1", "ord": "Lære å svømme"}),
        ("/plan/mal/nytt", {"tekst": "Lære å svømme"}),
        (f"/plan/mal/{goal}", {"tekst": "Lære å svømme"}),
    ):
        assert "Lære å svømme" in bruker.post(path, sent, status=422, key="gammel").text
        assert "Lære å svømme" in bruker.post(path, {**sent, "bytt_sprak": "nb"}, status=200).text
    bruker.post("/plan/kjenn", {"versjon": "1"}, status=422, key="gammel")
    bruker.post("/plan/fra-kartleggingen", {"kilde": "x"}, status=422, key="gammel")
    bruker.post(f"/plan/steg/{steg_id}/ja", {"versjon": "1"}, key="gammel")
    assert steg(verden, steg_id).tilstand is Tilstand.AVTALT
    assert [one.tekst for one in plan(verden).mal] == ["Få jobb"]
    assert plan(verden).kjent == 0


def test_nobody_elses_and_nothing_that_is_not(bruker: Klient, verden: Verden) -> None:
    theirs = service.propose(nav(verden, verden.jonas), ids.new_id(), forslag())
    goal = mal.add(amina(verden, verden.jonas), ids.new_id(), "Deres mål")
    mine = foreslatt(verden)
    for steg_id in (theirs, ids.new_id()):
        for rest in ("", "/endre", "/ikke_nyttig", "/kommenter"):
            bruker.get(f"/plan/steg/{steg_id}{rest}", status=404)
        bruker.post(f"/plan/steg/{steg_id}/ja", {"versjon": "1"}, status=404)
        bruker.post(f"/plan/steg/{steg_id}/kommenter", {"versjon": "1", "ord": "x"}, status=404)
    for rest in ("tull", "foresla"):
        bruker.get(f"/plan/steg/{mine}/{rest}", status=404)
    for rest in ("avsla", "ja"):  # where somebody lands who had to sign in again first
        bruker.follow(bruker.get(f"/plan/steg/{mine}/{rest}", status=303))
    bruker.post(f"/plan/steg/{mine}/avsla", {"versjon": "1", "ord": "Jeg er ikke Nav"}, status=409)
    for path in (f"/plan/mal/{goal}", f"/plan/mal/{goal}/delmal", f"/plan/mal/{ids.new_id()}", "/plan/mal/x"):
        bruker.get(path, status=404)
    assert service.read(verden.kommune_id, verden.jonas, verden.seal(verden.jonas)).steg[0].tilstand


def test_pause_again_done_with_a_word(bruker: Klient, verden: Verden) -> None:
    steg_id = avtalt(verden)
    for what, ord_ in (("pause", "Datteren min er syk"), ("gjenapne", ""), ("gjort", "Det gikk bra 😀 الحمد لله")):
        assert f"/plan/steg/{steg_id}/{what}" in bruker.get(f"/plan/steg/{steg_id}").text
        bruker.get(f"/plan/steg/{steg_id}/{what}")
        bruker.post(f"/plan/steg/{steg_id}/{what}", {"versjon": "1", "ord": ord_})
    assert steg(verden, steg_id).tilstand is Tilstand.GJORT
    page = bruker.get("/plan/historie").text
    assert "Datteren min er syk" in page
    assert "Det gikk bra 😀 الحمد لله" in page
    assert "Sa at det er gjort" in page


def test_p4_sees_what_changed_and_confirms(bruker: Klient, verden: Verden) -> None:
    avtalt(verden, forslag("Gå på kurs"))
    assert "/plan/kjenn" in bruker.get("/plan/").text
    assert "Jeg kjenner planen" in bruker.get("/plan/kjenn").text
    bruker.post("/plan/kjenn", {"versjon": "1"})
    assert plan(verden).kjent == 1
    assert "Se hva som er nytt" not in bruker.get("/plan/").text
    with clock.frozen(NOON + timedelta(minutes=1)):
        avtalt(verden, forslag("Skrive CV"))
        page = bruker.get("/plan/kjenn").text
        new = page.split("Dette er nytt siden sist")[1].split("</section>")[0]
        assert "Skrive CV" in new
        assert "Gå på kurs" not in new
        page = bruker.post("/plan/kjenn", {"versjon": "1"}, status=409).text
        assert "Planen er endret siden du åpnet siden" in page
        for garbage in ("", "x", "99999999"):
            bruker.post("/plan/kjenn", {"versjon": garbage}, status=409)
    assert plan(verden).kjent == 1


def test_p4_valid_on_a_day(bruker: Klient, verden: Verden) -> None:
    with clock.frozen(NOON - timedelta(days=3)), clock.retold():
        first = avtalt(verden, forslag("Gå på kurs"))
    service.act(amina(verden), first, Handling.AVSLUTT, 1, ord="Flyttet")
    assert "Gå på kurs" in bruker.get("/plan/pa-dato?dag=2026-11-22").text
    assert "Gå på kurs" not in bruker.get("/plan/pa-dato?dag=24.11.2026").text
    assert "Ingenting var avtalt i planen da." in bruker.get("/plan/pa-dato?dag=1999-01-01").text
    for wrong, said in (
        ("9999-12-31", "Velg i dag eller en dag som har vært."),
        ("0001-01-01", "Denne dagen finnes ikke"),
        ("x", ">Skriv dag, måned og år"),
        ("%00", ">Skriv dag, måned og år"),
        ("", ">Skriv dag, måned og år"),
    ):
        assert said in bruker.get(f"/plan/pa-dato?dag={wrong}").text


def test_goals_and_parts_of_goals(bruker: Klient, verden: Verden) -> None:
    bruker.post("/plan/mal/nytt", {"tekst": "Få egen leilighet"})
    goal = plan(verden).mal[0].id
    bruker.get(f"/plan/mal/{goal}")
    bruker.get(f"/plan/mal/{goal}/delmal")
    bruker.post(f"/plan/mal/{goal}/delmal", {"tekst": "Søke kommunal bolig"})
    bruker.post("/plan/mal/nytt", {"tekst": "  "}, status=422)
    assert "5 tegn for lang" in bruker.post("/plan/mal/nytt", {"tekst": "å" * 2005}, status=422).text
    page = bruker.get("/plan/").text
    assert page.index("Få egen leilighet") < page.index("Søke kommunal bolig")
    bruker.post(f"/plan/mal/{goal}", {"tekst": "Få egen leilighet", "tilstand": "nadd"})
    assert "Nådd" in bruker.get("/plan/").text
    bruker.post(f"/plan/mal/{goal}", {"tekst": "Få egen leilighet", "tilstand": "tull"})
    assert plan(verden).mal[0].tilstand == "nadd"


def test_k4_from_the_mapping_with_one_tap_and_never_by_itself(bruker: Klient, verden: Verden) -> None:
    assert "Du har ikke levert noe om ønsker" in bruker.get("/plan/fra-kartleggingen").text
    lever(
        verden,
        {
            "onsker.drom": "Jeg vil bli sveiser",
            "onsker.endre": ["bolig", "annet"],
            "onsker.neste-steg": "x" * 900,
            "onsker.fra-nav": "Noen å snakke med",
            "hjelp.omrader": ["okonomi"],
        },
    )
    assert not plan(verden).steg  # nothing by itself
    assert not plan(verden).mal
    page = bruker.get("/plan/fra-kartleggingen").text
    keys = [part.split('"')[0] for part in page.split('name="kilde" value="')[1:]]
    assert len(keys) == 5
    for kilde in (keys[0], keys[0], *keys):  # pressed twice, it is there once
        bruker.post("/plan/fra-kartleggingen", {"kilde": kilde})
    assert [one.tekst for one in plan(verden).mal] == ["Jeg vil bli sveiser", "Et godt sted å bo"]
    made = {one.forslag.hva[:20]: one for one in plan(verden).steg}
    assert len(made) == 3
    assert {one.tilstand for one in made.values()} == {Tilstand.FORESLATT_BRUKER}
    assert "Råd og veiledning om" in " ".join(made)
    assert made["x" * 20].forslag.hvorfor.endswith("x" * 900)  # K1: not a word is lost
    page = bruker.get("/plan/fra-kartleggingen").text
    assert page.count("Står i planen") == 5
    for wrong in ("", "tull", "a" * 64):
        assert "Dette står ikke i den siste" in bruker.post("/plan/fra-kartleggingen", {"kilde": wrong}, 422).text


def test_s6_the_calendar_says_that_there_is_something_and_not_what(bruker: Klient, verden: Verden) -> None:
    avtalt(verden, forslag("Time hos rusteamet"))
    foreslatt(verden, "nav", forslag("Bare et forslag"))
    response = bruker.get("/plan/plan.ics")
    assert response.mimetype == "text/calendar"
    events = list(Calendar.from_ical(response.data).walk("VEVENT"))
    assert [(str(one["summary"]), one.decoded("dtstart")) for one in events] == [
        ("Oppgave", FRIST),
        ("Avtale", date(2027, 2, 22)),
    ]
    for secret in ("rus", "forslag", "Nav", "plan"):
        assert secret not in response.text


def test_the_calendar_names_reveal_nothing_and_stay(bruker: Klient, verden: Verden) -> None:
    steg_id = avtalt(verden)
    text = bruker.get("/plan/plan.ics").text.replace("\r\n ", "")
    names = [line for line in text.splitlines() if line.startswith("UID:")]
    assert len(set(names)) == 2
    assert names == [line for line in bruker.get("/plan/plan.ics").text.splitlines() if line.startswith("UID:")]
    for known in (steg_id, verden.amina):
        for form in (str(known), known.hex):
            assert form not in text
            assert hashlib.sha256(form.encode()).hexdigest()[:16] not in text  # nor what anybody could make of an id
    assert "medvirk" not in "".join(names).lower()


@pytest.mark.parametrize(
    ("hvor_ofte", "start", "frist", "days"),
    [
        ("en_gang", None, date(2026, 12, 18), ["2026-12-18"]),
        ("etter_avtale", date(2026, 12, 1), date(2026, 12, 18), ["2026-12-18"]),
        ("daglig", date(2026, 12, 16), date(2026, 12, 18), ["2026-12-16", "2026-12-17", "2026-12-18"]),
        ("ukentlig", date(2026, 12, 7), date(2026, 12, 25), ["2026-12-07", "2026-12-14", "2026-12-21"]),
        ("ukentlig", None, date(2026, 12, 9), ["2026-11-25", "2026-12-02", "2026-12-09"]),
        ("ukentlig", None, date(2026, 11, 24), ["2026-11-24"]),
        ("annenhver_uke", None, date(2026, 12, 10), ["2026-11-26", "2026-12-10"]),
        ("manedlig", None, date(2027, 3, 31), ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]),
        ("manedlig", date(2026, 12, 30), date(2027, 3, 1), ["2026-12-30", "2027-01-30", "2027-02-28"]),
        ("manedlig", None, date(2026, 12, 23), ["2026-12-23"]),
        ("manedlig", None, date(2026, 12, 24), ["2026-11-24", "2026-12-24"]),
    ],
)
def test_what_comes_again_comes_again_in_the_calendar(
    bruker: Klient, verden: Verden, hvor_ofte: str, start: date | None, frist: date, days: list[str]
) -> None:
    avtalt(verden, forslag(hvor_ofte=hvor_ofte, start=start, frist=frist))
    found: list[Any] = list(Calendar.from_ical(bruker.get("/plan/plan.ics").data).walk("VEVENT"))
    first, _evaluation = found
    begins = first.decoded("dtstart")
    assert first.decoded("dtend") - begins == timedelta(days=1)
    if "RRULE" not in first:
        assert [begins.isoformat()] == days
        return
    assert first["RRULE"]["UNTIL"] == [frist]
    times = rrulestr(first["RRULE"].to_ical().decode(), dtstart=datetime.combine(begins, time(0)))
    assert [one.date().isoformat() for one in times] == days


def test_the_plan_as_pdf(bruker: Klient, verden: Verden) -> None:
    assert "Det står ikke noe i planen ennå." in _pdf(bruker)
    mal.add(amina(verden), ids.new_id(), "Bli sveiser")
    avtalt(verden, forslag("Ring fastlegen"))
    for tilstand in Tilstand:
        i_tilstand(verden, tilstand)
    text = _pdf(bruker)
    for words in ("Planen min", "Bli sveiser", "Ring fastlegen", "fredag 27. november 2026", "Du selv", "På pause"):
        assert words in text


def _pdf(bruker: Klient) -> str:
    response = bruker.get("/plan/plan.pdf")
    assert response.mimetype == "application/pdf"
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.data)).pages).split())


@pytest.mark.parametrize("tilstand", list(Tilstand))
def test_every_state_has_a_page_with_what_can_be_done(bruker: Klient, verden: Verden, tilstand: Tilstand) -> None:
    steg_id = i_tilstand(verden, tilstand)
    page = bruker.get(f"/plan/steg/{steg_id}").text
    for handling in Handling:
        there = f"/plan/steg/{steg_id}/{handling}" in page
        assert there == (handling in steg(verden, steg_id).mulig("bruker")), handling
    bruker.get("/plan/")
    bruker.get("/plan/historie")


def test_pages_need_the_same_number_of_queries_whatever_there_is(app: Flask, bruker: Klient, verden: Verden) -> None:
    first = avtalt(verden)
    lever(verden)
    paths = ("", "historie", "kjenn", "pa-dato", "fra-kartleggingen", f"steg/{first}", "steg/nytt")

    def measure() -> list[int]:
        found = []
        for path in paths:
            with count(app) as asked:
                bruker.get(f"/plan/{path}")
            found.append(len(asked))
        return found

    measure()
    few = measure()
    for n in range(18):
        i_tilstand(verden, list(Tilstand)[n % len(Tilstand)])
        mal.add(amina(verden), ids.new_id(), f"Mål {n}")
    assert measure() == few
    assert max(few) <= 9


def test_the_history_is_paged_by_key(bruker: Klient, verden: Verden) -> None:
    steg_id = foreslatt(verden)
    for n in range(40):
        service.act(amina(verden), steg_id, Handling.KOMMENTER, 1, ord=f"Kommentar {n:02}")
    page = bruker.get("/plan/historie").text
    following = page.split('href="/plan/historie?for=')[1].split('"')[0]
    more = bruker.get(f"/plan/historie?for={following}").text
    assert page.count("Kommentar ") == 30
    assert more.count("Kommentar ") == 10
    for broken in ("x", "%00", "☃", following[:-3]):
        bruker.get(f"/plan/historie?for={broken}", status=400)


def test_a_full_plan_says_so_and_keeps_what_is_typed(
    bruker: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreslatt(verden)
    lever(verden, {"onsker.neste-steg": "Ringe skolen"})
    monkeypatch.setattr(rules, "MOST_STEPS", 1)
    page = bruker.post("/plan/steg/nytt", NYTT, status=422).text
    assert "Det er for mange steg i planen. Endre et av dem i stedet." in page
    assert "Lære å svømme" in page
    kilde = bruker.get("/plan/fra-kartleggingen").text.split('name="kilde" value="')[1].split('"')[0]
    assert "Det er for mange steg i planen." in bruker.post("/plan/fra-kartleggingen", {"kilde": kilde}, 422).text
    monkeypatch.setattr(mal, "MOST_GOALS", 0)
    page = bruker.post("/plan/mal/nytt", {"tekst": "Bli sveiser"}, status=422).text
    assert "Det er for mange mål i planen." in page
    assert "Bli sveiser" in page
