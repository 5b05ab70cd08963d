"""What is typed is left in no file of the browser's (decision 16): not for offering it, not for opening tabs again.

Chromium keeps what stands in the fields of every tab, in clear, in its list of tabs to open again, but for fields that
say autocomplete="off". tests/browser/test_left_behind.py looks into such a folder.
"""

from collections.abc import Iterator

from tests.sidekontroll.page import Page, describe

NOT_TYPED = {"hidden", "submit", "button", "reset", "image", "file"}


def not_kept_by_the_browser(page: Page) -> Iterator[str]:
    """Every field of a bruker, and the choices too: its form or the field itself says autocomplete="off"."""
    if page.path.startswith("/veileder"):
        return
    for field in page.all("input", "textarea", "select"):
        if field.get("type") in NOT_TYPED or "readonly" in field.attrib:
            continue
        form = page.ids.get(field.get("form", "")) if "form" in field.attrib else page.inside(field, "form")
        said = field.get("autocomplete") or (form.get("autocomplete") if form is not None else None)
        if said is None or said.split(" ")[0] not in {"off", "one-time-code", "username"}:
            yield f'the browser keeps what is typed; it lacks autocomplete="off": {describe(field)}'


def open_to_the_keyboard(page: Page) -> Iterator[str]:
    """The keyboard's own microphone works in every field: none cuts what is said, or hides the keyboard."""
    if page.path.startswith("/veileder"):
        return
    for field in page.all("input", "textarea"):
        if field.get("type") in NOT_TYPED:
            continue
        if "maxlength" in field.attrib:
            yield f"it cuts what is dictated (use data-maks): {describe(field)}"
        if field.get("inputmode") == "none":
            yield f"no keyboard, so no microphone: {describe(field)}"


RULES = (not_kept_by_the_browser, open_to_the_keyboard)
