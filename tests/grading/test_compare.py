"""Strict in form, numeric in value, exact where exactness is meant."""

from __future__ import annotations

import math

import numpy as np
import pytest

from autograder.authoring import T1, T3, Tolerance, X
from autograder.grading.compare import compare
from autograder.grading.heat import HEAT_CAP, HEAT_SIZE, error_heat
from autograder.grading.wording import describe
from autograder.guest.wire import Array, Opaque, Sparse

NAN_OK = Tolerance("nan", 1e-9, 1e-12, nan=True)
SIGNED = Tolerance("signed", 0.0, 0.0, signed_zero=True)


def array(*values, dtype="float64", kind="tensor", device="cpu"):
    return Array(np.array(values, dtype=dtype), dtype, kind, device)


def kinds(expected, got, tolerance=T1):
    return [(m.path, m.kind) for m in compare(expected, got, tolerance).mismatches]


def test_equal_within_the_tolerance():
    comparison = compare(array(1.0, 2.0), array(1.0 + 5e-10, 2.0), T1)
    assert comparison.equal
    assert 0.4 < comparison.ratio < 0.6


def test_the_worst_element_is_named():
    (mismatch,) = compare(array(1.0, 2.0, 3.0), array(1.0, 2.5, 3.1), T1).mismatches
    assert mismatch.index == (1,)
    assert (mismatch.got, mismatch.expected) == ("2.5", "2")
    assert (mismatch.wrong, mismatch.total) == (2, 3)
    assert mismatch.error == pytest.approx(0.5)


def test_the_worst_is_measured_against_its_own_tolerance():
    (mismatch,) = compare(array(1e9, 1.0), array(1e9 + 100.0, 1.0 + 1e-6), T1).mismatches
    assert mismatch.index == (1,)


@pytest.mark.parametrize(
    ("expected", "got", "kind"),
    [
        (array(1.0), array(1.0, dtype="float32"), "dtype"),
        (array(1.0), array(1.0, kind="ndarray"), "type"),
        (array(1.0), array(1.0, device="cuda"), "device"),
        (array(1.0), 1.0, "type"),
        (1.0, array(1.0), "type"),
        (array(1.0, 1.0), array(1.0), "shape"),
        (array(1.0), Array(np.array(1.0)), "shape"),
        (array(1.0), None, "type"),
        ((1, 2), (1, 2, 3), "length"),
        ((1, 2), 3, "type"),
        ({"a": 1}, {"b": 1}, "keys"),
        ({"a": 1}, [1], "type"),
        (True, 1, "type"),
        (1, True, "type"),
        (1, 1.0, "type"),
        ("a", "b", "value"),
        (3, 4, "value"),
        (array(1.0), Opaque("student.Evil"), "type"),
        (1.0, Opaque("student.Evil"), "type"),
    ],
)
def test_form_is_strict(expected, got, kind):
    comparison = compare(expected, got, T1)
    assert [m.kind for m in comparison.mismatches] == [kind]
    assert comparison.ratio == math.inf


def test_nothing_is_broadcast():
    assert kinds(Array(np.zeros((3, 3))), Array(np.zeros(())), T1) == [("", "shape")]


def test_a_list_passes_for_a_tuple_and_an_int_for_a_float():
    assert compare((1.0, 2.0), [1, 2.0], X).equal


def test_nan_is_wrong_unless_the_check_says_so():
    assert not compare(array(math.nan), array(math.nan), T1).equal
    assert compare(array(math.nan), array(math.nan), NAN_OK).equal
    assert not compare(array(1.0), array(math.nan), NAN_OK).equal
    assert not compare(array(math.nan), array(1.0), NAN_OK).equal


def test_infinity_equals_only_itself():
    wide = Tolerance("wide", 1.0, math.inf)
    assert compare(array(math.inf), array(math.inf), X).equal
    assert not compare(array(math.inf), array(-math.inf), wide).equal
    assert not compare(array(math.inf), array(1e308), T1).equal
    assert kinds(array(1.0), array(math.inf)) == [("", "not_finite")]


def test_negative_zero_differs_only_where_asked():
    assert compare(array(0.0), array(-0.0), X).equal
    assert not compare(array(0.0), array(-0.0), SIGNED).equal


def test_integers_and_booleans_are_exact_whatever_the_tolerance():
    loose = Tolerance("loose", 1.0, 100.0)
    assert not compare(array(1, dtype="int64"), array(2, dtype="int64"), loose).equal
    assert not compare(array(True, dtype="bool"), array(False, dtype="bool"), loose).equal
    big = 2**62
    assert not compare(array(big, dtype="int64"), array(big + 1, dtype="int64"), loose).equal


def test_unsigned_differences_do_not_wrap():
    (mismatch,) = compare(array(0, dtype="uint8"), array(255, dtype="uint8"), X).mismatches
    assert mismatch.error == 255


def test_every_leaf_is_reported_with_its_path():
    expected = (array(1.0), {"W": array(2.0), "b": (3.0, "x")})
    got = (array(9.0), {"W": array(9.0), "b": (9.0, "y")})
    assert [m.path for m in compare(expected, got, T1).mismatches] == ["[0]", "[1]['W']", "[1]['b'][0]", "[1]['b'][1]"]


def test_the_truth_decides_the_numbers_and_the_expected_the_form():
    expected, truth = array(0.1, dtype="float32"), array(0.1)
    assert compare(expected, array(0.1, dtype="float32"), T3, truth).equal
    assert kinds_with_truth(expected, array(0.1), truth) == ["dtype"]


def kinds_with_truth(expected, got, truth):
    return [m.kind for m in compare(expected, got, T3, truth).mismatches]


def test_complex_values_are_compared_by_distance():
    assert not compare(array(1 + 1j, dtype="complex128"), array(1 - 1j, dtype="complex128"), T1).equal
    assert compare(array(1 + 1j, dtype="complex128"), array(1 + 1j, dtype="complex128"), T1).equal


def test_sparse_tensors_are_compared_by_their_parts():
    def sparse(value, size=4):
        return Sparse(array(1, 2, dtype="int64"), array(*value), (size,))

    assert compare(sparse([1.0, 2.0]), sparse([1.0, 2.0]), T1).equal
    assert kinds(sparse([1.0, 2.0]), sparse([1.0, 3.0])) == [(".values()", "value")]
    assert kinds(sparse([1.0, 2.0]), sparse([1.0, 2.0], 5)) == [("", "shape")]
    assert kinds(sparse([1.0, 2.0]), array(1.0, 2.0)) == [("", "type")]


def test_huge_integers_do_not_break_the_comparison():
    assert not compare(1.0, 10**400, T1).equal
    assert not compare(3, 10**400, T1).equal


@pytest.mark.parametrize("shape", [(1,), (7,), (100,), (3, 5), (200, 300), (2, 3, 4, 5)])
def test_heat_maps_stay_small_and_show_the_error(shape):
    expected, got = np.ones(shape), np.ones(shape)
    got.flat[-1] = 2.0
    heat = error_heat(Array(expected), Array(got), T1)
    assert 1 <= len(heat) <= HEAT_SIZE
    assert len(heat[0]) <= HEAT_SIZE
    assert heat[-1][-1] == 9.0  # a relative error of 1 where 1e-9 is allowed
    assert sum(cell > 0 for row in heat for cell in row) == 1


def test_the_heat_of_nan_is_the_highest():
    assert error_heat(array(1.0, 1.0), array(1.0, math.nan), T1) == [[-3.0, HEAT_CAP]]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_kind_of_mismatch_can_be_described(language):
    pairs = [
        (array(1.0), 1.0), ((1, 2), (1,)), ({"a": 1}, {"b": 1}), (array(1.0), array(1.0, dtype="float32")),
        (array(1.0), array(1.0, device="cuda")), (array(1.0), array(1.0, 2.0)), (array(1.0), array(math.nan)),
        (array(1.0), array(2.0)), (1.0, 2.0), ("a", "b"),
    ]  # fmt: skip
    for expected, got in pairs:
        for mismatch in compare(expected, got, T1).mismatches:
            text = describe(mismatch, language)
            assert text
            assert "{" not in text.replace("{'a", "")
            assert ("결과" in text) == (language == "ko")
