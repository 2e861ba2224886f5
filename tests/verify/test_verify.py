"""The grader of the grader: each promise, broken on purpose, is found and named."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import pytest

from autograder.course.assignment import load_assignment
from autograder.course.cases import make_cases
from autograder.course.schedule import read_course
from autograder.release.publish import release_assignment
from autograder.release.scaffold import new_assignment
from autograder.verify.unsaid import late_helpers, taken_names
from autograder.verify.verify import as_json, margin_lines, verify

SLUG = "14-attention"
COURSE = """
title: {en: Course, ko: 강의}
term: now
time_zone: Asia/Seoul
languages: [ko, en]
assignments: {}
"""


@pytest.fixture(scope="module")
def pristine(tmp_path_factory, sandbox):
    """A course with one new assignment, released."""
    root = tmp_path_factory.mktemp("course")
    (root / "course.yml").write_text(COURSE, encoding="utf-8")
    course = read_course(root)
    new_assignment(course, SLUG)
    release_assignment(course, course.assignment(SLUG), sandbox)
    return root


@pytest.fixture
def root(pristine, tmp_path):
    shutil.copytree(pristine, tmp_path / "course")
    return tmp_path / "course"


def edit(root, name, old, new):
    path = root / "solutions" / SLUG / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def findings(root, sandbox, kind=None):
    report = verify(load_assignment(root / "solutions" / SLUG), sandbox, b"secret", root / "assignments" / SLUG)
    return [str(f) for f in report.findings if kind is None or f.kind == kind]


def test_a_new_assignment_holds_as_it_stands(root, sandbox):
    report = verify(load_assignment(root / "solutions" / SLUG), sandbox, b"secret", root / "assignments" / SLUG)
    assert [str(finding) for finding in report.findings] == []
    data = json.loads(json.dumps(as_json(report), allow_nan=False))
    assert data["holds"] is True
    assert (data["tasks"], data["misconceptions"], data["caught"], data["told_apart"]) == (2, 5, 5, 5)
    assert data["variants"] == data["accepted"] == 4
    assert data["checks"] > data["tasks"]
    assert len(list(margin_lines(report))) == len(report.margins)
    assert all(m.right < 0.1 and m.wrong > 10 for m in report.margins)


BREAKS = {
    "a wrong version that no check catches": (
        "misconception", "misconceptions.py", "return torch.softmax(Q @ K.T, dim=1)",
        "return torch.softmax(Q @ K.T / Q.shape[1] ** 0.5, dim=1)", "passes every check",
    ),
    "two wrong versions with the same outputs": (
        "misconception", "misconceptions.py", "return torch.softmax(Q @ K.T / Q.shape[1] ** 0.5, dim=0)",
        "return torch.softmax(Q @ K.T, dim=1)", "same outputs",
    ),
    "a variant that is wrong": (
        "variant", "variants/naive.py", "torch.exp(scores - scores.max())", "torch.exp(scores - scores.max()) + 1e-3",
        "variants/naive.py fails",
    ),
    "a variant that raises": (
        "variant", "variants/naive.py", "for q in Q:", "for q in undefined:", "NameError",
    ),
    "a missing variant": (
        "variant", "variants/naive.py", "def attend(", "def attend_(", "write at least two",
    ),
    "a solution that changes its input": (
        "solution", "solution.py", "    return A @ V", "    V *= 1.5\n    return A @ V", "changes its inputs",
    ),
    "a solution that is not deterministic": (
        "solution", "solution.py", "    return A @ V", "    return A @ V + 1e-3 * torch.rand(1, dtype=A.dtype)", "does not pass its own check",
    ),
    "a convenient draw": (
        "draws", "checks.py", "draw.probabilities(n, m), draw.strided(draw.normal(m, p))",
        "draw.probabilities(n, m), draw.normal(m, p)", "R13",
    ),
    "a release that is out of date": (
        "release", "solution.py", "How much does each query look", "How much does every query look", "release 14-attention",
    ),
    "a gradient that its docstring does not speak of": (
        "unsaid", "solution.py", " Must be differentiable with respect to A and V.", "", "the docstring of attend does not say so (en)",
    ),
    "a gradient that only the Korean docstring leaves out": (
        "unsaid", "solution.py", " A와 V에 대해 미분 가능해야 합니다.", "", "the docstring of attend does not say so (ko)",
    ),
    "an empty axis that no docstring speaks of": (
        "unsaid", "checks.py", "draw.probabilities(n, m), draw.strided(draw.normal(m, p))",
        "draw.probabilities(0, m), draw.strided(draw.normal(m, p))", "gives attend a A with an empty axis",
    ),
    "a name of given code that students choose as well": (
        "unsaid", "solution.py", '# %% task="attend"\n', '# %% tags=["provided"]\ndef attend_row(a, V):\n    return a @ V\n\n\n# %% task="attend"\n',
        "no text says that these names are taken: attend_row (ko)",
    ),
    "a language that is missing": (
        "language", "solution.py", '# %% [markdown] lang="ko" task="attend" hint=2\n# $c_i = \\sum_j a_{ij} v_j$\n', "", "attend",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_promise_is_found(root, sandbox, name):
    kind, file, old, new, words = BREAKS[name]
    edit(root, file, old, new)
    found = findings(root, sandbox, kind)
    assert any(words in finding for finding in found), findings(root, sandbox)


@pytest.mark.parametrize(
    ("given", "text", "told"),
    [
        ("def weights_of(A): return A", "", ["weights_of"]),
        ("class Attention: pass", "", ["Attention"]),
        ("WEIGHTS = None", "", ["WEIGHTS"]),
        ("def key_weights(A): return A\ndef query_weights(A): return A", "", ["key_weights", "query_weights"]),
        ("def key_weights(A): return A", "key weights", ["key_weights"]),
        ("def key_weights(A): return A", "`key_weights`", []),
        ("def key_weights(A): return A", "`key_weights(A)` and `x`", []),
        ("def key_weights(A): return A", "`key_`", []),
        ("def weights_with_every_query_key(A): return A", "", []),
        ("def wobble(A): return A", "", []),
        ("def graded_weights(A): return A\ndef graded_query(A): return A\ndef graded_key(A): return A", "", []),
    ],
)
def test_names_that_students_choose_as_well(root, given, text, told):
    cells = "".join(f'# %% [markdown] lang="{language}"\n# {text}\n\n' for language in ("en", "ko"))
    edit(
        root, "solution.py", '# %% task="attend"\n', f'{cells}# %% tags=["provided"]\n{given}\n\n\n# %% task="attend"\n'
    )
    found = dict.fromkeys(what for _, what in taken_names(load_assignment(root / "solutions" / SLUG)))
    expected = [f"no text says that these names are taken: {', '.join(told)} ({language})" for language in ("ko", "en")]
    assert sorted(found) == sorted(expected if told else [])


def test_given_code_that_a_visible_check_calls_stands_above_the_task(root):
    helper = '# %% tags=["provided"]\ndef graded_attend(A, V):\n    return attend(A, V)\n\n\n'
    edit(root, "solution.py", '# %% task="attend"\n', f'{helper}# %% task="attend"\n')
    path = root / "solutions" / SLUG / "solution.py"
    above = path.read_text(encoding="utf-8")
    assignment = load_assignment(path.parent)
    (visible, *_) = [case for case in make_cases(assignment, b"x" * 16) if case.task == "attend" and case.check.visible]
    cases = [replace(visible, function="graded_attend")]
    assert list(late_helpers(assignment, cases)) == []
    path.write_text(above.replace(helper, "") + "\n\n" + helper, encoding="utf-8")
    ((task, what),) = late_helpers(load_assignment(path.parent), cases)
    assert task == "attend"
    assert what.startswith("graded_attend stands below the task")
    hidden = [replace(cases[0], check=replace(visible.check, visible=False))]
    assert list(late_helpers(load_assignment(path.parent), hidden)) == []


def test_a_stub_that_earns_points_is_found(root, sandbox):
    edit(
        root,
        "solution.py",
        "    ### BEGIN SOLUTION\n    return A @ V\n    ### END SOLUTION",
        "    if A.dim() == 3:\n        ### BEGIN SOLUTION\n        return A\n        ### END SOLUTION\n    return A @ V",
    )
    assert any("stub gets" in finding for finding in findings(root, sandbox, "stub"))


def test_a_leaked_line_is_found(root, sandbox):
    notebook = root / "assignments" / SLUG / "attention.en.ipynb"
    data = json.loads(notebook.read_text(encoding="utf-8"))
    data["cells"].append(
        {
            "cell_type": "code",
            "id": "x",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": "    scores = scores - scores.amax(dim=1, keepdim=True)",
        }
    )
    notebook.write_text(json.dumps(data), encoding="utf-8")
    assert findings(root, sandbox, "leak")


def test_a_missing_release_says_what_to_run(root, sandbox):
    shutil.rmtree(root / "assignments")
    (found,) = findings(root, sandbox, "release")
    assert "autograder release 14-attention" in found
