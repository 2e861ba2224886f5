"""Grade again what the store holds, in a sandbox: for a check that was added after the deadline, or another solution.

New reports are first made in a folder aside, where an interrupted regrade goes on. They are applied to the store when
all of them are there, each in a transaction; a dry run leaves them in the folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.course.schedule import Course
from autograder.engine import Engine, LocalEngine
from autograder.errors import StorageError
from autograder.grading.device import demand_torch
from autograder.pipeline.changes import change_of
from autograder.pipeline.class_run import BatchResult, folder_store, grade_batch
from autograder.pipeline.course_store import bank_folder, class_store
from autograder.pipeline.handed import unpack
from autograder.pipeline.rescore import Rescored
from autograder.pipeline.worker import Job
from autograder.report import Report
from autograder.sandbox import choose
from autograder.store.base import Handed
from autograder.store.database import Database
from autograder.store.folder import FolderStore
from autograder.store.sql import SqlStore
from autograder.submissions.collect import Collection, Submission


def regrade_class(
    course: Course,
    slug: str,
    database: Database,
    *,
    reason: str,
    apply: bool,
    jobs: int = 1,
    sandbox: str = "auto",
    sandbox_options: Mapping[str, Any] | None = None,
    device: str | None = None,
) -> Iterator[Rescored]:
    """Grade every file of an assignment again, then yield what became of each.

    reason: why, for the history of every grade that changes.
    apply: whether to put the new grades into the store.
    jobs: how many workers grade at once.
    sandbox, sandbox_options, device: as for `grade_class`.

    Raises CourseError, SandboxUnavailable, StorageError.
    """
    assignment = course.assignment(slug)
    provider = choose(sandbox)
    demand_torch(assignment, provider)
    store = class_store(database, slug).because("regraded", reason)
    job = Job(
        assignment_folder=assignment.folder,
        store=store,
        secret=database.secret,
        sandbox=provider,
        sandbox_options=sandbox_options or {},
        device=device or course.device_for(assignment),
        siblings=course.graded_functions(),
        time_zone=course.time_zone,
        languages=course.languages,
        bank=bank_folder(course, slug),
    )
    aside = course.root / ".autograder" / "regrade" / slug
    everything = rounds(store, aside)
    for one in everything:
        grade_aside(job, store, one, engine=LocalEngine(jobs))
    for one in everything:
        yield from compared(store, one, assignment.grade_fingerprint, apply=apply)
    if apply:
        shutil.rmtree(aside, ignore_errors=True)


@dataclass(frozen=True)
class AsideStore(FolderStore[Report]):
    """A folder for the new reports of a regrade, until they are applied to the store that has the submissions.

    The manifest of their calls is kept in that store.

    goal: the store that the reports are applied to.
    """

    goal: SqlStore[Report]

    def hand_in(self, handed: Handed) -> None:
        """Nothing to do: the submission was read from the goal."""

    def handed_in(self, student: str, content_hash: str = "") -> Handed | None:
        return self.goal.handed_in(student, content_hash)

    def keep_calls(self, version: str, content: bytes) -> None:
        self.goal.keep_calls(version, content)

    def calls(self, version: str) -> bytes | None:
        return self.goal.calls(version)


@dataclass(frozen=True)
class Round:
    """The n-th file of every student who handed in so many.

    before: the present report of each file, by student.
    folder: where the new reports are made.
    """

    before: dict[str, Report]
    folder: Path


def rounds(store: SqlStore[Report], aside: Path) -> list[Round]:
    """Everything that was handed in, one file a student in each round."""
    found: list[Round] = []
    count: dict[str, int] = {}
    for report in store.attempts():
        number = count.get(report.student, 0)
        count[report.student] = number + 1
        if number == len(found):
            found.append(Round({}, aside / str(number + 1)))
        found[number].before[report.student] = report
    return found


def grade_aside(
    job: Job,
    store: SqlStore[Report],
    one: Round,
    *,
    engine: Engine | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> BatchResult:
    """Grade one round into its folder. Raises as `grade_batch` does."""
    kept = folder_store(one.folder, store.database.secret)
    aside = AsideStore(kept.folder, kept.read, store)
    submissions = tuple(_submission(store, report) for report in one.before.values())
    return grade_batch(replace(job, store=aside), Collection(submissions), engine=engine, progress=progress)


def compared(store: SqlStore[Report], one: Round, fingerprint: str, *, apply: bool) -> Iterator[Rescored]:
    """What became of each report of a round.

    fingerprint: the grade fingerprint of the assignment as it is now.
    apply: whether to put the new reports into the store, where the old ones stay as history.
    """
    aside = folder_store(one.folder, store.database.secret)
    after = {report.student: report for report in aside.reports()}
    for student, before in one.before.items():
        report = after.get(student)
        same_file = report is not None and report.key.content_hash == before.key.content_hash
        if report is None or not same_file or report.key.grade_fingerprint != fingerprint or report.status == "pending":
            yield Rescored(student, None, "could not be graded again; the grade stays as it is")
            continue
        if apply and (report.key, report.status) != (before.key, before.status):
            store.put(report, aside.outcomes(report.key))
        yield Rescored(student, change_of(before, report))


def _submission(store: SqlStore[Report], report: Report) -> Submission:
    handed = store.handed_in(report.student, report.key.content_hash)
    if handed is None:
        raise StorageError(
            f"what {report.student} handed in is not kept", where=store.slug, remedy="Grade it from its file."
        )
    return unpack(replace(handed, submitted=report.submitted or ""))
