from __future__ import annotations

import pytest

from autograder.authoring import T1, Task
from autograder.grading.compare import EQUAL, Comparison, Mismatch
from autograder.grading.score import CaseVerdict, score_task, total
from autograder.i18n import Text
from autograder.sandbox.interface import Outcome, Status

TEXT = Text("t", "t")
WRONG = Comparison((Mismatch("", "value", "1", "2"),), 9.0)
MISSHAPEN = Comparison((Mismatch("", "shape", "(1,)", "(2,)"),), float("inf"))


def task():
    made = Task("f", points=10, form=1, purity=1)
    for name, points, visible in (("easy", 3, True), ("hard", 5, False)):
        made.check(name, points=points, tolerance=T1, title=TEXT, hint=TEXT, visible=visible)(lambda draw: [])
    return made


def case(value=EQUAL, status=Status.RETURNED, **options):
    return CaseVerdict(0, Outcome(0, status), value if status is Status.RETURNED else None, **options)


def earned(easy, hard):
    made = task()
    scored = score_task(made, list(zip(made.checks, (easy, hard), strict=True)))
    return {check.name: check.earned for check in scored.checks}


def test_all_right():
    assert earned([case(), case()], [case()]) == {"form": 1, "easy": 3, "hard": 5, "purity": 1}


def test_one_wrong_case_costs_its_check_and_no_other():
    assert earned([case(), case(WRONG)], [case()]) == {"form": 1, "easy": 0, "hard": 5, "purity": 1}


def test_wrong_everywhere_keeps_the_form_but_not_purity():
    assert earned([case(WRONG)], [case(WRONG)]) == {"form": 1, "easy": 0, "hard": 0, "purity": 0}


def test_a_wrong_shape_costs_the_form():
    assert earned([case()], [case(MISSHAPEN)]) == {"form": 0, "easy": 3, "hard": 0, "purity": 1}


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.RETURNED, Status.GRADER_ERROR)])
def test_a_call_that_did_not_return_gets_nothing(status):
    assert earned([case(status=status)], [case(status=status)]) == {"form": 0, "easy": 0, "hard": 0, "purity": 0}


def test_a_changed_input_costs_purity_alone():
    assert earned([case(pure=False)], [case()]) == {"form": 1, "easy": 3, "hard": 5, "purity": 0}
    assert earned([case(deterministic=False)], [case()]) == {"form": 1, "easy": 3, "hard": 5, "purity": 0}


def test_a_refused_judgement_is_wrong():
    assert earned([case(refused="why")], [case()])["easy"] == 0


def test_a_failure_of_the_platform_is_pending_never_wrong():
    made = task()
    scored = score_task(made, list(zip(made.checks, ([case(status=Status.GRADER_ERROR)], [case()]), strict=True)))
    assert {check.name: check.status for check in scored.checks} == {
        "form": "pending",
        "easy": "pending",
        "hard": "passed",
        "purity": "pending",
    }
    assert scored.pending


def test_a_wrong_case_decides_even_beside_a_failure_of_the_platform():
    made = task()
    cases = [case(WRONG), case(status=Status.GRADER_ERROR)]
    scored = score_task(made, list(zip(made.checks, (cases, [case()]), strict=True)))
    assert scored.checks[1].status == "failed"


def test_totals_are_free_of_binary_dust():
    made = Task("f", points=0.3)
    for name in "abc":
        made.check(name, points=0.1, tolerance=T1, title=TEXT, hint=TEXT)(lambda draw: [])
    scored = score_task(made, [(check, [case()]) for check in made.checks])
    assert total([scored]) == 0.3
