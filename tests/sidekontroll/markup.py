"""Valid, well-formed pages, with nothing that the content policy stops."""

from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.sidekontroll.page import Page, describe, is_element

REFERENCES = (
    "aria-activedescendant", "aria-controls", "aria-describedby", "aria-details", "aria-errormessage", "aria-flowto",
    "aria-labelledby", "aria-owns", "for", "form", "headers", "list", "popovertarget",
)  # fmt: skip
LABELABLE = {"button", "input", "meter", "output", "progress", "select", "textarea"}
DATA_BLOCKS = {"application/json", "application/ld+json", "speculationrules"}
CHILDREN = {
    "ul": {"li", "script", "template"},
    "ol": {"li", "script", "template"},
    "dl": {"dt", "dd", "div", "script", "template"},
}
FETCHED = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "form": "action",
    "source": "src",
    "audio": "src",
}


def valid_html(page: Page) -> Iterator[str]:
    """What a validator's parser says."""
    if not page.text.lstrip().lower().startswith("<!doctype html>"):
        yield "no <!doctype html> first"
    yield from page.errors


def one_of_each(page: Page) -> Iterator[str]:
    """One title, one h1, one main; headings that go down one step at a time."""
    titles = [page.spoken(title) for title in page.all("title") if page.inside(title, "svg") is None]
    if len(titles) != 1 or not titles[0].strip(" –-|"):
        yield f"title must be there once and say something: {titles}"
    elif titles[0].startswith(("–", "-", "|")):
        yield f"title lacks the page's own part: «{titles[0]}»"
    for tag in ("h1", "main"):
        if len(page.all(tag)) != 1:
            yield f"{len(page.all(tag))} <{tag}>, must be exactly one"
    previous = 0
    for heading in page.all("h1", "h2", "h3", "h4", "h5", "h6"):
        level = int(heading.tag[1])
        # The error summary is an h2 that stands before the page's h1.
        if level > max(previous + 1, 2):
            yield f"heading skips from h{previous} to h{level}: «{page.spoken(heading)[:60]}»"
        if not page.spoken(heading):
            yield f"empty heading {describe(heading)}"
        previous = level


def ids(page: Page) -> Iterator[str]:
    """Ids are unique, and whatever points at one hits."""
    counted = Counter(element.attrib["id"] for element in page.elements if "id" in element.attrib)
    for value, count in counted.items():
        if count > 1:
            yield f"id «{value}» stands {count} times"
        if not value or any(character.isspace() for character in value):
            yield f"id «{value}» is empty or has a space"
    for element in page.elements:
        for attribute in REFERENCES:
            for target in element.get(attribute, "").split():
                if target not in page.ids:
                    yield f"{attribute}=«{target}» points at nothing: {describe(element)}"
            if attribute in element.attrib and not element.attrib[attribute].strip():
                yield f"empty {attribute}: {describe(element)}"
        href = element.get("href", "")
        if element.tag == "a" and len(href) > 1 and href.startswith("#") and href[1:] not in page.ids:
            yield f"link to «{href}» points at nothing"
        yield from _right_kind(page, element)


def _right_kind(page: Page, element: Element) -> Iterator[str]:
    label_for, form = page.ids.get(element.get("for", "")), page.ids.get(element.get("form", ""))
    if element.tag == "label" and label_for is not None and label_for.tag not in LABELABLE:
        yield f"label for={element.get('for')!r} points at {describe(label_for)}"
    if form is not None and form.tag != "form":
        yield f"form={element.get('form')!r} points at {describe(form)}"


def nothing_inline(page: Page) -> Iterator[str]:
    """No script, style or handler in the page, and nothing fetched from elsewhere: the content policy would stop it."""
    for element in page.elements:
        if element.tag == "script" and "src" not in element.attrib and element.get("type") not in DATA_BLOCKS:
            yield "inline <script>"
        if element.tag == "style":
            yield "inline <style>"
        if element.tag in {"base", "iframe", "object", "embed", "applet", "frame"}:
            yield f"<{element.tag}> is not used here"
        for name, value in element.attrib.items():
            if name == "style" or (name.startswith("on") and len(name) > 2):
                yield f"attribute {name} in {describe(element)}"
            if name in {"href", "src", "action", "formaction"} and value.strip().lower().startswith(
                ("javascript:", "vbscript:")
            ):
                yield f"script in the address of {describe(element)}"
        address = element.get(FETCHED.get(element.tag, ""), "")
        if "://" in address.split("?")[0] or address.startswith("//"):
            yield f"third party: {describe(element)}"


def content_models(page: Page) -> Iterator[str]:
    """What the parser lets through, but a screen reader stumbles over."""
    for element in page.elements:
        allowed = CHILDREN.get(element.tag)
        for child in element:
            if allowed and is_element(child) and child.tag not in allowed:
                yield f"<{child.tag}> directly in <{element.tag}>"
        if allowed and ((element.text or "").strip() or any((child.tail or "").strip() for child in element)):
            yield f"text directly in <{element.tag}>"
        if element.tag == "li" and page.inside(element, "ul", "ol", "menu") is None:
            yield "<li> outside a list"
        if element.tag in {"a", "button"} or (element.tag == "label" and "for" in element.attrib):
            yield from _nested(page, element)
        if element.tag == "details" and (len(element) == 0 or element[0].tag != "summary"):
            yield "<details> must begin with <summary>"
        if element.get("tabindex", "0").lstrip("-").isdigit() and int(element.get("tabindex", "0")) > 0:
            yield f"tabindex above 0 changes the order of the page: {describe(element)}"
        if element.tag == "meta" and element.get("name") == "viewport":
            content = element.get("content", "").replace(" ", "")
            if "user-scalable=no" in content or "maximum-scale" in content:
                yield "viewport stops people from enlarging the page (WCAG 1.4.4)"


def _nested(page: Page, element: Element) -> Iterator[str]:
    for inner in element.iter():
        inner_is_control = inner.tag in {"a", "button", "select", "textarea"} or (
            inner.tag == "input" and inner.get("type") != "hidden"
        )
        if inner is not element and inner_is_control and inner is not page.ids.get(element.get("for", "")):
            yield f"{describe(inner)} inside {describe(element)}"


RULES = (valid_html, one_of_each, ids, nothing_inline, content_models)
