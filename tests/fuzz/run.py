"""Run one target against many inputs, with a limit on memory and a limit on the time of each.

    python -m tests.fuzz.run notebook 2000 [SEED]

Prints one line of JSON. Exits with 1, after hypothesis's report, for an input that breaks the target; that input is
kept in the folder AUTOGRADER_FUZZ_KEEP, if that is set. A crash of the interpreter leaves it there as `current`.
"""

from __future__ import annotations

import faulthandler
import json
import os
import pickle
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.fuzz.targets import TARGETS, Target

MEMORY = 512 << 20  # for one input
GROWTH = 256 << 10  # KiB of resident memory, over all inputs
SECONDS = 5.0
HARD_SECONDS = 60.0  # for code that does not return to Python


RECURSION = 1000  # what a reader has in a program of its own


class TooSlow(BaseException):
    """One input took longer than SECONDS."""


def _alarm(*_: object) -> None:
    raise TooSlow


def _depth() -> int:
    frame, depth = sys._getframe(), 0
    while frame := frame.f_back:  # type: ignore[assignment]
        depth += 1
    return depth


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


@contextmanager
def limited_memory() -> Iterator[None]:
    """No more than MEMORY beyond what the process has; what made the input before has its own needs."""
    with open("/proc/self/statm", encoding="ascii") as file:
        size = int(file.read().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


class Watched:
    """A target with a watch on each run."""

    def __init__(self, name: str, target: Target) -> None:
        self.name, self.target = name, target
        self.inputs = 0
        self.slowest = 0.0
        self.growth = 0
        self.ends: Counter[str] = Counter()
        keep = os.environ.get("AUTOGRADER_FUZZ_KEEP")
        self.keep = Path(keep) / f"{name}.current" if keep else None

    def __call__(self, data: Any) -> None:
        self.inputs += 1
        if self.keep is not None:
            self.keep.write_bytes(pickle.dumps(data))
        limit = sys.getrecursionlimit()
        sys.setrecursionlimit(_depth() + RECURSION)  # hypothesis raises it
        faulthandler.dump_traceback_later(HARD_SECONDS, exit=True)
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        started, before = time.monotonic(), _peak()
        try:
            with limited_memory():
                end = self.target.run(data) or "read"
            self.ends[end] += 1
        except self.target.errors as error:
            self.ends[type(error).__name__] += 1
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            sys.setrecursionlimit(limit)
            faulthandler.cancel_dump_traceback_later()
            self.slowest = max(self.slowest, time.monotonic() - started)
            self.growth += _peak() - before  # of ours; making inputs costs memory too


def main() -> None:
    name, count = sys.argv[1], int(sys.argv[2])
    watched = Watched(name, TARGETS[name])
    signal.signal(signal.SIGALRM, _alarm)

    @seed(int(sys.argv[3]) if len(sys.argv) > 3 else 0)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink),
    )
    @given(watched.target.inputs)
    def check(data: Any) -> None:
        watched(data)

    check()
    found = {"target": name, "inputs": watched.inputs, "ends": watched.ends, "slowest": round(watched.slowest, 3)}
    print(json.dumps({**found, "growth_mb": watched.growth >> 10}))
    sys.exit(watched.growth > GROWTH)


if __name__ == "__main__":
    main()
