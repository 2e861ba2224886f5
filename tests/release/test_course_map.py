"""docs/course.*.md are what `autograder map` writes.

.venv/bin/autograder map     writes them
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.course.schedule import read_course
from autograder.errors import CourseError
from autograder.release.course_map import course_map, write_maps
from tests.paths import ROOT, TESTS


def test_the_maps_are_fresh() -> None:
    course = read_course(ROOT)
    assignments = [course.assignment(slug) for slug in course.schedule]
    for language in course.languages:
        page = (ROOT / "docs" / f"course.{language}.md").read_text(encoding="utf-8")
        assert page == course_map(course, assignments, language), "run: autograder map"
    assert all(plan.minutes for plan in course.schedule.values())
    assert set(course.schedule) == set(course.slugs())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "fixtures" / "course", tmp_path / "course")
    return tmp_path / "course"


def test_a_map_names_tasks_time_and_what_comes_before(root: Path) -> None:
    shutil.copytree(root / "solutions" / "10-mini", root / "solutions" / "11-mini")
    text = (root / "course.yml").read_text(encoding="utf-8")
    head, _, _ = text.partition("assignments:")
    plan = "opens: 2027-03-01, due: 2027-03-15T23:59, weight: 1"
    (root / "course.yml").write_text(
        f"{head}assignments:\n  10-mini: {{{plan}, minutes: 90}}\n  11-mini: {{{plan}, after: [10-mini]}}\n",
        encoding="utf-8",
    )
    pages = {path.name: path.read_text(encoding="utf-8") for path in write_maps(read_course(root))}
    assert set(pages) == {"course.en.md", "course.ko.md"}
    assert "| 1.5 h |" in pages["course.en.md"]
    assert "1.5시간" in pages["course.ko.md"]
    assert "a10 --> a11" in pages["course.en.md"]
    assert "`normalize_adj`" in pages["course.ko.md"]


@pytest.mark.parametrize(
    ("keys", "says"),
    [
        ("minutes: 0", 'minutes of "10-mini" must be a whole positive number'),
        ("minutes: an hour", 'minutes of "10-mini" must be a whole positive number'),
        ("after: 09-lstm", "must be a list"),
        ("after: [09-lstm]", 'builds on "09-lstm", which does not stand above it'),
        ("after: [10-mini]", 'builds on "10-mini", which does not stand above it'),
    ],
)
def test_what_cannot_be_meant_is_told(root: Path, keys: str, says: str) -> None:
    text = (root / "course.yml").read_text(encoding="utf-8")
    head, _, _ = text.partition("assignments:")
    plan = "opens: 2027-03-01, due: 2027-03-15T23:59, weight: 1"
    (root / "course.yml").write_text(f"{head}assignments:\n  10-mini: {{{plan}, {keys}}}\n", encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        read_course(root)
    assert says in str(caught.value)
