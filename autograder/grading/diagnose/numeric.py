"""Diagnosis from numbers: one numeric relation that explains every failing case, and its sentence for the student."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.grading.diagnose.evidence import Evidence, in_parts, listed
from autograder.grading.diagnose.observation import Observation, misshapen_pairs, wrong_pairs
from autograder.grading.diagnose.parts import FEWEST_CASES, Part, part_key, shared_relations, wrong_parts
from autograder.grading.diagnose.relations import Relation, has_large_inputs, is_out_of_range, whole_relations
from autograder.grading.findings import Diagnosis
from autograder.i18n import Text, joined
from autograder.sandbox.interface import Status
from autograder.tree import leaves

MOST_PLACES = 4  # that are named one by one
ORDER = [
    "overflow", "float64_only", "dtype", "no_gradient", "permuted", "input", "stale", "sign", "known_factor", "size",
    "inverse_size", "container", "short", "long", "backwards", "rows_missing", "transposed", "axis", "broadcast",
    "shift", "filling", "reversed", "reordered", "zero", "term_missing", "term_too", "term_sign", "around", "lacking", "clamped",
    "lost_factor", "extra_factor", "factor", "offset",
]  # fmt: skip
TEXTS = {
    "overflow": (
        "Large inputs leave the range of floats: you get NaN or infinity where the answer is finite, and the rest is right. On the way an exponential becomes infinite, or rounds to 0 before a log or a division. Rewrite the formula in its stable form (subtract the maximum of each row, use log-sum-exp, softplus or logsigmoid).",
        "큰 입력에서 계산이 부동소수점 범위를 벗어납니다. 정답은 유한한데 NaN이나 무한대가 나오고, 나머지 값은 맞습니다. 중간에 지수 함수의 값이 무한대가 되거나, 0으로 반올림된 뒤 로그나 나눗셈에 쓰이고 있습니다. 행마다 최댓값을 빼거나 log-sum-exp, softplus, logsigmoid 같은 수치적으로 안정한 형태로 바꿔 보세요.",
    ),
    "float64_only": (
        "Right in float64, in another dtype than asked for in float32. Look for a tensor that you create without the input's dtype.",
        "float64에서는 맞지만 float32에서는 결과의 dtype이 다릅니다. 입력의 dtype을 따르지 않고 만든 텐서가 있는지 살펴보세요.",
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
        "The result was broadcast to a larger shape, where everything meets everything: arrays of shapes like (N,) and (N, 1) were put together, or an index like a[:, i] takes for every row what belongs to one.",
        "결과가 더 큰 모양으로 브로드캐스트되어 모든 것이 모든 것과 만났습니다. (N,)과 (N, 1)처럼 모양이 다른 배열을 함께 썼거나, a[:, i] 같은 인덱스가 한 행에만 해당하는 값을 모든 행에서 꺼냈습니다.",
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
    "container": (
        "The numbers are right, but they come back as a {detail} where a tensor is asked for.",
        "값은 맞지만 텐서가 아니라 {detail} 형태로 돌려주고 있습니다.",
    ),
    "short": (
        "Too few elements; missing: {detail}. The others are right.",
        "원소가 모자랍니다. 빠진 것: {detail}. 나머지는 맞습니다.",
    ),
    "long": (
        "Too many elements: there are extra ones {detail}, the others are right.",
        "원소가 너무 많습니다. 남는 원소의 위치: {detail}. 나머지는 맞습니다.",
    ),
    "backwards": (
        "The items are right, but they stand in reverse order.",
        "항목은 맞지만 순서가 거꾸로입니다.",
    ),
    "rows_missing": (
        "Some rows are missing, and those that are there are right. Look for groups that are empty, or inputs that you skip: each has a row of its own.",
        "행이 몇 개 빠졌고 나머지 행은 맞습니다. 비어 있는 그룹이나 건너뛴 입력이 없는지 보세요. 모두 자기 행이 있어야 합니다.",
    ),
    "reordered": (
        "The right numbers are there, but in another order ({detail}).",
        "값은 모두 맞지만 순서가 다릅니다({detail}).",
    ),
    "filling": (
        "The values are right, but the zeros that fill up a row stand in front of them instead of behind.",
        "값은 맞지만 빈자리를 채우는 0이 값의 뒤가 아니라 앞에 있습니다.",
    ),
    "term_missing": (
        "{detail} is missing in a sum: added to your result, it gives the right one.",
        "합에서 {detail}이(가) 빠졌습니다. 제출한 결과에 더하면 정답이 됩니다.",
    ),
    "term_too": (
        "{detail} is added once too often: taken away from your result, it gives the right one.",
        "{detail}을(를) 한 번 더 더했습니다. 제출한 결과에서 빼면 정답이 됩니다.",
    ),
    "term_sign": (
        "{detail} enters with the wrong sign: minus where plus is asked for.",
        "{detail}의 부호가 반대입니다. 더해야 할 것을 뺐습니다.",
    ),
    "around": (
        "One step too many: your result is the right one after {detail}.",
        "한 단계가 더 들어갔습니다. 정답에 {detail}을(를) 한 번 더 적용한 결과입니다.",
    ),
    "lacking": (
        "One step is missing at the end: {detail} of your result would be right.",
        "마지막 단계가 빠졌습니다. 제출한 결과에 {detail}을(를) 적용하면 정답이 됩니다.",
    ),
    "clamped": (
        "Your values are clamped: they never leave an interval that the right ones do leave, and inside it they are right.",
        "값을 일정한 범위로 잘라 냈습니다(clamp). 범위 안의 값은 맞지만, 정답은 그 범위를 벗어나기도 합니다.",
    ),
    "lost_factor": (
        "A factor is missing: {detail}, element by element, would make your result right. Look at the chain rule.",
        "인수 하나가 빠졌습니다. 원소마다 {detail}을(를) 곱하면 정답이 됩니다. 연쇄 법칙을 다시 살펴보세요.",
    ),
    "extra_factor": (
        "A factor too many: your result is the right one times {detail}, element by element. Look at the chain rule.",
        "인수 하나가 더 곱해졌습니다. 정답에 원소마다 {detail}을(를) 곱한 결과입니다. 연쇄 법칙을 다시 살펴보세요.",
    ),
}  # fmt: skip


def from_numbers(evidence: Evidence) -> Diagnosis | None:
    """A relation of the whole result, or one for each part of it that is wrong."""
    failing = evidence.telling
    if any(o.got.status is not Status.RETURNED or o.expected.status is not Status.RETURNED for o in failing):
        return None
    if any(o.case.check.judge is not None for o in failing):
        return None  # the answer is not unique, so there is none to relate to
    whole = _whole(evidence.observations, failing)
    parts = None if whole else _parts(failing)
    if whole is None and parts is None:
        return _out_of_range(evidence, failing)
    narrow_only = all(o.case.check.dtype != "float64" for o in failing) and any(
        o.case.check.dtype == "float64" for o in evidence.observations
    )
    if narrow_only and whole is not None and whole.kind == "dtype":
        return _diagnosis(failing, {Part(failing[0].case.function, ""): Relation("float64_only")}, evidence, ())
    if whole is not None:
        return _diagnosis(failing, {Part(failing[0].case.function, ""): whole}, evidence, ())
    return _diagnosis(failing, parts or {}, evidence, _right_parts(failing, parts or {}), _places(failing))


def _out_of_range(evidence: Evidence, failing: Sequence[Observation]) -> Diagnosis | None:
    """NaN or infinity in every failing case, all of which have large inputs, while all others of the function are right.

    What is finite beside them may be wrong then: an infinite sum makes zeros as well.
    """
    function = failing[0].case.function
    others = [o for o in evidence.observations if o.case.function == function and o.right]
    if (
        all(o.case.function == function and is_out_of_range(o) for o in failing)
        and sum(not has_large_inputs(o.case) for o in others) >= FEWEST_CASES
    ):
        return Diagnosis("numeric", "overflow", function, Text(*OUT_OF_RANGE))
    return None


def _whole(observations: Sequence[Observation], failing: Sequence[Observation]) -> Relation | None:
    shared: set[Relation] | None = None
    for observation in failing:
        found = set(whole_relations(observation, observations))
        shared = found if shared is None else shared & found
        if not shared:
            return None
    return min(shared, key=_preference) if shared else None


def _parts(failing: Sequence[Observation]) -> dict[Part, Relation] | None:
    """The best relation of every wrong part; None where one of them has none."""
    best: dict[Part, Relation] = {}
    wrong = wrong_parts(failing)
    explained = {id(observation) for entries in wrong.values() for observation, _ in entries}
    if not wrong or any(id(observation) not in explained for observation in failing):
        return None
    for part, entries in wrong.items():
        found = shared_relations(entries)
        visible = any(observation.case.check.visible for observation, _ in entries)
        # A measured number reveals values: it is not used where every failing case is hidden.
        known = [r for r in found if visible or r.kind not in ("factor", "offset")]
        if not known:
            return None
        best[part] = min(known, key=_preference)
    return best


def _right_parts(failing: Sequence[Observation], wrong: Mapping[Part, Relation]) -> list[str]:
    """Keys of the parts of a tuple that are right in every failing case; none where several functions fail."""
    functions = {part.function for part in wrong}
    if len(functions) > 1:
        return []
    value = failing[0].expected.value
    keys = [f"[{i}]" for i in range(len(value))] if isinstance(value, tuple) else []
    return [key for key in keys if not any(part.key.startswith(key) or not part.key for part in wrong)]


def _diagnosis(
    failing: Sequence[Observation],
    reasons: Mapping[Part, Relation],
    evidence: Evidence,
    right: Sequence[str],
    places: Mapping[Part, Sequence[str]] | None = None,
) -> Diagnosis:
    """One sentence where one relation explains the whole result; otherwise one for each relation, with its parts.

    right: parts that are right. places: where each part is wrong; None where the reason is one for the whole result.
    """
    by_relation: dict[Relation, list[Part]] = {}
    for part, relation in reasons.items():
        by_relation.setdefault(relation, []).append(part)
    identifier = "+".join(dict.fromkeys(f"{r.kind}:{r.detail}" if r.detail else r.kind for r in by_relation))
    function = failing[0].case.function
    names = [evidence.part_said(function, key) for key in right]
    texts = [RIGHT.format(parts=listed(names))] if names else []
    everything = places is None or (not names and _is_all_wrong(failing))
    for relation, parts in by_relation.items():
        text = Text(*TEXTS[relation.kind]).format(detail=_said(relation.detail))
        if len(by_relation) == 1 and everything:
            texts.append(text)
        else:
            named = [(part.function, key) for part in parts for key in (places or {}).get(part, [part.key])]
            where = listed([evidence.part_said(*one) for one in named])
            texts.append(in_parts(where, text))
    return Diagnosis("numeric", identifier, function, joined(texts))


def _places(failing: Sequence[Observation]) -> dict[Part, list[str]]:
    """Of each wrong part where it is wrong: its key, or the paths of its wrong items where others are right."""
    found = {}
    for part, entries in wrong_parts(failing).items():
        paths = list(dict.fromkeys(pair.path for _, pair in entries))
        whole = part.key.startswith("grad[") or all(
            any(path.startswith(pair.path) for o, pair in entries if o is observation)
            for observation in {id(o): o for o, _ in entries}.values()
            for path, _ in leaves(observation.expected.value)
            if part_key(path, observation.expected.value) == part.key
        )
        found[part] = [part.key] if whole else paths[:MOST_PLACES]
    return found


def _is_all_wrong(failing: Sequence[Observation]) -> bool:
    """Whether no leaf of the values is right, in any failing case: what is said is then said of all of it."""
    for observation in failing:
        wrong = [pair.path for pair in [*wrong_pairs(observation), *misshapen_pairs(observation)]]
        if not all(any(path.startswith(one) for one in wrong) for path, _ in leaves(observation.expected.value)):
            return False
    return True


def _said(detail: str) -> Text:
    """A detail in both languages: names and formulas are the same in each, words are not."""
    korean = KOREAN.get(detail, detail.replace("(a derivative)", "(도함수)"))
    return Text(detail or " ", korean or " ")


KOREAN = {
    "the last one": "마지막 원소", "the last ones": "끝의 원소들", "the first one": "첫 원소", "the first ones": "앞의 원소들",
    "at the end": "끝", "at the beginning": "맨 앞", "rows": "행의 순서", "within each row": "각 행 안의 순서",
    "elements": "원소의 순서", "Python list": "파이썬 리스트", "tuple": "튜플", "Python number": "파이썬 수",
    "the absolute value": "절댓값", "the square root": "제곱근", "the square": "제곱", "rounding": "반올림",
    "previous": "이전", "next": "다음",
}  # fmt: skip
OUT_OF_RANGE = (
    "Only large inputs fail: NaN or infinity comes back where the answer is finite. On the way an exponential overflows to infinity, or rounds to 0 before a log or a division. Rewrite the formula in its stable form (subtract the maximum of each row, use log-sum-exp, softplus or logsigmoid).",
    "큰 입력에서만 틀립니다. 정답은 유한한데 NaN이나 무한대가 나옵니다. 중간에 지수 함수의 값이 무한대가 되거나, 0으로 반올림된 뒤 로그나 나눗셈에 쓰이고 있습니다. 행마다 최댓값을 빼거나 log-sum-exp, softplus, logsigmoid 같은 수치적으로 안정한 형태로 바꿔 보세요.",
)  # fmt: skip
RIGHT = Text("Right: {parts}.", "맞은 부분: {parts}.")


def _preference(relation: Relation) -> tuple[int, int, str]:
    return (ORDER.index(relation.kind), len(relation.detail), relation.detail)
