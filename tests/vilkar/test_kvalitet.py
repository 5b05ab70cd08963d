"""Advice while a vilkår is written (V1–V5)."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from webapp.vilkar import kvalitet
from webapp.vilkar.kvalitet import BLOKKERER, Forslag, Kode
from webapp.vilkar.tekstbank import FRITEKST, TYPER

GODT = Forslag("aktivitet", True, True, True, True, True, True, False, {"hvorfor": "Du vil jobbe i butikk."}, 0)


def koder(forslag: Forslag) -> set[Kode]:
    return {rad.kode for rad in kvalitet.rad(forslag)}


def test_nothing_is_said_of_a_good_one() -> None:
    assert kvalitet.rad(GODT) == []


@pytest.mark.parametrize("slag", ["aktivitet", "okonomi", "dokumentasjon"])
def test_every_combination_says_exactly_what_is_missing(slag: str) -> None:
    vilkar = slag != "dokumentasjon"
    for frist, konsekvens, reduksjon, sammenheng, byrde, medvirkning, mange in product((True, False), repeat=7):
        forslag = Forslag(
            slag,
            frist,
            konsekvens,
            reduksjon,
            sammenheng,
            byrde,
            medvirkning,
            False,
            {},
            3 if mange else 2,
        )
        expected = {Kode.INGEN_FRIST} if not frist else set()
        if vilkar:
            expected |= {Kode.INGEN_KONSEKVENS} if not konsekvens else set()
            expected |= {Kode.REDUKSJON_IKKE_OPPGITT} if konsekvens and not reduksjon else set()
            expected |= {Kode.INGEN_SAMMENHENG} if not sammenheng else set()
            expected |= {Kode.BYRDE} if not byrde else set()
            expected |= {Kode.MEDVIRKNING} if not medvirkning else set()
            expected |= {Kode.MANGE} if mange else set()
        assert koder(forslag) == expected


@pytest.mark.parametrize(
    "tekst",
    [
        "Du må følge opp møter med Nav",
        "Du må  FØLGE\nOPP avtaler",
        "Møte opp til timer",
        "Samtale etter avtale",
        "som avtalt",
        "Være aktiv",
        "søke aktivt",
        "Samarbeide med Nav",
        "bidra til eget liv",
        "levere snarest",
        "jevnlig kontakt",
        "levere nødvendig dokumentasjon",
        "vise vilje",
    ],
)
def test_general_wording_is_caught_with_something_concrete_instead(app: Flask, tekst: str) -> None:
    with app.test_request_context():
        found = [rad for rad in kvalitet.rad(replace(GODT, ord={"hva": tekst})) if rad.kode is Kode.GENERELT]
        assert found
        for rad in found:
            assert rad.ord.casefold() in tekst.casefold()
            assert rad.ord in rad.tekst
            assert str(rad.heller)
            assert kvalitet.general_words(str(rad.heller)) == []  # the alternative is not general itself


@pytest.mark.parametrize(
    "tekst", ["Delta i aktivitet på huset", "Aktivitetshuset, Storgata 1", "oppover", "Møtet 1. mai"]
)
def test_names_and_other_words_are_left_alone(tekst: str) -> None:
    assert kvalitet.general_words(tekst) == []


def test_the_bank_itself_is_concrete(app: Flask) -> None:
    with app.test_request_context():
        for kind in TYPER.values():
            if kind.id in FRITEKST:
                continue
            for text in (kind.hva, kind.hvor, kind.ofte, kind.oppfylt):
                assert kvalitet.general_words(str(text)) == [], (kind.id, str(text))


@given(st.text(max_size=200))
def test_any_words_get_an_answer(tekst: str) -> None:
    found = kvalitet.rad(replace(GODT, fritekst=True, ord={"hva": tekst}))
    assert all(rad.kode in (Kode.GENERELT, Kode.IKKE_MALBART) for rad in found)
    assert kvalitet.key(found) == kvalitet.key(list(reversed(found)))


def test_own_words_must_say_how_many() -> None:
    assert Kode.IKKE_MALBART in koder(replace(GODT, fritekst=True, ord={"hva": "Søke jobber"}))
    for text in ("Søke 3 jobber", "Søke tre jobber", "Ringe hver mandag", "Én gang"):
        assert Kode.IKKE_MALBART not in koder(replace(GODT, fritekst=True, ord={"hva": text}))


def test_only_three_kinds_block() -> None:
    assert {kode for kode in Kode if kvalitet.Rad(kode).blokkerer} == BLOKKERER
    assert set(kvalitet.TEKST) == set(Kode)


@pytest.mark.parametrize("under_30", [True, False])
@pytest.mark.parametrize("activities", [0, 1])
@pytest.mark.parametrize("grunner", [True, False])
@pytest.mark.parametrize("rad_vurdert", [True, False])
def test_under_30_without_activity_asks_for_reasons(
    under_30: bool, activities: int, grunner: bool, rad_vurdert: bool
) -> None:
    found = kvalitet.none_set(under_30=under_30, activities=activities, grunner=grunner, rad_vurdert=rad_vurdert)
    expected = set()
    if under_30 and not activities:
        expected = ({Kode.GRUNNER_UNDER_30} if not grunner else set()) | (
            {Kode.RAD_UNDER_30} if not rad_vurdert else set()
        )
    assert {rad.kode for rad in found} == expected
