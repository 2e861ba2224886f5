"""One submission, through the real sandbox: what is compared, what is hidden, what is explained."""

from __future__ import annotations

import json

import pytest

from autograder.course.assignment import load_assignment
from autograder.grading.grader import Grader
from autograder.grading.score import total
from autograder.grading.shared_bank import SharedBank
from autograder.submissions.collect import Submission
from tests.paths import TESTS
from tests.report_json import report_data

MINI = TESTS / "fixtures" / "course" / "solutions" / "10-mini"


@pytest.fixture(scope="module")
def grader(sandbox):
    return Grader(load_assignment(MINI), b"a secret of sixteen", sandbox)


def grade(grader, text):
    return grader.grade(Submission("kim", "kim.py", text.encode()))


def solution():
    return (MINI / "solution.py").read_text(encoding="utf-8")


def test_the_solution_gets_everything(grader):
    report = grade(grader, solution())
    assert total(report.tasks) == grader.assignment.points
    assert report.status == "graded"
    assert not report.diagnoses


@pytest.mark.parametrize("misconception", load_assignment(MINI).misconceptions, ids=lambda m: m.name)
def test_a_misconception_is_named(grader, misconception):
    report = grade(grader, f"{solution()}\n# %%\n{misconception.source}\n")
    assert report.diagnoses[misconception.task].id == misconception.name
    assert total(report.tasks) < grader.assignment.points


def test_a_hidden_input_cannot_come_back_in_a_visible_output(grader):
    """Student code that keeps every input it ever sees, and prints and returns it later."""
    names = [function for task in grader.assignment.tasks for function in task.functions]
    spy = ["import torch", "SEEN = []"]
    for name in names:
        spy += [
            f"def {name}(*args, **options):",
            "    for a in args:",
            "        SEEN.extend(a.flatten().tolist() if isinstance(a, torch.Tensor) else [a])",
            "    print(SEEN)",
            "    return torch.tensor([float(x) for x in SEEN if isinstance(x, (int, float))], dtype=torch.float64)",
        ]
    data = report_data(grade(grader, "# %%\n" + "\n".join(spy)))
    text = json.dumps(data)
    hidden = [case for case in grader.cases if not case.check.visible]
    numbers = {
        f"{float(x):.6f}"
        for case in hidden
        for arg in case.args
        if hasattr(arg, "data") and arg.data.dtype.kind == "f"
        for x in arg.data.ravel()
        if abs(x) > 1e-3 and abs(x - round(float(x), 3)) > 1e-6
    }
    assert numbers
    assert not [n for n in numbers if n in text]


def test_an_adapter_without_the_students_function_is_missing_not_an_exception(grader):
    adapted = [case for case in grader.cases if case.needs]
    assert adapted
    statuses = {
        verdict.outcome.status.value
        for task in grade(grader, "# %%\nunrelated = 1\ndef " + grader.cases[0].task + "(x):\n    return x\n").tasks
        for verdict in task.cases
        if verdict.case_id in {case.id for case in adapted}
    }
    assert statuses == {"missing"}


def test_the_same_submission_gives_the_same_report_twice(grader):
    text = f"{solution()}\n# %%\n{grader.assignment.misconceptions[0].source}\n"
    first, second = (report_data(grade(grader, text)) for _ in range(2))
    for data in (first, second):
        data["provenance"].pop("graded_at")
        data.pop("seconds", None)
        data.get("staff", {}).pop("seconds", None)
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)


ONE_SLIP = """
# %%
def normalize_adj(A):
    with_loops = A + torch.eye(len(A), dtype=A.dtype)
    degrees = with_loops.sum(1)
    return with_loops / torch.sqrt(degrees)[:, None]
"""


def test_a_slip_that_no_author_wrote_down_is_named_and_staff_see_the_line(grader):
    findings = grade(grader, solution() + ONE_SLIP)
    found = findings.diagnoses["normalize_adj"]
    assert found.kind == "mutant"
    assert found.text.en == "A factor of a product is missing."
    assert found.text.ko == "곱해야 할 인수 하나가 빠졌습니다."
    assert found.place.startswith("solution.py:53: return inverse_root[:, None] * A_tilde * inverse_root[None, :]")
    data = report_data(findings)
    assert [reason["task"] for reason in data["staff"]["reasons"] if reason["place"]] == ["normalize_adj"]
    assert "inverse_root" not in json.dumps({key: value for key, value in data.items() if key != "staff"})


def test_who_needs_no_diagnosis_pays_for_no_mutants(sandbox):
    grader = Grader(load_assignment(MINI), b"a secret of sixteen", sandbox)
    grade(grader, solution())
    known = load_assignment(MINI).misconceptions[0]
    grade(grader, f"{solution()}\n# %%\n{known.source}\n")
    assert "mutants" not in vars(grader) or not grader.mutants._known


def test_what_mutants_give_is_shared_by_a_class(sandbox, tmp_path):
    def reason():
        grader = Grader(load_assignment(MINI), b"a secret of sixteen", sandbox, bank=SharedBank(tmp_path))
        return grade(grader, solution() + ONE_SLIP).diagnoses["normalize_adj"].id

    first = reason()
    kept = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*normalize_adj-*") if path.suffix != ".lock"}
    assert any(name.startswith("mutants-normalize_adj") for name in kept)
    assert reason() == first
    assert kept == {
        path.name: path.stat().st_mtime_ns for path in tmp_path.glob("*normalize_adj-*") if path.suffix != ".lock"
    }
