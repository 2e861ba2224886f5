"""Prepared or not, a comparison says the same."""

from __future__ import annotations

import gc
import io
import itertools
import math
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from autograder.authoring import T1, T2, T3, Tolerance, X
from autograder.grading.compare import Comparison, compare
from autograder.grading.expectation import Expectation
from autograder.guest import wire
from autograder.guest.wire import Array, Opaque, Sparse, Value
from autograder.sandbox.forms import Layouts
from autograder.sandbox.interface import ErrorInfo, Outcome, Status

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


def outcome(value: Value, gradient: tuple[Value, ...] = (), layouts: Layouts | None = None) -> Outcome:
    """What came back, as the sandbox reads it."""
    parts: dict[str, Value] = {"value": value} | ({"gradient": gradient} if gradient else {})
    spec, buffers = wire.pack(parts)
    header, views = wire.read_frame(io.BytesIO(wire.frame({"value": spec}, buffers)).read)
    read, packed = (layouts or Layouts()).read(0, header["value"], views)
    assert isinstance(read, dict)
    return Outcome(0, Status.RETURNED, read["value"], gradient=read.get("gradient", ()), packed=packed)  # type: ignore[arg-type]


def plain(expected: Outcome, got: Outcome, tolerance: Tolerance) -> tuple[Comparison, Comparison]:
    return (
        compare(expected.value, got.value, tolerance),
        compare(expected.gradient, got.gradient or tuple(None for _ in expected.gradient), tolerance),
    )


def assert_same(one: Sequence[Comparison], other: Sequence[Comparison], what: object) -> None:
    for a, b in zip(one, other, strict=True):
        assert repr(a.mismatches) == repr(b.mismatches), what  # a NaN is not equal to itself
        assert a.ratio == pytest.approx(b.ratio, rel=1e-12), what


@pytest.mark.parametrize("tolerance", TOLERANCES, ids=lambda t: f"{t.name}{t.nan:d}{t.signed_zero:d}")
def test_the_same_answer_as_compare(tolerance: Tolerance) -> None:
    layouts = Layouts()
    for one, two in itertools.product(VALUES, VALUES):
        expected, got = outcome(one, (one, two), layouts), outcome(two, (one, one), layouts)
        assert_same(Expectation(expected, None, tolerance).compare(got), plain(expected, got, tolerance), (one, two))
        alone = outcome(one), outcome(two)
        assert_same(Expectation(alone[0], None, tolerance).compare(alone[1]), plain(*alone, tolerance), (one, two))


@pytest.mark.parametrize("value", VALUES, ids=str)
def test_a_form_that_is_known_gives_the_same_value(value: Value) -> None:
    layouts = Layouts()
    first, again = (outcome(value, (value,), layouts) for _ in range(2))
    assert wire.same(first.value, again.value)
    assert wire.same(first.gradient, again.gradient)
    assert wire.same(first.value, outcome(value).value)


def test_a_known_form_is_not_believed_of_other_sizes() -> None:
    layouts = Layouts()
    spec, buffers = wire.pack({"value": Array(A)})
    views = [memoryview(data) for data in buffers]
    layouts.read(0, spec, views)
    for wrong in ([], [views[0][:-8]], [*views, views[0]]):
        with suppress(wire.WireError):
            value, packed = layouts.read(0, spec, wrong)
            assert packed is None
            assert wire.same(value, {"value": Array(A)})


def test_right_answers_are_known_without_a_look_at_each_leaf(monkeypatch: pytest.MonkeyPatch) -> None:
    value: Value = ({"W": Array(A), "n": Array(np.arange(3))}, 1.5)
    expectation = Expectation(outcome(value, (Array(A),)), None, T1)
    monkeypatch.setattr("autograder.grading.expectation.compare", None)
    assert [part.equal for part in expectation.compare(outcome(value, (Array(A * (1 + 1e-13)),)))] == [True, True]


def test_what_came_before_is_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    expectation, wrong = Expectation(outcome(Array(A)), None, T1), outcome(Array(A + 1))
    said = expectation.compare(wrong)
    monkeypatch.setattr("autograder.grading.expectation.compare", None)
    assert not said[0].equal
    assert expectation.compare(replace(wrong, seconds=1.0)) == said
    del wrong
    gc.collect()
    assert not expectation._settled


def test_narrow_numbers_are_compared_with_the_wide_ones() -> None:
    narrow, wide = Array(A.astype(np.float32)), Array(A + 1e-3)
    for got in (narrow, Array((A + 1e-3).astype(np.float32)), wide):
        value, gradient = Expectation(outcome(narrow, (narrow,)), outcome(wide, (wide,)), T3).compare(
            outcome(got, (got,))
        )
        # As texts: a mismatch of dtypes holds NaN, which is not equal to itself.
        assert repr(value) == repr(compare(narrow, outcome(got).value, T3, wide))
        assert repr(gradient) == repr(compare((narrow,), (got,), T3, (wide,)))
    number, exact = outcome((narrow, 0.1)), outcome((wide, 0.2))
    assert not Expectation(number, exact, T3).compare(number)[0].equal


def test_what_was_replaced_is_not_judged_by_what_came() -> None:
    right = outcome(Array(A))
    wrong = replace(right, value=Array(A + 1))
    assert not Expectation(right, None, T1).compare(wrong)[0].equal
    failed = replace(right, gradient_error=ErrorInfo("RuntimeError", ""))
    assert not Expectation(outcome(Array(A), (Array(A),)), None, T1).compare(failed)[1].equal


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_what_is_read_by_a_known_form_is_what_unpack_says(value: Value) -> None:
    def again(payload: bytes) -> tuple[Value, Value]:
        ends = list(itertools.accumulate(map(len, buffers), initial=0))
        views = [memoryview(payload)[start:end] for start, end in itertools.pairwise(ends)]
        return layouts.read(0, spec, views)[0], wire.unpack(spec, views)

    layouts, (spec, buffers) = Layouts(), wire.pack(value)
    first = b"".join(buffers)
    for payload in (first, bytes(reversed(first)), first):
        read, unpacked = again(payload)
        assert wire.same(read, unpacked)
