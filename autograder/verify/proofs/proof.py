"""What the mutants of a reference say of a task's checks, and what is to be mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.grading.mutants.mutant import Mutant


@dataclass(frozen=True)
class Survivor:
    """A mutant that some draw lets through, though it computes something else.

    mutant: the mutant.
    telling: an input that tells it from the reference.
    draws: how many of the draws it survives.
    """

    mutant: Mutant
    telling: str
    draws: int


@dataclass
class TaskProof:
    """What the mutants say of one task's checks.

    task: its name.
    made: how many mutants were made.
    invalid: how many of them never return.
    equivalent: how many compute the same, or are declared to.
    killed: by draw, how many of the others are caught.
    survivors: mutants that some draw lets through.
    useless: checks without which every mutant is caught too.
    blind: checks that refuse no value of any mutant, nor a constant answer.
    widest: by check, the factor by which its tolerance could grow before it lets through a value that it refuses now.
    """

    task: str
    made: int = 0
    invalid: int = 0
    equivalent: int = 0
    killed: list[int] = field(default_factory=list)
    survivors: list[Survivor] = field(default_factory=list)
    useless: list[str] = field(default_factory=list)
    blind: list[str] = field(default_factory=list)
    widest: dict[str, float] = field(default_factory=dict)

    @property
    def mortal(self) -> int:
        """Mutants that a check can catch."""
        return self.made - self.invalid - self.equivalent


def complaints(proof: TaskProof) -> Iterator[str]:
    """What is to be mended, a sentence each."""
    draws = len(proof.killed)
    for survivor in proof.survivors:
        mutant = survivor.mutant
        often = f" in {survivor.draws} of {draws} draws" if draws > 1 else ""
        places = f" ({mutant.places} places)" if mutant.places > 1 else ""
        yield (
            f'solution.py:{mutant.line}: no check notices{often} when "{mutant.before}" is "{mutant.after}"{places}; '
            f"what tells them apart: {survivor.telling}. Draw it, or write # equivalent: why"
        )
    for name in proof.blind:
        yield f'check "{name}" refuses no wrong value: neither of {proof.made - proof.invalid} mutants nor zeros; narrow its tolerance, or draw other inputs'


def summary_lines(proofs: Sequence[TaskProof]) -> Iterator[str]:
    """The counts of each task, and its checks that may go or are too wide."""
    label = max((len(proof.task) for proof in proofs), default=0)
    for proof in proofs:
        least = min(proof.killed, default=0)
        share = f"{100 * least / proof.mortal:.1f} %" if proof.mortal else "-"
        yield (
            f"{proof.task:<{label}}  {proof.made} mutants: {proof.invalid} never return, {proof.equivalent} equivalent, "
            f"{least} of {proof.mortal} killed ({share})"
            + (f" in the worst of {len(proof.killed)} draws" if len(proof.killed) > 1 else "")
        )
        if proof.useless:
            yield f"{'':<{label}}  warning: nothing is caught by these checks alone: {', '.join(proof.useless)}"
        if proof.widest:
            name, factor = min(proof.widest.items(), key=lambda item: item[1])
            yield f"{'':<{label}}  the same die while tolerances grow up to {factor:.3g} times ({name} is the narrowest)"


def proofs_as_json(proofs: Sequence[TaskProof]) -> list[dict[str, Any]]:
    """The proofs as plain data."""
    return [
        {
            "task": proof.task,
            "made": proof.made,
            "invalid": proof.invalid,
            "equivalent": proof.equivalent,
            "killed": proof.killed,
            "survivors": [
                {
                    "line": one.mutant.line, "column": one.mutant.column, "kind": one.mutant.kind, "places": one.mutant.places,
                    "before": one.mutant.before, "after": one.mutant.after, "telling": one.telling, "draws": one.draws,
                }
                for one in proof.survivors
            ],
            "useless": proof.useless,
            "blind": proof.blind,
            "widest": {name: float(f"{factor:.4g}") for name, factor in proof.widest.items()},
        }
        for proof in proofs
    ]  # fmt: skip
