"""`make kontaktark`: every main page of a bruker in every language, side by side on contact sheets, to be looked at.

Writes test-results/kontaktark/<way of looking>/<page>.png, ten languages on each, and says what axe finds, and where
something sticks out, is cut off or is too small to hit; then it ends with 1. All of it takes more than half an hour;
`make kontaktark ARGS="--sprak ti so --utseende telefon"` takes some. Needs the test tools and Chromium.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page
from skjermbilder import running

from tests.browser.checks import axe, clipped, sticking_out, too_small
from tests.browser.demo import Demo
from tests.browser.stops import STOPS, Stop, go
from tests.browser.window import DESK, PHONE, opened
from webapp.platform.languages import SPRAK

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "test-results" / "kontaktark"
COLUMNS = 5
CELL = 300  # px: how wide a page is on the sheet
MOST = 1400  # CSS px: how much of a long page is shown
MARGIN, LABEL = 8, 18
# WCAG 1.4.12: what a reader may set without losing anything.
SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }"
    " p { margin-block-end: 2em !important }"
)


@dataclass(frozen=True, slots=True)
class Look:
    """A way of looking at a page. ``media`` is what the person has asked the system for; ``style`` is their own CSS."""

    name: str
    width: int
    height: int = 740
    desk: bool = False
    media: dict[str, Any] = field(default_factory=dict)
    style: str = ""


def _family(name: str, width: int, height: int, *, desk: bool = False) -> tuple[Look, ...]:
    return (
        Look(name, width, height, desk=desk),
        Look(f"{name}-mork", width, height, desk=desk, media={"color_scheme": "dark"}),
        Look(f"{name}-tvungne", width, height, desk=desk, media={"forced_colors": "active"}),
    )


LOOKS = (
    *_family("telefon", 360, 740),
    Look("smal", 320, 256),  # 1280 × 1024 at 400 % (WCAG 1.4.10)
    Look("avstand", 360, style=SPACING),
    *_family("bord", 1280, 800, desk=True),
)
PLAIN: dict[str, Any] = {"color_scheme": "light", "forced_colors": "none"}


def faults(page: Page) -> list[str]:
    """What the eye should not have to find."""
    return [*sticking_out(page), *clipped(page), *too_small(page), *(f"axe: {line}" for line in axe(page))]


def dressed(page: Page, look: Look) -> list[str]:
    """Put ``look`` on the page as it stands; gives what is wrong with it."""
    page.set_viewport_size({"width": look.width, "height": look.height})
    page.emulate_media(**{**PLAIN, **look.media, "reduced_motion": "reduce"})
    page.evaluate(
        "(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet] }",
        look.style,
    )
    return faults(page)


def picture(page: Page, look: Look) -> Image.Image:
    """The top of the page, as wide as a cell."""
    high = min(int(page.evaluate("() => document.documentElement.scrollHeight")), MOST)
    page.set_viewport_size({"width": look.width, "height": max(high, look.height)})
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return shot.resize((CELL, round(shot.height * CELL / shot.width)), Image.Resampling.LANCZOS)


def sheet(cells: dict[str, Image.Image]) -> Image.Image:
    """Pages beside each other, each under the code of its language."""
    rows = [list(cells.items())[first : first + COLUMNS] for first in range(0, len(cells), COLUMNS)]
    heights = [max(cell.height for _, cell in row) + LABEL + MARGIN for row in rows]
    whole = Image.new("RGB", (COLUMNS * (CELL + MARGIN) + MARGIN, sum(heights) + MARGIN), "#888")
    pen = ImageDraw.Draw(whole)
    top = MARGIN
    for row, height in zip(rows, heights, strict=True):
        for column, (code, cell) in enumerate(row):
            left = MARGIN + column * (CELL + MARGIN)
            pen.text((left, top), code, fill="white")
            whole.paste(cell, (left, top + LABEL))
        top += height
    return whole


def look_at(browser: Browser, demo: Demo, stop: Stop, codes: list[str], looks: list[Look]) -> list[str]:
    """One page in these languages and ways of looking: its sheets are written, what is wrong is given."""
    cells: dict[str, dict[str, Image.Image]] = {look.name: {} for look in looks}
    found = []
    for desk in sorted({look.desk for look in looks}):
        for code in codes:
            calm = {"reduced_motion": "reduce", "service_workers": "block"}
            with opened(browser, demo.server, DESK if desk else PHONE, code, **calm) as window:
                window.watch.expect("404")
                page = go(window, demo, stop, code)
                for look in looks:
                    if look.desk == desk:
                        found += [f"{stop.name} {code} {look.name}: {line}" for line in dressed(page, look)]
                        cells[look.name][code] = picture(page, look)
    for name, of_look in cells.items():
        folder = TARGET / name
        folder.mkdir(parents=True, exist_ok=True)
        sheet(of_look).save(folder / f"{stop.name}.png", optimize=False)
    return found


def main() -> None:
    """Read the arguments, look at everything, say what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sprak", nargs="*", choices=list(SPRAK), default=list(SPRAK))
    parser.add_argument("--utseende", nargs="*", choices=[look.name for look in LOOKS])
    parser.add_argument("--sider", nargs="*", choices=[stop.name for stop in STOPS])
    asked = parser.parse_args()
    os.chdir(ROOT)
    looks = [look for look in LOOKS if not asked.utseende or look.name in asked.utseende]
    found = []
    with running() as (browser, demo):
        for stop in STOPS:
            if asked.sider and stop.name not in asked.sider:
                continue
            wrong = look_at(browser, demo, stop, asked.sprak, looks)
            print(f"{stop.name}: {len(wrong) or 'ingen'} feil", *wrong, sep="\n  ", flush=True)
            found += wrong
    print(f"Arkene ligger i {TARGET.relative_to(ROOT)}/")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
