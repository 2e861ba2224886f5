"""Prepared or not, a comparison says the same."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from autograder.authoring import T1, T2, T3, Tolerance, X
from autograder.compare import compare
from autograder.expectation import Expectation
from autograder.wire import Array, Opaque, Sparse, Value

A = np.linspace(-2.0, 3.0, 6).reshape(2, 3)
VALUES: list[Value] = [
    Array(A),
    Array(A * (1 + 1e-12)),
    Array(A + 1e-3),
    Array(A.astype(np.float32)),
    Array(A.T.copy()),
    Array(A, kind="ndarray"),
    Array(A, device="cuda"),
    Array(np.where(A > 2, np.nan, A)),
    Array(np.where(A > 2, np.inf, A)),
    Array(np.where(A > 2, -np.inf, A)),
    Array(np.arange(6).reshape(2, 3)),
    Array(np.arange(6).reshape(2, 3) % 5),
    Array(A > 0),
    Array(A + 0j),
    Array(np.zeros((0, 3))),
    Array(np.zeros((3, 0))),
    Array(-np.zeros(2)),
    Array(np.zeros(2)),
    1.5,
    1.5 + 1e-10,
    math.nan,
    math.inf,
    2,
    True,
    "text",
    None,
    (Array(A), 1.5),
    [Array(A), 1.5],
    (Array(A), 2),
    (Array(A), Array(A)),
    (Array(A), Array(A + 1)),
    {"W": Array(A), "b": 1.0},
    {"W": Array(A), "b": 1.0 + 1e-11},
    {"W": Array(A), "c": 1.0},
    {1: Array(A)},
    {True: Array(A)},
    (),
    {},
    Opaque("a.B"),
    Sparse(Array(np.array([[0, 1]])), Array(np.array([1.0, 2.0])), (3,)),
    1.5 + 0j,
]
TOLERANCES = [T1, T2, T3, X, replace(T1, nan=True), replace(T1, signed_zero=True), Tolerance("absolute", 0.0, 1e-2)]


@pytest.mark.parametrize("tolerance", TOLERANCES, ids=lambda t: f"{t.name}{t.nan:d}{t.signed_zero:d}")
def test_the_same_answer_as_compare(tolerance: Tolerance) -> None:
    for expected, got in itertools.product(VALUES, VALUES):
        plain, prepared = compare(expected, got, tolerance), Expectation(expected, tolerance).compare(got)
        assert repr(prepared.mismatches) == repr(plain.mismatches), (expected, got)  # a NaN is not equal to itself
        assert prepared.ratio == pytest.approx(plain.ratio, rel=1e-12), (expected, got)


def test_narrow_numbers_are_compared_with_the_wide_ones() -> None:
    narrow, wide = Array(A.astype(np.float32)), Array(A + 1e-3)
    for got in (narrow, Array((A + 1e-3).astype(np.float32)), wide):
        plain = compare(narrow, got, T3, wide)
        assert Expectation(narrow, T3, wide).compare(got).mismatches == plain.mismatches
    assert (
        Expectation(narrow, T3, (wide,)).compare(narrow).mismatches == compare(narrow, narrow, T3, (wide,)).mismatches
    )
