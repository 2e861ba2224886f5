"""Comparisons in words."""

from __future__ import annotations

from autograder.grading.compare import Mismatch
from autograder.parts import Names, part_name

_MESSAGES = {
    "type": ("{place} should be {expected}, but is {got}.", "{place}: {expected}이어야 하는데 {got}입니다."),
    "keys": (
        "{place} should have the keys {expected}, but has {got}.",
        "{place}: 키가 {expected}이어야 하는데 {got}입니다.",
    ),
    "length": (
        "{place} should hold {expected} items, but holds {got}.",
        "{place}: 항목이 {expected}개여야 하는데 {got}개입니다.",
    ),
    "dtype": (
        "{place} should have dtype {expected}, but has {got}.",
        "{place}: dtype이 {expected}이어야 하는데 {got}입니다.",
    ),
    "device": (
        "{place} should be on {expected}, but is on {got}.",
        "{place}: {expected} 장치에 있어야 하는데 {got}에 있습니다.",
    ),
    "shape": (
        "{place} should have shape {expected}, but has {got}.",
        "{place}: 모양이 {expected}이어야 하는데 {got}입니다.",
    ),
    "not_finite": (
        "{place} holds NaN or infinity where the answer is finite ({wrong} of {total} elements wrong); at index {index}: got {got}, expected {expected}.",
        "{place}: 정답은 유한한데 NaN이나 무한대가 있습니다(원소 {total}개 중 {wrong}개 틀림). 위치 {index}: 내 결과 {got}, 정답 {expected}.",
    ),
    "value": (
        "{place}: {wrong} of {total} elements are wrong. The worst, at index {index}: got {got}, expected {expected} (off by {error:.3g}, allowed {allowed:.3g}).",
        "{place}: 원소 {total}개 중 {wrong}개가 틀렸습니다. 가장 크게 다른 곳 {index}: 내 결과 {got}, 정답 {expected} (차이 {error:.3g}, 허용 {allowed:.3g}).",
    ),
    "scalar": ("{place}: got {got}, expected {expected}.", "{place}: 내 결과 {got}, 정답 {expected}."),
}


def describe(mismatch: Mismatch, language: str, subject: str = "", names: Names | None = None) -> str:
    """The mismatch as one sentence for the student. It contains values, so it must not be used for a hidden check.

    subject: the subject of the sentence where that is not the result ("the gradient of W").
    names: of the result's parts, as its task declares them.
    """
    scalar = mismatch.kind == "value" and mismatch.total == 1 and not mismatch.index
    english, korean = _MESSAGES["scalar" if scalar else mismatch.kind]
    place = mismatch.path or ("결과" if language == "ko" else "the result")
    if mismatch.path:
        unnamed = f"결과{mismatch.path}" if language == "ko" else f"result{mismatch.path}"
        place = part_name(names, mismatch.path, language) or unnamed
    place = subject or place
    text = (korean if language == "ko" else english).format(
        place=place,
        expected=mismatch.expected,
        got=mismatch.got,
        index=list(mismatch.index),
        wrong=mismatch.wrong,
        total=mismatch.total,
        error=mismatch.error,
        allowed=mismatch.allowed,
    )
    return text[0].upper() + text[1:] if language == "en" and (subject or not mismatch.path) else text
