"""Submissions as nbgrader, Gradescope and otter keep them: whose they are, of which assignment, when they came."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.submissions.collect import Collection, collect

SEOUL = ZoneInfo("Asia/Seoul")
STAMP = "2027-05-01 10:00:00.123456 UTC"


def notebook(text: str = "def f(x):\n    return x") -> bytes:
    cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": text}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def put(path: Path, content: bytes | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def collected(*paths: Path) -> Collection:
    return collect(paths, slug="10-gcn", notebook="gcn", functions=["f"], time_zone=SEOUL)


def students(found: Collection) -> dict[str, bytes]:
    assert [str(problem.error) for problem in found.problems] == []
    return {submission.student: submission.load() for submission in found.submissions}


def zipped(folder: Path, target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder).as_posix())
    return target


# -- nbgrader --------------------------------------------------------------------------------------------------------


@pytest.fixture
def nbgrader_course(tmp_path: Path) -> Path:
    """A course folder after `nbgrader collect`, with two assignments and what other commands left."""
    root = tmp_path / "dl101"
    for student in ("kim", "이하늘"):
        for assignment in ("10-gcn", "09-lstm"):
            home = root / "submitted" / student / assignment
            put(home / "gcn.ipynb", notebook(f"def f(x):\n    return '{student} {assignment}'"))
            put(home / "timestamp.txt", STAMP)
            put(home / "checker.py", "def check(): pass")
            put(home / "visible_checks.py", "import checker")
        put(root / "autograded" / student / "10-gcn" / "gcn.ipynb", notebook("def f(x):\n    return 'not this'"))
    put(root / "source" / "10-gcn" / "gcn.ipynb", notebook("def f(x):\n    return 'solution'"))
    put(root / "gradebook.db", b"SQLite format 3")
    put(root / "nbgrader_config.py", "c = get_config()")
    return root


@pytest.mark.parametrize("of", ["course", "submitted", "zip of the course", "zip of submitted"])
def test_a_submitted_tree_gives_this_assignment_of_each_student(nbgrader_course: Path, tmp_path: Path, of: str) -> None:
    folder = nbgrader_course / "submitted" if "submitted" in of else nbgrader_course
    path = zipped(folder, tmp_path / "tree.zip") if of.startswith("zip") else folder
    found = collected(path)
    assert students(found) == {
        student: notebook(f"def f(x):\n    return '{student} 10-gcn'") for student in ("kim", "이하늘")
    }
    moments = {submission.submitted for submission in found.submissions}
    assert moments == {datetime(2027, 5, 1, 10, tzinfo=UTC)}


def test_a_submitted_tree_without_the_assignment_says_what_is_there(nbgrader_course: Path) -> None:
    found = collect([nbgrader_course], slug="11-vae", notebook="vae")
    assert found.submissions == ()
    (problem,) = found.problems
    assert "09-lstm, 10-gcn" in str(problem.error)


@pytest.mark.parametrize("below", ["", "inbound", "dl101/inbound"])
def test_the_newest_of_an_exchange_counts(tmp_path: Path, below: str) -> None:
    inbound = tmp_path / "exchange" / below
    for when, text in (
        ("2027-05-01 10:00:00.1", "old"),
        ("2027-05-02 09:00:00.5", "new"),
        ("2027-04-30 23:59:59.9", "first"),
    ):
        put(inbound / f"kim+10-gcn+{when} UTC+x8Fh" / "gcn.ipynb", notebook(f"def f(x):\n    return '{text}'"))
    put(inbound / "lee+10-gcn+2027-05-01 10:00:00.1 UTC" / "gcn.ipynb", notebook())
    put(inbound / "lee+09-lstm+2027-05-03 10:00:00.1 UTC+y" / "gcn.ipynb", notebook("def f(x):\n    return 'other'"))
    if below.startswith("dl101"):
        put(tmp_path / "exchange" / "dl101" / "outbound" / "10-gcn" / "gcn.ipynb", notebook("def f(x):\n    raise"))
    found = collected(tmp_path / "exchange")
    assert students(found) == {"kim": notebook("def f(x):\n    return 'new'"), "lee": notebook()}
    times = {submission.student: submission.submitted for submission in found.submissions}
    assert times["kim"] == datetime(2027, 5, 2, 9, tzinfo=UTC)


def test_a_folder_that_is_not_nbgraders_is_read_as_before(tmp_path: Path) -> None:
    put(tmp_path / "class" / "kim" / "10-gcn" / "gcn.ipynb", notebook("def f(x):\n    return 1"))
    put(tmp_path / "class" / "lee" / "gcn.ipynb", notebook("def f(x):\n    return 2"))
    assert set(students(collected(tmp_path / "class"))) == {"kim", "lee"}


# -- Gradescope ------------------------------------------------------------------------------------------------------

METADATA = """\
---
submission_101:
  :submitters:
  - :name: Kim Minji
    :sid: '00423'
    :email: kim@x.edu
  :created_at: 2027-05-01 10:00:00.123456000 Z
  :score: 3.5
  :status: processed
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    score: 3.5
  :history: []
submission_102:
  :submitters:
  - :name: Lee
    :sid:
    :email: lee@x.edu
  - :name: Park
    :sid: 00777
    :email: park@x.edu
  :created_at: 2027-05-01 11:00:00.000000000 Z
submission_103:
  :submitters: []
"""


@pytest.mark.parametrize("wrapped", [False, True])
def test_gradescopes_export_is_read_by_its_list(tmp_path: Path, wrapped: bool) -> None:
    root = tmp_path / "assignment_55_export"
    put(root / "submission_metadata.yml", METADATA)
    put(root / "submission_101" / "gcn.ipynb", notebook("def f(x):\n    return 1"))
    put(root / "submission_101" / "data" / "x.csv", "1,2")
    put(root / "submission_102" / "gcn.ipynb", notebook("def f(x):\n    return 2"))
    put(root / "submission_103" / "gcn.ipynb", notebook("def f(x):\n    return 3"))
    found = collected(
        zipped(tmp_path if wrapped else root, tmp_path.parent / f"{tmp_path.name}.zip") if wrapped else root
    )
    one, two, three = (notebook(f"def f(x):\n    return {n}") for n in (1, 2, 3))
    assert students(found) == {"00423": one, "lee@x.edu": two, "00777": two, "submission_103": three}
    kim = next(s for s in found.submissions if s.student == "00423")
    assert kim.submitted is not None
    assert kim.submitted.astimezone(UTC).replace(microsecond=0) == datetime(2027, 5, 1, 10, tzinfo=UTC)
    assert [file.path for file in kim.beside] == ["data/x.csv"]


@pytest.mark.parametrize("broken", ["submission_1: [", "- 1\n- 2", "a: &a [*a]\n" * 3, "!!python/object:os.system x"])
def test_a_list_that_is_none_stops_nobody(tmp_path: Path, broken: str) -> None:
    put(tmp_path / "export" / "submission_metadata.yml", broken)
    put(tmp_path / "export" / "submission_1" / "gcn.ipynb", notebook())
    found = collected(tmp_path / "export")
    assert len(found.submissions) + len(found.problems) == 1


# -- otter -----------------------------------------------------------------------------------------------------------


def otter_zip(path: Path, text: str, stamp: str = "2027_05_01T10_00_00_000001") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("gcn.ipynb", notebook(text))
        archive.writestr(".OTTER_LOG", b"pickled")
        archive.writestr("__zip_filename__", f"gcn_{stamp}.zip")


def test_otters_zips_are_read_each_as_its_students(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    otter_zip(pile / "kim.zip", "def f(x):\n    return 1")
    otter_zip(pile / "lee" / "gcn_2027_05_01T10_00_00_000001.zip", "def f(x):\n    return 'old'")
    otter_zip(pile / "lee" / "gcn_2027_05_02T10_00_00_000001.zip", "def f(x):\n    return 2")
    put(pile / "park.ipynb", notebook("def f(x):\n    return 3"))
    found = students(collected(pile))
    assert found == {name: notebook(f"def f(x):\n    return {n}") for name, n in (("kim", 1), ("lee", 2), ("park", 3))}


def test_otters_zips_as_canvas_names_them(tmp_path: Path) -> None:
    otter_zip(tmp_path / "pile" / "kimminji_4711_90001_gcn_2027_05_01T10_00_00_000001.zip", "def f(x):\n    return 1")
    otter_zip(
        tmp_path / "pile" / "leeharu_LATE_4712_90002_gcn_2027_05_01T10_00_00_000001.zip", "def f(x):\n    return 2"
    )
    assert set(students(collected(tmp_path / "pile"))) == {"kimminji_4711", "leeharu_4712"}


def test_one_of_otters_zips_is_one_students(tmp_path: Path) -> None:
    otter_zip(tmp_path / "kim.zip", "def f(x):\n    return 1")
    assert set(students(collected(tmp_path / "kim.zip"))) == {"kim"}


def test_a_zip_that_a_student_handed_in_is_opened(tmp_path: Path) -> None:
    put(tmp_path / "pile" / "lee.ipynb", notebook())
    with zipfile.ZipFile(tmp_path / "pile" / "kim.zip", "w") as archive:
        archive.writestr("gcn.ipynb", notebook())
    found = collected(tmp_path / "pile")
    assert [s.student for s in found.submissions] == ["kim", "lee"]
    assert not found.problems


# -- a student's own folders -----------------------------------------------------------------------------------------

TRICKS = {
    "another student in an exchange of one's own": "inbound/lee+10-gcn+2027-05-01 10:00:00.1 UTC/gcn.ipynb",
    "an exchange of one's own, not in inbound": "lee+10-gcn+2027-05-01 10:00:00.1 UTC/gcn.ipynb",
    "a tree of one's own": "submitted/lee/10-gcn/gcn.ipynb",
    "a time stamp": "10-gcn/timestamp.txt",
    "a course of one's own": "nbgrader_config.py",
    "a gradebook of one's own": "submitted/gradebook.db",
    "a list of one's own": "submission_metadata.yml",
    "a list deeper down": "submission_1/submission_metadata.yml",
}


@pytest.mark.parametrize("trick", TRICKS)
def test_what_one_student_hands_in_changes_nothing_for_the_others(tmp_path: Path, trick: str) -> None:
    pile = tmp_path / "pile"
    mine = notebook("def f(x):\n    return 'mine'")
    content = METADATA if TRICKS[trick].endswith(".yml") else mine if TRICKS[trick].endswith(".ipynb") else STAMP
    put(pile / "kim" / "gcn.ipynb", mine)
    put(pile / "kim" / TRICKS[trick], content)
    put(pile / "lee" / "gcn.ipynb", notebook("def f(x):\n    return 'lee'"))
    put(pile / "park" / "hw" / "gcn.ipynb", notebook("def f(x):\n    return 'park'"))
    found = students(collected(pile))
    assert set(found) == {"kim", "lee", "park"}
    assert found["lee"] == notebook("def f(x):\n    return 'lee'")
    assert found["kim"] == mine


def test_a_students_own_list_in_gradescopes_export_renames_nobody(tmp_path: Path) -> None:
    root = tmp_path / "export"
    put(root / "submission_metadata.yml", METADATA)
    put(root / "submission_101" / "gcn.ipynb", notebook("def f(x):\n    return 1"))
    put(root / "submission_101" / "submission_metadata.yml", METADATA.replace("00423", "00777"))
    put(root / "submission_102" / "gcn.ipynb", notebook("def f(x):\n    return 2"))
    found = students(collected(root))
    assert found["00423"] == notebook("def f(x):\n    return 1")
    assert found["00777"] == notebook("def f(x):\n    return 2")


def test_a_student_in_nbgraders_tree_cannot_hide_the_others(nbgrader_course: Path) -> None:
    home = nbgrader_course / "submitted" / "kim" / "10-gcn"
    put(home / "nbgrader_config.py", "c = 1")
    put(home / "submission_metadata.yml", METADATA)
    put(home / "inbound" / "x+10-gcn+2027-05-01 10:00:00.1 UTC" / "gcn.ipynb", notebook())
    for path in (nbgrader_course, nbgrader_course / "submitted"):
        assert set(students(collected(path))) == {"kim", "이하늘"}
