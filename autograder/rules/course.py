"""The course grade: slip days over the term, the lowest dropped, weights, groups and extra credit, as a sum."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from autograder.i18n import message
from autograder.rules.grade import NOTHING, Decided, Grade, Handed, Line, assignment_grade
from autograder.rules.numbers import percent, rounded, shown
from autograder.rules.policy import AssignmentRules, Group, Rules


@dataclass(frozen=True)
class CourseGrade:
    """A student's grades, and what they come to.

    grades: by slug, in the order of the deadlines.
    total: the course grade in per cent; None where nothing counts yet.
    lines: how it came about; the points of its lines add up to the total.
    dropped: slugs of the lowest ones, which do not count.
    final: whether nothing is held, pending, unreadable or still to come.
    slip_days_left: how many slip days remain.
    """

    grades: Mapping[str, Grade]
    total: Fraction | None
    lines: tuple[Line, ...]
    dropped: tuple[str, ...]
    final: bool
    slip_days_left: int


def course_grade(
    rules: Rules,
    assignments: Sequence[AssignmentRules],
    handed: Mapping[str, Sequence[Handed]],
    decided: Mapping[str, Decided],
    now: datetime | None = None,
) -> CourseGrade:
    """What a student's attempts come to. Slip days are spent in the order of the deadlines.

    handed, decided: by slug. now: as for `assignment_grade`.
    """
    left, grades = rules.slip_days, {}
    for one in sorted(assignments, key=lambda one: (one.due.astimezone(UTC), one.slug)):
        grade = assignment_grade(
            one,
            handed.get(one.slug, ()),
            decided.get(one.slug, NOTHING),
            slip_days=left,
            course=rules,
            now=now,
        )
        left -= grade.slip_days
        grades[one.slug] = grade
    return _summed(rules, {one.slug: one for one in assignments}, grades, left)


def _summed(
    rules: Rules, assignments: Mapping[str, AssignmentRules], grades: Mapping[str, Grade], left: int
) -> CourseGrade:
    groups = rules.groups or {"": Group(Fraction(1), rules.drop_lowest)}
    lines: list[Line] = []
    dropped: list[str] = []
    counted = {slug: grade for slug, grade in grades.items() if grade.share is not None and not grade.held}
    regular = {slug: grade for slug, grade in counted.items() if not assignments[slug].extra}
    parts: dict[str, list[str]] = {
        name: [slug for slug in regular if not rules.groups or assignments[slug].group == name] for name in groups
    }
    for name, slugs in parts.items():
        lowest = _lowest(slugs, regular, groups[name].drop_lowest)
        dropped += lowest
        parts[name] = [slug for slug in slugs if slug not in lowest and assignments[slug].weight]
    in_use = {name: slugs for name, slugs in parts.items() if slugs}
    whole = sum((groups[name].weight for name in in_use), Fraction(0))
    for name, slugs in in_use.items():
        weights = sum((assignments[slug].weight for slug in slugs), Fraction(0))
        for slug in slugs:
            part = groups[name].weight / whole * assignments[slug].weight / weights if whole else Fraction(0)
            lines.append(_line(slug, grades[slug], part))
    for slug in dropped:
        lines.append(Line(message("{slug}: among the lowest, dropped", slug=slug), Fraction(0)))
    base = sum((assignments[slug].weight for slug in assignments if not assignments[slug].extra), Fraction(0))
    for slug in (slug for slug in counted if assignments[slug].extra):
        lines.append(_line(slug, grades[slug], assignments[slug].weight / base if base else Fraction(0), extra=True))
    if not lines:
        return CourseGrade(grades, None, (), (), False, left)
    total = sum((line.points or Fraction(0) for line in lines), Fraction(0))
    final = rounded(total, rules.round_total, rules.rounding)
    if final != total:
        lines.append(Line(message("Rounded to {points}", points=shown(final)), final - total))
    settled = all(grade.state in ("graded", "missing", "excused") and not grade.held for grade in grades.values())
    return CourseGrade(grades, final, tuple(lines), tuple(dropped), settled, left)


def _lowest(slugs: Sequence[str], grades: Mapping[str, Grade], count: int) -> list[str]:
    """The slugs of the lowest shares, of equal ones the earlier; at least one is not dropped."""
    ranked = sorted(slugs, key=lambda slug: grades[slug].share or Fraction(0))
    return ranked[: max(0, min(count, len(slugs) - 1))]


def _line(slug: str, grade: Grade, part: Fraction, *, extra: bool = False) -> Line:
    share = grade.share or Fraction(0)
    values = {
        "slug": slug,
        "points": shown(grade.points or Fraction(0)),
        "all": shown(grade.out_of),
        "part": percent(part),
    }
    if extra:
        return Line(message("{slug}: {points} of {all}, {part} on top", **values), share * part * 100)
    return Line(message("{slug}: {points} of {all}, counts {part}", **values), share * part * 100)
