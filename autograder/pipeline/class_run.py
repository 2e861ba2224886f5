"""Grade a class: an engine runs workers over submissions, a store keeps what they found.

A submission is done once its report is in the store. Running the same command again therefore continues where the last
run stopped, for whatever reason, and grades nothing twice; a later batch adds to the class.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.assignment import load_assignment
from autograder.engine import Died, Engine, LocalEngine
from autograder.pipeline.overview import ClassOverview, read_overview
from autograder.pipeline.worker import Graded, Job, SubmissionWorker
from autograder.report import Report, Summary, summary
from autograder.report.schema import read_signed
from autograder.store.folder import FolderStore
from autograder.submissions.collect import Collection, Problem
from autograder.submissions.roster import Roster


@dataclass
class BatchResult:
    """The result of one batch.

    summaries: of the reports of this batch, in the order in which they ended.
    problems: files of the batch that are not submissions, each with the reason.
    failures: (student, what the platform could not do).
    kept: how many reports were kept as an earlier run had made them.
    rebuilt: how many reports were rebuilt from the outcomes of an earlier run.
    """

    summaries: list[Summary] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)
    kept: int = 0
    rebuilt: int = 0

    @property
    def pending(self) -> list[Summary]:
        return [entry for entry in self.summaries if entry.status == "pending"]


def folder_store(out: Path, secret: bytes) -> FolderStore[Report]:
    """The store of reports in a folder. It trusts the reports that were signed with this secret."""
    return FolderStore(out, functools.partial(read_signed, secret=secret))


def grade_batch(
    job: Job,
    collection: Collection,
    *,
    engine: Engine | None = None,
    roster: Roster | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> BatchResult:
    """Grade every submission of a collection and add the reports to the store.

    job: what every worker needs to know.
    collection: the submissions.
    engine: where workers run; one worker in this process by default.
    roster: everybody who should hand in; the overview lists those who did not. Without one, that of an earlier batch
        stays in force.
    progress: called with 1 for each submission done. What is done when this is interrupted stays done.

    Raises UsageError where the store holds another assignment, AssignmentError, StorageError.
    """
    job.store.prepare(job.assignment_folder.name)
    before = read_overview(job.store.known())
    result = BatchResult(problems=list(collection.problems))
    try:
        engine = engine or LocalEngine()
        for ended in engine.map(functools.partial(SubmissionWorker, job), collection.submissions):
            if isinstance(ended, Died):
                result.failures.append((ended.item.student, str(ended.error.at(ended.item.name))))
            else:
                _count(result, ended.result)
            progress(1)
    finally:
        _write_overview(job, before, collection, result, roster)
    return result


def _count(result: BatchResult, graded: Graded) -> None:
    result.summaries.append(graded.summary)
    result.kept += graded.how == "kept"
    result.rebuilt += graded.how == "rebuilt"


def _write_overview(
    job: Job, before: ClassOverview, collection: Collection, result: BatchResult, roster: Roster | None
) -> None:
    """Write the overview of the whole class: of this batch and, for students who are not in it, of earlier ones."""
    now = {entry.student: entry for entry in result.summaries}
    earlier = [summary(report) for report in job.store.reports() if report.student not in now]
    overview = before.grown(
        load_assignment(job.assignment_folder, job.languages),
        _in_order([*earlier, *now.values()]),
        collection,
        result.failures,
        roster,
        job.languages,
    )
    job.store.overview(overview)


def _in_order(summaries: Sequence[Summary]) -> list[Summary]:
    return sorted(summaries, key=lambda entry: entry.student)
