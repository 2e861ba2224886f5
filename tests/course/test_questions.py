"""Multiple-choice questions: judged statement by statement, explained, and silent before they are graded."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.authoring import Draw, Text
from autograder.course.assignment import load_assignment
from autograder.course.checks_file import right_answers, wrong_answers
from autograder.errors import Mistake
from autograder.grading.grader import Grader
from autograder.questions import Choice, Option
from autograder.release.leaks import leaked_lines
from autograder.sandbox.interface import Sandbox
from autograder.submissions.collect import Submission
from autograder.verify.sealed import telling_cases
from tests.paths import ROOT

SLUG = "01-ai-ml-dl"


def question(*right: bool, points: float = 2) -> Choice:
    options = {
        letter: Option(is_right, Text(f"because of {letter}", f"{letter} 때문입니다"))
        for letter, is_right in zip("abcdefgh", right, strict=False)
    }
    return Choice("which", points=points, options=options)


@pytest.mark.parametrize("key", ["a", "b", "bd", "abd", "abcd"])
def test_every_subset_is_judged_and_each_wrong_statement_explained(key: str) -> None:
    one = question(*(letter in key for letter in "abcd"))
    assert one.key == key
    judge = one.checks[1].judge
    assert judge is not None
    subsets = ["".join(s) for n in range(1, 5) for s in itertools.combinations("abcd", n)]
    for given in subsets:
        said = judge((), given)
        wrong = {letter for letter in "abcd" if (letter in key) is not (letter in given)}
        assert (said is None) is (not wrong)
        if said is not None and len(wrong) > 1:
            for language in ("en", "ko"):
                assert {letter for letter in "abcd" if f"({letter})" in said.in_language(language)} == wrong


@pytest.mark.parametrize("spelling", ["D, B", "b d", "bdb", " BD "])
def test_order_capitals_and_blanks_do_not_matter(spelling: str) -> None:
    judge = question(False, True, False, True).checks[1].judge
    assert judge is not None
    assert judge((), spelling) is None


def test_a_letter_that_is_no_option_is_told() -> None:
    judge = question(True, False).checks[1].judge
    assert judge is not None
    said = judge((), "az")
    assert said is not None
    assert "z" in said.in_language("en")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("'bd'", None),  # each statement that is misjudged
        ("''", None),
        ("['a', 'c']", {"no list"}),
        ("3", {"no list"}),
        ("'axy'", {"x, y"}),
    ],
)
def test_a_wrong_answer_of_any_kind_is_explained_in_the_report(
    sandbox: Sandbox, answer: str, told: set[str] | None
) -> None:
    assignment = load_assignment(ROOT / "solutions" / SLUG)
    (milestones,) = [task for task in assignment.tasks if isinstance(task, Choice)]
    solved = (assignment.folder / "solution.py").read_text(encoding="utf-8")
    text = f"{solved}\n# %%\ndef milestones():\n    return {answer}\n"
    found = Grader(assignment, b"secret", sandbox).grade(Submission("kim", "kim.py", text.encode()))
    reason = found.diagnoses["milestones"].text.in_language("en")
    given = eval(answer)
    if isinstance(given, str) and set(given) <= set(milestones.options):
        told = {f"({letter})" for letter in set(given) ^ set(milestones.key)}
        assert len(told) > 1
    assert told is not None
    assert all(word in reason for word in told), reason


def test_slips_and_spellings_become_misconceptions_and_variants() -> None:
    one = question(True, False, True)
    wrong = wrong_answers((one,), ROOT / "solutions" / SLUG / "checks.py")
    assert [m.name for m in wrong] == ["which_without_a", "which_with_b", "which_without_c"]
    assert [eval(m.source.rpartition("return ")[2]) for m in wrong] == ["c", "abc", "a"]
    assert len(right_answers((one,))) == 2
    assert sum(check.points for check in one.checks if not check.visible) == one.points
    assert [call.function for call in one.checks[0].draw(Draw(0))] == ["which_form"]


@pytest.mark.parametrize("options", [{}, {"a": True}, {"b": True, "a": False}, {"a": False, "b": False}])
def test_options_that_are_no_question_are_refused(options: dict[str, bool]) -> None:
    with pytest.raises(Mistake):
        Choice("which", points=1, options={k: Option(v, Text("why", "왜")) for k, v in options.items()})


def test_an_explanation_in_a_released_file_is_a_leak(tmp_path: Path) -> None:
    assignment = load_assignment(ROOT / "solutions" / SLUG)
    released = tmp_path / "released"
    shutil.copytree(ROOT / "assignments" / SLUG, released)
    assert leaked_lines(assignment, released) == []
    (milestones,) = [task for task in assignment.tasks if isinstance(task, Choice)]
    why = milestones.options["b"].why.in_language("ko")
    (released / "README.md").write_text(f"* {why}\n", encoding="utf-8")
    assert [(leak.source, leak.line) for leak in leaked_lines(assignment, released)] == [("checks.py", why)]


def test_a_form_that_knows_the_key_is_found(sandbox: Sandbox) -> None:
    assignment = load_assignment(ROOT / "solutions" / SLUG)
    assert list(telling_cases(Grader(assignment, b"secret", sandbox))) == []
    (key,) = [task.key for task in assignment.tasks if isinstance(task, Choice)]
    cells = tuple(
        replace(
            cell,
            source=cell.source.replace(
                'return letters_only(milestones(), "abcdef")', f"return milestones() == {key!r}"
            ),
        )
        for cell in assignment.cells
    )
    telling = list(telling_cases(Grader(replace(assignment, cells=cells), b"secret", sandbox)))
    assert {question for question, _ in telling} == {"milestones"}
    assert len(telling) == 6


def test_visible_cases_hold_the_form_alone() -> None:
    with np.load(ROOT / "assignments" / SLUG / "visible.npz", allow_pickle=False) as file:
        index = bytes(file["index"]).decode()
    assert "milestones_form" in index
    (milestones,) = [t for t in load_assignment(ROOT / "solutions" / SLUG).tasks if isinstance(t, Choice)]
    for option in milestones.options.values():
        for language in option.why.languages:
            assert option.why.in_language(language) not in index
