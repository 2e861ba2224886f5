"""Commands that carry assignments and grades to other graders, and bring theirs here: nbgrader, otter, Gradescope."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.export import export, ruled_grades
from autograder.cli.options import (
    complain,
    complete_slug,
    course_option,
    example,
    open_course,
    say,
    seed_option,
)

slug_argument = click.argument("slug", shell_complete=complete_slug)
out_option = click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder to write to.")
language_option = click.option(
    "--language", help="In which students are spoken to there.  [default: the course's first]"
)


@export.command("nbgrader")
@slug_argument
@out_option
@language_option
@course_option
@example("autograder export nbgrader 10-gcn --out ~/nbgrader-course --language en")
def export_nbgrader(slug: str, out: Path, language: str | None, course_folder: Path) -> None:
    """Write an assignment into an nbgrader course: source/SLUG and release/SLUG.

    Needs the released files: autograder release SLUG. nbgrader runs the visible checks; the others wait for
    autograder export nbgrader-gradebook.
    """
    from autograder.exchange import files, nbgrader

    course = open_course(course_folder)
    assignment = course.assignment(slug)
    released = files.released(course, assignment)
    written = nbgrader.trees(assignment, files.language_of(course, language), released)
    if not (out / "nbgrader_config.py").exists():
        written["nbgrader_config.py"] = nbgrader.CONFIG.format(course=course.root.name).encode()
    files.write(out, written)
    say(f"Wrote {out / 'source' / slug} and {out / 'release' / slug}. Now, in {out}:")
    say(f"  nbgrader generate_assignment {slug} --force")


@export.command("nbgrader-gradebook")
@slug_argument
@click.option("--reports", type=click.Path(path_type=Path), required=True, help="Folder that grade wrote with --out.")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder of nbgrader_config.py.")
@click.option(
    "--python",
    type=click.Path(path_type=Path),
    help="A Python that has nbgrader.  [default: that of the nbgrader command]",
)
@click.option("--db", default="", help="The gradebook's URL.  [default: what nbgrader_config.py says]")
@language_option
@course_option
@seed_option
@example("autograder export nbgrader-gradebook 10-gcn --reports reports/10-gcn --out ~/nbgrader-course")
def export_nbgrader_gradebook(
    slug: str,
    reports: Path,
    out: Path,
    python: Path | None,
    db: str,
    language: str | None,
    course_folder: Path,
    seed_file: Path | None,
) -> None:
    """Write scores, comments and feedback into nbgrader's gradebook, for formgrader and nbgrader export.

    Whoever has no final score is left out: blank is not zero. What a person scored by hand in formgrader stays.
    """
    from autograder.exchange import files, nbgrader_gradebook

    course = open_course(course_folder)
    assignment = course.assignment(slug)
    graded = files.reports(course, slug, reports, seed_file)
    spoken = files.language_of(course, language)
    ruled = ruled_grades(course, slug, seed_file)
    pushed = nbgrader_gradebook.push(assignment, spoken, graded, out, python=python, db=db, ruled=ruled)
    for student, why in pushed.left_out:
        complain(f"left out: {student}: {why}")
    made = f"; {slug} was made known to nbgrader" if pushed.registered else ""
    say(f"{pushed.written} students written to the gradebook of {out}{made}.")


@export.command("otter")
@slug_argument
@out_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["exception", "ok"]),
    default="exception",
    show_default=True,
    help="Of the tests in the otter assign source.",
)
@language_option
@course_option
@example("autograder export otter 10-gcn --out ~/otter/10-gcn")
def export_otter(slug: str, out: Path, form: str, language: str | None, course_folder: Path) -> None:
    """Write an otter assign source and test files of both formats, with the visible checks.

    Needs the released files: autograder release SLUG. Hidden checks, form and purity are graded here alone.
    """
    from autograder.exchange import files, otter

    course = open_course(course_folder)
    assignment = course.assignment(slug)
    released = files.released(course, assignment)
    files.write(out, otter.source(assignment, files.language_of(course, language), released, form))
    say(f"Wrote {out}. Now, there:")
    say(f"  otter assign {assignment.notebook}.ipynb dist")


@export.command("gradescope")
@slug_argument
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The zip to write.")
@click.option(
    "--hidden",
    type=click.Choice(["visible", "after_due_date", "after_published", "hidden"]),
    default="after_due_date",
    show_default=True,
    help="When students see how hidden checks went.",
)
@language_option
@course_option
@seed_option
@example("autograder export gradescope 10-gcn --out 10-gcn-gradescope.zip")
def export_gradescope(
    slug: str, out: Path, hidden: str, language: str | None, course_folder: Path, seed_file: Path | None
) -> None:
    """Write an autograder zip in which this grader itself runs in Gradescope's container.

    The zip holds the solution and the course's seed: upload it, and give it to nobody.
    """
    from autograder.course.secret import course_secret
    from autograder.exchange import files, gradescope

    course = open_course(course_folder)
    assignment = course.assignment(slug)
    spoken = files.language_of(course, language)
    secret = course_secret(course.root, seed_file)
    content = gradescope.autograder_zip(course, assignment, secret, spoken, hidden)
    files.write(out.parent, {out.name: content}, mode=0o600)  # it holds the seed
    say(f"Wrote {out}, {len(content) / 1e6:.1f} MB. It holds the solution and the seed: give it to nobody.")


@click.group("import")
def bring_in() -> None:
    """Assignments of other tools, as drafts."""


def _import(tool: str, notebook: Path, slug: str, language: str | None, course_folder: Path) -> None:
    from autograder.exchange import files
    from autograder.exchange.drafts.bring import bring
    from autograder.verify.standing import DRAFT

    course = open_course(course_folder)
    brought = bring(course, tool, notebook, slug, files.language_of(course, language))
    made = brought.made
    checks = [check for task in made.tasks for check in task.checks]
    fixed, stubs = sum(len(check.calls) for check in checks), sum(bool(check.others) for check in checks)
    say(f"Made {brought.folder}: {len(made.tasks)} tasks, {len(checks)} checks, {fixed} fixed calls, {stubs} stubs")
    say(f"It is a draft: {DRAFT} in it lists what was dropped and what is left. Nothing is graded until it verifies:")
    say(f"  autograder release {slug}\n  autograder verify {slug}")


notebook_argument = click.argument("notebook", type=click.Path(path_type=Path))
text_language = click.option("--language", help="Of the notebook's text.  [default: the course's first]")


@bring_in.command("nbgrader")
@notebook_argument
@click.argument("slug")
@text_language
@course_option
@example("autograder import nbgrader source/ps1/problem1.ipynb 15-squares --language en")
def import_nbgrader(notebook: Path, slug: str, language: str | None, course_folder: Path) -> None:
    """Make a draft assignment of an nbgrader source NOTEBOOK: solutions/SLUG/.

    Solution cells become tasks, points become checks, calls with literal arguments become fixed inputs that the
    solution answers; other tests become stubs. Texts in other languages say TODO.
    """
    _import("nbgrader", notebook, slug, language, course_folder)


@bring_in.command("otter")
@notebook_argument
@click.argument("slug")
@text_language
@course_option
@example("autograder import otter hw01/hw01.ipynb 15-squares --language en")
def import_otter(notebook: Path, slug: str, language: str | None, course_folder: Path) -> None:
    """Make a draft assignment of the NOTEBOOK that otter assign reads: solutions/SLUG/.

    As autograder import nbgrader: questions become tasks, tests become checks.
    """
    _import("otter", notebook, slug, language, course_folder)
