"""The catalogue check finds what would reach a reader wrong."""

from collections.abc import Sequence

import pytest
from babel.messages.catalog import Catalog
from katalog import REVIEWED_HEADER
from sjekk_kataloger import catalogue_faults, placeholders, template_faults

PLURAL = ("%(num)s dag", "%(num)s dager")


def template(*ids: str | tuple[str, str]) -> Catalog:
    made = Catalog()
    for one in ids:
        made.add(one)
    return made


def catalogue(
    *pairs: tuple[str | tuple[str, str], str | Sequence[str]], locale: str = "en", **changes: bool
) -> Catalog:
    made = Catalog(locale=locale, fuzzy=changes.get("header_fuzzy", False))
    made.header_comment = f"# {REVIEWED_HEADER}: nobody" if changes.get("reviewed", True) else "# x"
    for one, text in pairs:
        made.add(one, text if isinstance(text, str) else tuple(text), flags=["fuzzy"] if changes.get("fuzzy") else [])
    return made


def said(source: str | tuple[str, str], text: str | Sequence[str], locale: str = "en", **changes: bool) -> str:
    return "\n".join(catalogue_faults(template(source), catalogue((source, text), locale=locale, **changes)))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Lagre", "Save"),
        ("Hei %(navn)s, %(navn)s", "Hi %(navn)s and %(navn)s"),
        ("100 %", "100%"),
        ("%(n)s %%", "%(n)s%%"),
        ("<b>Nå</b> {tid}", "{tid} <b>now</b>"),
        (PLURAL, ("one day", "%(num)s days")),
    ],
)
def test_good(source: str | tuple[str, str], text: str | Sequence[str]) -> None:
    assert said(source, text) == ""


def test_arabic_has_six_forms() -> None:
    assert said(PLURAL, ("لا أيام", "يوم واحد", "يومان", "%(num)s أيام", "%(num)s يومًا", "%(num)s يوم"), "ar") == ""
    assert "2 former, skal ha 6" in said(PLURAL, ("يوم", "%(num)s أيام"), "ar")


@pytest.mark.parametrize(
    ("source", "text", "sentence"),
    [
        ("Lagre", "", "mangler"),
        ("Lagre", "  ", "mangler"),
        (PLURAL, ("one day", ""), "mangler"),
        ("Hei %(navn)s", "Hi", "mangler ['%(navn)s']"),
        ("Hei %(navn)s", "Hi %(name)s", "har for mye ['%(name)s']"),
        ("Hei %(navn)s", "Hi %(navn)d", "%(navn)d"),
        ("Hei {navn}", "Hi", "mangler ['{navn}']"),
        ("<b>Nå</b>", "<b>Now", "mangler ['</b>']"),
        ('<a href="/x">Nå</a>', '<a href="/y">Now</a>', "/y"),
        ("%(n)s av alt", "%(n)s% of all", "enslig %"),
        ("Hei ", "Hi", "slutter ikke"),
        ("Hei", " Hi", "begynner ikke"),
        (("%(num)s av %(alle)s", "%(num)s av %(alle)s"), ("one", "%(num)s of %(alle)s"), "mangler ['%(alle)s']"),
    ],
)
def test_bad(source: str | tuple[str, str], text: str | Sequence[str], sentence: str) -> None:
    assert sentence in said(source, text)


def test_the_head_of_the_catalogue() -> None:
    assert "fuzzy" in said("Lagre", "Save", fuzzy=True)
    assert "hele katalogen" in said("Lagre", "Save", header_fuzzy=True)
    assert REVIEWED_HEADER in said("Lagre", "Save", reviewed=False)


def test_what_is_missing_or_left_over() -> None:
    faults = "\n".join(catalogue_faults(template("Ny"), catalogue(("Gammel", "Old"))))
    assert "«Ny» mangler" in faults
    assert "«Gammel» finnes ikke lenger" in faults
    with_obsolete = catalogue(("Ny", "New"))
    obsolete = catalogue(("Borte", "Gone"))
    with_obsolete.obsolete["Borte"] = next(message for message in obsolete if message.id)
    assert "utgått" in "\n".join(catalogue_faults(template("Ny"), with_obsolete))


def test_drift_between_code_and_template() -> None:
    faults = "\n".join(template_faults(template("a", "b"), template("b", "c")))
    assert "«c» er ny" in faults
    assert "«a» finnes ikke lenger" in faults
    assert not list(template_faults(template("a"), template("a")))


def test_a_doubled_percent_is_no_placeholder() -> None:
    assert not placeholders("100 %% sikker")
