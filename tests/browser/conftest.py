"""Chromium, a running server, and windows on it. Everything in this folder carries the marker ``browser``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from alle_tester import BROWSERS, SHELL
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.checks import ELSEWHERE
from tests.browser.demo import Demo
from tests.browser.server import Person, Server
from tests.browser.window import DESK, PATIENCE, PHONE, Window, arguments, opened
from tests.databaser import KIND, migrated_database

HERE = Path(__file__).parent

OpenWindow = Callable[..., Window]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder, so that «-m 'not browser'» leaves them all out.

    In CI each may try once more (docs/decisions/0020).
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("browser")
            if os.environ.get("CI"):
                item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Beside a failure: what the server wrote during the test."""
    report = yield
    server = getattr(item, "funcargs", {}).get("server")
    add = getattr(report.longrepr, "addsection", None)  # what is there is also told when the test gets one more try
    if report.failed and isinstance(server, Server) and add:
        add("server", server.written())
    return report


def _chromium(names: tuple[str, ...]) -> str:
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        assert not os.environ.get("CI"), "no Chromium: the browser tests cannot be skipped in CI"
        pytest.skip("no Chromium on this machine")
    return found


@pytest.fixture(scope="session")
def executable() -> str:
    """Where the machine's Chromium is. Without one the browser tests are skipped, but never in CI."""
    return os.environ.get("MEDVIRK_CHROMIUM") or _chromium((SHELL, *BROWSERS) if KIND == "sqlite" else BROWSERS)


@pytest.fixture(scope="session")
def whole_browser(executable: str) -> str:
    """For what the engine alone does not do, such as keeping a history."""
    return _chromium(BROWSERS) if executable.endswith(SHELL) else executable


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The link to the browser."""
    with sync_playwright() as link:
        expect.set_options(timeout=PATIENCE)
        yield link


@pytest.fixture(scope="session")
def browser(playwright: Playwright, executable: str) -> Iterator[Browser]:
    """One Chromium; each window gets a context of its own."""
    made = playwright.chromium.launch(executable_path=executable, args=arguments(executable))
    yield made
    made.close()


@pytest.fixture(scope="session")
def browser_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated database for the running server only: it is never emptied while the server runs."""
    with migrated_database(tmp_path_factory.mktemp("server")) as url:
        yield url


@pytest.fixture(scope="session")
def _server(browser_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(browser_database, tmp_path_factory.mktemp("log"))
    yield running
    running.stop()


@pytest.fixture
def server(_server: Server) -> Server:
    """The running program. Tests share it, and each makes people of its own."""
    _server.ensure()
    _server.mark()
    return _server


@pytest.fixture(scope="session")
def _demo(_server: Server) -> Demo:
    _server.ensure()
    return Demo.load(_server)


@pytest.fixture
def demo(server: Server, _demo: Demo) -> Demo:
    """The demo people. Tests that use them only look."""
    return _demo


@pytest.fixture
def veileder(server: Server) -> Person:
    """A veileder of this test's own."""
    return server.new_veileder()


@pytest.fixture
def bruker(server: Server, veileder: Person) -> Person:
    """A bruker of this test's own, followed up by ``veileder``."""
    return server.new_bruker(veileder)


@pytest.fixture
def window(browser: Browser, server: Server, request: pytest.FixtureRequest) -> Iterator[OpenWindow]:
    """Opens windows: ``window(person, look=PHONE, sprak="ar")``. All are closed, and what they complain of is told.

    ``seen_elsewhere``: another test looks at the same pages in the same look, so that ``check`` need not.
    """
    without_worker = request.node.get_closest_marker("uten_arbeider") is not None
    with ExitStack() as stack:

        def make(
            person: Person | None = None,
            *,
            look: dict[str, Any] = PHONE,
            sprak: str | None = None,
            seen_elsewhere: bool = False,
            **more: Any,
        ) -> Window:
            language = sprak or (person.sprak if person else "nb")
            if without_worker:
                more = {"service_workers": "block", **more}
            made = stack.enter_context(opened(browser, server, look, language, **more))
            if seen_elsewhere:
                ELSEWHERE.add(made.context)
            return made.sign_in(person) if person else made

        yield make


@pytest.fixture(params=["phone", pytest.param("desk", marks=pytest.mark.en_gang)])
def look(request: pytest.FixtureRequest) -> dict[str, Any]:
    """The test runs once on a phone and once at a desk."""
    return PHONE if request.param == "phone" else DESK
