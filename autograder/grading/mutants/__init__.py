"""Mutants: every version of a reference that differs from it by one slip.

A reference of fifteen lines has a few dozen neighbours at a distance of one slip. `mutants_of` makes them, from source
to sources; they run in the sandbox as any submission does (`batch`). `verify` asks which of them the checks catch, and
a diagnosis asks which of them gives a student's wrong answers (`explain`).
"""

from __future__ import annotations

from autograder.grading.mutants.explain import Explanation, KeptMutant, explain
from autograder.grading.mutants.known import KnownMutants
from autograder.grading.mutants.make import mutants_of
from autograder.grading.mutants.mutant import Mutant
from autograder.grading.mutants.wording import describe

__all__ = ["Explanation", "KeptMutant", "KnownMutants", "Mutant", "describe", "explain", "mutants_of"]
