"""Everything one can do or see has a name that is read aloud, and every form is protected."""

from collections import defaultdict
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.sidekontroll.page import Page, describe

BUTTON_TYPES = {"submit", "button", "reset", "image"}


def _controls(page: Page) -> list[Element]:
    return [
        element
        for element in page.all("input", "select", "textarea")
        if element.get("type") not in BUTTON_TYPES | {"hidden"} and not page.is_silent(element)
    ]


def labels(page: Page) -> Iterator[str]:
    """Every control has a label; a placeholder is none (WCAG 3.3.2)."""
    labelled = {label.get("for") for label in page.all("label") if page.spoken(label)}
    for control in _controls(page):
        around = page.inside(control, "label")
        named = control.get("aria-label", "").strip() or (control.get("aria-labelledby") and page.name(control))
        if (
            control.get("id") not in labelled - {None}
            and not (around is not None and page.spoken(around))
            and not named
        ):
            yield f"control without label: {describe(control)}"
        if control.get("type") in {"radio", "checkbox"} and "value" not in control.attrib:
            yield f"a choice without value posts «on»: {describe(control)}"


def groups(page: Page) -> Iterator[str]:
    """Choices that belong together are a group with a name (WCAG 1.3.1)."""
    together: dict[tuple[str, Element | None], list[Element]] = defaultdict(list)
    for control in _controls(page):
        if control.get("type") in {"radio", "checkbox"} and control.get("name"):
            together[control.get("name", ""), page.inside(control, "form")].append(control)
    for (name, _form), controls in together.items():
        if len(controls) > 1 and not all(_group_name(page, control) for control in controls):
            yield f"the choices «{name}» are not in a <fieldset> with <legend>, or another named group"
    for fieldset in page.all("fieldset"):
        if not _group_name(page, next(iter(fieldset), fieldset), fieldset):
            yield f"<fieldset> without name: {describe(fieldset)}"


def _group_name(page: Page, control: Element, group: Element | None = None) -> str:
    candidates = [group] if group is not None else list(page.ancestors(control))
    for one in candidates:
        if one.get("role") in {"group", "radiogroup"} or one.tag == "fieldset":
            legend = next((child for child in one if child.tag == "legend"), None)
            name = page.spoken(legend) if legend is not None else ""
            name = name or one.get("aria-label", "") or (page.name(one) if one.get("aria-labelledby") else "")
            if name:
                return name
    return ""


def buttons_links_and_pictures(page: Page) -> Iterator[str]:
    """What is pressed or looked at has words."""
    for button in page.all("button", "summary"):
        if not page.is_silent(button) and not page.name(button):
            yield f"without words: {describe(button)}"
    for button in page.all("input"):
        if button.get("type") in BUTTON_TYPES and not (
            button.get("value") or button.get("aria-label") or button.get("alt")
        ):
            yield f"without words: {describe(button)}"
    for link in page.all("a"):
        if not page.is_silent(link) and not page.name(link):
            yield f"link without words: {describe(link)}"
        if not link.get("href"):
            yield f"link that leads nowhere: {describe(link)}"
        if link.get("target") == "_blank" and "noopener" not in link.get("rel", ""):
            yield f"new window without rel=noopener: {describe(link)}"
    for image in page.all("img"):
        if "alt" not in image.attrib:
            yield f"picture without alt: {describe(image)}"
    for drawing in page.all("svg"):
        named = drawing.get("role") == "img" and page.name(drawing)
        if not named and not page.is_silent(drawing):
            yield f"drawing that is neither named (role=img) nor silent (aria-hidden): {describe(drawing)}"


def tables(page: Page) -> Iterator[str]:
    """A table says what it is and what its columns are."""
    for table in page.all("table"):
        if table.get("role") == "presentation":
            yield "layout by table"
        caption = next((child for child in table if child.tag == "caption"), None)
        if (
            not (caption is not None and page.spoken(caption))
            and not table.get("aria-label")
            and not table.get("aria-labelledby")
        ):
            yield f"table without caption: {describe(table)}"
        heads = [cell for cell in table.iter() if cell.tag == "th"]
        if not heads:
            yield f"table without <th>: {describe(table)}"
        for cell in heads:
            if cell.get("scope") not in {"col", "row", "colgroup", "rowgroup"}:
                yield f"<th> without scope: «{page.spoken(cell)}»"


def named_regions(page: Page) -> Iterator[str]:
    """Several <nav> are told apart by name."""
    navigations = [
        page.name(nav) if nav.get("aria-label") or nav.get("aria-labelledby") else "" for nav in page.all("nav")
    ]
    if len(navigations) > 1 and (not all(navigations) or len(set(navigations)) < len(navigations)):
        yield f"several <nav> need different names: {navigations}"


def forms(page: Page) -> Iterator[str]:
    """Every form that changes something carries the key that shows it came from us; no key in an address."""
    for form in page.all("form"):
        own = [
            field
            for field in page.all("input")
            if field.get("name") == "csrf_token"
            and (field.get("form") == form.get("id") if "form" in field.attrib else page.inside(field, "form") is form)
        ]
        if form.get("method", "get").lower() == "post":
            if len(own) != 1 or not own[0].get("value"):
                yield f"post form with {len(own)} csrf_token: {describe(form)}"
        elif own:
            yield f"the form key would stand in the address: {describe(form)}"


RULES = (labels, groups, buttons_links_and_pictures, tables, named_regions, forms)
