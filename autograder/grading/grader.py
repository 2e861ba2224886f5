"""Grade one submission: run it, compare it with the reference, say why.

    expected = execute(solution)            once for the whole class
    actual   = execute(submission)
    verdicts = compare(case, expected, actual)
    report   = score(verdicts) + diagnose(verdicts)

Everything that student code touches is in the sandbox; everything that decides a grade is here.
"""

from __future__ import annotations

import functools
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, tzinfo

from autograder import __version__
from autograder.authoring import Task
from autograder.course.assignment import Assignment, Misconception
from autograder.course.cases import Case, make_cases
from autograder.course.secret import seed_id
from autograder.errors import SubmissionError
from autograder.grading.device import placed_call, resolve_device
from autograder.grading.diagnose import Observation, diagnose, explainable
from autograder.grading.findings import CellProblem, Diagnosis, Forbidden, Provenance, Report
from autograder.grading.forbidden import find_recorded, find_written
from autograder.grading.reference import demand_no_grader_error, make_reference
from autograder.grading.score import CaseVerdict, TaskVerdict, score_task
from autograder.grading.shared_bank import Shelf
from autograder.grading.verdicts import case_verdict
from autograder.notebooks.reader import text_of
from autograder.sandbox.interface import Execution, FunctionCall, Outcome, Sandbox, SandboxInfo, Status
from autograder.submissions.collect import Submission
from autograder.submissions.prepare import Prepared, prepare


class Grader:
    """Grades submissions of one assignment, one at a time, in one warm sandbox."""

    def __init__(
        self,
        assignment: Assignment,
        secret: bytes,
        sandbox: Sandbox,
        *,
        device: str = "cpu",
        siblings: Mapping[str, Sequence[str]] | None = None,
        time_zone: tzinfo = UTC,
        shelf: Shelf | None = None,
    ) -> None:
        """siblings: graded functions of the course's other assignments by slug, to name a notebook of another one.

        shelf: where other workers of this class find what the misconceptions give, and put it.
        """
        self.assignment = assignment
        self.siblings = siblings or {}
        self.time_zone = time_zone
        self.shelf = shelf
        self.sandbox = sandbox
        self.info: SandboxInfo = sandbox.start()
        self.device = resolve_device(device, self.info)
        self.seed_id = seed_id(secret)
        self.cases = make_cases(assignment, secret)
        self.by_id = {case.id: case for case in self.cases}
        recorded = _recorded_cases(assignment, self.cases)
        # Visible cases first: what a student's code sees of a hidden input cannot come back in an output that the
        # report shows, because by then no such output is still to come.
        self.calls: tuple[FunctionCall, ...] = tuple(
            placed_call(case, self.device, self.info, record=case.id in recorded)
            for case in sorted(self.cases, key=lambda case: not case.check.visible)
        )
        self.reference = make_reference(assignment, self.cases, sandbox, self.device)
        self._bank: dict[str, list[tuple[Misconception, Mapping[int, Outcome]]]] = {}

    def grade(self, submission: Submission) -> Report:
        """The report of one submission. Raises PlatformError alone: whatever is wrong with the submission is a report."""
        started = time.perf_counter()
        try:
            prepared = prepare(submission, self.assignment, self.siblings)
        except SubmissionError as error:
            return self._unreadable(submission, error, time.perf_counter() - started)
        verdicts: dict[int, CaseVerdict] = {}
        written: list[Forbidden] = []

        def judge_at_once(outcome: Outcome) -> None:  # while the sandbox is busy with the next calls
            if not verdicts:
                written.extend(find_written(self.assignment, prepared.program))
            verdicts[outcome.id] = case_verdict(self.by_id[outcome.id], self.reference, outcome)

        execution = self.sandbox.run(prepared.program, self.calls, self.assignment.limits, judge_at_once)
        for outcome in execution.outcomes:
            if outcome.id not in verdicts:  # the sandbox gave up on it
                judge_at_once(outcome)
        return self._report(submission, prepared, execution, verdicts, written, started)

    def _report(
        self,
        submission: Submission,
        prepared: Prepared,
        execution: Execution,
        verdicts: Mapping[int, CaseVerdict],
        written: Sequence[Forbidden],
        started: float,
    ) -> Report:
        outcomes = {outcome.id: outcome for outcome in execution.outcomes}
        only_flagged = self.assignment.forbidden == "flag"
        seen = (*written, *find_recorded(self.assignment, self.cases, outcomes))
        forbidden = tuple(replace(finding, only_flagged=only_flagged) for finding in seen)
        tasks = tuple(self._score(task, verdicts, forbidden) for task in self.assignment.tasks)
        diagnoses = {t.task.name: found for t in tasks if (found := self._diagnose(t.task, verdicts)) is not None}
        return Report(
            slug=self.assignment.slug,
            title=self.assignment.title,
            student=submission.student,
            submitted=self._moment(submission),
            status="pending" if any(task.pending for task in tasks) else "graded",
            tasks=tasks,
            cases=self.by_id,
            expected=self.reference.outcomes,
            diagnoses=diagnoses,
            forbidden=forbidden,
            cells=_cell_problems(prepared, execution),
            notes=prepared.notes,
            events=execution.events,
            problem=None,
            provenance=self._provenance(prepared.content_hash),
            seconds=time.perf_counter() - started,
            sources={cell.name: cell.source for cell in prepared.program.cells},
        )

    def _score(self, task: Task, verdicts: Mapping[int, CaseVerdict], forbidden: Sequence[Forbidden]) -> TaskVerdict:
        groups = [(check, [verdicts[case.id] for case in self.cases if case.check is check]) for check in task.checks]
        scored = score_task(task, groups)
        if any(found.task == task.name and found.costs for found in forbidden):
            return replace(scored, checks=tuple(replace(check, earned=0.0) for check in scored.checks))
        return scored

    def _diagnose(self, task: Task, verdicts: Mapping[int, CaseVerdict]) -> Diagnosis | None:
        mine = [case for case in self.cases if case.task == task.name]
        observations = [
            Observation(c, self.reference.outcomes[c.id], verdicts[c.id].outcome, verdicts[c.id].right) for c in mine
        ]
        if not explainable(observations):
            return None  # and the bank need not be run
        return diagnose(observations, self.bank(task.name))

    def bank(self, task: str) -> list[tuple[Misconception, Mapping[int, Outcome]]]:
        """The misconceptions of a task with their outcomes, run on first use."""
        if task not in self._bank:
            calls = [call for call in self.calls if call.group == task]
            mine = [m for m in self.assignment.misconceptions if m.task == task]
            makers = {m.name: functools.partial(self.run_override, m.source, m.name, calls) for m in mine}
            known = self.shelf.collect(makers) if self.shelf else {name: make() for name, make in makers.items()}
            self._bank[task] = [(m, known[m.name]) for m in mine]
        return self._bank[task]

    def run_override(self, source: str, name: str, calls: Sequence[FunctionCall]) -> Mapping[int, Outcome]:
        """The solution with some functions replaced, as just another submission."""
        program = self.assignment.solution_program().then(source, name)
        plain_calls = [replace(call, record=False) for call in calls]
        execution = self.sandbox.run(program, plain_calls, self.assignment.limits)
        demand_no_grader_error(execution)
        return {o.id: o for o in execution.outcomes}

    def _moment(self, submission: Submission) -> str | None:
        """When it was handed in, on the course's clock."""
        moment = submission.submitted
        return moment.astimezone(self.time_zone).isoformat(timespec="seconds") if moment else None

    def _provenance(self, content_hash: str) -> Provenance:
        return Provenance(
            content_hash=content_hash,
            assignment_fingerprint=self.assignment.fingerprint,
            seed_id=self.seed_id,
            autograder=__version__,
            sandbox={k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self.info).items()},
            graded_at=datetime.now(UTC).isoformat(timespec="seconds"),
            device=self.device,
        )

    def _unreadable(self, submission: Submission, error: SubmissionError, seconds: float) -> Report:
        return Report(
            slug=self.assignment.slug,
            title=self.assignment.title,
            student=submission.student,
            submitted=self._moment(submission),
            status="unreadable",
            tasks=(),
            cases={},
            expected={},
            diagnoses={},
            forbidden=(),
            cells=(),
            notes=(),
            events=(),
            problem=text_of(error),
            provenance=self._provenance(submission.content_hash),
            seconds=seconds,
        )


def _recorded_cases(assignment: Assignment, cases: Sequence[Case]) -> set[int]:
    """One case for each function of a task that forbids something; which one depends on the drawn cases alone."""
    chosen: dict[tuple[str, str], Case] = {}
    for case in cases:
        if assignment.task(case.task).forbid and not case.check.edge:
            best = chosen.get((case.task, case.function))
            if best is None or case.upstream_seed < best.upstream_seed:
                chosen[case.task, case.function] = case
    return {case.id for case in chosen.values()}


def _cell_problems(prepared: Prepared, execution: Execution) -> tuple[CellProblem, ...]:
    return tuple(
        CellProblem(prepared.program.cells[cell.index].name, cell.status.value, cell.error)
        for cell in execution.cells
        if cell.status is not Status.RETURNED
    )
