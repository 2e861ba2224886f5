"""From a notebook that somebody handed in to the program that is graded.

    setup          what a notebook finds on the student's machine, as stand-ins
    given cells    the release's own text: imports and provided code
    cell 1, 2, ... the student's code cells in order, magics taken out; among them given cells once more, where they stand,
                   if a cell before them took one of their names
    given cells    provided code once more, for names that no cell of the student's binds: they cannot be deleted

Given code runs in a namespace of its own, so whatever a student calls `max` or `F` does not disturb it, and the grader
calls it there. Its names are the student's too, from where it stands, as in Jupyter; but a function that the student
wrote under such a name before stays theirs. Whatever the student did to given cells (edited, deleted, copied) grading
uses the original; the student's own text runs as well, so a helper that was written into a given cell is there.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Collection as Names
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.course.student_cells import HandoutCell, handout
from autograder.i18n import Text
from autograder.notebooks.magics import to_python
from autograder.notebooks.reader import Notebook, NotebookCell, read_notebook
from autograder.notebooks.source import Piece, bound_names, first_line, needed, parse, pieces, statement_names
from autograder.sandbox.interface import Cell, Program
from autograder.submissions.belonging import defined_functions, demand_this_assignment
from autograder.submissions.beside import contents, program_files
from autograder.submissions.collect import Collection, Problem, Submission, collect
from autograder.submissions.tools.graded_cells import graded_cells

PRELUDE = (Path(__file__).parent / "prelude.py").read_text(encoding="utf-8")
SIMILAR = 0.6


@dataclass(frozen=True)
class Prepared:
    """A submission as a program.

    program: what runs.
    notes: what was found on the way and the student should know.
    content_hash: SHA-256 of the bytes handed in, and of the files beside the notebook.
    tasks: task -> its graded functions.
    """

    program: Program
    notes: tuple[Text, ...]
    content_hash: str
    tasks: Mapping[str, tuple[str, ...]]

    @property
    def cell_names(self) -> tuple[str, ...]:
        """Names of the program's cells: those of a notebook's own are "cell N", counted as in the notebook."""
        return tuple(cell.name for cell in self.program.cells)

    @functools.cached_property
    def task_sources(self) -> dict[str, str]:
        """For each task the student's code that it needs: its last definition, helpers and imports."""
        program: list[Piece] = []
        for cell in self.program.cells:
            tree = parse(cell.source) if cell.kind != "provided" else None
            program += pieces(cell.source, tree) if tree is not None else []
        return {
            task: "\n\n".join(piece.source for piece in needed(program, names)) for task, names in self.tasks.items()
        }


def prepare(
    submission: Submission, assignment: Assignment, siblings: Mapping[str, Names[str]] | None = None
) -> Prepared:
    """The program of one submission. siblings: the graded functions of the course's other assignments, by slug.

    Raises SubmissionError for what cannot be read, and UnreadableNotebook for a notebook of another assignment.
    """
    content = submission.load()
    notebook = read_notebook(content, submission.name)
    demand_this_assignment(notebook, assignment, siblings or {})
    given = _Given.of(assignment)
    cells: list[Cell] = []
    notes = [*submission.notes]
    met: set[str] = set()
    for cell in notebook.code:
        if not cell.source.strip():
            continue
        role, key = given.recognise(cell)
        met.add(key)
        if role == "provided":
            notes.append(_edited_note(cell))
        if role != "same":
            kind = "definitions" if role == "explore" else "student"
            cells.append(Cell(to_python(cell.source), f"cell {cell.number}", kind))  # type: ignore[arg-type]
        if role == "provided" or (role == "same" and given.is_disturbed(key, cells)):
            kept = given.kept_names(key, cells) if role == "same" else ()
            notes += [_kept_note(kept)] if kept else []
            cells.append(replace(given.originals[key], keeps=kept))
    students = [cell for cell in cells if cell.kind != "provided"]
    notes += given.missing_notes(met, students)
    notes += _twice_notes(assignment, students)
    notes += _reused_notes(assignment, students)
    notes += _outside_notes(assignment, notebook, students)
    files = program_files(contents(submission.beside), (cell.source for cell in notebook.code))
    return Prepared(
        Program((Cell(PRELUDE, "setup", "provided"), *given.first, *cells, *given.last(students)), files=files),
        tuple(notes),
        submission.hash_of(content),
        {task.name: task.functions for task in assignment.tasks},
    )


# -- given cells -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Given:
    """The release's own cells, and how a student's copy of them is recognised.

    first: cells that run before the student's.
    originals: the same by their keys, to run once more where the student has them.
    roles: of every released cell, by key.
    texts: text -> key of released cells, by which a cell that was left as it was is recognised.
    lines, names, heads: of each provided cell, by key; heads are the first lines of its functions.
    """

    first: tuple[Cell, ...]
    originals: Mapping[str, Cell]
    roles: Mapping[str, str]
    texts: Mapping[str, str]
    lines: Mapping[str, tuple[frozenset[str], ...]]
    names: Mapping[str, frozenset[str]]
    heads: Mapping[str, frozenset[str]]

    @staticmethod
    @functools.lru_cache(maxsize=4)
    def of(assignment: Assignment) -> _Given:
        released = [cell for language in assignment.languages for cell in handout(assignment, language) if cell.is_code]
        provided = [cell for cell in released if cell.role == "provided"]
        lines: dict[str, tuple[frozenset[str], ...]] = {}
        for cell in provided:
            lines[cell.key] = (*lines.get(cell.key, ()), _line_set(cell.source))
        authors = [cell for cell in assignment.cells if cell.role in ("plain", "provided")]
        first = tuple(Cell(c.source, f"given cell {i}", "provided") for i, c in enumerate(authors, start=1))
        keys = dict.fromkeys(cell.key for cell in released if cell.role in ("plain", "provided"))
        return _Given(
            first,
            dict(zip(keys, first, strict=True)),
            {cell.key: cell.role for cell in released},
            _exported(assignment) | {_squeezed(c.source): c.key for c in released if c.role not in ("task", "explore")},
            lines,
            {cell.key: _functions(cell) for cell in provided},
            {
                cell.key: frozenset(line for line in _line_set(cell.source) if line.startswith("def "))
                for cell in provided
            },
        )

    def is_disturbed(self, key: str, before: Sequence[Cell]) -> bool:
        """Whether a cell before this one may have bound one of its names."""
        if key not in self.originals:
            return False
        names = _any_name(tuple(sorted(_bound(self.originals[key].source))))
        return any(names.search(cell.source) for cell in before)

    def last(self, cells: Sequence[Cell]) -> tuple[Cell, ...]:
        """Provided cells for the end of a program, which take no name from the student."""
        own = frozenset[str]().union(*(_bound(cell.source) for cell in cells))
        provided = [cell for key, cell in self.originals.items() if self.roles[key] == "provided"]
        return tuple(replace(cell, keeps=tuple(sorted(own & _bound(cell.source)))) for cell in provided)

    def kept_names(self, key: str, before: Sequence[Cell]) -> tuple[str, ...]:
        """Names of a given cell under which the student wrote a function of their own before it."""
        names = sorted(_functions_of(self.originals[key].source))
        if not names:
            return ()
        own = {name for cell in before if cell.kind == "student" for name in defined_functions(cell.source, names)}
        restored = {
            n
            for cell in before
            if cell.kind == "provided"
            for n in set(names) - set(cell.keeps)
            if n in _functions_of(cell.source)
        }
        return tuple(name for name in names if name in own - restored)

    def recognise(self, cell: NotebookCell) -> tuple[str, str]:
        """(role, key): "same" for a given cell as it was released, "provided" for an edited one, "explore", or ""."""
        key = self.texts.get(_squeezed(cell.source))
        if key is not None:
            return "same", key
        key = _marked_key(cell, self.roles) or self._similar_key(cell)
        role = self.roles.get(key, "")
        return (role if role in ("provided", "explore") else ""), key

    def _similar_key(self, cell: NotebookCell) -> str:
        """The provided cell that this one was made of, where no metadata tells: most of its lines, or its functions."""
        lines = _line_set(cell.source)
        for key, originals in self.lines.items():
            if any(original <= lines for original in originals):
                return ""  # a whole notebook in one cell: nothing of the given code was changed
            if any(len(lines & original) >= SIMILAR * len(lines | original) for original in originals):
                return key
        tree = parse(to_python(cell.source))
        bound = {name for statement in tree.body for name in bound_names(statement)} if tree else set()
        # A helper of the student's own may have the name; an edited copy has the parameters as well.
        heads = {line for line in lines if line.startswith("def ")}
        return next(
            (key for key, names in self.names.items() if names and names <= bound and heads & self.heads[key]), ""
        )

    def missing_notes(self, met: Names[str], cells: Sequence[Cell]) -> list[Text]:
        """A note for each provided cell that is nowhere in the notebook."""
        notes = []
        everything = frozenset[str]().union(*(_line_set(cell.source) for cell in cells))
        for key, names in self.names.items():
            if key not in met and not any(original <= everything for original in self.lines[key]):
                name = ", ".join(sorted(names)) or key
                notes.append(
                    Text(
                        f"Given code is missing from the notebook ({name}); the original was used.",
                        f"노트북에 주어진 코드가 없어({name}) 원래 코드를 사용했습니다.",
                    )
                )
        return notes


def _exported(assignment: Assignment) -> dict[str, str]:
    """Text -> key of the cells that carry a check's points in the notebooks of other tools; they do not run here."""
    cells, languages = graded_cells(assignment), assignment.languages
    return {_squeezed(cell.source(language)): cell.grade_id for cell in cells for language in languages}


def _marked_key(cell: NotebookCell, known: Mapping[str, str]) -> str:
    """The key that our metadata, nbgrader's, or the cell's id gives; any of them may be the student's invention."""
    for mark, field in (("autograder", "key"), ("nbgrader", "grade_id")):
        metadata = cell.metadata.get(mark)
        key = metadata.get(field) if isinstance(metadata, dict) else None
        if isinstance(key, str) and key in known:
            return key
    return cell.id if cell.id in known else ""


def _squeezed(source: str) -> str:
    """A cell's text without empty lines and trailing blanks: editors change these on their own."""
    return "\n".join(line.rstrip() for line in source.split("\n") if line.strip())


def _line_set(source: str) -> frozenset[str]:
    return frozenset(line.strip() for line in source.split("\n") if line.strip() and not line.strip().startswith("#"))


def _functions(cell: HandoutCell) -> frozenset[str]:
    tree = parse(cell.source)
    return frozenset(name for statement in tree.body for name in bound_names(statement)) if tree else frozenset()


@functools.lru_cache(maxsize=256)
def _bound(source: str) -> frozenset[str]:
    """Names that a cell binds, as far as its text tells."""
    tree = parse(source)
    return frozenset(name for statement in tree.body for name in bound_names(statement)) if tree else frozenset()


@functools.lru_cache(maxsize=64)
def _any_name(names: tuple[str, ...]) -> re.Pattern[str]:
    """What may bind one of these names; a star import may bind anything."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names)) or '(?!)'})\b|\bimport[ \t]+\*")


@functools.lru_cache(maxsize=64)
def _functions_of(source: str) -> frozenset[str]:
    tree = parse(source)
    return (
        frozenset(s.name for s in tree.body if isinstance(s, (ast.FunctionDef, ast.ClassDef))) if tree else frozenset()
    )


def _edited_note(cell: NotebookCell) -> Text:
    return Text(
        f'The cell that begins with "{first_line(cell.source)}" is given code and was changed; '
        "the original was used for grading.",
        f'"{first_line(cell.source)}"(으)로 시작하는 셀은 주어진 코드인데 내용이 바뀌어 있어 원래 코드로 채점했습니다.',
    )


def _kept_note(names: Sequence[str]) -> Text:
    listed = ", ".join(names)
    return Text(
        f"You wrote a function with the name of given code ({listed}); your own code was run with yours.",
        f"주어진 코드와 이름이 같은 함수를 직접 작성하여({listed}) 제출한 코드는 직접 작성한 함수로 실행했습니다.",
    )


# -- tasks -----------------------------------------------------------------------------------------------------------


def _twice_notes(assignment: Assignment, cells: Sequence[Cell]) -> list[Text]:
    names = [name for task in assignment.tasks for name in task.functions]
    homes: dict[str, list[str]] = {name: [] for name in names}
    for cell in cells:
        for name in defined_functions(cell.source, names):
            homes[name].append(first_line(cell.source))
    return [
        Text(
            f'{name} is defined in more than one cell; the last one counts, which begins with "{found[-1]}".',
            f'{name}이(가) 여러 셀에 정의되어 있어 마지막 것, 곧 "{found[-1]}"(으)로 시작하는 셀의 것을 채점했습니다.',
        )
        for name, found in homes.items()
        if len(found) > 1
    ]


def _reused_notes(assignment: Assignment, cells: Sequence[Cell]) -> list[Text]:
    """A note for each graded function whose name a later statement uses for something else, with that statement's cell."""
    names = {name for task in assignment.tasks for name in task.functions}
    written: set[str] = set()
    reused: dict[str, Cell] = {}
    for cell in cells:
        for functions, others in statement_names(cell.source) if any(name in cell.source for name in names) else ():
            reused.update((name, cell) for name in names & written & others)
            written |= functions
            for name in functions:
                reused.pop(name, None)
    return [
        Text(
            f'From the cell that begins with "{first_line(cell.source)}" on, the name {name} stands for something else. '
            "The last function that had this name is graded.",
            f'"{first_line(cell.source)}"(으)로 시작하는 셀부터 {name}이(가) 다른 것을 가리킵니다. '
            "이 이름을 가졌던 마지막 함수를 채점합니다.",
        )
        for name, cell in reused.items()
    ]


def _outside_notes(assignment: Assignment, notebook: Notebook, cells: Sequence[Cell]) -> list[Text]:
    """A note for each graded function that no code cell defines, but a text cell does: it was turned into Markdown."""
    names = [name for task in assignment.tasks for name in task.functions]
    there = {name for cell in cells for name in defined_functions(cell.source, names)}
    notes = []
    for cell in notebook.cells:
        if cell.kind == "code":
            continue
        for name in sorted(defined_functions(_unfenced(cell.source), names) - there):
            kind = "Markdown" if cell.kind == "markdown" else "raw"
            where = first_line(_unfenced(cell.source))
            notes.append(
                Text(
                    f'{name} stands in a {kind} cell, which is not run: the one that begins with "{where}". '
                    "Turn it into a code cell.",
                    f'{name}이(가) 실행되지 않는 {kind} 셀에 있습니다("{where}"(으)로 시작하는 셀). 코드 셀로 바꾸세요.',
                )
            )
    return notes


def _unfenced(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if not line.lstrip().startswith("```"))


__all__ = ["Collection", "Prepared", "Problem", "Submission", "collect", "prepare"]
