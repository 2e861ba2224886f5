"""The status of a course: what was handed in, graded and is still to do, assignment by assignment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

from autograder.course.schedule import Course
from autograder.records.identity import identities
from autograder.store.database import Database
from autograder.store.records import attempts, decisions, people, rosters


@dataclass
class Row:
    """One assignment.

    slug: its name.
    due: as course.yml says, ISO 8601; "" where it does not stand there.
    students: how many students handed in.
    files: how many files they handed in.
    graded, pending, unreadable: how many of the current files are so.
    missing: how many students of the roster handed in nothing; None without a roster.
    mean: the mean of the scores, in per cent.
    decisions: how many decisions are in force.
    """

    slug: str
    due: str = ""
    students: int = 0
    files: int = 0
    graded: int = 0
    pending: int = 0
    unreadable: int = 0
    missing: int | None = None
    mean: float | None = None
    decisions: int = 0
    _shares: list[float] = field(default_factory=list, repr=False)
    _who: set[str] = field(default_factory=set, repr=False)


@dataclass(frozen=True)
class Status:
    """A course.

    assignments: in course.yml's order, then others.
    people: how many a roster has named.
    """

    assignments: Sequence[Row]
    people: int

    def table(self) -> str:
        """The status as text for a terminal."""
        head = (
            "assignment",
            "due",
            "students",
            "files",
            "graded",
            "pending",
            "unreadable",
            "missing",
            "mean",
            "decided",
        )
        lines = [head, *(_cells(row) for row in self.assignments)]
        widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
        rows = [
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
        ]
        return "\n".join([*rows, f"{self.people} people on the roster"])


def status(course: Course, database: Database) -> Status:
    """The status of a course, from its store."""
    rows = {slug: Row(slug, entry.due.isoformat(timespec="minutes")) for slug, entry in course.schedule.items()}
    known, everything = people(database), list(attempts(database))
    who = identities((attempt.student for attempt in everything), known)
    for attempt in everything:
        row = rows.setdefault(attempt.slug, Row(attempt.slug))
        row.files += 1
        row._who.add(who.person(attempt.student))
        if attempt.current:
            setattr(row, attempt.status, getattr(row, attempt.status) + 1)
            if attempt.score is not None and attempt.max_score:
                row._shares.append(100 * attempt.score / attempt.max_score)
    listed = rosters(database)
    for row in rows.values():
        row.students, row.mean = len(row._who), fmean(row._shares) if row._shares else None
        roster = listed.get(row.slug, listed.get(""))
        row.missing = len(roster - row._who) if roster is not None else None
    for decision in decisions(database):
        if decision.slug in rows:
            rows[decision.slug].decisions += 1
    return Status(list(rows.values()), len(known))


def _cells(row: Row) -> tuple[str, ...]:
    numbers = (row.students, row.files, row.graded, row.pending, row.unreadable)
    missing = "-" if row.missing is None else str(row.missing)
    mean = "-" if row.mean is None else f"{row.mean:.1f}%"
    return (row.slug, row.due or "-", *map(str, numbers), missing, mean, str(row.decisions))
