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


def of_kind(kind, expected, got, case_id):
    return observation(expected, got, (kind, expected), case_id=case_id)


def test_a_slip_in_one_kind_of_several_is_named_for_this_kind():
    e, w = [normal(4, 3) for _ in range(4)], [normal(4, 3) for _ in range(4)]
    cases = [of_kind("tanh", e[0], w[0], 0), of_kind("tanh", e[1], w[1], 1)]
    cases += [of_kind("relu", e[2], e[2], 2), of_kind("relu", e[3], e[3], 3)]
    found = diagnose(cases, [bank_of(w[0], w[1], w[2], w[3], name="in_all_kinds")])
    assert found is not None
    assert found.text.in_language("en") == "tanh: in_all_kinds"
    assert diagnose(cases, [bank_of(w[0], normal(4, 3), w[2], w[3])]) is None


def test_each_kind_may_have_its_own_reason():
    e, w = [normal(4, 3) for _ in range(4)], [normal(4, 3) for _ in range(4)]
    kinds = ("tanh", "tanh", "relu", "relu")
    cases = [of_kind(kind, e[n], w[n], n) for n, kind in enumerate(kinds)]
    bank = [bank_of(w[0], w[1], e[2], e[3], name="one"), bank_of(e[0], e[1], w[2], w[3], name="two")]
    found = diagnose(cases, bank)
    assert found is not None
    assert found.id == "one+two"


def test_texts_that_are_data_are_no_kinds():
    e, w = [normal(4, 3) for _ in range(4)], [normal(4, 3) for _ in range(4)]
    for texts in (("a, b", "a, b", "c!", "c!"), tuple("wxyz")):
        cases = [of_kind(text, e[n], w[n] if n < 2 else e[n], n) for n, text in enumerate(texts)]
        assert reason(*cases, bank=[bank_of(w[0], w[1], w[2], w[3])]) is None


def test_calls_without_an_end_are_named_by_their_checks():
    e = normal(4, 3)
    slow = [observation(normal(2), None, case_id=n, status=Status.TIMED_OUT) for n in (0, 1)]
    found = diagnose([*slow, observation(e, e, case_id=2)], ())
    assert found is not None
    assert found.id == "error:endless"
    assert found.text.in_language("en").startswith("These calls do not end: t.")
    assert reason(*slow, observation(e, normal(4, 3), case_id=2)) is None


def test_what_is_not_in_the_graph_is_not_called_detached():
    error = ErrorInfo("RuntimeError", "One of the differentiated Tensors appears to not have been used in the graph.")
    assert reason(observation(normal(2), None, status=Status.RAISED, error=error)) == "error:unused"
