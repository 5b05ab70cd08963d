"""Every kind of page, as demo people see it: axe, overflow, targets, focus; dark, forced colours, Arabic."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.checks import faults, focus_faults
from tests.browser.conftest import OpenWindow
from tests.browser.crawl import pages
from tests.browser.demo import Demo
from tests.browser.window import DESK, PHONE

pytestmark = [pytest.mark.en_gang, pytest.mark.uten_arbeider]

DARK: dict[str, Any] = {"color_scheme": "dark", "reduced_motion": "reduce"}
FORCED: dict[str, Any] = {"forced_colors": "active"}


def walk(
    window: OpenWindow, demo: Demo, code: str, start: str, *, focus: bool = False, narrow: bool = True, **how: Any
) -> list[str]:
    """What is wrong on the pages that this person finds from ``start``."""
    here = window(demo.person(code), **how)
    here.watch.expect("40[14]|410")  # links to what is not there yet are found below, with the page they lead from
    found = []
    for endpoint, page in pages(here, start):
        seen = [*faults(page, narrow=narrow), *(focus_faults(page) if focus else [])]
        found += [f"{endpoint} {page.url}\n    {fault}" for fault in seen]
    return found


@pytest.mark.parametrize("look", [PHONE, DESK], ids=["phone", "desk"])
def test_the_pages_of_a_bruker(window: OpenWindow, demo: Demo, look: dict[str, Any]) -> None:
    """Somebody who has delivered, talked, and got a note: they have the most pages."""
    found = walk(window, demo, demo.code("gjennomgatt"), "/", look=look, focus=look is DESK, narrow=look is PHONE)
    assert not found, "\n" + "\n".join(found)


def test_the_pages_of_a_bruker_in_arabic_and_dark(window: OpenWindow, demo: Demo) -> None:
    """Right to left, in the dark, without movement."""
    found = walk(window, demo, demo.arabic(), "/", look={**PHONE, **DARK}, sprak="ar")
    assert not found, "\n" + "\n".join(found)


def test_the_pages_of_a_veileder(window: OpenWindow, demo: Demo) -> None:
    """At the desk, with the keyboard."""
    found = walk(window, demo, demo.staff("veileder"), "/veileder/", look=DESK, focus=True, narrow=False)
    assert not found, "\n" + "\n".join(found)


def test_the_pages_of_a_veileder_on_a_phone_in_the_dark(window: OpenWindow, demo: Demo) -> None:
    """In a meeting, in the evening."""
    found = walk(window, demo, demo.staff("veileder"), "/veileder/", look={**PHONE, **DARK})
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("role", ["leder", "administrator"])
def test_the_pages_of_other_staff(window: OpenWindow, demo: Demo, role: str) -> None:
    """Each role finds its own pages."""
    found = walk(window, demo, demo.staff(role), "/veileder/", look=DESK)
    assert not found, "\n" + "\n".join(found)


def test_forced_colours_lose_nothing(window: OpenWindow, demo: Demo) -> None:
    """With the system's own colours every button and field still has an edge: that is what axe cannot tell."""
    here = window(demo.person(demo.code("gjennomgatt")), look={**PHONE, **FORCED})
    found = []
    for endpoint, page in pages(here, "/"):
        found += [f"{endpoint}: {line}" for line in page.evaluate(EDGELESS)]
    assert not found, "\n" + "\n".join(found)


# Buttons and fields that are told from the page by their colour alone: gone when the system's colours are forced.
EDGELESS = """() => [...document.querySelectorAll('.ds-button, input.ds-input, textarea.ds-input, select')]
  .filter((e) => e.checkVisibility() && !['checkbox', 'radio', 'hidden'].includes(e.type))
  .filter((e) => e.dataset.variant !== 'tertiary')
  .filter((e) => { const s = getComputedStyle(e); return s.borderStyle === 'none' || parseFloat(s.borderWidth) < 1 })
  .map((e) => `no edge on ${e.tagName.toLowerCase()} «${(e.innerText || e.id).slice(0, 30)}»`)"""
