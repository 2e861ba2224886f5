"""A reason is given when it explains every failing case, and only then."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from autograder.authoring import T1, T3, Check
from autograder.course.assignment import Misconception
from autograder.course.cases import Case
from autograder.grading.compare import EQUAL, compare
from autograder.grading.diagnose import Observation, diagnose
from autograder.grading.findings import Diagnosis
from autograder.guest.wire import Array
from autograder.i18n import Text
from autograder.sandbox.interface import ErrorInfo, Outcome, Status

TEXT = Text("t", "t")
rng = np.random.default_rng(7)


def observation(expected, got, args=(), *, dtype="float64", case_id=0, function="f", gradient=(), **outcome):
    check = Check("f", "c", 1, True, T3 if dtype == "float32" else T1, TEXT, TEXT, lambda d: [], gradient, dtype)
    names = tuple(f"x{i}" for i in range(len(args)))
    case = Case(case_id, check, 0, function, names, tuple(tensor(a) for a in args), 0)
    reference = Outcome(
        case_id, Status.RETURNED, tensor(expected), gradient=tuple(tensor(g) for g in outcome.pop("grad", ()))
    )
    mine = Outcome(
        case_id, outcome.pop("status", Status.RETURNED), tensor(got), gradient=outcome.pop("got_grad", ()), **outcome
    )
    right = (
        mine.status is Status.RETURNED
        and compare(reference.value, mine.value, check.tolerance).equal
        and (compare(reference.gradient, mine.gradient, check.tolerance) if gradient else EQUAL).equal
    )
    return Observation(case, reference, mine, right)


def tensor(value):
    if isinstance(value, np.ndarray):
        return Array(value)
    return tuple(tensor(v) for v in value) if isinstance(value, tuple) else value


def reason(*observations, bank=()):
    found = diagnose(list(observations), bank)
    return found and found.id


def normal(*shape):
    return rng.normal(size=shape)


# -- the bank --------------------------------------------------------------------------------------------------------


def entry(name, outcomes, function="f"):
    return Misconception(name, function, "f", Text(name, name), "", 1), {o.id: o for o in outcomes}


def test_the_bank_explains_equal_outputs():
    e, w = normal(3), normal(3)
    bank = [
        entry("other", [Outcome(0, Status.RETURNED, tensor(normal(3)))]),
        entry("mine", [Outcome(0, Status.RETURNED, tensor(w))]),
    ]
    assert reason(observation(e, w), bank=bank) == "mine"


def test_the_bank_must_explain_every_case():
    first, second = normal(3), normal(3)
    bank = [entry("half", [Outcome(0, Status.RETURNED, tensor(first)), Outcome(1, Status.RETURNED, tensor(normal(3)))])]
    assert reason(observation(normal(3), first), observation(normal(3), second, case_id=1), bank=bank) is None


def test_a_misconception_that_fails_where_the_student_is_right_is_not_the_reason():
    e, w = normal(3), normal(3)
    bank = [entry("too_wrong", [Outcome(0, Status.RETURNED, tensor(w)), Outcome(1, Status.RETURNED, tensor(w))])]
    assert reason(observation(normal(3), w), observation(e, e, case_id=1), bank=bank) is None


def test_the_same_exception_is_the_same_mistake():
    error = ErrorInfo("ZeroDivisionError", "division by zero")
    bank = [entry("divides", [Outcome(0, Status.RAISED, error=ErrorInfo("ZeroDivisionError", "other words"))])]
    assert reason(observation(normal(3), None, status=Status.RAISED, error=error), bank=bank) == "divides"


def test_two_functions_of_one_task_may_each_have_their_reason():
    w, v = normal(3), normal(2)
    e, d = normal(3), normal(2)
    bank = [
        entry("bad_f", [Outcome(0, Status.RETURNED, tensor(w)), Outcome(1, Status.RETURNED, tensor(d))]),
        entry("bad_g", [Outcome(0, Status.RETURNED, tensor(e)), Outcome(1, Status.RETURNED, tensor(v))], "g"),
    ]
    assert reason(observation(e, w), observation(d, v, case_id=1, function="g"), bank=bank) == "bad_f+bad_g"


def test_a_function_that_does_not_call_the_wrong_one_is_no_evidence_against_its_reason():
    # The solution's g calls f; the student's is written out, and right.
    e, w, d, v = normal(3), normal(3), normal(2), normal(2)
    bank = [entry("bad_f", [Outcome(0, Status.RETURNED, tensor(w)), Outcome(1, Status.RETURNED, tensor(v))])]
    assert reason(observation(e, w), observation(d, d, case_id=1, function="g"), bank=bank) == "bad_f"
    assert reason(observation(e, w), observation(d, normal(2), case_id=1, function="g"), bank=bank) is None
    other = [entry("bad_g", [*bank[0][1].values()], "g")]
    assert reason(observation(e, w), observation(d, d, case_id=1, function="g"), bank=other) is None


def test_an_adapter_that_stays_right_is_evidence_against_a_reason():
    e, w, d, v = normal(3), normal(3), normal(2), normal(2)
    bank = [entry("bad_f", [Outcome(0, Status.RETURNED, tensor(w)), Outcome(1, Status.RETURNED, tensor(v))])]
    right = observation(d, d, case_id=1, function="adapter")
    right = dataclasses.replace(right, case=dataclasses.replace(right.case, needs=("f",)))
    assert reason(observation(e, w), right, bank=bank) is None


def test_a_misconception_may_explain_one_part_of_a_result():
    def both(loss, grad, case_id=0):
        return Outcome(case_id, Status.RETURNED, (tensor(loss), tensor(grad)))

    loss, grad, bad_loss, bad_grad, worse = normal(12), normal(12), normal(12), normal(12), normal(12)
    bank = [entry("both", [both(bad_loss, worse)]), entry("gradient", [both(loss, bad_grad)])]
    seen = observation((loss, grad), None)
    only_loss = dataclasses.replace(seen, got=both(bad_loss, grad))
    found = diagnose([only_loss], bank, names={"f": ["loss", "d"]})
    assert found.id == "both"
    assert found.text.in_language("en") == "loss: both"
    assert reason(dataclasses.replace(seen, got=both(bad_loss, bad_grad)), bank=bank) == "both+gradient"
    assert reason(dataclasses.replace(seen, got=both(bad_loss, normal(12))), bank=bank) is None


def test_a_slip_is_said_with_the_parts_that_it_spoils_where_others_are_right():
    def slips(observations):
        return Diagnosis("mutant", "m", "f", Text("A term is missing.", "항이 하나 빠졌습니다."))

    loss, grad = normal(12), normal(12)
    seen = observation((loss, grad), (loss, normal(12)))
    found = diagnose([seen], [], names={"f": ["loss", "dz"]}, slips=slips)
    assert found.text.in_language("en") == "dz: A term is missing."
    assert found.text.in_language("ko") == "dz: 항이 하나 빠졌습니다."
    both = observation((loss, grad), (normal(12), normal(12)))
    assert diagnose([both], [], names={"f": ["loss", "dz"]}, slips=slips).text.in_language("en") == "A term is missing."
    alone = observation(loss, normal(12))
    assert diagnose([alone], [], slips=slips).text.in_language("en") == "A term is missing."


def test_a_single_number_that_agrees_with_a_misconception_is_no_reason():
    bank = [entry("m", [Outcome(0, Status.RETURNED, (tensor(3.3), tensor(normal(3))))])]
    grad = normal(3)
    seen = observation((np.float64(1.0), grad), (np.float64(3.3), grad))
    assert reason(seen, bank=bank) is None


@pytest.mark.parametrize("status", [Status.UNFINISHED, Status.MISSING, Status.GRADER_ERROR])
def test_nothing_is_said_of_what_was_never_computed(status):
    bank = [entry("m", [Outcome(0, status)])]
    assert reason(observation(normal(3), None, status=status), bank=bank) is None


# -- numeric relations -----------------------------------------------------------------------------------------------

x, big, square = normal(4, 3), normal(5, 2, 3), normal(3, 3)


@pytest.mark.parametrize(
    ("expected", "got", "args", "found"),
    [
        (x, -x, (), "sign"),
        (x, 2 * x, (), "known_factor:2"),
        (x, x / 2, (), "known_factor:1/2"),
        (x, x / np.log(2), (), "known_factor:1/ln 2"),
        (x, 7 * x, (normal(7, 11),), "size:x0.shape[0]"),
        (x, x / 11, (normal(7, 11),), "inverse_size:x0.shape[1]"),
        (x, 77 * x, (normal(7, 11),), "size:x0.shape[0]*x0.shape[1]"),
        (x, 3.7 * x, (), "factor:3.7"),
        (x, (1 + 2e-7) * x, (), None),
        (x, x + 0.25, (), "offset:0.25"),
        (square, square.T, (), "transposed"),
        (x, x.T, (), "transposed"),
        (x[:, 0], x[:, :1], (), "axis"),
        (x, x.reshape(1, 4, 3), (), "axis"),
        (x[:, 0], np.zeros((4, 4)), (), "broadcast"),
        (big, np.concatenate([normal(1, 2, 3), big[:-1]]), (), "shift:previous"),
        (big, np.concatenate([big[1:], normal(1, 2, 3)]), (), "shift:next"),
        (big, big[::-1].copy(), (), "reversed:0"),
        (x, x.astype(np.float32), (), "dtype:float32 ≠ float64"),
        (x, np.zeros_like(x), (), "zero"),
        (x, 5 * square[0, 0] * np.ones((4, 3)), (), None),
        (x, normal(4, 3), (), None),
        ((x, square, big), (x, big, square), (), "permuted:0, 2, 1"),
        ((x, square), (x, -square), (), "sign"),
        ((x, square), (2 * x, -square), (), "known_factor:2+sign"),
        ((x, square), (2 * x, normal(3, 3)), (), None),
        (x[:, 0], np.zeros(5), (), None),
        (x[:, 0], np.zeros((4, 2)), (), None),
    ],
)
def test_relations(expected, got, args, found):
    if found is not None and found.startswith("dtype"):
        got = Array(got)
    assert reason(observation(expected, got, args)) == found


def test_the_input_returned_unchanged():
    a = normal(4, 3)
    assert reason(observation(x, a, (normal(2), a))) == "input:x1"


def test_overflow_where_the_stable_form_is_finite():
    got, large = x.copy(), (800 * x,)
    got[1] = np.nan
    assert reason(observation(x, got, large)) == "overflow"
    got[2, 0] += 1
    assert reason(observation(x, got, large)) is None


def test_overflow_may_spoil_what_is_finite_beside_it():
    e, nan = normal(6), np.where(np.arange(6) < 2, np.nan, 1.0)
    large = observation((e, e), (nan, 3 * e**2), args=(1000 * normal(6),))
    fine = [observation((e, e), (e, e), args=(normal(6),), case_id=i) for i in (1, 2)]
    assert reason(large, *fine) == "overflow"
    small = observation((e, e), (nan, 3 * e**2), args=(normal(6),))
    assert reason(small, *fine) is None
    assert reason(large) is None, "nothing shows that smaller inputs are right"


def test_nan_of_small_inputs_or_everywhere_is_no_overflow():
    got = x.copy()
    got[1] = np.nan
    assert reason(observation(x, got, (x,))) is None  # a mean of nothing, say
    assert reason(observation(x, np.full_like(x, np.nan), (800 * x,))) is None  # nothing is left to be right


def test_a_stale_result_of_another_call():
    first, second = normal(3), normal(3)
    assert reason(observation(first, first), observation(second, first, case_id=1)) == "stale"


def test_right_in_float64_only():
    narrow = x.astype(np.float32)
    wide = observation(x, x)
    wrong = observation(
        Array(narrow), Array(narrow + rng.normal(size=x.shape).astype(np.float32)), dtype="float32", case_id=1
    )
    assert reason(wide, wrong) is None  # nothing relates the numbers
    scaled = observation(Array(narrow), Array(x), dtype="float32", case_id=1)
    assert reason(wide, scaled) == "float64_only"


def test_right_but_computed_in_another_dtype():
    rounded = (x.astype(np.float32) * np.float32(1.0000004)).astype(np.float32)
    assert reason(observation(x, Array(rounded))) == "dtype:float32 ≠ float64"
    through = {"gradient": ("x0",), "grad": (x,), "got_grad": (tensor(rounded.astype(np.float64)),)}
    assert reason(observation(x, Array(rounded), (x,), **through)) == "dtype:float32 ≠ float64"
    assert reason(observation(x, Array(np.float32(2) * rounded))) is None


def test_no_gradient_at_all():
    found = reason(observation(x, x, (x, x), gradient=("x1", "x0"), grad=(x, x), got_grad=()))
    assert found == "no_gradient:x0, x1"


def test_no_gradient_flows():
    assert reason(observation(x, x, (x,), gradient=("x0",), grad=(x,), got_grad=(None,))) == "no_gradient:x0"


def test_sizes_are_told_apart_by_cases_with_other_sizes():
    one = observation(x, 3 * x, (normal(3, 5),))
    two = observation(x, 4 * x, (normal(4, 5),), case_id=1)
    assert reason(one, two) == "size:x0.shape[0]"


def test_a_relation_must_hold_in_every_failing_case():
    assert reason(observation(x, -x), observation(x, 2 * x, case_id=1)) is None


def test_one_number_alone_is_no_evidence_for_a_factor_or_an_offset():
    assert reason(observation(2.0, 7.0)) is None
    assert reason(observation(2.0, 4.0)) is None
    twice = [observation(number, 2 * number, case_id=i) for i, number in enumerate((2.0, 3.0, 5.0))]
    assert reason(*twice) == "known_factor:2"


def test_truth_values_and_counts_are_no_evidence():
    assert reason(*(observation(n, n + 1, case_id=n) for n in (3, 4, 7))) is None
    assert reason(observation(True, True), observation(False, True, case_id=1)) is None
    counts = np.arange(12)
    assert reason(observation(counts, 2 * counts)) is None


def test_right_answers_need_no_reason():
    assert reason(observation(x, x)) is None


def test_a_measured_number_stays_hidden_with_the_cases_that_it_came_from():
    check = Check("f", "c", 1, False, T1, TEXT, TEXT, lambda d: [])
    case = Case(0, check, 0, "f", (), (), 0)
    wrong = Observation(
        case, Outcome(0, Status.RETURNED, tensor(x)), Outcome(0, Status.RETURNED, tensor(x + 0.25)), False
    )
    assert diagnose([wrong], ()) is None


# -- parts, terms and factors ----------------------------------------------------------------------------------------


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


cell = normal(4, 3)
bias = normal(3)


@pytest.mark.parametrize(
    ("expected", "got", "args", "found"),
    [
        ((x, square), (x, -square), (), "sign"),
        ((x, square), (3 * x, square), (normal(3, 5),), "size:x0.shape[0]"),
        (x + bias, x, (cell, bias), "term_missing:x1"),
        (x + bias, x + 2 * bias, (cell, bias), "term_too:x1"),
        (x - bias, x + bias, (cell, -bias), "term_sign:x1"),
        (
            x,
            x * sigmoid(cell) * (1 - sigmoid(cell)),
            (cell,),
            "extra_factor:sigmoid(x0)(1 - sigmoid(x0)) (a derivative)",
        ),
        (x * (1 - np.tanh(cell) ** 2), x, (cell,), "lost_factor:(1 - tanh(x0)²) (a derivative)"),
        (x * cell, x, (cell,), "lost_factor:x0"),
        (sigmoid(x), x, (), "lacking:sigmoid"),
        (x, np.abs(x), (), "around:the absolute value"),
        (x, x.clip(-0.5, 0.5), (), "clamped"),
        (x, x[::-1].copy(), (), "reversed:0"),
        (x, x[[1, 0, 3, 2]], (), "reordered:rows"),
        (x, x[:-1], (), "short:the last one"),
        (x, x[1:], (), "short:the first one"),
        (x, x[[0, 2, 3]], (), "rows_missing"),
        (x, np.concatenate([x, x[:1]]), (), "long:at the end"),
        (np.r_[x[0], 0, 0][None] + 0 * x[:, :1], np.r_[0, 0, x[0]][None] + 0 * x[:, :1], (), "filling"),
        (x, x * (cell > 0) + 0.01 * x * (cell <= 0), (cell,), None),
        (x, (x > 0).astype(float), (), None),
    ],
)
def test_relations_of_parts_and_elements(expected, got, args, found):
    assert reason(observation(expected, got, args)) == found


def test_a_list_of_the_right_numbers():
    assert reason(observation(x[0], [float(v) for v in x[0]])) == "container:Python list"


def test_a_small_case_agrees_with_what_a_larger_one_shows_and_shows_nothing_itself():
    small, one = normal(1, 1), normal(1)
    large = observation(x + bias, x, (cell, bias))
    agreeing = observation(small + one, small, (normal(1, 1), one), case_id=1)
    contradicting = observation(small + one, small + 7 * one, (normal(1, 1), one), case_id=1)
    assert reason(large, agreeing) == "term_missing:x1"
    assert reason(agreeing) is None
    assert reason(large, contradicting) is None


def test_parts_are_named_as_the_docstring_names_them():
    found = diagnose([observation((x, square), (x, -square))], (), names={"f": ("loss", "dW")})
    assert found is not None
    assert found.text.en.startswith("Right: loss. dW: The sign")
    assert found.text.ko.startswith("맞은 부분: loss. dW: ")


# -- what goes on beside the numbers ---------------------------------------------------------------------------------


def raised(message, *, type_name="RuntimeError", visible=True, line=2, case_id=0):
    check = Check("f", "c", 1, visible, T1, TEXT, TEXT, lambda d: [])
    case = Case(case_id, check, 0, "f", (), (), 0)
    error = ErrorInfo(type_name, message, line, "cell 3")
    wrong = Outcome(case_id, Status.RAISED, error=error)
    return Observation(case, Outcome(case_id, Status.RETURNED, tensor(x)), wrong, False)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("element 0 of tensors does not require grad and does not have a grad_fn", "detached"),
        ("The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 0", "shape"),
        ("mat1 and mat2 shapes cannot be multiplied (4x5 and 4x4)", "shape"),
        ("expected m1 and m2 to have the same dtype, but got: float != double", "dtype"),
        ("Expected all tensors to be on the same device, but found at least two devices", "device"),
        ("index 5 is out of bounds for dimension 0 with size 4", "index"),
        ("stack expects a non-empty TensorList", "empty"),
        ("a leaf Variable that requires grad is being used in an in-place operation.", "leaf_in_place"),
    ],
)
def test_an_exception_is_explained_by_its_kind_and_line(message, kind):
    found = diagnose([raised(message)], (), sources={"cell 3": "def f():\n    return a + b"})
    assert found is not None
    assert found.id == f"error:{kind}"
    assert '"return a + b"' in found.text.en
    assert '"return a + b"' in found.text.ko


@pytest.mark.parametrize(
    ("type_name", "message", "kind"),
    [
        ("TypeError", "unsupported operand type(s) for -: 'Tensor' and 'tuple'", "operand"),
        ("TypeError", "'int' object is not iterable", "operand"),
        ("TypeError", "matmul(): argument 'input' (position 1) must be Tensor, not list", "operand"),
        ("TypeError", "'NoneType' object is not subscriptable", "none"),
        ("TypeError", "step() missing 1 required positional argument: 'b'", "call"),
        ("TypeError", "step() takes 2 positional arguments but 3 were given", "call"),
        ("AttributeError", "'list' object has no attribute 'mean'", "attribute"),
        ("AttributeError", "'NoneType' object has no attribute 'shape'", "none"),
        ("ValueError", "too many values to unpack (expected 2)", "unpack"),
        ("UnboundLocalError", "cannot access local variable 'loss' where it is not associated with a value", "unbound"),
        ("KeyError", "'W3'", "key"),
        ("RuntimeError", "unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone()", "expanded"),
    ],
)  # fmt: skip
def test_what_python_refuses_is_explained_by_its_kind(type_name, message, kind):
    found = diagnose([raised(message, type_name=type_name)], (), sources={"cell 3": "def f():\n    return a + b"})
    assert found is not None
    assert found.id == f"error:{kind}"


def test_of_a_hidden_exception_only_a_fixed_class_is_said():
    message = "element 0 of tensors does not require grad"
    assert diagnose([raised(message, visible=False)], (), sources={"cell 3": "def f():\n    return a"}) is None
    found = diagnose([raised("secret 7", type_name="IndexError", visible=False)], (), sources={"cell 3": "\nsecret"})
    assert found is not None
    assert found.id == "error:IndexError"
    assert "secret" not in found.text.en + found.text.ko
    assert diagnose([raised("a", type_name="Leak7", visible=False)], ()) is None


def test_two_kinds_of_exception_are_not_one_reason():
    other = raised("index 5 is out of bounds for dimension 0", case_id=1)
    assert diagnose([raised("sizes of tensors must match"), other], ()) is None


def test_chance_is_a_reason_only_where_it_explains_every_failure():
    check = Check("f", "c", 1, True, T1, TEXT, TEXT, lambda d: [])

    def made(case_id, **more):
        case = Case(case_id, check, 0, "f", (), (), 0)
        return Observation(
            case,
            Outcome(case_id, Status.RETURNED, tensor(x)),
            Outcome(case_id, Status.RETURNED, tensor(normal(4, 3))),
            False,
            **more,
        )

    assert reason(made(0, deterministic=False), made(1, deterministic=False)) == "not_the_same_twice"
    assert reason(made(0, deterministic=False), made(1)) is None


def test_no_answer_at_all_is_a_reason_where_every_wrong_one_is_none():
    nothing = dataclasses.replace(observation(x, x, (x,)), right=False)
    nothing = dataclasses.replace(nothing, got=dataclasses.replace(nothing.got, value=None))
    assert reason(nothing) == "gives_nothing"
    assert reason(nothing, observation(x, x, (x,), case_id=1)) == "gives_nothing"
    assert reason(nothing, observation(x, normal(4, 3), case_id=1)) != "gives_nothing"
    none_is_right = dataclasses.replace(nothing, expected=dataclasses.replace(nothing.expected, value=None))
    assert reason(none_is_right) != "gives_nothing"


def test_an_input_that_was_changed_is_a_reason_where_all_else_is_right():
    fine = observation(x, x, (x,))
    assert reason(dataclasses.replace(fine, changed=("x0",))) == "changes_its_input"
    assert reason(dataclasses.replace(fine, changed=("x0",)), observation(x, normal(4, 3), case_id=1)) is None


@pytest.mark.parametrize("got", [x[:-2], np.abs(x), x[[1, 0, 3, 2]], np.concatenate([x, x[:1]])])
def test_korean_sentences_hold_no_english_words(got):
    found = diagnose([observation(x, got)], ())
    assert found is not None
    assert not {"the", "one", "ones", "rows", "at", "of"} & set(
        found.text.ko.replace("(", " ").replace(")", " ").split()
    )


def test_how_many_elements_are_missing_is_not_said():
    """A student's code could choose the number by what it sees of a hidden input."""
    long = normal(40, 2)
    assert reason(observation(long, long[:-2])) == reason(observation(long, long[:-19])) == "short:the last ones"
