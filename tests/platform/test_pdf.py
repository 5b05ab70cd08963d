"""Receipts and copies as PDF: readable by a screen reader, in both directions, whatever people have written."""

import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from webapp.platform import pdf
from webapp.platform.pdf import (
    Answer,
    Bullets,
    Document,
    Heading,
    Notice,
    Paragraph,
    PdfError,
    Quote,
    Rows,
    Text,
    breakable,
    direction,
    first_direction,
    make_pdf,
    printable,
)

MADE = datetime(2026, 11, 24, 13, 2, tzinfo=UTC)
HOSTILE = [
    '#let x = 1; #panic("no") #read("/etc/passwd") #import "@preview/x:1.0.0"',
    "\\ $ a^2 $ *b* _c_ @ref <label> `code` /* */ // = heading\n= heading\n- point\n+ one",
    '"} , "dir": "rtl" \\u0000 \\" \\\\',
    "\x00\x01\x08\x1b[31m\x7f\x9f",
    "\u202eabc\u202d def \u2066 ghi \u2069\u2069\u200f",
    "\ud800 \udfff",
    "\ufeff\u200b\u200d\ufffe\uffff\U0010ffff\ue000\ufdd0",
    "😀 👩‍👩‍👧‍👦 🇳🇴 ☺️ 🏽",
    "中文 日本語 한국어 ไทย हिन्दी ᚠᛇᚻ 𝔘𝔫𝔦 𓀀",
    "Z̸̢̛͙͇̪̭̄͊̚a̶̛͇͒l̵̟̊g̶̮̈́o̴̩͝",
    "a\r\nb\rc\vd\fe\u2028f\u2029g\th",
    "",
    " \n \n",
]


def document(*blocks: pdf.Block, lang: str = "nb", title: str = "Kvittering") -> Document:
    return Document(title=title, lang=lang, made=MADE, blocks=blocks, footer="2026-00123")


def opened(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in opened(made).pages).replace("\u200b", "")


def structure(made: bytes) -> list[DictionaryObject]:
    """Every element of the tag tree, from the top."""
    found: list[DictionaryObject] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for child in node:
                walk(child)
        elif isinstance(node, DictionaryObject):
            if "/S" in node:
                found.append(node)
            if "/K" in node:
                walk(node["/K"])

    root: Any = opened(made).trailer["/Root"]
    walk(root["/StructTreeRoot"]["/K"])
    return found


def tags(made: bytes) -> list[str]:
    return [str(element["/S"]) for element in structure(made)]


def test_it_says_what_it_is_to_a_screen_reader() -> None:
    made = make_pdf(document(Heading("Bolig"), Paragraph("Du bor i Bergen.")))
    reader = opened(made)
    root: Any = reader.trailer["/Root"]
    assert made.startswith(b"%PDF-1.7")
    assert root["/Lang"] == "nb"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Kvittering"
    assert reader.metadata.creation_date == MADE
    assert b"pdfuaid:part" in made or b"pdfuaid" in made


def test_the_text_can_be_read() -> None:
    text = text_of(
        make_pdf(
            document(
                Paragraph("Vi har fått egenkartleggingen din."),
                Rows([("Nummer", "2026-00123"), ("Levert", "tirsdag 24. november 2026")]),
                Notice("Dere skal ha en samtale."),
                Heading("Økonomi"),
                Answer("Hva er vanskelig?", [Text("Gjeld.\nOg strøm.", own_words=True)], note="Skrevet av veileder"),
                Answer("Hva har du?", ["Jobb", "Dagpenger"]),
                Answer("Ikke besvart", []),
                Quote([]),
                Bullets(["én", "to"]),
                Quote(["Møt på kurset.", "Hver mandag."]),
                Paragraph("Lite viktig", quiet=True),
            )
        )
    )
    for words in ["Kvittering", "egenkartleggingen din", "Nummer", "2026-00123", "tirsdag 24. november 2026", "samtale",
                  "Økonomi", "Hva er vanskelig?", "Gjeld.", "Og strøm.", "Skrevet av veileder", "Jobb", "Dagpenger",
                  "Ikke besvart", "én", "Møt på kurset.", "Hver mandag.", "Lite viktig", "Side 1 av 1"]:  # fmt: skip
        assert words in text


def test_headings_lists_and_rows_are_tagged() -> None:
    found = tags(
        make_pdf(
            document(Rows([("a", "b")]), Heading("A"), Heading("B", level=2), Answer("Q", ["x", "y"]), Bullets(["z"]))
        )
    )
    assert {"/Title", "/H1", "/H2", "/H3", "/L", "/LI"} <= set(found)


def test_each_paragraph_is_one_of_its_own() -> None:
    """Without, a screen reader reads all that follow each other as one. What is quoted says so, from start to end."""
    made = make_pdf(document(Paragraph("Først."), Paragraph("Så."), Quote(["Møt på kurset.", "Hver mandag."])))
    assert tags(made)[-5:] == ["/P", "/P", "/BlockQuote", "/P", "/P"]


def test_heading_levels_never_skip() -> None:
    found = tags(make_pdf(document(Heading("B", level=3), Answer("Q", ["x"]))))
    assert "/H1" in found
    assert "/H2" in found


def test_arabic_is_right_to_left() -> None:
    made = make_pdf(
        document(
            Paragraph("لقد استلمنا تقييمك."),
            Heading(Text("Norsk original", "nb")),
            Paragraph(Text("Dette er på norsk.", "nb")),
            lang="ar",
            title="إيصال التقييم",
        )
    )
    root: Any = opened(made).trailer["/Root"]
    assert root["/Lang"] == "ar"
    text = text_of(made)
    assert "لقد استلمنا" in text or "استلمنا" in text
    assert "Dette er på norsk." in text
    # Each text carries its own language.
    assert "nb" in {str(element["/Lang"]) for element in structure(made) if "/Lang" in element}


def test_the_page_label_is_in_the_language_asked_for() -> None:
    made = make_pdf(Document("T", "en", MADE, [Paragraph("x")], page_label="Page {side} of {antall}"))
    assert "Page 1 of 1" in text_of(made)


def test_many_pages_are_numbered() -> None:
    made = make_pdf(document(*[Paragraph(f"Avsnitt {number}. " + "ord " * 100) for number in range(30)]))
    pages = opened(made).pages
    assert len(pages) > 2
    assert f"Side 2 av {len(pages)}" in pages[1].extract_text()
    assert "Kvittering" in pages[1].extract_text()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_only_text(hostile: str) -> None:
    words = Text(hostile, own_words=True)
    made = make_pdf(
        Document(
            title="T" + hostile,
            lang="nb",
            made=MADE,
            blocks=[
                Heading(words), Paragraph(words), Rows([(words, words)]), Bullets([words]), Notice(words),
                Answer(words, [words, words], note=words), Quote([words, words]),
            ],
            footer=hostile,
            page_label=hostile,
        )
    )  # fmt: skip
    assert opened(made).pages


def test_markup_is_shown_as_written() -> None:
    written = '#panic("no") *fet* $x$ \\ `kode` <merke> @vis'
    assert written in text_of(make_pdf(document(Paragraph(written)))).replace("\n", " ")


def test_ten_thousand_characters_without_a_space_stay_on_the_paper() -> None:
    made = make_pdf(document(Answer("Q", [Text("x" * 10_000, own_words=True)])))
    assert re.sub(r"\s", "", text_of(made)).count("x") == 10_000


def test_a_character_no_font_has_is_said(tmp_path: Path) -> None:
    text = text_of(make_pdf(document(Paragraph("før \U00013000 etter"), lang="nb"), fonts=tmp_path, system_fonts=False))
    assert "før" in text
    assert "etter" in text
    assert "Noen tegn kunne ikke vises" in text


def test_the_same_document_is_the_same_bytes() -> None:
    first, second = (make_pdf(document(Paragraph("Likt"))) for _ in range(2))
    assert first == second


def test_a_fault_of_ours_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "TEMPLATE", Path("/nowhere/none.typ"))
    with pytest.raises(PdfError):
        make_pdf(document())


def test_a_document_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "LONGEST_SECONDS", 0.001)
    with pytest.raises(PdfError, match="too long"):
        make_pdf(document())


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=300), lang=st.sampled_from(["nb", "ar", "en", "fa-AF", "so", "ti", "xx", "", "!"]))
def test_any_text_in_any_language(text: str, lang: str) -> None:
    assert opened(make_pdf(document(Paragraph(Text(text, lang, own_words=True))))).pages


@given(st.text(st.characters(), max_size=200))
def test_printable_text_can_be_written_as_utf8(text: str) -> None:
    clean = printable(text)
    clean.encode()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202d\u202e]", clean)
    assert printable(clean) == clean


@given(st.text(max_size=200))
def test_breaking_changes_nothing_else(text: str) -> None:
    assert breakable(text).replace("\u200b", "") == text.replace("\u200b", "")


@pytest.mark.parametrize(
    ("lang", "expected"), [("nb", "ltr"), ("ar", "rtl"), ("fa-AF", "rtl"), ("fa_AF", "rtl"), ("xx", "ltr"), ("", "ltr")]
)
def test_direction(lang: str, expected: str) -> None:
    assert direction(lang) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("123 abc", "ltr"), ("1. مرحبا abc", "rtl"), ("123-456", None), ("", None)]
)
def test_first_direction(text: str, expected: str | None) -> None:
    assert first_direction(text) == expected
