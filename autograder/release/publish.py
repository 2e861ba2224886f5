"""Release: writes what students get, `assignments/<slug>/`. The bytes are the same every time.

    <notebook>.en.ipynb  <notebook>.ko.ipynb  checker.py  visible.npz  README.md  data/

The files are made of `solutions/<slug>/` alone. `stale_files` names those that differ from what would be written now;
`leaks.leaked_lines` looks for lines of a solution in everything that is released.
"""

from __future__ import annotations

import os
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.course.schedule import Course
from autograder.errors import AssignmentError, StorageError
from autograder.grading.device import demand_torch
from autograder.i18n import LANGUAGES, Text
from autograder.release.notebook_writer import notebook_bytes
from autograder.release.single_file import bundle
from autograder.release.visible_cases import Expected, expected_values, same_visible, visible_bytes, visible_cases
from autograder.sandbox.interface import Sandbox, Status

VISIBLE = "visible.npz"
CHECKER = "autograder.release.checker.checker"
FOLDER = Path(__file__).parent
_POINTS = Text("Points", "배점")


def release_assignment(course: Course, assignment: Assignment, sandbox: Sandbox) -> list[Path]:
    """Run the solution on the visible cases and write `assignments/<slug>/`. Returns the paths of the files written."""
    return release(assignment, course.root / "assignments" / assignment.slug, visible_answers(assignment, sandbox))


def visible_answers(assignment: Assignment, sandbox: Sandbox) -> Expected:
    """What the solution gives on the visible cases. Raises AssignmentError where it fails on one."""
    cases, info = visible_cases(assignment), sandbox.start()
    demand_torch(assignment, info.provider, info)
    execution = sandbox.run(assignment.solution_program(), [case.function_call() for case in cases], assignment.limits)
    for case, outcome in zip(cases, execution.outcomes, strict=True):
        if outcome.status is not Status.RETURNED or outcome.gradient_error:
            error = outcome.error or outcome.gradient_error
            detail = f" ({error.type_name}: {error.message})" if error else ""
            raise AssignmentError(
                f'the solution ends with "{outcome.status.value}" in check "{case.check.name}" of "{case.task}"{detail}',
                where=str(assignment.folder / "solution.py"),
            )
    return expected_values({outcome.id: outcome for outcome in execution.outcomes}, cases)


def release(assignment: Assignment, folder: Path, expected: Expected) -> list[Path]:
    """Write the released files into `folder`, remove notebooks and data that an earlier release left there, and return their paths."""
    files = released_files(assignment, expected)
    try:
        for path in [*folder.glob("*.??.ipynb"), *folder.glob("data/**/*")]:
            if path.is_file() and path.relative_to(folder).as_posix() not in files:
                path.unlink()
        for name, content in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.{os.getpid()}")
            temporary.write_bytes(content)
            os.replace(temporary, target)
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(folder)) from None
    return [folder / name for name in files]


def released_files(assignment: Assignment, expected: Expected) -> dict[str, bytes]:
    """Name -> bytes of every released file."""
    files = {
        f"{assignment.notebook}.{language}.ipynb": notebook_bytes(assignment, language)
        for language in assignment.languages
    }
    files["checker.py"] = bundle(CHECKER).encode()
    files[VISIBLE] = visible_bytes(assignment, expected)
    files["README.md"] = _readme(assignment)
    data = assignment.folder / "data"
    for path in sorted(data.rglob("*")) if data.is_dir() else []:
        if path.is_file() and not path.name.startswith("."):
            files[f"data/{path.relative_to(data).as_posix()}"] = path.read_bytes()
    return files


def stale_files(assignment: Assignment, folder: Path, expected: Expected) -> list[str]:
    """Names of files that are missing, superfluous, or not what `release` would write.

    The answers in visible.npz are compared with a tolerance: another processor rounds differently.
    """
    fresh = released_files(assignment, expected)
    there = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and ".ipynb_checkpoints" not in path.parts
    }
    stale = [name for name in there if name not in fresh]
    for name, content in fresh.items():
        old = there[name].read_bytes() if name in there else b""
        if old != content and not (name == VISIBLE and same_visible(old, content)):
            stale.append(name)
    return sorted(stale)


def _readme(assignment: Assignment) -> bytes:
    """How to work, in every language of the course that the platform speaks, and the points of the tasks."""
    spoken = [language for language in assignment.languages if language in LANGUAGES] or ["en"]
    sections = [(FOLDER / f"handout.{language}.md").read_text(encoding="utf-8").rstrip() for language in spoken]
    titles = " · ".join(dict.fromkeys(assignment.title.in_language(language) for language in assignment.languages))
    rows = [f"| `{task.name}` | {task.points:g} |" for task in assignment.tasks]
    heading = " · ".join(_POINTS.in_language(language) for language in spoken)
    table = [f"## {heading}", "\n".join(["| | |", "|---|---|", *rows, f"| | **{assignment.points:g}** |"])]
    text = "\n\n".join([f"# {titles}", *sections, *table]) + "\n"
    return text.replace("{{notebook}}", assignment.notebook).encode()
