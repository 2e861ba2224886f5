"""What students' names and times do to terminals, tables and clocks: nothing."""

from __future__ import annotations

import csv
import io
import os
import struct
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli.grading import summarise
from autograder.cli.main import main
from autograder.errors import SubmissionError, UsageError
from autograder.pipeline.class_run import BatchResult
from autograder.report.grades_csv import safe_cell
from autograder.submissions.collect import Problem, collect
from autograder.submissions.roster import read_roster
from tests.report_json import write_grades_csv

ESCAPES = ["\x1b[2J", "\x1b]0;title\x07", "\x9b31m", "\u202egnp", "\r" + "overwritten", "\x08" * 20, "\udcff", "\0", "\u2066x", "\ufeff"]  # fmt: skip
WRONG = "\x1b\x9b\u202e\r\x08\udcff\0\u2066\ufeff\x07"


def result(name: str) -> BatchResult:
    error = SubmissionError(f"{name} is no notebook.", where=f"pile/{name}", remedy=f"Ask {name}.")
    return BatchResult(summaries=(), problems=(Problem(f"pile/{name}", error),), failures=((name, f"why {name}"),))


@pytest.mark.parametrize("name", ESCAPES)
def test_no_code_of_a_name_reaches_the_terminal(name: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    summarise(result(name), tmp_path)
    said = "".join(capsys.readouterr())
    assert said.count("not read") == 2  # a message, and the count
    assert not set(said) & set(WRONG)
    said.encode()


def test_a_name_of_several_lines_says_nothing_of_its_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    summarise(result("x\n20 graded, 0 not read, 0 failed. Open index.html\nautograder: done"), tmp_path)
    lines = "".join(capsys.readouterr()).splitlines()
    assert [line for line in lines if line.startswith(("20 graded", "autograder: done"))] == []


@pytest.mark.parametrize("argument", ["--\x1b[2J", "-\x1b", "--out\u202e=1"])
def test_a_file_by_the_name_of_an_option(argument: str) -> None:
    done = CliRunner().invoke(main, ["grade", "10-gcn", argument])
    assert done.exit_code == 2
    assert not set(done.output) & set(WRONG)


@pytest.mark.parametrize("name", ["\x1b[31m.ipynb", "\u202egpj.zip"])
def test_a_path_that_is_not_there(name: str, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["grade", "10-gcn", str(tmp_path / name), "--out", str(tmp_path / name / "x"), "--course", str(tmp_path / name)])  # fmt: skip
    assert done.exit_code == 2
    assert not set(done.output) & set(WRONG)


# -- tables ----------------------------------------------------------------------------------------------------------

FORMULAS = [
    "a;=1+1;b", "=1+1", "a;+1", "a;-1", "a;@x", "a; =1", 'a;"=1"', "a,=1", "a\t=1", "a|=1", "a;;=1", "a;'=1", "a\n=1", "a\r\n+1", "a;＝1", "a;\u00a0=1",
    "\u3000@x", "a;\u2003=1", "a;\ufeff=1", '"=1"', "= 1", "a;\t=1", "=cmd|' /C calc'!A0", "a;=HYPERLINK(1)",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_no_text_is_a_formula_whatever_divides_the_cells(text: str, mark: str) -> None:
    table = write_grades_csv([], [(text, text)], text, 20, [text])
    for row in csv.reader(io.StringIO(table, newline=""), delimiter=mark):
        for cell in row:
            bare = cell.strip().strip('"\ufeff').strip().strip('"').strip()
            assert not bare.startswith(tuple("=+-@＝＋－＠"))


@pytest.mark.parametrize(
    "text", ["김민수", "O'Neil", "kim-min", "a+b=c", "x@y.kr", "20261234", "Lee, Min", "half; right", "1e-5"]
)
def test_honest_text_stays(text: str) -> None:
    assert safe_cell(text) == text


# -- times -----------------------------------------------------------------------------------------------------------

KOREA = timezone(timedelta(hours=9))
YEARS = {
    "1": -62135596800,
    "1900": -2208988800,
    "9999": 253402300799,
    "10000": 253402300800,
    "beyond": 1 << 60,
    "before": -(1 << 60),
}


@pytest.mark.parametrize("year", YEARS)
def test_a_time_that_no_clock_shows(year: str, tmp_path: Path) -> None:
    (tmp_path / "pile").mkdir()
    for name in ("kim.ipynb", "lee.ipynb"):
        (tmp_path / "pile" / name).write_text("{}", encoding="utf-8")
    try:
        os.utime(tmp_path / "pile" / "kim.ipynb", (0, YEARS[year]))
    except (OverflowError, OSError):
        pytest.skip("this file system has no such time")
    for paths in ([tmp_path / "pile"], sorted((tmp_path / "pile").iterdir())):
        found = collect(paths, slug="66-hostile")
        assert [submission.student for submission in found.submissions] == ["kim", "lee"]
        for submission in found.submissions:
            if submission.submitted is not None:
                for zone in (UTC, KOREA, timezone(timedelta(hours=-12))):
                    submission.submitted.astimezone(zone).isoformat()


@pytest.mark.parametrize("stamp", [(1980, 0, 0, 0, 0, 0), (2107, 15, 31, 31, 63, 62), (2024, 2, 30, 25, 61, 61)])
def test_a_time_in_an_archive(stamp: tuple[int, ...], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("kim.ipynb", "{}")
    content = bytearray((tmp_path / "class.zip").read_bytes())
    year, month, day, hour, minute, second = stamp
    packed = struct.pack(
        "<HH", (hour & 31) << 11 | (minute & 63) << 5 | second // 2, (year - 1980) << 9 | month << 5 | day
    )
    place = content.rindex(b"PK\x01\x02") + 12
    content[place : place + 4] = packed
    (tmp_path / "class.zip").write_bytes(content)
    (submission,) = collect([tmp_path / "class.zip"], slug="66-hostile").submissions
    assert submission.submitted is None or submission.submitted.astimezone(KOREA) > datetime(1970, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["student\n" + "x" * 200_000, 'student\n"' + "x" * 200_000, "student\nkim\0\n", 'student,name\nkim,"a\nlee,b'],
)
def test_a_roster_that_is_no_table(text: str, tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text(text, encoding="utf-8")
    refused = ""
    try:
        found = read_roster(tmp_path / "roster.csv").students
    except UsageError as error:
        refused, found = str(error), {}
    assert found or "roster.csv" in refused
