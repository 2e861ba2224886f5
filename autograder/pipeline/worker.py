"""One worker of a class: grades submissions one after the other, and owns one warm sandbox."""

from __future__ import annotations

import contextlib
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from pathlib import Path
from typing import Any, Literal, NamedTuple

from autograder import __version__
from autograder.course.assignment import load_assignment
from autograder.course.secret import seed_id
from autograder.errors import AutograderError, PlatformError
from autograder.grading.device import sandbox_device
from autograder.grading.findings import Findings
from autograder.grading.grader import Grader
from autograder.grading.shared_bank import SharedBank
from autograder.i18n import LANGUAGES
from autograder.pipeline.handed import pack
from autograder.pipeline.manifest import manifest_of
from autograder.report import Report, Summary, build_report, summary
from autograder.sandbox import open_sandbox
from autograder.sandbox.interface import Sandbox
from autograder.sandbox.kept import KeptError, OutcomeWriter, load_execution
from autograder.store.base import KeepsSubmissions, Key, Store
from autograder.store.sql import SqlStore
from autograder.submissions.collect import Submission

ATTEMPTS = 3


@dataclass(frozen=True)
class Job:
    """What every worker needs to know. It is plain data, so it can be pickled for other processes.

    assignment_folder: solutions/<slug>.
    store: where reports are kept.
    secret: hidden cases are drawn from it, and reports signed with it.
    sandbox: the provider, as `open_sandbox` takes it.
    sandbox_options: its options, as `open_sandbox` takes them.
    device: "cpu", "cuda" or "auto".
    again: whether to grade again what an earlier run has graded.
    siblings: graded functions of the course's assignments, by slug.
    time_zone: the course's.
    languages: the languages in which reports are written.
    bank: a folder for the outcomes of reference and misconceptions, which workers share; None to share nothing.
    """

    assignment_folder: Path
    store: Store[Report]
    secret: bytes
    sandbox: str = "auto"
    sandbox_options: Mapping[str, Any] = field(default_factory=dict)
    device: str = "cpu"
    again: bool = False
    siblings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    time_zone: tzinfo = UTC
    languages: Sequence[str] = LANGUAGES
    bank: Path | None = None


class Graded(NamedTuple):
    """A graded submission.

    summary: of its report.
    how: "graded" now, "kept" from an earlier run, or "rebuilt" from the outcomes of an earlier run.
    """

    summary: Summary
    how: Literal["graded", "kept", "rebuilt"]


class SubmissionWorker:
    """Grades submissions one after the other; owns one warm sandbox."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.assignment = load_assignment(job.assignment_folder, job.languages)
        self.seed_id = seed_id(job.secret)
        self.writer = OutcomeWriter()
        self.sandbox: Sandbox | None = None
        self.grader: Grader | None = None
        self.calls_kept = False

    def run(self, submission: Submission) -> Graded:
        """Grade one submission and put its report into the store.

        An earlier report with the same key is kept instead. If only the report's fingerprint differs, it is rebuilt
        from the kept outcomes, and nothing is run.
        """
        try:
            self._keep_submission(submission)
            earlier = None if self.job.again else self.job.store.earlier(self._key(submission))
            if earlier is not None and earlier.status != "pending":
                if self._words_hold(earlier):
                    return Graded(summary(earlier), "kept")
                rebuilt = self._rebuild(submission, earlier)
                if rebuilt is not None:
                    return Graded(summary(rebuilt), "rebuilt")
            return Graded(summary(self._grade_and_keep(submission)), "graded")
        except AutograderError:
            raise
        except Exception as error:  # a defect of the grader, perhaps provoked: it must not stop the class
            raise _stumbled(submission, error) from error

    def _keep_submission(self, submission: Submission) -> None:
        """Keep the submission before it is graded, so that the store has it however grading ends."""
        if isinstance(self.job.store, KeepsSubmissions):
            handed = pack(submission, self.job.time_zone)
            if handed is not None:
                self.job.store.hand_in(handed)

    def _keep_calls(self, grader: Grader) -> None:
        """Keep the manifest of the calls, by which another version of the assignment can read the outcomes."""
        if isinstance(self.job.store, KeepsSubmissions) and not self.calls_kept:
            content = manifest_of(grader)
            if content is not None:
                self.job.store.keep_calls(version_of(self.assignment.grade_fingerprint, self.seed_id), content)
            self.calls_kept = True

    def _key(self, submission: Submission) -> Key:
        return Key(
            student=submission.student,
            name=submission.name.encode("utf-8", "replace").decode("utf-8"),
            content_hash=submission.content_hash,
            slug=self.assignment.slug,
            grade_fingerprint=self.assignment.grade_fingerprint,
            seed_id=self.seed_id,
            autograder=__version__,
        )

    def _words_hold(self, earlier: Report) -> bool:
        """Whether the texts of an earlier report are those of today: same report fingerprint, same languages."""
        same = earlier.provenance.report_fingerprint == self.assignment.report_fingerprint
        return same and earlier.languages == tuple(self.job.languages)

    def _grade_and_keep(self, submission: Submission) -> Report:
        findings = self._grade(submission)
        outcomes = None
        if findings.execution is not None and self.grader is not None:
            with contextlib.suppress(KeptError):
                outcomes = self.writer.dump(findings.execution, self.grader.info, self.grader.calls)
            self._keep_calls(self.grader)
        return self._keep(build_report(findings, self.job.languages), outcomes)

    def _rebuild(self, submission: Submission, earlier: Report) -> Report | None:
        """Rebuild a report from kept outcomes; None where they cannot be used and the submission must run."""
        outcomes = self.job.store.outcomes(earlier.key)
        if outcomes is None or not earlier.holds(outcomes):
            return None
        grader = self._ready_grader(cold=True)
        try:
            execution, _ = load_execution(outcomes, grader.calls)
        except KeptError:
            return None
        report = build_report(grader.score_again(submission, execution), self.job.languages)
        return self._keep(report.dated_as(earlier), outcomes, rebuilt=True)

    def _keep(self, report: Report, outcomes: bytes | None, *, rebuilt: bool = False) -> Report:
        signed = report.signed(self.job.secret, outcomes)
        store = self.job.store
        if rebuilt and isinstance(store, SqlStore):  # its history tells a rebuilt report from a new grade
            store = store.because("rebuilt", "")
        store.put(signed, outcomes)
        return signed

    def _grade(self, submission: Submission) -> Findings:
        for attempt in range(ATTEMPTS):
            try:
                return self._ready_grader().grade(submission)
            except PlatformError:
                self.close()  # a fresh sandbox for the next attempt
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")

    def _ready_grader(self, *, cold: bool = False) -> Grader:
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
                bank=SharedBank(self.job.bank) if self.job.bank else None,
                cold=cold,
            )
        return self.grader

    def close(self) -> None:
        """Stop the sandbox; idempotent."""
        sandbox, self.sandbox, self.grader = self.sandbox, None, None
        if sandbox is not None:
            with contextlib.suppress(AutograderError):
                sandbox.close()


def version_of(grade_fingerprint: str, secret_id: str) -> str:
    """The version of an assignment and its hidden cases, under which a store keeps the manifest of its calls."""
    return f"{grade_fingerprint} {secret_id} {__version__}"


def _stumbled(submission: Submission, error: Exception) -> PlatformError:
    """An unexpected error as a PlatformError that names the place in our own code where it was raised."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    return PlatformError(
        f"the grader itself failed: {type(error).__name__}: {str(error)[:200]} ({Path(place.filename).name}:{place.lineno}).",
        where=submission.name,
        remedy="This is a bug of the grader, not the student's; no mark is lost. Please report it with the notebook.",
    )
