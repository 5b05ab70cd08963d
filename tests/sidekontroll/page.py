"""A parsed page: the tree, who is whose parent, and what a screen reader would call things."""

from collections.abc import Iterator
from functools import cached_property
from xml.etree.ElementTree import Element

from werkzeug.wrappers import Response

from tests.sidekontroll.tre import parse


def is_element(node: Element) -> bool:
    """False for a comment, whose tag is a function."""
    tag: object = node.tag
    return isinstance(tag, str)


class Page:
    """An HTML response, parsed as a browser parses it. SVG elements carry no namespace here."""

    def __init__(self, response: Response, locale: str) -> None:
        self.headers = response.headers
        self.status = response.status_code
        self.locale = locale
        request = getattr(response, "request", None)
        self.path = request.path if request is not None else "?"
        self.method = request.method if request is not None else "GET"
        self.text = response.get_data(as_text=True)
        self.root, self.errors = parse(self.text)

    @cached_property
    def elements(self) -> list[Element]:
        """Every element, in the page's order, without comments."""
        return [element for element in self.root.iter() if is_element(element)]

    @cached_property
    def _parents(self) -> dict[Element, Element]:
        return {child: parent for parent in self.root.iter() for child in parent}

    @cached_property
    def ids(self) -> dict[str, Element]:
        """The first element with each id."""
        found: dict[str, Element] = {}
        for element in self.elements:
            if "id" in element.attrib:
                found.setdefault(element.attrib["id"], element)
        return found

    def all(self, *tags: str) -> list[Element]:
        """Every element with one of these tags."""
        return [element for element in self.elements if element.tag in tags]

    def ancestors(self, element: Element, *, itself: bool = False) -> Iterator[Element]:
        """From the nearest to <html>."""
        if itself:
            yield element
        while element in self._parents:
            element = self._parents[element]
            yield element

    def inside(self, element: Element, *tags: str) -> Element | None:
        """The nearest ancestor with one of these tags."""
        return next((ancestor for ancestor in self.ancestors(element) if ancestor.tag in tags), None)

    def is_silent(self, element: Element) -> bool:
        """True when a screen reader passes over it."""
        return any(one.get("aria-hidden") == "true" for one in self.ancestors(element, itself=True))

    def name(self, element: Element) -> str:
        """Roughly the accessible name: aria-labelledby, aria-label, or what is inside; empty when there is none."""
        by = element.get("aria-labelledby", "")
        named = " ".join(self.spoken(self.ids[part]) for part in by.split() if part in self.ids)
        return named.strip() or element.get("aria-label", "").strip() or self.spoken(element)

    def spoken(self, element: Element) -> str:
        """What is inside an element, as it is read aloud."""
        if element.get("aria-hidden") == "true" or not is_element(element):
            return ""
        if element.tag == "img":
            return element.get("alt", "").strip()
        parts = [element.get("aria-label", ""), element.text or ""]
        for child in element:
            parts += [self.spoken(child), child.tail or ""]
        return " ".join(" ".join(parts).split())


def describe(element: Element) -> str:
    """The start tag, short, for a message."""
    attributes = "".join(f' {name}="{value[:40]}"' for name, value in list(element.attrib.items())[:5])
    return f"<{element.tag}{attributes}>"
