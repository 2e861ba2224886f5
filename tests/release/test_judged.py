"""Visible checks whose answers are not unique: the notebook asks the author's judge, or says that it compares the form."""

from __future__ import annotations

import importlib.util
import json
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from autograder.course.assignment import load_assignment
from autograder.errors import AssignmentError
from autograder.release.leaks import leaked_lines
from autograder.release.publish import release
from autograder.release.visible_cases import expected_values, visible_cases
from tests.inprocess import run_inprocess
from tests.paths import TESTS

torch = pytest.importorskip("torch")

EIGEN = TESTS / "fixtures" / "judged" / "solutions" / "11-eigen"


@pytest.fixture
def eigen(tmp_path: Path) -> Path:
    shutil.copytree(EIGEN, tmp_path / "11-eigen")
    return tmp_path / "11-eigen"


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "checks.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def released(folder: Path, out: Path) -> ModuleType:
    """The checker of the released assignment, loaded as a notebook beside it does."""
    assignment = load_assignment(folder)
    cases = visible_cases(assignment)
    outcomes, _ = run_inprocess(assignment.solution_program(), [case.function_call() for case in cases])
    release(assignment, out, expected_values(outcomes, cases))
    spec = importlib.util.spec_from_file_location("judged_checker", out / "checker.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["judged_checker"] = module
    spec.loader.exec_module(module)
    return module


ANSWERS = {
    "right": "torch.linalg.eigh(S).eigenvectors[:, -1]",
    "right, other sign": "-torch.linalg.eigh(S).eigenvectors[:, -1]",
    "another eigenvector": "torch.linalg.eigh(S).eigenvectors[:, 0]",
    "not of length 1": "2 * torch.linalg.eigh(S).eigenvectors[:, -1]",
    "not finite": "S[0] * float('nan')",
    "zeros": "0 * S[0]",
}


def said(checker: ModuleType, answer: str, capsys: pytest.CaptureFixture[str], line: str) -> str:
    namespace: dict[str, Any] = {"check": checker.check, "__name__": "__main__"}
    exec(f"import torch\ndef eigenvector(S):\n    return {answer}", namespace)
    exec(line, namespace)
    return capsys.readouterr().out


@pytest.mark.parametrize("name", ANSWERS)
def test_the_notebook_asks_the_judge(
    name: str, eigen: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checker = released(eigen, tmp_path / "out")
    right = 2 if name.startswith("right") else 0
    assert f"{right} of 2 visible cases right" in said(checker, ANSWERS[name], capsys, "check('eigenvector')")
    assert f"{4 if right else 0} / 4" in said(checker, ANSWERS[name], capsys, "check.all()")


def test_the_judge_is_quoted_in_the_language_of_the_notebook(
    eigen: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checker = released(eigen, tmp_path / "out")
    assert "not length 1" in said(checker, ANSWERS["not of length 1"], capsys, "check('eigenvector')")
    assert "길이가 1이 아닙니다" in said(
        checker, ANSWERS["not of length 1"], capsys, "check.language = 'ko'; check('eigenvector')"
    )


def test_a_judge_that_stays_at_home_shows_the_form_and_no_points(
    eigen: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(
        eigen,
        'judge=is_eigenvector,\n    title=Text("a small',
        'judge=is_eigenvector, ship_judge=False,\n    title=Text("a small',
    )
    checker = released(eigen, tmp_path / "out")
    shown = said(checker, ANSWERS["another eigenvector"], capsys, "check('eigenvector')")
    assert "form only" in shown
    assert "right]" not in shown
    assert "0 / 0" in said(checker, ANSWERS["right"], capsys, "check.all()")
    assert "not yet" in said(checker, "S", capsys, "check('eigenvector')")
    page = checker._task_html(
        checker._task_view(checker.check._load().task_of("eigenvector"), checker.check._load(), {}), "en"
    )
    assert "is_eigenvector" not in page
    with np.load(tmp_path / "out" / "visible.npz") as file:
        assert "eigvalsh" not in bytes(file["index"]).decode()


JUDGE = "def is_eigenvector(args, value):\n"
BAD = {
    "a lambda": ("judge=is_eigenvector,\n    title=Text(\"a small", "judge=lambda args, value: None,\n    title=Text(\"a small", "is no function of checks.py"),
    "a closure": (
        "@eigenvector.check(\n    \"small\"",
        "def near(bound):\n    def judge(args, value):\n        return None if bound else Text(\"no\", \"아니요\")\n    return judge\n\n\nis_eigenvector = near(3)\n\n\n@eigenvector.check(\n    \"small\"",
        "is no function of checks.py",
    ),
    "an import of its own": (JUDGE, JUDGE + "    import math\n", "imports"),
    "a module of the file": (JUDGE, "import math\n\n\n" + JUDGE + "    math.pi\n", 'uses "math"'),
    "a name from numpy alone": (JUDGE, "from numpy import exp\n\n\n" + JUDGE + "    exp(1)\n", 'uses "exp"'),
    "a helper": (JUDGE, "def helper():\n    return 1\n\n\n" + JUDGE + "    helper()\n", 'uses "helper"'),
    "a constant": (JUDGE, "BOUND = 3\n\n\n" + JUDGE + "    BOUND\n", 'uses "BOUND"'),
    "a constant in a default": (JUDGE, "BOUND = 3\n\n\ndef is_eigenvector(args, value, bound=BOUND):\n", 'uses "BOUND"'),
    "a constant in a comprehension": (JUDGE, "BOUND = 3\n\n\n" + JUDGE + "    [BOUND for _ in args]\n", 'uses "BOUND"'),
    "a function of the solution": (JUDGE, JUDGE + "    eigenvector(args[0])\n", "a name of solution.py"),
    "the solution once more": (
        JUDGE, JUDGE + "    def eigenvector(S):\n        return S[0]\n", "a name of solution.py",
    ),
    "a file": (JUDGE, JUDGE + "    open('x')\n", 'uses "open"'),
    "a global": (JUDGE, "count = 0\n\n\n" + JUDGE + "    global count\n", "keeps something between calls"),
    "a decorator": (JUDGE, "def same(f):\n    return f\n\n\n@same\n" + JUDGE, "has a decorator"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_go_to_students_is_refused_with_file_and_line(name: str, eigen: Path) -> None:
    old, new, words = BAD[name]
    change(eigen, old, new)
    with pytest.raises(AssignmentError) as caught:
        load_assignment(eigen)
    assert words in str(caught.value)
    assert "checks.py:" in str(caught.value)


def test_a_hidden_judge_may_use_what_it_likes(eigen: Path) -> None:
    change(eigen, JUDGE, "import math\n\n\n" + JUDGE + "    math.pi\n")
    change(eigen, "    visible=True,\n", "")
    load_assignment(eigen)


@pytest.mark.parametrize("where", ["judge", "hint"])
def test_the_leak_test_reads_what_visible_cases_say(where: str, eigen: Path, tmp_path: Path) -> None:
    line = "vectors = torch.linalg.eigh((S + S.T) / 2).eigenvectors"
    if where == "judge":
        change(eigen, JUDGE, JUDGE + f'    """\n    {line}\n    """\n')
    else:
        change(eigen, "Check S v against v.", f"{line}")
    released(eigen, tmp_path / "out")
    leaks = leaked_lines(load_assignment(eigen), tmp_path / "out")
    assert "visible.npz" in {leak.file for leak in leaks}


def test_visible_cases_hold_the_judge_and_nothing_of_the_solution(eigen: Path, tmp_path: Path) -> None:
    released(eigen, tmp_path / "out")
    with np.load(tmp_path / "out" / "visible.npz") as file:
        index = json.loads(bytes(file["index"]))
    assert {case["judge"]["name"] for case in index["cases"]} == {"is_eigenvector"}
    assert leaked_lines(load_assignment(eigen), tmp_path / "out") == []
