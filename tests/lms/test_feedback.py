"""Feedback in the names of the download: what each LMS looks for when it takes a zip back."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from autograder.errors import UsageError
from autograder.lms.feedback import plan_feedback, write_feedback

BOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}'


def download(path: Path, names: list[str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, BOOK)
    return path


def given_back(tmp_path: Path, lms: str, names: list[str], *students: str) -> tuple[dict[str, str], list[str]]:
    """({name in the zip: page}, students who get nothing back)."""
    pages = {}
    for student in students:
        pages[student] = [tmp_path / f"{student}.html", tmp_path / f"{student}.ko.html"]
        for page in pages[student]:
            page.write_text(page.name, encoding="utf-8")
    plan = plan_feedback(lms, [download(tmp_path / "d.zip", names)], pages, "gcn", "10-gcn")
    write_feedback(plan, tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.testzip() is None
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    return found, [student for student, _ in plan.problems]


def moodle_takes(name: str) -> tuple[str, str] | None:
    """(participant, file) as importziplib finds them, in the old form (the file's name alone) and in the new one."""
    info = name.split("/")[-1].split("_", 4)
    return (
        (info[1], info[4])
        if len(info) == 5 and info[1].isdigit() and info[2:4] == ["assignsubmission", "file"]
        else None
    )


def canvas_takes(name: str) -> list[str] | None:
    """[user, attachment] as infer_comment_context_from_filename finds them."""
    parts = name.split("/")[-1].split("_")
    numbers = [part for part in parts if re.fullmatch(r"\d+", part)][:2]
    return numbers if len(numbers) == 2 and not parts[-1].startswith("link") else None


@pytest.mark.parametrize("form", ["{}/gcn.ipynb", "{}_/gcn.ipynb", "{}_gcn.ipynb", "{}/sub/folder/gcn.ipynb"])
def test_moodle(tmp_path: Path, form: str) -> None:
    folders = ["김민수_2_assignsubmission_file", "Ünï O'Test_14_assignsubmission_file"]
    found, lost = given_back(tmp_path, "moodle", [form.format(name) for name in folders], "김민수_2", "Ünï O'Test_14")
    assert lost == []
    assert found["김민수_2_assignsubmission_file_10-gcn.html"] == "김민수_2.html"
    assert {moodle_takes(name) for name in found} == {
        (number, page) for number in ("2", "14") for page in ("10-gcn.html", "10-gcn.ko.html")
    }


def test_moodle_cannot_take_back_a_team_without_a_number(tmp_path: Path) -> None:
    names = ["Default group_assignsubmission_file/gcn.ipynb", "Team A_7_assignsubmission_file/gcn.ipynb"]
    found, lost = given_back(tmp_path, "moodle", names, "Default group", "Team A_7")
    assert lost == ["Default group"]
    assert {moodle_takes(name) for name in found} == {("7", "10-gcn.html"), ("7", "10-gcn.ko.html")}


def test_canvas(tmp_path: Path) -> None:
    names = [
        "kimminsu_1234_5678_link_gcn.ipynb",
        "leeyoung_LATE_1235_5679_gcn-1.ipynb",
        "leeyoung_LATE_1235_5601_gcn.ipynb",
        "anon_a1b2_5680_12_gcn.ipynb",
    ]
    found, lost = given_back(tmp_path, "canvas", names, "kimminsu_1234", "leeyoung_1235", "anon_a1b2", "choi_1")
    assert lost == ["choi_1"]
    assert {tuple(canvas_takes(name) or ()) for name in found if "anon" not in name} == {
        ("1234", "5678"),
        ("1235", "5679"),
    }
    assert "leeyoung_LATE_1235_5679_10-gcn.html" in found
    assert "anon_a1b2_5680_10-gcn.html" in found


def test_brightspace_wants_its_listing_back(tmp_path: Path) -> None:
    folder = "51234-777 - Minsu Kim - May 9, 2027 1000 AM"
    late = "51234-777 - Minsu Kim - May 10, 2027 1000 AM"
    names = [f"{folder}/gcn.ipynb", f"{late}/gcn.ipynb", "index.html"]
    found, lost = given_back(tmp_path, "brightspace", names, "Minsu Kim_51234")
    assert lost == []
    assert set(found) == {"index.html", f"{late}/10-gcn.html", f"{late}/10-gcn.ko.html"}


def test_blackboard(tmp_path: Path) -> None:
    name = "Homework 10_kim01_attempt_2027-05-11-10-00-00"
    found, _ = given_back(tmp_path, "blackboard", [f"{name}_gcn.ipynb", f"{name}.txt"], "kim01")
    assert set(found) == {f"{name}_10-gcn.html", f"{name}_10-gcn.ko.html"}


@pytest.mark.parametrize(
    ("lms", "stem", "student"),
    [
        ("canvas", "kimminsu_1234_5678_", "kimminsu_1234"),
        ("moodle", "김민수_2_assignsubmission_file_", "김민수_2"),
        ("blackboard", "HW_kim01_attempt_2027-05-11-10-00-00_", "kim01"),
    ],
)
def test_who_handed_in_a_zip_gets_a_page_back(tmp_path: Path, lms: str, stem: str, student: str) -> None:
    inner = download(tmp_path / "inner.zip", ["hw/gcn.ipynb"]).read_bytes()
    pages = {student: [tmp_path / f"{student}.html"]}
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr(f"{stem}hw.zip", inner)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / f"{stem}hw.zip").write_bytes(inner)
    for source in (tmp_path / "d.zip", tmp_path / "folder"):
        plan = plan_feedback(lms, [source], pages, "gcn", "10-gcn")
        assert (list(plan.files), plan.problems) == ([f"{stem}10-gcn.html"], ())


def test_the_same_pages_give_the_same_zip(tmp_path: Path) -> None:
    names = ["김_2_assignsubmission_file/gcn.ipynb"]
    given_back(tmp_path, "moodle", names, "김_2")
    first = (tmp_path / "out.zip").read_bytes()
    given_back(tmp_path, "moodle", names, "김_2")
    assert (tmp_path / "out.zip").read_bytes() == first


@pytest.mark.parametrize("lms", ["moodle", "canvas", "brightspace", "sakai", "blackboard"])
def test_a_download_of_another_kind_is_refused(tmp_path: Path, lms: str) -> None:
    with pytest.raises(UsageError, match="gives nothing back"):
        given_back(tmp_path, lms, ["kim/gcn.ipynb", "lee/gcn.ipynb"], "kim", "lee")
    (tmp_path / "d.zip").write_bytes(b"no zip")
    with pytest.raises(UsageError, match="not a zip"):
        plan_feedback(lms, [tmp_path / "d.zip"], {"kim": []}, "gcn", "10-gcn")
