"""One student's grade in one assignment, as a sum that the student can follow line by line.

The order is fixed. An extension moves the deadline; grace is asked next; slip days are spent on what is late then; what
is left costs points, up to a cap; then attempts are compared, and the result is rounded. What somebody decided
(excused, another score) stands in place of all that. A grade that is held is worked out and not shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from typing import Literal, TypeAlias

from autograder.i18n import Said, message, plural
from autograder.rules.clock import NO_TIME, Span, after, days_late, hours_late, is_after
from autograder.rules.numbers import percent, rounded, shown
from autograder.rules.policy import AssignmentRules, Late, Rules

State: TypeAlias = Literal["graded", "pending", "unreadable", "missing", "open", "excused"]


@dataclass(frozen=True)
class Handed:
    """One attempt.

    submitted: when it was handed in; None where nobody knows.
    score: what its checks gave; None for an unreadable file.
    pending: whether some checks must still be run.
    """

    submitted: datetime | None
    score: Fraction | None
    pending: bool = False


@dataclass(frozen=True)
class Decided:
    """What somebody decided on this student's work in this assignment.

    extension: how much later it is due.
    score: instead of what was graded; None to keep that.
    excused: whether it is left out.
    held: whether the grade is kept back.
    reason: of the score, as the student reads it.
    """

    extension: Span = NO_TIME
    score: Fraction | None = None
    excused: bool = False
    held: bool = False
    reason: str = ""


NOTHING = Decided()
PLAIN = Rules()


@dataclass(frozen=True)
class Line:
    """A line of the sum.

    text: what it is about.
    points: what it adds or takes; None for a remark.
    """

    text: Said
    points: Fraction | None = None


@dataclass(frozen=True)
class Grade:
    """A grade and its sum.

    slug: the assignment's.
    state: "graded"; "pending" (some checks are to be run again); "unreadable"; "missing"; "open" (it is not due yet and
        nothing was handed in); "excused".
    points: the grade; None where there is none, which is not 0.
    out_of: all points of the assignment.
    lines: the sum; the points of its lines add up to the grade.
    slip_days: how many slip days were used for it.
    held: whether the student must not see it yet.
    """

    slug: str
    state: State
    points: Fraction | None
    out_of: Fraction
    lines: tuple[Line, ...] = ()
    slip_days: int = 0
    held: bool = False

    @property
    def share(self) -> Fraction | None:
        """The grade as a share of all points; None where it counts for nothing."""
        return None if self.points is None else self.points / self.out_of if self.out_of else Fraction(0)


@dataclass(frozen=True)
class _Judged:
    """One attempt after the rules of lateness.

    points: what the attempt gives after the rules.
    lines: how the points came about.
    used: how many slip days it uses.
    order: its position among the attempts, from 0.
    """

    points: Fraction
    lines: tuple[Line, ...]
    used: int
    order: int


def assignment_grade(
    rules: AssignmentRules,
    handed: Sequence[Handed],
    decided: Decided = NOTHING,
    *,
    slip_days: int = 0,
    course: Rules = PLAIN,
    now: datetime | None = None,
) -> Grade:
    """The grade of these attempts, in the order in which they were handed in.

    slip_days: how many the student has left.
    now: the moment of grading; before the deadline, what was not handed in is "open". None: the term is over.
    """
    grade = _before_decisions(rules, handed, decided, slip_days, course, now)
    if decided.excused:
        return Grade(rules.slug, "excused", None, rules.points, (Line(message("You are excused; it does not count.")),))
    if decided.score is not None:
        reason = f" ({decided.reason})" if decided.reason else ""
        line = Line(message("Decided by your teachers{reason}.", reason=reason), decided.score)
        grade = Grade(rules.slug, "graded", decided.score, rules.points, (line,))
    return replace(grade, held=decided.held)


def _before_decisions(
    rules: AssignmentRules,
    handed: Sequence[Handed],
    decided: Decided,
    slip_days: int,
    course: Rules,
    now: datetime | None,
) -> Grade:
    due = after(rules.due, decided.extension)
    readable = [attempt for attempt in handed if attempt.score is not None]
    if not readable:
        return _without_attempt(rules, bool(handed), due, course, now)
    left = slip_days if rules.late and rules.late.slip_days else 0
    accepted = [attempt for attempt in readable if not _is_refused(rules.late, attempt, due)]
    refused = len(readable) - len(accepted) if accepted else 0
    readable = accepted or readable  # an attempt after the cut-off does not replace one that was accepted
    counted = _counted(rules, readable, decided.extension, due, left)
    points = sum((one.points for one in counted), Fraction(0)) / len(counted)
    lines = [line for one in counted for line in one.lines]
    if len(readable) > 1:
        lines = _told_of_attempts(rules, counted, lines, points, len(readable))
    if refused:
        lines.append(
            Line(plural("{count} attempt came too late to count.", "{count} attempts came too late to count.", refused))
        )
    final = rounded(points, course.round, course.rounding)
    if final != points:
        lines.append(Line(message("Rounded to {points}", points=shown(final)), final - points))
    pending = any(attempt.pending for attempt in readable)
    if pending:
        lines.append(Line(message("Some checks will be run again: this is not final, and can only rise.")))
    used = max(one.used for one in counted)
    return Grade(rules.slug, "pending" if pending else "graded", final, rules.points, tuple(lines), used)


def _without_attempt(
    rules: AssignmentRules, unreadable: bool, due: datetime, course: Rules, now: datetime | None
) -> Grade:
    if unreadable:
        told = message("Your file could not be read. There is no grade yet; hand it in again.")
        return Grade(rules.slug, "unreadable", None, rules.points, (Line(told),))
    if now is not None and not is_after(now, due):
        return Grade(rules.slug, "open", None, rules.points, (Line(message("Nothing was handed in yet.")),))
    points = Fraction(0) if course.missing == "zero" else None
    return Grade(rules.slug, "missing", points, rules.points, (Line(message("Nothing was handed in."), points),))


def _counted(
    rules: AssignmentRules, attempts: Sequence[Handed], extension: Span, due: datetime, left: int
) -> list[_Judged]:
    """The attempts that make the grade: one, or all of them for an average."""
    judged = [_judged(rules, one, extension, due, left, order) for order, one in enumerate(attempts)]
    if rules.attempts == "average":
        return judged
    if rules.attempts == "best":  # of equal ones that which spends fewer slip days, and the earlier
        return [max(judged, key=lambda one: (one.points, -one.used, -one.order))]
    return [judged[0 if rules.attempts == "first" else -1]]


def _told_of_attempts(
    rules: AssignmentRules, counted: Sequence[_Judged], lines: list[Line], points: Fraction, count: int
) -> list[Line]:
    if rules.attempts != "average":
        which = {
            "best": message(
                "Attempt {number} of {count} counts: the best one.", number=counted[0].order + 1, count=count
            ),
            "last": message(
                "Attempt {number} of {count} counts: the last one.", number=counted[0].order + 1, count=count
            ),
            "first": message(
                "Attempt {number} of {count} counts: the first one.", number=counted[0].order + 1, count=count
            ),
        }
        return [Line(which[rules.attempts]), *lines]
    total = sum((one.points for one in counted), Fraction(0))
    told = message("The mean of {count} attempts: {total} / {count}", count=count, total=shown(total))
    return [*lines, Line(told, points - total)]


def _judged(rules: AssignmentRules, attempt: Handed, extension: Span, due: datetime, left: int, order: int) -> _Judged:
    """One attempt with what its lateness costs."""
    earned = attempt.score or Fraction(0)
    told = message("Your checks gave {points} of {all}", points=shown(earned), all=shown(rules.points))
    lines = [Line(told, earned)]
    if attempt.submitted is None:
        if rules.late is not None:
            lines.append(Line(message("Nobody knows when it was handed in: it counts as on time.")))
        return _Judged(earned, tuple(lines), 0, order)
    if extension and is_after(attempt.submitted, rules.due):
        lines.append(Line(message("Extension of {span}: due {due}.", span=extension, due=_said(due))))
    late = rules.late
    if late is None or not is_after(attempt.submitted, due):
        return _Judged(earned, tuple(lines), 0, order)
    if not is_after(attempt.submitted, after(due, late.grace)):
        lines.append(Line(message("Late, but within the {span} of grace: no loss.", span=late.grace)))
        return _Judged(earned, tuple(lines), 0, order)
    if late.until is not None and _is_refused(late, attempt, due):
        last = message("Handed in after {due}, when nothing is accepted any more.", due=_said(after(due, late.until)))
        return _Judged(Fraction(0), (*lines, Line(last, -earned)), 0, order)
    return _after_loss(rules, late, attempt.submitted, due, left, order, lines)


def _is_refused(late: Late | None, attempt: Handed, due: datetime) -> bool:
    """Whether an attempt came after the cut-off."""
    if late is None or late.until is None or attempt.submitted is None:
        return False
    return is_after(attempt.submitted, max(after(due, late.until), after(due, late.grace), key=_as_utc))


def _as_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _after_loss(
    rules: AssignmentRules,
    late: Late,
    submitted: datetime,
    due: datetime,
    left: int,
    order: int,
    lines: list[Line],
) -> _Judged:
    earned = lines[0].points or Fraction(0)
    days = days_late(submitted, due)
    losses = [
        _loss(late, _units(late, submitted, after(due, Span(used))), rules.points, earned)
        for used in range(min(left, days) + 1)
    ]
    loss = min(losses)
    used = losses.index(loss)  # no slip day is spent that saves nothing
    units = _units(late, submitted, after(due, Span(used)))
    if used:
        lines.append(Line(plural("{count} slip day used", "{count} slip days used", used)))
    if units:
        each = shown(late.points) if late.points is not None else percent(late.loss)
        base = shown(rules.points if late.of == "points" else earned)
        lines.append(Line(_told_of_loss(late, units, each, base), -loss))
        if 0 < loss < units * _each(late, rules.points, earned):
            lines.append(Line(message("That is the most that lateness can cost here.")))
    return _Judged(earned - loss, tuple(lines), used, order)


def _units(late: Late, submitted: datetime, due: datetime) -> int:
    return days_late(submitted, due) if late.per == "day" else hours_late(submitted, due)


def _each(late: Late, points: Fraction, earned: Fraction) -> Fraction:
    return late.points if late.points is not None else late.loss * (points if late.of == "points" else earned)


def _loss(late: Late, units: int, points: Fraction, earned: Fraction) -> Fraction:
    cap = late.most * (points if late.of == "points" else earned)
    return min(units * _each(late, points, earned), cap, earned)


def _told_of_loss(late: Late, units: int, each: str, base: str) -> Said:
    if late.points is not None and late.per == "day":
        return plural(
            "{count} day late, {each} points a day", "{count} days late, {each} points a day", units, each=each
        )
    if late.points is not None:
        return plural(
            "{count} hour late, {each} points an hour", "{count} hours late, {each} points an hour", units, each=each
        )
    if late.per == "day":
        return plural(
            "{count} day late, {each} of {base} a day", "{count} days late, {each} of {base} a day", units, each=each, base=base
        )  # fmt: skip
    return plural(
        "{count} hour late, {each} of {base} an hour", "{count} hours late, {each} of {base} an hour", units, each=each, base=base
    )  # fmt: skip


def _said(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
