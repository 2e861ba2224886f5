"""The checker as a student meets it: beside a notebook, in a namespace of the student's own."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from autograder.course.assignment import Assignment, load_assignment
from autograder.release.publish import release
from autograder.release.visible_cases import expected_values, visible_cases
from tests.inprocess import run_inprocess
from tests.paths import TESTS

torch = pytest.importorskip("torch")

MINI = TESTS / "fixtures" / "course" / "solutions" / "10-mini"


@pytest.fixture(scope="module")
def mini() -> Assignment:
    return load_assignment(MINI)


@pytest.fixture(scope="module")
def folder(mini: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Path:
    cases = visible_cases(mini)
    outcomes, _ = run_inprocess(mini.solution_program(), [case.function_call() for case in cases])
    path = tmp_path_factory.mktemp("handout")
    release(mini, path, expected_values(outcomes, cases))
    return path


def load(folder: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("checker", folder / "checker.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["checker"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def checker(folder: Path) -> Iterator[ModuleType]:
    yield load(folder)
    del sys.modules["checker"]


@pytest.fixture
def student(mini: Assignment, checker: ModuleType) -> dict[str, Any]:
    """A notebook's namespace with the solution in it."""
    namespace: dict[str, Any] = {"check": checker.check, "ready": checker.ready, "__name__": "__main__"}
    for cell in mini.cells:
        if cell.role in ("provided", "task"):
            exec("import torch\n" + cell.source, namespace)
    return namespace


def say(student: dict[str, Any], line: str, capsys: pytest.CaptureFixture[str]) -> str:
    exec(line, student)
    return capsys.readouterr().out


def html_of(checker: ModuleType, student: dict[str, Any], task: str) -> str:
    visible = checker.check._load()
    return str(checker._task_html(checker._task_view(visible.task_of(task), visible, student), "en"))


def test_right_functions(student: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert "2 of 2 visible cases right" in say(student, "check(normalize_adj)", capsys)
    assert "2 of 2 visible cases right" in say(student, "check(euler)", capsys)  # gradients included
    assert "2 of 2" in say(student, "check('euler')", capsys)
    table = say(student, "check.all()", capsys)
    assert "5 / 5" in table


def test_a_wrong_value_shows_both_sides_the_worst_element_and_the_hint(
    checker: ModuleType, student: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    exec(
        "right = normalize_adj\ndef normalize_adj(A):\n    B = right(A).clone()\n    B[1, 0] += 0.5\n    return B",
        student,
    )
    said = say(student, "check(normalize_adj)", capsys)
    assert "0 of 2 visible cases right" in said
    assert "at index [1, 0]" in said
    assert "Add the self-loops before you count degrees." in said
    assert all(word in said for word in ("input", "expected", "yours"))
    page = html_of(checker, student, "normalize_adj")
    assert page.count("class=ag-x") == 2  # the one wrong element of each case is marked
    assert "ag-e" in page


def test_korean(student: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    student["check"].language = "ko"
    exec("def normalize_adj(A):\n    return A", student)
    said = say(student, "check(normalize_adj)\ncheck.all()", capsys)
    assert "공개 예시 2개 중 0개 정답" in said
    assert "차수를 세기 전에 자기 연결을 더하세요." in said
    assert "합계" in said


def test_a_stub_is_one_friendly_line(student: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    exec("def euler(f, x0, h, steps):\n    raise NotImplementedError('later')", student)
    assert say(student, "check(euler)", capsys) == "euler is not written yet.\n"
    del student["euler"]
    assert "is not defined" not in say(student, "check(normalize_adj)", capsys)
    assert "not written yet" in say(student, "check.all()", capsys) or "0 / 2" in say(student, "check.all()", capsys)


def test_ready(student: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert say(student, "print(ready(normalize_adj, euler))", capsys) == "True\n"
    exec("def euler(f, x0, h, steps):\n    raise NotImplementedError", student)
    said = say(student, "print(ready(normalize_adj, euler))", capsys)
    assert said == "Not written yet: euler. Write it, then run this cell again.\nFalse\n"


def test_a_notebook_runs_on_one_thread_until_its_owner_wants_more(student: dict[str, Any], folder: Path) -> None:
    threads = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        load(folder)
        assert torch.get_num_threads() == 1
        torch.set_num_threads(2)
        exec("ready(normalize_adj)", student)
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(threads)


@pytest.mark.parametrize(("language", "says"), [("en", "after 3 of 9 steps"), ("ko", "9단계 중 3단계에서")])
def test_a_long_loop_ends_when_its_time_is_up_and_says_so(
    checker: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, says: str
) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(checker.time, "monotonic", lambda: float(next(clock)))
    checker.check.language = language
    assert list(checker.in_time(range(9), seconds=3)) == [0, 1, 2]
    assert says in capsys.readouterr().out
    assert list(checker.in_time("ab", seconds=30)) == ["a", "b"]
    assert capsys.readouterr().out == ""


def test_an_exception_names_its_line(student: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    exec("def normalize_adj(A):\n    print('here')\n    return A @ A[0, 0, 0]", student)
    said = say(student, "check(normalize_adj)", capsys)
    assert "IndexError" in said
    assert "normalize_adj, line 3" in said
    assert "| here" in said


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (
            "A += torch.eye(len(A), dtype=A.dtype)\n    d = A.sum(1).rsqrt()\n    return d[:, None] * A * d",
            "changed its input A",
        ),
        ("return right(A) + torch.rand(1, dtype=A.dtype)", "two different answers"),
        ("return right(A).float()", "dtype float64, but has float32"),
        ("return right(A)[:1]", "should have shape"),
        ("return right(A).numpy()", "should be torch.Tensor"),
        ("return None", "but is None"),
        ("return right(A) / 0", "NaN or infinity"),
    ],
)
def test_form_purity_and_determinism(
    checker: ModuleType, student: dict[str, Any], capsys: pytest.CaptureFixture[str], body: str, says: str
) -> None:
    exec(f"right = normalize_adj\ndef normalize_adj(A):\n    {body}", student)
    assert says in say(student, "check(normalize_adj)", capsys)
    assert "0 of 2" in html_of(checker, student, "normalize_adj")


def test_a_broken_gradient_is_told(student: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    exec("right = euler\ndef euler(*args):\n    return right(*args).detach()", student)
    said = say(student, "check(euler)", capsys)
    assert "0 of 2" in said
    assert "gradient" in said


def test_html_escapes_what_students_print(checker: ModuleType, student: dict[str, Any]) -> None:
    exec("def normalize_adj(A):\n    print('<script>x</script>')\n    raise ValueError('<b>')", student)
    page = html_of(checker, student, "normalize_adj")
    assert "<script>" not in page
    assert "<b>'" not in page
    assert "&lt;script&gt;" in page


def test_a_wrapped_function_is_known_by_the_name_it_stands_under(
    student: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    exec("import functools\nnormalize_adj = functools.partial(normalize_adj)", student)
    assert "2 of 2" in say(student, "check(normalize_adj)", capsys)


def test_an_unknown_function_is_told_the_known_ones(
    student: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "normalize_adj, euler" in say(student, "check('normalise_adj')", capsys)


def test_without_its_cases_the_checker_says_what_to_do(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "checker.py").write_bytes((folder / "checker.py").read_bytes())
    module = load(tmp_path)
    module.check("euler")
    assert "visible.npz is not beside checker.py" in capsys.readouterr().out
    (tmp_path / "visible.npz").write_bytes(b"not a zip")
    module.check("euler")
    assert "cannot be read" in capsys.readouterr().out
    del sys.modules["checker"]


@pytest.mark.parametrize(
    ("language", "says"), [("en", "PyTorch is not installed here"), ("ko", "PyTorch가 설치되어 있지 않아")]
)
def test_without_torch_it_says_so_once_and_blames_nobody(
    folder: Path, tmp_path: Path, language: str, says: str
) -> None:
    program = (
        "import sys\nsys.modules['torch'] = None\nfrom checker import check, ready\n"
        f"check.language = {language!r}\n"
        "def normalize_adj(A):\n    return A\n"
        "check(normalize_adj)\nprint(ready(normalize_adj))\ncheck.all()\ncheck('euler')\n"
    )
    for name in ("checker.py", "visible.npz"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "notebook.py").write_text(program, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "notebook.py"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True
    )
    said, *rest = result.stdout.splitlines()
    assert says in said
    assert rest == ["False"]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.filterwarnings("ignore")
def test_a_released_notebook_runs_from_top_to_bottom(mini: Assignment, folder: Path, language: str) -> None:
    import nbclient
    import nbformat

    solutions = {cell.task: cell.source for cell in mini.cells if cell.role == "task"}
    for solved in (False, True):
        book = nbformat.read(folder / f"mini.{language}.ipynb", as_version=4)
        for cell in book.cells:
            if solved and cell.metadata.autograder.role == "task":
                cell.source = solutions[cell.metadata.autograder.task]
        resources = {"metadata": {"path": str(folder)}}
        nbclient.NotebookClient(book, timeout=120, kernel_name="python3", resources=resources).execute()
        pages = [o.data.get("text/html", "") for c in book.cells for o in c.get("outputs", []) if "data" in o]
        assert sum("'ag-b ag-ok'>✓ 2" in page or "'ag-b ag-ok'>✓ 공개" in page for page in pages) == (
            2 if solved else 0
        )
