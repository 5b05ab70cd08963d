"""What comes out of washing a file: the picture or the pages, and nothing else. And what never comes out."""

from __future__ import annotations

import io
import time

import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from tests.vedlegg import filer
from webapp.vedlegg import mottak, rules
from webapp.vedlegg.rules import Avvist, Grunn


def grunn(data: bytes) -> Grunn:
    with pytest.raises(Avvist) as refused:
        mottak.wash(data)
    return refused.value.grunn


def test_a_photo_loses_its_place_its_time_and_its_comment() -> None:
    before = filer.photo()
    assert b"Exif" in before
    assert b"Hjemme hos meg" in before
    washed = mottak.wash(before)
    assert washed.mime == "image/jpeg"
    for trace in (b"Exif", b"Hjemme hos meg", b"Telefonmerke", b"http"):
        assert trace not in washed.data
    made = Image.open(io.BytesIO(washed.data))
    assert made.format == "JPEG"
    assert not made.getexif()
    assert "comment" not in made.info
    assert made.size == (640, 480)


def test_a_turned_photo_comes_out_upright() -> None:
    made = Image.open(io.BytesIO(mottak.wash(filer.photo(turned=True)).data)).convert("RGB")
    assert made.size == (480, 640)
    top, bottom = made.getpixel((240, 20)), made.getpixel((240, 620))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 200 > top[2]  # red, which was to the left, is on top
    assert bottom[2] > 200 > bottom[0]


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_large_photo_is_made_smaller(kind: str) -> None:
    made = Image.open(io.BytesIO(mottak.wash(filer.photo(6000, 4000, kind=kind)).data))
    assert made.size == (2400, 1600)


def test_what_is_seen_through_becomes_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    made = Image.open(io.BytesIO(mottak.wash(out.getvalue()).data)).convert("RGB")
    assert made.getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "I;16", "CMYK"])
def test_pictures_of_every_make(mode: str) -> None:
    out = io.BytesIO()
    Image.new(mode, (40, 30), 1 if mode in {"P", "1", "I;16", "L"} else None).save(
        out, "JPEG" if mode == "CMYK" else "PNG"
    )
    assert Image.open(io.BytesIO(mottak.wash(out.getvalue()).data)).size == (40, 30)


def test_heic_becomes_a_photo_that_everybody_can_open() -> None:
    washed = mottak.wash(filer.heic())
    made = Image.open(io.BytesIO(washed.data))
    assert made.format == "JPEG"
    assert made.size == (320, 240)
    assert not made.getexif()


def test_a_pdf_keeps_its_pages() -> None:
    washed = mottak.wash(filer.pdf(50))
    assert washed.mime == "application/pdf"
    assert len(PdfReader(io.BytesIO(washed.data)).pages) == 50


def test_what_acts_in_a_pdf_is_gone() -> None:
    before = filer.pdf(change=filer.active)
    washed = mottak.wash(before).data
    with pikepdf.open(io.BytesIO(washed)) as made:
        everything = made.Root.to_json().decode() if hasattr(made.Root, "to_json") else repr(made.Root)
        for one in made.objects:
            everything += repr(one)
            if isinstance(one, pikepdf.Stream):
                everything += one.read_bytes().decode("latin-1")
        assert len(made.pages) == 1
        assert not made.attachments
        assert "/Info" not in made.trailer
        kept = [str(note.Subtype) for note in made.pages[0].Annots]
    assert "/Text" in kept
    for trace in ("SKRIPT", "PROGRAM", "SKJULT", "/JavaScript", "/Launch", "/OpenAction", "XFA", "HEMMELIG"):
        assert trace not in everything, trace


def test_a_photo_in_a_pdf_loses_its_place_too() -> None:
    before = filer.pdf(change=filer.with_photo)
    assert b"Exif" in before
    washed = mottak.wash(before).data
    assert b"Exif" not in washed
    assert b"Hjemme hos meg" not in washed
    with pikepdf.open(io.BytesIO(washed)) as made:
        inside = made.pages[0].Resources.XObject.Im0
        assert isinstance(inside, pikepdf.Stream)
        image = pikepdf.PdfImage(inside).as_pil_image()
    assert image.size == (640, 480)


def test_what_a_file_is_called_says_nothing() -> None:
    """There is no name to go by here at all: only the content decides."""
    assert mottak.wash(filer.photo(kind="PNG")).mime == "image/jpeg"
    assert grunn(b"<!doctype html><script>alert(1)</script>") is Grunn.TYPE
    assert grunn(b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') is Grunn.TYPE
    assert grunn(b"GIF89a" + bytes(100)) is Grunn.TYPE
    assert grunn(b"PK\x03\x04" + bytes(100)) is Grunn.TYPE
    assert grunn(b"\x00") is Grunn.TYPE


def test_a_file_that_is_two_things_becomes_one() -> None:
    """A photo with a web page or a ZIP behind it, a PDF with one before or after it."""
    html = b"<html><script>alert('TO-TING')</script></html>"
    assert b"TO-TING" not in mottak.wash(filer.photo() + html).data
    assert b"TO-TING" not in mottak.wash(filer.pdf() + html).data
    assert grunn(html + filer.pdf()) is Grunn.TYPE


@pytest.mark.parametrize("kind", ["photo", "png", "heic", "pdf"])
@pytest.mark.parametrize("part", [0.02, 0.5, 0.9])
def test_a_file_that_ends_too_early_is_refused_or_readable(kind: str, part: float) -> None:
    whole = {
        "photo": filer.photo(),
        "png": filer.photo(kind="PNG"),
        "heic": filer.heic(),
        "pdf": filer.pdf(3),
    }[kind]
    cut = whole[: max(9, int(len(whole) * part))]
    try:
        washed = mottak.wash(cut)
    except Avvist as refused:
        assert refused.grunn in {Grunn.ODELAGT, Grunn.TYPE}  # noqa: PT017 -- either answer is right
    else:
        assert kind == "pdf"  # the library can put a list of pages together again
        assert PdfReader(io.BytesIO(washed.data)).pages


def test_too_much_of_everything() -> None:
    assert grunn(b"") is Grunn.TOM
    assert grunn(filer.pdf(51)) is Grunn.SIDER
    assert grunn(filer.pdf(200)) is Grunn.SIDER
    assert grunn(filer.large_png(30_000, 30_000)) is Grunn.PIKSLER
    secret = filer.pdf(encryption=pikepdf.Encryption(owner="a", user="b"))
    assert grunn(secret) is Grunn.PASSORD
    open_but_locked = filer.pdf(encryption=pikepdf.Encryption(owner="a", user=""))
    assert grunn(open_but_locked) is Grunn.PASSORD


@pytest.mark.parametrize("what", [filer.bomb, filer.bomb_in_bomb])
def test_a_bomb_is_refused_in_time(what: object) -> None:
    data = filer.pdf(change=what)
    assert len(data) < rules.MOST_BYTES
    start = time.monotonic()
    assert grunn(data) is Grunn.BOMBE
    assert time.monotonic() - start < 15


def test_ten_megabytes_and_one_byte() -> None:
    assert mottak.wash(filer.padded(rules.MOST_BYTES)).mime == "image/jpeg"
    assert grunn(filer.padded(rules.MOST_BYTES + 1)) is Grunn.FOR_STOR


def test_a_page_tree_that_goes_round_ends(tmp_path: object) -> None:
    round_and_round = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 99>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    assert grunn(round_and_round) in {Grunn.ODELAGT, Grunn.BOMBE}
    deep = b"%PDF-1.4\n1 0 obj" + b"[" * 200_000 + b"]" * 200_000 + b"endobj\ntrailer<</Root 1 0 R>>"
    assert grunn(deep) in {Grunn.ODELAGT, Grunn.BOMBE}


def test_the_washing_program_has_none_of_our_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    import subprocess

    seen = {}
    real = subprocess.run

    def spy(*args: object, **kwargs: object) -> object:
        seen.update(kwargs)
        return real(*args, **kwargs)  # type: ignore[call-overload] # handed on as it came

    monkeypatch.setattr(subprocess, "run", spy)
    mottak.wash(filer.photo())
    assert seen["env"] == {}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("bilde.heic", "bilde.jpg"),
        ("C:\\Users\\meg\\hemmelig mappe\\brev.pdf", "brev.jpg"),
        ("../../etc/passwd", "passwd.jpg"),
        ("faktura\u202efdp.exe", "fakturafdp.jpg"),
        ("a\r\nSet-Cookie: x=1.jpg", "aSet-Cookie x=1.jpg"),
        ("", "vedlegg.jpg"),
        ("   .jpg", "vedlegg.jpg"),
        ("صورة.png", "صورة.jpg"),
        ("å" * 300 + ".png", "å" * 120 + ".jpg"),
        ("\ud800.jpg", "vedlegg.jpg"),
        ("a\u2028b\u2029c\u0085d\u200be\U000e0041.jpg", "abcde.jpg"),
        ("e\u0301" * 300 + ".png", "é" * 120 + ".jpg"),
    ],
)
def test_the_name_is_a_name_and_no_more(given: str, kept: str) -> None:
    assert rules.file_name(given, "image/jpeg", "vedlegg") == kept


def test_a_hostile_name_takes_no_time() -> None:
    """A long run of marks takes the square of its length to normalise: only the beginning is ever looked at."""
    before = time.process_time()
    name = rules.file_name("x" + "\u0301\u0316" * 300_000 + ".jpg", "image/jpeg", "vedlegg")
    assert time.process_time() - before < 1
    assert len(name) <= rules.LONGEST_NAME + 4
