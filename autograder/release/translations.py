"""Completeness of an assignment's texts: every language of the course, and the points of the tasks in their headings."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

from autograder.course.assignment import Assignment
from autograder.course.student_cells import handout

_POINTS = re.compile(r"\((\d+(?:\.\d+)?) ?(?:points?|점)\)")
_TO_DO = re.compile(r"^\W*TODO\b", re.MULTILINE)
_NO_PROSE = re.compile(r"\$\$.*?\$\$|\$[^$]*\$|```.*?```|`[^`]*`|https?://\S+", re.DOTALL)
_ENGLISH = re.compile(r"\b[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}\b")


def missing_texts(assignment: Assignment) -> list[tuple[str, str]]:
    """(place, what to change) of every text that lacks a language of the course or states points its task does not have."""
    found: list[tuple[str, str]] = []
    for task in assignment.tasks:
        for check in task.checks:
            for key, text in (("title", check.title), ("hint", check.hint)):
                place = f'checks.py, {key} of "{check.name}" of {task.name}'
                found += [
                    (place, f"has no text in {lang}")
                    for lang in assignment.languages
                    if lang not in text.languages or not text.in_language(lang).strip()
                ]
        for lang in assignment.languages:
            texts = [c for c in assignment.cells if c.role == "text" and (c.task, c.language) == (task.name, lang)]
            hints = [c.hint for c in texts if c.hint]
            found += [
                ("solution.py", f"{task.name} has {hints.count(n) or 'no'} hint {n} in {lang}; write one")
                for n in (1, 2)
                if hints.count(n) != 1
            ]
            found += [
                (f"solution.py:{c.line}", f"says {said} points, the task {task.name} has {task.points:g}")
                for c in texts
                for said in _POINTS.findall(c.source.partition("\n")[0])
                if float(said) != task.points
            ]
    found += _to_do(assignment) + _unpaired(assignment) + _headings(assignment)
    return found + _english_left(assignment) + _marks_left(assignment)


def _to_do(assignment: Assignment) -> list[tuple[str, str]]:
    """Texts that an import left to be written."""
    found = []
    for task in assignment.tasks:
        for check in task.checks:
            for key, text in (("title", check.title), ("hint", check.hint)):
                if any(_TO_DO.search(text.in_language(lang)) for lang in assignment.languages):
                    found.append((f'checks.py, {key} of "{check.name}" of {task.name}', "still says TODO"))
    for cell in assignment.cells:
        said = cell.source if cell.role == "text" else "\n".join(_docstrings(cell.source))
        if _TO_DO.search(said):
            found.append((f"solution.py:{cell.line}", "still says TODO"))
    return found


def _docstrings(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield ast.get_docstring(node) or ""


def _unpaired(assignment: Assignment) -> list[tuple[str, str]]:
    """Text cells that lack a counterpart in another language, and Korean ones without a Korean letter."""
    found = []
    texts = [c for c in assignment.cells if c.role == "text" and not c.hint]
    for task in dict.fromkeys(c.task for c in texts):
        counts = {lang: sum((c.task, c.language) == (task, lang) for c in texts) for lang in assignment.languages}
        if len(set(counts.values())) > 1:
            said = " and ".join(f"{n} in {lang}" for lang, n in counts.items())
            what = f"the task {task}" if task else "what belongs to no task"
            found.append(("solution.py", f"{what} has {said} text cells; write each in every language"))
    for cell in assignment.cells:
        prose = _NO_PROSE.sub("", cell.source) if cell.role == "text" and cell.language == "ko" else ""
        if len(re.findall(r"[A-Za-z]{2,}", prose)) > 1 and not re.search("[가-힣]", prose):
            found.append((f"solution.py:{cell.line}", 'has lang="ko" and no Korean word'))
    return found


def _english_left(assignment: Assignment) -> list[tuple[str, str]]:
    """Docstrings and comments of the Korean notebook that are still English: the first such line of each cell."""
    found: list[tuple[str, str]] = []
    for cell in handout(assignment, "ko") if {"ko", "en"} <= {*assignment.languages} else ():
        if cell.role in ("plain", "provided", "task", "explore"):
            for line in _spoken(cell.source):
                if _ENGLISH.search(line) and not re.search("[가-힣]", line):
                    where = f"Korean notebook, {cell.task or cell.key}"
                    found.append((where, f'"{line.strip()}" is English; write it under [en], and under [ko] in Korean'))
                    break
    return found


def _marks_left(assignment: Assignment) -> list[tuple[str, str]]:
    """Comments and docstrings in which a mark of a language does not begin its line, so that nobody reads it as one."""
    marks = re.compile(r"\[(?:" + "|".join(map(re.escape, assignment.languages)) + r")\]")
    found = []
    for language in assignment.languages:
        for cell in handout(assignment, language):
            for line in _spoken(cell.source) if cell.is_code else ():
                if marks.search(line):
                    where = f"{language} notebook, {cell.task or cell.key}"
                    found.append(
                        (
                            where,
                            f'"{line.strip()}" keeps its mark: a comment "# [{language}] ..." has a line of its own',
                        )
                    )
    return found


def _spoken(source: str) -> Iterator[str]:
    """The lines of prose in a cell: its comments and docstrings."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for docstring in _docstrings(source):
        yield from docstring.split("\n")


def _headings(assignment: Assignment) -> list[tuple[str, str]]:
    found = []
    for lang in assignment.languages:
        cells = [c for c in assignment.cells if c.role == "text" and c.language == lang]
        headings = [c for c in cells if c.source.lstrip().startswith("# ")]
        if len(headings) != 1 or headings[0] is not cells[0]:
            line = headings[1].line if len(headings) > 1 else cells[0].line if cells else 1
            what = f"the first text cell in {lang} must hold the title as its only # heading; tasks begin with ##"
            found.append((f"solution.py:{line}", what))
    return found
