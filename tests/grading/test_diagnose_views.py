"""A slip is still one where an edge case went wrong for another reason, or right by the student's own care."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from autograder.grading.diagnose import diagnose
from autograder.sandbox.interface import ErrorInfo, Outcome, Status
from tests.grading.test_diagnose import entry, normal, observation, reason, tensor

ERROR = ErrorInfo("RuntimeError", "stack expects a non-empty TensorList")


def edge(one):
    return dataclasses.replace(
        one, case=dataclasses.replace(one.case, check=dataclasses.replace(one.case.check, edge=True))
    )


def bank_of(*values, name="slip", function="f"):
    given = [
        Outcome(number, Status.RAISED, error=value)
        if isinstance(value, ErrorInfo)
        else Outcome(number, Status.RETURNED, tensor(value))
        for number, value in enumerate(values)
    ]
    return entry(name, given, function)


def test_care_with_an_edge_case_hides_no_slip():
    w, v, e = normal(4, 3), normal(4, 3), normal(2)
    cases = [observation(normal(4, 3), w), observation(normal(4, 3), v, case_id=1), edge(observation(e, e, case_id=2))]
    assert reason(*cases, bank=[bank_of(w, v, ERROR)]) == "slip"
    assert reason(*cases, bank=[bank_of(w, normal(4, 3), ERROR)]) is None


def test_a_right_answer_in_an_ordinary_case_speaks_against_it():
    w, v, e = normal(4, 3), normal(4, 3), normal(4, 3)
    cases = [observation(normal(4, 3), w), observation(normal(4, 3), v, case_id=1), observation(e, e, case_id=2)]
    assert reason(*cases, bank=[bank_of(w, v, normal(4, 3))]) is None


def test_an_edge_case_that_is_wrong_in_its_own_way_hides_no_slip():
    w, v = normal(4, 3), normal(4, 3)
    cases = [observation(normal(4, 3), w), observation(normal(4, 3), v, case_id=1)]
    cases.append(edge(observation(normal(5), normal(5), case_id=2)))
    assert reason(*cases, bank=[bank_of(w, v, normal(5))]) == "slip"


@pytest.mark.parametrize("hidden", ["infinite", "float32", "raised"])
def test_nor_does_what_is_not_finite_or_another_dtype_or_an_exception(hidden):
    w, v, x = normal(4, 3), normal(4, 3), normal(4, 3)
    cases = [observation(normal(4, 3), w), observation(normal(4, 3), v, case_id=1)]
    if hidden == "raised":
        cases.append(observation(x, None, case_id=2, status=Status.RAISED, error=ERROR))
    elif hidden == "float32":
        cases.append(observation(x.astype(np.float32), x, case_id=2, dtype="float32"))
    else:
        cases.append(observation(x, np.full((4, 3), np.nan), case_id=2))
    assert reason(*cases, bank=[bank_of(w, v, np.full((4, 3), np.inf))]) == "slip"


def test_one_answer_among_exceptions_is_no_evidence():
    w = normal(4, 3)
    raised = [observation(normal(2), None, case_id=n, status=Status.RAISED, error=ERROR) for n in (1, 2)]
    other = ErrorInfo("ValueError", "other")
    found = diagnose([observation(normal(4, 3), w), *raised], [bank_of(w, other, other)])
    assert found is None


def test_few_numbers_are_no_evidence_without_the_edges():
    e = normal(2)
    cases = [observation(1.0, 2.5), observation(3.0, 4.5, case_id=1), edge(observation(e, e, case_id=2))]
    assert reason(*cases, bank=[bank_of(2.5, 4.5, normal(2))]) is None


def test_a_function_of_several_has_its_reason_where_another_has_none():
    w, v = normal(4, 3), normal(4, 3)
    cases = [observation(normal(4, 3), w), observation(normal(4, 3), v, case_id=1, function="g")]
    found = diagnose(cases, [bank_of(w, normal(4, 3))])
    assert found is not None
    assert (found.id, found.function, found.text.in_language("en")) == ("slip", "f", "f: slip")


def test_an_entry_about_another_function_names_nothing_here():
    w, v = normal(4, 3), normal(4, 3)
    cases = [observation(normal(4, 3), w), observation(normal(4, 3), v, case_id=1, function="g")]
    assert reason(*cases, bank=[bank_of(w, normal(4, 3), function="h")]) is None
