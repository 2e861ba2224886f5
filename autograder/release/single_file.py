"""A bundler: one Python file made of several modules of this package, each import replaced by what it imports.

`checker.py` compares with the grader's own code, and students get it as a single file that does not import this
package. Of each module only the definitions that are needed are copied.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

from autograder.notebooks.source import Piece, needed, pieces

PACKAGE = Path(__file__).parents[1]
_GUEST_WIRE = "import wire"


def bundle(module: str) -> str:
    """The source of `module` ("autograder.release.checker.checker") with every import of this package resolved."""
    builder = _Bundle()
    source = _read(module)
    tree = ast.parse(source)
    program = pieces(source, tree)
    docstring = ast.get_docstring(tree, clean=False) or ""
    body = program[1:] if docstring else program
    builder.add(module, body)
    imports = sorted(
        builder.imports, key=lambda text: (not text.startswith("from __future__"), _third_party(text), text)
    )
    sections = [f'"""{docstring}"""', "\n".join(imports), *builder.sections]
    return "\n\n\n".join(sections) + "\n"


def _third_party(text: str) -> bool:
    return text.split()[1].split(".")[0] in ("numpy", "torch")


def _read(module: str) -> str:
    relative = Path(*module.split(".")[1:])
    return (PACKAGE / relative).with_suffix(".py").read_text(encoding="utf-8")


class _Bundle:
    def __init__(self) -> None:
        self.imports: set[str] = set()
        self.sections: list[str] = []
        self.wanted: dict[str, set[str]] = {}
        self.homes: dict[str, str] = {}

    def add(self, module: str, program: list[Piece]) -> None:
        """Append these pieces of a module, and before them what they import from this package."""
        uses = {name for piece in program for name in piece.uses}
        texts = []
        for piece in program:
            statement = ast.parse(piece.source).body[0]
            if isinstance(statement, ast.ImportFrom) and (statement.module or "").startswith("autograder"):
                self.require(str(statement.module), [alias.name for alias in statement.names])
            elif piece.source == _GUEST_WIRE:
                self.require("autograder.guest.wire", _attributes_of("wire", program))
                self.imports.add("import sys")
                texts.append("wire = sys.modules[__name__]")
            elif piece.is_import:
                self.imports.update(_used_imports(statement, uses))
            else:
                texts.append(piece.source)
                self._claim(piece, module)
        if texts:
            self.sections.append("\n\n\n".join(texts))

    def _claim(self, piece: Piece, module: str) -> None:
        """Record which module defines a name: in the bundle's single namespace two modules must not define the same."""
        for name in piece.defines - {"torch"}:
            home = self.homes.setdefault(name, module)
            if home != module:
                raise ValueError(f"{name} is defined in {home} and in {module}; rename one of them")

    def require(self, module: str, names: Iterable[str]) -> None:
        """Append the definitions of these names, and what they need, unless they are there already."""
        source = _read(module)
        program = pieces(source, ast.parse(source))
        have = self.wanted.setdefault(module, set())
        before = {id(p): p for p in needed(program, have)}.values()
        old = {piece.line for piece in before}
        have |= set(names)
        new = [piece for piece in needed(program, have) if piece.line not in old]
        self.add(module, new)


def _attributes_of(name: str, program: Iterable[Piece]) -> list[str]:
    """The attributes of `name` that these pieces use: X of every `name.X`."""
    found = set()
    for piece in program:
        for node in ast.walk(ast.parse(piece.source)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
                found.add(node.attr)
    return sorted(found)


def _used_imports(statement: ast.stmt, uses: set[str]) -> list[str]:
    """One import statement for each imported name that is used; imports from `__future__` are kept whole."""
    if isinstance(statement, ast.Import):
        names = [a for a in statement.names if (a.asname or a.name.split(".")[0]) in uses]
        return [f"import {a.name} as {a.asname}" if a.asname else f"import {a.name}" for a in names]
    assert isinstance(statement, ast.ImportFrom)
    if statement.module == "__future__":
        return [ast.unparse(statement)]
    names = [a for a in statement.names if (a.asname or a.name) in uses]
    return [f"from {statement.module} import {a.name}{f' as {a.asname}' if a.asname else ''}" for a in names]
