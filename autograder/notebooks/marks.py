"""The author's marks in `solution.py`: comments that guide the making of mutants, removed before students get a cell.

    d = A.sum(dim=1)        # role: degrees / 차수
    loss = S.mean()         # mutant: S.mean() -> S.sum()
    return x.clone()        # equivalent: nobody writes into the result
    seen = cache[key]       # not a mutant

A mark belongs to its line; one that stands alone, to the next line of code.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field

from autograder.i18n import Text

_MARK = re.compile(r"#\s*(?:(?P<key>equivalent|mutant|role):\s*(?P<said>\S.*?)|(?P<none>not a mutant))\s*$")


@dataclass
class Marks:
    """The marks of one cell, by line (from 1).

    equivalent: why the mutants of a line are equivalent to the original.
    own: (before, after) of the author's own mutants of a line.
    role: what the line's expression is called.
    none: lines of which no mutants are made.
    """

    equivalent: dict[int, str] = field(default_factory=dict)
    own: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    role: dict[int, Text] = field(default_factory=dict)
    none: set[int] = field(default_factory=set)


def read_marks(source: str) -> Marks:
    """Every mark of a cell."""
    marks = Marks()
    lines = source.split("\n")
    for token, found in _marks(source):
        line = _line_of(token, lines)
        if found["none"]:
            marks.none.add(line)
        elif found["key"] == "equivalent":
            marks.equivalent[line] = found["said"]
        elif found["key"] == "role":
            english, _, korean = found["said"].partition(" / ")
            marks.role[line] = Text(english.strip(), korean.strip() or english.strip())
        else:
            before, _, after = found["said"].partition(" -> ")
            marks.own.setdefault(line, []).append((before.strip(), after.strip()))
    return marks


def without_marks(source: str) -> str:
    """The cell without its marks, as students may have it. A line with nothing but a mark is removed."""
    lines = source.split("\n")
    gone = set[int]()
    for token, _ in _marks(source):
        row, column = token.start
        lines[row - 1] = lines[row - 1][:column].rstrip()
        if not lines[row - 1]:
            gone.add(row - 1)
    return "\n".join(line for at, line in enumerate(lines) if at not in gone)


def _marks(source: str) -> Iterator[tuple[tokenize.TokenInfo, re.Match[str]]]:
    if "#" not in source:
        return
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT and (found := _MARK.fullmatch(token.string)):
                yield token, found
    except (tokenize.TokenError, SyntaxError):
        return


def _line_of(token: tokenize.TokenInfo, lines: list[str]) -> int:
    row, column = token.start
    if lines[row - 1][:column].strip():
        return row
    while row < len(lines) and (not lines[row].strip() or lines[row].lstrip().startswith("#")):
        row += 1
    return row + 1
