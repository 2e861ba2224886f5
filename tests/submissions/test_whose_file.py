"""Whose file it is, and which of a student's files is graded: every export that a class may come in."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.api import demand_apart
from autograder.errors import UsageError
from autograder.submissions import archive, grouping
from autograder.submissions.collect import Collection, collect, safe_id

FUNCTIONS = ("normalize_adj", "euler")
STUB = 'def {0}(x):\n    """Say it."""\n    # YOUR CODE HERE\n    raise NotImplementedError("{0} is not written yet")'
SEOUL = ZoneInfo("Asia/Seoul")


def book(*sources: str, in_lines: bool = False) -> bytes:
    cells = [
        {"cell_type": "code", "source": s.splitlines(keepends=True) if in_lines else s, "metadata": {}, "outputs": []}
        for s in sources
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def answer(text: str = "x", *, count: int = 2) -> bytes:
    """A notebook with this many of the functions written, and the other stubs."""
    written = [f"import torch\n\ndef {name}(x):\n    return {text}" for name in FUNCTIONS[:count]]
    return book(*written, *(STUB.format(name) for name in FUNCTIONS[count:]))


HANDOUT = book(*(STUB.format(name) for name in FUNCTIONS), "if True:\n    euler_plot = 1")
FIRST, SECOND = answer("1"), answer("2")


def make_zip(path: Path, files: dict[str, bytes], when: tuple[int, ...] = (2027, 5, 12, 12, 0, 0)) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name, when), content)  # type: ignore[arg-type]
    return path


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def gather(*paths: Path, **options: object) -> Collection:
    return collect(paths, slug="10-gcn", notebook="gcn", functions=FUNCTIONS, **options)  # type: ignore[arg-type]


def chosen(tmp_path: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """The content that is graded, by student: the same from a zip and from a folder with equal times."""
    found = gather(make_zip(tmp_path / "hw.zip", files))
    assert not found.problems, [str(problem.error) for problem in found.problems]
    put(tmp_path / "hw", files)
    for path in (tmp_path / "hw").rglob("*"):
        os.utime(path, (1_800_000_000, 1_800_000_000))
    again = gather(tmp_path / "hw")
    by_student = {s.student: s.load() for s in found.submissions}
    assert {s.student: s.load() for s in again.submissions} == by_student
    return by_student


# -- A: an untouched handout never beats an answer -------------------------------------------------------------------


@pytest.mark.parametrize(
    "files",
    [
        {"kim/gcn.en.ipynb": HANDOUT, "kim/gcn.ko.ipynb": FIRST},
        {"kim/gcn.ko.ipynb": HANDOUT, "kim/gcn.en.ipynb": FIRST},
        {"kim/gcn.ipynb": HANDOUT, "kim/my homework.ipynb": FIRST},
        {
            "kim/gcn.ipynb": HANDOUT,
            "kim/answer.py": b"def normalize_adj(A):\n    return A\ndef euler(x):\n    return x",
        },
        {"kim/gcn.ipynb": HANDOUT, "kim/old/gcn (1).ipynb": FIRST},
        {"kim/gcn.ipynb": HANDOUT, "kim/2/gcn.ipynb": HANDOUT, "kim/1/gcn.ipynb": FIRST},
        {"kim/gcn.ipynb": HANDOUT, "kim/other.ipynb": book("import torch"), "kim/solved.ipynb": FIRST},
    ],
)
def test_an_untouched_handout_never_beats_an_answer(tmp_path: Path, files: dict[str, bytes]) -> None:
    content = chosen(tmp_path, {**files, "lee/gcn.ipynb": SECOND})["kim"]
    assert content not in (HANDOUT, book("import torch"))


def test_an_answer_that_raises_for_what_cannot_be_is_no_handout(tmp_path: Path) -> None:
    careful = book(
        *(f"def {n}(x):\n    if x is None:\n        raise NotImplementedError('kind')\n    return x" for n in FUNCTIONS)
    )
    assert chosen(tmp_path, {"kim/gcn.en.ipynb": HANDOUT, "kim/gcn.ko.ipynb": careful}) == {"kim": careful}


def test_a_source_in_one_string_and_in_lines_is_the_same(tmp_path: Path) -> None:
    lines = book("x = 1\n\ndef normalize_adj(A):\n    return A\n\ndef euler(x):\n    return x", in_lines=True)
    one = book("x = 1\n\ndef normalize_adj(A):\n    return A\n\ndef euler(x):\n    return x")
    for both in (lines, one):
        assert chosen(tmp_path, {"kim/gcn.en.ipynb": HANDOUT, "kim/gcn.ko.ipynb": both}) == {"kim": both}


def test_a_handout_that_was_opened_again_does_not_beat_the_answer(tmp_path: Path) -> None:
    put(tmp_path, {"kim/gcn.en.ipynb": HANDOUT, "kim/gcn.ko.ipynb": FIRST})
    os.utime(tmp_path / "kim/gcn.ko.ipynb", (1_700_000_000, 1_700_000_000))
    (kim,) = gather(tmp_path).submissions
    assert kim.load() == FIRST
    assert "kim/gcn.ko.ipynb" in kim.notes[0].en
    assert "kim/gcn.ko.ipynb" in kim.notes[0].ko


def test_only_handouts_are_still_a_submission(tmp_path: Path) -> None:
    assert chosen(tmp_path, {"kim/gcn.en.ipynb": HANDOUT, "kim/gcn.ko.ipynb": HANDOUT}) == {"kim": HANDOUT}


@pytest.mark.parametrize(
    ("files", "student"),
    [
        ({"HW_kim_attempt_2027-05-09-10-00-00_gcn.ko.ipynb": FIRST, "HW_kim_attempt_2027-05-11-10-00-00_gcn.ko.ipynb": SECOND}, "kim"),
        ({"HW_kim_attempt_2027-05-11-10-00-00_a.ipynb": SECOND, "HW_kim_attempt_2027-05-09-23-00-00_gcn.ipynb": FIRST}, "kim"),
        ({"minsu/1/hw.ipynb": FIRST, "minsu/2/hw.ipynb": SECOND}, "minsu"),
        ({"minsu/9/hw.ipynb": FIRST, "minsu/10/hw.ipynb": SECOND, "young/1/hw.ipynb": FIRST}, "minsu"),
        ({"kim_11_901_gcn.ipynb": FIRST, "kim_11_955_gcn-1.ipynb": SECOND}, "kim_11"),
        ({"kim_11_955_solved.ipynb": SECOND, "kim_LATE_11_901_gcn.ipynb": FIRST}, "kim_11"),
        ({"minsu/attempt 1/gcn.ipynb": FIRST, "minsu/attempt 2/gcn.ipynb": SECOND}, "minsu"),
        ({"kim/gcn_v2.ipynb": FIRST, "kim/gcn_v10.ipynb": SECOND}, "kim"),
        ({"kim/gcn_1차.ipynb": FIRST, "kim/gcn_2차.ipynb": SECOND}, "kim"),
        ({"kim/2027-05-09/gcn.ipynb": FIRST, "kim/2027-05-11/gcn.ipynb": SECOND}, "kim"),
        ({"kim/gcn_20270511.ipynb": SECOND, "kim/gcn_20270430.ipynb": FIRST}, "kim"),
        (
            {
                "12345-678 - Kim Minsu - May 9, 2027 1000 AM/gcn.ipynb": FIRST,
                "12345-678 - Kim Minsu - May 11, 2027 900 AM/gcn.ipynb": SECOND,
                "index.html": b"<html>",
            },
            "Kim Minsu_12345",
        ),
        (
            {
                "12345-678 - Kim Minsu - May 11, 2027 1215 AM - gcn.ipynb": FIRST,
                "12345-678 - Kim Minsu - May 11, 2027 100 PM - gcn.ipynb": SECOND,
                "index.html": b"<html>",
            },
            "Kim Minsu_12345",
        ),
    ],
)  # fmt: skip
def test_among_answers_the_latest_attempt_counts(tmp_path: Path, files: dict[str, bytes], student: str) -> None:
    assert chosen(tmp_path, files)[student] == SECOND


def test_among_answers_without_a_number_the_newest_counts(tmp_path: Path) -> None:
    put(tmp_path, {"kim/gcn.ipynb": FIRST, "kim/final.ipynb": SECOND})
    os.utime(tmp_path / "kim/gcn.ipynb", (1_700_000_000, 1_700_000_000))
    (kim,) = gather(tmp_path).submissions
    assert kim.load() == SECOND


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"kim/gcn.ipynb": FIRST, "kim/utils.py": b"a = 1"}, False),
        ({"kim/gcn.ipynb": FIRST, "kim/lib/one.py": b"def f(): pass", "kim/lib/two.py": b""}, False),
        ({"kim/my answer.py": b"# %%\ndef normalize_adj(A):\n    return A", "kim/utils.py": b"a = 1"}, False),
        ({"kim/gcn.ipynb": FIRST, "kim/gcn.py": b"def normalize_adj(A):\n    return A"}, True),
        ({"kim/gcn.ipynb": FIRST, "kim/notes.ipynb": SECOND}, True),
    ],
)
def test_a_module_beside_a_notebook_is_no_second_notebook(tmp_path: Path, files: dict[str, bytes], told: bool) -> None:
    (kim, _) = gather(put(tmp_path, files | {"lee/gcn.ipynb": FIRST})).submissions
    assert [note.en.split(";")[0] for note in kim.notes] == ["2 notebooks were handed in"] * told


# -- P: forms of platforms -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "students"),
    [
        ({"HW_kim_attempt_2027-05-09-10-00-00_gcn.ipynb": FIRST, "HW_kim_attempt_2027-05-09-10-00-00.txt": b"Name: Kim"}, ["kim"]),
        ({"gcn_kim_attempt_2027-05-09-10-00-00.txt": b"", "gcn_kim_attempt_2027-05-11-10-00-00_gcn.ipynb": FIRST}, ["kim"]),
        ({"index.html": b"<html>", "1-2 - Lee - May 9, 2027 1000 AM/gcn.ipynb": FIRST, "3-2 - Lee - May 9, 2027 1000 AM/gcn.ipynb": FIRST}, ["Lee_1", "Lee_3"]),
        ({"kim_11_901_gcn.ipynb": FIRST, "lee_12_902_gcn.ipynb": FIRST, "roster.csv": b"student,name"}, ["kim_11", "lee_12"]),
        ({"kim_11_901_gcn.ipynb": FIRST, "lee_12_902_gcn.ipynb": FIRST, "README.md": b"", "grades.xlsx": b""}, ["kim_11", "lee_12"]),
        ({"kim_11_901_gcn.ipynb": FIRST, "kim_11_903_utils.py": b"def helper(): ...", "kim_11_904_data.csv": b"1"}, ["kim_11"]),
    ],
)  # fmt: skip
def test_what_a_platform_lays_beside_is_no_problem(
    tmp_path: Path, files: dict[str, bytes], students: list[str]
) -> None:
    assert sorted(chosen(tmp_path, files)) == students


def test_an_attempt_without_a_notebook_is_told(tmp_path: Path) -> None:
    files = {"HW_kim_attempt_2027-05-09-10-00-00_gcn.ipynb": FIRST, "HW_lee_attempt_2027-05-09-10-00-00.txt": b"hi"}
    found = gather(make_zip(tmp_path / "hw.zip", files))
    assert [submission.student for submission in found.submissions] == ["kim"]
    assert "holds no notebook" in str(found.problems[0].error)
    assert "lee" in found.problems[0].where


BLACKBOARD = "{}_attempt_2027-05-09-10-00-00{}"


@pytest.mark.parametrize(
    ("stems", "told", "students"),
    [
        (["HW_kim_02", "HW_lee_02"], {}, ["kim_02", "lee_02"]),
        (["HW_10_kim", "HW_10_lee_02"], {}, ["kim", "lee_02"]),
        (["HW_kim", "HW_kim_2"], {}, ["kim", "kim_2"]),
        (["HW_10_cs_01", "HW_10_cs_02"], {"HW_10_cs_01": "Name: Kim Minsu (cs_01)"}, ["cs_01", "cs_02"]),
        (["HW_cs_01"], {"HW_cs_01": "이름: 김민수 (Min) (cs_01)\r\n과제: HW"}, ["cs_01"]),
        (["HW_kim"], {"HW_kim": "Name: Kim (somebody_else)"}, ["kim"]),
        (["HW_kim"], {}, ["kim"]),
    ],
)
def test_a_user_of_blackboard_may_be_called_with_an_underscore(
    tmp_path: Path, stems: list[str], told: dict[str, str], students: list[str]
) -> None:
    files = {BLACKBOARD.format(stem, f"_gcn_{n}.ipynb"): answer(str(n)) for n, stem in enumerate(stems)}
    files |= {BLACKBOARD.format(stem, ".txt"): text.encode() for stem, text in told.items()}
    found = chosen(tmp_path, files)
    assert found == {student: answer(str(n)) for n, student in enumerate(students)}


def test_sakai_names_user_and_time(tmp_path: Path) -> None:
    files = {
        "HW 10/grades.csv": b'"HW 10","Points"',
        "HW 10/Kim, Minsu (Min)(kim01)/timestamp.txt": b"20270511100000000",
        "HW 10/Kim, Minsu (Min)(kim01)/comments.txt": b"",
        "HW 10/Kim, Minsu (Min)(kim01)/Submission attachment(s)/gcn.ipynb": FIRST,
        "HW 10/Kim, Minsu (Min)(kim01)/Submission attachment(s)/utils.py": b"a = 1",
        "HW 10/Kim, Minsu (Min)(kim01)/Feedback Attachment(s)/gcn-graded.ipynb": SECOND,
        "HW 10/Lee(lee)/timestamp.txt": b"soon",
        "HW 10/Lee(lee)/Submission attachment(s)/gcn.ipynb": SECOND,
    }
    assert chosen(tmp_path, files) == {"kim01": FIRST, "lee": SECOND}
    kim, _ = gather(tmp_path / "hw.zip", time_zone=SEOUL).submissions
    assert kim.submitted == datetime(2027, 5, 11, 19, 0, tzinfo=SEOUL)
    assert [file.path for file in kim.beside] == ["utils.py"]


@pytest.mark.parametrize("text", ["2027-05-11T10:00:00Z", "2027-05-11T10:00:00.000Z\n", "20270511100000000"])
def test_sakais_newer_time_is_iso(tmp_path: Path, text: str) -> None:
    folder = "HW 10/Kim, Minsu(kim01)"
    files = {f"{folder}/timestamp.txt": text.encode(), f"{folder}/Submission attachment(s)/gcn.ipynb": FIRST}
    assert chosen(tmp_path, files) == {"kim01": FIRST}
    (kim,) = gather(tmp_path / "hw.zip", time_zone=SEOUL).submissions
    assert kim.submitted == datetime(2027, 5, 11, 19, 0, tzinfo=SEOUL)


def test_sakais_download_without_folders(tmp_path: Path) -> None:
    files = {
        "HW 10/grades.csv": b'"HW 10","Points"',
        "HW 10/Kim, Minsu(kim01)_Submission attachment(s)_gcn.ipynb": FIRST,
        "HW 10/Lee, Young(lee_02)_Submission attachment(s)_gcn_(v2).ipynb": SECOND,
    }
    assert chosen(tmp_path, files) == {"kim01": FIRST, "lee_02": SECOND}


def test_one_student_alone_is_named_by_the_platform(tmp_path: Path) -> None:
    files = {"HW 10/Kim(kim01)/Submission attachment(s)/gcn.ipynb": FIRST}
    (tmp_path / "sakai").mkdir()
    (tmp_path / "moodle").mkdir()
    assert chosen(tmp_path / "sakai", files) == {"kim01": FIRST}
    files = {"HW 10/김민수_2_assignsubmission_file/gcn.ipynb": FIRST}
    assert chosen(tmp_path / "moodle", files) == {"김민수_2": FIRST}


def test_canvas_leaves_nothing_of_a_name_in_another_script(tmp_path: Path) -> None:
    files = {"_11_901_gcn.ipynb": FIRST, "_LATE_12_902_gcn.ipynb": SECOND, "lee_13_903_gcn.ipynb": FIRST}
    assert chosen(tmp_path, files) == {"11": FIRST, "12": SECOND, "lee_13": FIRST}


@pytest.mark.parametrize(
    ("earlier", "later", "when"),
    [
        ("9. Mai 2027 1000", "11. Juni 2027 0905", datetime(2027, 6, 11, 9, 5)),
        ("2027년 5월 9일 오전 1100", "2027년 5월 9일 오후 0130", datetime(2027, 5, 9, 13, 30)),
        ("9 juin 2027 14 h 30", "9 juillet 2027 14 h 30", datetime(2027, 7, 9, 14, 30)),
        ("May 9, 2027 1000 AM", "Sept. 10, 2027 1215 AM", datetime(2027, 9, 10, 0, 15)),
        ("8. Xyz 2027 1000", "9. Xyz 2027 1000", None),
    ],
)
@pytest.mark.parametrize("form", ["51234-777 - Kim - Minsu - {}/gcn.ipynb", "51234-777 - Kim - {} - gcn.ipynb"])
def test_brightspace_dates_in_any_language(
    tmp_path: Path, form: str, earlier: str, later: str, when: datetime | None
) -> None:
    files = {form.format(earlier): FIRST, form.format(later): SECOND, "index.html": b"<html>"}
    name = "Kim - Minsu_51234" if "Minsu" in form else "Kim_51234"
    assert chosen(tmp_path, files) == {name: SECOND}
    (kim,) = gather(tmp_path / "hw.zip", time_zone=SEOUL).submissions
    assert when is None or kim.submitted == when.replace(tzinfo=SEOUL)


def test_a_folder_with_brackets_is_no_folder_of_sakais(tmp_path: Path) -> None:
    files = {"kim (1)/gcn.ipynb": FIRST, "lee(2)/my work/gcn.ipynb": SECOND}
    assert chosen(tmp_path, files) == {"kim (1)": FIRST, "lee(2)": SECOND}


@pytest.mark.parametrize("name", ["hw.ipynb", "homework3.ipynb", "my gcn answer.ipynb", "과제10.ipynb", "main.py"])
def test_files_named_alike_on_the_command_line_belong_to_their_folders(tmp_path: Path, name: str) -> None:
    put(tmp_path, {f"minsu/{name}": FIRST, f"young/{name}": SECOND})
    found = gather(tmp_path / "minsu" / name, tmp_path / "young" / name)
    assert {s.student: s.load() for s in found.submissions} == {"minsu": FIRST, "young": SECOND}
    assert not found.problems


def test_three_files_of_any_name_belong_to_their_folders(tmp_path: Path) -> None:
    put(tmp_path, {f"{who}/report.ipynb": FIRST for who in ("minsu", "young", "jun")})
    found = gather(*sorted(tmp_path.glob("*/report.ipynb")))
    assert sorted(s.student for s in found.submissions) == ["jun", "minsu", "young"]


# -- zips that students handed in ------------------------------------------------------------------------------------


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(zipfile.ZipInfo(name, (2027, 5, 12, 12, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("files", "students"),
    [
        ({"kim_11_901_hw.zip": zipped({"hw/gcn.ipynb": FIRST}), "lee_12_902_gcn.ipynb": SECOND}, ["kim_11", "lee_12"]),
        ({"kim_11_901_gcn.ipynb": SECOND, "kim_11_955_hw.zip": zipped({"gcn.ipynb": FIRST})}, ["kim_11"]),
        ({"Kim_2_assignsubmission_file/hw.zip": zipped({"gcn.ipynb": FIRST}), "Lee_3_assignsubmission_file/gcn.ipynb": SECOND}, ["Kim_2", "Lee_3"]),
        ({"HW_kim_attempt_2027-05-09-10-00-00_hw.zip": zipped({"gcn.ipynb": FIRST}), "HW_lee_attempt_2027-05-09-10-00-00_hw.zip": zipped({"gcn.ipynb": SECOND})}, ["kim", "lee"]),
        ({"1-2 - Kim - May 9, 2027 1000 AM/hw.ZIP": zipped({"a/b/gcn.ipynb": FIRST}), "3-2 - Lee - May 9, 2027 1000 AM/gcn.ipynb": SECOND}, ["Kim_1", "Lee_3"]),
        ({"kim.zip": zipped({"gcn.ipynb": FIRST}), "lee.zip": zipped({"gcn.ipynb": SECOND})}, ["kim", "lee"]),
        ({"kim/gcn.ipynb": HANDOUT, "kim/hw.zip": zipped({"gcn.ipynb": FIRST, "__MACOSX/._gcn.ipynb": b"x"}), "lee/gcn.ipynb": SECOND}, ["kim", "lee"]),
    ],
)  # fmt: skip
def test_a_zip_of_a_student_is_opened_where_it_lies(
    tmp_path: Path, files: dict[str, bytes], students: list[str]
) -> None:
    found = chosen(tmp_path, files)
    assert list(found) == students
    assert list(found.values()) == [FIRST, SECOND][: len(students)]


def test_files_beside_a_notebook_in_a_students_zip_come_along(tmp_path: Path) -> None:
    files = {"kim/hw.zip": zipped({"gcn.ipynb": FIRST, "utils.py": b"a = 1"}), "lee/gcn.ipynb": SECOND}
    for source in (make_zip(tmp_path / "hw.zip", files), put(tmp_path / "hw", files)):
        kim, _ = gather(source).submissions
        assert [(file.path, file.load()) for file in kim.beside] == [("utils.py", b"a = 1")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no zip", "an archive that cannot be read"),
        (zipped({"hw.zip": zipped({"gcn.ipynb": FIRST})}), "archive inside an archive"),
        (zipped({"../gcn.ipynb": FIRST}), "leads out of the archive"),
        (zipped({"bomb.ipynb": bytes(8 << 20)}), "unpacks to far more"),
        (zipped({f"{n}.txt": b"" for n in range(80)}), "more than 60 files"),
    ],
)
def test_a_zip_that_cannot_be_opened_is_said_and_costs_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes, words: str
) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 60)
    files = {"kim/hw.zip": content, "lee/gcn.ipynb": SECOND}
    for source in (make_zip(tmp_path / "hw.zip", files), put(tmp_path / "hw", files)):
        found = gather(source)
        assert [submission.student for submission in found.submissions] == ["lee"]
        assert words in "".join(str(problem.error) for problem in found.problems)


@pytest.mark.parametrize(
    "inner",
    [
        {"kim/gcn.ipynb": FIRST, "lee/gcn.ipynb": SECOND},
        {"kim_11_901_gcn.ipynb": FIRST, "lee_12_902_gcn.ipynb": SECOND},
        {"Kim_2_assignsubmission_file/gcn.ipynb": FIRST},
    ],
)
def test_the_download_itself_beside_what_was_unpacked_is_no_student(tmp_path: Path, inner: dict[str, bytes]) -> None:
    files = {"kim/gcn.ipynb": FIRST, "lee/gcn.ipynb": SECOND, "submissions.zip": zipped(inner)}
    found = gather(put(tmp_path, files))
    assert [submission.student for submission in found.submissions] == ["kim", "lee"]
    assert "archive of a class" in str(found.problems[0].error)


# -- M: the course's clock -------------------------------------------------------------------------------------------


def test_times_without_a_zone_are_on_the_courses_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_zip(tmp_path / "hw.zip", {"kim.ipynb": FIRST}, (2027, 5, 17, 23, 58, 0))
    (kim,) = gather(path, time_zone=SEOUL).submissions
    assert kim.submitted == datetime(2027, 5, 17, 23, 58, tzinfo=SEOUL)
    berlin = ZoneInfo("Europe/Berlin")
    (kim,) = gather(path, time_zone=berlin).submissions
    assert kim.submitted == datetime(2027, 5, 17, 23, 58, tzinfo=berlin)


@pytest.mark.parametrize(
    "name",
    [
        "HW_kim_attempt_2027-05-17-23-58-00_gcn.ipynb",
        "1-2 - kim - May 17, 2027 1158 PM/gcn.ipynb",
        "1-2 - kim - May 17, 2027 1158 PM - gcn.ipynb",
    ],
)
def test_a_platforms_time_is_when_it_was_handed_in(tmp_path: Path, name: str) -> None:
    (kim,) = gather(make_zip(tmp_path / "hw.zip", {name: FIRST}), time_zone=SEOUL).submissions
    assert kim.submitted == datetime(2027, 5, 17, 23, 58, tzinfo=SEOUL)


@pytest.mark.parametrize("year", [9999, 10000, 1, 30000])
def test_a_time_that_no_calendar_has_costs_nobody_anything(tmp_path: Path, year: int) -> None:
    seconds = (year - 1970) * 365.2425 * 86400
    put(tmp_path, {"kim.ipynb": FIRST, "lee.ipynb": SECOND})
    try:
        os.utime(tmp_path / "kim.ipynb", (seconds, seconds))
    except OSError:
        pytest.skip("this file system has no such time")
    found = gather(tmp_path)
    assert [s.student for s in found.submissions] == ["kim", "lee"]
    assert all(s.submitted is None or s.submitted.astimezone(SEOUL) for s in found.submissions)


# -- names of reports are one student's alone ------------------------------------------------------------------------


def test_a_name_that_was_made_is_nobody_elses() -> None:
    made = safe_id("a:b")
    assert made != "a_b"
    assert safe_id(made) != made  # whoever is called like it gets another
    assert safe_id("a_b") == "a_b"
    names = [
        "a:b",
        "a*b",
        "a_b",
        made,
        safe_id(made),
        " a_b",
        "a_b ",
        ".a_b",
        "index",
        "index_",
        "가" * 90,
        "가" * 90 + "나",
    ]
    assert len({safe_id(name).casefold() for name in names}) == len(names)


def test_whoever_is_called_so_keeps_the_name_in_any_batch(tmp_path: Path) -> None:
    """One student's report is never under another's name, whoever is graded first or alone."""
    victim, attacker = "a_b", "a:b"
    both = {
        s.student
        for s in gather(put(tmp_path / "x", {f"{victim}.ipynb": FIRST, f"{attacker}.ipynb": SECOND})).submissions
    }
    alone = {s.student for s in gather(put(tmp_path / "y", {f"{attacker}.ipynb": SECOND})).submissions}
    assert victim in both
    assert victim not in alone
    assert alone < both


def test_short_digests_that_collide_do_not_share_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.submissions.collect._digest", lambda raw, length: "0" * length)
    folder = put(tmp_path, {f"{name}.ipynb": FIRST for name in ("a:b", "a*b", "a?b", "a|b")})
    assert len({s.student.casefold() for s in gather(folder).submissions}) == 4


# -- one student's thousands of files --------------------------------------------------------------------------------


@pytest.mark.parametrize("wrapped", ["", "hw10/"])
def test_one_students_thousands_of_files_cost_nobody_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrapped: str
) -> None:
    monkeypatch.setattr(archive, "MAX_ENTRIES", 60)
    monkeypatch.setattr(archive, "MAX_ENTRIES_EACH", 50)
    monkeypatch.setattr(grouping, "MOST_FILES", 40)
    files = {f"{wrapped}eve/junk/{n:04d}.txt": b"x" for n in range(200)}
    files |= {f"{wrapped}{who}/gcn.ipynb": FIRST for who in ("eve", "kim", "zoe")}
    for source in (put(tmp_path / "hw", files), make_zip(tmp_path / "hw.zip", files)):
        found = gather(source)
        assert [s.student for s in found.submissions] == ["eve", "kim", "zoe"]
        assert not found.problems


def test_a_flat_pile_of_one_student_costs_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "MOST_FILES", 10)
    files = {f"eve_11_{n}_x{n}.ipynb": FIRST for n in range(100, 150)} | {"kim_12_999_gcn.ipynb": SECOND}
    found = gather(make_zip(tmp_path / "hw.zip", files))
    assert [s.student for s in found.submissions] == ["eve_11", "kim_12"]
    assert "40 files more than" in found.submissions[0].notes[-1].en


# -- the folder of reports -------------------------------------------------------------------------------------------


def test_reports_do_not_lie_among_the_submissions(tmp_path: Path) -> None:
    put(tmp_path / "hw", {"kim.ipynb": FIRST})
    (tmp_path / "link").symlink_to(tmp_path / "hw")
    for out in (tmp_path / "hw", tmp_path / "hw" / ".." / "hw", tmp_path / "link"):
        with pytest.raises(UsageError, match="holds the submissions"):
            demand_apart([out], [tmp_path / "hw"])
    demand_apart([tmp_path / "hw" / "reports"], [tmp_path / "hw"])
    demand_apart([tmp_path], [tmp_path / "hw"])


def test_a_folder_of_reports_inside_the_submissions_is_passed_by(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"kim.ipynb": FIRST, "reports/kim.json": b"{}", "reports/kim.ko.html": b"", "reports/eve.ipynb": SECOND},
    )
    found = gather(tmp_path, skip=(tmp_path / "reports",))
    assert [s.student for s in found.submissions] == ["kim"]
    assert not found.problems


# -- J: files beside a notebook --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "beside"),
    [
        ({"kim/gcn.ipynb": FIRST, "kim/utils.py": b"a = 1", "kim/data/x.csv": b"1,2"}, {"utils.py", "data/x.csv"}),
        ({"kim_11_901_gcn.ipynb": FIRST, "kim_11_903_utils-1.py": b"a = 1"}, {"utils.py"}),
        ({"HW_kim_attempt_2027-05-09-10-00-00_gcn.ipynb": FIRST, "HW_kim_attempt_2027-05-09-10-00-00_utils.py": b"a"}, {"utils.py"}),
        ({"kim/1/gcn.ipynb": FIRST, "kim/2/gcn.ipynb": SECOND, "kim/2/utils.py": b"a", "kim/1/utils.py": b"b", "lee/gcn.ipynb": FIRST}, {"utils.py"}),
        ({"kim/gcn.ipynb": FIRST, "kim/checker.py": b"a", "kim/visible.npz": b"a", "kim/report.pdf": b"a"}, set()),
    ],
)  # fmt: skip
def test_files_beside_a_notebook_belong_to_it(tmp_path: Path, files: dict[str, bytes], beside: set[str]) -> None:
    submissions = {s.student: s for s in gather(make_zip(tmp_path / "hw.zip", files)).submissions}
    kim = next(s for student, s in submissions.items() if student.startswith("kim"))
    assert {file.path for file in kim.beside} == beside
    if "kim/2/utils.py" in files:
        assert kim.beside[0].load() == b"a"
        assert not submissions["lee"].beside


def test_another_students_file_in_a_flat_pile_is_not_beside(tmp_path: Path) -> None:
    found = gather(put(tmp_path, {"kim.ipynb": FIRST, "lee.ipynb": SECOND, "roster.csv": b"student"}))
    assert [s.beside for s in found.submissions] == [(), ()]


def test_files_beside_a_notebook_are_part_of_what_was_handed_in(tmp_path: Path) -> None:
    def hash_with(text: bytes) -> str:
        path = make_zip(tmp_path / f"{len(text)}.zip", {"kim/gcn.ipynb": FIRST, "kim/utils.py": text})
        return gather(path).submissions[0].content_hash

    assert hash_with(b"a = 1") != hash_with(b"a = 12")
