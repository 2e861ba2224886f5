"""Commands for those who grade a class."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from autograder.cli.options import course_option, device_option, example, open_course, sandbox_option, seed_option
from autograder.errors import ExitCode


@click.command()
@click.argument("slug")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), required=True, help="Folder for grades.csv, index.html and the reports."
)
@click.option(
    "--jobs", default=1, show_default=True, type=click.IntRange(1, 256), help="Workers, each with a sandbox of its own."
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
    out: Path,
    jobs: int,
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
    from autograder.course.secret import course_secret
    from autograder.pipeline.class_run import Job, grade_class
    from autograder.pipeline.progress import Progress
    from autograder.sandbox import choose
    from autograder.submissions.collect import collect

    course = open_course(course_folder)
    assignment = course.assignment(slug)
    options: dict[str, Any] = {key: value for key, value in (("fresh", fresh), ("gpus", gpus)) if value}
    job = Job(
        assignment_folder=assignment.folder,
        out=out,
        secret=course_secret(course.root, seed_file),
        sandbox=choose(sandbox),
        sandbox_options=options,
        device=device or ("auto" if gpus else course.device_for(assignment)),
        again=again,
        siblings=course.graded_functions(),
        time_zone=course.time_zone,
    )
    collection = collect(paths, slug=slug, notebook=assignment.notebook, functions=job.siblings[slug])
    with Progress(f"grading {slug}", len(collection.submissions)) as progress:
        result = grade_class(job, collection, jobs=jobs, progress=progress.advance)
    sys.exit(int(summarise(result, out)))


def summarise(result: Any, out: Path) -> ExitCode:
    """Say what happened, and choose the exit code."""
    for problem in result.problems:
        click.echo(f"not read: {problem.where}: {problem.error}", err=True)
    unreadable = [entry for entry in result.summaries if entry["status"] == "unreadable"]
    for entry in unreadable:
        click.echo(f"not read: {entry['student']}: {entry['problem']}", err=True)
    for student, why in result.failures:
        click.echo(f"platform: {student}: {why}", err=True)
    for entry in result.pending:
        click.echo(f"platform: {entry['student']}: some checks could not be run; run the same command again", err=True)
    graded = len(result.summaries) - len(unreadable)
    kept = f" ({result.kept} from an earlier run)" if result.kept else ""
    click.echo(
        f"{graded} graded{kept}, {len(unreadable) + len(result.problems)} not read, {len(result.failures)} failed. Open {out / 'index.html'}"
    )
    if result.failures or result.pending:
        return ExitCode.PLATFORM
    return ExitCode.UNREADABLE if unreadable or result.problems else ExitCode.OK
