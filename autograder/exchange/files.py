"""Files of an export: the released files and the reports that go into it, and how its own are written."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.course.schedule import Course
from autograder.course.secret import course_secret
from autograder.errors import StorageError, UsageError
from autograder.pipeline.class_run import folder_store
from autograder.report import Report
from autograder.store.folder import write_atomically


def released(course: Course, assignment: Assignment) -> dict[str, bytes]:
    """The released files of an assignment, by name. Raises UsageError where there are none."""
    folder = course.root / "assignments" / assignment.slug
    names = ("checker.py", "visible.npz")
    if not all((folder / name).is_file() for name in names):
        raise UsageError(
            "there is no released assignment", where=str(folder), remedy=f"Run autograder release {assignment.slug}."
        )
    paths = [*(folder / name for name in names), *sorted((folder / "data").rglob("*"))]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths if path.is_file()}


def language_of(course: Course, wanted: str | None) -> str:
    """The language of an export. Raises UsageError for one that the course does not have."""
    if wanted is not None and wanted not in course.languages:
        raise UsageError(f'the course has no "{wanted}"', remedy=f"Its languages are {', '.join(course.languages)}.")
    return wanted or course.languages[0]


def reports(course: Course, slug: str, folder: Path, seed_file: Path | None) -> list[Report]:
    """The reports of a class, of this assignment and signed by this course. Raises UsageError where there are none."""
    store = folder_store(folder, course_secret(course.root, seed_file))
    found = list(store.reports()) if folder.is_dir() else []
    strangers = {report.assignment.slug for report in found} - {slug}
    if strangers:
        raise UsageError(f"holds reports of {', '.join(sorted(strangers))}", where=str(folder))
    if not found:
        remedy = "Name the folder that autograder grade wrote with --out."
        raise UsageError("holds no report of this course", where=str(folder), remedy=remedy)
    return found


def write(folder: Path, files: Mapping[str, bytes], *, mode: int = 0o666) -> None:
    """Write files below a folder, each whole or not at all. mode: of each file, before the umask. Raises StorageError."""
    for name, content in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"cannot be written: {error.strerror}", where=str(folder)) from None
        write_atomically(path, content, mode=mode)
