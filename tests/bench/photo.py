"""An answer to a notice with a photo of 5 MB, in Chromium over slow 4G: seconds until it is attached, and sent."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import BrowserContext, expect, sync_playwright

from tests.bench import servers
from tests.varsel import verk
from tests.vedlegg import filer
from tests.verden import Verden
from webapp.identitet import okter
from webapp.platform import clock, ids
from webapp.platform.database import writing
from webapp.platform.dates import oslo_date
from webapp.varsel import service

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
SLOW_4G: dict[str, Any] = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
PATIENCE = 120_000  # ms
# As in a browser that cannot make a photo smaller.
NO_CANVAS = "globalThis.createImageBitmap = undefined"
LISTEN = """() => {
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (body) {
    window.sentSize = body.get("fil").size;
    return send.call(this, body);
  };
}"""


def report(app: Flask, env: dict[str, str], verden: Verden) -> None:
    """Print it, with the photo made smaller on the phone and without. Says so when there is no Chromium."""
    executable = os.environ.get("MEDVIRK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        print("  no Chromium on this machine: not measured")
        return
    port = servers.free_port()
    env = {**env, "MEDVIRK_ORIGIN": f"http://localhost:{port}"}
    with (
        tempfile.TemporaryDirectory() as folder,
        servers.running("gunicorn", "wsgi:app", env, "/healthz", port),
        sync_playwright() as playwright,
    ):
        photo = Path(folder) / "bilde.jpg"
        photo.write_bytes(filer.phone_photo())
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        for name, script in (("made smaller on the phone", ""), ("as the camera made it", NO_CANVAS)):
            context = browser.new_context(**PHONE, locale="nb-NO")
            if script:
                context.add_init_script(script)
            sent, attached, done = _send(app, context, port, verden, photo)
            context.close()
            print(
                f"  {name:28} {photo.stat().st_size / 1e6:.1f} MB, sent as {sent / 1e6:.2f} MB:"
                f" attached after {attached:.1f} s, the answer sent after {done:.1f} s more"
            )
        browser.close()


def _send(app: Flask, context: BrowserContext, port: int, verden: Verden, photo: Path) -> tuple[int, float, float]:
    """Bytes of the file as it went, seconds until it was attached, and seconds from there to the receipt."""
    now = clock.now()
    today = oslo_date(now)
    with verk.formnokkel(app):
        vilkar_id = verk.vilkaret(verden, vist=now - timedelta(days=30), frist=today + timedelta(days=30))
        sak_id = verk.notert(verden, vilkar_id, today - timedelta(days=1))
        matter = verk.saken(verden, sak_id)
        service.send(verk.kari(verden), verk.sak(verden), sak_id, ids.new_id(), verk.UTKAST, matter.steg)
        with writing(unverified=True) as db:
            session = okter.start(db, verden.kommune_id, "bruker", verden.amina, "lenke")
        name = okter.cookie_name("bruker")
    origin = f"http://localhost:{port}"
    context.add_cookies([{"name": name, "value": session.cookie, "url": origin, "httpOnly": True}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    phone = context.new_cdp_session(page)
    phone.send("Network.enable")
    phone.send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(f"{origin}/varsel/{sak_id}/uttalelse")
    page.get_by_label("Fortell med egne ord").fill("Jeg var hos legen.")
    page.evaluate(LISTEN)
    start = time.perf_counter()
    page.get_by_label("Velg bilde eller PDF").set_input_files(photo)
    expect(page.get_by_role("checkbox", name="bilde.jpg")).to_be_checked(timeout=PATIENCE)
    attached = time.perf_counter()
    size = int(page.evaluate("window.sentSize"))
    page.get_by_role("button", name="Se over svaret").click()
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_text("Kvittering", exact=True)).to_be_visible(timeout=PATIENCE)
    return size, attached - start, time.perf_counter() - attached
