"""Commands for those who grade a class."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.options import (
    complain,
    complete_slug,
    course_option,
    device_option,
    example,
    open_course,
    sandbox_option,
    say,
    seed_option,
)
from autograder.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from autograder.course.schedule import Course
    from autograder.pipeline.class_run import BatchResult


@click.command()
@click.argument("slug", shell_complete=complete_slug)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder for grades.csv, index.html and the reports.  [required, unless course.yml names a store]",
)
@click.option(
    "--jobs", default=1, show_default=True, type=click.IntRange(1, 256), help="Workers, each with a sandbox of its own."
)
@click.option(
    "--roster",
    type=click.Path(path_type=Path),
    help="CSV with a column student: who stands there and handed in nothing is listed.",
)
@click.option("--again", is_flag=True, help="Grade everything anew, also what an earlier run has graded.")
@click.option("--fresh", is_flag=True, help="docker: a new container for each submission.")
@click.option("--gpus", default="", help='docker: GPUs to hand over, "all" or "0,1".')
@course_option
@seed_option
@sandbox_option
@device_option
@example("autograder grade 10-gcn submissions.zip --out reports/10-gcn --jobs 4")
def grade(
    slug: str,
    paths: tuple[Path, ...],
    out: Path | None,
    jobs: int,
    roster: Path | None,
    again: bool,
    fresh: bool,
    gpus: str,
    course_folder: Path,
    seed_file: Path | None,
    sandbox: str,
    device: str | None,
) -> None:
    """Grade a class.

    PATHS are notebooks (.ipynb, or .py in percent format), folders of <student>.ipynb or <student>/..., or zip files
    of either. Writes grades.csv, index.html for staff, and for each student a JSON and two pages.

    Exit codes: 0 graded, 2 usage, 3 some submissions could not be read, 4 the platform failed somewhere.
    """
    from autograder.api import grade_class
    from autograder.engine import LocalEngine
    from autograder.pipeline.progress import Progress

    course = open_course(course_folder)
    if out is None and not course.store:
        raise UsageError("Missing option '--out'", remedy="Say where the reports go, or name a store in course.yml.")
    _demand_submissions(paths)
    with Progress(f"grading {slug}") as progress:
        result = grade_class(
            course,
            slug,
            paths,
            store=out,
            engine=LocalEngine(jobs),
            sandbox=sandbox,
            sandbox_options={key: value for key, value in (("fresh", fresh), ("gpus", gpus)) if value},
            device=device or ("auto" if gpus else None),
            seed_file=seed_file,
            again=again,
            roster=roster,
            progress=progress.update,
        )
    if out is not None and course.store:
        _write_sums(course, slug, out, seed_file)
    sys.exit(int(summarise(result, out)))


def _write_sums(course: Course, slug: str, out: Path, seed_file: Path | None) -> None:
    """Rewrite the pages with the sums of rules and decisions; the pages of a held grade are removed."""
    from datetime import UTC, datetime

    from autograder.course.secret import course_secret
    from autograder.pipeline.course_store import class_store, demand_database
    from autograder.records.gradebook import gradebook
    from autograder.records.pages import write_reports
    from autograder.store.records import all_decisions

    database = demand_database(course, course_secret(course.root, seed_file))
    if not (course.rules or all_decisions(database, slug)):
        return  # no rules and no decisions: the pages are right as they are
    write_reports(course, class_store(database, slug), gradebook(course, database, datetime.now(UTC)), out)


def _demand_submissions(paths: Sequence[Path]) -> None:
    """Raises UsageError where none of the paths exists. Where only some are missing, the batch reports them."""
    if any(map(_may_be_there, paths)):
        return
    raise UsageError(
        f"{', '.join(map(str, paths))}: there {'is' if len(paths) == 1 else 'are'} no such file or folder",
        remedy="To try it out, `autograder demo` makes a class: demo/submissions/10-gcn.",
    )


def _may_be_there(path: Path) -> bool:
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True  # such as a missing permission, which the batch reports
    return True


def summarise(result: BatchResult, out: Path | None) -> ExitCode:
    """Say what happened, and return the exit code."""
    from autograder.report.schema import said

    for problem in result.problems:
        complain(f"not read: {problem.where}: {problem.error}")
    unreadable = [entry for entry in result.summaries if entry.status == "unreadable"]
    for entry in unreadable:
        complain(f"not read: {entry.student}: {said(entry.problem or {}, 'en')}")
    for student, why in result.failures:
        complain(f"platform: {student}: {why}")
    for entry in result.pending:
        complain(f"platform: {entry.student}: some checks could not be run; run the same command again")
    graded = len(result.summaries) - len(unreadable)
    before = [f"{result.kept} from an earlier run"] if result.kept else []
    before += [f"{result.rebuilt} reports rebuilt, nothing run"] if result.rebuilt else []
    kept = f" ({', '.join(before)})" if before else ""
    read = f"Open {out / 'index.html'}" if out else "Kept in the store: autograder status"
    say(
        f"{graded} graded{kept}, {len(unreadable) + len(result.problems)} not read, {len(result.failures)} failed. {read}"
    )
    if result.failures or result.pending:
        return ExitCode.PLATFORM
    return ExitCode.UNREADABLE if unreadable or result.problems else ExitCode.OK
