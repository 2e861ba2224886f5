"""A template in the languages of a course: those that it lacks are told in English, those that the course lacks are left out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from autograder.i18n import LANGUAGES

_CELL = re.compile(r"(?m)^(?=# %%)")
_CELL_LANGUAGE = re.compile(r'lang="(\w\w)"')
_MARK = re.compile(r"(?m)^( *)\[(\w\w|/)\]\n")
_COMMENT = re.compile(r"(?m)^( *# )\[(\w\w)\] (.*\n)")
_TITLE = re.compile(r'title: \{en: ("[^"]*"), ko: ("[^"]*")\}')


def retold(name: str, text: str, languages: Sequence[str]) -> str:
    """A file of a template in these languages."""
    if set(languages) == set(LANGUAGES):
        return text
    if name == "assignment.yml":
        return _TITLE.sub(lambda found: f"title: {{{_listed(found.groups(), languages, ': ')}}}", text)
    if name == "solution.py":
        return "".join(_cells(text, languages))
    if name in ("checks.py", "misconceptions.py"):
        return _calls(text, languages)
    return text


def _targets(language: str, languages: Sequence[str]) -> list[str]:
    """The languages in which a text of this language is told; English stands in for those that nobody wrote."""
    return [target for target in languages if target == language or (language == "en" and target not in LANGUAGES)]


def _listed(texts: Iterable[str], languages: Sequence[str], between: str) -> str:
    known = dict(zip(LANGUAGES, texts, strict=True))
    return ", ".join(f"{language}{between}{known.get(language, known['en'])}" for language in languages)


def _cells(text: str, languages: Sequence[str]) -> Iterator[str]:
    for cell in _CELL.split(text):
        header = cell.partition("\n")[0]
        found = _CELL_LANGUAGE.search(header)
        if found is None:
            yield _comments(_docstrings(cell, languages), languages)
            continue
        for target in _targets(found[1], languages):
            yield cell.replace(found[0], f'lang="{target}"', 1)


def _docstrings(cell: str, languages: Sequence[str]) -> str:
    """Docstrings with their marked parts: [en], [ko], and [/] where all languages go on."""
    before, *parts = _MARK.split(cell)
    told = [before]
    for indent, mark, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        marks = ["/"] if mark == "/" else _targets(mark, languages)
        told += [f"{indent}[{target}]\n{body}" for target in marks]
    return "".join(told)


def _comments(cell: str, languages: Sequence[str]) -> str:
    return _COMMENT.sub(
        lambda found: "".join(f"{found[1]}[{target}] {found[3]}" for target in _targets(found[2], languages)), cell
    )


def _calls(text: str, languages: Sequence[str]) -> str:
    """`Text("...", "...")` and `@misconception(..., en="...", ko="...")` with a keyword for each language."""
    content = text.encode()  # columns are counted in bytes
    starts = [0, *(at + 1 for at, byte in enumerate(content) if byte == 10)]
    edits = []
    for node in ast.walk(ast.parse(text)):
        values = _told_by(node)
        if values is not None:
            spans = [_span(value, starts) for value in values]
            said = [content[begin:end].decode() for begin, end in spans]
            edits.append((_begin(node, values, starts), spans[-1][1], _listed(said, languages, "=")))
    for begin, end, new in sorted(edits, reverse=True):
        content = content[:begin] + new.encode() + content[end:]
    return content.decode()


def _told_by(node: ast.AST) -> list[ast.expr] | None:
    """The English and the Korean text of a call that takes both."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        return None
    if node.func.id == "Text" and len(node.args) == len(LANGUAGES):
        return list(node.args)
    if node.func.id == "misconception":
        return [keyword.value for keyword in node.keywords if keyword.arg in LANGUAGES]
    return None


def _begin(node: ast.AST, values: Sequence[ast.expr], starts: Sequence[int]) -> int:
    keywords = {id(keyword.value): keyword for keyword in getattr(node, "keywords", ())}
    first = keywords.get(id(values[0]))
    return _span(first or values[0], starts)[0]


def _span(node: ast.expr | ast.keyword, starts: Sequence[int]) -> tuple[int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset


__all__ = ["retold"]
