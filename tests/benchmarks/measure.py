"""Spreads of repeated measurements, and what a tree of processes costs while it runs."""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
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

TICKS = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> set[int]:
    """A process and everything below it."""
    found, open_ = set[int](), [root]
    while open_:
        pid = open_.pop()
        found.add(pid)
        for task in _listed(f"/proc/{pid}/task"):
            open_ += [int(child) for child in _read(f"/proc/{pid}/task/{task}/children").split()]
    return found


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


def cpu_seconds(pids: set[int]) -> float:
    """User and system time of these processes and of the children that they have reaped."""
    total = 0
    for pid in pids:
        fields = _read(f"/proc/{pid}/stat").rpartition(")")[2].split()
        total += sum(map(int, fields[11:15])) if fields else 0
    return total / TICKS


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


@dataclass
class Watch:
    """What a tree of processes cost between two moments."""

    seconds: float = 0.0
    cpu: float = 0.0
    peak_mb: float = 0.0
    peaks: list[float] = field(default_factory=list)


@contextmanager
def watching(root: int, extra: Sequence[int] = (), every: float = 0.1) -> Iterator[Watch]:
    """Watch the tree of `root`, and those of `extra` (containers are nobody's children), from a thread."""
    watch, done = Watch(), threading.Event()

    def look() -> None:
        while not done.is_set():
            watch.peak_mb = max(watch.peak_mb, resident_mb(set().union(*(tree(pid) for pid in (root, *extra)))))
            done.wait(every)

    thread = threading.Thread(target=look, daemon=True)
    started, before = time.perf_counter(), cpu_seconds(set().union(*(tree(pid) for pid in (root, *extra))))
    thread.start()
    try:
        yield watch
    finally:
        watch.seconds = time.perf_counter() - started
        watch.cpu = cpu_seconds(set().union(*(tree(pid) for pid in (root, *extra)))) - before
        done.set()
        thread.join()
