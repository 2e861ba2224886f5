"""Reasons beside the numbers: answers of chance, inputs that were overwritten, and no answer at all."""

from __future__ import annotations

from autograder.grading.diagnose.evidence import Evidence
from autograder.grading.findings import Diagnosis
from autograder.i18n import Text
from autograder.sandbox.interface import Status

CHANCE = Text(
    "Two calls with the same inputs give different results: your function draws random numbers of its own, or keeps something between calls. Everything it needs comes in as an argument.",
    "같은 입력으로 두 번 호출하면 결과가 다릅니다. 함수 안에서 난수를 새로 뽑거나 호출 사이에 무언가를 남겨 두고 있습니다. 필요한 값은 모두 인자로 들어옵니다.",
)
CHANGED = Text(
    "Your function changes its input {names} in place (an operation such as +=, an assignment into it, pop or a method that ends with _). Whoever calls it still needs the old value: work on a copy, or make new tensors.",
    "입력 {names}을(를) 제자리에서 바꾸고 있습니다(+=, 인덱스 대입, pop, 이름이 _로 끝나는 메서드 등). 호출한 쪽은 원래 값이 필요하므로 복사본을 쓰거나 새 텐서를 만드세요.",
)
NOTHING = Text(
    "Your function gives None: it ends without return, or a branch of it does. Hand back with return what the docstring asks for.",
    "함수가 None을 돌려줍니다. return 없이 끝나거나 return이 없는 분기로 끝납니다. 독스트링에 적힌 결과를 return으로 돌려주세요.",
)


def from_chance(evidence: Evidence) -> Diagnosis | None:
    """Every wrong answer differs from itself the second time."""
    failing = evidence.telling
    returned = [o for o in failing if o.got.status is Status.RETURNED]
    if not returned or len(returned) < len(failing) or any(o.deterministic for o in failing):
        return None
    return Diagnosis("behaviour", "not_the_same_twice", failing[0].case.function, CHANCE)


def from_changed_inputs(evidence: Evidence) -> Diagnosis | None:
    """An input comes out changed: where every answer is right, or in every case that is wrong."""
    changed = [o for o in evidence.observations if o.changed]
    if not changed or any(not o.changed or o.got.status is not Status.RETURNED for o in evidence.failing):
        return None
    names = dict.fromkeys(name for o in changed for name in o.changed)
    return Diagnosis("behaviour", "changes_its_input", changed[0].case.function, CHANGED.format(names=", ".join(names)))


def from_nothing(evidence: Evidence) -> Diagnosis | None:
    """Every wrong answer is None where the reference gives something."""
    failing = evidence.failing
    if not failing or any(o.got.status is not Status.RETURNED or o.got.value is not None for o in failing):
        return None
    if any(o.expected.value is None for o in failing):
        return None
    return Diagnosis("behaviour", "gives_nothing", failing[0].case.function, NOTHING)
