"""`checks.py`, the one file of an assignment that grading runs on the host.

It is the lecturer's own code and needs numpy alone.
"""

from __future__ import annotations

import ast
import importlib.util
import io
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from autograder.authoring import Call, Check, Draw, Task
from autograder.course.misconceptions_file import Misconception, Variant, parse_author_file
from autograder.course.spelling.library_names import unknown
from autograder.course.spelling.python_errors import said
from autograder.course.textfile import read_text
from autograder.errors import AssignmentError, Mistake
from autograder.questions import questions

MOST_CASES = 1000
MOST_CALL = 1 << 14  # characters of one Task(...)
_BANNED = {
    "torch": "checks.py must not import torch: make inputs with draw and numpy; torch code belongs in solution.py.",
    "random": "checks.py must not use random: take draw, so that one seed gives the same inputs every time.",
}


def read_checks(path: Path, slug: str) -> tuple[Task, ...]:
    """Run `checks.py`: its tasks in order. Raises AssignmentError with the line."""
    tree = parse_author_file(read_text(path, AssignmentError), path)
    problems = [(f"{path}:{line}", _BANNED[name]) for line, name in _banned(tree)]
    if problems:
        raise AssignmentError.listing(problems)
    name = f"autograder_checks_{slug.replace('-', '_')}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses and pickling look the module up by name
    write_bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise AssignmentError(said(error, path), where=place_in(path, error)) from error
    finally:
        sys.dont_write_bytecode = write_bytecode
    tasks = tuple(value for value in vars(module).values() if isinstance(value, Task))
    if not tasks:
        raise AssignmentError("defines no Task", where=str(path), remedy='Add one: f = Task("f", points=10).')
    return tasks


def graded_functions(path: Path) -> tuple[str, ...]:
    """The names of the graded functions, read from the text: the file is not run.

    Names that are not written down as literals are not found. Raises AssignmentError for a file that cannot be read.
    """
    text = read_text(path, AssignmentError)
    found: list[str] = []
    for begin in re.finditer(r"\b(?:Task|Choice)\(", text):
        call = _call_at(text, begin.start())
        if call is None:
            continue
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        name = call.args[0] if call.args else given.get("name")
        names = _literal(given.get("functions")) or _literal(name)
        found += [names] if isinstance(names, str) else [n for n in names or () if isinstance(n, str)]
    return tuple(dict.fromkeys(found))


def _call_at(text: str, start: int) -> ast.Call | None:
    """The call that begins at this character; the rest of the file is not parsed."""
    depth = 0
    lines = io.StringIO(text[start : start + MOST_CALL])
    try:
        for token in tokenize.generate_tokens(lines.readline):
            depth += (token.string == "(") - (token.string == ")") if token.type == tokenize.OP else 0
            if token.string == ")" and depth == 0:
                row, column = token.end
                source = "".join(
                    [*text[start : start + MOST_CALL].splitlines(keepends=True)[: row - 1], token.line[:column]]
                )
                node = ast.parse(source, mode="eval").body
                return node if isinstance(node, ast.Call) else None
    except (tokenize.TokenError, SyntaxError, ValueError):
        pass
    return None


def _literal(node: ast.expr | None) -> Any:
    try:
        return ast.literal_eval(node) if node is not None else None
    except (ValueError, TypeError, MemoryError, RecursionError):
        return None


def _banned(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, name) of what must not stand in a file that draws the same inputs every time, without torch."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            roots = [alias.name.partition(".")[0] for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            roots = [(node.module or "").partition(".")[0]]
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in ("np.random", "numpy.random"):
            roots = ["random"]
        else:
            continue
        yield from ((node.lineno, root) for root in roots if root in _BANNED)


def draw_calls(check: Check, seed: int, path: Path) -> list[Call]:
    """The calls that a check draws from one seed. Raises AssignmentError with the line and what to write."""
    what = f'check "{check.name}" of "{check.task}"'
    try:
        drawn = check.draw(Draw(seed))
        calls = _collect(drawn)
    except Mistake as error:
        raise AssignmentError(f"{what}: {error}", where=place_in(path, error, check)) from None
    except (Exception, SystemExit) as error:
        raise AssignmentError(
            f"{what} cannot draw its inputs: {said(error, path)}", where=place_in(path, error, check)
        ) from error
    if not calls:
        raise AssignmentError(
            f"{what} draws no case", where=place_in(path, None, check), remedy="It must yield draw.call(...)."
        )
    return calls


def _collect(drawn: object) -> list[Call]:
    """The calls of a generator. Raises Mistake for everything else that an author may have written instead."""
    if drawn is None or isinstance(drawn, Call) or not hasattr(drawn, "__iter__"):
        given = "one call" if isinstance(drawn, Call) else "nothing" if drawn is None else f"{type(drawn).__name__}"
        raise Mistake(f"it returns {given}; write yield draw.call(...), not return")
    last: list[object] = []

    def whole() -> Iterator[object]:
        last.append((yield from drawn))

    calls = []
    for call in islice(whole(), MOST_CASES + 1):
        if not isinstance(call, Call):
            raise Mistake(f"it yields a {type(call).__name__}; write yield draw.call(...) around the arguments")
        calls.append(call)
    if len(calls) > MOST_CASES:
        raise Mistake(f"it yields more than {MOST_CASES} cases; does its loop end?")
    if last and last[0] is not None:
        raise Mistake("it both yields and returns a value, which would be lost; write yield for every case")
    return calls


def unknown_names(tasks: tuple[Task, ...], path: Path) -> Iterator[tuple[str, str]]:
    """(file and line, what is wrong) for each forbidden name that no library has: no answer could ever use it."""
    text = read_text(path, AssignmentError)
    for task in tasks:
        for name in task.forbid:
            wrong = unknown(name)
            if wrong is not None:
                written = re.search(rf"[\"']{re.escape(name)}[\"']", text)
                place = (
                    f"{path}:{text[: written.start()].count(chr(10)) + 1}"
                    if written
                    else place_of_task(path, task.name)
                )
                yield place, f'forbid of "{task.name}": {wrong}'


def place_of_task(path: Path, name: str) -> str:
    """file:line where the task is made, as far as the text tells."""
    text = read_text(path, AssignmentError)
    made = re.search(rf"\b(?:Task|Choice)\(\s*[\"']{re.escape(name)}[\"']", text)
    return f"{path}:{text[: made.start()].count(chr(10)) + 1}" if made else str(path)


def place_in(path: Path, error: BaseException | None, check: Check | None = None) -> str:
    """file:line where the error passed through the author's file, else where the check is defined."""
    line = getattr(getattr(check.draw, "__code__", None), "co_firstlineno", None) if check is not None else None
    trace = error.__traceback__ if error is not None else None
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"{path}:{line}" if line else str(path)


# -- questions: the wrong and the right answers, as misconceptions and variants like any other --------------------------


def wrong_answers(tasks: Iterable[Task], checks: Path) -> tuple[Misconception, ...]:
    """For each statement of each question, the answer that errs in it alone. Their lines are those of `checks.py`."""
    return tuple(
        Misconception(name, task.name, task.name, text, _source(task.name, answer), _line(checks, task.name))
        for task in questions(tasks)
        for name, answer, text in task.slips()
    )


def right_answers(tasks: Iterable[Task]) -> tuple[Variant, ...]:
    """The right letters in another order, and with blanks between them."""
    return tuple(
        Variant(f"{task.name}_{number}", _source(task.name, answer), (task.name,))
        for task in questions(tasks)
        for number, answer in enumerate(task.spellings(), start=1)
    )


def _source(function: str, answer: str) -> str:
    return f"def {function}():\n    return {answer!r}"


def _line(checks: Path, task: str) -> int:
    _, _, line = place_of_task(checks, task).rpartition(":")
    return int(line) if line.isdigit() else 1
