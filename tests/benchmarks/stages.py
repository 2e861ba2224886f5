"""Where the time of one submission goes: named functions of the pipeline under a stopwatch.

A name that no longer exists fails at once, so the table cannot fall behind the code.
"""

from __future__ import annotations

import functools
import importlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

# Stage -> functions, as "module:attribute" in the place where the caller looks them up. Time spent in a stage inside
# another one counts for the inner alone.
STAGES = {
    "read and prepare": ("autograder.grading.grader:prepare",),
    "fork and walls": ("autograder.sandbox.run:ProgramRun._fork", "autograder.sandbox.channel:Channel.kill"),
    "cells": ("autograder.sandbox.run:ProgramRun._run_cells",),
    "calls": ("autograder.sandbox.run:ProgramRun._call",),
    "unpack results": ("autograder.sandbox.cache:ReplyCache.read",),
    "compare": ("autograder.grading.grader:case_verdict",),
    "forbidden": ("autograder.grading.grader:find_written", "autograder.grading.grader:find_recorded"),
    "score": ("autograder.grading.grader:Grader._score",),
    "diagnose": ("autograder.grading.grader:Grader.reason",),
    "report": ("autograder.pipeline.worker:build_report", "autograder.report.schema:Report.to_html"),
    "write": ("autograder.store.folder:write_atomically",),
}


class Stopwatch:
    """Seconds by stage, each without the stages inside it."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._inside: list[float] = []

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **options: Any) -> Any:
            self._inside.append(0.0)
            started = time.perf_counter()
            try:
                return function(*args, **options)
            finally:
                took = time.perf_counter() - started
                self.seconds[stage] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return call


@contextmanager
def stopwatch() -> Iterator[Stopwatch]:
    """Every stage under a stopwatch while this lasts."""
    watch, undo = Stopwatch(), []
    try:
        for stage, places in STAGES.items():
            for place in places:
                owner, name = _find(place)
                original = vars(owner)[name]
                undo.append((owner, name, original))
                setattr(owner, name, watch.timed(stage, original))
        yield watch
    finally:
        for owner, name, original in reversed(undo):
            setattr(owner, name, original)


def _find(place: str) -> tuple[Any, str]:
    module, _, path = place.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    return owner, name
