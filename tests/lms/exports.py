"""Files as the learning management systems write them, made here: nobody in them exists."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from autograder.lms.plan import Grade

MINSU, YOUNG, PARK = "Kim, Minsu", "Lee, Young-hee", "박, 지우"


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


def rows(cells: Sequence[Sequence[str]], *, quote: bool = False, delimiter: str = ",", end: str = "\r\n") -> str:
    out = io.StringIO(newline="")
    style = csv.QUOTE_ALL if quote else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=style).writerows(cells)
    return out.getvalue()


def read(content: bytes, encoding: str = "utf-8-sig", delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=delimiter))


def grade(student: str, score: float | None = 87.5, points: float | None = 100, **more: bool) -> Grade:
    return Grade(student, score, points, **more)


def canvas(**more: str) -> str:
    """As gradebook_exporter writes it: a row for manual posting, a row of points, read-only totals."""
    cell = {"kim": "", "lee": "", "park": "", **more}
    return rows(
        [
            ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "GCN (4711)", "LSTM (4712)", "Current Score"],
            ["", "", "", "", "", "Manual Posting", "", ""],
            ["    Points Possible", "", "", "", "", "100.0", "20.0", "(read only)"],
            [MINSU, "1234", "2027001", "kim", "Section A", cell["kim"], "11.0", "61.00"],
            [YOUNG, "1235", "2027002", "lee", "Section A and Section B", cell["lee"], "", "0.00"],
            [PARK, "1236", "2027003", "park@uni.example", "Section A", cell["park"], "20.0", "3.00"],
            ["Student, Test", "1299", "", "0dd2c3f1", "Section A", "", "", ""],
        ],
        end="\n",
    )


# Headings of Moodle's worksheet in languages of its sites; the code never sees these words.
MOODLE_WORDS = {
    "en": ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum grade", "Grade can be changed",
           "Last modified (submission)", "Online text", "Last modified (grade)", "Feedback comments", "Participant ", "Yes"],
    "ko": ["식별자", "성명", "이메일 주소", "상태", "성적", "최고 성적", "변경 가능 성적",
           "최종 수정일(제출)", "온라인 문서", "최종 수정일(성적)", "피드백 댓글", "참여자 ", "예"],
    "de": ["Identifikation", "Vollständiger Name", "E-Mail-Adresse", "Status", "Bewertung", "Bestwertung",
           "Bewertung kann geändert werden", "Zuletzt geändert (Abgabe)", "Texteingabe online",
           "Zuletzt geändert (Bewertung)", "Feedback als Kommentar", "Teilnehmer/in", "Ja"],
}  # fmt: skip


def moodle(
    language: str = "en", *, most: str = "100.00", kim: str = "", names: bool = True, teams: bool = False
) -> str:
    """As Moodle 4.5 writes it, after the mark of UTF-8. The online text holds lines and quotes."""
    words = MOODLE_WORDS[language]
    heading, hidden, yes = words[:11], words[11], words[12]
    people = [
        ("김민수", "kim@uni.example", "2"),
        ("Ünï Test", "u@uni.example", "3"),
        ("Lee Young", "lee@uni.example", "14"),
    ]
    table = [heading]
    for n, (name, address, number) in enumerate(people):
        text = 'He said "1,5"\nand 3.14;' if n == 1 else ""
        cells = [hidden + number, name, address, "Submitted for grading", kim if n == 0 else "", most, yes,
                 "Monday, 10 May 2027, 10:00 AM", text, "-", ""]  # fmt: skip
        table.append(cells)
    if teams:
        for n, row in enumerate(table):
            row.insert(4, ("Group", "Group A", "Group A", "Default group")[n])
    if not names:
        table = [row[:1] + row[3:] for row in table]
    return rows(table, end="\n")


def blackboard(**more: str) -> str:
    """As Blackboard Learn writes it: everything quoted, a mark of UTF-8 before it."""
    cell = {"kim": "", "lee": "", **more}
    return rows(
        [
            ["Last Name", "First Name", "Username", "Student ID", "Last Access", "Availability",
             "Weighted Total [Total Pts: up to 120 Percentage] |534281", "GCN [Total Pts: 100 Score] |534283"],
            ["Kim", "Minsu", "kim01", "2027001", "2027-05-10 10:00:00", "Yes", "", cell["kim"]],
            ["Lee", "Young-hee", "lee_02", "2027002", "2027-05-10 10:00:00", "Yes", "", cell["lee"]],
        ],
        quote=True,
    )  # fmt: skip


def brightspace(**more: str) -> str:
    cell = {"kim": "", "lee": "", **more}
    return rows(
        [
            ["OrgDefinedId", "Username", "Last Name", "First Name", "Email",
             "GCN Points Grade <Numeric MaxPoints:100 Weight:10 Category:Homework CategoryWeight:40>",
             "LSTM Points Grade <Numeric MaxPoints:20>", "End-of-Line Indicator"],
            ["#2027001", "#kim", "Kim", "Minsu", "kim@uni.example", cell["kim"], "", "#"],
            ["#2027002", "#lee", "Lee", "Young-hee", "lee@uni.example", cell["lee"], "", "#"],
        ],
        end="\r\n",
    )  # fmt: skip


def sakai(*, end: str = "\n", delimiter: str = ",", teams: bool = False, **more: str) -> str:
    """As Sakai's SpreadsheetExporter writes grades.csv: a title, a line that is empty, the heading; everything quoted."""
    cell = {"kim": "", "lee": "", **more}
    heading = ["Display ID", "ID", "Last Name", "First Name", "grade", "Submission date", "Late submission"]
    people = [
        ["kim01", "2027001", "Kim", "Minsu", cell["kim"], "2027-05-10T01:00:00Z", "On time"],
        ["lee_02", "2027002", "Lee", "Young-hee", cell["lee"], "2027-05-10T01:30:00.500Z", "Late"],
    ]
    if teams:
        heading = ["Group", "ID", "Users", "grade", "Submission date", "Late submission"]
        people = [
            ["Group A", "2027001", "Kim; Lee", cell["kim"], "2027-05-10T01:00:00Z", "On time"],
            ["Group B", "2027002", "Park; Choi", cell["lee"], "2027-05-10T01:00:00Z", "On time"],
        ]
    return rows([["GCN, the first", "Points"], [""], heading, *people], quote=True, delimiter=delimiter, end=end)
