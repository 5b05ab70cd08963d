"""The page is in the language it says, and nothing on it was left untranslated or unfilled."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from babel import Locale, UnknownLocaleError
from babel.messages.pofile import read_po

from tests.sidekontroll.page import Page, describe, is_element

CATALOGUES = Path(__file__).resolve().parents[2] / "i18n"
SOURCE = "nb"
READ_ALOUD = ("alt", "aria-label", "aria-description", "aria-roledescription", "label", "placeholder", "title")
# What people have written or are called stays as it is in every language.
PEOPLES_OWN = {"bdi", "textarea", "code", "script", "style"}

_NORWEGIAN_WORD = re.compile(r"[^\W\d_]*[æøåÆØÅ][^\W\d_]*")
_UNFILLED = re.compile(r"\{\{|\}\}|\{%|%\}|%\(\w+\)\w?|\{[a-z_]+\}|<[\w.]+ object at 0x|\blazy_gettext\b|\bundefined\b")
_NONE = re.compile(r"\bNone\b")
_TELEPHONE = re.compile(r"(?<!\d)(?:\d\d(?:[ \u00a0]\d\d){3}|\d{3}[ \u00a0]\d\d[ \u00a0]\d{3})(?!\d)")
_ONE_OF_MANY = re.compile(
    r"(?<!\d)(?<!\d[ \u00a0.,:])1 (?:måneder|dager|uker|timer|minutter|ganger|koder|filer|brukere|personer)\b"
)
# «بـ» before a name in Latin letters is how it is written; before an Arabic word it belongs to the word.
_LOOSE = re.compile(r"(?<!\w)[بلك]ـ [\u0621-\u064a]+")
# Filled in by scripts, so {n} and {tid} are meant.
_FOR_SCRIPTS = re.compile(r"^data-")


class Catalogue:
    """What the catalogue of a language says, for telling bokmål that is left over from bokmål that is meant."""

    def __init__(self, locale: str) -> None:
        path = CATALOGUES / locale / "LC_MESSAGES" / "messages.po"
        self._pairs: list[tuple[str, str]] = []
        if path.is_file():
            with path.open("rb") as file:
                for message in read_po(file):
                    ids = [message.id] if isinstance(message.id, str) else list(message.id)
                    string = message.string
                    strings = [string or ""] if isinstance(string, str) or string is None else list(string)
                    if ids[0]:
                        self._pairs += [(one, " ".join(text or "" for text in strings)) for one in ids]

    @cached_property
    def should_be_translated(self) -> frozenset[str]:
        """Messages in bokmål with a translation that differs."""
        return frozenset(
            " ".join(one.split()) for one, text in self._pairs if text.strip() and text.strip() != one.strip()
        )

    @cached_property
    def meant(self) -> frozenset[str]:
        """Norwegian words that the translation itself uses (names of laws and benefits), or that have none yet.

        That one is missing is said once by scripts/sjekk_kataloger.py, instead of by every page.
        """
        texts = [text if text.strip() else one for one, text in self._pairs]
        return frozenset(word for text in texts for word in _NORWEGIAN_WORD.findall(text))


@lru_cache(maxsize=8)
def catalogue(locale: str) -> Catalogue:
    """Read once."""
    return Catalogue(locale)


def tagged(page: Page) -> Iterator[str]:
    """<html> says language and direction, and so does every other language on the page."""
    html = page.root
    locale = Locale.parse(page.locale.replace("-", "_"))
    if html.get("lang") != page.locale.replace("_", "-"):
        yield f"<html lang={html.get('lang')!r}>, must be {page.locale!r}"
    if html.get("dir") != locale.text_direction:
        yield f"<html dir={html.get('dir')!r}>, must be {locale.text_direction!r}"
    for element in page.elements:
        if "lang" in element.attrib and element is not html:
            if "_" in element.attrib["lang"]:
                yield f"Babel's code, not a language tag: {describe(element)}"
            try:
                direction = Locale.parse(element.attrib["lang"].replace("-", "_")).text_direction
            except (UnknownLocaleError, ValueError):
                yield f"not a language tag: {describe(element)}"
                continue
            if "dir" not in element.attrib and direction != locale.text_direction:
                yield f"a language of the other direction needs dir: {describe(element)}"
        if element.get("dir", "auto") not in {"ltr", "rtl", "auto"}:
            yield f"not a direction: {describe(element)}"


class Where(NamedTuple):
    """Where a text stands: in an element, or in an attribute of it. Written out only when somebody is to read it."""

    element: Element
    attribute: str = ""

    def __str__(self) -> str:
        return f"{self.attribute} of {describe(self.element)}" if self.attribute else describe(self.element)


def texts(page: Page) -> list[tuple[Where, str]]:
    """Every text of ours in the page's own language (text nodes and attributes read aloud), with where it stands."""
    found: list[tuple[Where, str]] = []
    _texts(page.root, page.root.get("lang", ""), found)
    return found


def _texts(element: Element, language: str, found: list[tuple[Where, str]]) -> None:
    if not is_element(element) or element.tag in PEOPLES_OWN or "data-bruker-tekst" in element.attrib:
        return
    if element.get("lang", language) != language or element.get("translate") == "no":
        return
    found.extend((Where(element, name), element.attrib[name]) for name in READ_ALOUD if element.get(name))
    here = Where(element)
    if element.tag == "input" and element.get("type") in {"submit", "button", "reset"}:
        found.append((here, element.get("value", "")))
    if element.text:
        found.append((here, element.text))
    for child in element:
        _texts(child, language, found)
        if child.tail:
            found.append((here, child.tail))


def translated(page: Page) -> Iterator[str]:
    """No bokmål on a page in another language, unless it is marked with its own lang."""
    if page.locale == SOURCE:
        return
    known = catalogue(page.locale.replace("-", "_"))
    for where, text in texts(page):
        plain = " ".join(text.split())
        if plain in known.should_be_translated:
            yield f"not translated: «{plain[:80]}» in {where}"
            continue
        for word in _NORWEGIAN_WORD.findall(plain):
            if word not in known.meant:
                yield f"Norwegian «{word}» in «{plain[:80]}» in {where}; mark it with lang, <bdi> or data-bruker-tekst"


def filled_in(page: Page) -> Iterator[str]:
    """No placeholder, template sign or «None» reached the reader."""
    for where, text in texts(page):
        match = _UNFILLED.search(text)
        if match:
            yield f"unfilled «{match[0]}» in «{' '.join(text.split())[:80]}» in {where}"
        # «None of these» is English; on its own it is Python.
        if text.strip() == "None" or (page.locale != "en" and _NONE.search(text)):
            yield f"«None» in «{' '.join(text.split())[:80]}» in {where}"
    for element in page.elements:
        for name, value in element.attrib.items():
            if value == "None" and (name not in {"value", "content"} or element.get("type") == "hidden"):
                yield f"{name}=«None» in {describe(element)}"
            if (
                not _FOR_SCRIPTS.match(name)
                and name in {"href", "src", "action", "id", "name", "for"}
                and re.search(r"/None\b|[{}]|%\(", value)
            ):
                yield f"{name}=«{value[:80]}» is not filled in"


def one_is_one(page: Page) -> Iterator[str]:
    """«1 måned», and not «1 måneder». In bokmål: the catalogues are checked for the forms of their own language."""
    if page.locale != SOURCE:
        return
    for where, text in texts(page):
        wrong = _ONE_OF_MANY.search(text)
        if wrong:
            yield f"«{wrong[0]}» is one, and said as if it were many, in {where}"


def joined(page: Page) -> Iterator[str]:
    """In Arabic a preposition of one letter is written together with its word, also when the word is filled in."""
    for where, text in texts(page) if page.locale == "ar" else ():
        loose = _LOOSE.search(text)
        if loose:
            yield f"«{loose[0]}» is to be one word, in {where}"


def numbers_whole(page: Page) -> Iterator[str]:
    """A telephone number on a page read from the right is isolated: 00 00 00 10 is shown as 10 00 00 00 otherwise."""
    if page.root.get("dir") != "rtl":
        return
    for where, text in texts(page):
        number = _TELEPHONE.search(text)
        if number:
            yield f"the telephone number «{number[0]}» is not in <bdi dir=ltr>, in {where}"
    for element in page.elements:
        if element.get("href", "").startswith("tel:") and element.find(".//bdi[@dir='ltr']") is None:
            yield f"a number to call that is not in <bdi dir=ltr>: {describe(element)}"


RULES = (tagged, translated, filled_in, one_is_one, joined, numbers_whole)
