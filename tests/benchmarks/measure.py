"""Spreads of repeated measurements, and what a tree of processes costs while it runs."""

from __future__ import annotations

import os
import statistics
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Spread:
    """Median and range of one quantity over the rounds."""

    values: tuple[float, ...]

    @staticmethod
    def of(values: Sequence[float]) -> Spread:
        return Spread(tuple(values))

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def text(self, digits: int = 2, factor: float = 1.0) -> str:
        median, low, high = (factor * x for x in (self.median, min(self.values), max(self.values)))
        return f"{median:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


# -- processes -------------------------------------------------------------------------------------------------------


def tree(root: int) -> set[int]:
    """A process and everything below it."""
    found, open_ = set[int](), [root]
    while open_:
        pid = open_.pop()
        found.add(pid)
        for task in _listed(f"/proc/{pid}/task"):
            open_ += [int(child) for child in _read(f"/proc/{pid}/task/{task}/children").split()]
    return found


def busy_seconds() -> float:
    """Seconds that all cores of this machine have worked since it started."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, _read("/proc/stat").split("\n", 1)[0].split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


def resident_mb(pids: set[int]) -> float:
    """Memory of these processes in MB, pages that they share counted once (PSS)."""
    total = 0
    for pid in pids:
        for line in _read(f"/proc/{pid}/smaps_rollup").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def private_mb(pid: int) -> float:
    """Anonymous resident memory of one process in MB: what it has allocated itself."""
    for line in _read(f"/proc/{pid}/status").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    return 0.0


def cpu_seconds(pids: Iterable[int]) -> float:
    """User and system time of these processes and of the children that they have waited for."""
    ticks = 0
    for pid in pids:
        fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:15])) if fields else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def load() -> float:
    """Processes that wanted to run in the last minute: above the number of cores, every time here is too long."""
    return os.getloadavg()[0]


def _read(path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _listed(path: str) -> list[str]:
    try:
        return os.listdir(path)
    except OSError:
        return []


@contextmanager
def peak_memory(roots: Callable[[], Iterable[int]], every: float = 0.1) -> Iterator[list[float]]:
    """The most MB that the trees of these processes had at one time, as the only item of a list, watched from a thread."""
    peak, done = [0.0], threading.Event()

    def look() -> None:
        while not done.is_set():
            pids = set[int]().union(*(tree(root) for root in roots()))
            peak[0] = max(peak[0], resident_mb(pids))
            done.wait(every)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        done.set()
        thread.join()
