"""The processes of one run of the grader, found in /proc and told apart by what they do."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

GUEST = "/guest.py"


@dataclass(frozen=True)
class Process:
    """pid and start name one process among all that ever ran."""

    pid: int
    parent: int
    start: str
    command: str

    def alive(self) -> bool:
        found = _read(self.pid)
        return found is not None and found.start == self.start


@dataclass
class Family:
    """What descends from one grader. `look` may be called again and again; whatever was seen is remembered."""

    root: int
    seen: set[Process] = field(default_factory=set)

    def look(self, guests: Iterable[int] = ()) -> dict[str, list[Process]]:
        """Living members by role: grader, worker, guest (as the grader started it), zygote, child.

        guests: first processes of containers, which an engine on this machine started for us.
        """
        everyone = {process.pid: process for process in map(_read, _pids()) if process is not None}
        roles: dict[str, list[Process]] = {}
        level = [(everyone[self.root], "grader")] if self.root in everyone else []
        level += [(everyone[pid], "guest") for pid in guests if pid in everyone and GUEST in everyone[pid].command]
        while level:
            process, role = level.pop()
            self.seen.add(process)
            roles.setdefault(role, []).append(process)
            below = (p for p in everyone.values() if p.parent == process.pid)
            level += [(child, _role(role, child)) for child in below]
        return roles

    def left(self) -> list[Process]:
        return [process for process in self.seen if process.alive()]


def _role(parent: str, process: Process) -> str:
    if parent in ("grader", "worker"):
        return "guest" if GUEST in process.command else "worker" if "spawn_main" in process.command else "helper"
    return {"guest": "zygote", "zygote": "child"}.get(parent, "helper")


def _pids() -> Iterable[int]:
    return (int(name) for name in os.listdir("/proc") if name.isdigit())


def _read(pid: int) -> Process | None:
    """A process that lives; None for one that is gone, or a zombie."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return None
    return None if stat[0] in "ZX" else Process(pid, int(stat[1]), stat[19], command)


def kill(process: Process) -> bool:
    """SIGKILL, if it is still the same process."""
    with suppress(ProcessLookupError):
        if process.alive():
            os.kill(process.pid, signal.SIGKILL)
            return True
    return False
