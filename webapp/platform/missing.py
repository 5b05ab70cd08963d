"""What is asked for is not here: one kind of exception for all rooms, so that it is the 404 page wherever it goes."""

from __future__ import annotations


class NotHere(LookupError):
    """There is no such thing, or not any more: it may go in the very second in which a page of it is made."""
