"""Foreign notebooks as drafts: what becomes a task, a check, a call; what is left to do; and that nothing is graded before."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.api import LoadedCourse, grade_class, load_course
from autograder.authoring import T1, Check
from autograder.cli.main import main
from autograder.course.assignment import Assignment
from autograder.course.checks_file import draw_calls
from autograder.course.student_cells import handout, in_language
from autograder.errors import AssignmentError, UsageError
from autograder.exchange.drafts.asserts import Answers, read_tests
from autograder.exchange.drafts.bring import Brought, bring
from autograder.exchange.drafts.foreign import ANSWER_HERE
from autograder.grading.compare import compare
from autograder.release.leaks import leaked_lines
from autograder.release.publish import release_assignment
from autograder.release.scaffold import new_course
from autograder.release.translations import missing_texts
from autograder.sandbox.interface import FunctionCall, Sandbox, Status
from autograder.verify.standing import DRAFT, remember
from autograder.verify.verify import verify
from tests.exchange.conftest import SLUG
from tests.exchange.foreign_notebooks import MADE, OTTER, SHIPPED, answer, notebook, text
from tests.exchange.foreign_notebooks import tests as cell_of_tests


@pytest.fixture
def fresh(tmp_path: Path) -> LoadedCourse:
    new_course(tmp_path / "course", languages=["en", "ko"], time_zone="UTC")
    return load_course(tmp_path / "course")


def brought(course: LoadedCourse, content: bytes, slug: str = "20-foreign", tool: str = "nbgrader") -> Brought:
    path = course.root / "foreign.ipynb"
    path.write_bytes(content)
    return bring(course, tool, path, slug, "en")


def fixed(assignment: Assignment) -> list[Check]:
    return [check for task in assignment.tasks for check in task.checks if check.judge is None]


def answers(assignment: Assignment, sandbox: Sandbox) -> dict[tuple[str, str], list[object]]:
    """What the solution gives for every fixed call, by task and check."""
    calls, homes = [], []
    for check in fixed(assignment):
        for call in draw_calls(check, 1, assignment.folder / "checks.py"):
            function = call.function or assignment.task(check.task).functions[0]
            calls.append(FunctionCall(len(calls), check.task, function, call.args))
            homes.append((check.task, check.name))
    execution = sandbox.run(assignment.solution_program(), calls, assignment.limits)
    found: dict[tuple[str, str], list[object]] = {}
    for home, outcome in zip(homes, execution.outcomes, strict=True):
        assert outcome.status is Status.RETURNED, (home, outcome.error)
        found.setdefault(home, []).append(outcome.value)
    return found


def shape(assignment: Assignment) -> dict[str, list[tuple[str, float, bool]]]:
    return {t.name: [(c.name, c.points, c.visible) for c in t.checks] for t in assignment.tasks}


# -- what is made ----------------------------------------------------------------------------------------------------


def test_arrays_hidden_tests_names_and_keywords(fresh: LoadedCourse, sandbox: Sandbox) -> None:
    brought(fresh, MADE["numeric"])
    assignment = fresh.assignment("20-foreign")
    assert shape(assignment) == {
        "softmax": [
            ("test-softmax, visible", 0, True),
            ("test-softmax", 3, False),
            ("test-softmax, to judge", 0, False),
        ],
        "mse": [("test_mse", 2, True), ("test_mse_hidden, to judge", 1.5, False)],
    }
    found = answers(assignment, sandbox)
    assert len(found["softmax", "test-softmax, visible"]) == 2
    assert len(found["softmax", "test-softmax"]) == 3
    (loss,) = found["mse", "test_mse"]
    assert getattr(loss, "dtype", "") == "float32"  # as torch.tensor made it
    assert getattr(found["softmax", "test-softmax"][0], "kind", "") == "ndarray"  # as np.array made it


def test_variables_become_a_function_that_returns_them(fresh: LoadedCourse, sandbox: Sandbox) -> None:
    made = brought(fresh, MADE["variables"])
    assignment = fresh.assignment("20-foreign")
    assert shape(assignment) == {"q1": [("q1-test", 1, True)], "q2": [("q2_test", 2, True)]}
    found = answers(assignment, sandbox)
    assert found["q1", "q1-test"] == [("one\n  two", 42)]
    assert found["q2", "q2_test"] == [[0, 1, 4, 9, 16]]
    everything = "".join(path.read_text(encoding="utf-8") for path in made.folder.iterdir())
    assert "model answer that nobody may see" not in everything
    assert ANSWER_HERE in everything
    assert "4 points: a person grades this" in (made.folder / DRAFT).read_text(encoding="utf-8")


def test_whole_functions_and_classes_are_hidden_and_errors_are_left_to_write(
    fresh: LoadedCourse, sandbox: Sandbox
) -> None:
    made = brought(fresh, MADE["whole"])
    assignment = fresh.assignment("20-foreign")
    assert shape(assignment) == {
        "fib": [("fib_test", 2, True), ("fib_test, to judge", 0, False)],
        "use_stack": [("stack_test, to judge", 3, False)],
    }
    assert assignment.task("fib").functions == ("fib", "fibs")
    assert answers(assignment, sandbox)["fib", "fib_test"] == [55, [0, 1, 1, 2]]
    released = "\n".join(cell.source for cell in handout(assignment, "en"))
    assert "self.x = x" not in released
    assert "fib(n - 1)" not in released
    assert "fib(-1)" in (made.folder / DRAFT).read_text(encoding="utf-8")


def test_korean_names_and_schema_1(fresh: LoadedCourse, sandbox: Sandbox) -> None:
    brought(fresh, MADE["korean"])
    assignment = fresh.assignment("20-foreign")
    assert shape(assignment) == {"slope": [("기울기 검사", 5, True), ("기울기 검사, to judge", 0, False)]}
    first, second = answers(assignment, sandbox)["slope", "기울기 검사"]
    assert compare(2.0, first, T1).equal
    assert compare(-1.0, second, T1).equal


def test_automatic_tests(fresh: LoadedCourse, sandbox: Sandbox) -> None:
    brought(fresh, MADE["autotest"])
    assignment = fresh.assignment("20-foreign")
    assert shape(assignment) == {"double": [("auto", 2, True), ("mapped, to judge", 1, False)]}
    assert answers(assignment, sandbox)["double", "auto"] == [6, -2, "abab"]


def test_an_otter_source(fresh: LoadedCourse, sandbox: Sandbox) -> None:
    made = brought(fresh, OTTER, tool="otter")
    assignment = fresh.assignment("20-foreign")
    assert shape(assignment) == {
        "square": [("q1", 1, True), ("q1_", 2, False)],
        "q2": [("q2", 0.5, True), ("q2_", 0.5, False)],
        "mean": [("q4", 2, True), ("q4, to judge", 0, False)],
    }
    found = answers(assignment, sandbox)
    assert found["square", "q1"] == [9]
    assert found["square", "q1_"] == [2.25]
    assert found["q2", "q2"] == [10]
    assert found["mean", "q4"] == [2.0]
    everything = "".join(path.read_text(encoding="utf-8") for path in made.folder.iterdir())
    assert "nobody may see" not in everything
    assert "PROMPT" not in everything
    assert "4 points: a person grades this" in (made.folder / DRAFT).read_text(encoding="utf-8")
    released = "\n".join(cell.source for cell in handout(assignment, "en"))
    assert "x * x" not in released
    assert "sum(xs)" not in released


@pytest.mark.parametrize(
    ("tests", "calls"),
    [
        ("out = f(2, 3)\nassert_equal(out, 5)", [("f", ("2", "3"))]),
        ("a, b = f(1, 2), f(3, 4)\nassert a < b", [("f", ("1", "2")), ("f", ("3", "4"))]),
        ("loss, d = f([1.0], (2,))\nassert loss > 0\nassert d.shape == (1,)", [("f", ("[1.0]", "(2,)"))]),
        ("assert f(y=1, x=2) == 3", [("f", ("2", "1"))]),
        ("assert f(-1, 2 / 3) == f(1e-3, None)", [("f", ("-1", "2 / 3")), ("f", ("0.001", "None"))]),
        ("x = np.array([1, 2], dtype=np.float32)\nassert f(x, np.pi)[0] == 1", [
            ("f", ('Array(np.array([1, 2], dtype=np.float32), kind="ndarray")', "np.pi")),
        ]),
        ("assert f(torch.tensor([1]), torch.eye(2)) == 1", [("f", ("tensor([1])", 'np.eye(2).astype("float32")'))]),
        ("assert f(open('x'), 1)", []),
        ("assert f(*args) == 1", []),
        ("assert f(1, z=2)", []),
        ("assert f(x for x in y)", []),
        ("assert_raises(ValueError, f, 0, 1)", []),
        ("with pytest.raises(ValueError):\n    f(0, 1)", []),
        ("for n in range(3):\n    assert f(n, n) == n", []),
        ("assert f(9 ** 9 ** 9, 1)", []),
        ("assert f(b'x', 1)", []),
        ("import f.x\n'a docstring'\n", None),
        ("assert f(1 2)", []),
    ],
)  # fmt: skip
def test_what_is_a_call_with_literal_arguments(tests: str, calls: list[tuple[str, tuple[str, ...]]] | None) -> None:
    found = read_tests(tests, Answers({"f": ("x", "y")}, {}))
    assert bool(found) == (calls is not None)
    assert list(dict.fromkeys(call for test in found for call in test.calls)) == (calls or [])


def test_a_release_in_place_of_the_source_is_named(fresh: LoadedCourse) -> None:
    stub = "def double(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    made = brought(fresh, notebook(answer(stub, "double"), cell_of_tests("assert double(2) == 4", "t", 1)))
    assert "there is no solution in it: write that of double" in (made.folder / DRAFT).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MADE)
def test_every_expected_value_is_listed_and_in_no_other_file(fresh: LoadedCourse, name: str) -> None:
    made = brought(fresh, MADE[name])
    expected = [what for kind, what in made.made.notes if kind == "expected"]
    notes = (made.folder / DRAFT).read_text(encoding="utf-8")
    checks = (made.folder / "checks.py").read_text(encoding="utf-8")
    assert expected
    for what in expected:
        assert what in notes
        assert what.partition(": ")[2] not in checks


@pytest.mark.parametrize("name", MADE)
def test_text_is_in_its_language_and_todo_in_the_other(fresh: LoadedCourse, name: str) -> None:
    brought(fresh, MADE[name])
    assignment = fresh.assignment("20-foreign")
    cells = [cell for cell in assignment.cells if cell.role == "text" and not cell.hint]
    english, korean = ([c.source for c in cells if c.language == lang] for lang in ("en", "ko"))
    assert len(english) == len(korean) > 0
    assert not any("TODO" in text for text in english)
    assert all("TODO" in text for text in korean)
    assert any("still says TODO" in what for _, what in missing_texts(assignment))


def test_files_that_the_text_shows_are_listed(fresh: LoadedCourse) -> None:
    """They do not come along with a notebook, so that its students would see a broken picture."""
    shown = "![a](jupyter.png) ![b](images/plot%201.svg 'a title') <img src=\"old.gif\" width=3>"
    others = "![c](https://x.edu/c.png) ![d](attachment:d.png) ![e](data:image/png;base64,AA)"
    cells = [
        text(f"# Squares\n{shown}\n{others}"),
        answer("def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION", "f"),
        cell_of_tests("assert f(1) == 1", "t", 1),
    ]
    brought(fresh, notebook(*cells))
    notes = (fresh.root / "solutions" / "20-foreign" / "IMPORT.md").read_text(encoding="utf-8")
    listed = notes.partition("## Files that the text shows")[2].partition("\n## ")[0]
    assert [line for line in listed.splitlines() if line.startswith("- ")] == [
        "- jupyter.png",
        "- images/plot%201.svg",
        "- old.gif",
    ]


def test_nothing_is_overwritten_and_a_notebook_of_nobody_is_refused(fresh: LoadedCourse) -> None:
    brought(fresh, MADE["numeric"])
    with pytest.raises(UsageError, match="already there"):
        brought(fresh, MADE["numeric"])
    with pytest.raises(UsageError, match="no cell in it is marked"):
        brought(fresh, notebook(text("# Just a notebook")), "21-other")
    with pytest.raises(UsageError, match="no question of otter"):
        brought(fresh, MADE["numeric"], "21-other", "otter")
    with pytest.raises(UsageError, match="not a good name"):
        brought(fresh, MADE["numeric"], "foreign")
    assert not (fresh.root / "solutions" / "21-other").exists()


@pytest.mark.slow
@pytest.mark.xdist_group("tools")
@pytest.mark.parametrize("name", SHIPPED)
def test_notebooks_that_nbgrader_ships(fresh: LoadedCourse, sandbox: Sandbox, tools: Path, name: str) -> None:
    code = "import nbgrader, pathlib; print(pathlib.Path(nbgrader.__file__).parent)"
    home = subprocess.run([tools, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    made = bring(fresh, "nbgrader", Path(home) / name, "20-foreign", "en")
    assignment = fresh.assignment("20-foreign")
    assert assignment.tasks
    points = sum(cell.points for cell in made.made.cells if cell.kind == "tests")
    assert assignment.points == pytest.approx(points)
    assert fixed(assignment)
    if "autotest" not in name:  # these ask for errors as well, as if they were values
        answers(assignment, sandbox)


# -- our own, there and back -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("tool", "source"), [("nbgrader", "source/10-mini/mini.ipynb"), ("otter", "mini.ipynb")])
def test_our_own_export_comes_back_with_its_tasks_points_and_solutions(
    course: LoadedCourse, fresh: LoadedCourse, tmp_path: Path, tool: str, source: str
) -> None:
    args = ["export", tool, SLUG, "--out", str(tmp_path / "out"), "--language", "en", "--course", str(course.root)]
    assert CliRunner().invoke(main, args, catch_exceptions=False).exit_code == 0
    bring(fresh, tool, tmp_path / "out" / source, "20-back", "en")
    ours, back = course.assignment(SLUG), fresh.assignment("20-back")
    assert [t.name for t in back.tasks] == [t.name for t in ours.tasks]
    assert [t.functions for t in back.tasks] == [t.functions for t in ours.tasks]
    for task in ours.tasks:
        visible = sum(check.points for check in task.checks if check.visible)
        assert back.task(task.name).points == (task.points if tool == "nbgrader" else visible)
    assert code_of(back) == code_of(ours)


def code_of(assignment: Assignment) -> dict[str | None, str]:
    """The code of every task in English, without blank lines."""
    cells = {c.task: in_language(c.source, "en") for c in assignment.cells if c.role == "task"}
    return {task: "\n".join(line for line in source.split("\n") if line.strip()) for task, source in cells.items()}


# -- a draft grades nothing ------------------------------------------------------------------------------------------

SIMPLE = notebook(
    text("# Scaling\n\nScale a vector."),
    text("## Scale (2 points)"),
    answer(
        'def scale(x, by):\n    """x times by, for a list of numbers and a number."""\n'
        "    ### BEGIN SOLUTION\n    return [value * by for value in x]\n    ### END SOLUTION",
        "scale",
    ),
    cell_of_tests("assert scale([1.0, 2.5], 2.0) == [2.0, 5.0]", "scale_test", 1),
    cell_of_tests(
        "### BEGIN HIDDEN TESTS\nassert scale([3.0, -1.5, 0.25], 3.0)[0] == 9\n### END HIDDEN TESTS", "more", 1
    ),
)
EXEMPT = ", ".join(f'"R{n}": "imported"' for n in range(1, 15)) + ', "float32": "imported"'


MISCONCEPTIONS = """from autograder.authoring import misconception


@misconception("scale", en="You added the number to each value. Scaling multiplies.")
def adds(x, by):
    return [value + by for value in x]


@misconception("scale", en="You repeated the list. Multiply each of its values.")
def repeats(x, by):
    return x * int(by)


@misconception("scale", en="You divided each value. Scaling multiplies.")
def divides(x, by):
    return [value / by for value in x]
"""


def finish(folder: Path) -> None:
    """What an author does to this draft: texts, hints, and why the draws are as they are."""
    for name in ("checks.py", "solution.py"):
        path = folder / name
        source = re.sub(r"TODO: (a hint that|the|replace)", r"Look at \1", path.read_text(encoding="utf-8"))
        path.write_text(source.replace("points=2)", f"points=2, exempt={{{EXEMPT}}})"), encoding="utf-8")
    (folder / "misconceptions.py").write_text(MISCONCEPTIONS, encoding="utf-8")
    (folder / "variants").mkdir()
    for name, body in (("naive", "[by * value for value in x]"), ("mapped", "list(map(lambda value: value * by, x))")):
        (folder / "variants" / f"{name}.py").write_text(f"def scale(x, by):\n    return {body}\n", encoding="utf-8")


def test_a_draft_grades_nothing_until_it_verifies(tmp_path: Path, sandbox: Sandbox) -> None:
    new_course(tmp_path / "course", languages=["en"], time_zone="UTC")
    course = load_course(tmp_path / "course")
    folder = brought(course, SIMPLE, "20-scale").folder
    pile = tmp_path / "pile"
    pile.mkdir()

    def graded() -> dict[str, float | None]:
        with course.grader("20-scale", sandbox=sandbox) as grader:
            found = {path.stem: grader.grade(path).score for path in sorted(pile.iterdir())}
        result = grade_class(course, "20-scale", [pile], store=tmp_path / "reports", sandbox="process")
        assert {entry.student: entry.score for entry in result.summaries} == found
        return found

    def verified() -> list[str]:
        assignment, released = course.assignment("20-scale"), course.root / "assignments" / "20-scale"
        release_assignment(course, assignment, sandbox)
        report = verify(assignment, sandbox, b"a secret for these tests alone", released)
        remember(course.root, assignment, [report])
        return [str(finding) for finding in report.findings]

    with pytest.raises(AssignmentError, match="is a draft"):
        graded()
    assert any("TODO" in finding for finding in verified())
    shutil.copy(course.root / "assignments" / "20-scale" / "scale.en.ipynb", pile / "kim.ipynb")
    with pytest.raises(AssignmentError, match="is a draft, and grades nothing yet: it does not verify"):
        graded()
    finish(folder)
    with pytest.raises(AssignmentError, match="is a draft"):
        graded()
    assert verified() == []
    assert leaked_lines(course.assignment("20-scale"), course.root / "assignments" / "20-scale") == []
    right = (pile / "kim.ipynb").read_text(encoding="utf-8")
    stub = re.search(r'"    raise NotImplementedError\([^\n]*"', right)
    assert stub is not None
    (pile / "lee.ipynb").write_text(
        right.replace(stub[0], '"    return [by * value for value in x]"'), encoding="utf-8"
    )
    assert graded() == {"kim": 0.0, "lee": 2.0}
