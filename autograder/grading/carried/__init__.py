"""Errors carried forward: a task that is right in itself fails because it calls an earlier function that is wrong.

Such a task is run again with right answers for those calls. The reference never enters a process that runs a student's
code: it ran elsewhere, was watched there, and its answers to calls *with the case's own inputs* go in as data (what a
student could have computed from those inputs alone). A call with anything else ends the second run, and nothing is said.

Of the second run one bit per task goes out: whether every case is right now. No value of it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.authoring import Task
from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.grading.carried.cells import RECORD, STAND_IN
from autograder.grading.compare import compare
from autograder.grading.findings import Diagnosis
from autograder.guest.wire import Array, Sparse, Value
from autograder.i18n import Text
from autograder.sandbox.interface import Cell, Execution, FunctionCall, Outcome, PackedArgs, Program, Status
from autograder.tolerance import EXACT
from autograder.tree import leaves

MOST_ANSWERS = 16  # to calls of one case
MOST_BYTES = 1 << 20  # of the arrays in them

TEXT = Text(
    "Right in itself: this task fails only because it calls your {names}. Once that is right, this one is, too.",
    "이 과제 자체는 맞습니다. 앞에서 작성한 {names}을(를) 호출하기 때문에 틀렸을 뿐이니, 그 함수를 고치면 함께 맞게 됩니다.",
)

Run = Callable[[Program, Sequence[FunctionCall]], Execution]


@dataclass(frozen=True)
class InnerCall:
    """What the reference answered when it called an earlier function.

    name: the function.
    args: by position.
    value: what it gave.
    """

    name: str
    args: tuple[Value, ...]
    value: Value


def callees(assignment: Assignment, task: Task) -> dict[str, str]:
    """Graded functions of earlier tasks, each with its task."""
    earlier: dict[str, str] = {}
    for other in assignment.tasks:
        if other.name == task.name:
            break
        earlier.update(dict.fromkeys(other.functions, other.name))
    return earlier


def recorded_answers(
    assignment: Assignment, task: Task, cases: Sequence[Case], calls: Mapping[int, FunctionCall], run: Run
) -> dict[int, tuple[InnerCall, ...]]:
    """By case, the answers of the reference to its own calls of earlier functions, where these can be known beforehand."""
    names = tuple(callees(assignment, task))
    if not names:
        return {}
    program = assignment.solution_program()
    program = replace(program, cells=(*program.cells, Cell(RECORD, "record")))
    parameters: dict[str, Value] = {name: assignment.signatures.get(name, ()) for name in names}
    watched = [_wrapped(calls[case.id], "_autograder_record", case.function, parameters) for case in cases]
    execution = run(program, watched)
    found = {}
    for case, call, outcome in zip(cases, watched, execution.outcomes, strict=True):
        answers = tuple(_answers(outcome))
        own = [leaf for arg in call.args.values[2:] for _, leaf in leaves(arg) if isinstance(leaf, Array)]
        if answers and _is_small(answers) and all(_is_known(answer, own) for answer in answers):
            found[case.id] = answers
    return found


def _wrapped(call: FunctionCall, by: str, function: str, told: Value) -> FunctionCall:
    args = PackedArgs((function, told, *call.args.values))
    return replace(call, function=by, args=args, needs=(), gradient=(), repeat=1, record=False)


def _answers(outcome: Outcome) -> Iterator[InnerCall]:
    if outcome.status is not Status.RETURNED or not isinstance(outcome.value, (list, tuple)):
        return
    for entry in outcome.value:
        if isinstance(entry, (list, tuple)) and len(entry) == 3 and isinstance(entry[1], (list, tuple)):
            yield InnerCall(str(entry[0]), tuple(entry[1]), entry[2])


def _is_small(answers: Sequence[InnerCall]) -> bool:
    arrays = [
        leaf for a in answers for side in (a.args, a.value) for _, leaf in leaves(side) if isinstance(leaf, Array)
    ]
    return len(answers) <= MOST_ANSWERS and sum(array.data.nbytes for array in arrays) <= MOST_BYTES


def _is_known(answer: InnerCall, own: Sequence[Array]) -> bool:
    """Whether every array of the call is one of the case's own inputs."""
    arrays = [leaf for _, leaf in leaves(answer.args) if isinstance(leaf, (Array, Sparse))]
    return bool(arrays) and all(any(compare(one, leaf, EXACT).equal for one in own) for leaf in arrays)


@dataclass(frozen=True)
class Again:
    """The failing cases of one task, to be called once more with right answers of earlier functions.

    task: its name.
    names: the functions that are stood in for.
    cases: the failing ones.
    calls: one for each case, in their order.
    """

    task: str
    names: tuple[str, ...]
    cases: tuple[Case, ...]
    calls: tuple[FunctionCall, ...]


def planned(
    task: Task,
    failing: Sequence[Case],
    calls: Mapping[int, FunctionCall],
    answers: Mapping[int, Sequence[InnerCall]],
    wrong: Sequence[str],
    expected: Mapping[int, Outcome],
    parameters: Mapping[str, Sequence[str]],
) -> Again | None:
    """What is to be called again; None where the task calls nothing that is wrong, or its calls cannot be foreseen.

    wrong: functions of earlier tasks that this student has wrong. expected: the reference's outcomes.
    """
    asked = {answer.name for case in failing for answer in answers.get(case.id, ())}
    used = tuple(name for name in wrong if name in asked)
    if not used or any(case.id not in answers for case in failing):
        return None
    # Where the answer is a callee's own, there is nothing of the task in it.
    if any(compare(expected[case.id].value, a.value, EXACT).equal for case in failing for a in answers[case.id]):
        return None
    second = []
    for case in failing:
        table = tuple((a.name, a.args, a.value) for a in answers[case.id] if a.name in used)
        named: dict[str, Value] = {name: tuple(parameters.get(name, ())) for name in used}
        told: dict[str, Value] = {"table": table, "names": used, "parameters": named}
        second.append(_wrapped(calls[case.id], "_autograder_carried", case.function, told))
    return Again(task.name, used, tuple(failing), tuple(second))


def right_in_itself(
    plans: Sequence[Again], expected: Mapping[int, Outcome], program: Program, run: Run
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(task, functions) of each plan whose cases are all right with right answers. program: the student's."""
    if not plans:
        return ()
    second = replace(program, cells=(*program.cells, Cell(STAND_IN, "stand-in")))
    outcomes = {o.id: o for o in run(second, [call for plan in plans for call in plan.calls]).outcomes}
    return tuple(
        (plan.task, plan.names)
        for plan in plans
        if all(_is_right(case, outcomes[case.id], expected[case.id]) for case in plan.cases)
    )


def _is_right(case: Case, outcome: Outcome, expected: Outcome) -> bool:
    if outcome.status is not Status.RETURNED:
        return False
    return compare(expected.value, outcome.value, case.check.tolerance).equal


def diagnosis(task: Task, names: Sequence[str]) -> Diagnosis:
    """The sentence for a task that is right in itself."""
    return Diagnosis("carried", "carried:" + "+".join(names), task.functions[0], TEXT.format(names=", ".join(names)))
