"""A roster: everybody who is in the course, so that who handed in nothing stands in the overview."""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.submissions.collect import safe_id

MAX_BYTES = 8 << 20
# Headings under which exports of an LMS keep the id that names a student's files, best first.
ID_COLUMNS = (
    "student",
    "student_id",
    "student id",
    "id",
    "username",
    "user name",
    "login",
    "sis login id",
    "sid",
    "학번",
    "아이디",
)
TEAM_COLUMNS = ("team", "group", "조", "팀", "모둠")
NAME_COLUMNS = ("name", "full name", "student name", "이름", "성명")


@dataclass(frozen=True)
class Roster:
    """The students of a course, in the file's order: id as in the names of their reports -> name, or "".

    students: id -> name.
    """

    students: dict[str, str]

    def without(self, handed_in: set[str]) -> dict[str, str]:
        """Those of whom nothing came in."""
        there = {student.casefold() for student in handed_in}
        return {student: name for student, name in self.students.items() if student.casefold() not in there}


def read_roster(path: Path) -> Roster:
    """A CSV with a heading, of which one column is the student's id. Raises UsageError, naming file and line.

    The id is that which names the student's submission: the stem of the file, or the folder.
    """
    rows = _rows(path)
    if not rows:
        raise UsageError(
            "is empty", where=str(path), remedy="Write a heading (student,name) and a line for each student."
        )
    heading = [unicodedata.normalize("NFC", cell).strip().casefold() for cell in rows[0]]
    column = next((heading.index(name) for name in ID_COLUMNS if name in heading), None)
    if column is None:
        raise UsageError(
            f"no column holds the students' ids: {', '.join(rows[0])[:200]}",
            where=f"{path}:1",
            remedy='Call the column that names their files "student".',
        )
    names = next(
        (heading.index(name) for name in NAME_COLUMNS if name in heading and heading.index(name) != column), None
    )
    students: dict[str, str] = {}
    lines: dict[str, int] = {}
    for number, row in enumerate(rows[1:], start=2):
        raw = row[column].strip() if column < len(row) else ""
        if not raw:
            if any(cell.strip() for cell in row):
                raise UsageError(
                    "a line without an id", where=f"{path}:{number}", remedy="Fill it in, or remove the line."
                )
            continue
        student = safe_id(raw)
        if student.casefold() in lines:
            raise UsageError(
                f'"{raw}" stands twice, here and in line {lines[student.casefold()]}',
                where=f"{path}:{number}",
                remedy="Remove one of them.",
            )
        lines[student.casefold()] = number
        students[student] = row[names].strip() if names is not None and names < len(row) else ""
    return Roster(students)


def read_teams(path: Path) -> dict[str, str]:
    """Who works together, by student, of a roster that `read_roster` has read; empty without a column of teams."""
    rows = _rows(path)
    heading = [unicodedata.normalize("NFC", cell).strip().casefold() for cell in rows[0]]
    team = next((heading.index(name) for name in TEAM_COLUMNS if name in heading), None)
    student = next(heading.index(name) for name in ID_COLUMNS if name in heading)
    if team is None:
        return {}
    return {safe_id(row[student].strip()): row[team].strip() for row in rows[1:] if len(row) > max(team, student)}


def _rows(path: Path) -> list[list[str]]:
    reader = csv.reader(io.StringIO(_text(path), newline=""), dialect=_dialect(path))
    try:
        return list(reader)
    except csv.Error as error:  # a cell of a megabyte, a quote that is never closed
        raise UsageError(
            f"is no CSV: {error}", where=f"{path}:{reader.line_num}", remedy="Export the roster again, as CSV."
        ) from None


def _text(path: Path) -> str:
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(path), remedy="Check the path.") from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"is larger than {MAX_BYTES >> 20} MB", where=str(path), remedy="Is this the roster?")
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError("is neither UTF-8 nor cp949", where=str(path), remedy="Save it as UTF-8.")


def _dialect(path: Path) -> type[csv.Dialect]:
    """Commas, semicolons or tabs: whatever the heading has most of."""
    heading = _text(path).split("\n", 1)[0]
    best = max(",;\t", key=heading.count)

    class Dialect(csv.excel):
        delimiter = best

    return Dialect
