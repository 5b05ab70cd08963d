"""Texts go out to a translator with what they need to know, and only what is in order comes back in."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import oversettelse
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from katalog import ROOT


@pytest.fixture
def katalog() -> Catalog:
    """Three texts in Polish: one on a button, one with a placeholder, one with three plural forms."""
    made = Catalog(locale="pl", header_comment="# Medvirk: pl\n# X-Reviewed-By: nobody", fuzzy=False)
    made.add("Send svaret", "Wyślij", [("webapp/templates/vilkar/vilkar.html", 1)])
    made.add("Svar innen %(dato)s", "Odpowiedz do: %(dato)s", [("webapp/templates/varsel/varsel.html", 1)])
    made.add(("%(num)s dag", "%(num)s dager"), ("%(num)s dzień", "%(num)s dni", "%(num)s dni"), [("webapp/x.py", 1)])
    return made


def notes(unit: Any) -> list[str]:
    return [str(one.text) for one in unit.findall("{*}note")]


def test_xliff_says_where_a_text_stands_what_shows_it_and_how_long_it_may_be(katalog: Catalog) -> None:
    made = ElementTree.fromstring(oversettelse.write_xliff(katalog, "pl", {}))  # noqa: S314 -- we wrote it
    units = {one.findtext("{*}source"): one for one in made.findall(".//{*}trans-unit")}
    assert set(units) == {"Send svaret", "Svar innen %(dato)s", "%(num)s dag", "%(num)s dager"}
    button = units["Send svaret"]
    assert notes(button) == [
        "Står i: templates/vilkar/vilkar.html",
        "Bilde: docs/bilder/vilkar-mobil-nb.webp",
        f"Helst ikke lenger enn {oversettelse.BUTTON} tegn",
    ]
    assert (button.get("maxwidth"), button.get("size-unit")) == ("34", "char")
    assert button.get("approved") != "yes"
    assert all((ROOT / "docs" / "bilder" / name).is_file() for _part, name in oversettelse.PICTURES)


@pytest.mark.parametrize("kind", ["xlf", "po"])
def test_what_goes_out_comes_in_changed(katalog: Catalog, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"pl.{kind}"
    if kind == "xlf":
        file.write_bytes(oversettelse.write_xliff(katalog, "pl", {}))
    else:
        oversettelse.write_context_po(katalog, file)
        assert "#. Bilde: docs/bilder/varsel-mobil-nb.webp" in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace("Wyślij", "Wyślij odpowiedź"), encoding="utf-8")
    changed, faults = oversettelse.take_in(katalog, oversettelse.incoming(file, katalog))
    assert (changed, faults) == (1, [])
    assert katalog.get("Send svaret").string == "Wyślij odpowiedź"  # type: ignore[union-attr]  # it is there
    assert katalog.get(("%(num)s dag", "%(num)s dager")).string[2] == "%(num)s dni"  # type: ignore[union-attr,index]


def test_a_text_that_would_break_a_page_stays_out(katalog: Catalog, tmp_path: Path) -> None:
    names = {source: name for name, source, _string, _message in oversettelse.units(katalog)}
    sent = {names["Svar innen %(dato)s"]: "Odpowiedz do %(data)s", names["Send svaret"]: "Odpowiedz", "ukjent": "x"}
    changed, faults = oversettelse.take_in(katalog, sent)
    assert changed == 1
    assert len(faults) == 2
    assert "plassholdere" in faults[0]
    assert katalog.get("Svar innen %(dato)s").string == "Odpowiedz do: %(dato)s"  # type: ignore[union-attr]  # it is there
    with pytest.raises(ValueError, match="verken XLIFF eller PO"):
        oversettelse.incoming(tmp_path / "pl.docx", katalog)


def test_who_has_read_it_stands_in_the_head(katalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "messages.po"
    with path.open("wb") as file:
        write_po(file, katalog)
    monkeypatch.setattr(oversettelse, "_catalogue", lambda _kode: path)
    assert oversettelse.main(["inn", "pl", str(path), "--kontrollert", "Prøve Person, 1. desember 2026"]) == 0
    assert "# X-Reviewed-By: Prøve Person, 1. desember 2026" in path.read_text(encoding="utf-8")
