"""What holds for every page in every state: axe finds nothing, nothing sticks out, all can be hit, focus is seen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary, WeakSet

from playwright.sync_api import BrowserContext, CDPSession, Page

from tests import sett
from tests.databaser import KIND
from webapp.config import ROOT

HERE = Path(__file__).parent / "scripts"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MAIN_TARGET = 44  # CSS px: what is pressed to get on, by a thumb on a moving bus
LEAST_TARGET = 24  # WCAG 2.5.8
PHONE_HEIGHT = 740  # CSS px
_WHERE = "() => [location.pathname, performance.getEntriesByType('navigation')[0]?.responseStatus ?? 0]"


@cache
def script(name: str) -> str:
    """A function of scripts/ for ``page.evaluate``."""
    return (HERE / f"{name}.js").read_text()


@cache
def _axe_source() -> str:
    return AXE.read_text()


# Windows whose pages another test looks at, in the same look (``window`` in conftest.py).
ELSEWHERE: WeakSet[BrowserContext] = WeakSet()
_debuggers: WeakKeyDictionary[Page, CDPSession] = WeakKeyDictionary()


def debugger(page: Page) -> CDPSession:
    """The page's debugger. One for as long as the page lives: letting go of one takes the authenticator away."""
    found = _debuggers.get(page)
    if found is None:
        found = _debuggers[page] = page.context.new_cdp_session(page)
    return found


def axe(page: Page) -> list[str]:
    """What axe-core finds, one line each; put in by the debugger, so the page's own content policy stays on."""
    session = debugger(page)
    session.send("Runtime.evaluate", {"expression": f"window.axe || (() => {{ {_axe_source()} }})(); 0"})
    found: dict[str, Any] = session.send(
        "Runtime.evaluate",
        {
            "expression": f"axe.run(document, {{runOnly: {RULES!r}}}).then((r) => r.violations)",
            "awaitPromise": True,
            "returnByValue": True,
        },
    )
    assert "exceptionDetails" not in found, found
    sett.note(*page.evaluate(_WHERE))
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
        + "\n".join(
            f"      {node['html'][:160]}\n        {node['failureSummary'][:300]}" for node in violation["nodes"][:4]
        )
        for violation in found["result"]["value"]
    ]


def too_small(page: Page) -> list[str]:
    """What is pressed to get on and is smaller than a thumb, and anything smaller than WCAG 2.5.8 allows."""
    found: list[str] = page.evaluate(script("too_small"), [MAIN_TARGET, LEAST_TARGET])
    return found


def sticking_out(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate(script("sticking_out"))
    return found


def clipped(page: Page) -> list[str]:
    """Text that its own box cuts off or does not hold, and places at the thumb that need more room than they have."""
    found: list[str] = page.evaluate(script("clipped"))
    return found


def _text_size(page: Page, per_cent: int) -> None:
    debugger(page).send("Page.setFontSizes", {"fontSizes": {"standard": 16 * per_cent // 100}})


def _width(page: Page, width: int) -> None:
    now = page.viewport_size
    if now is None or now["width"] != width:  # to lay a page out anew is dear, also when nothing changes
        page.set_viewport_size({"width": width, "height": PHONE_HEIGHT})


@contextmanager
def squeezed(page: Page, width: int, text: int = 100) -> Iterator[None]:
    """The page at another width (CSS px) and text size (per cent of what the browser is set to) inside the block."""
    before = page.viewport_size
    _width(page, width)
    if text != 100:
        _text_size(page, text)
    yield
    if text != 100:
        _text_size(page, 100)
    if before and page.viewport_size != before:
        page.set_viewport_size(before)


def narrow_faults(page: Page) -> list[str]:
    """What sticks out at 360 CSS px, there with text twice as large, and at 320 CSS px (WCAG 1.4.4, 1.4.10).

    In that order: each step changes one thing, and a phone of 360 px stands at the first already.
    """
    with squeezed(page, 360):
        found = [f"360 px, 100 % text: {line}" for line in sticking_out(page)]
        with squeezed(page, 360, 200):
            found += [f"360 px, 200 % text: {line}" for line in sticking_out(page)]
        _width(page, 320)
        found += [f"320 px, 100 % text: {line}" for line in sticking_out(page)]
    return found


def focus_faults(page: Page, most: int = 120) -> list[str]:
    """Tab through the page from the top: every stop shows its focus, in view and not covered (WCAG 2.4.11)."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    faults: list[str] = []
    seen: set[str] = set()
    first = None
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(script("focus"))
        if at is None or at["word"] == first:
            break
        first = first or at["word"]
        # A date field has several stops; the last one, the button inside it, is drawn by the browser.
        if not at["shown"] and at["word"] not in seen:
            faults.append(f"focus is not seen on {at['word']}")
        seen.add(at["word"])
        if at["covered"]:
            faults.append(f"{at['word']} has focus behind {at['covered']}")
        if not at["inside"]:
            faults.append(f"{at['word']} has focus out of view")
    return faults


def faults(page: Page, *, narrow: bool = True) -> list[str]:
    """Everything but focus, for the page as it stands: axe, targets, overflow on narrow screens and with big text.

    ``narrow``: False where the same page is looked at on a phone as well.
    """
    found = [f"axe: {line}" for line in axe(page)]
    found += [f"target: {line}" for line in too_small(page)]
    return [*found, *narrow_faults(page)] if narrow else found


def check(page: Page) -> None:
    """Raises AssertionError with one line for each fault of the page as it stands.

    Once, with SQLite, as in tests/klient.py: no database can change what is looked at here.
    """
    if KIND != "sqlite" or page.context in ELSEWHERE:
        return
    found = faults(page)
    assert not found, f"{page.url}:\n  - " + "\n  - ".join(found)
