"""All graders on the twenty, one after the other, and why one could not take part."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.bare import ROOT, unavailable
from tests.benchmarks.peers import nbgrader, otter, ours
from tests.benchmarks.peers.students import STUDENTS

TORCH, PACKAGES = "torch==2.13.0", ("nbgrader==0.9.6", "otter-grader==7.0.0", "matplotlib")
DESERVED = {student.name: student.deserved for student in STUDENTS}
Measure = Callable[[Path], dict[str, Any]]


def measure() -> dict[str, Any]:
    """{"rows": {grader: what it cost and its grades}, "missing": {grader: why}}."""
    rows, missing = {}, {}
    for name, find in (*_ours(), *_peers()):
        try:
            measure_one = find()
        except Unavailable as reason:
            missing[name] = str(reason)
            print(f"{name}: not here: {reason}", flush=True)
            continue
        folder = Path(tempfile.mkdtemp(prefix="bench-"))
        try:
            row = measure_one(folder / "work")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        row["deserved"] = sum(row["grades"].get(student) == points for student, points in DESERVED.items())
        rows[name] = row
        print(line(name, row), flush=True)
    return {"rows": rows, "missing": missing}


def line(name: str, row: dict[str, Any]) -> str:
    """One grader as text."""
    differ = [
        f"{student} {row['grades'].get(student)} for {points:g}"
        for student, points in DESERVED.items()
        if row["grades"].get(student) != points
    ]
    right = row["right"]
    text = f"{name}: {right['seconds']:.3f} s and {right['cpu']:.3f} CPU s for a right submission, {row['peak_mb']:.0f} MB at most, "
    return (
        text
        + f"{row['deserved']} of {len(DESERVED)} graded as deserved {differ or ''}, all in {row['all_seconds']:.0f} s"
    )


class Unavailable(Exception):
    """Why a grader is not measured here."""


def _ours() -> list[tuple[str, Callable[[], Measure]]]:
    def provider(sandbox: str, fresh: bool) -> Callable[[], Measure]:
        def find() -> Measure:
            why = unavailable(sandbox)
            if why:
                raise Unavailable(why)
            return lambda folder: ours.measure(folder, sandbox, fresh=fresh)

        return find

    return [
        ("autograder, process", provider("process", False)),
        ("autograder, docker", provider("docker", False)),
        ("autograder, docker --fresh", provider("docker", True)),
    ]


def _peers() -> list[tuple[str, Callable[[], Measure]]]:
    def peer(of: Callable[[Path, Path], dict[str, Any]]) -> Callable[[], Measure]:
        def find() -> Measure:
            python = peers_python()
            return lambda folder: of(folder, python)

        return find

    return [("nbgrader autograde", peer(nbgrader.measure)), ("otter run", peer(otter.measure))]


def peers_python() -> Path:
    """The interpreter of the others' environment, made on first use. Raises Unavailable where it cannot be made.

    $AUTOGRADER_PEERS names an environment that stands already.
    """
    folder = Path(os.environ.get("AUTOGRADER_PEERS") or ROOT / ".venv-peers")
    python = folder / "bin" / "python"
    if all((folder / "bin" / command).exists() for command in ("nbgrader", "otter")):
        return python
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    # torch first, so that the others do not choose another build of it.
    for command in ([sys.executable, "-m", "venv", str(folder)], [*pip, TORCH], [*pip, *PACKAGES]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            shutil.rmtree(folder, ignore_errors=True)
            last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            raise Unavailable(f"{' '.join(command[1:4])} ... failed: {last}")
    return python
