"""The random histories find what they are there to find: with one guard taken away, one of them breaks.

Either the judge sees a rule broken in the rows, or a trigger refuses what the service let through. Not here, because
32 histories seldom come there: a promised conversation, time given in an earlier matter, found work, what a reduction
must say, and a showing on the day itself. Those guards have tests of their own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from tests.varsel.historie import walk
from tests.verden import Verden
from webapp.platform import attempts, audit, clock
from webapp.varsel import avgjore, grunn, rules

pytestmark = pytest.mark.en_gang


def always(answer: Any) -> Callable[..., Any]:
    """A guard that has stopped looking."""
    return lambda *_args, **_kwargs: answer


def _earlier(_db: Any, _kommune_id: int) -> datetime:
    return clock.now()


GUARDS = {
    "U1: the ground": (grunn, "missing_here", always(())),
    "V1: when it can count as not met": (grunn, "due", always(True)),
    "U2: no more than the vilkår said": (grunn, "limits", always((10**6, 99))),
    "U3: heard, or the deadline has passed": (rules, "heard", always(True)),
    "U3: the deadline": (rules, "deadline", lambda reached, *_rest: reached),
    "U6: every point is weighed": (avgjore, "points", always([])),
    "a clock that is set back": (audit, "moment", _earlier),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_without_this_guard_a_history_breaks(
    app: Flask, verden: Verden, monkeypatch: pytest.MonkeyPatch, guard: str
) -> None:
    monkeypatch.setattr(attempts, "count", always(None))
    module, name, instead = GUARDS[guard]
    monkeypatch.setattr(module, name, instead)
    with pytest.raises(BaseException):  # noqa: B017, PT011 -- the judge, a trigger, or several at once (ExceptionGroup)
        walk(app, verden, 32)
