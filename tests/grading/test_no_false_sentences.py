"""Sentences that were false of what they stood beside, each with the results that brought it about and their siblings.

A wrong reason is worse than none: where the evidence fits two reasons, nothing is said.
"""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from autograder.authoring import T1, Task
from autograder.grading.diagnose import diagnose
from autograder.grading.diagnose.numeric import ORDER, TEXTS
from autograder.grading.findings import Diagnosis, Forbidden
from autograder.grading.forbidden import find_written
from autograder.grading.mutants.explain import KeptMutant, explain
from autograder.grading.mutants.mutant import Mutant
from autograder.grading.mutants.sketch import sketch
from autograder.guest.wire import Array
from autograder.i18n import Text
from autograder.parts import Each, names_of
from autograder.sandbox.interface import Cell, ErrorInfo, Outcome, Program, Status
from tests.grading.test_diagnose import entry, observation, tensor
from tests.report_json import report_data
from tests.report_sample import Sample, array, gave

rng = np.random.default_rng(11)


def normal(*shape):
    return rng.normal(size=shape)


x, square, wide = normal(4, 3), normal(4, 4), normal(5, 3)
MANY = (normal(4, 3), normal(3), normal(3, 2), normal(2))


def found(*observations, bank=(), **more):
    return diagnose(list(observations), bank, **more)


def reason(*observations, **more):
    one = found(*observations, **more)
    return one and one.id


def said(*observations, **more):
    """The sentence in English and Korean; two empty ones where nothing is said."""
    one = found(*observations, **more)
    return (one.text.en, one.text.ko) if one else ("", "")


# -- "rounding of your result would be right" ------------------------------------------------------------------------


def test_one_half_among_zeros_and_ones_was_not_left_unrounded():
    sure = rng.uniform(size=(6, 4))
    e = (sure > 0.5).astype(float)
    half = e.copy()
    half[0, e[0] == 0] = 0.5
    half[1, e[1] == 0] = 0.5
    assert reason(observation(e, half)) is None
    assert reason(observation(e, sure)) == "lacking:rounding"


# -- "off by a constant: ?" ------------------------------------------------------------------------------------------


def hidden(one):
    return dataclasses.replace(
        one,
        case=dataclasses.replace(one.case, check=dataclasses.replace(one.case.check, visible=False)),
    )


@pytest.mark.parametrize("got", [x + 0.25, 3.7 * x, -1.3 * x, x - 1e-3], ids=["offset", "factor", "sign", "small"])
def test_a_number_that_may_not_be_shown_is_not_a_question_mark(got):
    shown, kept = observation(x, got), hidden(observation(x, got))
    assert reason(shown) is not None
    for sentence in said(shown) + said(kept) + said(shown, hidden(observation(x, got, case_id=1))):
        assert "?" not in sentence
    assert reason(kept) is None


def test_no_sentence_of_numbers_has_a_hole():
    """Each relation says something definite; the order knows them all."""
    assert set(ORDER) == set(TEXTS)
    for kind, texts in TEXTS.items():
        for text in texts:
            assert "?" not in text, kind
            assert text.replace("{detail}", "").count("{") == 0, kind


# -- "was broadcast" -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expected", "got"),
    [
        (x[:, 0], np.append(x[:, 0], 1.0)),
        (x[:, 0], np.append(1.0, x[:, 0])),
        (x[:, 0], normal(5)),
        (x[:, 0], normal(5, 1)),
        (x[:, 0], normal(1, 5)),
        (x, normal(4, 4)),
        (x, normal(5, 3)),
        (np.array(2.0), normal(1)),
        (np.array(2.0), normal(2)),
        (normal(1), normal(2)),
        (normal(1), normal(1, 1)),
        (normal(1), normal(2, 1)),
        (x[:, 0], normal(4, 3)),
        (x[:, 0], normal(4, 2)),
        (x[:1], x[:2]),
        (square.sum(1), square),
        (square.mean(0), square),
        (square.max(1), square),
        ((x, square.sum(1)), (x, square)),
    ],
)
def test_one_element_too_many_or_a_sum_left_out_is_no_broadcast(expected, got):
    english, korean = said(observation(expected, got))
    assert "broadcast" not in english
    assert "브로드캐스트" not in korean


def test_two_vectors_that_met_as_row_and_column_are_a_broadcast():
    a, b = normal(4), normal(4)
    assert reason(observation(a - b, a[None, :] - b[:, None])) == "broadcast"
    assert reason(observation(a - b, (a[None, :] - b[:, None]) ** 3)) == "broadcast"


# -- "overflow" ------------------------------------------------------------------------------------------------------


def broken(value):
    got = x.copy()
    got[1] = value
    return got


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("inputs", [(-800 * np.abs(x),), (np.full((4, 3), -1000.0),), (800 * x,)])
def test_what_left_the_range_of_floats_is_not_said_to_have_grown(value, inputs):
    """log of a probability that rounds to 0 and exp of a large number look alike from outside."""
    english, korean = said(observation(x, broken(value), inputs))
    assert "stable form" in english
    assert "overflow" not in english.lower()
    assert "오버플로" not in korean


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("inputs", [(), (x,), (x, 100), (x, np.arange(12) * 9), (x, True), (1e-30 * np.abs(x),)])
def test_nan_beside_small_floats_has_other_reasons_however_large_a_count_is(value, inputs):
    assert reason(observation(x, broken(value), inputs)) is None


def test_zero_where_the_answer_is_tiny_is_no_overflow():
    tiny = np.full((4, 3), 1e-3) * np.abs(x)
    english, _ = said(observation(tiny, np.where(tiny < np.median(tiny), 0.0, tiny), (800 * x,)))
    assert "overflow" not in english.lower()
    assert "infinity" not in english


# -- "the result of another call" ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, False),
        (3, 4),
        ("ab", "cd"),
        (np.array([True, False, True]), np.array([False, True, False])),
        (np.array([1, 2, 3]), np.array([3, 2, 1])),
        ((True, 1), (False, 2)),
        (np.array([1.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0])),
        (np.zeros((4, 3)), np.eye(4)[:, :3]),
        (np.full(12, 0.5), np.full(12, 0.25)),
        (1.5, 2.5),
    ],
)
def test_what_has_few_possible_values_is_not_the_result_of_another_call(one, other):
    """One call gives what another should have given: by chance, where there is little to choose from."""
    for pair in ((one, other), (other, one)):
        english, korean = said(observation(pair[0], pair[0]), observation(pair[1], pair[0], case_id=1))
        assert "another call" not in english
        assert "다른 호출" not in korean


def test_truth_values_and_counts_are_not_parts_in_another_order():
    for one, other in (((True, False), (False, True)), ((3, 4, True), (4, 3, True)), ((np.array([1, 1]), np.array([2, 2])), (np.array([2, 2]), np.array([1, 1])))):  # fmt: skip
        assert reason(observation(one, other)) is None
        assert reason(observation(one, other), observation(other, one, case_id=1)) is None
    rows, columns = np.arange(5), np.arange(5) * 2
    assert reason(observation((rows, columns), (columns, rows))) == "permuted:1, 0"


def test_one_hot_rows_of_other_classes_are_not_the_right_numbers_in_another_order():
    right, wrong = np.eye(4)[[0, 1, 2, 0, 3]], np.eye(4)[[1, 1, 0, 3, 3]]
    assert reason(observation(right, wrong)) is None


def test_zeros_are_not_an_input_that_is_zero():
    for constant in (np.zeros((4, 3)), np.ones((4, 3))):
        assert "input" not in said(observation(x, constant, (normal(4, 3), constant)))[0]


def test_an_argument_that_is_ignored_is_not_the_result_of_another_call():
    """R14: the second case differs in a hyper-parameter alone, and who ignores it gives the first one's result."""
    first, second = normal(4, 3), normal(4, 3)
    english, _ = said(observation(first, first, (x, 0.9)), observation(second, first, (x, 0.5), case_id=1))
    assert "another call" not in english
    english, _ = said(observation(first, first, (x, wide)), observation(second, first, (x, -wide), case_id=1))
    assert "another call" not in english


def test_what_is_kept_between_calls_is_told():
    first, second = normal(4, 3), normal(4, 3)
    assert reason(observation(first, first, (x, 3)), observation(second, first, (x + 1, 3), case_id=1)) == "stale"


# -- "everything comes back as zero" ---------------------------------------------------------------------------------

ZERO = [np.zeros_like(part) for part in MANY]


def with_zero(at):
    return tuple(ZERO[i] if i in at else part for i, part in enumerate(MANY))


SHAPES = {
    "tuple": lambda parts: tuple(parts),
    "list": lambda parts: list(parts),
    "dict": lambda parts: dict(zip("abcd", parts, strict=True)),
    "tuple in a tuple": lambda parts: (tuple(parts),),
    "list in a tuple": lambda parts: (parts[3], list(parts)),
    "dicts in a list": lambda parts: [{"W": parts[0], "b": parts[1]}, {"W": parts[2], "b": parts[3]}],
}


def deep(value):
    if isinstance(value, np.ndarray):
        return Array(value)
    if isinstance(value, dict):
        return {key: deep(item) for key, item in value.items()}
    return type(value)(deep(item) for item in value) if isinstance(value, (tuple, list)) else value


def shaped(shape, got, expected=MANY):
    blank = observation(x, x)
    wanted, mine = deep(SHAPES[shape](expected)), deep(SHAPES[shape](got))
    return dataclasses.replace(
        blank,
        expected=dataclasses.replace(blank.expected, value=wanted),
        got=dataclasses.replace(blank.got, value=mine),
        right=False,
    )


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("at", [{0}, {2}, {0, 1}, {0, 2}])
@pytest.mark.parametrize(("spoil", "sentence"), [(np.zeros_like, "as zero"), (lambda a: -a, "sign"), (lambda a: 2 * a, "2 times")])  # fmt: skip
def test_what_is_wrong_in_some_parts_is_said_of_these_alone(shape, at, spoil, sentence):
    got = tuple(spoil(part) if i in at else part for i, part in enumerate(MANY))
    english, korean = said(shaped(shape, got), shaped(shape, got))
    if english:
        assert sentence in english
        for text in (english, korean):
            assert ": " in text, text
            first = text.split(": ")[0]
            keys = ", ".join("abcd"[part] for part in sorted(at))
            assert first in ("Right", "맞은 부분") or (first == keys if shape == "dict" else "result[" in first), text


@pytest.mark.parametrize("shape", ["tuple", "list", "dict"])
def test_where_everything_is_zero_it_is_said_so(shape):
    assert said(shaped(shape, tuple(ZERO)), shaped(shape, tuple(ZERO)))[0] == TEXTS["zero"][0]


def test_items_of_a_list_have_the_names_that_the_author_declared():
    names = names_of(("loss", {"grads": Each("layer", "층", ("dW", "db"))}), "f")
    expected = (2.0, [(MANY[0], MANY[1]), (MANY[2], MANY[3])])
    blank = observation(x, x)
    one = dataclasses.replace(
        blank,
        right=False,
        expected=dataclasses.replace(blank.expected, value=deep(expected)),
        got=dataclasses.replace(blank.got, value=deep((2.0, [(MANY[0], MANY[1]), (-MANY[2], MANY[3])]))),
    )
    english, korean = said(one, one, declared={"f": names}.get)
    assert english.startswith("Right: loss. dW of layer 2: The sign is flipped")
    assert korean.startswith("맞은 부분: loss. 2번째 층의 dW: ")


def test_a_right_part_is_named_as_right_beside_one_that_is_zero():
    english, _ = said(
        shaped("tuple", with_zero({1})), shaped("tuple", with_zero({1})), names={"f": ("dW", "db", "dV", "dc")}
    )
    assert english.startswith("Right: dW, dV, dc. db: ")


# -- a neighbour's slip ----------------------------------------------------------------------------------------------


def outcomes(*values):
    return [Outcome(number, Status.RETURNED, tensor(value)) for number, value in enumerate(values)]


def test_a_slip_in_a_function_that_is_right_is_not_named():
    """f calls g, and h fails for a reason of its own: what f gives is what a slip in g would make of it, but g is right."""
    right, bad_f, bad_h, of_g = normal(4, 3), normal(4, 3), normal(4, 3), normal(4, 3)
    cases = [
        observation(right, bad_f, function="f"),
        observation(of_g, of_g, function="g", case_id=1),
        observation(right, bad_h, function="h", case_id=2),
    ]
    slip_in_g = entry("slip_in_g", outcomes(bad_f, normal(4, 3), right), "g")
    slip_in_h = entry("slip_in_h", outcomes(right, of_g, bad_h), "h")
    slip_in_f = entry("slip_in_f", outcomes(bad_f, of_g, right), "f")
    assert reason(*cases, bank=[slip_in_g, slip_in_h]) == "slip_in_h"  # what h does is known all the same
    assert reason(*cases, bank=[slip_in_g]) is None
    assert reason(*cases, bank=[slip_in_g, slip_in_f, slip_in_h]) == "slip_in_f+slip_in_h"


def mutant(name, function, *values):
    given = {o.id: o for o in outcomes(*values)}
    fields = {"role": None, "what": "", "instead": "", "line": 1, "column": 1, "before": "a", "after": "b", "places": 1}
    made = Mutant(name=name, kind="sign", function=function, equivalent="", source="", **fields)
    wrong = frozenset(range(len(values)))
    return KeptMutant(made, wrong, {number: sketch(one) for number, one in given.items()}, lambda: given)


def test_a_mutant_of_a_function_that_is_right_is_not_named():
    right, bad_f, of_g = normal(4, 3), normal(4, 3), normal(4, 3)
    cases = [observation(right, bad_f, function="f"), observation(of_g, of_g, function="g", case_id=1)]
    assert explain(cases, [mutant("in g", "g", bad_f, normal(4, 3))]) is None
    assert explain(cases, [mutant("in f", "f", bad_f, of_g)]) is not None
    wrong_g = normal(4, 3)
    both = [cases[0], observation(of_g, wrong_g, function="g", case_id=1)]
    assert explain(both, [mutant("in g", "g", bad_f, wrong_g)]) is not None


def test_code_that_is_right_in_itself_has_no_slip_of_its_own():
    """A second run showed it: only an earlier function is wrong, whatever the numbers look like."""
    wrong = normal(4, 3)
    carried = Diagnosis("carried", "carried:g", "f", Text("Right in itself", "그 자체는 맞음"))
    bank = [entry("slip_in_f", outcomes(wrong), "f")]
    assert reason(observation(x, wrong), bank=bank, carried=carried) == "carried:g"
    assert reason(observation(x, -x), carried=carried) == "carried:g"


# -- "solved without X, which stands in cell N" ----------------------------------------------------------------------


def forbidden_shown(finding, sources):
    sample = Sample()
    sample.check(sample.task("f", 5), "only", 5, Text("a", "a"), [((), 1.0, gave(1.0))], visible=True)
    data = report_data(sample.report(forbidden=(finding,), sources=sources))
    return data["tasks"][0]["forbidden"]


def test_what_was_seen_to_run_stands_nowhere():
    seen = Forbidden("f", "torch.nn.BCEWithLogitsLoss", "f", None, "ran: x", "recorded", certain=True)
    (shown,) = forbidden_shown(seen, {"cell 13": "import torch"})
    assert (shown["line"], shown["begins"]) == (None, "")


@pytest.mark.parametrize(
    "source",
    [
        "import torch\n\nlosses = torch.nn.BCEWithLogitsLoss()\ndef f(x): return losses(x, x)",
        "from torch.nn import BCEWithLogitsLoss as B\ndef f(x):\n    return B()(x, x)",
        "from torch import nn\n\n\ndef f(x):\n    name = 'BCEWithLogitsLoss'\n    return getattr(nn, name)()(x, x)",
        "def helper(x):\n    import torch\n    return torch.nn.BCEWithLogitsLoss()(x, x)\ndef f(x): return helper(x)",
    ],
)
def test_the_line_that_is_shown_stands_in_the_cell_that_is_shown(source):
    cells = (
        Cell("import torch", "given cell 1", "provided"),
        Cell("# mine\nother = 1", "cell 3"),
        Cell(source, "cell 13"),
    )
    from types import SimpleNamespace

    task = Task("f", points=0, forbid=("torch.nn.BCEWithLogitsLoss",))
    written = find_written(SimpleNamespace(tasks=(task,)), Program(cells))
    lines = source.split("\n")
    assert written
    for one in (one for one in written if one.line is not None):
        (shown,) = forbidden_shown(dataclasses.replace(one, certain=True), {cell.name: cell.source for cell in cells})
        assert one.where == "cell 13"
        assert shown["begins"] == lines[0]
        assert "BCEWithLogitsLoss" in lines[shown["line"] - 1]


# -- a word about dtypes where the dtype is right --------------------------------------------------------------------

HINTS = [Text("Results have the dtype of the inputs.", "결과의 dtype은 입력과 같아야 합니다."), Text(ko="결과의 dtype은 입력과 같아야 합니다."), Text(en="Mind the data type.", ko="자료형에 유의하세요.")]  # fmt: skip


def hint_of(hint, expected, outcome, dtype="float32"):
    sample = Sample()
    sample.check(sample.task("f", 5), "only", 5, Text("a", "a"), [((), expected, outcome)], hint=hint, dtype=dtype)
    return report_data(sample.report())["tasks"][0]["checks"][0]["hint"]


@pytest.mark.parametrize("hint", HINTS)
def test_a_hint_about_the_dtype_stands_only_where_the_dtype_is_wrong(hint):
    right = array([1.0, 2.0], "float32")
    shape = Outcome(0, Status.RAISED, error=ErrorInfo("RuntimeError", "The size of tensor a (3) must match"))
    types = Outcome(0, Status.RAISED, error=ErrorInfo("RuntimeError", "expected m1 and m2 to have the same dtype"))
    for outcome in (gave(array([1.0, 3.0], "float32")), gave(array([1.0], "float32")), shape, gave(None)):
        assert hint_of(hint, right, outcome) is None
    for outcome in (gave(array([1.0, 2.0], "float64")), types):
        assert hint_of(hint, right, outcome) is not None


@pytest.mark.parametrize("got", [-x, 2 * x, x + 0.25, np.zeros_like(x), x[::-1].copy(), x[:-1], np.abs(x)])
def test_float32_alone_is_no_reason_to_speak_of_dtypes(got):
    narrow = observation(Array(x.astype(np.float32)), Array(got.astype(np.float32)), dtype="float32", case_id=1)
    english, korean = said(observation(x, x), narrow)
    assert english
    for sentence in (english, korean):
        assert "dtype" not in sentence
        assert "float64" not in sentence
    other = observation(Array(x.astype(np.float32)), Array(x), dtype="float32", case_id=1)
    assert "dtype" in said(observation(x, x), other)[0]


# -- "changes its input" ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (Status.RAISED, ErrorInfo("ModuleNotFoundError", "No module named 'torch'")),
        (Status.RAISED, ErrorInfo("NameError", "name 'torch' is not defined")),
        (Status.TIMED_OUT, None),
        (Status.CRASHED, None),
        (Status.OUT_OF_MEMORY, None),
        (Status.BAD_OUTPUT, None),
        (Status.MISSING, None),
        (Status.UNFINISHED, None),
        (Status.GRADER_ERROR, ErrorInfo("ModuleNotFoundError", "No module named 'torch'")),
    ],
)
def test_a_call_without_a_result_does_not_change_its_input(status, error):
    ended = dataclasses.replace(observation(x, None, (x,), status=status, error=error), changed=("x0",))
    for others in ((), (observation(x, x, (x,), case_id=1),)):
        one = found(ended, *others)
        assert one is None or one.id != "changes_its_input"


def test_an_input_that_was_changed_is_told():
    assert reason(dataclasses.replace(observation(x, x, (x,)), changed=("x0",))) == "changes_its_input"


def test_the_tolerance_of_these_tests_is_a_tight_one():
    assert observation(x, x).case.check.tolerance == T1
