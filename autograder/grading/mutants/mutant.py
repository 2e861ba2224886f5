"""One version of a reference that differs from it by one slip."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.i18n import Text


@dataclass(frozen=True)
class Slip:
    """One slip at one place of a source.

    start, end: the bytes that it replaces.
    before, after: what stood there, and what stands there now.
    kind: a key of `wording.KINDS`.
    same: slips of one function with an equal `same` are one slip, made at several places.
    what: the name of what is left out or exchanged, where it has one.
    instead: the name that stands there now, where one name was exchanged for another.
    """

    start: int
    end: int
    before: str
    after: str
    kind: str
    same: str = ""
    what: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Mutant:
    """One version of a cell.

    name: unique in its cell, and the same as long as the cell is.
    kind: a key of `wording.KINDS`.
    function: the function in which the slip stands.
    role: what the expression is called that the slip spoils, in the words of author or notebook; None without one.
    what: the name that is left out or exchanged, where students know it, the field has a word for it (`TERMS`) or it is a
        keyword of a library; otherwise "".
    instead: the name that stands in its place, where students know it; otherwise "".
    line, column: of the (first) slip, both from 1; lines are those of the file.
    before, after: the lines of the (first) slip, without indentation.
    places: how often the slip is made: 1, or at every matching place of the function or of a line.
    equivalent: the author's reason why the mutant computes the same function; "" without one.
    source: the whole cell.
    """

    name: str
    kind: str
    function: str
    role: Text | None
    what: str
    instead: str
    line: int
    column: int
    before: str
    after: str
    places: int
    equivalent: str
    source: str
