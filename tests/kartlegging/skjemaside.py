"""What a browser sends back: the forms of a page without JavaScript, and JSON as our scripts do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

from tests.klient import Klient
from tests.sidekontroll.tre import parse

Felter = dict[str, list[str]]


def send_json(klient: Klient, path: str, body: Any, status: int = 200, **kwargs: Any) -> Any:
    """Send JSON as our own scripts do; returns what the answer says."""
    return klient.json(path, body, status, **kwargs).json


def felter(html: str, skjema: str = "hovedskjema") -> Felter:
    """What the form with id ``skjema`` would post, button not counted: names to values, in the order of the page."""
    root, _ = parse(html)
    form = next(one for one in root.iter("form") if one.get("id") == skjema)
    fields: Felter = {}
    for element in form.iter():
        name = element.get("name")
        if not name or element.tag == "button":
            continue
        value = _value(element)
        if value is not None:
            fields.setdefault(name, []).append(value)
    return fields


def _value(element: Element) -> str | None:
    if element.tag == "textarea":
        return (element.text or "").replace("\n", "\r\n")  # as browsers send line breaks
    if element.get("type") in {"radio", "checkbox"} and "checked" not in element.attrib:
        return None
    return element.get("value", "")


def med(fields: Felter, **changes: Any) -> dict[str, Any]:
    """The same form with some fields filled in otherwise. Dots in names are written as two underscores, - as one."""
    return med_navn(fields, {name.replace("__", ".").replace("_", "-"): value for name, value in changes.items()})


def med_navn(fields: Felter, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The same form with ``changes`` by field name; None takes a field away."""
    result: dict[str, Any] = {**fields, **changes}
    return {name: value for name, value in result.items() if value is not None}


def verdi(fields: Felter, name: str) -> str:
    """The value of a field with one value, with line breaks as they were typed."""
    (value,) = fields[name]
    return value.replace("\r\n", "\n")
