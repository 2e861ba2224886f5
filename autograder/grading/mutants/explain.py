"""A wrong answer finds its slip: which mutants of the reference give a student's answers?

A slip is named only where the evidence is specific: the mutant is wrong itself where the student is, it gives the same
answers in every case of the functions that fail, and these are two failing cases of several numbers, three cases, or one of many
numbers. Where several slips give the same answers, the one that the student's code looks like is said; where slips of
unrelated kinds are equally near, nothing is: a wrong reason is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from autograder.grading.diagnose.bank import same_outcome
from autograder.grading.diagnose.observation import Observation, is_specific, loosened
from autograder.grading.mutants.mutant import Mutant
from autograder.grading.mutants.nearness import nearest
from autograder.grading.mutants.sketch import Sketch, sketch, slack_of
from autograder.grading.mutants.wording import describe
from autograder.i18n import Text, joined
from autograder.sandbox.interface import Outcome
from autograder.tree import arrays

MOST_NUMBERS = 1 << 20  # in one outcome: what is larger is no version of a reference, and costs the grader its memory
MOST_CANDIDATES = 12  # mutants that may give the same answers: beyond it nothing specific can be said

# Kinds that are often one and the same slip, seen from several sides; the first of those that tie is said.
_NEAR = (
    ("divisor", "factor", "reduction", "constant", "operator"),
    ("condition", "term", "mask", "clamp", "function", "state", "statement"),
    ("factor", "term"),  # 1 - g² without its second term is 1, and so a factor that is missing
)


@dataclass(frozen=True)
class KeptMutant:
    """A mutant, and what running it gave.

    mutant: the mutant.
    wrong: the cases in which it is wrong.
    sketches: of its outcomes, by case.
    run: its outcomes by case; called for the few whose sketches agree.
    """

    mutant: Mutant
    wrong: frozenset[int]
    sketches: Mapping[int, Sketch]
    run: Callable[[], Mapping[int, Outcome]] = field(compare=False)


@dataclass(frozen=True)
class Explanation:
    """The slip that explains a task's failures.

    mutant: the first of those that are left, for staff: students never see its lines.
    same: how many give these answers and are as near to the student's code.
    text: for the student: kind and role.
    """

    mutant: Mutant
    same: int
    text: Text

    @property
    def id(self) -> str:
        return f"{self.mutant.kind}@{self.mutant.name}"

    @property
    def place(self) -> str:
        """For staff: the line of the reference, as it is and with the slip that gives the student's answers."""
        return f"solution.py:{self.mutant.line}: {self.mutant.before} → {self.mutant.after}"


def explain(observations: Sequence[Observation], kept: Sequence[KeptMutant], code: str = "") -> Explanation | None:
    """The slip that explains every failing case, or None.

    observations: all cases of a task, right or wrong.
    kept: the mutants of its cell.
    code: the student's functions, to choose by where several slips give the same answers.
    """
    failing = [o for o in observations if not o.right]
    functions = dict.fromkeys(o.case.function for o in failing)
    if not functions:
        return None
    parts = []
    for function in functions:
        mine = [o for o in observations if o.case.function == function]
        found = _explain_function(mine, kept, observations, code)
        if found is None:
            return None
        parts.append(found)
    texts = list(dict.fromkeys(part.text for part in parts))
    return parts[0] if len(texts) == 1 else replace(parts[0], text=joined(texts))


def _explain_function(
    observations: Sequence[Observation], kept: Sequence[KeptMutant], everything: Sequence[Observation], code: str
) -> Explanation | None:
    failing = [o for o in observations if not o.right]
    if not is_specific(failing) or any(o.case.check.judge is not None for o in failing):
        return None
    if any(_size(o.got) > MOST_NUMBERS for o in observations):
        return None
    wrong = frozenset(o.case.id for o in failing)
    candidates = [one for one in kept if wrong <= one.wrong]
    sketches = [(o.case.id, sketch(o.got), slack_of(o.got, loosened(o.case.check.tolerance))) for o in observations]
    for case, mine, slack in sketches:
        candidates = [one for one in candidates if case in one.sketches and mine.may_be(one.sketches[case], slack)]
    for once in (True, False):  # the same slip in several places explains what none in one place does
        some = [one for one in candidates if (one.mutant.places == 1) is once]
        if len(some) > MOST_CANDIDATES:
            return None
        same = [one.mutant for one in some if _agrees(one.run(), [*observations, *_own(one, everything)])]
        if same:
            return _named(same, code)
    return None


def _own(kept: KeptMutant, everything: Sequence[Observation]) -> list[Observation]:
    """The cases of the function that holds the slip: a slip that is seen through a caller must be seen there, too."""
    return [o for o in everything if o.case.function == kept.mutant.function]


def _size(outcome: Outcome) -> int:
    return sum(array.data.size for root in (outcome.value, outcome.gradient) for array in arrays(root))


def _agrees(outcomes: Mapping[int, Outcome], observations: Sequence[Observation]) -> bool:
    return all(
        o.case.id in outcomes and same_outcome(outcomes[o.case.id], o.got, o.case.check.tolerance) for o in observations
    )


def _named(same: Sequence[Mutant], code: str) -> Explanation | None:
    """What may be said where these mutants all give the student's answers."""
    if len({(mutant.kind, describe(mutant)) for mutant in same}) > 1:
        same = nearest(same, code)
    kinds = {mutant.kind for mutant in same}
    if len(kinds) > 1:
        family = next((family for family in _NEAR if kinds <= set(family)), None)
        if family is None:
            return None
        kind = min(kinds, key=family.index)
        same = [mutant for mutant in same if mutant.kind == kind]
    if "detach" in kinds:
        return None  # a lost gradient is named by the relations of numbers, with what it does not reach
    first = same[0]
    if len({describe(mutant) for mutant in same}) > 1:
        roles = {mutant.role for mutant in same}
        first = replace(first, what="", instead="", role=first.role if len(roles) == 1 else None)
    return Explanation(same[0], len(same), describe(first))
