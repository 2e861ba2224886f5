"""Item analysis of checks that pass or fail, after Crocker and Algina, *Introduction to Classical and Modern Test Theory*.

A table has a row for each student and a column for each check: 1 passed, 0 failed, NaN where it was not run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENOUGH = 20
"""From so many students on a correlation says something; below it is not shown."""

TELLS_LITTLE = 0.1

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Item:
    """One check.

    name: "task/check".
    students: how many of them it was run for.
    difficulty: the share of them who passed; a high one is an easy check. None where nobody was.
    discrimination: correlation of passing with the number of other checks passed; None below `ENOUGH` students, and
        where all of them gave the same.
    useless: why the check tells nothing of a student: "all pass", "none passes", "same as NAME", "tells little", "turned
        round" (those who know less pass it more often); "" for a useful one.
    """

    name: str
    students: int
    difficulty: float | None
    discrimination: float | None
    useless: str = ""


def analyse(names: Sequence[str], table: Floats) -> list[Item]:
    """Every check of one assignment."""
    items: list[Item] = []
    for column, name in enumerate(names):
        ran = ~np.isnan(table[:, column])
        count = int(ran.sum())
        difficulty = float(table[ran, column].mean()) if count else None
        discrimination = _discrimination(table[ran], column) if count >= ENOUGH else None
        twin = next((names[other] for other in range(column) if _same(table, other, column)), "")
        items.append(Item(name, count, difficulty, discrimination, _useless(count, difficulty, discrimination, twin)))
    return items


def alpha(table: Floats) -> float | None:
    """Cronbach's alpha of the checks: do they measure one thing?

    Students for whom a check was not run are left out. None where fewer than `ENOUGH` students or fewer than two checks
    are left, or all students have the same score.
    """
    whole = table[~np.isnan(table).any(axis=1)]
    count, items = whole.shape
    if count < ENOUGH or items < 2:
        return None
    total = whole.sum(axis=1).var(ddof=1)
    if total == 0:
        return None
    return float(items / (items - 1) * (1 - whole.var(axis=0, ddof=1).sum() / total))


def _discrimination(table: Floats, column: int) -> float | None:
    """Correlation of one check with the sum of the others, of students for whom it was run."""
    one = table[:, column]
    rest = np.nansum(table, axis=1) - one
    if one.std() == 0 or rest.std() == 0:
        return None
    return float(np.corrcoef(one, rest)[0, 1])


def _same(table: Floats, one: int, other: int) -> bool:
    """Whether two checks have the same result for every student, of whom there are at least `ENOUGH`."""
    return len(table) >= ENOUGH and bool(np.array_equal(table[:, one], table[:, other], equal_nan=True))


def _useless(count: int, difficulty: float | None, discrimination: float | None, twin: str) -> str:
    if count < ENOUGH or difficulty is None:
        return ""
    if difficulty in (0.0, 1.0):
        return "all pass" if difficulty else "none passes"
    if twin:
        return f"same as {twin}"
    if discrimination is not None and discrimination < TELLS_LITTLE:
        return "turned round" if discrimination < -TELLS_LITTLE else "tells little"
    return ""
