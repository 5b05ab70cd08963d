"""Without network, on a phone with a sixth of this machine's speed: from the press on a theme to a page that can be
written on. And the weight of the scripts of the theme page."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from alembic import command as alembic
from alle_tester import find_chromium
from playwright.sync_api import Page, sync_playwright

from tests.browser.offline import own_phone, ready_offline, wait_until_kept
from tests.browser.pages import THEME
from tests.browser.server import Server
from tests.browser.window import ARGUMENTS, PHONE, opened
from webapp.config import ROOT
from webapp.platform.commands import alembic_config

TIMES = 9
SLOWER = 6

# From the press until the field takes what is typed: the page is in place, its script has begun, and it is drawn.
PRESS = """async (path) => {
  const ready = () => location.pathname === path && document.querySelector('#statuslinje')?.dataset.tilstand === 'klar';
  const began = performance.now();
  document.querySelector(`a[href="${path}"]`).click();
  while (!ready()) await new Promise((done) => setTimeout(done, 4));
  const field = document.querySelector('#hovedskjema textarea, #hovedskjema input:not([type=hidden])');
  field.focus();
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - began;
}"""


def measure() -> None:
    """Print the figures. Nothing without a browser."""
    print("\n== without network ==")
    dist = ROOT / "webapp" / "static" / "dist"
    first = [dist.glob(f"{name}-*.js.br") for name in ("felles", "tema", "telefon")]
    later = next(dist.glob("frakoblet-*.js.br"))
    print(f"scripts of the theme page, first load: {sum(next(one).stat().st_size for one in first)} bytes (brotli)")
    print(f"fetched when it is idle, on own phones: {later.stat().st_size} bytes")
    executable = find_chromium()
    if executable is None:
        print("no Chromium: the rest is not measured")
        return
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        url = f"sqlite:///{folder}/bench.db"
        alembic.upgrade(alembic_config(url), "head")
        server = Server(url, Path(folder))
        server.start()
        try:
            browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
            with opened(browser, server, PHONE) as window:
                window.sign_in(server.new_bruker())
                page = own_phone(window, passkey=False)
                wait_until_kept(page)
                window.open("/kartlegging/")
                ready_offline(page)
                _without_network(page)
            browser.close()
        finally:
            server.stop()


def _without_network(page: Page) -> None:
    page.context.set_offline(True)
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    found = []
    for _time in range(TIMES):
        found.append(page.evaluate(PRESS, f"/kartlegging/{THEME}"))
        page.locator('nav.nav a[href="/kartlegging/"]').click()
        page.wait_for_url("**/kartlegging/")
        page.locator("[data-frakoblet-linje]").wait_for()
    print(
        f"theme page without network, CPU {SLOWER}× slower: median {statistics.median(found):.0f} ms, "
        f"slowest {max(found):.0f} ms of {TIMES} (asked: under 300)"
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    page.context.set_offline(False)
