"""A table in somebody else's file: cells are read, some are replaced, and every other byte stays.

A teacher's export carries what the LMS needs to take it back, in its encoding, with its delimiters, quotes and line
ends. It is therefore never written anew: a cell knows where it stands in the text, and a replaced one is written in the
style of what it replaces.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autograder.errors import UsageError

MAX_BYTES = 64 << 20
MAX_ROWS = 100_000
MAX_CELLS = 5_000_000
DELIMITERS = ",;\t"

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)  # Excel's own first line
_QUOTED = re.compile(r'"(?:[^"]++|"")*+"')
_HEAD = 1 << 16  # characters in which the delimiter is looked for


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell.

    text: its text without its quotes.
    start, end: where it stands in the file's text, quotes included.
    quoted: whether it stands in quotes.
    """

    text: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One row.

    cells: in order.
    line: the line of the file on which it begins, from 1.
    end: where its last cell ends.
    """

    cells: tuple[Cell, ...]
    line: int
    end: int

    def text(self, column: int) -> str:
        """A cell's text without surrounding blanks; "" for one that a short row lacks."""
        return self.cells[column].text.strip() if column < len(self.cells) else ""

    @property
    def is_blank(self) -> bool:
        return not any(cell.text.strip() for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """A table as it stands in a file.

    path: of the file.
    text: its content, without the byte order mark.
    mark: the byte order mark; empty where there is none.
    encoding: of the text.
    delimiter: between cells.
    rows: heading first; a line of blanks is a row too.
    """

    path: Path
    text: str
    mark: bytes
    encoding: str
    delimiter: str
    rows: tuple[Row, ...]

    @cached_property
    def heading(self) -> tuple[str, ...]:
        """The texts of the first row."""
        return tuple(cell.text.strip() for cell in self.rows[0].cells)

    @property
    def body(self) -> Sequence[Row]:
        """The rows below the heading that are not blank."""
        return [row for row in self.rows[1:] if not row.is_blank]

    def column(self, number: int) -> list[str]:
        """A column's texts, below the heading."""
        return [row.text(number) for row in self.body]

    def place(self, row: Row, column: int | None = None) -> str:
        """Where a row or a cell stands, for an error: file, line and the column's heading."""
        name = "" if column is None or column >= len(self.heading) else f' column "{self.heading[column][:60]}"'
        return f"{self.path}:{row.line}{name}"

    def edited(self, cells: Mapping[tuple[Row, int], str]) -> bytes:
        """The file's bytes with these cells replaced: (row, column) -> text."""
        pieces, at = [], 0
        for start, end, text in sorted(self._replacements(cells)):
            pieces += [self.text[at:start], text]
            at = end
        return self.mark + "".join([*pieces, self.text[at:]]).encode(self.encoding)

    def _replacements(self, cells: Mapping[tuple[Row, int], str]) -> list[tuple[int, int, str]]:
        found = []
        for (row, column), text in cells.items():
            if column < len(row.cells):
                cell = row.cells[column]
                found.append((cell.start, cell.end, self._written(text, cell.quoted)))
            else:  # a row that ends early
                missing = self.delimiter * (column - len(row.cells) + 1)
                found.append((row.end, row.end, missing + self._written(text, False)))
        return found

    def _written(self, text: str, quoted: bool) -> str:
        if quoted or any(mark in text for mark in (self.delimiter, '"', "\r", "\n")):
            doubled = text.replace('"', '""')
            return f'"{doubled}"'
        return text


def read_table(path: Path, encoding: str | None = None) -> Table:
    """The table in a file. encoding: where the file does not tell it.

    Raises UsageError, naming file, line and remedy, for what is no table.
    """
    return parse_table(path, _read(path), encoding)


def parse_table(path: Path, content: bytes, encoding: str | None = None) -> Table:
    """The table that these bytes are; errors name the path. Raises as `read_table`."""
    mark, used, text = _decode(path, content, encoding)
    hint = _HINT.match(text)
    start = hint.end() if hint else 0
    delimiter = hint[1] if hint else _delimiter(text[:_HEAD])
    rows = _rows(path, text, start, delimiter)
    if not rows:
        raise UsageError("is empty", where=str(path), remedy="Download it from the LMS again.")
    return Table(path, text, mark, used, delimiter, tuple(rows))


def _read(path: Path) -> bytes:
    try:
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(path), remedy="Check the path.") from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"is larger than {MAX_BYTES >> 20} MB", where=str(path), remedy="Is this the right file?")
    if content[:4] == b"PK\x03\x04" or content[:4] == b"\xd0\xcf\x11\xe0":
        raise UsageError("is an Excel workbook, and no CSV", where=str(path), remedy="Download it as CSV.")
    if content[:5].lower() in (b"<html", b"<!doc"):
        raise UsageError(
            "is a web page, and no CSV", where=str(path), remedy="Download it again: the session had ended."
        )
    return content


def _decode(path: Path, content: bytes, encoding: str | None) -> tuple[bytes, str, str]:
    """(byte order mark, encoding, text). An encoding that would not give the same bytes back is not taken."""
    mark, marked = next(((mark, name) for mark, name in _BOMS if content.startswith(mark)), (b"", None))
    rest = content[len(mark) :]
    guesses = (encoding,) if encoding else (marked,) if marked else _guesses(rest)
    for name in guesses:
        try:
            text = rest.decode(name)
            if "\0" not in text and text.encode(name) == rest:
                return mark, name, text
        except LookupError:
            raise UsageError(
                f"there is no encoding {name}", remedy="Say utf-8, utf-16-le, cp949, cp1252 or the like."
            ) from None
        except UnicodeError:
            continue
    raise UsageError(
        f"is no text in {' or '.join(guesses)}",
        where=str(path),
        remedy="Download it again, or say --encoding.",
    )


def _guesses(content: bytes) -> tuple[str, ...]:
    """Encodings of a file without a byte order mark, the likeliest first.

    UTF-16 has a zero in every other byte of its heading. Bytes that fit both the Korean and the Western code page of
    Windows are Korean where most of what they spell is Hangul.
    """
    head = content[:200]
    if head[1::2].count(0) > len(head) // 4:
        return ("utf-16-le",)
    if head[::2].count(0) > len(head) // 4:
        return ("utf-16-be",)
    foreign = [c for c in content.decode("cp949", "ignore") if not c.isascii()]
    korean = 2 * len(_HANGUL.findall("".join(foreign))) >= len(foreign)
    return ("utf-8", "cp949", "cp1252") if korean else ("utf-8", "cp1252", "cp949")


def _delimiter(head: str) -> str:
    """The delimiter that occurs most often in the heading, outside its quotes."""
    line = re.split(r"[\r\n]", _QUOTED.sub('""', head).lstrip("\r\n"), maxsplit=1)[0]
    return max(DELIMITERS, key=line.count)


def _rows(path: Path, text: str, start: int, delimiter: str) -> list[Row]:
    mark = re.escape(delimiter)
    cell = re.compile(rf'("(?:[^"]++|"")*+")?([^{mark}\r\n]*)({mark}|\r\n|\r|\n|\Z)')
    rows: list[Row] = []
    cells: list[Cell] = []
    at, count, line = start, 0, 1 + text.count("\n", 0, start)
    begun = line
    while at < len(text) or cells:
        found = cell.match(text, at)
        if found is None or (found[1] is None and found[2].startswith('"')):
            raise UsageError(
                "a quote is never closed",
                where=f"{path}:{line}",
                remedy="Download the file again; an editor has broken it.",
            )
        quoted = found[1] is not None
        content = (found[1][1:-1].replace('""', '"') if quoted else "") + found[2]
        cells.append(Cell(content, found.start(), found.end(2), quoted))
        line += found[0].count("\n") + (found[3] == "\r")
        at = found.end()
        count += 1
        if found[3] != delimiter:
            rows.append(Row(tuple(cells), begun, found.end(2)))
            cells, begun = [], line
        elif at == len(text):  # a delimiter ends the file: one more cell, and it is empty
            cells.append(Cell("", at, at, False))
            rows.append(Row(tuple(cells), begun, at))
            cells = []
        if len(rows) > MAX_ROWS or count > MAX_CELLS:
            raise UsageError(
                f"has more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells",
                where=str(path),
                remedy="Is this the right file?",
            )
    return rows
