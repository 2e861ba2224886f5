"""A task that is right in itself is told so; who lives off an earlier function, or looks for answers, gains nothing."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest

from autograder.course.assignment import load_assignment
from autograder.grading.carried import callees
from autograder.grading.compare import compare
from autograder.grading.grader import Grader
from autograder.guest.wire import Array
from autograder.sandbox.kept import dump_execution, load_execution
from autograder.submissions.collect import Submission
from autograder.tolerance import EXACT
from autograder.tree import leaves
from tests.paths import ROOT
from tests.report_json import report_data

GCN = ROOT / "solutions" / "10-gcn"
WRONG = """
def normalize_adj(A):
    B = A + 2 * torch.eye(len(A), dtype=A.dtype)
    return B / (1 + B.sum(dim=1, keepdim=True))
"""
BLAMED = "carried:normalize_adj"


@pytest.fixture(scope="module")
def grader(sandbox):
    return Grader(load_assignment(GCN), b"a secret of sixteen", sandbox)


def grade(grader, *cells):
    solved = (GCN / "solution.py").read_text(encoding="utf-8")
    text = "\n".join([solved, *(f"# %%\n{cell.strip()}\n" for cell in cells)])
    return grader.grade(Submission("kim", "kim.py", text.encode()))


def parameters(grader):
    return ", ".join(grader.assignment.signatures["gcn_net"])


def test_a_task_that_only_calls_a_wrong_function_is_right_in_itself(grader):
    found = grade(grader, WRONG)
    assert found.diagnoses["gcn_net"].id == BLAMED
    assert "your normalize_adj" in found.diagnoses["gcn_net"].text.en
    assert "normalize_adj" in found.diagnoses["gcn_net"].text.ko
    assert found.diagnoses.get("normalize_adj") is None or found.diagnoses["normalize_adj"].kind != "carried"
    earned = {task.task.name: task.earned for task in found.tasks}
    assert earned["gcn_net"] < grader.assignment.task("gcn_net").points  # it is said, and earns nothing


def test_a_task_with_an_error_of_its_own_is_not(grader):
    own = f"""
_right = gcn_net
def gcn_net({parameters(grader)}):
    return 1.5 * _right({parameters(grader)}) + 0.25
"""
    found = grade(grader, WRONG, own)
    assert found.diagnoses.get("gcn_net") is None or found.diagnoses["gcn_net"].kind != "carried"


def test_a_task_that_does_not_call_the_function_is_not(grader):
    first = grader.assignment.signatures["gcn_net"][0]
    own = f"def gcn_net({parameters(grader)}):\n    return 0 * {first} + 1\n"
    found = grade(grader, WRONG, own)
    assert found.diagnoses.get("gcn_net") is None or found.diagnoses["gcn_net"].kind != "carried"


def test_a_right_submission_pays_nothing(grader):
    runs = []
    counted = replace_run(grader, runs)
    assert not grade(counted, "unrelated = 1").diagnoses
    assert len(runs) == 1


def replace_run(grader, runs):
    class Counted:
        def __getattr__(self, name):
            return getattr(grader.sandbox, name)

        def run(self, *args, **options):
            runs.append(args)
            return grader.sandbox.run(*args, **options)

    other = copy.copy(grader)
    other.sandbox = Counted()
    return other


def test_only_earlier_functions_are_answered(grader):
    task = grader.assignment.task("gcn_layer")
    assert set(callees(grader.assignment, task)) == {"adjacency", "normalize_adj"}


def test_what_a_second_run_showed_is_kept_with_the_outcomes(grader):
    found = grade(grader, WRONG)
    execution = replace(found.execution, outcomes=tuple(replace(o, packed=None) for o in found.execution.outcomes))
    again, _ = load_execution(dump_execution(execution, grader.info, grader.calls), grader.calls)
    assert ("gcn_net", ("normalize_adj",)) in again.carried


@pytest.mark.parametrize(("how", "share"), [("none", 0.0), ("half", 0.5), ("full", 1.0)])
def test_the_assignment_says_what_it_earns(grader, how, share):
    other = copy.copy(grader)
    other.assignment = replace(grader.assignment, carry=how)
    found = grade(other, WRONG)
    (net,) = [task for task in found.tasks if task.task.name == "gcn_net"]
    failed = [check for check in net.checks if check.status == "failed" and check.check is not None]
    assert failed
    assert net.carried == share * sum(check.points for check in failed if not check.check.gradient)
    assert net.earned == net.carried + sum(check.earned for check in net.checks)
    data = report_data(found)
    assert sum(task["carried"] for task in data["tasks"]) == pytest.approx(net.carried)
    assert sum(task.earned for task in found.tasks) <= grader.assignment.points


# -- calls whose arguments only come about on the way ------------------------------------------------------------------

LSTM = ROOT / "solutions" / "09-lstm"
WRONG_STEP = """
_right_step = lstm_step
def lstm_step(x, h, c, Wx, Wh, b):
    h_new, c_new, cache = _right_step(x, h, c, Wx, Wh, b)
    return 0.5 * h_new, c_new, cache
"""
# Right in other words: what it asks differs from the reference's calls in the last bits, from the second step on.
OTHER_FORWARD = """
def lstm_forward(x, h0, c0, Wx, Wh, b):
    h, c, H, caches = h0, c0, x.new_zeros(len(x), x.shape[1], h0.shape[1]), []
    for t in range(x.shape[1]):
        h, c, cache = lstm_step(x=x[:, t], h=(h * 3) / 3, c=(c * 3) / 3, Wx=Wx, Wh=Wh, b=b)
        H = torch.cat([H[:, :t], h[:, None], H[:, t + 1 :]], dim=1)
        caches.append(cache)
    return H, c, caches
"""


@pytest.fixture(scope="module")
def lstm(sandbox):
    return Grader(load_assignment(LSTM), b"a secret of sixteen", sandbox)


def grade_lstm(grader, *cells):
    solved = (LSTM / "solution.py").read_text(encoding="utf-8")
    text = "\n".join([solved, *(f"# %%\n{cell.strip()}\n" for cell in cells)])
    return grader.grade(Submission("kim", "kim.py", text.encode()))


@pytest.mark.parametrize("forward", ["", OTHER_FORWARD], ids=["as the reference", "in other words"])
def test_a_loop_over_a_wrong_step_is_right_in_itself(lstm, forward):
    found = grade_lstm(lstm, WRONG_STEP, forward)
    carried = dict(found.execution.carried)
    assert carried["lstm_forward"] == ("lstm_step",)
    assert found.diagnoses["lstm_forward"].id == "carried:lstm_step"
    assert found.diagnoses["lstm_step"].kind != "carried"


def test_a_loop_with_a_slip_of_its_own_is_not(lstm):
    own = OTHER_FORWARD.replace("h=(h * 3) / 3", "h=h0")
    assert "lstm_forward" not in dict(grade_lstm(lstm, WRONG_STEP, own).execution.carried)


def test_questions_are_answered_in_a_process_without_the_students_code(lstm):
    runs = []
    grade_lstm(replace_run(lstm, runs), WRONG_STEP, OTHER_FORWARD)
    for program, *_ in runs[1:]:
        sources = [cell.source for cell in program.cells]
        has_students = any("0.5 * h_new" in source for source in sources)
        assert has_students != (
            sources[: len(lstm.assignment.solution_program().cells)]
            == [cell.source for cell in lstm.assignment.solution_program().cells]
        )


def test_the_answers_that_go_in_are_to_calls_with_the_cases_own_inputs(grader):
    grade(grader, WRONG)
    answers = {n: [a for a in found if a.is_known] for n, found in grader._second_run._answers["gcn_net"].items()}
    assert any(answers.values())
    for case_id, found in answers.items():
        own = [leaf for arg in grader.by_id[case_id].function_call().args.values for _, leaf in leaves(arg)]
        for answer in found:
            for _, leaf in leaves(answer.args):
                assert not isinstance(leaf, Array) or any(compare(one, leaf, EXACT).equal for one in own)
