"""Statistics of a course: its checks, its misconceptions over all assignments, and what another attempt brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.stats.items import Item, alpha, analyse


@dataclass(frozen=True)
class Result:
    """One attempt.

    slug, student: whose, of what.
    attempt: which one of the student's, from 1.
    counts: whether it is the one that a report shows.
    checks: {"task/check": True passed, False failed, None not run}.
    diagnoses: {task: id of the misconception}.
    """

    slug: str
    student: str
    attempt: int
    counts: bool
    checks: Mapping[str, bool | None]
    diagnoses: Mapping[str, str]


@dataclass(frozen=True)
class Checks:
    """The checks of an assignment.

    slug: the assignment.
    students: who were graded.
    alpha: None where it says nothing.
    items: one for each check.
    """

    slug: str
    students: int
    alpha: float | None
    items: Sequence[Item]


@dataclass(frozen=True)
class Belief:
    """A misconception in one task.

    slug: the assignment.
    task: its name.
    id: the misconception's name.
    students: who hold it.
    share: of the students graded.
    elsewhere: slugs where the same one was found.
    """

    slug: str
    task: str
    id: str
    students: Sequence[str]
    share: float
    elsewhere: Sequence[str]


@dataclass(frozen=True)
class AttemptRate:
    """The n-th attempts at an assignment.

    slug: the assignment.
    attempt: which, from 1.
    students: who made one.
    passed: the mean share of checks that passed.
    reached: the same of all students, with the best that each had by then.
    """

    slug: str
    attempt: int
    students: int
    passed: float
    reached: float


@dataclass(frozen=True)
class Insight:
    """What the results of a course say of its checks and of its students.

    checks: by assignment.
    beliefs: the most frequent first.
    attempts: by assignment and number.
    """

    checks: Sequence[Checks]
    beliefs: Sequence[Belief]
    attempts: Sequence[AttemptRate]


def insight(results: Iterable[Result]) -> Insight:
    """All statistics of these attempts."""
    by_slug: dict[str, list[Result]] = {}
    for result in results:
        by_slug.setdefault(result.slug, []).append(result)
    shown = {slug: [one for one in all_of_it if one.counts and one.checks] for slug, all_of_it in by_slug.items()}
    return Insight(
        checks=[_checks(slug, shown[slug]) for slug in sorted(shown) if shown[slug]],
        beliefs=_beliefs(shown),
        attempts=[rate for slug in sorted(by_slug) for rate in _rates(slug, by_slug[slug])],
    )


def _checks(slug: str, results: Sequence[Result]) -> Checks:
    names = list(dict.fromkeys(name for result in results for name in result.checks))
    table = np.array([[_number(result.checks.get(name)) for name in names] for result in results])
    return Checks(slug, len(results), alpha(table), analyse(names, table))


def _number(passed: bool | None) -> float:
    return np.nan if passed is None else float(passed)


def _beliefs(shown: Mapping[str, Sequence[Result]]) -> list[Belief]:
    students: dict[tuple[str, str, str], list[str]] = {}
    places: dict[str, set[str]] = {}
    for slug, results in shown.items():
        for result in results:
            for task, name in result.diagnoses.items():
                students.setdefault((slug, task, name), []).append(result.student)
                places.setdefault(name, set()).add(slug)
    ranked = sorted(students, key=lambda key: (-len(students[key]), key))
    return [
        Belief(*key, sorted(students[key]), len(students[key]) / len(shown[key[0]]), sorted(places[key[2]] - {key[0]}))
        for key in ranked
    ]


def _rates(slug: str, results: Sequence[Result]) -> list[AttemptRate]:
    """Unreadable files are no attempts."""
    mine: dict[str, list[float]] = {}
    for result in sorted(results, key=lambda one: one.attempt):
        known = [passed for passed in result.checks.values() if passed is not None]
        if known:
            mine.setdefault(result.student, []).append(sum(known) / len(known))
    rates = []
    for number in range(1, max(map(len, mine.values()), default=0) + 1):
        these = [shares[number - 1] for shares in mine.values() if len(shares) >= number]
        best = [max(shares[:number]) for shares in mine.values()]
        rates.append(AttemptRate(slug, number, len(these), float(np.mean(these)), float(np.mean(best))))
    return rates
