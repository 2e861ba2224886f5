from __future__ import annotations

import pytest

from autograder.notebooks.percent import parse_percent


def test_cells_kinds_and_metadata():
    text = '"""A file."""\n# %% [markdown] lang="ko" hint=1\n# # 제목\n#\n# 본문\n# %% task="f" tags=["a", "b"]\n\ndef f(x):\n    return x\n'
    markdown, code = parse_percent(text)
    assert (markdown.kind, markdown.source, markdown.metadata) == (
        "markdown",
        "# 제목\n\n본문",
        {"lang": "ko", "hint": 1},
    )
    assert (code.kind, code.metadata, code.line) == ("code", {"task": "f", "tags": ["a", "b"]}, 8)
    assert code.source == "def f(x):\n    return x"


def test_code_before_the_first_mark_is_a_cell():
    assert [cell.source for cell in parse_percent("import torch\n# %%\nx = 1\n")] == ["import torch", "x = 1"]


def test_a_jupytext_header_is_no_cell():
    header = "# ---\n# jupyter:\n#   jupytext: {}\n# ---\n\n# %%\nx = 1"
    assert [cell.source for cell in parse_percent(header)] == ["x = 1"]


def test_bad_metadata_names_the_line():
    with pytest.raises(ValueError, match='line 2: the value of "lang"'):
        parse_percent("\n# %% lang=ko\n")
