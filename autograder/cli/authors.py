"""Commands for those who write a course: init, new, verify, release, preview, coverage, map."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.options import (
    complete_slug,
    course_option,
    device_option,
    example,
    open_course,
    sandbox_option,
    say,
    seed_option,
)
from autograder.errors import ExitCode

if TYPE_CHECKING:
    from autograder.course.assignment import Assignment
    from autograder.sandbox.interface import Sandbox
    from autograder.verify.verify import Verification


@click.command()
@click.argument("folder", default=Path(), type=click.Path(path_type=Path))
@click.option(
    "--languages", default="ko,en", show_default=True, help="In which students are spoken to; the first comes first."
)
@click.option(
    "--title", "titles", multiple=True, metavar="[LANGUAGE=]TITLE", help="The course's name; may stand twice."
)
@click.option("--time-zone", help="The clock of dates without a zone.  [default: this machine's]")
@example(
    'autograder init my-course --languages ko,en --title ko=딥러닝 --title "en=Deep Learning" --time-zone Asia/Seoul'
)
def init(folder: Path, languages: str, titles: tuple[str, ...], time_zone: str | None) -> None:
    """Make a course from nothing in FOLDER: course.yml, solutions/, assignments/, README.md and .gitignore.

    Nothing is asked, and nothing that is there is overwritten.
    """
    from autograder.release.scaffold import new_course

    spoken = languages.replace(",", " ").split()
    files = new_course(
        folder, languages=spoken, titles=dict(_title(text, spoken) for text in titles), time_zone=time_zone
    )
    click.echo(f"Made {', '.join(path.relative_to(folder).as_posix() for path in files)} in {folder}")
    click.echo("Now make an assignment, and change it; solutions/README.md says how:")
    click.echo(("" if folder.resolve() == Path.cwd() else f"  cd {folder}\n") + "  autograder new 01-first")


def _title(text: str, languages: Sequence[str]) -> tuple[str, str]:
    """(language, title) of "ko=딥러닝"; ("", title) of a title without a language."""
    language, equals, title = text.partition("=")
    return (language, title) if equals and language in languages else ("", text)


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
    box = open_sandbox(sandbox, python=course.python)
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
@click.argument("slugs", nargs=-1, shell_complete=complete_slug)
@click.option("--all", "everything", is_flag=True, help="Every assignment of the course.")
@click.option("--json", "as_json_", is_flag=True, help="Print counts, margins and findings as JSON.")
@click.option(
    "--explore", is_flag=True, help="Run the solved notebooks, too: no cell may raise, warn or take over a minute."
)
@click.option("--margins", is_flag=True, help="Plot the numeric margin of every check.")
@click.option(
    "--mutants",
    is_flag=True,
    help="Run every version of the solution that differs by one slip, and name those that no check catches: minutes, once.",
)
@click.option(
    "--seeds",
    default=1,
    show_default=True,
    type=click.IntRange(1, 100),
    help="Draw the hidden cases from this many secrets.",
)
@click.option(
    "--diagnosis",
    "answers_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Instead: how many labelled answers of FILE are given a right reason, a wrong one, or none, task by task.",
)
@course_option
@seed_option
@sandbox_option
@device_option
@example(
    "autograder verify 10-gcn --margins\nautograder verify 10-gcn --mutants --seeds 20\nautograder verify --all --json > verify.json"
)
def verify(
    slugs: tuple[str, ...],
    everything: bool,
    as_json_: bool,
    explore: bool,
    margins: bool,
    mutants: bool,
    seeds: int,
    answers_file: Path | None,
    course_folder: Path,
    seed_file: Path | None,
    sandbox: str,
    device: str | None,
) -> None:
    """Prove that an assignment keeps its promises.

    The solution gets full marks, the stub none; every misconception is caught, told apart and diagnosed; every variant is
    accepted; the released files are fresh and hold no line of a solution; both languages are complete; the draw rules are
    obeyed; no check takes zeros for right; and the numeric margin between right and wrong is wide.

    With --mutants: every version of the solution that differs by one slip fails a check. The results are kept in
    .autograder/mutants, and what is kept is told without --mutants too.
    """
    from autograder.course.secret import course_secret
    from autograder.errors import UsageError
    from autograder.grading.device import wants_gpu
    from autograder.sandbox import open_sandbox
    from autograder.verify.explored import explored
    from autograder.verify.standing import remember
    from autograder.verify.verify import as_json, demand_equal, prove, worst
    from autograder.verify.verify import verify as verify_assignment

    course = open_course(course_folder)
    chosen = course.slugs() if everything else tuple(Path(slug).name for slug in slugs)  # a folder will do
    if not chosen:
        raise UsageError("which assignment?", remedy=f"Name one ({', '.join(course.slugs())}), or say --all.")
    secret = course_secret(course.root, seed_file)
    box = open_sandbox(sandbox, device=device or "auto", python=course.python)
    if answers_file is not None:
        return _measure_diagnosis([course.assignment(slug) for slug in chosen], answers_file, box, secret, as_json_)
    reports: list[Verification] = []
    try:
        for slug in chosen:
            assignment, released = course.assignment(slug), course.root / "assignments" / slug
            secrets = [secret if turn == 0 else secret + f"/{turn}".encode() for turn in range(seeds)]
            before = len(reports)
            on_cpu: list[Verification] = []
            for place in _devices(device or course.device_for(assignment), box.start().device, wants_gpu(assignment)):
                drawn = [verify_assignment(assignment, box, one, released, device=place) for one in secrets]
                if place == "cpu":
                    prove(drawn[0], assignment, box, secrets, course.root, run=mutants)
                if explore:
                    explored(drawn, assignment, released)
                for one, other in zip(on_cpu, drawn, strict=False):
                    demand_equal(one, other)
                on_cpu = drawn
                reports += drawn
                if not as_json_:
                    _print_verification(worst(drawn), margins, seeds)
            remember(course.root, assignment, reports[before:])
    finally:
        box.close()
    if as_json_:
        click.echo(json.dumps([as_json(report) for report in reports], ensure_ascii=False, indent=2))
    unwritten = list(course.unwritten()) if everything else []  # `open_course` has warned of them
    if unwritten or not all(report.holds for report in reports):
        sys.exit(int(ExitCode.FAILED))


def _measure_diagnosis(
    assignments: Sequence[Assignment], file: Path, box: Sandbox, secret: bytes, as_json_: bool
) -> None:
    from autograder.verify import answers

    rows, rules = answers.read_answers(file), answers.read_rules(file.with_name(answers.RULES))
    measured = []
    with box:
        for assignment in assignments:
            measured.append(answers.measure(assignment, box, secret, rows, rules))
            if not as_json_:
                say(f"{assignment.slug}:\n  " + "\n  ".join(answers.lines(measured[-1])))
    if as_json_:
        click.echo(json.dumps(list(map(answers.as_data, measured)), ensure_ascii=False, indent=2))


def _devices(wanted: str, present: str, deserved: bool) -> tuple[str, ...]:
    """Where to verify: on both devices where there are two and a check deserves a GPU. A grade must not depend on it."""
    if present == "cuda" and deserved:
        return ("cpu", "cuda")
    return (wanted,) if deserved else ("cpu",)


def _print_verification(report: Verification, margins: bool, draws: int) -> None:
    from autograder.verify.proofs.proof import summary_lines
    from autograder.verify.verify import margin_lines

    mark = "ok  " if report.holds else "FAIL"
    say(
        f"{mark} {report.slug}: {report.tasks} tasks, {report.checks} checks, {report.cases} cases; "
        f"misconceptions {report.caught}/{report.misconceptions} caught, {report.told_apart} told apart, {report.diagnosed} diagnosed; "
        f"variants {report.accepted}/{report.variants} accepted; {report.seconds_per_submission:.2f} s per submission"
        + (f"; the worst of {draws} draws" if draws > 1 else "")
    )
    for line in summary_lines(report.proofs):
        say(f"     {line}")
    for finding in report.findings:
        say(f"     {finding.kind}: {finding}")
    if margins:
        say("     error / tolerance: o largest of a right version, x smallest of a wrong one, | the tolerance")
        for line in margin_lines(report):
            say(f"     {line}")


@click.command()
@click.argument("slugs", nargs=-1, shell_complete=complete_slug)
@click.option("--all", "everything", is_flag=True, help="Every assignment of the course.")
@click.option(
    "--single", is_flag=True, help="Write self-contained notebooks instead, for Colab: single/SLUG/, one file each."
)
@course_option
@sandbox_option
@example("autograder release 10-gcn\nautograder release 10-gcn --single")
def release(slugs: tuple[str, ...], everything: bool, single: bool, course_folder: Path, sandbox: str) -> None:
    """Write what students get: assignments/SLUG/ with notebooks, checker and visible cases.

    Warns of an assignment that does not verify, or has changed since it was verified.
    """
    import logging

    from autograder.errors import UsageError
    from autograder.release.publish import release_assignment, visible_answers
    from autograder.release.single_notebook import write_single
    from autograder.sandbox import open_sandbox
    from autograder.verify.standing import doubts

    course = open_course(course_folder)
    chosen = course.slugs() if everything else tuple(Path(slug).name for slug in slugs)  # a folder will do
    if not chosen:
        raise UsageError("which assignment?", remedy=f"Name one ({', '.join(course.slugs())}), or say --all.")
    box = open_sandbox(sandbox, python=course.python)
    try:
        for slug in chosen:
            assignment = course.assignment(slug)
            if single:
                files = write_single(assignment, course.root / "single" / slug, visible_answers(assignment, box))
            else:
                files = release_assignment(course, assignment, box)
            say(f"{slug}: " + ", ".join(path.name for path in files))
            for doubt in doubts(course.root, assignment, course.root / "assignments" / slug):
                logging.getLogger("autograder.release").warning(
                    "WARNING: %s is released, but %s. Run: autograder verify %s", slug, doubt, slug
                )
    finally:
        box.close()


@click.command()
@click.argument("slug", shell_complete=complete_slug)
@click.option("--open", "open_", is_flag=True, help="Show the pages in a browser.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the pages.  [default: .autograder/preview]")
@course_option
@example("autograder preview 10-gcn --open")
def preview(slug: str, open_: bool, out: Path | None, course_folder: Path) -> None:
    """Run the solved notebooks, in every language, and show them with their plots and the seconds of each cell.

    The solution stands in place of the stubs. Your own code runs here, outside of the sandbox, with two threads.
    """
    import webbrowser

    from autograder.release.preview.page import page
    from autograder.release.preview.solved import faults, run_solved

    course = open_course(course_folder)
    assignment = course.assignment(Path(slug).name)
    folder = out or course.root / ".autograder" / "preview"
    folder.mkdir(parents=True, exist_ok=True)
    wrong = False
    for language in assignment.languages:
        cells = run_solved(assignment, course.root / "assignments" / assignment.slug, language)
        path = folder / f"{assignment.slug}.{language}.html"
        path.write_text(page(assignment, cells, language), encoding="utf-8")
        say(f"{path}: {sum(cell.seconds for cell in cells):.1f} s")
        for cell, what in faults(cells):
            wrong = True
            place = f"solution.py:{cell.line}: " if cell.line else ""
            say(f'     {place}the cell that begins with "{cell.first_line}" {what}')
        if open_:
            webbrowser.open(path.resolve().as_uri())
    if wrong:
        sys.exit(int(ExitCode.FAILED))


@click.command()
@course_option
@example("autograder coverage | grep optional")
def coverage(course_folder: Path) -> None:
    """Print which task covers each system that the lectures name: system, lecture, task and state.

    It reads solutions/coverage.yml. The states: covered; question, where only multiple-choice questions ask for it; optional, where
    only tasks without points do; named only, where a lecture says nothing that could be asked; open. An open one is exit code 1.
    """
    from autograder.release.coverage import STATES, read_coverage

    rows = read_coverage(open_course(course_folder))
    table = [("system", "lecture", "task", "state")]
    table += [(row.system, row.lecture, ", ".join(row.tasks) or "-", row.state) for row in rows]
    widths = [max(len(line[column]) for line in table) for column in range(3)]
    for line in table:
        say("  ".join([*(f"{cell:<{width}}" for cell, width in zip(line[:3], widths, strict=True)), line[3]]))
    counts = {state: sum(row.state == state for row in rows) for state in STATES}
    say(f"{len(rows)} named: " + ", ".join(f"{count} {state}" for state, count in counts.items()))
    if counts["open"]:
        sys.exit(int(ExitCode.FAILED))


@click.command(name="map")
@course_option
@example("autograder map")
def course_map(course_folder: Path) -> None:
    """Write the course map for students: docs/course.LANGUAGE.md, with lectures, tasks, times, and what builds on what.

    Times and what builds on what stand in course.yml: minutes and after of each assignment.
    """
    from autograder.release.course_map import write_maps

    for path in write_maps(open_course(course_folder)):
        say(str(path))
