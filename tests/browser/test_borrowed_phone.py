"""Borrowed phones and library PCs: leaving in one press, signing out with and without a network, what is left behind.

Decision 16 says what is promised. What a browser keeps that no page reaches is said where its folder is searched.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser.checks import check
from tests.browser.conftest import OpenWindow
from tests.browser.pages import (
    OWN_WORDS,
    expect_everywhere,
    open_theme,
    write,
)
from tests.browser.server import Person, unique
from tests.browser.window import DESK, PHONE, Window

NEUTRAL = "https://www.yr.no/"
LEAVE = "[data-lukk]"
SIGN_IN = re.compile(r"/inn(\?|$)")


def with_neutral_page(window: Window) -> Window:
    """The weather, without asking anybody for it."""

    def weather(route: Route) -> None:
        route.fulfill(body="<!doctype html><html lang=nb><title>Været</title><h1>Været</h1>", content_type="text/html")

    window.context.route(f"{NEUTRAL}**", weather)
    window.watch.expect("somebody else: https://www.yr.no/")
    return window


def asked_of_others(window: Window) -> list[str]:
    """What the page has asked anybody else for."""
    return [line for line in window.watch.seen if line.startswith("somebody else")]


def expect_gone(page: Page, secret: str) -> None:
    """Back, forward, and the address typed again: nothing personal, only the way in."""
    for _step in range(4):
        page.go_back()
        if page.url.startswith(NEUTRAL) or page.url == "about:blank":
            continue
        page.wait_for_url(SIGN_IN)
        assert secret not in page.content()
        assert "Amina" not in page.content()
    page.go_forward()
    assert secret not in page.content()


@pytest.mark.parametrize(("look", "sprak"), [(PHONE, "nb"), (PHONE, "ar"), (DESK, "nb")], ids=["phone", "ar", "desk"])
def test_leave_quickly(window: OpenWindow, bruker: Person, look: dict[str, Any], sprak: str) -> None:
    """One press in the middle of a word: the weather; «back» asks who it is; the word is there after sign-in."""
    here = with_neutral_page(window(bruker, look=look, sprak=sprak))
    page = here.open("/")
    here.open("/mer", page)
    open_theme(here, page=page)
    check(page)
    secret = unique("hemmelig")
    write(page, OWN_WORDS, secret)
    assert not asked_of_others(here)
    page.locator(LEAVE).click()
    page.wait_for_url(NEUTRAL)
    assert "/kartlegging/bolig" not in page.evaluate("() => document.referrer")
    expect_gone(page, secret)
    here.watch.expect("401")
    page.goto(f"{here.server.origin}/kartlegging/bolig")
    page.wait_for_url(SIGN_IN)
    assert secret not in page.content()
    assert not any(cookie.get("name", "").startswith("medvirk-ut") for cookie in here.context.cookies())
    again = window(bruker, look=look, sprak=sprak)
    again.open("/")
    expect_everywhere(again, OWN_WORDS, secret)
