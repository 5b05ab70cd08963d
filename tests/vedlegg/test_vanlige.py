"""Ordinary PDFs pass: tagged ones, ones with links and bookmarks, forms that are filled in, scans."""

from __future__ import annotations

import io

import pikepdf
from flask import Flask
from PIL import Image
from pypdf import PdfReader

from tests.conftest import NOON
from tests.vedlegg import filer
from webapp.platform import pdf
from webapp.vedlegg import mottak


def words(data: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_our_own_receipt_can_be_sent_back_to_us(app: Flask) -> None:
    """Tagged, in Arabic and Norwegian, with fonts inside."""
    with app.test_request_context():
        blocks: list[pdf.Block] = [pdf.Heading("Kvittering"), pdf.Paragraph(pdf.Text("مرحبا بك", "ar", own_words=True))]
        made = pdf.make_pdf(pdf.Document("Svar", "nb", NOON, blocks, footer="Medvirk"))
    washed = mottak.wash(made).data
    assert "Kvittering" in words(washed)
    with pikepdf.open(io.BytesIO(washed)) as opened:
        assert "/StructTreeRoot" in opened.Root  # a screen reader can still read it


def with_links(made: pikepdf.Pdf) -> None:
    """A bookmark, a link within, a link out, and a form with something filled in."""
    page = made.pages[0]
    out = pikepdf.Dictionary(S=pikepdf.Name("/URI"), URI="https://sporing.example/?id=amina")
    page.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=out),
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Link,
                Rect=[0, 9, 9, 18],
                Dest=[page.obj, pikepdf.Name.Fit],
            ),
        ]
    )
    with made.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Første side", 0))
    field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T="navn", V="Amina Prøve")
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([made.make_indirect(field)]))


def test_links_out_go_and_the_rest_stays() -> None:
    washed = mottak.wash(filer.pdf(2, change=with_links)).data
    with pikepdf.open(io.BytesIO(washed)) as opened:
        everything = "".join(repr(one) for one in opened.objects)
        with opened.open_outline() as outline:
            assert [item.title for item in outline.root] == ["Første side"]
        assert str(opened.Root.AcroForm.Fields[0].V) == "Amina Prøve"
    assert "sporing" not in everything


def test_a_scan_of_many_pages_passes() -> None:
    """Ten pages at 150 dpi, unpacked some 65 MB."""
    pages = [Image.effect_noise((1240, 1754), 30).convert("RGB") for _ in range(10)]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], quality=40)
    washed = mottak.wash(out.getvalue()).data
    assert len(PdfReader(io.BytesIO(washed)).pages) == 10
