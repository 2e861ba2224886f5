"""The documentation is complete: what an author can pass stands in solutions/README.md, what a user of the library can
read from a public class in that class's docstring."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import autograder
from autograder import authoring, presets
from autograder.authoring import Draw, Task, Tolerance, misconception

PAGE = Path(__file__).parents[1] / "solutions" / "README.md"


def blocks(page: str) -> list[list[str]]:
    """The code spans of each paragraph or bullet; fenced examples explain nothing and are left out."""
    prose = re.sub(r"^```.*?^```", "", page, flags=re.DOTALL | re.MULTILINE)
    return [re.findall(r"`([^`\n]+)`", block) for block in re.split(r"\n\s*\n|^- ", prose, flags=re.MULTILINE)]


def block_of(name: str) -> list[str]:
    """The block that explains a function: the one whose first code span is its name."""
    return next((spans for spans in BLOCKS if spans[:1] == [name]), [])


def words(spans: list[str]) -> set[str]:
    return {word for span in spans for word in re.findall(r"\w+", re.sub(r"\"[^\"]*\"", "", span))}


def parameters(function: Callable[..., Any]) -> list[str]:
    return [name for name in inspect.signature(function).parameters if name != "self"]


def draw_methods() -> list[str]:
    return [name for name, _ in inspect.getmembers(Draw, inspect.isfunction) if not name.startswith("_")]


def documented_fields(documentation: str) -> set[str]:
    """Names that begin a line of a docstring, `name: ...` or `one, other: ...`."""
    lines = re.findall(r"^ *(\w+(?:, \w+)*): ", documentation, flags=re.MULTILINE)
    return {name for line in lines for name in line.split(", ")}


def fields_of(cls: type) -> Iterator[tuple[str, type]]:
    """(field, class that declares it) of a dataclass or msgspec Struct; others have none."""
    names: tuple[str, ...] = ()
    if dataclasses.is_dataclass(cls):
        names = tuple(field.name for field in dataclasses.fields(cls) if not field.name.startswith("_"))
    elif issubclass(cls, msgspec.Struct):
        names = cls.__struct_fields__
    for name in names:
        yield name, next(base for base in cls.__mro__ if name in vars(base).get("__annotations__", {}))


def undocumented_fields(cls: type) -> list[str]:
    return [name for name, home in fields_of(cls) if name not in documented_fields(vars(home).get("__doc__") or "")]


BLOCKS = blocks(PAGE.read_text(encoding="utf-8"))
SPANS = [span for spans in BLOCKS for span in spans]


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("Task", Task),
        ("task.check", Task.check),
        ("task.in_float32", Task.in_float32),
        ("misconception", misconception),
    ],
)
def test_every_argument_of_the_authors_functions_is_on_their_page(name: str, function: Callable[..., Any]) -> None:
    assert [argument for argument in parameters(function) if argument not in words(block_of(name))] == []


@pytest.mark.parametrize("method", draw_methods())
def test_every_method_of_draw_is_on_the_page_with_all_its_arguments(method: str) -> None:
    found = [span for span in SPANS if re.match(rf"(draw\.)?{method}\(.*\)$", span)]
    missing = [name for name in parameters(getattr(Draw, method)) if name not in words(found)]
    assert found, f"no `{method}(...)` in solutions/README.md"
    assert missing == []


def test_every_tolerance_is_on_the_page() -> None:
    constants = [name for name, value in vars(authoring).items() if isinstance(value, Tolerance)]
    assert "TG_KINK" in constants
    assert [name for name in constants if name not in SPANS] == []


@pytest.mark.parametrize("name", [name for name in vars(presets) if name.isupper()])
def test_every_preset_can_be_imported_by_an_author_and_is_on_the_page(name: str) -> None:
    assert getattr(authoring, name) is getattr(presets, name)
    assert name in SPANS


@pytest.mark.parametrize("name", [name for name in autograder.__all__ if isinstance(getattr(autograder, name), type)])
def test_every_field_of_a_public_class_is_in_its_docstring(name: str) -> None:
    assert undocumented_fields(getattr(autograder, name)) == []


def test_an_author_finds_every_field_of_the_authoring_classes_in_their_docstrings() -> None:
    homes = ("autograder.authoring", "autograder.draws", "autograder.parts", "autograder.tolerance")
    own = [cls for cls in vars(authoring).values() if getattr(cls, "__module__", "") in homes]
    classes = [cls for cls in own if isinstance(cls, type) and dataclasses.is_dataclass(cls)]
    found = {cls.__name__: undocumented_fields(cls) for cls in classes}
    assert set(found) >= {"Call", "Check", "Task", "Tolerance"}
    assert {name: fields for name, fields in found.items() if fields} == {}


def data_classes() -> Iterator[tuple[str, ast.ClassDef]]:
    """(module, class) of every dataclass and Struct of the package, read from its text."""
    package = Path(autograder.__file__).parent
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package).as_posix()
        if name.startswith(("demo/handwritten/", "release/new/")):
            continue  # students' text, templates
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                made_by = [ast.unparse(what) for what in (*node.decorator_list, *node.bases)]
                if any(re.search(r"\bdataclass\b|\bStruct$", text) for text in made_by):
                    yield name, node


def test_every_field_of_every_class_has_its_line_in_the_docstring() -> None:
    found, missing = 0, []
    for name, node in data_classes():
        fields = [item.target.id for item in node.body if isinstance(item, ast.AnnAssign)]  # type: ignore[union-attr]
        public = [field for field in fields if not field.startswith("_")]
        known = documented_fields(ast.get_docstring(node) or "")
        missing += [f"{name}: {node.name}.{field}" for field in public if field not in known]
        found += len(public)
    assert found > 1000
    assert missing == []


@pytest.mark.parametrize("method", draw_methods())
def test_every_argument_of_draw_is_in_a_docstring(method: str) -> None:
    text = inspect.getdoc(getattr(Draw, method)) or ""
    known = documented_fields(Draw.__doc__ or "") | documented_fields(text) | words(re.findall(r"`([^`\n]+)`", text))
    assert [name for name in parameters(getattr(Draw, method)) if name not in known] == []


def test_a_field_or_an_argument_without_documentation_is_found() -> None:
    @dataclasses.dataclass
    class Half:
        """Half documented, and a sentence about second as well.

        first: the one.
        """

        first: int
        second: int

    assert undocumented_fields(Half) == ["second"]
    assert blocks('- `a`, `call(x, of="y")`\n- `b`\n```\n`fenced`\n```\n\n`c`') == [
        [],
        ["a", 'call(x, of="y")'],
        ["b"],
        ["c"],
    ]
    assert words(['call(x, of="y")']) == {"call", "x", "of"}
