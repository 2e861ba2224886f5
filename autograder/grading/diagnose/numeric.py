"""Diagnosis from numbers: one numeric relation that explains every failing case, and its sentence for the student."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.grading.diagnose.observation import Observation, wrong_pairs
from autograder.grading.diagnose.relations import Relation, relations, size
from autograder.grading.findings import Diagnosis
from autograder.i18n import Text
from autograder.sandbox.interface import Status

ORDER = [
    "overflow", "float64_only", "dtype", "no_gradient", "permuted", "input", "stale", "sign", "known_factor", "size",
    "inverse_size", "transposed", "axis", "broadcast", "shift", "reversed", "factor", "offset", "zero",
]  # fmt: skip
TEXTS = {
    "overflow": (
        "Large inputs overflow: you get NaN or infinity where the answer is finite, and the rest is right. Rewrite the formula in its stable form (subtract the maximum, use log-sum-exp, softplus or logsigmoid).",
        "큰 입력에서 오버플로가 납니다. 정답은 유한한데 NaN이나 무한대가 나오고, 나머지 값은 맞습니다. 최댓값을 빼거나 log-sum-exp, softplus, logsigmoid 같은 수치적으로 안정한 형태로 바꿔 보세요.",
    ),
    "float64_only": (
        "Right in float64, wrong in float32. Look for a tensor that you create without the input's dtype, or for digits lost in a subtraction.",
        "float64에서는 맞지만 float32에서는 틀립니다. 입력의 dtype을 따르지 않고 만든 텐서가 있는지, 뺄셈에서 유효 숫자를 잃는 곳이 있는지 살펴보세요.",
    ),
    "dtype": (
        "The numbers are right, the dtype is not: {detail}. New tensors should take the dtype of the inputs.",
        "값은 맞지만 dtype이 다릅니다: {detail}. 새로 만드는 텐서는 입력의 dtype을 따라야 합니다.",
    ),
    "no_gradient": (
        "The values are right, but no gradient reaches {detail}: something on the way is detached, copied to numpy or turned into a Python number.",
        "값은 맞지만 {detail}까지 기울기가 흐르지 않습니다. 중간에 detach하거나 numpy 또는 파이썬 수로 바꾼 곳이 있습니다.",
    ),
    "permuted": (
        "The parts of the result are right, but in another order. Expected order, by your positions: {detail}.",
        "결과의 각 부분은 맞지만 순서가 다릅니다. 제출한 위치 번호로 나타낸 올바른 순서: {detail}.",
    ),
    "input": ("You return the input {detail} unchanged.", "입력 {detail}을(를) 그대로 돌려주고 있습니다."),
    "stale": (
        "You return the result of another call: something is kept between calls.",
        "다른 호출의 결과를 돌려주고 있습니다. 호출 사이에 남아 있는 값이 없는지 확인하세요.",
    ),
    "sign": ("The sign is flipped; the size is right.", "부호가 반대입니다. 크기는 맞습니다."),
    "known_factor": (
        "Your result is {detail} times the right one, everywhere.",
        "모든 값이 정답의 {detail}배입니다.",
    ),
    "size": (
        "Your result is {detail} times the right one: a sum where a mean is asked for, or a division left out.",
        "모든 값이 정답의 {detail}배입니다. 평균을 내야 할 곳에서 합을 구했거나 나눗셈이 빠졌습니다.",
    ),
    "inverse_size": (
        "Your result is the right one divided by {detail}: a mean where a sum is asked for, or a division too many.",
        "모든 값이 정답을 {detail}(으)로 나눈 값입니다. 합을 구해야 할 곳에서 평균을 냈거나 한 번 더 나누었습니다.",
    ),
    "transposed": ("Your result is the transpose of the right one.", "정답을 전치한 결과입니다."),
    "axis": (
        "The numbers are right, but the shape has an axis too many or too few (or in another place).",
        "값은 맞지만 축이 하나 더 많거나 적거나, 다른 자리에 있습니다.",
    ),
    "broadcast": (
        "The result was broadcast to a larger shape: two arrays of shapes like (N,) and (N, 1) met on the way.",
        "결과가 더 큰 모양으로 브로드캐스트되었습니다. 중간에 (N,)과 (N, 1)처럼 모양이 다른 배열이 만났습니다.",
    ),
    "shift": (
        "Your result is that of the {detail} step: right values, one place off along an axis.",
        "{detail} 단계의 결과입니다. 값은 맞지만 한 축을 따라 한 칸 밀려 있습니다.",
    ),
    "reversed": ("Right values in reverse order along axis {detail}.", "값은 맞지만 축 {detail}을(를) 따라 순서가 거꾸로입니다."),
    "factor": (
        "Your result is a constant multiple of the right one: {detail} times, everywhere.",
        "모든 값이 정답의 일정한 배수({detail}배)입니다.",
    ),
    "offset": (
        "Your result is off by a constant: {detail}, everywhere.",
        "모든 값이 정답과 일정하게 {detail}만큼 차이 납니다.",
    ),
    "zero": ("Everything comes back as zero.", "모든 값이 0으로 나옵니다."),
}  # fmt: skip


def from_numbers(observations: Sequence[Observation], failing: Sequence[Observation]) -> Diagnosis | None:
    if any(o.got.status is not Status.RETURNED or o.expected.status is not Status.RETURNED for o in failing):
        return None
    if any(o.case.check.judge is not None for o in failing):
        return None  # the answer is not unique, so there is none to relate to
    shared: set[Relation] | None = None
    for observation in failing:
        found = set(relations(observation, observations))
        shared = found if shared is None else shared & found
        if not shared:
            return None
    if not shared:
        return None
    if all(o.case.check.dtype != "float64" for o in failing) and any(
        o.case.check.dtype == "float64" for o in observations
    ):
        shared.add(Relation("float64_only"))
    elements = sum(size(pair.expected) for o in failing for pair in wrong_pairs(o))
    best = min(shared, key=_preference)
    if best.kind in ("offset", "factor") and elements < 3:
        return None  # with one or two numbers, an offset or a factor fits too easily
    # A measured number reveals values: it is not shown where every failing case is hidden.
    hidden = best.kind in ("offset", "factor") and not any(o.case.check.visible for o in failing)
    detail = "?" if hidden else best.detail
    text = Text(*TEXTS[best.kind]).format(detail=detail)
    identifier = f"{best.kind}:{detail}" if detail else best.kind
    return Diagnosis("numeric", identifier, failing[0].case.function, text)


def _preference(relation: Relation) -> tuple[int, int, str]:
    return (ORDER.index(relation.kind), len(relation.detail), relation.detail)
