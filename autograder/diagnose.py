"""Why is the answer wrong?

Two ways to know. The *bank*: a wrong version that students are known to write gives the very outputs that this student
got. And *numeric relations* between what came back and what was expected: a factor, a sign, a transpose, a shift in
time, and so on, for mistakes that nobody has written down yet.

Both follow one rule: a diagnosis is given only when it explains every failing case of the task. A wrong reason is worse
than none.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

import numpy as np

from autograder.assignment import Case, Misconception
from autograder.authoring import T3, Text, Tolerance
from autograder.compare import compare, elementwise, leaves, step
from autograder.report.model import Diagnosis
from autograder.sandbox.interface import Outcome, Status
from autograder.wire import Array, Value

Numbers = np.ndarray[Any, Any]
# Where exp and log begin to break: a sigmoid rounds to 1 in float32 from about 17 on. Below, a NaN has other reasons.
LARGE = 15.0


@dataclass(frozen=True, eq=False)
class Observation:
    """One case of a task: what the reference gave, what the student's code gave, and whether it counts as right."""

    case: Case
    expected: Outcome
    got: Outcome
    right: bool


def diagnose(
    observations: Sequence[Observation], bank: Sequence[tuple[Misconception, Mapping[int, Outcome]]]
) -> Diagnosis | None:
    """The reason for a task's failures, or None. bank: each misconception with its outcome for every case."""
    if not explainable(observations):
        return None
    failing = [o for o in observations if not o.right]
    return _from_bank(observations, failing, bank) or _from_numbers(observations, failing)


def explainable(observations: Sequence[Observation]) -> bool:
    """Is there something wrong, and was it computed? What was never written, or lost by the platform, has no reason."""
    wrong = [o.got.status for o in observations if not o.right]
    return bool(wrong) and not {Status.MISSING, Status.UNFINISHED, Status.GRADER_ERROR} & set(wrong)


# -- the bank --------------------------------------------------------------------------------------------------------


def _from_bank(
    observations: Sequence[Observation],
    failing: Sequence[Observation],
    bank: Sequence[tuple[Misconception, Mapping[int, Outcome]]],
) -> Diagnosis | None:
    for misconception, outcomes in bank:
        if all(same_outcome(outcomes[o.case.id], o.got, o.case.check.tolerance) for o in observations):
            return Diagnosis("misconception", misconception.name, misconception.function, misconception.text)
    # A task of several functions may hold one mistake in each: explain function by function, all or nothing.
    parts: list[Misconception] = []
    functions = list(dict.fromkeys(o.case.function for o in failing))
    if len(functions) < 2:
        return None
    for function in functions:
        mine = [o for o in observations if o.case.function == function]
        found = next(
            (m for m, out in bank if all(same_outcome(out[o.case.id], o.got, o.case.check.tolerance) for o in mine)),
            None,
        )
        if found is None:
            return None
        parts.append(found)
    unique = list(dict.fromkeys(parts))
    return Diagnosis(
        "misconception",
        "+".join(m.name for m in unique),
        ", ".join(m.function for m in unique),
        Text(" ".join(m.text.en for m in unique), " ".join(m.text.ko for m in unique)),
    )


def same_outcome(known: Outcome, got: Outcome, tolerance: Tolerance) -> bool:
    """Did two programs give the same thing? Values within the tolerance (never tighter than T2), NaN equal to NaN."""
    if known.status is not got.status:
        return False
    if known.status is not Status.RETURNED:
        names = [o.error.type_name if o.error else "" for o in (known, got)]
        return names[0] == names[1]
    loose = Tolerance("same", max(tolerance.rtol, 1e-7), max(tolerance.atol, 1e-9), nan=True)
    if not compare(known.value, got.value, loose).equal:
        return False
    if bool(known.gradient_error) != bool(got.gradient_error):
        return False
    return compare(known.gradient, got.gradient, loose).equal


# -- numeric relations -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Relation:
    """How a wrong result relates to the right one. Two cases share a reason when they share a Relation.

    kind: see _TEXTS. detail: what makes it specific, "2", "X.shape[0]", an axis, an order.
    """

    kind: str
    detail: str = ""


@dataclass(frozen=True, eq=False)
class _Pair:
    """One leaf of a wrong case."""

    path: str
    expected: Value
    got: Value


def _from_numbers(observations: Sequence[Observation], failing: Sequence[Observation]) -> Diagnosis | None:
    if any(o.got.status is not Status.RETURNED or o.expected.status is not Status.RETURNED for o in failing):
        return None
    if any(o.case.check.judge is not None for o in failing):
        return None  # no unique answer to relate to
    shared: set[Relation] | None = None
    for observation in failing:
        relations = set(_relations(observation, observations))
        shared = relations if shared is None else shared & relations
        if not shared:
            return None
    if not shared:
        return None
    if all(o.case.check.dtype != "float64" for o in failing) and any(
        o.case.check.dtype == "float64" for o in observations
    ):
        shared.add(Relation("float64_only"))
    elements = sum(_size(pair.expected) for o in failing for pair in _wrong_pairs(o))
    best = min(shared, key=_preference)
    if best.kind in ("offset", "factor") and elements < 3:
        return None  # one number is any other number plus or times something
    english, korean = _TEXTS[best.kind]
    # A measured number comes from the values themselves; where every failing case is hidden it stays hidden.
    hidden = best.kind in ("offset", "factor") and not any(o.case.check.visible for o in failing)
    detail = "?" if hidden else best.detail
    text = Text(english.format(detail=detail), korean.format(detail=detail))
    identifier = f"{best.kind}:{detail}" if detail else best.kind
    return Diagnosis("numeric", identifier, failing[0].case.function, text)


_ORDER = [
    "overflow", "float64_only", "dtype", "no_gradient", "permuted", "input", "stale", "sign", "known_factor", "size",
    "inverse_size", "transposed", "axis", "broadcast", "shift", "reversed", "factor", "offset", "zero",
]  # fmt: skip


def _preference(relation: Relation) -> tuple[int, int, str]:
    return (_ORDER.index(relation.kind), len(relation.detail), relation.detail)


_TEXTS = {
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


def _wrong_pairs(observation: Observation) -> list[_Pair]:
    """Leaves (of the value and of the gradient) that differ. Empty when the structure itself differs."""
    pairs = []
    tolerance = observation.case.check.tolerance
    for root, expected, got in _halves(observation):
        for path, leaf, found in _shared_leaves(expected, got):
            if not compare(leaf, found, tolerance).equal:
                pairs.append(_Pair(root + path, leaf, found))
    return pairs


def _shared_leaves(expected: Value, got: Value, path: str = "") -> Iterator[tuple[str, Value, Value]]:
    """(path, leaf, what came back there) of every leaf that both have. It walks what was expected, whose size is ours."""
    if isinstance(expected, (tuple, list)):
        if isinstance(got, (tuple, list)):
            for i, (item, other) in enumerate(zip(expected, got, strict=False)):
                yield from _shared_leaves(item, other, f"{path}[{i}]")
    elif isinstance(expected, dict):
        if isinstance(got, dict):
            for key, item in expected.items():
                if key in got:
                    yield from _shared_leaves(item, got[key], path + step(key))
    elif not isinstance(got, (tuple, list, dict)):
        yield path, expected, got


def _halves(observation: Observation) -> Iterator[tuple[str, Value, Value]]:
    yield "", observation.expected.value, observation.got.value
    names = observation.case.check.gradient
    for name, expected, got in zip(names, observation.expected.gradient, observation.got.gradient, strict=False):
        yield f"grad[{name}]", expected, got


def _relations(observation: Observation, others: Sequence[Observation]) -> Iterator[Relation]:
    """Every relation that explains all wrong leaves of one case."""
    pairs = _wrong_pairs(observation)
    expected, got = observation.expected.value, observation.got.value
    yield from _permutations(expected, got, _tolerance(observation))
    if not pairs:
        if observation.case.check.gradient and not observation.got.gradient:
            yield _no_gradient(observation.case.check.gradient)
        return
    if all(pair.path.startswith("grad[") and pair.got is None for pair in pairs):
        yield _no_gradient(pair.path.split("]")[0][5:] for pair in pairs)
        return
    yield from _dtype(pairs)
    for other in others:
        same_function = other.case.function == observation.case.function and other.case.id != observation.case.id
        if same_function and compare(other.expected.value, got, _tolerance(observation)).equal:
            yield Relation("stale")
            break
    per_leaf = [set(_leaf_relations(pair, observation)) for pair in pairs]
    yield from set.intersection(*per_leaf)


def _no_gradient(names: Iterable[str]) -> Relation:
    return Relation("no_gradient", ", ".join(sorted(set(names))))


def _dtype(pairs: Sequence[_Pair]) -> Iterator[Relation]:
    """Right but for the dtype: numbers, and gradients that went through it, agree as far as float32 can tell."""
    near, kinds = _near(T3), set[str]()
    for pair in pairs:
        e, g = _numbers(pair.expected), _numbers(pair.got)
        if e is None or g is None or e.shape != g.shape or not near(e, g):
            return
        if isinstance(pair.expected, Array) and isinstance(pair.got, Array) and pair.expected.dtype != pair.got.dtype:
            kinds.add(f"{pair.got.dtype} ≠ {pair.expected.dtype}")
        elif not pair.path.startswith("grad["):
            return
    if len(kinds) == 1:
        yield Relation("dtype", kinds.pop())


def _permutations(expected: Value, got: Value, tolerance: Tolerance) -> Iterator[Relation]:
    if not isinstance(expected, (tuple, list)) or not isinstance(got, (tuple, list)):
        return
    if len(expected) != len(got) or not 2 <= len(expected) <= 5:
        return
    for order in permutations(range(len(expected))):
        if list(order) != sorted(order) and all(
            compare(expected[i], got[j], tolerance).equal for i, j in enumerate(order)
        ):
            yield Relation("permuted", ", ".join(str(j) for j in order))
            return


def _leaf_relations(pair: _Pair, observation: Observation) -> Iterator[Relation]:
    tolerance = _tolerance(observation)
    e, g = _numbers(pair.expected), _numbers(pair.got)
    if e is None or g is None:
        return
    near = _near(tolerance)
    if isinstance(pair.expected, Array) and isinstance(pair.got, Array) and pair.expected.dtype != pair.got.dtype:
        return  # see _dtype
    for name, arg in zip(observation.case.parameters, observation.case.args, strict=False):
        a = _numbers(arg)
        if a is not None and a.size > 1 and a.shape == g.shape and near(a, g):
            yield Relation("input", name)
    if e.shape != g.shape:
        yield from _shape_relations(e, g, near)
        return
    if _largest_input(observation.case) >= LARGE:
        yield from _overflow(e, g, near)
    if not e.size or not np.isfinite(e).all() or not np.isfinite(g).all():
        return
    if not g.any() and e.any():
        yield Relation("zero")
    yield from _factors(e, g, observation.case, near)
    yield from _arrangements(e, g, near)


def _shape_relations(e: Numbers, g: Numbers, near: Callable[[Numbers, Numbers], bool]) -> Iterator[Relation]:
    if g.ndim >= 2 and e.shape == g.T.shape and e.ndim == 2 and near(e.T, g):
        yield Relation("transposed")
    elif e.size == g.size and near(e.ravel(), g.ravel()):
        yield Relation("axis")
    elif g.size > e.size and g.ndim >= e.ndim:
        yield Relation("broadcast")


def _overflow(e: Numbers, g: Numbers, near: Callable[[Numbers, Numbers], bool]) -> Iterator[Relation]:
    bad = np.isfinite(e) & ~np.isfinite(g)
    if bad.any() and (bad.size == 1 or not bad.all()) and near(e[~bad], g[~bad]):
        yield Relation("overflow")


def _largest_input(case: Case) -> float:
    """The largest finite magnitude among a case's arguments."""
    found = [_numbers(leaf) for arg in case.args for _, leaf in leaves(arg)]
    return max((float(np.abs(n[np.isfinite(n)]).max(initial=0.0)) for n in found if n is not None), default=0.0)


def _factors(e: Numbers, g: Numbers, case: Case, near: Callable[[Numbers, Numbers], bool]) -> Iterator[Relation]:
    with np.errstate(all="ignore"):  # the largest numbers overflow here, and are no multiple of anything
        power = float((np.abs(e) ** 2).sum())
        ratio = float((np.conj(e) * g).real.sum()) / power if power > 0 else 0.0
        offset = float((g - e).real.mean()) if e.size else 0.0
    known = power < math.inf and math.isfinite(ratio) and ratio != 0
    if known and near(e * ratio, g) and not near(e, g):
        yield from _name_factor(ratio, case)
    if math.isfinite(offset) and abs(offset) > 1e-9 and near(e + offset, g):
        yield Relation("offset", f"{offset:.6g}")


_KNOWN = {"2": 2.0, "1/2": 0.5, "4": 4.0, "1/4": 0.25, "ln 2": math.log(2), "1/ln 2": 1 / math.log(2)}


def _name_factor(ratio: float, case: Case) -> Iterator[Relation]:
    if math.isclose(ratio, -1, rel_tol=1e-6):
        yield Relation("sign")
    for name, factor in _KNOWN.items():
        if math.isclose(ratio, factor, rel_tol=1e-6):
            yield Relation("known_factor", name)
    for name, size in _sizes(case):
        if math.isclose(ratio, size, rel_tol=1e-6):
            yield Relation("size", name)
        elif math.isclose(ratio, 1 / size, rel_tol=1e-6):
            yield Relation("inverse_size", name)
    yield Relation("factor", f"{ratio:.6g}")


def _sizes(case: Case) -> Iterator[tuple[str, int]]:
    """Sizes of the inputs' axes, and products of two of one input: N, T, C, N*T, ..."""
    for name, arg in zip(case.parameters, case.args, strict=False):
        if not isinstance(arg, Array):
            continue
        axes = [(f"{name}.shape[{axis}]", size) for axis, size in enumerate(arg.shape)]
        for label, size in axes:
            if size > 1:
                yield label, size
        for (first, m), (second, n) in combinations(axes, 2):
            if m > 1 and n > 1:
                yield f"{first}*{second}", m * n


def _arrangements(e: Numbers, g: Numbers, near: Callable[[Numbers, Numbers], bool]) -> Iterator[Relation]:
    if e.ndim >= 2 and e.shape[-1] == e.shape[-2] and near(np.swapaxes(e, -1, -2), g):
        yield Relation("transposed")
    for axis in range(e.ndim):
        if e.shape[axis] < 3:
            continue
        first, second = np.moveaxis(e, axis, 0), np.moveaxis(g, axis, 0)
        if near(first[::-1], second):
            yield Relation("reversed", str(axis))
        if not near(first[1:], first[:-1]):  # a constant along the axis is every shift of itself
            if near(first[:-1], second[1:]):
                yield Relation("shift", "previous")
            if near(first[1:], second[:-1]):
                yield Relation("shift", "next")


def _tolerance(observation: Observation) -> Tolerance:
    tolerance = observation.case.check.tolerance
    return Tolerance("same", max(tolerance.rtol, 1e-7), max(tolerance.atol, 1e-9), nan=True)


def _near(tolerance: Tolerance) -> Callable[[Numbers, Numbers], bool]:
    def near(a: Numbers, b: Numbers) -> bool:
        return a.shape == b.shape and bool(elementwise(a, b, tolerance, exact=False)[0].all())

    return near


def _numbers(value: Value) -> Numbers | None:
    if isinstance(value, Array):
        return value.data.astype(np.complex128 if value.data.dtype.kind == "c" else np.float64)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return np.asarray(float(value))
        except OverflowError:
            return None
    return None


def _size(value: Value) -> int:
    numbers = _numbers(value)
    return 0 if numbers is None else int(numbers.size)
