"""Reading notebooks: every editor's files are understood, everything else is a named error with a place and a remedy."""

from __future__ import annotations

import contextlib
import json
import pickle
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.errors import NotebookError
from autograder.notebooks.reader import MAX_CELLS, UnreadableNotebook, read_notebook, text_of


def notebook(*sources: object, **more: object) -> dict[str, object]:
    cells = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": source} for source in sources]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}


def data(tree: object) -> bytes:
    return json.dumps(tree, ensure_ascii=False).encode()


def sources(content: bytes, name: str = "kim.ipynb") -> list[str]:
    return [cell.source for cell in read_notebook(content, name).code]


# -- what is understood ----------------------------------------------------------------------------------------------


def test_sources_as_text_and_as_lines() -> None:
    assert sources(data(notebook("x = 1\ny = 2", ["x = 1\n", "y = 2"]))) == ["x = 1\ny = 2", "x = 1\ny = 2"]


def test_nbformat_3_keeps_its_code_in_worksheets() -> None:
    tree = {
        "nbformat": 3,
        "metadata": {"name": "hw"},
        "worksheets": [
            {
                "cells": [
                    {"cell_type": "heading", "level": 1, "source": ["Title"]},
                    {"cell_type": "code", "language": "python", "input": ["def f():\n", "    return 1"], "outputs": []},
                ]
            }
        ],
    }
    (cell,) = read_notebook(data(tree), "kim.ipynb").code
    assert (cell.source, cell.number) == ("def f():\n    return 1", 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp949"])
def test_encodings(encoding: str) -> None:
    text = json.dumps(notebook("이름 = '한글'"), ensure_ascii=False)
    assert sources(text.encode(encoding)) == ["이름 = '한글'"]


def test_line_ends_of_windows_and_old_macs() -> None:
    assert sources(data(notebook("a\r\nb\rc"))) == ["a\nb\nc"]
    assert sources(b"# %%\r\na = 1\r\n# %%\r\nb = 2\r\n", "kim.py") == ["a = 1", "b = 2"]


def test_duplicate_ids_and_no_ids_do_not_matter() -> None:
    tree = notebook("a", "b")
    for cell in tree["cells"]:  # type: ignore[attr-defined]
        cell["id"] = "same"
    assert sources(data(tree)) == ["a", "b"]


def test_cells_in_another_language_are_no_code() -> None:
    tree = notebook("x <- 1", "x = 1")
    tree["cells"][0]["metadata"] = {"vscode": {"languageId": "r"}}  # type: ignore[index]
    assert sources(data(tree)) == ["x = 1"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# %%\na = 1\n# %% [markdown]\n# Hi\n# %% b\nb = 2\n", [(1, "a = 1"), (3, "b = 2")]),
        ("# %% lr=abc\na = 1", [(1, "a = 1")]),
        (
            "#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\n\na = 1\n\n# In[ ]:\n\n\nb = 2\n",
            [(2, "a = 1"), (3, "b = 2")],
        ),
        ("def f():\n    return 1\n", [(1, "def f():\n    return 1")]),
    ],
)
def test_python_files(text: str, expected: list[tuple[int, str]]) -> None:
    cells = read_notebook(text.encode(), "kim.py").code
    assert [(cell.number, cell.source) for cell in cells][-len(expected) :] == expected


def test_a_notebook_that_was_renamed_to_py() -> None:
    assert sources(data(notebook("a = 1")), "kim.py") == ["a = 1"]


def test_half_a_surrogate_pair_becomes_text_that_can_be_encoded() -> None:
    (source,) = sources(b'{"cells": [{"cell_type": "code", "source": "x = \\"\\ud800\\""}], "nbformat": 4}')
    assert source.encode() == b'x = "?"'


# -- what is not -----------------------------------------------------------------------------------------------------

whole = data(notebook("x = 1"))


@pytest.mark.parametrize(
    ("content", "says", "where"),
    [
        (b"", "empty", "kim.ipynb"),
        (b" \n\t", "empty", "kim.ipynb"),
        (whole[: len(whole) // 2], "ends in the middle", "line 1"),
        (b'{"cells": [\n  {"cell_type": code}]}', "not a notebook", "line 2, column 17"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "web page", "kim.ipynb"),
        (b"PK\x03\x04 zip", "archive", "kim.ipynb"),
        (b'{\n<<<<<<< HEAD\n "cells": []\n=======\n>>>>>>> other\n}', "conflict", "line 2"),
        (b"[1, 2]", "no cells", "kim.ipynb"),
        (b'{"metadata": {}, "nbformat": 4}', "no cells", "kim.ipynb"),
        (b"def f():\n    return 1", "not a notebook", "line 1"),
        (b'{"cells": [' + b"[" * 100_000, "nested", "kim.ipynb"),
        (data(notebook(["x", 1])), "malformed", "the first cell"),
        (data(notebook("\n\ty = 1\x1b", ["x", 1])), "malformed", 'behind the cell that begins with "y = 1"'),
        (data({"cells": [7], "nbformat": 4}), "malformed", "the first cell"),
        (data({"cells": [{}, 7], "nbformat": 4}), "malformed", "a cell near the beginning"),
        (data({"cells": [], "nbformat": 2}), "format 2", "kim.ipynb"),
        (data(notebook(metadata={"kernelspec": {"name": "ir", "language": "R"}})), "is R, not Python", "kim.ipynb"),
        (data(notebook(metadata={"language_info": {"name": "julia"}})), "is julia, not Python", "kim.ipynb"),
        (data(notebook(metadata={"kernelspec": {"name": "ir"}})), "is ir, not Python", "kim.ipynb"),
        (data(notebook(*["x"] * (MAX_CELLS + 1))), "more than 5000 cells", "kim.ipynb"),
        (data(notebook("x" * (5 << 20) + "y")), "MB of text", "kim.ipynb"),
        (b"x" * ((50 << 20) + 1), "larger than 50 MB", "kim.ipynb"),
        (b"[" + b"{}," * 600_000 + b"{}]", "too many items", "kim.ipynb"),
        (b'{"cells": ' + b"9" * 5000 + b"}", "not a notebook", "kim.ipynb"),
        (b"\xff\xfe\x00\xd8\x00", "not UTF-8", "kim.ipynb"),
    ],
)
def test_broken_files_say_what_where_and_what_to_do(content: bytes, says: str, where: str) -> None:
    with pytest.raises(UnreadableNotebook) as caught:
        read_notebook(content, "kim.ipynb")
    error = caught.value
    assert says in str(error)
    assert where in error.where
    assert error.remedy
    korean = text_of(error).ko
    assert korean.startswith("kim.ipynb")
    assert korean.endswith("요.")
    assert not any(word in korean for word in ("cell", "line", "notebook"))


def test_the_error_crosses_process_borders_whole() -> None:
    with pytest.raises(NotebookError) as caught:
        read_notebook(b"", "kim.ipynb")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), text_of(copy)) == (str(caught.value), text_of(caught.value))


def test_outputs_are_dropped() -> None:
    tree = notebook("x = 1")
    tree["cells"][0]["outputs"] = [{"data": {"image/png": "A" * 5_000_000}}]  # type: ignore[index]
    started = time.perf_counter()
    book = read_notebook(data(tree), "kim.ipynb")
    assert time.perf_counter() - started < 2
    assert "AAAA" not in repr(book)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["cells", "cell_type", "source", "metadata", "nbformat", "worksheets", "input", "id", "vscode"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(max_examples=300, deadline=None)
@given(json_values)
def test_any_json_is_a_notebook_or_a_named_error(tree: object) -> None:
    try:
        book = read_notebook(data(tree), "kim.ipynb")
    except UnreadableNotebook:
        return
    assert all(isinstance(cell.source, str) for cell in book.cells)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["kim.ipynb", "kim.py"]), st.booleans())
def test_any_bytes_are_a_notebook_or_a_named_error(noise: bytes, name: str, inside: bool) -> None:
    content = whole[:40] + noise + whole[40:] if inside else noise
    with contextlib.suppress(UnreadableNotebook):
        read_notebook(content, name)
