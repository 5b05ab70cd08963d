"""`make katalog`: read the messages in code and templates into i18n/messages.pot, and bring every catalogue up to date.

Nothing is guessed: a changed message comes out empty in the catalogues, never as a «fuzzy» near miss that could say the
wrong thing to somebody about their money.
"""

import contextlib
import sys
from pathlib import Path

from babel.messages.frontend import CommandLineInterface

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "i18n" / "messages.pot"
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


def update() -> None:
    """Bring i18n/*/LC_MESSAGES/messages.po in line with messages.pot."""
    _pybabel(
        "update", "--input-file", str(TEMPLATE), "--output-dir", "i18n", "--no-fuzzy-matching",
        "--ignore-obsolete", "--ignore-pot-creation-date", "--width", "120",
    )  # fmt: skip


def _pybabel(command: str, *arguments: str) -> None:
    with contextlib.chdir(ROOT):
        code = CommandLineInterface().run(["pybabel", "--quiet", command, *arguments])  # type: ignore[no-untyped-call]
    if code:
        sys.exit(f"✗ pybabel {command} feilet.")


if __name__ == "__main__":
    extract(TEMPLATE)
    update()
