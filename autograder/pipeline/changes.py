"""Whose grade changes when an assignment changes: by how much, and by which checks."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from autograder.report import Report


@dataclass(frozen=True)
class CheckChange:
    """One check whose points changed.

    name: "task/check".
    old, new: what it gave; None where there is no such check.
    """

    name: str
    old: float | None
    new: float | None

    @property
    def why(self) -> str:
        """The change in a few words."""
        if self.old is None:
            return f"{self.name}: new, {self.new:g}"
        if self.new is None:
            return f"{self.name}: gone, was {self.old:g}"
        return f"{self.name}: {self.old:g} -> {self.new:g}"


@dataclass(frozen=True)
class Change:
    """One submission under the old and the new version.

    student: whose.
    old, new: the scores; None where it could not be read.
    old_max, new_max: all points.
    checks: those that gave other points than before.
    """

    student: str
    old: float | None
    new: float | None
    old_max: float | None
    new_max: float | None
    checks: tuple[CheckChange, ...]

    @property
    def changes(self) -> bool:
        """Whether the grade is another one: other points, or out of another total."""
        return (self.old, self.old_max) != (self.new, self.new_max)

    @property
    def difference(self) -> Fraction:
        """The points that are gained or lost, exactly."""
        return Fraction(str(self.new or 0)) - Fraction(str(self.old or 0))

    def __str__(self) -> str:
        scores = " -> ".join(
            "no grade" if score is None else f"{score:g} of {whole:g}"
            for score, whole in ((self.old, self.old_max), (self.new, self.new_max))
        )
        return f"{self.student}: {scores} ({float(self.difference):+g}). " + "; ".join(c.why for c in self.checks)


def change_of(old: Report, new: Report) -> Change:
    """The change from one report of a submission to another."""
    before, after = _points(old), _points(new)
    checks = tuple(
        CheckChange(name, before.get(name), after.get(name))
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    )
    return Change(old.student, old.score, new.score, old.max_score, new.max_score, checks)


def _points(report: Report) -> dict[str, float]:
    return {f"{task.name}/{check.name}": check.earned for task in report.tasks for check in task.checks}
