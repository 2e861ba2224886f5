"""The statistics of a course's store."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.stats.course import Insight, Result, insight
from autograder.store.database import Database
from autograder.store.records import attempts

_PASSED = {"p": True, "f": False, "o": None}


def course_insight(database: Database, slug: str = "") -> Insight:
    """The statistics of one assignment, or of all."""
    return insight(_results(database, slug))


def _results(database: Database, slug: str) -> Iterator[Result]:
    count: dict[tuple[str, str], int] = {}
    for one in attempts(database, slug=slug, checks=True):
        number = count[one.slug, one.student] = count.get((one.slug, one.student), 0) + 1
        checks = {name: _PASSED[given] for name, given in one.checks.items()}
        yield Result(one.slug, one.student, number, one.current, checks, one.diagnoses)
