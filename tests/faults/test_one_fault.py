"""One fault at a time, at the worst moment: what it must not cost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.course.assignment import load_assignment
from autograder.errors import PlatformError, SandboxError
from autograder.grading.grader import Grader
from autograder.pipeline import worker as batch
from autograder.pipeline.class_run import folder_store, grade_batch
from autograder.pipeline.worker import Job, SubmissionWorker
from autograder.sandbox.interface import Execution, FunctionCall, Limits, Program, Sandbox, Seen, Status, ignore
from autograder.sandbox.run import PARDONS
from autograder.submissions.collect import Collection, Submission
from tests.contract.helpers import QUICK, calls, execute, program
from tests.faults.classroom import FOLDER, SCALE, SECRET, SUMS, WARM

HERE = Path(__file__).parents[2]


def submission(student: str, source: str = SCALE + SUMS) -> Submission:
    return Submission(student, f"{student}.py", f"# %%\n{source}".encode())


def job(out: Path, **options: Any) -> Job:
    return Job(
        FOLDER, folder_store(out, SECRET), SECRET, sandbox="process", sandbox_options={"warm_imports": WARM}, **options
    )


class Failing:
    """A sandbox whose chosen runs end as they do when the guest is lost twice: without outcomes."""

    def __init__(self, inner: Sandbox, failing: Sequence[int]) -> None:
        self.inner, self.failing, self.runs = inner, set(failing), 0

    def start(self) -> Any:
        return self.inner.start()

    def run(self, program: Program, calls: Sequence[FunctionCall], limits: Limits, seen: Seen = ignore) -> Execution:
        self.runs += 1
        if self.runs not in self.failing:
            return self.inner.run(program, calls, limits, seen)
        execution = self.inner.run(program, calls, limits)
        lost = tuple(replace(outcome, status=Status.GRADER_ERROR, value=None) for outcome in execution.outcomes)
        return replace(execution, outcomes=lost)

    def close(self) -> None:
        self.inner.close()


# -- the grader's own failures are nobody's fault --------------------------------------------------------------------


def test_a_guest_lost_during_the_reference_does_not_blame_the_lecturer(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxError):
        Grader(load_assignment(FOLDER), SECRET, Failing(sandbox, [1]))


def test_a_guest_lost_during_a_misconception_is_not_remembered(sandbox: Sandbox) -> None:
    """A bank without its misconceptions would leave the whole class undiagnosed."""
    failing = Failing(sandbox, [])
    grader = Grader(load_assignment(FOLDER), SECRET, failing)
    work = submission("kim", SCALE + "def row_sums(x): return x.mean(-1)\n")
    failing.failing = {failing.runs + 2}  # the submission itself, then the first misconception
    with pytest.raises(SandboxError):
        grader.grade(work)
    assert grader.grade(work).diagnoses["row_sums"].id == "means"


def test_a_worker_closes_the_sandbox_of_a_grader_that_never_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Any] = []

    class Box:
        closed = False

        def close(self) -> None:
            self.closed = True

    def open_sandbox(*_: object, **__: object) -> Box:
        opened.append(Box())
        return opened[-1]

    def refuse(*_: object, **__: object) -> None:
        raise SandboxError("lost while the reference ran")

    monkeypatch.setattr(batch, "open_sandbox", open_sandbox)
    monkeypatch.setattr(batch, "Grader", refuse)
    with pytest.raises(SandboxError):
        SubmissionWorker(job(tmp_path)).run(submission("kim"))
    assert len(opened) == batch.ATTEMPTS
    assert all(box.closed for box in opened)


def test_a_defect_of_ours_costs_one_submission_not_the_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = Grader.grade

    def grade(self: Grader, work: Submission) -> Any:
        if work.student == "lee":
            raise RecursionError("a defect that one notebook brings out")
        return original(self, work)

    monkeypatch.setattr(Grader, "grade", grade)
    work = Collection(tuple(submission(name) for name in ("kim", "lee", "min")))
    result = grade_batch(job(tmp_path), work)
    assert [entry.student for entry in result.summaries] == ["kim", "min"]
    ((student, why),) = result.failures
    assert student == "lee"
    assert "RecursionError" in why
    assert "test_one_fault.py" in why  # where it happened, for whoever reports it


# -- killed by the machine, not by the student -----------------------------------------------------------------------


def child_of(pid: int) -> int | None:
    """The newest process below `pid`, three levels down: guest, zygote, child."""
    for _ in range(2):
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            return None
        if not children:
            return None
        pid = int(children[-1])
    return pid


@pytest.mark.parametrize("where", ["cell", "call"])
def test_a_child_killed_by_the_machine_once(sandbox: Sandbox, where: str) -> None:
    """The kernel's out-of-memory killer, say: what it did is done again, and costs nobody anything."""
    slow = "import time\ndef f(): time.sleep(0.5); return 1\n" + ("time.sleep(0.6)\n" if where == "cell" else "")
    sandbox.start()
    guest = sandbox._channel.link.process.pid  # type: ignore[attr-defined]
    killed: list[int] = []

    def kill() -> None:
        child = child_of(guest)
        if child is not None:
            os.kill(child, signal.SIGKILL)
            killed.append(child)

    timer = threading.Timer(0.3, kill)
    timer.start()
    run = sandbox.run(program(slow), calls("f", repeat=1), QUICK)
    timer.join()
    assert len(killed) == 1
    assert [outcome.status for outcome in run.outcomes] == [Status.RETURNED]
    assert [cell.status for cell in run.cells] == [Status.RETURNED]
    assert any("signal 9" in event for event in run.events)


@pytest.mark.parametrize("where", ["cell", "call"])
def test_a_child_killed_by_the_machine_after_it_killed_itself(sandbox: Sandbox, where: str) -> None:
    """What kills itself uses up its own second chances, not those of the other cells and tasks."""
    source = "import os\ndef bad(): os.kill(os.getpid(), 9)\ndef f(): time.sleep(0.8); return 1\n"
    slow = "import time\n" + ("time.sleep(0.8)\n" if where == "cell" else "")
    sandbox.close()  # no child of an earlier test is on its way out
    sandbox.start()
    guest = sandbox._channel.link.process.pid  # type: ignore[attr-defined]
    seen: list[int] = []

    def kill_the_fifth_child() -> None:
        while len(seen) < 1 + PARDONS + 1:
            child = child_of(guest)
            if child is not None and child not in seen:
                seen.append(child)
            time.sleep(0.002)
        time.sleep(0.4)
        os.kill(seen[-1], signal.SIGKILL)

    killer = threading.Thread(target=kill_the_fifth_child, daemon=True)
    killer.start()
    run = sandbox.run(program(slow, source), calls("bad", "f", repeat=1), QUICK)
    killer.join()
    assert [outcome.status for outcome in run.outcomes] == [Status.CRASHED, Status.RETURNED]
    assert [cell.status for cell in run.cells] == [Status.RETURNED, Status.RETURNED]
    assert sum("signal 9" in event for event in run.events) == 1 + PARDONS + 1


def test_a_child_that_kills_itself_is_not_pardoned_for_ever(sandbox: Sandbox) -> None:
    source = "import os\ndef bad(): os.kill(os.getpid(), 9)\ndef good(): return 1\n"
    run = execute(sandbox, source, "bad", "good", "bad", "bad", "good")
    assert [o.status for o in run.outcomes] == [
        Status.CRASHED,
        Status.RETURNED,
        Status.CRASHED,
        Status.CRASHED,
        Status.RETURNED,
    ]
    cell = execute(sandbox, "import os\ndef f(): return 1\nos.kill(os.getpid(), 9)\n", "f")
    assert [o.status for o in cell.outcomes] == [Status.RETURNED]  # its definitions still count
    assert cell.cells[0].status is Status.CRASHED


# -- workers ---------------------------------------------------------------------------------------------------------

POISON = """
import json
import sys
from pathlib import Path
from autograder.engine import LocalEngine
from autograder.pipeline import class_run, worker
from tests.faults.test_one_fault import job, submission
from autograder.submissions.collect import Collection

if __name__ == "__main__":
    order = ["poison", *(f"student {n:02}" for n in range(5))]
    work = Collection(tuple(map(submission, order)))
    result = class_run.grade_batch(job(Path(sys.argv[1])), work, engine=LocalEngine(2))
    Path(sys.argv[2]).write_text(json.dumps([len(result.summaries), result.failures]))
else:  # a worker, which imports this file
    import os, signal
    original = worker.SubmissionWorker._grade
    def poisoned(self, work):
        if work.student == "poison":
            os.kill(os.getpid(), signal.SIGKILL)
        return original(self, work)
    worker.SubmissionWorker._grade = poisoned
"""


def test_a_submission_that_kills_workers_costs_no_other(tmp_path: Path) -> None:
    script = tmp_path / "grade_poison.py"
    script.write_text(POISON)
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path / "out"), str(tmp_path / "result")],
        env={**os.environ, "PYTHONPATH": str(HERE)},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0
    graded, failed = json.loads((tmp_path / "result").read_text())
    assert graded == 5
    ((student, why),) = failed
    assert student == "poison"
    assert "died 3 times" in why


def test_workers_do_not_outlive_the_grader(tmp_path: Path) -> None:
    """A killed grader's workers would go on as orphans, beside those of the next run."""
    code = """
    import os, signal, sys, time
    from pathlib import Path
    from autograder.engine.local import process_pool
    if __name__ == "__main__":
        pool = process_pool(2, int, ())
        for future in [pool.submit(time.sleep, 0.5) for _ in range(4)]:
            future.result()
        Path(sys.argv[1]).write_text(" ".join(map(str, pool._processes)))
        os.kill(os.getpid(), signal.SIGKILL)
    """
    script, pids = tmp_path / "orphans.py", tmp_path / "pids"
    script.write_text(textwrap.dedent(code))
    environment = {**os.environ, "PYTHONPATH": str(HERE)}
    done = subprocess.run([sys.executable, str(script), str(pids)], env=environment, timeout=60, check=False)
    assert done.returncode == -signal.SIGKILL
    workers = [int(pid) for pid in pids.read_text().split()]
    assert len(workers) == 2
    deadline = time.monotonic() + 10
    while left := [pid for pid in workers if Path(f"/proc/{pid}").exists()]:
        if time.monotonic() > deadline:
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            raise AssertionError(f"workers {left} are still there")
        time.sleep(0.05)


def test_platform_errors_cross_the_border_between_processes() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(PlatformError("died", where="kim.py", remedy="Again.")))
    assert str(error) == "kim.py: died. Again."
