"""The parts that the browser tests stand on do what they say."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.checks import axe, check, sticking_out, too_small
from tests.browser.conftest import OpenWindow
from tests.browser.server import Server


def test_a_killed_server_comes_back_on_the_same_database(server: Server, window: OpenWindow) -> None:
    """The clock and the people go on through a restart."""
    before = server.now
    office = server.office
    server.kill()
    server.start()
    assert server.now > before
    assert server.office == office
    response = window().page.request.get(f"{server.origin}/readyz")
    assert response.ok


@pytest.mark.en_gang
def test_the_checks_see_what_is_wrong(window: OpenWindow) -> None:
    """A check that never fails says nothing."""
    page = window().page
    page.set_content(
        "<html lang='nb'><meta name='viewport' content='width=device-width'><title>x</title><body><main><h1>x</h1>"
        "<button class='ds-button'>.</button><img src='data:,'><div style='width:900px'>bred</div></main>"
    )
    assert any("image-alt" in line for line in axe(page))
    assert too_small(page)
    assert sticking_out(page)


@pytest.mark.en_gang
def test_an_unknown_address_gives_a_page_that_holds_the_rules(window: OpenWindow) -> None:
    """The error page meets people at their worst moment."""
    opened = window()
    opened.watch.expect("404")
    page = opened.open("/finnes-ikke")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check(page)
