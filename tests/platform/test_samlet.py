"""Numbers with hyphens in them stand on one line: broken, their ends change places beside Arabic."""

from __future__ import annotations

import pytest
from flask import Flask


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Klage CD9C-9WJY", 'Klage <span class="nowrap">CD9C-9WJY</span>'),
        (
            "القرار DEMO-2026-077، الاثنين",
            'القرار <span class="nowrap">DEMO-2026-077</span>، الاثنين',
        ),
        ("AB-1 og CD-2", '<span class="nowrap">AB-1</span> og <span class="nowrap">CD-2</span>'),
        ("Nav-kontoret, e-post – og så-videre", "Nav-kontoret, e-post – og så-videre"),
        ("<b>1-2</b> & mer", "&lt;b&gt;1-2&lt;/b&gt; &amp; mer"),  # three characters are no number of ours
        ("<b>12-34</b>", '&lt;b&gt;<span class="nowrap">12-34</span>&lt;/b&gt;'),
        (f"{'A' * 20}-{'1' * 20}", f"{'A' * 20}-{'1' * 20}"),  # would be wider than a narrow phone
        ("A-1" * 9, "A-1" * 9),
        ("-1-2-3-", "-1-2-3-"),
        ("", ""),
    ],
)
def test_kept_together(app: Flask, text: str, shown: str) -> None:
    assert app.jinja_env.filters["samlet"](text) == shown
