"""Statistics of checks, against pingouin and scipy where they are installed, and against cases worked out by hand."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from autograder.stats.course import Result, insight
from autograder.stats.items import ENOUGH, alpha, analyse


def table(students: int, checks: int, seed: int = 0) -> np.ndarray:
    """Students of different ability before checks of different difficulty."""
    rng = np.random.default_rng(seed)
    ability, hardness = rng.normal(size=(students, 1)), rng.normal(size=(1, checks))
    return (ability - hardness + 0.8 * rng.normal(size=(students, checks)) > 0).astype(float)


def names(count: int) -> list[str]:
    return [f"task/{number}" for number in range(count)]


@pytest.mark.parametrize("seed", range(5))
def test_alpha_is_that_of_pingouin(seed: int) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pingouin = pytest.importorskip("pingouin")
        pandas = pytest.importorskip("pandas")
        given = table(60, 9, seed)
        expected = pingouin.cronbach_alpha(pandas.DataFrame(given))[0]
    assert alpha(given) == pytest.approx(expected, abs=1e-12)


def test_alpha_by_hand() -> None:
    """Two checks that always agree measure one thing; the variance of the sum is four times that of each."""
    one = np.array([1.0, 0.0] * 10)
    assert alpha(np.column_stack([one, one])) == pytest.approx(1.0)
    assert alpha(np.column_stack([one, 1 - one])) is None  # every sum is 1: nothing varies


def test_few_students_have_no_correlations() -> None:
    few = table(ENOUGH - 1, 5)
    assert alpha(few) is None
    assert {item.discrimination for item in analyse(names(5), few)} == {None}
    assert {item.useless for item in analyse(names(5), few)} == {""}
    assert alpha(table(ENOUGH, 5)) is not None


def test_difficulty_and_discrimination() -> None:
    given = table(200, 6)
    for column, item in enumerate(analyse(names(6), given)):
        assert item.difficulty == pytest.approx(given[:, column].mean())
        rest = given.sum(axis=1) - given[:, column]
        assert item.discrimination == pytest.approx(np.corrcoef(given[:, column], rest)[0, 1])
        assert item.useless == ""


def test_useless_checks_say_why() -> None:
    given = table(400, 5)
    rng = np.random.default_rng(1)
    ability = given.sum(axis=1)
    columns = [
        given[:, 0],
        np.ones(400),
        np.zeros(400),
        given[:, 0],
        (rng.random(400) < 0.5).astype(float),
        (ability < 2).astype(float),
        given[:, 1],
        given[:, 2],
    ]
    found = [item.useless for item in analyse(names(8), np.column_stack(columns))]
    assert found[:4] == ["", "all pass", "none passes", "same as task/0"]
    assert found[4] == "tells little"
    assert found[5] == "turned round"


def test_a_check_that_was_not_run_counts_for_nobody() -> None:
    given = table(50, 4)
    given[:10, 2] = np.nan
    items = analyse(names(4), given)
    assert [item.students for item in items] == [50, 50, 40, 50]
    assert items[2].difficulty == pytest.approx(given[10:, 2].mean())
    assert alpha(given) == pytest.approx(alpha(given[10:]))
    given[:, 2] = np.nan
    assert analyse(names(4), given)[2].difficulty is None


def result(slug: str, student: str, attempt: int, right: int, *, counts: bool = True, **diagnoses: str) -> Result:
    checks = {f"task/{number}": number < right for number in range(4)}
    return Result(slug, student, attempt, counts, checks, diagnoses)


def test_the_map_of_misconceptions_goes_over_the_course() -> None:
    found = insight(
        [
            result("01-a", "kim", 1, 2, task="mean_for_sum"),
            result("01-a", "lee", 1, 2, task="mean_for_sum"),
            result("01-a", "min", 1, 4),
            result("02-b", "kim", 1, 2, other="mean_for_sum"),
            result("02-b", "lee", 1, 3, other="off_by_one"),
        ]
    )
    assert [(one.slug, one.id, list(one.students), list(one.elsewhere)) for one in found.beliefs] == [
        ("01-a", "mean_for_sum", ["kim", "lee"], ["02-b"]),
        ("02-b", "mean_for_sum", ["kim"], ["01-a"]),
        ("02-b", "off_by_one", ["lee"], []),
    ]
    assert found.beliefs[0].share == pytest.approx(2 / 3)


def test_what_another_attempt_brings() -> None:
    found = insight(
        [
            result("01-a", "kim", 1, 2, counts=False),
            result("01-a", "kim", 2, 4),
            result("01-a", "lee", 1, 4),
            Result("01-a", "lee", 2, False, {}, {}),  # a file that could not be read
        ]
    )
    assert [(r.attempt, r.students, r.passed, r.reached) for r in found.attempts] == [
        (1, 2, 0.75, 0.75),
        (2, 1, 1.0, 1.0),
    ]
    assert found.checks[0].students == 2
