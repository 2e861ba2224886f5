"""What a submission costs the grader's own processes: this one, and its guest's zygote where it is a process of this machine.

What the submission's child takes is its own, and has limits of its own. CPU time, never wall time: a busy machine is no
attack.
"""

from __future__ import annotations

import contextlib
import gc
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.sandbox.interface import Sandbox
from autograder.sandbox.process import SCRATCH_PREFIX, ProcessSandbox
from autograder.store import liveness
from tests.contract.test_faults import guest_pids

MIB = 1 << 20
MORE_MEMORY = 300 * MIB  # beyond what an honest submission takes
MORE_SECONDS = 5.0  # beyond what the submission itself may take


@dataclass
class Cost:
    """memory: bytes of the highest peak of a process beyond what it had. seconds: of CPU time, together. files: open
    descriptors and entries of the temporary folder, of which there are more than before. disk: bytes that these hold."""

    memory: int = 0
    seconds: float = 0.0
    files: int = 0
    disk: int = 0
    names: list[str] = field(default_factory=list)


@contextmanager
def measured(sandbox: Sandbox) -> Iterator[Cost]:
    """The cost of what is done meanwhile. The guest is settled before and after; one that was replaced counts anew."""
    sandbox.start()
    gc.collect()
    cost, zygote = Cost(), _zygote(sandbox)
    pids = [os.getpid(), *([zygote] if zygote else [])]
    before = {pid: (_reset_peak(pid), _cpu(pid)) for pid in pids}
    there = Counter(name for name, _ in _files())
    yield cost
    sandbox.start()
    now = _zygote(sandbox)
    for pid in {os.getpid(), *([now] if now else [])}:
        resident, seconds = before.get(pid, (_peak(pid), 0.0))
        cost.memory = max(cost.memory, _peak(pid) - resident)
        cost.seconds += _cpu(pid) - seconds
    more = _settled(there, another_guest=now != zygote)
    cost.names = [name for name, _ in more]
    cost.files, cost.disk = len(more), sum(size for _, size in more)


def _settled(there: Counter[str], *, another_guest: bool) -> list[tuple[str, int]]:
    """What is there beyond `there`. The zygote empties a folder while the host goes on, so it has a while for that."""
    more: list[tuple[str, int]] = []
    for _ in range(100):
        seen = there.copy()
        more.clear()
        for name, size in _files():
            seen[name] -= 1
            if seen[name] < 0:
                more.append((name, size))
        if another_guest:  # it has other pipes and another folder
            more = [(name, size) for name, size in more if not name.startswith(("pipe", SCRATCH_PREFIX, "/tmp/#"))]
        if not more:
            break
        time.sleep(0.1)
    return more


def most_seconds(assignment: Assignment, cells: int) -> float:
    """What a submission of so many cells may take by its own limits: that long, the grader may have to do with it."""
    limits = assignment.limits
    return min(limits.submission_seconds, cells * limits.cell_seconds + len(assignment.tasks) * limits.group_seconds)


def _zygote(sandbox: Sandbox) -> int | None:
    """The first of the guest's processes; in namespaces that one only holds it. A child is none of the grader's own."""
    if not isinstance(sandbox, ProcessSandbox):
        return None
    return guest_pids(sandbox)[1 if sandbox.namespaces else 0]


def _status(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) << 10
    raise LookupError(name)


def _peak(pid: int) -> int:
    return _status(pid, "VmHWM")


def _reset_peak(pid: int) -> int:
    """Bytes that are resident, from where the peak is measured. Who may not reset another's measures from its peak."""
    try:
        Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return _peak(pid)
    return _status(pid, "VmRSS")


def _cpu(pid: int) -> float:
    if pid == os.getpid():
        return time.process_time()
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _files() -> Iterator[tuple[str, int]]:
    """Open descriptors by what they are, and this grader's scratch folders with all that lies in them."""
    for name in os.listdir("/proc/self/fd"):
        with contextlib.suppress(OSError):
            status = os.stat(f"/proc/self/fd/{name}")
            yield f"{os.readlink(f'/proc/self/fd/{name}')}#{status.st_ino}", status.st_blocks * 512
    parent = Path(tempfile.gettempdir())
    for folder in parent.glob(f"{SCRATCH_PREFIX}{liveness.mark()}-*"):
        for place, _, names in os.walk(folder):  # which passes over what goes away meanwhile
            for path in (Path(place, name) for name in (".", *names)):
                with contextlib.suppress(OSError):
                    yield str(path.relative_to(parent)), path.lstat().st_blocks * 512
