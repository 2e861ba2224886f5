"""Every system that the lectures name has its task; a row without one, or with one that nobody wrote, is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli.main import main
from autograder.course.checks_file import read_checks
from autograder.course.schedule import read_course
from autograder.errors import CourseError
from autograder.release.coverage import Row, read_coverage
from tests.paths import ROOT, TESTS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "fixtures" / "course", tmp_path / "course")
    return tmp_path / "course"


def cover(root: Path, text: str) -> None:
    (root / "solutions" / "coverage.yml").write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def rows() -> tuple[Row, ...]:
    return read_coverage(read_course(ROOT))


def test_no_row_of_the_course_is_open(rows: tuple[Row, ...]) -> None:
    assert [row for row in rows if row.state == "open"] == []
    assert len(rows) > 150
    assert {row.slug for row in rows} == set(read_course(ROOT).slugs())
    states = {(row.system, row.state) for row in rows}
    for system in ("StyleGAN", "CycleGAN", "BigGAN", "selective search", "word order as a pretext"):
        assert (system, "optional") in states
    for system in ("Deep Blue, Watson, AlphaGo", "artificial and biological neuron"):
        assert (system, "question") in states


def test_every_task_of_the_course_covers_something(rows: tuple[Row, ...]) -> None:
    course = read_course(ROOT)
    written = {
        f"{slug}/{task.name}"
        for slug in course.slugs()
        for task in read_checks(ROOT / "solutions" / slug / "checks.py", slug)
    }
    assert written - {task for row in rows for task in row.tasks} == set()


def test_states(root: Path) -> None:
    cover(root, "10-mini:\n  normalisation: normalize_adj\n  molecules: {named: fields of use}\n  attention:\n")
    rows = read_coverage(read_course(root))
    assert [(row.system, row.state) for row in rows] == [
        ("normalisation", "covered"), ("molecules", "named only"), ("attention", "open"),
    ]  # fmt: skip
    assert rows[0].tasks == ("10-mini/normalize_adj",)
    result = CliRunner().invoke(main, ["coverage", "--course", str(root)])
    assert result.exit_code == 1
    assert "attention" in result.stdout
    assert "1 open" in result.stdout


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("10-mini:\n  norm: normalise_adj\n", 'coverage.yml:2: there is no task "10-mini/normalise_adj"'),
        ("10-mini:\n  norm: 11-other/f\n", 'there is no task "11-other/f"'),
        ("11-mini:\n  norm: f\n", 'unknown key "11-mini"'),
        ("10-mini:\n  norm: {named: }\n", '"norm" needs a reason'),
        ("10-mini:\n  norm: {name: data}\n", 'unknown key "name"'),
        ("- norm\n", "must be a mapping"),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(root: Path, text: str, says: str) -> None:
    cover(root, text)
    with pytest.raises(CourseError) as caught:
        read_coverage(read_course(root))
    assert says in str(caught.value)
