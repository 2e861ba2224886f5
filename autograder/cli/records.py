"""Commands that ask the store of a course: status, show, history, gradebook, insight."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.options import complain, complete_slug, course_option, example, open_course, say, seed_option
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.course.schedule import Course
    from autograder.records.gradebook import Gradebook
    from autograder.store.database import Database


def open_store(course_folder: Path, seed_file: Path | None) -> tuple[Course, Database]:
    """The course and its database. Raises UsageError where it has none."""
    from autograder.course.secret import course_secret
    from autograder.pipeline.course_store import demand_database

    course = open_course(course_folder)
    return course, demand_database(course, course_secret(course.root, seed_file))


def whole_gradebook(course: Course, database: Database) -> Gradebook:
    """The gradebook at this moment."""
    from datetime import UTC, datetime

    from autograder.records.gradebook import gradebook

    return gradebook(course, database, datetime.now(UTC))


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@course_option
@seed_option
@example("autograder status")
def status(as_json: bool, course_folder: Path, seed_file: Path | None) -> None:
    """Say what the store holds: for each assignment who handed in, what is graded, and what is still to do."""
    from autograder.records.status import status as status_of

    course, database = open_store(course_folder, seed_file)
    found = status_of(course, database)
    if as_json:
        rows = [{key: value for key, value in asdict(row).items() if key[0] != "_"} for row in found.assignments]
        click.echo(json.dumps({"assignments": rows, "people": found.people}, indent=1))
    else:
        say(found.table())


@click.command()
@click.argument("student")
@click.option("--language", type=click.Choice(["en", "ko"]), default="en", show_default=True, help="Of the sums.")
@course_option
@seed_option
@example("autograder show kim-minji")
def show(student: str, language: str, course_folder: Path, seed_file: Path | None) -> None:
    """Show one student's grades, each as a sum, and the course grade."""
    from autograder.report.term.gradebook import lines_of, note
    from autograder.rules.numbers import shown

    course, database = open_store(course_folder, seed_file)
    book = whole_gradebook(course, database)
    student = book.identities.person(student)
    if student not in book.grades:
        raise UsageError(f'nobody is called "{student}"', remedy=_nearest(student, book))
    mine, person = book.grades[student], book.students[student]
    say(f"{student}  {person.name}".rstrip())
    for grade in mine.grades.values():
        points = "no grade" if grade.points is None else f"{shown(grade.points)} of {shown(grade.out_of)}"
        remark = note(grade)
        say(f"{grade.slug}: {points}" + (f" ({remark})" if remark else ""))
        for given, text in lines_of(grade.lines, language):
            say(f"{given:>10}  {text}".rstrip())
    say(
        "course: "
        + ("no grade" if mine.total is None else f"{shown(mine.total)}%")
        + ("" if mine.final else ", not final")
    )
    for given, text in lines_of(mine.lines, language):
        say(f"{given:>10}  {text}".rstrip())


def _nearest(student: str, book: Gradebook) -> str:
    from autograder.course.textfile import did_you_mean

    return did_you_mean(student, list(book.grades)[:5000])


@click.command()
@click.argument("student", required=False, default="")
@click.option("--assignment", "slug", default="", shell_complete=complete_slug, help="Of this assignment alone.")
@course_option
@seed_option
@example("autograder history kim-minji --assignment 10-gcn")
def history(student: str, slug: str, course_folder: Path, seed_file: Path | None) -> None:
    """Show what happened: every grade with its cause, every decision with its reason, and who it was.

    Without STUDENT, of the whole course. Says where the audit trail is not as it was written.
    """
    import sys

    from autograder.errors import ExitCode
    from autograder.store.audit import trail

    _, database = open_store(course_folder, seed_file)
    whole = True
    with database.reading() as connection:
        for noted in trail(connection, database.secret, slug, student):
            whole &= noted.whole
            detail = ", ".join(f"{key} {value}" for key, value in noted.detail.items() if value not in ("", None))
            mark = "" if noted.whole else "CHANGED BY SOMEBODY: "
            say(f"{mark}{noted.at[:19]}Z  {noted.who}  {noted.action}  {noted.slug} {noted.student}  {detail}".rstrip())
    if not whole:
        sys.exit(int(ExitCode.FAILED))


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Folder for gradebook.csv, index.html and students/."
)
@course_option
@seed_option
@example("autograder gradebook --out grades")
def gradebook(out: Path, course_folder: Path, seed_file: Path | None) -> None:
    """Write the gradebook over all assignments: a CSV, a page for staff, and a page of sums for each student."""
    from autograder.pipeline.overview import staff_language
    from autograder.report.schema import page_ending
    from autograder.report.term.gradebook import gradebook_csv, gradebook_html, grades_html
    from autograder.store.folder import make_folder, write_atomically

    course, database = open_store(course_folder, seed_file)
    book = whole_gradebook(course, database)
    names = {student: person.name for student, person in book.students.items()}
    staff = staff_language(course.languages)
    title = course.title.in_language(staff)
    make_folder(out)
    make_folder(out / "students")
    write_atomically(out / "gradebook.csv", gradebook_csv(book.assignments, book.grades, names))
    page = gradebook_html(title, book.assignments, book.grades, names, book.unlisted, staff)
    write_atomically(out / "index.html", page)
    for student, grade in book.grades.items():
        for language in course.languages:
            page = grades_html(course.title.in_language(language), student, names[student], grade, language)
            write_atomically(out / "students" / f"{student}{page_ending(language)}", page)
    for name in sorted(book.identities.unknown)[:5]:
        complain(
            f'"{name}" stands with several numbers, as Moodle numbers people anew in each assignment, and the roster '
            "does not say who it is; each number is a student of its own. `autograder roster FILE` makes names known."
        )
    say(f"{len(book.grades)} students, {len(book.assignments)} assignments. Open {out / 'index.html'}")


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    help="Folder for index.html, the CSV files and insight.json.",
)
@click.option("--assignment", "slug", default="", shell_complete=complete_slug, help="Of this assignment alone.")
@course_option
@seed_option
@example("autograder insight --out insight")
def insight(out: Path, slug: str, course_folder: Path, seed_file: Path | None) -> None:
    """Say what the checks tell: difficulty, discrimination, Cronbach's alpha, useless checks, misconceptions, attempts."""
    from autograder.pipeline.overview import staff_language
    from autograder.records.insight import course_insight
    from autograder.report.term.insight import insight_files
    from autograder.store.folder import make_folder, write_atomically

    course, database = open_store(course_folder, seed_file)
    found = course_insight(database, slug)
    if not found.checks:
        raise UsageError(
            "nothing is graded yet", where=slug or str(course.root), remedy="autograder grade comes first."
        )
    language = staff_language(course.languages)
    make_folder(out)
    for name, text in insight_files(course.title.in_language(language), found, language).items():
        write_atomically(out / name, text)
    useless = sum(bool(item.useless) for of in found.checks for item in of.items)
    say(
        f"{len(found.checks)} assignments, {useless} useless checks, {len(found.beliefs)} misconceptions. Open {out / 'index.html'}"
    )
