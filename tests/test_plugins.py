"""The suite is the same whatever pytest plug-ins happen to be installed, and a group of tests stays with one worker."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STRAY = """
import random, warnings
import pytest

def pytest_configure(config):
    warnings.warn(pytest.PytestWarning("a plug-in warns, and the suite makes warnings errors"))

def pytest_collection_modifyitems(items):
    raise RuntimeError("a plug-in reorders the tests")
"""


@pytest.mark.parametrize("more", [(), ("-n", "1")])
def test_a_stray_plug_in_changes_nothing(more: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "stray.py").write_text(STRAY, encoding="utf-8")
    info = tmp_path / "stray-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stray\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[pytest11]\nstray = stray\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *more, "tests/notebooks/test_source.py"]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "passed" in done.stdout


GROUPED = """
import os
from pathlib import Path
import pytest

@pytest.mark.xdist_group("one")
@pytest.mark.parametrize("number", range(12))
def test_where(number):
    Path(__file__).with_name(f"worker-{os.getpid()}").touch()
"""


def test_a_group_stays_with_one_worker(tmp_path: Path) -> None:
    """What a group shares (the class of the demo, the environment of nbgrader) is made once, and not by every worker."""
    (tmp_path / "test_grouped.py").write_text(GROUPED, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = --disable-plugin-autoload -p xdist.plugin\n", encoding="utf-8"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-n", "2", "--dist", "loadgroup", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "12 passed" in done.stdout, done.stdout + done.stderr
    assert len(list(tmp_path.glob("worker-*"))) == 1
