"""The gradebook of a course: attempts out of the store, decisions, rosters and teams under the course's rules."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.course.schedule import Course, read_course
from autograder.pipeline.course_store import class_store
from autograder.records.gradebook import Gradebook, gradebook, grades_to_give, span_to_store, stored_span
from autograder.records.status import status
from autograder.report.term.gradebook import gradebook_csv, gradebook_html, grades_html
from autograder.rules.clock import read_span
from autograder.store import records
from autograder.store.database import Database
from tests.store.test_store import SECRET, report

COURSE = """\
title: {en: Deep Learning, ko: 딥러닝}
term: 2027 Spring
time_zone: Asia/Seoul
languages: [ko, en]
store: sqlite
rules: {slip_days: 1, late: {loss: 10%}}
assignments:
  10-gcn: {opens: 2027-05-03, due: 2027-05-17T23:59, weight: 20}
  12-vae: {opens: 2027-05-10, due: 2027-05-31T23:59, weight: 10, team: true, attempts: best}
  13-gan: {opens: 2027-05-10, due: 2027-06-07T23:59, weight: 10}
"""
NOW = datetime(2027, 6, 1, tzinfo=UTC)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    (tmp_path / "course.yml").write_text(COURSE, encoding="utf-8")
    return read_course(tmp_path)


@pytest.fixture
def database(course: Course) -> Database:
    return Database(f"sqlite:///{course.root / 'course.db'}", SECRET)


def hand_in(database: Database, slug: str, student: str, score: float | None, at: str | None, **proof: Any) -> None:
    """A graded file of 50 points."""
    made = report(student, content_hash=f"{abs(hash((slug, student, score, at))):064x}", **proof)
    name = msgspec.structs.replace(made.assignment, slug=slug)
    state = "graded" if score is not None else "unreadable"
    changed = msgspec.structs.replace(
        made, assignment=name, score=score, max_score=None if score is None else 50.0, submitted=at, status=state
    )
    class_store(database, slug).put(changed.signed(SECRET), None)


def points(book: Gradebook, student: str) -> dict[str, Fraction | None]:
    return {slug: grade.points for slug, grade in book.grades[student].grades.items()}


def test_attempts_and_decisions_become_grades(course: Course, database: Database) -> None:
    records.enrol(database, [records.Person("kim", "김"), records.Person("park", "박")])
    hand_in(database, "10-gcn", "kim", 42.0, "2027-05-19T08:00:00+09:00")
    hand_in(database, "10-gcn", "lee", 42.0, "2027-05-20T08:00:00+09:00")
    hand_in(database, "12-vae", "kim", 40.0, None)
    records.decide(database, [("10-gcn", "lee", "extension", span_to_store(read_span("2d")))], "ill")
    book = gradebook(course, database, NOW)
    assert points(book, "kim") == {"10-gcn": 37, "12-vae": 40}  # two days late, one of them a slip day
    assert points(book, "lee") == {"10-gcn": 42, "12-vae": 0}  # extended by two, and a slip day
    assert points(book, "park") == {"10-gcn": 0, "12-vae": 0}
    assert book.grades["kim"].slip_days_left == 0
    assert book.unlisted == {"lee"}
    assert book.grades["kim"].total == Fraction("76")
    assert "13-gan" not in book.grades["kim"].grades  # nobody was graded in it yet
    records.decide(database, [("12-vae", "lee", "excused", "yes")], "ill")
    assert points(gradebook(course, database, NOW), "lee") == {"10-gcn": 42, "12-vae": None}


def test_what_one_member_hands_in_counts_for_the_team(course: Course, database: Database) -> None:
    records.enrol(
        database,
        [records.Person("kim", team="red"), records.Person("lee", team="red"), records.Person("min", team="blue")],
    )
    hand_in(database, "10-gcn", "kim", 42.0, None)
    hand_in(database, "12-vae", "kim", 30.0, "2027-05-30T08:00:00+09:00")
    hand_in(database, "12-vae", "lee", 35.0, "2027-05-31T08:00:00+09:00")
    book = gradebook(course, database, NOW)
    assert points(book, "kim") == {"10-gcn": 42, "12-vae": 35}
    assert points(book, "lee") == {"10-gcn": 0, "12-vae": 35}  # 10-gcn is nobody's team work
    assert points(book, "min") == {"10-gcn": 0, "12-vae": 0}


def test_the_file_that_the_report_shows_is_the_last_attempt(course: Course, database: Database) -> None:
    hand_in(database, "10-gcn", "kim", 30.0, "2027-05-10T08:00:00+09:00")
    hand_in(database, "10-gcn", "kim", 20.0, "2027-05-11T08:00:00+09:00")
    hand_in(database, "10-gcn", "kim", 30.0, "2027-05-10T08:00:00+09:00")  # the first file was chosen again
    hand_in(database, "10-gcn", "lee", 30.0, "2027-05-10T08:00:00+09:00")
    hand_in(database, "10-gcn", "lee", None, "2027-05-11T08:00:00+09:00")  # could not be read, and uses nothing up
    book = gradebook(course, database, NOW)
    assert points(book, "kim")["10-gcn"] == 30
    assert points(book, "lee")["10-gcn"] == 30
    rows = {row.slug: row for row in status(course, database).assignments}
    assert (rows["10-gcn"].students, rows["10-gcn"].files, rows["10-gcn"].unreadable) == (2, 4, 1)


def test_the_files_of_the_gradebook(course: Course, database: Database) -> None:
    hand_in(database, "10-gcn", "kim", 42.25, None)
    hand_in(database, "10-gcn", "=lee", 41.0, None)
    records.decide(database, [("10-gcn", "=lee", "held", "yes")], "under review")
    book = gradebook(course, database, NOW)
    names = {"kim": "<b>김</b>", "=lee": "+이"}
    rows = list(csv.reader(io.StringIO(gradebook_csv(book.assignments, book.grades, names))))
    assert rows[0][:4] == ["student", "name", "10-gcn", "total"]
    found = {row[0]: row for row in rows[2:]}
    assert found["kim"][2:5] == ["42.25", "84.5", "yes"]
    assert found["'=lee"][1:5] == ["'+이", "", "", "no"]
    assert "10-gcn: held" in found["'=lee"][6]
    page = gradebook_html("Deep Learning", book.assignments, book.grades, names, frozenset(), "en")
    assert "<b>김</b>" not in page
    assert "42.25" in page
    for language in ("en", "ko"):
        held = grades_html("Deep Learning", "=lee", "", book.grades["=lee"], language).partition("</style>")[2]
        assert "41" not in held
        assert "84.5" in grades_html("Deep Learning", "kim", "", book.grades["kim"], language)


def test_an_extension_is_kept_exactly() -> None:
    for text in ("3d", "36h", "1d 12h", "15m", "2w"):
        assert stored_span(span_to_store(read_span(text))) == read_span(text)


# -- people whom an LMS numbers anew in each assignment ---------------------------------------------------------------


def test_the_roster_says_whom_moodle_numbers_anew(course: Course, database: Database) -> None:
    records.enrol(database, [records.Person("20270001", "Kim Minji"), records.Person("20270002", "이서연")])
    hand_in(database, "10-gcn", "Kim Minji_12", 42.0, None)
    hand_in(database, "12-vae", "MINJI KIM_47", 40.0, None)
    hand_in(database, "12-vae", "이 서연_3", 30.0, None)
    records.decide(database, [("12-vae", "MINJI KIM_47", "score", "45")], "seen again")
    book = gradebook(course, database, NOW)
    assert points(book, "20270001") == {"10-gcn": 42, "12-vae": 45}
    assert points(book, "20270002") == {"10-gcn": 0, "12-vae": 30}
    assert book.of("MINJI KIM_47") is book.grades["20270001"]
    assert set(book.students) == {"20270001", "20270002"}
    assert book.unlisted == frozenset()
    assert [row.missing for row in status(course, database).assignments[:2]] == [1, 0]
    # An LMS hears of its own participants.
    assert grades_to_give(course, database, "12-vae", NOW).keys() == {"MINJI KIM_47", "이 서연_3"}


@pytest.mark.parametrize("people", [[], [("1", "Kim Minji"), ("2", "Kim Minji")], [("1", "Park")]])
def test_without_one_person_of_that_name_nobody_is_guessed(
    course: Course, database: Database, people: list[tuple[str, str]]
) -> None:
    records.enrol(database, [records.Person(*one) for one in people])
    hand_in(database, "10-gcn", "Kim Minji_12", 42.0, None)
    hand_in(database, "12-vae", "Kim Minji_47", 40.0, None)
    book = gradebook(course, database, NOW)
    assert {"Kim Minji_12", "Kim Minji_47"} <= set(book.students)
    assert book.identities.unknown == {"Kim Minji"}


def test_an_id_of_the_roster_that_ends_in_a_number_is_itself(course: Course, database: Database) -> None:
    records.enrol(database, [records.Person("kim_1", "kim"), records.Person("kim_2", "park")])
    hand_in(database, "10-gcn", "kim_1", 42.0, None)
    hand_in(database, "12-vae", "kim_2", 40.0, None)
    book = gradebook(course, database, NOW)
    assert points(book, "kim_2") == {"10-gcn": 0, "12-vae": 40}
    assert book.identities.persons == {}
