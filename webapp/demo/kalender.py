"""Days counted from today, so that deadlines look right whenever the demo people are loaded."""

from __future__ import annotations

from datetime import UTC, datetime, time

from webapp.platform import clock
from webapp.platform.dates import OSLO, add_days, add_working_days, is_working_day, oslo_date


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
        return datetime.combine(day, time.fromisoformat(kl), tzinfo=OSLO).astimezone(UTC)
