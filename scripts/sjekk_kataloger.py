"""Fails when the catalogues do not say in every language what the code says in bokmål.

Checked: messages.pot is what the code and templates hold now; every catalogue has every message and no other, no fuzzy
ones, the plural forms of its language, the same placeholders and HTML tags, and says whether a person has reviewed it.
"""

import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from katalog import LANGUAGES, REVIEWED_HEADER, ROOT, TEMPLATE, extract

_NAMED = re.compile(r"%\((\w+)\)[#0\- +]*\d*(?:\.\d+)?([a-zA-Z])")
_POSITIONAL = re.compile(r"%[#0\- +]*\d*(?:\.\d+)?[sdifr]")
_BRACES = re.compile(r"\{\w*\}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")

Key = tuple[str | None, tuple[str, ...]]


def placeholders(text: str) -> Counter[str]:
    """What a program fills in or a browser reads: %(name)s, %s, {name} and HTML tags, each with how often it stands."""
    plain = text.replace("%%", "")
    found = Counter(f"%({match[1]}){match[2]}" for match in _NAMED.finditer(plain))
    found.update(_POSITIONAL.findall(_NAMED.sub("", plain)))
    found.update(_BRACES.findall(plain))
    found.update(re.sub(r"\s+", " ", tag) for tag in _TAG.findall(plain))
    return found


def stray_percent(text: str) -> bool:
    """True when a % would break the formatting: «100 %» in a message that is filled in must be «100 %%»."""
    filled_in = _NAMED.search(text) is not None
    rest = _POSITIONAL.sub("", _NAMED.sub("", text.replace("%%", "")))
    return filled_in and "%" in rest


def message_faults(source: Message, translation: Message, plural_forms: int) -> Iterator[str]:
    """What is wrong with one translation of `source`."""
    if translation.fuzzy:
        yield "er merket «fuzzy»"
    sources, strings = _forms(source.id), _forms(translation.string)
    if not all(string.strip() for string in strings):
        yield "mangler"
        return
    wanted_forms = plural_forms if len(sources) > 1 else 1
    if len(strings) != wanted_forms:
        yield f"har {len(strings)} former, skal ha {wanted_forms}"
    for string in strings:
        yield from _string_faults(sources, string)


def _string_faults(sources: tuple[str, ...], string: str) -> Iterator[str]:
    wanted, found = placeholders(sources[-1]), placeholders(string)
    if len(sources) > 1:
        # One and two have words of their own in many languages: the number itself may be left out, nothing else.
        wanted.pop("%(num)s", None)
        found.pop("%(num)s", None)
    if wanted != found:
        missing, extra = sorted((wanted - found).elements()), sorted((found - wanted).elements())
        yield f"plassholdere: mangler {missing}, har for mye {extra}"
    if stray_percent(string):
        yield "har en enslig %"
    for where, edge in (("begynner", 0), ("slutter", -1)):
        if sources[-1][edge].isspace() != string[edge].isspace():
            yield f"{where} ikke med samme mellomrom som bokmål"


def catalogue_faults(template: Catalog, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, one sentence each."""
    locale = str(catalogue.locale)
    plural = get_plural(locale)
    if (catalogue.num_plurals, str(catalogue.plural_expr)) != (plural.num_plurals, plural.plural_expr):
        yield f"Plural-Forms skal være «{plural}»"
    if catalogue.fuzzy:
        yield "hodet er merket «fuzzy», så hele katalogen hoppes over"
    headers = dict(catalogue.mime_headers)
    if not headers.get(REVIEWED_HEADER) and REVIEWED_HEADER not in catalogue.header_comment:
        yield f"hodet mangler «{REVIEWED_HEADER}: navn og dato» eller «{REVIEWED_HEADER}: nobody»"
    source = {_key(message): message for message in template if message.id}
    translated = {_key(message): message for message in catalogue if message.id}
    for key, message in source.items():
        if key not in translated:
            yield f"{_short(message)} mangler"
            continue
        for fault in message_faults(message, translated[key], plural.num_plurals):
            yield f"{_short(message)} {fault}"
    for key, message in translated.items():
        if key not in source:
            yield f"{_short(message)} finnes ikke lenger i koden"
    for message in catalogue.obsolete.values():
        yield f"{_short(message)} er utgått (#~)"


def template_faults(committed: Catalog, extracted: Catalog) -> Iterator[str]:
    """How messages.pot differs from the code."""
    old, new = ({_key(message): message for message in catalog if message.id} for catalog in (committed, extracted))
    for key in new.keys() - old.keys():
        yield f"{_short(new[key])} er ny i koden"
    for key in old.keys() - new.keys():
        yield f"{_short(old[key])} finnes ikke lenger i koden"


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text or "",) if text is None or isinstance(text, str) else tuple(form or "" for form in text)


def _key(message: Message) -> Key:
    return message.context, _forms(message.id)


def _short(message: Message) -> str:
    text = " ".join(_forms(message.id)[0].split())
    return f"«{text[:70]}…»" if len(text) > 70 else f"«{text}»"


def read(path: Path, locale: str | None = None) -> Catalog:
    """A catalogue from a file. Raises on a file that is not a valid .po or .pot."""
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def main() -> int:
    """Print every fault; 1 when there is one."""
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "messages.pot"
        extract(fresh)
        extracted = read(fresh)
    if not TEMPLATE.is_file():
        print("✗ i18n/messages.pot mangler. Kjør «make katalog».")
        return 1
    template = read(TEMPLATE)
    faults += [f"i18n/messages.pot: {fault}" for fault in sorted(template_faults(template, extracted))]
    if faults:
        faults.append("Kjør «make katalog», og oversett det som er nytt.")
    languages = sorted({*LANGUAGES, *(path.parent.parent.name for path in ROOT.glob("i18n/*/LC_MESSAGES/messages.po"))})
    for language in languages:
        path = ROOT / "i18n" / language / "LC_MESSAGES" / "messages.po"
        if not path.is_file():
            faults.append(f"{path.relative_to(ROOT)} mangler")
            continue
        faults += [f"i18n/{language}: {fault}" for fault in catalogue_faults(extracted, read(path, language))]
    for fault in faults:
        print(f"✗ {fault}")
    if not faults:
        print(f"✓ {len([m for m in extracted if m.id])} tekster, komplette på {', '.join(languages)}.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
