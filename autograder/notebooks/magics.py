"""Translates IPython's extra syntax to plain Python on the same lines. Nothing is run here.

    %matplotlib inline          pass
    files = !ls data            files = []
    %run helpers.py             exec(...), which runs the file's statements
    %%writefile helpers.py ...  comments; the file is written (`written_file`)
    %time model = train()       model = train()
    %%bash ... the whole cell   comments

A notebook cell is Python plus magics, shell lines and help marks. Grading needs its definitions, and the numbers of
its lines for messages; of the magics it needs only the Python that they run. Valid Python is returned unchanged, so an
`!` or a `%` inside a string is safe there; elsewhere a small scanner knows strings, brackets and continued lines.
"""

from __future__ import annotations

import ast
import functools
import re
from dataclasses import dataclass

from autograder.notebooks.source import MAX_PARSED, parse, quietly

# Cell magics whose body IPython runs in the notebook's own namespace. The bodies of all others never define a name.
TRANSPARENT = frozenset(
    [
        "time",
        "capture",
        "prun",
        "debug",
        "memit",
        "mprun",
        "lprun",
        "scalene",
        "notify",
        "wandb",
        "heat",
        "snakeviz",
        "pyinstrument",
    ]
)
# Line magics that run the statement after them in the notebook's own namespace. After options it is dropped.
_RUNS_STATEMENT = re.compile(r"%(?:time|prun|memit)\b\s*(?P<statement>.*)$", re.DOTALL)

_RUNS_FILE = re.compile(r"%run\b(?:\s+-[a-zA-Z]+)*\s+(?P<quote>['\"]?)(?P<path>[^\s'\"]+\.py)(?P=quote)(?:\s|$)")
_WRITES_FILE = re.compile(
    r"%%(?:writefile|file)\b(?P<options>(?:\s+-\w+)*)\s+(?P<quote>['\"]?)(?P<path>[^'\"\n]+?)(?P=quote)\s*$"
)
_ASSIGNMENT = re.compile(
    r"(?P<left>\s*[^\W\d][\w.\[\]'\"]*(?:\s*,\s*\*?[^\W\d][\w.]*)*\s*=\s*)(?P<mark>!|%)(?P<rest>.*)$", re.DOTALL
)
_HELP_AFTER = re.compile(r"\s*%{0,2}[\w*]+(?:\.\(?[\w*]+)*\)?\s*\?{1,2}\s*$")
_ESCAPE = re.compile(r"(?P<indent>\s*)(?:%%?[^\W\d]|!|\?|[,;/][^\W\d/])")
_PROMPT = re.compile(r"^(?:In \[\d+\]: |>>> |\.\.\. ?| {3}\.{3,}: ?)")
_STRING = re.compile(r"(?P<quote>'''|\"\"\"|'|\")")


@functools.lru_cache(maxsize=64)
def to_python(source: str) -> str:
    """A cell as plain Python with the same number of lines. What is not Python even then keeps its error."""
    if len(source) > MAX_PARSED or parse(source) is not None:
        return source
    lines = _without_indent(_without_prompts(source.split("\n")))
    body = 0
    # One cell magic may stand under another: %%time, then %%capture.
    while (first := _first_text(lines, body)) is not None and lines[first].startswith("%%"):
        name = re.match(r"%%([^\W\d][\w.]*)?", lines[first])
        if name is None or name[1] not in TRANSPARENT:
            return "\n".join(_commented(lines))
        body = first + 1
    text = "\n".join(lines[body:])
    kept = lines[body:] if parse(text) is not None else _plain_lines(lines[body:])
    return "\n".join([*_commented(lines[:body]), *kept])


@dataclass(frozen=True)
class WrittenFile:
    """What a cell writes to a file.

    path: as the cell names it.
    text: what is written.
    appends: whether the text is appended to what the file holds already.
    """

    path: str
    text: str
    appends: bool


def written_file(source: str) -> WrittenFile | None:
    """The file that a cell writes with %%writefile; None for any other cell."""
    lines = source.split("\n")
    first = _first_text(lines, 0)
    matched = _WRITES_FILE.match(lines[first].strip()) if first is not None else None
    if matched is None or first is None:
        return None
    text = "\n".join(lines[first + 1 :])
    return WrittenFile(matched["path"].strip(), f"{text}\n", "-a" in matched["options"])


def _first_text(lines: list[str], start: int) -> int | None:
    return next((i for i in range(start, len(lines)) if lines[i].strip()), None)


def _commented(lines: list[str]) -> list[str]:
    return [f"# {line}" if line.strip() else line for line in lines]


def _without_prompts(lines: list[str]) -> list[str]:
    """A pasted session (`>>> x = 1`, `In [3]: x`) without its prompts."""
    first = next((line for line in lines if line.strip()), "")
    return [_PROMPT.sub("", line) for line in lines] if _PROMPT.match(first) else lines


def _without_indent(lines: list[str]) -> list[str]:
    """A cell that is indented as a whole, moved to the margin."""
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    if not indent:
        return lines
    return [line.removeprefix(indent) for line in lines]


def _plain_lines(lines: list[str]) -> list[str]:
    """Every logical line on its own: an escaped one becomes Python, any other stays."""
    out: list[str] = []
    position = 0
    while position < len(lines):
        end = _end_of_escape(lines, position)
        if end is not None:
            text = "\n".join(line.removesuffix("\\") for line in lines[position:end])
            out += _padded(_escaped(text), end - position)
        else:
            end = _end_of_statement(lines, position)
            if end is None:  # never closed: a syntax error in any case
                return out + lines[position:]
            out += lines[position:end]
        position = end
    return out


def _end_of_escape(lines: list[str], start: int) -> int | None:
    """The line after the escaped command that begins here, or None where none begins."""
    line = lines[start]
    if not (_ESCAPE.match(line) or _ASSIGNMENT.match(line) or _HELP_AFTER.fullmatch(line)):
        return None
    end = start + 1
    while end < len(lines) and lines[end - 1].endswith("\\"):
        end += 1
    return end


def _escaped(text: str) -> str:
    """One escaped command as Python."""
    assignment = _ASSIGNMENT.match(text)
    if assignment:
        empty = "[]" if assignment["mark"] == "!" else "None"
        return assignment["left"] + (_statement(assignment["mark"] + assignment["rest"], "eval") or empty)
    indent = text[: len(text) - len(text.lstrip())]
    return indent + (_statement(text.strip(), "exec") or "pass")


def _statement(command: str, mode: str) -> str | None:
    """The Python that `%time statement` or `%run file` runs; None for any other command, or where it does not parse."""
    file = _RUNS_FILE.match(command)
    if file is not None and mode == "exec":
        return f"exec(compile(open({file['path']!r}, encoding='utf-8').read(), {file['path']!r}, 'exec'), globals())"
    runs = _RUNS_STATEMENT.match(command)
    statement = runs["statement"].strip() if runs else ""
    if not statement:
        return None
    try:
        with quietly():
            ast.parse(statement, mode=mode)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return statement


def _padded(text: str, count: int) -> list[str]:
    lines = text.split("\n")
    return lines + [""] * (count - len(lines))


def _end_of_statement(lines: list[str], start: int) -> int | None:
    """The line after the logical line that begins here: open strings, brackets and backslashes carry on."""
    quote, depth = "", 0
    for position in range(start, len(lines)):
        quote, depth, continued = _scan(lines[position], quote, depth)
        if not (quote or depth > 0 or continued):
            return position + 1
    return None


def _scan(line: str, quote: str, depth: int) -> tuple[str, int, bool]:
    """(quote of a string that is still open, bracket depth, ends with a backslash) after one physical line."""
    i = 0
    while i < len(line):
        if quote:
            closed = _close(line, i, quote)
            if closed is None:
                # A string in single quotes ends with its line, unless a backslash carries it on.
                return (quote if len(quote) == 3 or line.endswith("\\") else ""), depth, False
            i, quote = closed, ""
            continue
        character = line[i]
        opened = _STRING.match(line, i)
        if opened:
            quote = opened["quote"]
            i += len(quote)
            continue
        if character == "#":
            return "", depth, False
        if character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
        i += 1
    return (quote if len(quote) == 3 else ""), depth, line.endswith("\\")


def _close(line: str, start: int, quote: str) -> int | None:
    """The position after the closing quote, or None when the string goes on."""
    i = start
    while i < len(line):
        if line[i] == "\\":
            i += 2
        elif line.startswith(quote, i):
            return i + len(quote)
        else:
            i += 1
    return None
