"""The percent format: a Python file whose cells begin with `# %%`.

    # %% [markdown] lang="ko"
    # 본문
    # %% task="normalize_adj"
    def normalize_adj(A): ...

After `# %%` stand an optional `[markdown]` (or `[raw]`), an optional title, and `key=value` pairs with JSON values.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

_MARK = re.compile(r"^#\s*%%(?P<rest>.*)$")
_KIND = re.compile(r"^\s*\[(?P<kind>markdown|md|raw)\]")
_PAIR = re.compile(r"(?<![\w-])(?P<key>[A-Za-z_][\w-]*)\s{0,8}=\s{0,8}")

MOST_MARK = 2000  # characters of a mark that are read in a student's file; the rest is ignored


@dataclass(frozen=True)
class PercentCell:
    """One cell.

    kind: "code", "markdown" or "raw".
    source: its text, without the mark.
    line: of its first source line in the file, from 1.
    metadata: what its mark says.
    """

    kind: str
    source: str
    line: int
    metadata: dict[str, Any] = field(default_factory=dict)


def parse_percent(text: str, *, strict: bool = True) -> list[PercentCell]:
    """The cells of a file. What stands before the first mark is a code cell of its own, unless it is only a header.

    strict: raise ValueError, with the line, for metadata that is not `key=JSON`; otherwise ignore it, as a title is.
    """
    cells: list[PercentCell] = []
    kind, metadata, lines, start = "code", dict[str, Any](), list[str](), 1
    first = True

    def finish() -> None:
        body = "\n".join(lines).strip("\n")
        if first and (not body.strip() or _is_header(body)):
            return
        skipped = next((i for i, line in enumerate(lines) if line.strip()), 0)
        source = _uncomment(body) if kind != "code" else body
        cells.append(PercentCell(kind, source, start + skipped, metadata))

    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        mark = _MARK.match(line)
        if not mark:
            lines.append(line)
            continue
        finish()
        first = False
        kind, metadata = _read_mark(mark["rest"], number, strict)
        lines, start = [], number + 1
    finish()
    return cells


def _is_header(body: str) -> bool:
    """jupytext's commented YAML header, or a docstring that introduces the file."""
    stripped = body.strip()
    if all(line.startswith("#") or not line.strip() for line in stripped.split("\n")):
        return True
    return stripped.startswith('"""') and stripped.endswith('"""') and stripped.count('"""') == 2


def _read_mark(rest: str, line: int, strict: bool) -> tuple[str, dict[str, Any]]:
    kind = "code"
    rest = rest if strict else rest[:MOST_MARK]
    matched = _KIND.match(rest)
    if matched:
        kind = "raw" if matched["kind"] == "raw" else "markdown"
        rest = rest[matched.end() :]
    metadata: dict[str, Any] = {}
    decoder = json.JSONDecoder()
    position = 0
    while pair := _PAIR.search(rest, position):
        try:
            metadata[pair["key"]], position = decoder.raw_decode(rest, pair.end())
        except (ValueError, RecursionError):  # ValueError: also an integer of too many digits
            if not strict:
                position = pair.end()
                continue
            raise ValueError(f'line {line}: the value of "{pair["key"]}" is not JSON; write it as key="text"') from None
    return kind, metadata


def _uncomment(body: str) -> str:
    out = []
    for line in body.split("\n"):
        if line.startswith("# "):
            out.append(line[2:])
        elif line.startswith("#"):
            out.append(line[1:])
        else:
            out.append(line)
    return "\n".join(out)
