"""An uttalelse with a photo of 5 MB over slow 4G, also when the line breaks on the way: the words are always safe."""

from __future__ import annotations

import io
import re
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.checks import check, debugger
from tests.browser.conftest import OpenWindow
from tests.browser.pages import expect_status
from tests.browser.server import Person, Server
from tests.browser.test_attachments import ready
from tests.browser.window import OFFLINE, Window
from tests.varsel import verk
from tests.vedlegg import filer
from tests.verden import Verden
from webapp.platform import ids
from webapp.vedlegg import service as vedlegg

SLOW_4G = {"latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
WORDS = "Jeg var hos legen med sønnen min."
# What the page says on the way, also what is gone again before a test could look.
LISTEN = """() => {
  window.said = [];
  new MutationObserver(() => {
    for (const line of document.querySelectorAll("[data-filer] > p")) window.said.push(line.textContent);
  }).observe(document.querySelector("[data-filer]"), { childList: true, subtree: true, characterData: true });
}"""


pytestmark = pytest.mark.en_gang


@pytest.fixture
def verden(server: Server, bruker: Person, veileder: Person) -> Verden:
    """The running program's people, as the helpers of the room know them."""
    kommune_id, kontor = server.office
    kari, nobody = veileder.id, ids.new_id()
    staff = (kari, nobody, nobody, nobody, nobody)
    return Verden(kommune_id, kontor, kontor, *staff, bruker.id, nobody, 0, nobody, nobody)


@pytest.fixture
def form(server: Server, verden: Verden) -> str:
    """The address of the form for answering a notice that has arrived."""
    with server.inside() as app, verk.formnokkel(app):
        return f"/varsel/{verk.nadd(verden)}/uttalelse"


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """What the phone's camera made."""
    made = tmp_path / "legeerklæring.jpg"
    made.write_bytes(filer.phone_photo())
    assert made.stat().st_size > 4_500_000
    return made


class Mast:
    """What stands between the phone and the server, and can fall: what is on its way is lost, and nothing new goes.

    The browser's own «offline» lets an upload that has begun go on to its end.
    """

    def __init__(self) -> None:
        self.down = False
        self._left: int | None = None  # bytes from the phone that still get through before it falls
        self._open: set[socket.socket] = set()
        self._ear = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._ear.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def fall(self) -> None:
        """Cut everything, with a reset."""
        self.down = True
        for one in list(self._open):
            self._drop(one)

    def fall_after(self, size: int) -> None:
        """Cut everything when ``size`` more bytes have come from the phone: however busy the machine is."""
        self._left = size

    def rise(self) -> None:
        """From now on everything goes again."""
        self.down = False

    def close(self) -> None:
        """The end of the test."""
        self.fall()
        self._ear.close()

    def _drop(self, one: socket.socket) -> None:
        self._open.discard(one)
        with suppress(OSError):
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            one.shutdown(socket.SHUT_RDWR)
        one.close()

    def _listen(self) -> None:
        while True:
            try:
                phone, _from = self._ear.accept()
            except OSError:
                return
            self._open.add(phone)
            if self.down:
                self._drop(phone)
            else:
                threading.Thread(target=self._carry, args=(phone,), daemon=True).start()

    def _carry(self, phone: socket.socket) -> None:
        """As a proxy for plain HTTP: the first line of a request names the server."""
        server = None
        with suppress(OSError):
            first = phone.recv(65536)
            found = re.match(rb"[A-Z]+ http://localhost:(\d+)/", first)
            if found:
                server = socket.create_connection(("127.0.0.1", int(found[1])))
                self._open.add(server)
                server.sendall(first)
                threading.Thread(target=self._pour, args=(server, phone), daemon=True).start()
                self._pour(phone, server, counted=True)
        for one in (phone, server):
            if one is not None:
                self._drop(one)

    def _count(self, size: int) -> None:
        if self._left is None:
            return
        self._left -= size
        if self._left <= 0:
            self._left = None
            self.fall()

    def _pour(self, start: socket.socket, end: socket.socket, *, counted: bool = False) -> None:
        with suppress(OSError):
            while piece := start.recv(65536):
                if counted:
                    self._count(len(piece))
                end.sendall(piece)  # fails when that was the end
        with suppress(OSError):
            end.shutdown(socket.SHUT_WR)


@pytest.fixture
def mast() -> Iterator[Mast]:
    """The mast that the phone in the test talks to."""
    made = Mast()
    yield made
    made.close()


@pytest.fixture
def here(window: OpenWindow, bruker: Person, mast: Mast) -> Window:
    """The bruker's phone."""
    made = window(bruker, proxy={"server": mast.address, "bypass": "<-loopback>"})
    made.watch.expect(OFFLINE)
    made.watch.expect("ERR_PROXY_CONNECTION_FAILED")
    made.watch.expect("ERR_CONTENT_LENGTH_MISMATCH")  # the mast cuts answers in the middle too
    return made


def slow(page: Page) -> None:
    """Slow 4G from now on."""
    phone = debugger(page)
    phone.send("Network.enable")
    phone.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_4G})


def write(here: Window, form: str) -> Page:
    """Some words, kept as a draft; from here on the line is slow."""
    page = here.open(form)
    page.get_by_label("Fortell med egne ord").press_sequentially(WORDS)
    expect_status(page, "lagret")
    page.evaluate(LISTEN)
    slow(page)
    return page


def begin(page: Page, photo: Path) -> None:
    """Choose the photo, and wait until some of it has gone."""
    page.get_by_label("Velg bilde eller PDF").set_input_files(photo)
    expect(page.locator("[data-filer] > p")).to_have_text(
        re.compile(r"legeerklæring\.jpg: [2-7]\d prosent"), timeout=60_000
    )


def break_off(page: Page, photo: Path, mast: Mast) -> None:
    """Choose the photo; the line breaks when some of it has gone."""
    mast.fall_after(60_000)
    with page.expect_event("requestfailed", timeout=60_000):
        page.get_by_label("Velg bilde eller PDF").set_input_files(photo)
    assert mast.down


def expect_words(page: Page) -> None:
    expect(page.get_by_label("Fortell med egne ord")).to_have_value(WORDS)


def test_a_photo_of_5_mb_goes_over_slow_4g_while_one_writes_on(
    here: Window, server: Server, bruker: Person, verden: Verden, form: str, photo: Path
) -> None:
    page = write(here, form)
    page.get_by_label("Velg bilde eller PDF").set_input_files(photo)
    page.get_by_label("Hva vil du at vi skal gjøre?").press_sequentially("Ring meg.")
    expect(page.get_by_role("checkbox", name="legeerklæring.jpg")).to_be_checked(timeout=60_000)
    said = {int(part) for line in page.evaluate("window.said") for part in re.findall(r"(\d+) prosent", line)}
    assert len(said & set(range(1, 100))) >= 3, said
    expect_words(page)
    check(page)
    (kept,) = ready(server, bruker, form)
    with server.inside():
        _about, data = vedlegg.apne(verden.kommune_id, bruker.id, verden.seal(bruker.id), kept.id)
    assert Image.open(io.BytesIO(data)).size == (1800, 2400)  # upright, as the photo was turned
    page.get_by_role("button", name="Se over svaret").click()
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sendt. Vi har fått svaret ditt.")
    for shown in (WORDS, "Ring meg.", "legeerklæring.jpg"):
        expect(page.locator("main")).to_contain_text(shown)


def test_the_line_breaks_in_the_middle_and_the_same_photo_is_tried_again(
    here: Window, mast: Mast, server: Server, bruker: Person, form: str, photo: Path
) -> None:
    page = write(here, form)
    break_off(page, photo, mast)
    alert = page.get_by_role("alert").filter(has_text="Vi fikk ikke sendt legeerklæring.jpg. Er du på nett?")
    expect(alert).to_contain_text("Teksten din er ikke berørt.", timeout=30_000)
    check(page)
    expect_words(page)
    assert ready(server, bruker, form) == []
    mast.rise()
    alert.get_by_role("button", name="Prøv igjen").click()
    expect(page.get_by_role("checkbox", name="legeerklæring.jpg")).to_be_checked(timeout=60_000)
    expect(page.locator("[data-filer] > p")).to_have_count(0)
    assert len(ready(server, bruker, form)) == 1
    expect_words(page)


def test_a_short_break_is_got_over_without_asking(
    here: Window, mast: Mast, server: Server, bruker: Person, form: str, photo: Path
) -> None:
    page = write(here, form)
    break_off(page, photo, mast)
    mast.rise()
    expect(page.get_by_role("checkbox", name="legeerklæring.jpg")).to_be_checked(timeout=60_000)
    assert len(ready(server, bruker, form)) == 1
    expect_words(page)


def test_the_line_breaks_and_the_page_is_left(
    here: Window, mast: Mast, server: Server, bruker: Person, form: str, photo: Path
) -> None:
    """The tab is gone, as when a phone needs its memory: the words are on the server, half a photo is not."""
    page = write(here, form)
    break_off(page, photo, mast)
    page.close()
    mast.rise()
    page = here.new_tab(form)
    page.get_by_role("link", name="Hent det du skrev").click()
    expect_words(page)
    assert ready(server, bruker, form) == []
    check(page)
    page.get_by_label("Velg bilde eller PDF").set_input_files(photo)
    expect(page.get_by_role("checkbox", name="legeerklæring.jpg")).to_be_checked(timeout=60_000)


def test_nobody_sends_without_the_photo_by_mistake(here: Window, mast: Mast, form: str, photo: Path) -> None:
    """While it is on its way the form waits; when it did not get there, that is said once."""
    page = write(here, form)
    begin(page, photo)
    send, told = page.get_by_role("button", name="Se over svaret"), page.locator("p[data-feil]")
    send.click()
    expect(told).to_have_text("Vent til filene er sendt ferdig. Trykk så én gang til.")
    mast.fall()
    expect(page.get_by_role("button", name="Prøv igjen")).to_be_visible(timeout=30_000)
    mast.rise()
    send.click()
    expect(told).to_have_text("En fil er ikke lagt ved. Trykk «Prøv igjen» ved filen, eller send uten den.")
    check(page)
    send.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Se over svaret")
    expect(page.locator("main")).to_contain_text(WORDS)
