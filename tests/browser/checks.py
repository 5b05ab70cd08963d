"""What holds for every page in every state: axe finds nothing, nothing sticks out, everything can be hit and seen to have focus."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from playwright.sync_api import Page

from webapp.config import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MAIN_TARGET = 44  # CSS px: what is pressed to get on, by a thumb on a moving bus
LEAST_TARGET = 24  # WCAG 2.5.8

_TOO_SMALL = """([main, least]) => {
  const seen = (e) => e.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && !e.closest('.ds-sr-only, .hopp');
  const word = (e) => `${e.tagName.toLowerCase()} «${(e.innerText || e.value || e.id).trim().slice(0, 40)}»`;
  const out = [];
  for (const e of document.querySelectorAll('.ds-button, nav.nav a, label.valg, .fjes label, .sprak-knapp, summary')) {
    const box = e.getBoundingClientRect();
    if (seen(e) && (box.height < main - 0.5 || box.width < main - 0.5))
      out.push(`${word(e)} is ${Math.round(box.width)} × ${Math.round(box.height)}, wanted ${main}`);
  }
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea')) {
    if (!seen(e)) continue;
    const own = e.closest('label') ?? (e.labels?.length ? e.labels[0] : null);
    const boxes = [e.getBoundingClientRect(), ...(own ? [own.getBoundingClientRect()] : [])];
    const inText = e.tagName === 'A' && getComputedStyle(e).display === 'inline';
    if (!inText && !boxes.some((b) => b.height >= least - 0.5 && b.width >= least - 0.5))
      out.push(`${word(e)} is ${Math.round(boxes[0].width)} × ${Math.round(boxes[0].height)}, wanted ${least}`);
  }
  return out;
}"""

_STICKING_OUT = """() => {
  const root = document.scrollingElement;
  const width = root.clientWidth;
  // Right-to-left pages overflow to the left, where scrollWidth says it too.
  if (root.scrollWidth <= width + 1) return [];
  const out = [...document.body.querySelectorAll('*')].filter((e) => {
    const box = e.getBoundingClientRect();
    return box.width && (box.right > width + 1 || box.left < -1) && !e.closest('.ds-sr-only, .hopp');
  });
  const worst = out.slice(-3).map((e) => `${e.tagName.toLowerCase()}.${e.className} «${(e.innerText || '').slice(0, 30)}»`);
  return [`${root.scrollWidth} px wide in ${width}: ${worst.join(' | ')}`];
}"""

_FOCUS = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  e.scrollIntoView({block: 'nearest'});
  const word = `${e.tagName.toLowerCase()}#${e.id} «${(e.innerText || e.value || '').trim().slice(0, 30)}»`;
  const shown = [e, e.closest('label'), e.parentElement].filter(Boolean).some((one) => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  });
  const box = e.getBoundingClientRect();
  const [x, y] = [box.x + box.width / 2, box.y + Math.min(box.height / 2, 20)];
  const top = document.elementFromPoint(x, y);
  const covered = top && !(e.contains(top) || top.contains(e) || top.closest('label')?.contains(e));
  const inside = y >= 0 && y <= innerHeight && x >= 0 && x <= innerWidth;
  return {word, shown, covered: Boolean(covered) ? `${top.tagName.toLowerCase()}.${top.className}` : '', inside};
}"""


@cache
def _axe_source() -> str:
    return AXE.read_text()


def axe(page: Page) -> list[str]:
    """What axe-core finds, one line each; put in by the debugger, so the page's own content policy stays on."""
    session = page.context.new_cdp_session(page)
    try:
        session.send("Runtime.evaluate", {"expression": f"window.axe || (() => {{ {_axe_source()} }})(); 0"})
        found: dict[str, Any] = session.send(
            "Runtime.evaluate",
            {
                "expression": "axe.run(document, %r).then((r) => r.violations)"
                % {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]},
                "awaitPromise": True,
                "returnByValue": True,
            },
        )
    finally:
        session.detach()
    assert "exceptionDetails" not in found, found
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n"
        + "\n".join(f"      {node['html'][:160]}\n        {node['failureSummary'][:300]}" for node in violation["nodes"][:4])
        for violation in found["result"]["value"]
    ]


def too_small(page: Page) -> list[str]:
    """What is pressed to get on and is smaller than a thumb, and anything smaller than WCAG 2.5.8 allows."""
    found: list[str] = page.evaluate(_TOO_SMALL, [MAIN_TARGET, LEAST_TARGET])
    return found


def sticking_out(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    found: list[str] = page.evaluate(_STICKING_OUT)
    return found


@contextmanager
def squeezed(page: Page, width: int, text: int = 100) -> Iterator[None]:
    """The page at another width (CSS px) and text size (per cent of the browser's own) inside the block."""
    before = page.viewport_size
    page.set_viewport_size({"width": width, "height": 740})
    page.evaluate("(size) => { document.documentElement.style.fontSize = size }", f"{text}%")
    yield
    page.evaluate("() => { document.documentElement.style.removeProperty('font-size') }")
    if before:
        page.set_viewport_size(before)


def focus_faults(page: Page, most: int = 120) -> list[str]:
    """Tab through the page from the top: every stop must show that it has focus, in view and not covered (WCAG 2.4.11)."""
    page.evaluate("() => { document.activeElement?.blur(); scrollTo(0, 0) }")
    faults: list[str] = []
    first = None
    for _ in range(most):
        page.keyboard.press("Tab")
        at = page.evaluate(_FOCUS)
        if at is None or at["word"] == first:
            break
        first = first or at["word"]
        if not at["shown"]:
            faults.append(f"focus is not seen on {at['word']}")
        if at["covered"]:
            faults.append(f"{at['word']} has focus behind {at['covered']}")
        if not at["inside"]:
            faults.append(f"{at['word']} has focus out of view")
    return faults


def faults(page: Page) -> list[str]:
    """Everything but focus, for the page as it stands: axe, overflow at 320 and 360 px and with text twice as big, targets."""
    found = [f"axe: {line}" for line in axe(page)]
    found += [f"target: {line}" for line in too_small(page)]
    for width, text in ((320, 100), (360, 100), (360, 200)):
        with squeezed(page, width, text):
            found += [f"{width} px, {text} % text: {line}" for line in sticking_out(page)]
    return found


def check(page: Page) -> None:
    """Raises AssertionError with one line for each fault of the page as it stands."""
    found = faults(page)
    assert not found, f"{page.url}:\n  - " + "\n  - ".join(found)
