"""Somebody else's table: cells are replaced, and every other byte stays."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import UsageError
from autograder.lms import table as table_module
from autograder.lms.table import Table, read_table


def table(tmp_path: Path, content: bytes, encoding: str | None = None) -> Table:
    (tmp_path / "t.csv").write_bytes(content)
    return read_table(tmp_path / "t.csv", encoding)


def texts(read: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in read.rows]


CONTENTS = {
    "commas": b"a,b\r\n1,2\r\n",
    "mark of UTF-8": codecs.BOM_UTF8 + "이름,b\n김,2\n".encode(),
    "UTF-16, tabs": codecs.BOM_UTF16_LE + "이름\tb\r\n김\t2\r\n".encode("utf-16-le"),
    "UTF-16, big": codecs.BOM_UTF16_BE + "a\tb\n1\t2\n".encode("utf-16-be"),
    "UTF-16 without a mark": "a\tb\n1\t2\n".encode("utf-16-le"),
    "cp949": "이름,학번\r\n김민수,2\r\n".encode("cp949"),
    "cp1252": "Größe;b\r\nÉrnst;2\r\n".encode("cp1252"),
    "quotes": b'"a ""x"", y","b"\n"1\n2","3"\n',
    "no end of line": b"a,b\n1,2",
    "a delimiter at the end": b"a,b,\n1,2,",
    "a hint of Excel's": b"sep=;\r\na;b,c,d\r\n1;2\r\n",
    "old Macs": b"a,b\r1,2\r",
    "mixed ends, blanks": b"a,b\r\n\r\n1 , 2\n\n",
    "a quote in a word": b'a,b\nO"Neil,2\n',
    "rubbish after a quote": b'a,b\n"x"y,2\n',
    "short and long rows": b"a,b,c\n1\n1,2,3,4\n",
}


@pytest.mark.parametrize("name", CONTENTS)
def test_what_is_not_edited_stays_to_the_byte(tmp_path: Path, name: str) -> None:
    assert table(tmp_path, CONTENTS[name]).edited({}) == CONTENTS[name]


@pytest.mark.parametrize("name", CONTENTS)
def test_one_cell_is_replaced_and_nothing_else(tmp_path: Path, name: str) -> None:
    before = table(tmp_path, CONTENTS[name])
    row = next(row for row in before.rows[1:] if not row.is_blank)
    after = table(tmp_path, before.edited({(row, 0): "87.5"}))
    expected = texts(before)
    expected[before.rows.index(row)][0] = "87.5"
    assert texts(after) == expected
    assert (after.encoding, after.mark, after.delimiter) == (before.encoding, before.mark, before.delimiter)


@given(
    st.lists(st.lists(st.text(alphabet='ab",;\n\r\t =가', max_size=6), min_size=2, max_size=4), min_size=1, max_size=5)
)
def test_cells_are_those_of_the_csv_module(cells: list[list[str]]) -> None:
    import csv
    import io
    import tempfile

    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([["head", "two"], *cells])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.csv"
        path.write_bytes(out.getvalue().encode())
        read = read_table(path)
    assert texts(read) == [["head", "two"], *cells]
    assert read.edited({}) == out.getvalue().encode()


def test_a_quoted_cell_stays_quoted_and_a_comma_makes_quotes(tmp_path: Path) -> None:
    read = table(tmp_path, b'a,"b"\n1,"2"\n')
    row = read.rows[1]
    assert read.edited({(row, 0): "8,5", (row, 1): "9"}) == b'a,"b"\n"8,5","9"\n'


def test_a_row_that_ends_early_is_filled_up(tmp_path: Path) -> None:
    read = table(tmp_path, b"a,b,c\nkim\nlee,1,2\n")
    assert read.edited({(read.rows[1], 2): "5"}) == b"a,b,c\nkim,,5\nlee,1,2\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b'a,b\n1,"2\n3,4\n', ":2: a quote is never closed"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"<!DOCTYPE html><p>Sign in", "web page"),
        (b"a,b\n\x00\x01\x02", "is no text"),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(tmp_path: Path, content: bytes, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        table(tmp_path, content)
    assert words in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert caught.value.remedy


def test_reading_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table_module, "MAX_BYTES", 100)
    with pytest.raises(UsageError, match="larger than"):
        table(tmp_path, b"a,b\n" * 30)
    monkeypatch.setattr(table_module, "MAX_BYTES", 10_000)
    monkeypatch.setattr(table_module, "MAX_ROWS", 10)
    with pytest.raises(UsageError, match="more than"):
        table(tmp_path, b"a,b\n" * 30)


def test_a_wrong_encoding_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="utf-8"):
        table(tmp_path, "김".encode("cp949"), "utf-8")
    with pytest.raises(UsageError, match="no encoding"):
        table(tmp_path, b"a,b\n", "utf-99")
    assert table(tmp_path, "é,b\n1,2\n".encode("latin-1"), "latin-1").heading[0] == "é"
