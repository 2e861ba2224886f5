"""`autograder export` from outside: the difference first, then a file to upload; errors with a place and a remedy."""

from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from autograder.cli.main import main
from autograder.errors import ExitCode
from autograder.pipeline.course_store import class_store
from autograder.store import records
from autograder.store.database import Database
from tests.lms import exports
from tests.lms.exports import write
from tests.lms.reports import SECRET, SLUG, make_course, make_reports, report

BOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}'


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return make_course(tmp_path / "course")


def export(course: Path, *arguments: object) -> Result:
    return CliRunner().invoke(
        main, ["export", *map(str, arguments), "--course", str(course), "--seed-file", str(course / "seed")]
    )


def test_a_dry_run_writes_nothing_and_the_same_without_it_does(tmp_path: Path, course: Path) -> None:
    reports = make_reports(tmp_path / "out", {"김민수_2": 87.5, "Ünï Test_3": None, "choi_99": 3})
    sheet = write(tmp_path / "Grades-DL.csv", "\ufeff" + exports.moodle("ko"))
    before = sheet.read_bytes()
    asked = ("moodle", SLUG, "--worksheet", sheet, "--reports", reports)
    dry = export(course, *asked, "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "참여자 2, 김민수, kim@uni.example: blank -> 87.5" in dry.output
    assert "choi_99" in dry.output
    assert sorted(path.name for path in tmp_path.glob("*.csv")) == ["Grades-DL.csv"]
    done = export(course, *asked)
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[:-1] == dry.output.splitlines()[:-1]
    assert sheet.read_bytes() == before
    # The byte after the status of 김민수 is where the grade goes.
    assert (tmp_path / "Grades-DL-graded.csv").read_bytes() == before.replace(
        b"Submitted for grading,,", b"Submitted for grading,87.5,", 1
    )


@pytest.mark.parametrize("lms", ["canvas", "blackboard", "brightspace", "sakai"])
def test_the_other_files(tmp_path: Path, course: Path, lms: str) -> None:
    reports = make_reports(tmp_path / "out", {"2027001": 87.5})
    book = write(tmp_path / "g.csv", getattr(exports, lms)())
    named = [] if lms == "sakai" else ["--column", "GCN"]
    done = export(course, lms, SLUG, "--gradebook", book, "--reports", reports, "--out", book, *named)
    assert done.exit_code == 0, done.output
    assert b"87.5" in book.read_bytes()
    again = export(course, lms, SLUG, "--gradebook", book, "--reports", reports, *named, "--dry-run")
    assert "0 change, 1 stand there already" in again.output


def test_reports_of_another_assignment_of_nobody_and_of_another_course(tmp_path: Path, course: Path) -> None:
    book = write(tmp_path / "g.csv", exports.canvas())
    asked = ("canvas", SLUG, "--gradebook", book, "--reports")
    for folder, words in (
        (make_reports(tmp_path / "other", {"kim": 1}, slug="09-other"), "holds the reports of 09-other"),
        (tmp_path / "nowhere", "there is no such folder"),
        (tmp_path, "holds no report of this course"),
    ):
        done = export(course, *asked, folder)
        assert done.exit_code == int(ExitCode.USAGE)
        assert words in done.output
    forged = make_reports(tmp_path / "out", {"kim": 1, "lee": 2})
    (forged / "kim.json").write_bytes((forged / "kim.json").read_bytes().replace(b'"score":1.0', b'"score":99.0'))
    done = export(course, *asked, forged, "--column", "GCN", "--dry-run")
    assert "1 JSON files are no reports signed by this course" in done.output
    assert "1 change" in done.output


def test_feedback_of_a_download(tmp_path: Path, course: Path) -> None:
    reports = make_reports(tmp_path / "out", {"kimminsu_1234": 87.5, "choi_1": 4})
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        archive.writestr("kimminsu_1234_5678_mini.ipynb", BOOK)
    asked = ("feedback", SLUG, "--lms", "canvas", "--download", tmp_path / "submissions.zip", "--reports", reports)
    dry = export(course, *asked, "--out", tmp_path / "back.zip", "--dry-run")
    assert dry.exit_code == 0, dry.output
    assert "kimminsu_1234: kimminsu_1234_5678_10-mini.ko.html" in dry.output
    assert "choi_1 is not in the download" in dry.output
    assert not (tmp_path / "back.zip").exists()
    assert export(course, *asked, "--out", tmp_path / "back.zip", "--language", "en").exit_code == 0
    with zipfile.ZipFile(tmp_path / "back.zip") as archive:
        assert archive.namelist() == ["kimminsu_1234_5678_10-mini.html"]
        assert archive.read(archive.namelist()[0]) == (reports / "kimminsu_1234.html").read_bytes()
    refused = export(course, *asked, "--language", "fr")
    assert (refused.exit_code, "there are no pages in fr" in refused.output) == (2, True)


def test_a_roster_for_gradescope(tmp_path: Path) -> None:
    roster = write(tmp_path / "roster.csv", "student,name,email\n1,Kim,kim@uni.example\n")
    arguments = ["export", "gradescope-roster", "--roster", str(roster)]
    dry = CliRunner().invoke(main, [*arguments, "--dry-run"])
    assert "Kim,kim@uni.example" in dry.output
    assert len(list(tmp_path.iterdir())) == 1
    assert CliRunner().invoke(main, arguments).exit_code == 0
    assert (tmp_path / "roster-gradescope.csv").read_bytes() == b"Name,Email,SID\r\nKim,kim@uni.example,1\r\n"


def test_sakais_download_becomes_a_zip_for_upload_all(tmp_path: Path, course: Path) -> None:
    reports = make_reports(tmp_path / "out", {"kim01": 87.5})
    with zipfile.ZipFile(tmp_path / "bulk.zip", "w") as archive:
        archive.writestr("HW 10/grades.csv", "\ufeff" + exports.sakai())
        archive.writestr("HW 10/Kim, Minsu(kim01)/Submission attachment(s)/mini.ipynb", BOOK)
    asked = ("sakai", SLUG, "--gradebook", tmp_path / "bulk.zip", "--reports", reports)
    assert "kim01, 2027001, Kim: blank -> 87.5" in export(course, *asked, "--dry-run").output
    done = export(course, *asked)
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(tmp_path / "bulk-graded.zip") as archive:
        assert archive.namelist() == ["HW 10/grades.csv"]
        assert archive.read("HW 10/grades.csv").decode("utf-8-sig") == exports.sakai(kim="87.5")
    with zipfile.ZipFile(tmp_path / "bare.zip", "w") as archive:
        archive.writestr("HW 10/grades.xls", b"")
    bare = export(course, "sakai", SLUG, "--gradebook", tmp_path / "bare.zip", "--reports", reports)
    assert (bare.exit_code, "holds no files grades.csv" in bare.output) == (2, True)


# -- with a store ----------------------------------------------------------------------------------------------------


@pytest.fixture
def stored(course: Path) -> Path:
    """A course whose store holds a late kim, and lee, park and choi, on whom somebody decided."""
    rules = "store: sqlite\nrules: {late: {loss: 10%}}\n"
    path = course / "course.yml"
    path.write_text(path.read_text(encoding="utf-8") + rules, encoding="utf-8")
    database = Database(f"sqlite:///{course / 'course.db'}", SECRET)
    store = class_store(database, SLUG)
    times = {"2027001": "2027-03-16T10:00:00+09:00"}
    for number, student in enumerate(("2027001", "2027002", "2027003", "2027004")):
        made = report(student, 87.5, SLUG, 100)
        proof = msgspec.structs.replace(made.provenance, content_hash=f"{number:064}")
        made = msgspec.structs.replace(made, provenance=proof, submitted=times.get(student))
        store.put(made.signed(SECRET), None)
    decided = [(SLUG, "2027002", "score", "45"), (SLUG, "2027003", "excused", "yes"), (SLUG, "2027004", "held", "yes")]
    records.decide(database, decided, "because")  # type: ignore[arg-type]
    return course


@pytest.mark.parametrize("reports", [True, False])
def test_the_store_decides_what_goes_to_the_lms(tmp_path: Path, stored: Path, reports: bool) -> None:
    """Late, decided, excused, held: as the student's page says, whether a folder of reports is named or not."""
    text = exports.canvas().replace("Student, Test", "Choi").replace('"Choi",1299,', "Choi,1299,2027004")
    book = write(tmp_path / "g.csv", text)
    folder = ["--reports", make_reports(tmp_path / "out", {"2027004": 99, "2027001": 99})] if reports else []
    done = export(stored, "canvas", SLUG, "--gradebook", book, "--column", "GCN", "--out", book, *folder)
    assert done.exit_code == 0, done.output
    grades = {line[2]: line[5] for line in exports.read(book.read_bytes())[3:]}
    assert grades == {"2027001": "77.5", "2027002": "45", "2027003": "EX", "2027004": ""}
    assert "2027004: the grade is held back" in done.output
    assert "99" not in done.output.replace("1299", "")


@pytest.mark.parametrize("lms", ["moodle", "blackboard", "brightspace", "sakai"])
def test_no_other_file_has_a_held_or_excused_grade(tmp_path: Path, stored: Path, lms: str) -> None:
    text = getattr(exports, lms)().replace("2027001", "2027003").replace("2027002", "2027004")
    book = write(tmp_path / "g.csv", text)
    before = book.read_bytes()
    named = [] if lms in ("moodle", "sakai") else ["--column", "GCN"]
    if lms == "moodle":
        who = "student,id\n2027003,Participant 2\n2027004,Participant 3\n"
        named = ["--students", str(write(tmp_path / "who.csv", who))]
    done = export(stored, lms, SLUG, "--gradebook", book, "--out", book, *named)
    assert done.exit_code == 0, done.output
    assert book.read_bytes() == before
    assert ("1 excused, and left so" in done.output, "held back" in done.output) == (True, True)


def test_a_held_page_is_not_given_back(tmp_path: Path, stored: Path) -> None:
    reports = make_reports(tmp_path / "out", {"2027001": 87.5, "2027004": 99})
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        for student in ("2027001", "2027004"):
            archive.writestr(f"HW 10/X({student})/Submission attachment(s)/mini.ipynb", BOOK)
    asked = ("feedback", SLUG, "--lms", "sakai", "--download", tmp_path / "submissions.zip", "--reports", reports)
    done = export(stored, *asked, "--out", tmp_path / "back.zip")
    assert done.exit_code == 0, done.output
    assert "2027004 is held back" in done.output
    with zipfile.ZipFile(tmp_path / "back.zip") as archive:
        assert {name.split("/")[1] for name in archive.namelist()} == {"X(2027001)"}


def test_without_a_store_the_reports_must_be_named(tmp_path: Path, course: Path) -> None:
    done = export(course, "canvas", SLUG, "--gradebook", write(tmp_path / "g.csv", exports.canvas()))
    assert (done.exit_code, "Missing option '--reports'" in done.output) == (2, True)
