"""The public interface: a list of names, and a page whose examples run."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import autograder
from autograder.sandbox.fake import FakeSandbox
from autograder.sandbox.interface import Sandbox

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "api.md"
COURSE = ROOT / "tests" / "fixtures" / "course"

NAMES = [
    "AutograderError",
    "BatchResult",
    "Died",
    "Done",
    "Engine",
    "FakeSandbox",
    "FolderStore",
    "LoadedCourse",
    "LocalEngine",
    "PlatformError",
    "Report",
    "Sandbox",
    "Store",
    "SubmissionGrader",
    "Summary",
    "__version__",
    "grade_class",
    "load_course",
    "open_sandbox",
    "read_report",
]


def test_the_names_are_these_and_each_is_there() -> None:
    assert sorted(autograder.__all__) == sorted(NAMES)
    for name in NAMES:
        assert getattr(autograder, name) is not None
    assert set(NAMES) <= set(dir(autograder))


def test_every_name_is_documented() -> None:
    page = PAGE.read_text(encoding="utf-8")
    documented = {
        "BatchResult": "result",
        "LoadedCourse": "load_course",
        "SubmissionGrader": "grader",
        "Summary": "summaries",
    }
    assert not [name for name in NAMES if name != "__version__" and documented.get(name, name) not in page]
    for name in NAMES:
        thing = getattr(autograder, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert inspect.getdoc(thing), name


def test_a_name_that_is_not_there_says_so() -> None:
    with pytest.raises(AttributeError, match="no attribute 'grade_klass'"):
        _ = autograder.grade_klass


def test_importing_it_imports_nothing_heavy() -> None:
    code = "import sys, autograder; assert not {'numpy', 'torch', 'click', 'jinja2', 'msgspec'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_examples_of_the_page_run(tmp_path: Path) -> None:
    """In order, in one namespace, in a folder with a course."""
    shutil.copytree(COURSE, tmp_path, dirs_exist_ok=True)
    solution = (COURSE / "solutions" / "10-mini" / "solution.py").read_text(encoding="utf-8")
    (tmp_path / "submissions").mkdir()
    for place in ("kim.py", "submissions/kim.py", "submissions/min.py"):
        (tmp_path / place).write_text(solution, encoding="utf-8")
    (tmp_path / "roster.csv").write_text("student\nkim\nmin\npark\n", encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(examples) >= 7
    script = tmp_path / "examples.py"
    body = "\n".join(examples)
    script.write_text(f"def main():\n{_indented(body)}\n\nif __name__ == '__main__':\n    main()\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script.name], cwd=tmp_path, capture_output=True, text=True, check=False, env=_environment()
    )
    assert done.returncode == 0, done.stderr
    assert 'Did you mean "10-mini"' in done.stdout
    assert (tmp_path / "reports" / "10-mini" / "kim.html").is_file()
    assert "park" in (tmp_path / "reports" / "10-mini" / "grades.csv").read_text(encoding="utf-8")


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def test_a_fake_sandbox_is_a_sandbox() -> None:
    methods = {name for name in vars(Sandbox) if not name.startswith("_") or name in ("__enter__", "__exit__")}
    for name in methods:
        wanted, got = (inspect.signature(getattr(kind, name)) for kind in (Sandbox, FakeSandbox))
        assert list(wanted.parameters) == list(got.parameters), name


def test_a_grader_needs_a_with_and_gives_the_sandbox_back(tmp_path: Path) -> None:
    course = autograder.load_course(COURSE)
    (tmp_path / "seed").write_text("0" * 64)
    fake = FakeSandbox()
    grader = course.grader("10-mini", sandbox=fake, seed_file=tmp_path / "seed")
    with pytest.raises(autograder.AutograderError, match="not open"):
        grader.grade(b"x = 1", name="x.py")
    with pytest.raises(autograder.AutograderError):  # the fake does not know the reference's functions
        grader.__enter__()
    assert not fake.closed
