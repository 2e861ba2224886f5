"""Rules beyond the worked examples: numbers, spans, clocks, and what must hold for any course."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.rules import AssignmentRules, Decided, Group, Handed, Late, Rules, assignment_grade, course_grade
from autograder.rules.clock import Span, after, days_late, hours_late, read_span
from autograder.rules.numbers import exact, rounded, shown

BERLIN, SEOUL = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Seoul")
DUE = datetime(2027, 5, 17, 23, 59, tzinfo=SEOUL)


def test_a_number_is_what_people_read() -> None:
    assert exact(0.1) + exact(0.2) == exact(0.3)
    assert exact("12.5%") == Fraction(1, 8)
    assert shown(exact(1) / 3) == "0.3333"
    assert shown(exact("-0.00001")) == "0"
    assert shown(exact(1234567)) == "1234567"


@pytest.mark.parametrize(
    ("value", "how", "expected"),
    [
        ("2.25", "half-up", "2.5"),
        ("2.25", "half-even", "2"),
        ("2.75", "half-even", "3"),
        ("2.26", "down", "2"),
        ("2.01", "up", "2.5"),
        ("2.5", "up", "2.5"),
        ("2.2", "half-up", "2"),
    ],
)
def test_rounding(value: str, how: str, expected: str) -> None:
    assert shown(rounded(exact(value), exact("0.5"), how)) == expected  # type: ignore[arg-type]


def test_spans() -> None:
    assert read_span("3d") == Span(3)
    assert read_span("1w 2d 12h 30m") == Span(9, timedelta(hours=12, minutes=30))
    assert str(read_span("9d 12h")) == "9d 12h"
    assert not read_span("0d")
    for bad in ("", "3", "d", "3 days", "-1d", "400d", "3d!", "1.5d"):
        with pytest.raises(ValueError):
            read_span(bad)


def test_a_deadline_in_the_hour_that_is_missing_or_twice_there() -> None:
    spring = datetime(2027, 3, 27, 2, 30, tzinfo=BERLIN)  # 02:30 does not exist on the 28th
    assert after(spring, Span(1)).astimezone(UTC) == datetime(2027, 3, 28, 0, 30, tzinfo=UTC)
    autumn = datetime(2027, 10, 30, 2, 30, tzinfo=BERLIN)  # 02:30 comes twice on the 31st: the later one counts
    assert after(autumn, Span(1)).astimezone(UTC) == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)


def test_the_second_of_two_equal_clock_times_is_late() -> None:
    due = datetime(2027, 10, 31, 2, 30, tzinfo=BERLIN)
    second = datetime(2027, 10, 31, 2, 30, fold=1, tzinfo=BERLIN)
    assert hours_late(second, due) == 1
    assert days_late(second, due) == 1
    assert days_late(due, due) == 0


@given(st.integers(0, 400 * 24 * 60), st.sampled_from([BERLIN, SEOUL, ZoneInfo("America/New_York"), ZoneInfo("UTC")]))
def test_days_late_are_the_days_by_which_the_deadline_must_move(minutes: int, zone: ZoneInfo) -> None:
    due = datetime(2027, 3, 1, 23, 59, tzinfo=zone)
    moment = (due.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(zone)
    days = days_late(moment, due)
    assert moment.astimezone(UTC) <= after(due, Span(days)).astimezone(UTC)
    assert days == 0 or moment.astimezone(UTC) > after(due, Span(days - 1)).astimezone(UTC)


LATES = st.builds(
    Late,
    grace=st.builds(Span, st.just(0), st.integers(0, 120).map(lambda m: timedelta(minutes=m))),
    per=st.sampled_from(["day", "hour"]),
    loss=st.integers(0, 30).map(lambda n: Fraction(n, 100)),
    points=st.none() | st.integers(0, 10).map(Fraction),
    of=st.sampled_from(["points", "earned"]),
    most=st.integers(0, 100).map(lambda n: Fraction(n, 100)),
    until=st.none() | st.integers(0, 9).map(Span),
)
HANDED = st.lists(
    st.builds(
        Handed,
        st.none() | st.integers(-48, 400).map(lambda h: DUE + timedelta(hours=h)),
        st.none() | st.integers(0, 100).map(lambda n: Fraction(n, 2)),
    ),
    max_size=4,
)


@given(LATES, HANDED, st.sampled_from(["best", "last", "first", "average"]), st.integers(0, 6), st.integers(0, 5))
def test_lateness_never_gives_points_and_slip_days_never_take_any(
    late: Late, handed: list[Handed], attempts: str, slip: int, days: int
) -> None:
    rules = AssignmentRules("10-gcn", DUE, Fraction(50), late=late, attempts=attempts)  # type: ignore[arg-type]
    free = AssignmentRules("10-gcn", DUE, Fraction(50), attempts=attempts)  # type: ignore[arg-type]
    grade = assignment_grade(rules, handed, slip_days=slip)
    assert 0 <= grade.slip_days <= slip
    if grade.points is None:
        return
    assert sum(line.points or 0 for line in grade.lines) == grade.points
    assert 0 <= grade.points <= max([one.score or 0 for one in handed], default=0)
    if late.until is None:
        assert grade.points <= (assignment_grade(free, handed).points or 0)
        extended = Decided(extension=Span(days))
        assert (assignment_grade(rules, handed, extended).points or 0) >= (assignment_grade(rules, handed).points or 0)
    assert grade.points >= (assignment_grade(rules, handed).points or 0)  # as without slip days
    assert assignment_grade(rules, handed, slip_days=slip) == grade


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.integers(0, 9), st.booleans(), st.sampled_from(["a", "b"])),
        min_size=1,
        max_size=8,
    ),
    st.integers(0, 3),
    st.booleans(),
)
def test_a_course_grade_is_a_sum_between_nothing_and_everything(
    given_: list[tuple[int, int, bool, str]], drop: int, grouped: bool
) -> None:
    ruled = [
        AssignmentRules(f"{n:02}-x", DUE + timedelta(days=n), Fraction(50), Fraction(weight), extra=extra, group=group)
        for n, (_, weight, extra, group) in enumerate(given_)
    ]
    groups = {"a": Group(Fraction(3), drop), "b": Group(Fraction(1))} if grouped else {}
    handed = {one.slug: [Handed(None, Fraction(score))] for one, (score, *_) in zip(ruled, given_, strict=True)}
    grade = course_grade(Rules(drop_lowest=drop, groups=groups), ruled, handed, {})
    if grade.total is None:
        return
    assert sum(line.points or 0 for line in grade.lines) == grade.total
    plain = [one for one in ruled if not one.extra]
    most = 100 + sum(
        (100 * one.weight / max(1, sum(p.weight for p in plain)) for one in ruled if one.extra), Fraction(0)
    )
    assert 0 <= grade.total <= most + Fraction(1, 100)
    assert grade.final
