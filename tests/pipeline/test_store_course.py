"""A course with a store: grading, decisions, rescoring, regrading, reports, statistics, backup, from the command line."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import autograder
from autograder.cli.main import main
from autograder.pipeline import regrade as regrading
from autograder.pipeline.course_store import class_store, course_database
from autograder.sandbox import open_sandbox
from autograder.store import records
from autograder.store.database import Database
from tests.faults.classroom import FOLDER, SCALE, SUMS, WARM
from tests.pipeline.test_class_grows import MEANS, a_message, change, nothing_runs, write

SLUG = FOLDER.name


def new_course(root: Path) -> Path:
    """A course with a SQLite store."""
    shutil.copytree(FOLDER.parents[1], root)
    (root / ".autograder").mkdir()
    (root / ".autograder" / "seed").write_text("0" * 64 + "\n")
    path = root / "course.yml"
    path.write_text(path.read_text(encoding="utf-8") + "store: sqlite\n", encoding="utf-8")
    return root


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course that a test may change, with nothing in its store."""
    return new_course(tmp_path / "course")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which kim, who is right, and lee, who is not, were graded; to be copied."""
    folder = tmp_path_factory.mktemp("once")
    root = new_course(folder / "course")
    assert len(grade(root, write(folder / "pile", kim=SCALE + SUMS, lee=MEANS)).summaries) == 2
    return folder


@pytest.fixture
def graded(once: Path, tmp_path: Path) -> Path:
    """Such a course that a test may change, its submissions in a pile beside it."""
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "course"


def grade(course: Path, *paths: Path, out: Path | None = None, **options: Any) -> autograder.BatchResult:
    return autograder.grade_class(
        autograder.load_course(course),
        SLUG,
        paths,
        store=out,
        sandbox="process",
        sandbox_options={"warm_imports": WARM},
        **options,
    )


def call(course: Path, *words: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [words[0], "--course", str(course), *words[1:]])
    assert result.exit_code == code, result.output
    return result


def database(course: Path) -> Database:
    found = course_database(autograder.load_course(course), (course / ".autograder" / "seed").read_bytes().strip())
    assert found is not None
    return found


def scores(course: Path) -> dict[str, float | None]:
    return {one.student: one.score for one in records.attempts(database(course)) if one.current}


def no_sandbox(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> Any:
        raise AssertionError("a sandbox was opened")

    for place in ("autograder.sandbox.open_sandbox", "autograder.pipeline.worker.open_sandbox"):
        monkeypatch.setattr(place, refuse)


def test_grading_goes_to_the_store_and_on_from_there(graded: Path, tmp_path: Path) -> None:
    course = graded
    again = grade(course, tmp_path / "pile")
    assert (again.kept, len(again.summaries)) == (2, 2)
    assert (course / "course.db").exists()
    assert scores(course)["kim"] == 8.0
    assert scores(course)["lee"] < 8.0
    assert "2" in call(course, "status").output
    assert json.loads(call(course, "status", "--json").output)["assignments"][0]["graded"] == 2


def test_the_folder_is_an_export(graded: Path, tmp_path: Path) -> None:
    """A folder with a store beside it is the same as one without, and can be written again at any time."""
    course = graded
    pile, out = tmp_path / "pile", tmp_path / "out"
    grade(course, pile, out=out)
    names = {path.name for path in out.iterdir()}
    assert {"grades.csv", "index.html", "kim.json", "kim.html", "kim.ko.html"} <= names
    before = (out / "grades.csv").read_bytes()
    shutil.rmtree(out)
    assert grade(course, pile, out=out).kept == 2
    assert {path.name for path in out.iterdir()} == names
    shutil.rmtree(out)
    call(course, "reports", SLUG, "--out", str(out))
    assert {path.name for path in out.iterdir()} == names
    assert (out / "grades.csv").read_bytes() == before


def test_where_there_is_no_store_out_is_needed(course: Path, tmp_path: Path) -> None:
    change(course / "course.yml", "store: sqlite\n", "")
    assert "Missing option '--out'" in call(course, "grade", SLUG, str(tmp_path), code=2).output
    assert "the course has no store" in call(course, "status", code=2).output


# -- rescore ---------------------------------------------------------------------------------------------------------


def test_rescore_runs_nothing_and_keeps_the_old_grade(
    graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = graded
    before = scores(course)
    checks = course / "solutions" / SLUG / "checks.py"
    change(checks, 'row_sums = Task("row_sums", points=4, form=1)', 'row_sums = Task("row_sums", points=6, form=1)')
    change(checks, '"rows", points=3', '"rows", points=5')
    no_sandbox(monkeypatch)
    dry = call(course, "rescore", SLUG, "--dry-run", "--plot", str(tmp_path / "changes.svg"))
    assert "kim: 8 of 8 -> 10 of 10 (+2). row_sums/rows: 3 -> 5" in dry.output
    assert "1 grades would change upwards, 0 downwards, 0 not scored" in dry.output
    assert scores(course) == before
    assert "<circle" in (tmp_path / "changes.svg").read_text(encoding="utf-8")
    call(course, "rescore", SLUG, "--reason", "row sums are worth more")
    assert scores(course) == {"kim": 10.0, "lee": before["lee"]}
    changes = records.history(database(course), SLUG, "kim")
    assert [(one.cause, one.score, one.reason) for one in changes] == [
        ("graded", 8.0, ""),
        ("rescored", 10.0, "row sums are worth more"),
    ]
    assert "0 grades would change upwards" in call(course, "rescore", SLUG, "--dry-run").output


def test_rescored_is_what_grading_anew_would_give(graded: Path, tmp_path: Path) -> None:
    """A check is removed before the others, so that every case gets another number."""
    course = graded
    pile = tmp_path / "pile"
    checks = course / "solutions" / SLUG / "checks.py"
    text = checks.read_text(encoding="utf-8")
    begin, end = text.index("@scale.check(\n"), text.index('@scale.check("hidden"')
    checks.write_text(text[:begin] + text[end:].replace('"hidden", points=2', '"hidden", points=3'), encoding="utf-8")
    call(course, "rescore", SLUG)
    rescored = {one.student: one for one in class_store(database(course), SLUG).reports()}
    shutil.rmtree(course / ".autograder" / "bank")
    grade(course, pile, again=True)
    anew = {one.student: one for one in class_store(database(course), SLUG).reports()}
    for student, report in anew.items():
        assert rescored[student].tasks == report.tasks
        assert rescored[student].key == report.key


def test_new_words_are_no_new_grade(graded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(graded / "solutions" / SLUG / "misconceptions.py", *a_message(graded / "solutions" / SLUG))
    nothing_runs(monkeypatch)
    assert grade(graded, tmp_path / "pile").rebuilt == 2
    changes = records.history(database(graded), SLUG, "lee")
    assert [one.cause for one in changes] == ["graded", "rebuilt"]
    assert len({one.score for one in changes}) == 1
    assert len(list(records.attempts(database(graded)))) == 2


def test_new_calls_and_another_solution_need_a_run(graded: Path, tmp_path: Path) -> None:
    course = graded
    checks, solution = (course / "solutions" / SLUG / name for name in ("checks.py", "solution.py"))
    text = checks.read_text(encoding="utf-8")
    change(checks, "for columns in draw.sizes(3):", "for columns in draw.sizes(5):")
    refused = call(course, "rescore", SLUG, "--dry-run", code=4)
    assert "calls of row_sums were never made" in refused.output
    assert "autograder regrade" in refused.output
    checks.write_text(text, encoding="utf-8")
    change(solution, "return", "return 1 *")
    assert "the solution's code or the limits have changed" in call(course, "rescore", SLUG, code=4).output


# -- regrade ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def small_guest(monkeypatch: pytest.MonkeyPatch) -> None:
    """A guest that warms up for numpy and torch alone."""
    monkeypatch.setattr(
        "autograder.pipeline.worker.open_sandbox",
        lambda name, **options: open_sandbox(name, **{"warm_imports": WARM, **options}),
    )


@pytest.mark.slow
@pytest.mark.usefixtures("small_guest")
def test_a_check_that_is_added_after_the_deadline(course: Path, tmp_path: Path) -> None:
    half = SCALE + "def row_sums(x): return x.sum(-1) if x.shape[0] == 3 else x.sum()\n"
    grade(course, write(tmp_path / "pile", kim=SCALE + SUMS, lee=half))
    assert scores(course) == {"kim": 8.0, "lee": 8.0}
    shutil.rmtree(tmp_path / "pile")  # the store has what was handed in
    checks = course / "solutions" / SLUG / "checks.py"
    change(checks, 'Task("row_sums", points=4', 'Task("row_sums", points=6')
    with open(checks, "a", encoding="utf-8") as file:
        file.write(
            '\n\n@row_sums.check("tall", points=2, tolerance=T2, title=Text("tall", "긴 행렬"), hint=Text("Rows.", "행."))\n'
            "def tall(draw: Draw):\n    yield draw.call(draw.normal(9, 2))\n"
        )
    dry = call(course, "regrade", SLUG, "--dry-run", "--sandbox", "process")
    assert "kim: 8 of 8 -> 10 of 10 (+2). row_sums/tall: new, 2" in dry.output
    assert "lee: 8 of 8 -> " in dry.output
    assert scores(course) == {"kim": 8.0, "lee": 8.0}
    call(course, "regrade", SLUG, "--sandbox", "process", "--reason", "one more check")
    assert scores(course)["kim"] == 10.0
    assert [one.cause for one in records.history(database(course), SLUG, "lee")] == ["graded", "regraded"]
    assert not list((course / ".autograder").glob("regrade/*"))
    change(checks, '"tall", points=2', '"tall", points=1')
    change(checks, 'Task("row_sums", points=6', 'Task("row_sums", points=5')
    assert "0 not scored" in call(course, "rescore", SLUG, "--dry-run").output  # the new calls are kept as well


@pytest.mark.slow
@pytest.mark.usefixtures("small_guest")
def test_every_attempt_is_regraded_and_the_shown_one_stays(graded: Path, tmp_path: Path) -> None:
    course = graded
    grade(course, write(tmp_path / "second", kim=MEANS))
    before = list(records.attempts(database(course)))
    change(course / "solutions" / SLUG / "checks.py", "draw.sizes(3)", "draw.sizes(2)")
    call(course, "regrade", SLUG, "--sandbox", "process")
    after = list(records.attempts(database(course)))
    assert [(one.content_hash, one.current) for one in after] == [(one.content_hash, one.current) for one in before]
    assert [one.cause for one in records.history(database(course), SLUG, "kim")] == ["graded"] * 2 + ["regraded"] * 2
    store = class_store(database(course), SLUG)
    assert len(regrading.rounds(store, tmp_path)) == 2


# -- people ----------------------------------------------------------------------------------------------------------


def test_decisions_reach_the_gradebook_and_the_pages(graded: Path, tmp_path: Path) -> None:
    course = graded
    change(course / "course.yml", "store: sqlite\n", "store: sqlite\nrules: {late: {loss: 10%}}\n")
    (tmp_path / "roster.csv").write_text("student,name\nkim,김민지\nlee,=SUM(A1)\npark,박\n", encoding="utf-8")
    call(course, "roster", str(tmp_path / "roster.csv"))
    call(course, "override", "lee", SLUG, "--score", "7.5", "--reason", "regrade request")
    call(course, "gradebook", "--out", str(tmp_path / "grades"))
    with open(tmp_path / "grades" / "gradebook.csv", encoding="utf-8", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert rows["kim"][SLUG] == "8"
    assert (rows["lee"][SLUG], rows["lee"]["name"]) == ("7.5", "'=SUM(A1)")
    assert set(rows) == {"", "kim", "lee", "park"}
    page = (tmp_path / "grades" / "students" / "lee.ko.html").read_text(encoding="utf-8")
    assert "담당 교수진이 정한 점수입니다 (regrade request)" in page
    call(course, "override", "lee", SLUG, "--hold", "--reason", "under review")
    call(course, "gradebook", "--out", str(tmp_path / "grades"))
    page = (tmp_path / "grades" / "students" / "lee.html").read_text(encoding="utf-8")
    assert "not released yet" in page
    assert "7.5" not in page
    call(course, "reports", SLUG, "--out", str(tmp_path / "out"))
    assert "Your checks gave 8 of 8" in (tmp_path / "out" / "kim.html").read_text(encoding="utf-8")
    assert "검사 점수: 8점 중 8점" in (tmp_path / "out" / "kim.ko.html").read_text(encoding="utf-8")
    assert not (tmp_path / "out" / "lee.html").exists()
    call(course, "override", "lee", SLUG, "--undo", "--reason", "done")
    assert records.decisions(database(course)) == []
    told = call(course, "history", "lee").output
    assert [word in told for word in ("graded", "decided: score", "regrade request", "under review")] == [True] * 4


def test_grading_again_does_not_bring_back_the_page_of_a_held_grade(graded: Path, tmp_path: Path) -> None:
    """The course of this test has no rules: the decision alone keeps the page away."""
    course, out = graded, tmp_path / "out"
    again = ("grade", SLUG, str(tmp_path / "pile"), "--out", str(out), "--sandbox", "process")
    call(course, *again)
    assert (out / "lee.html").exists()
    call(course, "override", "lee", SLUG, "--hold", "--reason", "under review")
    call(course, *again)
    assert (out / "kim.html").exists()
    assert not (out / "lee.html").exists()
    call(course, "override", "lee", SLUG, "--undo", "--reason", "done")
    call(course, *again)
    assert (out / "lee.html").exists()


def test_an_extension_from_the_command_line_and_from_a_csv(graded: Path, tmp_path: Path) -> None:
    course = graded
    call(course, "extend", "kim", SLUG, "3d", "--reason", "ill")
    (tmp_path / "extensions.csv").write_text(
        f"student,assignment,extension,reason\nkim,{SLUG},36h,longer\nlee,{SLUG},1d 12h,a note\n", encoding="utf-8"
    )
    call(course, "extend", "--csv", str(tmp_path / "extensions.csv"))
    found = {one.student: (one.value, one.reason) for one in records.decisions(database(course))}
    assert found == {"kim": ("0 129600", "longer"), "lee": ("1 43200", "a note")}
    call(course, "extend", "kim", SLUG, "0d", "--reason", "taken back")
    assert [one.student for one in records.decisions(database(course))] == ["lee"]


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("override", "kin", SLUG, "--excuse", "--reason", "x"), 'Did you mean "kim"?'),
        (("override", "kim", "01-tiny2", "--excuse", "--reason", "x"), "01-tiny"),
        (("override", "kim", SLUG, "--reason", "x"), "Say one of --score"),
        (("override", "kim", SLUG, "--score", "1/0", "--reason", "x"), "no number of points"),
        (("override", "kim", SLUG, "--score", "nan", "--reason", "x"), "no number of points"),
        (("override", "kim", SLUG, "--score", "-1", "--reason", "x"), "no number of points"),
        (("override", "kim", SLUG, "--hold", "--reason", " "), "without a reason"),
        (("extend", "kim", SLUG, "soon", "--reason", "x"), "write 3d, 36h"),
        (("extend", "kim", SLUG, "3d"), "without a reason"),
        (("extend", "kim", SLUG), "whose deadline?"),
        (("extend", "--csv", "nowhere.csv"), "cannot be read"),
        (("show", "kin"), 'Did you mean "kim"?'),
        (("restore", "nowhere.db"), "no such backup"),
        (("reports", "02-other", "--out", "nowhere"), "no reports of 02-other"),
    ],
)
def test_slips_are_refused_with_a_remedy(course: Path, words: tuple[str, ...], complaint: str) -> None:
    records.enrol(database(course), [records.Person("kim")])
    assert complaint in call(course, *words, code=2).output
    assert records.all_decisions(database(course)) == []


def test_a_backup_is_restored_elsewhere_with_the_same_status(graded: Path, tmp_path: Path) -> None:
    course = graded
    call(course, "override", "kim", SLUG, "--score", "3", "--reason", "x")
    call(course, "backup", str(tmp_path / "backup.db"))
    other = tmp_path / "elsewhere"
    shutil.copytree(course, other, ignore=shutil.ignore_patterns("course.db*", "bank"))
    call(other, "restore", str(tmp_path / "backup.db"))
    for words in (("status",), ("history",), ("show", "kim")):
        assert call(other, *words).output == call(course, *words).output
    assert grade(other, tmp_path / "pile").kept == 2
    assert "holds a store already" in call(other, "restore", str(tmp_path / "backup.db"), code=2).output


def test_insight_is_a_page_csv_and_json(graded: Path, tmp_path: Path) -> None:
    course = graded
    assert "nothing is graded yet" in call(course, "insight", "--assignment", "02-other", "--out", "x", code=2).output
    grade(course, write(tmp_path / "late", lee=SCALE + SUMS))
    call(course, "insight", "--out", str(tmp_path / "insight"))
    found = json.loads((tmp_path / "insight" / "insight.json").read_text(encoding="utf-8"))
    assert found["schema"] == "autograder.insight/1"
    assert [(rate["attempt"], rate["students"]) for rate in found["attempts"]] == [(1, 2), (2, 1)]
    assert found["attempts"][1]["reached"] == 1.0
    assert {path.name for path in (tmp_path / "insight").iterdir()} == {
        "index.html",
        "insight.json",
        "checks.csv",
        "misconceptions.csv",
        "attempts.csv",
    }
