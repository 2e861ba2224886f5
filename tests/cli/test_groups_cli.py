"""From a graded class to an entry of the bank: `groups`, `misconception new`."""

from __future__ import annotations

import shutil

from click.testing import CliRunner

from autograder.cli.main import main
from autograder.report.schema import WrongTask
from tests.paths import ROOT
from tests.report.test_groups import report

SLUG = "10-gcn"
SECRET = b"a secret of thirty-two bytes ...."
CODE = "def gcn_layer(X, A_hat, W, b, act):\n    return activate(X @ W + 3 * b, act)\n"


def made_class(root):
    import msgspec

    shutil.copy(ROOT / "course.yml", root / "course.yml")
    shutil.copytree(ROOT / "solutions" / SLUG, root / "solutions" / SLUG)
    (root / "seed").write_bytes(SECRET)
    (root / "out").mkdir()
    for student in ("ann", "bea"):
        one = report(student)
        staff = msgspec.structs.replace(one.staff, wrong=[WrongTask("gcn_layer", "77", CODE)])
        signed = msgspec.structs.replace(one, staff=staff).signed(SECRET)
        (root / "out" / f"{student}.json").write_bytes(signed.to_json())


def run(root, *args):
    where = ["--course", str(root), "--seed-file", str(root / "seed"), "--out", str(root / "out")]
    return CliRunner().invoke(main, [*args, *where])


def test_a_group_is_shown_and_becomes_an_entry(tmp_path):
    made_class(tmp_path)
    shown = run(tmp_path, "groups", SLUG)
    assert shown.exit_code == 0, shown.output
    assert "1. gcn_layer: 2 students (ann, bea)" in shown.output
    assert "3 * b" in shown.output
    made = run(tmp_path, "misconception", "new", SLUG, "--from-group", "1")
    assert made.exit_code == 0, made.output
    text = (tmp_path / "solutions" / SLUG / "misconceptions.py").read_text(encoding="utf-8")
    assert "def group_1_of_gcn_layer(X, A_hat, W, b, act):" in text
    beyond = run(tmp_path, "misconception", "new", SLUG, "--from-group", "2")
    assert beyond.exit_code == 2
    assert "there is no group 2" in beyond.output


def test_a_folder_without_reports_is_named(tmp_path):
    made_class(tmp_path)
    for path in (tmp_path / "out").iterdir():
        path.unlink()
    assert "holds no reports" in run(tmp_path, "groups", SLUG).output
    (tmp_path / "out").rmdir()
    assert "there is no folder" in run(tmp_path, "groups", SLUG).output
