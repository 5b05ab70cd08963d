"""The text bank, every type in every language: complete, filled in, and the veileder's own words marked (V2, V6)."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale, gettext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strenger import STRENGER
from tests.vilkar.saker import FRIST, innhold
from webapp.platform.belop import kroner
from webapp.platform.languages import SPRAK
from webapp.varsel.tekst import considered
from webapp.vilkar import tekst, tekstbank
from webapp.vilkar.banktyper import Type
from webapp.vilkar.tekst import FSI, MEDVIRKNING, PDI, SAMMENHENG, YTELSER, Innhold, Rammer
from webapp.vilkar.tekstbank import FRITEKST, TYPER

RAMMER = Rammer("livsopphold", date(2026, 12, 11))
EN_AV_HVER: dict[str, Any] = {
    "linje": "Wxyz",
    "ord": "Wxyz",
    "dato": "2026-12-01",
    "klokke": "09:00",
    "tall": 3,
    "dager": [0, 2],
}
ALLTID = {"hva", "nar", "oppfylt", "konsekvens", "aldri", "nav", "hjelp"}


def fylt(kind: Type) -> dict[str, Any]:
    """Every parameter of a type."""
    return {felt.id: EN_AV_HVER[felt.slag] for felt in kind.felt}


@pytest.mark.parametrize("sprak", SPRAK)
@pytest.mark.parametrize("kind", TYPER)
def test_every_type_says_everything_in_every_language(app: Flask, kind: str, sprak: str) -> None:
    with app.test_request_context():
        made = tekst.rendered(innhold(kind, fylt(TYPER[kind])), FRIST, RAMMER, sprak)
    found = {one.id for one in made.avsnitt}
    assert found >= ALLTID | {"ofte", "hvor", "hvorfor"}
    assert ("klage" in found) is (TYPER[kind].slag != "dokumentasjon")
    assert "%(" not in made.ren()
    assert "None" not in made.ren()
    assert (made.sprak, made.retning) == (sprak, SPRAK[sprak].retning)
    assert all(line.strip() for one in made.avsnitt for line in one.linjer)
    assert made.ren().count(FSI) == made.ren().count(PDI)


@pytest.mark.parametrize("sprak", [kode for kode in SPRAK if kode != "nb"])
@pytest.mark.parametrize("kind", TYPER)
def test_nothing_of_ours_is_left_in_norwegian(app: Flask, kind: str, sprak: str) -> None:
    whole = innhold(kind, fylt(TYPER[kind]), hvorfor="")
    with app.test_request_context():
        norwegian, other = (tekst.rendered(whole, FRIST, RAMMER, one) for one in ("nb", sprak))
    same = {line for one in norwegian.avsnitt for line in (one.overskrift, *one.linjer)} & {
        line for one in other.avsnitt for line in (one.overskrift, *one.linjer)
    }
    left = {line for line in same if not (line.startswith(FSI) and line.endswith(PDI))}
    if sprak == "nn":  # so near that whole lines are spelled alike: «Skriv hva du gjør.» is not, «Senest mandag.» is
        assert norwegian.ren() != other.ren()
        return
    assert left == set()
    if kind not in FRITEKST:
        assert norwegian.tittel != other.tittel


@pytest.mark.parametrize("sprak", SPRAK)
@pytest.mark.parametrize("kind", TYPER)
def test_what_is_left_out_leaves_no_hole(app: Flask, kind: str, sprak: str) -> None:
    """Every set of up to two parameters left out, with and without a deadline: whole sentences or none."""
    whole = fylt(TYPER[kind])
    names = [*whole, "frist"]
    with app.test_request_context():
        for missing in [(), *((one,) for one in names), *combinations(names, 2)]:
            left = {name: value for name, value in whole.items() if name not in missing}
            made = tekst.rendered(innhold(kind, left), None if "frist" in missing else FRIST, RAMMER, sprak)
            assert "%(" not in made.ren()
            assert any(one.id == "nar" for one in made.avsnitt)


def test_placeholders_are_parameters_of_the_type(app: Flask) -> None:
    with app.test_request_context():
        for kind in TYPER.values():
            known = {felt.id for felt in kind.felt} | {"frist"}
            for text in (kind.tittel, kind.hva, kind.hvor, kind.nar, kind.ofte, kind.oppfylt):
                assert set(tekstbank.placeholders(str(text))) <= known, kind.id
            assert "frist" not in tekstbank.placeholders(str(kind.tittel))  # a title stands without its deadline


def test_the_catalogue_is_whole() -> None:
    by_kind = {slag: [one.id for one in TYPER.values() if one.slag == slag] for slag in tekstbank.SLAG}
    assert len(set(by_kind["aktivitet"]) - set(FRITEKST)) == 10
    assert len(set(by_kind["okonomi"]) - set(FRITEKST)) == 4
    assert by_kind["dokumentasjon"] == ["dokumentasjon"]


def test_the_consequence_is_stated_exactly_or_denied(app: Flask) -> None:
    def said(made: Innhold, ytelse: str = "livsopphold") -> str:
        with app.test_request_context():
            shown = tekst.rendered(made, FRIST, Rammer(ytelse, FRIST), "nb")
        return next(" ".join(one.linjer) for one in shown.avsnitt if one.id == "konsekvens")

    for ytelse, words in YTELSER.items():
        with app.test_request_context():
            expected = str(words)
        assert expected in said(innhold(), ytelse)
    assert "høyst 1 måned." in said(innhold(maneder=1))
    for none in ({"belop": None}, {"maneder": None}, {"belop": 0}):
        assert "kan ikke settes ned" in said(innhold(**none))
    papers = said(innhold("dokumentasjon", fylt(TYPER["dokumentasjon"])))
    assert "ikke et vilkår" in papers
    assert "1500" not in papers


def test_reasons_can_be_chosen_and_written(app: Flask) -> None:
    with app.test_request_context():
        for sammenheng, medvirkning in zip(SAMMENHENG, MEDVIRKNING, strict=True):
            made = innhold(sammenheng=sammenheng, medvirkning=medvirkning, byrde_ord="Egne ord\nog flere")
            lines = next(one.linjer for one in tekst.rendered(made, FRIST, RAMMER, "nb").avsnitt if one.id == "hvorfor")
            assert str(SAMMENHENG[sammenheng]) in lines
            assert str(MEDVIRKNING[medvirkning]) in lines
            assert tekst.own("og flere") in lines


@pytest.mark.parametrize("sprak", ["en", "ar"])
def test_free_text_says_that_it_is_not_translated_and_keeps_its_tag(app: Flask, sprak: str) -> None:
    with app.test_request_context():
        made = tekst.rendered(innhold("fritekst", fylt(TYPER["fritekst"])), FRIST, RAMMER, sprak)
        with force_locale(sprak):
            expected = str(gettext("Veilederen har skrevet dette selv. Det er ikke oversatt."))
    first = made.avsnitt[0].linjer
    assert first[0] == expected
    assert '<bdi lang="nb" dir="auto" data-bruker-tekst>Wxyz</bdi>' in tekst.html(first[1], made.egne_sprak)


@pytest.mark.parametrize("words", STRENGER.values(), ids=list(STRENGER))
def test_own_words_cannot_break_out(words: str) -> None:
    shown = tekst.html(f"Før {tekst.own(words)} etter <b>")
    assert "<script" not in shown
    assert shown.count("<bdi") == shown.count("</bdi>") == 1
    assert shown.endswith("etter &lt;b&gt;")


@given(st.text(max_size=50), st.text(max_size=50))
def test_the_hash_tells_texts_languages_and_directions_apart(one: str, other: str) -> None:
    made = {
        tekst.digest(sprak, retning, words)
        for sprak in ("nb", "ar")
        for retning in ("ltr", "rtl")
        for words in {one, other}
    }
    assert len(made) == 4 * len({one, other})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.sampled_from(list(TYPER)), st.text(max_size=30), st.integers(1, 50_000), st.integers(1, 12))
def test_what_was_sealed_comes_back(app: Flask, kind: str, words: str, belop: int, maneder: int) -> None:
    made = innhold(kind, fylt(TYPER[kind]), hvorfor=words, belop=belop, maneder=maneder, rad=("mange",), grunn=words)
    assert Innhold.from_json({**made.as_json(), "ukjent": 1}) == made


@pytest.mark.parametrize("sprak", SPRAK)
def test_an_amount_is_written_as_in_the_notice_that_may_follow(app: Flask, sprak: str) -> None:
    """«2000» in the one and «2 000» in the other read as two amounts, where it is about somebody's money."""
    with app.test_request_context():
        whole = tekst.rendered(innhold(belop=2000), FRIST, RAMMER, sprak).ren()
        with force_locale(sprak):
            written = kroner(2000)
            notice = considered("livsopphold", 2000, 3)
    assert written == {"en": "2,000", "ar": "2,000", "so": "2,000", "ti": "2,000", "fa_AF": "2,000"}.get(
        sprak, "2\xa0000"
    )
    assert written in notice
    assert written in whole
    assert "2000" not in whole.replace(written, "")
