"""Marks of processes: which process made a temporary file or folder, and whether it is still alive.

The names of scratch folders and half-written files contain the *mark* of the grader that made them. A grader that was
killed cannot clean up; the next one removes the files of dead processes, and no others.
"""

from __future__ import annotations

import functools
import os
from contextlib import suppress
from pathlib import Path


def mark() -> str:
    """The mark of this process, unique over time and safe in a file's name: `<pid>-<start time>-<process namespace>`."""
    return _mark(os.getpid())


@functools.lru_cache(maxsize=1)
def _mark(ours: int) -> str:
    return f"{ours}-{_started(ours)}-{_namespace()}"


def is_dead(mark: str) -> bool:
    """Whether the process with this mark has ended. False where that cannot be known (another process namespace)."""
    pid, _, rest = mark.partition("-")
    started, _, namespace = rest.partition("-")
    if not (mark.isascii() and pid.isdecimal() and started.isdecimal() and namespace == _namespace()):
        return False
    return _started(int(pid)) != started


def _started(pid: int) -> str:
    """Clock ticks between the machine's start and the process's; "" for a process that has ended or is a zombie."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return "" if Path("/proc/self/stat").exists() else _without_proc(pid)
    return "" if fields[0] in ("Z", "X") else fields[19]


def _without_proc(pid: int) -> str:
    with suppress(OSError, OverflowError):
        os.kill(pid, 0)
        return "0"
    return ""


@functools.cache
def _namespace() -> str:
    """The process namespace: a process id is valid in one only, and a shared /tmp may hold files of several."""
    with suppress(OSError):
        return str(os.stat("/proc/self/ns/pid").st_ino)
    return "0"
