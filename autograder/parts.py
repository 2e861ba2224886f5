"""The parts of a result: their names, declared once by the author, and their shares of the points.

`dW of layer 1` is what people read, instead of `result[1][0][0]`.

A declaration has the structure of the result. For a tuple or list it is a tuple: a string names a part,
`{"cache": (...)}` a part and the parts inside it, and `Each` stands for a list whose items are alike. Keys of a dict
are names already.

    parts=("loss", {"grads": Each("layer", "층", ("dW", "db"))})
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.errors import Mistake
from autograder.i18n import Text

_STEP = re.compile(r"\[('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\]]*)\]")

Names = Any
"""A declaration as plain data: a list of names, {"name": ..., "of": ...} or {"each": {"en": ...}, "of": ...}."""


@dataclass(frozen=True, init=False)
class Each:
    """The items of a list that are alike.

    item: what one of them is called, in the languages of the course.
    of: the parts of one of them; none where it is a part itself.
    """

    item: Text
    of: tuple[Any, ...] = field(default=())

    def __init__(self, item: str | Text, ko: str | None = None, of: tuple[Any, ...] = ()) -> None:
        object.__setattr__(self, "item", item if isinstance(item, Text) else Text(item, ko))
        object.__setattr__(self, "of", of)


def names_of(declared: object, what: str) -> Names:
    """A declaration as plain data. Raises Mistake for anything else; its message begins with `what`."""
    if isinstance(declared, Each):
        item = {language: declared.item.in_language(language) for language in declared.item.languages}
        return {"each": item, "of": names_of(declared.of, what)}
    if isinstance(declared, (tuple, list)):
        return [_name_of(one, what) for one in declared]
    raise Mistake(f'{what}: parts are named in a tuple, such as ("loss", "dW"), not by {declared!r}')


def _name_of(one: object, what: str) -> Names:
    if isinstance(one, str) and one.strip():
        return one
    if isinstance(one, Each):
        return names_of(one, what)
    if isinstance(one, Mapping) and len(one) == 1:
        ((name, inside),) = one.items()
        if isinstance(name, str) and name.strip():
            return {"name": name, "of": names_of(inside, what)}
    raise Mistake(
        f'{what}: a part has a name, such as "dW", or {{"cache": ("h", "c")}} with the parts inside it; not {one!r}'
    )


def declared_parts(value: object, function: str, what: str) -> dict[str, Names]:
    """The names of the parts of each function's result. A tuple alone names those of the task's first function."""
    if isinstance(value, Mapping):
        if all(isinstance(name, str) and name.isidentifier() for name in value):
            return {name: names_of(declared, f'{what}: parts["{name}"]') for name, declared in value.items()}
        raise Mistake(f"{what}: parts is a tuple of names, or a dict of such tuples by function, not {value!r}")
    return {function: names_of(value, what)} if value else {}


def part_name(names: Names | None, path: str, language: str) -> str | None:
    """The name of the part at this path ("[1][0][0]" is "dW of layer 1"); None where the author named none."""
    name: str | None = None
    around: list[str] = []
    inside = names
    for token in _STEP.findall(path):
        quoted = token[:1] in "'\""
        if isinstance(inside, dict) and not quoted:
            item = inside["each"].get(language) or next(iter(inside["each"].values()))
            around, name = [f"{int(token) + 1}번째 {item}" if language == "ko" else f"{item} {int(token) + 1}"], None
            inside = inside["of"]
        elif isinstance(inside, list) and not quoted and int(token) < len(inside):
            one = inside[int(token)]
            around += [name] if name is not None else []
            name = one if isinstance(one, str) else one.get("name")
            inside = None if isinstance(one, str) else one["of"] if "name" in one else one
        elif quoted and name is None and not around:
            name, inside = token[1:-1], None
        elif name is not None or around:
            around, name = (around, name) if name is not None else ([], _joined(around, language))
            name, inside = f"{name}[{token}]", None
        else:
            return None
    return _joined([*around, name] if name is not None else around, language) or None


def _joined(outside_in: list[str], language: str) -> str:
    """The names in one phrase: "i of cache" for "cache", "i"; in Korean "cache의 i"."""
    return "의 ".join(outside_in) if language == "ko" else " of ".join(reversed(outside_in))


def common_parts(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The parts that every case has, if all have the same ones."""
    first, *others = list(parts) or [()]
    return first if all(other == first for other in others) else ()


def share(points: float, right: int, parts: int) -> float:
    """The points for `right` of so many parts, rounded to a hundredth."""
    return points if right == parts else round(points * right / parts, 2)
