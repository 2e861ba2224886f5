"""Relations element by element: a factor or a term of an argument too much or too little, a function around the result.

got = expected * s(1 - s) with s = sigmoid(logits) is a derivative that the chain rule does not ask for; got + b =
expected is a bias left out. All of these need several elements: any one number is a function of any other. A small
case may agree with what a larger one shows (`agrees`); it shows nothing itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, Any]
Near = Callable[[Numbers, Numbers], bool]

FEWEST = 3  # elements that show a relation
MOST = 1 << 12  # elements of the largest array that is looked at
SAMPLE = 8  # elements that rule most factors out
LEAVES = 16  # of the arguments that are looked at


def _sigmoid(a: Numbers) -> Numbers:
    return 1 / (1 + np.exp(-a))


def _softmax(a: Numbers) -> Numbers:
    shifted = np.exp(a - a.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True))


_BASES: dict[str, Callable[[Numbers], Numbers]] = {
    "{a}": lambda a: a,
    "sigmoid({a})": _sigmoid,
    "tanh({a})": np.tanh,
    "softmax({a})": _softmax,
    "exp({a})": np.exp,
}
_FORMS: dict[str, Callable[[Numbers], Numbers]] = {
    "{s}": lambda s: s,
    "(1 - {s})": lambda s: 1 - s,
    "{s}(1 - {s})": lambda s: s * (1 - s),
    "(1 - {s}²)": lambda s: 1 - s * s,
    "{s}²": lambda s: s * s,
    "({s} > 0)": lambda s: (s > 0).astype(float),
}
# A single 1/2 among zeros and ones is another convention, not a number that was never rounded.
FEWEST_UNROUNDED = 3

_AROUND: dict[str, Callable[[Numbers], Numbers]] = {
    "the absolute value": np.abs,
    "the square root": np.sqrt,
    "the square": np.square,
    "exp": np.exp,
    "log": np.log,
    "log10": lambda a: np.asarray(a / np.log(10)),
    "sigmoid": _sigmoid,
    "tanh": np.tanh,
    "softmax": _softmax,
    "ReLU": lambda a: np.maximum(a, 0),
    "rounding": lambda a: (a > 0.5).astype(float),
    "1 - ": lambda a: 1 - a,
    "1/": lambda a: 1 / a,
}


def argument_factors(
    e: Numbers, g: Numbers, arguments: Sequence[tuple[str, Numbers]], near: Near, *, agrees: bool = False
) -> Iterator[str]:
    """What the result has as a factor too much ("times ...") or lacks ("without ..."), element by element.

    agrees: also what a case of few or equal elements can only agree with.
    """
    if not (agrees or e.size >= FEWEST) or e.size > MOST or e.ndim == 0:
        return
    with np.errstate(all="ignore"):
        ratio = (g / e).ravel()[:SAMPLE]
        for name, a in arguments:
            if a.shape != e.shape:
                continue
            for base, of in _BASES.items():
                s = of(a)
                for form, factor in _FORMS.items():
                    f = factor(s)
                    if not agrees and (not np.isfinite(f).all() or np.ptp(f) == 0):
                        continue
                    if not _worth(f, ratio):
                        continue
                    said = _said(form, base.format(a=name))
                    for sign in (1, -1):
                        if _alike(sign * e * f, g, near):
                            yield f"times {said}"
                        if form != "({s} > 0)" and g.any() and (near(sign * g * f, e) or _alike(sign * e / f, g, near)):
                            yield f"without {said}"


def _worth(f: Numbers, ratio: Numbers) -> bool:
    """Whether the first few elements leave it open that `f` or 1 / `f` is the factor, up to its sign."""
    few = f.ravel()[:SAMPLE]
    known = np.isfinite(ratio) & np.isfinite(few) & (ratio != 0) & (few != 0)
    off = np.minimum(np.abs(np.abs(few) - np.abs(ratio)), np.abs(np.abs(1 / few) - np.abs(ratio)))
    return bool((off[known] <= 1e-2 * np.abs(ratio[known]) + 1e-6).all())


def _alike(a: Numbers, b: Numbers, near: Near) -> bool:
    """Near wherever both are finite, and finite at the same places, one at least."""
    finite = np.isfinite(b)
    return bool(finite.any() and (np.isfinite(a) == finite).all()) and near(a[finite], b[finite])


def _said(form: str, inner: str) -> str:
    slope = " (a derivative)" if form in ("{s}(1 - {s})", "(1 - {s}²)") and "(" in inner else ""
    return form.format(s=inner) + slope


def argument_terms(
    e: Numbers, g: Numbers, arguments: Sequence[tuple[str, Numbers]], near: Near, *, agrees: bool = False
) -> Iterator[str]:
    """Which argument is missing in the sum ("missing b"), stands there twice ("too much b") or with the wrong sign."""
    if not (agrees or e.size >= FEWEST) or e.size > MOST:
        return
    for name, a in arguments:
        if (a.size < 2 and not agrees) or a.ndim > e.ndim or not a.any() or not np.isfinite(a).all():
            continue
        try:
            if np.broadcast_shapes(a.shape, e.shape) != e.shape:
                continue
        except ValueError:
            continue
        for what, times in (("missing", -1.0), ("too much", 1.0), ("sign of", -2.0)):
            if near(e + times * a, g):
                yield f"{what} {name}"


def around(e: Numbers, g: Numbers, near: Near, *, agrees: bool = False) -> Iterator[tuple[str, str]]:
    """("around", function) where the result went through one more function; ("lacking", function) where one is missing."""
    if not (agrees or (e.size >= FEWEST and np.ptp(e) > 0 and np.ptp(g) > 0)) or e.size > MOST:
        return
    with np.errstate(all="ignore"):
        for name, of in _AROUND.items():
            if name == "softmax" and e.ndim == 0:
                continue
            if near(of(e), g):
                yield "around", name
            elif np.isfinite(g).all() and near(of(g), e):
                if name == "rounding" and not agrees and np.unique(g[(g != 0) & (g != 1)]).size < FEWEST_UNROUNDED:
                    continue
                yield "lacking", name


def clamped(e: Numbers, g: Numbers, near: Near, *, agrees: bool = False) -> bool:
    """Whether the result is the right one, kept within bounds of its own."""
    if agrees and 0 < e.size <= MOST and np.isfinite(g).all():
        return near(np.clip(e, float(g.min()), float(g.max())), g)
    if not FEWEST <= e.size <= MOST or near(e, g) or not np.isfinite(g).all():
        return False
    low, high = float(g.min()), float(g.max())
    beyond = (e < low) | (e > high)
    inside = (g > low) & (g < high)
    few = int((g == low).sum()) + int((g == high).sum())
    return bool(beyond.any() and inside.any()) and few >= 2 and near(np.clip(e, low, high), g)
