"""Why a name is not there: a NameError of a function, connected with the cell that should have set the name.

Only visible cases are asked for the name, so that no hidden input decides what is said. Where hidden ones alone end
with a NameError, the text of the task and the cells that failed before any case tell.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeGuard

from autograder.course.cases import Case
from autograder.i18n import Text
from autograder.notebooks.source import as_written, begins_at, bound_names, first_line, outermost, parse, walk
from autograder.sandbox.interface import Cell, CellOutcome, ErrorInfo, Execution, Outcome, Program, Status
from autograder.submissions.prepare import Prepared

_NOT_DEFINED = re.compile(r"(?:name|free variable) '(\w{1,100})' is not defined|name '(\w{1,100})' is used before")

# What may bind any name at all.
_ANYTHING = re.compile(r"\bimport\s+\*|^%run\b")
MOST_OF_A_LINE = 300  # of a cell that is no Python


def unset_notes(prepared: Prepared, execution: Execution, cases: Mapping[int, Case]) -> tuple[Text, ...]:
    """A note for each name that a function lacks and a failed cell should have set, and for what that cell lacked."""
    failed = [outcome for outcome in execution.cells if outcome.status is not Status.RETURNED]
    if not failed:
        return ()
    program = prepared.program
    missing = list(_missing(_error(o) for o in execution.outcomes if cases[o.id].check.visible))
    for task in _only_hidden_lack(execution, cases):
        missing += _read_and_unset(prepared.task_sources[task], program, failed)
    notes: dict[str, Text] = {}
    while missing:
        name = missing.pop(0)
        setter = _setter(name, program, failed)
        if setter is not None and name not in notes:
            notes[name] = _note(name, program.cells[setter.index], setter)
            missing += _missing([setter.error])
    return tuple(notes.values())


def _error(outcome: Outcome) -> ErrorInfo | None:
    return outcome.error or outcome.gradient_error


def _only_hidden_lack(execution: Execution, cases: Mapping[int, Case]) -> list[str]:
    """The tasks in which hidden cases alone end with a NameError."""
    lacking = {True: set[str](), False: set[str]()}
    for outcome in execution.outcomes:
        error, case = _error(outcome), cases[outcome.id]
        if error is not None and error.type_name == "NameError":
            lacking[case.check.visible].add(case.task)
    return sorted(lacking[False] - lacking[True])


def _missing(errors: Iterable[ErrorInfo | None]) -> Iterator[str]:
    for error in errors:
        if error is not None and error.type_name == "NameError":
            yield from (found[1] or found[2] for found in [_NOT_DEFINED.match(error.message)] if found)


def _setter(name: str, program: Program, failed: Sequence[CellOutcome]) -> CellOutcome | None:
    """The last failed cell that would have bound a name; where none binds it, one that failed at `import *` or %run."""
    found = [cell for cell in failed if _spans(name, program.cells[cell.index].source)]
    if not found and not any(_spans(name, cell.source) for cell in program.cells):
        found = [cell for cell in failed if _ANYTHING.search(_failed_line(program.cells[cell.index], cell))]
    return found[-1] if found else None


def _failed_line(cell: Cell, outcome: CellOutcome) -> str:
    """The line at which a cell failed, as its author wrote it; "" where none is known."""
    lines, line = cell.source.split("\n"), outcome.error.line if outcome.error is not None else None
    return as_written(lines[line - 1].strip()) if line is not None and 1 <= line <= len(lines) else ""


def _read_and_unset(source: str, program: Program, failed: Sequence[CellOutcome]) -> Iterator[str]:
    """Names that the functions of this code read and that nothing but the statement at which a cell failed would have set."""
    tree = parse(source)
    functions = (
        [statement for statement in outermost(tree.body) if isinstance(statement, ast.FunctionDef)] if tree else []
    )
    nodes = [node for function in functions for node in walk(function)]
    own = {node.arg if isinstance(node, ast.arg) else node.id for node in nodes if _is_set_here(node)}
    read = sorted({node.id for node in nodes if isinstance(node, ast.Name)} - own)
    lines = {cell.index: cell.error.line for cell in failed if cell.error is not None}
    for name in read:
        homes = [
            (index, span)
            for index, cell in enumerate(program.cells)
            for span in _spans(name, cell.source)
            if cell.kind != "provided"
        ]
        if homes and all(index in lines and _holds(span, lines[index]) for index, span in homes):
            yield name


def _is_set_here(node: ast.AST) -> TypeGuard[ast.arg | ast.Name]:
    return isinstance(node, ast.arg) or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))


# -- where a cell binds a name ---------------------------------------------------------------------------------------


def _spans(name: str, source: str) -> list[tuple[int, int]]:
    """(first line, last line) of each statement of a cell that binds a name; of one that is no Python, by its text."""
    if name not in source:
        return []
    tree = parse(source)
    if tree is not None:
        return [(begins_at(s), s.end_lineno or s.lineno) for s in tree.body if name in bound_names(s)]
    binds, lines = _binding(name), source.split("\n")
    return [(number, number) for number, line in enumerate(lines, start=1) if binds.search(line[:MOST_OF_A_LINE])]


def _binding(name: str) -> re.Pattern[str]:
    """A line of text that would bind a name: an assignment, a definition, an import, a loop."""
    return re.compile(
        rf"^\s*(?:(?:async\s+)?def|class)\s+{name}\b|^[\w\s,*()\[\]]*\b{name}\b[\w\s,*()\[\]]*(?::[^=]+)?=(?!=)"
        rf"|\bimport\b.*\b{name}\b|\b(?:for|as)\s[^:]*\b{name}\b"
    )


def _holds(span: tuple[int, int], line: int | None) -> bool:
    return line is not None and span[0] <= line <= span[1]


# -- what is said ----------------------------------------------------------------------------------------------------


def _note(name: str, cell: Cell, outcome: CellOutcome) -> Text:
    begins, spans = first_line(cell.source), _spans(name, cell.source)
    why = _why(cell, outcome, spans)
    if not spans:
        return Text(
            f'{name} is not defined, perhaps because the cell that begins with "{begins}" failed: {why}.',
            f'{name}이(가) 정의되지 않았습니다. "{begins}"(으)로 시작하는 셀이 실패했기 때문일 수 있습니다: {why}.',
        )
    return Text(
        f'{name} is not defined because the cell that begins with "{begins}" failed: {why}.',
        f'"{begins}"(으)로 시작하는 셀이 실패해서 {name}이(가) 정의되지 않았습니다: {why}.',
    )


def _why(cell: Cell, outcome: CellOutcome, spans: Sequence[tuple[int, int]]) -> str:
    """What a cell failed with, and where; of one that failed elsewhere first, the statement that binds the name."""
    if outcome.error is None:
        return outcome.status.value.replace("_", " ")
    if spans and outcome.error.line is not None and not _leads_to(cell.source, outcome.error.line, spans[-1]):
        lines = cell.source.split("\n")
        return f'"{first_line(lines[spans[-1][0] - 1])}"'
    message = " ".join(outcome.error.message.split())[:200]
    why = f"{outcome.error.type_name}: {message}" if message else outcome.error.type_name
    line = _failed_line(cell, outcome)
    return f'{why} ("{first_line(line)}")' if line else why


def _leads_to(source: str, line: int, span: tuple[int, int]) -> bool:
    """Whether what failed at a line is why a statement was not run: it stands there, or what it binds is read there."""
    tree = parse(source)
    if tree is None or _holds(span, line):
        return True
    bound = {
        name for s in tree.body if _holds((begins_at(s), s.end_lineno or s.lineno), line) for name in bound_names(s)
    }
    here = [s for s in tree.body if begins_at(s) == span[0]]
    return any(isinstance(node, ast.Name) and node.id in bound for statement in here for node in walk(statement))
