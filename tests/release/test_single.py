"""The self-contained notebook: one file in an empty folder, without the package, does what the three files do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, load_assignment
from autograder.notebooks.reader import read_notebook
from autograder.release.single_notebook import write_single
from autograder.release.visible_cases import expected_values, visible_cases
from tests.inprocess import run_inprocess
from tests.paths import TESTS

MINI = TESTS / "fixtures" / "course" / "solutions" / "10-mini"
RUN = """
import json, sys
from pathlib import Path
sys.modules["autograder"] = None  # as on a student's machine
book = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
solutions = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
namespace = {"__name__": "__main__"}
for cell in book["cells"]:
    if cell["cell_type"] == "code":
        task = cell["metadata"]["autograder"].get("task")
        role = cell["metadata"]["autograder"]["role"]
        exec(solutions.get(task) if role == "task" and task in solutions else "".join(cell["source"]), namespace)
"""


@pytest.fixture(scope="module")
def mini() -> Assignment:
    return load_assignment(MINI)


@pytest.fixture(scope="module")
def folder(mini: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases = visible_cases(mini)
    outcomes, _ = run_inprocess(mini.solution_program(), [case.function_call() for case in cases])
    path = tmp_path_factory.mktemp("single")
    write_single(mini, path, expected_values(outcomes, cases))
    return path


def run(notebook: Path, solutions: dict[str, str], where: Path) -> subprocess.CompletedProcess[str]:
    (where / "run.py").write_text(RUN, encoding="utf-8")
    (where / "solutions.json").write_text(json.dumps(solutions), encoding="utf-8")
    empty = where / "empty"
    empty.mkdir()
    (empty / notebook.name).write_bytes(notebook.read_bytes())
    command = [sys.executable, "-W", "error", str(where / "run.py"), notebook.name, str(where / "solutions.json")]
    environment = {**os.environ, "TMPDIR": str(where), "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg"}
    return subprocess.run(command, cwd=empty, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize(
    ("language", "right", "unfinished"),
    [("en", "2 of 2 visible cases right", "not written yet"), ("ko", "공개 예시 2개 중 2개 정답", "아직 작성하지 않")],
)
def test_it_runs_alone(
    mini: Assignment, folder: Path, tmp_path: Path, language: str, right: str, unfinished: str
) -> None:
    pytest.importorskip("torch")
    notebook = folder / f"mini.{language}.ipynb"
    solved, stub = tmp_path / "solved", tmp_path / "stub"
    solved.mkdir()
    stub.mkdir()
    result = run(notebook, {cell.task: cell.source for cell in mini.cells if cell.role == "task" and cell.task}, solved)
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.count(right) == len(mini.tasks)
    result = run(notebook, {}, stub)
    assert (result.returncode, result.stderr) == (0, "")
    assert unfinished in result.stdout
    assert right not in result.stdout


def test_it_is_one_file_for_each_language_and_the_same_every_time(
    mini: Assignment, folder: Path, tmp_path: Path
) -> None:
    assert sorted(path.name for path in folder.iterdir()) == ["mini.en.ipynb", "mini.ko.ipynb"]
    cases = visible_cases(mini)
    outcomes, _ = run_inprocess(mini.solution_program(), [case.function_call() for case in cases])
    for path in write_single(mini, tmp_path, expected_values(outcomes, cases)):
        assert path.read_bytes() == (folder / path.name).read_bytes()
        assert len(path.read_bytes()) < 200_000


def test_the_grader_reads_it_as_any_other(folder: Path) -> None:
    for path in folder.iterdir():
        cells = read_notebook(path.read_bytes(), path.name).cells
        assert any("base64" in cell.source for cell in cells)
