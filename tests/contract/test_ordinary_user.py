"""The suite once more as an ordinary user: what stands for root may lean on root's powers."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.process import ProcessSandbox
from tests.contract.helpers import WARM, value

SUITE = Path(__file__).parent
NOBODY = "65534"


def as_nobody(python: str, *arguments: str) -> list[str]:
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", python, *arguments]


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv")
@pytest.mark.parametrize("name", ["process", "process-plain"])
def test_as_an_ordinary_user(name: str, passable_python: str, open_folder: Path) -> None:
    """`passable_python` begins as root, so that it may show a readable interpreter; then root is dropped."""
    drop = f"import os, sys; os.execvp('setpriv', {as_nobody(sys.executable)!r} + sys.argv[1:])"
    suite = [str(SUITE / f"{part}.py") for part in ("test_isolation", "test_faults")]
    options = ["-m", "pytest", "-q", "-p", "no:cacheprovider", f"--basetemp={open_folder / 'pytest'}"]
    done = subprocess.run(
        [passable_python, "-B", "-c", drop, *options, *suite],
        cwd=SUITE.parents[1],
        env={**os.environ, "AUTOGRADER_PROVIDERS": name, "HOME": str(open_folder), "TMPDIR": str(open_folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    if not os.access(SUITE, os.R_OK) or "Permission denied" in done.stderr[:300]:
        pytest.skip(f"an ordinary user cannot read this checkout: {done.stderr[:300]}")
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to give up a part of its powers")
@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv")
def test_without_the_right_to_namespaces(passable_python: str, open_folder: Path) -> None:
    """As in a container, or where user namespaces are forbidden: the walls of the child itself must do."""
    drop = ["setpriv", "--bounding-set=-sys_admin", sys.executable]
    code = f"import os, sys; os.execvp('setpriv', {drop!r} + sys.argv[1:])"
    script = open_folder / "python"
    script.write_text(f'#!/bin/sh\nexec {passable_python} -c {shlex.quote(code)} "$@"\n')
    script.chmod(0o755)
    with ProcessSandbox(warm_imports=WARM, python=str(script)) as sandbox:
        isolation = sandbox.start().isolation
        assert "netns" not in isolation
        assert {"seccomp", "user"} <= set(isolation)
        assert value(sandbox, "def f(): return 1\n") == 1
