"""The table of weakenings is one: each line is there, each test exists; and a few walls are really taken down.

Which ones, the commit decides: over some commits it is all of them. `make test-walls` takes down every one.
"""

from __future__ import annotations

import os

import pytest

from tests.by_commit import chosen, head
from tests.walls.run import ROOT, START, Cut, applied, campaign
from tests.walls.table import WEAKENINGS

FEW = 3
BY_NAME = {wall.name: wall for wall in WEAKENINGS}


def test_there_are_enough_of_them() -> None:
    assert len(WEAKENINGS) >= 45
    assert len({wall.name for wall in WEAKENINGS}) == len(WEAKENINGS)
    rows = {"landlock", "seccomp", "namespaces", "limits", "clean-up", "frames", "purity", "order"}
    assert {wall.row for wall in WEAKENINGS} == rows


@pytest.mark.parametrize("wall", WEAKENINGS, ids=lambda wall: wall.name)
def test_its_lines_are_there_and_so_is_its_test(wall) -> None:
    texts = {cut.file: (ROOT / "autograder" / cut.file).read_text(encoding="utf-8") for cut in (wall.cut, *wall.off)}
    for cut in (*wall.off, wall.cut):
        assert cut.new != cut.old
        texts[cut.file] = applied(cut, texts[cut.file])
    for file, text in texts.items():
        compile(text, file, "exec")  # a wall that does not even parse would be noticed by anybody
    file, _, function = wall.test.partition("::")
    assert f"def {function.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8")


def test_a_piece_that_stands_there_twice_is_no_cut() -> None:
    with pytest.raises(ValueError, match="2 times"):
        applied(Cut("x.py", "a", "b"), "a = a")
    with pytest.raises(ValueError, match="0 times"):
        applied(Cut("x.py", "c", "b"), "a = a")


def test_the_commit_decides_which_ones() -> None:
    assert {name for number in range(300) for name in chosen(BY_NAME, FEW, str(number))} == set(BY_NAME)
    assert chosen(BY_NAME, FEW, "a") == chosen(BY_NAME, FEW, "a")


@pytest.mark.slow
@pytest.mark.skipif(START in os.environ, reason="in a copy of its own already")
@pytest.mark.skipif(os.geteuid() != 0, reason="some walls are root's")
def test_a_few_walls_are_missed_when_they_are_gone() -> None:
    found = list(campaign([BY_NAME[name] for name in chosen(BY_NAME, FEW, head())], jobs=1))
    noticed = ("found", "late")  # a busy machine is no hole
    assert {one.weakening.name: one.verdict for one in found if one.verdict not in noticed} == {}, [
        f.said for f in found
    ]
