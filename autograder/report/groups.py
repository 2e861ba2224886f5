"""Groups of a class: students whose wrong answers to a task are the same, largest first."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograder.report.schema import Report


@dataclass(frozen=True)
class Group:
    """Students who gave the same wrong answer to one task.

    task: the task's name.
    students: ids of their reports.
    reason: identifier of the diagnosis that the first of them was given; "" where there is none.
    code: the functions of the first of them.
    """

    task: str
    students: tuple[str, ...]
    reason: str
    code: str


def groups_of(reports: Iterable[Report]) -> list[Group]:
    """Every group of a class, largest first."""
    members: dict[tuple[str, str], list[str]] = {}
    reasons: dict[tuple[str, str], str] = {}
    codes: dict[tuple[str, str], str] = {}
    for report in reports:
        given = {task.name: task.diagnosis.id for task in report.tasks if task.diagnosis}
        for wrong in report.staff.wrong:
            key = (wrong.task, wrong.signature)
            members.setdefault(key, []).append(report.student)
            reasons.setdefault(key, given.get(wrong.task, ""))
            codes.setdefault(key, wrong.code)
    ranked = sorted(members, key=lambda key: (-len(members[key]), key))
    return [Group(key[0], tuple(members[key]), reasons[key], codes[key]) for key in ranked]


def without_reason(groups: Sequence[Group]) -> list[Group]:
    """The groups without a diagnosis, in the same order."""
    return [group for group in groups if not group.reason]


def lines(groups: Sequence[Group], most: int = 20) -> Iterator[str]:
    """The groups without a reason for a terminal, numbered from 1, each with the code of one of its students."""
    silent = without_reason(groups)
    for number, group in enumerate(silent[:most], 1):
        who = ", ".join(group.students[:5]) + (f", +{len(group.students) - 5}" if len(group.students) > 5 else "")
        yield f"{number}. {group.task}: {len(group.students)} students ({who})"
        yield from (f"      {line}" for line in group.code.split("\n"))
    told = sum(len(group.students) for group in groups) - sum(len(group.students) for group in silent)
    yield f"{len(silent)} groups without a reason; {told} of {sum(len(g.students) for g in groups)} wrong answers have one"


def draft(group: Group, functions: Sequence[str], number: int, languages: Sequence[str]) -> str:
    """An entry of misconceptions.py for a group: its code under a name of its own, and texts to be written."""
    tree = ast.parse(group.code)
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in functions]
    function = found[-1] if found else None
    if function is None:
        raise ValueError(f"the group's code defines none of {', '.join(functions)}")
    source = "\n".join(group.code.split("\n")[function.lineno - 1 : function.end_lineno])
    name = f"group_{number}_of_{function.name}"
    source = re.sub(rf"\bdef {function.name}\b", f"def {name}", source, count=1)
    texts = "".join(
        f'    {language}="TODO: what these {len(group.students)} students did",\n' for language in languages
    )
    return f'\n\n@misconception(\n    "{function.name}",\n{texts})\n{source}\n'
