"""Assignments are read whole, or refused with file, line and remedy."""

from __future__ import annotations

import shutil
import subprocess
import sys

import numpy as np
import pytest

from autograder.authoring import IN_FLOAT32, KEEP_DTYPE, T3, Task, Text, X
from autograder.course.assignment import load_assignment
from autograder.course.cases import make_cases
from autograder.errors import AssignmentError
from autograder.grading.compare import compare
from autograder.guest.wire import Array
from autograder.release.scaffold import TEMPLATE


@pytest.fixture
def folder(tmp_path):
    target = tmp_path / "14-attention"
    shutil.copytree(TEMPLATE, target)
    edit(target, "assignment.yml", "{{lecture}}", "14")
    edit(target, "assignment.yml", "{{notebook}}", "attention")
    return target


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def complaint(folder):
    with pytest.raises(AssignmentError) as caught:
        make_cases(load_assignment(folder), b"secret")
    return str(caught.value)


def test_everything_is_read(folder):
    assignment = load_assignment(folder)
    assert [task.name for task in assignment.tasks] == ["attention_weights", "attend"]
    assert assignment.points == 100
    assert assignment.signatures["attend"] == ("A", "V")
    assert {m.function for m in assignment.misconceptions} == {"attention_weights", "attend"}
    assert [v.name for v in assignment.variants] == ["loop_free", "naive"]
    assert assignment.notebook == "attention"


def test_a_misconception_is_source_that_overrides_one_function(folder):
    (no_scale,) = [m for m in load_assignment(folder).misconceptions if m.name == "no_scale"]
    assert no_scale.source.endswith("attention_weights = no_scale")
    assert "import torch" in no_scale.source
    assert "@misconception" not in no_scale.source
    assert "autograder" not in no_scale.source


def test_the_same_secret_draws_the_same_bits_and_another_draws_others(folder):
    assignment = load_assignment(folder)
    first, again, other = (make_cases(assignment, s) for s in (b"one", b"one", b"two"))
    assert all(compare(a.args, b.args, X).equal for a, b in zip(first, again, strict=True))
    hidden = [(a, b) for a, b in zip(first, other, strict=True) if not a.check.visible and not a.check.edge]
    visible = [(a, b) for a, b in zip(first, other, strict=True) if a.check.visible]
    assert hidden
    assert visible
    assert not any(compare(a.args, b.args, X).equal for a, b in hidden)
    assert all(compare(a.args, b.args, X).equal for a, b in visible)


def test_a_float32_check_draws_float32(folder):
    case = next(c for c in make_cases(load_assignment(folder), b"s") if c.check.dtype == "float32")
    (q, _) = case.function_call().args.values
    assert isinstance(q, Array)
    assert (q.dtype, q.data.dtype) == ("float32", np.dtype(np.float32))
    (wide, _) = case.function_call(dtype="float64").args.values
    assert isinstance(wide, Array)
    assert wide.dtype == "float64"
    assert np.array_equal(wide.data, q.data)


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("assignment.yml", "lecture: 14", "lectur: 14", 'Did you mean "lecture"?'),
        ("assignment.yml", "notebook: attention", "", '"notebook" is missing'),
        ("assignment.yml", "lecture: 14", "lecture: 14\nlimits: {call_second: 2}", 'Did you mean "call_seconds"?'),
        ("assignment.yml", "lecture: 14", "lecture: 14\nlimits: {call_seconds: -1}", "positive"),
        ("assignment.yml", 'ko: "어텐션"', 'kr: "어텐션"', "no text in ko"),
        ("solution.py", "return A @ V", "return A @ @ V", "syntax error"),
        ("solution.py", '# %% task="attend"', '# %% taks="attend"', 'Did you mean "task"?'),
        ("solution.py", '# %% task="attend"\n', "# %%\n", 'task "attend" has no cell'),
        ("solution.py", "def attend(", "def atend(", 'does not define "attend"'),
        ("solution.py", 'lang="en"', 'lang="fr"', "lang must be"),
        ("checks.py", "points=40", "points=41", "add up to 40, not 41"),
        ("checks.py", 'gradient=("A", "V")', 'gradient=("A", "W")', "names no parameter of attend(A, V)"),
        ("checks.py", "draw.normal(1, 2))\n\n\nattend", "draw.nromal(1, 2))\n\n\nattend", "cannot draw its inputs"),
        ("checks.py", "import T2", "import T9", "checks.py:"),
        (
            "misconceptions.py",
            '    "attend",\n    en="You take',
            '    "atend",\n    en="You take',
            'Did you mean "attend"?',
        ),
        ("misconceptions.py", "def plain_mean", "def hard_choice", 'two misconceptions are called "hard_choice"'),
        ("variants/naive.py", "def attend", "def attend(", "syntax error"),
    ],
)
def test_complaints_name_the_file_and_the_remedy(folder, name, old, new, words):
    edit(folder, name, old, new)
    text = complaint(folder)
    assert words in text
    assert (name if "task" not in words else "") in text or "checks.py" in text or "solution.py" in text


@pytest.mark.parametrize("name", ["assignment.yml", "solution.py", "checks.py"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    assert name in complaint(folder)


def test_an_error_in_a_generator_names_its_line(folder):
    edit(folder, "checks.py", "n, m, d = draw.sizes(3)", "n, m, d = draw.sizes(3); 1 / 0")
    assert "checks.py:" in complaint(folder)
    assert "ZeroDivisionError" in complaint(folder)


def test_an_unknown_folder_gets_a_suggestion(folder):
    with pytest.raises(AssignmentError, match='Did you mean "14-attention"'):
        load_assignment(folder.parent / "14-atention")


def test_loading_and_drawing_import_no_torch(folder):
    code = (
        "import sys; from pathlib import Path\n"
        "from autograder.course.assignment import load_assignment\nfrom autograder.course.cases import make_cases\n"
        f"make_cases(load_assignment(Path({str(folder)!r})), b's')\n"
        "assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_help_imports_neither_torch_nor_numpy():
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom autograder.cli.main import main\n"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0\n"
        "assert CliRunner().invoke(main, ['grade', '--help']).exit_code == 0\n"
        "assert not {'torch', 'numpy', 'nbformat', 'jinja2'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_in_float32_is_the_usual_check_in_few_words():
    def draw_one(draw):
        yield draw.call(draw.normal(3))

    hint = Text("Midpoints are floats, too.", "중점도 실수입니다.")
    short, long = Task("f", points=2), Task("f", points=2)
    assert short.in_float32(points=1)(draw_one) is draw_one
    long.check("float32", points=1, tolerance=T3, dtype="float32", title=IN_FLOAT32, hint=KEEP_DTYPE)(draw_one)
    assert short.checks == long.checks

    other = Task("f", points=2)
    other.in_float32(points=0.5, tolerance=X, hint=hint, together=True)(draw_one)
    (check,) = other.checks
    assert (check.points, check.tolerance, check.hint, check.together, check.dtype) == (0.5, X, hint, True, "float32")
    assert not check.visible
