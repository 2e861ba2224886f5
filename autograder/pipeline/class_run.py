"""Grade a class: many submissions, several workers, one folder of reports.

A submission is done when its JSON stands in the output folder; it is written last, and in one step. Running the same
command again therefore goes on where the last run ended, however that ended, and grades nothing twice.
"""

from __future__ import annotations

import atexit
import contextlib
import errno
import json
import os
import shutil
import tempfile
import traceback
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any

from autograder import __version__
from autograder.course.assignment import load_assignment
from autograder.course.secret import seed_id
from autograder.engine.local import local_executor
from autograder.errors import AutograderError, PlatformError, StorageError
from autograder.grading.device import sandbox_device
from autograder.grading.grader import Grader
from autograder.grading.shared_bank import Shelf
from autograder.report import report_data, staff_index, student_html, summary, write_grades_csv
from autograder.sandbox import open_sandbox
from autograder.sandbox.interface import Sandbox
from autograder.store import liveness as owner
from autograder.submissions.collect import Collection, Problem, Submission

ATTEMPTS = 3
SCHEMA = "autograder.report/1"


@dataclass(frozen=True)
class Job:
    """What every worker needs to know; plain data, so that it crosses process borders."""

    assignment_folder: Path
    out: Path
    secret: bytes
    sandbox: str = "auto"
    sandbox_options: Mapping[str, Any] = field(default_factory=dict)
    device: str = "cpu"
    again: bool = False
    siblings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    time_zone: tzinfo = UTC
    shelf: Path | None = None  # a folder, where there are several workers


@dataclass
class BatchResult:
    """What became of a class. failures: (student, what the platform could not do)."""

    summaries: list[dict[str, Any]]
    problems: list[Problem]
    failures: list[tuple[str, str]]
    kept: int = 0

    @property
    def pending(self) -> list[dict[str, Any]]:
        return [s for s in self.summaries if s["status"] == "pending"]


# -- one worker ------------------------------------------------------------------------------------------------------


class Worker:
    """Grades submissions one after the other; owns one warm sandbox."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.assignment = load_assignment(job.assignment_folder)
        self.seed_id = seed_id(job.secret)
        self.sandbox: Sandbox | None = None
        self.grader: Grader | None = None

    def run(self, submission: Submission) -> tuple[dict[str, Any], bool]:
        """(summary, kept): grade and write the files, or keep those of an earlier run that still hold."""
        if not self.job.again:
            earlier = self._earlier(submission)
            if earlier is not None:
                return earlier, True
        try:
            data = self._grade(submission)
            self._write(submission.student, data)
        except AutograderError:
            raise
        except Exception as error:  # a slip of ours, or a submission made to find one: it must not stop the class
            raise _stumbled(submission, error) from error
        return summary(data), False

    def _grade(self, submission: Submission) -> dict[str, Any]:
        for attempt in range(ATTEMPTS):
            try:
                if self.grader is None:
                    device = sandbox_device(self.assignment, self.job.device)
                    self.sandbox = open_sandbox(self.job.sandbox, device=device, **self.job.sandbox_options)
                    self.grader = Grader(
                        self.assignment,
                        self.job.secret,
                        self.sandbox,
                        device=self.job.device,
                        siblings=self.job.siblings,
                        time_zone=self.job.time_zone,
                        shelf=Shelf(self.job.shelf) if self.job.shelf else None,
                    )
                return report_data(self.grader.grade(submission))
            except PlatformError:
                self.close()  # a fresh sandbox for the next attempt
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")

    def _earlier(self, submission: Submission) -> dict[str, Any] | None:
        """The summary of an earlier run's report, if that is whole and was made of the same work, cases and code."""
        path = self.job.out / f"{submission.student}.json"
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            proof = data["provenance"]
            earlier = summary(data)
            same = (
                data["schema"] == SCHEMA
                and data["assignment"]["slug"] == self.assignment.slug
                and data["status"] in ("graded", "unreadable")
                and proof["content_hash"] == submission.content_hash
                and proof["assignment_fingerprint"] == self.assignment.fingerprint
                and proof["seed_id"] == self.seed_id
                and proof["autograder"] == __version__
            )
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AutograderError):
            return None
        pages = (self.job.out / f"{submission.student}{ending}" for ending in (".html", ".ko.html"))
        return earlier if same and all(page.exists() for page in pages) else None

    def _write(self, student: str, data: dict[str, Any]) -> None:
        out = self.job.out
        write_atomically(out / f"{student}.html", student_html(data, "en"))
        write_atomically(out / f"{student}.ko.html", student_html(data, "ko"))
        write_atomically(
            out / f"{student}.json", json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        )

    def close(self) -> None:
        sandbox, self.sandbox, self.grader = self.sandbox, None, None
        if sandbox is not None:
            with contextlib.suppress(AutograderError):
                sandbox.close()


def _stumbled(submission: Submission, error: Exception) -> PlatformError:
    """An error that nobody foresaw, with the place in our own code where it came up."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return PlatformError(
        f"the grader itself failed: {type(error).__name__}: {str(error)[:200]} ({Path(place.filename).name}:{place.lineno}).",
        where=submission.name,
        remedy="This is a bug of the grader, not the student's; no mark is lost. Please report it with the notebook.",
    )


_job: Job | None = None
_worker: Worker | None = None


def _start_worker(job: Job) -> None:
    """Only what cannot fail: an error here would look like the process's death."""
    global _job
    _job = job
    _end_worker()
    atexit.register(_end_worker)


def _run_in_worker(submission: Submission) -> tuple[dict[str, Any], bool]:
    global _worker
    if _worker is None:
        assert _job is not None
        _worker = Worker(_job)
    return _worker.run(submission)


def _end_worker() -> None:
    global _worker
    worker, _worker = _worker, None
    if worker is not None:
        worker.close()


# -- the class -------------------------------------------------------------------------------------------------------


def grade_class(
    job: Job,
    collection: Collection,
    *,
    jobs: int = 1,
    progress: Callable[[int], object] = lambda done: None,
) -> BatchResult:
    """Grade every submission of a collection and write the folder of reports.

    progress: called with 1 for each submission done. What is done when this is interrupted stays done.
    """
    make_folder(job.out)
    result = BatchResult([], list(collection.problems), [])
    try:
        with _shelf(job.out, jobs) as shelf:
            for submission, outcome in _run_all(replace(job, shelf=shelf), collection.submissions, jobs):
                if isinstance(outcome, BaseException):
                    result.failures.append((submission.student, str(outcome)))
                else:
                    entry, kept = outcome
                    result.summaries.append(entry)
                    result.kept += kept
                progress(1)
    finally:
        _write_overview(job, result)
    return result


@contextlib.contextmanager
def _shelf(out: Path, jobs: int) -> Iterator[Path | None]:
    """The folder of a `Shelf` for as long as there are workers to share it."""
    if jobs == 1:
        yield None
        return
    folder = out / f".shelf.{owner.mark()}.tmp"
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise _unwritable(folder, error) from None
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


Outcome = tuple[dict[str, Any], bool] | BaseException


def _run_all(job: Job, submissions: Sequence[Submission], jobs: int) -> Iterator[tuple[Submission, Outcome]]:
    """(submission, outcome) as they finish. Workers that die are replaced, and what they had in hand is tried again.

    A worker's death breaks its pool, which does not say whose submission it was. All that were in hand are suspects:
    they run one at a time, so that a submission that kills workers is found, and costs no other.
    """
    waiting, suspects, deaths = deque(submissions), deque[Submission](), Counter[str]()
    while waiting or suspects:
        alone = bool(suspects)
        executor = local_executor(1 if alone else min(jobs, len(waiting)), _start_worker, (job,), apart=alone)
        window = 1 if alone or jobs == 1 else 4 * jobs
        try:
            in_hand = yield from _drain(executor, suspects if alone else waiting, window)
        finally:
            executor.shutdown(cancel_futures=True)
            _end_worker()
        for submission in in_hand:
            deaths[submission.student] += alone
            if deaths[submission.student] == ATTEMPTS:
                yield submission, PlatformError(f"the grading process died {ATTEMPTS} times", where=submission.name)
            else:
                suspects.append(submission)


def _drain(
    executor: Executor, queue: deque[Submission], window: int
) -> Generator[tuple[Submission, Outcome], None, list[Submission]]:
    """Run a queue until it is empty, or the pool broken: what was in hand then is returned, the rest stays queued."""
    running: dict[Future[tuple[dict[str, Any], bool]], Submission] = {}
    in_hand: list[Submission] = []
    while True:
        while queue and not in_hand and len(running) < window:
            try:
                running[executor.submit(_run_in_worker, queue[0])] = queue[0]
            except BrokenProcessPool:
                if not running:  # otherwise what runs will say so, and be the suspects
                    in_hand.append(queue.popleft())
                break
            queue.popleft()
        if not running:
            return in_hand
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            submission = running.pop(future)
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                in_hand.append(submission)
            elif error is not None and not isinstance(error, AutograderError):
                raise error
            elif error is not None and not isinstance(error, PlatformError):
                raise error  # the assignment or the course is wrong: the same for every submission
            else:
                yield submission, error if error is not None else future.result()


def _write_overview(job: Job, result: BatchResult) -> None:
    order = sorted(result.summaries, key=lambda entry: str(entry["student"]))
    assignment = load_assignment(job.assignment_folder)
    write_atomically(
        job.out / "grades.csv", write_grades_csv(order, result.failures, assignment.slug, assignment.points)
    )
    page = staff_index(
        order,
        problems=[(problem.where, str(problem.error)) for problem in result.problems],
        failures=result.failures,
        assignment=assignment,
    )
    write_atomically(job.out / "index.html", page)


# -- files -----------------------------------------------------------------------------------------------------------


def make_folder(path: Path) -> None:
    """Make a folder that can be written to, without the half-written files of a run that was killed."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
        for half in path.glob(".*.tmp"):
            if not owner.is_dead(half.name.removesuffix(".tmp").rpartition(".")[2]):
                continue
            if half.is_dir():
                shutil.rmtree(half)
            else:
                half.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"cannot write here: {error.strerror}", where=str(path), remedy="Choose another folder with --out."
        ) from None


def write_atomically(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all, whatever happens on the way."""
    temporary = path.with_name(f".{path.name}.{owner.mark()}.tmp")
    try:
        with open(temporary, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> StorageError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    remedy = "Free some space and run the same command again: it goes on from here." if full else ""
    return StorageError(f"cannot be written: {error.strerror}", where=str(path), remedy=remedy)
