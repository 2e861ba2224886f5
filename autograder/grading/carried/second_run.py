"""The second run of a submission: which of its wrong tasks are right but for its own earlier functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from autograder.authoring import Task
from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.grading.carried import callees
from autograder.grading.carried.answers import InnerCall, Question, Run, answered, recorded_answers
from autograder.grading.carried.rounds import planned, right_in_itself
from autograder.grading.score import CaseVerdict
from autograder.sandbox.interface import FunctionCall, Outcome, Program, Status

LOST = (Status.MISSING, Status.UNFINISHED, Status.GRADER_ERROR)


class SecondRun:
    """The second runs of a class. The reference is watched once for each task, when the first submission needs it."""

    def __init__(self, assignment: Assignment, cases: Sequence[Case], run: Run) -> None:
        self.assignment, self.cases, self.run = assignment, cases, run
        self._answers: dict[str, Mapping[int, tuple[InnerCall, ...]]] = {}

    def right_in_itself(
        self,
        program: Program,
        verdicts: Mapping[int, CaseVerdict],
        calls: Sequence[FunctionCall],
        reference: Mapping[int, Outcome],
        is_explainable: Callable[[Task], bool],
    ) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(task, functions) of each task that is right but for earlier functions of this student.

        reference: its outcomes by case. is_explainable: whether a reason may be sought for a task at all.
        """
        plans = []
        by_id = {call.id: call for call in calls}
        for task in self.assignment.tasks:
            failing = [case for case in self.cases if case.task == task.name and not verdicts[case.id].right]
            wrong = [name for name in callees(self.assignment, task) if self._is_wrong(name, verdicts)]
            if not failing or not wrong or not is_explainable(task):
                continue
            answers = self._answers_of_callees(task, by_id)
            plan = planned(task, failing, by_id, answers, wrong, reference, self.assignment.signatures)
            plans += [plan] if plan is not None else []
        if not plans:
            return ()

        def ask(questions: Sequence[Question]) -> Sequence[InnerCall | None]:
            return answered(self.assignment, questions, calls[0], self.run)

        return right_in_itself(plans, program, self.run, ask)

    def _is_wrong(self, function: str, verdicts: Mapping[int, CaseVerdict]) -> bool:
        """Whether a function was written, and gives something wrong."""
        mine = [verdicts[case.id] for case in self.cases if case.function == function]
        return any(not v.right for v in mine) and all(v.outcome.status not in LOST for v in mine)

    def _answers_of_callees(self, task: Task, calls: Mapping[int, FunctionCall]) -> Mapping[int, tuple[InnerCall, ...]]:
        """What the reference's earlier functions answer to its own calls in this task."""
        if task.name not in self._answers:
            mine = [case for case in self.cases if case.task == task.name and case.check.judge is None]
            self._answers[task.name] = recorded_answers(self.assignment, task, mine, calls, self.run)
        return self._answers[task.name]
