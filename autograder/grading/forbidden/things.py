"""What an expression may stand for: something of a library, a constant, a display that is written out, or unknown."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Any

from autograder.grading.forbidden.scopes import Scope


@dataclass(frozen=True)
class Named:
    """Something of a library, by its full dotted name.

    name: full and dotted.
    """

    name: str


@dataclass(frozen=True)
class Constant:
    """A number, a text, or a list of such.

    value: as Python has it.
    """

    value: Any

    def __hash__(self) -> int:
        return hash(self.value if isinstance(self.value, (str, bytes, int)) else repr(self.value)[:200])


@dataclass(frozen=True, eq=False)
class Display:
    """A list, tuple, set or dict that is written out.

    node: as it is written.
    scope: the scope in which it is written.
    """

    node: ast.List | ast.Tuple | ast.Set | ast.Dict
    scope: Scope


class Unknown:
    """Something of the student's own, or known only at run time."""


Value = Named | Constant | Display | Unknown
UNKNOWN = Unknown()

__all__ = ["UNKNOWN", "Constant", "Display", "Named", "Unknown", "Value"]
