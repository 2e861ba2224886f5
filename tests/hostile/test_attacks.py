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
    attack: Attack, grader: Grader, sandbox: Sandbox, watch: Watch, honest_bits: list[object], provider: str
) -> None:
    before = guest_processes(sandbox)
    report = grader.grade(attack.submission({**watch.words(), **visible_words(grader)}))
    assert {task.task.name: task.earned for task in report.tasks} == attack.points, report.events
    for task in report.tasks:
        statuses = {case.outcome.status.value for case in task.cases}
        assert statuses <= set(attack.status[task.task.name].split("|")), (statuses, report.events)
    assert not any("REACHED" in case.outcome.stdout for task in report.tasks for case in task.cases)
    said = repr([case.outcome for task in report.tasks for case in task.cases])
    data = report_data(report)
    pages = [student_html(data, "en"), student_html(data, "ko"), json.dumps(data, allow_nan=False)]
    pages.append(write_grades_csv([summary(data)], [], "66-hostile", 20))
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
