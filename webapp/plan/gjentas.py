"""When a step that comes again and again comes for the first time. Pure."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

DAYS = {"daglig": 1, "ukentlig": 7, "annenhver_uke": 14}


def first_time(last: date, hvor_ofte: str, since: date) -> date:
    """Counted back from ``last``, whole weeks or months at a time: the first of those days not before ``since``.

    ``last`` itself when none of the others is, or when it does not come again.
    """
    if since >= last:
        return last
    if hvor_ofte == "manedlig":
        months = (last.year - since.year) * 12 + last.month - since.month
        first = _months_before(last, months)
        return first if first >= since else _months_before(last, months - 1)
    step = DAYS.get(hvor_ofte)
    return last - timedelta(days=(last - since).days // step * step) if step else last


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
