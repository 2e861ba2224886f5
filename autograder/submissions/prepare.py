"""From a notebook that somebody handed in to the program that is graded.

    setup          what a notebook finds on the student's machine, as stand-ins
    given cells    the release's own text: imports and provided code
    cell 1, 2, ... the student's code cells in order, magics taken out
    given cells    provided code once more, so that nothing of it is the student's

Whatever the student did to given cells (edited, deleted, copied) grading uses the original; the student's own text runs
as well, so a helper that was written into a given cell is there.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Collection as Names
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.course.student_cells import HandoutCell, handout
from autograder.i18n import Text
from autograder.notebooks.magics import to_python
from autograder.notebooks.reader import Notebook, NotebookCell, UnreadableNotebook, read_notebook
from autograder.notebooks.source import Piece, bound_names, needed, parse, pieces
from autograder.sandbox.interface import Cell, Program
from autograder.submissions.collect import Collection, Problem, Submission, collect

PRELUDE = (Path(__file__).parent / "prelude.py").read_text(encoding="utf-8")
SIMILAR = 0.6


@dataclass(frozen=True)
class Prepared:
    """A submission as a program.

    notes: what was found on the way and the student should know. content_hash: SHA-256 of the bytes handed in.
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
    _demand_this_assignment(notebook, assignment, siblings or {})
    given = _Given.of(assignment)
    cells: list[Cell] = []
    notes = [*submission.notes]
    met: set[str] = set()
    for cell in notebook.code:
        if not cell.source.strip():
            continue
        role, key = given.recognise(cell)
        met.add(key)
        if role == "same":
            continue
        if role == "provided":
            notes.append(_edited_note(cell.number))
        kind = "definitions" if role == "explore" else "student"
        cells.append(Cell(to_python(cell.source), f"cell {cell.number}", kind))  # type: ignore[arg-type]
    notes += given.missing_notes(met, cells)
    notes += _twice_notes(assignment, cells)
    return Prepared(
        Program((Cell(PRELUDE, "setup", "provided"), *given.first, *cells, *given.last)),
        tuple(notes),
        hashlib.sha256(content).hexdigest(),
        {task.name: task.functions for task in assignment.tasks},
    )


# -- given cells -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Given:
    """The release's own cells, and how a student's copy of them is recognised.

    first, last: cells that run before and after the student's. texts: text -> key of cells that need not run where the
    student left them as they were. lines, names: of each provided cell.
    """

    first: tuple[Cell, ...]
    last: tuple[Cell, ...]
    roles: Mapping[str, str]
    texts: Mapping[str, str]
    lines: Mapping[str, tuple[frozenset[str], ...]]
    names: Mapping[str, frozenset[str]]

    @staticmethod
    @functools.lru_cache(maxsize=4)
    def of(assignment: Assignment) -> _Given:
        released = [cell for language in assignment.languages for cell in handout(assignment, language) if cell.is_code]
        provided = [cell for cell in released if cell.role == "provided"]
        lines: dict[str, tuple[frozenset[str], ...]] = {}
        for cell in provided:
            lines[cell.key] = (*lines.get(cell.key, ()), _line_set(cell.source))
        originals = [cell for cell in assignment.cells if cell.role in ("plain", "provided")]
        first = tuple(Cell(c.source, f"given cell {i}", "provided") for i, c in enumerate(originals, start=1))
        return _Given(
            first,
            tuple(cell for cell, original in zip(first, originals, strict=True) if original.role == "provided"),
            {cell.key: cell.role for cell in released},
            {_squeezed(c.source): c.key for c in released if c.role not in ("task", "explore")},
            lines,
            {cell.key: _functions(cell) for cell in provided},
        )

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
        return next((key for key, names in self.names.items() if names and names <= bound), "")

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


def _edited_note(number: int) -> Text:
    return Text(
        f"Cell {number} is given code and was changed; the original was used for grading.",
        f"{number}번째 셀은 주어진 코드인데 내용이 바뀌어 있어 원래 코드로 채점했습니다.",
    )


# -- tasks -----------------------------------------------------------------------------------------------------------


def _twice_notes(assignment: Assignment, cells: Sequence[Cell]) -> list[Text]:
    names = [name for task in assignment.tasks for name in task.functions]
    homes: dict[str, list[str]] = {name: [] for name in names}
    for cell in cells:
        for name in _defined(cell.source, names):
            homes[name].append(cell.name.removeprefix("cell "))
    return [
        Text(
            f"{name} is defined in more than one cell ({', '.join(found)}); the last one counts.",
            f"{name}이(가) 여러 셀({', '.join(found)}번째)에 정의되어 있어 마지막 것을 채점했습니다.",
        )
        for name, found in homes.items()
        if len(found) > 1
    ]


def _defined(text: str, names: Iterable[str]) -> set[str]:
    """Which of these names a text defines in its outermost lines; it need not be Python."""
    outermost, _ = _patterns(tuple(names))
    return {name for match in outermost.findall(text) for name in match if name}


def _mentions(text: str, names: Iterable[str]) -> bool:
    """Whether anything in a text could bind one of these names: also indented, imported, after a prompt, in quotes."""
    return any(pattern.search(text) for pattern in _patterns(tuple(names)))


@functools.lru_cache(maxsize=64)
def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """(what binds one of the names in an outermost line, whatever could bind one)."""
    name = "(" + ("|".join(map(re.escape, names)) or "(?!)") + ")"
    outermost = rf"^(?:async[ \t]+)?def[ \t]+{name}\b|^{name}[ \t]*=(?!=)"
    # Bounded, because the text may be one line of "import import import ...".
    hidden = rf"\bdef[ \t]+{name}\b|\b{name}[ \t]{{0,9}}(?:[:,][^=\n]{{0,200}})?=(?!=)|\bimport\b.{{0,200}}\b{name}\b|[\"']{name}[\"']"
    return re.compile(outermost, re.MULTILINE), re.compile(hidden, re.MULTILINE)


def _demand_this_assignment(notebook: Notebook, assignment: Assignment, siblings: Mapping[str, Names[str]]) -> None:
    """Raise UnreadableNotebook when none of the graded names stands in the notebook."""
    text = "\n".join(cell.source for cell in notebook.code)
    if not text.strip():
        raise _wrong_notebook(notebook.name, "the notebook holds no code.", "노트북에 코드가 없습니다.")
    if _mentions(text, [name for task in assignment.tasks for name in task.functions]):
        return
    metadata = notebook.metadata.get("autograder")
    marked = metadata.get("assignment") if isinstance(metadata, dict) else None
    counts = {slug: len(_defined(text, names)) for slug, names in siblings.items()}
    marked = marked if isinstance(marked, str) else None
    best = marked if marked in siblings else max(counts, key=lambda slug: counts[slug], default=None)
    if best is not None and best != assignment.slug and (best == marked or counts[best]):
        english, korean = f"this looks like another assignment: {best}.", f"다른 과제({best})의 노트북으로 보입니다."
    else:
        english = f"this looks like another assignment: no function of {assignment.slug} is defined in it."
        korean = f"다른 과제의 노트북으로 보입니다. {assignment.slug} 과제의 함수가 하나도 없습니다."
    raise _wrong_notebook(notebook.name, english, korean)


def _wrong_notebook(name: str, message: str, korean: str) -> UnreadableNotebook:
    remedy = "Hand in the notebook of this assignment."
    text = Text(f"{name}: {message} {remedy}", f"{name}: {korean} 이 과제의 노트북을 제출하세요.")
    return UnreadableNotebook(message, where=name, remedy=remedy, text=text)


__all__ = ["Collection", "Prepared", "Problem", "Submission", "collect", "prepare"]
