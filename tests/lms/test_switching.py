"""docs/switching.md: every export on the page runs, on files as the LMS gives them."""

from __future__ import annotations

import re
import shlex
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli.main import main
from tests.lms import exports
from tests.lms.exports import write
from tests.lms.reports import SECRET, make_reports
from tests.paths import ROOT

PAGE = (ROOT / "docs" / "switching.md").read_text(encoding="utf-8").partition("## Grades back into the LMS")[2]
BLOCKS = re.findall(r"^```bash\n(.*?)^```", PAGE.partition("\n## ")[0], re.MULTILINE | re.DOTALL)
COMMANDS = [line for block in BLOCKS for line in block.splitlines() if line.startswith("autograder ")]
BOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}'
CLASSES = {
    "moodle": {
        "김민수_2": "김민수_2_assignsubmission_file/gcn.ko.ipynb",
        "Ünï Test_3": "Ünï Test_3_assignsubmission_file/gcn.en.ipynb",
    },
    "canvas": {
        "kimminsu_1234": "kimminsu_1234_5678_gcn.ko.ipynb",
        "leeyounghee_1235": "leeyounghee_LATE_1235_5679_gcn.en-1.ipynb",
    },
    "blackboard": {
        "kim01": "HW10_kim01_attempt_2027-05-11-10-00-00_gcn.ipynb",
        "lee_02": "HW10_lee_02_attempt_2027-05-11-10-00-00_gcn.ipynb",
    },
    "brightspace": {
        "Minsu Kim_51234": "51234-777 - Minsu Kim - May 9, 2027 1000 AM/gcn.ipynb",
        "Young-hee Lee_51235": "51235-777 - Young-hee Lee - May 9, 2027 1100 AM/gcn.ipynb",
    },
    "sakai": {
        "kim01": "GCN/Kim, Minsu(kim01)/Submission attachment(s)/gcn.ipynb",
        "lee_02": "GCN/Lee, Young-hee(lee_02)/Submission attachment(s)/gcn.ipynb",
    },
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a lecturer has downloaded and graded."""
    desk = tmp_path_factory.mktemp("desk")
    for lms, students in CLASSES.items():
        with zipfile.ZipFile(desk / f"{lms}.zip", "w") as archive:
            for name in students.values():
                archive.writestr(name, BOOK)
            if lms == "sakai":
                archive.writestr("GCN/grades.csv", "\ufeff" + exports.sakai())
        make_reports(desk / "reports" / lms, dict(zip(students, (100.0, 95.0), strict=True)), slug="10-gcn")
        text = exports.moodle("ko") if lms == "moodle" else getattr(exports, lms)()
        write(desk / f"{lms}.csv", text)
    write(desk / "who.csv", "student,id\nkimminsu_1234,2027001\n")
    (desk / "seed").write_bytes(SECRET)
    return desk


def test_the_page_shows_every_command() -> None:
    shown = {tuple(shlex.split(command)[1:3]) for command in COMMANDS}
    wanted = {("export", name) for name in main.commands["export"].commands}  # type: ignore[attr-defined]
    ours = {pair for pair in wanted if pair[1] in (*CLASSES, "feedback", "gradescope-roster")}
    assert ours <= shown


@pytest.mark.parametrize("command", [line for line in COMMANDS if " export " in line])
def test_an_export_on_the_page_runs(desk: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(desk)
    monkeypatch.setenv("AUTOGRADER_SEED_FILE", str(desk / "seed"))
    course = [] if "gradescope-roster" in command else ["--course", str(ROOT)]
    done = CliRunner().invoke(main, [*shlex.split(command)[1:], *course])
    assert done.exit_code == 0, done.output
    if "--dry-run" in command:
        assert "blank -> 100" in done.output
    if "moodle" in command and "--dry-run" in command:
        assert done.output in PAGE
