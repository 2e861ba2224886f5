"""What an export would change, before it changes anything: each cell before and after, and who stays as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from autograder.errors import UsageError
from autograder.lms.layout import NAMES, Layout, below_preamble, number, read_layout
from autograder.lms.matching import Matches, match
from autograder.lms.table import Row, Table

EXCUSED = ("ex", "excused")
MARK = {"canvas": "EX"}  # how an LMS reads in its file that somebody is excused; the others have no word for it there
DECIMALS = 2  # of a score that was converted to other points, and of all that Sakai takes
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_DECIMAL_POINT = re.compile(r"[+-]?\d+\.\d+")
_FORMULA = re.compile(r"[=+\-@\t\r]")
_HARMLESS = re.compile(r"[+-]?[\d.,\s]*|-+")


@dataclass(frozen=True)
class Grade:
    """What there is to give back to one student.

    student: as in the names of their reports.
    score: None where the submission could not be read, which is not 0.
    points: of the assignment; None without a score.
    pending: whether the platform must run some checks again, so that the score may still change.
    held: whether the student must not see it yet.
    excused: whether it does not count for this student, whatever the score.
    """

    student: str
    score: float | None
    points: float | None
    pending: bool = False
    held: bool = False
    excused: bool = False


@dataclass(frozen=True)
class Change:
    """One cell: who, where, what stands there and what will.

    student: whose grade it is.
    row: the row of the file.
    before: what stands in the cell.
    after: what will stand there.
    """

    student: str
    row: Row
    before: str
    after: str


@dataclass(frozen=True)
class Plan:
    """An export, ready to be looked at or written.

    table, layout: the file.
    changes: the cells that will be written.
    same: students whose grade stands there already.
    excused: rows that a teacher has excused, in the course or in the LMS, and that stay as they are.
    ungraded: rows that get no grade: nothing was handed in, or the grade is held or in doubt.
    held: students whose grade is not written yet, with the reason.
    doubts: students who fit no single row, with the reason.
    absent: students who are not in the file.
    formulas: cells of the file that a spreadsheet would compute.
    """

    table: Table
    layout: Layout
    changes: tuple[Change, ...]
    same: tuple[str, ...]
    excused: tuple[Row, ...]
    ungraded: tuple[Row, ...]
    held: Mapping[str, str]
    doubts: Mapping[str, str]
    absent: tuple[str, ...]
    formulas: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """The file with its grades; every other byte as it was."""
        return self.table.edited({(change.row, self.layout.grade): change.after for change in self.changes})

    def lines(self) -> Iterator[str]:
        """The difference, for a teacher to read."""
        table, layout = self.table, self.layout
        points = f", out of {layout.points:g}" if layout.points is not None else ""
        yield f'{NAMES[layout.lms]}: {table.path}, column "{table.heading[layout.grade]}"{points}'
        for change in sorted(self.changes, key=lambda change: change.row.line):
            yield f"  {_who(change.row, layout)}: {change.before or 'blank'} -> {change.after}"
        yield f"{len(self.changes)} change, {len(self.same)} stand there already"
        yield from _listed("excused, and left so", [self._standing(row) for row in self.excused])
        yield from _listed("in the file, no grade here (left as they are)", self._without())
        yield from _listed("graded, not in the file", self.absent)
        yield from _listed("not written", [f"{who}: {why}" for who, why in {**self.held, **self.doubts}.items()])
        yield from _listed("a spreadsheet would compute these cells: upload the file without opening it", self.formulas)

    def _without(self) -> list[str]:
        return [self._standing(row) for row in self.ungraded]

    def _standing(self, row: Row) -> str:
        """A student, and the grade that stands there and stays."""
        there = row.text(self.layout.grade)
        return _who(row, self.layout) + (f" (has {there})" if there and there.casefold() not in EXCUSED else "")


@dataclass
class _Sorted:
    """What becomes of each student's rows.

    changes, same, excused, held: as `Plan` has them.
    named: `id` of each row that has a grade or is excused.
    """

    changes: list[Change] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    excused: list[Row] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)


def make_plan(
    table: Table,
    lms: str,
    grades: Iterable[Grade],
    *,
    titles: Sequence[str] = (),
    column: str | None = None,
    scale: bool = False,
    known: Mapping[str, Sequence[str]] | None = None,
) -> Plan:
    """What an export of these grades into this table would change.

    titles: what the assignment may be called, the surest first.
    column: its heading in the file, where the teacher names it.
    scale: convert scores to the column's points, where those are others.
    known: student -> ids in the LMS.

    Raises UsageError where the file is none of this LMS's, the column is not certain, an id stands twice, the points
    differ, or nobody of the class is in the file.
    """
    table = below_preamble(table, lms)
    layout = read_layout(table, lms, titles, column)
    by_student = {grade.student: grade for grade in grades}
    factor = _factor(table, layout, by_student.values(), scale)
    matches = match(by_student, layout, known)
    _demand_somebody(table, by_student, matches)
    found = _sorted(layout, matches, by_student, factor, _has_decimal_comma(table, layout))
    return Plan(
        table,
        layout,
        tuple(found.changes),
        tuple(found.same),
        tuple(found.excused),
        tuple(row for row in layout.students if id(row) not in found.named),
        found.held,
        matches.doubts,
        tuple(student for student in matches.absent if not by_student[student].excused),
        tuple(_formulas(table, layout)),
    )


def _sorted(layout: Layout, matches: Matches, by_student: Mapping[str, Grade], factor: float, comma: bool) -> _Sorted:
    found = _Sorted()
    for student, rows in matches.rows.items():
        grade = by_student[student]
        why = "" if grade.excused else _why_not(grade)
        if why:
            there = {row.text(layout.grade) for row in rows} - {""}
            found.held[student] = why + (f" (has {', '.join(sorted(there))})" if grade.held and there else "")
            continue
        after = MARK.get(layout.lms, "") if grade.excused else _score(grade.score, factor, comma, layout.lms)
        for row in rows:
            found.named.add(id(row))
            before = row.text(layout.grade)
            if before.casefold() in EXCUSED or not after:
                found.excused.append(row)
            elif number(before) is not None and number(before) == number(after):
                found.same.append(student)
            else:
                found.changes.append(Change(student, row, before, after))
    return found


def _why_not(grade: Grade) -> str:
    """Why no grade is written; "" where one is."""
    if grade.held:
        return "the grade is held back"
    if grade.score is None:
        return "could not be read, so there is no grade"
    return "some checks must be run again: grade first" if grade.pending else ""


def _factor(table: Table, layout: Layout, grades: Iterable[Grade], scale: bool) -> float:
    """What scores are multiplied by: 1, unless the column counts to other points and the teacher wants that."""
    ours = {grade.points for grade in grades if grade.points is not None}
    if not ours or not layout.points or ours == {layout.points}:
        return 1.0
    if len(ours) > 1:
        raise UsageError(
            f"the reports are out of different points: {', '.join(f'{p:g}' for p in sorted(ours))}",
            remedy="Grade the class again: the assignment has changed in between.",
        )
    (points,) = ours
    if not scale:
        raise UsageError(
            f"the assignment counts to {points:g} points, this column to {layout.points:g}",
            where=table.place(table.rows[0], layout.grade),
            remedy="Say --scale to convert every grade, or change the points in the LMS and download again.",
        )
    return layout.points / points


def _score(score: float | None, factor: float, comma: bool, lms: str) -> str:
    if score is None:  # `_why_not` has said so
        return ""
    exact = factor == 1.0 and lms != "sakai"
    text = f"{score:.10g}" if exact else f"{round(score * factor, DECIMALS):.10g}"
    return text.replace(".", ",") if comma else text


def _has_decimal_comma(table: Table, layout: Layout) -> bool:
    """Whether the file writes 87,5: by its grades and maxima, and, where those are silent, as files with ; do."""
    if layout.lms == "moodle":  # whose other columns hold what students wrote
        columns: Sequence[int] = (layout.grade, layout.grade + 1)
    elif layout.lms == "sakai":  # whose other columns hold times
        columns = (layout.grade,)
    else:
        columns = [n for n in range(len(table.heading)) if n not in layout.about]
    texts = [row.text(n) for row in table.body for n in columns]
    if any(map(_DECIMAL_POINT.fullmatch, texts)):
        return False
    return table.delimiter == ";" or any(map(_DECIMAL_COMMA.fullmatch, texts))


def _demand_somebody(table: Table, students: Mapping[str, Grade], matches: Matches) -> None:
    if students and not matches.rows and not matches.doubts:
        some = ", ".join(list(students)[:3])
        raise UsageError(
            f"none of the {len(students)} graded students is in it ({some}, ...)",
            where=str(table.path),
            remedy="Is it the file of this class? Else say who is who with --students.",
        )


def _formulas(table: Table, layout: Layout) -> Iterator[str]:
    for row in layout.students:
        for n, cell in enumerate(row.cells):
            if _FORMULA.match(cell.text) and not _HARMLESS.fullmatch(cell.text):
                yield f"{table.place(row, n)}: {cell.text[:40]!r}"


def _who(row: Row, layout: Layout) -> str:
    """A student as the file names them: the first cells that say who it is."""
    first = [row.text(column) for column in layout.about[:3] if row.text(column)]
    return ", ".join(first) or f"line {row.line}"


def _listed(what: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{len(names)} {what}:"
        yield from (f"  {name}" for name in names)
