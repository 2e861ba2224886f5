"""The attacks once more where the walls are lowest: no root, no namespaces, and a child of the grader's own user."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.test_ordinary_user import as_nobody

HERE = Path(__file__).parent


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv")
def test_attacks_on_an_ordinary_user(passable_python: str, open_folder: Path) -> None:
    drop = f"import os, sys; os.execvp('setpriv', {as_nobody(sys.executable)!r} + sys.argv[1:])"
    options = ["-m", "pytest", "-q", "-p", "no:cacheprovider", f"--basetemp={open_folder / 'pytest'}"]
    done = subprocess.run(
        [passable_python, "-B", "-c", drop, *options, str(HERE / "test_attacks.py")],
        cwd=HERE.parents[1],
        env={
            **os.environ,
            "AUTOGRADER_PROVIDERS": "process-plain",
            "HOME": str(open_folder),
            "TMPDIR": str(open_folder),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if "Permission denied" in done.stderr[:300]:
        pytest.skip(f"an ordinary user cannot read this checkout: {done.stderr[:300]}")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
