"""The command line. Thin: it reads arguments, calls the modules, and turns errors into one line and an exit code.

Nothing heavy is imported before a command needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder import __version__
from autograder.errors import AutograderError, ExitCode

if TYPE_CHECKING:
    from autograder.course.schedule import Course
    from autograder.verify.verify import Verification

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class Commands(click.Group):
    """Turns every error of ours into one line on stderr and its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AutograderError as error:
            click.echo(f"autograder: {error}", err=True)
            ctx.exit(int(error.exit_code))
        except BrokenPipeError:  # the reader of our output has gone; click knows what to do
            raise
        except OSError as error:  # no module has said it better: a disk or a permission
            click.echo(f"autograder: {error.filename or 'a file'}: {error.strerror or error}.", err=True)
            ctx.exit(int(ExitCode.PLATFORM))
        except KeyboardInterrupt:
            click.echo("autograder: interrupted. What is graded stays; run the same command again to go on.", err=True)
            ctx.exit(130)


def example(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds an example to a command's help."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n\n\b\nExample:\n" + "\n".join(
            f"  {line}" for line in text.split("\n")
        )
        return command

    return add


course_option = click.option(
    "--course",
    "course_folder",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="here or above",
    help="Folder with course.yml.",
)
seed_option = click.option(
    "--seed-file",
    type=click.Path(path_type=Path),
    help="The course's secret seed. [default: $AUTOGRADER_SEED_FILE, else .autograder/seed]",
)
sandbox_option = click.option(
    "--sandbox",
    type=click.Choice(["auto", "docker", "process", "unsafe"]),
    default="auto",
    show_default=True,
    help="Where students' code runs: docker where an engine is there, else process. unsafe: no walls, for your own code only.",
)
device_option = click.option("--device", type=click.Choice(["cpu", "cuda", "auto"]), help="Overrides course.yml.")


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="autograder")
def main() -> None:
    """Grade deep-learning notebooks: safely, numerically, and with reasons."""


def _course(folder: Path) -> Course:
    from autograder.course.schedule import find_course, load_course

    return load_course(find_course(folder))


# -- authors ---------------------------------------------------------------------------------------------------------


@main.command()
@click.argument("slug")
@course_option
@sandbox_option
@example("autograder new 14-attention")
def new(slug: str, course_folder: Path, sandbox: str) -> None:
    """Make a small working assignment to change: solutions/SLUG/, and release it to assignments/SLUG/."""
    from autograder.release.publish import release_assignment
    from autograder.release.scaffold import new_assignment
    from autograder.sandbox import open_sandbox

    course = _course(course_folder)
    folder = new_assignment(course, slug)
    click.echo(f"Made {folder}")
    box = open_sandbox(sandbox)
    try:
        release_assignment(course, course.assignment(slug), box)
    finally:
        box.close()
    click.echo(
        f"Released to {course.root / 'assignments' / slug}. It verifies as it stands:\n  autograder verify {slug}"
    )
    click.echo("Now change it; solutions/README.md is the only page you need.")
    if slug not in course.schedule:
        click.echo(
            "When it is ready, say in course.yml, under assignments, when students work on it:\n"
            f"  {slug}: {{opens: 2027-03-22, due: 2027-04-05T23:59, weight: 20}}"
        )


@main.command()
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

    course = _course(course_folder)
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
    click.echo(
        f"{mark} {report.slug}: {report.tasks} tasks, {report.checks} checks, {report.cases} cases; "
        f"misconceptions {report.caught}/{report.misconceptions} caught, {report.told_apart} told apart, {report.diagnosed} diagnosed; "
        f"variants {report.accepted}/{report.variants} accepted; {report.seconds_per_submission:.2f} s per submission"
    )
    for finding in report.findings:
        click.echo(f"     {finding.kind}: {finding}")
    if margins:
        click.echo("     error / tolerance: o largest of a right version, x smallest of a wrong one, | the tolerance")
        for line in margin_lines(report):
            click.echo(f"     {line}")


@main.command()
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

    course = _course(course_folder)
    chosen = course.slugs() if everything else tuple(Path(slug).name for slug in slugs)  # a folder will do
    if not chosen:
        raise UsageError("which assignment?", remedy=f"Name one ({', '.join(course.slugs())}), or say --all.")
    box = open_sandbox(sandbox)
    try:
        for slug in chosen:
            files = release_assignment(course, course.assignment(slug), box)
            click.echo(f"{slug}: " + ", ".join(path.name for path in files))
    finally:
        box.close()


# -- graders ---------------------------------------------------------------------------------------------------------


@main.command()
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

    course = _course(course_folder)
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
    sys.exit(int(_summarise(result, out)))


def _summarise(result: Any, out: Path) -> ExitCode:
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


@main.command()
@course_option
@example("autograder doctor")
def doctor(course_folder: Path) -> None:
    """Say what this machine can do: sandboxes, walls, GPUs, and what is missing."""
    from autograder.cli.doctor import examine

    healthy = True
    for line in examine(course_folder):
        healthy &= line.ok
        click.echo(f"{'ok  ' if line.ok else '!!  '}{line.name}: {line.text}")
    sys.exit(0 if healthy else int(ExitCode.FAILED))


@main.group()
def image() -> None:
    """The image of the docker sandbox."""


@image.command("build")
@click.option("--cuda", is_flag=True, help="With CUDA's libraries, for GPUs (several GB).")
@click.option(
    "--base",
    help='An image with Python 3.11, or "debootstrap" to make one where no registry can be reached. [default: python:3.11-slim]',
)
@click.option(
    "--wheelhouse",
    type=click.Path(path_type=Path),
    help="Folder of wheels, filled where it lacks one. [default: wheelhouse/]",
)
@click.option("--tag", help="[default: autograder-guest:cpu or autograder-guest:cuda]")
@click.option("--no-cache", is_flag=True, help="Build every layer anew.")
@example("autograder image build\nautograder image build --base debootstrap --wheelhouse /media/usb/wheels")
def build_image_command(cuda: bool, base: str | None, wheelhouse: Path | None, tag: str | None, no_cache: bool) -> None:
    """Build the image in which students' code runs.

    Wheels are fetched first, in the versions that docker/requirements-*.txt pin; the build itself has no network.
    """
    from autograder.sandbox.docker.images import build_image

    built = build_image(
        cuda=cuda,
        base=base or "",
        wheelhouse=wheelhouse,
        tag=tag or "",
        cache=not no_cache,
        say=lambda text: click.echo(text, err=True),
    )
    click.echo(f"{built.tag}  {built.id}  {built.size / 1e6:.0f} MB, {len(built.layers)} layers")


@main.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Folder for the class and its reports.",
)
@click.option("--jobs", default=2, show_default=True, type=click.IntRange(1, 256))
@course_option
@sandbox_option
@example("autograder demo --out demo")
def demo(out: Path, jobs: int, course_folder: Path, sandbox: str) -> None:
    """Verify and release an assignment, grade a made-up class of two assignments, and show the report to open."""
    from autograder.demo import run_demo

    sys.exit(int(run_demo(_course(course_folder), out, jobs=jobs, sandbox=sandbox, echo=click.echo)))


if __name__ == "__main__":
    main()
