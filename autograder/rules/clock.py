"""Deadlines on the course's clock. A day is a day of the calendar, be it of 23, 24 or 25 hours; an hour is an hour.

A deadline at 23:59 that is moved by three days is at 23:59 three days later, also where the clocks change in between.
Where that clock time comes twice, the later one counts; where it does not exist, it is read in the offset that holds
after the change: 02:30 in a missing hour from 02:00 to 03:00 is 01:30.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_PART = re.compile(r"(\d+)\s*(w|d|h|m)")
_SPAN = re.compile(rf"\s*(?:{_PART.pattern}\s*)+")
MOST_DAYS = 366


@dataclass(frozen=True, order=True)
class Span:
    """A length of time as people write it: 3d, 36h, 1d 12h, 15m.

    days: days of the calendar.
    time: the hours and minutes besides.
    """

    days: int = 0
    time: timedelta = timedelta()

    def __str__(self) -> str:
        hours, rest = divmod(int(self.time.total_seconds()), 3600)
        parts = [(self.days, "d"), (hours, "h"), (rest // 60, "m")]
        return " ".join(f"{number}{unit}" for number, unit in parts if number) or "0m"

    def __bool__(self) -> bool:
        return bool(self.days or self.time)


NO_TIME = Span()


def read_span(text: str) -> Span:
    """The span written as 3d, 36h, 1w 2d or 15m. Raises ValueError for anything else, and for more than a year."""
    if not _SPAN.fullmatch(text):
        raise ValueError(f'"{text}" is not a time; write 3d, 36h or 1d 12h')
    number = dict.fromkeys("wdhm", 0)
    for count, unit in _PART.findall(text):
        number[unit] += int(count)
    if number["w"] * 7 + number["d"] + number["h"] / 24 + number["m"] / 1440 > MOST_DAYS:
        raise ValueError(f'"{text}" is more than a year')
    return Span(7 * number["w"] + number["d"], timedelta(hours=number["h"], minutes=number["m"]))


def after(moment: datetime, span: Span) -> datetime:
    """The moment that much later: first the days of the calendar, on the moment's own clock, then the hours."""
    moved = (moment + timedelta(days=span.days)).replace(fold=1) if span.days else moment
    return (moved.astimezone(UTC) + span.time).astimezone(moment.tzinfo) if span.time else moved


def is_after(one: datetime, other: datetime) -> bool:
    """Whether one moment comes after the other. Compared in UTC: within one zone Python compares clock times alone."""
    return one.astimezone(UTC) > other.astimezone(UTC)


def days_late(moment: datetime, due: datetime) -> int:
    """How many days after the deadline have begun; 0 up to the deadline."""
    if not is_after(moment, due):
        return 0
    days = max(0, (moment.astimezone(UTC) - due.astimezone(UTC)).days - 1)
    while is_after(moment, after(due, Span(days))):
        days += 1
    return days


def hours_late(moment: datetime, due: datetime) -> int:
    """How many hours after the deadline have begun."""
    late = moment.astimezone(UTC) - due.astimezone(UTC)
    return max(0, -(-late // timedelta(hours=1)))
