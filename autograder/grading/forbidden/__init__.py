"""Did the student call what the task forbids?

Two witnesses. The *static* one (`static`) reads the code that a task's functions can reach and gives cell and line. The
*recorded* one is the list of torch functions and operators, and of library functions in Python, that really ran while
the function was called, whatever they were called by.

A finding is *certain* when a name resolves to the forbidden thing and to nothing else, or when the thing was seen to
run; the assignment says whether it takes the task's points (`forbidden: zero`, the default) or is only flagged.
Anything weaker is shown to staff and costs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from autograder.authoring import Task
from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.grading.findings import Forbidden
from autograder.grading.forbidden.first_look import may_be, words_reached
from autograder.grading.forbidden.names import is_forbidden
from autograder.grading.forbidden.static import Reader
from autograder.sandbox.interface import Outcome, Program

# The recorder's own marks, in words: what it could not see, and what the code did to the recorder itself.
_WATCHED = {
    "watch:threads": "has threads at work, in which nothing is seen",
    "watch:sys.setprofile": "takes the record away",
    "watch:sys.getprofile": "asks whether it is watched",
    "watch:more": "calls more things than are written down",
}
# Calls that switch on the recording of a graph. torch gives no gradient without one, but a graph alone proves no use.
_GRAPH = re.compile(r"torch\.Tensor\.requires_grad_$|torch\.Tensor\.requires_grad\.__set__$")


def find_forbidden(
    assignment: Assignment, program: Program, cases: Sequence[Case], outcomes: Mapping[int, Outcome]
) -> tuple[Forbidden, ...]:
    """Every finding about a submission, task by task; never raises, whatever the submission is."""
    found = (*find_written(assignment, program), *find_recorded(assignment, cases, outcomes))
    place = {task.name: number for number, task in enumerate(assignment.tasks)}
    return tuple(sorted(found, key=lambda finding: place[finding.task]))


def find_written(assignment: Assignment, program: Program) -> tuple[Forbidden, ...]:
    """What the code says, task by task."""
    suspected = [task for task in assignment.tasks if task.forbid and _suspected(program, task)]
    if not suspected:
        return ()
    reader = Reader(program)
    return tuple(finding for task in suspected for finding in reader.findings(task))


def recorded_cases(assignment: Assignment, cases: Sequence[Case]) -> set[int]:
    """One case for each function of a task that forbids something; which one depends on the drawn cases alone."""
    chosen: dict[tuple[str, str], Case] = {}
    for case in cases:
        if assignment.task(case.task).forbid and not case.check.edge:
            best = chosen.get((case.task, case.function))
            if best is None or case.upstream_seed < best.upstream_seed:
                chosen[case.task, case.function] = case
    return {case.id for case in chosen.values()}


def find_recorded(
    assignment: Assignment, cases: Sequence[Case], outcomes: Mapping[int, Outcome]
) -> tuple[Forbidden, ...]:
    """What was seen to run, task by task."""
    tasks = [task for task in assignment.tasks if task.forbid]
    return tuple(finding for task in tasks for finding in _recorded(task, cases, outcomes))


def _suspected(program: Program, task: Task) -> bool:
    said = words_reached(program, task.functions)
    return any(may_be(said, forbidden) for forbidden in task.forbid)


def _recorded(task: Task, cases: Sequence[Case], outcomes: Mapping[int, Outcome]) -> Iterator[Forbidden]:
    mine = [outcomes[case.id] for case in cases if case.task == task.name and case.id in outcomes]
    ran = sorted({name for outcome in mine for name in outcome.operators})
    left = ran  # what ran is told once, however many names of it a task forbids
    for forbidden in task.forbid:
        seen = [name for name in left if is_forbidden(forbidden, name.removeprefix("call:"))]
        left = [name for name in left if name not in seen]
        if seen:
            yield _seen(task, forbidden, seen, certain=True)
        elif forbidden == "torch.autograd" and (switched := [name for name in ran if _GRAPH.match(name)]):
            yield _seen(task, forbidden, switched, certain=False)
    watched = [_WATCHED.get(name, f"calls {name.removeprefix('watch:')}") for name in ran if name.startswith("watch:")]
    if watched:
        evidence = f"while it was watched, it {'; '.join(watched[:5])}"
        yield Forbidden(task.name, task.forbid[0], task.name, None, evidence, "recorded")


def _seen(task: Task, forbidden: str, names: Sequence[str], *, certain: bool) -> Forbidden:
    return Forbidden(task.name, forbidden, task.name, None, f"ran: {', '.join(names[:5])}", "recorded", certain=certain)


__all__ = ["find_forbidden", "find_recorded", "find_written"]
