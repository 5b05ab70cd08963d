"""PDFs that swell where a reader must look before it can look at anything: in the tables and in the packed objects."""

from __future__ import annotations

import struct
import zlib

PIECE = 16 * 1024 * 1024


def swelling(start: bytes, size: int) -> bytes:
    """``start`` and then zeros, ``size`` in all, packed by deflate: a thousandth of the size, and made in no time."""
    packer = zlib.compressobj(9)
    piece = packer.compress(start.ljust(PIECE, b"\0")) + packer.flush(zlib.Z_FULL_FLUSH)
    again = zlib.compressobj(9, wbits=-15)
    # After a full flush a piece knows nothing of what was before it: the same bytes can stand there again and again.
    zeros = again.compress(bytes(PIECE)) + again.flush(zlib.Z_FULL_FLUSH)
    times = size // PIECE
    first = zlib.adler32(start.ljust(PIECE, b"\0"))
    low, high = first & 0xFFFF, first >> 16
    high = (high + low * PIECE * (times - 1)) % 65521  # what zeros do to the checksum
    return piece + zeros * (times - 1) + b"\x03\x00" + struct.pack(">I", high << 16 | low)


def in_objects(size: int, *, twice: bool = False, more: bytes = b"") -> bytes:
    """The catalogue and the pages lie in a packed object stream that swells to ``size``. ``more``: said about it."""
    inside = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    inside.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>")
    at, heads = 0, []
    for number, one in enumerate(inside, 1):
        heads.append(b"%d %d" % (number, at))
        at += len(one) + 1
    head = b" ".join(heads) + b" "
    packed = swelling(head + b" ".join(inside) + b" ", size)
    stream = _stream(4, b"/Type/ObjStm/N 3/First %d%s" % (len(head), more), packed, twice=twice)
    return _written(stream, zlib.compress(_table(len(b"%PDF-1.7\n"), len(b"%PDF-1.7\n") + len(stream))))


def in_table(size: int, *, twice: bool = False) -> bytes:
    """The table of where everything lies swells to ``size``."""
    pages = (
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    )
    return _written(pages, swelling(bytes(24), size), twice=twice)


def _table(stream_at: int, table_at: int) -> bytes:
    rows = [(0, 0, 0), (2, 4, 0), (2, 4, 1), (2, 4, 2), (1, stream_at, 0), (1, table_at, 0)]
    return b"".join(struct.pack(">BIB", *row) for row in rows)


def _stream(number: int, what: bytes, packed: bytes, *, twice: bool = False) -> bytes:
    filters = b"[/FlateDecode/FlateDecode]" if twice else b"/FlateDecode"
    packed = zlib.compress(packed, 9) if twice else packed
    head = b"%d 0 obj<<%s/Filter%s/Length %d>>stream\n" % (number, what, filters, len(packed))
    return head + packed + b"\nendstream endobj\n"


def _written(objects: bytes, table: bytes, *, twice: bool = False) -> bytes:
    start = b"%PDF-1.7\n" + objects
    what = b"/Type/XRef/Size 6/W[1 4 1]/Root 1 0 R"
    return start + _stream(5, what, table, twice=twice) + b"startxref\n%d\n%%%%EOF\n" % len(start)
