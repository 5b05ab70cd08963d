"""Fails when bokmål that a bruker meets is not plain: long sentences, heavy files, passives, words of the office,
abbreviations, buttons that do not begin with what they do. «Forklar enklere» is held to more.

Limits, words and exceptions with their reasons stand in klarsprak.toml beside this file. Texts that only the office
reads are left out of the first five: they have words of their own, and are read by people trained in them.
"""

import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Message
from katalog import ROOT, TEMPLATE
from sjekk_kataloger import read

RULES = Path(__file__).with_name("klarsprak.toml")
# Files whose texts the office alone reads.
_OFFICE = re.compile(
    r"veileder|ansatt|utboks|identitet/(saker|forms)|arbeidsliste|sakssider|kontor|varsel/(grunn|horingsskjema)|"
    r"vilkar/(kvalitet|forms|vedtak|utbetaling|vilkarskjema)|klage/forms|moter/notatskjema|/demo/|cli\.py|sammendrag"
)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+|\n+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PASSIVE = re.compile(r"\b[a-zæøå]{3,}(?:es|as)\b")
_FILLED_IN = re.compile(r"%\(\w+\)\w|\{\w*\}|<[^>]+>")
_BUTTON = re.compile(r"""\bknapp\(\s*_\(\s*"([^"]+)"|<button\b[^>]*>\s*\{\{\s*_\(\s*["']([^"']+)""")
MOST_TELLING = 120  # words a file must have before its LIX says anything


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a text, and where it stands."""

    where: str
    text: str
    sentence: str

    def __str__(self) -> str:
        shown = " ".join(self.text.split())
        return f"{self.where}: «{shown[:80]}{'…' if len(shown) > 80 else ''}» {self.sentence}"


def sentences(text: str) -> list[list[str]]:
    """The words of each sentence; what the program fills in counts as one word."""
    plain = _FILLED_IN.sub("x", text)
    return [words for part in _SENTENCE.split(plain) if (words := _WORD.findall(part))]


def lix(texts: Iterable[str]) -> tuple[float, int]:
    """Björnsson's readability index of the texts together, and how many words they have."""
    found = [words for text in texts for words in sentences(text)]
    words = [word for one in found for word in one]
    if not words:
        return 0.0, 0
    long = sum(len(word) > 6 for word in words)
    return len(words) / len(found) + 100 * long / len(words), len(words)


def text_faults(text: str, where: str, rules: dict[str, Any]) -> Iterator[Fault]:
    """What is wrong with one text."""
    yield from _long(text, where, rules["grenser"])
    low = text.lower()
    for word, better in rules["kontorord"].items():
        if re.search(rf"\b{re.escape(word)}", low):
            yield Fault(where, text, f"har kontorordet «{word}»: skriv {better}")
    for short in rules["forkortelser"]["finn"]:
        if re.search(rf"(?<!\w){re.escape(short)}(?!\w)", low):
            yield Fault(where, text, f"har forkortelsen «{short}»")
    for passive in _PASSIVE.findall(low):
        if passive not in rules["passiv"]:
            yield Fault(where, text, f"har passiven «{passive}»: si hvem som gjør det")
    if re.search(r"§(?!\s*(%|\d))", text) or re.fullmatch(r"\W*§[\s\d\wa]*\W*", text):
        yield Fault(where, text, "har et paragraftegn uten ord")


def _long(text: str, where: str, limits: dict[str, Any]) -> Iterator[Fault]:
    found = sentences(text)
    longest = max((len(one) for one in found), default=0)
    if longest > limits["ord_i_setning"]:
        yield Fault(where, text, f"har en setning på {longest} ord")
    elif found and sum(map(len, found)) / len(found) > limits["ord_i_snitt"]:
        yield Fault(where, text, f"har mer enn {limits['ord_i_snitt']} ord i snitt i setningene")


def easy_faults(catalogue: Iterable[Message], rules: dict[str, Any]) -> Iterator[Fault]:
    """What is not easy enough in the explanations that are there to be easier than the rest."""
    by_file: dict[str, list[str]] = {file: [] for file in rules["enkelt"]["filer"]}
    for message in catalogue:
        for file, _line in message.locations:
            if isinstance(message.id, str) and file.removeprefix("webapp/") in by_file:
                by_file[file.removeprefix("webapp/")].append(message.id)
    for where, texts in by_file.items():
        if not texts:
            yield Fault("klarsprak.toml", where, "er en fil uten tekster")
        for text in texts:
            yield from _long(text, where, rules["enkelt"])
        index, _words = lix(texts)
        if index > rules["enkelt"]["lix"]:
            yield Fault(where, texts[0], f"og resten av filen har LIX {index:.0f}")


def button_faults(source: str, where: str, rules: dict[str, Any]) -> Iterator[Fault]:
    """Buttons that do not begin with a verb that says what they do (an imperative has no ending to look for)."""
    for found in _BUTTON.finditer(source):
        text = found[1] or found[2]
        first = _WORD.findall(text)[0]
        # Nouns with an article, plurals, verbs in other forms: what a button begins with when it is not an imperative.
        if first not in rules["knapper"]["tillatt"] and re.search(r"(?:en|et|ene|er|te|ing|het|else)$", first):
            yield Fault(where, text, "er en knapp som ikke begynner med hva den gjør")


def bruker_texts(catalogue: Iterable[Message]) -> Iterator[tuple[str, str]]:
    """(file, text) of everything that somebody else than the office reads."""
    for message in catalogue:
        files = [file for file, _line in message.locations if not _OFFICE.search(file)]
        if message.id and files:
            for text in (message.id,) if isinstance(message.id, str) else message.id:
                yield files[0].removeprefix("webapp/"), text


def main() -> int:
    """Print every fault; 1 when there is one."""
    rules = tomllib.loads(RULES.read_text(encoding="utf-8"))
    faults: list[Fault] = []
    by_file: dict[str, list[str]] = defaultdict(list)
    seen: set[str] = set()
    faults += easy_faults(read(TEMPLATE), rules)
    for where, text in bruker_texts(read(TEMPLATE)):
        by_file[where].append(text)
        seen.add(text)
        if text not in rules["unntak"]:
            faults += text_faults(text, where, rules)
    for where, texts in by_file.items():
        index, words = lix(texts)
        if words >= MOST_TELLING and index > rules["grenser"]["lix"]:
            faults.append(Fault(where, texts[0], f"og resten av filen har LIX {index:.0f}"))
    for path in sorted((ROOT / "webapp" / "templates").rglob("*.html")):
        faults += button_faults(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT / "webapp")), rules)
    faults += [Fault("klarsprak.toml", text, "er et unntak som ikke trengs") for text in rules["unntak"].keys() - seen]
    for fault in faults:
        print(f"✗ {fault}")
    if not faults:
        index, words = lix(text for texts in by_file.values() for text in texts)
        print(f"✓ {len(seen)} tekster til brukere: {words} ord, LIX {index:.0f}.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
