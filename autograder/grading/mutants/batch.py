"""Running mutants: many of them in one child, within the same walls as any submission.

A program defines, for each mutant, functions that make the solution anew on their first call, with one cell changed.
Nothing else is shared: a mutant that writes into a module's variable writes into its own. A call that kills the child
process costs itself alone, because the sandbox goes on in another child.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from autograder.course.assignment import Assignment
from autograder.course.student_cells import given_cells
from autograder.grading.mutants.make import mutants_of
from autograder.grading.mutants.mutant import Mutant
from autograder.grading.reference import demand_no_grader_error
from autograder.i18n import LANGUAGES
from autograder.sandbox.interface import Cell, FunctionCall, Limits, Outcome, Program, Sandbox

BATCH = 64  # mutants of one program: enough that its start costs little
REPLACEMENTS = 4 * BATCH

Seen = Callable[[int, Outcome], None]
"""What is told of each outcome: the mutant's place, and the outcome with the id of its case."""

_LOADER = '''
def _fresh(at, source, known={}):
    """The namespace of the solution with one cell changed, made on first use."""
    if len(known) > 4:
        known.clear()
    key = (at, source)
    if key not in known:
        space = {"__name__": "__main__", "__builtins__": __builtins__}
        for place, code in enumerate(_CODES):
            exec(compile(source, f"<cell {place}>", "exec") if place == at else code, space)
        known[key] = space
    return known[key]


def _call_of(name, at, source):
    return lambda *args: _fresh(at, source)[name](*args)


_CODES = [compile(text, f"<cell {place}>", "exec") for place, text in enumerate(_CELLS)]
for _number, (_at, _source) in enumerate(_MUTANTS):
    for _name in _FUNCTIONS:
        globals()[f"{_name}__{_number}"] = _call_of(_name, _at, _source)
'''


@dataclass(frozen=True)
class TaskMutants:
    """The mutants of one task.

    task: its name.
    cell: the place of its cell among the cells that are run.
    mutants: in the order of the file.
    """

    task: str
    cell: int
    mutants: tuple[Mutant, ...]


def code_cells(assignment: Assignment) -> list[tuple[str | None, str, int]]:
    """(task, source, line) of every cell of the solution that defines what tasks need; explorations do not."""
    return [(c.task, c.source, c.line) for c in assignment.cells if c.role in ("task", "provided", "plain")]


def mutants_of_task(assignment: Assignment, task: str) -> TaskMutants:
    """Every mutant of a task's cell."""
    functions = [name for one in assignment.tasks for name in one.functions]
    for at, (name, source, line) in enumerate(code_cells(assignment)):
        if name == task:
            released = _released(assignment, task)
            return TaskMutants(
                task, at, tuple(mutants_of(source, first_line=line, released=released, functions=functions))
            )
    return TaskMutants(task, -1, ())


def _released(assignment: Assignment, task: str) -> str:
    """The stub of a task's cell and the texts of its notebook: what students read."""
    languages = [language for language in LANGUAGES if language in assignment.languages] or [*assignment.languages][:1]
    stubs = [cell.source for language in languages for cell in given_cells(assignment, language) if cell.task == task]
    return "\n".join(stubs)


def run_mutants(
    assignment: Assignment,
    sandbox: Sandbox,
    made: TaskMutants,
    numbers: Sequence[int],
    calls: Sequence[FunctionCall],
    seen: Seen,
) -> None:
    """Run some of a task's mutants on some calls, batch by batch. Raises SandboxError when the sandbox is lost.

    numbers: which of the mutants.
    seen: gets every outcome as it comes; none is kept here.
    """
    limits = replace(
        assignment.limits,
        group_seconds=min(
            assignment.limits.call_seconds, assignment.limits.group_seconds
        ),  # a mutant's calls are a group: the first that hangs ends it
        submission_seconds=max(3600.0, assignment.limits.submission_seconds),
        replacements=REPLACEMENTS,
    )
    for start in range(0, len(numbers), BATCH):
        _run_batch(assignment, sandbox, made, numbers[start : start + BATCH], calls, limits, seen)


def _run_batch(
    assignment: Assignment,
    sandbox: Sandbox,
    made: TaskMutants,
    numbers: Sequence[int],
    calls: Sequence[FunctionCall],
    limits: Limits,
    seen: Seen,
) -> None:
    def tell(outcome: Outcome) -> Outcome:
        turn, place = divmod(outcome.id, len(calls))
        seen(numbers[turn], replace(outcome, id=calls[place].id))
        return Outcome(outcome.id, outcome.status)

    functions = sorted({call.function for call in calls})
    program = batch_program(assignment, made, numbers, functions)
    execution = sandbox.run(program, list(_calls(numbers, calls)), limits, tell)
    demand_no_grader_error(execution)


def batch_program(
    assignment: Assignment, made: TaskMutants, numbers: Sequence[int], functions: Sequence[str]
) -> Program:
    """The program of one batch: its functions are called f__0, f__1 and so on."""
    cells = [source for _, source, _ in code_cells(assignment)]
    mutants = [(made.cell, made.mutants[number].source) for number in numbers]
    source = f"_CELLS = {cells!r}\n_MUTANTS = {mutants!r}\n_FUNCTIONS = {list(functions)!r}\n{_LOADER}"
    return Program((Cell(source, "mutants"),), trusted=True)


def _calls(numbers: Sequence[int], calls: Sequence[FunctionCall]) -> Iterator[FunctionCall]:
    for turn in range(len(numbers)):
        for place, call in enumerate(calls):
            yield replace(
                call,
                id=turn * len(calls) + place,
                group=str(turn),
                function=f"{call.function}__{turn}",
                needs=(),
                repeat=1,
                record=False,
                secret=False,
            )
