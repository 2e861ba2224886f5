"""Values as a student can read them: small arrays in full, large ones as a window around the element in question.

A *view* is plain JSON: `{"name", "type", "text", "tables", "summary"}`. A *table* is one two-dimensional piece of an
array: `{"at": leading indices, "rows": labels or null, "columns": labels or null, "cells": [[text]],
"levels": [[0..4]] or null, "worst": [row, column] or null, "cut": is this a window of something larger?}`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from autograder.authoring import Tolerance
from autograder.grading.compare import type_name
from autograder.grading.heat import HEAT_CAP, error_heat, window
from autograder.guest.wire import Array, Opaque, Sparse, Value
from autograder.report.sanitize import clean, one_line
from autograder.tree import leaves, step

FULL = 8  # rows and columns up to which an array is shown whole
WINDOW = 6
SLICES = 3  # two-dimensional pieces of an array with more axes
ARGUMENTS = 8
SCALAR = 60  # characters of a scalar in the text of a call

Numbers = np.ndarray[Any, Any]
Json = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """A two-dimensional window into an array.

    at: indices of the axes before the last two.
    rows: the rows of the array that the window shows.
    columns: the columns of the array that the window shows.
    """

    at: tuple[int, ...]
    rows: range
    columns: range

    def cut_from(self, data: Numbers) -> Numbers:
        """The elements in the window, as a matrix; a vector is one row."""
        flat = data.reshape(1, -1) if data.ndim <= 1 else data[self.at]
        piece: Numbers = flat[self.rows.start : self.rows.stop, self.columns.start : self.columns.stop]
        return piece


# -- arrays ----------------------------------------------------------------------------------------------------------


def array_view(name: str, array: Array) -> Json:
    """An argument: whole when it is small, a summary when it is not."""
    rows, columns = _last_two(array.shape)
    slices = math.prod(array.shape[:-2])
    whole = array.data.size > 0 and rows <= FULL and columns <= FULL and slices <= SLICES
    tables = []
    if whole:
        texts = _texts(array.data, _digits(array.data))
        tables = [_table(texts, place, array.shape) for place in _slices(array.shape)]
    return _view(name, type_name(array), tables=tables, summary={} if whole else _summary(array.data))


def pair_views(
    expected: Array, got: Array, focus: Sequence[int], tolerance: Tolerance
) -> tuple[Json, Json, Json | None]:
    """(expected, got, heat map) around `focus`, every element of `got` with the class of its error.

    The heat map is that of the whole arrays, `{"grid", "rows", "columns", "top"}`; None for a single number.
    """
    heat = _heat_map(expected, got, tolerance)
    place = _around(tuple(focus), expected.shape)
    wanted, found = place.cut_from(expected.data), place.cut_from(got.data)
    levels = _levels(expected, got, place, tolerance, heat)
    texts = _pair_texts(wanted, found, levels)
    worst = _worst_in(place, tuple(focus), expected.shape)
    views = []
    for array, cells, graded in ((expected, texts[0], None), (got, texts[1], levels)):
        table = _table(cells, place, array.shape, local=True)
        views.append(_view("", type_name(array), tables=[{**table, "levels": graded, "worst": worst}]))
    return views[0], views[1], heat


def corner_view(array: Array) -> Json:
    """The beginning of an array that has nothing to be compared with: its shape is the mistake."""
    tables = []
    if array.data.size:
        place = _around((0,) * array.data.ndim, array.shape)
        data = place.cut_from(array.data)
        tables = [_table(_texts(data, _digits(data)), place, array.shape, local=True)]
    return _view("", type_name(array), tables=tables)


def _heat_map(expected: Array, got: Array, tolerance: Tolerance) -> Json | None:
    """The heat map of two arrays, or None for fewer than two elements.

    grid: log10(error / tolerance), the worst of each block.
    rows: how many, of the array laid out as a matrix.
    columns: how many, of the array laid out as a matrix.
    top: the largest of the grid below HEAT_CAP.
    """
    if expected.data.size < 2:
        return None
    grid = error_heat(expected, got, tolerance)
    columns = expected.shape[-1]
    return {"grid": grid, "rows": expected.data.size // columns, "columns": columns, "top": _top(grid)}


def _top(grid: list[list[float]]) -> float:
    return max((ratio for row in grid for ratio in row if ratio < HEAT_CAP), default=HEAT_CAP)


def level(ratio: float, top: float) -> int:
    """The class of an error: 0 right; then under 1 %, 10 %, 50 % of the largest error, and 4 for more or NaN.

    ratio: log10(error / tolerance) of the element.
    top: the same of the largest error.
    """
    if ratio <= 0:
        return 0
    below = top - ratio
    return 1 + (below <= 2) + (below <= 1) + (below <= math.log10(2))


def _levels(expected: Array, got: Array, place: Place, tolerance: Tolerance, heat: Json | None) -> list[list[int]]:
    if heat and (heat["rows"], heat["columns"]) == (len(place.rows), len(place.columns)):
        grid = heat["grid"]  # the window is the whole array, and the map has a cell for each element
    else:
        pieces = [Array(place.cut_from(a.data), a.dtype, a.kind) for a in (expected, got)]
        grid = error_heat(pieces[0], pieces[1], tolerance)
    top = heat["top"] if heat else _top(grid)
    return [[level(ratio, top) for ratio in row] for row in grid]


def _last_two(shape: tuple[int, ...]) -> tuple[int, int]:
    rows, columns = (1, 1, *shape)[-2:]
    return rows, columns


def _slices(shape: tuple[int, ...]) -> Iterator[Place]:
    rows, columns = _last_two(shape)
    for at in product(*(range(n) for n in shape[:-2])):
        yield Place(at, range(rows), range(columns))


def _around(focus: tuple[int, ...], shape: tuple[int, ...]) -> Place:
    rows, columns = _last_two(shape)
    row, column = (0, 0, *focus)[-2:] if focus else (0, 0)
    return Place(focus[:-2], _window(row, rows), _window(column, columns))


def _window(focus: int, size: int) -> range:
    return range(size) if size <= FULL else window(size, WINDOW, focus)


def _worst_in(place: Place, focus: tuple[int, ...], shape: tuple[int, ...]) -> list[int] | None:
    if not shape:
        return None
    row, column = (0, 0, *focus)[-2:]
    return [row - place.rows.start, column - place.columns.start]


def _table(texts: list[list[str]], place: Place, shape: tuple[int, ...], *, local: bool = False) -> Json:
    """The elements of a window as a table.

    local: whether `texts` holds the window alone, and not the whole array as `_texts` lays it out.
    """
    rows, columns = _last_two(shape)
    if not local and place.at:
        first = int(np.ravel_multi_index(place.at, shape[:-2])) * rows
        texts = texts[first : first + rows]
    return {
        "at": list(place.at),
        "rows": list(place.rows) if len(shape) > 1 else None,
        "columns": list(place.columns) if shape else None,
        "cells": texts,
        "levels": None,
        "worst": None,
        "cut": len(place.rows) < rows or len(place.columns) < columns,
    }


def _summary(data: Numbers) -> Json:
    """min, mean and max of the finite elements, as text, and how many are not finite."""
    if data.dtype.kind not in "fiub" or not data.size:
        return {}
    finite = data[np.isfinite(data)].astype(np.float64)
    counts = {} if finite.size == data.size else {"not_finite": str(data.size - finite.size)}
    if not finite.size:
        return counts
    stats = {"min": finite.min(), "mean": finite.mean(), "max": finite.max()}
    return {**{key: f"{value:.4g}" for key, value in stats.items()}, **counts}


# -- numbers ---------------------------------------------------------------------------------------------------------


def _texts(data: Numbers, digits: int) -> list[list[str]]:
    """The elements as rows of text."""
    flat = data.reshape(1, -1) if data.ndim <= 1 else data.reshape(-1, data.shape[-1])
    return [[_number(x, digits) for x in row] for row in flat.tolist()]


def _number(x: Any, digits: int) -> str:
    if isinstance(x, float):
        return "−0" if x == 0 and math.copysign(1, x) < 0 else f"{x:.{digits}g}".replace("-", "−")
    return f"{x:.{digits}g}" if isinstance(x, complex) else str(x).replace("-", "−")


def _digits(data: Numbers) -> int:
    """How many significant digits to show: four, or six where four would misstate numbers such as 12345."""
    if data.dtype.kind != "f" or not data.size:
        return 4
    largest = float(np.abs(data[np.isfinite(data)]).max(initial=0.0))
    return 6 if 1e4 <= largest < 1e6 else 4


def _pair_texts(expected: Numbers, got: Numbers, levels: list[list[int]]) -> tuple[list[list[str]], list[list[str]]]:
    """Both sides as text. Wrong pairs get as many digits as it takes to see the difference, all others few."""
    few = max(_digits(expected), _digits(got))
    texts = _texts(expected, few), _texts(got, few)
    for r, row in enumerate(levels):
        for c, wrong in enumerate(row):
            if wrong and texts[0][r][c] == texts[1][r][c]:
                texts[0][r][c], texts[1][r][c] = _told_apart(expected[r, c].item(), got[r, c].item())
    return texts


def _told_apart(expected: Any, got: Any) -> tuple[str, str]:
    pairs = [(_number(expected, digits), _number(got, digits)) for digits in (6, 8, 10, 12, 17)]
    return next((pair for pair in pairs if pair[0] != pair[1]), pairs[-1])


# -- any value -------------------------------------------------------------------------------------------------------


def value_view(name: str, value: Value) -> Json:
    """A view of any value; of a container, its type only."""
    if isinstance(value, Array):
        return array_view(name, value)
    if isinstance(value, Sparse):
        return _view(name, type_name(value), text=f"{value.values.data.size} values")
    if isinstance(value, Opaque):
        return _view(name, one_line(value.type_name), text=clean(value.text, 300))
    if isinstance(value, (tuple, list, dict)):
        return _view(name, type_name(value))
    if value is None:
        return _view(name, "None")
    return _view(name, type_name(value), text=clean(repr(value), 300))


def find(value: Value, path: str) -> Value:
    """The part of a value at a path of `Mismatch`; the whole value for "", None where the value has no such part."""
    if isinstance(value, Sparse):
        return {".indices()": value.indices, ".values()": value.values}.get(path, value)
    if not path:
        return value
    parts: Mapping[Any, Value] | dict[int, Value] = {}
    if isinstance(value, (tuple, list)):
        parts = dict(enumerate(value))
    elif isinstance(value, dict):
        parts = value
    for key, part in parts.items():
        mark = step(key)
        if path.startswith(mark):
            return find(part, path[len(mark) :])
    return None


def call_views(function: str, parameters: Sequence[str], args: Sequence[Value]) -> tuple[str, list[Json]]:
    """A call as text, `gcn_layer(A, X, act='relu')`, and a view of every array among its arguments."""
    parts: list[str] = []
    views: list[Json] = []
    for index, arg in enumerate(args):
        name = parameters[index] if index < len(parameters) else f"arg{index}"
        arrays = [(path, leaf) for path, leaf in leaves(arg) if isinstance(leaf, (Array, Sparse))]
        views += [value_view(name + path, leaf) for path, leaf in arrays]
        parts.append(name if arrays else f"{name}={one_line(repr(arg), SCALAR)}")
    return f"{function}({', '.join(parts)})", views[:ARGUMENTS]


def _view(
    name: str, type_: str, *, text: str = "", tables: list[Json] | None = None, summary: Json | None = None
) -> Json:
    return {"name": name, "type": type_, "text": text, "tables": tables or [], "summary": summary or {}}
