"""`make katalog`: read the messages in code and templates into i18n/messages.pot, and bring every catalogue up to date.

Nothing is guessed: a changed message comes out empty in the catalogues, never as a «fuzzy» near miss that could say the
wrong thing to somebody about their money.
"""

import contextlib
import sys
import tempfile
from pathlib import Path

from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "i18n" / "messages.pot"
LANGUAGES = ("nn", "se", "en", "uk", "ar", "so", "ti", "fa_AF", "pl")
# In the head of every catalogue, so that a reader of the file knows what it is worth (design: Languages).
REVIEWED_HEADER = "X-Reviewed-By"
# What marks a message besides Babel's own _, gettext, ngettext, pgettext and npgettext.
KEYWORDS = ("_l", "_n:1,2", "lazy_gettext", "lazy_ngettext:1,2", "lazy_pgettext:1c,2", "lazy_npgettext:1c,2,3")


def extract(output: Path) -> None:
    """Write every message in code and templates to `output`, without line numbers, so that only texts make changes."""
    keywords = [part for keyword in KEYWORDS for part in ("--keyword", keyword)]
    _pybabel(
        "extract", "--mapping-file", "i18n/babel.cfg", *keywords, "--add-location", "file",
        "--add-comments", "Oversetter:", "--strip-comment-tags", "--sort-output", "--width", "120",
        "--project", "Medvirk", "--copyright-holder", "Medvirk", "--version", "1", "--output-file", str(output), ".",
    )  # fmt: skip


def extract_template() -> None:
    """Write i18n/messages.pot, unless nothing but the time in it would change."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / TEMPLATE.name
        extract(fresh)
        text = fresh.read_text(encoding="utf-8")
        if not TEMPLATE.is_file() or _without_time(text) != _without_time(TEMPLATE.read_text(encoding="utf-8")):
            TEMPLATE.write_text(text, encoding="utf-8")


def _without_time(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith('"POT-Creation-Date:'))


def start_missing() -> None:
    """An empty catalogue for each language that has none. Its head says that nobody has reviewed it."""
    for language in LANGUAGES:
        path = ROOT / "i18n" / language / "LC_MESSAGES" / "messages.po"
        if path.is_file():
            continue
        with TEMPLATE.open("rb") as file:
            catalogue = read_po(file, locale=language)
        catalogue.fuzzy = False
        for message in catalogue:
            if message.pluralizable:  # as many forms as this language has, not as many as bokmål
                message.string = ("",) * catalogue.num_plurals
        catalogue.header_comment = f"# Medvirk: {language}\n# {REVIEWED_HEADER}: nobody"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, catalogue, width=120)


def update() -> None:
    """Bring i18n/*/LC_MESSAGES/messages.po in line with messages.pot."""
    _pybabel(
        "update", "--input-file", str(TEMPLATE), "--output-dir", "i18n", "--no-fuzzy-matching",
        "--ignore-obsolete", "--ignore-pot-creation-date", "--width", "120",
    )  # fmt: skip


def _pybabel(command: str, *arguments: str) -> None:
    with contextlib.chdir(ROOT):
        # Babel's command line has no types.
        code = CommandLineInterface().run(["pybabel", "--quiet", command, *arguments])  # type: ignore[no-untyped-call]
    if code:
        sys.exit(f"✗ pybabel {command} feilet.")


if __name__ == "__main__":
    extract_template()
    start_missing()
    update()
