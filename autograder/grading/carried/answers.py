"""What the reference asks of earlier functions in a task, and what it answers to a student's questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from autograder.authoring import Task
from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.grading.carried import callees
from autograder.grading.carried.cells import RECORD
from autograder.grading.compare import compare
from autograder.guest.wire import Array, Opaque, Sparse, Value
from autograder.sandbox.interface import (
    Cell,
    Execution,
    FunctionCall,
    Outcome,
    PackedArgs,
    Program,
    Seen,
    Status,
    ignore,
)
from autograder.tolerance import EXACT
from autograder.tree import leaves

MOST_ANSWERS = 64  # to calls of one case
MOST_BYTES = 1 << 20  # of the arrays in them


class Run(Protocol):
    """Run a program and make calls; `Sandbox.run` with the assignment's limits."""

    def __call__(self, program: Program, calls: Sequence[FunctionCall], seen: Seen = ignore) -> Execution: ...


@dataclass(frozen=True)
class Question:
    """A call of an earlier function.

    name: the function.
    args: by position.
    """

    name: str
    args: tuple[Value, ...]


@dataclass(frozen=True)
class InnerCall:
    """What the reference answers to a call of an earlier function.

    name: the function.
    args: by position.
    value: what the reference returns.
    is_known: whether the arrays in the arguments are all the case's own inputs.
    """

    name: str
    args: tuple[Value, ...]
    value: Value
    is_known: bool = False


def recorded_answers(
    assignment: Assignment, task: Task, cases: Sequence[Case], calls: Mapping[int, FunctionCall], run: Run
) -> dict[int, tuple[InnerCall, ...]]:
    """By case, the answers of the reference to its own calls of earlier functions; cases with too many are left out."""
    names = tuple(callees(assignment, task))
    if not names:
        return {}
    program = assignment.solution_program()
    program = replace(program, cells=(*program.cells, Cell(RECORD, "record")))
    parameters: dict[str, Value] = {name: assignment.signatures.get(name, ()) for name in names}
    watched = [wrapped(calls[case.id], "_autograder_record", case.function, parameters) for case in cases]
    execution = run(program, watched)
    found = {}
    for case, outcome in zip(cases, execution.outcomes, strict=True):
        own = [leaf for arg in calls[case.id].args.values for _, leaf in leaves(arg) if isinstance(leaf, Array)]
        answers = tuple(replace(answer, is_known=_is_known(answer, own)) for answer in _answers(outcome))
        size = sum(size_of(answer.args, answer.value) for answer in answers)
        if answers and len(answers) <= MOST_ANSWERS and size <= MOST_BYTES:
            found[case.id] = answers
    return found


def answered(
    assignment: Assignment, questions: Sequence[Question], like: FunctionCall, run: Run
) -> list[InnerCall | None]:
    """What the reference answers to calls that a student's code made; None where it has no answer.

    like: the call in whose group and on whose device they are made.
    """
    program = replace(assignment.solution_program(), trusted=False)  # the arguments are not the lecturer's
    calls = [
        replace(
            like,
            id=number,
            function=question.name,
            args=PackedArgs(question.args),
            needs=(),
            gradient=(),
            repeat=1,
            record=False,
        )
        for number, question in enumerate(questions)
    ]
    outcomes = run(program, calls).outcomes if calls else ()
    return [
        InnerCall(question.name, question.args, outcome.value)
        if outcome.status is Status.RETURNED and not _is_opaque(outcome.value)
        else None
        for question, outcome in zip(questions, outcomes, strict=True)
    ]


def wrapped(call: FunctionCall, by: str, function: str, told: Value) -> FunctionCall:
    """The call of `function` made through `by`, which a cell of `carried.cells` defines.

    told: what `by` gets to know.
    """
    args = PackedArgs((function, told, *call.args.values))
    return replace(call, function=by, args=args, needs=(), gradient=(), repeat=1, record=False)


def size_of(*values: Value) -> int:
    """Bytes of the arrays and texts in these values."""
    found = [leaf for value in values for _, leaf in leaves(value)]
    return sum(
        leaf.data.nbytes if isinstance(leaf, Array) else len(leaf) for leaf in found if isinstance(leaf, (Array, str))
    )


def question_of(value: Value, names: Sequence[str]) -> Question | None:
    """The question that a case ended with; None for one that may not be asked.

    value: (name, arguments), as the student's process sent it.
    names: the functions that may be asked for.
    """
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        return None
    name, args = value
    if not isinstance(name, str) or name not in names or not isinstance(args, (list, tuple)) or _is_opaque(args):
        return None
    return Question(name, tuple(args)) if size_of(args) <= MOST_BYTES else None


def _answers(outcome: Outcome) -> Iterator[InnerCall]:
    if outcome.status is not Status.RETURNED or not isinstance(outcome.value, (list, tuple)):
        return
    for entry in outcome.value:
        if isinstance(entry, (list, tuple)) and len(entry) == 3 and isinstance(entry[1], (list, tuple)):
            yield InnerCall(str(entry[0]), tuple(entry[1]), entry[2])


def _is_known(answer: InnerCall, own: Sequence[Array]) -> bool:
    """Whether every array of the call is one of the case's own inputs."""
    arrays = [leaf for _, leaf in leaves(answer.args) if isinstance(leaf, (Array, Sparse))]
    return bool(arrays) and all(any(compare(one, leaf, EXACT).equal for one in own) for leaf in arrays)


def _is_opaque(value: Value) -> bool:
    """Whether a value holds something that cannot be sent back as it is."""
    return any(isinstance(leaf, (Opaque, Sparse)) for _, leaf in leaves(value))
