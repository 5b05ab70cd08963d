"""Numbers of letters stand on one line, and from left to right: beside Arabic their parts would change places."""

from __future__ import annotations

import pytest
from flask import Flask
from markupsafe import Markup

from webapp.identitet import rules as codes


def whole(number: str, end: str = "") -> str:
    return f'<span class="nowrap"><bdi dir="ltr">{number}</bdi>{end}</span>'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Klage CD9C-9WJY", f"Klage {whole('CD9C-9WJY')}"),
        ("Klage CDFG-HJKM", f"Klage {whole('CDFG-HJKM')}"),  # one in seven of ours has no digit
        ("القرار 2026-077، الاثنين", f"القرار {whole('2026-077', '،')} الاثنين"),
        ("Vedtak 26/01234-3, mandag", f"Vedtak {whole('26/01234-3', ',')} mandag"),
        ("AB-1 og CD-2", f"{whole('AB-1')} og {whole('CD-2')}"),
        ("Nav-kontoret, e-post og/eller NAV-KONTOR", "Nav-kontoret, e-post og/eller NAV-KONTOR"),
        ("<b>1-2</b> & mer", f"&lt;b&gt;{whole('1-2')}&lt;/b&gt; &amp; mer"),
        ("-1-2-3-", "-1-2-3-"),
        (Markup("Klage &amp; 12-34"), f"Klage &amp; {whole('12-34')}"),
        ("", ""),
    ],
)
def test_kept_together(app: Flask, text: str, shown: str) -> None:
    assert app.jinja_env.filters["samlet"](text) == shown


def test_every_number_of_ours(app: Flask) -> None:
    for _ in range(200):
        number = codes.shown_code(codes.new_code(codes.INVITATION_LENGTH))
        assert app.jinja_env.filters["samlet"](number) == whole(number)
