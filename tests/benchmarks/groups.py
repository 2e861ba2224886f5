"""How long it takes to find the groups of a made class of 1,000 with ten planted mistakes."""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from autograder.grading.diagnose.signature import signature
from tests.report.test_groups import made_class

STUDENTS = 1000


def measure() -> dict[str, Any]:
    """Seconds for the signatures of a class, and what share of its wrong answers the 15 largest groups hold."""
    answers = [observations for _, observations in made_class(STUDENTS)]
    started = time.perf_counter()
    sizes = Counter(map(signature, answers)).most_common()
    seconds = time.perf_counter() - started
    held = sum(count for _, count in sizes[:15]) / STUDENTS
    print(f"{STUDENTS} students, {len(sizes)} groups; the 15 largest hold {held:.1%}; {seconds:.2f} s")
    return {"students": STUDENTS, "seconds": seconds, "groups": len(sizes), "held_by_15": held}
