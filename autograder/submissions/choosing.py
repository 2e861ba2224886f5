"""Which of a student's notebooks is graded: an answer before an untouched handout, and among answers the latest.

    what it is     answers, then handouts, then notebooks of something else
    which attempt  what the platform or the student wrote into the name: a date, a number
    when           the file's own time, where the attempt does not decide
    its name       the assignment's, and a notebook before a script

Only the text is looked at. A notebook is an answer when it holds graded functions with a body that somebody wrote: a
stub still raises NotImplementedError. A notebook that was begun by accident has far fewer of them than the answer.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Collection as Names
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.course.student_cells import unfinished_words
from autograder.errors import SubmissionError
from autograder.i18n import Text
from autograder.notebooks.magics import to_python
from autograder.notebooks.reader import read_notebook
from autograder.notebooks.source import outermost, parse, walk
from autograder.submissions.archive import Entry
from autograder.submissions.lms import Attempt, without_ending

MOST_READ = 50  # notebooks of one student that are looked into
SAME_TIME = 2.0  # seconds: the resolution of a zip's times


@dataclass(frozen=True)
class Candidate:
    """One file of a student.

    entry: where it is read from.
    name: as the student called it.
    attempt: the attempt that it belongs to.
    """

    entry: Entry
    name: str
    attempt: Attempt = ()

    @property
    def time(self) -> float:
        return self.entry.modified.timestamp() if self.entry.modified else 0.0

    @property
    def is_notebook_file(self) -> bool:
        return ".ipynb" in self.name.lower()


@dataclass(frozen=True)
class _Look:
    """What a notebook holds.

    written: graded functions with a body.
    stubs: graded functions without one.
    """

    written: int = 0
    stubs: int = 0


def choose(candidates: Sequence[Candidate], wanted: str, functions: Names[str]) -> tuple[Candidate, tuple[Text, ...]]:
    """The notebook that is graded, and what the student should know of the choice."""
    if len(candidates) == 1:
        return candidates[0], ()
    likely = sorted(candidates, key=lambda c: (c.is_notebook_file, wanted in plain_name(c.name), c.time), reverse=True)
    looked = [(candidate, _look(candidate.entry, tuple(functions))) for candidate in likely[:MOST_READ]]
    best = _best(looked, wanted)
    count, name = _notebooks(candidates, looked, best), "/".join(best.entry.parts)
    if count == 1:
        return best, ()
    note = Text(
        f"{count} notebooks were handed in; this one was graded: {name}.",
        f"노트북이 {count}개 제출되어 이 파일을 채점했습니다: {name}.",
    )
    return best, (note,)


def _best(looked: Sequence[tuple[Candidate, _Look]], wanted: str) -> Candidate:
    most = max(look.written for _, look in looked)
    kinds = {candidate: _kind(look, most) for candidate, look in looked}
    left = [candidate for candidate, _ in looked if kinds[candidate] == max(kinds.values())]
    newest_attempt = max(candidate.attempt for candidate in left)
    left = [candidate for candidate in left if candidate.attempt == newest_attempt]
    newest = max(candidate.time for candidate in left)
    left = [candidate for candidate in left if newest - candidate.time < SAME_TIME]
    looks = dict(looked)
    return max(
        left,
        key=lambda c: (c.is_notebook_file, wanted in plain_name(c.name), looks[c].written, looks[c].stubs, c.time),
    )


def _notebooks(candidates: Sequence[Candidate], looked: Sequence[tuple[Candidate, _Look]], best: Candidate) -> int:
    """How many of the files may be the answer: a module beside a notebook is a .py file, too, and holds no graded function."""
    scripts = {candidate for candidate, look in looked if look.written or look.stubs} | {best}
    return sum(candidate.is_notebook_file or candidate in scripts for candidate in candidates)


def _kind(look: _Look, most: int) -> int:
    """3 for an answer, 2 for one that was hardly begun, 1 for a handout, 0 for something else."""
    if look.written:
        return 3 if 2 * look.written >= most else 2
    return 1 if look.stubs else 0


def _look(entry: Entry, functions: tuple[str, ...]) -> _Look:
    if not functions:
        return _Look()
    try:
        notebook = read_notebook(entry.read(), entry.name)
    except SubmissionError:
        return _Look()
    bodies: dict[str, bool] = {}
    for cell in notebook.code:
        bodies.update(_bodies(cell.source, functions))
    return _Look(sum(bodies.values()), sum(not written for written in bodies.values()))


def _bodies(source: str, functions: tuple[str, ...]) -> dict[str, bool]:
    """name -> whether somebody wrote it, for the graded functions of a cell; guessed from text that is no Python."""
    if not _any_of(functions).search(source):
        return {}
    tree = parse(to_python(source))
    if tree is None:
        found = re.findall(rf"^[ \t]*def[ \t]+({'|'.join(map(re.escape, functions))})\b", source, re.MULTILINE)
        return dict.fromkeys(found, "NotImplementedError" not in source)
    bodies = {}
    for node in outermost(tree.body):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in functions:
            bodies[node.name] = not _gives_up(node)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
            bodies.update((t.id, True) for t in node.targets if isinstance(t, ast.Name) and t.id in functions)
        elif isinstance(node, ast.ImportFrom):
            names = [alias.asname or alias.name for alias in node.names]
            bodies.update((name, True) for name in names if name in functions)
    return bodies


def _gives_up(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether a function is still the stub: it raises NotImplementedError outside any branch, or with the stub's text.

    A branch that raises NotImplementedError for a case that cannot occur is part of an answer.
    """
    if any(_not_implemented(statement) for statement in function.body):
        return True
    own_words = set(unfinished_words(function.name))
    return any(
        isinstance(node, ast.Constant) and node.value in own_words
        for raised in walk(function)
        if isinstance(raised, ast.Raise) and _not_implemented(raised)
        for node in walk(raised)
    )


def _not_implemented(statement: ast.AST) -> bool:
    if not isinstance(statement, ast.Raise) or statement.exc is None:
        return False
    raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
    return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"


@functools.lru_cache(maxsize=16)
def _any_of(functions: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, functions))})\b")


def plain_name(name: str) -> str:
    """A notebook's name without what browsers and systems add: gcn.ko (1).ipynb, gcn의 사본.ipynb, Copy of gcn.ipynb."""
    stem = without_ending(name).lower()
    stem = re.sub(r"^copy of |의 사본$|[ _-]*(?:copy\d*|복사본|사본)$", "", stem)
    stem = re.sub(r"(?:[ _-]*\(\d+\)|-\d{1,2}|[ _-]*copy\d*)$", "", stem)
    return re.sub(r"[._-](?:en|ko)$", "", stem).strip()
