"""The checks are proven: which mutants of the reference do they catch, and which checks catch none?

Of each task: mutants made; invalid ones, which never return; equivalent ones, which also give the reference's answers
on inputs that no check draws; killed ones; and the survivors, each with its line and an input that tells it apart.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder import __version__
from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.course.secret import seed_id
from autograder.grading.device import placed_call
from autograder.grading.grader import Grader
from autograder.grading.mutants.batch import TaskMutants, mutants_of_task, run_mutants
from autograder.grading.reference import Reference
from autograder.grading.score import CaseVerdict
from autograder.grading.verdicts import case_verdict
from autograder.sandbox.interface import Outcome, Sandbox, Status
from autograder.tree import is_finite
from autograder.verify.blind import refusing_constants
from autograder.verify.proofs.kept_rows import KeptRows
from autograder.verify.proofs.proof import Survivor, TaskProof
from autograder.verify.proofs.wide_draws import wide_cases

MORE_DRAWS = 4  # further secrets, for mutants that survive the draws of all given secrets
MORE_SECRET = b"/more draws/%d"


@dataclass(frozen=True)
class Row:
    """What became of one mutant in one draw of all cases.

    ratios: for each check that refuses it, the largest error as a multiple of the tolerance; inf where there is no
        number for it.
    values: those of these checks that refuse a value of the right form, and not only an exception or another form.
    spoilt: whether form or purity lose their points, where the task gives any.
    returned: whether any call came back.
    """

    ratios: Mapping[str, float]
    values: frozenset[str]
    spoilt: bool
    returned: bool

    @property
    def killed(self) -> bool:
        return bool(self.ratios) or self.spoilt


class Prover:
    """Runs the mutants of an assignment on the cases of one or more secrets."""

    def __init__(
        self, assignment: Assignment, sandbox: Sandbox, secrets: Sequence[bytes], kept: KeptRows, device: str
    ) -> None:
        """secrets: the first is the course's; device: where the cases run."""
        self.assignment, self.sandbox, self.secrets, self.kept, self.device = assignment, sandbox, secrets, kept, device
        self._graders: dict[bytes, Grader] = {}

    def proofs(self, *, only_kept: bool = False) -> Iterator[TaskProof]:
        """The proof of each task. only_kept: of those whose mutants ran earlier; nothing runs now."""
        for task in self.assignment.tasks:
            made = mutants_of_task(self.assignment, task.name)
            key = self._key(made)
            known = self.kept.recall(key)
            if not only_kept and (known is None or len(known.alive) < len(self.secrets)):
                known = self._run(made)
                self.kept.keep(key, known)
            if known is not None:
                yield _proof(self.assignment, made, known)

    def _key(self, made: TaskMutants) -> str:
        """The key of a task's results: a hash of the reference, checks, secret, device, version and mutants."""
        sources = [mutant.source for mutant in made.mutants]
        decides = (self.assignment.grade_fingerprint, seed_id(self.secrets[0]), self.device, __version__, sources)
        return f"{self.assignment.slug}-{made.task}-{hashlib.sha256(repr(decides).encode()).hexdigest()[:24]}"

    def _grader(self, secret: bytes) -> Grader:
        if secret not in self._graders:
            self._graders[secret] = Grader(self.assignment, secret, self.sandbox, device=self.device)
        return self._graders[secret]

    # -- running ---------------------------------------------------------------------------------------------------

    def _run(self, made: TaskMutants) -> Ran:
        """Run every mutant on the first draw, and those that its visible cases let through on the other draws, too.

        Visible cases are the same in every draw, so the other draws run hidden ones alone.
        """
        first = self._grader(self.secrets[0])
        cases = [case for case in first.cases if case.task == made.task]
        verdicts = self._verdicts(first, made, range(len(made.mutants)), cases)
        rows = [_row(first, made.task, cases, verdicts[number]) for number in range(len(made.mutants))]
        visible = [case for case in cases if case.check.visible]
        open_ones = [
            n for n, row in enumerate(rows) if row.returned and not _row(first, made.task, visible, verdicts[n]).killed
        ]
        alive = [[n for n in open_ones if not rows[n].killed]]
        for grader in map(self._grader, self.secrets[1:]):
            hidden = [case for case in grader.cases if case.task == made.task and not case.check.visible]
            found = self._verdicts(grader, made, open_ones, hidden)
            alive.append([n for n in open_ones if not _row(grader, made.task, hidden, found[n]).killed])
        ever = sorted(set().union(*alive))
        always = [n for n in ever if all(n in one for one in alive)]
        telling = {n: "its own checks, in some draws" for n in ever if n not in always}
        telling |= self._telling(made, always, cases)
        return Ran(rows, alive, telling, sorted(refusing_constants(first, made.task)))

    def _verdicts(
        self, grader: Grader, made: TaskMutants, numbers: Sequence[int], cases: Sequence[Case]
    ) -> dict[int, dict[int, CaseVerdict]]:
        calls = [call for call in grader.calls if call.id in {case.id for case in cases}]
        found: dict[int, dict[int, CaseVerdict]] = {number: {} for number in numbers}

        def seen(number: int, outcome: Outcome) -> None:
            case = grader.by_id[outcome.id]
            # A mutant is called once: whether it answers the same the second time is not asked.
            verdict = case_verdict(case, grader.reference, replace(outcome, repeated=outcome.value))
            found[number][case.id] = replace(verdict, outcome=Outcome(case.id, outcome.status))

        if calls and numbers:
            run_mutants(grader.assignment, grader.sandbox, made, numbers, calls, seen)
        return found

    def _telling(self, made: TaskMutants, numbers: Sequence[int], cases: Sequence[Case]) -> dict[int, str]:
        """For each of these mutants that is not equivalent to the reference: an input that tells them apart."""
        open_ones, found = list(numbers), dict[int, str]()
        for what, grader, more in self._more_draws(made.task, cases):
            if not open_ones:
                break
            verdicts = self._verdicts(grader, made, open_ones, more)
            for number in open_ones:
                for case in more:
                    verdict = verdicts[number].get(case.id)
                    if verdict is not None and not (verdict.right and verdict.form_right and verdict.pure):
                        found[number] = what(case)
                        break
            open_ones = [number for number in open_ones if number not in found]
        return found

    def _more_draws(
        self, task: str, cases: Sequence[Case]
    ) -> Iterator[tuple[Callable[[Case], str], Grader, list[Case]]]:
        for turn in range(MORE_DRAWS):
            other = self._grader(self.secrets[0] + MORE_SECRET % turn)
            hidden = [case for case in other.cases if case.task == task and not case.check.visible]
            yield (lambda case: f"check {case.check.name!r}, in another draw"), other, hidden
        wide = wide_cases(cases)
        grader = _with_cases(self._grader(self.secrets[0]), [case for _, case in wide])
        words = {case.id: what for what, case in wide}
        yield (lambda case: words[case.id]), grader, list(grader.cases)


@dataclass(frozen=True)
class Ran:
    """What running a task's mutants gave, as it is kept.

    rows: of the first draw.
    alive: by draw, the mutants that it lets through.
    telling: what tells each mutant of `alive` from the reference; a mutant without an entry is equivalent.
    refusing: checks that refuse a constant answer of the right form.
    """

    rows: Sequence[Row]
    alive: Sequence[Sequence[int]]
    telling: Mapping[int, str]
    refusing: Sequence[str]


def _with_cases(grader: Grader, cases: Sequence[Case]) -> Grader:
    """The grader with other cases: those that the reference answers with finite numbers."""
    program = grader.assignment.solution_program()
    calls = [placed_call(case, grader.device, grader.info) for case in cases]
    execution = grader.sandbox.run(program, calls, grader.assignment.limits)
    outcomes = {o.id: o for o in execution.outcomes if o.status is Status.RETURNED and not o.gradient_error}
    other = object.__new__(Grader)
    other.__dict__.update(grader.__dict__)
    other.reference = Reference(outcomes, {})
    finite = {number for number, o in outcomes.items() if is_finite((o.value, o.gradient))}
    other.cases = tuple(case for case in cases if case.id in finite)
    other.by_id = {case.id: case for case in other.cases}
    other.calls = tuple(call for call in calls if call.id in other.by_id)
    return other


def _row(grader: Grader, task: str, cases: Sequence[Case], verdicts: Mapping[int, CaseVerdict]) -> Row:
    points = grader.assignment.task(task)
    ratios: dict[str, float] = {}
    values = set[str]()
    form = purity = returned = False
    for case in cases:
        verdict = verdicts.get(case.id)
        if verdict is None:
            continue
        returned = returned or verdict.returned
        if not verdict.right:
            ratios[case.check.name] = max(ratios.get(case.check.name, 0.0), _ratio(verdict))
            if verdict.form_right:
                values.add(case.check.name)
        elif not verdict.form_right:
            form = True
        if verdict.returned and not verdict.pure:
            purity = True
    said = purity and (points.purity or not points.points)  # counts where a task has no points, too
    return Row(ratios, frozenset(values), bool((form and points.form) or said), returned)


def _ratio(verdict: CaseVerdict) -> float:
    if not verdict.returned or verdict.refused is not None:
        return math.inf
    return max(part.ratio for part in (verdict.value, verdict.gradient) if part is not None)


# -- what it says ------------------------------------------------------------------------------------------------------


def _proof(assignment: Assignment, made: TaskMutants, ran: Ran) -> TaskProof:
    proof = TaskProof(made.task, len(made.mutants))
    invalid = {n for n, row in enumerate(ran.rows) if not row.returned}
    declared = {n for n, mutant in enumerate(made.mutants) if mutant.equivalent}
    alive = set().union(*map(set, ran.alive))
    equivalent = {n for n in alive if n not in ran.telling or n in declared} - invalid
    proof.invalid, proof.equivalent = len(invalid), len(equivalent)
    for one in ran.alive:
        proof.killed.append(proof.mortal - len(set(one) - equivalent - invalid))
    for number in sorted(alive - equivalent - invalid):
        draws = sum(number in one for one in ran.alive)
        proof.survivors.append(Survivor(made.mutants[number], ran.telling[number], draws))
    _judge_checks(assignment, proof, [row for n, row in enumerate(ran.rows) if n not in invalid], ran.refusing)
    return proof


def _judge_checks(assignment: Assignment, proof: TaskProof, rows: Sequence[Row], refusing: Sequence[str]) -> None:
    for check in assignment.task(proof.task).checks:
        mine = [row for row in rows if check.name in row.ratios]
        if check.name not in refusing and not any(check.name in row.values for row in mine):
            proof.blind.append(check.name)
        elif not any(len(row.ratios) == 1 and not row.spoilt for row in mine):
            proof.useless.append(check.name)
        finite = [row.ratios[check.name] for row in mine if math.isfinite(row.ratios[check.name])]
        if finite:
            proof.widest[check.name] = min(finite)
