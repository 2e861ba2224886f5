"""`autograder export` from outside: the difference first, then a file to upload; errors with a place and a remedy."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.cli.main import main
from autograder.errors import ExitCode
from tests.lms import exports
from tests.lms.exports import write
from tests.lms.reports import SLUG, make_course, make_reports

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


@pytest.mark.parametrize("lms", ["canvas", "blackboard", "brightspace"])
def test_the_other_files(tmp_path: Path, course: Path, lms: str) -> None:
    reports = make_reports(tmp_path / "out", {"2027001": 87.5})
    book = write(tmp_path / "g.csv", getattr(exports, lms)())
    done = export(course, lms, SLUG, "--gradebook", book, "--reports", reports, "--out", book, "--column", "GCN")
    assert done.exit_code == 0, done.output
    assert b"87.5" in book.read_bytes()
    again = export(course, lms, SLUG, "--gradebook", book, "--reports", reports, "--column", "GCN", "--dry-run")
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
