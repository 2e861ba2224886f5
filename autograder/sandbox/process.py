"""A sandbox of processes on this machine: no engine, no image, the same guarantees.

Namespaces give the guest a root and a network of its own where the kernel lets us have them; Landlock and seccomp in
every child hold without them. Where even those cannot be had the sandbox does not start.
"""

from __future__ import annotations

import errno
import glob
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from autograder.errors import SandboxError, SandboxUnavailable
from autograder.guest import scratch
from autograder.sandbox.channel import Channel
from autograder.sandbox.session import ENVIRONMENT, FIRST_USER, WARM_IMPORTS, GuestDied, GuestFailed, WarmSandbox
from autograder.store import liveness as owner

GUEST = Path(__file__).parents[1] / "guest" / "guest.py"
REMEDY = (
    "It takes Linux 6.2 or later, and an interpreter that every user may read; otherwise use the docker sandbox. "
    "`unsafe` is for your own code only."
)


class ProcessLink:
    """A guest as a process of ours, with a folder for its scratch."""

    def __init__(self, python: str) -> None:
        self.folder = _make_scratch()
        os.chmod(self.folder, 0o711)  # children of another user pass through to their own scratch
        self.last_words = ""
        self.errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        home = {"HOME": self.folder, "TMPDIR": self.folder, "MPLCONFIGDIR": self.folder}
        try:
            self.process = subprocess.Popen(
                [python, "-I", "-B", str(GUEST)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self.errors,
                env={**ENVIRONMENT, **home},
                cwd="/",
                bufsize=0,
                start_new_session=True,  # Ctrl-C is for the grader, which ends the guest in its own way
            )
        except OSError as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise SandboxError(f"the guest cannot be started: {error}") from None
        self._pipes = [pipe for pipe in (self.process.stdin, self.process.stdout) if pipe is not None]
        self.writer, self.reader = (pipe.fileno() for pipe in self._pipes)

    def read(self, size: int) -> bytes:
        return os.read(self.reader, size)

    def kill(self) -> None:
        """The guest ends with its first process, or when its pipes close; SIGKILL is for one that does neither."""
        if self.folder == "":
            return
        for pipe in self._pipes:
            pipe.close()
        try:
            self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.last_words = self.diagnosis()
        self.errors.close()
        folder, self.folder = self.folder, ""
        _remove_scratch(folder)

    def diagnosis(self) -> str:
        if self.errors.closed:
            return self.last_words
        size = self.errors.seek(0, os.SEEK_END)
        self.errors.seek(max(0, size - 2000))
        return self.errors.read().decode("utf-8", "replace").strip()


SCRATCH_PREFIX = "autograder-"


def _make_scratch() -> str:
    """A folder that bears our mark, after those of graders that were killed are gone."""
    parent = Path(tempfile.gettempdir())
    with suppress(OSError):
        for path in parent.glob(f"{SCRATCH_PREFIX}*-*-*-*"):
            if owner.is_dead(path.name.removeprefix(SCRATCH_PREFIX).rpartition("-")[0]):
                _remove_scratch(str(path))
    try:
        return tempfile.mkdtemp(prefix=f"{SCRATCH_PREFIX}{owner.mark()}-")
    except OSError as error:
        raise SandboxError(
            f"no folder for scratch files can be made: {error.strerror}", where=str(parent), remedy="Set TMPDIR."
        ) from None


def _remove_scratch(folder: str) -> None:
    """Remove a scratch folder of ours. A child may need a moment to die; what cannot be removed waits for the next run."""
    deadline = time.monotonic() + 2
    while True:
        try:
            if os.lstat(folder).st_uid != os.geteuid():
                return
            scratch.remove_contents(folder)
            os.rmdir(folder)
            return
        except OSError as error:
            if not os.path.lexists(folder) or error.errno == errno.ENOTDIR or time.monotonic() > deadline:
                return
            time.sleep(0.02)


class ProcessSandbox(WarmSandbox):
    """The provider "process", or "unsafe" for a lecturer's own code on a machine without walls.

    namespaces: None takes them where they can be had; False and True are for tests.
    """

    def __init__(
        self,
        *,
        warm_imports: Sequence[str] = WARM_IMPORTS,
        unsafe: bool = False,
        device: str = "cpu",
        namespaces: bool | None = None,
        python: str = sys.executable,
    ) -> None:
        super().__init__(warm_imports=warm_imports, device=device)
        if device == "auto":
            self.device = "cuda" if glob.glob("/dev/nvidia[0-9]*") else "cpu"
        self.provider = "unsafe" if unsafe else "process"
        self.unsafe = unsafe
        self.namespaces = False if unsafe else namespaces
        self.python = python

    def _start_guest(self) -> tuple[Channel, dict[str, Any]]:
        if not self.unsafe and not sys.platform.startswith("linux"):
            raise SandboxUnavailable(f"{sys.platform} has no Landlock and no seccomp", remedy=REMEDY)
        failed: GuestFailed | None = None
        for namespaces in (True, False) if self.namespaces is None else (self.namespaces,):
            try:
                found = self._launch(namespaces)
            except GuestFailed as error:
                failed = error
                continue
            self.namespaces = namespaces
            return found
        raise SandboxError(f"the guest cannot be started: {failed}")

    def _launch(self, namespaces: bool) -> tuple[Channel, dict[str, Any]]:
        """A guest with or without namespaces. Raises GuestFailed when it says that it cannot be one.

        One that died without a word says nothing about this machine, and must not cost a wall: it is started again.
        """
        walls = "none" if self.unsafe else "all"
        for attempt in (1, 2):
            link = ProcessLink(self.python)
            try:
                found = self._greet(link, walls=walls, namespaces=namespaces, scratch=link.folder, disposable=True)
            except GuestDied as error:
                if attempt == 2:
                    raise SandboxError(f"the guest died while it was started: {error}") from None
                continue
            if namespaces:  # its root is a file system of its own by now; without one the zygote removes the folder
                with suppress(OSError):
                    os.rmdir(link.folder)
            return found
        raise AssertionError("unreachable")

    def _next_user(self) -> int | None:
        # Two sandboxes on one machine must not share a user: the guest's process id tells them apart.
        super()._next_user()
        guest = self._channel.link.process.pid if self._channel is not None else 0  # type: ignore[attr-defined]
        return user_id(guest, self._children)

    def _refusal(self, reason: str) -> SandboxError:
        return SandboxUnavailable(f"this machine cannot give the walls: {reason}", remedy=REMEDY)


def user_id(guest: int, child: int) -> int:
    """A user that is nobody else's, among those that this machine, or this container, has."""
    with suppress(OSError), open("/proc/self/uid_map", encoding="ascii") as file:
        spans = [(int(inside), int(count)) for inside, _, count in map(str.split, file)]
        if not any(first <= FIRST_USER and first + count > 2 * FIRST_USER for first, count in spans):
            return 20_000 + (guest * 31 + child) % 40_000
    return FIRST_USER + (guest % (1 << 20) << 10) + child % (1 << 10)
