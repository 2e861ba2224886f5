"""A wrong answer finds its slip, and only where the evidence is specific."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from autograder.grading.diagnose.signature import signature
from autograder.grading.mutants import KeptMutant, explain, mutants_of
from autograder.grading.mutants.sketch import sketch, slack_of
from autograder.guest.wire import Array
from autograder.sandbox.interface import ErrorInfo, Outcome, Status
from autograder.tolerance import EXACT
from tests.grading.test_diagnose import normal, observation

CELL = "def f(x, n):\n    return x / n - 1\n"
BY_AFTER = {mutant.after: mutant for mutant in mutants_of(CELL, released="f(x, n)")}
DIVISOR, TERM, SIGN = (BY_AFTER[f"return {text}"] for text in ("x - 1", "x / n", "x / n + 1"))
XS = [normal(3, 4), normal(5)]


def outcomes(values):
    return {case: Outcome(case, Status.RETURNED, Array(value)) for case, value in enumerate(values)}


def kept(mutant, values, wrong=(0, 1)):
    given = outcomes(values)
    return KeptMutant(mutant, frozenset(wrong), {c: sketch(o) for c, o in given.items()}, lambda: given)


def observed(values, expected=None):
    expected = expected or [x / 7 - 1 for x in XS]
    return [observation(e, v, case_id=case) for case, (e, v) in enumerate(zip(expected, values, strict=True))]


def test_the_mutant_that_gives_the_same_answers_is_the_reason():
    found = explain(
        observed([x - 1 for x in XS]), [kept(TERM, [x / 7 for x in XS]), kept(DIVISOR, [x - 1 for x in XS])]
    )
    assert found.mutant is DIVISOR
    assert found.text.en == "The division by n is missing."
    assert "return x / n - 1" in found.place


def test_one_case_that_it_does_not_explain_is_enough_to_be_silent():
    near = [XS[0] - 1, XS[1] - 1.001]
    assert explain(observed(near), [kept(DIVISOR, [x - 1 for x in XS])]) is None


def test_a_right_case_must_be_right_with_the_mutant_too():
    mine = observed([XS[0] - 1, XS[1] / 7 - 1])
    assert explain(mine, [kept(DIVISOR, [x - 1 for x in XS])]) is None
    assert explain(mine, [kept(DIVISOR, [XS[0] - 1, XS[1] / 7 - 1], wrong=(0,))]).mutant is DIVISOR


def test_slips_of_different_kinds_that_tie_are_not_named():
    values = [x - 1 for x in XS]
    assert explain(observed(values), [kept(DIVISOR, values), kept(SIGN, values)]) is None


def test_a_lost_gradient_is_left_to_the_numbers():
    values = [x - 1 for x in XS]
    assert explain(observed(values), [kept(replace(DIVISOR, kind="detach"), values)]) is None


def test_slips_that_are_one_seen_from_two_sides_are_named_once():
    values = [x - 1 for x in XS]
    found = explain(observed(values), [kept(replace(DIVISOR, kind="constant"), values), kept(DIVISOR, values)])
    assert found.mutant is DIVISOR


def test_a_factor_that_became_one_is_a_factor_that_is_missing():
    values = [x - 1 for x in XS]
    factor, term = replace(DIVISOR, kind="factor"), replace(TERM, kind="term")
    assert explain(observed(values), [kept(term, values), kept(factor, values)]).mutant.kind == "factor"


def test_a_dict_is_the_same_in_any_order_of_its_keys():
    one, other = ({"a": Array(XS[0]), "b": Array(XS[1])}, {"b": Array(XS[1]), "a": Array(XS[0])})
    first, second = (Outcome(0, Status.RETURNED, value) for value in (one, other))
    assert sketch(first).may_be(sketch(second), slack_of(first, EXACT) + 1e-9)
    marks = [signature([replace(observation(XS[0], XS[1]), got=outcome)]) for outcome in (first, second)]
    assert marks[0] == marks[1] != ""


def test_of_several_places_only_what_they_share_is_said():
    values = [x / 7 for x in XS]
    other = replace(TERM, what="n", line=9)
    found = explain(observed(values), [kept(TERM, values), kept(other, values)])
    assert found.text.en == "A term of a sum or a difference is missing."


def test_a_slip_in_several_places_explains_what_none_in_one_place_does():
    values = [x - 1 for x in XS]
    everywhere = replace(SIGN, places=2)
    assert explain(observed(values), [kept(everywhere, values), kept(DIVISOR, values)]).mutant is DIVISOR
    assert explain(observed(values), [kept(everywhere, values)]).mutant is everywhere


def test_a_single_number_is_no_evidence():
    right, wrong = [np.asarray(2.0), np.asarray(3.0)], [np.asarray(2.0), np.asarray(9.0)]
    known = kept(DIVISOR, wrong, wrong=(1,))
    assert explain(observed(wrong, right), [known]) is None


def test_an_exception_is_no_evidence():
    error = ErrorInfo("ValueError", "no")
    raised = [observation(x, 0.0, case_id=c, status=Status.RAISED, error=error) for c, x in enumerate(XS)]
    given = {c: Outcome(c, Status.RAISED, error=error) for c in (0, 1)}
    known = KeptMutant(DIVISOR, frozenset((0, 1)), {c: sketch(o) for c, o in given.items()}, lambda: given)
    assert explain(raised, [known]) is None


def test_only_mutants_whose_sketches_agree_run():
    def fail():
        raise AssertionError("it ran")

    values = outcomes([x - 2 for x in XS])
    other = KeptMutant(SIGN, frozenset((0, 1)), {c: sketch(o) for c, o in values.items()}, fail)
    assert explain(observed([x - 1 for x in XS]), [other]) is None


def test_sketches_agree_within_the_tolerance_and_tell_forms_apart():
    x = normal(40)
    one = Outcome(0, Status.RETURNED, Array(x))
    loose = replace(EXACT, rtol=1e-7, atol=1e-9)
    slack = slack_of(one, loose)
    for noise in (-1.0, 1.0):
        near = Outcome(0, Status.RETURNED, Array(x + noise * 1e-9))
        assert sketch(one).may_be(sketch(near), slack)
    assert not sketch(one).may_be(sketch(Outcome(0, Status.RETURNED, Array(x + 1e-3))), slack)
    assert not sketch(one).may_be(sketch(Outcome(0, Status.RETURNED, Array(x.reshape(8, 5)))), slack)
    assert not sketch(one).may_be(sketch(Outcome(0, Status.RETURNED, Array(x.astype(np.float32)))), slack)
    odd = np.where(x > 1, np.nan, x)
    assert sketch(Outcome(0, Status.RETURNED, Array(odd))) == sketch(Outcome(0, Status.RETURNED, Array(odd.copy())))


BY_SUM = "def loss(z, y):\n    return -(y * z).sum() / len(z)\n"


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("def loss(z, y):\n    n = len(z)\n    total = (y * z).sum()\n    return total / n\n", "sign"),
        ("def loss(a, b):\n    return -(b * a).sum() / len(a)\n", None),  # equally far from both
        ("def other(): pass\n", None),
        ("", None),
        ("def loss(:", None),
    ],
)
def test_of_slips_with_the_same_answers_the_one_that_the_code_looks_like(code, kind):
    values = [x + 1 for x in XS]
    sign = replace(SIGN, function="loss", source=BY_SUM.replace("-(", "("))
    doubled = replace(DIVISOR, kind="divisor", function="loss", source=BY_SUM.replace("len(z)", "-len(z)"))
    found = explain(observed(values), [kept(doubled, values), kept(sign, values)], code)
    assert (found.mutant.kind if found else None) == kind
