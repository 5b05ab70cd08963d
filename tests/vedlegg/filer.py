"""Files made here, good and bad ones."""

from __future__ import annotations

import io
import struct
import zlib
from functools import cache
from typing import Any

import pikepdf
from PIL import Image

PLACE = (59.0, 54.0, 45.0)  # Oslo, as a phone writes it


def photo(width: int = 640, height: int = 480, *, kind: str = "JPEG", turned: bool = False, secret: str = "") -> bytes:
    """A photo as a phone makes it: red on the left, blue on the right, with place, time and a comment."""
    made = Image.new("RGB", (width, height), "red")
    made.paste("blue", (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[0x010F] = secret or "Telefonmerke"
    exif[0x0112] = 6 if turned else 1  # 6: must be turned a quarter to the right
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE, 3: "E", 4: (10.0, 45.0, 0.0)})
    out, more = io.BytesIO(), {"comment": b"Hjemme hos meg"} if kind == "JPEG" else {}
    made.save(out, kind, exif=exif, **more)
    return out.getvalue()


@cache
def phone_photo() -> bytes:
    """A turned photo of 12 million pixels, 4.9 MB. As in nature, what is large differs much, what is small little."""
    width, height = 4032, 3024
    bands = []
    for _ in range(3):
        band = Image.new("L", (width, height), 128)
        for cells, share in ((8, 0.5), (32, 0.4), (128, 0.3), (512, 0.25), (2048, 0.2), (width, 0.08)):
            noise = Image.effect_noise((cells, cells * height // width), 70)
            band = Image.blend(band, noise.resize((width, height), Image.Resampling.BICUBIC), share)
        bands.append(band)
    exif = Image.Exif()
    exif[0x0112] = 6
    out = io.BytesIO()
    Image.merge("RGB", bands).save(out, "JPEG", quality=92, exif=exif)
    return out.getvalue()


def heic() -> bytes:
    """A photo as an iPhone makes it."""
    import pillow_heif

    out = io.BytesIO()
    made = Image.new("RGB", (320, 240), "green")
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: PLACE})
    pillow_heif.from_pillow(made).save(out, exif=exif.tobytes())
    return out.getvalue()


def large_png(width: int, height: int) -> bytes:
    """A PNG that says it is so large, and is a few kilobytes (all of it one colour)."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(bytes(1 + width // 8)) for _ in range(min(height, 3000))) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def pdf(pages: int = 1, *, change: Any = None, **save: Any) -> bytes:
    """A PDF with so many pages; ``change`` does something to it before it is written."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out, **save)
    return out.getvalue()


def bomb(made: pikepdf.Pdf) -> None:
    """A stream of a few megabytes that unpacks to some gigabytes."""
    packer = zlib.compressobj(9)
    piece = bytes(16 * 1024 * 1024)
    packed = b"".join(packer.compress(piece) for _ in range(100)) + packer.flush()
    stream = pikepdf.Stream(made, b"")
    stream.write(packed, filter=pikepdf.Name("/FlateDecode"))
    made.pages[0].Contents = made.make_indirect(stream)


def bomb_in_bomb(made: pikepdf.Pdf) -> None:
    """Packed twice: some kilobytes that unpack to gigabytes."""
    packed = zlib.compress(zlib.compress(bytes(200 * 1024 * 1024), 9), 9)
    stream = pikepdf.Stream(made, b"")
    stream.write(packed, filter=pikepdf.Array([pikepdf.Name("/FlateDecode")] * 2))
    made.pages[0].Contents = made.make_indirect(stream)


def active(made: pikepdf.Pdf) -> None:
    """Everything in a PDF that acts or hides."""
    script = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS="app.alert('SKRIPT')")
    launch = pikepdf.Dictionary(S=pikepdf.Name("/Launch"), F="PROGRAM.exe")
    made.Root.OpenAction = script
    made.Root.AA = pikepdf.Dictionary(WC=launch)
    page = made.pages[0]
    page.AA = pikepdf.Dictionary(O=script)
    page.Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=launch),
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], Contents="Lapp"),
        ]
    )
    made.attachments["skjult.exe"] = b"SKJULT-PROGRAM"
    made.Root.AcroForm = pikepdf.Dictionary(
        Fields=pikepdf.Array([]), XFA=made.make_stream(b"<xdp:xdp>XFA-PROGRAM</xdp:xdp>")
    )
    made.docinfo["/Author"] = "HEMMELIG FORFATTER"


def with_photo(made: pikepdf.Pdf) -> None:
    """A page that is a phone's photo, with the place in it."""
    stream = pikepdf.Stream(made, b"")
    stream.write(photo(), filter=pikepdf.Name("/DCTDecode"))
    stream.update(
        {
            "/Type": pikepdf.Name.XObject,
            "/Subtype": pikepdf.Name.Image,
            "/Width": 640,
            "/Height": 480,
            "/ColorSpace": pikepdf.Name.DeviceRGB,
            "/BitsPerComponent": 8,
        }
    )
    made.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=made.make_indirect(stream)))
    made.pages[0].Contents = made.make_stream(b"q 612 0 0 792 0 0 cm /Im0 Do Q")


def padded(to: int) -> bytes:
    """A JPEG of exactly so many bytes: a photo, and filling after it."""
    start = photo()
    return start + bytes(to - len(start))
