"""What the mutants of a task give, run once for a class, on the first answer that no earlier step explains.

A task's mutants run when the first submission needs them, and never before: until then nobody waits for them. The
sketches of their outcomes are kept beside the outcomes of the misconceptions, where all workers and later runs of the
class find them. The few mutants that may explain a student's answers run once more, and their outcomes are kept, too.
"""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence

from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.grading.diagnose.observation import Observation
from autograder.grading.findings import Diagnosis
from autograder.grading.mutants.batch import TaskMutants, mutants_of_task, run_mutants
from autograder.grading.mutants.explain import KeptMutant, explain
from autograder.grading.mutants.mutant import Mutant
from autograder.grading.mutants.sketch import Sketch, sketch
from autograder.grading.reference import Reference
from autograder.grading.shared_bank import SharedBank
from autograder.grading.verdicts import case_verdict
from autograder.sandbox.interface import FunctionCall, Outcome, Sandbox

Rows = list[tuple[dict[int, Sketch], frozenset[int]]]
"""Of each mutant: the sketches of its outcomes by case, and the cases in which it is wrong."""


class KnownMutants:
    """The mutants of an assignment's tasks and what they give on the cases of a class."""

    def __init__(
        self,
        assignment: Assignment,
        sandbox: Sandbox,
        calls: Sequence[FunctionCall],
        cases: Mapping[int, Case],
        reference: Reference,
        key: Callable[[str, str], str],
        bank: SharedBank | None,
    ) -> None:
        """Nothing runs yet.

        key: gives the bank's key of a name and a source.
        bank: where outcomes are kept; None to keep them in this process alone.
        """
        self.assignment, self.sandbox, self.calls, self.cases = assignment, sandbox, calls, cases
        self.reference, self.key, self.bank = reference, key, bank
        self._known: dict[str, list[KeptMutant]] = {}
        self._outcomes: dict[str, Mapping[int, Outcome]] = {}

    def diagnosis(self, task: str, code: str, observations: Sequence[Observation]) -> Diagnosis | None:
        """The slip that explains a task's failures, or None. code: the student's functions of the task."""
        found = explain(observations, self.of_task(task), code)
        if found is None:
            return None
        return Diagnosis("mutant", found.id, found.mutant.function, found.text, found.place)

    def of_task(self, task: str) -> list[KeptMutant]:
        """The mutants of a task with what they give; they run on first use."""
        if task not in self._known:
            made = mutants_of_task(self.assignment, task)
            calls = [call for call in self.calls if call.group == task]
            digest = hashlib.sha256("\0".join(mutant.source for mutant in made.mutants).encode()).hexdigest()
            key = self.key(f"mutants-{task}", digest)
            make = functools.partial(self._run_all, made, calls)
            rows = _loaded(self.bank.once(key, lambda: _dumped(make()))) if self.bank is not None else None
            rows = rows if rows is not None and len(rows) == len(made.mutants) else make()
            self._known[task] = [
                KeptMutant(mutant, wrong, sketches, functools.partial(self._one, made, calls, number, mutant))
                for number, (mutant, (sketches, wrong)) in enumerate(zip(made.mutants, rows, strict=True))
            ]
        return self._known[task]

    def _run_all(self, made: TaskMutants, calls: Sequence[FunctionCall]) -> Rows:
        rows: Rows = [({}, frozenset()) for _ in made.mutants]

        def seen(number: int, outcome: Outcome) -> None:
            sketches, wrong = rows[number]
            sketches[outcome.id] = sketch(outcome)
            if not case_verdict(self.cases[outcome.id], self.reference, outcome).right:
                rows[number] = (sketches, wrong | {outcome.id})

        run_mutants(self.assignment, self.sandbox, made, range(len(made.mutants)), calls, seen)
        return rows

    def _one(
        self, made: TaskMutants, calls: Sequence[FunctionCall], number: int, mutant: Mutant
    ) -> Mapping[int, Outcome]:
        """The outcomes of one mutant, run alone and kept."""
        key = self.key(mutant.name, mutant.source)
        if key not in self._outcomes:
            make = functools.partial(self._run_one, made, calls, number)
            self._outcomes[key] = self.bank.collect({key: make})[key] if self.bank is not None else make()
        return self._outcomes[key]

    def _run_one(self, made: TaskMutants, calls: Sequence[FunctionCall], number: int) -> Mapping[int, Outcome]:
        found: dict[int, Outcome] = {}

        def seen(_: int, outcome: Outcome) -> None:
            found[outcome.id] = outcome

        run_mutants(self.assignment, self.sandbox, made, [number], calls, seen)
        return found


def _dumped(rows: Rows) -> bytes:
    plain = [
        [{str(case): [one.form, *one.sums] for case, one in sketches.items()}, sorted(wrong)]
        for sketches, wrong in rows
    ]
    return json.dumps(plain).encode()


def _loaded(content: bytes) -> Rows | None:
    """The rows of `_dumped`'s bytes; None for any other bytes."""
    try:
        return [
            ({int(case): Sketch(form, tuple(sums)) for case, (form, *sums) in sketches.items()}, frozenset(wrong))
            for sketches, wrong in json.loads(content)
        ]
    except (ValueError, TypeError, AttributeError):
        return None
