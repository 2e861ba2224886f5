"""What strangers' files and values do to the grader's own process: it takes little time and memory, and never falls over.

Names, archives, notebooks, forged values. The sandbox has no part in it.
"""

from __future__ import annotations

import io
import json
import resource
import shutil
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.course.assignment import Assignment, load_assignment
from autograder.course.cases import make_cases
from autograder.errors import PlatformError, SubmissionError
from autograder.grading.compare import compare
from autograder.grading.diagnose import Observation, diagnose
from autograder.grading.findings import Findings, Provenance
from autograder.grading.reference import Reference
from autograder.grading.score import score_task
from autograder.grading.verdicts import case_verdict
from autograder.guest import wire
from autograder.guest.wire import Array, Opaque, Sparse
from autograder.notebooks.reader import read_notebook
from autograder.pipeline.class_run import folder_store
from autograder.pipeline.worker import Job, SubmissionWorker
from autograder.report.html import TEMPLATES
from autograder.sandbox.cache import PackedCalls, ReplyCache
from autograder.sandbox.channel import Frame
from autograder.sandbox.interface import Cell, CellOutcome, ErrorInfo, FunctionCall, Limits, Outcome, Program, Status
from autograder.sandbox.run import ProgramRun as Run
from autograder.submissions.collect import Submission, collect
from autograder.submissions.prepare import prepare
from tests.report_json import report_data, staff_index, student_html, summary, write_grades_csv

TARGET = Path(__file__).parent / "course" / "solutions" / "66-hostile"
MINI = Path(__file__).parents[1] / "fixtures" / "course"
GIB = 1 << 30
SOFTMAX = "def softmax_rows(X):\n    return X\n"


@pytest.fixture(scope="module")
def target() -> Assignment:
    return load_assignment(TARGET)


@pytest.fixture(autouse=True)
def little_memory() -> Iterator[None]:
    """Room for what a submission may take; whoever asks for more gets a MemoryError, and the test fails."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm", encoding="ascii") as file:
        size = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + 2 * GIB, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


def within(seconds: float, action: Callable[[], Any]) -> Any:
    """The result of an action that must not take long: a bound that tells linear from quadratic, not fast from slow."""
    started = time.process_time()
    result = action()
    assert time.process_time() - started < seconds
    return result


# -- notebooks -------------------------------------------------------------------------------------------------------


def notebook(*cells: dict[str, Any], **more: Any) -> bytes:
    code = [{"cell_type": "code", "metadata": {}, "outputs": [], **cell} for cell in cells]
    return json.dumps({"cells": code, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}).encode()


def outputs_of_100_mb() -> bytes:
    data = b'{"cells": [{"cell_type": "code", "source": "x", "outputs": [{"data": {"image/png": "'
    return data + b"A" * (100 << 20) + b'"}}]}], "nbformat": 4}'


READABLE = {
    "duplicate ids": notebook({"id": "a", "source": SOFTMAX}, {"id": "a", "source": "1"}),
    "ids of others": notebook({"id": "provided-1", "source": SOFTMAX}, {"id": 7, "source": "2"}),
    "duplicate keys": b'{"cells": 5, "cells": [{"cell_type": "code", "source": "def softmax_rows(X): pass"}], "nbformat": 4}',
    "deleted given cells": notebook({"source": SOFTMAX}),
    "edited given cells": notebook({"source": "def doubled(X):\n    raise SystemExit"}, {"source": SOFTMAX}),
    "outputs of 40 MB": notebook({"source": SOFTMAX, "outputs": [{"text": "x" * (40 << 20)}]}),
    "metadata as code": notebook({"source": SOFTMAX, "metadata": {"autograder": {"key": ["x"]}, "nbgrader": 5}}),
    "hooks in metadata": notebook({"source": SOFTMAX}, metadata={"kernelspec": {"argv": ["rm", "-rf", "/"], "language": "python"}}),
    "attributes": notebook({"source": SOFTMAX + "x = a" + ".a" * 1400}),
    "brackets": notebook({"source": SOFTMAX}, {"source": "(" * 200_000}),
    "quotes": notebook({"source": SOFTMAX}, {"source": "'''" * 60_000}),
    "imports on one line": notebook({"source": SOFTMAX}, {"source": "import " * 100_000}),
    "names on one line": notebook({"source": SOFTMAX}, {"source": "softmax_rows," * 50_000}),
    "spaces": notebook({"source": SOFTMAX}, {"source": "!" + " " * 200_000 + "\n" * 200_000}),
    "magics": notebook({"source": SOFTMAX}, {"source": "%%time\n" * 30_000}),
    "shell lines": notebook({"source": SOFTMAX}, {"source": "x = !ls\n" * 30_000}),
    "assignments": notebook({"source": SOFTMAX}, {"source": "a," * 120_000 + "= !x"}),
    "surrogates": b'{"cells": [{"cell_type": "code", "source": "def softmax_rows(X): return \'\\ud800\'"}], "nbformat": 4}',
    "nul": notebook({"source": SOFTMAX + "#\0"}),
}  # fmt: skip


@pytest.mark.parametrize("content", READABLE.values(), ids=READABLE)
def test_a_notebook_that_can_be_read(target: Assignment, content: bytes) -> None:
    prepared = within(30, lambda: prepare(Submission("kim", "kim.ipynb", content), target))
    assert prepared.program.cells[-1].name.startswith(
        "given cell"
    )  # what was given is given, whatever stands before it
    assert "return 2 * X" in prepared.program.cells[-1].source


UNREADABLE = {
    "outputs of 100 MB": outputs_of_100_mb,
    "a million cells": lambda: b'{"cells": [' + b'{"cell_type":"code","source":"x"},' * 1_000_000 + b"{}]}",
    "five thousand cells and one": lambda: notebook(*({"source": "x"} for _ in range(5001))),
    "megabytes of code": lambda: notebook({"source": SOFTMAX}, {"source": "x = 1\n" * 300_000}),
    "deep JSON": lambda: b"[" * 100_000,
    "deep metadata": lambda: b'{"cells": [], "metadata": ' + b'{"a":' * 90_000 + b"1" + b"}" * 90_000 + b"}",
    "a long number": lambda: b'{"cells": [], "nbformat": ' + b"9" * 1_000_000 + b"}",
    "no JSON": lambda: b"\x80\x02" * 1000,
    "half": lambda: notebook({"source": SOFTMAX})[:-20],
    "cells of numbers": lambda: b'{"cells": [1, 2, 3], "nbformat": 4}',
    "a source of numbers": lambda: notebook({"source": [1, 2]}),
    "another kernel": lambda: notebook({"source": SOFTMAX}, metadata={"language_info": {"name": "R"}}),
    "a web page": lambda: b"<!DOCTYPE html><script>alert(1)</script>",
    "an archive": lambda: zipped({"kim.ipynb": b"{}"}),
    "a pickle": lambda: b"\x80\x04cos\nsystem\n(S'touch planted'\ntR.",
    "nothing": lambda: b"",
}  # fmt: skip


@pytest.mark.parametrize("make", UNREADABLE.values(), ids=UNREADABLE)
def test_a_notebook_that_cannot_be_read_is_told_so(target: Assignment, make: Callable[[], bytes]) -> None:
    content = make()
    with pytest.raises(SubmissionError) as caught:
        within(30, lambda: prepare(Submission("kim", "kim.ipynb", content), target))
    assert caught.value.remedy


PYTHON_FILES = {
    "a word": b"# %% " + b"a" * 400_000,
    "pairs": b"# %% " + b'a=["a=' * 100_000,
    "marks": b"# %%\n" * 4000 + b"x",
    "blank": b"#\n" + b"\n" * 800_000,
    "nbconvert": (b"# In[" + b" " * 2000 + b"\n") * 300,
}


@pytest.mark.parametrize("content", PYTHON_FILES.values(), ids=PYTHON_FILES)
def test_a_python_file(content: bytes) -> None:
    within(10, lambda: read_notebook(content, "kim.py"))


# -- archives --------------------------------------------------------------------------------------------------------


def zipped(files: dict[str, bytes], **attributes: int) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = attributes.get(name, 0o644 << 16)
            archive.writestr(info, content)
    return buffer.getvalue()


GOOD = notebook({"source": SOFTMAX})
BOMB = zipped({"a": bytes(60 << 20)})
ARCHIVES = {
    "slip": zipped({"../../../planted.ipynb": GOOD, "kim.ipynb": GOOD}),
    "slip for Windows": zipped({"..\\..\\planted.ipynb": GOOD, "C:\\planted.ipynb": GOOD, "kim.ipynb": GOOD}),
    "absolute": zipped({"/tmp/planted.ipynb": GOOD, "kim.ipynb": GOOD}),
    "link": zipped({"kim.ipynb": GOOD, "lee.ipynb": b"/etc/shadow"}, **{"lee.ipynb": 0o120777 << 16}),
    "link to a folder": zipped({"kim.ipynb": GOOD, "all": b"../../solutions", "all/x.ipynb": GOOD}, all=0o120777 << 16),
    "bomb": zipped({"kim.ipynb": GOOD, "lee.ipynb": bytes(300 << 20)}),
    "nested": zipped({"kim.ipynb": GOOD, "lee.zip": BOMB}),
    "many": zipped({"kim.ipynb": GOOD, **{f"x/{n}": b"" for n in range(20_000)}}),
    "deep": zipped({"kim.ipynb": GOOD, "a/" * 2000 + "lee.ipynb": GOOD}),
    "long names": zipped({"kim.ipynb": GOOD, "a" * 5000 + ".ipynb": GOOD}),
    "odd names": zipped({"kim.ipynb": GOOD, "\u202egpj.ipynb": GOOD, "con.ipynb": GOOD, "<b>.ipynb": GOOD, "=1+1.ipynb": GOOD, "\x1b[2J.ipynb": GOOD}),
}  # fmt: skip


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive(name: str, tmp_path: Path) -> None:
    inside = tmp_path / "inbox"
    inside.mkdir()
    (inside / "class.zip").write_bytes(ARCHIVES[name])
    found = within(30, lambda: collect([inside / "class.zip"], slug="66-hostile", notebook="target"))
    contents = {}
    for submission in found.submissions:
        try:
            contents[submission.student] = submission.load()
        except SubmissionError:
            continue
    assert contents["kim"] == GOOD
    assert not any(b"root:" in content for content in contents.values())
    assert all(content == GOOD for content in contents.values())
    for student in contents:  # becomes the name of a file
        assert not set(student) & set('/\\:*?"<>|\x1b\u202e')
        assert len(student.encode()) < 200
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["class.zip"]
    assert not any("planted" in str(submission.student) for submission in found.submissions)


def test_an_archive_that_lies_about_its_sizes(tmp_path: Path) -> None:
    content = bytearray(zipped({"kim.ipynb": bytes(80 << 20)}))
    place = content.rindex(b"PK\x01\x02") + 24
    content[place : place + 4] = struct.pack("<I", 100)
    (tmp_path / "class.zip").write_bytes(content)
    (submission,) = collect([tmp_path / "class.zip"], slug="66-hostile").submissions
    try:
        assert len(submission.load()) <= 50 << 20 | 1
    except SubmissionError:
        pass


def test_links_and_devices_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "kim.ipynb").write_bytes(GOOD)
    (tmp_path / "lee.ipynb").symlink_to("/etc/shadow")
    (tmp_path / "han").symlink_to("/etc")
    __import__("os").mkfifo(tmp_path / "min.ipynb")
    found = collect([tmp_path], slug="66-hostile")
    assert [submission.student for submission in found.submissions] == ["kim"]
    assert len(found.problems) == 3


# -- values ----------------------------------------------------------------------------------------------------------


def monsters() -> dict[str, Any]:
    """Specs that a child could forge: all that `wire` lets through, at its strangest."""
    zeros = Array(np.zeros((0, 3, 4)))
    return {
        "an empty first axis": zeros,
        "a wide nothing": Array(np.zeros((1 << 28, 0))),
        "thirty axes": Array(np.zeros((1,) * 30)),
        "a sparse point": Sparse(Array(np.zeros(2, np.int64)), Array(np.float64(1).reshape(())), (2,)),
        "a sparse giant": Sparse(Array(np.full((2, 1), 1 << 60)), Array(np.ones(1)), (1 << 28, 1 << 28)),
        "negative indices": Sparse(Array(np.full((2, 1), -5)), Array(np.ones(1)), (2, 3)),
        "a key of a megabyte": {"k" * 1_000_000: [None] * 20_000},
        "keys of all kinds": {None: 1, True: 2, 1.5: 3, ("a", 1): 4, "": 5},
        "long numbers": [10**1200, -(10**1200), float("inf"), float("nan"), 1e308 * 10],
        "complex": complex(float("nan"), float("inf")),
        "complex array": Array(np.full((2, 3), 1 + 2j)),
        "NaN": Array(np.full((2, 3), np.nan)),
        "infinity": Array(np.full((2, 3), -np.inf)),
        "truth": Array(np.ones((2, 3), bool)),
        "smallest": Array(np.full((2, 3), 5e-324)),
        "largest": Array(np.full((2, 3), 1.7e308)),
        "unsigned": Array(np.full((2, 3), 2**64 - 1, np.uint64)),
        "texts": ["<script>", "\x1b[31m", "\u202e", "=1+1", "\0", "x" * 900_000],
        "opaque": Opaque("<script>" * 20, "x" * 2000),
        "a nest": [[[[[[[[[[{"a": ({"b": [zeros]},)}]]]]]]]]]],
        "many": [zeros] * 5000,
        "nothing": None,
        "a tuple of the right length": (1, 2, 3),
    }


MONSTERS = monsters()


@pytest.mark.parametrize("name", MONSTERS)
def test_any_value_can_be_graded_and_shown(target: Assignment, name: str) -> None:
    """As value, as second result, as inputs afterwards, as gradient; alone, in a tuple and in a dict."""
    value = MONSTERS[name]
    spec, buffers = wire.pack(value)
    value = wire.unpack(spec, [memoryview(b) for b in buffers])
    cases = make_cases(target, b"x")
    reference = honest_reference(target)
    for shape in (value, (value, value, value), (Array(np.zeros(2)), 1.0, {"rows": value, "top": value})):
        outcomes = {
            case.id: Outcome(case.id, Status.RETURNED, shape, shape, (shape, shape), (shape,)) for case in cases
        }
        data = within(20, lambda outcomes=outcomes: graded(target, cases, reference, outcomes))  # type: ignore[misc]
        assert data["score"] <= 2  # form at most
        json.dumps(data, allow_nan=False)
        for language in ("en", "ko"):
            page = within(20, lambda language=language, data=data: student_html(data, language))  # type: ignore[misc]
            assert not any(mark in page for mark in ("<script", "\x1b", "\u202e"))
            assert len(page) < 3_000_000


def honest_reference(target: Assignment) -> Reference:
    """What the solution gives, by numpy: no sandbox takes part."""
    outcomes = {}
    for case in make_cases(target, b"x"):
        X = case.args[0].data  # type: ignore[union-attr]
        E = np.exp(X - X.max(1, keepdims=True))
        value: Any = Array(E / E.sum(1, keepdims=True))
        if case.function == "summary":
            top = np.argsort(-X.sum(1), kind="stable")[: case.args[1]]  # type: ignore[misc]
            value = (Array(X.mean(0)), float(X.sum()), {"rows": len(X), "top": Array(top)})
        gradient = (Array(np.ones(X.shape)),) if case.check.gradient else ()
        outcomes[case.id] = Outcome(case.id, Status.RETURNED, value, value, case.args, gradient)
    return Reference(outcomes, {})


def graded(target: Assignment, cases: Any, reference: Reference, outcomes: dict[int, Outcome]) -> Any:
    verdicts = {case.id: case_verdict(case, reference, outcomes[case.id]) for case in cases}
    tasks, diagnoses = [], {}
    for task in target.tasks:
        mine = [case for case in cases if case.task == task.name]
        tasks.append(score_task(task, [(c, [verdicts[k.id] for k in mine if k.check is c]) for c in task.checks]))
        seen = [Observation(c, reference.outcomes[c.id], outcomes[c.id], verdicts[c.id].right) for c in mine]
        found = diagnose(seen, [])
        if found is not None:
            diagnoses[task.name] = found
    provenance = Provenance("", "", "", "", "", "", {}, "2027-01-01T00:00:00+00:00", "cpu")
    by_id = {case.id: case for case in cases}
    return report_data(
        Findings(
            target.slug, target.title, "kim", None, "graded", tuple(tasks), by_id, reference.outcomes, diagnoses, (), (),
            (), (), None, provenance, 0.0,
        )
    )  # fmt: skip


def test_colliding_keys_are_refused() -> None:
    """Python's hash of an int is its remainder: a dict of multiples takes the square of its size."""
    spec = ["{", *([["i", str(n * ((1 << 61) - 1))], None] for n in range(49_000))]
    with pytest.raises(wire.WireError, match="key"):
        within(5, lambda: wire.unpack(spec, []))
    with pytest.raises(wire.WireError, match="key"):
        wire.unpack(["{", [["(", ["i", str(1 << 61)]], None]], [])


def test_complex_for_real_is_no_match() -> None:
    from autograder.authoring import T1

    wrong = compare(Array(np.ones(3)), Array(np.ones(3) + 0j), T1)
    assert [m.kind for m in wrong.mismatches] == ["dtype"]


def test_a_value_of_nothing_but_lists_is_not_held() -> None:
    """What is kept of one submission's answers for the next ones has an end, whatever these are made of."""
    answers, lists = ReplyCache(), wire.pack({"value": [[]] * 5000})[0]
    for number in range(3):
        head = {"op": "call", "id": number, "value": lists, "status": "returned", "threads": 0, "seconds": 0.5}
        data = wire.frame(head)[wire.PREFIX.size :]
        answer = answers.read(Frame(data, b""), FunctionCall(number, "f", "f", ()), 1000)
        assert answer.outcome.value == [[]] * 5000
    assert len(answers.known) == 0
    assert not answers.layouts._known


def test_missing_functions_are_explained_in_little_time() -> None:
    """Each missing call asks which cell should have had the function."""
    cells = tuple(Cell(f"x = [{'0,' * 30_000}]\nraise {n}", f"cell {n}") for n in range(10))
    calls = [FunctionCall(n, "f", "f", ()) for n in range(50)]
    run = Run(Program(cells), calls, Limits(), PackedCalls(), ReplyCache())
    run.cells = {n: CellOutcome(n, Status.RAISED, ErrorInfo("E", "")) for n in range(10)}
    within(30, lambda: [run._explained(call, Outcome(call.id, Status.MISSING)) for call in calls])


def test_a_slip_of_the_grader_costs_one_submission_its_report_and_the_class_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stumbling:
        def grade(self, submission: Submission) -> Findings:
            raise IndexError("nobody thought of this")

    worker = SubmissionWorker(Job(TARGET, folder_store(tmp_path, b"x"), b"x"))
    worker.grader = Stumbling()  # type: ignore[assignment]
    with pytest.raises(PlatformError, match=r"IndexError: nobody thought of this \(test_host.py:\d+\)") as caught:
        worker.run(Submission("kim", "kim.ipynb", b"{}"))
    assert "kim.ipynb" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


# -- a course of somebody else's -------------------------------------------------------------------------------------


def test_a_course_that_a_stranger_left_in_a_shared_folder_is_not_run(tmp_path: Path) -> None:
    shared, marker = tmp_path / "shared", tmp_path / "was-run"
    shutil.copytree(MINI, shared)
    for checks in shared.glob("solutions/*/checks.py"):
        checks.write_text(f"open({str(marker)!r}, 'w').close()\n{checks.read_text(encoding='utf-8')}", encoding="utf-8")
    own = shared / "own"
    own.mkdir()
    (own / "pile").mkdir()
    shared.chmod(0o1777)
    grade = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        "10-mini",
        "pile",
        "--out",
        "out",
        "--sandbox",
        "process",
    ]
    done = subprocess.run(grade, cwd=own, capture_output=True, text=True)
    assert done.returncode == 2
    assert "--course DIR" in done.stderr
    assert not marker.exists()
    subprocess.run([*grade, "--course", shared], cwd=own, capture_output=True)
    assert marker.exists()  # the trap is sharp: who asks for this course runs it


# -- names and tables ------------------------------------------------------------------------------------------------

NAMES = ["<script>alert(1)</script>", "=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", "\u202egnp", "\x1b[2J", "../../x", "a\r\nb,c", "javascript:x", "＝1"]  # fmt: skip


def test_names_in_pages_and_tables(target: Assignment) -> None:
    entries = []
    for name in NAMES:
        data = graded(target, (), Reference({}, {}), {})
        data = {**data, "student": name, "tasks": []}
        page = student_html(data, "en")
        assert not any(mark in page for mark in ("<script", "\x1b", "\u202e"))
        entries.append(summary(data))
    page = staff_index(
        entries, problems=[(name, name) for name in NAMES], failures=[(n, n) for n in NAMES], assignment=target
    )
    page = page.replace(f"<script>{(TEMPLATES / 'tables.js').read_text(encoding='utf-8')}</script>", "")  # our own
    assert not any(mark in page for mark in ("<script", "\x1b", "\u202e", 'href="javascript'))
    table = write_grades_csv(entries, [(name, name) for name in NAMES], target.slug, 20)
    import csv

    rows = list(csv.reader(io.StringIO(table, newline="")))
    assert len(rows) == 1 + 2 * len(NAMES)
    for row in rows:
        for cell in row:
            assert not cell.lstrip().startswith(("=", "+", "-", "@", "＝"))
            assert not set(cell) & set("\x1b\u202e\r\n")
