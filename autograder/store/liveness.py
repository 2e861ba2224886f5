"""Which process left this behind, and whether it still lives.

What a grader puts beside its results - scratch folders, half-written files - carries its *mark* in the name. A grader
that was killed cannot tidy up; the next one removes whatever bears the mark of the dead, and nothing else.
"""

from __future__ import annotations

import functools
import os
from contextlib import suppress
from pathlib import Path


def mark() -> str:
    """This process among all that ever run: `<pid>-<when it started>-<process namespace>`, safe in a file's name."""
    return _mark(os.getpid())


@functools.lru_cache(maxsize=1)
def _mark(ours: int) -> str:
    return f"{ours}-{_started(ours)}-{_namespace()}"


def is_dead(mark: str) -> bool:
    """Whether the process with this mark is gone. False where that cannot be known from here (another namespace)."""
    pid, _, rest = mark.partition("-")
    started, _, namespace = rest.partition("-")
    if not (mark.isascii() and pid.isdecimal() and started.isdecimal() and namespace == _namespace()):
        return False
    return _started(int(pid)) != started


def _started(pid: int) -> str:
    """Clock ticks between the machine's start and the process's; "" where it is gone, or a zombie."""
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
    """Process ids mean something within one namespace only; a shared /tmp may show the folders of another."""
    with suppress(OSError):
        return str(os.stat("/proc/self/ns/pid").st_ino)
    return "0"
