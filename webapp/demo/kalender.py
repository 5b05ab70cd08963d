"""Days counted from today, so that deadlines look right whenever the demo people are loaded."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from webapp.platform import clock
from webapp.platform.dates import OSLO, add_days, add_working_days, is_working_day, oslo, oslo_date

OPENS, CLOSES = time(8, 30), time(16)


class Kalender:
    """What «today» is while one load goes on, also past midnight."""

    def __init__(self) -> None:
        self.now = clock.now()
        self.today = oslo_date(self.now)

    def at(self, dag: int, kl: str, *, office: bool = False) -> datetime:
        """The moment ``dag`` days from today at ``kl`` in Norway.

        ``office``: on a working day, the one before when it is past and the one after when it is to come.
        """
        day = add_days(self.today, dag)
        if office and dag > 0:
            day = add_working_days(day, 0)
        while office and dag <= 0 and not is_working_day(day):
            day = add_days(day, -1)
        return _moment(day, time.fromisoformat(kl))

    def before(self, limit: datetime, dag: int, kl: str, *, office: bool = False) -> datetime:
        """The same, or as many days earlier as it takes to be before ``limit``."""
        while (moment := self.at(dag, kl, office=office)) >= limit:
            dag -= 1
        return moment


def when_open(moment: datetime) -> datetime:
    """``moment`` when the office is open then, else when it opens next."""
    day, clock_time = oslo_date(moment), oslo(moment).time()
    if is_working_day(day) and OPENS <= clock_time < CLOSES:
        return moment
    return _moment(add_working_days(day, 0 if clock_time < OPENS else 1), OPENS)


def _moment(day: date, clock_time: time) -> datetime:
    return datetime.combine(day, clock_time, tzinfo=OSLO).astimezone(UTC)
