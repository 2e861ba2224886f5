"""Equal wrong answers make a group, whoever gave them; a class of a thousand has few."""

from __future__ import annotations

import ast

import msgspec
import numpy as np
import pytest

from autograder.authoring import T1, T3, Check
from autograder.course.cases import Case
from autograder.grading.diagnose import Observation
from autograder.grading.diagnose.signature import signature
from autograder.guest.wire import Array
from autograder.i18n import Text
from autograder.report.groups import Group, draft, groups_of, lines, without_reason
from autograder.report.schema import DiagnosisReport, WrongTask
from autograder.report.summary import summary
from autograder.sandbox.interface import ErrorInfo, Outcome, Status
from tests.report_json import report_data, typed
from tests.report_sample import full_sample

TEXT = Text("t", "t")
PLANTED = 10


def made_class(students, seed=3, calls=8):
    """Wrong answers of a class: most made one of ten mistakes, each with a rounding of its own; some are alone."""
    rng = np.random.default_rng(seed)
    right = [rng.normal(size=(rng.integers(3, 30), 4)) for _ in range(calls)]
    mistakes = [lambda e, k=k: np.sin((k + 2) * e) + k for k in range(PLANTED)]
    for student in range(students):
        alone = student % 33 == 0
        mistake = mistakes[min(int(rng.exponential(3)), PLANTED - 1)]
        noise = rng.normal() if alone else 0.0
        yield (
            student,
            [
                observation(i, e, (mistake(e) + noise) * (1 + 1e-15 * rng.normal(size=e.shape)))
                for i, e in enumerate(right)
            ],
        )


def observation(number, expected, got, *, dtype="float64", **outcome):
    check = Check("f", "c", 1, True, T3 if dtype == "float32" else T1, TEXT, TEXT, lambda d: [], (), dtype)
    case = Case(number, check, 0, "f", (), (), 0)
    wrong = Outcome(number, outcome.pop("status", Status.RETURNED), Array(np.asarray(got)), **outcome)
    return Observation(case, Outcome(number, Status.RETURNED, Array(expected)), wrong, False)


def test_a_class_of_a_thousand_with_ten_mistakes_has_few_groups():
    found = [signature(observations) for _, observations in made_class(1000)]
    sizes = sorted((found.count(mark) for mark in set(found)), reverse=True)
    assert sum(sizes[:15]) >= 0.95 * len(found)
    assert sum(sizes[:PLANTED]) < len(found)  # who is alone is in no group


def test_rounding_makes_no_other_answer_and_another_value_does():
    rng = np.random.default_rng(1)
    e = rng.normal(size=(40, 3))
    got = e + 1
    for _ in range(50):
        near = got * (1 + 1e-14 * rng.normal(size=e.shape))
        assert signature([observation(0, e, near)]) == signature([observation(0, e, got)])
    other = got.copy()
    other[3, 1] += 0.01
    assert signature([observation(0, e, other)]) != signature([observation(0, e, got)])
    assert signature([observation(0, e, got[:-1])]) != signature([observation(0, e, got)])


def test_narrow_cases_decide_only_where_there_are_no_others():
    e = np.random.default_rng(1).normal(size=5)
    wide = observation(0, e, e + 1)
    narrow = [observation(1, e.astype("float32"), (e + x).astype("float32"), dtype="float32") for x in (1, 2)]
    assert signature([wide, narrow[0]]) == signature([wide, narrow[1]])
    assert signature([narrow[0]]) != signature([narrow[1]])


@pytest.mark.parametrize("status", [Status.MISSING, Status.UNFINISHED, Status.GRADER_ERROR])
def test_what_was_not_computed_has_no_signature(status):
    assert signature([observation(0, np.ones(3), np.ones(3), status=status)]) == ""
    assert signature([]) == ""


def test_exceptions_of_one_class_are_one_group():
    raised = [
        observation(0, np.ones(3), np.ones(3), status=Status.RAISED, error=ErrorInfo(name, message))
        for name, message in (("ValueError", "a"), ("ValueError", "b"), ("KeyError", "a"))
    ]
    marks = [signature([one]) for one in raised]
    assert marks[0] == marks[1] != marks[2]


CODE = "def other(x):\n    return x\n\n\ndef f(x):\n    return x + f.__name__ * 0\n"


def report(student, *wrong, told=()):
    data = report_data(full_sample())
    made = typed({**data, "student": student})
    tasks = [
        msgspec.structs.replace(
            task,
            diagnosis=DiagnosisReport("numeric", "sign", "f", {"en": "t", "ko": "t"}) if task.name in told else None,
        )
        for task in made.tasks
    ]
    staff = msgspec.structs.replace(made.staff, wrong=[WrongTask(task, mark, CODE) for task, mark in wrong])
    return msgspec.structs.replace(made, tasks=tasks, staff=staff)


def test_groups_come_largest_first_and_those_without_a_reason_are_shown():
    name, other = [task["name"] for task in report_data(full_sample())["tasks"]][:2]
    reports = [report("a", (name, "1")), report("b", (name, "1")), report("c", (other, "2"), told=(other,))]
    found = groups_of(reports)
    assert [(g.task, g.students, g.reason) for g in found] == [(name, ("a", "b"), ""), (other, ("c",), "sign")]
    assert [g.students for g in without_reason(found)] == [("a", "b")]
    shown = "\n".join(lines(found))
    assert f"1. {name}: 2 students (a, b)" in shown
    assert "1 of 3 wrong answers have one" in shown
    assert summary(reports[0]).unexplained == [(name, "1")]
    assert summary(reports[2]).unexplained == []


def test_an_entry_is_drafted_from_a_group():
    entry = draft(Group("t", ("a", "b"), "", CODE), ["f"], 3, ("ko", "en"))
    (function,) = ast.parse(entry).body
    assert isinstance(function, ast.FunctionDef)
    assert function.name == "group_3_of_f"
    assert ast.unparse(function.decorator_list[0]).startswith("misconception('f', ko=")
    with pytest.raises(ValueError, match="defines none"):
        draft(Group("t", ("a",), "", CODE), ["g"], 1, ("en",))
