"""A roster, as those who keep one have it: columns in their own words, names in one column or two."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.submissions.roster import read_roster, read_teams


@pytest.mark.parametrize(
    ("text", "students"),
    [
        ("student,name\nkim,김민지\n", {"kim": "김민지"}),
        (
            # Moodle's list of participants
            '"First name","Last name","ID number","Email address",Groups\nMinji,Kim,20270001,kim@u.ac.kr,"A, B"\n',
            {"20270001": "Minji Kim"},
        ),
        (
            # the same where nobody filled in the numbers
            "First name,Last name,ID number,Email address\nMinji,Kim,,kim@u.ac.kr\n",
            {"kim@u.ac.kr": "Minji Kim"},
        ),
        ("이름,성,학번\n민지,김,20270001\n", {"20270001": "김 민지"}),
        ("학번;이름\n20270001;김민지\n", {"20270001": "김민지"}),
        ("ID,Surname\nkim,Kim\n", {"kim": ""}),
    ],
)
def test_columns_are_known_by_their_headings(text: str, students: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    assert read_roster(path).students == students
    assert read_teams(path) == {}
