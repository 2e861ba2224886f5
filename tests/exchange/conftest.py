"""A released course, and the environment of the real tools: never ours, because they bring Jupyter along."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.api import LoadedCourse, load_course
from autograder.release.publish import release_assignment
from autograder.sandbox.interface import Sandbox
from tests.benchmarks.peers.compare import Unavailable, peers_python
from tests.paths import TESTS

SECRET = b"a secret for these tests alone"
SLUG = "10-mini"
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
RAISES = "def euler(f, x0, h, steps):\n    raise ValueError('which step?')"
STUDENTS = {
    "kim": {"normalize_adj": NORMALIZE, "euler": EULER},
    "lee": {"normalize_adj": ROWS, "euler": EULER},
    "park": {"normalize_adj": NORMALIZE, "euler": RAISES},
}

Tool = Callable[..., str]


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> LoadedCourse:
    """The small course of the tests, released."""
    root = tmp_path_factory.mktemp("exchange") / "course"
    shutil.copytree(TESTS / "fixtures" / "course", root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / ".autograder").mkdir(exist_ok=True)
    (root / ".autograder" / "seed").write_bytes(SECRET)
    loaded = load_course(root)
    release_assignment(loaded, loaded.assignment(SLUG), sandbox)
    return loaded


@pytest.fixture(scope="session")
def tools() -> Path:
    """The Python that has nbgrader and otter; made once, as for the benchmarks."""
    try:
        return peers_python()
    except Unavailable as reason:
        pytest.skip(f"nbgrader and otter cannot be installed here: {reason}")


@pytest.fixture(scope="session")
def tool(tools: Path) -> Tool:
    """Runs a command of the tools' environment in a folder: what it printed. It must succeed."""

    def run(folder: Path, command: str, *args: object) -> str:
        # As in an activated environment: nbgrader looks for alembic on the path.
        env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
        env |= {"PATH": f"{tools.parent}:{os.environ['PATH']}", "OMP_NUM_THREADS": "1"}
        full = [str(tools.with_name(command)), *map(str, args)]
        done = subprocess.run(full, cwd=folder, env=env, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return done.stdout

    return run


def answered(released: Path, target: Path, answers: dict[str, str]) -> Path:
    """A released notebook in which the cell of each function is a student's."""
    notebook = json.loads(released.read_text(encoding="utf-8"))
    waiting = dict(answers)
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        name = next((name for name in waiting if f"def {name}(" in source and cell["cell_type"] == "code"), None)
        if name is not None:
            cell["source"] = waiting.pop(name)
    assert not waiting
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(notebook), encoding="utf-8")
    return target


def cells_of(path: Path) -> list[dict[str, Any]]:
    """The cells of a notebook, the source of each as one text."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells]
