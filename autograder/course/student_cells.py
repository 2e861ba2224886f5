"""The cells that students get, made of the cells of `solution.py`.

    # %% task="f"                                    a stub: the body between the marks is gone
    # %% tags=["provided"], tags=["explore"], plain  the same code, in one language
    # %% [markdown] hint=1                           folded

The release writes these cells, and grading compares submissions with them, so both use this module.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from dataclasses import dataclass

from autograder.course.assignment import BEGIN_SOLUTION, END_SOLUTION, Assignment, SolutionCell
from autograder.errors import AssignmentError
from autograder.i18n import Text
from autograder.notebooks.marks import without_marks

_YOUR_CODE = Text("# YOUR CODE HERE", "# 여기에 코드를 작성하세요")
_UNFINISHED = Text("{name} is not written yet", "{name}: 아직 작성하지 않았습니다")
_HINT = Text("Hint {n}", "힌트 {n}")
_MARK = re.compile(r"^\s*\[(?P<language>[a-z]{2}|/)\]\s*$")
_LIKE_A_MARK = re.compile(r"#+\s*(BEGIN|END)\s*SOL", re.IGNORECASE)
_MARKS = f"Write {BEGIN_SOLUTION} and {END_SOLUTION}, one after the other."
_COMMENT = re.compile(r"#\s*\[(?P<language>[a-z]{2})\]\s?")


@dataclass(frozen=True)
class HandoutCell:
    """One cell of a released notebook.

    role: "text", "hint", "setup", "plain", "provided", "task", "check", "explore" or "summary".
    key: the same in all languages and from one release to the next, for cell ids.
    source: its text.
    task: the task that it belongs to; None where it belongs to none.
    """

    role: str
    key: str
    source: str
    task: str | None = None

    @property
    def is_code(self) -> bool:
        return self.role not in ("text", "hint")


def given_cells(assignment: Assignment, language: str) -> tuple[HandoutCell, ...]:
    """The code cells of the author's own, in the author's order: plain, provided, explore and stubs."""
    return tuple(cell for cell in _author_cells(assignment, language) if cell.is_code)


def handout(assignment: Assignment, language: str) -> tuple[HandoutCell, ...]:
    """All cells of the notebook in one language. Raises AssignmentError for marks that do not fit."""
    cells: list[HandoutCell] = []
    prepared = False
    for cell in _author_cells(assignment, language):
        if cell.is_code and not prepared:
            cells.append(HandoutCell("setup", "setup", _SETUP.in_language(language).format(language=language)))
            prepared = True
        if cell.role == "task" and any(check.device_required for check in assignment.task(cell.task or "").checks):
            cells.append(HandoutCell("text", f"device-{cell.task}", _DEVICE.in_language(language)))
        cells.append(cell)
        if cell.role == "task":
            function = assignment.task(cell.task or "").functions[0]
            cells.append(HandoutCell("check", f"check-{cell.task}", f"check({function})", cell.task))
    cells.append(HandoutCell("text", "summary-text", _SUMMARY.in_language(language)))
    cells.append(HandoutCell("summary", "summary", "check.all()"))
    return tuple(cells)


_SETUP = Text(
    '''\
# Run this cell first.
try:
    from checker import check, ready
except ImportError:
    raise ModuleNotFoundError(
        "checker.py and visible.npz must lie in the folder of this notebook. "
        "On Colab: click the folder on the left, drop both files there, and run this cell again."
    ) from None
check.language = "{language}"''',
    '''\
# 이 셀을 가장 먼저 실행하세요.
try:
    from checker import check, ready
except ImportError:
    raise ModuleNotFoundError(
        "checker.py와 visible.npz가 이 노트북과 같은 폴더에 있어야 합니다. "
        "Colab에서는 왼쪽의 폴더 아이콘을 누르고 두 파일을 끌어다 놓은 뒤 이 셀을 다시 실행하세요."
    ) from None
check.language = "{language}"''',
)
_DEVICE = Text(
    "This function is graded on a GPU too, and its device counts: make new tensors where the inputs are "
    "(`torch.zeros(n, device=x.device)`), and return the result there.",
    "이 함수는 GPU에서도 채점하며, 장치가 틀리면 감점됩니다. 새 텐서는 입력과 같은 장치에 만들고"
    "(`torch.zeros(n, device=x.device)`), 결과도 그 장치에 두고 반환하세요.",
)
_SUMMARY = Text(
    "## Where you stand\nThe visible cases of all tasks. The other points come from cases that you do not see.",
    "## 지금까지의 결과\n모든 문제의 공개 예시 결과입니다. 나머지 점수는 공개하지 않는 예시로 매깁니다.",
)


def _author_cells(assignment: Assignment, language: str) -> list[HandoutCell]:
    cells: list[HandoutCell] = []
    counts: dict[str, int] = {}
    for cell in assignment.cells:
        if cell.language not in (None, language):
            continue
        path = str(assignment.folder / "solution.py")
        if cell.role == "text":
            role = "hint" if cell.hint else "text"
            if role == "hint" and cells and cells[-1].role == "hint" and cells[-1].task == cell.task:
                folded = _folded(cell, language)
                cells[-1] = HandoutCell("hint", cells[-1].key, f"{cells[-1].source}\n\n{folded}", cell.task)
                continue
            source = _folded(cell, language) if role == "hint" else cell.source
        else:
            role = cell.role
            source = in_language(without_marks(stub(cell.source, language, path, cell.line)), language)
        key = f"task-{cell.task}" if role == "task" else f"{role}-{counts.get(role, 0) + 1}"
        counts[role] = counts.get(role, 0) + 1
        cells.append(HandoutCell(role, key, source, cell.task))
    return cells


def _folded(cell: SolutionCell, language: str) -> str:
    # The empty line after the summary lets Markdown and LaTeX inside be rendered as such.
    title = _HINT.in_language(language).format(n=cell.hint)
    return f"<details>\n<summary>{title}</summary>\n\n{cell.source.strip()}\n\n</details>"


# -- stubs -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Region:
    """What stands between the marks.

    first, last: lines of the marks, from 0.
    function: the function that holds them.
    """

    first: int
    last: int
    function: str


def solution_regions(source: str, path: str, first_line: int = 1) -> list[Region]:
    """The regions between the marks of one cell. path, first_line: where the cell begins, for complaints.

    Raises AssignmentError, with the line of the mark, for a mark without its partner.
    """
    functions = [n for n in ast.walk(ast.parse(source)) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))]
    regions: list[Region] = []
    lines = source.split("\n")
    begin: int | None = None
    for number, line in enumerate(lines):
        mark, where = line.strip(), f"{path}:{first_line + number}"
        if _LIKE_A_MARK.match(mark) and mark not in (BEGIN_SOLUTION, END_SOLUTION):
            raise AssignmentError(f'"{mark}" is misspelt', where=where, remedy=_MARKS)
        if mark == BEGIN_SOLUTION and begin is None:
            begin = number
        elif mark == END_SOLUTION and begin is not None:
            regions.append(_region(lines, begin, number, functions, f"{path}:{first_line + begin}"))
            begin = None
        elif mark in (BEGIN_SOLUTION, END_SOLUTION):
            raise AssignmentError(f'"{mark}" has no partner', where=where, remedy=_MARKS)
    if begin is not None:
        raise AssignmentError(
            f"{BEGIN_SOLUTION} is never closed", where=f"{path}:{first_line + begin}", remedy=f"Add {END_SOLUTION}."
        )
    return regions


def _region(
    lines: list[str], begin: int, end: int, functions: list[ast.FunctionDef | ast.AsyncFunctionDef], where: str
) -> Region:
    around = [f for f in functions if f.lineno - 1 < begin < (f.end_lineno or 0)]
    if len({len(lines[n]) - len(lines[n].lstrip()) for n in (begin, end)}) > 1:
        raise AssignmentError(
            "the marks of a solution are indented differently", where=where, remedy="Indent both as the code between."
        )
    if not around:
        raise AssignmentError(
            "a solution stands outside a function", where=where, remedy="Move both marks into it, after its docstring."
        )
    return Region(begin, end, max(around, key=lambda f: f.lineno).name)


def stub(source: str, language: str, path: str = "", first_line: int = 1) -> str:
    """The cell with every solution replaced by `raise NotImplementedError`."""
    lines = source.split("\n")
    for region in reversed(solution_regions(source, path, first_line)):
        indent = lines[region.first][: len(lines[region.first]) - len(lines[region.first].lstrip())]
        message = _UNFINISHED.in_language(language).format(name=region.function)
        lines[region.first : region.last + 1] = [
            f"{indent}{_YOUR_CODE.in_language(language)}",
            f'{indent}raise NotImplementedError("{message}")',
        ]
    return "\n".join(lines)


def unfinished_words(function: str) -> tuple[str, ...]:
    """What a function's stub says when it raises, in every language of the platform."""
    return tuple(_UNFINISHED.in_language(language).format(name=function) for language in _UNFINISHED.languages)


# -- languages -------------------------------------------------------------------------------------------------------


def in_language(source: str, language: str) -> str:
    """A cell without the comments and docstring lines of other languages, and without the marks."""
    lines: list[str | None] = list(source.split("\n"))
    _filter_comments(source, lines, language)
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            body = node.body[0] if node.body else None
            if (
                isinstance(body, ast.Expr)
                and isinstance(body.value, ast.Constant)
                and isinstance(body.value.value, str)
            ):
                _filter_docstring(lines, body.lineno - 1, (body.end_lineno or body.lineno) - 1, language)
    return "\n".join(line for line in lines if line is not None)


def _filter_comments(source: str, lines: list[str | None], language: str) -> None:
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        marked = _COMMENT.match(token.string) if token.type == tokenize.COMMENT else None
        if marked is None:
            continue
        row, column = token.start
        before = token.line[:column]
        if marked["language"] == language:
            lines[row - 1] = f"{before}# {token.string[marked.end() :]}"
        else:
            lines[row - 1] = before.rstrip() if before.strip() else None


def _filter_docstring(lines: list[str | None], first: int, last: int, language: str) -> None:
    current: str | None = None
    for number in range(first, last + 1):
        line = lines[number]
        if line is None:
            continue
        mark = _MARK.match(line)
        if mark:
            current = None if mark["language"] == "/" else mark["language"]
            lines[number] = None
        elif current not in (None, language) and number != last:
            lines[number] = None
    _close_up(lines, first, last)


def _close_up(lines: list[str | None], first: int, last: int) -> None:
    """Begin a docstring in the line of its quotes, though the summary stood below, under the mark of its language."""
    quotes = lines[first]
    below = next((n for n in range(first + 1, last) if lines[n] is not None), None)
    if quotes is not None and quotes.strip().lstrip("rR") in ('"""', "'''") and below is not None:
        lines[first] = quotes.rstrip() + (lines[below] or "").strip()
        lines[below] = None
        if not any(lines[n] is not None for n in range(below, last)):  # a summary and no more
            lines[first] = f"{lines[first]}{(lines[last] or '').lstrip()}"
            lines[last] = None
