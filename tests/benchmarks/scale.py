"""A class grows: does a second worker halve the time, and does anything grow with the number of submissions?"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.course.assignment import Assignment, load_assignment
from autograder.engine import LocalEngine
from autograder.pipeline.class_run import folder_store, grade_batch
from autograder.pipeline.worker import Job, SubmissionWorker
from autograder.submissions.collect import Collection, Submission
from autograder.submissions.prepare import prepare
from tests.benchmarks.bare import BareInterpreter, class_job
from tests.benchmarks.measure import busy_seconds, load, private_mb, tree
from tests.benchmarks.notebooks import a_class, full_marks
from tests.benchmarks.peers import questions

ROOT = Path(__file__).resolve().parents[2]
SECRET = b"the benchmark's own"
# The second worker idles while the first ends the last submission: in a short class that is some per cent.
JOBS_SLUGS, JOBS_CLASS, JOBS_ROUNDS = ("04-neural-networks", "09-lstm", "10-gcn", "12-vae", "13-gan"), 200, 2
STEADY = 60  # submissions until every worker is warm, and has the bank of every task
STOPS = (10, 30, 100, 300, 1000)


def measure_jobs() -> dict[str, Any]:
    """Submissions per second with one worker and with two, in turn, for some assignments.

    {"rows": [{"slug", "rates": {jobs: [...]}, "busy": {jobs: [...]}}], "second_core": [...], "load": [...]}. busy: how many
    cores worked. second_core: what two bare interpreters at the same calls get done at once, to what one does alone: two
    cores of a shared machine are not always two.
    """
    rows, loads, second_core = [], [], []
    for slug in JOBS_SLUGS:
        assignment = load_assignment(ROOT / "solutions" / slug)
        notebooks = a_class(assignment, JOBS_CLASS)
        row: dict[str, Any] = {"slug": slug, "rates": {"1": [], "2": []}, "busy": {"1": [], "2": []}}
        for _ in range(JOBS_ROUNDS):
            second_core.append(_second_core(assignment))
            print(f"two bare interpreters do {second_core[-1]:.2f} times the work of one", flush=True)
            for jobs in (1, 2):
                loads.append(load())
                with tempfile.TemporaryDirectory() as folder:
                    moments = _grade(assignment, notebooks, Path(folder), jobs)
                (start, before), (end, after) = moments[STEADY - 1], moments[-1]
                row["rates"][str(jobs)].append((len(moments) - STEADY) / (end - start))
                row["busy"][str(jobs)].append((after - before) / (end - start))
                print(
                    f"{slug} --jobs {jobs}: {row['rates'][str(jobs)][-1]:.2f} submissions/s, {row['busy'][str(jobs)][-1]:.2f} "
                    f"cores busy (load before: {loads[-1]:.1f})",
                    flush=True,
                )
        rows.append(row)
    return {"class": JOBS_CLASS, "rows": rows, "load": loads, "second_core": second_core}


def _second_core(assignment: Assignment) -> float:
    with tempfile.TemporaryDirectory() as folder:
        worker = SubmissionWorker(class_job(assignment, Path(folder), "process"))
        submission = Submission("right", "right.ipynb", full_marks(assignment))
        worker.run(submission)
        assert worker.grader is not None
        program, calls = prepare(submission, assignment).program, worker.grader.calls
        worker.close()
    pair = [BareInterpreter(program, calls, asdict(assignment.limits)) for _ in range(2)]

    def turns(bare: BareInterpreter) -> float:
        return sum(bare.seconds("runner") for _ in range(10))

    try:
        with ThreadPoolExecutor(2) as threads:
            for bare in pair:
                turns(bare)  # warm
            alone = [turns(bare) for bare in pair]
            together = list(threads.map(turns, pair))
    finally:
        for bare in pair:
            bare.close()
    return sum(alone) / max(together)


def _grade(assignment: Assignment, notebooks: Mapping[str, bytes], out: Path, jobs: int) -> list[tuple[float, float]]:
    """(moment, seconds that the machine's cores have worked so far) for each submission, when it was done."""
    submissions = tuple(Submission(student, f"{student}.ipynb", content) for student, content in notebooks.items())
    moments: list[tuple[float, float]] = []

    def note(done: int) -> None:
        moments.append((time.monotonic(), busy_seconds()))

    job = Job(assignment.folder, folder_store(out, SECRET), SECRET, sandbox="process")
    result = grade_batch(job, Collection(submissions), engine=LocalEngine(jobs), progress=note)
    if result.failures:
        raise SystemExit(f"the platform failed: {result.failures}")
    return moments


def measure_growth() -> dict[str, Any]:
    """Memory and pace at some points of one class of a thousand, graded by two workers in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.scale"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True
    )
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    for row in rows:
        print(
            f"after {row['done']:5}: main {row['main_mb']:.0f} MB, workers {row['workers_mb']} MB, a guest {row['guest_mb']:.0f} MB, {1000 * row['seconds']:.0f} ms each"
        )
    return {"rows": rows, "jobs": 2}


def grow(sizes: tuple[int, ...] = STOPS) -> None:
    """Grade a class, and print what the processes hold when so many are done."""
    import os

    assignment = questions.assignment()
    few = [Submission(student, "x.ipynb", content) for student, content in _variety(assignment).items()]
    submissions = tuple(_numbered(few[number % len(few)], number) for number in range(sizes[-1]))
    stops, count, last = list(sizes), 0, [0, time.monotonic()]

    def progress(done: int) -> None:
        nonlocal count
        count += done
        if stops and count == stops[0]:
            now = time.monotonic()
            stops.pop(0)
            memory = _memory(os.getpid())
            pace = {"seconds": (now - last[1]) / (count - last[0])}
            print(json.dumps({"done": count, **memory, **pace}), flush=True)
            last[:] = [count, now]

    folder = Path(tempfile.mkdtemp())
    try:
        grade_batch(
            Job(assignment.folder, folder_store(folder, SECRET), SECRET, sandbox="process"),
            Collection(submissions),
            engine=LocalEngine(2),
            progress=progress,
        )
    finally:
        shutil.rmtree(folder)


def _variety(assignment: Assignment) -> Mapping[str, bytes]:
    """Twenty notebooks that cost no time-outs: right and wrong ones."""
    from tests.benchmarks.peers.ours import notebooks
    from tests.benchmarks.peers.students import STUDENTS

    return notebooks(assignment, [student for student in STUDENTS if student.kind in ("right", "wrong", "raises")])


def _numbered(submission: Submission, number: int) -> Submission:
    return Submission(f"{submission.student}-{number:04}", submission.name, submission.content)


def _memory(main: int) -> dict[str, Any]:
    """Private memory of the class's own process, of its workers and of the largest guest."""
    workers, guests = [], []
    for pid in sorted(tree(main) - {main}):
        try:
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:  # a child that has ended since
            continue
        size = round(private_mb(pid), 1)
        if b"guest.py" in command:
            guests.append(size)
        elif b"spawn_main" in command:
            workers.append(size)
    return {"main_mb": private_mb(main), "workers_mb": workers, "guest_mb": max(guests, default=0.0)}


if __name__ == "__main__":
    grow()
