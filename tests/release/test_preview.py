"""The solved notebook as its author sees it: every cell runs, with its plots and its seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, load_assignment
from autograder.release.preview.page import page
from autograder.release.preview.solved import RanCell, faults, run_solved, solved_cells
from autograder.release.publish import release
from autograder.release.visible_cases import expected_values, visible_cases
from tests.inprocess import run_inprocess
from tests.paths import TESTS

pytest.importorskip("torch")
pytest.importorskip("matplotlib")

MINI = TESTS / "fixtures" / "course" / "solutions" / "10-mini"
EXPLORE = "    # [en] an arrow that always points sideways\n"


@pytest.fixture
def mini(tmp_path: Path) -> Path:
    shutil.copytree(MINI, tmp_path / "10-mini")
    return tmp_path / "10-mini"


def released(assignment: Assignment, out: Path) -> Path:
    cases = visible_cases(assignment)
    outcomes, _ = run_inprocess(assignment.solution_program(), [case.function_call() for case in cases])
    release(assignment, out, expected_values(outcomes, cases))
    return out


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_cell_of_the_solved_notebook_runs(mini: Path, tmp_path: Path, language: str) -> None:
    assignment = load_assignment(mini)
    cells = run_solved(assignment, released(assignment, tmp_path / "out"), language)
    assert [(cell.first_line, what) for cell, what in faults(cells)] == []
    assert sum(len(cell.pictures) for cell in cells) == 1
    assert sum("2" in cell.printed for cell in cells if cell.role == "check") == 2
    assert all("SOLUTION" not in cell.source and "NotImplementedError" not in cell.source for cell in cells)
    shown = page(assignment, cells, language)
    assert f'<html lang="{language}">' in shown
    assert "data:image/png;base64," in shown
    assert all("solution.py:" in shown for cell in cells if cell.role == "task")


BROKEN = {
    "an error": ("    undefined\n", "raises NameError"),
    "a warning": ("    import warnings; warnings.warn('mind this')\n", "warns: UserWarning: mind this"),
    "an exit": ("    raise SystemExit\n", "raises SystemExit"),
    "a deprecation of its own": (
        "    import warnings; warnings.warn('old', DeprecationWarning)\n",
        "warns: DeprecationWarning: old",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_with_an_explore_cell_is_said_with_its_line(mini: Path, tmp_path: Path, name: str) -> None:
    line, words = BROKEN[name]
    path = mini / "solution.py"
    path.write_text(path.read_text(encoding="utf-8").replace(EXPLORE, EXPLORE + line), encoding="utf-8")
    assignment = load_assignment(mini)
    ((cell, what),) = faults(run_solved(assignment, released(assignment, tmp_path / "out"), "en"))
    assert what.startswith(words)
    assert (cell.role, cell.first_line) == ("explore", "if ready(euler):")
    assert path.read_text(encoding="utf-8").split("\n")[(cell.line or 0) - 1] == "if ready(euler):"


def test_what_libraries_say_to_each_other_is_hidden_as_in_a_notebook(mini: Path, tmp_path: Path) -> None:
    path = mini / "solution.py"
    line = """    exec("import warnings; warnings.warn('old', DeprecationWarning)", {"__name__": "library"})\n"""
    path.write_text(path.read_text(encoding="utf-8").replace(EXPLORE, EXPLORE + line), encoding="utf-8")
    assignment = load_assignment(mini)
    assert faults(run_solved(assignment, released(assignment, tmp_path / "out"), "en")) == []


@pytest.mark.parametrize(
    "printed", ["f: 1 of 2\n  [not yet] small (1): f(x)", "f: 2개 중 1개\n  [다시 확인] 작은 예: f(x)"]
)
def test_a_check_that_finds_the_solution_wrong_is_named(printed: str) -> None:
    ((cell, what),) = faults(
        [RanCell("check(f)", "check", None, printed=printed), RanCell("x", "explore", 3, printed=printed)]
    )
    assert (cell.source, what) == ("check(f)", "finds the solution wrong")


def test_a_cell_that_takes_too_long_is_named(mini: Path) -> None:
    cells = solved_cells(load_assignment(mini), "en")
    assert faults(cells, slow=60) == []
    assert len(faults(cells, slow=-1)) == len(cells)


def test_texts_are_shown_as_a_notebook_shows_them() -> None:
    pytest.importorskip("markdown_it")
    pytest.importorskip("latex2mathml")
    text = "## 2. Gates\n\n*Two* lines, $a_1*b_1*c$ and $$x^2$$\n\n<details>\n<summary>Hint 1</summary>\n\n- one\n\n</details>"
    shown = page(load_assignment(MINI), [RanCell(text, "text", None), RanCell("x < 1", "explore", 3, 1.5)], "en")
    for expected in (
        "<h2>2. Gates</h2>",
        "<em>Two</em>",
        "<summary>Hint 1</summary>",
        "<li>one</li>",
        '<math display="block">',
        "x &lt; 1",
    ):
        assert expected in shown
    assert "$" not in shown
    assert "*b" not in shown
    assert "1.5 s" in shown


@pytest.mark.parametrize(
    "text",
    [
        "$$a=\\frac1B\\sum_{i<n}g_i,\\qquad\nb=a'.$$",
        "$$\nx^2\n$$",
        "with $a_1*b\n+c_1*d$ over two lines, $p\\,(x)$ and $\\{n: a_n=k\\}$",
    ],
)
def test_formulas_over_several_lines_and_with_backslashes_are_set(text: str) -> None:
    pytest.importorskip("markdown_it")
    pytest.importorskip("latex2mathml")
    shown = page(load_assignment(MINI), [RanCell(text, "text", None)], "en")
    assert "<math" in shown
    assert "$" not in shown
    assert 'class="tex"' not in shown
    assert "<em>" not in shown


def test_a_price_and_a_formula_across_paragraphs_are_none() -> None:
    pytest.importorskip("markdown_it")
    for text in ("$5 and $6", "one $a\n\nb$ two"):
        assert "<math" not in page(load_assignment(MINI), [RanCell(text, "text", None)], "en")


def test_without_the_package_texts_stand_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.release.preview.page._renderer", lambda: None)
    shown = page(load_assignment(MINI), [RanCell("## 2. <Gates>", "text", None)], "en")
    assert "## 2. &lt;Gates&gt;" in shown
