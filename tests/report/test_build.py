"""The JSON of a report: what stands in it, and what may never stand in it."""

import json
from dataclasses import replace

import numpy as np
import pytest

from autograder.grading.findings import CellProblem, Diagnosis
from autograder.i18n import Text
from autograder.sandbox.interface import ErrorInfo, Status
from tests.paths import ROOT
from tests.report_json import report_data, summary
from tests.report_sample import HIDDEN, Sample, array, ended, full_sample, gave

TITLE = Text("a check", "검사")


@pytest.fixture(scope="module")
def data():
    return report_data(full_sample())


def task(data, name):
    return next(t for t in data["tasks"] if t["name"] == name)


def check(data, task_name, name):
    return next(c for c in task(data, task_name)["checks"] if c["name"] == name)


def one_check(outcome, value=1.0, args=(), **options):
    sample = Sample()
    only = sample.task("f", 5)
    options = {"visible": True, **options}
    sample.check(only, "only", 5, TITLE, [(args, value, outcome)], **options)
    return check(report_data(sample.report()), "f", "only")


def test_the_data_are_json_and_survive_it(data):
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    assert data["schema"] == "autograder.report/1"


def test_points_add_up(data):
    for t in data["tasks"]:
        assert t["earned"] == sum(c["earned"] for c in t["checks"])
    assert data["score"] == sum(t["earned"] for t in data["tasks"])
    assert data["max_score"] == sum(t["points"] for t in data["tasks"]) == 80


def test_nothing_of_a_hidden_call_is_anywhere(data):
    text = json.dumps(data)
    assert str(HIDDEN) not in text
    assert str(int(HIDDEN)) not in text


@pytest.mark.parametrize(
    "outcome",
    [
        gave(array([HIDDEN + 1]), stdout=f"{HIDDEN}", warnings=(f"UserWarning: {HIDDEN}",)),
        gave({f"{HIDDEN}": 1.0}),
        gave(f"{HIDDEN}"),
        ended(Status.RAISED, ErrorInfo("ValueError", f"{HIDDEN}", 5, "cell 4", f"{HIDDEN}")),
        ended(Status.RAISED, ErrorInfo(f"E{HIDDEN}", "", 5, f"{HIDDEN}")),
        ended(Status.RAISED, ErrorInfo("ValueError", "", int(HIDDEN), "cell 4")),
        ended(Status.TIMED_OUT, stdout=f"{HIDDEN}"),
    ],
)
def test_a_hidden_check_cannot_be_made_to_show_its_inputs(outcome):
    hidden = array([HIDDEN])
    found = one_check(outcome, hidden, (hidden,), visible=False)
    assert found["status"] == "failed"
    assert found["messages"]
    assert "424242" not in json.dumps(found)
    assert set(found["failure"]) == {"status", "error"}


NOWHERE = {"where": "", "line": None, "source": "", "begins": ""}
LINES = "class Mine(Exception): pass\ndef f(x):\n    raise Mine if x else KeyError\n    raise ValueError\n"


def hidden_error(hidden: ErrorInfo, *visible: ErrorInfo | None):
    """What the report says of a hidden check that raises; visible: what visible checks of the task, and others', raise."""
    sample = Sample()
    for name, errors in (("f", visible), ("g", [ErrorInfo("ValueError", "", 4, "cell 1")])):
        task = sample.task(name, 5)
        for number, error in enumerate(errors):
            outcome = gave(array([1.0])) if error is None else ended(Status.RAISED, error)
            sample.check(task, f"seen {number}", 1, TITLE, [((), array([1.0]), outcome)], visible=True)
        if name == "f":
            sample.check(task, "only", 5, TITLE, [((), 1.0, ended(Status.RAISED, hidden))], visible=False)
    return check(report_data(sample.report(sources={"cell 1": LINES})), "f", "only")["failure"]


def test_a_hidden_error_shows_its_type_and_no_line_that_it_could_choose():
    found = hidden_error(ErrorInfo("ValueError", "secret", 4, "cell 1"), None)
    assert found["error"] == {"type": "ValueError", "message": "", **NOWHERE}
    elsewhere = ErrorInfo("ValueError", "", 3, "cell 1")
    assert hidden_error(ErrorInfo("ValueError", "secret", 4, "cell 1"), elsewhere)["error"]["line"] is None
    assert hidden_error(ErrorInfo("ValueError", "secret", 4, "cell 2"), elsewhere)["error"]["where"] == ""


def test_a_hidden_error_shows_the_line_on_which_a_visible_call_of_the_task_fails():
    seen = ErrorInfo("KeyError", "any", 3, "cell 1")
    found = hidden_error(ErrorInfo("ValueError", "secret", 3, "cell 1"), None, seen)
    assert found["error"] == {
        "type": "ValueError",
        "message": "",
        "where": "cell 1",
        "line": 3,
        "source": "raise Mine if x else KeyError",
        "begins": "class Mine(Exception): pass",
    }


@pytest.mark.parametrize("name", ["Mine", "mine.Error", "LinAlgError", "SystemExit", "", "ValueError ", "int"])
def test_a_hidden_error_is_named_only_by_a_class_of_pythons_own(name):
    found = hidden_error(ErrorInfo(name, "secret", 3, "cell 1"), ErrorInfo(name, "", 3, "cell 1"))
    assert found["error"]["type"] == "Exception"


def test_the_kind_of_a_hidden_mistake_is_told():
    found = one_check(gave(array([[1.0]])), array([1.0]), visible=False)
    assert [m["en"] for m in found["messages"]] == ["The shape is wrong."]


def test_a_visible_mistake_shows_call_values_and_heat(data):
    found = check(data, "normalize_adj", "small")
    failure = found["failure"]
    assert failure["call"] == "normalize_adj(A)"
    assert failure["arguments"][0]["tables"][0]["cells"][0] == ["0", "1", "1", "0", "1"]
    (difference,) = failure["differences"]
    table = difference["got"]["tables"][0]
    assert table["cells"][0][1] == "0.25"
    assert difference["expected"]["tables"][0]["cells"][0][1] == "0.3536"
    assert table["levels"][0] == [0, 4, 3, 0, 4]
    assert table["worst"] == [4, 0]
    assert difference["heat"]["rows"] == difference["heat"]["columns"] == 5
    assert "[4, 0]" in found["messages"][0]["en"]
    assert "[4, 0]" in found["messages"][0]["ko"]


def test_a_passed_check_has_no_hint_and_no_failure(data):
    found = check(data, "normalize_adj", "symmetric")
    assert (found["status"], found["hint"], found["messages"], found["failure"]) == ("passed", None, [], None)


def test_a_large_array_is_shown_around_its_worst_place(data):
    found = check(data, "normalize_adj", "large")["failure"]
    assert found["call"] == "normalize_adj(A, dropout=0.5, reduction='mean')"
    assert found["arguments"][0]["tables"] == []
    assert set(found["arguments"][0]["summary"]) == {"min", "mean", "max"}
    table = found["differences"][0]["got"]["tables"][0]
    row, column = table["worst"]
    assert table["cut"]
    assert table["levels"][row][column] == 4
    assert [table["rows"][row], table["columns"][column]] == [12, 29]


def test_an_error_is_told_once_for_a_task(data):
    assert check(data, "softmax", "plain")["failure"]["error"]["type"] == "AttributeError"
    assert check(data, "softmax", "stable")["failure"] == {"status": "raised", "error": None, "same_as": "plain"}


@pytest.mark.parametrize("status", [s for s in Status if s not in (Status.RETURNED, Status.GRADER_ERROR)])
@pytest.mark.parametrize("visible", [True, False])
def test_every_status_is_explained_in_both_languages(status, visible):
    found = one_check(ended(status), visible=visible)
    (message,) = found["messages"]
    assert message["en"] != message["ko"]
    assert "{" not in message["en"] + message["ko"]
    assert found["failure"]["status"] == status.value


def test_what_the_platform_owes_is_pending_and_costs_nothing(data):
    found = check(data, "propagate", "later")
    assert (found["status"], found["failure"]) == ("pending", None)
    assert (data["status"], task(data, "propagate")["state"]) == ("pending", "pending")


def test_a_failure_beside_a_grader_error_is_the_failure_that_is_explained():
    sample = Sample()
    only = sample.task("f", 5)
    cases = [((), 1.0, ended(Status.GRADER_ERROR)), ((), 1.0, gave(2.0))]
    sample.check(only, "only", 5, TITLE, cases)
    found = check(report_data(sample.report()), "f", "only")
    assert (found["status"], found["failure"]["status"]) == ("failed", "returned")


def test_the_state_of_a_task(data):
    states = {t["name"]: t["state"] for t in data["tasks"]}
    assert states["gcn_net"] == "unfinished"
    assert states["node_loss"] == "right"
    assert states["normalize_adj"] == "partial"


def test_a_gradient_that_does_not_arrive_is_told_by_name(data):
    found = check(data, "gcn_layer", "grad")
    assert found["messages"][0]["en"].startswith("No gradient reaches W")
    assert found["failure"]["differences"][0]["place"]["ko"] == "W에 대한 기울기"


def test_a_wrong_gradient_is_described_with_its_parameter():
    w = array([1.0, 2.0])
    outcome = gave(w, (w,), gradient=(array([1.0, 3.0]),))
    found = one_check(outcome, w, (w,), gradient=("W",), parameters=("W",))
    assert found["messages"][0]["en"].startswith("The gradient with respect to W: 1 of 2 elements are wrong.")
    assert found["messages"][0]["ko"].startswith("W에 대한 기울기: 원소 2개 중 1개가 틀렸습니다.")


def test_purity_names_the_input_that_was_changed(data):
    messages = check(data, "readout", "purity")["messages"]
    assert messages[0]["en"] == "Your function changes its input x. Work on a copy, or make new tensors."


def test_form_shows_the_shapes_of_a_visible_case_only(data):
    assert (
        check(data, "gcn_layer", "form")["messages"][0]["en"] == "The result should have shape (4, 2), but has (2, 4)."
    )
    sample = Sample()
    sample_task = sample.task("f", 5, form=1)
    sample.check(sample_task, "only", 4, TITLE, [((), array([1.0] * 7), gave(array([[1.0] * 7])))], visible=False)
    messages = check(report_data(sample.report()), "f", "form")["messages"]
    assert [m["en"] for m in messages] == ["In a hidden check: The shape is wrong."]


def test_a_part_of_a_tuple_is_shown_with_its_path(data):
    found = check(data, "readout", "sum")["failure"]["differences"]
    assert [d["place"]["en"] for d in found] == ["result[0]", "result[1]"]
    assert [d["place"]["ko"] for d in found] == ["결과[0]", "결과[1]"]
    assert found[1]["got"]["tables"][0]["cells"] == [["1", "nan", "3"]]


def test_a_refusal_of_the_judge_is_shown_for_a_visible_check_and_not_for_a_hidden_one():
    sample = Sample()
    only = sample.task("f", 6)
    for name, visible in (("open", True), ("closed", False)):
        sample.check(only, name, 3, TITLE, [((), 1.0, gave(1.0))], visible=visible)
    refused = Text("mean 3.25 is too large", "평균 3.25는 너무 큽니다")
    sample.verdicts = {k: replace(v, refused=refused) for k, v in sample.verdicts.items()}
    data = report_data(sample.report())
    assert check(data, "f", "open")["messages"] == [{"en": "mean 3.25 is too large", "ko": "평균 3.25는 너무 큽니다"}]
    assert check(data, "f", "closed")["messages"][0]["en"] == "The values are wrong."


def test_an_unreadable_submission_has_no_score():
    report = full_sample(status="unreadable", tasks=(), problem=Text("not JSON", "JSON이 아닙니다"))
    data = report_data(report)
    assert (data["score"], data["max_score"], data["tasks"]) == (None, None, [])
    assert data["problem"]["ko"] == "JSON이 아닙니다"


def test_odd_values_from_a_student_do_not_break_the_report():
    hostile = "\ud800\x00\u202e" + "x" * 100_000
    for value in (
        hostile,
        {hostile: 1.0},
        (1.0,) * 5000,
        array(np.zeros((0, 3))),
        10**400,
        float("nan"),
        complex(1, 2),
    ):
        found = one_check(gave(value), array([[1.0]]))
        assert len(json.dumps(found, allow_nan=False).encode()) < 20_000
    error = ErrorInfo(hostile, hostile, -5, hostile)
    data = report_data(full_sample(cells=(CellProblem(hostile, "raised", error),), student="a\ud800"))
    json.dumps(data, ensure_ascii=False, allow_nan=False).encode("utf-8")


@pytest.mark.parametrize("shape", [(), (1,), (9,), (2, 3, 4), (2, 2, 2, 30), (1, 40)])
def test_arrays_of_every_rank_can_be_shown(shape):
    right, wrong = np.ones(shape), np.ones(shape)
    wrong.flat[-1] = 2.0
    failure = one_check(gave(array(wrong)), array(right), (array(right),))["failure"]
    table = failure["differences"][0]["got"]["tables"][0]
    marked = [
        cell
        for row, levels in zip(table["cells"], table["levels"], strict=True)
        for cell, k in zip(row, levels, strict=True)
        if k
    ]
    assert marked == ["2"]
    assert table["at"] == [n - 1 for n in shape[:-2]]


def test_close_numbers_get_the_digits_that_tell_them_apart():
    difference = one_check(gave(array([1.0, 1.00000012])), array([1.0, 1.0]))["failure"]["differences"][0]
    cells = [difference[side]["tables"][0]["cells"][0] for side in ("expected", "got")]
    assert cells == [["1", "1"], ["1", "1.0000001"]]


def test_the_summary_holds_the_exceptions_only(data):
    short = summary(data)
    assert short["failed"][:2] == ["normalize_adj/small", "normalize_adj/large"]
    assert short["pending"] == ["propagate/later"]
    assert short["unwritten"] == ["gcn_net"]
    assert short["diagnoses"][0]["id"] == "row_normalised"
    assert len(json.dumps(short)) < len(json.dumps(data)) / 5


def test_every_key_of_the_schema_is_documented(data):
    page = (ROOT / "docs" / "report-schema.md").read_text(encoding="utf-8")

    def keys(value):
        if isinstance(value, dict):
            for key, item in value.items():
                yield key
                yield from keys(item)
        elif isinstance(value, list):
            for item in value:
                yield from keys(item)

    missing = {key for key in keys(data) if f"`{key}`" not in page and f'"{key}"' not in page}
    assert missing == set()


def test_a_wrong_element_is_hot_however_little_it_is_wrong():
    from autograder.authoring import Tolerance
    from autograder.grading.heat import error_heat

    barely = Tolerance("barely", 0.0, 1.0)
    signed = Tolerance("signed", 0.0, 1.0, signed_zero=True)
    assert error_heat(array([0.0, 0.0]), array([1.0, 1.0001]), barely)[0] == [0.0, 0.01]
    assert error_heat(array([0.0, 1.0]), array([-0.0, 1.0]), signed)[0][0] > 0


# -- hints and parts -------------------------------------------------------------------------------------------------

ABOUT_DTYPE = Text("Results have the dtype of the inputs.", "결과의 dtype은 입력과 같습니다.")
NUMBERS = array([1.0, 2.0], "float32")
WRONG_DTYPE = {
    "another dtype": (gave(array([1.0, 2.0])), True),
    "another dtype inside torch": (ended(Status.RAISED, ErrorInfo("RuntimeError", "expected scalar type Float but found Double")), True),
    "wrong numbers": (gave(array([1.0, 3.0], "float32")), False),
    "another shape": (gave(array([1.0], "float32")), False),
    "a missing name": (ended(Status.RAISED, ErrorInfo("NameError", "name 'torch' is not defined")), False),
    "too slow": (ended(Status.TIMED_OUT), False),
}  # fmt: skip


@pytest.mark.parametrize("visible", [True, False])
@pytest.mark.parametrize("name", WRONG_DTYPE)
def test_a_hint_about_the_dtype_is_given_only_where_the_dtype_is_wrong(name, visible):
    outcome, given = WRONG_DTYPE[name]
    sample = Sample()
    sample.check(sample.task("f", 5), "float32", 5, TITLE, [((), NUMBERS, outcome)], hint=ABOUT_DTYPE, visible=visible)
    assert (check(report_data(sample.report()), "f", "float32")["hint"] is not None) is given


def test_a_hint_is_given_once_and_not_beside_the_authors_own_reason():
    reason = Diagnosis("misconception", "wrong", "g", Text("You forgot the bias.", "편향을 빠뜨렸습니다."))
    sample = Sample()
    for name in ("f", "g"):
        task = sample.task(name, 4)
        for which in ("one", "two"):
            sample.check(task, which, 2, TITLE, [((), 1.0, gave(2.0))], hint=Text("Look again.", "다시 보세요."))
    data = report_data(sample.report(diagnoses={"g": reason}))
    shown = {(t, c): check(data, t, c)["hint"] is not None for t in ("f", "g") for c in ("one", "two")}
    assert shown == {("f", "one"): True, ("f", "two"): False, ("g", "one"): False, ("g", "two"): False}


def test_the_parts_of_a_check_are_named_and_worth_their_share():
    sample = Sample()
    task = sample.task("f", 6, parts=("loss", "dW", "db"))
    one, two, other = (array([float(x)]) for x in (1, 2, 3))
    sample.check(task, "all", 6, TITLE, [((), (one, two, other), gave((one, one, other)))])
    found = check(report_data(sample.report()), "f", "all")
    assert (found["earned"], found["status"]) == (4, "failed")
    assert [(part["name"]["en"], part["right"]) for part in found["parts"]] == [
        ("loss", True),
        ("dW", False),
        ("db", True),
    ]
    assert found["messages"][0]["en"].startswith("dW: ")
    assert found["failure"]["differences"][0]["place"] == {"en": "dW", "ko": "dW"}
    assert task_state(sample) == "partial"


def task_state(sample):
    return task(report_data(sample.report()), "f")["state"]
