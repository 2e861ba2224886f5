"""`autograder init`: a course from nothing, in which the other commands work; nothing is asked or overwritten."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from autograder.cli.main import main
from autograder.course.schedule import read_course
from autograder.course.secret import course_secret
from autograder.errors import StorageError
from autograder.i18n import NAMES
from autograder.release.publish import release_assignment
from autograder.release.retelling import retold
from autograder.release.scaffold import GUIDE, TEMPLATE, new_assignment, new_course
from autograder.sandbox.interface import Sandbox
from autograder.verify.verify import verify

FILES = {
    "course.yml", "README.md", ".gitignore", "assignments/README.md", "solutions/README.md",
    "docs/course.schema.json", "docs/assignment.schema.json",
}  # fmt: skip
HANGUL = re.compile("[가-힣]")


def invoke(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args], input="")


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_course_is_made_from_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "course"
    result = invoke("init", folder)
    assert result.exit_code == 0, result.output
    assert files(folder) == FILES
    course = read_course(folder)
    assert course.languages == ("ko", "en")
    assert course.schedule == {}
    assert (folder / "solutions" / "README.md").read_bytes() == GUIDE.read_bytes()
    assert "/.autograder/" in (folder / ".gitignore").read_text().splitlines()
    assert "{{" not in "".join((folder / name).read_text(encoding="utf-8") for name in ("course.yml", "README.md"))


def test_the_folder_is_this_one_by_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = invoke("init")
    assert result.exit_code == 0
    assert files(tmp_path) == FILES
    assert "cd " not in result.output


def test_what_is_said_stands_in_course_yml(tmp_path: Path) -> None:
    result = invoke(
        "init", tmp_path / "c", "--languages", "en, ko,de", "--title", "ko=딥러닝: 1", "--title", 'Deep "Learning" = {1}',
        "--time-zone", "Europe/Berlin",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    course = read_course(tmp_path / "c")
    assert course.languages == ("en", "ko", "de")
    assert course.title.ko == "딥러닝: 1"
    assert course.title.en == course.title.in_language("de") == 'Deep "Learning" = {1}'
    assert course.time_zone.key == "Europe/Berlin"


@pytest.mark.parametrize("name", ["no", "de", *NAMES])
def test_a_course_in_any_one_language(tmp_path: Path, name: str) -> None:
    new_course(tmp_path, languages=[name], titles={"": "  of \n two lines "})
    assert read_course(tmp_path).title.in_language(name) == "of two lines"


@pytest.mark.parametrize(
    ("zone", "found"), [("Asia/Tokyo", "Asia/Tokyo"), (":Asia/Tokyo", "Asia/Tokyo"), ("EST5EDT,M3", "UTC")]
)
def test_the_time_zone_is_this_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, zone: str, found: str) -> None:
    monkeypatch.setenv("TZ", zone)
    new_course(tmp_path)
    assert read_course(tmp_path).time_zone.key == found


@pytest.mark.parametrize("name", sorted(FILES))
def test_nothing_is_overwritten(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    result = invoke("init", tmp_path)
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert name in result.output
    assert files(tmp_path) == {name}
    assert path.read_text() == "mine"


def test_a_link_to_nowhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "course.yml").symlink_to(tmp_path / "elsewhere")
    assert invoke("init", tmp_path).exit_code == 2
    assert not (tmp_path / "elsewhere").exists()


def test_other_files_do_not_stand_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("mine")
    assert invoke("init", tmp_path).exit_code == 0
    assert files(tmp_path) == {*FILES, "LICENSE"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--languages", "korean"], '"korean" is no language'),
        (["--languages", ","], "at least one language"),
        (["--time-zone", "Asia/Seol"], 'Did you mean "Asia/Seoul"?'),
        (["--time-zone", "../../etc/passwd"], "unknown time zone"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_written(
    tmp_path: Path, options: list[str], words: str
) -> None:
    result = invoke("init", tmp_path, *options)
    assert result.exit_code == 2
    assert words in result.output
    assert files(tmp_path) == set()


def test_half_a_course_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / "solutions").write_text("a file where a folder belongs")
    with pytest.raises(StorageError):
        new_course(tmp_path)
    assert files(tmp_path) == {"solutions"}


@pytest.mark.parametrize("languages", [["en"], ["ko"], ["de"], ["de", "en", "ko", "fr"]], ids=",".join)
def test_a_new_assignment_verifies_in_the_languages_of_its_course(
    tmp_path: Path, sandbox: Sandbox, languages: list[str]
) -> None:
    new_course(tmp_path, languages=languages)
    course = read_course(tmp_path)
    folder = new_assignment(course, "01-first")
    assignment = course.assignment("01-first")
    release_assignment(course, assignment, sandbox)
    found = verify(assignment, sandbox, course_secret(tmp_path), tmp_path / "assignments" / "01-first")
    assert [str(finding) for finding in found.findings] == []
    text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file())
    assert bool(HANGUL.search(text)) is ("ko" in languages)
    assert ("{{" in text) is False


@pytest.mark.parametrize(
    "path", sorted(path for path in TEMPLATE.rglob("*") if path.suffix in (".py", ".yml")), ids=lambda path: path.name
)
def test_in_the_templates_own_languages_it_is_told_as_it_stands(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert retold(path.name, text, ("ko", "en")) == text


def test_editors_find_the_schemas(tmp_path: Path) -> None:
    new_course(tmp_path)
    folder = new_assignment(read_course(tmp_path), "01-first")
    for path in (tmp_path / "course.yml", folder / "assignment.yml"):
        first = path.read_text(encoding="utf-8").split("\n")[0]
        name = first.removeprefix("# yaml-language-server: $schema=")
        assert (path.parent / name).resolve().is_file(), first


def test_a_course_without_schemas_gets_no_line_about_them(tmp_path: Path) -> None:
    new_course(tmp_path)
    (tmp_path / "docs" / "assignment.schema.json").unlink()
    folder = new_assignment(read_course(tmp_path), "01-first")
    text = (folder / "assignment.yml").read_text(encoding="utf-8")
    assert "$schema" not in text
    assert yaml.safe_load(text)["notebook"] == "first"
