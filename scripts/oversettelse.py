"""Texts out to a translator, and back: `make oversettelse ARGS="ut pl"` and `make oversettelse ARGS="inn pl FILE"`.

Out come an XLIFF and a PO file with the same texts in build/oversettelse/: bokmål, English for help, where the text
stands, which picture shows that place, and how long it may be. What comes in is checked as in CI, text by text: what is
in order goes into the catalogue, the rest is said and stays as it was. `--kontrollert "NAME, DATE"` writes in the head
of the catalogue who has read all of it; `reviewed=True` in webapp/platform/languages.py then takes the warning away.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po
from katalog import LANGUAGES, REVIEWED_HEADER, ROOT, TEMPLATE
from sjekk_kataloger import message_faults, read
from translate.storage import xliff

OUT = ROOT / "build" / "oversettelse"
# A picture in docs/bilder/ of the place where texts of a folder stand; the first that fits.
PICTURES = (
    ("kartlegging/start", "kartlegging-mobil-nb.webp"),
    ("kartlegging/kvittering", "kvittering-mobil-ar.webp"),
    ("kartlegging/to_tekster", "to-tekster-mobil-nb.webp"),
    ("templates/veileder", "arbeidsliste-skrivebord-nb.webp"),
    ("kartlegging", "tema-mobil-nb.webp"),
    ("templates/hjem", "hjem-mobil-nb.webp"),
    ("innsyn", "innsyn-mobil-nb.webp"),
    ("plan", "plan-mobil-nb.webp"),
    ("vilkar", "vilkar-mobil-nb.webp"),
    ("varsel/horing", "uttalelse-mobil-nb.webp"),
    ("varsel", "varsel-mobil-nb.webp"),
    ("nytt.py", "neste-steg-skrivebord-nb.webp"),
)
BUTTON, MENU = 34, 12  # characters that fit at 320 px in the fonts of the program, on one line
_BUTTONS = re.compile(
    r"""(?:knapp|lenke)\(\s*_\(\s*"([^"]+)"|<button\b[^>]*>(?:<svg.*?</svg>)?\{\{\s*_\(\s*["']([^"']+)"""
)
_MENU = re.compile(r"""</svg>\{\{ _\("([^"]+)"\) \}\}</a>""")


@dataclass(frozen=True, slots=True)
class Context:
    """What a translator is told about a text besides the text."""

    where: tuple[str, ...]
    picture: str
    longest: int  # characters; 0 when there is no limit
    note: str

    def lines(self) -> list[str]:
        """For people."""
        told = [f"Står i: {', '.join(self.where)}"]
        if self.picture:
            told.append(f"Bilde: docs/bilder/{self.picture}")
        if self.longest:
            told.append(f"Helst ikke lenger enn {self.longest} tegn")
        return [*told, self.note] if self.note else told


def identity(message: Message, form: int = 0) -> str:
    """A name for a text that is the same as long as the bokmål is."""
    source = json.dumps([message.context, message.id, form], ensure_ascii=False)
    return hashlib.sha256(source.encode()).hexdigest()[:16]


def limits() -> dict[str, int]:
    """How long texts may be that stand on buttons and in the menu at the bottom."""
    found: dict[str, int] = {}
    for path in (ROOT / "webapp" / "templates").rglob("*.html"):
        source = path.read_text(encoding="utf-8")
        found |= dict.fromkeys((one[1] or one[2] for one in _BUTTONS.finditer(source)), BUTTON)
        found |= dict.fromkeys((one[1] for one in _MENU.finditer(source)), MENU)
    return found


def context_of(message: Message, longest: dict[str, int]) -> Context:
    """Where a text stands, and what limits it."""
    where = tuple(file.removeprefix("webapp/") for file, _line in message.locations)
    picture = next((name for part, name in PICTURES if any(part in file for file in where)), "")
    return Context(where, picture, longest.get(_forms(message.id)[0], 0), " ".join(message.auto_comments))


def _forms(text: Any) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(form or "" for form in text)


def _catalogue(kode: str) -> Path:
    return ROOT / "i18n" / kode / "LC_MESSAGES" / "messages.po"


def units(catalogue: Catalog) -> Iterator[tuple[str, str, str, Message]]:
    """(name, bokmål, translation, message) of every text, and of every plural form of it."""
    for message in catalogue:
        if not message.id:
            continue
        sources, strings = _forms(message.id), _forms(message.string)
        for form, string in enumerate(strings):
            yield identity(message, form), sources[min(form, len(sources) - 1)], string, message


def _empty(content: bytes | None = None) -> Any:
    """An XLIFF file of the library's, which has no types: empty, or read from ``content``."""
    made: Any = xliff.xlifffile
    return made() if content is None else made.parsestring(content)


def write_xliff(catalogue: Catalog, kode: str, english: dict[str, str]) -> bytes:
    """The catalogue as XLIFF, which every translator's tool reads. Nothing in it is approved until somebody says so."""
    longest, store = limits(), _empty()
    store.setsourcelanguage("nb")
    store.settargetlanguage(kode.replace("_", "-"))
    for name, source, string, message in units(catalogue):
        unit = store.addsourceunit(source)
        unit.setid(name)
        if string:
            unit.target = string
            unit.markapproved(False)
        told = context_of(message, longest)
        for line in told.lines():
            unit.addnote(line, origin="developer")
        if english.get(name):
            unit.addnote(f"English: {english[name]}", origin="developer")
        if told.longest:
            unit.xmlelement.set("maxwidth", str(told.longest))
            unit.xmlelement.set("size-unit", "char")
    return bytes(store)


def write_context_po(catalogue: Catalog, path: Path) -> None:
    """The catalogue with the same notes as in the XLIFF; they stay on the messages of ``catalogue``."""
    longest = limits()
    for message in catalogue:
        if message.id:
            message.auto_comments = context_of(message, longest).lines()
    with path.open("wb") as file:
        write_po(file, catalogue, width=120)


def incoming(path: Path, catalogue: Catalog) -> dict[str, str]:
    """{name: translation} of a file from a translator. Raises ValueError for a file that is neither XLIFF nor PO."""
    if path.suffix in {".xlf", ".xliff"}:
        store = _empty(path.read_bytes())
        return {unit.getid().split("\x04")[-1]: str(unit.target) for unit in store.units if unit.target}
    if path.suffix == ".po":
        return {name: string for name, _source, string, _message in units(read(path, str(catalogue.locale))) if string}
    raise ValueError(f"{path.name} er verken XLIFF eller PO")


def take_in(catalogue: Catalog, texts: dict[str, str]) -> tuple[int, list[str]]:
    """Put the texts that are in order into the catalogue. How many changed, and what is wrong with the others."""
    changed, faults, known = 0, [], set()
    for message in catalogue:
        if not message.id:
            continue
        names = [identity(message, form) for form in range(len(_forms(message.string)))]
        known.update(names)
        before = _forms(message.string)
        after = tuple(texts.get(name, old) for name, old in zip(names, before, strict=True))
        if after == before:
            continue
        new = copy(message)
        new.string = after if message.pluralizable else after[0]
        wrong = list(message_faults(message, new, catalogue.num_plurals))
        if wrong:
            faults += [f"«{_forms(message.id)[0][:60]}» {one}" for one in wrong]
        else:
            message.string = new.string
            changed += 1
    faults += ["en tekst finnes ikke lenger i koden" for name in texts.keys() - known]
    return changed, faults


def main(arguments: list[str] | None = None) -> int:
    """See the top of the file."""
    parser = argparse.ArgumentParser(prog="oversettelse", description="Tekster ut til oversettere, og inn igjen.")
    parser.add_argument("hva", choices=("ut", "inn"))
    parser.add_argument("kode", choices=LANGUAGES)
    parser.add_argument("fil", nargs="?", type=Path)
    parser.add_argument("--kontrollert", help="hvem som har lest hele katalogen, og når")
    asked = parser.parse_args(arguments)
    catalogue = read(_catalogue(asked.kode), asked.kode)
    if asked.hva == "ut":
        english = {name: string for name, _source, string, _message in units(read(_catalogue("en"), "en"))}
        OUT.mkdir(parents=True, exist_ok=True)
        (OUT / f"{asked.kode}.xlf").write_bytes(write_xliff(catalogue, asked.kode, english))
        write_context_po(catalogue, OUT / f"{asked.kode}.po")
        print(f"✓ build/oversettelse/{asked.kode}.xlf og .po")
        return 0
    if asked.fil is None:
        parser.error("si hvilken fil som skal inn")
    changed, faults = take_in(catalogue, incoming(asked.fil, catalogue))
    if asked.kontrollert:
        catalogue.header_comment = re.sub(
            rf"{REVIEWED_HEADER}: .*", f"{REVIEWED_HEADER}: {asked.kontrollert}", catalogue.header_comment
        )
    with _catalogue(asked.kode).open("wb") as file:
        write_po(file, catalogue, width=120, ignore_obsolete=True)
    for fault in faults:
        print(f"✗ {fault}")
    print(f"✓ {changed} tekster er endret i i18n/{asked.kode}. {TEMPLATE.name} er ikke rørt.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
