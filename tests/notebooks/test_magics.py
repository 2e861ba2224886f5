"""Magics become Python on the same lines; Python stays as it is."""

from __future__ import annotations

import ast
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.notebooks.magics import to_python
from autograder.notebooks.source import parse


@pytest.mark.parametrize(
    "source",
    [
        'print("!ls %time obj?")',
        "x = (a\n% b)",
        'text = """\n!not a command\n%nor this\nwhat?\n"""',
        "# %%time\nx = 1",
        "await fetch()",
        "",
    ],
)
def test_valid_python_is_untouched(source: str) -> None:
    assert to_python(source) == source


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("%matplotlib inline", "pass"),
        ("!pip install torch", "pass"),
        ("!!ls", "pass"),
        ("?print", "pass"),
        ("print?", "pass"),
        ("torch.nn.Linear??", "pass"),
        ("files = !ls data", "files = []"),
        ("a, b = !ls", "a, b = []"),
        ("x = %who_ls", "x = None"),
        ("%time model = train()", "model = train()"),
        ("loss = %time train()", "loss = train()"),
        ("%time", "pass"),
        ("if True:\n    !ls\n    y = 1", "if True:\n    pass\n    y = 1"),
        ("!echo don't\ny = 1", "pass\ny = 1"),
        ("!pip install a \\\n  b\ny = 1", "pass\n\ny = 1"),
        ("%%time\ny = 1", "# %%time\ny = 1"),
        ("%%capture out\n!ls\ny = 1", "# %%capture out\npass\ny = 1"),
        ("\n%%time\n%%capture\ny = 1", "\n# %%time\n# %%capture\ny = 1"),
        ("%%bash\necho 'x\ny = 1", "# %%bash\n# echo 'x\n# y = 1"),
        ("%%writefile a.py\ndef f():\n    return 1", "# %%writefile a.py\n# def f():\n#     return 1"),
        ("# note\n%%time\ny = 1", "# note\npass\ny = 1"),
        ("    %cd x\n    y = 1", "pass\ny = 1"),
        (">>> y = 1\n>>> def f():\n...     return 1", "y = 1\ndef f():\n    return 1"),
        ("/print 1", "pass"),
    ],
)
def test_magics(source: str, expected: str) -> None:
    assert to_python(source) == expected


def test_a_string_beside_a_magic_keeps_its_text() -> None:
    source = '%load_ext x\ntext = """\n!keep\n%keep this\nhelp?\n"""\ncall(\n    "a"\n    % b)\nobj?'
    expected = 'pass\ntext = """\n!keep\n%keep this\nhelp?\n"""\ncall(\n    "a"\n    % b)\npass'
    assert to_python(source) == expected


def test_a_syntax_error_stays_on_its_line() -> None:
    with pytest.raises(SyntaxError) as caught:
        ast.parse(to_python("%time x = 1\n!ls\ndef f(:\n    pass"))
    assert caught.value.lineno == 3


def test_what_is_never_closed_is_left_alone() -> None:
    assert to_python("!ls\nf(\n!ls") == "pass\nf(\n!ls"


def test_thousands_of_open_lines_take_no_time() -> None:
    started = time.perf_counter()
    to_python("!x\n" + "f(\n" * 50_000)
    to_python("%%time\n" * 50_000)
    assert time.perf_counter() - started < 5


def test_a_tree_too_large_is_not_built() -> None:
    assert parse("x\n" * 400_000) is None
    assert parse("(" * 10_000) is None
    assert parse("a\0b") is None


fragments = st.sampled_from(
    [
        "%time ",
        "!",
        "?",
        "x = ",
        "'",
        '"""',
        "(",
        ")",
        "\\",
        "\n",
        "    ",
        "%%bash",
        "%%time",
        "f",
        "한글",
        "#",
        ";",
        "/",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(fragments, max_size=30).map("".join))
@example("%%time\n" * 30)
def test_any_text_keeps_its_lines(source: str) -> None:
    assert to_python(source).count("\n") == source.count("\n")
