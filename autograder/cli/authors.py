"""Commands for those who write assignments: new, verify, release."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.options import course_option, device_option, example, open_course, sandbox_option, say, seed_option
from autograder.errors import ExitCode

if TYPE_CHECKING:
    from autograder.verify.verify import Verification


@click.command()
@click.argument("slug")
@course_option
@sandbox_option
@example("autograder new 14-attention")
def new(slug: str, course_folder: Path, sandbox: str) -> None:
    """Make a small working assignment to change: solutions/SLUG/, and release it to assignments/SLUG/."""
    from autograder.release.publish import release_assignment
    from autograder.release.scaffold import new_assignment
    from autograder.sandbox import open_sandbox

    course = open_course(course_folder)
    folder = new_assignment(course, slug)
    say(f"Made {folder}")
    box = open_sandbox(sandbox)
    try:
        release_assignment(course, course.assignment(slug), box)
    finally:
        box.close()
    say(f"Released to {course.root / 'assignments' / slug}. It verifies as it stands:\n  autograder verify {slug}")
    say("Now change it; solutions/README.md is the only page you need.")
    if slug not in course.schedule:
        say(
            "When it is ready, say in course.yml, under assignments, when students work on it:\n"
            f"  {slug}: {{opens: 2027-03-22, due: 2027-04-05T23:59, weight: 20}}"
        )


@click.command()
@click.argument("slugs", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every assignment of the course.")
@click.option("--json", "as_json_", is_flag=True, help="Print counts, margins and findings as JSON.")
@click.option("--margins", is_flag=True, help="Plot the numeric margin of every check.")
@click.option(
    "--seeds",
    default=1,
    show_default=True,
    type=click.IntRange(1, 100),
    help="Draw the hidden cases from this many secrets.",
)
@course_option
@seed_option
@sandbox_option
@device_option
@example("autograder verify 10-gcn --margins\nautograder verify --all --json > verify.json")
def verify(
    slugs: tuple[str, ...],
    everything: bool,
    as_json_: bool,
    margins: bool,
    seeds: int,
    course_folder: Path,
    seed_file: Path | None,
    sandbox: str,
    device: str | None,
) -> None:
    """Prove that an assignment keeps its promises.

    The solution gets full marks, the stub none; every misconception is caught, told apart and diagnosed; every variant is
    accepted; the released files are fresh and hold no line of a solution; both languages are complete; the draw rules are
    obeyed; and the numeric margin between right and wrong is wide.
    """
    from autograder.course.secret import course_secret
    from autograder.errors import UsageError
    from autograder.sandbox import open_sandbox
    from autograder.verify.verify import as_json
    from autograder.verify.verify import verify as verify_assignment

    course = open_course(course_folder)
    chosen = course.slugs() if everything else tuple(Path(slug).name for slug in slugs)  # a folder will do
    if not chosen:
        raise UsageError("which assignment?", remedy=f"Name one ({', '.join(course.slugs())}), or say --all.")
    secret = course_secret(course.root, seed_file)
    box = open_sandbox(sandbox, device=device or "auto")
    reports = []
    try:
        for slug in chosen:
            assignment = course.assignment(slug)
            for place in _devices(device or course.device_for(assignment), box.start().device):
                for turn in range(seeds):
                    drawn = secret if turn == 0 else secret + f"/{turn}".encode()
                    report = verify_assignment(assignment, box, drawn, course.root / "assignments" / slug, device=place)
                    reports.append(report)
                    if not as_json_:
                        _print_verification(report, margins)
    finally:
        box.close()
    if as_json_:
        click.echo(json.dumps([as_json(report) for report in reports], ensure_ascii=False, indent=2))
    if not all(report.holds for report in reports):
        sys.exit(int(ExitCode.FAILED))


def _devices(wanted: str, present: str) -> tuple[str, ...]:
    """Where to verify: on the device asked for, and on CUDA too where there is one. A grade must not depend on it."""
    return (wanted, "cuda") if wanted == "cpu" and present == "cuda" else (wanted,)


def _print_verification(report: Verification, margins: bool) -> None:
    from autograder.verify.verify import margin_lines

    mark = "ok  " if report.holds else "FAIL"
    say(
        f"{mark} {report.slug}: {report.tasks} tasks, {report.checks} checks, {report.cases} cases; "
        f"misconceptions {report.caught}/{report.misconceptions} caught, {report.told_apart} told apart, {report.diagnosed} diagnosed; "
        f"variants {report.accepted}/{report.variants} accepted; {report.seconds_per_submission:.2f} s per submission"
    )
    for finding in report.findings:
        say(f"     {finding.kind}: {finding}")
    if margins:
        say("     error / tolerance: o largest of a right version, x smallest of a wrong one, | the tolerance")
        for line in margin_lines(report):
            say(f"     {line}")


@click.command()
@click.argument("slugs", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every assignment of the course.")
@course_option
@sandbox_option
@example("autograder release 10-gcn")
def release(slugs: tuple[str, ...], everything: bool, course_folder: Path, sandbox: str) -> None:
    """Write what students get: assignments/SLUG/ with notebooks, checker and visible cases."""
    from autograder.errors import UsageError
    from autograder.release.publish import release_assignment
    from autograder.sandbox import open_sandbox

    course = open_course(course_folder)
    chosen = course.slugs() if everything else tuple(Path(slug).name for slug in slugs)  # a folder will do
    if not chosen:
        raise UsageError("which assignment?", remedy=f"Name one ({', '.join(course.slugs())}), or say --all.")
    box = open_sandbox(sandbox)
    try:
        for slug in chosen:
            files = release_assignment(course, course.assignment(slug), box)
            say(f"{slug}: " + ", ".join(path.name for path in files))
    finally:
        box.close()
