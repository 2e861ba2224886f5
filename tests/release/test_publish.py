"""What students get: right in both languages, the same every time, and without a line of a solution."""

from __future__ import annotations

import ast
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest

from autograder.course.assignment import Assignment, files_of, load_assignment
from autograder.course.student_cells import handout, in_language, stub
from autograder.errors import AssignmentError
from autograder.guest.wire import Array
from autograder.notebooks.reader import read_notebook
from autograder.release.leaks import leaked_lines
from autograder.release.publish import release, stale_files
from autograder.release.single_file import bundle
from autograder.release.translations import missing_texts
from autograder.release.visible_cases import Expected, expected_values, visible_cases
from autograder.sandbox.interface import Status
from autograder.verify.stub import stub_program
from tests.inprocess import run_inprocess
from tests.paths import TESTS

MINI = TESTS / "fixtures" / "course" / "solutions" / "10-mini"


@pytest.fixture(scope="module")
def mini() -> Assignment:
    return load_assignment(MINI)


@pytest.fixture(scope="module")
def expected(mini: Assignment) -> Expected:
    cases = visible_cases(mini)
    outcomes, _ = run_inprocess(mini.solution_program(), [case.function_call() for case in cases])
    return expected_values(outcomes, cases)


@pytest.fixture(scope="module")
def released(mini: Assignment, expected: Expected, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("released")
    release(mini, folder, expected)
    return folder


def cells(released: Path, language: str) -> list[dict[str, Any]]:
    return json.loads((released / f"mini.{language}.ipynb").read_text(encoding="utf-8"))["cells"]  # type: ignore[no-any-return]


def text(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


# -- notebooks -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ko"])
def test_notebooks_are_valid_and_our_reader_understands_them(released: Path, language: str) -> None:
    path = released / f"mini.{language}.ipynb"
    book = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(book)
    assert (book.nbformat, book.nbformat_minor) == (4, 5)
    ids = [cell.id for cell in book.cells]
    assert len(set(ids)) == len(ids)
    assert len(read_notebook(path.read_bytes(), path.name).cells) == len(book.cells)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_metadata_as_nbgrader_demands_it(mini: Assignment, released: Path, language: str) -> None:
    marked = [(c, c["metadata"]["nbgrader"]) for c in cells(released, language) if "nbgrader" in c["metadata"]]
    ids = [meta["grade_id"] for _, meta in marked]
    assert len(set(ids)) == len(ids)
    for cell, meta in marked:
        assert meta["schema_version"] == 3
        assert {"grade", "solution", "locked", "task"} <= set(meta)
        assert not meta["grade"] or ("points" in meta and meta["cell_type"] == cell["cell_type"])
        assert not (meta["grade"] and meta["solution"])
    assert sum(meta.get("points", 0) for _, meta in marked) == mini.points
    assert sum(meta["solution"] for _, meta in marked) == len(mini.tasks)


def test_order_and_languages(released: Path) -> None:
    english, korean = cells(released, "en"), cells(released, "ko")
    roles = [cell["metadata"]["autograder"]["role"] for cell in english]
    assert roles == [cell["metadata"]["autograder"]["role"] for cell in korean]
    assert [cell["id"] for cell in english] == [cell["id"] for cell in korean]
    code = [text(cell) for cell in english if cell["cell_type"] == "code"]
    assert "from checker import check, ready" in code[0]
    assert code[-1] == "check.all()"
    assert code[code.index("check(normalize_adj)") - 1].startswith("def normalize_adj")
    everything = "\n".join(text(cell) for cell in english)
    assert not any("가" <= letter <= "힣" for letter in everything)
    assert "이 작은 어댑터가" in "\n".join(text(cell) for cell in korean)
    assert "small adapter" not in "\n".join(text(cell) for cell in korean)


def test_hints_are_folded_and_render_their_formulas(released: Path) -> None:
    hints = [text(cell) for cell in cells(released, "ko") if cell["metadata"]["autograder"]["role"] == "hint"]
    assert len(hints) == 2
    for hint in hints:
        assert hint.count("<details>") == hint.count("</summary>\n\n") == hint.count("\n\n</details>") == 2


# -- stubs and languages ---------------------------------------------------------------------------------------------


def test_a_stub_raises_and_keeps_the_docstring(mini: Assignment) -> None:
    for language in ("en", "ko"):
        program = stub_program(mini, language)
        outcomes, ran = run_inprocess(program, [case.function_call() for case in visible_cases(mini)])
        assert {outcome.status for outcome in outcomes.values()} == {Status.UNFINISHED}
        assert {cell["status"] for cell in ran} == {"returned"}
    task = next(cell for cell in handout(mini, "ko") if cell.role == "task")
    assert "# 여기에 코드를 작성하세요" in task.source
    assert "실수 텐서" in task.source
    assert "float tensor" not in task.source
    assert "Forbidden: torch_geometric." in task.source


@pytest.mark.parametrize(
    "source",
    [
        "def f():\n    ### BEGIN SOLUTION\n    return 1",
        "def f():\n    return 1\n    ### END SOLUTION",
        "def f():\n    ### BEGIN SOLUTION\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION",
        "def f():\n    ### BEGIN SOLUTON\n    return 1\n    ### END SOLUTION",
        "### BEGIN SOLUTION\nx = 1\n### END SOLUTION",
        "def f():\n    ### BEGIN SOLUTION\n    return 1\n### END SOLUTION",
    ],
)
def test_marks_that_do_not_fit_are_refused(source: str) -> None:
    with pytest.raises(AssignmentError):
        stub(source, "en", "solution.py:3")


def test_the_end_mark_may_follow_an_empty_line() -> None:
    source = "def f():\n    ### BEGIN SOLUTION\n    secret = 1\n\n    # a remark\n    ### END SOLUTION"
    made = stub(source, "en")
    assert "secret" not in made
    assert "a remark" not in made
    ast.parse(made)


def test_a_docstring_begins_with_the_summary_of_its_language() -> None:
    source = 'def f():\n    """\n    [en]\n    One.\n    [ko]\n    하나.\n    [/]\n    """\n    return 1'
    assert in_language(source, "ko") == 'def f():\n    """하나."""\n    return 1'
    longer = source.replace("[/]", "[/]\n\n    x = 1")
    assert in_language(longer, "en") == 'def f():\n    """One.\n\n    x = 1\n    """\n    return 1'


def test_comments_and_docstrings_by_language() -> None:
    source = 'def f():\n    """Common.\n\n    [en]\n    English.\n    [ko]\n    한국어.\n    [/]\n    Again.\n    """\n    x = 1  # [ko] 하나\n    # [en] two\n    return "# [ko] kept"'
    english, korean = in_language(source, "en"), in_language(source, "ko")
    assert (
        english
        == 'def f():\n    """Common.\n\n    English.\n    Again.\n    """\n    x = 1\n    # two\n    return "# [ko] kept"'
    )
    assert (
        korean
        == 'def f():\n    """Common.\n\n    한국어.\n    Again.\n    """\n    x = 1  # 하나\n    return "# [ko] kept"'
    )


# -- files -----------------------------------------------------------------------------------------------------------


def test_the_same_bytes_every_time(mini: Assignment, expected: Expected, released: Path, tmp_path: Path) -> None:
    written = release(load_assignment(MINI), tmp_path, expected)
    assert {path.name for path in written} == {
        "mini.en.ipynb",
        "mini.ko.ipynb",
        "checker.py",
        "visible.npz",
        "README.md",
    }
    for path in written:
        assert path.read_bytes() == (released / path.name).read_bytes()


def test_visible_cases_are_plain_arrays_and_no_hidden_case(mini: Assignment, released: Path) -> None:
    with np.load(released / "visible.npz", allow_pickle=False) as file:
        index = json.loads(bytes(file["index"]))
        arrays = [file[name] for name in file.files if name != "index"]
    assert {case["check"] for case in index["cases"]} == {"small", "walk"}
    assert any(array.ndim == 2 and array.dtype == np.float64 for array in arrays)
    hidden = [check for task in mini.tasks for check in task.checks if not check.visible]
    content = json.dumps(index, ensure_ascii=False)
    assert hidden
    assert not any(check.name in content or check.hint.en in content for check in hidden)


def test_data_comes_along_and_goes_again(mini: Assignment, expected: Expected, tmp_path: Path) -> None:
    source = tmp_path / "10-mini"
    shutil.copytree(MINI, source)
    (source / "data" / "deep").mkdir(parents=True)
    (source / "data" / "deep" / "x.csv").write_text("1,2\n")
    out = tmp_path / "out"
    release(load_assignment(source), out, expected)
    assert (out / "data" / "deep" / "x.csv").read_text() == "1,2\n"
    assert stale_files(mini, out, expected) == ["data/deep/x.csv"]
    release(mini, out, expected)
    assert stale_files(mini, out, expected) == []


def test_stale_files_are_named(mini: Assignment, expected: Expected, released: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(released, folder)
    assert stale_files(mini, folder, expected) == []
    (folder / "checker.py").write_text("# changed\n")
    (folder / "mini.en.ipynb").unlink()
    (folder / "extra.txt").write_text("x")
    assert stale_files(mini, folder, expected) == ["checker.py", "extra.txt", "mini.en.ipynb"]


def test_another_processors_rounding_is_not_stale_but_another_answer_is(
    mini: Assignment, expected: Expected, released: Path
) -> None:
    def scaled(factor: float) -> Expected:
        return {
            key: replace(answer, value=Array(answer.value.data * factor)) if isinstance(answer.value, Array) else answer
            for key, answer in expected.items()
        }

    assert stale_files(mini, released, scaled(1 + 1e-12)) == []
    assert stale_files(mini, released, scaled(1 + 1e-4)) == ["visible.npz"]


# -- leaks and languages ---------------------------------------------------------------------------------------------


def test_what_the_demo_hands_in_is_no_part_of_the_assignment(
    mini: Assignment, released: Path, expected: Expected, tmp_path: Path
) -> None:
    folder = tmp_path / mini.folder.name
    shutil.copytree(mini.folder, folder)
    (folder / "demo").mkdir()
    (folder / "demo" / "by_hand.py").write_text("def normalize_adj(A):\n    return A\n", encoding="utf-8")
    with_demo = load_assignment(folder)
    assert stale_files(with_demo, released, expected) == []
    assert with_demo.grade_fingerprint == mini.grade_fingerprint
    assert with_demo.report_fingerprint == mini.report_fingerprint
    assert {path.relative_to(folder) for path in files_of(folder)} == {
        path.relative_to(mini.folder) for path in files_of(mini.folder)
    }


def test_the_release_leaks_nothing(mini: Assignment, released: Path) -> None:
    assert leaked_lines(mini, released) == []


@pytest.mark.parametrize(
    ("file", "content", "source"),
    [
        ("notes.md", "try `inverse_root = A_tilde.sum(dim=1).rsqrt()` here", "solution.py"),
        ("notes.txt", "    path.append( path[-1] + h*f(path[-1]) )\n", "solution.py"),
        ("x.py", "def f(A):\n    return looped / looped.sum(dim=1, keepdim=True)\n", "misconceptions.py"),
        ("x.py", "    return looped / torch.outer(root, root)\n", "variants/loop_free.py"),
        ("y.ipynb", json.dumps({"cells": [{"source": ["A_tilde = A + torch.eye(A.shape[0], dtype=A.dtype, ", "device=A.device)"]}]}), "solution.py"),
    ],
)  # fmt: skip
def test_a_leaked_line_is_found_with_its_file(
    mini: Assignment, released: Path, tmp_path: Path, file: str, content: str, source: str
) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(released, folder)
    (folder / file).write_text(content, encoding="utf-8")
    leaks = leaked_lines(mini, folder)
    assert [(leak.file, leak.source) for leak in leaks] == [(file, source)]


def test_texts_in_one_language_only_are_reported(mini: Assignment) -> None:
    assert missing_texts(mini) == []
    kept = tuple(c for c in mini.cells if not (c.language == "ko" and c.hint == 2 and c.task == "euler"))
    found = missing_texts(replace(mini, cells=kept))
    assert ("solution.py", "euler has no hint 2 in ko; write one") in found


def test_a_mark_of_a_language_that_nobody_reads_as_one_is_reported(mini: Assignment) -> None:
    at = next(n for n, c in enumerate(mini.cells) if c.role == "explore")
    cell = mini.cells[at]
    for line, told in (("x = 1  # [en] one  [ko] 하나", True), ("# [en] one\n# [ko] 하나\nx = 1", False)):
        cells = (*mini.cells[:at], replace(cell, source=line), *mini.cells[at + 1 :])
        found = [what for _, what in missing_texts(replace(mini, cells=cells))]
        assert any("keeps its mark" in what for what in found) is told


# -- the checker's file ----------------------------------------------------------------------------------------------


def test_the_checker_stands_alone() -> None:
    source = bundle("autograder.release.checker.checker")
    tree = ast.parse(source, feature_version=(3, 10))
    roots = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [a.name for a in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom)
            else []
        )
    }  # fmt: skip
    import sys

    assert roots - set(sys.stdlib_module_names) == {"numpy", "torch", "IPython"}
    for word in ("autograder", "solutions/"):
        assert word not in "\n".join(line for line in source.split("\n") if "import" in line)
