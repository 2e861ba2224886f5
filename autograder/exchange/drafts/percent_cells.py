"""`solution.py` of a draft: the cells of a foreign notebook in the percent format, each text in every language."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping, Sequence

from autograder.exchange.drafts.answers import DraftAnswer, indented
from autograder.exchange.drafts.foreign import Foreign
from autograder.notebooks.source import parse, walk

_HARMLESS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)


def solution_text(
    cells: Sequence[Foreign], answers: Mapping[int, DraftAnswer], title: str, language: str, languages: Sequence[str]
) -> str:
    """The text of solution.py. answers: by the number of the cell that they stand in."""
    names = {name for answer in answers.values() for name in (*answer.functions, *answer.variables)}
    functions = {name for answer in answers.values() for name in answer.functions}
    parts: list[str] = []
    texts = [cell for cell in cells if cell.kind in ("text", "manual")]
    if not texts or not texts[0].source.lstrip().startswith("# "):
        parts += _text_cells(f"# {title}", "", language, languages)
    for place, cell in enumerate(cells):
        following = next((c for c in cells[place + 1 :] if c.kind != "text"), None)
        task = answers[following.number].name if following and following.number in answers else ""
        if cell.number in answers:
            answer = answers[cell.number]
            parts.append(f"# %% task={json.dumps(answer.name)}\n{answer.source.strip(chr(10))}")
            parts += _hints(answer.name, language, languages)
        elif cell.kind in ("text", "manual"):
            parts += _text_cells(cell.source, task, language, languages)
        elif cell.kind == "code":
            parts += _code_cell(cell, names, functions, language, languages)
    return "\n\n".join(parts) + "\n"


def _text_cells(source: str, task: str, language: str, languages: Sequence[str], hint: int = 0) -> Iterator[str]:
    more = (f" task={json.dumps(task)}" if task else "") + (f" hint={hint}" if hint else "")
    for name in languages:
        text = source if name == language else _to_translate(source)
        lines = [f"# {line}".rstrip() for line in text.strip("\n").split("\n")]
        yield "\n".join([f'# %% [markdown] lang="{name}"{more}', *lines])


def _to_translate(source: str) -> str:
    """The text with a TODO to translate it. A heading stays one, so that the notebook keeps its form."""
    if source.startswith("TODO"):
        return source
    first = next((line for line in source.split("\n") if line.strip()), "")
    marks = first[: len(first) - len(first.lstrip("#"))]
    if not marks:
        return f"TODO: translate\n\n{source}"
    return f"{marks} TODO: {first.lstrip('# ')}\n\n{source.partition(first)[2].strip()}"


def _hints(task: str, language: str, languages: Sequence[str]) -> Iterator[str]:
    for number, what in ((1, "TODO: the idea"), (2, "TODO: the equation")):
        yield from _text_cells(what, task, language, languages, number)


def _code_cell(
    cell: Foreign, names: set[str], functions: set[str], language: str, languages: Sequence[str]
) -> Iterator[str]:
    """Imports, definitions and constants as they are; other code as `explore` cell, or as text where it cannot run."""
    tree = parse(cell.source)
    if tree is None:
        yield from _text_cells(f"```\n{cell.source}\n```", "", language, languages)
        return
    used = {node.id for node in walk(tree) if isinstance(node, ast.Name)}
    answers = sorted(used & functions)
    if all(isinstance(statement, _HARMLESS) or _is_constant(statement) for statement in tree.body):
        defines = any(isinstance(statement, ast.FunctionDef) for statement in tree.body)
        tag = ' tags=["provided"]' if defines else ""
        yield f"# %%{tag}\n{cell.source.strip(chr(10))}"
    elif answers:
        yield f'# %% tags=["explore"]\nif ready({", ".join(answers)}):\n{indented(cell.source.strip(chr(10)))}'
    elif used & names:  # it reads variables of an answer, which are now local to a function
        yield from _text_cells(f"```python\n{cell.source}\n```", "", language, languages)
    else:
        yield f'# %% tags=["explore"]\n{cell.source.strip(chr(10))}'


def _is_constant(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if not isinstance(statement, ast.Assign):
        return False
    return not any(isinstance(node, ast.Call) for node in ast.walk(statement.value))
