"""Pure rules of reminders: when each is sent, when nobody is disturbed, and how long one tries. No clock of its own."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from webapp.platform.dates import OSLO, add_days, is_working_day, oslo, oslo_date
from webapp.platform.utboks import Hendelse

IN_THE_MORNING = time(10)  # when what is not urgent is sent: people are up, and the kontor can be called
QUIET_FROM, QUIET_TO = 21, 8

# A worker that says nothing for so long is believed to be dead.
LEASE = timedelta(minutes=2)
# After so long it begins no further message of what it took: a slow server would hold it until the lease is over.
ENOUGH = LEASE / 2
# What fails by itself (one address, not the whole channel) is tried for about two and a half days.
MOST_TRIES = 18
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
# How far the clock of another worker's machine may be ahead of ours. Further ahead: from before it was put back.
AHEAD = timedelta(seconds=5)
# What could not be sent for so long, whatever the reason, is given up: news of a fortnight ago is no news.
TOO_OLD = timedelta(days=7)
# Longer than anything waits between two looks: quiet hours of 23 hours on the day that has 25.
LONGEST_REST = timedelta(hours=25)
# How long the whole channel rests after it did not answer, in seconds.
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 120.0

# What is sent even if the bruker has just been told that there is something new. What concerns a deadline is proof of
# its own (U3), and so is each step of a klage; the rest are the same words about news that lies there (S6).
ALONE = frozenset(
    {Hendelse.VARSEL, Hendelse.AVGJORELSE, Hendelse.KLAGE, Hendelse.MOTE, Hendelse.SAMMENDRAG, Hendelse.PROVE}
)
# So long the rest waits, so that five remarks written in a row become one message.
GATHER = timedelta(minutes=10)


class Resultat(StrEnum):
    """What is known of a message (see models.PaminnelseSendt)."""

    SYNLIG = "synlig"
    SENDT = "sendt"
    UVISS = "uviss"
    AVVIST = "avvist"


def wait(tries: int, chance: float) -> timedelta:
    """How long until the next try after ``tries`` that failed; ``chance`` (0 to 1) spreads them by a quarter."""
    whole: timedelta = min(FIRST_WAIT * 2.0 ** min(tries - 1, 20), LONGEST_WAIT)
    return whole * (0.75 + 0.5 * chance)


def pause(failures: int) -> float:
    """Seconds that a channel rests after it has not answered ``failures`` times in a row."""
    return min(FIRST_PAUSE * 2.0 ** min(failures - 1, 20), LONGEST_PAUSE)


def after_quiet(moment: datetime, fra: int, til: int) -> datetime:
    """``moment``, or the end of the quiet hours that it falls in (hours on a Norwegian wall clock)."""
    local = oslo(moment)
    if fra == til:
        return moment
    quiet = fra <= local.hour < til if fra < til else local.hour >= fra or local.hour < til
    if not quiet:
        return moment
    day = local.date() if local.hour < til else add_days(local.date(), 1)
    return datetime.combine(day, time(til), OSLO).astimezone(moment.tzinfo)


def next_quiet(moment: datetime, fra: int, til: int) -> datetime | None:
    """When the quiet hours after ``moment``, which is outside them, begin; None when there are none."""
    if fra == til:
        return None
    local = oslo(moment)
    day = local.date() if local.hour < fra else add_days(local.date(), 1)
    return datetime.combine(day, time(fra), OSLO).astimezone(moment.tzinfo)


def in_the_morning(day: date) -> datetime:
    """Ten o'clock that day, in Norway."""
    return datetime.combine(day, IN_THE_MORNING, OSLO)


def halfway(sent: datetime, frist: datetime) -> datetime:
    """Half the time that was given."""
    return sent + max(frist - sent, timedelta(0)) / 2


def two_days_before(frist: datetime) -> datetime:
    """Ten o'clock two working days before the last day (``frist`` is the moment that day is over)."""
    day, left = oslo_date(frist - timedelta(microseconds=1)), 2
    while left:
        day = add_days(day, -1)
        left -= is_working_day(day)
    return in_the_morning(day)


def before_meeting(nar: datetime, now: datetime) -> datetime:
    """Ten o'clock the day before, or now when that has been."""
    return max(in_the_morning(add_days(oslo_date(nar), -1)), now)


def news_since(laget: datetime, send_etter: datetime) -> datetime:
    """From when there is something to find: it happened then (``laget``), or it was planned for a later day."""
    return laget if send_etter <= laget + GATHER else send_etter


def gathered(now: datetime) -> datetime:
    """A little later, together with what else comes now."""
    return now + GATHER
