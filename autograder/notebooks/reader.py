"""Reads a notebook: bytes in, cells out. Nothing in it is run, and nothing in it is trusted.

Reads nbformat 3 and 4 as JupyterLab, VS Code, Colab and Kaggle write them, and Python files (percent format, nbconvert's
`# In[3]:`, or no marks at all). The nbformat package is not used: it takes two seconds to import, and refuses what is
merely untidy (duplicate ids, unknown keys). Outputs are dropped. Every size is bounded before memory is spent on it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.errors import AutograderError, NotebookError
from autograder.i18n import Text
from autograder.notebooks.percent import parse_percent
from autograder.notebooks.source import first_line

MAX_BYTES = 50 << 20
NOTEBOOK_ENDINGS = (".ipynb", ".ipynb.json", ".ipynb.txt", ".py")
MAX_CELLS = 5_000
MAX_SOURCE = 5 << 20  # characters, all cells together
MAX_CODE = 1 << 20  # characters of code, which the host parses more than once
MAX_CONTAINERS = 500_000  # "{" and "[" in the file: what makes 50 MB of JSON cost gigabytes
MAX_ITEMS = 5_000_000  # ","
NO_METADATA: Mapping[str, Any] = {}


@dataclass(frozen=True)
class NotebookCell:
    """One cell.

    kind: "code", "markdown" or "raw".
    source: its text.
    number: from 1, over all cells, as people count them.
    id: of nbformat 4.5; "" where the file has none.
    metadata: as the file has it.
    """

    kind: str
    source: str
    number: int
    id: str = ""
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Notebook:
    """The cells of one file, in order.

    name: of the file, for messages.
    cells: in order.
    metadata: as the file has it.
    """

    name: str
    cells: tuple[NotebookCell, ...]
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> tuple[NotebookCell, ...]:
        return tuple(cell for cell in self.cells if cell.kind == "code")


class UnreadableNotebook(NotebookError):
    """A NotebookError that has its message and remedy in both languages, for the student's report."""

    def __init__(self, message: str, *, where: str = "", remedy: str = "", text: Text | None = None) -> None:
        super().__init__(message, where=where, remedy=remedy)
        self.text = text or Text(str(self), str(self))

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (self.message, self.where, self.remedy, self.text))


def _rebuild(message: str, where: str, remedy: str, text: Text) -> UnreadableNotebook:
    return UnreadableNotebook(message, where=where, remedy=remedy, text=text)


def text_of(error: AutograderError) -> Text:
    """What an error says, in both languages where it has both."""
    return error.text if isinstance(error, UnreadableNotebook) else Text(str(error), str(error))


_SAVE_AGAIN = Text(
    "Open it in Jupyter, run it once, save it and hand it in again.",
    "Jupyter에서 열어 한 번 실행하고 저장한 뒤 다시 제출하세요.",
)
_DOWNLOAD_AGAIN = Text(
    "Download the notebook itself (File > Download > .ipynb) and hand that in.",
    "노트북 파일 자체를 내려받아(파일 > 다운로드 > .ipynb) 제출하세요.",
)
_PROBLEMS = {
    "empty": (Text("the file is empty", "파일이 비어 있습니다"), _SAVE_AGAIN),
    "large": (
        Text("the file is larger than {limit} MB", "파일이 {limit} MB보다 큽니다"),
        Text("Clear all outputs, save and hand it in again.", "모든 출력을 지우고 저장한 뒤 다시 제출하세요."),
    ),
    "html": (Text("this is a web page, not a notebook", "노트북이 아니라 웹 페이지입니다"), _DOWNLOAD_AGAIN),
    "zip": (
        Text("this is an archive, not a notebook", "노트북이 아니라 압축 파일입니다"),
        Text("Hand in the notebook that is inside.", "압축을 풀어 안에 있는 노트북을 제출하세요."),
    ),
    "conflict": (
        Text("git's conflict marks stand in the file", "파일에 git 충돌 표시가 남아 있습니다"),
        Text("Resolve the conflict, then save and hand it in again.", "충돌을 해결하고 저장한 뒤 다시 제출하세요."),
    ),
    "encoding": (
        Text("the text is not UTF-8", "텍스트가 UTF-8이 아닙니다"),
        Text("Save it as UTF-8 and hand it in again.", "UTF-8로 저장한 뒤 다시 제출하세요."),
    ),
    "truncated": (Text("the file ends in the middle", "파일이 중간에서 끝납니다"), _SAVE_AGAIN),
    "json": (Text("not a notebook: {detail}", "노트북 형식이 아닙니다: {detail}"), _SAVE_AGAIN),
    "nested": (
        Text("nested too deeply to be a notebook", "노트북으로 보기에는 너무 깊게 중첩되어 있습니다"),
        _SAVE_AGAIN,
    ),
    "shape": (Text("not a notebook: it has no cells", "노트북 형식이 아닙니다: 셀이 없습니다"), _DOWNLOAD_AGAIN),
    "cell": (Text("the cell is malformed: {detail}", "셀의 형식이 잘못되었습니다: {detail}"), _SAVE_AGAIN),
    "cells": (
        Text("more than {limit} cells", "셀이 {limit}개보다 많습니다"),
        Text("Delete what does not belong to the assignment.", "과제와 관계없는 셀을 지우세요."),
    ),
    "source": (
        Text("more than {limit} MB of text in its cells", "셀의 글이 {limit} MB보다 많습니다"),
        Text("Delete what does not belong to the assignment.", "과제와 관계없는 셀을 지우세요."),
    ),
    "code": (
        Text("more than {limit} MB of code", "코드가 {limit} MB보다 많습니다"),
        Text(
            "Load data from a file instead of pasting it into a cell.",
            "데이터는 셀에 붙여 넣지 말고 파일에서 읽으세요.",
        ),
    ),
    "format": (
        Text("notebook format {detail} is not supported", "노트북 형식 {detail}은 지원하지 않습니다"),
        Text("Save it in a current Jupyter and hand it in again.", "최신 Jupyter에서 저장한 뒤 다시 제출하세요."),
    ),
    "language": (
        Text("the notebook's language is {detail}, not Python", "노트북의 언어가 Python이 아니라 {detail}입니다"),
        Text("Choose a Python kernel, save and hand it in again.", "Python 커널을 고르고 저장한 뒤 다시 제출하세요."),
    ),
}


def broken(kind: str, name: str, place: Text | None = None, **values: object) -> UnreadableNotebook:
    """The error for one kind of broken file. place: where in it ("line 3, column 7")."""
    what, remedy = _PROBLEMS[kind]
    wheres = [f"{name}, {p}" if p else name for p in ((place.en, place.ko) if place else ("", ""))]
    values = {key: _clean(value) if isinstance(value, str) else value for key, value in values.items()}
    texts = [t.format(**values) for t in (what.en, what.ko)]
    both = Text(f"{wheres[0]}: {texts[0]}. {remedy.en}", f"{wheres[1]}: {texts[1]}. {remedy.ko}")
    return UnreadableNotebook(f"{texts[0]}.", where=wheres[0], remedy=remedy.en, text=both)


def read_notebook(content: bytes, name: str) -> Notebook:
    """The notebook in these bytes. name: the file's, for messages and to recognise a Python file.

    Raises UnreadableNotebook (a NotebookError) and nothing else, with place and remedy.
    """
    if len(content) > MAX_BYTES:
        raise broken("large", name, limit=MAX_BYTES >> 20)
    if not content.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise broken("empty", name)
    if content.startswith(b"PK\x03\x04"):
        raise broken("zip", name)
    text = _decode(content, name)
    start = text[:2000].lstrip().lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<head", "<body")):
        raise broken("html", name)
    conflict = re.search(r"^(?:<{7} |={7}$|>{7} )", text, re.MULTILINE) if "<<<<<<< " in text else None
    if conflict:
        raise broken("conflict", name, _line(text, conflict.start()))
    if name.lower().endswith(".py") and not start.startswith("{"):
        return Notebook(name, _within_limits(_python_cells(text), name))
    return _from_json(text, content, name)


def _decode(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or cp949, with line ends as \\n. Raises UnreadableNotebook for any other."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[:4].count(0) == 2:
        encodings = ["utf-16-le"] if content[1] == 0 else ["utf-16-be"]
    else:
        encodings = ["utf-8-sig", "cp949"]  # cp949: a Korean Windows
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise broken("encoding", name)


def _line(text: str, position: int) -> Text:
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    return Text(f"line {line}, column {column}", f"{line}번째 줄 {column}번째 글자")


# -- JSON ------------------------------------------------------------------------------------------------------------


def _from_json(text: str, content: bytes, name: str) -> Notebook:
    if content.count(b"{") + content.count(b"[") > MAX_CONTAINERS or content.count(b",") > MAX_ITEMS:
        raise broken("json", name, detail="too many items")
    try:
        tree = json.loads(text)
    except json.JSONDecodeError as error:
        at_end = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        place = _line(text, min(error.pos, len(text)))
        raise broken("truncated" if at_end else "json", name, place, detail=error.msg) from None
    except RecursionError:
        raise broken("nested", name) from None
    except ValueError as error:  # an integer of too many digits
        raise broken("json", name, detail=str(error).split(";")[0]) from None
    if not isinstance(tree, dict):
        raise broken("shape", name)
    metadata = _mapping(tree.get("metadata"))
    _demand_python(tree, metadata, name)
    return Notebook(name, _within_limits(_json_cells(tree, name), name), metadata)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _shown(value: object) -> str:
    """A value of any type in a few characters. Of a list only the type: `str` of a deeply nested one raises."""
    return str(value)[:20] if isinstance(value, (str, int, float)) else type(value).__name__


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else NO_METADATA


def _demand_python(tree: Mapping[str, Any], metadata: Mapping[str, Any], name: str) -> None:
    version = tree.get("nbformat", 4)
    if version not in (3, 4):
        raise broken("format", name, detail=_shown(version))
    kernel, info = _mapping(metadata.get("kernelspec")), _mapping(metadata.get("language_info"))
    # language_info is what the kernel said of itself; kernelspec may be left over from a former one.
    for language in (info.get("name"), kernel.get("language")):
        if isinstance(language, str) and language.strip():
            if not language.lower().startswith(("python", "ipython")):
                raise broken("language", name, detail=language[:40])
            return
    kernel_name = kernel.get("name")
    if isinstance(kernel_name, str) and re.match(r"(?i)ir\d*$|julia|javascript|bash|octave|scala", kernel_name):
        raise broken("language", name, detail=kernel_name[:40])


def _json_cells(tree: Mapping[str, Any], name: str) -> list[NotebookCell]:
    raw = tree.get("cells")
    if raw is None and isinstance(tree.get("worksheets"), list):
        sheets = [_mapping(sheet).get("cells") for sheet in tree["worksheets"]]
        raw = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet]
    if not isinstance(raw, list):
        raise broken("shape", name)
    if len(raw) > MAX_CELLS:
        raise broken("cells", name, limit=MAX_CELLS)
    cells: list[NotebookCell] = []
    for number, cell in enumerate(raw, start=1):
        cells.append(_json_cell(cell, number, name, cells))
    return cells


def _json_cell(cell: object, number: int, name: str, before: Sequence[NotebookCell]) -> NotebookCell:
    if not isinstance(cell, dict):
        raise broken("cell", name, _after(before), detail="not an object")
    kind = cell.get("cell_type")
    kind = kind if kind in ("code", "markdown") else "markdown" if kind in ("heading", "html") else "raw"
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise broken("cell", name, _after(before), detail='"source" is not text')
    metadata = _mapping(cell.get("metadata"))
    language = cell.get("language") or _mapping(metadata.get("vscode")).get("languageId") or "python"
    if kind == "code" and not (isinstance(language, str) and language.lower().startswith(("python", "ipython"))):
        kind = "raw"  # a cell in another language: VS Code's picker, nbformat 3
    identity = cell.get("id")
    return NotebookCell(kind, _clean(source), number, _text(identity), metadata)


def _after(before: Sequence[NotebookCell]) -> Text:
    """The place of a malformed cell, told by the cell before it: Jupyter shows no numbers of cells."""
    if not before:
        return Text("the first cell", "첫 번째 셀")
    line = next((line for cell in reversed(before) if (line := first_line(cell.source))), "")
    line = "".join(character for character in line if character.isprintable())
    if not line:
        return Text("a cell near the beginning", "앞쪽의 셀")
    return Text(f'behind the cell that begins with "{line}"', f'"{line}"(으)로 시작하는 셀의 뒤')


def _clean(source: str) -> str:
    """The source with line ends as \\n and lone surrogates (JSON's \\ud800), which cannot be encoded, replaced."""
    return source.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")


def _within_limits(cells: list[NotebookCell], name: str) -> tuple[NotebookCell, ...]:
    if len(cells) > MAX_CELLS:
        raise broken("cells", name, limit=MAX_CELLS)
    if sum(len(cell.source) for cell in cells) > MAX_SOURCE:
        raise broken("source", name, limit=MAX_SOURCE >> 20)
    if sum(len(cell.source) for cell in cells if cell.kind == "code") > MAX_CODE:
        raise broken("code", name, limit=MAX_CODE >> 20)
    return tuple(cells)


# -- Python files ----------------------------------------------------------------------------------------------------

_PERCENT = re.compile(r"^#\s*%%", re.MULTILINE)
_NBCONVERT = re.compile(r"^# In\[[ \d*]*\]:[ \t]*\n", re.MULTILINE)


def _python_cells(text: str) -> list[NotebookCell]:
    """The cells of a Python file. Markdown stays: cells are numbered as in the notebook that it came from."""
    if _PERCENT.search(text):
        return [
            NotebookCell(cell.kind, cell.source, number, _text(cell.metadata.get("id")), cell.metadata)
            for number, cell in enumerate(parse_percent(text, strict=False), start=1)
        ]
    parts = _NBCONVERT.split(text) if _NBCONVERT.search(text) else [text]
    return [NotebookCell("code", part.strip("\n"), i) for i, part in enumerate(parts, start=1) if part.strip()]
