"""Purity and determinism: compared on this side, from the arrays that came; whatever else a child says of them is nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from autograder.course.assignment import load_assignment
from autograder.course.cases import make_cases
from autograder.grading.judging import judge_value, plain
from autograder.grading.verdicts import case_verdict
from autograder.guest.wire import Array
from tests.hostile.test_host import TARGET, honest_reference
from tests.paths import TESTS

ASSIGNMENT = load_assignment(TARGET)
CASES = make_cases(ASSIGNMENT, b"x")
REFERENCE = honest_reference(ASSIGNMENT)
CASE = CASES[0]
HONEST = REFERENCE.outcomes[CASE.id]


def moved(value: object, by: float) -> Array:
    assert isinstance(value, Array)
    return Array(value.data + by)


def test_an_honest_call_is_pure_and_gives_the_same_twice() -> None:
    found = case_verdict(CASE, REFERENCE, HONEST)
    assert (found.right, found.pure, found.deterministic) == (True, True, True)


@pytest.mark.parametrize("by", [1.0, 1e-12, float("nan")])
def test_an_input_that_was_changed_by_anything_at_all(by: float) -> None:
    changed = (moved(HONEST.inputs_after[0], by), *HONEST.inputs_after[1:])
    found = case_verdict(CASE, REFERENCE, replace(HONEST, inputs_after=changed))
    assert (found.right, found.pure, found.deterministic) == (True, False, True)


@pytest.mark.parametrize("inputs", [(), (None,), (Array(np.zeros((2, 3), np.float32)),)])
def test_inputs_that_did_not_come_back_as_they_were(inputs: tuple[Array, ...]) -> None:
    assert not case_verdict(CASE, REFERENCE, replace(HONEST, inputs_after=inputs)).pure


def test_another_answer_the_second_time() -> None:
    found = case_verdict(CASE, REFERENCE, replace(HONEST, repeated=moved(HONEST.value, 1.0)))
    assert (found.right, found.pure, found.deterministic) == (True, True, False)


def test_numbers_that_overflow_in_a_judge_are_refused_without_a_warning_to_the_lecturer() -> None:
    case = make_cases(load_assignment(TESTS / "fixtures" / "judged" / "solutions" / "11-eigen"), b"x")[0]
    huge = replace(HONEST, value=Array(np.full(plain(case.args[0]).shape[:1], 1e308)))
    assert judge_value(case, huge) is not None
