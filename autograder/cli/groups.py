"""Commands that learn from a class: `groups` shows wrong answers that many share, `misconception new` names one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.options import CONTEXT, complete_slug, course_option, example, open_course, say, seed_option
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.course.schedule import Course
    from autograder.report.groups import Group

out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Folder of the reports, as given to `grade`.  [default: reports/SLUG]",
)


@click.command()
@click.argument("slug", shell_complete=complete_slug)
@out_option
@course_option
@seed_option
@example("autograder groups 10-gcn --out reports/10-gcn")
def groups(slug: str, out: Path | None, course_folder: Path, seed_file: Path | None) -> None:
    """Show the wrong answers that many students of a class share and that nobody was given a reason for.

    The largest group first, each with the code of one of its students. `misconception new` makes an entry of a group.
    """
    from autograder.report.groups import lines

    for line in lines(_groups(open_course(course_folder), slug, out, seed_file)):
        say(line)


@click.group(context_settings=CONTEXT)
def misconception() -> None:
    """Entries of misconceptions.py."""


@misconception.command("new")
@click.argument("slug", shell_complete=complete_slug)
@click.option(
    "--from-group",
    "number",
    required=True,
    type=click.IntRange(1),
    metavar="N",
    help="The number that `autograder groups SLUG` shows.",
)
@out_option
@course_option
@seed_option
@example("autograder misconception new 10-gcn --from-group 1 --out reports/10-gcn")
def misconception_new(slug: str, number: int, out: Path | None, course_folder: Path, seed_file: Path | None) -> None:
    """Draft an entry of solutions/SLUG/misconceptions.py from a group: its code, and texts that you write.

    Grading the class once more then tells everybody in the group, and runs nothing again.
    """
    from autograder.report.groups import draft, without_reason

    course = open_course(course_folder)
    silent = without_reason(_groups(course, slug, out, seed_file))
    if number > len(silent):
        raise UsageError(
            f"there is no group {number}", remedy=f"`autograder groups {slug}` shows {len(silent)} of them."
        )
    group, assignment = silent[number - 1], course.assignment(slug)
    try:
        entry = draft(group, assignment.task(group.task).functions, number, course.languages)
    except (ValueError, SyntaxError) as error:
        raise UsageError(f"no entry can be made of group {number}: {error}", remedy="Write it by hand.") from None
    path = assignment.folder / "misconceptions.py"
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n" if path.exists() else HEAD
    path.write_text(text + entry, encoding="utf-8")
    say(f"Drafted in {path}, at its end. Give it a name and write its texts; then: autograder verify {slug}")


HEAD = '"""Wrong versions that students write, and what to tell them."""\n\nimport torch\n\nfrom autograder.authoring import misconception\n'


def _groups(course: Course, slug: str, out: Path | None, seed_file: Path | None) -> list[Group]:
    from autograder.course.secret import course_secret
    from autograder.pipeline.class_run import folder_store
    from autograder.report.groups import groups_of

    folder = out or Path("reports") / slug
    if not folder.is_dir():
        raise UsageError(f"there is no folder {folder}", remedy="Name the folder of the reports with --out.")
    store = folder_store(folder, course_secret(course.root, seed_file))
    reports = [report for report in store.reports() if report.assignment.slug == slug]
    if not reports:
        raise UsageError(
            f"{folder} holds no reports of {slug}", remedy="Grade the class first, with the same --out and seed."
        )
    return groups_of(reports)
