"""Score again what was graded before, from kept outcomes: nothing runs, and no sandbox is needed.

It serves for every change that needs no new call: tolerances, points, messages and judges, removed and renamed checks.
Where a check needs calls that were never made, the submissions must run again, which `regrade` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from autograder import __version__
from autograder.course.fingerprints import answers_fingerprint
from autograder.course.misconceptions_file import Misconception
from autograder.course.schedule import Course
from autograder.course.secret import seed_id
from autograder.errors import AutograderError, PlatformError
from autograder.grading.grader import Grader
from autograder.grading.reference import load_reference
from autograder.grading.shared_bank import SharedBank
from autograder.pipeline.changes import Change, change_of
from autograder.pipeline.handed import unpack
from autograder.pipeline.manifest import Manifest, Translation, manifest_of, read_manifest, translation
from autograder.pipeline.worker import version_of
from autograder.report import Report, build_report
from autograder.sandbox.fake import FakeSandbox
from autograder.sandbox.interface import Outcome
from autograder.sandbox.kept import KeptError, OutcomeWriter
from autograder.store.sql import SqlStore


class NeedsRun(PlatformError):
    """A submission that cannot be scored from what is kept."""


@dataclass(frozen=True)
class Rescored:
    """What came of one submission.

    student: whose it is.
    change: its old and new grade; None where there is no new one.
    problem: why there is none.
    """

    student: str
    change: Change | None
    problem: str = ""


class KeptGrader(Grader):
    """A grader whose reference was kept for another version of the assignment, and which runs nothing."""

    def __init__(
        self, course: Course, slug: str, secret: bytes, manifest: Manifest, bank: Path | None, old: str
    ) -> None:
        """A grader of the assignment as it is now, for the outcomes of an older version.

        manifest: the calls and the reference of the older version.
        bank: the folder of its misconceptions' outcomes; None for none.
        old: its grade fingerprint.
        """
        assignment = course.assignment(slug)
        self.manifest = manifest
        self.old_version = old
        self.old_bank = SharedBank(bank) if bank is not None and bank.is_dir() else None
        self.translation: Translation
        super().__init__(
            assignment,
            secret,
            FakeSandbox({}),
            device="cpu",
            siblings=course.graded_functions(),
            time_zone=course.time_zone,
            bank=None,
            cold=True,
        )

    def warm(self) -> None:
        """Take the reference from the manifest; no sandbox is started. Raises NeedsRun where that is not enough."""
        if self._warm:
            return
        self._place(None)
        self.translation = translation(self.manifest, self.calls)
        if self.manifest.answers != answers_fingerprint(self.assignment.limits, self.assignment.cells):
            raise NeedsRun("the solution's code or the limits have changed", remedy=_REGRADE)
        if self.translation.missing:
            tasks = sorted({call.group for call in self.translation.missing})
            count = len(self.translation.missing)
            raise NeedsRun(f"{count} calls of {', '.join(tasks)} were never made", remedy=_REGRADE)
        kept = self.translation.reference(self.manifest, self.calls)
        found = load_reference(kept, self.calls) if kept is not None else None
        if found is None:
            raise NeedsRun("the solution's outcomes were not kept", remedy=_REGRADE)
        self.reference, self.info = found
        self._warm = True

    def bank(self, task: str) -> list[tuple[Misconception, Mapping[int, Outcome]]]:
        """The misconceptions for which an earlier run has kept outcomes of every case of the task."""
        if task not in self._bank:
            mine = {case.id for case in self.cases if case.task == task}
            found = [(m, self._recalled(m)) for m in self.assignment.misconceptions if m.task == task]
            self._bank[task] = [(m, outcomes) for m, outcomes in found if mine <= outcomes.keys()]
        return self._bank[task]

    def _recalled(self, misconception: Misconception) -> Mapping[int, Outcome]:
        if self.old_bank is None:
            return {}
        key = self._bank_key(misconception.name, misconception.source, self.old_version)
        with_old_numbers = self.old_bank.outcomes(key)
        return {o.id: o for o in self.translation.renumbered(tuple(with_old_numbers.values()))}


_REGRADE = "Run autograder regrade: it grades again from the store."


class Rescorer:
    """Scores the submissions of one assignment again.

    course, slug: the assignment as it is now.
    store: where its grades are.
    bank: the folder where the class kept the outcomes of its misconceptions.
    """

    def __init__(self, course: Course, slug: str, store: SqlStore[Report], bank: Path | None) -> None:
        self.course = course
        self.slug = slug
        self.store = store
        self.bank = bank
        self.secret = store.database.secret
        self.writer = OutcomeWriter()
        self._graders: dict[str, KeptGrader | NeedsRun] = {}
        self._kept: set[str] = set()

    def score(self, reports: Iterator[Report] | Sequence[Report], *, apply: bool) -> Iterator[Rescored]:
        """Each of these reports, scored as the assignment is now. apply: whether to keep the new grades."""
        for report in reports:
            try:
                new, outcomes = self._scored(report)
            except AutograderError as error:
                yield Rescored(report.student, None, str(error))
                continue
            if apply and _is_another(report, new):
                self._keep_calls(report)
                self.store.put(new, outcomes)
            yield Rescored(report.student, change_of(report, new))

    def _scored(self, report: Report) -> tuple[Report, bytes | None]:
        if report.status == "unreadable":  # no check can change that
            return report, None
        outcomes = self.store.outcomes(report.key)
        if outcomes is None or not report.holds(outcomes):
            raise NeedsRun("no outcomes are kept", where=self.slug, remedy=_REGRADE)
        if report.status == "pending":
            raise NeedsRun("some checks could not be run", where=self.slug, remedy=_REGRADE)
        handed = self.store.handed_in(report.student, report.key.content_hash)
        if handed is None:
            raise NeedsRun("what was handed in is not kept", where=self.slug, remedy="Grade it once more.")
        grader = self._grader(report.key.grade_fingerprint, report.key.autograder)
        try:
            execution, info = grader.translation.execution(outcomes)
            numbered = self.writer.dump(execution, info, grader.calls)  # as the new version numbers its cases
        except KeptError as error:
            raise NeedsRun(f"{error}", where=report.student, remedy=_REGRADE) from None
        moment = datetime.fromisoformat(report.submitted) if report.submitted else None
        findings = grader.score_again(replace(unpack(handed), submitted=moment), execution)
        new = build_report(findings, self.course.languages).dated_as(report)
        return _explained_as(report, new).signed(self.secret, numbered), numbered

    def _keep_calls(self, report: Report) -> None:
        """Keep the manifest of the new version's calls, before its first report."""
        grader = self._grader(report.key.grade_fingerprint, report.key.autograder)
        version = version_of(grader.assignment.grade_fingerprint, grader.seed_id)
        content = manifest_of(grader) if version not in self._kept else None
        if content is not None:
            self.store.keep_calls(version, content)
            self._kept.add(version)

    def _grader(self, fingerprint: str, autograder: str) -> KeptGrader:
        """The grader for outcomes of one version of the assignment."""
        if fingerprint not in self._graders:
            content = self.store.calls(
                version_of(fingerprint, seed_id(self.secret)).removesuffix(__version__) + autograder
            )
            manifest = read_manifest(content) if content is not None else None
            try:
                if manifest is None:
                    raise NeedsRun("what their outcomes answer is not kept", where=self.slug, remedy=_REGRADE)
                self._graders[fingerprint] = KeptGrader(
                    self.course, self.slug, self.secret, manifest, self.bank, fingerprint
                )
            except NeedsRun as error:
                self._graders[fingerprint] = error
        found = self._graders[fingerprint]
        if isinstance(found, NeedsRun):
            raise NeedsRun(found.message, where=found.where or self.slug, remedy=found.remedy)
        return found


def _is_another(old: Report, new: Report) -> bool:
    """Whether the new report must be kept: its key, its report fingerprint or its languages are others."""
    return new is not old and (old.key, old.provenance.report_fingerprint, old.languages) != (
        new.key,
        new.provenance.report_fingerprint,
        new.languages,
    )


def _explained_as(old: Report, new: Report) -> Report:
    """The new report, with the old diagnosis of each task that has none and whose checks passed and failed as before.

    Fewer misconceptions may be at hand than when the old report was made.
    """
    before = {task.name: task for task in old.tasks}
    tasks = []
    for task in new.tasks:
        earlier = before.get(task.name)
        same = earlier is not None and [(c.name, c.status) for c in earlier.checks] == [(c.name, c.status) for c in task.checks]  # fmt: skip
        if earlier is not None and same and task.diagnosis is None and earlier.diagnosis is not None:
            task = msgspec.structs.replace(task, diagnosis=earlier.diagnosis)
        tasks.append(task)
    return msgspec.structs.replace(new, tasks=tasks)
