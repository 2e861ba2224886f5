"""Every attack, against every sandbox: no point that it did not compute, nothing reached, nothing left.

The next honest submission comes out the same to the bit, whatever ran before it.
"""

from __future__ import annotations

import json
import os
import time
from collections import Counter

import pytest

from autograder.grading.grader import Grader
from autograder.grading.judging import plain
from autograder.sandbox.interface import Sandbox
from tests.hostile import tables
from tests.hostile.attack import HONEST, ROWS, Attack, from_files, submission
from tests.hostile.cost import MORE_MEMORY, MORE_SECONDS, Cost, measured, most_seconds
from tests.hostile.watch import Watch, bits, guest_processes
from tests.report_json import report_data, student_html, summary, write_grades_csv

ATTACKS = [*from_files(), *tables.attacks()]


def test_every_row_of_the_threat_list_is_attacked() -> None:
    count = Counter(attack.row for attack in ATTACKS)
    archives_are_elsewhere = {"archives"}
    assert set(count) == set(ROWS) - archives_are_elsewhere
    assert len(ATTACKS) >= 80
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_attack(
    attack: Attack,
    grader: Grader,
    sandbox: Sandbox,
    watch: Watch,
    honest_bits: list[object],
    honest_cost: Cost,
    provider: str,
) -> None:
    before = guest_processes(sandbox)
    attacking = attack.submission({**watch.words(), **visible_words(grader)})
    with measured(sandbox) as cost:
        report = grader.grade(attacking)
        data = report_data(report)
        pages = [student_html(data, "en"), student_html(data, "ko"), json.dumps(data, allow_nan=False)]
        pages.append(write_grades_csv([summary(data)], [], "66-hostile", 20))
    assert cost.memory < honest_cost.memory + MORE_MEMORY, cost
    assert cost.seconds < most_seconds(grader.assignment, len(report.sources)) + MORE_SECONDS, cost
    assert (cost.files, cost.disk) == (0, 0), cost.names
    assert {task.task.name: task.earned for task in report.tasks} == attack.points, report.events
    for task in report.tasks:
        statuses = {case.outcome.status.value for case in task.cases}
        assert statuses <= set(attack.status[task.task.name].split("|")), (statuses, report.events)
    assert not any("REACHED" in case.outcome.stdout for task in report.tasks for case in task.cases)
    said = repr([case.outcome for task in report.tasks for case in task.cases])
    assert not any(watch.secret in text for text in (said, *pages))
    handed_out = json.dumps({key: value for key, value in data.items() if key != "staff"})
    assert "HIDDEN" not in handed_out
    for page in pages[:2]:
        assert not any(mark in page.lower() for mark in ("<script", "<img", "\x1b", "\u202e", "\u2066"))
    watch.check()
    if not provider.endswith("fresh"):
        assert settled(sandbox, before)
    assert bits(grader, sandbox, submission("honest", HONEST)) == honest_bits


def visible_words(grader: Grader) -> dict[str, str]:
    """What a student can do with the visible cases: look their answers up."""
    answers = {}
    for case in grader.cases:
        if case.check.visible:
            X, value = plain(case.args[0]), plain(grader.reference.outcomes[case.id].value)
            if case.function == "summary":
                value = [value[0].tolist(), value[1], value[2]["rows"], value[2]["top"].tolist()]
            else:
                value = value.tolist()
            answers[f"torch.Size({list(X.shape)}){X.sum():.6f}"] = value
    return {"ANSWERS": repr(answers), "BRACES": "{{7*7}}"}


def settled(sandbox: Sandbox, before: set[int]) -> bool:
    """No process more than before; a guest that was replaced counts by number."""
    deadline = time.monotonic() + 3
    waiting = 0 if os.geteuid() == 0 else 1  # who waits for the next submission is known by a user of its own
    while len(guest_processes(sandbox)) > len(before) + waiting:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.fixture(scope="session")
def honest_cost(grader: Grader, sandbox: Sandbox) -> Cost:
    """What an honest submission costs once it has been graded before."""
    for _ in range(2):
        with measured(sandbox) as cost:
            data = report_data(grader.grade(submission("honest", HONEST)))
            student_html(data, "en")
    return cost


def test_what_an_attack_would_cost_is_seen(grader: Grader, sandbox: Sandbox, honest_cost: Cost) -> None:
    """The measure is sharp: memory that was let go, time that was spent and files that were left all count."""
    with measured(sandbox) as cost:
        held = b"x" * (400 << 20)
        del held
        ends = time.process_time() + 0.3
        while time.process_time() < ends:
            pass
        left = [open(os.devnull, "rb") for _ in range(3)]  # noqa: SIM115
    for file in left:
        file.close()
    assert cost.memory > honest_cost.memory + MORE_MEMORY
    assert cost.seconds >= 0.3
    assert cost.files >= 3
