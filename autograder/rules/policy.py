"""What a course may rule, as data: lateness, attempts, rounding, groups, weights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Literal, TypeAlias

from autograder.rules.clock import NO_TIME, Span
from autograder.rules.numbers import Rounding

Attempts: TypeAlias = Literal["best", "last", "first", "average"]


@dataclass(frozen=True)
class Late:
    """What lateness costs.

    grace: so much later is still on time; whoever is later than that is late from the deadline on.
    per: whether each begun day or each begun hour costs.
    loss: what it costs, as a share of `of`.
    points: what it costs in points; None where it costs a share.
    of: of all points of the assignment, or of those that were earned.
    most: the largest share of `of` that lateness can cost.
    until: later than this after the (extended) deadline is not accepted; None accepts for ever.
    slip_days: whether slip days may be used for it.
    """

    grace: Span = NO_TIME
    per: Literal["day", "hour"] = "day"
    loss: Fraction = Fraction(0)
    points: Fraction | None = None
    of: Literal["points", "earned"] = "points"
    most: Fraction = Fraction(1)
    until: Span | None = None
    slip_days: bool = True


@dataclass(frozen=True)
class Group:
    """Assignments that are summed up together.

    weight: the weight in the course grade of all of them together.
    drop_lowest: how many of the lowest do not count.
    """

    weight: Fraction = Fraction(1)
    drop_lowest: int = 0


@dataclass(frozen=True)
class AssignmentRules:
    """What holds for one assignment.

    slug: its name.
    due: the deadline, on the course's clock.
    points: all that it gives.
    weight: its share of the course grade, or of its group.
    late: what lateness costs; None costs nothing.
    attempts: which attempt counts.
    extra: whether it can only add to the course grade.
    group: the group that it belongs to; "" for none.
    team: whether what one member of a team hands in counts for all of it.
    """

    slug: str
    due: datetime
    points: Fraction
    weight: Fraction = Fraction(1)
    late: Late | None = None
    attempts: Attempts = "last"
    extra: bool = False
    group: str = ""
    team: bool = False


@dataclass(frozen=True)
class Rules:
    """What holds for the course.

    slip_days: how many days each student may be late in all without loss.
    drop_lowest: how many of the lowest assignments do not count, where there are no groups.
    groups: by name; empty where there are none.
    round: the step of an assignment's grade; None rounds nothing.
    round_total: the step of the course grade, in per cent.
    rounding: which way both are rounded.
    missing: whether an assignment counts 0 for a student who handed in nothing ("zero"), or is left out ("skip").
    """

    slip_days: int = 0
    drop_lowest: int = 0
    groups: Mapping[str, Group] = field(default_factory=dict)
    round: Fraction | None = Fraction(1, 100)
    round_total: Fraction | None = Fraction(1, 100)
    rounding: Rounding = "half-up"
    missing: Literal["zero", "skip"] = "zero"
