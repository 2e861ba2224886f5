"""The suite once more as an ordinary user: what stands for root may lean on root's powers."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.process import ProcessSandbox

SUITE = Path(__file__).parent
NOBODY = "65534"


def as_nobody(python: str, *arguments: str) -> list[str]:
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", python, *arguments]


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv")
@pytest.mark.parametrize("name", ["process", "process-plain"])
def test_as_an_ordinary_user(name: str, passable_python: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """`passable_python` begins as root, so that it may show a readable interpreter; then root is dropped."""
    home = tmp_path_factory.mktemp("home")
    home.chmod(0o777)
    for folder in home.parents[:2]:
        folder.chmod(0o755)
    drop = f"import os; os.execvp('setpriv', {as_nobody(sys.executable)!r} + __import__('sys').argv[1:])"
    suite = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--deselect", f"{SUITE}/test_limits.py", str(SUITE)]
    done = subprocess.run(
        [passable_python, "-c", drop, *suite, f"--basetemp={home / 'pytest'}"],
        cwd=SUITE.parents[1],
        env={**os.environ, "AUTOGRADER_PROVIDERS": name, "HOME": str(home), "TMPDIR": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    if "cannot open" in done.stderr or "Permission denied" in done.stderr[:200]:
        pytest.skip(f"an ordinary user cannot read this checkout: {done.stderr[:200]}")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.skipif(os.geteuid() == 0, reason="root needs no user namespace")
def test_user_namespaces_forbidden(sandbox: object) -> None:
    """Where they are forbidden (Ubuntu 24.04), "process" is "process-plain"; both run in this suite."""
    assert isinstance(sandbox, ProcessSandbox)
