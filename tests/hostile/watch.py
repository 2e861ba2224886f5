"""What an attack must not reach, and whether it did: canaries, listeners, processes, leftovers."""

from __future__ import annotations

import contextlib
import os
import secrets
import selectors
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.grading.grader import Grader
from autograder.guest import wire
from autograder.sandbox.interface import Sandbox
from autograder.submissions.collect import Submission
from autograder.submissions.prepare import prepare

ROOT = Path(__file__).parents[2]
SHARED = [Path("/tmp"), Path("/var/tmp"), Path("/dev/shm")]
FIRST_STRANGER, NOBODY = 20_000, 65_534
PLANTED = "planted"


class Watch:
    """A secret in many places, and ears on every socket that a student could find."""

    def __init__(self) -> None:
        self.secret = secrets.token_hex(16)
        self.token = secrets.token_hex(4)
        self.heard: list[str] = []
        self.canaries: dict[Path, os.stat_result] = {}
        self._listeners: list[socket.socket] = []
        self._stop = threading.Event()
        self._before: set[tuple[str, int]] = set()

    def __enter__(self) -> Watch:
        os.environ["HOSTILE_SECRET"] = self.secret
        for folder in (ROOT, Path.home(), *SHARED):
            if folder.is_dir() and os.access(folder, os.W_OK):
                path = folder / f".canary-{self.token}"
                path.write_text(self.secret)
                path.chmod(0o666)
                self.canaries[path] = path.stat()
        self.tcp, self.udp, self.path, self.abstract = self._listen()
        self._before = set(self._strangers())
        threading.Thread(target=self._hear, daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stop.set()
        os.environ.pop("HOSTILE_SECRET", None)
        for listener in self._listeners:
            listener.close()
        for path in (*self.canaries, Path(self.path)):
            path.unlink(missing_ok=True)

    def words(self) -> dict[str, str]:
        """What attacks may name: the harness tells them more than any student would know."""
        return {
            "TOKEN": self.token, "TCP": str(self.tcp), "UDP": str(self.udp), "SOCKET": self.path, "ABSTRACT": self.abstract,
            "ROOT": str(ROOT), "HOME": str(Path.home()), "GRADER": str(os.getpid()), "PARENT": str(os.getppid()),
            "CANARIES": repr([str(path) for path in self.canaries]), "PREFIX": sys.prefix,
        }  # fmt: skip

    # -- ears ----------------------------------------------------------------------------------------------------

    def _listen(self) -> tuple[int, int, str, str]:
        tcp, udp = socket.socket(), socket.socket(type=socket.SOCK_DGRAM)
        by_path, abstract = socket.socket(socket.AF_UNIX), socket.socket(socket.AF_UNIX)
        path, name = f"/tmp/hostile-{self.token}.sock", f"hostile-{self.token}"
        tcp.bind(("127.0.0.1", 0))
        udp.bind(("127.0.0.1", 0))
        by_path.bind(path)
        os.chmod(path, 0o777)
        abstract.bind("\0" + name)
        for listener in (tcp, by_path, abstract):
            listener.listen()
        self._listeners = [tcp, udp, by_path, abstract]
        return tcp.getsockname()[1], udp.getsockname()[1], path, name

    def _hear(self) -> None:
        with selectors.DefaultSelector() as selector:
            for listener in self._listeners:
                selector.register(listener, selectors.EVENT_READ)
            while not self._stop.is_set():
                for key, _ in selector.select(0.2):
                    with contextlib.suppress(OSError):
                        self.heard.append(str(key.fileobj))
                        assert isinstance(key.fileobj, socket.socket)
                        if key.fileobj.type == socket.SOCK_DGRAM:
                            key.fileobj.recv(1)
                        else:
                            key.fileobj.accept()[0].close()

    # -- looking -------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Nothing heard, nothing changed, nothing left."""
        assert self.heard == []
        for path, before in self.canaries.items():
            after = path.stat()
            fields = ("st_mode", "st_nlink", "st_uid", "st_size", "st_mtime_ns", "st_ctime_ns")
            assert [getattr(after, f) for f in fields] == [getattr(before, f) for f in fields], path
            assert path.read_text() == self.secret
        assert set(self._strangers()) <= self._before
        for folder in (*SHARED, ROOT, Path.home(), Path(sys.prefix), Path("/"), Path("/usr"), Path(os.__file__).parent):
            assert not list(folder.glob(f"*{PLANTED}-{self.token}*")), folder

    def _strangers(self) -> Iterator[tuple[str, int]]:
        """Entries of shared folders that belong to no user of this machine."""
        for folder in SHARED:
            if folder.is_dir():
                for entry in os.scandir(folder):
                    with contextlib.suppress(OSError):
                        owner = entry.stat(follow_symlinks=False).st_uid
                        if owner >= FIRST_STRANGER and owner != NOBODY:
                            yield entry.path, owner


def guest_processes(sandbox: Sandbox) -> set[int]:
    """The processes of a sandbox's guest, its children's among them, wherever they are now.

    Without the child that waits for the next submission, where it has a user of its own.
    """
    channel = getattr(sandbox, "_channel", None)
    if channel is None:
        return set()
    container, first = getattr(channel.link, "id", None), getattr(channel.link, "process", None)
    found = set()
    parents: dict[int, int] = {}
    for entry in os.scandir("/proc"):
        if not entry.name.isdigit():
            continue
        with contextlib.suppress(OSError, ValueError):
            pid = int(entry.name)
            status = dict(
                line.split(":", 1) for line in Path(entry.path, "status").read_text().splitlines() if ":" in line
            )
            if int(status["Uid"].split()[0]) == getattr(sandbox, "_user", None):
                continue
            parents[pid] = int(status["PPid"])
            block = (1 << 30) + ((first.pid if first else 0) % (1 << 20) << 10)
            ours = container and container in Path(entry.path, "cgroup").read_text()
            if ours or (first and block <= int(status["Uid"].split()[0]) < block + 1024):
                found.add(pid)
    if first is not None:
        found.add(first.pid)
        grown = True
        while grown:
            more = {pid for pid, parent in parents.items() if parent in found} - found
            found |= more
            grown = bool(more)
    return found


def bits(grader: Grader, sandbox: Sandbox, submission: Submission) -> list[object]:
    """Everything that came back for a submission, to the bit; how long it took is no part of it."""
    program = prepare(submission, grader.assignment).program
    execution = sandbox.run(program, grader.calls, grader.assignment.limits)
    found: list[object] = []
    for outcome in execution.outcomes:
        values: list[Any] = [outcome.value, outcome.repeated, list(outcome.inputs_after), list(outcome.gradient)]
        found.append(
            (outcome.id, outcome.status, wire.pack(values), outcome.stdout, outcome.warnings, outcome.operators)
        )
    return found
