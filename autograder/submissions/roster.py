"""A roster: everybody in the course, so that the overview also lists those who handed in nothing."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Sequence
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
    "id number",
    "학번",
    "아이디",
    "id 번호",
    "email address",
    "email",
    "이메일 주소",
    "이메일",
)
TEAM_COLUMNS = ("team", "group", "조", "팀", "모둠")
NAME_COLUMNS = ("name", "full name", "student name", "이름", "성명")
# Where a name stands in two columns, as in Moodle's list of participants.
FIRST_NAMES, LAST_NAMES = ("first name", "given name", "이름"), ("last name", "surname", "family name", "성")


@dataclass(frozen=True)
class Roster:
    """The students of a course, in the file's order: id as in the names of their reports -> name, or "".

    students: id -> name.
    """

    students: dict[str, str]

    def without(self, handed_in: set[str]) -> dict[str, str]:
        """The students who handed in nothing. handed_in: ids of those who did."""
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
    heading = _heading(rows)
    column = _id_column(rows)
    if column is None:
        raise UsageError(
            f"no column holds the students' ids: {', '.join(rows[0])[:200]}",
            where=f"{path}:1",
            remedy='Call the column that names their files "student".',
        )
    names = _name_columns(heading, column)
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
        students[student] = " ".join(row[place].strip() for place in names if place < len(row)).strip()
    return Roster(students)


def _heading(rows: Sequence[Sequence[str]]) -> list[str]:
    return [unicodedata.normalize("NFC", cell).strip().casefold() for cell in rows[0]]


def _id_column(rows: Sequence[Sequence[str]]) -> int | None:
    """The first column of ids in which something stands: many an LMS has one that nobody fills in."""
    heading = _heading(rows)
    columns = [heading.index(name) for name in ID_COLUMNS if name in heading]
    filled = (place for place in columns if any(place < len(row) and row[place].strip() for row in rows[1:]))
    return next(filled, columns[0] if columns else None)


def _name_columns(heading: Sequence[str], column: int) -> tuple[int, ...]:
    """Where the name stands: in one column, or in two, in the order in which people say them."""
    first, last = (
        next((heading.index(name) for name in names if name in heading), None) for names in (FIRST_NAMES, LAST_NAMES)
    )
    if first is not None and last is not None and column not in (first, last):
        return (last, first) if heading[last] == "성" else (first, last)
    whole = (heading.index(name) for name in NAME_COLUMNS if name in heading and heading.index(name) != column)
    return tuple(whole)[:1]


def read_teams(path: Path) -> dict[str, str]:
    """Each student's team, by id, from a file that `read_roster` has accepted; empty without a column of teams."""
    rows = _rows(path)
    heading = _heading(rows)
    team = next((heading.index(name) for name in TEAM_COLUMNS if name in heading), None)
    student = _id_column(rows)
    if team is None or student is None:
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
