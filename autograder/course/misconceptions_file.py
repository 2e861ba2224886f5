"""`misconceptions.py` and `variants/`: other versions of the graded functions, read as text and never imported here."""

from __future__ import annotations

import ast
import difflib
import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring import Task, misconception
from autograder.course.spelling.python_errors import unknown_import
from autograder.course.textfile import did_you_mean, read_text
from autograder.errors import AssignmentError
from autograder.i18n import COURSE_LANGUAGES, LANGUAGES, Text
from autograder.notebooks.source import bound_names

_OPTIONS = tuple(
    name
    for name, parameter in inspect.signature(misconception).parameters.items()
    if parameter.kind is inspect.Parameter.KEYWORD_ONLY
)


@dataclass(frozen=True)
class Misconception:
    """A wrong version of one function.

    name: of the function that is wrong.
    function: the graded function in whose place it is put.
    task: the task of that function.
    text: what to tell the student.
    source: statements that, run after the solution, put it in place.
    line: where it stands in its file.
    same_as: the name of another that gives the same outputs on every input.
    evidence: where the mistake was seen.
    """

    name: str
    function: str
    task: str
    text: Text
    source: str
    line: int
    same_as: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Variant:
    """Right versions of some functions, written differently.

    name: of its file.
    source: the text of its file.
    functions: the graded functions that it defines.
    """

    name: str
    source: str
    functions: tuple[str, ...]


def parse_author_file(text: str, path: Path, first_line: int = 1) -> ast.Module:
    """The syntax tree of an author's code. Raises AssignmentError with the line in the file."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError) as error:  # ValueError: a null byte
        line = first_line + (getattr(error, "lineno", None) or 1) - 1
        raise AssignmentError(f"syntax error: {getattr(error, 'msg', error)}", where=f"{path}:{line}") from None


def read_misconceptions(
    path: Path,
    tasks: tuple[Task, ...],
    signatures: Mapping[str, tuple[str, ...]] | None = None,
    languages: Sequence[str] = COURSE_LANGUAGES,
) -> tuple[Misconception, ...]:
    """The decorated functions of `misconceptions.py`, each as source that overrides one function of the solution.

    signatures: parameter names of the solution's functions. languages: in which each must be explained. Raises one AssignmentError that lists every problem.
    """
    if not path.exists():
        return ()
    text = read_text(path, AssignmentError)
    homes = {function: task.name for task in tasks for function in task.functions}
    shared: list[str] = []
    marked: list[tuple[ast.FunctionDef, ast.Call]] = []
    tree = parse_author_file(text, path)
    problems = [(f"{path}:{line}", what) for line, what in _unknown_marks(tree)]
    marks = _names_of_the_mark(tree)
    for node in tree.body:
        decorator = _mark(node, marks)
        if decorator is not None:
            assert isinstance(node, ast.FunctionDef)
            marked.append((node, decorator))
        elif not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder")):
            shared.append(ast.get_source_segment(text, node) or "")
    found = []
    for function_def, decorator in marked:
        where = f"{path}:{function_def.lineno}"
        try:
            function, options = _read_mark(decorator, homes, languages)
        except ValueError as error:
            problems.append((where, f"@misconception of {function_def.name}: {error}"))
            continue
        wanted, given = (signatures or {}).get(function), tuple(a.arg for a in function_def.args.args)
        if wanted is not None and len(given) != len(wanted) and not function_def.args.vararg:
            problems.append(
                (
                    where,
                    f"{function_def.name}({', '.join(given)}) stands for {function}({', '.join(wanted)}): give it the same parameters.",
                )
            )
        body = "\n".join(text.split("\n")[function_def.lineno - 1 : function_def.end_lineno])
        found.append(
            Misconception(
                name=function_def.name,
                function=function,
                task=homes[function],
                text=Text(**{key: text for key, text in options.items() if key in (*languages, *LANGUAGES)}),
                source="\n".join([*shared, body, f"{function} = {function_def.name}"]),
                line=function_def.lineno,
                same_as=options.get("same_as", ""),
                evidence=options.get("evidence", ""),
            )
        )
    problems += [(f"{path}:{m.line}", what) for m in found for what in _bad_names(m, found)]
    if problems:
        raise AssignmentError.listing(problems)
    return tuple(found)


def _mark(node: ast.stmt, names: frozenset[str]) -> ast.Call | None:
    """The call in `@misconception(...)`, also where it is written `@authoring.misconception(...)`."""
    for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else []:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func).rpartition(".")[2] in names:
            return decorator
    return None


def _names_of_the_mark(tree: ast.Module) -> frozenset[str]:
    """What the file calls `misconception`: it may import it under another name."""
    imported = (alias for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names)
    return frozenset(["misconception", *(a.asname for a in imported if a.name == "misconception" and a.asname)])


def _unknown_marks(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of imports that autograder has not, and of decorators that are nearly the mark.

    The file is never imported, so Python reports neither; and a function without the mark would be ignored silently.
    """
    marks, bound = _names_of_the_mark(tree), set[str]()
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and not node.level:
            words = (unknown_import(node.module or "", alias.name) for alias in node.names)
            yield from ((node.lineno, word) for word in words if word)
        for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else []:
            name = ast.unparse(decorator.func if isinstance(decorator, ast.Call) else decorator)
            last = name.rpartition(".")[2]
            if last in marks and not isinstance(decorator, ast.Call):
                yield decorator.lineno, f'@{name} takes the function and texts: @{name}("f", en="...", ko="...").'
            elif last not in {*marks, *bound} and difflib.get_close_matches(last, marks, n=1):
                yield decorator.lineno, f"@{name} is defined nowhere above. {did_you_mean(last, marks)}"
        bound |= set(bound_names(node))


def _read_mark(decorator: ast.Call, homes: Mapping[str, str], languages: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """(function, options). Raises ValueError that says what is wrong."""
    known = {"function", *_OPTIONS, *languages}
    for keyword in decorator.keywords:
        if keyword.arg is not None and keyword.arg not in known:
            raise ValueError(f'unknown key "{keyword.arg}". {did_you_mean(keyword.arg, sorted(known))}')
    try:
        options = {k.arg: ast.literal_eval(k.value) for k in decorator.keywords if k.arg}
        if len(options) < len(decorator.keywords):
            raise ValueError
        named = [options.pop("function")] if "function" in options else []
        (function,) = [*(ast.literal_eval(arg) for arg in decorator.args), *named]
    except (ValueError, TypeError):
        raise ValueError('takes one function name and literal texts: ("f", en="...", ko="...").') from None
    if function not in homes:
        raise ValueError(f'no task has a function "{function}". {did_you_mean(str(function), homes)}')
    for key, value in options.items():
        if not isinstance(value, str):
            raise ValueError(f"{key} must be a text, not {value!r}.")
    for language in languages:
        if not options.get(language, "").strip():
            raise ValueError(f'has no text in {language}: write {language}="...".')
    return function, options


def _bad_names(one: Misconception, bank: list[Misconception]) -> list[str]:
    """What is wrong with the names that one misconception of the bank bears and mentions."""
    wrong = []
    if next(m for m in bank if m.name == one.name) is not one:
        wrong.append(f'two misconceptions are called "{one.name}": give this one another name.')
    siblings = [m.name for m in bank if m.function == one.function and m.name != one.name]
    if one.same_as and one.same_as not in siblings:
        wrong.append(
            f'same_as="{one.same_as}" must name another misconception of {one.function}. {did_you_mean(one.same_as, siblings)}'
        )
    return wrong


def read_variants(folder: Path, tasks: tuple[Task, ...]) -> tuple[Variant, ...]:
    graded = {function for task in tasks for function in task.functions}
    found = []
    for path in sorted(folder.glob("*.py")):
        text = read_text(path, AssignmentError)
        defined = [n.name for n in parse_author_file(text, path).body if isinstance(n, ast.FunctionDef)]
        functions = tuple(name for name in defined if name in graded)
        if not functions:
            near = did_you_mean(defined[0], graded) if defined else f"They are {', '.join(sorted(graded))}."
            raise AssignmentError("defines none of the graded functions", where=str(path), remedy=near)
        found.append(Variant(path.stem, text, functions))
    return tuple(found)
