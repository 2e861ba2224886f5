"""Whether a notebook is one of this assignment: by what it defines, not by what it mentions.

A student may have stripped our metadata, or pasted the answers into another file; but who defines a graded function, in
whatever way, has worked on this assignment. Short names (`value`, `train`) are variables elsewhere: a mere
`value = ...` counts only where the notebook defines no function of another assignment.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection as Names
from collections.abc import Iterable, Mapping

from autograder.course.assignment import Assignment
from autograder.i18n import Text
from autograder.notebooks.reader import Notebook, UnreadableNotebook

_QUOTED = re.compile(
    r"\"\"\"[\s\S]*?\"\"\"|\'\'\'[\s\S]*?\'\'\'|\"(?:\\\\.|[^\"\\\\\n])*\"|\'(?:\\\\.|[^\'\\\\\n])*\'|#[^\n]*"
)


def defined_functions(text: str, names: Iterable[str]) -> set[str]:
    """Which of these names a text binds to functions in its unindented lines."""
    if "def" not in text and "lambda" not in text:
        return set()
    return _found(_patterns(tuple(names)).functions, text)


def _found(pattern: re.Pattern[str], text: str) -> set[str]:
    return {name for match in pattern.findall(text) for name in ((match,) if isinstance(match, str) else match) if name}


class _Patterns:
    """Regular expressions for text that binds one of some names.

    functions: an unindented `def` or lambda.
    certain: the same, also indented or after a prompt, and imports.
    possible: any assignment to a name, and what may assign without naming it, such as globals().
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        name = "(" + ("|".join(map(re.escape, names)) or "(?!)") + ")"
        prompt = r"^[ \t]*(?:(?:>>> |\.\.\. |In \[\d+\]: )[ \t]*)?"
        function = rf"(?:async[ \t]+)?def[ \t]+{name}\b|{name}[ \t]*=[ \t]*lambda\b"
        self.functions = re.compile(rf"^(?:{function})", re.MULTILINE)
        # Bounded, because the text may be one line of "import import import ...".
        imported = rf"\bimport\b[^\n#]{{0,200}}?\b{name}\b"
        self.certain = re.compile(rf"{prompt}(?:{function})|{imported}", re.MULTILINE)
        self.possible = re.compile(
            rf"\b{name}[ \t]{{0,9}}(?:[:,][^=\n]{{0,200}})?=(?!=)|(?:globals|locals|vars)\(\)", re.MULTILINE
        )


@functools.lru_cache(maxsize=64)
def _patterns(names: tuple[str, ...]) -> _Patterns:
    return _Patterns(names)


def demand_this_assignment(notebook: Notebook, assignment: Assignment, siblings: Mapping[str, Names[str]]) -> None:
    """Raise UnreadableNotebook for a notebook of another assignment, and for one without code."""
    text = "\n".join(cell.source for cell in notebook.code)
    if not text.strip():
        raise _wrong_notebook(notebook.name, "the notebook holds no code.", "노트북에 코드가 없습니다.")
    everything = "\n".join(cell.source for cell in notebook.cells)
    ours = tuple(name for task in assignment.tasks for name in task.functions)
    if _patterns(ours).certain.search(everything):
        return
    others = {slug: tuple(names) for slug, names in siblings.items() if slug != assignment.slug}
    counts = {slug: len(_found(_patterns(names).certain, text)) for slug, names in others.items()}
    metadata = notebook.metadata.get("autograder")
    marked = metadata.get("assignment") if isinstance(metadata, dict) else None
    if isinstance(marked, str) and marked in others:
        best: str | None = marked
    else:
        best = max((slug for slug in counts if counts[slug]), key=lambda slug: counts[slug], default=None)
    if best is not None:
        raise _wrong_notebook(
            notebook.name,
            f"this looks like another assignment: {best}.",
            f"다른 과제({best})의 노트북으로 보입니다.",
        )
    if not _patterns(ours).possible.search(_QUOTED.sub(" ", text)):
        raise _wrong_notebook(
            notebook.name,
            f"this looks like another assignment: no function of {assignment.slug} is defined in it.",
            f"다른 과제의 노트북으로 보입니다. {assignment.slug} 과제의 함수가 하나도 없습니다.",
        )


def _wrong_notebook(name: str, message: str, korean: str) -> UnreadableNotebook:
    remedy = "Hand in the notebook of this assignment."
    text = Text(f"{name}: {message} {remedy}", f"{name}: {korean} 이 과제의 노트북을 제출하세요.")
    return UnreadableNotebook(message, where=name, remedy=remedy, text=text)
