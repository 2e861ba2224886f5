"""Partial credit by parts: each part of a tuple or dict has its share, and the name that its author gave it."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.authoring import T1, Each, Task, Text, Tolerance
from autograder.errors import Mistake
from autograder.grading.compare import compare, parts_of, wrong_parts
from autograder.grading.score import CaseVerdict, CheckVerdict, score_task
from autograder.grading.wording import describe
from autograder.guest.wire import Array, Value
from autograder.parts import declared_parts, part_name
from autograder.sandbox.interface import Outcome, Status

TEXT = Text("t", "t")
A, B, C = (Array(np.array([float(x), 1.0])) for x in (1, 2, 3))


def case(expected: Value, got: Value, status: Status = Status.RETURNED) -> CaseVerdict:
    value = compare(expected, got, T1) if status is Status.RETURNED else None
    return CaseVerdict(0, Outcome(0, status, got), value, parts=parts_of(expected))


def checked(cases: list[CaseVerdict], points: float = 6, **options: object) -> CheckVerdict:
    task = Task("f", points=points)
    task.check("c", points=points, tolerance=T1, title=TEXT, hint=TEXT, **options)(lambda draw: [])  # type: ignore[arg-type]
    return score_task(task, [(task.checks[0], cases)]).checks[0]


SHARES = {
    "all right": ((A, B, C), (A, B, C), 6),
    "one of three wrong": ((A, B, C), (A, B, B), 4),
    "two of three wrong": ((A, B, C), (A, A, B), 2),
    "all wrong": ((A, B, C), (B, C, A), 0),
    "too short": ((A, B, C), (A, B), 0),
    "no tuple": ((A, B, C), A, 0),
    "a list for a tuple": ((A, B, C), [A, B, B], 4),
    "a part inside a part": ((A, [(B, C)]), (A, [(B, B)]), 3),
    "a part of another form": ((A, B, C), (A, B, 1.0), 4),
    "a dict": ({"dW": A, "db": B}, {"dW": A, "db": A}, 3),
    "a dict with another key": ({"dW": A, "db": B}, {"dW": A, "dB": B}, 0),
    "a list": ([A, B], [A, A], 0),
    "a tuple of one": ((A,), (B,), 0),
    "eleven parts, the second wrong": (tuple([A] * 11), (A, B, *[A] * 9), round(6 * 10 / 11, 2)),
}


@pytest.mark.parametrize("name", SHARES)
def test_each_part_gives_its_share(name: str) -> None:
    expected, got, earned = SHARES[name]
    assert checked([case(expected, got)]).earned == earned


def test_a_part_must_be_right_in_every_case() -> None:
    verdict = checked([case((A, B), (A, A)), case((A, B), (B, B)), case((A, B), (A, B))])
    assert (verdict.earned, verdict.status) == (0, "failed")
    assert checked([case((A, B), (A, A)), case((A, B), (A, B))]).earned == 3


def test_a_call_that_raises_costs_every_part_of_its_check_and_no_other() -> None:
    task = Task("f", points=10, form=1, purity=1)
    for name in ("easy", "edge"):
        task.check(name, points=4, tolerance=T1, title=TEXT, hint=TEXT)(lambda draw: [])
    raised = [case((A, B), (A, B)), case((A, B), None, Status.RAISED)]
    scored = score_task(task, [(task.checks[0], [case((A, B), (A, B))]), (task.checks[1], raised)])
    assert {check.name: check.earned for check in scored.checks} == {"form": 1, "easy": 4, "edge": 0, "purity": 1}


@pytest.mark.parametrize(
    "options",
    [{"together": True}, {"gradient": ("x",)}, {"judge": lambda args, value: None}],
    ids=lambda o: next(iter(o)),
)
def test_together_gives_all_or_nothing(options: dict[str, object]) -> None:
    verdict = checked([case((A, B), (A, A))], **options)
    assert (verdict.earned, verdict.parts) == (0, ())


def test_calls_of_different_parts_are_judged_together() -> None:
    assert checked([case((A, B), (A, A)), case((A, B, C), (A, B, C))]).earned == 0
    assert checked([case((A, B), (A, A)), case(A, A)]).earned == 0


def test_what_the_platform_lost_costs_no_part() -> None:
    lost = case((A, B), None, Status.GRADER_ERROR)
    assert checked([case((A, B), (A, A)), lost]).status == "pending"
    assert checked([case((A, B), (B, A)), lost]).status == "failed"


def test_a_part_is_not_taken_for_another_whose_number_begins_alike() -> None:
    comparison = compare(tuple([A] * 12), (*[A] * 10, B, A), T1)
    assert wrong_parts(parts_of(tuple([A] * 12)), comparison) == {"[10]"}


# -- names -----------------------------------------------------------------------------------------------------------

MLP = ("loss", {"grads": Each("layer", "층", ("dW", "db"))})
STEP = ("h_new", "c_new", {"cache": ("x", "h")})
NAMES = [
    (MLP, "[0]", ("loss", "loss")),
    (MLP, "[1]", ("grads", "grads")),
    (MLP, "[1][0][0]", ("dW of layer 1", "1번째 층의 dW")),
    (MLP, "[1][2][1]", ("db of layer 3", "3번째 층의 db")),
    (MLP, "[1][2]", ("layer 3", "3번째 층")),
    (MLP, "[1][2][7]", ("layer 3[7]", "3번째 층[7]")),
    (STEP, "[2][1]", ("h of cache", "cache의 h")),
    (STEP, "[2][9]", ("cache[9]", "cache[9]")),
    (STEP, "[1]['a']", ("c_new['a']", "c_new['a']")),
    (STEP, "[5]", (None, None)),
    (STEP, "", (None, None)),
    (("loss", "grads"), "[1]['W1']", ("grads['W1']", "grads['W1']")),
    ((), "['dW']", ("dW", "dW")),
    ((), "[0]", (None, None)),
]


@pytest.mark.parametrize(("declared", "path", "called"), NAMES)
def test_a_part_is_called_what_its_author_calls_it(declared: object, path: str, called: tuple[object, object]) -> None:
    names = declared_parts(declared, "f", "task").get("f")
    assert (part_name(names, path, "en"), part_name(names, path, "ko")) == called


def test_a_message_names_the_part() -> None:
    names = declared_parts(MLP, "f", "task")["f"]
    (mismatch,) = compare((1.0, [(A, B)]), (1.0, [(A, C)]), T1).mismatches
    assert describe(mismatch, "en", names=names).startswith("db of layer 1: 1 of 2 elements are wrong.")
    assert describe(mismatch, "ko", names=names).startswith("1번째 층의 db: 원소 2개 중 1개가 틀렸습니다.")


@pytest.mark.parametrize(
    "declared", ["loss", ("loss", 3), ("",), {"two words": ("a",)}, ({"a": ("b",), "c": ("d",)},), 5]
)
def test_what_names_no_part_is_refused(declared: object) -> None:
    with pytest.raises(Mistake, match='task "f"'):
        Task("f", points=1, parts=declared)


def test_the_tolerance_of_a_check_decides_about_each_part() -> None:
    loose = Tolerance("loose", 0.0, 5.0)
    assert wrong_parts(("[0]", "[1]"), compare((A, B), (B, Array(np.array([9.0, 1.0]))), loose)) == {"[1]"}
