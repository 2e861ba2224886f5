"""The autograder for Gradescope: what its results say, and that it runs where Gradescope would run it."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from autograder.api import LoadedCourse, load_course
from autograder.cli.main import main
from autograder.exchange import gradescope
from autograder.exchange.gradescope_run import moment_of, student_of
from autograder.report import Report, build_report
from tests.contract.conftest import open_folder, passable_python  # noqa: F401  fixtures
from tests.exchange.conftest import SECRET, SLUG, STUDENTS, answered
from tests.paths import ROOT
from tests.report_sample import HIDDEN, full_sample

NOBODY = 65534
METADATA = {
    "id": 123456,
    "created_at": "2027-05-01T10:00:00.123456+09:00",
    "assignment": {"id": 25828, "title": "GCN", "total_points": "20.0", "due_date": "2027-05-02T00:00:00.000000+09:00"},
    "submission_method": "upload",
    "users": [{"email": "kim@x.edu", "id": 1234, "name": "Kim Minji", "sid": "423"}],
    "previous_submissions": [],
}


# -- results ---------------------------------------------------------------------------------------------------------


def sample() -> Report:
    return build_report(full_sample(), ("en", "ko"))


@pytest.mark.parametrize("hidden", gradescope.VISIBILITIES)
def test_each_check_is_a_test_with_its_points_and_visibility(hidden: str) -> None:
    report = sample()
    found = gradescope.results(report, "en", hidden)
    checks = [(task, check) for task in report.tasks for check in task.checks]
    assert [(t["score"], t["max_score"]) for t in found["tests"]] == [(c.earned, c.points) for _, c in checks]
    assert [t["visibility"] for t in found["tests"]] == ["visible" if c.visible else hidden for _, c in checks]
    assert [t["status"] == "failed" for t in found["tests"]] == [c.status == "failed" for _, c in checks]
    assert len({t["number"] for t in found["tests"]}) == len(checks)
    assert found["score"] == report.score
    assert found["extra_data"]["seed_id"] == report.provenance.seed_id


@pytest.mark.parametrize("language", ["en", "ko"])
def test_places_are_quoted_and_never_numbered(language: str) -> None:
    found = gradescope.results(sample(), language, "visible")
    words = [found["output"], *(t["output"] for t in found["tests"])]
    assert not any(re.search(r"\bcell \d|\d번째 셀", text) for text in words)
    assert any("“return e / e.sumn(dim=1)”" in text for text in words)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_hidden_value_is_in_the_results(language: str) -> None:
    text = json.dumps(gradescope.results(sample(), language, "visible"), ensure_ascii=False)
    assert str(HIDDEN) not in text
    assert f"{HIDDEN:g}" not in text


def test_every_failed_check_says_why_in_its_language() -> None:
    for language in ("en", "ko"):
        failed = [t for t in gradescope.results(sample(), language, "visible")["tests"] if t["status"] == "failed"]
        assert failed
        assert all(t["output"].strip() for t in failed)
    korean = "".join(t["output"] for t in failed)
    assert any("가" <= letter <= "힣" for letter in korean)


def test_whose_it_is_and_when() -> None:
    assert student_of(METADATA) == "kim@x.edu"
    assert student_of({}) == "student"
    moment = moment_of(METADATA)
    assert moment is not None
    assert moment.isoformat() == "2027-05-01T10:00:00.123456+09:00"
    assert moment_of({"created_at": "yesterday"}) is None


# -- the container ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def content(course: LoadedCourse) -> bytes:
    return gradescope.autograder_zip(course, course.assignment(SLUG), SECRET, "en", "after_published")


def test_the_zip_has_what_gradescope_wants_at_its_root(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        modes = {info.filename: info.external_attr >> 16 for info in archive.infolist()}
        assert archive.read("setup.sh").startswith(b"#!/usr/bin/env bash\n")
    assert modes["setup.sh"] == modes["run_autograder"] == 0o755
    assert {"export.json", "course/course.yml", f"course/solutions/{SLUG}/checks.py"} <= set(modes)
    assert not [name for name in modes if name.startswith("/") or ".." in name or "__pycache__" in name]
    others = {name.split("/")[2] for name in modes if name.startswith("course/solutions/")}
    assert others == {SLUG}


def test_the_zip_holds_no_answers_of_the_demo(course: LoadedCourse) -> None:
    folder = course.root / "solutions" / SLUG
    (folder / "demo").mkdir()
    (folder / "demo" / "by_hand.py").write_text("def normalize_adj(A):\n    return A\n", encoding="utf-8")
    try:
        content = gradescope.autograder_zip(course, course.assignment(SLUG), SECRET, "en", "visible")
    finally:
        shutil.rmtree(folder / "demo")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.startswith("course/")]
    assert f"course/solutions/{SLUG}/solution.py" in names
    assert not [name for name in names if "demo" in name]


def test_the_zip_is_its_owners_alone(course: LoadedCourse, tmp_path: Path) -> None:
    args = ["export", "gradescope", SLUG, "--out", str(tmp_path / "out.zip"), "--course", str(course.root)]
    done = CliRunner().invoke(main, args, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert (tmp_path / "out.zip").stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.read("course/.autograder/seed").strip() == SECRET
        assert json.loads(archive.read("export.json"))["hidden"] == "after_due_date"


def layout(content: bytes, home: Path, python: str) -> Path:
    """What Gradescope makes: source/ unpacked, run_autograder copied up, submission/, results/ and the metadata."""
    root = home / "autograder"
    for name in ("source", "submission", "results", "venv/bin"):
        (root / name).mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(root / "source")
    shutil.copy(root / "source" / "run_autograder", root / "run_autograder")
    (root / "run_autograder").chmod(0o755)
    (root / "submission_metadata.json").write_text(json.dumps(METADATA), encoding="utf-8")
    wrapper = root / "venv" / "bin" / "python"  # setup.sh keeps a Python that is there and has all it needs
    wrapper.write_text(python, encoding="utf-8")
    wrapper.chmod(0o755)
    return root


def without_namespaces(passable: str, user: str) -> str:
    """A Python as in a container: root without the right to namespaces, or nobody."""
    dropped = {
        "root": ["--bounding-set=-sys_admin"],
        "nobody": [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"],
    }
    code = f"import os, sys; os.execvp('setpriv', {['setpriv', *dropped[user], sys.executable]!r} + sys.argv[1:])"
    return f'#!/bin/sh\nexec {passable} -c {shlex.quote(code)} "$@"\n'


def run(root: Path, script: str) -> subprocess.CompletedProcess[str]:
    env = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(root.parent)}
    return subprocess.run(["bash", str(root / script)], env=env, capture_output=True, text=True, timeout=500)


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give it up")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv")
@pytest.mark.parametrize("user", ["root", "nobody"])
def test_it_grades_in_gradescopes_layout_as_here(
    course: LoadedCourse,
    content: bytes,
    user: str,
    passable_python: str,  # noqa: F811
    open_folder: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    root = layout(content, open_folder, without_namespaces(passable_python, user))
    released = course.root / "assignments" / SLUG / "mini.en.ipynb"
    answered(released, root / "submission" / "my homework (1).ipynb", STUDENTS["lee"])
    if user == "nobody":
        for path in [root, *root.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
    done = run(root, "source/setup.sh")
    assert done.returncode == 0, done.stderr
    assert (root / "source").stat().st_mode & 0o077 == 0
    done = run(root, "run_autograder")
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))

    with course.grader(SLUG, sandbox="process") as grader:
        here = grader.grade(root / "submission" / "my homework (1).ipynb", student="kim@x.edu")
    wanted = gradescope.results(here, "en", "after_published")
    assert without_time(found) == without_time(wanted)
    assert found["score"] == here.score
    assert 0 < found["score"] < course.assignment(SLUG).points
    assert [t for t in found["tests"] if t["visibility"] == "after_published"]

    (root / "submission" / "my homework (1).ipynb").unlink()
    (root / "results" / "results.json").unlink()
    done = run(root, "run_autograder")
    assert done.returncode == 3
    assert "holds no notebook" in done.stderr
    assert not (root / "results" / "results.json").exists()  # no score, which is not zero


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give it up")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv")
@pytest.mark.parametrize("user", ["root", "nobody"])
@pytest.mark.parametrize("slug", ["06-cnn", "01-ai-ml-dl"])  # a large one, and one with multiple-choice questions
def test_assignments_of_the_course_are_graded_there_as_here(
    slug: str,
    user: str,
    passable_python: str,  # noqa: F811
    open_folder: Path,  # noqa: F811
    tmp_path: Path,
) -> None:
    home = tmp_path / "course"
    shutil.copytree(ROOT / "solutions" / slug, home / "solutions" / slug, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "course.yml", home)
    (home / ".autograder").mkdir()
    (home / ".autograder" / "seed").write_bytes(SECRET)
    course = load_course(home)
    zipped = gradescope.autograder_zip(course, course.assignment(slug), SECRET, "ko", "hidden")
    root = layout(zipped, open_folder, without_namespaces(passable_python, user))
    handed_in = root / "submission" / "homework.py"
    shutil.copy(ROOT / "solutions" / slug / "solution.py", handed_in)
    if user == "nobody":
        for path in [root, *root.rglob("*")]:
            os.chown(path, NOBODY, NOBODY)
    for script in ("source/setup.sh", "run_autograder"):
        done = run(root, script)
        assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))
    with course.grader(slug, sandbox="process") as grader:
        here = grader.grade(handed_in, student="kim@x.edu")
    assert without_time(found) == without_time(gradescope.results(here, "ko", "hidden"))
    assert found["score"] == course.assignment(slug).points


def without_time(results: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in results.items() if key != "execution_time"}


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give it up")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv")
def test_the_zip_brings_the_package_that_is_run(
    content: bytes,
    passable_python: str,  # noqa: F811
    open_folder: Path,  # noqa: F811
) -> None:
    root = layout(content, open_folder, without_namespaces(passable_python, "root"))
    code = "import autograder; print(autograder.__file__)"
    env = {**os.environ, "PYTHONPATH": str(root / "source" / "package")}
    command = [root / "venv/bin/python", "-c", code]
    done = subprocess.run(command, cwd=root / "source", env=env, capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()).is_relative_to(root / "source" / "package")
