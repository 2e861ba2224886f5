"""What decides a grade and stands in no docstring: that a result is differentiated, and that an axis may be empty.

A student who works with the notebook alone cannot know either. That a function is differentiated must stand in its own
docstring (of given code, in that of a graded function that it calls); that an axis may be empty, in one of its task's.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.course.solution_file import functions_in
from autograder.course.student_cells import in_language
from autograder.guest.wire import Value
from autograder.parts import Names
from autograder.tree import arrays

# Languages that are not listed here are not read.
_DIFFERENTIABLE = {"en": r"\bdifferentia(ble|te)\b", "ko": r"미분\s*(가능|할 수)|미분이 가능"}
_EMPTY = {
    "en": r"\bempty\b|\bmay\s+be\s+0\b|\bany number of\b.{0,40}\bnone\b|\b\w+\s*>?=\s*0\b|\bint\s*>=\s*0",
    "ko": r"\b\w+\s*>?=\s*0(?!\.)|0일\s*(수|때)|0이\s*(될|어도)|0이면|비어|빈\s|0\s*이상",
}


def unsaid(assignment: Assignment, cases: Sequence[Case]) -> Iterator[tuple[str, str]]:
    """(task, what to write) for each function whose docstring leaves something out in some language."""
    said = {language: _docstrings(assignment, language) for language in assignment.languages}
    told: set[tuple[str, ...]] = set()
    for case in cases:
        own = assignment.task(case.task).functions
        called = (case.function,) if case.function in own else case.needs
        for needed, patterns, what in _needed(case):
            functions = called if patterns is _DIFFERENTIABLE else tuple(dict.fromkeys((*called, *own)))
            for language in assignment.languages:
                pattern = patterns.get(language)
                key = (case.task, case.function, needed, language)
                if pattern is None or key in told or _says(said[language], functions, pattern):
                    continue
                told.add(key)
                whose = " or ".join(functions) or case.function
                yield (
                    case.task,
                    f'check "{case.check.name}" {what}, and the docstring of {whose} does not say so ({language})',
                )


def unknown_parts(assignment: Assignment) -> Iterator[tuple[str, str]]:
    """(task, what to write) for each part whose declared name no docstring gives."""
    said = {language: _docstrings(assignment, language) for language in assignment.languages}
    given = {language: _docstrings(assignment, language, "provided") for language in assignment.languages}
    for task in assignment.tasks:
        for function in {*task.functions, *assignment.adapters}:
            for name in dict.fromkeys(_part_names(task.names_of(function))):
                for language in assignment.languages:
                    homes = [*said[language].values(), given[language].get(function, "")]
                    if not any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for text in homes):
                        yield task.name, f'parts of {function} name "{name}", which no docstring gives ({language})'


def _part_names(names: Names | None) -> Iterator[str]:
    if isinstance(names, str):
        yield names
    elif isinstance(names, list):
        for one in names:
            yield from _part_names(one)
    elif isinstance(names, dict):
        yield from (names["name"],) if "name" in names else ()
        yield from _part_names(names["of"])


def _needed(case: Case) -> Iterator[tuple[str, Mapping[str, str], str]]:
    """(name, patterns by language, sentence) of what this case asks for beyond its values."""
    if case.check.gradient:
        names = ", ".join(case.check.gradient)
        yield "gradient", _DIFFERENTIABLE, f"differentiates {case.function} with respect to {names}"
    for name, arg in zip(case.parameters, case.args, strict=False):
        if _has_empty_axis(arg):
            yield f"empty {name}", _EMPTY, f"gives {case.function} a {name} with an empty axis"
            return


def _says(docstrings: Mapping[str, str], functions: Sequence[str], pattern: str) -> bool:
    return any(re.search(pattern, docstrings.get(name, "")) for name in functions)


def _docstrings(assignment: Assignment, language: str, role: str = "task") -> dict[str, str]:
    """The docstrings of a kind of cells' functions, as the notebook of this language shows them."""
    found: dict[str, str] = {}
    for cell in assignment.cells:
        if cell.role == role:
            for function in functions_in(in_language(cell.source, language)):
                found[function.name] = ast.get_docstring(function) or ""
    return found


def _has_empty_axis(value: Value) -> bool:
    return any(0 in array.data.shape for array in arrays(value))
