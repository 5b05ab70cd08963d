"""The last page, when the page about the error fails as well, in the reader's language; and what has just gone."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any, NoReturn

import pytest
from flask import Flask

import webapp
from tests.klient import Klient
from tests.moter.avtaler import kari
from tests.verden import Verden
from webapp.identitet import adgang, nokler
from webapp.platform import access, errors, missing


def broken(*_: Any, **__: Any) -> NoReturn:
    raise RuntimeError("broken")


@pytest.mark.parametrize(
    ("sprak", "tag", "said"),
    [
        ("nb", 'lang="nb" dir="ltr"', "Noe gikk galt hos oss. Det er ikke din feil."),
        ("en", 'lang="en" dir="ltr"', "Something went wrong"),
        ("ar", 'lang="ar" dir="rtl"', "الصفحة"),
    ],
)
def test_the_last_page_speaks_the_language_of_the_request(
    besoker: Klient, monkeypatch: pytest.MonkeyPatch, sprak: str, tag: str, said: str
) -> None:
    monkeypatch.setattr(errors, "render_template", broken)
    answer = besoker.http.get("/finnes-ikke", headers={"Accept-Language": sprak})
    assert answer.status_code == 404
    assert tag in answer.text
    assert said in answer.text
    assert "broken" not in answer.text


def test_the_last_page_needs_nothing(besoker: Klient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "render_template", broken)
    monkeypatch.setattr(errors, "_", broken)
    answer = besoker.http.get("/finnes-ikke", headers={"Accept-Language": "ar"})
    assert answer.status_code == 404
    assert 'lang="nb" dir="ltr"' in answer.text
    assert "Noe gikk galt hos oss. Det er ikke din feil." in answer.text


@pytest.mark.parametrize("rest", ["", "/", "/profil", "/invitasjon", "/moter", "/tidslinje", "/tilbud", "/overfor"])
def test_somebody_deleted_since_the_gate_looked_is_not_here(
    app: Flask, veileder: Klient, bruker: Klient, verden: Verden, monkeypatch: pytest.MonkeyPatch, rest: str
) -> None:
    """At every page of theirs, and at their own front page (the first)."""
    real = access.need_of

    def then_gone(program: Flask, endpoint: str) -> access.Need:
        monkeypatch.undo()
        need = real(program, endpoint)
        found = adgang.open_sak(kari(verden), verden.amina, side=None) if need.sak else None
        nokler.delete_bruker(verden.kommune_id, verden.amina)
        if found is not None:
            monkeypatch.setattr(adgang, "open_sak", lambda *_, **__: found)
        return need

    monkeypatch.setattr(access, "need_of", then_gone)
    who, path = (veileder, f"/veileder/bruker/{verden.amina}{rest}") if rest else (bruker, "/")
    assert "Vi finner ikke siden." in who.get(path, 404).text


def test_what_is_not_here_is_the_same_to_all_rooms() -> None:
    for room in pkgutil.walk_packages(webapp.__path__, "webapp."):
        if ".migrations" not in room.name:
            found = getattr(importlib.import_module(room.name), "NotHere", missing.NotHere)
            assert issubclass(found, missing.NotHere), room.name
