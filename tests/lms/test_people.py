"""Rosters for Gradescope: of any table with names and addresses, unique, and harmless in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.errors import UsageError
from autograder.lms.people import gradescope_roster, read_known, read_people
from autograder.lms.table import read_table
from tests.lms import exports
from tests.lms.exports import write


def roster(tmp_path: Path, text: str, encoding: str = "utf-8") -> str:
    return gradescope_roster(read_people(read_table(write(tmp_path / "r.csv", text, encoding))))


def test_of_a_teachers_own_list(tmp_path: Path) -> None:
    text = roster(
        tmp_path,
        "학번;성명;메일;분반\r\n2027001;김민수;kim@uni.example;1\r\n2027002;이영희;lee@uni.example;2\r\n",
        "cp949",
    )
    assert text == "Name,Email,SID,Section\r\n김민수,kim@uni.example,2027001,1\r\n이영희,lee@uni.example,2027002,2\r\n"


def test_of_exports(tmp_path: Path) -> None:
    assert roster(tmp_path, exports.brightspace()).splitlines() == [
        "First Name,Last Name,Email,SID",
        "Minsu,Kim,kim@uni.example,2027001",
        "Young-hee,Lee,lee@uni.example,2027002",
    ]
    assert roster(tmp_path, exports.moodle()).splitlines()[1] == "김민수,kim@uni.example"


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1", "\r=1", "＝1+1"])
def test_a_name_is_no_formula_and_what_is_matched_by_is_untouched(tmp_path: Path, name: str) -> None:
    text = exports.rows([["name", "email", "sid"], [name, "+kim@uni.example", "2027-1"]])
    cells = exports.read(roster(tmp_path, text).encode())[1]
    assert cells[0] == "'" + name.strip()
    assert cells[1:] == ["+kim@uni.example", "2027-1"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Kim,kim@uni.example,1", "stands twice, here and in line 2"),
        ("Lee,KIM@uni.example,2", 'r.csv:3 column "email": "KIM@uni.example" stands twice'),
        ("Lee,lee@uni.example,1", 'r.csv:3 column "sid": "1" stands twice'),
        ("Lee,,2", "there is no e-mail address"),
        ("Lee,=1+1@x,2", "is no e-mail address"),
        ("Lee,lee@uni.example,=1", '"=1" is no id'),
    ],
)
def test_bad_lines_are_refused_with_their_place(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        roster(tmp_path, f"name,email,sid\nKim,kim@uni.example,1\n{line}\n")
    assert words in str(caught.value)
    assert caught.value.remedy


def test_a_table_without_addresses_or_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no column holds e-mail addresses"):
        roster(tmp_path, "name,sid\nKim,1\n")
    with pytest.raises(UsageError, match="no column holds the names"):
        roster(tmp_path, "who,email\nKim,kim@uni.example\n")


def test_a_list_of_who_is_who(tmp_path: Path) -> None:
    path = write(tmp_path / "k.csv", "student,id\nteam7,1234\nteam7,1235\nkim,9\n")
    assert read_known(path) == {"team7": ["1234", "1235"], "kim": ["9"]}
    with pytest.raises(UsageError, match=r"k.csv:3: a line without two ids"):
        read_known(write(path, "student,id\nteam7,1234\nteam8\n"))
