"""Who is who: the students of the reports, as downloads named their files, and the rows of an LMS's table.

Nobody is guessed. A student is found by an id, else by a name that one student and one row have; whoever fits several
rows, or whose number and name contradict each other, is left alone and reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from autograder.lms.layout import Layout
from autograder.lms.table import Row
from autograder.submissions.collect import safe_id

_NUMBERED = re.compile(r"(?:(?P<name>.+)_)?(?P<id>\d+)", re.DOTALL)
_LAST_NUMBER = re.compile(r"(\d+)$")
_NAME_COLUMN = 1  # of Moodle's worksheet, where it names anybody


@dataclass
class Matches:
    """Which rows of a file are whose.

    rows: student -> rows; a team has several.
    doubts: student -> why the row is not certain.
    absent: students without a row.
    """

    rows: dict[str, list[Row]] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    absent: list[str] = field(default_factory=list)


def match(students: Iterable[str], layout: Layout, known: Mapping[str, Sequence[str]] | None = None) -> Matches:
    """The rows of each student. known: student -> ids in the LMS, as the teacher has written them down."""
    index = _Index(layout)
    result = Matches()
    owners: dict[int, str] = {}
    for student in students:
        rows, doubt = _find(student, index, known or {})
        if doubt:
            result.doubts[student] = doubt
        elif not rows:
            result.absent.append(student)
        for row in rows if not doubt else ():
            other = owners.setdefault(id(row), student)
            if other != student:
                why = f'"{{}}" has a report too, and both fit line {row.line}'
                result.doubts[student], result.doubts[other] = why.format(other), why.format(student)
        if rows and not doubt:
            result.rows[student] = rows
    for student in result.doubts:
        result.rows.pop(student, None)
    return result


class _Index:
    """The rows of a table by everything that says who somebody is."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.by_id: dict[str, list[Row]] = {}
        self.by_name: dict[str, list[Row]] = {}
        self.by_cell: dict[str, list[Row]] = {}
        self.by_participant: dict[str, Row] = {}
        for row in layout.students:
            texts = [_plain(row.text(column), layout.lms) for column in layout.about]
            for key in dict.fromkeys(key for text in texts if text for key in (_key(text), _key(safe_id(text)))):
                self.by_id.setdefault(key, []).append(row)
            for name in dict.fromkeys(_names(texts)):
                self.by_name.setdefault(name, []).append(row)
            for name in dict.fromkeys(filter(None, map(letters, texts))):
                self.by_cell.setdefault(name, []).append(row)
            number = _LAST_NUMBER.search(row.text(0))
            if layout.lms == "moodle" and number:
                self.by_participant[number[1]] = row


def _find(student: str, index: _Index, known: Mapping[str, Sequence[str]]) -> tuple[list[Row], str]:
    """(rows, why they are not certain)."""
    if student in known:
        found = [(text, _once(index.by_id.get(_key(text), ()))) for text in known[student]]
        missing = [text for text, row in found if row is None]
        if missing:
            return [], f'the file of students says "{missing[0]}", and no single row has that'
        return [row for _, row in found if row is not None], ""
    finders: list[Callable[[str, _Index], tuple[list[Row], str]]] = [_by_whole_id]
    finders += [_by_participant] if index.layout.lms == "moodle" else [_by_number]
    for find in [*finders, _by_name]:
        rows, doubt = find(student, index)
        if rows or doubt:
            return rows, doubt
    return [], ""


def _by_whole_id(student: str, index: _Index) -> tuple[list[Row], str]:
    """By the student's whole id, where it is one of the LMS: a number, a login, an address, or Participant_2."""
    rows = index.by_id.get(_key(student)) or index.by_id.get(_key(student.replace("_", " "))) or []
    if len(rows) <= 1:
        return list(rows), ""
    if _is_team(student, rows, index):
        return list(rows), ""
    return [], _twice(rows)


def _by_participant(student: str, index: _Index) -> tuple[list[Row], str]:
    """By the number at the end of a name in Moodle's downloads: the participant's, or a team's.

    Participants are numbered anew in each assignment. A number whose row has another name is therefore in doubt: it may
    be one of another assignment.
    """
    named = _NUMBERED.fullmatch(student)
    if named is None or not named["name"]:
        return [], ""
    name = letters(named["name"])
    row = index.by_participant.get(named["id"])
    called = index.by_cell.get(name, [])
    if called and _is_team(named["name"], called, index):
        return called, ""
    if row is not None and (row in called or not _says_who(name, row, index)):
        return [row], ""
    if row is not None:
        who = row.text(_NAME_COLUMN) or row.text(0)
        return [], f'line {row.line} has this number, and is "{who}": is it the worksheet of another assignment?'
    if called:
        return [], f"the name stands in line {called[0].line}, under another number: is it another assignment's?"
    return [], ""


def _says_who(name: str, row: Row, index: _Index) -> bool:
    """Whether a name and a row can contradict each other: they cannot where marking is blind."""
    nobody = {"", "participant", letters(_LAST_NUMBER.sub("", row.text(0)))}
    return name not in nobody and len(index.layout.about) > 2


def _by_number(student: str, index: _Index) -> tuple[list[Row], str]:
    """By the user's id, in which names in the downloads of Canvas and Brightspace end."""
    named = _NUMBERED.fullmatch(student)
    if named is None or not named["name"]:
        return [], ""
    rows = index.by_id.get(named["id"], [])
    first = [row for row in rows if _plain(row.text(index.layout.ids[0]), index.layout.lms) == named["id"]]
    rows = first or rows
    return (list(rows), "") if len(rows) <= 1 else ([], _twice(rows))


def _by_name(student: str, index: _Index) -> tuple[list[Row], str]:
    named = _NUMBERED.fullmatch(student)
    for name in dict.fromkeys([letters(student), letters(named["name"] or "") if named else ""]):
        rows = index.by_name.get(name, []) if name else []
        if len(rows) > 1:
            return [], _twice(rows)
        if rows:
            return list(rows), ""
    return [], ""


def _is_team(name: str, rows: Sequence[Row], index: _Index) -> bool:
    """Whether this is a team's name: it stands in a column of the worksheet that is nobody's own."""
    own = {*index.layout.ids, _NAME_COLUMN}
    columns = [column for column in index.layout.about if column not in own]
    wanted = letters(name)
    return index.layout.lms == "moodle" and all(
        any(letters(row.text(column)) == wanted for column in columns) for row in rows
    )


def _twice(rows: Sequence[Row]) -> str:
    return f"it fits lines {', '.join(str(row.line) for row in rows[:5])}"


def _once(rows: Sequence[Row]) -> Row | None:
    return rows[0] if len(rows) == 1 else None


def _plain(text: str, lms: str) -> str:
    """The text without the # that Brightspace puts before ids, so that a spreadsheet leaves them alone."""
    return text.removeprefix("#") if lms == "brightspace" else text


def _key(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()


def letters(text: str) -> str:
    """A name without case, blanks and marks, as Canvas writes it into the names of files."""
    return "".join(c for c in unicodedata.normalize("NFC", text).casefold() if c.isalnum())


def _names(texts: Sequence[str]) -> list[str]:
    """What somebody may be called: each cell, and neighbours as given name and family name, in either order."""
    single = [letters(text) for text in texts]
    pairs = [name for a, b in pairwise(single) if a and b for name in (a + b, b + a)]
    turned = [letters(" ".join(reversed(text.split(",")))) for text in texts if text.count(",") == 1]
    return [name for name in (*single, *pairs, *turned) if name]
