"""Receipts and copies as PDF that a screen reader can read (PDF/UA-1), in any language and direction.

A caller describes a `Document`; typst lays it out. Text goes to typst as data and never as markup, so what a person has
written is shown as written. Three things are changed, in the copy only, never in what is stored: control characters
and direction overrides are left out, very long words may break, and a character that no font has becomes «�» with a
sentence about it at the end.
"""

import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from flask_babel import gettext as _

TEMPLATE = Path(__file__).parent / "typst" / "dokument.typ"
TYPESETTING = Path(__file__).parent / "typesetting.py"
# The longest mapping there can be (90 answers of 10,000 characters) takes a few seconds.
LONGEST_SECONDS = 30
# Where the front-end build puts the fonts.
FONTS = Path(__file__).resolve().parents[2] / "build" / "fonts"
FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic", "Noto Emoji")

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
UNDETERMINED = "und"
LEFT_TO_RIGHT_ISOLATE = "\u2066"
POP_ISOLATE = "\u2069"
# Longer words than this may break anywhere, so that no line runs off the paper.
LONGEST_WORD = 40

# LRO and RLO make digits and words read in another order than they are stored in; the other marks only separate.
_OVERRIDES = {"\u202d", "\u202e"}
_LANGUAGE_TAG = re.compile(r"([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{2}))?$")
_LINE_ENDS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_RUST_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))")
_RUST_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}
# Each round removes every character that was missing in the round before; new ones come only from broken clusters.
_ROUNDS = 5


class PdfError(Exception):
    """typst could not make the document."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a language. `lang` is a BCP 47 tag, empty for the document's own.

    `own_words`: written by a person, in whatever script: the direction follows the first letter that has one.
    """

    content: str
    lang: str = ""
    own_words: bool = False


Words = str | Text


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, level 1 under the title, 2 under that."""

    text: Words
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. `quiet` for what is there to be found, not to be read first."""

    text: Words
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """Names and values, such as number and time."""

    rows: Sequence[tuple[Words, Words]]


@dataclass(frozen=True, slots=True)
class Bullets:
    """Points without an order."""

    items: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to see at once, such as what happens next."""

    text: Words


@dataclass(frozen=True, slots=True)
class Answer:
    """A question with what was answered: a text, or several choices. `note` stands under, such as who typed it."""

    question: Words
    answers: Sequence[Words]
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Paragraphs from another text, set apart from what stands around them: the vilkår that a notice speaks of."""

    items: Sequence[Words]


Block = Heading | Paragraph | Rows | Bullets | Notice | Answer | Quote


@dataclass(frozen=True, slots=True)
class Document:
    """What is to be printed. `lang`: BCP 47. `made`: aware; written into the file's properties.

    `footer` stands at the start of every page's last line. `page_label` holds {side} and {antall}; empty for our own.
    """

    title: str
    lang: str
    made: datetime
    blocks: Sequence[Block]
    footer: str = ""
    page_label: str = ""


def make_pdf(document: Document, fonts: Path = FONTS, *, system_fonts: bool = True) -> bytes:
    """The document as PDF/UA-1. Fonts are read from `fonts`, and from the system for scripts that are not there.

    Raises PdfError when typst refuses it or takes too long. Nothing that somebody has written makes it refuse.
    """
    content = _Content(document)
    missing: frozenset[str] = frozenset()
    for _round in range(_ROUNDS):
        order = {
            "template": str(TEMPLATE),
            "root": str(TEMPLATE.parent),
            "fonts": str(fonts),
            "system_fonts": system_fonts,
            "made": int(document.made.timestamp()),
            "document": content.as_json(missing),
        }
        done = _typeset(json.dumps(order).encode())
        if done.returncode == 0:
            return done.stdout
        diagnostic = done.stderr.decode("utf-8", "replace")
        without_glyph = frozenset(_without_glyph(diagnostic)) - missing
        if not without_glyph:
            # Only the first error's line: what comes after may quote the document.
            first = next((line for line in diagnostic.splitlines() if line.startswith("error")), "no reason given")
            raise PdfError(f"typst refused the document ({done.returncode}): {first}")
        missing |= without_glyph
    raise PdfError("characters without a glyph remain")


def direction(lang: str) -> str:
    """«rtl» or «ltr» for a language tag; «ltr» for an unknown one."""
    try:
        return str(Locale.parse(lang.replace("-", "_")).text_direction)
    except (UnknownLocaleError, ValueError):
        return "ltr"


def first_direction(text: str) -> str | None:
    """The direction of the first letter that has one, as in HTML's dir=auto; None when no letter has."""
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return None


def printable(text: str) -> str:
    """`text` without control characters, lone surrogates and direction overrides; line ends become \\n."""
    kept = []
    for character in _LINE_ENDS.sub("\n", text):
        category = unicodedata.category(character)
        if category == "Cs":
            kept.append(REPLACEMENT)
        elif character == "\t":
            kept.append(" ")
        elif (category != "Cc" or character == "\n") and character not in _OVERRIDES:
            kept.append(character)
    return "".join(kept)


def breakable(line: str) -> str:
    """`line` with places to break in words longer than LONGEST_WORD, never inside a combined character."""
    if len(line) <= LONGEST_WORD:
        return line
    out: list[str] = []
    run = 0
    for character in line:
        joins = unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Me", "Mc", "Cf", "Sk"}
        run = 0 if character.isspace() else run + 1
        if run > LONGEST_WORD and not joins and out[-1] != "\N{ZERO WIDTH JOINER}":
            out.append("\N{ZERO WIDTH SPACE}")
            run = 1
        out.append(character)
    return "".join(out)


class _Content:
    """A document as the template reads it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._missing: frozenset[str] = frozenset()

    def as_json(self, missing: frozenset[str]) -> str:
        """The document as JSON, with REPLACEMENT for the characters in `missing`."""
        self._missing = missing
        document = self._document
        level = 0
        blocks = []
        for block in document.blocks:
            if isinstance(block, Heading):
                # PDF/UA: levels go down one at a time.
                level = min(block.level, level + 1, 3)
            blocks.append(self._block(block, level))
        if missing:
            sentence = _(
                "Noen tegn kunne ikke vises her. De står som %(tegn)s. Det du skrev, er lagret slik du skrev det.",
                tegn=REPLACEMENT,
            )
            blocks.append({"kind": "paragraph", "quiet": True, "text": self._words(sentence)})
        return json.dumps(
            {
                "title": self._heading(document.title),
                "footer": self._words(document.footer),
                "page_label": self._visible(document.page_label or _("Side {side} av {antall}")),
                "fonts": FAMILIES,
                "blocks": blocks,
            },
        )

    def _block(self, block: Block, level: int) -> dict[str, Any]:
        match block:
            case Heading(text=text):
                return {"kind": "heading", "level": level, "text": self._heading(text)}
            case Paragraph(text=text, quiet=quiet):
                return {"kind": "paragraph", "quiet": quiet, "text": self._words(text)}
            case Rows(rows=rows):
                pairs = [{"label": self._words(label), "value": self._words(value)} for label, value in rows]
                return {"kind": "rows", "rows": pairs}
            case Bullets(items=items) | Quote(items=items):
                kind = "quote" if isinstance(block, Quote) else "bullets"
                return {"kind": kind, "items": [self._words(item) for item in items]}
            case Notice(text=text):
                return {"kind": "notice", "text": self._words(text)}
            case Answer(question=question, answers=answers, note=note):
                return {
                    "kind": "answer",
                    "level": level + 1,
                    "question": self._heading(question),
                    "answers": [self._words(answer) for answer in answers],
                    "note": None if note is None else self._words(note),
                }

    def _heading(self, words: Words) -> dict[str, Any]:
        """PDF/UA refuses a heading with nothing in it: a dash stands for one."""
        content = words.content if isinstance(words, Text) else words
        return self._words(
            words if any(character.isprintable() and not character.isspace() for character in content) else "–"
        )

    def _words(self, words: Words) -> dict[str, Any]:
        text = words if isinstance(words, Text) else Text(words)
        lang = text.lang or self._document.lang
        content = self._visible(text.content)
        letters = first_direction(content)
        side = (letters if text.own_words else None) or direction(lang)
        if letters is None and side == "rtl" and content:
            # A number with hyphens or spaces would otherwise be read group by group from the right.
            content = f"{LEFT_TO_RIGHT_ISOLATE}{content}{POP_ISOLATE}"
        tag = _LANGUAGE_TAG.match(lang)
        return {
            "lines": [breakable(line) for line in content.split("\n")],
            "lang": tag[1].lower() if tag else UNDETERMINED,
            "region": tag[2].upper() if tag and tag[2] else None,
            "dir": side,
        }

    def _visible(self, text: str) -> str:
        clean = printable(text)
        if self._missing:
            clean = "".join(REPLACEMENT if character in self._missing else character for character in clean)
        return clean


def _without_glyph(diagnostic: str) -> Iterator[str]:
    """The characters that typst had no glyph for."""
    for match in _NO_GLYPH.finditer(diagnostic):
        yield from _RUST_ESCAPE.sub(
            lambda escape: chr(int(escape[1], 16)) if escape[1] else _RUST_ESCAPED.get(escape[2], escape[2]), match[1]
        )


def _typeset(order: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-I", str(TYPESETTING)]
    try:
        return subprocess.run(command, input=order, capture_output=True, check=False, timeout=LONGEST_SECONDS)  # noqa: S603 - our own program, no shell
    except subprocess.TimeoutExpired as error:
        raise PdfError("typst took too long") from error
