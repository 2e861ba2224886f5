from __future__ import annotations

import stat
import textwrap
from datetime import timedelta

import pytest

from autograder.course.schedule import find_course, read_course
from autograder.course.secret import course_secret, seed_id
from autograder.errors import CourseError

GOOD = """
title: {en: Deep Learning, ko: 딥러닝}
term: 2027 Spring
time_zone: Asia/Seoul
languages: [ko, en]
assignments:
  10-gcn: {opens: 2027-05-03, due: 2027-05-17T23:59, weight: 20}
"""


def write(folder, text):
    (folder / "course.yml").write_text(textwrap.dedent(text), encoding="utf-8")
    return folder


def complaint(folder, text):
    with pytest.raises(CourseError) as caught:
        read_course(write(folder, text))
    return str(caught.value)


def test_a_course_is_read(tmp_path):
    course = read_course(write(tmp_path, GOOD))
    entry = course.schedule["10-gcn"]
    assert course.title.ko == "딥러닝"
    assert entry.due.utcoffset() == timedelta(hours=9)
    assert entry.weight == 20


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("time_zone:", "timezone:", 4, 'Did you mean "time_zone"?'),
        ("Asia/Seoul", "Asia/Seol", 4, "Asia/Seoul"),
        ("[ko, en]", "[ko, french]", 5, '"french" is no language'),
        ("[ko, en]", "[ko, fr]", 2, '"title" has no text in fr'),
        ("weight: 20", "wieght: 20", 7, 'Did you mean "weight"?'),
        ("weight: 20", "weight: heavy", 7, "must be a number"),
        ("weight: 20", "weight: .nan", 7, "must be a number"),
        ("2027-05-17T23:59", "next week", 7, "is not a date"),
        ("2027-05-17T23:59", "2027-05-01", 7, "due before it opens"),
        ("opens: 2027-05-03, ", "", 7, 'no "opens"'),
        ("{en: Deep Learning, ko: 딥러닝}", "{en: Deep Learning}", 2, "no text in ko"),
        ("{opens: 2027-05-03, due: 2027-05-17T23:59, weight: 20}", "20", 7, "must be a mapping"),
        ("weight: 20}", "weight: 20, device: gpu}", 7, "cpu, cuda or auto"),
        ("term: 2027 Spring", "term: 2027 Spring\nterm: 2028", 4, "stands twice"),
        ("term: 2027 Spring", "term: 2027 Spring\npython: 2.7", 4, "3.11, 3.12 or 3.13"),
        ("term: 2027 Spring", "term: 2027 Spring\npython: [3.12]", 4, "3.11, 3.12 or 3.13"),
        ("term: 2027 Spring", "term: 2027 Spring\nstore: postgresql://kim:pw@h/d", 4, "A password has no place"),
        ("term: 2027 Spring", "term: 2027 Spring\nrules:\n  late: {loss: ten}", 5, '"loss" must be a'),
        ("term: 2027 Spring", "term: 2027 Spring\nrules: {late: {grace: 400d}}", 4, "more than a year"),
        ("weight: 20}", "weight: 20, late: {until: 400d}}", 7, "more than a year"),
        ("weight: 20}", "weight: 20, group: homework}", 7, "must name a group"),
    ],
)
def test_complaints_name_the_line_and_the_remedy(tmp_path, old, new, line, words):
    text = complaint(tmp_path, GOOD.replace(old, new))
    assert f"course.yml:{line}" in text
    assert words in text


@pytest.mark.parametrize("said", ["3.12", '"3.12"'])
def test_the_python_is_chosen_as_a_number_or_as_text(tmp_path, said):
    assert read_course(write(tmp_path, GOOD)).python is None
    assert read_course(write(tmp_path, f"{GOOD}python: {said}\n")).python == "3.12"


def test_every_problem_is_listed(tmp_path):
    text = complaint(tmp_path, GOOD.replace("time_zone:", "timezone:").replace("weight", "wieght"))
    assert text.count("course.yml:") == 4  # two unknown keys, two missing ones


@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "title: [unclosed", "\t: x", "a: &a [*a]", "!!python/object:os.system x"]
)
def test_nonsense_is_a_complaint_not_a_crash(tmp_path, text):
    assert "course.yml" in complaint(tmp_path, text)


def test_missing_course_says_what_to_do(tmp_path):
    with pytest.raises(CourseError, match="--course DIR"):
        find_course(tmp_path)


def test_a_course_is_found_from_a_folder_inside(tmp_path):
    write(tmp_path, GOOD)
    inside = tmp_path / "handed-in" / "monday"
    inside.mkdir(parents=True)
    assert find_course(inside) == tmp_path


def test_a_course_in_a_folder_open_to_everybody_is_taken_only_when_asked_for(tmp_path):
    shared, own = tmp_path / "shared", tmp_path / "shared" / "own"
    own.mkdir(parents=True)
    write(shared, GOOD)
    shared.chmod(0o1777)
    with pytest.raises(CourseError, match="--course DIR"):
        find_course(own)
    assert find_course(shared) == shared


def test_a_slug_with_a_typo_gets_a_suggestion(tmp_path):
    course = read_course(write(tmp_path, GOOD))
    with pytest.raises(CourseError, match='Did you mean "10-gcn"'):
        course.assignment("10-gnc")


def test_the_secret_is_made_once_and_is_private(tmp_path):
    first = course_secret(tmp_path)
    path = tmp_path / ".autograder" / "seed"
    assert course_secret(tmp_path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len(first) >= 32
    assert first.decode() not in seed_id(first)


def test_a_seed_that_the_environment_names_is_told_by_that_name(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_SEED_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(CourseError, match=r"nowhere: the seed file does not exist\. Point AUTOGRADER_SEED_FILE at"):
        course_secret(tmp_path)


def test_a_named_seed_file_must_exist_and_be_long_enough(tmp_path):
    with pytest.raises(CourseError, match=r"does not exist\. Point --seed-file at the course's seed; leave it out"):
        course_secret(tmp_path, tmp_path / "nowhere")
    with pytest.raises(CourseError, match=r"cannot be read: Is a directory\. Point --seed-file at the file itself"):
        course_secret(tmp_path, tmp_path)
    assert not (tmp_path / ".autograder").exists()
    (tmp_path / "short").write_text("abc")
    with pytest.raises(CourseError, match="shorter"):
        course_secret(tmp_path, tmp_path / "short")
