"""The floors: import-linter holds their order (`make lint`), CONTRIBUTING.md shows them.

python -m tests.test_floors     writes them into CONTRIBUTING.md
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "autograder"
PAGE = ROOT / "CONTRIBUTING.md"
BEGIN, END = "<!-- floors: made by python -m tests.test_floors -->\n", "<!-- /floors -->\n"
NOT_OURS = ("release/new/", "demo/handwritten/", "submissions/prelude.py", "guest/")  # templates, students, the guest


def floors() -> Iterator[tuple[int, list[str]]]:
    """(number, modules) of each floor, from the top."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (layers,) = [c["layers"] for c in config["tool"]["importlinter"]["contracts"] if c["type"] == "layers"]
    for index, layer in enumerate(layers):
        yield len(layers) - index, [name.strip().removeprefix("autograder.") for name in layer.split("|")]


def first_sentence(name: str) -> str:
    """What a package or module says of itself."""
    path = PACKAGE / name
    source = (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(source)) or "").split("\n")[0]


def table() -> str:
    rows = ["| floor | package | what |", "|---|---|---|"]
    for number, names in floors():
        for name in names:
            if not name.startswith("("):  # those in parentheses are still to come
                shown = f"`{name}/`" if (PACKAGE / name).is_dir() else f"`{name}.py`"
                rows.append(f"| {number} | {shown} | {first_sentence(name)} |")
    return "\n".join(rows) + "\n"


def modules() -> Iterator[Path]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if not path.relative_to(PACKAGE).as_posix().startswith(NOT_OURS):
            yield path


def test_contributing_shows_the_floors() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page[page.index(BEGIN) + len(BEGIN) : page.index(END)] == table()


def test_every_package_stands_on_a_floor() -> None:
    placed = {name.strip("()").removeprefix("autograder.") for _, names in floors() for name in names}
    there = {path.name.removesuffix(".py") for path in PACKAGE.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert there - placed <= {"__init__", "__main__", "__pycache__", "locale", "py.typed", "_docker"}


@pytest.mark.parametrize("path", sorted((PACKAGE / "guest").glob("*.py")), ids=lambda path: path.name)
def test_the_guest_imports_nothing_of_the_package(path: Path) -> None:
    assert not [name for name in imported(path) if name.split(".")[0] == "autograder"]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_the_host_imports_no_torch_at_module_level(path: Path) -> None:
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            assert not re.search(r"\btorch\b", ast.unparse(node))


# What may be longer, and why.
LONG_MODULES = {
    "guest/wire.py": "the codec of both sides is one file, so that they cannot drift",
    "guest/zygote.py": "one process, one file: what it does between two forks must be read in order",
    "report/schema.py": "all that a report holds, each field with its sentence",
    "release/checker/view.py": "one file of the checker, which is bundled into one",
}
LONG_FUNCTIONS: dict[str, str] = {}
FULL_PACKAGES = {
    "course": (14, "fourteen kinds of what an author writes, each read by one module"),
    "grading": (
        13,
        "thirteen small ideas of one subject; diagnose/, forbidden/, mutants/ and carried/ are rooms of their own",
    ),
}
MOST_LINES, MOST_IN_FUNCTION, MOST_MODULES = 400, 60, 12


def test_no_module_is_too_long() -> None:
    long = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > MOST_LINES
    }
    assert long <= LONG_MODULES.keys()


def test_no_function_is_too_long() -> None:
    long = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)
                if lines > MOST_IN_FUNCTION:
                    long.add(f"{path.relative_to(PACKAGE).as_posix()}:{node.name}")
    assert long <= LONG_FUNCTIONS.keys()


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1 if ast.get_docstring(node) else 0


def test_no_package_has_too_many_modules() -> None:
    for folder in {path.parent for path in modules()}:
        names = [path.name for path in folder.glob("*.py") if path.name not in ("__init__.py", "__main__.py")]
        allowed, _ = FULL_PACKAGES.get(folder.relative_to(PACKAGE).as_posix(), (MOST_MODULES, ""))
        assert len(names) <= allowed, folder


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(page[: page.index(BEGIN) + len(BEGIN)] + table() + page[page.index(END) :], encoding="utf-8")
