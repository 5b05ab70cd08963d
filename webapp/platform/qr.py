"""QR codes: as a drawing that stands in the page (nothing fetched, no inline style), and for a terminal."""

import io

import segno
from markupsafe import Markup

# Quiet zone of four modules: the standard's own, so that old phone cameras find the code.
BORDER = 4


def qr_svg(address: str, title: str) -> Markup:
    """`address` as an <svg> that a screen reader calls `title`. Always dark on white: cameras need it.

    Raises ValueError for an address too long for a code that a phone can read (about 1,000 characters).
    """
    drawing = _code(address).svg_inline(
        scale=1, border=BORDER, dark="#000", light="#fff", title=title, omitsize=True, svgclass="qr", lineclass=None
    )
    # omitsize leaves a viewBox: the style sheet decides the size. The drawing is one picture, not a group of shapes.
    return Markup(drawing.replace("<svg ", '<svg role="img" ', 1))  # noqa: S704 - segno escapes the title


def qr_terminal(address: str) -> str:
    """`address` as lines of half blocks, for `make run` and the command line."""
    lines = io.StringIO()
    _code(address).terminal(out=lines, border=2, compact=True)
    return lines.getvalue()


def _code(address: str) -> segno.QRCode:
    if len(address) > 1000:
        raise ValueError("too long for a QR code that a phone can read")
    # Level M: a crease in the paper or a thumb may cover 15 % of it.
    return segno.make_qr(address, error="m", boost_error=False)
