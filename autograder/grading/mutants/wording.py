"""A slip in words, made of its kind and its role. The reference is never quoted."""

from __future__ import annotations

from autograder.grading.mutants.mutant import Mutant
from autograder.i18n import Text, joined

# kind: (what is wrong, where nothing is known of the place; the same of a role that students know)
KINDS: dict[str, tuple[Text, Text]] = {
    "term": (
        Text("A term of a sum or a difference is missing.", "더하거나 빼야 할 항 하나가 빠졌습니다."),
        Text("A term is missing in {role}.", "{role}에서 항 하나가 빠졌습니다."),
    ),
    "factor": (
        Text("A factor of a product is missing.", "곱해야 할 인수 하나가 빠졌습니다."),
        Text("A factor is missing in {role}.", "{role}에서 곱해야 할 인수 하나가 빠졌습니다."),
    ),
    "divisor": (
        Text("A division is missing.", "나눗셈이 빠졌습니다."),
        Text("A division is missing in {role}.", "{role}에서 나눗셈이 빠졌습니다."),
    ),
    "sign": (
        Text("A sign is wrong.", "부호 하나가 틀렸습니다."),
        Text("A sign is wrong in {role}.", "{role}에서 부호 하나가 틀렸습니다."),
    ),
    "operator": (
        Text(
            "Another operation stands where one is asked for (a product for a quotient, or elementwise for a matrix product).",
            "연산이 다릅니다(곱셈과 나눗셈, 또는 행렬곱과 원소별 곱).",
        ),
        Text("The operation in {role} is another one than asked for.", "{role}의 연산이 다릅니다."),
    ),
    "power": (
        Text("A power is missing.", "거듭제곱이 빠졌습니다."),
        Text("A power is missing in {role}.", "{role}에서 거듭제곱이 빠졌습니다."),
    ),
    "order": (
        Text(
            "Two things stand in each other's place: factors, indices or results.",
            "인수, 인덱스, 결과 가운데 둘의 순서가 뒤바뀌었습니다.",
        ),
        Text("Two things stand in each other's place in {role}.", "{role}에서 두 가지의 순서가 뒤바뀌었습니다."),
    ),
    "arguments": (
        Text("Two arguments of a call stand in each other's place.", "호출할 때 두 인자의 순서가 뒤바뀌었습니다."),
        Text(
            "Two arguments stand in each other's place where {role} is computed.",
            "{role}을(를) 계산하는 호출에서 두 인자의 순서가 뒤바뀌었습니다.",
        ),
    ),
    "argument": (
        Text("An argument of a call is missing.", "호출할 때 인자 하나가 빠졌습니다."),
        Text("An argument is missing where {role} is computed.", "{role}을(를) 계산하는 호출에서 인자 하나가 빠졌습니다."),
    ),
    "transpose": (
        Text("A transposition is missing, or one too many.", "전치가 하나 빠졌거나 하나 더 들어갔습니다."),
        Text("A transposition is missing in {role}, or one too many.", "{role}에서 전치가 하나 빠졌거나 하나 더 들어갔습니다."),
    ),
    "axis": (
        Text("A reduction runs over another axis.", "축을 잘못 잡았습니다."),
        Text("A wrong axis in {role}.", "{role}에서 축을 잘못 잡았습니다."),
    ),
    "index": (
        Text("An index, a range or a slice is off by one place.", "인덱스나 범위가 한 칸 어긋났습니다."),
        Text("An index is off by one place in {role}.", "{role}에서 인덱스가 한 칸 어긋났습니다."),
    ),
    "reversed": (
        Text("The order of the steps is turned round.", "진행 순서가 거꾸로입니다."),
        Text("The order in {role} is turned round.", "{role}의 순서가 거꾸로입니다."),
    ),
    "constant": (
        Text("A constant has another value.", "상수의 값이 다릅니다."),
        Text("A constant in {role} has another value.", "{role}에 쓰인 상수의 값이 다릅니다."),
    ),
    "epsilon": (
        Text(
            "A small constant stands in another place, or where none belongs.",
            "아주 작은 상수(epsilon)의 자리가 다르거나, 없어야 할 곳에 있습니다.",
        ),
        Text(
            "A small constant in {role} stands in another place, or where none belongs.",
            "{role}에서 아주 작은 상수(epsilon)의 자리가 다르거나, 없어야 할 곳에 있습니다.",
        ),
    ),
    "flag": (
        Text("A switch is set the other way.", "참과 거짓이 바뀐 설정이 있습니다."),
        Text("A switch is set the other way in {role}.", "{role}에서 참과 거짓이 바뀐 설정이 있습니다."),
    ),
    "comparison": (
        Text("A comparison is another one; look at the case of equality.", "비교가 다릅니다. 같은 경우를 살펴보세요."),
        Text(
            "A comparison in {role} is another one; look at the case of equality.",
            "{role}의 비교가 다릅니다. 같은 경우를 살펴보세요.",
        ),
    ),
    "condition": (
        Text("A case is not told apart from the others.", "구분해야 할 경우를 구분하지 않습니다."),
        Text("A case is not told apart in {role}.", "{role}에서 구분해야 할 경우를 구분하지 않습니다."),
    ),
    "reduction": (
        Text("A sum stands for a mean, a mean for a sum, or one of them is missing.", "합과 평균이 바뀌었거나 그중 하나가 빠졌습니다."),
        Text(
            "In {role} a sum stands for a mean, a mean for a sum, or one of them is missing.",
            "{role}에서 합과 평균이 바뀌었거나 그중 하나가 빠졌습니다.",
        ),
    ),
    "other function": (
        Text("Another function stands where one is asked for.", "다른 함수를 썼습니다."),
        Text("Another function stands in {role}.", "{role}에 다른 함수를 썼습니다."),
    ),
    "function": (
        Text("A function is not applied.", "적용해야 할 함수 하나가 빠졌습니다."),
        Text("A function is not applied in {role}.", "{role}에서 적용해야 할 함수 하나가 빠졌습니다."),
    ),
    "clamp": (
        Text("A limit of the values is missing.", "값의 범위를 제한하는 부분이 빠졌습니다."),
        Text("A limit of the values is missing in {role}.", "{role}에서 값의 범위를 제한하는 부분이 빠졌습니다."),
    ),
    "mask": (
        Text("A mask is not applied.", "마스크를 적용하지 않았습니다."),
        Text("A mask is not applied in {role}.", "{role}에서 마스크를 적용하지 않았습니다."),
    ),
    "state": (
        Text(
            "A value is not handed on from step to step, or it is overwritten where it should grow.",
            "한 단계의 값이 다음 단계로 이어지지 않거나, 쌓아야 할 값을 덮어씁니다.",
        ),
        Text(
            "{role} is not handed on from step to step, or it is overwritten where it should grow.",
            "{role}이(가) 다음 단계로 이어지지 않거나, 쌓아야 할 값을 덮어씁니다.",
        ),
    ),
    "statement": (
        Text("A step of the computation is missing.", "계산의 한 단계가 빠졌습니다."),
        Text("A step is missing in {role}.", "{role}에서 계산의 한 단계가 빠졌습니다."),
    ),
    "in place": (
        Text("An input is changed in place.", "입력을 그 자리에서 바꾸고 있습니다."),
        Text("{role} is changed in place.", "{role}을(를) 그 자리에서 바꾸고 있습니다."),
    ),
    "stability": (
        Text(
            "The formula is right, but it is not computed in its stable form.",
            "식은 맞지만 수치적으로 안정한 형태로 계산하지 않습니다.",
        ),
        Text("{role} is not computed in its stable form.", "{role}을(를) 수치적으로 안정한 형태로 계산하지 않습니다."),
    ),
    "detach": (
        Text("No gradient flows on: something is detached, or should be.", "기울기의 흐름이 다릅니다. detach한 곳을 살펴보세요."),
        Text("{role} is detached, or should be.", "{role}의 detach를 살펴보세요."),
    ),
    "copy": (
        Text("A copy is missing: the result shares its memory with something else.", "복사가 빠져서 결과가 다른 값과 메모리를 공유합니다."),
        Text("A copy is missing in {role}.", "{role}에서 복사가 빠졌습니다."),
    ),
    "dtype": (
        Text("A conversion of the dtype is missing, or one too many.", "dtype 변환이 빠졌거나 하나 더 들어갔습니다."),
        Text("A conversion of the dtype is missing in {role}, or one too many.", "{role}에서 dtype 변환이 빠졌거나 하나 더 들어갔습니다."),
    ),
    "name": (
        Text("Another variable is used than asked for.", "써야 할 변수가 아닌 다른 변수를 썼습니다."),
        Text("Another variable is used in {role}.", "{role}에서 써야 할 변수가 아닌 다른 변수를 썼습니다."),
    ),
    "size": (
        Text(
            "The size of another array is used: a mean over another axis, say, or a wrong number of steps.",
            "다른 배열의 크기를 썼습니다. 평균을 낸 축이나 반복 횟수를 살펴보세요.",
        ),
        Text(
            "The size of another array is used in {role}: a mean over another axis, say, or a wrong number of steps.",
            "{role}에서 다른 배열의 크기를 썼습니다. 평균을 낸 축이나 반복 횟수를 살펴보세요.",
        ),
    ),
    "key": (
        Text("Another entry of a dict is used than asked for.", "딕셔너리에서 다른 항목을 썼습니다."),
        Text("Another entry of a dict is used in {role}.", "{role}에서 딕셔너리의 다른 항목을 썼습니다."),
    ),
    "own": (
        Text("One step is done another way than asked for.", "한 단계를 다르게 계산했습니다."),
        Text("{role} is computed another way than asked for.", "{role}을(를) 다르게 계산했습니다."),
    ),
}  # fmt: skip

# Functions under the names of the field: to say them gives away no line.
TERMS = {
    "square": Text("the square", "제곱"),
    "cube": Text("the cube", "세제곱"),
    "amax": Text("the maximum", "최댓값"),
    "max": Text("the maximum", "최댓값"),
    "amin": Text("the minimum", "최솟값"),
    "min": Text("the minimum", "최솟값"),
    "sum": Text("the sum", "합"),
    "mean": Text("the mean", "평균"),
    "cumsum": Text("the running sum", "누적합"),
    "logsumexp": Text("the log-sum-exp", "log-sum-exp"),
    "softmax": Text("the softmax", "softmax"),
    "log_softmax": Text("the log-softmax", "log-softmax"),
    "argmax": Text("the argmax", "argmax"),
    "argsort": Text("the sort", "정렬"),
    "sqrt": Text("the square root", "제곱근"),
    "rsqrt": Text("the square root", "제곱근"),
    "abs": Text("the absolute value", "절댓값"),
    "exp": Text("the exponential", "지수 함수"),
    "log": Text("the logarithm", "로그"),
    "tanh": Text("the tanh", "tanh"),
    "sigmoid": Text("the sigmoid", "시그모이드"),
    "relu": Text("the ReLU", "ReLU"),
}

# The same where what is missing has a name that students know.
_NAMED = {
    "term": (
        Text("The term with {what} is missing.", "{what} 항이 빠졌습니다."),
        Text("The term with {what} is missing in {role}.", "{role}에서 {what} 항이 빠졌습니다."),
    ),
    "factor": (
        Text("The factor with {what} is missing.", "{what}을(를) 곱하지 않았습니다."),
        Text("The factor with {what} is missing in {role}.", "{role}에서 {what}을(를) 곱하지 않았습니다."),
    ),
    "divisor": (
        Text("The division by {what} is missing.", "{what}(으)로 나누지 않았습니다."),
        Text("The division by {what} is missing in {role}.", "{role}에서 {what}(으)로 나누지 않았습니다."),
    ),
    "power": (
        Text("{what} is missing.", "{what}이(가) 빠졌습니다."),
        Text("{what} is missing in {role}.", "{role}에서 {what}이(가) 빠졌습니다."),
    ),
    "argument": (
        Text("The argument {what} of a call is missing.", "호출할 때 인자 {what}이(가) 빠졌습니다."),
        Text(
            "The argument {what} is missing where {role} is computed.",
            "{role}을(를) 계산하는 호출에서 인자 {what}이(가) 빠졌습니다.",
        ),
    ),
    "axis": (
        Text(
            "{what} runs over another axis, or its axis is kept or lost.",
            "{what}의 축이 다릅니다. 없애거나 남겨야 할 축도 확인하세요.",
        ),
        Text(
            "In {role}, {what} runs over another axis, or its axis is kept or lost.",
            "{role}에서 {what}의 축이 다릅니다. 없애거나 남겨야 할 축도 확인하세요.",
        ),
    ),
    "condition": (
        Text("A case that depends on {what} is not told apart.", "{what}에 따라 달라지는 경우를 구분하지 않습니다."),
        Text(
            "In {role} a case that depends on {what} is not told apart.",
            "{role}에서 {what}에 따라 달라지는 경우를 구분하지 않습니다.",
        ),
    ),
    "function": (
        Text("{what} is not applied.", "{what}을(를) 적용하지 않았습니다."),
        Text("{what} is not applied in {role}.", "{role}에서 {what}을(를) 적용하지 않았습니다."),
    ),
    "other function": (
        Text("Another function stands where {what} belongs.", "{what}이(가) 있어야 할 곳에 다른 함수를 썼습니다."),
        Text(
            "In {role} another function stands where {what} belongs.",
            "{role}에서 {what}이(가) 있어야 할 곳에 다른 함수를 썼습니다.",
        ),
    ),
    "name": (
        Text("Another variable is used where {what} belongs.", "{what} 대신 다른 변수를 썼습니다."),
        Text(
            "In {role} another variable is used where {what} belongs.", "{role}에서 {what} 대신 다른 변수를 썼습니다."
        ),
    ),
    "key": (
        Text("Another entry is used where {what} belongs.", "{what} 대신 다른 항목을 썼습니다."),
        Text("In {role} another entry is used where {what} belongs.", "{role}에서 {what} 대신 다른 항목을 썼습니다."),
    ),
}

# The same where students also know what stands in its place, or know that alone.
_EXCHANGED = (
    Text("{instead} is used where {what} belongs.", "{what} 대신 {instead}을(를) 썼습니다."),
    Text("In {role}, {instead} is used where {what} belongs.", "{role}에서 {what} 대신 {instead}을(를) 썼습니다."),
)
_INTRUDES = (
    Text("{instead} is used where another variable belongs.", "다른 변수를 써야 할 곳에 {instead}을(를) 썼습니다."),
    Text(
        "In {role}, {instead} is used where another variable belongs.",
        "{role}에서 다른 변수를 써야 할 곳에 {instead}을(를) 썼습니다.",
    ),
)
_EVERYWHERE = Text("It is the same slip in {places} places.", "같은 실수가 {places}곳에 있습니다.")


def describe(mutant: Mutant) -> Text:
    """What is wrong with a version, for students."""
    plain, of_role = _sentences(mutant)
    named = {"what": TERMS.get(mutant.what, mutant.what), "instead": TERMS.get(mutant.instead, mutant.instead)}
    text = plain.format(**named) if mutant.role is None else of_role.format(role=mutant.role, **named)
    if mutant.places > 1:
        text = joined([text, _EVERYWHERE.format(places=mutant.places)])
    return text.map(lambda said, _: f"T{said[1:]}" if said.startswith("the ") else said)


def _sentences(mutant: Mutant) -> tuple[Text, Text]:
    """The most specific sentences for what students know: without a role, and with one."""
    if mutant.instead and mutant.kind in ("name", "key", "other function"):
        if mutant.what:
            return _EXCHANGED
        if mutant.kind == "name":
            return _INTRUDES
    return _NAMED[mutant.kind] if mutant.what and mutant.kind in _NAMED else KINDS[mutant.kind]
