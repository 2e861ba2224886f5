"""Where the grades stand in an LMS's own file: which rows are students, who they are, and which column is graded.

Columns are found by their place and by what stands in them, because most headings are in the language of the LMS's
pages. Of a heading is used what is alike in every language: the names of Canvas's columns, and the marks at the end of
Canvas's, Blackboard's and Brightspace's, such as `|534283`. Any other name has a place to fall back on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from autograder.errors import UsageError
from autograder.lms.table import Row, Table

LMS = ("canvas", "moodle", "blackboard", "brightspace", "sakai")
NAMES = {
    "canvas": "Canvas",
    "moodle": "Moodle",
    "blackboard": "Blackboard",
    "brightspace": "Brightspace",
    "sakai": "Sakai",
}

_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_CANVAS_COLUMN = re.compile(r".* \(\d+\)$", re.DOTALL)
_BLACKBOARD_COLUMN = re.compile(r".*\|\d+$", re.DOTALL)
_BLACKBOARD_POINTS = re.compile(r"\[[^\[\]]*?(\d+(?:[.,]\d+)?)[^\[\]]*\]\s*\|\d+$")
_BRIGHTSPACE_COLUMN = re.compile(r".*<[^<>]*\bMaxPoints:\s*(\d+(?:[.,]\d+)?)[^<>]*>$", re.DOTALL | re.IGNORECASE)
_PARTICIPANT = re.compile(r"\D*[^\W\d]\D*\d+")
_MOST_PREAMBLE = 5  # rows below Canvas's heading that are no students
_SAKAI_PREAMBLE = 2  # rows above Sakai's heading: the title and how it is graded, then a blank one


@dataclass(frozen=True)
class Layout:
    """Where things stand in one file.

    lms: whose file it is.
    students: the rows of students.
    grade: the column of the assignment.
    points: what that column counts to; None where the file does not tell.
    ids: the columns that identify a student, each on its own; a value must not stand twice in one of them.
    about: all columns that say who a student is: ids, names, addresses, a team.
    """

    lms: str
    students: tuple[Row, ...]
    grade: int
    points: float | None
    ids: tuple[int, ...]
    about: tuple[int, ...]


def read_layout(table: Table, lms: str, titles: Sequence[str] = (), column: str | None = None) -> Layout:
    """Where the grades of an assignment stand. Raises UsageError where that cannot be told.

    titles: what the assignment may be called, the surest first.
    column: the heading that the teacher has named, or a part of it.
    """
    layout = _READERS[lms](table, titles, column)
    if not layout.students:
        raise UsageError(
            "lists no student", where=str(table.path), remedy=f"Download it from {NAMES[lms]} again, with students."
        )
    _demand_unique(table, layout)
    return layout


def number(text: str) -> float | None:
    """A number as an LMS writes it, with a decimal point or comma; None for anything else."""
    text = text.strip()
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None


# -- one for each LMS ------------------------------------------------------------------------------------------------


def _canvas(table: Table, titles: Sequence[str], column: str | None) -> Layout:
    heading = [name.casefold() for name in table.heading]
    if "id" not in heading:
        raise _not_of(table, "canvas", 'no column is called "ID"')
    preamble = [row for row in table.body[:_MOST_PREAMBLE] if not row.text(heading.index("id"))]
    points = next((row for row in preamble if "points possible" in row.text(0).casefold()), None)
    graded = [n for n, name in enumerate(table.heading) if _CANVAS_COLUMN.match(name)]
    if points is not None:
        graded = [n for n in graded if "read only" not in points.text(n).casefold()]
    grade = _choose(table, "canvas", graded, titles, column)
    ids = [heading.index(name) for name in ("id", "sis user id", "sis login id", "integration id") if name in heading]
    about = [n for n in range(min(graded)) if heading[n] not in ("section", "root account")]
    students = tuple(row for row in table.body if row not in preamble)
    return Layout(
        "canvas",
        students,
        grade,
        number(points.text(grade)) if points else None,
        tuple(ids),
        tuple(sorted({*ids, *about})),
    )


def _moodle(table: Table, titles: Sequence[str], column: str | None) -> Layout:
    students = tuple(table.body)
    if students and not all(_PARTICIPANT.fullmatch(row.text(0)) for row in students):
        raise _not_of(table, "moodle", "the first column does not number the participants")
    if column is not None:
        grade = _choose(table, "moodle", range(1, len(table.heading)), titles, column)
        points = _constant(table.column(grade + 1))
    else:
        pairs = [n for n in range(1, len(table.heading) - 1) if _is_grade(table, n)]
        if len(pairs) != 1:
            found = ", ".join(table.heading[n] for n in pairs) or "none"
            raise UsageError(
                "no single column of grades stands before one with the same maximum in every row "
                f"(found: {found}); columns: {', '.join(table.heading)[:400]}",
                where=f"{table.path}:1",
                remedy="Name it with --column. An assignment that is graded on a scale takes no points.",
            )
        grade, points = pairs[0], _constant(table.column(pairs[0] + 1))
    return Layout("moodle", students, grade, points, (0,), tuple(range(grade)))


def _is_grade(table: Table, n: int) -> bool:
    """Whether this is Moodle's column of grades: the one before the maximum, which is the same in every row."""
    most = _constant(table.column(n + 1))
    if most is None or most <= 0:
        return False
    given = [text for text in table.column(n) if text not in ("", "-")]
    values = [number(text) for text in given]
    return all(value is not None and value <= most for value in values)


def _constant(texts: Sequence[str]) -> float | None:
    """The one number of a column; None where there are others, or none."""
    return number(texts[0]) if texts and len(set(texts)) == 1 else None


def _blackboard(table: Table, titles: Sequence[str], column: str | None) -> Layout:
    graded = [n for n, name in enumerate(table.heading) if _BLACKBOARD_COLUMN.match(name)]
    if not graded or graded[0] == 0:
        raise _not_of(table, "blackboard", "no heading ends in the number of its column, as in |534283")
    grade = _choose(table, "blackboard", graded, titles, column)
    about = tuple(range(min(graded)))
    user = _named(table, about, "username", at=2)
    points = _BLACKBOARD_POINTS.search(table.heading[grade])
    return Layout("blackboard", tuple(table.body), grade, number(points[1]) if points else None, (user,), about)


def _brightspace(table: Table, titles: Sequence[str], column: str | None) -> Layout:
    graded = [n for n, name in enumerate(table.heading) if _BRIGHTSPACE_COLUMN.match(name)]
    if not graded or graded[0] == 0:
        raise _not_of(table, "brightspace", "no heading tells its points, as in <Numeric MaxPoints:100>")
    grade = _choose(table, "brightspace", graded, titles, column)
    about = tuple(range(min(graded)))
    names = [table.heading[n].casefold() for n in about]
    ids = tuple(n for n in about if names[n] in ("orgdefinedid", "username")) or about[:1]
    points = _BRIGHTSPACE_COLUMN.match(table.heading[grade])
    return Layout("brightspace", tuple(table.body), grade, number(points[1]) if points else None, ids, about)


def below_preamble(table: Table, lms: str) -> Table:
    """The table from its heading on: Sakai writes the assignment's title and a blank line above it."""
    if lms != "sakai":
        return table
    above, below = table.rows[:_SAKAI_PREAMBLE], table.rows[_SAKAI_PREAMBLE:]
    if not below or len(above[0].cells) > 2 or not above[1].is_blank:
        raise _not_of(table, "sakai", "its first line is no title with a blank line below it")
    return replace(table, rows=below)


def _sakai(table: Table, titles: Sequence[str], column: str | None) -> Layout:
    """`Display ID, ID, Last Name, First Name, grade, ...`, of a team `Group, ID, Users, grade, ...`, in any language.

    Sakai reads the id in the second column, and the grade in the fifth, for teams in the fourth.
    """
    width = len(table.heading)
    if width < 4:
        raise _not_of(table, "sakai", "its heading has fewer than four columns")
    teams = width in (4, 6) or table.heading[3].casefold() == "grade"
    grade = 3 if teams else 4
    if column is not None and column.strip().casefold() not in table.heading[grade].casefold():
        raise UsageError(
            f'Sakai reads grades from the column "{table.heading[grade]}" alone',
            where=table.place(table.rows[0], grade),
            remedy="Leave --column out.",
        )
    return Layout("sakai", tuple(table.body), grade, None, (1,), tuple(range(grade)))


_READERS: dict[str, Callable[[Table, Sequence[str], str | None], Layout]] = {
    "canvas": _canvas,
    "moodle": _moodle,
    "blackboard": _blackboard,
    "brightspace": _brightspace,
    "sakai": _sakai,
}


# -- which column ----------------------------------------------------------------------------------------------------


def _choose(table: Table, lms: str, columns: Iterable[int], titles: Sequence[str], wanted: str | None) -> int:
    """The column that the teacher has named, the only one there is, or the one that is called like the assignment."""
    columns = list(columns)
    if wanted is not None:
        exact = [n for n in columns if table.heading[n] == wanted.strip()]
        found = exact or [n for n in columns if wanted.strip().casefold() in table.heading[n].casefold()]
    elif len(columns) == 1:
        found = columns
    else:
        called = ([n for n in columns if _is_called(table.heading[n], title)] for title in titles)
        found = next(filter(None, called), [])
    if len(found) == 1:
        return found[0]
    what = f'"{wanted}"' if wanted is not None else f"the assignment ({', '.join(titles)})"
    listed = "; ".join(table.heading[n][:80] for n in (found or columns)[:20]) or "none"
    raise UsageError(
        f"{len(found) or 'no'} columns of grades fit {what}. There are: {listed}"
        if found or columns
        else "no column can be graded",
        where=f"{table.path}:1",
        remedy="Name one with --column."
        if columns
        else f"Make the assignment in {NAMES[lms]} first, and download again.",
    )


def _is_called(heading: str, title: str) -> bool:
    """Whether a title stands in a heading, as words of its own; a slug's "-" may be a blank there."""
    words = r"[\s_-]+".join(map(re.escape, re.split(r"[\s_-]+", title.strip())))
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", heading, re.IGNORECASE) is not None


def _named(table: Table, columns: Sequence[int], name: str, *, at: int) -> int:
    """The column of this name; where the LMS speaks another language, the one at its place."""
    return next((n for n in columns if table.heading[n].casefold() == name), columns[min(at, len(columns) - 1)])


def _demand_unique(table: Table, layout: Layout) -> None:
    for column in layout.ids:
        seen: dict[str, Row] = {}
        for row in layout.students:
            text = row.text(column).casefold()
            if text and text in seen:
                raise UsageError(
                    f'"{row.text(column)}" stands twice, here and in line {seen[text].line}',
                    where=table.place(row, column),
                    remedy="Two students cannot share an id: download the file again, or remove the row that is wrong.",
                )
            seen[text] = row


def _not_of(table: Table, lms: str, why: str) -> UsageError:
    remedies = {
        "canvas": "In Canvas: Grades, Export, Export Entire Gradebook.",
        "moodle": "In Moodle: the assignment, Submissions, Download grading worksheet.",
        "blackboard": "In Blackboard: Gradebook, Download Grades, full gradebook or this column.",
        "brightspace": "In Brightspace: Grades, Export, both keys, points grade.",
        "sakai": "In Sakai: the assignment, Download All, with the grade file as CSV; it is grades.csv in the zip.",
    }
    return UsageError(
        f"is no file of {NAMES[lms]}'s: {why}. Headings: {', '.join(table.heading)[:300]}",
        where=f"{table.path}:1",
        remedy=remedies[lms],
    )
