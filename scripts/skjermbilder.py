"""`make skjermbilder`: the pictures in the README, taken of the running program with the demo people.

`make skjermbilder ARGS="--alle build/ark"` takes every page of everybody, in a folder for each way of
looking (phone, desk, dark, Arabic), to look over by eye. Needs the test tools and Chromium.
"""

from __future__ import annotations

import argparse
import base64
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alembic import command as alembic
from alle_tester import find_chromium
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.crawl import pages
from tests.browser.demo import Demo
from tests.browser.pages import follow
from tests.browser.server import Server
from tests.browser.window import ARGUMENTS, DESK, PHONE, Window, opened
from webapp.platform.commands import alembic_config

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "bilder"
DARK: dict[str, Any] = {"color_scheme": "dark"}
QUALITY = 82  # per cent of WebP: text is sharp, and a picture stays around 30 KB


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of the README. ``tilstand`` or ``rolle`` says who looks; nobody when both are empty."""

    name: str
    path: str
    tilstand: str = ""
    rolle: str = ""
    look: dict[str, Any] = field(default_factory=lambda: PHONE)
    sprak: str = "nb"
    follow: tuple[str, ...] = ()  # links to press after the page is open
    scroll: str = ""  # what is to stand at the top


RECEIPT = ('main a[href^="/kartlegging/leverte/"]', 'main a[href^="/kartlegging/kvittering/"]')
VILKAR = ('main a[href^="/vilkar/"]',)
VARSEL = ('main a[href^="/varsel/"]',)
UTTALELSE = (*VARSEL, 'main a[href$="/uttalelse"]')
PICTURES = (
    Picture("kartlegging-mobil-nb", "/kartlegging/", tilstand="halvferdig"),
    Picture("kartlegging-mobil-ar", "/kartlegging/", tilstand="arabisk", sprak="ar"),
    Picture("tema-mobil-nb", "/kartlegging/bolig", tilstand="halvferdig", scroll='[id="s-bolig.situasjon"]'),
    Picture("tema-mobil-mork", "/kartlegging/bolig", tilstand="halvferdig", look={**PHONE, **DARK}),
    Picture("hjem-mobil-nb", "/", tilstand="gjennomgatt"),
    Picture("innsyn-mobil-nb", "/innsyn/", tilstand="gjennomgatt"),
    Picture("to-tekster-mobil-nb", "/kartlegging/bolig/to-tekster", tilstand="to-tekster"),
    Picture("kvittering-mobil-ar", "/kartlegging/leverte/", tilstand="arabisk", sprak="ar", follow=RECEIPT),
    Picture("plan-mobil-nb", "/plan/", tilstand="plan-og-vilkar"),
    Picture("vilkar-mobil-nb", "/vilkar/", tilstand="plan-og-vilkar", follow=VILKAR),
    Picture("vilkar-mobil-ar", "/vilkar/", tilstand="uttalelse-arabisk", sprak="ar", follow=VILKAR),
    Picture("varsel-mobil-nb", "/varsel/", tilstand="varsel-ikke-apnet", follow=VARSEL),
    Picture("uttalelse-mobil-nb", "/varsel/", tilstand="varsel-ikke-apnet", follow=UTTALELSE, scroll="#hovedskjema"),
    Picture("neste-steg-skrivebord-nb", "/veileder/", rolle="veileder", look=DESK, follow=("th a >> text=Jorunn",)),
    Picture("arbeidsliste-skrivebord-nb", "/veileder/", rolle="veileder", look=DESK),
    Picture("sak-skrivebord-nb", "/veileder/", rolle="veileder", look=DESK, follow=("th a >> text=Ida",)),
)


def shoot(page: Page, target: Path, *, whole: bool = False, format_: str = "webp") -> None:
    """Save what the window shows (or the whole page) at one pixel and a half for each CSS pixel on a phone."""
    page.evaluate("() => document.fonts.ready.then(() => {})")
    session = page.context.new_cdp_session(page)
    options: dict[str, Any] = {"format": format_}
    if format_ == "webp":
        options["quality"] = QUALITY
    before = page.viewport_size
    if whole and before:
        # As tall as the page, so that what is fixed to the window's edge does not lie across it.
        height = min(int(page.evaluate("() => document.documentElement.scrollHeight")), 6000)
        page.set_viewport_size({"width": before["width"], "height": max(height, before["height"])})
    target.write_bytes(base64.b64decode(session.send("Page.captureScreenshot", options)["data"]))
    session.detach()
    if whole and before:
        page.set_viewport_size(before)


@contextmanager
def running() -> Iterator[tuple[Browser, Demo]]:
    """The program with the demo people in a database of its own, and a browser."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit("Fant ikke Chromium.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as link:
        url = f"sqlite:///{folder}/medvirk.db"
        alembic.upgrade(alembic_config(url), "head")
        server = Server(url, Path(folder))
        server.start()
        browser = link.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        try:
            yield browser, Demo.load(server)
        finally:
            browser.close()
            server.stop()


def readme(browser: Browser, demo: Demo, only: str) -> None:
    """The pictures of PICTURES into docs/bilder/."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        if only and only not in picture.name:
            continue
        sharp = 1.5 if picture.look.get("is_mobile") else 1
        look = {**picture.look, "device_scale_factor": sharp, "reduced_motion": "reduce"}  # no page half faded in
        with opened(browser, demo.server, look, picture.sprak) as window:
            who = (
                demo.code(picture.tilstand) if picture.tilstand else demo.staff(picture.rolle) if picture.rolle else ""
            )
            if who:
                window.sign_in(demo.person(who))
            page = window.open(picture.path)
            for link in picture.follow:
                follow(page.locator(link).first)
            if picture.scroll:
                page.locator(picture.scroll).first.evaluate("(e) => e.scrollIntoView({block: 'start'})")
            target = TARGET / f"{picture.name}.webp"
            shoot(page, target)
            print(f"{target.relative_to(ROOT)}  {target.stat().st_size / 1024:.0f} KB")


def sheets(browser: Browser, demo: Demo, folder: Path, only: str) -> None:
    """Every page of several people, one picture each, in a folder for each way of looking."""
    arabic = [one["kode"] for one in demo.brukere if one["sprak"] == "ar"][:1]
    everybody = [one["kode"] for one in demo.brukere]
    ways: list[tuple[str, list[str], str, dict[str, Any], str]] = [
        ("telefon", everybody, "/", PHONE, "nb"),
        ("telefon-ar-mork", arabic, "/", {**PHONE, **DARK}, "ar"),
        ("telefon-ar", arabic, "/", PHONE, "ar"),
        ("bord", everybody[-3:], "/", DESK, "nb"),
        ("ansatt", [one["kode"] for one in demo.ansatte], "/veileder/", DESK, "nb"),
        ("ansatt-telefon", [one["kode"] for one in demo.ansatte][:1], "/veileder/", PHONE, "nb"),
    ]
    for name, codes, start, look, sprak in ways:
        if only and only != name:
            continue
        target = folder / name
        target.mkdir(parents=True, exist_ok=True)
        for code in codes:
            with opened(browser, demo.server, look, sprak) as window:
                window.watch.expect(".")
                window.sign_in(demo.person(code))
                _all_pages(window, start, target, code)


def _all_pages(window: Window, start: str, target: Path, code: str) -> None:
    for endpoint, page in pages(window, start):
        shoot(page, target / f"{code}-{endpoint}.png", whole=True, format_="png")


def main() -> None:
    """Make the pictures of the README, or with --alle every page of everybody."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alle", type=Path, metavar="MAPPE", help="every page of everybody, into this folder")
    parser.add_argument("--bare", default="", help="only pictures with this in their name (only this way of looking)")
    asked = parser.parse_args()
    os.chdir(ROOT)
    with running() as (browser, demo):
        if asked.alle:
            sheets(browser, demo, asked.alle, asked.bare)
        else:
            readme(browser, demo, asked.bare)


if __name__ == "__main__":
    main()
