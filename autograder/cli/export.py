"""Commands that carry grades and reports to the tools that a lecturer already uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.options import complain, complete_slug, course_option, example, open_course, say, seed_option
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.course.schedule import Course
    from autograder.lms.plan import Grade, Plan
    from autograder.report import Report
    from autograder.rules import Grade as Ruled


@click.group("export")
def export() -> None:
    """Give assignments, grades and reports to other tools."""


reports_option = click.option(
    "--reports", type=click.Path(path_type=Path), required=True, help="The folder that `grade --out` wrote."
)
dry_run_option = click.option("--dry-run", is_flag=True, help="Show the difference, and write nothing.")


# -- grades ----------------------------------------------------------------------------------------------------------


def _grades_command(lms: str, file: str, doc: str) -> None:
    """One command for each LMS that takes grades in a file of its own."""

    @export.command(lms, help=doc)
    @click.argument("slug", shell_complete=complete_slug)
    @click.option(
        "--gradebook",
        "--worksheet",
        "gradebook",
        type=click.Path(path_type=Path),
        required=True,
        help=f"The file that {file}.",
    )
    @click.option(
        "--reports",
        type=click.Path(path_type=Path),
        help="The folder that `grade --out` wrote.  [required, unless course.yml names a store]",
    )
    @click.option("--out", type=click.Path(path_type=Path), help="The file to upload.  [default: FILE-graded.csv]")
    @dry_run_option
    @click.option("--column", help="The heading of the assignment's column, or a part of it.")
    @click.option("--scale", is_flag=True, help="Convert scores to the column's points where those are others.")
    @click.option(
        "--students",
        type=click.Path(path_type=Path),
        help="CSV student,id: who is who in the LMS where names do not tell; a team has several lines.",
    )
    @click.option("--encoding", help="Of the file, where it does not tell: utf-8, cp949, cp1252, ...")
    @course_option
    @seed_option
    def command(
        slug: str,
        gradebook: Path,
        reports: Path | None,
        out: Path | None,
        dry_run: bool,
        column: str | None,
        scale: bool,
        students: Path | None,
        encoding: str | None,
        course_folder: Path,
        seed_file: Path | None,
    ) -> None:
        from autograder.lms.bundle import read_bundled
        from autograder.lms.people import read_known
        from autograder.lms.plan import make_plan
        from autograder.lms.table import read_table

        course = open_course(course_folder)
        table, inside = read_bundled(gradebook, encoding) if lms == "sakai" else (read_table(gradebook, encoding), "")
        plan = make_plan(
            table,
            lms,
            _grades(course, slug, reports, seed_file),
            titles=_titles(course, slug),
            column=column,
            scale=scale,
            known=read_known(students) if students else None,
        )
        _finish(plan, out or gradebook.with_name(f"{gradebook.stem}-graded{gradebook.suffix}"), dry_run, inside)


def _finish(plan: Plan, out: Path, dry_run: bool, inside: str) -> None:
    """Say what changes, and write it. inside: the file's name in the zip that it came in; "" where there is no zip."""
    from autograder.lms.bundle import bundled
    from autograder.store.folder import write_atomically

    for line in plan.lines():
        say(line)
    if dry_run:
        say("Nothing was written: this was a dry run.")
        return
    write_atomically(out, bundled(plan.to_bytes(), inside) if inside else plan.to_bytes())
    say(f"Written to {out}")


def _grades(course: Course, slug: str, folder: Path | None, seed_file: Path | None) -> list[Grade]:
    """The grades to give back: by rules and decisions where the course's store has them, else the scores of reports."""
    from autograder.lms.plan import Grade

    ruled = ruled_grades(course, slug, seed_file)
    if folder is None and not ruled:
        raise UsageError(
            "Missing option '--reports'", remedy="Name the folder that `grade --out` wrote, or grade into a store."
        )
    reports = _reports(course, slug, folder, seed_file) if folder is not None else []
    grades = {
        report.student: Grade(report.student, report.score, report.max_score, report.status == "pending")
        for report in reports
    }
    for student, grade in ruled.items():
        score, pending = grade.points, grade.state == "pending"
        grades[student] = Grade(
            student,
            float(score) if score is not None else None,
            float(grade.out_of),
            pending,
            held=grade.held,
            excused=grade.state == "excused",
        )
    return list(grades.values())


def ruled_grades(course: Course, slug: str, seed_file: Path | None) -> Mapping[str, Ruled]:
    """The grades of an assignment in the course's store, by student; none where it has no store."""
    from datetime import UTC, datetime

    from autograder.course.secret import course_secret
    from autograder.pipeline.course_store import course_database
    from autograder.records.gradebook import grades_to_give

    course.assignment(slug)  # raises for a slug that is none
    database = course_database(course, course_secret(course.root, seed_file)) if course.store else None
    return grades_to_give(course, database, slug, datetime.now(UTC)) if database else {}


def _titles(course: Course, slug: str) -> Sequence[str]:
    """What the assignment may be called in an LMS, the surest first: its titles, the slug with and without its number."""
    title = course.assignment(slug).title
    spoken = [title.in_language(language) for language in course.languages]
    return tuple(dict.fromkeys([*spoken, slug, slug.split("-", 1)[-1]]))


def _reports(course: Course, slug: str, folder: Path, seed_file: Path | None) -> list[Report]:
    """The reports of an assignment that this course has signed. Raises UsageError where there are none."""
    from autograder.course.secret import course_secret
    from autograder.pipeline.class_run import folder_store

    course.assignment(slug)  # raises for a slug that is none
    if not folder.is_dir():
        raise UsageError("there is no such folder", where=str(folder), remedy="Give the one that `grade --out` wrote.")
    found = list(folder_store(folder, course_secret(course.root, seed_file)).reports())
    unsigned = sum(1 for _ in folder.glob("*.json")) - len(found)
    if unsigned:
        complain(f"{folder}: {unsigned} JSON files are no reports signed by this course; they are passed by")
    for report in found:
        if report.assignment.slug != slug:
            raise UsageError(
                f"holds the reports of {report.assignment.slug}, and this is {slug}",
                where=str(folder),
                remedy="Name the assignment that was graded into this folder.",
            )
    if not found:
        raise UsageError(
            "holds no report of this course", where=str(folder), remedy=f"Grade first: autograder grade {slug} ..."
        )
    return found


_EDITED = "Every other byte of it stays, and nobody who handed in nothing gets a grade: blank is not zero."
for _lms, _file, _head, _line in (
    (
        "canvas",
        "Canvas wrote: Grades, Export",
        f"Put grades into the gradebook that Canvas exported. {_EDITED}",
        "autograder export canvas 10-gcn --gradebook Grades-DL.csv --reports reports/10-gcn --dry-run",
    ),
    (
        "moodle",
        "Moodle wrote: the assignment, Download grading worksheet",
        f"Put grades into an assignment's grading worksheet, in whatever language Moodle speaks. {_EDITED}",
        "autograder export moodle 10-gcn --worksheet Grades-DL-GCN.csv --reports reports/10-gcn --dry-run",
    ),
    (
        "blackboard",
        "Blackboard wrote: Gradebook, Download",
        f"Put grades into the gradebook that Blackboard exported. {_EDITED}",
        "autograder export blackboard 10-gcn --gradebook gc_DL.csv --reports reports/10-gcn --dry-run",
    ),
    (
        "brightspace",
        "Brightspace wrote: Grades, Export",
        f"Put grades into the grade book that Brightspace exported. {_EDITED}",
        "autograder export brightspace 10-gcn --gradebook DL_GradesExport.csv --reports reports/10-gcn --dry-run",
    ),
    (
        "sakai",
        "Sakai wrote: grades.csv of the assignment's Download All, or the zip that holds it",
        f"Put grades into the grade file of Sakai's Download All; of a zip a zip is made, for Upload All. {_EDITED}",
        "autograder export sakai 10-gcn --gradebook bulk_download.zip --reports reports/10-gcn --dry-run",
    ),
):
    _grades_command(_lms, _file, f"{_head}\n\n\b\nExample:\n  {_line}")


# -- people and pages ------------------------------------------------------------------------------------------------


@export.command("gradescope-roster")
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    required=True,
    help="CSV with names and e-mail addresses: your own, or an LMS's export.",
)
@click.option("--out", type=click.Path(path_type=Path), help="The file to upload.  [default: FILE-gradescope.csv]")
@dry_run_option
@click.option("--encoding", help="Of the roster, where it does not tell: utf-8, cp949, cp1252, ...")
@example("autograder export gradescope-roster --roster roster.csv --out gradescope.csv")
def gradescope_roster(roster: Path, out: Path | None, dry_run: bool, encoding: str | None) -> None:
    """Make a roster that Gradescope reads: names, addresses, student numbers, sections."""
    from autograder.lms import people
    from autograder.lms.table import read_table
    from autograder.store.folder import write_atomically

    everybody = people.read_people(read_table(roster, encoding))
    text = people.gradescope_roster(everybody)
    if dry_run:
        say(text.replace("\r\n", "\n").rstrip())
        say(f"{len(everybody)} people. Nothing was written: this was a dry run.")
        return
    out = out or roster.with_name(f"{roster.stem}-gradescope.csv")
    write_atomically(out, text)
    say(f"{len(everybody)} people, written to {out}")


@export.command("feedback")
@click.argument("slug", shell_complete=complete_slug)
@click.option(
    "--lms",
    type=click.Choice(["moodle", "canvas", "brightspace", "sakai", "blackboard"]),
    required=True,
    help="Whose names the pages get.",
)
@click.option(
    "--download",
    "downloads",
    type=click.Path(path_type=Path, exists=True),
    multiple=True,
    required=True,
    help="The submissions as the LMS gave them, a zip or a folder; may stand several times.",
)
@reports_option
@click.option("--out", type=click.Path(path_type=Path), help="The zip to upload.  [default: feedback-SLUG-LMS.zip]")
@click.option("--language", help="Only the pages in this language.  [default: all of the course's]")
@dry_run_option
@course_option
@seed_option
@example("autograder export feedback 10-gcn --lms moodle --download submissions.zip --reports reports/10-gcn")
def feedback(
    slug: str,
    lms: str,
    downloads: tuple[Path, ...],
    reports: Path,
    out: Path | None,
    language: str | None,
    dry_run: bool,
    course_folder: Path,
    seed_file: Path | None,
) -> None:
    """Make a zip of the students' pages in the names of an LMS's download, for it to give back."""
    from autograder.lms.feedback import plan_feedback, write_feedback

    course = open_course(course_folder)
    found = _reports(course, slug, reports, seed_file)
    held = {student for student, grade in ruled_grades(course, slug, seed_file).items() if grade.held}
    pages = {report.student: _pages(report, reports, language) for report in found if report.student not in held}
    plan = plan_feedback(lms, downloads, pages, _wanted(course, slug), slug)
    out = out or Path(f"feedback-{slug}-{lms}.zip")
    for name, (student, _) in plan.files.items() if dry_run else ():
        say(f"  {student}: {name}")
    problems = [*plan.problems, *((report.student, "is held back") for report in found if report.student in held)]
    for student, why in problems:
        complain(f"not given back: {student} {why}")
    given = len({student for student, _ in plan.files.values()})
    say(f"{given} students, {len(plan.files)} pages; {len(problems)} not given back")
    if dry_run:
        say("Nothing was written: this was a dry run.")
        return
    write_feedback(plan, out)
    say(f"Written to {out}")


def _pages(report: Report, folder: Path, language: str | None) -> list[Path]:
    from autograder.report.schema import page_ending

    if language is not None and language not in report.languages:
        raise UsageError(
            f"there are no pages in {language}", where=str(folder), remedy=f"Say {' or '.join(report.languages)}."
        )
    endings = [page_ending(language)] if language is not None else report.endings
    paths = [folder / f"{report.student}{ending}" for ending in endings]
    for path in paths:
        if not path.is_file():
            raise UsageError("is not there", where=str(path), remedy="Grade again: that writes every page.")
    return paths


def _wanted(course: Course, slug: str) -> str:
    """The name of the assignment's notebook, by which `grade` sorts a download."""
    import unicodedata

    return unicodedata.normalize("NFC", course.assignment(slug).notebook or slug.split("-", 1)[-1]).lower()
