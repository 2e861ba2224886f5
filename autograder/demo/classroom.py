"""Writes the demo's course folder and what its class handed in.

    out/course.yml  out/solutions/  out/assignments/     a course like any other
    out/submissions/10-gcn/         a folder: <student>.ipynb and <student>/..., some with other things beside it
    out/submissions/09-lstm.zip     the same as a zip

Everything is drawn from the tables and the students' names, so the class is the same every time.
"""

from __future__ import annotations

import io
import os
import shutil
import struct
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from autograder.course.assignment import Assignment
from autograder.course.schedule import Course
from autograder.demo.answers import Handwriting, fill_in, released_cells
from autograder.demo.formats import FORMATS, ending
from autograder.demo.gcn import GCN
from autograder.demo.lstm import LSTM
from autograder.demo.recipe import ClassPlan, Row
from autograder.errors import StorageError, UsageError

ROSTERS = (GCN, LSTM)
SECRET = b"the secret of the demo is no secret at all"
SEED_FILE = ".autograder-seed"
HANDED_IN = datetime(2027, 5, 16, 23, 41, 8, tzinfo=ZoneInfo("Asia/Seoul")).timestamp()

# Files that lie beside submissions, and that the grader must not take for submissions.
_BYSTANDERS = {
    "README.md": b"# 10\n",
    "grades_old.csv": b"student,score\n",
    "roster.csv": b"student,name\n",
    "index.html": b"<html><title>Submissions</title></html>\n",
    ".DS_Store": b"\0\0\0\1Bud1",
    "__MACOSX/._gcn.ipynb": b"\0\5\26\7",
    ".ipynb_checkpoints/gcn-checkpoint.ipynb": b"{}",
}


def make_course(course: Course, out: Path, secret: bytes) -> None:
    """A course folder with the assignments of ROSTERS and a seed of its own. What an earlier demo left is removed.

    Raises UsageError for a folder that holds anything else: nobody's course is overwritten by a demo.
    """
    _demand_ours(course, out)
    try:
        for folder in (out / "solutions", out / "assignments", out / "submissions", out / "reports"):
            shutil.rmtree(folder, ignore_errors=True)
        out.mkdir(parents=True, exist_ok=True)
        (out / SEED_FILE).write_bytes(secret + b"\n")
        for roster in ROSTERS:
            source = course.root / "solutions" / roster.slug
            shutil.copytree(source, out / "solutions" / roster.slug, ignore=shutil.ignore_patterns("__pycache__"))
        (out / "course.yml").write_text(_course_yml(), encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"cannot be written: {error.strerror}", where=str(out), remedy="Choose another folder with --out."
        ) from None


def _demand_ours(course: Course, out: Path) -> None:
    remedy = "Choose an empty folder, or one that does not exist, with --out."
    if course.root.resolve().is_relative_to(out.resolve()):
        raise UsageError("the demo's folder cannot be the course's own", where=str(out), remedy=remedy)
    try:
        foreign = out.exists() and (not out.is_dir() or (any(out.iterdir()) and not (out / SEED_FILE).is_file()))
    except OSError as error:
        raise StorageError(f"cannot be read: {error.strerror}", where=str(out), remedy=remedy) from None
    if foreign:
        raise UsageError("is there already, and no earlier demo made it", where=str(out), remedy=remedy)


def _course_yml() -> str:
    lines = [f"  {roster.slug}: {{opens: 2027-05-03, due: 2027-05-17T23:59, weight: 50}}" for roster in ROSTERS]
    head = 'title: {en: "A made-up course", ko: "꾸며 낸 강의"}\nterm: 2027 Spring\ntime_zone: Asia/Seoul\nlanguages: [ko, en]\n'
    return f"# Made by `autograder demo`.\n{head}assignments:\n" + "\n".join(lines) + "\n"


def make_class(course: Course, roster: ClassPlan) -> Path:
    """What the class handed in for one assignment: a folder, or a zip."""
    assignment = course.assignment(roster.slug)
    files = {_place(row): make_submission(course, assignment, row) for row in roster.rows}
    for row in roster.rows:
        files |= {path: _beside(course, assignment, what) for path, what in row.beside.items()}
    pile = course.root / "submissions" / roster.slug
    try:
        return _zipped(pile, files, roster.rows) if roster is LSTM else _folder(pile, files)
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(pile)) from None


def make_submission(course: Course, assignment: Assignment, row: Row) -> bytes:
    """The file of one student."""
    released = {slug: _released(course, slug, row.language) for slug in (roster.slug for roster in ROSTERS)}
    cells = fill_in(released_cells(released[assignment.slug]), row, assignment)
    accident = Handwriting(assignment).accident
    for edit in row.edits:
        edit(cells, accident)
    content = FORMATS[row.saved](cells, row.student)
    return row.raw(released, content) if row.raw else content


def _beside(course: Course, assignment: Assignment, what: str) -> bytes:
    """Another file of a student's, as `Row.beside` names it."""
    kind, _, name = what.partition(":")
    if kind == "handout":
        return _released(course, assignment.slug, name)
    return Handwriting(assignment).accident(name).encode()


def _released(course: Course, slug: str, language: str) -> bytes:
    (notebook,) = (course.root / "assignments" / slug).glob(f"*.{language}.ipynb")
    return notebook.read_bytes()


def _place(row: Row) -> str:
    return row.file or row.student + ending(row.saved)


def _folder(pile: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in {**files, **_BYSTANDERS}.items():
        path = pile / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (HANDED_IN, HANDED_IN))
    return pile


def _zipped(pile: Path, files: Mapping[str, bytes], rows: Iterable[Row]) -> Path:
    """A zip as macOS makes it: one folder around everything, Hangul in its decomposed form, times in UTC beside local ones.

    The file of a row without `zone` has the local time alone, as Windows writes it.
    """
    out = io.BytesIO()
    zoneless = {_place(row) for row in rows if not row.zone}
    utc = struct.pack("<HHBI", 0x5455, 5, 1, int(HANDED_IN))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, **_BYSTANDERS}.items():
            member = unicodedata.normalize("NFD", f"{pile.name}/{name}")
            info = zipfile.ZipInfo(member, (2027, 5, 16, 23, 41, 8))
            info.extra = b"" if name in zoneless else utc
            archive.writestr(info, content, zipfile.ZIP_DEFLATED)
    path = pile.with_suffix(".zip")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(out.getvalue())
    return path
