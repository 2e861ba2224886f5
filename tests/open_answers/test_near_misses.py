"""Answers that are wrong by a border, a sign or a case that is hardly ever drawn: the draws must draw it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.open_answers.__main__ import graded

ANSWERS = json.loads((Path(__file__).parent / "near_misses.json").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("slug", sorted({answer["assignment"] for answer in ANSWERS}))
def test_what_is_wrong_by_a_hair_is_rejected_and_the_solution_is_not(slug: str) -> None:
    mine = [answer for answer in ANSWERS if answer["assignment"] == slug]
    found = {answer["id"]: earned == points for answer, earned, points, _ in graded(mine, b"near misses")}
    assert found == {answer["id"]: answer["kind"] == "right" for answer in mine}
