"""Who is who, from the teacher's own tables: a roster for Gradescope, and a list of students and their LMS ids."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.lms.table import Row, Table, read_table

_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_ID = re.compile(r"[\w][\w .@/-]*")
_FORMULA = re.compile(r"[=+\-@\t\r＝＋－＠]")

# Headings of exports and of teachers' own lists, best first.
_FIRST = ("first name", "given name", "firstname", "이름(first)", "vorname", "prénom", "nombre")
_LAST = ("last name", "surname", "family name", "lastname", "성", "nachname", "nom", "apellido(s)")
_NAME = ("name", "full name", "student name", "student", "display name", "이름", "성명", "학생")
_SID = ("sid", "student id", "id number", "sis user id", "orgdefinedid", "student number", "student_id", "학번", "id")
_SECTION = ("section", "sections", "group", "groups", "분반", "class")


@dataclass(frozen=True)
class Person:
    """One line of a roster.

    name: one cell, or given name and family name.
    email: "" where the roster has none.
    sid: the number of a student; "" where the roster has none.
    section: "" where the roster has none.
    row: where it comes from.
    """

    name: tuple[str, ...]
    email: str
    sid: str
    section: str
    row: Row


def read_people(table: Table) -> list[Person]:
    """Everybody in a table with a column of addresses. Raises UsageError with line, column and remedy."""
    heading = [name.casefold() for name in table.heading]
    email = _address_column(table)
    first, last = _column(heading, _FIRST), _column(heading, _LAST)
    name = _column(heading, _NAME)
    names = [first, last] if first is not None and last is not None else [name]
    sid, section = _column(heading, _SID), _column(heading, _SECTION)
    if sid is None and "student" in heading and heading.index("student") not in names:
        sid = heading.index("student")  # as in a roster of ours: the id, where names have a column of their own
    if names == [None]:
        raise UsageError(
            f"no column holds the names: {', '.join(table.heading)[:200]}",
            where=f"{table.path}:1",
            remedy='Call it "name", or two of them "first name" and "last name".',
        )
    people = []
    for row in table.body:
        if not row.text(email) and "points possible" in row.text(0).casefold():
            continue
        given = tuple(_harmless(row.text(n)) for n in names if n is not None)
        address = row.text(email)
        if not _ADDRESS.fullmatch(address):
            raise UsageError(
                f'"{address}" is no e-mail address' if address else "there is no e-mail address",
                where=table.place(row, email),
                remedy="Gradescope knows people by their address: fill it in, or remove the line.",
            )
        number = row.text(sid).removeprefix("#") if sid is not None else ""
        if number and not _ID.fullmatch(number):
            raise UsageError(
                f'"{number[:40]}" is no id', where=table.place(row, sid), remedy="Correct it: ids are matched by."
            )
        people.append(Person(given, address, number, _harmless(row.text(section)) if section is not None else "", row))
    _demand_unique(table, people, email, sid)
    return people


def gradescope_roster(people: Sequence[Person]) -> str:
    """The CSV that Gradescope's "Add students from a file" reads; its columns are mapped there."""
    split = bool(people) and len(people[0].name) == 2
    columns = [*(("First Name", "Last Name") if split else ("Name",)), "Email"]
    columns += ["SID"] if any(person.sid for person in people) else []
    columns += ["Section"] if any(person.section for person in people) else []
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for person in people:
        cells = [*person.name, person.email]
        cells += [person.sid] if "SID" in columns else []
        cells += [person.section] if "Section" in columns else []
        writer.writerow(cells)
    return out.getvalue()


def read_known(path: Path) -> Mapping[str, Sequence[str]]:
    """student -> ids in the LMS: a CSV whose first column is a student as in the reports, and whose second is the id.

    A student who stands there several times is a team.
    """
    table = read_table(path)
    known: dict[str, list[str]] = {}
    for row in table.body:
        student, text = row.text(0), row.text(1)
        if not student or not text:
            raise UsageError(
                "a line without two ids", where=table.place(row), remedy="Write student,id: a heading, then one a line."
            )
        known.setdefault(student, []).append(text)
    return known


def _column(heading: Sequence[str], names: Iterable[str]) -> int | None:
    return next((heading.index(name) for name in names if name in heading), None)


def _address_column(table: Table) -> int:
    """The column in which addresses stand, whatever it is called."""
    counts = [sum(_ADDRESS.fullmatch(text) is not None for text in table.column(n)) for n in range(len(table.heading))]
    if not any(counts):
        raise UsageError(
            "no column holds e-mail addresses",
            where=f"{table.path}:1",
            remedy="Export it with addresses: Gradescope knows people by them.",
        )
    return counts.index(max(counts))


def _harmless(text: str) -> str:
    """A name that no spreadsheet computes. Its apostrophe does no harm: Gradescope matches by address and id."""
    one_line = " ".join(text.split())
    return f"'{one_line}" if _FORMULA.match(one_line) else one_line


def _demand_unique(table: Table, people: Sequence[Person], email: int, sid: int | None) -> None:
    seen: dict[tuple[int | None, str], Person] = {}
    for person in people:
        for column, text in ((email, person.email), (sid, person.sid)):
            other = seen.setdefault((column, text.casefold()), person) if text else person
            if other is not person:
                raise UsageError(
                    f'"{text}" stands twice, here and in line {other.row.line}',
                    where=table.place(person.row, column),
                    remedy="Remove one of them: two students cannot share it.",
                )
