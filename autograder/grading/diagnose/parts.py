"""Part by part: a tuple of loss and gradients may be right in one part and wrong in another, for a reason of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from autograder.grading.diagnose.observation import Observation, Pair, misshapen_pairs, wrong_pairs
from autograder.grading.diagnose.relations import Relation, leaf_relations, size
from autograder.guest.wire import Value

_STEP = re.compile(r"\['(?:[^'\\]|\\.)*'\]|\[[^\]]*\]")
FEWEST_CASES, FEWEST_ELEMENTS = 2, 9
SHOWN = 4  # leaves of a part in which relations are looked for


@dataclass(frozen=True)
class Part:
    """One part of the results of one function.

    function: its name.
    key: "", "[1]", "['W']" or "[1]['W']".
    """

    function: str
    key: str


Wrong = Mapping[Part, Sequence[tuple[Observation, Pair]]]


def wrong_parts(failing: Sequence[Observation]) -> Wrong:
    """What is wrong in each part. Gradients through a result that is wrong itself are no parts of their own."""
    found: dict[Part, list[tuple[Observation, Pair]]] = {}
    for observation in failing:
        pairs = [*wrong_pairs(observation), *misshapen_pairs(observation)]
        own = [pair for pair in pairs if not pair.path.startswith("grad[")]
        for pair in own or pairs:
            part = Part(observation.case.function, part_key(pair.path, observation.expected.value))
            found.setdefault(part, []).append((observation, pair))
    return found


def part_key(path: str, whole: Value) -> str:
    """The part that a leaf belongs to: tuples and dicts have parts, the items of a list are of one kind."""
    if path.startswith("grad["):
        return path.split("]")[0] + "]"
    key, value = "", whole
    for mark in _STEP.findall(path):
        if isinstance(value, tuple) and mark[1:-1].isdigit():
            value = value[int(mark[1:-1])]
        elif isinstance(value, dict) and mark[1:-1].strip("'") in value:
            value = value[mark[1:-1].strip("'")]
        else:
            break
        key += mark
    return key


def part_of(value: Value, key: str) -> Value:
    """The part of a value that a key stands for; None where the value has no such part."""
    for mark in _STEP.findall(key):
        if isinstance(value, tuple) and mark[1:-1].isdigit() and int(mark[1:-1]) < len(value):
            value = value[int(mark[1:-1])]
        elif isinstance(value, dict) and mark[1:-1].strip("'") in value:
            value = value[mark[1:-1].strip("'")]
        else:
            return None
    return value


def shared_relations(wrong: Sequence[tuple[Observation, Pair]]) -> set[Relation]:
    """The relations that explain one part in every failing case, where there is enough of it to tell."""
    ordered = sorted(wrong, key=lambda entry: -size(entry[1].expected))
    # The largest leaves show most; the others need only agree.
    shown = [(o, pair, set(leaf_relations(pair, o))) for o, pair in ordered[:SHOWN]]
    shared = {
        relation
        for relation in set().union(*(found for _, _, found in shown))
        if relation.kind in FORMS or _is_shown(relation, shown)
    }
    for observation, pair in ordered:
        if not shared:
            break
        shared &= set(leaf_relations(pair, observation, agrees=True))
    return shared


def _is_shown(relation: Relation, shown: Sequence[tuple[Observation, Pair, set[Relation]]]) -> bool:
    return is_enough([(o, pair) for o, pair, found in shown if relation in found])


def is_enough(mine: Sequence[tuple[Observation, Pair]]) -> bool:
    """Whether these leaves show enough: two cases, or FEWEST_ELEMENTS in all; of single numbers, three cases."""
    cases = {id(o) for o, _ in mine}
    largest = max((size(pair.expected) for _, pair in mine), default=0)
    if sum(size(pair.expected) for _, pair in mine) >= FEWEST_ELEMENTS and largest > 1:
        return True
    return len(cases) >= (FEWEST_CASES if largest > 1 else FEWEST_CASES + 1)


# What is seen in the form of a result needs no second case.
FORMS = {"overflow", "container", "short", "long", "backwards", "rows_missing", "axis", "broadcast", "transposed"}
