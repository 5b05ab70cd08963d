"""telefon: when it makes sense to ask about the home screen."""

from __future__ import annotations


def asks(*, visits: int, delivered: bool, answered: bool, helped: bool) -> bool:
    """Ask once, when they have come to use it: after the first delivery or on the second visit.

    Not when somebody else types for them (K1): the phone may be the helper's.
    """
    return not answered and not helped and (delivered or visits >= 2)
