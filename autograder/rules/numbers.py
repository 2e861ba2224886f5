"""Exact numbers: a point is a fraction, and 0.1 is a tenth. Rounding says which way it goes at a half."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import Literal, TypeAlias

Rounding: TypeAlias = Literal["half-up", "half-even", "up", "down"]


def exact(value: float | int | str | Fraction) -> Fraction:
    """The number that people read: 0.1 is one tenth, not the nearest binary fraction. "12.5%" is 0.125."""
    if isinstance(value, Fraction):
        return value
    text = str(value).strip()
    return Fraction(text[:-1].strip()) / 100 if text.endswith("%") else Fraction(text)


def rounded(value: Fraction, step: Fraction | None, how: Rounding = "half-up") -> Fraction:
    """The nearest multiple of the step; `how` decides at a half, or always with "up" and "down". None rounds nothing."""
    if not step:
        return value
    times = value / step
    below = floor(times)
    if how == "down" or times == below:
        return below * step
    if how == "up":
        return ceil(times) * step
    half = times - below - Fraction(1, 2)
    up = half > 0 or (half == 0 and (how == "half-up" or below % 2 == 1))
    return (below + up) * step


def shown(value: Fraction, digits: int = 4) -> str:
    """The number as people write it, in as few digits as it needs: 12.5, 0.3333, 7."""
    scaled = rounded(value, Fraction(1, 10**digits))
    sign, scaled = ("-", -scaled) if scaled < 0 else ("", scaled)
    whole, rest = divmod(int(scaled * 10**digits), 10**digits)
    tail = str(rest).zfill(digits).rstrip("0") if digits else ""
    return f"{sign}{whole}" + (f".{tail}" if tail else "")


def percent(share: Fraction) -> str:
    """A share in per cent: 10%, 33.3333%."""
    return f"{shown(share * 100)}%"
