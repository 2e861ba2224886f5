"""Fuzz one target along the branches that its inputs take, with atheris (`pip install atheris`).

    python -m tests.fuzz.guided notebook -atheris_runs=20000

atheris mutates bytes and watches which branches of ours they reach; hypothesis makes of the bytes what the target reads.
Every input is watched as in `tests.fuzz.run`; one that breaks its target ends the run with a traceback.
"""

from __future__ import annotations

import json
import random
import signal
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found]
from hypothesis import HealthCheck, given, settings

with atheris.instrument_imports(include=["autograder"]):
    from tests.fuzz.run import Watched, _alarm
    from tests.fuzz.targets import TARGETS

SEEDS, MOST_BYTES = 64, 1 << 14


def main() -> None:
    name = sys.argv.pop(1)
    watched = Watched(name, TARGETS[name])
    signal.signal(signal.SIGALRM, _alarm)

    @settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(watched.target.inputs)
    def check(data: object) -> None:
        watched(data)

    def one_input(data: bytes) -> None:
        before = watched.inputs
        check.hypothesis.fuzz_one_input(data)  # type: ignore[attr-defined]
        if watched.inputs > before and watched.inputs % 1000 == 0:
            tally = {"target": name, "inputs": watched.inputs, "ends": watched.ends, "slowest": watched.slowest}
            print(json.dumps(tally), flush=True)

    with tempfile.TemporaryDirectory() as corpus:
        chance = random.Random(0)
        for number in range(SEEDS):  # hypothesis makes nothing of the few bytes that libFuzzer would begin with
            (Path(corpus) / str(number)).write_bytes(chance.randbytes(MOST_BYTES >> number % 4))
        atheris.Setup([*sys.argv, "-len_control=0", f"-max_len={MOST_BYTES}", corpus], one_input)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
