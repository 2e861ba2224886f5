"""Notebooks in the styles of nbgrader's users, made by code: every cell is ours."""

from __future__ import annotations

import json
from typing import Any

Cell = dict[str, Any]


def text(source: str) -> Cell:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def code(source: str, **marks: Any) -> Cell:
    metadata = {"nbgrader": marks} if marks else {}
    return {"cell_type": "code", "metadata": metadata, "execution_count": None, "outputs": [], "source": source}


def answer(source: str, grade_id: str, **more: Any) -> Cell:
    return code(source, grade_id=grade_id, grade=False, solution=True, locked=False, schema_version=3, **more)


def tests(source: str, grade_id: str, points: float) -> Cell:
    return code(source, grade_id=grade_id, grade=True, solution=False, locked=True, schema_version=3, points=points)


def prose(source: str, grade_id: str, points: float) -> Cell:
    marks = {
        "grade_id": grade_id,
        "grade": True,
        "solution": True,
        "locked": False,
        "schema_version": 3,
        "points": points,
    }
    return {"cell_type": "markdown", "metadata": {"nbgrader": marks}, "source": source}


def notebook(*cells: Cell) -> bytes:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return json.dumps({"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 4}).encode()


HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"

# arrays, np.testing, hidden tests, names bound in the test, keyword arguments
NUMERIC = notebook(
    text("# Softmax and friends"),
    code("%matplotlib inline\nimport numpy as np\nimport torch"),
    text("## Softmax\nWrite a stable softmax."),
    answer(
        "def softmax(x, axis=-1):\n    ### BEGIN SOLUTION\n    e = np.exp(x - x.max(axis, keepdims=True))\n"
        "    return e / e.sum(axis, keepdims=True)\n    ### END SOLUTION",
        "softmax",
    ),
    code("print(softmax(np.array([1.0, 2.0])))"),
    tests(
        '"""softmax sums to one"""\nx = np.array([[1.0, 2.0], [3.0, -1.0]])\nout = softmax(x)\n'
        "assert np.allclose(out.sum(-1), 1)\nnp.testing.assert_allclose(softmax(np.zeros((2, 3)), axis=1), 1 / 3)\n"
        + HIDDEN.format(
            "assert softmax(np.array([1e4, 0.0]))[0] == 1.0\nassert not np.isnan(softmax(-1e4 * np.ones(3))).any()"
        ),
        "test-softmax",
        3,
    ),
    text("## A loss in torch"),
    answer(
        'def mse(a, b):\n    """Mean squared error."""\n    ### BEGIN SOLUTION\n    return ((a - b) ** 2).mean()\n    ### END SOLUTION',
        "mse",
    ),
    tests("assert mse(torch.tensor([1.0, 2.0]), torch.tensor([1.0, 4.0])) == 2", "test_mse", 2),
    tests(
        HIDDEN.format("for n in range(3):\n    assert mse(torch.ones(n + 1), torch.ones(n + 1)) == 0"),
        "test_mse_hidden",
        1.5,
    ),
)

# variables instead of functions, statements without marks, a question in prose
VARIABLES = notebook(
    text("Warm-up"),
    answer("### BEGIN SOLUTION\nlines = '''one\n  two'''\nanswer = 42\n### END SOLUTION", "q1"),
    tests("assert answer == 42\nassert lines.count('\\n') == 1", "q1-test", 1),
    text("And why?"),
    prose("Because of the model answer that nobody may see.", "why", 4),
    answer("squares = [n * n for n in range(5)]", "q2"),
    tests("from nose.tools import assert_equal\nassert_equal(len(squares), 5)", "q2_test", 2),
)

# marks around a whole function, two functions in a cell, decorators, helpers, an error that is wanted, a class
WHOLE = notebook(
    text("# Lists\n\nText."),
    code(
        "import functools\n\ndef given(x):\n    return x + 1",
        grade_id="given",
        grade=False,
        solution=False,
        locked=True,
        schema_version=3,
    ),
    answer(
        "### BEGIN SOLUTION\n@functools.lru_cache\ndef fib(n):\n    if n < 0:\n        raise ValueError(n)\n"
        "    return n if n < 2 else fib(n - 1) + fib(n - 2)\n\n\ndef fibs(n):\n    return [fib(k) for k in range(n)]\n### END SOLUTION",
        "fib",
    ),
    tests(
        "assert fib(10) == 55\nassert fibs(n=4) == [0, 1, 1, 2]\ntry:\n    fib(-1)\nexcept ValueError:\n    pass\nelse:\n    assert False",
        "fib_test",
        2,
    ),
    answer(
        "class Stack:\n    def push(self, x):\n        ### BEGIN SOLUTION\n        self.x = x\n        ### END SOLUTION",
        "stack",
    ),
    tests("s = Stack()\ns.push(3)\nassert s.x == 3", "stack_test", 3),
)

# Korean, schema 1, an answer whose whole cell is the solution, tests that call through lambda and comprehension
KOREAN = notebook(
    text("# 선형 회귀\n\n기울기를 구하세요."),
    code("import math"),
    code(
        "def slope(xs, ys):\n    mx, my = sum(xs) / len(xs), sum(ys) / len(ys)\n    top = sum((x - mx) * (y - my) for x, y in zip(xs, ys))\n    return top / sum((x - mx) ** 2 for x in xs)",
        grade_id="기울기",
        grade=False,
        solution=True,
        locked=False,
        schema_version=1,
    ),
    code(
        "assert math.isclose(slope([0, 1, 2], [1, 3, 5]), 2.0)\nassert all(slope([0, 1], [0, k]) == k for k in (1, 2))\nassert slope([0, math.pi], (0, -math.pi)) == -1",
        grade_id="기울기 검사",
        grade=True,
        solution=False,
        locked=True,
        schema_version=1,
        points=5,
    ),
    code("plt.plot([slope([0, 1], [0, k]) for k in range(3)])"),
)

# nbgrader's automatic tests, and a test that hands the function on
AUTOTEST = notebook(
    text("# Automatic tests"),
    answer(
        "def double(x):\n    '''Twice.'''\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "double"
    ),
    tests("### AUTOTEST double(3); double(-1)\n### HASHED AUTOTEST double('ab')", "auto", 2),
    tests("assert list(map(double, [1, 2])) == [2, 4]", "mapped", 1),
)

MADE = {"numeric": NUMERIC, "variables": VARIABLES, "whole": WHOLE, "korean": KOREAN, "autotest": AUTOTEST}

# What nbgrader's own package ships, below its folder; read from where it is installed, never copied.
SHIPPED = (
    "docs/source/user_guide/source/ps1/problem1.ipynb",
    "docs/source/user_guide/source/ps1_autotest/problem1.ipynb",
    "tests/apps/files/test.ipynb",
    "tests/apps/files/test-v2.ipynb",
    "tests/apps/files/autotest-simple.ipynb",
    "tests/apps/files/autotest-multi.ipynb",
    "tests/apps/files/autotest-hidden.ipynb",
    "tests/preprocessors/files/test_taskcell.ipynb",
    "tests/apps/files/validation-zero-points.ipynb",
)


# -- otter assign ----------------------------------------------------------------------------------------------------


def raw(source: str) -> Cell:
    return {"cell_type": "raw", "metadata": {}, "source": source}


OTTER = notebook(
    raw("# ASSIGNMENT CONFIG\ngenerate: true\nexport_cell: true"),
    text("# Numbers"),
    code("import numpy as np"),
    raw("# BEGIN QUESTION\nname: q1\npoints: 3"),
    text("**Question 1.** Square a number."),
    raw("# BEGIN SOLUTION"),
    code(
        'def square(x):\n    """The square of a number."""\n    """ # BEGIN PROMPT\n    y = ...\n    """ # END PROMPT\n'
        "    # BEGIN SOLUTION NO PROMPT\n    y = x * x\n    # END SOLUTION\n    return y # SOLUTION"
    ),
    raw("# END SOLUTION"),
    raw("# BEGIN TESTS"),
    code('""" # BEGIN TEST CONFIG\npoints: 1\n""" # END TEST CONFIG\nsquare(3)'),
    code('""" # BEGIN TEST CONFIG\npoints: 2\nhidden: true\n""" # END TEST CONFIG\nsquare(-1.5) == 2.25'),
    raw("# END TESTS"),
    raw("# END QUESTION"),
    raw("# BEGIN QUESTION\nname: q2"),
    text("**Question 2.** Bind ten."),
    raw("# BEGIN SOLUTION"),
    code("ten = square(3) + 1 # SOLUTION"),
    raw("# END SOLUTION"),
    raw("# BEGIN TESTS"),
    code("assert ten == 10"),
    code("# HIDDEN\nassert isinstance(ten, int)"),
    raw("# END TESTS"),
    raw("# END QUESTION"),
    raw("# BEGIN QUESTION\nname: q3\nmanual: true\npoints: 4"),
    text("**Question 3.** Why?"),
    raw("# BEGIN SOLUTION"),
    text("Because of the model answer that nobody may see."),
    raw("# END SOLUTION"),
    raw("# END QUESTION"),
    raw("# BEGIN QUESTION\nname: q4\npoints: 2"),
    raw("# BEGIN SOLUTION"),
    code("def mean(xs):\n    return sum(xs) / len(xs) # SOLUTION"),
    raw("# END SOLUTION"),
    raw("# BEGIN TESTS"),
    code(
        '""" # BEGIN TEST CONFIG\npoints: 2\n""" # END TEST CONFIG\ndef test_mean(mean):\n    xs = [1, 2, 3]\n'
        "    assert mean(xs) == 2\n    for n in range(2, 4):\n        assert mean([n] * n) == n"
    ),
    raw("# END TESTS"),
    raw("# END QUESTION"),
)
