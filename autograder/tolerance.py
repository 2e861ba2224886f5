"""How far a value may be from the reference's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Tolerance:
    """|got - expected| <= atol + rtol * |expected|, elementwise.

    Integers, booleans and strings are compared exactly under every tolerance, and an infinity equals only itself.

    name: as `verify` prints it.
    rtol: the relative part of the bound.
    atol: the absolute part of the bound.
    nan: a NaN equals a NaN where the reference has one (otherwise a NaN is always wrong).
    signed_zero: -0.0 and 0.0 differ.
    """

    name: str
    rtol: float
    atol: float
    nan: bool = False
    signed_zero: bool = False


# Measured between correct implementations written differently; `autograder verify` prints the margin they leave.
T1 = Tolerance("T1", 1e-9, 1e-12)  # closed forms, float64
T2 = Tolerance("T2", 1e-7, 1e-9)  # reductions, compositions and analytic gradients, float64
TG = Tolerance("TG", 1e-6, 1e-9)  # results of central differences of smooth functions, float64
TG_KINK = Tolerance("TG_KINK", 1e-4, 1e-9)  # the same for functions with kinks (ReLU, max)
T3 = Tolerance("T3", 1e-3, 1e-5)  # float32
X = Tolerance("X", 0.0, 0.0)  # exact
EXACT = Tolerance("exact", 0.0, 0.0, nan=True)  # for a value and its repetition, where a NaN equals a NaN
