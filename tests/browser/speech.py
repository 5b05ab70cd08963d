"""A device that can speak or hear, as a test makes it: nothing is heard, and the test is told what would have been."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

from tests.browser.checks import script
from tests.browser.window import Window

NORWEGIAN = {"lang": "nb-NO", "localService": True}
ARABIC = {"lang": "ar-SA", "localService": True}
ELSEWHERE = {"lang": "nb-NO", "localService": False}  # such a voice sends the text to its maker


def speaking(window: Window, *voices: dict[str, Any]) -> Window:
    """The browser has these voices, on every page that is opened from now on."""
    window.context.add_init_script(f"const VOICES = {json.dumps(voices)};\n{script('speech')}")
    return window


def hearing(window: Window, how: str = "available") -> Window:
    """The browser understands speech by itself, or says ``how`` it is with that."""
    window.context.add_init_script(f"const HOW = {json.dumps(how)};\n{script('hearing')}")
    return window


def said(page: Page) -> list[str]:
    """«language: sentence» for each that was begun."""
    found: list[str] = page.evaluate("() => speech.said.map(({ lang, text }) => `${lang}: ${text}`)")
    return found


def speaks(page: Page) -> bool:
    """Whether something is being said just now."""
    return bool(page.evaluate("() => speech.now !== null"))


def next_sentence(page: Page, times: int = 1) -> None:
    """The voice comes to the end of its sentence."""
    for _ in range(times):
        page.evaluate("() => speech.end()")


def read_all(page: Page) -> list[str]:
    """Let the voice read to the end."""
    for _ in range(400):
        if not speaks(page):
            return said(page)
        next_sentence(page)
    raise AssertionError("it never ends")


def marked(page: Page) -> str:
    """The words that are marked on the page."""
    return str(page.evaluate("() => [...(CSS.highlights.get('les') ?? [])].map(String).join('')"))
