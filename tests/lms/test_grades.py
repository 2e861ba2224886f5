"""Grades into the files of Canvas, Moodle, Blackboard, Brightspace and Sakai: who, what, and nothing else."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from autograder.errors import UsageError
from autograder.lms.plan import Plan, make_plan
from autograder.lms.table import read_table
from tests.lms import exports
from tests.lms.exports import grade, read, write

BOM = "\ufeff"
EVERY = ["canvas", "moodle", "blackboard", "brightspace", "sakai"]


def plan(path: Path, lms: str, *students: object, **options: object) -> Plan:
    grades = [grade(s) if isinstance(s, str) else s for s in students]
    options.setdefault("titles", ("GCN", "10-gcn"))
    return make_plan(read_table(path), lms, grades, **options)  # type: ignore[arg-type]


def written(before: Path, made: Plan, **style: str) -> dict[tuple[int, int], tuple[str, str]]:
    """The cells that differ between two files: (row, column) -> (before, after)."""
    old, new = read(before.read_bytes(), **style), read(made.to_bytes(), **style)
    assert [len(row) for row in old] == [len(row) for row in new]
    return {
        (r, c): (a, b)
        for r, (left, right) in enumerate(zip(old, new, strict=True))
        for c, (a, b) in enumerate(zip(left, right, strict=True))
        if a != b
    }


# -- Canvas ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "student", ["kimminsu_1234", "1234", "2027001", "kim", "KIM", "Kim, Minsu", "kimminsu", "Minsu Kim"]
)
def test_canvas_knows_a_student_by_every_id_and_by_a_name(tmp_path: Path, student: str) -> None:
    path = write(tmp_path / "g.csv", exports.canvas())
    assert written(path, plan(path, "canvas", student)) == {(3, 5): ("", "87.5")}


def test_canvas_changes_are_said_and_the_rest_stays_to_the_byte(tmp_path: Path) -> None:
    path = write(tmp_path / "g.csv", exports.canvas(kim="80.0", lee="87.50", park="EX"))
    made = plan(path, "canvas", "kimminsu_1234", "leeyounghee_1235", "박지우_1236", grade("choi_9999"))
    assert made.to_bytes() == path.read_bytes().replace(b",80.0,", b",87.5,")
    text = "\n".join(made.lines())
    assert "  Kim, Minsu, 1234, 2027001: 80.0 -> 87.5" in text
    assert "1 change, 1 stand there already" in text
    assert "1 excused, and left so:\n  박, 지우" in text
    assert "1 graded, not in the file:\n  choi_9999" in text
    assert "1 in the file, no grade here (left as they are):\n  Student, Test" in text


def test_semicolons_and_decimal_commas_are_kept(tmp_path: Path) -> None:
    text = exports.canvas().replace(",", ";").replace("Kim; Minsu", "Kim, Minsu").replace(".0", ",0")
    path = write(tmp_path / "g.csv", text)
    changed = written(path, plan(path, "canvas", "kim"), delimiter=";")
    assert changed == {(3, 5): ("", "87,5")}


def test_two_sections_of_one_name_are_told_apart_by_id_and_never_guessed(tmp_path: Path) -> None:
    path = write(tmp_path / "g.csv", exports.canvas().replace(exports.YOUNG, exports.MINSU))
    assert written(path, plan(path, "canvas", "kimminsu_1235")) == {(4, 5): ("", "87.5")}
    made = plan(path, "canvas", "kimminsu")
    assert (made.changes, list(made.doubts)) == ((), ["kimminsu"])
    assert "fits lines 4, 5" in made.doubts["kimminsu"]


def test_two_reports_for_one_row_are_both_left_alone(tmp_path: Path) -> None:
    path = write(tmp_path / "g.csv", exports.canvas())
    made = plan(path, "canvas", "kimminsu_1234", "2027001", "lee")
    assert [change.student for change in made.changes] == ["lee"]
    assert set(made.doubts) == {"kimminsu_1234", "2027001"}


def test_a_read_only_column_and_one_of_another_assignment_are_never_chosen(tmp_path: Path) -> None:
    path = write(tmp_path / "g.csv", exports.canvas())
    assert plan(path, "canvas", grade("kim", 18, 20), titles=("LSTM",)).layout.points == 20
    with pytest.raises(UsageError, match=r"no columns .* fit .*VAE.*GCN \(4711\); LSTM \(4712\).*--column"):
        plan(path, "canvas", "kim", titles=("VAE",))
    assert plan(path, "canvas", "kim", titles=("VAE",), column="4711").layout.grade == 5
    with pytest.raises(UsageError, match="Current"):
        plan(path, "canvas", "kim", column="Current Score")


def test_the_name_of_one_column_inside_that_of_another_is_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path / "g.csv", exports.canvas().replace("LSTM (4712)", "GCN bonus (4712)"))
    with pytest.raises(UsageError, match=r"2 columns .*--column"):
        plan(path, "canvas", "kim")
    assert plan(path, "canvas", "kim", column="GCN (4711)").layout.grade == 5


# -- Moodle ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", exports.MOODLE_WORDS)
def test_moodle_in_any_language(tmp_path: Path, language: str) -> None:
    path = write(tmp_path / "w.csv", BOM + exports.moodle(language))
    made = plan(path, "moodle", "김민수_2", "Ünï Test_3")
    assert written(path, made) == {(1, 4): ("", "87.5"), (2, 4): ("", "87.5")}
    assert made.to_bytes().startswith(b"\xef\xbb\xbf")


def test_moodle_names_come_in_any_normal_form(tmp_path: Path) -> None:
    path = write(tmp_path / "w.csv", unicodedata.normalize("NFD", exports.moodle()))
    assert len(plan(path, "moodle", "김민수_2", unicodedata.normalize("NFD", "Ünï Test_3")).changes) == 2


def test_a_maximum_with_a_decimal_comma_makes_one(tmp_path: Path) -> None:
    path = write(tmp_path / "w.csv", exports.moodle("de", most="100,00"))
    assert written(path, plan(path, "moodle", "김민수_2")) == {(1, 4): ("", "87,5")}


def test_moodle_blind_marking(tmp_path: Path) -> None:
    path = write(tmp_path / "w.csv", exports.moodle(names=False))
    assert written(path, plan(path, "moodle", "Participant_2")) == {(1, 2): ("", "87.5")}
    path = write(tmp_path / "ko.csv", exports.moodle("ko", names=False))
    assert written(path, plan(path, "moodle", "Participant_14")) == {(3, 2): ("", "87.5")}


def test_a_worksheet_of_another_assignment_numbers_people_otherwise(tmp_path: Path) -> None:
    path = write(tmp_path / "w.csv", exports.moodle())
    made = plan(path, "moodle", "김민수_3", "Lee Young_99")
    assert made.changes == ()
    assert "another assignment" in made.doubts["김민수_3"]
    assert "another number" in made.doubts["Lee Young_99"]


def test_a_team_hands_in_once_and_everybody_gets_the_grade(tmp_path: Path) -> None:
    path = write(tmp_path / "w.csv", exports.moodle(teams=True))
    # 2 is a team's number here, and some participant's as well
    made = plan(path, "moodle", "Group A_2", grade("Default group", 60))
    assert written(path, made) == {(1, 5): ("", "87.5"), (2, 5): ("", "87.5"), (3, 5): ("", "60")}


def test_moodle_graded_on_a_scale_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "w.csv", exports.moodle(most="Poor\nFair\nGood"))
    with pytest.raises(UsageError, match=r"no single column of grades.*--column"):
        plan(path, "moodle", "김민수_2")


# -- Blackboard, Brightspace -----------------------------------------------------------------------------------------


def test_blackboard(tmp_path: Path) -> None:
    path = write(tmp_path / "g.csv", BOM + exports.blackboard(lee="Needs Grading"))
    made = plan(path, "blackboard", "kim01", "lee_02")
    assert written(path, made) == {(1, 7): ("", "87.5"), (2, 7): ("Needs Grading", "87.5")}
    assert made.to_bytes().count(b'"87.5"') == 2
    assert made.layout.points == 100


def test_blackboard_in_utf_16_with_tabs_as_its_xls(tmp_path: Path) -> None:
    text = exports.rows(read(exports.blackboard().encode()), quote=True, delimiter="\t")
    path = write(tmp_path / "g.xls", BOM + text, "utf-16-le")
    made = plan(path, "blackboard", "kim01")
    assert written(path, made, encoding="utf-16", delimiter="\t") == {(1, 7): ("", "87.5")}


@pytest.mark.parametrize("student", ["Minsu Kim_51234", "2027001", "kim", "kim@uni.example"])
def test_brightspace(tmp_path: Path, student: str) -> None:
    path = write(tmp_path / "g.csv", exports.brightspace())
    made = plan(path, "brightspace", student)
    assert written(path, made) == {(1, 5): ("", "87.5")}
    assert made.layout.points == 100


# -- Sakai -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("student", ["kim01", "2027001", "KIM01", "Minsu Kim"])
def test_sakai(tmp_path: Path, student: str) -> None:
    path = write(tmp_path / "grades.csv", BOM + exports.sakai())
    made = plan(path, "sakai", student)
    assert written(path, made) == {(3, 4): ("", "87.5")}
    assert made.to_bytes() == path.read_bytes().replace(b'"Minsu",""', b'"Minsu","87.5"')


def test_sakai_in_another_language_with_semicolons_and_two_decimals(tmp_path: Path) -> None:
    text = exports.sakai(delimiter=";").replace("grade", "성적").replace("Display ID", "표시 ID")
    path = write(tmp_path / "grades.csv", BOM + text)
    made = plan(path, "sakai", grade("lee_02", 100 / 3))
    assert written(path, made, delimiter=";") == {(4, 4): ("", "33,33")}


def test_sakai_of_teams(tmp_path: Path) -> None:
    path = write(tmp_path / "grades.csv", BOM + exports.sakai(teams=True))
    assert written(path, plan(path, "sakai", "Group A", grade("2027002", 60))) == {
        (3, 3): ("", "87.5"),
        (4, 3): ("", "60"),
    }


def test_sakai_has_one_column_of_grades(tmp_path: Path) -> None:
    path = write(tmp_path / "grades.csv", exports.sakai())
    with pytest.raises(UsageError, match=r'grades.csv:3 column "grade": Sakai reads grades .*--column'):
        plan(path, "sakai", "kim01", column="Last Name")


# -- what no grade is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lms", EVERY)
def test_blank_is_not_zero(tmp_path: Path, lms: str) -> None:
    path = write(tmp_path / "g.csv", getattr(exports, lms)(kim="12"))
    who = {"moodle": ("김민수_2", "Ünï Test_3")}.get(lms, ("2027001", "2027002"))
    unread, zero = grade(who[0], None, None), grade(who[1], 0.0)
    made = plan(path, lms, unread, zero)
    assert [(change.student, change.after) for change in made.changes] == [(who[1], "0")]
    assert "could not be read" in "\n".join(made.lines())
    pending = plan(path, lms, grade(who[0], 50, pending=True))
    assert pending.to_bytes() == path.read_bytes()
    assert "run again" in "\n".join(pending.lines())


@pytest.mark.parametrize("lms", EVERY)
def test_a_grade_that_is_held_back_is_in_no_file(tmp_path: Path, lms: str) -> None:
    path = write(tmp_path / "g.csv", getattr(exports, lms)(kim="12"))
    who = {"moodle": ("김민수_2", "Ünï Test_3")}.get(lms, ("2027001", "2027002"))
    made = plan(path, lms, grade(who[0], held=True), grade(who[1], held=True, pending=True))
    assert made.to_bytes() == path.read_bytes()
    told = "\n".join(made.lines())
    assert f"{who[0]}: the grade is held back (has 12)" in told
    assert f"{who[1]}: the grade is held back" in told.splitlines()[-1]
    assert "has" not in told.splitlines()[-1]
    assert "87.5" not in told


@pytest.mark.parametrize("lms", EVERY)
def test_who_is_excused_gets_the_mark_of_the_lms_or_nothing(tmp_path: Path, lms: str) -> None:
    path = write(tmp_path / "g.csv", getattr(exports, lms)(kim="12"))
    who = {"moodle": ("김민수_2", "Ünï Test_3")}.get(lms, ("2027001", "2027002"))
    excused = [grade(who[0], excused=True), grade(who[1], None, excused=True), grade("not-there", None, excused=True)]
    made = plan(path, lms, *excused)
    told = "\n".join(made.lines())
    if lms == "canvas":
        assert [(change.before, change.after) for change in made.changes] == [("12", "EX"), ("", "EX")]
        again = write(tmp_path / "again.csv", made.to_bytes().decode())
        assert plan(again, lms, *excused).to_bytes() == made.to_bytes()
    else:
        assert made.to_bytes() == path.read_bytes()
        assert "2 excused, and left so" in told
        assert "(has 12)" in told
    assert "not-there" not in told


def test_other_points_are_converted_only_when_that_is_said(tmp_path: Path) -> None:
    path = write(tmp_path / "g.csv", exports.canvas())
    with pytest.raises(UsageError, match=r'g.csv:1 column "LSTM \(4712\)": .*100 points, this column to 20.*--scale'):
        plan(path, "canvas", "kim", titles=("LSTM",))
    made = plan(path, "canvas", grade("kim", 77.77), titles=("LSTM",), scale=True)
    assert [change.after for change in made.changes] == ["15.55"]


@pytest.mark.parametrize(
    ("lms", "twice", "column"),
    [
        ("canvas", ("1235", "1234"), '"ID"'),
        ("canvas", ("2027002", "2027001"), '"SIS User ID"'),
        ("moodle", ("Participant 3", "Participant 2"), '"Identifier"'),
        ("blackboard", ("lee_02", "KIM01"), '"Username"'),
        ("brightspace", ("#2027002", "#2027001"), '"OrgDefinedId"'),
        ("sakai", ("2027002", "2027001"), '"ID"'),
    ],
)
def test_an_id_that_stands_twice_is_refused(tmp_path: Path, lms: str, twice: tuple[str, str], column: str) -> None:
    path = write(tmp_path / "g.csv", getattr(exports, lms)().replace(*twice))
    with pytest.raises(UsageError) as caught:
        plan(path, lms, "anybody")
    assert "stands twice" in str(caught.value)
    assert f"column {column}" in caught.value.where
    assert "line" in str(caught.value)


@pytest.mark.parametrize("lms", EVERY)
@pytest.mark.parametrize("of", EVERY)
def test_the_file_of_another_lms_is_refused(tmp_path: Path, lms: str, of: str) -> None:
    path = write(tmp_path / "g.csv", getattr(exports, of)())
    if lms == of:
        assert plan(path, lms, "김민수_2" if lms == "moodle" else "2027001").changes
        return
    with pytest.raises(UsageError, match="is no file of"):
        plan(path, lms, "2027001")


def test_the_file_of_another_class_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "g.csv", exports.canvas())
    with pytest.raises(UsageError, match="none of the 2 graded students"):
        plan(path, "canvas", "choi_1", "han_2")


def test_a_formula_in_the_teachers_file_stays_and_is_said(tmp_path: Path) -> None:
    """Canvas matches by the name where ids fail: a mark before it would make a new student of it."""
    path = write(tmp_path / "g.csv", exports.canvas().replace('"Kim, Minsu"', "=1+1").replace("Section A,", "-,"))
    made = plan(path, "canvas", "kim")
    assert made.to_bytes() == path.read_bytes().replace(b"kim,-,,", b"kim,-,87.5,")
    assert f"{path}:4 column \"Student\": '=1+1'" in "\n".join(made.lines())


def test_a_list_of_who_is_who(tmp_path: Path) -> None:
    path = write(tmp_path / "g.csv", exports.canvas())
    made = plan(path, "canvas", "team7", "nobody", known={"team7": ["1234", "1235"], "nobody": ["77"]})
    assert [change.row.text(1) for change in made.changes] == ["1234", "1235"]
    assert '"77"' in made.doubts["nobody"]
