"""Our assignments in nbgrader: its commands accept what is exported, and its gradebook shows what we graded."""

from __future__ import annotations

import csv
import json
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.api import LoadedCourse, grade_class
from autograder.cli.main import main
from autograder.errors import PlatformError, UsageError
from autograder.exchange import files, nbgrader, nbgrader_gradebook
from autograder.i18n import Text
from autograder.release.leaks import leaked_lines
from autograder.report import Report
from autograder.rules import Grade
from autograder.rules.grade import Line
from autograder.submissions.tools.graded_cells import graded_cells
from tests.exchange.conftest import SLUG, STUDENTS, Tool, answered, cells_of

GROUP = pytest.mark.xdist_group("tools")


def command(course: LoadedCourse, *args: object) -> str:
    done = CliRunner().invoke(main, [*map(str, args), "--course", str(course.root)], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_next_command_is_said_as_it_works(course: LoadedCourse, tmp_path: Path) -> None:
    """nbgrader passes by a release that is there, and then knows none of its cells."""
    said = command(course, "export", "nbgrader", SLUG, "--out", tmp_path, "--language", "en")
    assert said.splitlines()[-1].strip() == f"nbgrader generate_assignment {SLUG} --force"


@pytest.fixture(scope="module")
def exported(course: LoadedCourse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An nbgrader course with our assignment in it."""
    folder = tmp_path_factory.mktemp("nbgrader")
    command(course, "export", "nbgrader", SLUG, "--out", folder, "--language", "en")
    return folder


@pytest.fixture(scope="module")
def graded(course: LoadedCourse, exported: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Report]:
    """What we make of nbgrader's submitted/: a report for each student."""
    for student, answers in STUDENTS.items():
        home = exported / "submitted" / student / SLUG
        answered(exported / "release" / SLUG / "mini.ipynb", home / "mini.ipynb", answers)
        (home / "timestamp.txt").write_text("2027-05-01 10:00:00.000000 UTC", encoding="utf-8")
        (home / "submission_secret.txt").write_text(f"{student}'s", encoding="utf-8")  # as nbgrader submit writes it
    out = tmp_path_factory.mktemp("reports") / "mini"
    result = grade_class(course, SLUG, [exported / "submitted"], store=out, sandbox="process")
    assert not result.problems
    assert not result.failures
    return {report.student: report for report in files.reports(course, SLUG, out, None)} | {"": out}  # type: ignore[dict-item]


# -- the trees -------------------------------------------------------------------------------------------------------


def test_every_check_is_one_cell_with_its_points(course: LoadedCourse) -> None:
    assignment = course.assignment(SLUG)
    cells = graded_cells(assignment)
    assert sum(cell.points for cell in cells) == assignment.points
    assert len({cell.grade_id for cell in cells}) == len(cells)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", cell.grade_id) for cell in cells)
    visible = {(cell.task, cell.check) for cell in cells if cell.visible}
    assert visible == {(task.name, check.name) for task in assignment.tasks for check in task.checks if check.visible}


def test_the_release_holds_no_solution(course: LoadedCourse, exported: Path) -> None:
    assignment = course.assignment(SLUG)
    assert leaked_lines(assignment, exported / "release") == []
    assert leaked_lines(assignment, exported / "source") != []


def test_a_student_gets_the_same_report_for_either_notebook(
    course: LoadedCourse, exported: Path, tmp_path: Path
) -> None:
    ours = answered(course.root / "assignments" / SLUG / "mini.en.ipynb", tmp_path / "a.ipynb", STUDENTS["lee"])
    theirs = answered(exported / "release" / SLUG / "mini.ipynb", tmp_path / "b.ipynb", STUDENTS["lee"])
    with course.grader(SLUG, sandbox="process") as grader:
        one, other = grader.grade(ours), grader.grade(theirs)
    assert other.tasks == one.tasks
    assert other.score == one.score
    assert (other.notes, other.cells) == (one.notes, one.cells)


@pytest.mark.slow
@GROUP
def test_generate_assignment_makes_our_release_of_our_source(exported: Path, tool: Tool) -> None:
    ours = cells_of(exported / "release" / SLUG / "mini.ipynb")
    tool(exported, "nbgrader", "generate_assignment", SLUG, "--force")
    assert cells_of(exported / "release" / SLUG / "mini.ipynb") == ours


@pytest.mark.slow
@GROUP
def test_metadata_and_checksums_are_nbgraders(exported: Path, tools: Path) -> None:
    code = (
        "import json, sys, nbformat\n"
        "from nbgrader.nbgraderformat import MetadataValidator\n"
        "from nbgrader.utils import compute_checksum, is_grade, is_solution, is_locked\n"
        "nb = nbformat.read(sys.argv[1], 4)\n"
        "nbformat.validate(nb)\n"
        "MetadataValidator().validate_nb(nb)\n"
        "marked = [c for c in nb.cells if is_grade(c) or is_solution(c) or is_locked(c)]\n"
        "print(json.dumps([[compute_checksum(c), c.metadata.nbgrader['checksum']] for c in marked]))\n"
    )
    path = exported / "release" / SLUG / "mini.ipynb"
    done = subprocess.run([tools, "-c", code, path], capture_output=True, text=True, check=True)
    pairs = json.loads(done.stdout.splitlines()[-1])
    assert len(pairs) > 10
    assert [theirs for theirs, _ in pairs] == [ours for _, ours in pairs]


# -- grades ----------------------------------------------------------------------------------------------------------

GRADES = """
import json, sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as gradebook:
    found = {}
    for submission in gradebook.assignment_submissions(sys.argv[1]):
        notebook = submission.notebooks[0]
        found[submission.student.id] = {
            "score": submission.score, "max_score": submission.max_score, "manual": submission.needs_manual_grade,
            "grades": {grade.name: grade.score for grade in notebook.grades},
            "comments": {comment.name: comment.comment for comment in notebook.comments if comment.comment},
            "timestamp": str(submission.timestamp),
        }
print(json.dumps(found))
"""
FORMGRADER = """
import json, sys
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
app = NbGrader(); app.initialize([])
api = NbGraderAPI(CourseDirectory(parent=app), parent=app)
print(json.dumps([[s["student"], s["score"], s["max_score"], s["autograded"]] for s in api.get_submissions(sys.argv[1])]))
"""


def ask(tools: Path, folder: Path, code: str) -> object:
    env = {"PATH": f"{tools.parent}:/usr/bin:/bin", "HOME": str(folder)}
    done = subprocess.run([tools, "-c", code, SLUG], cwd=folder, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
@GROUP
def test_visible_checks_give_the_same_in_nbgrader_and_then_our_scores_stand_there(
    course: LoadedCourse, exported: Path, graded: dict[str, Report], tool: Tool, tools: Path
) -> None:
    tool(exported, "nbgrader", "generate_assignment", SLUG, "--force")
    tool(exported, "nbgrader", "autograde", SLUG, "--create", "--force")
    theirs = ask(tools, exported, GRADES)
    assert isinstance(theirs, dict)
    cells = graded_cells(course.assignment(SLUG))
    for student in STUDENTS:
        earned = earned_of(graded[student])
        for cell in cells:
            wanted = earned[cell.task, cell.check] if cell.visible else 0.0
            assert theirs[student]["grades"][cell.grade_id] == wanted, (student, cell)

    said = push(course, exported, graded, tools)
    assert said.startswith("3 students written")
    assert_stands(course, exported, graded, tools)

    tool(exported, "nbgrader", "export", "--to", "grades.csv")
    with (exported / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {student: float(row["score"]) for student, row in rows.items()} == {s: graded[s].score for s in STUDENTS}
    assert {float(row["max_score"]) for row in rows.values()} == {course.assignment(SLUG).points}


@pytest.mark.slow
@GROUP
def test_a_gradebook_that_never_saw_the_assignment_gets_it_with_the_scores(
    course: LoadedCourse, exported: Path, graded: dict[str, Report], tools: Path, tmp_path: Path
) -> None:
    (tmp_path / "nbgrader_config.py").write_bytes((exported / "nbgrader_config.py").read_bytes())
    said = push(course, tmp_path, graded, tools)
    assert "was made known to nbgrader" in said
    assert_stands(course, tmp_path, graded, tools)
    push(course, tmp_path, graded, tools)  # twice is once
    assert_stands(course, tmp_path, graded, tools)


@pytest.mark.slow
@GROUP
def test_formgraders_pages_show_scores_and_comments_and_feedback_is_released(
    course: LoadedCourse, exported: Path, graded: dict[str, Report], tool: Tool, tools: Path, tmp_path: Path
) -> None:
    """What a teacher sees in formgrader, from its own server, and what a student fetches."""
    tool(exported, "nbgrader", "generate_assignment", SLUG, "--force")
    push(course, exported, graded, tools)
    cells = graded_cells(course.assignment(SLUG))
    with formgrader(tools, exported, tmp_path) as fetch:
        shown = {row["student"]: row for row in json.loads(fetch(f"api/submitted_notebooks/{SLUG}/mini"))}
        assert {student: row["score"] for student, row in shown.items()} == {s: graded[s].score for s in STUDENTS}
        for student in STUDENTS:
            of = shown[student]["id"]
            page = fetch(f"submissions/{of}/")
            grades = {row["name"]: row["auto_score"] for row in json.loads(fetch(f"api/grades?submission_id={of}"))}
            told = {row["name"]: row["auto_comment"] for row in json.loads(fetch(f"api/comments?submission_id={of}"))}
            earned = earned_of(graded[student])
            assert grades == {cell.grade_id: earned[cell.task, cell.check] for cell in cells}
            assert {name: text for name, text in told.items() if text} == nbgrader_gradebook.comments(
                graded[student], "en"
            )
            for cell in cells:  # the page has a field for each score, which its script fills in
                assert f'class="score tabbable" id="{cell.grade_id}"' in page
            assert all(f'id="{name}-comment"' in page for name in told)
        assert SLUG in fetch(f"manage_submissions/{SLUG}/")
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    tool(exported, "nbgrader", "release_feedback", SLUG, f"--Exchange.root={exchange}")
    released = {path.read_text(encoding="utf-8") for path in exchange.rglob("feedback/*.html")}
    assert released == {graded[student].to_html("en") for student in STUDENTS}


@contextmanager
def formgrader(tools: Path, folder: Path, home: Path) -> Iterator[Callable[[str], str]]:
    """Fetches pages of formgrader, which runs over this course in a Jupyter server of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    extension = {"nbgrader.server_extensions.formgrader": True}
    command = [
        str(tools.with_name("jupyter-server")), "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
        "--IdentityProvider.token=", f"--ServerApp.jpserver_extensions={extension}", f"--ServerApp.root_dir={folder}",
    ]  # fmt: skip
    env = {"PATH": f"{tools.parent}:/usr/bin:/bin", "HOME": str(home)}
    with open(home / "server.log", "wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
    base = f"http://127.0.0.1:{port}"

    def fetch(page: str) -> str:
        with urllib.request.urlopen(f"{base}/formgrader/{page}", timeout=60) as answer:
            return str(answer.read().decode("utf-8"))

    try:
        for _ in range(600):
            with suppress(OSError):
                urllib.request.urlopen(f"{base}/api", timeout=5).close()
                break
            assert server.poll() is None, (home / "server.log").read_text(encoding="utf-8")
            time.sleep(0.1)
        yield fetch
    finally:
        server.terminate()
        server.wait(timeout=60)


def push(course: LoadedCourse, folder: Path, graded: dict[str, Report], tools: Path) -> str:
    args = ["export", "nbgrader-gradebook", SLUG, "--reports", graded[""], "--out", folder, "--python", tools]
    return command(course, *args, "--language", "en")


def earned_of(report: Report) -> dict[tuple[str, str], float]:
    return {(task.name, check.name): check.earned for task in report.tasks for check in task.checks}


def assert_stands(course: LoadedCourse, folder: Path, graded: dict[str, Report], tools: Path) -> None:
    """Every score, comment, time and page of ours is what nbgrader's own code finds."""
    assignment = course.assignment(SLUG)
    found = ask(tools, folder, GRADES)
    assert isinstance(found, dict)
    for student in STUDENTS:
        report, there = graded[student], found[student]
        earned = earned_of(report)
        assert there["grades"] == {c.grade_id: earned[c.task, c.check] for c in graded_cells(assignment)}
        assert there["comments"] == nbgrader_gradebook.comments(report, "en")
        assert (there["score"], there["max_score"], there["manual"]) == (report.score, assignment.points, False)
        assert there["timestamp"].startswith("2027-05-01 10:00:00")
        page = folder / "feedback" / student / SLUG / "mini.html"
        assert page.read_text(encoding="utf-8") == report.to_html("en")
    if (folder / "submitted").is_dir():
        rows = ask(tools, folder, FORMGRADER)
        assert sorted(rows) == [[s, graded[s].score, assignment.points, True] for s in sorted(STUDENTS)]  # type: ignore[call-overload]


# -- what goes wrong -------------------------------------------------------------------------------------------------


def nothing_is_written(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    """What would go to nbgrader's Python."""
    sent: list[dict[str, object]] = []

    def keep(python: Path, work: dict[str, object]) -> dict[str, object]:
        sent.append(work)
        return {"written": 1, "registered": False, "error": ""}

    monkeypatch.setattr(nbgrader_gradebook, "_run", keep)
    return sent


def test_blank_is_not_zero(course: LoadedCourse, graded: dict[str, Report], monkeypatch: pytest.MonkeyPatch) -> None:
    import msgspec

    sent = nothing_is_written(monkeypatch)
    unreadable = msgspec.structs.replace(graded["lee"], status="unreadable", score=None, tasks=[])
    pending = msgspec.structs.replace(graded["park"], status="pending")
    reports = [graded["kim"], unreadable, pending]
    pushed = nbgrader_gradebook.push(course.assignment(SLUG), "en", reports, course.root, python=Path("python"))
    assert pushed.left_out == (("lee", "unreadable"), ("park", "pending"))
    assert [student["id"] for student in sent[0]["students"]] == ["kim"]  # type: ignore[attr-defined]


def test_a_grade_that_is_held_or_excused_is_left_out(
    course: LoadedCourse, graded: dict[str, Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = nothing_is_written(monkeypatch)
    points = Fraction(1)
    ruled = {
        "lee": Grade(SLUG, "graded", points, points, held=True),
        "park": Grade(SLUG, "excused", None, points),
        "kim": Grade(SLUG, "graded", points, points),
    }
    reports = [graded[student] for student in STUDENTS]
    target = course.root
    pushed = nbgrader_gradebook.push(course.assignment(SLUG), "en", reports, target, python=Path("python"), ruled=ruled)
    assert pushed.left_out == (("lee", "held back"), ("park", "excused"))
    assert [student["id"] for student in sent[0]["students"]] == ["kim"]  # type: ignore[attr-defined]
    assert not (target / "feedback" / "lee").exists()


@pytest.mark.slow
@GROUP
def test_what_rules_and_decisions_make_of_a_grade_is_nbgraders_grade(
    course: LoadedCourse, exported: Path, graded: dict[str, Report], tool: Tool, tools: Path, tmp_path: Path
) -> None:
    """Late: less. An override: more. Without either: the sum of the checks. nbgrader's export says the same as ours."""
    (tmp_path / "nbgrader_config.py").write_bytes((exported / "nbgrader_config.py").read_bytes())
    points = {student: Fraction(graded[student].score or 0) for student in STUDENTS}
    late, raised, plain = STUDENTS
    out_of = Fraction(course.assignment(SLUG).points)
    lines = (
        Line(Text("The checks.", "검사 결과."), points[late]),
        Line(Text("2 days late.", "2일 지각."), Fraction(-3)),
    )
    ruled = {
        late: Grade(SLUG, "graded", points[late] - 3, out_of, lines),
        raised: Grade(SLUG, "graded", points[raised] + Fraction(5, 2), out_of),
        plain: Grade(SLUG, "graded", points[plain], out_of),
    }
    reports = [graded[student] for student in STUDENTS]
    for wanted in (ruled, {}, ruled):
        nbgrader_gradebook.push(course.assignment(SLUG), "en", reports, tmp_path, python=tools, ruled=wanted)
        tool(tmp_path, "nbgrader", "export", "--to", "grades.csv")
        with (tmp_path / "grades.csv").open(encoding="utf-8") as file:
            scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
        expected = {s: wanted[s].points if wanted else points[s] for s in STUDENTS}
        assert scores == {student: pytest.approx(float(grade or 0)) for student, grade in expected.items()}
    theirs = ask(tools, tmp_path, GRADES)
    assert isinstance(theirs, dict)
    first = f"task-{course.assignment(SLUG).tasks[0].name}"
    assert "-3 2 days late." in theirs[late]["comments"][first]
    assert "late" not in theirs[plain]["comments"].get(first, "")


def test_a_python_without_nbgrader_is_named(course: LoadedCourse, graded: dict[str, Report], tmp_path: Path) -> None:
    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\necho \"ModuleNotFoundError: No module named 'nbgrader'\" >&2\nexit 1\n")
    bare.chmod(0o755)
    with pytest.raises(UsageError, match="has no nbgrader"):
        nbgrader_gradebook.push(course.assignment(SLUG), "en", [graded["kim"]], tmp_path, python=bare)
    bare.write_text("#!/bin/sh\necho 'OperationalError: database is locked' >&2\nexit 1\n")
    with pytest.raises(PlatformError, match="database is locked"):
        nbgrader_gradebook.push(course.assignment(SLUG), "en", [graded["kim"]], tmp_path, python=bare)


def test_an_assignment_that_is_not_released_cannot_be_exported(course: LoadedCourse, tmp_path: Path) -> None:
    elsewhere = replace(course, root=tmp_path)
    with pytest.raises(UsageError, match="no released assignment"):
        files.released(elsewhere, course.assignment(SLUG))


def test_the_stub_is_nbgraders_own() -> None:
    source = "def f(x):\n    ### BEGIN SOLUTION\n    return x\n    ### END SOLUTION"
    assert nbgrader._stubbed(source) == "def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
