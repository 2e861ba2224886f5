"""What fuzzing found, one test for each."""

from __future__ import annotations

import os
import warnings
import zipfile
from pathlib import Path

import pytest

from autograder.course.schedule import read_course
from autograder.course.settings import read_settings
from autograder.errors import AssignmentError, CourseError
from autograder.guest import envelope
from autograder.sandbox.channel import GuestLost
from autograder.submissions.collect import collect
from tests.fuzz.targets import _envelopes

SOUND = "title: {en: a, ko: b}\nlecture: 1\nnotebook: n\n"


@pytest.mark.parametrize(
    "said",
    [
        envelope.control({"op": "credit", "child": 1}),
        envelope.control({"op": "exit", "child": 1, "cause": "exit"}),
        envelope.control({"op": "credit", "child": 1, "bytes": "many"}),
        envelope.HEADER.pack(envelope.CONTROL, 1) + b"{",
        envelope.HEADER.pack(envelope.CONTROL, 2) + b"[]",
        envelope.HEADER.pack(envelope.CONTROL, 20_000) + b"[" * 20_000,
    ],
)
def test_nonsense_of_a_zygote_is_a_lost_guest(said: bytes) -> None:
    with pytest.raises(GuestLost):
        _envelopes(said)


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_unusual_compression_with_broken_content(tmp_path: Path, method: int) -> None:
    """LZMAError is no error that zipfile documents; it used to end the whole class."""
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name in ("lee/a.ipynb", "lee/b.ipynb"):
            archive.writestr(name, os.urandom(1000) * 5)
    whole = bytearray(path.read_bytes())
    whole[60:900] = b"\xff" * 840
    path.write_bytes(whole)
    found = collect([path], slug="10-mini", notebook="mini", functions=("f",))
    assert len(found.problems) + len(found.submissions) >= 1


def test_a_zip_of_a_version_to_come(tmp_path: Path) -> None:
    """NotImplementedError is a RuntimeError, and no BadZipFile."""
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("kim.ipynb", b"{}")
    whole = bytearray(path.read_bytes())
    whole[whole.index(b"PK\x01\x02") + 6] = 104  # version needed: 10.4
    path.write_bytes(whole)
    found = collect([path], slug="10-mini", notebook="mini")
    assert "is not a zip that can be read" in str(found.problems[0].error)


def test_a_second_member_of_one_name_is_not_read_unchecked(tmp_path: Path) -> None:
    """What was looked at must be what is read: zipfile looks members up by name."""
    path = tmp_path / "class.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")
        archive.writestr("kim.ipynb", b"{}")
        archive.writestr("kim.ipynb", bytes(10 << 20), zipfile.ZIP_DEFLATED)
    found = collect([path], slug="10-mini", notebook="mini")
    assert found.submissions == ()
    assert "unpacks to far more" in str(found.problems[0].error)


@pytest.mark.parametrize(
    "broken",
    [
        "[" * 2000,
        "title: " + "{a: " * 500,
        "lecture: !!bool x\n",
        "lecture: !!int ''\n",
        "lecture: !!timestamp x\n",
        "limits: {call_seconds: !!float ''}\n",
        "? [a]\n: b\n",
        "x" * 300_000,
    ],
)
def test_yaml_that_the_parser_stumbles_over(tmp_path: Path, broken: str) -> None:
    (tmp_path / "assignment.yml").write_text(broken)
    (tmp_path / "course.yml").write_text(broken)
    with pytest.raises(AssignmentError, match=r"assignment\.yml"):
        read_settings(tmp_path / "assignment.yml")
    with pytest.raises(CourseError, match=r"course\.yml"):
        read_course(tmp_path)


@pytest.mark.parametrize("key", ["term", "device", "time_zone", "languages"])
def test_aliases_that_stand_for_more_than_memory_holds(tmp_path: Path, key: str) -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    (tmp_path / "course.yml").write_text(f"a0: &a0 [x]\n{levels}{key}: *a11\n? *a11\n: x\n")
    with pytest.raises(CourseError, match="holds too much"):
        read_course(tmp_path)


def test_an_alias_of_itself(tmp_path: Path) -> None:
    (tmp_path / "assignment.yml").write_text(SOUND.replace("lecture: 1", "lecture: &a [*a]"))
    with pytest.raises(AssignmentError, match="or itself"):
        read_settings(tmp_path / "assignment.yml")
