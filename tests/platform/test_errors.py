"""The last page: when the page about the error fails as well, there is still a page, in the reader's language."""

from __future__ import annotations

from typing import Any, NoReturn

import pytest

from tests.klient import Klient
from webapp.platform import errors


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
