"""A wall that needs more than a submission to be tried: what lies beside numpy and torch where the grader is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from autograder.errors import SandboxError
from autograder.sandbox import process
from autograder.sandbox.interface import Cell, FunctionCall, Limits, Program
from autograder.sandbox.process import ProcessSandbox

PACKAGE = Path(__file__).parents[2] / "autograder"

# A student's function, which reads whatever it can below a folder.
READER = """
import os
def f(root):
    read = []
    for folder, _, names in os.walk(root):
        for name in names:
            try:
                with open(os.path.join(folder, name), "rb") as file:
                    file.read(1)
                read.append(os.path.join(folder, name))
            except OSError:
                pass
    return [len(read), [path for path in read if "/autograder/" in path]]
"""
SCRIPT = """
import sys
from autograder.errors import SandboxError
from autograder.sandbox.interface import Cell, FunctionCall, Limits, Program
from autograder.sandbox.process import ProcessSandbox
for namespaces in (True, False):
    box = ProcessSandbox(warm_imports=("numpy",), namespaces=namespaces)
    call = FunctionCall(0, "f", "f", (sys.prefix,), repeat=1)
    try:
        (found,) = box.run(Program((Cell(sys.argv[1]),)), [call], Limits()).outcomes
        print("read", found.status.value, *found.value)
    except SandboxError as error:
        print("no sandbox", error)
    finally:
        box.close()
"""


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the process sandbox is Linux's")
def test_an_installed_package_hides_itself(open_folder: Path) -> None:
    """How the grader compares and diagnoses is part of the package."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", open_folder / "env"], check=True)
    site = next((open_folder / "env").glob("lib/python*/site-packages"))
    for folder in Path(sysconfig.get_path("purelib")).glob("numpy*"):
        shutil.copytree(folder, site / folder.name, ignore=shutil.ignore_patterns("tests"))
    shutil.copytree(PACKAGE, site / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    done = subprocess.run(
        [open_folder / "env" / "bin" / "python", "-c", SCRIPT, READER],
        capture_output=True, text=True, check=False, cwd="/", env={"PATH": os.environ["PATH"], "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    lines = [line.split(maxsplit=3) for line in done.stdout.splitlines() if line.startswith("read")]
    assert lines, done.stdout + done.stderr
    for _, status, count, leaked in lines:
        assert status == "returned", done.stdout
        assert int(count) > 100  # the rest of the environment is there, or notebooks would not run
        assert leaked == "[]"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the process sandbox is Linux's")
@pytest.mark.parametrize("named_by", ["its path", "a link"])
def test_the_guest_hides_the_folder_that_the_host_names(
    named_by: str, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(sysconfig.get_path("purelib")) / "tqdm"  # any folder beside numpy that the guest does not need
    link = open_folder / "link"
    link.symlink_to(folder)
    monkeypatch.setattr(process, "PACKAGE", folder if named_by == "its path" else link)
    call = FunctionCall(0, "f", "f", (str(folder),), repeat=1)
    beside = FunctionCall(1, "f", "f", (str(folder.parent / "numpy" / "linalg"),), repeat=1)
    for namespaces in (None, False):
        with ProcessSandbox(warm_imports=("numpy",), namespaces=namespaces) as sandbox:
            hidden, seen = sandbox.run(Program((Cell(READER),)), [call, beside], Limits()).outcomes
        assert hidden.value == [0, []]
        assert isinstance(seen.value, list)
        assert seen.value[0] > 0  # type: ignore[operator]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the process sandbox is Linux's")
@pytest.mark.parametrize("namespaces", [None, False])
def test_a_guest_that_does_not_find_what_it_must_hide_does_not_start(
    namespaces: bool | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "PACKAGE", tmp_path / "not here")
    with pytest.raises(SandboxError, match=r"hide from students is not there: .*not here"):
        ProcessSandbox(warm_imports=("numpy",), namespaces=namespaces).start()
