"""An assignment as it lies on disk, under `solutions/<slug>/`.

Reads `assignment.yml`, `solution.py`, `checks.py`, `misconceptions.py` and `variants/`, and checks that they fit
together. Only `checks.py` is executed here (it is the lecturer's own code and needs numpy alone); everything that holds
torch code is read as text, and grading runs it in the sandbox.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.authoring import Task
from autograder.course.checks_file import (
    place_in,
    place_of_task,
    read_checks,
    right_answers,
    unknown_names,
    wrong_answers,
)
from autograder.course.fingerprints import grade_fingerprint, report_fingerprint
from autograder.course.misconceptions_file import Misconception as Misconception
from autograder.course.misconceptions_file import Variant as Variant
from autograder.course.misconceptions_file import read_misconceptions, read_variants
from autograder.course.settings import read_settings
from autograder.course.shipped_judges import bad_judges
from autograder.course.solution_file import BEGIN_SOLUTION as BEGIN_SOLUTION
from autograder.course.solution_file import END_SOLUTION as END_SOLUTION
from autograder.course.solution_file import SolutionCell as SolutionCell
from autograder.course.solution_file import adapters, functions_in, read_solution, signatures, titles_of, unready_calls
from autograder.course.textfile import did_you_mean
from autograder.errors import AssignmentError
from autograder.i18n import COURSE_LANGUAGES, Text
from autograder.notebooks.source import bound_names, parse
from autograder.sandbox.interface import Cell, Limits, Program

DEMO = "demo"  # of an assignment's folder: what the made-up class of `autograder demo` hands in


def files_of(folder: Path) -> Iterator[Path]:
    """Every file of an assignment's folder that belongs to the assignment: not the demo's, and nothing that Python made."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if path.is_file() and inside[0] != DEMO and "__pycache__" not in inside:
            yield path


@dataclass(frozen=True, eq=False)
class Assignment:
    """Everything that a lecturer wrote for one slug.

    slug: the name of its folder.
    languages: those of the course, in which every text is there.
    folder: solutions/<slug>.
    title: as students read it.
    lecture: the lecture that it belongs to.
    notebook: the name of its notebooks, without language and ending.
    device: where its calls run: "cpu", "cuda" or "auto".
    limits: of time, memory and output.
    forbidden: what a certain use of something forbidden does: "zero" takes the points of the task, "flag" tells staff.
    cells: of solution.py, in order.
    tasks: of checks.py, in order.
    misconceptions: of misconceptions.py, and of its questions.
    variants: of variants/, and of its questions.
    signatures: function -> its parameters.
    adapters: given function -> graded functions that it calls.
    grade_fingerprint: of what decides a grade.
    report_fingerprint: of what decides the words of a report.
    carry: what a task earns that fails only because of an earlier function: "none", "half" or "full".
    """

    slug: str
    languages: tuple[str, ...]
    folder: Path
    title: Text
    lecture: str
    notebook: str
    device: str
    limits: Limits
    forbidden: str
    cells: tuple[SolutionCell, ...]
    tasks: tuple[Task, ...]
    misconceptions: tuple[Misconception, ...]
    variants: tuple[Variant, ...]
    signatures: Mapping[str, tuple[str, ...]]
    adapters: Mapping[str, tuple[str, ...]]
    grade_fingerprint: str
    report_fingerprint: str
    carry: str = "none"

    @property
    def points(self) -> float:
        return sum(task.points for task in self.tasks)

    @cached_property
    def titles(self) -> Mapping[str, Text]:
        """The titles of its tasks, by name, where the notebook has a heading for them."""
        return titles_of(self.cells)

    def task(self, name: str) -> Task:
        for task in self.tasks:
            if task.name == name:
                return task
        raise AssignmentError(
            f'there is no task "{name}"', where=self.slug, remedy=did_you_mean(name, [t.name for t in self.tasks])
        )

    def task_of_function(self, function: str) -> Task:
        for task in self.tasks:
            if function in task.functions:
                return task
        known = [f for task in self.tasks for f in task.functions]
        raise AssignmentError(
            f'no task has a function "{function}"', where=self.slug, remedy=did_you_mean(function, known)
        )

    def solution_program(self) -> Program:
        """The reference as a program for the sandbox, which runs it as it runs a submission."""
        kinds = {"provided": "provided", "plain": "provided", "explore": "definitions"}
        code = [cell for cell in self.cells if cell.role != "text"]
        return Program(
            tuple(
                Cell(cell.source, f"solution.py line {cell.line}", kinds.get(cell.role, "student"))  # type: ignore[arg-type]
                for cell in code
            ),
            trusted=True,
        )


# -- loading ---------------------------------------------------------------------------------------------------------


def load_assignment(folder: Path, languages: Sequence[str] = COURSE_LANGUAGES) -> Assignment:
    """Read `solutions/<slug>/`. languages: those of the course, in which every text must be there. Raises AssignmentError, naming the file, the line and the remedy."""
    slug = folder.name
    if not folder.is_dir():
        siblings = (
            [p.name for p in folder.parent.glob("*") if (p / "checks.py").exists()] if folder.parent.is_dir() else []
        )
        raise AssignmentError(
            f'there is no assignment "{slug}"', where=str(folder.parent), remedy=did_you_mean(slug, siblings)
        )
    settings = read_settings(folder / "assignment.yml", languages)
    cells = read_solution(folder / "solution.py", languages)
    tasks = read_checks(folder / "checks.py", slug)
    parameters = signatures(cells)
    graded = {function for task in tasks for function in task.functions}
    given = adapters(cells, graded)
    unfinished = graded | {adapter for adapter, needs in given.items() if needs}
    problems = list(_disagreements(tasks, cells, parameters, unfinished, folder))
    problems += _untranslated(tasks, folder, languages)
    problems += unknown_names(tasks, folder / "checks.py")
    secret = {name for cell in cells if cell.role == "task" for name in _defined(cell.source)}
    problems += bad_judges([check for task in tasks for check in task.checks], secret, folder / "checks.py")
    if problems:
        raise AssignmentError.listing(problems)
    misconceptions = read_misconceptions(folder / "misconceptions.py", tasks, parameters, languages)
    misconceptions += wrong_answers(tasks, folder / "checks.py")
    variants = read_variants(folder / "variants", tasks) + right_answers(tasks)
    return Assignment(
        slug=slug,
        languages=tuple(languages),
        folder=folder,
        title=settings.title,
        lecture=settings.lecture,
        notebook=settings.notebook,
        device=settings.device,
        forbidden=settings.forbidden,
        limits=settings.limits,
        cells=cells,
        tasks=tasks,
        misconceptions=misconceptions,
        variants=variants,
        signatures=parameters,
        adapters=given,
        grade_fingerprint=grade_fingerprint(settings, cells, folder / "checks.py"),
        report_fingerprint=report_fingerprint(folder),
        carry=settings.carry,
    )


def _disagreements(
    tasks: tuple[Task, ...],
    cells: tuple[SolutionCell, ...],
    parameters: Mapping[str, tuple[str, ...]],
    unfinished: set[str],
    folder: Path,
) -> Iterator[tuple[str, str]]:
    """(file and line, what to change) wherever `checks.py` and `solution.py` do not fit together."""
    solution = str(folder / "solution.py")
    homes = {cell.task or "": cell for cell in cells if cell.role == "task"}
    names = [task.name for task in tasks]
    for task in tasks:
        checks = place_of_task(folder / "checks.py", task.name)
        if names.count(task.name) > 1:
            yield checks, f'two tasks are called "{task.name}".'
            return  # whatever else does not fit follows from it
        if task.name not in homes:
            near = did_you_mean(task.name, homes) if homes else ""
            yield (
                checks,
                f'task "{task.name}" has no cell in solution.py: begin it with # %% task="{task.name}". {near}'.rstrip(),
            )
            continue
        home = homes[task.name]
        defined = {function.name: ast.get_docstring(function) for function in functions_in(home.source)}
        for function in task.functions:
            if function not in defined:
                near = did_you_mean(function, defined)
                yield f"{solution}:{home.line}", f'the cell of task "{task.name}" does not define "{function}". {near}'
            elif not (defined[function] or "").strip():
                yield (
                    f"{solution}:{home.line}",
                    f"{function} has no docstring: say what comes in and what goes out, with shapes.",
                )
        yield from ((checks, what) for what in _bad_points(task))
        for check in task.checks:
            if not all(any(name in known for known in parameters.values()) for name in check.gradient):
                known = parameters.get(task.functions[0], ())
                what = f'gradient={check.gradient} of check "{check.name}" of "{task.name}" names no parameter'
                yield place_in(folder / "checks.py", None, check), f"{what} of {task.functions[0]}({', '.join(known)})."
    strangers: set[str] = set()
    for cell in cells:
        if cell.task and cell.task not in {*names, *strangers}:
            strangers.add(cell.task)
            near = did_you_mean(cell.task, names)
            yield f"{solution}:{cell.line}", f'checks.py has no Task "{cell.task}". {near}'
        if cell.role == "explore":
            for line, function in unready_calls(cell, unfinished):
                yield (
                    f"{solution}:{line}",
                    f"{function} is not written yet in the stub: put this under if ready({function}):",
                )


def _defined(source: str) -> set[str]:
    """The functions, classes and variables that a cell defines."""
    tree = parse(source)
    return {name for statement in tree.body for name in bound_names(statement)} if tree is not None else set()


def _untranslated(tasks: tuple[Task, ...], folder: Path, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    for task in tasks:
        for check in task.checks:
            for what, text in (("title", check.title), ("hint", check.hint)):
                for language in languages:
                    if language not in text.languages:
                        where = place_in(folder / "checks.py", None, check)
                        other = next((name for name in text.languages if name not in languages), "")
                        remedy = f' It has one in "{other}": write {language}="...".' if other else ""
                        yield (
                            where,
                            f'{what} of check "{check.name}" of "{task.name}" has no text in {language}.{remedy}',
                        )


def _bad_points(task: Task) -> Iterator[str]:
    total = sum(check.points for check in task.checks) + task.form + task.purity
    if not task.checks:
        yield f'task "{task.name}" has no check.'
    elif abs(total - task.points) > 1e-9:
        parts = [f"{check.points:g} ({check.name})" for check in task.checks]
        parts += [f"{points:g} ({name})" for name, points in (("form", task.form), ("purity", task.purity)) if points]
        yield f'the points of "{task.name}" add up to {total:g}, not {task.points:g}: {" + ".join(parts)}.'
