"""Why a name is not there: a NameError of a function, connected with the cell that should have set the name.

Only visible cases are asked, so that no hidden input decides what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from autograder.i18n import Text
from autograder.notebooks.source import bound_names, first_line, parse
from autograder.sandbox.interface import Cell, CellOutcome, Execution, Outcome, Program, Status

_NOT_DEFINED = re.compile(r"(?:name|free variable) '(\w{1,100})' is not defined|name '(\w{1,100})' is used before")


def unset_notes(program: Program, execution: Execution, visible: Iterable[Outcome]) -> tuple[Text, ...]:
    """A note for each name that a function lacks and a failed cell should have set."""
    failed = [outcome for outcome in execution.cells if outcome.status is not Status.RETURNED]
    if not failed:
        return ()
    return tuple(
        _note(name, program.cells[cell.index], cell)
        for name in dict.fromkeys(_missing(visible))
        for cell in _setters(name, program, failed)
    )


def _missing(outcomes: Iterable[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        error = outcome.error or outcome.gradient_error
        if error is not None and error.type_name == "NameError":
            yield from (found[1] or found[2] for found in [_NOT_DEFINED.match(error.message)] if found)


def _setters(name: str, program: Program, failed: Iterable[CellOutcome]) -> list[CellOutcome]:
    """The last failed cell that binds a name, if one does."""
    found = [cell for cell in failed if name in _bound(program.cells[cell.index].source)]
    return found[-1:]


def _bound(source: str) -> set[str]:
    tree = parse(source)
    return {name for statement in tree.body for name in bound_names(statement)} if tree is not None else set()


def _note(name: str, cell: Cell, outcome: CellOutcome) -> Text:
    begins = first_line(cell.source)
    why = outcome.status.value.replace("_", " ")
    if outcome.error is not None:
        message = " ".join(outcome.error.message.split())[:200]
        why = f"{outcome.error.type_name}: {message}" if message else outcome.error.type_name
        lines = cell.source.split("\n")
        if outcome.error.line is not None and 1 <= outcome.error.line <= len(lines):
            why = f'{why} ("{first_line(lines[outcome.error.line - 1])}")'
    return Text(
        f'{name} is not defined because the cell that begins with "{begins}" failed: {why}.',
        f'"{begins}"(으)로 시작하는 셀이 실패해서 {name}이(가) 정의되지 않았습니다: {why}.',
    )
