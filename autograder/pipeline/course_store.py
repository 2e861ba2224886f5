"""The store of a course: the database that course.yml names, and the class of an assignment in it."""

from __future__ import annotations

import functools
from pathlib import Path

from autograder.course.schedule import Course
from autograder.errors import UsageError
from autograder.pipeline.class_run import folder_store
from autograder.report import Report
from autograder.report.schema import read_signed
from autograder.store.database import Database, demand_libraries, url_of_course
from autograder.store.sql import SqlStore


def course_database(course: Course, secret: bytes) -> Database | None:
    """The course's database; None where it keeps its reports in folders alone."""
    url = url_of_course(course.store, course.root)
    if not url:
        return None
    demand_libraries()
    return Database(url, secret)


def demand_database(course: Course, secret: bytes) -> Database:
    """The course's database. Raises UsageError where it has none."""
    database = course_database(course, secret)
    if database is None:
        raise UsageError(
            "the course has no store",
            where=str(course.root / "course.yml"),
            remedy="Write there: store: sqlite. Grade once more, and every grade is kept with its history.",
        )
    return database


def class_store(database: Database, slug: str, out: Path | None = None) -> SqlStore[Report]:
    """The store of one assignment's class. It trusts the reports that were signed with the course's secret.

    out: a folder of reports that is kept up to date beside it.
    """
    read = functools.partial(read_signed, secret=database.secret)
    return SqlStore(database, slug, read, folder_store(out, database.secret) if out else None)


def bank_folder(course: Course, slug: str) -> Path:
    """The folder in which workers share the outcomes of reference and misconceptions, for a class in a database."""
    return course.root / ".autograder" / "bank" / slug
