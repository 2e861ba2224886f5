"""Grade one submission: run it, compare it with the reference, say why.

    expected = execute(solution)            once for the whole class
    actual   = execute(submission)
    verdicts = compare(case, expected, actual)
    report   = score(verdicts) + diagnose(verdicts)

Everything that student code touches is in the sandbox; everything that decides a grade is here.
"""

from __future__ import annotations

import functools
import hashlib
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
from autograder.grading.carried import diagnosis as carried_reason
from autograder.grading.carried.second_run import SecondRun
from autograder.grading.device import DEVICE_NOTE, again_on_the_cpu, placed_call, resolve_device, wants_gpu, with_fresh
from autograder.grading.diagnose import Observation, diagnose, explainable
from autograder.grading.diagnose.causes import unset_notes
from autograder.grading.diagnose.evidence import part_names
from autograder.grading.diagnose.signature import functions_text, signature
from autograder.grading.findings import CellProblem, Diagnosis, Findings, Forbidden, Provenance, WrongAnswer
from autograder.grading.forbidden import find_recorded, find_written, recorded_cases
from autograder.grading.held import Held
from autograder.grading.mutants.known import KnownMutants
from autograder.grading.reference import (
    Reference,
    demand_no_grader_error,
    dump_reference,
    load_reference,
    make_reference,
)
from autograder.grading.score import CaseVerdict, TaskVerdict, carry, score_task
from autograder.grading.shared_bank import SharedBank
from autograder.grading.verdicts import case_verdict, changed_arguments
from autograder.notebooks.reader import text_of
from autograder.sandbox.interface import Execution, FunctionCall, Outcome, Program, Sandbox, SandboxInfo, Seen, ignore
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
        bank: SharedBank | None = None,
        cold: bool = False,
    ) -> None:
        """Run the reference on every case.

        siblings: graded functions of the course's other assignments by slug, to name a notebook of another one.
        bank: where workers of this class, and later runs, find what the reference and the misconceptions give.
        cold: begin with what `bank` holds of the reference, and start the sandbox when something must run.
        """
        self.assignment = assignment
        self.siblings = siblings or {}
        self.time_zone = time_zone
        self.shared_bank = bank
        self.sandbox = sandbox
        self.seed_id = seed_id(secret)
        self.cases = make_cases(assignment, secret)
        self.by_id = {case.id: case for case in self.cases}
        self._recorded = recorded_cases(assignment, self.cases)
        self._wanted_device = device
        self._bank: dict[str, list[tuple[Misconception, Mapping[int, Outcome]]]] = {}
        self._second_run = SecondRun(assignment, self.cases, self._run)
        self._warm = False
        self.info: SandboxInfo
        self.device: str
        self.calls: tuple[FunctionCall, ...]
        self.reference: Reference
        self.cpu_reference: Reference  # of what is made again on the CPU
        if not (cold and self._recall_reference()):
            self.warm()

    def warm(self) -> None:
        """Start the sandbox and run the reference; idempotent. Raises SandboxError, AssignmentError."""
        if self._warm:
            return
        self._place(self.sandbox.start())
        self.reference = make_reference(self.assignment, self.cases, self.sandbox, self.device)
        self.cpu_reference = self.reference
        if self.device == "cuda":
            placed = [case for case in self.cases if case.check.device == "cuda"]
            self.cpu_reference = make_reference(self.assignment, placed, self.sandbox, "cpu")
        if self.shared_bank is not None:
            self.shared_bank.keep(self._bank_key("reference"), dump_reference(self.reference, self.info, self.calls))
        self._warm = True

    def _recall_reference(self) -> bool:
        """Take the reference from the bank; whether it was there. One that was made on a GPU is never taken."""
        if self.shared_bank is None or (self._wanted_device != "cpu" and wants_gpu(self.assignment)):
            return False
        self._place(None)
        kept = self.shared_bank.recall(self._bank_key("reference"))
        found = load_reference(kept, self.calls) if kept is not None else None
        if found is None:
            return False
        self.reference, self.info = found
        self.cpu_reference = self.reference
        return True

    def _place(self, info: SandboxInfo | None) -> None:
        """Set the device of calls that ask for a GPU, by the started sandbox's info; None before it starts: the CPU."""
        if info is not None:
            self.info = info
        self.device = resolve_device(self._wanted_device, info) if info and wants_gpu(self.assignment) else "cpu"
        # Visible cases first: what a student's code sees of a hidden input cannot come back in an output that the
        # report shows, because by then no such output is still to come.
        self.calls = tuple(
            placed_call(case, self.device, info, record=case.id in self._recorded)
            for case in sorted(self.cases, key=lambda case: not case.check.visible)
        )

    def grade(self, submission: Submission) -> Findings:
        """What one submission is worth, and why. Raises PlatformError alone: a student's fault is a finding."""
        self.warm()
        started = time.perf_counter()
        try:
            prepared = prepare(submission, self.assignment, self.siblings)
        except SubmissionError as error:
            return self._unreadable(submission, error, time.perf_counter() - started)
        verdicts: dict[int, CaseVerdict] = {}
        written: list[Forbidden] = []
        held = Held()

        def judge_at_once(outcome: Outcome) -> Outcome:  # while the sandbox is busy with the next calls
            if not verdicts:
                written.extend(find_written(self.assignment, prepared.program))
            case, expected = self.by_id[outcome.id], self.expected(outcome)
            verdict = held.hold(self.verdict(outcome), expected, shown=case.check.visible)
            verdicts[outcome.id] = verdict
            return verdict.outcome

        execution = self.sandbox.run(prepared.program, self.calls, self.assignment.limits, judge_at_once)
        for outcome in execution.outcomes:
            if outcome.id not in verdicts:  # the sandbox gave up on it
                judge_at_once(outcome)
        execution = self._again_on_the_cpu(prepared.program, self.calls, execution, verdicts)
        verdicts |= {outcome.id: self.verdict(outcome) for outcome in execution.outcomes if outcome.on_cpu}
        carried = self._second_run.right_in_itself(
            prepared.program,
            verdicts,
            self.calls,
            self.reference.outcomes,
            lambda task: explainable(self._observations(task, verdicts)),
        )
        execution = replace(execution, carried=carried)
        return self._findings(submission, prepared, execution, verdicts, written, started)

    def execute(self, program: Program, calls: Sequence[FunctionCall]) -> Execution:
        """Run a program as a submission is run: calls that fail on a GPU over devices are made again on the CPU."""
        execution = self.sandbox.run(program, calls, self.assignment.limits)
        verdicts = (
            {outcome.id: self.verdict(outcome) for outcome in execution.outcomes} if self.device == "cuda" else {}
        )
        return self._again_on_the_cpu(program, calls, execution, verdicts)

    def _again_on_the_cpu(
        self,
        program: Program,
        calls: Sequence[FunctionCall],
        execution: Execution,
        verdicts: Mapping[int, CaseVerdict],
    ) -> Execution:
        """The same execution, with the outcomes on the CPU of calls that stumbled over devices."""
        again = again_on_the_cpu(calls, self.by_id, verdicts)
        return with_fresh(execution, self._run(program, again)) if again else execution

    def verdict(self, outcome: Outcome) -> CaseVerdict:
        """The verdict on one call, by the reference of the device on which it was made."""
        reference = self.cpu_reference if outcome.on_cpu else self.reference
        return case_verdict(self.by_id[outcome.id], reference, outcome)

    def expected(self, outcome: Outcome) -> Outcome:
        """What the reference gave on the device on which the call was made."""
        return (self.cpu_reference if outcome.on_cpu else self.reference).outcomes[outcome.id]

    def score_again(self, submission: Submission, execution: Execution) -> Findings:
        """The same findings from an earlier execution of this submission: its code does not run again."""
        started = time.perf_counter()
        prepared = prepare(submission, self.assignment, self.siblings)
        written = find_written(self.assignment, prepared.program)
        verdicts = {outcome.id: self.verdict(outcome) for outcome in execution.outcomes}
        return self._findings(submission, prepared, execution, verdicts, list(written), started)

    def _findings(
        self,
        submission: Submission,
        prepared: Prepared,
        execution: Execution,
        verdicts: Mapping[int, CaseVerdict],
        written: Sequence[Forbidden],
        started: float,
    ) -> Findings:
        outcomes = {outcome.id: outcome for outcome in execution.outcomes}
        seen = (*written, *find_recorded(self.assignment, self.cases, outcomes))
        forbidden = tuple(replace(finding, only_flagged=self.assignment.forbidden == "flag") for finding in seen)
        carried = dict(execution.carried)
        tasks = tuple(self._score(task, verdicts, forbidden, task.name in carried) for task in self.assignment.tasks)
        diagnoses = {
            t.task.name: found
            for t in tasks
            if (found := self.reason(t.task, verdicts, prepared.program, carried.get(t.task.name, ()))) is not None
        }
        return Findings(
            slug=self.assignment.slug,
            title=self.assignment.title,
            student=submission.student,
            submitted=self._moment(submission),
            status="pending" if any(task.pending for task in tasks) else "graded",
            tasks=tasks,
            cases=self.by_id,
            expected={id: self.expected(outcome) for id, outcome in outcomes.items()},
            diagnoses=diagnoses,
            forbidden=forbidden,
            cells=CellProblem.of(prepared.program, execution),
            notes=(
                *prepared.notes,
                *unset_notes(prepared, execution, self.by_id),
                *((DEVICE_NOTE,) if any(outcome.on_cpu for outcome in execution.outcomes) else ()),
            ),
            events=execution.events,
            problem=None,
            provenance=self._provenance(submission, prepared.content_hash),
            seconds=time.perf_counter() - started,
            execution=execution,
            sources={cell.name: cell.source for cell in prepared.program.cells},
            wrong=self._wrong(verdicts, prepared.program),
            titles=self.assignment.titles,
        )

    def _wrong(self, verdicts: Mapping[int, CaseVerdict], program: Program) -> dict[str, WrongAnswer]:
        found = {}
        wrong = {self.by_id[number].task for number, verdict in verdicts.items() if not verdict.right}
        for task in self.assignment.tasks:
            if task.name not in wrong:
                continue
            mark = signature(self._observations(task, verdicts))
            if mark:
                found[task.name] = WrongAnswer(mark, functions_text(program, task.functions))
        return found

    def _observations(self, task: Task, verdicts: Mapping[int, CaseVerdict]) -> list[Observation]:
        return [self._observation(case, verdicts[case.id], task) for case in self.cases if case.task == task.name]

    def _score(
        self, task: Task, verdicts: Mapping[int, CaseVerdict], forbidden: Sequence[Forbidden], carried: bool = False
    ) -> TaskVerdict:
        groups = [(check, [verdicts[case.id] for case in self.cases if case.check is check]) for check in task.checks]
        scored = score_task(task, groups)
        if any(found.task == task.name and found.costs for found in forbidden):
            return replace(scored, checks=tuple(replace(check, earned=0.0) for check in scored.checks))
        return carry(scored, self.assignment.carry) if carried else scored

    def _run(self, program: Program, calls: Sequence[FunctionCall], seen: Seen = ignore) -> Execution:
        return self.sandbox.run(program, calls, self.assignment.limits, seen)

    def reason(
        self,
        task: Task,
        verdicts: Mapping[int, CaseVerdict],
        program: Program,
        carried: Sequence[str] = (),
    ) -> Diagnosis | None:
        """Why the answers of a task are wrong, if that can be said.

        program: the cells that gave them. carried: earlier functions without which the task would be right.
        """
        observations = self._observations(task, verdicts)
        if not explainable(observations):
            return None  # before the bank is run for nothing
        bank = self.bank(task.name) if any(not o.right for o in observations) else ()
        sources = {cell.name: cell.source for cell in program.cells if cell.kind == "student"}
        found = carried_reason(task, carried) if carried else None
        code = functions_text(program, task.functions)
        slips, declared = functools.partial(self.mutants.diagnosis, task.name, code), task.names_of
        return diagnose(
            observations,
            bank,
            names=self.part_names,
            sources=sources,
            carried=found,
            slips=slips,
            declared=declared,
            explains=task.explanation,
        )

    def _observation(self, case: Case, verdict: CaseVerdict, task: Task) -> Observation:
        expected = self.expected(verdict.outcome)
        changed: tuple[str, ...] = ()
        if (task.purity or not task.points) and not verdict.pure:  # where nothing is at stake, it is said all the same
            changed = changed_arguments(case.parameters, expected.inputs_after, verdict.outcome.inputs_after)
        return Observation(case, expected, verdict.outcome, verdict.right, changed, verdict.deterministic)

    @functools.cached_property
    def part_names(self) -> Mapping[str, Sequence[str]]:
        """What the parts of each function's result are called."""
        return part_names(self.assignment)

    @functools.cached_property
    def mutants(self) -> KnownMutants:
        """The mutants of the reference; those of a task run when something is asked of them."""
        return KnownMutants(
            self.assignment,
            self.sandbox,
            self.calls,
            self.by_id,
            self.reference,
            self._bank_key,
            self.shared_bank,
        )

    def bank(self, task: str) -> list[tuple[Misconception, Mapping[int, Outcome]]]:
        """The misconceptions of a task with their outcomes, run on first use."""
        if task not in self._bank:
            calls = [call for call in self.calls if call.group == task]
            mine = [m for m in self.assignment.misconceptions if m.task == task]
            keys = {m.name: self._bank_key(m.name, m.source) for m in mine}
            makers = {keys[m.name]: functools.partial(self.run_override, m.source, m.name, calls) for m in mine}
            bank = self.shared_bank
            known = bank.collect(makers) if bank else {key: make() for key, make in makers.items()}
            self._bank[task] = [(m, known[keys[m.name]]) for m in mine]
        return self._bank[task]

    def _bank_key(self, name: str, source: str = "", version: str = "") -> str:
        """The key of a program's outcomes on these cases: equal keys mean equal outcomes.

        version: the fingerprint of another version of the assignment; "" for this one.
        """
        decides = (version or self.assignment.grade_fingerprint, self.seed_id, self.device, __version__, source)
        return f"{name[:60]}-{hashlib.sha256(repr(decides).encode()).hexdigest()[:24]}"

    def run_override(self, source: str, name: str, calls: Sequence[FunctionCall]) -> Mapping[int, Outcome]:
        """The solution with some functions replaced, as just another submission."""
        program = self.assignment.solution_program().then(source, name)
        plain_calls = [replace(call, record=False) for call in calls]
        execution = self.execute(program, plain_calls)
        demand_no_grader_error(execution)
        return {o.id: o for o in execution.outcomes}

    def _moment(self, submission: Submission) -> str | None:
        """When it was handed in, on the course's clock."""
        moment = submission.submitted
        return moment.astimezone(self.time_zone).isoformat(timespec="seconds") if moment else None

    def _provenance(self, submission: Submission, content_hash: str) -> Provenance:
        return Provenance(
            name=submission.name,
            content_hash=content_hash,
            assignment_fingerprint=self.assignment.grade_fingerprint,
            report_fingerprint=self.assignment.report_fingerprint,
            seed_id=self.seed_id,
            autograder=__version__,
            sandbox={k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self.info).items()},
            graded_at=datetime.now(UTC).isoformat(timespec="seconds"),
            device=self.device,
        )

    def _unreadable(self, submission: Submission, error: SubmissionError, seconds: float) -> Findings:
        return Findings(
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
            provenance=self._provenance(submission, submission.content_hash),
            seconds=seconds,
        )
