"""What the grader adds to a submission's own work.

In turn, round by round: the whole pipeline on a full-marks notebook (read it, fork a child, put up its walls, run, compare,
diagnose, write the JSON and two pages) and the same cells and calls in one warm interpreter without any of that. Three
students of each assignment: one writes like the solution, one without loops, one naively.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.course.assignment import Assignment, load_assignment
from autograder.errors import AutograderError
from autograder.guest import wire
from autograder.pipeline.class_run import folder_store
from autograder.pipeline.worker import Job, SubmissionWorker
from autograder.sandbox import open_sandbox
from autograder.sandbox.interface import FunctionCall, Program
from autograder.sandbox.session import ENVIRONMENT, WARM_IMPORTS
from autograder.submissions.collect import Submission
from autograder.submissions.prepare import prepare
from tests.benchmarks.measure import Spread, cpu_seconds, tree
from tests.benchmarks.notebooks import WAYS, full_marks
from tests.benchmarks.stages import STAGES, stopwatch

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
SECRET = b"the benchmark's own"
ROUNDS = 5
SANDBOXES = ("process", "docker")


class BareInterpreter:
    """A warm Python with one program and its calls in it."""

    def __init__(self, program: Program, calls: Sequence[FunctionCall], limits: dict[str, Any]) -> None:
        package = Path(wire.__file__).parent
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-I",
                "-B",
                str(HERE / "bare_worker.py"),
                str(package),
                str(package),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=ENVIRONMENT,
        )
        described = [{**asdict(call), "args": None, "seconds": limits["call_seconds"]} for call in calls]
        spec, buffers = wire.pack([call.args.values for call in calls])
        cells = [asdict(cell) for cell in program.cells]
        self._say(
            {"imports": WARM_IMPORTS, "limits": limits, "cells": cells, "calls": described, "args": spec}, buffers
        )

    def seconds(self, how: str) -> float:
        """Run everything once."""
        self._say({"how": how})
        assert self.process.stdout is not None
        return float(wire.read_frame(self.process.stdout.read)[0]["seconds"])

    def _say(self, header: dict[str, Any], buffers: Sequence[bytes] = ()) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(wire.frame(header, buffers))
        self.process.stdin.flush()

    def close(self) -> None:
        self.process.communicate()


def measure(slugs: Sequence[str] | None = None, rounds: int = ROUNDS) -> dict[str, Any]:
    """{"rows": one for each sandbox and assignment, "missing": {sandbox: why}}."""
    chosen = slugs or sorted(path.parent.name for path in (ROOT / "solutions").glob("*/checks.py"))
    rows, missing = [], {}
    for sandbox in SANDBOXES:
        why = unavailable(sandbox)
        if why:
            missing[sandbox] = why
            continue
        for slug in chosen:
            for row in _compare(load_assignment(ROOT / "solutions" / slug), sandbox, rounds):
                rows.append(row)
                print(line(row), flush=True)
        mine = [row for row in rows if row["sandbox"] == sandbox]
        print(f"{sandbox}: all {len(mine)} together {together(mine):.2f} x bare", flush=True)
    return {"rows": rows, "missing": missing}


def together(rows: Sequence[dict[str, Any]]) -> float:
    """What several submissions cost, to what they cost bare."""
    graded, bare = (sum(Spread.of(row["seconds"][way]).median for row in rows) for way in ("graded", "runner"))
    return graded / bare


def unavailable(sandbox: str) -> str:
    """Why a sandbox does not start here; "" where it does."""
    try:
        box = open_sandbox(sandbox)
        box.start()
    except AutograderError as error:
        return str(error)
    box.close()
    return ""


def class_job(assignment: Assignment, folder: Path, sandbox: str) -> Job:
    """A class whose folder of reports is ready: for workers that no batch begins."""
    store = folder_store(folder, SECRET)
    store.prepare(assignment.slug)
    return Job(assignment.folder, store, SECRET, sandbox=sandbox, again=True)


def _compare(assignment: Assignment, sandbox: str, rounds: int) -> Iterator[dict[str, Any]]:
    """A row for each way of writing."""
    with tempfile.TemporaryDirectory() as folder:
        worker = SubmissionWorker(class_job(assignment, Path(folder), sandbox))
        try:
            for way in WAYS:
                yield _compare_way(assignment, worker, sandbox, way, rounds)
        finally:
            worker.close()


def _compare_way(
    assignment: Assignment, worker: SubmissionWorker, sandbox: str, way: str, rounds: int
) -> dict[str, Any]:
    """One row. The first round warms both sides up and does not count."""
    students = [f"{way}-{turn}" for turn in range(rounds + 1)]
    submissions = [Submission(name, f"{name}.ipynb", full_marks(assignment, way, name)) for name in students]
    summary = worker.run(submissions[0]).summary  # starts the guest, and runs the reference: once for a class
    if summary.score != assignment.points:
        raise SystemExit(f"{assignment.slug}: the notebook got {summary.score} points: {summary.failed}")
    assert worker.grader is not None
    calls = worker.grader.calls
    bare = BareInterpreter(prepare(submissions[0], assignment).program, calls, asdict(assignment.limits))
    try:
        done = [_round(worker, submission, bare) for submission in submissions][1:]
    finally:
        bare.close()
    return {
        "slug": assignment.slug,
        "sandbox": sandbox,
        "way": way,
        "calls": len(calls),
        "seconds": {way: [one["seconds"][way] for one in done] for way in ("graded", "runner", "plain")},
        # Containers are the engine's children, not ours.
        "cpu": _sums([one["cpu"] for one in done]) if sandbox == "process" else None,
        "stages": {s: Spread.of([one["stages"].get(s, 0.0) for one in done]).median for s in (*STAGES, "other")},
    }


def _round(worker: SubmissionWorker, submission: Submission, bare: BareInterpreter) -> dict[str, dict[str, float]]:
    """Graded, bare and plain, once each: seconds, CPU seconds, and the stages of graded."""
    before = _cpu(bare)
    with stopwatch() as watch:
        started = time.perf_counter()
        worker.run(submission)
        graded = time.perf_counter() - started
    between = _cpu(bare)
    runner = bare.seconds("runner")
    after = _cpu(bare)
    return {
        "seconds": {"graded": graded, "runner": runner, "plain": bare.seconds("plain")},
        "cpu": {"graded": between[0] - before[0], "runner": after[1] - between[1]},
        "stages": {**watch.seconds, "other": graded - sum(watch.seconds.values())},
    }


def _sums(rounds: Sequence[dict[str, float]]) -> dict[str, float]:
    # The kernel counts in hundredths of a second: only the sum over the rounds means something.
    return {way: sum(one[way] for one in rounds) for way in rounds[0]}


def _cpu(bare: BareInterpreter) -> tuple[float, float]:
    """CPU seconds so far: of the grader with its guest, and of the bare interpreter."""
    everything = tree(os.getpid())
    return cpu_seconds(everything - {bare.process.pid}), cpu_seconds([bare.process.pid])


def cpu_ratio(row: dict[str, Any]) -> float | None:
    """CPU time of graded to that of bare: what is left of the ratio where others keep the cores busy."""
    return row["cpu"]["graded"] / row["cpu"]["runner"] if row["cpu"] and row["cpu"]["runner"] else None


def ratio(row: dict[str, Any], to: str = "runner") -> Spread:
    """Graded to bare, round by round."""
    times = row["seconds"]
    return Spread.of([graded / bare for graded, bare in zip(times["graded"], times[to], strict=True)])


def line(row: dict[str, Any]) -> str:
    """One row as a line of text."""
    times = row["seconds"]
    shown = " ".join(f"{stage} {1000 * seconds:.1f}" for stage, seconds in row["stages"].items())
    return (
        f"{row['sandbox']:8} {row['slug']:20} {row['way']:9} {row['calls']:4} calls: graded {Spread.of(times['graded']).text(0, 1000)} ms, "
        f"bare {Spread.of(times['runner']).text(0, 1000)} ms, plain {Spread.of(times['plain']).text(0, 1000)} ms: "
        f"{ratio(row).text()} x bare, {cpu_ratio(row) or float('nan'):.2f} x its CPU time, {ratio(row, 'plain').text()} x plain\n"
        f"         ms: {shown}"
    )
