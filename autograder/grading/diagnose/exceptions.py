"""Exceptions of torch and numpy by their kind, and the line of the student that raised them.

What a call raises is chosen by the student's code, which has seen the inputs: so the kind is read from the messages of
visible cases alone. Of hidden cases a fixed built-in class is said, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from autograder.grading.diagnose.evidence import Evidence, listed
from autograder.grading.diagnose.observation import Observation
from autograder.grading.findings import Diagnosis
from autograder.i18n import Text
from autograder.sandbox.interface import ErrorInfo, Status

LONGEST_LINE = 90

KINDS = {
    "detached": r"does not require grad|no grad_fn",
    "unused": r"not have been used in the graph|not to have been used",
    "numpy_of_gradient": r"Can't call numpy\(\) on Tensor that requires grad",
    "leaf_in_place": r"leaf Variable that requires grad|view of a leaf|modified by an inplace operation",
    "empty": r"non-empty|zero elements|empty (sequence|tensor|list)|with size 0\b|pop from empty|no identity|zero-size",
    "view": r"view size is not compatible",
    "expanded": r"more than one element of the written-to tensor|internal overlap",
    "unpack": r"(too many|not enough) values to unpack|cannot unpack non-iterable",
    "unbound": r"UnboundLocalError",
    "call": r"TypeError: .*(missing \d+ required|positional arguments? but|unexpected keyword|multiple values for argument)",
    "attribute": r"AttributeError: (?!'?NoneType)",
    "key": r"^KeyError",
    "truth": r"Boolean value of Tensor|truth value of an array|only (one element|integer) tensors|Tensor with \d+ elements cannot",
    "none": r"'?NoneType'?",
    "dtype": r"same dtype|scalar type|not implemented for '|can't be cast|must be Long|dtype",
    "device": r"same device|cuda",
    "index": r"out of (range|bounds)|index \d+ is|IndexError|too many indices",
    "shape": r"must match|cannot be multiplied|size mismatch|broadcast|shape '|invalid for input|not aligned|dimension|input size|"
    r"too small|number of channels|[Ss]izes? of tensors|equation|subscript|not the same length",
    "operand": r"TypeError: (?!.*NoneType).*(unsupported operand|can only concatenate|not (callable|iterable|subscriptable|reversible)|must be Tensor|"
    r"bad operand|object cannot be interpreted|has no len|invalid combination of arguments|expected Tensor|not supported between)",
}
TEXTS: Mapping[str, Text] = {
    "detached": Text(
        "The calls end with an error because no gradient can be computed: the result is detached from the parameters. Something on the way was made under no_grad, detached, or copied out of torch.",
        "결과가 파라미터와 연결되어 있지 않아(detach) 기울기를 구할 수 없다는 오류로 끝납니다. 중간에 no_grad 안에서 만들었거나 detach했거나 torch 밖으로 복사한 값이 있습니다.",
    ),
    "unused": Text(
        "The calls end with an error because a gradient is asked for with respect to something that does not enter the result. Ask only for those of what is trained and used: running statistics are neither.",
        "결과에 쓰이지 않은 것에 대한 기울기를 구하려다 오류가 납니다. 학습하며 실제로 쓰이는 것에 대해서만 기울기를 구하세요. 이동 통계량 같은 것은 해당하지 않습니다.",
    ),
    "numpy_of_gradient": Text(
        "The calls end with an error because a tensor that carries a gradient is turned into a numpy array. Stay in torch: what leaves it is no longer differentiated.",
        "기울기를 추적하는 텐서를 numpy 배열로 바꾸다가 오류가 납니다. torch 안에서 계산하세요. torch를 벗어난 값은 미분되지 않습니다.",
    ),
    "leaf_in_place": Text(
        "The calls end with an error because a tensor that autograd still needs is changed in place. Make a new tensor instead.",
        "자동 미분에 필요한 텐서를 제자리에서 바꾸다가 오류가 납니다. 새 텐서를 만드세요.",
    ),
    "empty": Text(
        "The calls end with an error where there is nothing to work on: an empty list or an axis of length 0 (no step, no element). Say what the answer is then, before the loop.",
        "빈 리스트나 길이가 0인 축처럼 처리할 것이 없는 입력에서 오류가 납니다. 그때의 답이 무엇인지 반복문 앞에서 정해 두세요.",
    ),
    "view": Text(
        "The calls end with an error in view: the tensor is not contiguous (it was transposed, say). reshape works for every tensor.",
        "텐서가 메모리에 연속으로 놓여 있지 않아(예: 전치) view에서 오류가 납니다. reshape은 모든 텐서에 쓸 수 있습니다.",
    ),
    "expanded": Text(
        "The calls end with an error because a tensor made by expand is written into: its elements share their memory. Copy it first (clone), or repeat.",
        "expand로 만든 텐서에 값을 쓰다가 오류가 납니다. expand의 원소들은 메모리를 나눠 씁니다. 먼저 clone으로 복사하거나 repeat을 쓰세요.",
    ),
    "unpack": Text(
        "The calls end with an error because something is taken apart into another number of names than it has parts. How many values does the function return?",
        "값을 나눠 담는 이름의 수와 실제 값의 수가 달라 오류가 납니다. 그 함수는 값을 몇 개 돌려주나요?",
    ),
    "unbound": Text(
        "The calls end with an error because a variable has no value yet when it is used: the branch or the loop that gives it one did not run. Is a text compared with the right spelling, is the loop ever entered?",
        "변수에 값이 들어가기 전에 그 변수를 써서 오류가 납니다. 값을 넣는 분기나 반복문이 실행되지 않았습니다. 비교하는 문자열의 철자가 맞는지, 반복문에 들어가기는 하는지 보세요.",
    ),
    "call": Text(
        "The calls end with an error because a function is called with other arguments than it takes. Compare the call with its signature.",
        "함수가 받는 인자와 다르게 호출해서 오류가 납니다. 호출하는 곳을 함수의 시그니처와 비교해 보세요.",
    ),
    "attribute": Text(
        "The calls end with an error because a value is of another type than the line expects, and does not have that attribute or method. Is it a list, a tuple, a numpy array or a Python number where a tensor is meant?",
        "값의 타입이 그 줄에서 기대한 것과 달라, 없는 속성이나 메서드를 찾다가 오류가 납니다. 텐서여야 할 곳에 리스트, 튜플, numpy 배열이나 파이썬 수가 있지는 않은가요?",
    ),
    "key": Text(
        "The calls end with an error because a dictionary has no such key. Compare its spelling with the docstring.",
        "딕셔너리에 없는 키를 찾다가 오류가 납니다. 독스트링에 적힌 키의 철자와 비교해 보세요.",
    ),
    "operand": Text(
        "The calls end with an error because an operation is given something that it cannot work with: a tuple or a list where a tensor is meant, say. A function that returns several values returns a tuple: take it apart first.",
        "연산에 쓸 수 없는 값을 넣어 오류가 납니다. 예를 들어 텐서여야 할 곳에 튜플이나 리스트가 있습니다. 값을 여러 개 돌려주는 함수는 튜플을 돌려주므로 먼저 나눠 담으세요.",
    ),
    "truth": Text(
        "The calls end with an error because a tensor of several elements is used as one number or one truth value.",
        "원소가 여러 개인 텐서를 숫자 하나나 참/거짓 하나로 쓰다가 오류가 납니다.",
    ),
    "none": Text(
        "The calls end with an error because a value is None: a function without return, or a gradient that was never filled.",
        "값이 None이라서 오류가 납니다. return이 없는 함수이거나 채워지지 않은 기울기일 수 있습니다.",
    ),
    "dtype": Text(
        "The calls end with an error because dtypes do not fit together. New tensors should take the dtype of the inputs; indices are int64.",
        "dtype이 서로 맞지 않아 오류가 납니다. 새로 만드는 텐서는 입력의 dtype을 따르고, 인덱스는 int64여야 합니다.",
    ),
    "device": Text(
        "The calls end with an error because tensors lie on different devices. New tensors belong where the inputs are.",
        "텐서들이 서로 다른 장치에 있어 오류가 납니다. 새 텐서는 입력이 있는 장치에 만드세요.",
    ),
    "index": Text(
        "The calls end with an error because an index points outside: off by one, or a size that is written as a number.",
        "인덱스가 범위를 벗어나 오류가 납니다. 하나 차이로 어긋났거나 크기를 숫자로 적어 둔 곳이 있는지 보세요.",
    ),
    "shape": Text(
        "The calls end with an error because shapes do not fit together: two arrays whose sizes may differ are put together, or an axis is missing. Write the shape of each tensor beside its line.",
        "모양(shape)이 맞지 않아 오류가 납니다. 크기가 다를 수 있는 두 배열을 합쳤거나 축이 하나 빠졌습니다. 줄마다 텐서의 모양을 적어 보세요.",
    ),
}
HIDDEN: Mapping[str, Text] = {
    "IndexError": Text(
        "A hidden call ends with an IndexError: an index points outside. Think of other sizes than the visible ones, and of an empty input.",
        "숨은 검사의 호출이 IndexError로 끝납니다. 인덱스가 범위를 벗어납니다. 공개된 것과 다른 크기나 빈 입력을 생각해 보세요.",
    ),
    "ZeroDivisionError": Text(
        "A hidden call ends with a ZeroDivisionError: something that you divide by can be 0, such as a count.",
        "숨은 검사의 호출이 ZeroDivisionError로 끝납니다. 개수처럼 0이 될 수 있는 값으로 나누고 있습니다.",
    ),
    "KeyError": Text(
        "A hidden call ends with a KeyError: a key that you look up is not always there.",
        "숨은 검사의 호출이 KeyError로 끝납니다. 항상 있지는 않은 키를 찾고 있습니다.",
    ),
    "RecursionError": Text(
        "A hidden call ends with a RecursionError: the recursion does not reach its end.",
        "숨은 검사의 호출이 RecursionError로 끝납니다. 재귀가 끝나지 않습니다.",
    ),
}
ENDLESS = Text(
    "These calls do not end: {titles}. Which loop is left only when something happens that never happens there?",
    "다음 호출이 끝나지 않습니다: {titles}. 빠져나올 조건이 영영 이루어지지 않는 반복문이 있는지 보세요.",
)
LINE = Text(' It is this line: "{line}".', ' 오류가 난 줄: "{line}".')


def from_exceptions(evidence: Evidence) -> Diagnosis | None:
    """The kind of exception that every failing case ends with."""
    failing = evidence.telling
    if not failing:
        return None
    if all(o.got.status is Status.TIMED_OUT for o in failing):
        return _endless(failing)
    if any(o.got.status is not Status.RAISED or o.got.error is None for o in failing):
        return None
    visible = [o for o in failing if o.case.check.visible]
    if not visible:
        return _of_hidden(failing)
    kinds = {_kind(o.got.error) for o in visible if o.got.error is not None}
    kind = kinds.pop() if len(kinds) == 1 else None
    types = {o.got.error.type_name for o in visible if o.got.error is not None}
    if kind is None or any(o.got.error is not None and o.got.error.type_name not in types for o in failing):
        return None
    line = _line(evidence, visible)
    text = TEXTS[kind]
    if line:
        text = text.map(lambda sentence, language: sentence + LINE.in_language(language).format(line=line))
    return Diagnosis("error", f"error:{kind}", failing[0].case.function, text)


def _endless(failing: list[Observation]) -> Diagnosis:
    """The reason where every failing case ran out of time."""
    titles = listed([o.case.check.title for o in failing])
    return Diagnosis("error", "error:endless", failing[0].case.function, ENDLESS.format(titles=titles))


def _of_hidden(failing: list[Observation]) -> Diagnosis | None:
    types = {o.got.error.type_name for o in failing if o.got.error is not None}
    text = HIDDEN.get(types.pop()) if len(types) == 1 else None
    if text is None or failing[0].got.error is None:
        return None
    return Diagnosis("error", f"error:{failing[0].got.error.type_name}", failing[0].case.function, text)


def _kind(error: ErrorInfo) -> str | None:
    said = f"{error.type_name}: {error.message[:2000]}"
    return next((kind for kind, pattern in KINDS.items() if re.search(pattern, said)), None)


def _line(evidence: Evidence, visible: list[Observation]) -> str:
    """The line that every visible failing case stops at, as it stands in the submission; "" where they differ."""
    places = {(o.got.error.where, o.got.error.line) for o in visible if o.got.error is not None}
    if len(places) != 1:
        return ""
    where, number = places.pop()
    lines = evidence.sources.get(where, "").split("\n")
    if number is None or not 1 <= number <= len(lines):
        return ""
    return "".join(c for c in lines[number - 1].strip() if c.isprintable() and c not in "`{}<>")[:LONGEST_LINE]
