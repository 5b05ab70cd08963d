"""K1: who typed, and in which language, follows the words on every road that they can take."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import NOON
from tests.kartlegging.skjemaside import Felter, felter, med_navn, send_json
from tests.kartlegging.test_levering import les, lever, skriv
from tests.klient import Klient
from tests.verden import Verden
from webapp.identitet import invitasjoner
from webapp.identitet.models import Bruker
from webapp.kartlegging import kladd, rules, service
from webapp.kartlegging.models import Svarkonflikt
from webapp.kartlegging.rules import Naa, Skriver, Valgt
from webapp.kartlegging.skjema import SKJEMA, Type, Visning
from webapp.platform import access, clock
from webapp.platform.database import writing

BOLIG, MINI, TO = "/kartlegging/bolig", "/kartlegging/mini", "/kartlegging/bolig/to-tekster"
FELT = "bolig.fungerer"
I_MINI = next(one.id for tema in SKJEMA.visning(Visning.MINI) for one in tema.sporsmal if one.type is Type.TEKST)
ARABISK = "أعيش مع أختي"
HJELPER, ANSATT, SELV = Skriver("hjelper", "ar"), Skriver("ansatt", "nb"), Skriver("bruker", "nb")


def typed(verden: Verden, ident: str = FELT) -> tuple[object, str, str]:
    """The words that stand there, who typed them, and in which language."""
    one = service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))[ident]
    return one.verdi, one.skrevet_av, one.sprak


def amina(app: Flask, verden: Verden, sprak: str = "nb") -> Klient:
    """A browser where the bruker has signed in."""
    return Klient(app, sprak).logg_inn_bruker(verden.kommune_id, verden.amina)


def helped(klient: Klient, skriver: str = "hjelper") -> Felter:
    """Somebody types for the bruker from now on; the page of questions as it is then."""
    klient.post("/kartlegging/skriver", {"skriver": skriver, "neste": BOLIG})
    return felter(klient.get(BOLIG).text)


def speaks(verden: Verden, sprak: str) -> None:
    """The bruker's language."""
    with writing(unverified=True) as db:
        db.execute(update(Bruker).where(Bruker.id == verden.amina).values(sprak=sprak))


def sign_in_again(klient: Klient, verden: Verden) -> None:
    """In the same browser, through the door."""
    ny = invitasjoner.operator_link(verden.kommune_id, "bruker", verden.amina)
    klient.post(f"/i/{ny.token}", {"nokkel": "x" * 20})


def felt(verdi: str, ident: str = FELT, **more: object) -> dict[str, object]:
    """What a script sends for one question, begun on an empty page."""
    return {"felt": {ident: {"verdi": verdi, "vil_ikke": False, "versjon": 0, "merke": "", **more}}}


# A session that ends


@pytest.mark.parametrize("by_script", [True, False])
def test_a_helpers_words_stay_the_helpers_when_the_session_ends(
    bruker: Klient, verden: Verden, *, by_script: bool
) -> None:
    page = helped(bruker)
    with clock.frozen(NOON + timedelta(minutes=31)):
        if by_script:
            assert send_json(bruker, f"{BOLIG}/lagre", felt("Hjelperens"), 401)["tatt_vare_pa"]
        else:
            bruker.post(BOLIG, med_navn(page, {FELT: "Hjelperens"}), 303)
        sign_in_again(bruker, verden)
        bruker.get(f"{BOLIG}?utkast=1", 303)
        assert typed(verden) == ("Hjelperens", "hjelper", "nb")
        assert "Skrevet av en hjelper" in bruker.get("/kartlegging/se-over").text


def test_words_kept_on_a_page_in_another_language_keep_it(app: Flask, verden: Verden) -> None:
    speaks(verden, "ar")
    phone = amina(app, verden, "ar")
    page = felter(phone.get(BOLIG).text)
    with clock.frozen(NOON + timedelta(minutes=31)):
        phone.post(BOLIG, med_navn(page, {FELT: ARABISK}), 303)
        speaks(verden, "nb")
        amina(app, verden).get(f"{BOLIG}?utkast=1", 303)
    assert typed(verden) == (ARABISK, "bruker", "ar")


def test_the_helper_who_goes_on_after_it_has_run_out_is_still_the_helper(bruker: Klient, verden: Verden) -> None:
    helped(bruker)
    with clock.frozen(NOON + timedelta(minutes=31)):
        sign_in_again(bruker, verden)
        assert "En hjelper skriver for deg nå" in bruker.get(BOLIG).text
        bruker.json(f"{BOLIG}/lagre", felt("Mer"))
    assert typed(verden) == ("Mer", "hjelper", "nb")


@pytest.mark.parametrize("by_script", [True, False])
def test_what_was_kept_and_could_not_be_saved_is_still_the_helpers(
    app: Flask, bruker: Klient, verden: Verden, *, by_script: bool
) -> None:
    """K1: a text that is more than can be stored is shown, and shortened by whoever is there then."""
    page, much = helped(bruker), "Ord " * (rules.HARD_CAP // 4 + 1)
    with clock.frozen(NOON + timedelta(minutes=31)):
        bruker.post(BOLIG, med_navn(page, {FELT: much, "bolig.mer": "Kort"}), 303)
        own = amina(app, verden)  # the bruker, alone, on another phone
        shown = felter(own.get(f"{BOLIG}?utkast=1").text)
        assert typed(verden, "bolig.mer") == ("Kort", "hjelper", "nb")
        assert shown[f"av.{FELT}"] == ["hjelper:nb"]
        assert "av.bolig.mer" not in shown  # it is saved: what is changed there from now on is the bruker's
        again = felter(own.post(BOLIG, med_navn(shown, {FELT: much}), 422).text)
        assert again[f"av.{FELT}"] == ["hjelper:nb"]
        if by_script:  # static/js/temaside.js
            own.json(f"{BOLIG}/lagre", felt("Kortere", sprak="nb", skriver="hjelper"))
        else:
            own.post(f"{BOLIG}?utkast=1", med_navn(again, {FELT: "Kortere"}), 303)
    assert typed(verden) == ("Kortere", "hjelper", "nb")


def test_no_page_can_say_that_a_helpers_words_are_the_brukers(bruker: Klient, verden: Verden) -> None:
    page = helped(bruker)
    bruker.post(BOLIG, {**med_navn(page, {FELT: "Ord"}), f"av.{FELT}": "bruker:nb"}, 303)
    assert typed(verden) == ("Ord", "hjelper", "nb")


def test_nobody_is_taken_along_to_another_browser_or_another_bruker(app: Flask, bruker: Klient, verden: Verden) -> None:
    helped(bruker)
    with clock.frozen(NOON + timedelta(minutes=31)):
        ny = invitasjoner.operator_link(verden.kommune_id, "bruker", verden.jonas)
        bruker.post(f"/i/{ny.token}", {"nokkel": "x" * 20})
        assert "En hjelper skriver" not in bruker.get(BOLIG).text
        assert "En hjelper skriver" not in amina(app, verden).get(BOLIG).text


def test_what_waited_on_the_device_says_who_typed_it(bruker: Klient, verden: Verden) -> None:
    """The page was another one, in another session: what it said of itself counts."""
    bruker.json(f"{BOLIG}/lagre", felt("Naguna waan deganahay", sprak="so", skriver="hjelper"))
    assert typed(verden) == ("Naguna waan deganahay", "hjelper", "so")
    bruker.json(f"{BOLIG}/lagre", felt("x", "bolig.mer", sprak=[], skriver="nav"))
    assert typed(verden, "bolig.mer") == ("x", "bruker", "nb")


def test_two_kept_pages_typed_by_two_are_both_theirs(app: Flask, verden: Verden) -> None:
    seal = verden.seal(verden.amina)
    alone = access.Bruker(verden.kommune_id, verden.amina, verden.nord, verden.amina, "nb", seal)
    with app.test_request_context():
        theirs = kladd.signed({FELT: ["Hjelperens"], f"v.{FELT}": ["0:"], "skriver": ["hjelper"]}, alone)
        own = kladd.signed({FELT: ["Mine"], f"v.{FELT}": ["0:"], "sidesprak": ["en"]}, alone)
        (both,) = kladd.changes(kladd.merged(theirs, own), frozenset({FELT})).endringer
        (first,) = kladd.changes(kladd.merged(own, {"v.bolig.mer": ["0:"]}), frozenset({FELT})).endringer
        (odd,) = kladd.changes({f"v.{FELT}": ["0:"], f"av.{FELT}": ["konge:xx"]}, frozenset({FELT})).endringer
    assert (both.verdi, both.skriver) == (["Mine\n\nHjelperens"], Skriver("hjelper", "und"))
    assert first.skriver == Skriver("bruker", "en")
    assert odd.skriver is None


# Two texts


def two_texts(app: Flask, bruker: Klient, verden: Verden) -> dict[str, str]:
    """The bruker's text stands, and a helper's waits beside it, typed in Arabic; returns the form to choose with."""
    skriv(bruker, {FELT: "Først"})
    speaks(verden, "ar")
    other = amina(app, verden, "ar")
    page = helped(other)
    speaks(verden, "nb")
    skriv(bruker, {FELT: "Mine egne ord"})
    other.post(BOLIG, med_navn(page, {FELT: ARABISK}), 303)
    html = bruker.get(TO).text
    assert "Skrevet av en hjelper" in html
    assert f'lang="ar" data-bruker-tekst>{ARABISK}' in html
    assert "Du har skrevet" not in html
    names = ("konflikt", "merke", "annen_merke")
    found = {name: re.search(f'name="{name}" value="([^"]*)"', html) for name in names}
    return {name: match[1] for name, match in found.items() if match}


@pytest.mark.parametrize(
    ("valg", "wanted"),
    [
        ("naa", ("Mine egne ord", "bruker", "nb")),
        ("annen", (ARABISK, "hjelper", "ar")),
        ("begge", (f"Mine egne ord\n\n{ARABISK}", "hjelper", "und")),
    ],
)
def test_the_text_that_is_chosen_is_whose_it_was(
    app: Flask, bruker: Klient, verden: Verden, valg: str, wanted: tuple[str, str, str]
) -> None:
    bruker.post(TO, {**two_texts(app, bruker, verden), "valg": valg})
    assert typed(verden) == wanted


def test_one_kept_before_that_was_written_down_is_the_one_who_chooses(
    app: Flask, bruker: Klient, verden: Verden
) -> None:
    form = two_texts(app, bruker, verden)
    with writing(unverified=True) as db:
        db.execute(update(Svarkonflikt).values(skrevet_av=None, sprak=None))
    assert ARABISK in bruker.get(TO).text
    bruker.get("/innsyn/")
    bruker.post(TO, {**form, "valg": "annen"})
    assert typed(verden) == (ARABISK, "bruker", "und")


def test_what_staff_typed_is_not_theirs_to_change_once_the_bruker_has_chosen_it(
    app: Flask, bruker: Klient, verden: Verden, veileder: Klient
) -> None:
    skriv(bruker, {FELT: "Staff en"}, skrevet_av="ansatt")
    path = f"/veileder/bruker/{verden.amina}/fyll-ut/bolig"
    old = felter(veileder.get(path).text)
    skriv(bruker, {FELT: "Staff to"}, skrevet_av="ansatt")
    veileder.post(path, med_navn(old, {FELT: "Staff tre"}), 303)
    html = bruker.get(TO).text
    assert "Det er skrevet to steder samtidig" in html
    assert html.count("Skrevet av en ansatt") == 2
    form = {
        name: re.findall(f'name="{name}" value="([^"]*)"', html)[0] for name in ("konflikt", "merke", "annen_merke")
    }
    bruker.post(TO, {**form, "valg": "annen"})
    assert typed(verden) == ("Staff tre", "ansatt", "nb")
    assert FELT not in felter(veileder.get(path).text)


# «Fortsatt slik», and «vil ikke svare»


def test_k7_still_so_changes_neither_who_typed_nor_the_language(app: Flask, bruker: Klient, verden: Verden) -> None:
    skriv(bruker, {I_MINI: "En ansatt skrev dette"}, skrevet_av="ansatt")
    lever(bruker)
    with clock.frozen(NOON + timedelta(days=366)):
        phone = amina(app, verden)
        phone.post("/kartlegging/visning", {"visning": "mini"})
        phone.post(MINI, {"bytt_sprak": "en"})
        phone.sprak = "en"
        phone.post(MINI, med_navn(felter(phone.get(MINI).text), {f"mini.{I_MINI}": "fortsatt"}))
        assert typed(verden, I_MINI) == ("En ansatt skrev dette", "ansatt", "nb")
        delivered = les(phone, lever(phone).id).svar[I_MINI]
        assert (delivered.skrevet_av, delivered.sprak) == ("ansatt", "nb")

        staff = Klient(app).logg_inn_ansatt(verden.kommune_id, verden.kari)
        path = f"/veileder/bruker/{verden.amina}/fyll-ut/{I_MINI.partition('.')[0]}"
        page = staff.get(path).text
        assert "brukeren har svart selv etterpå" in page
        assert I_MINI not in felter(page)
        start = {f"v.{I_MINI}": f"{_now(verden).versjon}:{_now(verden).merke}", I_MINI: "Noe annet"}
        staff.post(path, {**felter(page), **start}, 409)
    assert typed(verden, I_MINI) == ("En ansatt skrev dette", "ansatt", "nb")


def test_no_answer_said_and_taken_back_leaves_the_words_whose_they_were(bruker: Klient, verden: Verden) -> None:
    skriv(bruker, {FELT: "En ansatt skrev dette"}, skrevet_av="ansatt")
    for declined in (True, False):
        now = service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))[FELT]
        one = {"verdi": now.verdi, "vil_ikke": declined, "versjon": now.versjon, "merke": now.merke}
        bruker.json(f"{BOLIG}/lagre", {"felt": {FELT: one}})
        after = service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))[FELT]
        assert (after.vil_ikke, after.skrevet_av, after.bekreftet) == (declined, "ansatt", True)


def _now(verden: Verden) -> service.Utfylt:
    return service.all_answers(verden.kommune_id, verden.amina, verden.seal(verden.amina))[I_MINI]


def test_who_typed_two_texts_and_which_was_chosen() -> None:
    assert rules.together(SELV, HJELPER) == Skriver("hjelper", "und")
    assert rules.together(ANSATT, HJELPER) == Skriver("ansatt", "und")
    assert rules.together(SELV, SELV) == SELV
    assert rules.together(None, HJELPER) == HJELPER
    now = Naa("a", versjon=1, skriver=SELV)
    assert rules.chosen_writer(Valgt.NAA, now, HJELPER) == SELV
    assert rules.chosen_writer(Valgt.ANNEN, now, HJELPER) == HJELPER
    assert rules.chosen_writer(Valgt.BEGGE, Naa("", versjon=1, skriver=SELV), HJELPER) == HJELPER


def test_the_bruker_stands_by_what_staff_typed_and_staff_by_nothing() -> None:
    staffs = Naa("a", versjon=1, skriver=ANSATT)
    assert rules.confirmed(staffs, fortsatt=True) == Naa("a", versjon=2, fortsatt=True, skriver=ANSATT, bekreftet=True)
    assert rules.confirmed(staffs, None, valgt=True).bekreftet
    assert not rules.confirmed(Naa("a", versjon=1, skriver=HJELPER), fortsatt=True).bekreftet
    assert rules.written("a", True, staffs, SELV).bekreftet
    assert not rules.written("a", True, staffs, ANSATT).bekreftet
    assert rules.written("b", False, staffs, SELV).skriver == SELV


# Languages


def test_the_language_button_saves_in_the_language_that_was_typed_in(app: Flask, verden: Verden) -> None:
    speaks(verden, "ar")
    phone = amina(app, verden, "ar")
    page = felter(phone.get(BOLIG).text)
    phone.sprak = "nb"
    phone.post(BOLIG, med_navn(page, {FELT: ARABISK, "bytt_sprak": "nb"}))
    assert typed(verden) == (ARABISK, "bruker", "ar")
    assert f'lang="ar" data-bruker-tekst>{ARABISK}' in phone.get("/kartlegging/se-over").text


def test_own_words_in_other_letters_than_the_pages_have_no_language_that_we_know(
    bruker: Klient, verden: Verden
) -> None:
    bruker.post(BOLIG, med_navn(felter(bruker.get(BOLIG).text), {FELT: ARABISK, "bolig.hvem": ["barn"]}))
    assert typed(verden) == (ARABISK, "bruker", "und")
    assert typed(verden, "bolig.hvem") == (["barn"], "bruker", "nb")


def test_staff_type_as_staff_whatever_their_page_says(verden: Verden, veileder: Klient) -> None:
    path = f"/veileder/bruker/{verden.amina}/fyll-ut/bolig"
    said = {FELT: "Ved siden av", f"av.{FELT}": "bruker:nb", "skriver": "hjelper", "sidesprak": "nn"}
    veileder.post(path, med_navn(felter(veileder.get(path).text), said), 303)
    assert typed(verden) == ("Ved siden av", "ansatt", "nn")
