"""The form changes, and what was delivered stands as it was (K7): reworded, asked no longer, or not known at all."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import lazy_gettext as _l

from tests.kartlegging.veileder_levert import lever, som_bruker, svar
from tests.klient import Klient
from tests.moter.avtaler import bruk_sprak
from tests.verden import Verden
from webapp.kartlegging import eksport, kvittering, levering, ordlyd, service, temaside, versjoner
from webapp.kartlegging.skjema import SKJEMA, Skjema, Sporsmal, Tema, Type, UkjentSporsmal, Valg
from webapp.kartlegging.versjoner import Innhold
from webapp.platform import ids, pdf

Change = Callable[[Tema], Tema]
ANSWERS = {
    "bolig.fungerer": "Utsikten",
    "bolig.hvem": ["barn"],
    "rus.alkohol": "sjelden",
    "rus.fungerer": "Å gå tur",
}


@pytest.fixture
def nytt_skjema(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[dict[str, Change]], Skjema]]:
    """Give the program another form, with some themes changed."""

    def change(changes: dict[str, Change]) -> Skjema:
        form = Skjema("ny", tuple(changes[tema.id](tema) if tema.id in changes else tema for tema in SKJEMA.temaer))
        for name, module in list(sys.modules.items()):
            if name.startswith("webapp.") and getattr(module, "SKJEMA", None) is SKJEMA:
                monkeypatch.setattr(module, "SKJEMA", form)
        _forget()
        return form

    yield change
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    for kept in (temaside._page_theme, temaside._mini_page, temaside._themes, temaside._blank, eksport._places):
        kept.cache_clear()


def retired(*ids_: str) -> Change:
    def change(tema: Tema) -> Tema:
        return replace(
            tema,
            sporsmal=tuple(one for one in tema.sporsmal if one.id not in ids_),
            utgatte=tuple(one for one in tema.sporsmal if one.id in ids_),
        )

    return change


def removed(*ids_: str) -> Change:
    return lambda tema: replace(tema, sporsmal=tuple(one for one in tema.sporsmal if one.id not in ids_))


def reworded(ident: str, etikett: str, **choices: str) -> Change:
    def one(sporsmal: Sporsmal) -> Sporsmal:
        if sporsmal.id != ident:
            return sporsmal
        valg = tuple(replace(v, etikett=_l(choices[v.id])) if v.id in choices else v for v in sporsmal.valg)
        return replace(sporsmal, etikett=_l(etikett), valg=valg)

    return lambda tema: replace(tema, sporsmal=tuple(one(sporsmal) for sporsmal in tema.sporsmal))


def pages(verden: Verden, levert: Innhold, bruker: Klient, veileder: Klient) -> Iterator[str]:
    """The delivery as the bruker and as the office reads it."""
    yield bruker.get(f"/kartlegging/leverte/{levert.nummer}").text
    yield veileder.get(f"/veileder/bruker/{verden.amina}/").text
    yield veileder.get(f"/veileder/bruker/{verden.amina}/kartlegging/{levert.nummer}").text


def test_a_question_that_is_asked_no_longer_stands_in_old_deliveries(
    nytt_skjema: Callable[[dict[str, Change]], Skjema], verden: Verden, bruker: Klient, veileder: Klient
) -> None:
    levert = lever(verden, ANSWERS)
    form = nytt_skjema({"rus": retired("rus.alkohol", "rus.fungerer")})
    assert "rus.alkohol" not in {one.id for one in form.alle()}
    for page in pages(verden, levert, bruker, veileder):
        assert "Hvor mye plass tar alkohol?" in page
        assert "Sjelden, og det går greit" in page
        assert "Å gå tur" in page
        assert "Spørsmål vi ikke stiller lenger" not in page
    for path in ("/kartlegging/rus", "/kartlegging/se-over", "/kartlegging/"):
        assert "Hvor mye plass tar alkohol?" not in bruker.get(path).text
    who = som_bruker(verden)
    assert not levering.deliver(who, ids.new_id().hex).ny, "nobody has changed anything"
    svar(verden, {"bolig.fungerer": "Utsikten og roen"})
    newer = levering.deliver(who, ids.new_id().hex)
    assert set(versjoner.read(who.kommune_id, who.id, who.seal, newer.id).svar) == {"bolig.fungerer", "bolig.hvem"}
    both = f"{levert.nummer}/{newer.nummer}"
    for page in (
        bruker.get(f"/kartlegging/sammenlign/{both}").text,
        veileder.get(f"/veileder/bruker/{verden.amina}/sammenlign/{both}").text,
    ):
        assert "Hvor mye plass tar alkohol?" in page
        assert "og roen" in page


def test_a_question_that_the_form_does_not_know_stands_last(
    nytt_skjema: Callable[[dict[str, Change]], Skjema], verden: Verden, bruker: Klient, veileder: Klient
) -> None:
    levert = lever(verden, ANSWERS)
    form = nytt_skjema({"rus": removed("rus.alkohol"), "bolig": removed("bolig.hvem")})
    with pytest.raises(UkjentSporsmal):
        form.sporsmal("rus.alkohol")
    for page in pages(verden, levert, bruker, veileder):
        known, _, unknown = page.rpartition("Spørsmål vi ikke stiller lenger</h")
        assert "Å gå tur" in known
        assert "Hvor mye plass tar alkohol?" in unknown
        assert "Sjelden, og det går greit" in unknown
        assert levert.ord["bolig.hvem"]["nb"]["valg"]["barn"] in unknown
    for path in ("/kartlegging/rus", "/kartlegging/se-over", "/kartlegging/", "/innsyn/alt"):
        bruker.get(path)
    who = som_bruker(verden)
    assert "rus.alkohol" not in service.all_answers(who.kommune_id, who.id, who.seal)
    svar(verden, {"bolig.fungerer": "Roen"})
    newer = levering.deliver(who, ids.new_id().hex)
    assert "Hvor mye plass tar alkohol?" in bruker.get(f"/kartlegging/sammenlign/{levert.nummer}/{newer.nummer}").text
    held = json.loads(bruker.get("/innsyn/alt.json").get_data(as_text=True))["kartlegging"]["leveringer"][0]["svar"]
    assert {one["sporsmal"]: one["sporsmalstekst"] for one in held}["rus.alkohol"] == "Hvor mye plass tar alkohol?"


def test_what_was_delivered_before_the_words_were_kept_is_shown_too(
    nytt_skjema: Callable[[dict[str, Change]], Skjema],
    verden: Verden,
    bruker: Klient,
    veileder: Klient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as before:
        before.setattr(ordlyd, "kept", lambda *_: {})
        levert = lever(verden, ANSWERS)
    nytt_skjema({"rus": removed("rus.alkohol"), "bolig": removed("bolig.hvem")})
    for page in pages(verden, levert, bruker, veileder):
        assert "rus.alkohol" in page
        assert "sjelden" in page


def test_a_question_that_is_reworded_stands_as_it_was_when_it_was_answered(
    app: Flask, nytt_skjema: Callable[[dict[str, Change]], Skjema], verden: Verden, bruker: Klient, veileder: Klient
) -> None:
    levert = lever(verden, ANSWERS)
    nytt_skjema({"rus": reworded("rus.alkohol", "Drikker du for mye?", sjelden="Nesten aldri")})
    for page in pages(verden, levert, bruker, veileder):
        assert "Hvor mye plass tar alkohol?" in page
        assert "Sjelden, og det går greit" in page
        assert "Drikker du for mye?" not in page
        assert "Hva hjelper deg å slappe av" in page
    assert "Drikker du for mye?" in bruker.get("/kartlegging/rus").text
    page = bruk_sprak(verden, app, "ar").get(f"/kartlegging/leverte/{levert.nummer}").text
    # The words were not kept in Arabic: they stand as Norwegian.
    assert '<p class="svar-sporsmal" lang="nb" dir="auto">Hvor mye plass tar alkohol?</p>' in page


def test_the_receipt_has_the_words_as_well(
    app: Flask, nytt_skjema: Callable[[dict[str, Change]], Skjema], verden: Verden
) -> None:
    levert = lever(verden, ANSWERS)
    nytt_skjema({"rus": reworded("rus.alkohol", "Drikker du for mye?"), "bolig": retired("bolig.fungerer")})
    with app.test_request_context("/"):
        blocks = kvittering.document(levert).blocks
        asked = {one.question for one in blocks if isinstance(one, pdf.Answer)}
        assert asked >= {
            pdf.Text("Hvor mye plass tar alkohol?"),
            pdf.Text(str(SKJEMA.sporsmal("bolig.fungerer").etikett)),
        }


def test_the_words_are_kept_in_the_language_of_the_delivery(verden: Verden) -> None:
    levert = lever(verden, ANSWERS)
    kept = levert.ord["rus.alkohol"]
    assert kept == {"nb": {"etikett": "Hvor mye plass tar alkohol?", "valg": {"sjelden": "Sjelden, og det går greit"}}}
    arabic = ordlyd.kept({"rus.alkohol": "sjelden"}, "ar")["rus.alkohol"]
    assert set(arabic) == {"nb", "ar"}
    assert arabic["nb"] == kept["nb"]
    assert arabic["ar"]["etikett"] != kept["nb"]["etikett"]


def test_an_id_is_not_used_again() -> None:
    rus = SKJEMA.tema("rus")
    gone = Sporsmal("rus.gammelt", Type.EN, _l("Gammelt?"), valg=(Valg("ja", _l("Ja")),))
    form = Skjema("x", (replace(rus, utgatte=(gone,)),))
    assert form.sporsmal("rus.gammelt") is gone
    assert "rus.gammelt" not in {one.id for one in form.alle()}
    with pytest.raises(ValueError, match="used twice"):
        Skjema("x", (replace(rus, utgatte=(rus.sporsmal[0],)),))
