"""Fuzz one target along the branches that its inputs take, with atheris (`pip install atheris`).

    python -m tests.fuzz.guided notebook -atheris_runs=20000

atheris mutates bytes and watches which branches of ours they reach; hypothesis makes of the bytes what the target reads.
Every input is watched as in `tests.fuzz.run`; one that breaks its target ends the run with a traceback.
"""

from __future__ import annotations

import json
import signal
import sys

import atheris  # type: ignore[import-not-found]
from hypothesis import HealthCheck, given, settings

with atheris.instrument_imports(include=["autograder"]):
    from tests.fuzz.run import Watched, _alarm
    from tests.fuzz.targets import TARGETS


def main() -> None:
    name = sys.argv.pop(1)
    watched = Watched(name, TARGETS[name])
    signal.signal(signal.SIGALRM, _alarm)

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(watched.target.inputs)
    def check(data: object) -> None:
        watched(data)

    def one_input(data: bytes) -> None:
        check.hypothesis.fuzz_one_input(data)  # type: ignore[attr-defined]
        if watched.inputs % 1000 == 0:
            print(
                json.dumps({"target": name, "inputs": watched.inputs, "ends": watched.ends, "slowest": watched.slowest})
            )

    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
