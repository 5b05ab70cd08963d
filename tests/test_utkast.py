"""What is being written in a longer form is kept while it is written, for its owner alone."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.conftest import NOON
from tests.klient import Klient
from tests.moter.avtaler import avtalt
from tests.verden import Verden
from webapp import utkast
from webapp.identitet import nokler
from webapp.identitet.adgang import REASON_LASTS
from webapp.platform import clock, drafts, kommune
from webapp.platform.database import reading, writing
from webapp.platform.sealing import Place, SealBroken


def kept(verden: Verden, path: str) -> drafts.Fields | None:
    return drafts.get(verden.kommune_id, ("bruker", verden.amina), verden.seal(verden.amina), path)


def test_what_is_typed_is_kept_and_offered_again(bruker: Klient, verden: Verden) -> None:
    path = f"/moter/{avtalt(verden)}"
    bruker.get(path)
    answer = bruker.json("/utkast", {"sti": path, "felter": {"tekst": ["Jeg vil snakke om"], "merke": [""]}}).json
    assert answer == {"lagret": "12:00"}
    page = bruker.get(path).text
    assert 'href="?utkast=1"' in page
    assert "Jeg vil snakke om" in bruker.get(f"{path}?utkast=1").text
    bruker.post(path, {"tekst": "Jeg vil snakke om jobb", "merke": ""})
    assert kept(verden, path) is None


def test_the_office_keeps_its_own_and_only_where_it_may_open(app: Flask, veileder: Klient, verden: Verden) -> None:
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    veileder.json("/veileder/utkast", {"sti": path, "felter": {"sted": ["Rom 2"], "dato": ["2026-12-01"]}})
    assert 'value="Rom 2"' in veileder.get(f"{path}?utkast=1").text
    per = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.per)
    per.json("/veileder/utkast", {"sti": path, "felter": {"sted": ["Rom 2"]}}, status=404)
    administrator = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.anna)
    administrator.json("/veileder/utkast", {"sti": path, "felter": {"sted": ["Rom 2"]}}, status=404)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"sti": "/finnes-ikke", "felter": {"a": ["b"]}}, 404),
        ({"sti": "/moter/", "felter": {"a": ["b"]}}, 404),  # nothing can be sent there
        ({"sti": "/veileder/sok", "felter": {"a": ["b"]}}, 404),
        ({"sti": "https://andre.example/moter", "felter": {"a": ["b"]}}, 404),
        ({"sti": "/" + "a" * 400, "felter": {"a": ["b"]}}, 404),
        ({"sti": 7, "felter": {"a": ["b"]}}, 400),
        ({"sti": "/ut", "felter": "a"}, 400),
        ({"sti": "/ut", "felter": {"a": "b"}}, 400),
        ({"sti": "/ut", "felter": {"a": [1]}}, 400),
        ({"sti": "/ut", "felter": {"a" * 81: ["b"]}}, 400),
        ({"sti": "/ut", "felter": {str(n): ["b"] for n in range(201)}}, 400),
        ({"sti": "/ut", "felter": {"a": ["b"] * 51}}, 400),
        ({"sti": "/ut", "felter": {"a": ["x" * 1024 * 1024]}}, 413),
        ([], 400),
        (None, 400),
        ("tekst", 400),
    ],
)
def test_what_no_page_of_ours_sends_is_refused(bruker: Klient, verden: Verden, body: Any, status: int) -> None:
    bruker.get("/moter/")
    bruker.json("/utkast", body, status=status)


def test_broken_json_and_wrong_types_are_refused(bruker: Klient, verden: Verden) -> None:
    bruker.get("/moter/")
    for data, kind in (
        (b"{", "application/json"),
        (b"\xff\xfe", "application/json"),
        (b"[" * 50_000, "application/json"),
    ):
        response = bruker.http.post("/utkast", data=data, content_type=kind, headers={"X-CSRFToken": bruker.token})
        assert response.status_code == 400
    assert bruker.http.post("/utkast", data={"a": "b"}, headers={"X-CSRFToken": bruker.token}).status_code == 400


def test_an_ended_session_keeps_what_was_on_its_way(bruker: Klient, verden: Verden) -> None:
    path = f"/moter/{avtalt(verden)}"
    bruker.get(path)
    with clock.frozen(NOON + timedelta(hours=1)):
        answer = bruker.json("/utkast", {"sti": path, "felter": {"tekst": ["Midt i"]}}, status=401).get_json()
    assert answer["tatt_vare_pa"] is True
    assert "/moter/" in answer["logg_inn"]
    assert kept(verden, path) == {"tekst": ["Midt i"]}


def test_a_stale_key_gets_a_fresh_one(bruker: Klient, verden: Verden) -> None:
    path = f"/moter/{avtalt(verden)}"
    bruker.get(path)
    answer = bruker.json("/utkast", {"sti": path, "felter": {"tekst": ["x"]}}, status=400, key="gammel").get_json()
    assert answer["feil"] == "skjemanokkel"
    bruker.json("/utkast", {"sti": path, "felter": {"tekst": ["x"]}}, key=answer["csrf"])


def test_nobody_keeps_anything_without_being_signed_in(besoker: Klient) -> None:
    besoker.json("/utkast", {"sti": "/moter/", "felter": {"a": ["b"]}}, status=401)


WEBAPP = Path(utkast.__file__).parent
KEPT_WHILE_WRITTEN = sorted(
    path.relative_to(WEBAPP / "templates").as_posix()
    for path in (WEBAPP / "templates").rglob("*.html")
    if "data-utkast=" in path.read_text("utf-8")
)


SOURCES = [path.read_text("utf-8") for path in WEBAPP.rglob("*.py")]


@pytest.mark.parametrize("template", KEPT_WHILE_WRITTEN)
def test_whoever_shows_a_form_that_is_kept_forgets_it_when_it_has_arrived(template: str) -> None:
    """Or it would be offered, as not sent, after it was sent."""
    named = [text for text in SOURCES if f'"{template}"' in text]
    # Where the name is put together from parts, the room is as near as can be seen from here.
    room = template.partition("/")[0]
    shown_by = named or ["".join(path.read_text("utf-8") for path in (WEBAPP / room).glob("*.py"))]
    for text in shown_by:
        assert "utkast.forget()" in text


def test_kept_and_thrown_away_at_once_never_breaks(app: Flask, verden: Verden) -> None:
    """A page that saves by itself, a button, and another phone: whoever comes last is there, whole."""
    owner, seal, broken = ("bruker", verden.amina), verden.seal(verden.amina), []
    gate = threading.Barrier(6)

    def work(nr: int) -> None:
        try:
            with app.app_context():
                gate.wait()
                for turn in range(10):
                    if nr < 5:
                        assert drafts.keep(verden.kommune_id, owner, seal, "/ut", {"tekst": [f"{nr}-{turn}"]})
                    else:
                        drafts.arrived(verden.kommune_id, owner, seal, "/ut", {"tekst": [f"{turn}"]})
        except Exception as error:  # noqa: BLE001 -- shown by the main thread
            broken.append(error)

    threads = [threading.Thread(target=work, args=(nr,)) for nr in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert broken == []
    drafts.keep(verden.kommune_id, owner, seal, "/ut", {"tekst": ["til slutt"]})
    assert kept(verden, "/ut") == {"tekst": ["til slutt"]}


def rows() -> list[drafts.Utkast]:
    with reading() as db:
        return list(db.scalars(select(drafts.Utkast)))


ABOUT = {"sted": "Hjemme hos Amina", "melding": "Sensitivt om Amina"}


@pytest.mark.parametrize("ended", [False, True])
def test_nothing_is_kept_about_a_bruker_who_is_deleted(veileder: Klient, verden: Verden, ended: bool) -> None:
    """S3: what staff send after the deletion is shown, so that it can be copied, and lies nowhere."""
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    with clock.frozen(NOON + timedelta(hours=2 if ended else 0)):
        page = veileder.post(path, ABOUT, 401 if ended else 404).text
    assert "Sensitivt om Amina" in page
    assert rows() == []


@pytest.mark.parametrize("upper", [False, True])
def test_what_staff_had_typed_goes_with_the_bruker(veileder: Klient, verden: Verden, upper: bool) -> None:
    """S3, however the address was written: it is kept as our own links write it."""
    ident = str(verden.amina).upper() if upper else str(verden.amina)
    path = f"/veileder/bruker/{ident}/mote/nytt"
    veileder.get(path)
    veileder.json("/veileder/utkast", {"sti": path, "felter": {"melding": ["Om Amina"]}})
    assert [row.sti for row in rows()] == [f"/veileder/bruker/{verden.amina}/mote/nytt"]
    assert "Om Amina" in veileder.get(f"{path}?utkast=1").text
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    assert rows() == []


def test_what_was_kept_in_upper_case_earlier_goes_too(veileder: Klient, verden: Verden) -> None:
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    veileder.json("/veileder/utkast", {"sti": path, "felter": {"melding": ["Om Amina"]}})
    with writing(unverified=True) as db:
        db.execute(update(drafts.Utkast).values(sti=path.replace(str(verden.amina), str(verden.amina).upper())))
    nokler.delete_bruker(verden.kommune_id, verden.amina)
    assert rows() == []


def test_what_staff_type_about_a_bruker_is_sealed_with_the_brukers_key(veileder: Klient, verden: Verden) -> None:
    """Decision 2: whoever deletes the key deletes the text, in every copy of the database."""
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    veileder.json("/veileder/utkast", {"sti": path, "felter": {"melding": ["Om Amina"]}})
    with reading() as db:
        of_kommune = kommune.seal_of(db, verden.kommune_id)
    ansatt = ("ansatt", verden.kari)
    assert drafts.get(verden.kommune_id, ansatt, verden.seal(verden.amina), path) == {"melding": ["Om Amina"]}
    with pytest.raises(SealBroken):
        drafts.get(verden.kommune_id, ansatt, of_kommune, path)
    row = rows()[0]  # as an earlier version kept it
    place = Place("utkast", "felter", verden.kommune_id, row.id)
    with writing(unverified=True) as db:
        db.execute(update(drafts.Utkast).values(felter=of_kommune.close_json({"melding": ["Fra før"]}, place)))
    assert "Fra før" in veileder.get(f"{path}?utkast=1").text


def test_a_reason_that_ran_out_loses_nothing(app: Flask, verden: Verden) -> None:
    """Zero loss: the form is kept, and is there when the reason is given again."""
    path, why = f"/veileder/apne/{verden.jonas}", "Vikar for Per i dag, Jonas ringte"
    kari = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
    kari.post(path, {"grunn": why})
    with clock.frozen(NOON + REASON_LASTS):
        kari = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        asked = kari.post(f"/veileder/bruker/{verden.jonas}/profil", {"navn": "Jonas Flyttet Sørover"})
        with clock.frozen(NOON + REASON_LASTS + timedelta(hours=2)):  # and the session ends on the page of the reason
            kari.post(path, {"grunn": why})
            kari = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
            assert why in kari.get(f"{path}?utkast=1").text
            kari.post(path, {"grunn": why})
            assert "Jonas Flyttet Sørover" in kari.get(f"/veileder/bruker/{verden.jonas}/profil?utkast=1").text
    assert asked.location is not None


@pytest.mark.parametrize("path", ["/veileder/", "/veileder/sok"])
def test_s3_a_search_is_kept_nowhere_and_not_lost(app: Flask, verden: Verden, path: str) -> None:
    """A name that is not under any bruker would stay when the bruker is deleted. It is on the page, to send again."""
    kari, typed = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari), {"navn": "Jonas Prøve", "grunn": "Leter"}
    kari.get(path)
    kari.json("/veileder/utkast", {"sti": path, "felter": {"navn": ["Jonas Prøve"]}}, status=404)
    assert "Jonas Prøve" in kari.post(path, typed, 200, key="gammel").text
    with clock.frozen(NOON + timedelta(hours=2)):
        assert "Jonas Prøve" in kari.post(path, typed, 401).text
    assert rows() == []


@pytest.mark.parametrize("ended", [False, True])
def test_the_reason_of_a_search_is_still_there(app: Flask, verden: Verden, ended: bool) -> None:
    """A button that carries what somebody wrote: it is in the field again, or on the error page."""
    kari, why = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari), "Vikar for Per i dag"
    kari.post("/veileder/sok", {"navn": "Jonas", "grunn": why}, 200)
    with clock.frozen(NOON + timedelta(hours=2 if ended else 0)):
        key, status = (None, 401) if ended else ("gammel", 200)
        page = kari.post(f"/veileder/sok/{verden.jonas}", {"grunn": why}, status, key=key).text
    assert why in page
    assert ended or 'action="/veileder/sok"' in page
    assert rows() == []


def test_text_sent_where_no_page_is_stands_on_the_error_page(bruker: Klient, app: Flask, verden: Verden) -> None:
    """Zero loss: what cannot be fetched again is not kept and called kept; it is shown."""
    assert "Midt i en setning" in bruker.post("/finnes-ikke", {"tekst": "Midt i en setning"}, 404).text
    bruker._key()
    with clock.frozen(NOON + timedelta(hours=1)):
        assert "Midt i en setning" in bruker.post("/okt", {"a": "Midt i en setning"}, 401).text
    assert rows() == []


# ---- Several pages (decision 4): «merged, not replaced» ----

NY, I_GAR = "/veiledning/ny", "Skrevet på biblioteket, en halv side."
HER, DER = "a" * 16, "b" * 16


def save(who: Klient, side: str, words: str, status: int = 200) -> None:
    who.json("/utkast", {"sti": NY, "felter": {"tekst": [words], "utkastside": [side]}}, status)


def page_id(page: str) -> str:
    found = re.search(r'name="utkastside" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def test_who_begins_anew_beside_a_kept_text_keeps_both(bruker: Klient, verden: Verden) -> None:
    bruker.get(NY)
    save(bruker, HER, I_GAR)
    assert "utkast=1" in bruker.get(NY).text
    for words in ("S", "Jeg", "Jeg trenger", "Jeg trenger hjelp"):
        save(bruker, DER, words)
    assert kept(verden, NY) == {"tekst": [f"Jeg trenger hjelp\n\n{I_GAR}"]}
    page = bruker.get(f"{NY}?utkast=1").text
    assert "Jeg trenger hjelp" in page
    assert I_GAR in page


def test_what_is_fetched_is_written_on_and_may_be_taken_away(bruker: Klient, verden: Verden) -> None:
    bruker.get(NY)
    save(bruker, HER, I_GAR)
    assert "utkastside" not in bruker.get(NY).text  # its script gives it one of its own
    fetched = page_id(bruker.get(f"{NY}?utkast=1").text)
    save(bruker, fetched, "En linje.")
    assert kept(verden, NY) == {"tekst": ["En linje."]}
    save(bruker, HER, f"{I_GAR} Og mer.")  # the library PC is still open
    save(bruker, fetched, "En linje til.")
    assert kept(verden, NY) == {"tekst": [f"En linje til.\n\n{I_GAR} Og mer."]}


def test_a_form_that_comes_back_is_still_the_same_page(bruker: Klient, verden: Verden) -> None:
    bruker.get(NY)
    save(bruker, HER, I_GAR)
    page = bruker.post(NY, {"tekst": "", "utkastside": HER}, status=422).text
    assert page_id(page) == HER
    page = bruker.post(NY, {"tekst": "", "utkastside": '"><script>'}, status=422).text
    assert "utkastside" not in page


def test_without_script_and_signed_out_both_are_kept(app: Flask, verden: Verden) -> None:
    """A form that is sent when the session is over takes the place of nothing that another page has kept (K10)."""
    phone, pc = (Klient(app).logg_inn_bruker(verden.kommune_id, verden.amina) for _ in range(2))
    for one in (phone, pc):
        one.get(NY)
    save(pc, HER, I_GAR)
    with clock.frozen(NOON + timedelta(hours=1)):
        for _again in range(2):
            phone.post(NY, {"tekst": "Skrevet på bussen i dag."})
    assert kept(verden, NY) == {"tekst": [f"Skrevet på bussen i dag.\n\n{I_GAR}"]}


def test_the_office_keeps_both_too(veileder: Klient, verden: Verden) -> None:
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    for side, sted in ((HER, "Rom 2, andre etasje"), (DER, "Hos Nav")):
        veileder.json("/veileder/utkast", {"sti": path, "felter": {"sted": [sted], "utkastside": [side]}})
    page = veileder.get(f"{path}?utkast=1").text
    assert "Rom 2, andre etasje" in page
    assert "Hos Nav" in page


def test_so_much_that_it_cannot_be_kept_together_is_refused(
    bruker: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "MOST_TOGETHER", 500)
    bruker.get(NY)
    save(bruker, HER, "a b" * 200)
    save(bruker, DER, "c d" * 200, 413)  # it stays on the page, and the page says so
    save(bruker, HER, "a b" * 300)
    assert kept(verden, NY) == {"tekst": ["a b" * 300]}


# ---- What is worth keeping: what somebody has typed or chosen ----

# Hidden fields that are kept for their own sake, or that no page that could be kept has.
HIDDEN = {
    "grunn": "the reason for a search: copied from the field it was typed in",
    "grunner": "reasons that were chosen, copied to the page where they are confirmed",
    "vedlegg": "a file that somebody has attached",
    "steg": "of a matter, beside words that must be typed; elsewhere it is a choice of somebody's",
    "skriver": "a page of questions says it, and those count by their answers; elsewhere it is a choice",
    **dict.fromkeys(
        ("visning", "kilde", "skjema", "kanal", "hendelse", "kode", "svar"), "in the form of a button: access.Button"
    ),
}


def test_every_hidden_field_is_known_as_no_words_of_anybodys() -> None:
    found = set()
    for path in (WEBAPP / "templates").rglob("*.html"):
        found |= set(re.findall(r'type="hidden" name="([a-z_]+)"', path.read_text("utf-8")))
    assert found - drafts.NOT_THEIRS - drafts.CARRIED == set(HIDDEN)
    assert not set(HIDDEN) & drafts.CARRIED


def test_a_page_that_only_asks_is_not_kept_as_text(bruker: Klient, verden: Verden) -> None:
    """«Du har tekst som ikke er lagret» is said of text: not of «I know the plan», sent when the session was over."""
    mote = f"/moter/{avtalt(verden)}"
    for path, fields, lies in (
        ("/plan/kjenn", {"versjon": "3"}, None),
        (mote, {"merke": "x", "tekst": ""}, None),
        (mote, {"merke": "x", "tekst": "Bolig"}, {"tekst": ["Bolig"], "merke": ["x"]}),  # it goes along with words
    ):
        bruker.logg_inn_bruker(verden.kommune_id, verden.amina)
        bruker.get("/moter/")
        with clock.frozen(NOON + timedelta(hours=1)):
            led = bruker.post(path, fields, status=303).location
        assert ("tatt_vare_pa=1" in str(led)) is (lies is not None)
        assert kept(verden, path) == lies


def test_an_untouched_page_of_questions_is_not_kept(bruker: Klient, verden: Verden) -> None:
    path = "/kartlegging/bolig"
    bruker.get(path)
    for fields, lies in (({"bolig.mer": "", "v.bolig.mer": "0:"}, 0), ({"bolig.mer": "Ord", "v.bolig.mer": "0:"}, 1)):
        with clock.frozen(NOON + timedelta(hours=1)):
            bruker._key()
            bruker.post(path, {**fields, "handling": "neste", "sidesprak": "nb"}, status=303)
        assert len(rows()) == lies


def test_words_that_are_taken_away_are_not_offered_again(bruker: Klient, verden: Verden) -> None:
    path = f"/moter/{avtalt(verden)}"
    bruker.get(path)
    for side, words in ((HER, "Bolig"), (DER, "Noe annet her"), (HER, "")):
        bruker.json("/utkast", {"sti": path, "felter": {"tekst": [words], "merke": ["x"], "utkastside": [side]}})
    assert kept(verden, path) == {"tekst": ["Noe annet her"], "merke": ["x"]}
    bruker.json("/utkast", {"sti": path, "felter": {"tekst": [""], "merke": ["x"], "utkastside": [DER]}})
    assert rows() == []


def test_a_form_that_arrives_takes_away_what_its_own_page_held(bruker: Klient, verden: Verden) -> None:
    """What another phone kept there, and nobody has fetched, has not arrived."""
    bruker.get(NY)
    save(bruker, HER, I_GAR)
    save(bruker, DER, "Jeg trenger")
    bruker.post(NY, {"tekst": "Jeg trenger hjelp med husleien.", "utkastside": DER})
    assert kept(verden, NY) == {"tekst": [I_GAR]}
    fetched = page_id(bruker.get(f"{NY}?utkast=1").text)
    save(bruker, HER, f"{I_GAR} Og mer.")  # the library PC is still open
    bruker.post(f"{NY}?utkast=1", {"tekst": f"{I_GAR} Takk.", "utkastside": fetched})
    assert kept(verden, NY) == {"tekst": [f"{I_GAR} Og mer."]}


def test_what_stands_in_the_form_that_arrives_is_kept_no_longer(bruker: Klient, verden: Verden) -> None:
    """A page without script does not say which it is; and browsers send other ends of lines than scripts do."""
    bruker.get(NY)
    save(bruker, HER, "Skrevet her.\nOg her.")
    save(bruker, DER, I_GAR)
    bruker.post(NY, {"tekst": "Skrevet her.\r\nOg her. Og litt til."})
    assert kept(verden, NY) == {"tekst": [I_GAR]}


def test_a_form_of_the_office_that_arrives_too(veileder: Klient, verden: Verden) -> None:
    """What is written about a bruker is sealed with the bruker's own key."""
    path = f"/veileder/bruker/{verden.amina}/mote/nytt"
    veileder.get(path)
    for side, sted in ((HER, "Rom 2, andre etasje"), (DER, "Hos Nav")):
        veileder.json("/veileder/utkast", {"sti": path, "felter": {"sted": [sted], "utkastside": [side]}})
    with veileder.app.app_context():
        who = ("ansatt", verden.kari)
        drafts.arrived(verden.kommune_id, who, verden.seal(verden.amina), path, {"utkastside": [DER], "sted": ["Hos"]})
        assert drafts.get(verden.kommune_id, who, verden.seal(verden.amina), path) == {"sted": ["Rom 2, andre etasje"]}
