"""Commands under watch: what they cost, and that they end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.measure import peak_memory


@dataclass(frozen=True)
class Run:
    """What a command cost with all the processes that it started and waited for. ended: it was not killed. output: last words."""

    seconds: float
    cpu: float
    peak_mb: float
    ended: bool
    output: str


def run(
    command: Sequence[str | Path],
    folder: Path,
    *,
    seconds: float = 3600,
    others: Callable[[int], Iterable[int]] = lambda pid: (),
) -> Run:
    """Run a command to its end, or for `seconds`. others: processes that work for it and are not its children."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    log = folder / "command.log"
    with log.open("wb") as sink:
        started = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            # As in an activated environment: nbgrader looks for alembic on the path.
            env={**clean, "OMP_NUM_THREADS": "1", "PATH": f"{Path(command[0]).parent}:{os.environ['PATH']}"},
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            start_new_session=True,
        )
        timer = threading.Timer(seconds, _kill, [process.pid])
        timer.start()
        with peak_memory(lambda: (process.pid, *others(process.pid))) as peak:
            _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - started
    _kill(process.pid)  # what it left behind in its session
    output = log.read_bytes()[-4000:].decode("utf-8", "replace")
    return Run(took, usage.ru_utime + usage.ru_stime, peak[0], process.returncode != -signal.SIGKILL, output)


def marginal(many: Run, few: Run, more: int) -> dict[str, float]:
    """Seconds and CPU seconds of one submission more: start-up, which both runs have, apart."""
    return {"seconds": (many.seconds - few.seconds) / more, "cpu": (many.cpu - few.cpu) / more}


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
