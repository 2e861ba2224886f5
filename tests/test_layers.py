"""Imports point down the list in CONTRIBUTING.md, never up."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "autograder"

# From the ground up. A module may import from its own row and from the rows above it.
ROWS = [
    ["errors", "owner"],
    ["wire", "layout"],
    ["authoring", "textfile", "syntaxtree"],
    ["percent", "magics", "slicing", "yamlfile", "overrides"],
    ["sandbox.interface"],
    ["compare", "solutionfile", "checksfile", "settings"],
    ["assignment"],
    ["expectation", "score"],
    ["course"],
    ["report.model"],
    ["archive", "notebook", "handout", "bundle"],
    ["forbidden", "diagnose", "collection", "leaks", "texts"],
    ["submission", "drawrules", "shelf"],
    ["sandbox"],
    ["grade"],
    ["release"],
    ["report"],
    ["verification"],
    ["verify", "engine", "batch", "images"],
    ["scaffold", "doctor", "progress"],
    ["demo"],
    ["cli"],
]
RANK = {name: rank for rank, row in enumerate(ROWS) for name in row}


def rank(module: str) -> int:
    """The row of a module, by its longest listed prefix."""
    parts = module.split(".")
    for end in range(len(parts), 0, -1):
        if ".".join(parts[:end]) in RANK:
            return RANK[".".join(parts[:end])]
    raise AssertionError(f"{module} is not in the list; give it a place")


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        relative = path.relative_to(PACKAGE)
        if relative.parts[0] == "templates" or "guest" in relative.parts or "handwritten" in relative.parts:
            continue
        name = ".".join(relative.with_suffix("").parts).removesuffix(".__init__").removesuffix("__init__")
        if name:
            yield name, path


def imports(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("autograder."):
            yield node.module.removeprefix("autograder."), node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module == "autograder":
            for alias in node.names:
                if alias.name != "__version__":
                    yield alias.name, node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith("autograder."):
                    yield alias.name.removeprefix("autograder."), node.lineno


@pytest.mark.parametrize(("name", "path"), list(modules()), ids=lambda value: value if isinstance(value, str) else "")
def test_imports_point_down(name, path):
    for imported, line in imports(path):
        if imported.split(".")[0] == name.split(".")[0]:
            continue  # inside one package
        assert rank(imported) <= rank(name), f"{path}:{line} imports {imported}, which stands above {name}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "sandbox" / "guest").glob("*.py")), ids=lambda path: path.name)
def test_the_guest_imports_nothing_of_the_package(path):
    names = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert "autograder" not in names


def test_the_host_imports_no_torch_at_module_level():
    for name, path in modules():
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                text = ast.unparse(node)
                assert "torch" not in text, f"{name} imports torch"
