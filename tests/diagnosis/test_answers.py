"""Labelled answers and the rules beside them: every label has a rule, and the count is what the rules say."""

from __future__ import annotations

import json

import pytest

from autograder.course.schedule import read_course
from autograder.errors import UsageError
from autograder.verify import answers
from tests.paths import ROOT

HERE = ROOT / "tests" / "diagnosis"
FILES = [
    HERE / "answers.json",
    *sorted(HERE.glob("blind/*/answers.json")),
    *sorted(HERE.glob("unseen/*/answers.json")),
    *sorted(HERE.glob("fresh/*/answers.json")),
]


def test_each_assignment_has_answers_written_from_its_notebook_alone():
    course = read_course(ROOT)
    for slug in course.slugs():
        found = answers.read_answers(HERE / "blind" / slug / "answers.json")
        tasks = [task.name for task in course.assignment(slug).tasks if task.points]
        kinds = {(answer.task, "right" if answer.kind == "right" else "wrong") for answer in found}
        assert kinds >= {(task, "wrong") for task in tasks}, slug
        assert {answer.assignment for answer in found} == {slug}
        assert len({answer.id for answer in found}) == len(found)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_every_wrong_answer_has_a_rule(file):
    rules = answers.read_rules(file.parent / answers.RULES)
    wrong = [answer for answer in answers.read_answers(file) if answer.kind == "wrong"]
    assert wrong
    without = [a.label for a in wrong if not any(label.search(f"{a.task}: {a.label}") for label, _ in rules)]
    assert without == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_what_is_neither_right_nor_wrong_says_what_is_expected(file):
    for answer in answers.read_answers(file):
        if answer.kind not in ("right", "wrong"):
            assert answer.expectation in ("forbidden", "unnamed"), answer.id


def test_a_file_of_something_else_is_refused(tmp_path):
    (tmp_path / "a.json").write_text('{"cells": []}')
    with pytest.raises(UsageError, match="labelled answers"):
        answers.read_answers(tmp_path / "a.json")
    (tmp_path / "rules.txt").write_text("label => <unknown>\n")
    with pytest.raises(UsageError, match=r"rules\.txt:1"):
        answers.read_rules(tmp_path / "rules.txt")


BIAS = """def gcn_layer(X, A_hat, W, b, act):
    return activate(A_hat @ (X @ W + b), act)
"""


def test_the_count_tells_right_wrong_and_silent_apart(sandbox, tmp_path):
    rows = [("one", "bias before the neighbours", BIAS), ("two", "something else", BIAS)]
    rows.append(("three", "bias before the neighbours", BIAS.replace("+ b", "+ 2 * b * X.sum()")))
    found = [
        {"id": name, "assignment": "10-gcn", "task": "gcn_layer", "kind": "wrong", "label": label, "code": code}
        for name, label, code in rows
    ]
    (tmp_path / "answers.json").write_text(json.dumps(found))
    (tmp_path / "rules.txt").write_text("gcn_layer: bias => bias\ngcn_layer: something => of another kind\n")
    measured = answers.measure(
        read_course(ROOT).assignment("10-gcn"),
        sandbox,
        b"secret",
        answers.read_answers(tmp_path / "answers.json"),
        answers.read_rules(tmp_path / "rules.txt"),
    )
    assert [one.verdict for one in measured.named] == [answers.RIGHTLY, answers.WRONGLY, answers.SILENT]
    assert [line.split()[0] for line in answers.lines(measured)] == ["gcn_layer", "together", "two"]
