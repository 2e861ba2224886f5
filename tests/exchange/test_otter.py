"""Our visible checks in otter-grader: both formats, and the same verdicts as here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.api import LoadedCourse
from autograder.exchange import files, otter
from autograder.exchange.otter import FORMATS
from autograder.submissions.tools.graded_cells import graded_cells
from tests.exchange.conftest import SLUG, STUDENTS, Tool, answered, cells_of


@pytest.fixture
def exported(course: LoadedCourse, tmp_path: Path, form: str) -> Path:
    assignment = course.assignment(SLUG)
    files.write(tmp_path / "otter", otter.source(assignment, "en", files.released(course, assignment), form))
    return tmp_path / "otter"


def visible(course: LoadedCourse) -> dict[str, list[float]]:
    """Points of the visible checks, by task."""
    found: dict[str, list[float]] = {}
    for cell in graded_cells(course.assignment(SLUG)):
        if cell.visible:
            found.setdefault(cell.task, []).append(cell.points)
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_the_source_has_a_question_for_each_task_with_the_visible_points(
    course: LoadedCourse, exported: Path, form: str
) -> None:
    cells = cells_of(exported / "mini.ipynb")
    config = cells[0]["source"]
    assert f"ok_format: {str(form == 'ok').lower()}" in config
    assert all(f"- {name}" in config for name in ("checker.py", "visible.npz", "visible_checks.py"))
    begun = [cell["source"] for cell in cells if cell["source"].startswith("# BEGIN QUESTION")]
    wanted = {task: sum(points) for task, points in visible(course).items()}
    assert begun == [f"# BEGIN QUESTION\nname: {task}\npoints: {points:g}" for task, points in wanted.items()]


@pytest.mark.parametrize("form", FORMATS)
def test_a_test_in_the_ok_format_shows_what_it_expects(exported: Path, form: str) -> None:
    tests = [cell for cell in cells_of(exported / "mini.ipynb") if "BEGIN TEST CONFIG" in cell["source"]]
    shown = [output["data"]["text/plain"] for cell in tests for output in cell["outputs"]]
    assert shown == (["True"] * len(tests) if form == "ok" else [])


@pytest.mark.parametrize("form", ["ok"])
def test_both_test_files_of_a_task_are_python_with_the_same_points(
    course: LoadedCourse, exported: Path, form: str
) -> None:
    for task, points in visible(course).items():
        namespace: dict[str, object] = {}
        exec((exported / "tests" / "ok" / f"{task}.py").read_text(encoding="utf-8"), namespace)
        test = namespace["test"]
        assert isinstance(test, dict)
        assert [case["points"] for case in test["suites"][0]["cases"]] == points
        text = (exported / "tests" / "exception" / f"{task}.py").read_text(encoding="utf-8")
        assert [f"points={p:g}, hidden=False" in text for p in points] == [True] * len(points)
        compile(text, task, "exec")


@pytest.mark.slow
@pytest.mark.xdist_group("tools")
@pytest.mark.parametrize("form", FORMATS)
def test_otter_gives_the_verdicts_of_this_grader(course: LoadedCourse, exported: Path, tool: Tool, form: str) -> None:
    tool(exported, "otter", "assign", "--no-run-tests", "--no-pdfs", "mini.ipynb", "dist")
    (archive,) = (exported / "dist" / "autograder").glob("*.zip")
    student = exported / "dist" / "student" / "mini.ipynb"
    text = student.read_text(encoding="utf-8")
    assert "BEGIN SOLUTION" not in text
    assert "BEGIN PROMPT" not in text
    with course.grader(SLUG, sandbox="process") as grader:
        for name, answers in STUDENTS.items():
            path = answered(student, exported / name / "mini.ipynb", answers)
            (exported / name / "out").mkdir()
            tool(path.parent, "otter", "run", "--no-logo", "-a", archive, "-o", path.parent / "out", path)
            results = json.loads((path.parent / "out" / "results.json").read_text(encoding="utf-8"))
            report = grader.grade(path)
            wanted = {
                (task.name, number): check.earned
                for task in report.tasks
                for number, check in enumerate((c for c in task.checks if c.visible and c.kind == "value"), start=1)
            }
            assert points_of(results) == by_task(wanted), name


def points_of(results: dict[str, list[dict[str, object]]]) -> dict[str, float]:
    """Points by question; otter lists some of what it did under names of its own."""
    return {str(t["name"]): float(str(t["score"])) for t in results["tests"] if t.get("max_score")}


def by_task(points: dict[tuple[str, int], float]) -> dict[str, float]:
    found: dict[str, float] = {}
    for (task, _), earned in points.items():
        found[task] = found.get(task, 0.0) + earned
    return found
