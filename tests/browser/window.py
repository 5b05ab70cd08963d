"""A browser window as a person has it: phone or desk, in their language, signed in or not. It notices faults."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from alle_tester import SHELL
from playwright.sync_api import Browser, BrowserContext, BrowserType, ConsoleMessage, Page, Request

from tests.browser.server import Person, Server
from tests.databaser import KIND
from webapp.platform.languages import tag

ARGUMENTS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
    "--no-first-run", "--disable-dev-shm-usage",
]  # fmt: skip
# Chromium without windows, a package of its own in Debian: the same engine, for a quarter less of the processor. Blink
# promises speech recognition on the device there too, and the browser ends a page that asks for it.
NO_SPEECH = "--disable-blink-features=OnDeviceWebSpeechAvailable"
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 740},
    "is_mobile": True,
    "has_touch": True,
    "user_agent": (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
        "Chrome/140.0.0.0 Mobile Safari/537.36"
    ),
}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
LOCALES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}  # what the browser asks for; others by their own tag
# A page that answers slower than this to anything is broken; conditions are waited for, never time.
PATIENCE = 10_000  # ms

# The browser looks for a newer worker by itself, also just when a test takes the network or the session away.
NO_WORKER = "error occurred when fetching the script"
# What the console says when the network or the server is away; tests that take it away expect this.
OFFLINE = (
    r"ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|EMPTY_RESPONSE|CONNECTION_RESET|SOCKET_NOT_CONNECTED)"
    f"|{NO_WORKER}"
)


class Watch:
    """What a page must never do: complain in the console, break the content policy, talk to somebody else."""

    def __init__(self, origin: str) -> None:
        self._host = urlsplit(origin).netloc
        # The browser fetches the icon by itself, and our scripts their texts, and what signing out needs when the page
        # is calm: also just when a test stops the server.
        # And it remarks on its own animation between pages, when the next comes too soon or has none (css/skall.css).
        self._expected = [r"ERR_.*/(favicon|enhet/ord/|static/dist/utlogging-)", r"Transition was (aborted|skipped)"]
        self.seen: list[str] = []

    def follow(self, context: BrowserContext) -> None:
        """Watch every page of ``context``."""
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"script: {error.error}"))
        context.on("request", self._request)

    def expect(self, pattern: str) -> None:
        """A complaint that this test provokes on purpose."""
        self._expected.append(pattern)

    def complaints(self) -> list[str]:
        """What was seen and not expected."""
        return [line for line in self.seen if not any(re.search(pattern, line) for pattern in self._expected)]

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.seen.append(f"{message.type}: {message.text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self._host:
            self.seen.append(f"somebody else: {request.url}")


class Window:
    """One browser context with one page in front."""

    def __init__(self, context: BrowserContext, server: Server, watch: Watch) -> None:
        self.context = context
        self.server = server
        self.watch = watch
        self.page = context.pages[0] if context.pages else context.new_page()

    def sign_in(self, person: Person) -> Window:
        """Give this browser a session, as after the operator's link."""
        name, value = self.server.session_cookie(person)
        expires = time.time() + 12 * 3600
        self.context.add_cookies(
            [{"name": name, "value": value, "url": self.server.origin, "httpOnly": True, "expires": expires}]
        )
        return self

    def open(self, path: str, page: Page | None = None, **how: Any) -> Page:
        """Go to an address on the server; ``how`` as ``Page.goto`` has it."""
        page = page or self.page
        page.goto(self.server.origin + path, **how)
        return page

    def open_url(self, url: str) -> Page:
        """Go to a whole address that a page gave."""
        assert url.startswith(self.server.origin)
        return self.open(url.removeprefix(self.server.origin))

    def new_tab(self, path: str) -> Page:
        """The same browser, one more page."""
        return self.open(path, self.context.new_page())

    def add_authenticator(self) -> None:
        """A phone's own passkeys behind the screen lock (facts.md)."""
        session = self.context.new_cdp_session(self.page)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "ctap2Version": "ctap2_1",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "hasPrf": True,
            "automaticPresenceSimulation": True,
        }
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def arguments(executable: str) -> list[str]:
    """What this Chromium is started with."""
    return [*ARGUMENTS, NO_SPEECH] if executable.endswith(SHELL) else ARGUMENTS


def options(look: dict[str, Any], sprak: str, **more: Any) -> dict[str, Any]:
    """What Playwright needs to make a context that looks like this.

    With SQLite, where all tests run, pages do not glide into each other unless a test asks for it: to draw that is a
    seventh of what the browser does. Those on the main roads, with PostgreSQL, have it as people have it.
    """
    return {
        "reduced_motion": "reduce" if KIND == "sqlite" else "no-preference",
        **look,
        "locale": LOCALES.get(sprak, tag(sprak)),
        "timezone_id": "Europe/Oslo",
        "service_workers": "allow",
        **more,
    }


@contextmanager
def opened(browser: Browser, server: Server, look: dict[str, Any], sprak: str = "nb", **more: Any) -> Iterator[Window]:
    """A window that is closed afterwards. Raises AssertionError for what its watch saw."""
    context = browser.new_context(**options(look, sprak, **more))
    with _watched(context, server) as window:
        if more.get("service_workers") == "block":
            window.watch.expect("Service Worker registration blocked")  # Playwright says so itself
        yield window


@contextmanager
def opened_with_memory(
    chromium: BrowserType, executable: str, server: Server, folder: Path, look: dict[str, Any], sprak: str = "nb"
) -> Iterator[Window]:
    """A window whose storage lies in ``folder`` and is there the next time it is opened from the same folder."""
    context = chromium.launch_persistent_context(
        folder, executable_path=executable, args=arguments(executable), **options(look, sprak)
    )
    with _watched(context, server) as window:
        yield window


@contextmanager
def _watched(context: BrowserContext, server: Server) -> Iterator[Window]:
    context.set_default_timeout(PATIENCE)
    watch = Watch(server.origin)
    watch.follow(context)
    try:
        yield Window(context, server, watch)
    finally:
        context.close()
    complaints = watch.complaints()
    assert not complaints, "the browser complained:\n  " + "\n  ".join(complaints)
