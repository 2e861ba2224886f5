"""Commands for those who answer for the grades: override, extend, roster, reports, backup, restore."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.options import complete_slug, course_option, example, say, seed_option
from autograder.cli.records import open_store, whole_gradebook
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.store.records import Kind

reason_option = click.option(
    "--reason", required=True, help="Why; it is kept, and the student reads it beside a score."
)


@click.command()
@click.argument("student")
@click.argument("slug", shell_complete=complete_slug)
@click.option("--score", help="These points in place of what was graded, lateness included.")
@click.option("--excuse", is_flag=True, help="It does not count for this student.")
@click.option(
    "--hold", is_flag=True, help="Keep the grade back: the student does not see it, and it does not count yet."
)
@click.option("--undo", is_flag=True, help="Take back the score, the excuse and the hold.")
@reason_option
@course_option
@seed_option
@example('autograder override kim-minji 10-gcn --score 45 --reason "regrade request of 3 June"')
def override(
    student: str,
    slug: str,
    score: str | None,
    excuse: bool,
    hold: bool,
    undo: bool,
    reason: str,
    course_folder: Path,
    seed_file: Path | None,
) -> None:
    """Decide on one grade. What was graded stays in the history, and so does who decided, when and why."""
    from autograder.store.records import decide

    if sum((score is not None, excuse, hold, undo)) != 1:
        raise UsageError("what is decided?", remedy="Say one of --score, --excuse, --hold and --undo.")
    _, database = open_store(course_folder, seed_file)
    _demand(course_folder, seed_file, [(student, slug)])
    points = _points(score) if score is not None else ""
    kinds: list[tuple[Kind, str]] = [("score", points)] if score is not None else []
    kinds += [("excused", "yes")] if excuse else []
    kinds += [("held", "yes")] if hold else []
    kinds += [("score", ""), ("excused", ""), ("held", "")] if undo else []
    decide(database, [(slug, student, kind, value) for kind, value in kinds], _reason(reason))
    say(
        f"{student}, {slug}: {'taken back' if undo else ', '.join(kind for kind, _ in kinds)}. autograder show {student}"
    )


def _points(text: str) -> str:
    from autograder.rules.numbers import exact

    try:
        value = exact(text)
    except (ValueError, ZeroDivisionError):
        value = None
    if value is None or not 0 <= value < 10**9 or "%" in text or "/" in text:
        raise UsageError(f'"{text}" is no number of points', where="--score", remedy="Write 45 or 42.5.")
    return text.strip()


def _reason(text: str) -> str:
    if not text.strip():
        raise UsageError("why?", where="--reason", remedy="A decision without a reason helps nobody later.")
    return text.strip()


@click.command()
@click.argument("student", required=False)
@click.argument("slug", required=False, shell_complete=complete_slug)
@click.argument("span", required=False)
@click.option(
    "--csv",
    "table",
    type=click.Path(path_type=Path),
    help="A CSV with columns student, assignment, extension, and reason.",
)
@click.option("--reason", default="", help="Why; it is kept. In a CSV each line may have its own.")
@course_option
@seed_option
@example('autograder extend kim-minji 10-gcn 3d --reason "ill, with a note"\nautograder extend --csv extensions.csv')
def extend(
    student: str | None,
    slug: str | None,
    span: str | None,
    table: Path | None,
    reason: str,
    course_folder: Path,
    seed_file: Path | None,
) -> None:
    """Give a student more time: 3d moves the deadline by three days of the calendar, 36h by hours, 0d takes it back.

    An extension is used before slip days. Given once more, it replaces the earlier one.
    """
    from autograder.store.records import decide

    if (table is None) == (span is None):
        raise UsageError("whose deadline?", remedy="Say STUDENT SLUG 3d, or --csv FILE.")
    rows = list(_extensions(table)) if table else [(student or "", slug or "", span or "", "")]
    wanted = [(who, what, _stored(time, table), why) for who, what, time, why in rows]
    _, database = open_store(course_folder, seed_file)
    _demand(course_folder, seed_file, [(who, what) for who, what, _, _ in wanted])
    reasons = [_reason(why or reason) for _, _, _, why in wanted]
    decide(database, [(what, who, "extension", time) for who, what, time, _ in wanted], reasons)
    say(
        f"{len(wanted)} extended. They count from now on; reports are written anew by: autograder reports SLUG --out FOLDER"
    )


def _stored(text: str, table: Path | None) -> str:
    from autograder.records.gradebook import span_to_store
    from autograder.rules.clock import read_span

    try:
        span = read_span(text)
    except ValueError as error:
        raise UsageError(str(error), where=str(table) if table else "") from None
    return span_to_store(span) if span else ""


def _extensions(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """(student, slug, span, reason) of each line."""
    import csv

    from autograder.submissions.collect import safe_id

    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"cannot be read: {error}", where=str(path), remedy="Save it as CSV in UTF-8.") from None
    for number, row in enumerate(rows, start=2):
        told = {(key or "").strip().casefold(): str(value or "").strip() for key, value in row.items()}
        who, what, time = (told.get(name, "") for name in ("student", "assignment", "extension"))
        if not (who and what and time):
            raise UsageError(
                "a line without student, assignment or extension",
                where=f"{path}:{number}",
                remedy="The heading is student,assignment,extension,reason.",
            )
        yield safe_id(who), what, time, told.get("reason", "")


def _demand(course_folder: Path, seed_file: Path | None, wanted: list[tuple[str, str]]) -> None:
    """Raises UsageError for a student or an assignment that is unknown: a decision on a misspelt one has no effect."""
    from autograder.course.textfile import did_you_mean
    from autograder.store.records import attempts, people

    course, database = open_store(course_folder, seed_file)
    students = set(people(database)) | {one.student for one in attempts(database)}
    for student, slug in wanted:
        if slug not in course.schedule:
            raise UsageError(f'course.yml names no assignment "{slug}"', remedy=did_you_mean(slug, course.schedule))
        if student not in students:
            raise UsageError(
                f'nobody is called "{student}"',
                remedy=did_you_mean(student, sorted(students)) or "autograder roster FILE makes people known.",
            )


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--assignment", "slug", default="", shell_complete=complete_slug, help="Of this assignment alone.")
@course_option
@seed_option
@example("autograder roster roster.csv")
def roster(path: Path, slug: str, course_folder: Path, seed_file: Path | None) -> None:
    """Make known who is in the course: a CSV with columns student, name and, where there are teams, team."""
    from autograder.store.records import Person, enrol
    from autograder.submissions.roster import read_roster, read_teams

    _, database = open_store(course_folder, seed_file)
    found, teams = read_roster(path), read_teams(path)
    persons = [Person(student, name, teams.get(student, "")) for student, name in found.students.items()]
    enrol(database, persons, slug)
    say(f"{len(persons)} people, {len(set(filter(None, teams.values())))} teams")


@click.command()
@click.argument("slug", shell_complete=complete_slug)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder for the reports.")
@course_option
@seed_option
@example("autograder reports 10-gcn --out reports/10-gcn")
def reports(slug: str, out: Path, course_folder: Path, seed_file: Path | None) -> None:
    """Write the folder of reports of an assignment from the store; each page shows the sum of the grade."""
    from autograder.pipeline.course_store import class_store
    from autograder.records.pages import write_reports

    course, database = open_store(course_folder, seed_file)
    count = write_reports(course, class_store(database, slug), whole_gradebook(course, database), out)
    if not count:
        raise UsageError(f"the store holds no reports of {slug}", remedy="autograder status says what it holds.")
    say(f"{count} reports in {out}")


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@course_option
@seed_option
@example("autograder backup backups/2027-06-01.db")
def backup(path: Path, course_folder: Path, seed_file: Path | None) -> None:
    """Write the whole store to FILE, as it is at this moment; grading may go on meanwhile.

    Keep the seed (.autograder/seed) with it: what the store holds is signed with it.
    """
    from autograder.course.secret import seed_id
    from autograder.store.backup import back_up

    _, database = open_store(course_folder, seed_file)
    counts = back_up(database, path)
    say(
        f"{counts['reports']} reports, {counts['submissions']} submissions in {path}; signed with seed {seed_id(database.secret)}"
    )


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--to", help="Another store than course.yml's: sqlite:FILE or postgresql://USER@HOST/DATABASE.")
@course_option
@seed_option
@example("autograder restore backups/2027-06-01.db")
def restore(path: Path, to: str | None, course_folder: Path, seed_file: Path | None) -> None:
    """Fill the course's store, which must be empty, from a backup. `autograder status` then says what it said."""
    from autograder.cli.options import open_course
    from autograder.course.secret import course_secret
    from autograder.pipeline.course_store import demand_database
    from autograder.store.backup import restore as restore_to
    from autograder.store.database import shown, store_url

    course = open_course(course_folder)
    url = store_url(to, course.root) if to else demand_database(course, course_secret(course.root, seed_file)).url
    counts = restore_to(path, url)
    say(f"{counts['reports']} reports, {counts['submissions']} submissions in {shown(url)}")
