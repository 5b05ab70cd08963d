"""Sent twice, done once: a form that makes something carries the id of what it will make.

The page shows ``key()`` in a hidden field called ``nokkel``; the view makes the row with ``row_id()``. Another press of
the button, or a page sent again on a bad line, then finds the row that is there.
"""

from __future__ import annotations

from uuid import UUID

from flask import request

from webapp.platform import ids


def key() -> str:
    """The key for the page's form: the one it came with, else a new one."""
    return row_id().hex


def row_id() -> UUID:
    """The id that the sent form names; a new one when it names none that could be an id."""
    text = request.form.get("nokkel", "")
    try:
        return UUID(hex=text) if len(text) == 32 else ids.new_id()
    except ValueError:
        return ids.new_id()
