"""The class of the demo: every grade as its table says, with two secrets, and nothing of the course changed."""

from __future__ import annotations

import functools
import hashlib
import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.course.assignment import Assignment, load_assignment
from autograder.course.schedule import Course, read_course
from autograder.demo import run_demo
from autograder.demo.answers import ANYWHERE
from autograder.demo.classroom import ROSTERS, SECRET, SEED_FILE, make_course
from autograder.demo.formats import FORMATS, ending
from autograder.demo.recipe import ClassPlan, Row, check_points
from autograder.errors import ExitCode, UsageError
from autograder.notebooks.reader import read_notebook
from autograder.release.publish import release_assignment
from autograder.sandbox import open_sandbox
from tests.paths import ROOT

RUNS = {"the demo's secret": (SECRET, 2), "another secret": (b"drawn by nobody, for this test alone", 1)}  # with jobs
# What real students' files do, a letter for each kind of it (tests/notebooks/test_as_in_jupyter.py and
# tests/submissions/test_whose_file.py have the siblings), and who does it in the class. The table says what each must get.
KINDS = {
    "A: one of two files": ("ahn.two", "baek.again"),
    "B: a name of given code, before it": ("cha.letters",),
    "C: a failed import before an assignment": ("do.device", "노지호"),
    "D: another assignment": ("20271019", "20272010"),
    "E: a graded name used again": ("eun.names",),
    "F: a helper called like given code": ("goo.helper",),
    "G: gradients turned off": ("ham.nograd",),
    "H: from __future__": ("im.future",),
    "I: a progress bar": ("jo.bar",),
    "J: modules written and beside": ("ko.write", "ku.beside"),
    "K: another Python": ("na.python2",),
    "L: an answer in Markdown": ("oh.markdown",),
    "M: a time without a zone": ("배정시",),
    "N: what the docstring demands, and no more": ("park.numpy", "oh.haneul"),
    "O: one call that raises": ("paik.raises", "20271009"),
    "P: a platform's download": ("minsu_4711",),
}
ROWS = [(roster, row) for roster in ROSTERS for row in roster.rows]
IDS = [f"{roster.slug}-{row.student}" for roster, row in ROWS]


@dataclass
class Demo:
    out: Path
    code: ExitCode
    printed: str
    course_before: str
    course_after: str

    def report(self, roster: ClassPlan, row: Row) -> dict[str, Any]:
        path = self.out / "reports" / roster.slug / f"{row.student}.json"
        return json.loads(path.read_text(encoding="utf-8"))


def fingerprint(root: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def lecturers_course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The course as a lecturer has it, freshly released: a copy, so that nobody's work on it disturbs the comparison."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "course.yml", root)
    for roster in ROSTERS:
        here = Path("solutions", roster.slug)
        shutil.copytree(ROOT / here, root / here, ignore=shutil.ignore_patterns("__pycache__"))
    course, box = read_course(root), open_sandbox("process")
    try:
        for roster in ROSTERS:
            release_assignment(course, course.assignment(roster.slug), box)
    finally:
        box.close()
    return course


@pytest.fixture(scope="module", params=[pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in RUNS])
def demo(request: pytest.FixtureRequest, lecturers_course: Course, tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """One whole demo: verify, release, class, grades."""
    out, lines = tmp_path_factory.mktemp("demo"), list[str]()
    secret, jobs = RUNS[request.param]
    before = fingerprint(lecturers_course.root)
    code = run_demo(lecturers_course, out, jobs=jobs, sandbox="process", echo=lines.append, secret=secret)
    return Demo(out, code, "\n".join(lines), before, fingerprint(lecturers_course.root))


@functools.cache
def _assignment(slug: str) -> Assignment:
    return load_assignment(ROOT / "solutions" / slug)


def assignment_of(roster: ClassPlan) -> Assignment:
    return _assignment(roster.slug)


# -- the table itself ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("roster", ROSTERS, ids=lambda roster: roster.slug)
def test_the_stated_scores_are_the_sums_of_the_stated_checks(roster: ClassPlan) -> None:
    """Two statements of one thing, written separately: a slip in either shows."""
    assignment = assignment_of(roster)
    wrong = []
    for row in roster.rows:
        if row.score is None:
            continue
        lost = sum(
            check_points(assignment, task)[check]
            for task, check in roster.failed(row, assignment)
            if task not in row.banned
        )
        lost -= sum(roster.kept(row).values())
        lost += sum(assignment.task(task).points for task in row.banned)
        if abs(assignment.points - lost - row.score) > 1e-9:
            wrong.append((row.student, row.score, assignment.points - lost))
    assert wrong == []


def test_the_class_is_large_and_varied() -> None:
    rows = [row for _, row in ROWS]
    assert len(rows) >= 60
    assert {row.saved for row in rows} == set(FORMATS)
    assert {row.language for row in rows} == {"en", "ko"}
    assert len({(roster.slug, row.student) for roster, row in ROWS}) == len(rows)
    for roster in ROSTERS:
        assert {name for row in roster.rows for name in row.wrong} == set(roster.mistakes)
    for roster in ROSTERS:
        files = {path.stem for path in (assignment_of(roster).folder / "demo").glob("*.py")} - {"accidents"}
        assert len(files) >= 5
        assert {row.hand for row in roster.rows if row.hand} == files
    homes = [ANYWHERE, *(assignment_of(roster).folder / "demo" / "accidents.py" for roster in ROSTERS)]
    names = [name for path in homes for name in re.findall(r'# %% name="(\w+)"', path.read_text(encoding="utf-8"))]
    cells = set(names)
    assert len(names) == len(cells)
    used = {str(bound.cell_contents) for row in rows for edit in row.edits for bound in edit.__closure__ or ()}
    used |= {how.removeprefix("cell:") for row in rows for how in (*row.answers.values(), *row.beside.values())}
    assert cells <= used | {"plot"}


@pytest.mark.parametrize("kind", KINDS)
def test_somebody_in_the_class_does_what_real_students_do(kind: str) -> None:
    students = {row.student: row for _, row in ROWS}
    assert all(student in students for student in KINDS[kind])
    assert all((students[student].score is None) == kind.startswith("D") for student in KINDS[kind])


@pytest.mark.parametrize("roster", ROSTERS, ids=lambda roster: roster.slug)
def test_no_mistake_is_free(roster: ClassPlan) -> None:
    assert all(mistake.fails for mistake in roster.mistakes.values())
    names = {m.name: m.task for m in assignment_of(roster).misconceptions}
    assert {name: mistake.task for name, mistake in roster.mistakes.items()} == {n: names[n] for n in roster.mistakes}


# -- the grades ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(("roster", "row"), ROWS, ids=IDS)
def test_every_grade_is_the_one_that_was_worked_out(demo: Demo, roster: ClassPlan, row: Row) -> None:
    report = demo.report(roster, row)
    failed = {
        (task["name"], check["name"])
        for task in report["tasks"]
        for check in task["checks"]
        if check["status"] == "failed"
    }
    if row.score is not None:
        assert failed == roster.failed(row, assignment_of(roster))
        kept = {
            (task["name"], check["name"]): check["earned"]
            for task in report["tasks"]
            for check in task["checks"]
            if check["status"] == "failed" and check["earned"]
        }
        assert kept == roster.kept(row)
        diagnoses = {task["name"]: task["diagnosis"]["id"] for task in report["tasks"] if task["diagnosis"]}
        assert diagnoses == roster.diagnoses(row)
    assert (report["status"], report["score"]) == (row.status, row.score)
    banned = {task["name"]: {f["name"] for f in task["forbidden"]} for task in report["tasks"] if task["forbidden"]}
    assert banned.keys() == row.banned.keys()
    assert all(name in banned[task] for task, name in row.banned.items())
    assert report["submitted"] == "2027-05-16T23:41:08+09:00"
    assert not row.note or any(row.note in note["en"] for note in report["notes"])


@pytest.mark.slow
def test_no_loss_is_without_a_reason(demo: Demo) -> None:
    """A task that lost points has a reason, forbidden calls, or calls that gave no result; else it was never written."""
    unsaid = []
    for roster, row in ROWS:
        for task in demo.report(roster, row)["tasks"] if row.score is not None else ():
            lost = [check for check in task["checks"] if check["earned"] < check["points"]]
            ended = [check["failure"]["status"] != "returned" for check in lost if check["failure"]]
            if lost and not (task["diagnosis"] or task["forbidden"] or (ended and all(ended))):
                unsaid.append((row.student, task["name"], [check["name"] for check in lost]))
    assert unsaid == []


@pytest.mark.slow
def test_what_no_python_here_can_read_names_the_python_that_grades(demo: Demo) -> None:
    (row,) = (row for row in ROSTERS[0].rows if row.student == "na.python2")
    (cell,) = demo.report(ROSTERS[0], row)["cells"]
    assert f"graded with Python {sys.version_info.major}.{sys.version_info.minor}" in cell["error"]["message"]


@pytest.mark.slow
def test_a_hang_and_a_hog_cost_their_own_time_limit_and_nothing_else(demo: Demo) -> None:
    limits = assignment_of(ROSTERS[0]).limits
    for roster, row in ROWS:
        if row.score is not None:
            report = demo.report(roster, row)
            # A task's budget, a cell's, and room for a machine that is busy with something else.
            assert report["seconds"] < limits.group_seconds + limits.cell_seconds + 30, row.student
            assert report["status"] != "pending"


@pytest.mark.slow
def test_what_it_prints_and_leaves_behind(demo: Demo) -> None:
    assert demo.code is ExitCode.OK
    assert demo.course_before == demo.course_after  # the committed release above all
    assert (demo.out / SEED_FILE).read_bytes().strip() in [secret for secret, _ in RUNS.values()]
    for roster in ROSTERS:
        folder = demo.out / "reports" / roster.slug
        pages = [f"{row.student}{ending}" for row in roster.rows for ending in (".json", ".html", ".ko.html")]
        assert {path.name for path in folder.iterdir()} == {
            ".kept",
            "grades.csv",
            "index.html",
            "index.ko.html",
            *pages,
        }
        assert str(folder / "index.html") in demo.printed
        scores = [row.score for row in roster.rows if row.score is not None]
        unread = len(roster.rows) - len(scores)
        row = next(line for line in demo.printed.splitlines() if line.startswith(f"{roster.slug} "))
        cells = row.split()
        assert cells[1:5] == [
            str(len(roster.rows)), f"{sum(scores) / len(scores):.1f}", str(scores.count(100)), str(unread)
        ]  # fmt: skip
    assert "normalize_adj: divided_by_row_degree" in demo.printed


@pytest.mark.slow
def test_the_files_are_such_as_tools_write(demo: Demo) -> None:
    """nbformat, which is not ours, finds them valid; and they hold outputs, pictures among them."""
    import nbformat

    folder = demo.out / "submissions" / "10-gcn"
    seen, pictures, count = set(), 0, 0
    for row in ROSTERS[0].rows:
        path = folder / (row.file or row.student + ending(row.saved))
        content = path.read_bytes()
        if row.raw is not None or path.suffix != ".ipynb":
            continue
        tree = json.loads(content.decode("utf-8-sig"))
        nbformat.validate(tree)
        seen.add((tree["nbformat"], tree["nbformat_minor"]))
        pictures += b'"image/png"' in content
        count += 1
        assert read_notebook(content, path.name).code
    assert seen == {(4, 5), (4, 4), (4, 2), (4, 0), (3, 0)}
    assert pictures > count / 2


# -- where it may write ----------------------------------------------------------------------------------------------


@pytest.fixture
def course() -> Course:
    return read_course(ROOT)


def test_a_demo_does_not_overwrite_the_course(course: Course) -> None:
    for out in (ROOT, ROOT.parent):
        with pytest.raises(UsageError, match="course's own"):
            make_course(course, out, SECRET)


def test_a_demo_does_not_overwrite_what_is_not_its_own(course: Course, tmp_path: Path) -> None:
    precious = tmp_path / "solutions" / "precious.txt"
    precious.parent.mkdir()
    precious.write_text("years of work", encoding="utf-8")
    with pytest.raises(UsageError, match="no earlier demo"):
        make_course(course, tmp_path, SECRET)
    assert precious.read_text(encoding="utf-8") == "years of work"
    make_course(course, tmp_path / "new", SECRET)
    make_course(course, tmp_path / "new", SECRET)  # a second demo in the folder of the first
    assert read_course(tmp_path / "new").slugs() == tuple(sorted(roster.slug for roster in ROSTERS))
