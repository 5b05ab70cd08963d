"""Fails when a translation says a term of i18n/termer.toml in other words than the rest of its catalogue.

A term that changes its word from one page to the next is a new thing to whoever reads it. Which words, and why,
stands in i18n/ORDLISTE.md and i18n/ordliste/.
"""

import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from babel.messages.catalog import Catalog
from katalog import LANGUAGES, ROOT
from sjekk_kataloger import read

TERMS = ROOT / "i18n" / "termer.toml"
_FILLED_IN = re.compile(r"%\(\w+\)[a-z]")


@dataclass(frozen=True, slots=True)
class Term:
    """A pattern over the bokmål, and for each language the stems of which one must be there; what is left out."""

    norsk: re.Pattern[str]
    stems: Mapping[str, list[str]]
    unntak: frozenset[str] = field(default_factory=frozenset)


def plain(text: str) -> str:
    """Lower case, without what is filled in, and without the vowel marks that Arabic may or may not have."""
    text = _FILLED_IN.sub(" ", text).lower()
    return "".join(one for one in text if unicodedata.category(one) != "Mn")


def terms(text: str) -> dict[str, Term]:
    """The terms of a TOML file. Raises KeyError for a term without a pattern, re.error for one that cannot be read."""
    found = {}
    for name, said in tomllib.loads(text)["termer"].items():
        norsk, unntak = re.compile(said.pop("norsk")), frozenset(said.pop("unntak", ()))
        found[name] = Term(
            norsk, {language: [plain(stem) for stem in stems] for language, stems in said.items()}, unntak
        )
    return found


def faults(language: str, catalogue: Catalog, all_of_them: Mapping[str, Term]) -> Iterator[str]:
    """What this catalogue says otherwise, one line each."""
    for message in catalogue:
        source, translation = _last(message.id), plain(_last(message.string))
        if not source:
            continue
        for name, term in all_of_them.items():
            if source in term.unntak or not term.norsk.search(plain(source)):
                continue
            if not any(stem in translation for stem in term.stems[language]):
                yield f"«{name}» sies annerledes: «{source}»"


def unused(template: Catalog, all_of_them: Mapping[str, Term]) -> Iterator[str]:
    """Terms and exceptions that no text has."""
    sources = {_last(message.id) for message in template if message.id}
    for name, term in all_of_them.items():
        if not any(term.norsk.search(plain(source)) for source in sources):
            yield f"«{name}» står ikke i noen tekst"
        yield from (f"unntaket «{one}» står ikke i noen tekst" for one in sorted(term.unntak - sources))


def _last(text: str | Sequence[str] | None) -> str:
    """The text itself; of several forms the one for many."""
    return (text if isinstance(text, str) else text[-1]) if text else ""


def main() -> int:
    """Print every fault; 1 when there is one."""
    all_of_them = terms(TERMS.read_text())
    found = [f"i18n/termer.toml: {fault}" for fault in unused(read(ROOT / "i18n" / "messages.pot"), all_of_them)]
    for language in LANGUAGES:
        catalogue = read(ROOT / "i18n" / language / "LC_MESSAGES" / "messages.po", language)
        found += [f"i18n/{language}: {fault}" for fault in faults(language, catalogue, all_of_them)]
    for fault in found:
        print(f"✗ {fault}")
    if not found:
        print(f"✓ {len(all_of_them)} termer, sagt med samme ord overalt.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
