"""The second run of failing cases, in rounds: a case ends with a result, or a question that the next round answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from autograder.authoring import Task
from autograder.course.cases import Case
from autograder.grading.carried.answers import (
    MOST_ANSWERS,
    MOST_BYTES,
    InnerCall,
    Question,
    Run,
    question_of,
    size_of,
    wrapped,
)
from autograder.grading.carried.cells import STAND_IN
from autograder.grading.compare import compare
from autograder.guest.wire import Value
from autograder.sandbox.interface import Cell, FunctionCall, Outcome, Program, Status
from autograder.tolerance import EXACT

Ask: TypeAlias = Callable[[Sequence[Question]], Sequence[InnerCall | None]]


@dataclass
class Again:
    """One failing case, called once more with right answers of earlier functions.

    case: the failing case.
    call: how it was called first.
    names: the earlier functions that are replaced by right answers.
    answers: to the calls of these functions, so far.
    recorded: the reference's own calls, with their answers.
    expected: the reference's outcome.
    parameters: the names of each function's parameters.
    size: bytes of the answers that were added in rounds.
    """

    case: Case
    call: FunctionCall
    names: tuple[str, ...]
    answers: list[InnerCall]
    recorded: Sequence[InnerCall]
    expected: Outcome
    parameters: Mapping[str, Sequence[str]]
    size: int = 0

    def wrapped(self, since: int = 0) -> FunctionCall:
        """The call with what is known so far. since: how many of the answers the process has already."""
        table = tuple((a.name, a.args, a.value) for a in self.answers[since:])
        named: dict[str, Value] = {name: tuple(self.parameters.get(name, ())) for name in self.names}
        told: dict[str, Value] = {"case": self.case.id, "table": table, "names": self.names, "parameters": named}
        return wrapped(self.call, "_autograder_carried", self.case.function, told)

    def foreseen(self, question: Question) -> InnerCall | None:
        """The recorded answer to a question that the reference asked with the same bits; it need not run again."""
        args, likely = list(question.args), len(self.answers)
        known = (*self.recorded[likely : likely + 1], *self.recorded)
        mine = (answer for answer in known if answer.name == question.name)
        return next((answer for answer in mine if compare(list(answer.args), args, EXACT).equal), None)

    def is_right(self, value: Value) -> bool:
        """Whether a result is what the task asks for, and not one of the answers, passed through."""
        if any(compare(answer.value, value, EXACT).equal for answer in self.answers):
            return False
        return compare(self.expected.value, value, self.case.check.tolerance).equal


@dataclass
class Plan:
    """The failing cases of one task.

    task: its name.
    names: the earlier functions that are replaced by right answers.
    batches: cases that are still to come.
    begun: cases of the current batch that have no result yet.
    is_wrong: whether a case was wrong in itself.
    """

    task: str
    names: tuple[str, ...]
    batches: list[list[Again]]
    begun: list[Again] = field(default_factory=list)
    is_wrong: bool = False

    def at_work(self) -> list[Again]:
        """The cases of the next round; none where all have been right, or one was wrong."""
        if self.is_wrong:
            return []
        if not self.begun and self.batches:
            self.begun = self.batches.pop(0)
        return list(self.begun)

    def tell(self, again: Again, answer: InnerCall | None) -> None:
        """Add an answer for the next call of a case; where there is none, or there are too many, the task is wrong."""
        again.size += size_of(answer.args, answer.value) if answer is not None else 0
        if answer is None or len(again.answers) == MOST_ANSWERS or again.size > MOST_BYTES:
            self.is_wrong = True
        else:
            again.answers.append(answer)


def planned(
    task: Task,
    failing: Sequence[Case],
    calls: Mapping[int, FunctionCall],
    answers: Mapping[int, Sequence[InnerCall]],
    wrong: Sequence[str],
    expected: Mapping[int, Outcome],
    parameters: Mapping[str, Sequence[str]],
) -> Plan | None:
    """The cases to call again; None where the task calls no wrong function, or earlier functions too often.

    answers: by case, the reference's own calls of earlier functions.
    wrong: functions of earlier tasks that this student has wrong.
    expected: the reference's outcomes.
    parameters: the names of each function's parameters.
    """
    asked = {answer.name for case in failing for answer in answers.get(case.id, ())}
    used = tuple(name for name in wrong if name in asked)
    if not used or any(case.id not in answers for case in failing):
        return None
    # Where the answer is a callee's own, there is nothing of the task in it.
    if any(compare(expected[case.id].value, a.value, EXACT).equal for case in failing for a in answers[case.id]):
        return None
    again = [
        Again(
            case,
            calls[case.id],
            used,
            [answer for answer in answers[case.id] if answer.name in used and answer.is_known],
            answers[case.id],
            expected[case.id],
            parameters,
        )
        for case in sorted(failing, key=lambda case: len(answers[case.id]))
    ]
    # One case first: a task that is wrong in itself shows it there. Then all others at once.
    return Plan(task.name, used, [again[:1], again[1:]])


def right_in_itself(
    plans: Sequence[Plan], program: Program, run: Run, ask: Ask
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(task, functions) of each plan whose cases are all right with right answers.

    program: the student's.
    ask: gets the reference's answers to questions.
    """
    second = replace(program, cells=(*program.cells, Cell(STAND_IN, "stand-in")))
    while running := [(plan, again) for plan in plans for again in plan.at_work()]:
        asking = _round(second, running, run)
        for (plan, again, _), answer in zip(asking, ask([question for *_, question in asking]), strict=True):
            plan.tell(again, answer)
    return tuple((plan.task, plan.names) for plan in plans if not plan.is_wrong)


def _round(program: Program, running: Sequence[tuple[Plan, Again]], run: Run) -> list[tuple[Plan, Again, Question]]:
    """Run these cases, each until it has a result or asks what the reference did not ask; returns these questions."""
    asking = list[tuple[Plan, Again, Question]]()
    whose = list[tuple[Plan, Again]]()
    calls = list[FunctionCall]()
    unheard = iter(whose)

    def call(plan: Plan, again: Again, since: int = 0) -> None:
        whose.append((plan, again))
        calls.append(replace(again.wrapped(since), id=len(calls)))

    def hear(outcome: Outcome) -> None:
        plan, again = next(unheard)
        question = _judged(plan, again, outcome)
        if plan.is_wrong:
            return
        if question is None:
            for more in plan.at_work() if not plan.begun else ():  # the next batch, in the same process
                call(plan, more)
            return
        answer = again.foreseen(question)
        if answer is None:
            asking.append((plan, again, question))
            return
        plan.tell(again, answer)
        if not plan.is_wrong:  # once more, in the same process
            call(plan, again, since=len(again.answers) - 1)

    for plan, again in running:
        call(plan, again)
    run(program, calls, hear)
    for plan, _ in unheard:
        plan.is_wrong = True
    return asking


def _judged(plan: Plan, again: Again, outcome: Outcome) -> Question | None:
    """Note what a case gave; the question that it ended with, if it did."""
    value = outcome.value if outcome.status is Status.RETURNED else None
    if isinstance(value, dict) and set(value) == {"asks"}:
        question = question_of(value["asks"], again.names)
        plan.is_wrong |= question is None
        return question
    if isinstance(value, dict) and set(value) == {"value"} and again.is_right(value["value"]):
        plan.begun.remove(again)
    else:
        plan.is_wrong = True
    return None
