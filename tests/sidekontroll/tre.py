"""The tree of an HTML page, parsed as browsers do it today, as elements of the standard library; and what was wrong.

html5ever (Servo's parser) does the work, a third of the time of one in Python: every page of every test comes here.
"""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Comment, Element

from markupever import HtmlOptions, Parser, dom


def parse(html: str) -> tuple[Element, list[str]]:
    """The <html> element, and the parse errors in the parser's own words. Nothing carries a namespace."""
    parser = Parser(HtmlOptions(exact_errors=True))
    parser.process(html)
    parser.finish()
    errors = list(parser.errors())
    root = next(node for node in parser.into_dom().root().children() if isinstance(node, dom.Element))
    return _element(root), errors


def _element(node: dom.Element) -> Element:
    made = Element(node.name.local, {name.local: value for name, value in node.attrs.items()})
    last: Element[Any] | None = None
    for child in node.children():
        if isinstance(child, dom.Text):
            if last is None:
                made.text = (made.text or "") + child.content
            else:
                last.tail = (last.tail or "") + child.content
        elif isinstance(child, dom.Element | dom.Comment):
            last = _element(child) if isinstance(child, dom.Element) else Comment(child.content)
            made.append(last)
    return made
