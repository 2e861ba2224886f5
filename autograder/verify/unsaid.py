"""What decides a grade and is not said: that a result is differentiated, that an axis may be empty, that a name is taken.

A student who works with the notebook alone cannot guess any of these. That a function is differentiated must stand in
its own docstring (of given code, in that of a graded function that it calls); that an axis may be empty, in one of its
task's. A name of given code that a student may well choose for a helper must stand in a text of the notebook: whoever
takes it hears "wrong" from the notebook's own checks, which call the helper.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.course.solution_file import functions_in
from autograder.course.student_cells import HandoutCell, handout, in_language
from autograder.guest.wire import Value
from autograder.notebooks.source import bound_names
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


def late_helpers(assignment: Assignment, cases: Iterable[Case]) -> Iterator[tuple[str, str]]:
    """(task, what to move) for given code that a task's visible cases call, and that stands below the task.

    The check below the task's cell would say that it is not defined.
    """
    at = {
        function.name: place
        for place, cell in enumerate(assignment.cells)
        if cell.role in ("provided", "task")
        for function in functions_in(cell.source)
    }
    for task, function in dict.fromkeys((case.task, case.function) for case in cases if case.check.visible):
        own = assignment.task(task).functions
        if function not in own and at.get(function, -1) > min(at.get(name, -1) for name in own):
            yield (
                task,
                f"{function} stands below the task, and a visible check calls it: move its cell before the task's",
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


def taken_names(assignment: Assignment) -> Iterator[tuple[str, str]]:
    """(where, what to write) for names of given code that students are likely to choose and that no text says are taken."""
    notebooks = {language: handout(assignment, language) for language in assignment.languages}
    likely = _likely(assignment, [cell for cells in notebooks.values() for cell in cells])
    for language, cells in notebooks.items():
        code = [span for cell in cells if not cell.is_code for span in re.findall(r"`([^`\n]+)`", cell.source)]
        said = {name for span in code for name in re.findall(r"\w+", span)}
        prefixes = tuple(span for span in code if re.fullmatch(r"[A-Za-z]+_", span))
        names = [name for name in likely if name not in said and not name.startswith(prefixes)]
        if names:
            yield "given code", f"no text says that these names are taken: {', '.join(names)} ({language})"


def _likely(assignment: Assignment, cells: Sequence[HandoutCell]) -> list[str]:
    """Names of given code that read like the student's own: a word or two that the notebook uses for what it asks for.

    A word that three names of given code have in common, and no graded function, marks them as somebody else's.
    """
    given = [name for cell in assignment.cells if cell.role == "provided" for name in _bound(cell.source)]
    functions = [word for task in assignment.tasks for name in task.functions for word in _words(name)]
    asked = functions + [
        word for text in cells if text.role == "task" for name in _parameters(text.source) for word in _words(name)
    ]
    used = {word for cell in cells if cell.role in ("task", "text", "hint") for word in _words(cell.source)}
    common = Counter(word for name in given for word in set(_words(name)))
    marks = {word for word, count in common.items() if count > 2} - set(functions)
    found = []
    for name in given:
        words = set(_words(name))
        if len(words) <= 2 and words <= used and not words & marks and _alike(words, asked):
            found.append(name)
    return found


def _bound(source: str) -> list[str]:
    return list(dict.fromkeys(name for statement in ast.parse(source).body for name in sorted(bound_names(statement))))


def _parameters(source: str) -> list[str]:
    return [arg.arg for function in functions_in(source) for arg in function.args.args]


def _words(text: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Za-z]+", text)]


def _alike(words: Iterable[str], asked: Iterable[str]) -> bool:
    """Whether a word begins like one that is asked for: activate and activation, beside act or activations."""
    return any(a[:6] == b[:6] or (len(b) > 2 and a.startswith(b)) for a in words for b in asked if len(b) > 1)


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
