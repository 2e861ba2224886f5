"""Commands that grade again what the store holds, after an assignment has changed: rescore and regrade."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.options import (
    complain,
    complete_slug,
    course_option,
    device_option,
    example,
    sandbox_option,
    say,
    seed_option,
)
from autograder.cli.records import open_store
from autograder.errors import ExitCode

if TYPE_CHECKING:
    from autograder.pipeline.changes import Change
    from autograder.pipeline.rescore import Rescored

dry_option = click.option("--dry-run", is_flag=True, help="Say whose grade would change, and keep nothing.")
plot_option = click.option(
    "--plot", type=click.Path(path_type=Path), help="Write a picture of old and new grades, as SVG."
)
why_option = click.option("--reason", default="", help="Why, for the history of every grade that changes.")


@click.command()
@click.argument("slug", shell_complete=complete_slug)
@dry_option
@plot_option
@why_option
@course_option
@seed_option
@example(
    'autograder rescore 10-gcn --dry-run --plot changes.svg\nautograder rescore 10-gcn --reason "T1 was too strict"'
)
def rescore(
    slug: str, dry_run: bool, plot: Path | None, reason: str, course_folder: Path, seed_file: Path | None
) -> None:
    """Score again what was graded, as the assignment is now: tolerances, points, messages, judges, checks removed.

    Nothing runs and no sandbox is needed. The old grades stay in the history. A check that asks for new calls needs
    `regrade`.
    """
    from autograder.pipeline.course_store import bank_folder, class_store
    from autograder.pipeline.rescore import Rescorer

    course, database = open_store(course_folder, seed_file)
    course.assignment(slug)
    store = class_store(database, slug).because("rescored", reason)
    rescorer = Rescorer(course, slug, store, bank_folder(course, slug))
    _tell(rescorer.score(store.attempts(), apply=not dry_run), dry_run, plot, slug)


@click.command()
@click.argument("slug", shell_complete=complete_slug)
@dry_option
@plot_option
@why_option
@click.option(
    "--jobs", default=1, show_default=True, type=click.IntRange(1, 256), help="Workers, each with a sandbox of its own."
)
@course_option
@seed_option
@sandbox_option
@device_option
@example('autograder regrade 10-gcn --dry-run --jobs 4\nautograder regrade 10-gcn --reason "one more hidden check"')
def regrade(
    slug: str,
    dry_run: bool,
    plot: Path | None,
    reason: str,
    jobs: int,
    course_folder: Path,
    seed_file: Path | None,
    sandbox: str,
    device: str | None,
) -> None:
    """Grade again what the store holds, in a sandbox: for a check that was added, or another solution.

    Interrupted, the same command goes on. A dry run grades as well, and keeps nothing in the store; applied afterwards,
    nothing is graded twice.
    """
    from autograder.pipeline.regrade import regrade_class

    course, database = open_store(course_folder, seed_file)
    results = regrade_class(
        course, slug, database, reason=reason, apply=not dry_run, jobs=jobs, sandbox=sandbox, device=device
    )
    _tell(results, dry_run, plot, slug)


def _tell(results: Iterable[Rescored], dry_run: bool, plot: Path | None, slug: str) -> None:
    """A line for each grade that changes, then how many there are."""
    from autograder.records.changes_svg import changes_svg
    from autograder.store.folder import write_atomically

    changes: list[Change] = []
    problems: dict[str, list[str]] = {}
    for result in results:
        if result.change is None:
            problems.setdefault(result.problem, []).append(result.student)
            continue
        changes.append(result.change)
        if result.change.changes:
            say(str(result.change))
    for problem, students in problems.items():
        others = f" and {len(students) - 5} others" if len(students) > 5 else ""
        complain(f"not scored: {problem} ({', '.join(students[:5])}{others})")
    failed = sum(map(len, problems.values()))
    up = sum(change.difference > 0 for change in changes)
    down = sum(change.difference < 0 for change in changes)
    verb = "would change" if dry_run else "changed"
    say(f"{len(changes)} files of {slug}: {up} grades {verb} upwards, {down} downwards, {failed} not scored")
    if not dry_run and up + down:
        say(f"A folder of reports is written anew by: autograder reports {slug} --out FOLDER")
    if plot:
        write_atomically(plot, changes_svg([(c.old or 0.0, c.new or 0.0) for c in changes], slug))
    if failed:
        sys.exit(int(ExitCode.PLATFORM))
