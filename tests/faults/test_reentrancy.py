"""Classes graded side by side in one process, as a web service or a notebook would: nobody ends in another's class."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

import autograder

ROOT = Path(__file__).parents[2]
COURSES = {
    "10-mini": ROOT / "tests" / "fixtures" / "course",
    "01-tiny": ROOT / "tests" / "faults" / "course",
}
STUDENTS = 3


def pile(folder: Path, slug: str) -> Path:
    """The solution handed in by a few students, each file a little different."""
    source = (COURSES[slug] / "solutions" / slug / "solution.py").read_text(encoding="utf-8")
    folder.mkdir(parents=True)
    for number in range(STUDENTS):
        (folder / f"{slug}-{number}.py").write_text(f"{source}\n\n# %%\n# {number}\n", encoding="utf-8")
    return folder


def grade(slug: str, work: Path, results: dict[Path, object]) -> None:
    try:
        results[work] = autograder.grade_class(
            autograder.load_course(COURSES[slug]),
            slug,
            [pile(work / "in", slug)],
            store=work / "out",
            sandbox="process",
            sandbox_options={"warm_imports": ("numpy", "torch")},
            seed_file=work / "seed",
        )
    except BaseException as error:
        results[work] = error


@pytest.mark.slow
@pytest.mark.parametrize("count", [2, 8])
def test_classes_side_by_side_stay_apart(tmp_path: Path, count: int) -> None:
    results: dict[Path, object] = {}
    slugs = [list(COURSES)[number % len(COURSES)] for number in range(count)]
    works = [(slug, tmp_path / f"{number}-{slug}") for number, slug in enumerate(slugs)]
    for _, work in works:
        work.mkdir()
        (work / "seed").write_text("0" * 64 + "\n")
    threads = [threading.Thread(target=grade, args=(slug, work, results)) for slug, work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for slug, work in works:
        result = results[work]
        assert isinstance(result, autograder.BatchResult), result
        students = {f"{slug}-{number}" for number in range(STUDENTS)}
        assert {(entry.student, entry.assignment) for entry in result.summaries} == {(s, slug) for s in students}
        assert all(entry.score == entry.max_score for entry in result.summaries)
        assert result.failures == []
        written = {path.stem: autograder.read_report(path.read_bytes()) for path in (work / "out").glob("*.json")}
        assert {student: report.assignment.slug for student, report in written.items()} == dict.fromkeys(students, slug)
