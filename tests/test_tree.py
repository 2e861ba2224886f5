"""One walk over values: containers keep their type, arrays are found inside sparse tensors, long keys are cut in paths."""

from __future__ import annotations

from collections import namedtuple
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from autograder.guest.wire import Array, Sparse, Value
from autograder.tree import arrays, is_finite, leaves, map_arrays, map_leaves, step

ONE, TWO, THREE = (Array(np.full(n, float(n))) for n in (1, 2, 3))
SPARSE = Sparse(Array(np.zeros((2, 1), dtype=np.int64)), TWO, (3, 3))
VALUE: Value = {"W": (ONE, [SPARSE, 2.5]), 3: None, "none": ()}

trees = st.recursive(
    st.none() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
)


def test_leaves_come_in_order_with_their_paths() -> None:
    assert list(leaves(VALUE)) == [("['W'][0]", ONE), ("['W'][1][0]", SPARSE), ("['W'][1][1]", 2.5), ("[3]", None)]
    assert list(leaves(7)) == [("", 7)]


def test_every_array_is_found_and_changed_those_of_sparse_tensors_too() -> None:
    assert list(arrays(VALUE)) == [ONE, SPARSE.indices, TWO]
    changed: Any = map_arrays(VALUE, lambda array: THREE if array is TWO else array)
    sparse, number = changed["W"][1]
    assert (sparse.indices, sparse.values, sparse.shape, number) == (SPARSE.indices, THREE, (3, 3), 2.5)
    assert changed["W"][0] is ONE


@given(trees)
def test_a_walk_that_changes_nothing_gives_an_equal_value_of_the_same_types(tree: Any) -> None:
    seen: list[Any] = []
    same = map_leaves(tree, lambda leaf: seen.append(leaf) or leaf)
    assert repr(same) == repr(tree)
    assert seen == [leaf for _, leaf in leaves(tree)]


def test_a_tuple_with_names_becomes_a_plain_one() -> None:
    pair = namedtuple("pair", "a b")(1, 2)
    assert type(map_leaves(pair, lambda leaf: leaf)) is tuple


def test_a_long_key_is_cut_in_a_path() -> None:
    assert step("W") == "['W']"
    assert len(step("W" * 10_000)) <= 102


def test_a_value_is_finite_where_all_its_floats_are() -> None:
    good = (1.5, [Array(np.ones(2)), Array(np.arange(3))], {"a": "nan", "n": 7})
    assert is_finite(good)
    for bad in (float("inf"), Array(np.array([1.0, np.nan])), Array(np.array([-np.inf], dtype=np.float32))):
        assert not is_finite((good, {"b": [bad]}))
