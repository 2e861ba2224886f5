"""A folder of reports belongs to one assignment, grows by each batch, and speaks anew without running anything."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

import autograder
from autograder.course.assignment import load_assignment
from autograder.errors import UsageError
from autograder.pipeline import worker
from tests.faults.classroom import FOLDER, SCALE, SUMS, WARM

SLUG = FOLDER.name
MEANS = SCALE + "def row_sums(x): return x.mean(-1)\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(FOLDER.parents[1], root, dirs_exist_ok=True)
    (root / "seed").write_text("0" * 64 + "\n")
    return root


def write(folder: Path, **sources: str) -> Path:
    folder.mkdir(exist_ok=True)
    for student, source in sources.items():
        (folder / f"{student}.py").write_text(f"# %%\nimport torch\n\n# %%\n{source}", encoding="utf-8")
    return folder


def grade(course: Path, out: Path, *paths: Path, **options: Any) -> autograder.BatchResult:
    return autograder.grade_class(
        autograder.load_course(course),
        SLUG,
        paths,
        store=out,
        sandbox="process",
        sandbox_options={"warm_imports": WARM},
        seed_file=course / "seed",
        **options,
    )


def rows(out: Path) -> dict[str, dict[str, str]]:
    with open(out / "grades.csv", encoding="utf-8", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_a_late_batch_adds_to_the_class(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = grade(course, out, write(tmp_path / "on time", kim=SCALE + SUMS, lee=MEANS))
    assert len(first.summaries) == 2
    before = (out / "kim.json").read_bytes()
    late = grade(course, out, write(tmp_path / "late", min=SCALE + SUMS))
    assert [entry.student for entry in late.summaries] == ["min"]
    assert list(rows(out)) == ["kim", "lee", "min"]
    assert {row["status"] for row in rows(out).values()} == {"graded"}
    page = (out / "index.html").read_text(encoding="utf-8")
    assert all(f"./{student}.json" in page for student in ("kim", "lee", "min"))
    assert (out / "kim.json").read_bytes() == before


def test_what_could_not_be_read_stays_known_until_it_can(course: Path, tmp_path: Path) -> None:
    out, pile = tmp_path / "out", write(tmp_path / "pile", kim=SCALE + SUMS)
    (pile / "lee.docx").write_bytes(b"PK")
    grade(course, out, pile)
    grade(course, out, write(tmp_path / "late", min=SCALE + SUMS))
    assert "lee.docx" in (out / "index.html").read_text(encoding="utf-8")
    (pile / "lee.docx").unlink()
    write(pile, lee=SCALE + SUMS)
    grade(course, out, pile)
    assert "lee.docx" not in (out / "index.html").read_text(encoding="utf-8")
    assert list(rows(out)) == ["kim", "lee", "min"]


def test_another_assignment_is_refused_before_anything_is_written(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    grade(course, out, write(tmp_path / "pile", kim=SCALE + SUMS))
    before = {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()}
    other = course / "solutions" / "02-other"
    shutil.copytree(course / "solutions" / SLUG, other, dirs_exist_ok=True)
    with pytest.raises(UsageError, match=f"holds the reports of {SLUG}, and this is 02-other"):
        autograder.grade_class(
            autograder.load_course(course), "02-other", [tmp_path / "pile"], store=out, seed_file=course / "seed"
        )
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.is_file()} == before


def test_a_roster_names_who_handed_in_nothing(course: Path, tmp_path: Path) -> None:
    out, roster = tmp_path / "out", tmp_path / "roster.csv"
    roster.write_text("﻿이름;학번\n김;kim\n이;Lee\n박;park\n", encoding="utf-8")
    grade(course, out, write(tmp_path / "pile", kim=SCALE + SUMS), roster=roster)
    assert {student: row["status"] for student, row in rows(out).items()} == {
        "kim": "graded",
        "Lee": "not handed in",
        "park": "not handed in",
    }
    assert rows(out)["park"]["score"] == ""
    assert "not handed in" in (out / "index.html").read_text(encoding="utf-8")
    grade(course, out, write(tmp_path / "late", lee=SCALE + SUMS))  # the roster stays in force
    assert {student: row["status"] for student, row in rows(out).items()} == {
        "kim": "graded",
        "lee": "graded",
        "park": "not handed in",
    }


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "is empty"),
        ("name,points\nkim,3\n", "roster.csv:1: no column holds the students' ids"),
        ("student\nkim\nKim\n", r'roster.csv:3: "Kim" stands twice, here and in line 2'),
        ("student,name\nkim,Kim\n,Lee\n", "roster.csv:3: a line without an id"),
    ],
)
def test_a_bad_roster_is_one_line_with_its_place(course: Path, tmp_path: Path, text: str, complaint: str) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=complaint):
        grade(course, tmp_path / "out", write(tmp_path / "pile", kim=SUMS), roster=roster)


# -- a grade and its words -------------------------------------------------------------------------------------------


@pytest.fixture
def own(course: Path, tmp_path: Path) -> Path:
    """A copy of the course that a test may change."""
    shutil.copytree(course, tmp_path / "own", ignore=shutil.ignore_patterns("02-other"))
    return tmp_path / "own"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def nothing_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed:
        def start(self) -> Any:
            raise AssertionError("a sandbox was started")

        run = start

        def close(self) -> None: ...

    monkeypatch.setattr(worker, "open_sandbox", lambda *_, **__: Closed())


def a_message(folder: Path) -> tuple[str, str]:
    """The English text of the misconception that MEANS is, and another."""
    (found,) = [m for m in load_assignment(folder).misconceptions if m.name == "means"]
    return found.text.en, found.text.en.rstrip(".") + ", as somebody found."


def test_a_changed_message_rebuilds_reports_and_runs_nothing(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, pile = tmp_path / "out", write(tmp_path / "pile", kim=SCALE + SUMS, lee=MEANS)
    grade(own, out, pile)
    before = autograder.read_report((out / "lee.json").read_bytes())
    old, new = a_message(own / "solutions" / SLUG)
    change(own / "solutions" / SLUG / "misconceptions.py", old, new)
    nothing_runs(monkeypatch)
    result = grade(own, out, pile)
    assert (result.rebuilt, result.kept, result.failures) == (2, 0, [])
    after = autograder.read_report((out / "lee.json").read_bytes())
    assert after.score == before.score
    assert new in after.to_html("en")
    assert new in (out / "lee.html").read_text(encoding="utf-8")
    assert after.provenance.graded_at == before.provenance.graded_at
    again = grade(own, out, pile)
    assert (again.rebuilt, again.kept) == (0, 2)


@pytest.mark.parametrize("what", ["hint", "title", "comment", "docstring"])
def test_words_of_checks_and_solution_run_nothing(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    out, pile = tmp_path / "out", write(tmp_path / "pile", lee=MEANS)
    grade(own, out, pile)
    checks, solution = own / "solutions" / SLUG / "checks.py", own / "solutions" / SLUG / "solution.py"
    if what == "hint":
        check = load_assignment(checks.parent).tasks[-1].checks[0]
        change(checks, check.hint.en, "Another hint.")
    elif what == "title":
        change(checks.with_name("assignment.yml"), 'en: "', 'en: "Very ')
    elif what == "comment":
        checks.write_text(checks.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")
    else:
        change(solution, '"""', '"""In other words. ')
    nothing_runs(monkeypatch)
    assert grade(own, out, pile).rebuilt == 1


def test_a_new_misconception_explains_what_was_graded_before(own: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    twice = SCALE + "def row_sums(x): return 2 * x.sum(-1) + 1\n"
    pile = write(tmp_path / "pile", lee=twice)
    first = grade(own, out, pile)
    assert [named.id for named in first.summaries[0].diagnoses if named.id == "twice_and_one"] == []
    path = own / "solutions" / SLUG / "misconceptions.py"
    path.write_text(
        path.read_text(encoding="utf-8")
        + '\n\n@misconception("row_sums", en="Twice the sum, and one more.", ko="합의 두 배에 1을 더했습니다.")\n'
        + "def twice_and_one(x):\n    return 2 * x.sum(-1) + 1\n",
        encoding="utf-8",
    )
    result = grade(own, out, pile)
    assert result.rebuilt == 1
    assert [named.id for named in result.summaries[0].diagnoses] == ["twice_and_one"]


def test_what_decides_a_grade_runs_again(own: Path, tmp_path: Path) -> None:
    out, pile = tmp_path / "out", write(tmp_path / "pile", kim=SCALE + SUMS)
    grade(own, out, pile)
    change(own / "solutions" / SLUG / "checks.py", "tolerance=T1", "tolerance=T2")
    result = grade(own, out, pile)
    assert (result.rebuilt, result.kept) == (0, 0)
    assert len(result.summaries) == 1


def test_spoilt_outcomes_are_not_scored(own: Path, tmp_path: Path) -> None:
    out, pile = tmp_path / "out", write(tmp_path / "pile", lee=MEANS)
    grade(own, out, pile)
    kept = out / ".kept" / "lee.outcomes"
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    change(own / "solutions" / SLUG / "misconceptions.py", *a_message(own / "solutions" / SLUG))
    result = grade(own, out, pile)
    assert (result.rebuilt, len(result.summaries), result.failures) == (0, 1, [])


def test_nothing_that_is_kept_can_be_read_by_others(course: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    grade(course, out, write(tmp_path / "pile", lee=MEANS))
    for folder, _, names in os.walk(out / ".kept"):
        assert os.stat(folder).st_mode & 0o077 == 0
        assert not [
            name for name in names if os.stat(Path(folder) / name).st_mode & 0o077 and not name.endswith(".lock")
        ]
