"""What a device is called in «mine pålogginger» and in the list of passkeys: a few words of ours."""

from __future__ import annotations

from flask import request


def here() -> str:
    """The device this request comes from; see ``words``."""
    return words(request.user_agent.string)


def words(user_agent: str) -> str:
    """The kind of device and browser in a few words, enough to recognise one's own; never the whole string."""
    systems = (
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    )
    browsers = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    parts = [next((name for mark, name in choices if mark in user_agent), "") for choices in (systems, browsers)]
    return " · ".join(part for part in parts if part)
