"""Answers of a foreign notebook as cells of `solution.py`: functions with their marks inside, and a docstring each."""

from __future__ import annotations

import ast
import io
import keyword
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.course.assignment import BEGIN_SOLUTION, END_SOLUTION
from autograder.notebooks.source import begins_at, bound_names, parse

_MARK = re.compile(r"^[ \t]*#+\s*(?P<which>BEGIN|END) SOLUTION\b.*$", re.IGNORECASE)
DOCSTRING = "TODO: say what comes in and what goes out, with shapes."


@dataclass(frozen=True)
class DraftAnswer:
    """A graded cell.

    name: the name of its task.
    source: its text, with marks around solutions.
    functions: the functions that are graded, with their parameters.
    variables: the variables that the cell bound and the last function returns.
    unfinished: what the author must still do to it; "" for nothing.
    """

    name: str
    source: str
    functions: dict[str, tuple[str, ...]]
    variables: tuple[str, ...] = ()
    unfinished: str = ""


def answer_of(source: str, name: str, wanted: frozenset[str]) -> DraftAnswer | None:
    """A solution cell as an answer; None where it defines nothing. wanted: names that tests look at.

    Students see nothing that stood between marks, and of a cell without marks the signatures only.
    """
    plain, regions = _without_marks(source)
    tree = parse(plain)
    if tree is None:
        return None
    lines = plain.split("\n")
    marked = regions or [(0, len(lines))]
    loose = [s for s in tree.body if not isinstance(s, _GIVEN) and _within(s, marked)]
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    variables = _variables(loose, wanted)
    if not functions and not classes and not variables:
        return None
    values = "\n".join("\n".join(lines[s.lineno - 1 : s.end_lineno]) for s in loose)
    _mark([*functions, *(m for c in classes for m in c.body if isinstance(m, ast.FunctionDef))], lines, marked, loose)
    graded = {function.name: _parameters(function) for function in functions}
    text, why = "\n".join(lines).strip("\n"), ""
    if variables:
        wrapper = identifier(name) + ("_values" if identifier(name) in graded else "")
        text = "\n\n\n".join(filter(None, [text, _wrapper(wrapper, values, variables)]))
        graded[wrapper] = ()
    elif classes and not functions:
        use = f"use_{classes[0].name.lower()}"
        text, why = f"{text}\n\n\n{_user(use, classes[0].name)}", _CLASSES.format(name=classes[0].name, use=use)
        graded[use] = ()
    first = next(iter(graded))
    return DraftAnswer(first, text, graded, variables, why)


_GIVEN = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_CLASSES = "{name} is a class, and classes are graded through a function: write {use}"


def _within(statement: ast.stmt, regions: list[tuple[int, int]]) -> bool:
    return any(begin < statement.lineno <= end for begin, end in regions)


def _variables(loose: list[ast.stmt], wanted: frozenset[str]) -> tuple[str, ...]:
    bound = dict.fromkeys(n for statement in loose for n in bound_names(statement) if not n.startswith("_"))
    return tuple(n for n in bound if n in wanted) or tuple(bound)


def identifier(name: str) -> str:
    """The name as a Python identifier."""
    plain = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_") or "answer"
    plain = plain if plain[0].isalpha() else f"answer_{plain}"
    return f"{plain}_" if keyword.iskeyword(plain) else plain


def _parameters(function: ast.FunctionDef) -> tuple[str, ...]:
    return tuple(a.arg for a in [*function.args.posonlyargs, *function.args.args])


def _without_marks(source: str) -> tuple[str, list[tuple[int, int]]]:
    """(the text without marks, the regions that stood between them as first line and line after the last)."""
    lines: list[str] = []
    regions: list[tuple[int, int]] = []
    begin: int | None = None
    for line in source.split("\n"):
        mark = _MARK.match(line)
        if mark is None:
            lines.append(line)
        elif mark["which"].upper() == "BEGIN":
            begin = len(lines)
        elif begin is not None:
            regions.append((begin, len(lines)))
            begin = None
    return "\n".join(lines), [region for region in regions if region[0] < region[1]]


def _mark(
    functions: list[ast.FunctionDef], lines: list[str], regions: list[tuple[int, int]], loose: list[ast.stmt]
) -> None:
    """Put marks around what the author had marked inside functions, or around the bodies of whole ones; take out `loose`.

    Works from the end, so that the lines before keep their numbers.
    """
    edits: list[tuple[int, int, list[str]]] = [(s.lineno - 1, s.end_lineno or s.lineno, []) for s in loose]
    for function in functions:
        first, last = _body(function)
        inside = [(b, e) for b, e in regions if first <= b and e <= last and _whole(function, b, e)]
        indent = " " * function.body[0].col_offset
        touched = any(b < last and first < e for b, e in regions)
        for begin, end in inside or ([(first, last)] if touched else []):
            space = _indent(lines[begin]) if inside else indent
            edits.append((begin, end, [f"{space}{BEGIN_SOLUTION}", *lines[begin:end], f"{space}{END_SOLUTION}"]))
        if not ast.get_docstring(function) and not function.col_offset:
            edits.append((_after_head(function), _after_head(function), [f'{indent}"""{DOCSTRING}"""']))
    for begin, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
        lines[begin:end] = new


def _body(function: ast.FunctionDef) -> tuple[int, int]:
    """The lines of a function's statements, without the docstring: first, and the one after the last, from 0."""
    rest = function.body[1:] if ast.get_docstring(function) is not None else function.body
    end = function.end_lineno or function.lineno
    return (min(begins_at(s) for s in rest) - 1 if rest else end), end


def _after_head(function: ast.FunctionDef) -> int:
    return begins_at(function.body[0]) - 1


def _whole(function: ast.FunctionDef, begin: int, end: int) -> bool:
    """Whether the region cuts no statement of the function in two."""
    inside = [s for s in ast.walk(function) if isinstance(s, ast.stmt) and s is not function]
    starts = any(begin < s.lineno <= end for s in inside)
    cut = any(s.lineno - 1 < begin < (s.end_lineno or 0) <= end and not hasattr(s, "body") for s in inside)
    return starts and not cut


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _user(use: str, name: str) -> str:
    """A stub of a function that uses a class, for the author to write: a class cannot be graded by itself."""
    lines = [
        f"def {use}():",
        f'    """TODO: a function that uses {name} and returns what is to be graded."""',
        f"    {BEGIN_SOLUTION}",
        f'    raise NotImplementedError("TODO: use {name}")',
        f"    {END_SOLUTION}",
    ]
    return "\n".join(lines)


def _wrapper(name: str, statements: str, variables: tuple[str, ...]) -> str:
    """Statements that bind variables, as a function that returns them."""
    listed = ", ".join(variables)
    lines = [
        f"def {name}():",
        f'    """TODO: say what is asked for. Returns {listed}."""',
        f"    {BEGIN_SOLUTION}",
        indented(statements),
        f"    return {listed}",
        f"    {END_SOLUTION}",
    ]
    return "\n".join(lines)


def indented(source: str) -> str:
    """The source four blanks further in; the lines inside of a string stay as they are."""
    inner = set(_inside_strings(source))
    lines = source.split("\n")
    return "\n".join(line if n in inner or not line.strip() else f"    {line}" for n, line in enumerate(lines, start=1))


def _inside_strings(source: str) -> Iterator[int]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.end[0] > token.start[0] and token.type not in (tokenize.NEWLINE, tokenize.NL):
                yield from range(token.start[0] + 1, token.end[0] + 1)
    except (tokenize.TokenError, SyntaxError):
        return
