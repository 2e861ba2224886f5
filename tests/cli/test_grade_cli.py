"""`autograder grade` from outside, as a teaching assistant runs it: files, exit codes, bad input, resuming."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.course.assignment import load_assignment
from autograder.course.cases import Case, make_cases
from autograder.guest.wire import Array
from tests.contract.conftest import passable_python  # noqa: F401  a fixture
from tests.paths import ROOT

FIXTURE = ROOT / "tests" / "fixtures" / "course"
SECRET = b"a secret for these tests alone"
NOBODY = 65534

NORMALIZE = """\
def normalize_adj(A):
    A = A + torch.eye(len(A), dtype=A.dtype)
    d = A.sum(1) ** -0.5
    return d[:, None] * A * d"""
ROWS = """\
def normalize_adj(A):
    A = A + torch.eye(len(A), dtype=A.dtype)
    return A / A.sum(dim=1, keepdim=True)"""
EULER = """\
def euler(f, x0, h, steps):
    path = [x0]
    for _ in range(steps):
        path.append(path[-1] + h * f(path[-1]))
    return torch.stack(path)"""


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str

    @property
    def text(self) -> str:
        return self.out + self.err


def run(*args: object, cwd: Path | None = None, **env: str) -> Run:
    """The command in a process of its own, its output in pipes."""
    return finished(command(*args), cwd, env)


def finished(command: Sequence[str], cwd: Path | None, env: dict[str, str]) -> Run:
    done = subprocess.run(command, cwd=cwd, env={**os.environ, **env}, capture_output=True, timeout=300)
    return Run(done.returncode, done.stdout.decode(), done.stderr.decode())


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "autograder", *map(str, args)]


def grading(course: Path, paths: Sequence[Path], out: Path, *more: object) -> list[object]:
    return [
        "grade", "10-mini", *paths, "--out", out, "--course", course, "--seed-file", course / "seed",
        "--sandbox", "process", *more,
    ]  # fmt: skip


def notebook(*sources: str) -> bytes:
    cells = [
        {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
        for source in ("import torch", *sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def make_class(folder: Path, **students: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for student, content in students.items():
        (folder / f"{student}.ipynb").write_bytes(content)
    return folder


def make_course(root: Path) -> Path:
    shutil.copytree(FIXTURE, root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "seed").write_bytes(SECRET)
    return root


def reports(out: Path) -> dict[str, dict[str, Any]]:
    """Every report by student, without what tells one run from another."""
    found = {}
    for path in out.glob("*.json"):
        data = json.loads(path.read_text(encoding="utf-8"))
        for key in ("graded_at", "outcomes", "signature"):  # these know of times
            data["provenance"].pop(key)
        data.pop("seconds")
        found[path.stem] = data
    return found


def scores(out: Path) -> dict[str, str]:
    with open(out / "grades.csv", encoding="utf-8", newline="") as file:
        return {row["student"]: row["score"] for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("course") / "mini")


# -- a class ---------------------------------------------------------------------------------------------------------


@dataclass
class Class:
    course: Path
    pile: Path
    out: Path
    run: Run


@pytest.fixture(scope="module")
def graded(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Class:
    """Four students, one of them by zip's other name, graded with one worker."""
    pile = make_class(
        tmp_path_factory.mktemp("pile") / "hw10",
        kim=notebook(NORMALIZE, EULER),
        lee=notebook(ROWS, EULER),
        김서연=notebook(NORMALIZE.replace("** -0.5", "** 0.5")),
        half=notebook(NORMALIZE, "def euler(f, x0, h, steps):\n    raise NotImplementedError"),
    )
    out = tmp_path_factory.mktemp("out") / "reports"
    return Class(course, pile, out, run(*grading(course, [pile], out)))


pytestmark = pytest.mark.xdist_group("grade_cli")


@pytest.mark.slow
def test_a_class_is_graded(graded: Class) -> None:
    assert graded.run.code == 0, graded.run.err
    # lee: rows of weighted graphs (3 + 3), the constant graph among the edges is regular: kept (2), float32 1 lost
    assert scores(graded.out) == {"kim": "20", "lee": "13", "half": "12", "김서연": "2"}
    assert "4 graded, 0 not read, 0 failed" in graded.run.out
    assert str(graded.out / "index.html") in graded.run.out


@pytest.mark.slow
def test_both_languages_of_every_report_are_there(graded: Class) -> None:
    for student in ("kim", "lee", "half", "김서연"):
        english = (graded.out / f"{student}.html").read_text(encoding="utf-8")
        korean = (graded.out / f"{student}.ko.html").read_text(encoding="utf-8")
        assert 'lang="en"' in english
        assert 'lang="ko"' in korean
        assert len(re.findall("[가-힣]", korean)) > 50
    assert "You divided each row by its sum" in (graded.out / "lee.html").read_text(encoding="utf-8")
    assert "각 행을 그 합으로 나누었습니다" in (graded.out / "lee.ko.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_piped_output_is_plain_text(graded: Class) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\x9b]", graded.run.text)
    assert "grading 10-mini: 4/4" in graded.run.err


@pytest.mark.slow
def test_two_workers_grade_as_one(graded: Class, tmp_path: Path) -> None:
    done = run(*grading(graded.course, [graded.pile], tmp_path, "--jobs", 2))
    assert done.code == 0, done.err
    assert reports(tmp_path) == reports(graded.out)
    assert (tmp_path / "grades.csv").read_bytes() == (graded.out / "grades.csv").read_bytes()


@pytest.mark.slow
def test_a_zip_is_graded_as_the_folder_in_it(graded: Class, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "hw10.zip", "w") as archive:
        for path in graded.pile.iterdir():
            archive.write(path, f"hw10/{path.name}")
    done = run(*grading(graded.course, [tmp_path / "hw10.zip"], tmp_path / "out"))
    assert done.code == 0, done.err
    mine, other = reports(tmp_path / "out"), reports(graded.out)
    for report in [*mine.values(), *other.values()]:
        report.pop("submitted")  # a zip rounds to two seconds
    assert mine == other


# -- hidden values ---------------------------------------------------------------------------------------------------


def numbers_of(cases: Sequence[Case]) -> set[float]:
    values = set()
    for case in cases:
        for arg in case.args:
            if isinstance(arg, Array):
                values |= {float(x) for x in np.asarray(arg.data, dtype=np.float64).ravel()}
            elif isinstance(arg, float):
                values.add(arg)
    return {x for x in values if x != round(x, 2)}  # 0, 1, 0.5 and the like are everybody's


def as_written(value: float) -> set[str]:
    """The ways in which a number may stand in a report, from four digits on."""
    ways = {repr(value), *(f"{value:.{digits}g}" for digits in range(4, 17)), *(f"{value:.{d}f}" for d in range(4, 10))}
    return {way.lstrip("-") for way in ways if len(way.lstrip("-0.").replace(".", "")) >= 4}


def numbers_in(out: Path) -> set[str]:
    text = " ".join(
        path.read_text(encoding="utf-8") for path in [*out.glob("*.html"), *out.glob("*.json"), *out.glob("*.csv")]
    )
    return set(re.findall(r"\d+\.\d+(?:e[+-]?\d+)?", text))


@pytest.mark.slow
def test_hidden_values_appear_nowhere(graded: Class) -> None:
    """The inputs of hidden cases are in no file; those of a failed visible case are, so the search would find them."""
    assignment = load_assignment(graded.course / "solutions" / "10-mini")
    cases = make_cases(assignment, SECRET)
    found = numbers_in(graded.out)
    visible = numbers_of([case for case in cases if case.check.visible and case.task == "normalize_adj"])
    hidden = numbers_of([case for case in cases if not case.check.visible]) - visible
    assert len(hidden) > 100
    shown = [value for value in visible if as_written(value) & found]
    assert len(shown) > 5  # the control: these may be seen
    # Four digits meet by chance; five and more do not, with this secret.
    leaked = [value for value in hidden if {way for way in as_written(value) if len(way.replace(".", "")) > 5} & found]
    assert leaked == []


@pytest.mark.slow
def test_reports_say_nothing_of_the_machine(graded: Class) -> None:
    for path in [*graded.out.glob("*.html"), *graded.out.glob("*.json")]:
        text = path.read_text(encoding="utf-8")
        assert SECRET.decode() not in text
        assert str(graded.course) not in text
        assert str(graded.out) not in text


# -- going on --------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_second_run_keeps_everything_and_grades_only_what_changed(course: Path, tmp_path: Path) -> None:
    pile = make_class(tmp_path / "pile", kim=notebook(NORMALIZE, EULER), lee=notebook(ROWS), park=notebook(EULER))
    out = tmp_path / "out"
    assert run(*grading(course, [pile], out)).code == 0
    first = stamps(out)

    again = run(*grading(course, [pile], out))
    assert again.code == 0
    assert "3 graded (3 from an earlier run)" in again.out
    assert stamps(out) == first

    make_class(pile, lee=notebook(NORMALIZE))
    changed = run(*grading(course, [pile], out))
    assert "3 graded (2 from an earlier run)" in changed.out
    assert {name for name, stamp in stamps(out).items() if stamp != first[name]} == {"lee.json"}
    assert scores(out) == {"kim": "20", "lee": "12", "park": "8"}

    anew = run(*grading(course, [pile], out, "--again"))
    assert "from an earlier run" not in anew.out
    assert all(stamp != first[name] for name, stamp in stamps(out).items())


def stamps(out: Path) -> dict[str, tuple[int, int]]:
    return {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in out.glob("*.json")}


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_an_interrupted_run_goes_on_where_it_ended(course: Path, tmp_path: Path, jobs: int) -> None:
    slow = "import time\ntime.sleep(0.4)"
    students = {f"s{i}": notebook(slow, NORMALIZE if i % 2 else ROWS, EULER) for i in range(8)}
    pile = make_class(tmp_path / "pile", **students)
    calm = run(*grading(course, [pile], tmp_path / "calm"))
    assert calm.code == 0, calm.err

    out = tmp_path / "out"
    process = subprocess.Popen(
        command(*grading(course, [pile], out, "--jobs", jobs)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while len(list(out.glob("s*.json"))) < 2 and process.poll() is None:
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)  # Ctrl-C reaches the whole foreground group
    output = b"".join(process.communicate(timeout=60)).decode()
    assert process.returncode == 130, output
    assert "run the same command again" in output
    assert "Traceback" not in output
    kept = stamps(out)
    assert 2 <= len(kept) < 8

    done = run(*grading(course, [pile], out, "--jobs", jobs))
    assert done.code == 0, done.err
    assert f"({len(kept)} from an earlier run)" in done.out
    assert {name: stamp for name, stamp in stamps(out).items() if name in kept} == kept
    assert reports(out) == reports(tmp_path / "calm")
    assert (out / "grades.csv").read_bytes() == (tmp_path / "calm" / "grades.csv").read_bytes()
    assert {path.name for path in out.iterdir()} == {path.name for path in (tmp_path / "calm").iterdir()}


# -- submissions that cannot be read: exit 3, and the others are graded ------------------------------------------------


@pytest.mark.slow
def test_what_cannot_be_read_is_said_and_the_others_are_graded(course: Path, tmp_path: Path) -> None:
    pile = make_class(
        tmp_path / "pile",
        broken=notebook(NORMALIZE)[:80],
        empty=b"",
        other=notebook("def lstm_step(x, h, c):\n    return h, c"),
        kim=notebook(NORMALIZE, EULER),
    )
    (pile / "twice").mkdir()
    (pile / "twice" / "mini.ipynb").write_bytes(notebook(NORMALIZE))
    (pile / "twice.ipynb").write_bytes(notebook(EULER))
    older = time.time() - 3600
    os.utime(pile / "twice.ipynb", (older, older))
    (pile / "nothing").mkdir()
    done = run(*grading(course, [pile, tmp_path / "mising.zip"], tmp_path / "out"))
    assert done.code == 3
    lines = [line for line in done.err.splitlines() if line.startswith("not read: ")]
    for who, what in (
        ("broken", "save it and hand it in again"),
        ("empty", "the file is empty"),
        ("other", "another assignment"),
        ("nothing", "Ask the student for the .ipynb file"),
        ("mising.zip", "Check the spelling"),
    ):
        assert len([line for line in lines if who in line and what in line]) == 1, (who, done.err)
    assert "Traceback" not in done.err
    assert "2 graded, 5 not read, 0 failed" in done.out
    assert scores(tmp_path / "out") == {"broken": "", "empty": "", "other": "", "kim": "20", "twice": "12"}
    page = (tmp_path / "out" / "other.ko.html").read_text(encoding="utf-8")
    assert "다른 과제의 노트북" in page


def test_an_empty_folder(course: Path, tmp_path: Path) -> None:
    (tmp_path / "pile").mkdir()
    done = run(*grading(course, [tmp_path / "pile"], tmp_path / "out"))
    assert done.code == 3
    assert "holds no notebook. Is this the right folder?" in done.err
    assert (tmp_path / "out" / "index.html").exists()


# -- usage: exit 2, one line, the remedy in it ---------------------------------------------------------------------------


def one_line(done: Run) -> str:
    assert done.err.count("\n") == 1, done.err
    assert done.err.startswith("autograder: ")
    return done.err


def test_no_course(tmp_path: Path) -> None:
    pile = make_class(tmp_path / "pile", kim=notebook(NORMALIZE))
    done = run("grade", "10-mini", pile, "--out", tmp_path / "out", cwd=tmp_path)
    assert done.code == 2
    assert "there is no course.yml here or above" in one_line(done)
    assert "--course" in done.err
    assert not (tmp_path / "out").exists()


def test_a_typo_in_course_yml(tmp_path: Path) -> None:
    root = make_course(tmp_path / "course")
    text = (root / "course.yml").read_text(encoding="utf-8")
    (root / "course.yml").write_text(text.replace("time_zone", "timezone"), encoding="utf-8")
    done = run(*grading(root, [tmp_path], tmp_path / "out"))
    assert done.code == 2
    line = 1 + text[: text.index("time_zone")].count("\n")
    assert f"course.yml:{line}: " in done.err
    assert 'Did you mean "time_zone"?' in done.err
    assert "Traceback" not in done.err


def test_an_unknown_assignment(course: Path, tmp_path: Path) -> None:
    args = grading(course, [tmp_path], tmp_path / "out")
    args[1] = "10-mimi"
    done = run(*args)
    assert done.code == 2
    assert 'there is no assignment "10-mimi"' in one_line(done)
    assert 'Did you mean "10-mini"?' in done.err


@pytest.mark.parametrize("args", [["grade"], ["grade", "10-mini"], ["grade", "10-mini", ".", "--jobs", "0"], ["grde"]])
def test_a_command_line_that_makes_no_sense(args: list[str]) -> None:
    done = run(*args)
    assert done.code == 2
    assert "Usage: " in done.err


def test_a_seed_that_is_too_short(course: Path, tmp_path: Path) -> None:
    (tmp_path / "seed").write_bytes(b"short")
    done = run(*grading(course, [tmp_path], tmp_path / "out", "--seed-file", tmp_path / "seed"))
    assert done.code == 2
    assert "shorter than 16 bytes" in one_line(done)


# -- the platform: exit 4 ------------------------------------------------------------------------------------------------


def test_no_engine(course: Path, tmp_path: Path) -> None:
    pile = make_class(tmp_path / "pile", kim=notebook(NORMALIZE))
    args = grading(course, [pile], tmp_path / "out", "--sandbox", "docker")
    done = run(*args, DOCKER_HOST=f"unix://{tmp_path}/nothing.sock")
    assert done.code == 4
    assert "Traceback" not in done.err


@pytest.fixture
def shared(course: Path) -> Iterator[Path]:
    """A folder that every user may enter, with a course in it: pytest's own folders are for one user."""
    with tempfile.TemporaryDirectory(prefix="autograder-test-") as name:
        root = Path(name)
        shutil.copytree(course, root / "course", ignore=shutil.ignore_patterns("__pycache__"))
        (root / "out").mkdir()
        for path in [root, root / "course", *(root / "course").rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
        yield root


Ordinary = Callable[..., Run]


@pytest.fixture
def as_ordinary_user(request: pytest.FixtureRequest, shared: Path) -> Ordinary:
    """`run` without root's power to read and write everything: as root, the command runs as nobody."""
    if os.geteuid() != 0:
        return run
    if shutil.which("setpriv") is None:
        pytest.skip("root cannot become an ordinary user without setpriv")
    python = request.getfixturevalue("passable_python")
    become = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", sys.executable]
    prefix = [python, "-B", "-c", f"import os, sys; os.execvp('setpriv', {become!r} + sys.argv[1:])", "-B"]

    def ordinary(*args: object) -> Run:
        home = {"HOME": str(shared), "PYTHONPATH": str(ROOT)}
        return finished([*prefix, *command(*args)[1:]], shared, home)

    return ordinary


@pytest.mark.slow
def test_a_notebook_without_permission(shared: Path, as_ordinary_user: Ordinary) -> None:
    pile = make_class(shared / "pile", kim=notebook(NORMALIZE, EULER), lee=notebook(NORMALIZE))
    (pile / "lee.ipynb").chmod(0)
    (shared / "out").chmod(0o777)
    done = as_ordinary_user(*grading(shared / "course", [pile], shared / "out"))
    assert done.code == 3, done.err
    (line,) = [line for line in done.err.splitlines() if line.startswith("not read: ")]
    assert "there is no permission to read it" in line
    assert "chmod" in line
    assert scores(shared / "out") == {"kim": "20", "lee": ""}


def test_an_output_folder_without_permission(shared: Path, as_ordinary_user: Ordinary) -> None:
    pile = make_class(shared / "pile", kim=notebook(NORMALIZE))
    (shared / "out").chmod(0o555)
    done = as_ordinary_user(*grading(shared / "course", [pile], shared / "out"))
    assert done.code == 4
    assert "cannot write here: Permission denied" in one_line(done)
    assert "--out" in done.err


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk with room for one or two reports."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root can mount a small disk")
    if subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("this machine does not let root mount a disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_a_full_disk_loses_nothing(course: Path, tmp_path: Path, small_disk: Path) -> None:
    students = {f"s{i}": notebook(ROWS, EULER) for i in range(6)}
    pile = make_class(tmp_path / "pile", **students)
    full = run(*grading(course, [pile], small_disk))
    assert full.code == 4, full.err
    assert "No space left on device" in full.err
    assert "Free some space and run the same command again" in full.err
    assert "Traceback" not in full.err
    kept = len(list(small_disk.glob("*.json")))
    assert kept < 6
    assert not list(small_disk.glob(".*.tmp"))  # half a file takes room and helps nobody

    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    done = run(*grading(course, [pile], small_disk))
    assert done.code == 0, done.err
    assert scores(small_disk) == dict.fromkeys(students, "13")
    if kept:
        assert f"({kept} from an earlier run)" in done.out
