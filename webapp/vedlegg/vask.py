"""Washes one file: a program of its own, so that whatever a file does, it does it here and to nobody else.

The file comes in on stdin. Out comes one line of JSON, and after it the washed file when there is one. This program has
no settings, no keys and no database; it may use so much memory and so much time, and write no files. What the parent
sees when a library gives up is an exit code, and then the file is refused (mottak.py).

Images come out as JPEG, upright, with nothing but the picture: no place, no time, no thumbnail. PDFs are written anew
with what a reader needs; scripts, actions, attachments and what the writer's program noted about itself stay behind.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zlib
from collections.abc import Iterator
from typing import Any

MEMORY = 1536 * 1024 * 1024
SECONDS = 20
PIXELS = 50_000_000  # a phone's largest ordinary photo is 48 million
SIDE = 2400
PAGES = 50
OBJECTS = 100_000
STREAM = 150 * 1024 * 1024  # one page scanned at 600 dpi, unpacked
UNPACKED = 600 * 1024 * 1024  # all of a file
PACKED_OBJECTS = 64 * 1024 * 1024  # tables and packed objects, unpacked: some hundred kilobytes in any ordinary file
CHUNK = 1024 * 1024

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}


class Refused(Exception):
    """The file cannot be taken in. The text is a code (regler.Grunn)."""


def kind(data: bytes) -> str:
    """What the file is by its first bytes, whatever it is called. Raises Refused."""
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS:
        return "HEIF"
    if data.startswith(b"%PDF-"):
        return "PDF"
    raise Refused("type")


def image(data: bytes, what: str) -> bytes:
    """The picture as JPEG, upright, at most SIDE pixels on the longer side, and nothing else. Raises Refused."""
    from PIL import Image, ImageOps

    if what == "HEIF":
        from pillow_heif import register_heif_opener

        register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = PIXELS * 4  # a second lock; ours is below
    opened: Image.Image = Image.open(io.BytesIO(data), formats=[what])
    if opened.width * opened.height > PIXELS:
        raise Refused("piksler")
    opened.draft("RGB", (SIDE, SIDE))  # JPEG alone: unpacks no more than is needed
    opened.load()
    opened = ImageOps.exif_transpose(opened)
    if opened.mode not in {"RGB", "L"}:
        if opened.mode.startswith(("I", "F")):  # 16 bits a pixel, as some scanners make
            opened = opened.point(lambda value: value * (1 / 256)).convert("L")
        else:
            with_alpha = opened.convert("RGBA")
            opened = Image.new("RGB", with_alpha.size, "white")
            opened.paste(with_alpha, mask=with_alpha.getchannel("A"))
    opened.thumbnail((SIDE, SIDE))
    # A new picture with the same pixels: what the file carried beside them cannot follow.
    clean = Image.new(opened.mode, opened.size)
    clean.paste(opened)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def pdf(data: bytes) -> bytes:
    """The PDF written anew, with what is needed to read it and nothing that acts. Raises Refused."""
    import pikepdf

    look_before_opening(data)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as opened:
        if opened.is_encrypted:
            raise Refused("passord")
        if len(opened.objects) > OBJECTS:
            raise Refused("bombe")
        pages = len(opened.pages)
        if pages > PAGES:
            raise Refused("sider")
        if not pages:
            raise Refused("odelagt")
        unpack(opened)
        disarm(opened)
        opened.save(out, linearize=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with pikepdf.open(io.BytesIO(out.getvalue()), suppress_warnings=True) as again:
        if any(acts(one) for one in dictionaries(again)):
            raise Refused("aktivt")
    return out.getvalue()


_STREAM = re.compile(rb"stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")


def look_before_opening(data: bytes) -> None:
    """What the library unpacks whole, before anything can be asked of it: the tables, and objects that lie packed.

    This looks for them as they are usually written. What hides from it meets the limits of the process instead.
    Raises Refused.
    """
    left = PACKED_OBJECTS
    for found in _STREAM.finditer(data):
        earliest = max(0, found.start() - 2000)
        start = max(data.rfind(b"obj", earliest, found.start()), earliest)
        about = _ESCAPED.sub(lambda one: bytes([int(one[1], 16)]), data[start : found.start()])
        if b"/ObjStm" not in about and b"/XRef" not in about:
            continue
        if about.count(b"Decode") - about.count(b"DecodeParms") > 1:
            raise Refused("bombe")  # packed in packing
        left -= inflated(memoryview(data)[found.end() :], left)


def unpack(opened: Any) -> None:
    """Unpack every stream piece by piece and throw it away, to see that none swells. Raises Refused."""
    import pikepdf

    left = UNPACKED
    for one in opened.objects:
        if not isinstance(one, pikepdf.Stream):
            continue
        filters = [str(name) for name in names(one.get("/Filter"))]
        if str(one.get("/Subtype")) == "/Image" and number(one.get("/Width")) * number(one.get("/Height")) > 3 * PIXELS:
            raise Refused("bombe")
        if not filters or filters[0] in {"/DCTDecode", "/JPXDecode", "/JBIG2Decode", "/CCITTFaxDecode"}:
            continue
        if filters == ["/FlateDecode"]:
            left -= inflated(bytes(one.read_raw_bytes()), min(left, STREAM))
        elif filters.count("/FlateDecode") > 1 or len(filters) > 2:
            raise Refused("bombe")  # packed in packing: nobody's scanner does that
        elif filters[0] == "/FlateDecode":
            left -= inflated(bytes(one.read_raw_bytes()), min(left, STREAM))
        elif len(one.read_raw_bytes()) > 2 * CHUNK:
            raise Refused("bombe")  # older ways of packing are unpacked whole below: only when that is little
        else:
            left -= len(one.read_bytes())
        if left <= 0:
            raise Refused("bombe")


def inflated(packed: bytes | memoryview, most: int) -> int:
    """How many bytes ``packed`` unpacks to; the bytes themselves are not kept. Raises Refused beyond ``most``."""
    packer, size = zlib.decompressobj(), 0
    try:
        for start in range(0, len(packed), CHUNK):
            piece: bytes | memoryview = packed[start : start + CHUNK]
            while piece and not packer.eof:
                size += len(packer.decompress(piece, CHUNK))
                piece = packer.unconsumed_tail
                if size > most:
                    raise Refused("bombe")
            if packer.eof:
                break
    except zlib.error:
        pass  # a broken end: what a reader can make of it, it has made by now
    return size


def names(value: Any) -> list[Any]:
    """A filter or a list of filters as a list."""
    import pikepdf

    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def number(value: Any) -> int:
    """A number in a PDF; 0 for anything else."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


# What a dictionary may not have: scripts, what runs on opening, files inside, forms that are programs, notes about
# the writer's program.
ACTIVE_KEYS = (
    "/JS", "/JavaScript", "/OpenAction", "/AA", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent",
    "/RichMediaSettings", "/Collection", "/AF", "/Rendition",
)  # fmt: skip
NOTES = ("/Metadata", "/PieceInfo", "/Thumb")
ACTIONS = {"/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition", "/Movie", "/Sound",
           "/RichMediaExecute", "/URI", "/Trans", "/GoTo3DView", "/ResetForm", "/Hide", "/SetOCGState"}  # fmt: skip
ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}


def disarm(opened: Any) -> None:
    """Take away everything that acts, everything that is hidden inside, and what programs noted about themselves."""
    import pikepdf
    from pikepdf.sanitize import Sanitizer

    cleaning = Sanitizer().remove_javascript().remove_external_access().remove_attachments().remove_multimedia()
    cleaning.remove_private_app_data().remove_collection().remove_thumbnails().remove_web_capture().apply(opened)
    if "/Info" in opened.trailer:
        del opened.trailer["/Info"]
    for one in list(dictionaries(opened)):
        for key in (*ACTIVE_KEYS, *NOTES):
            if key in one:
                del one[key]
        for key in ("/A", "/PA", "/Next"):
            if key in one and isinstance(one[key], pikepdf.Dictionary) and str(one[key].get("/S")) in ACTIONS:
                del one[key]
        if isinstance(one.get("/Annots"), pikepdf.Array):
            kept = [each for each in one["/Annots"] if not is_annotation(each)]
            one["/Annots"] = pikepdf.Array(kept)
        if isinstance(one, pikepdf.Stream) and [str(name) for name in names(one.get("/Filter"))] == ["/DCTDecode"]:
            plain, how = without_notes(bytes(one.read_raw_bytes())), one.get("/DecodeParms")
            one.write(
                plain,
                filter=pikepdf.Name("/DCTDecode"),
                decode_parms=how if isinstance(how, pikepdf.Dictionary | pikepdf.Array) else None,
            )


def is_annotation(one: Any) -> bool:
    """Whether an annotation plays, opens or holds something."""
    import pikepdf

    return isinstance(one, pikepdf.Dictionary) and str(one.get("/Subtype")) in ANNOTATIONS


def acts(one: Any) -> bool:
    """Whether something active is left in a dictionary."""
    return any(key in one for key in ACTIVE_KEYS) or str(one.get("/S")) in ACTIONS or is_annotation(one)


def dictionaries(opened: Any) -> Iterator[Any]:
    """Every dictionary and stream in the file, also those inside others. Raises Refused when they go too deep."""
    import pikepdf

    for top in opened.objects:
        waiting: list[tuple[Any, int]] = [(top, 0)]
        while waiting:
            one, depth = waiting.pop()
            if depth > 100:
                raise Refused("bombe")
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                yield one
                inside = [one[key] for key in list(one.keys())]
            elif isinstance(one, pikepdf.Array):
                inside = list(one)
            else:
                continue
            # What is pointed at has its own turn in the outer loop.
            waiting += [(part, depth + 1) for part in inside if not getattr(part, "is_indirect", False)]


def without_notes(jpeg: bytes) -> bytes:
    """A JPEG as it lies in a PDF, without EXIF, comments and other notes (GPS is there). As it is when it is odd."""
    out, at = [jpeg[:2]], 2
    while at + 4 <= len(jpeg) and jpeg[at] == 0xFF and jpeg[at + 1] != 0xDA:
        size = int.from_bytes(jpeg[at + 2 : at + 4], "big") + 2
        marker = jpeg[at + 1]
        if marker not in {0xFE, *range(0xE1, 0xEE), 0xEF}:  # APP0 and APP14 say how to read the colours
            out.append(jpeg[at : at + size])
        at += size
    return b"".join(out) + jpeg[at:]


def pages(data: bytes) -> int:
    """How many pages a washed PDF has."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as opened:
        return len(opened.pages)


def wash(data: bytes) -> tuple[dict[str, Any], bytes]:
    """The washed file and what it is. Raises Refused."""
    what = kind(data)
    try:
        if what == "PDF":
            return {"mime": "application/pdf"}, pdf(data)
        return {"mime": "image/jpeg"}, image(data, what)
    except Refused:
        raise
    except Exception as error:  # whatever a library says of a broken file
        raise Refused(_FAULTS.get(type(error).__name__, "odelagt")) from error


# By name: the libraries are loaded only for their own kind of file.
_FAULTS = {"PasswordError": "passord", "DecompressionBombError": "piksler", "MemoryError": "bombe"}


def main() -> None:
    """See the top of the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        data = sys.stdin.buffer.read()
        said, out = ({"sider": pages(data)}, b"") if sys.argv[1:] == ["--sider"] else wash(data)
    except Refused as refused:
        said, out = {"grunn": str(refused)}, b""
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + out)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
