"""A sandbox of processes on this machine: the same guarantees as a container, without an engine or image.

Where the kernel permits namespaces, the guest has a root and a network of its own. Landlock and seccomp in every child
do not depend on them. Where Landlock or seccomp is missing, the sandbox does not start, unless it is `unsafe`.
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

import autograder
from autograder.errors import SandboxError, SandboxUnavailable
from autograder.guest import scratch
from autograder.sandbox.channel import Channel
from autograder.sandbox.session import (
    ENVIRONMENT,
    FIRST_USER,
    GPU_SHARE,
    WARM_IMPORTS,
    GuestDied,
    GuestFailed,
    WarmSandbox,
)
from autograder.store import liveness as owner

PACKAGE = Path(autograder.__file__).parent  # installed beside numpy and torch; hidden from students' code
GUEST = PACKAGE / "guest" / "guest.py"
REMEDY = (
    "It takes Linux 6.2 or later, and an interpreter that every user may read; otherwise use the docker sandbox. "
    "`unsafe` is for your own code only."
)


class ProcessLink:
    """A guest as a child process of the grader, with a scratch folder."""

    def __init__(self, python: str) -> None:
        self.folder = _make_scratch()
        os.chmod(self.folder, 0o711)  # children, who are other users, must reach their own scratch folders in it
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
                start_new_session=True,  # Ctrl-C must reach the grader only, which then ends the guest
            )
        except OSError as error:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise SandboxError(f"the guest cannot be started: {error}") from None
        self._pipes = [pipe for pipe in (self.process.stdin, self.process.stdout) if pipe is not None]
        self.writer, self.reader = (pipe.fileno() for pipe in self._pipes)

    def read(self, size: int) -> bytes:
        return os.read(self.reader, size)

    def kill(self) -> None:
        """End the guest by closing its pipes; by SIGKILL if it does not end within two seconds."""
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
    """Make a scratch folder whose name has this process's mark, and remove those of graders that were killed."""
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
    """Remove a scratch folder of this user, retrying for two seconds while children die.

    A folder that cannot be removed is left to the next run.
    """
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

    warm_imports: modules that the guest imports before the first child.
    unsafe: no walls, for the lecturer's own code only.
    device: "cpu", "cuda" or "auto".
    gpu_fraction, walls_for: as for `WarmSandbox`.
    namespaces: None uses them where the kernel permits; False and True are for tests.
    python: the interpreter of the guest.
    """

    def __init__(
        self,
        *,
        warm_imports: Sequence[str] = WARM_IMPORTS,
        unsafe: bool = False,
        device: str = "cpu",
        gpu_fraction: float = GPU_SHARE,
        walls_for: str = "",
        namespaces: bool | None = None,
        python: str = sys.executable,
    ) -> None:
        super().__init__(warm_imports=warm_imports, device=device, gpu_fraction=gpu_fraction, walls_for=walls_for)
        if device == "auto":
            self.device = "cuda" if cards() else "cpu"
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
        """Start a guest with or without namespaces. Raises GuestFailed when the guest reports that it cannot be set up.

        A guest that dies without a report is started once more: its death is no evidence that this machine lacks
        namespaces, and must not cost a wall.
        """
        walls = "none" if self.unsafe else "all"
        for attempt in (1, 2):
            link = ProcessLink(self.python)
            try:
                found = self._greet(
                    link,
                    walls=walls,
                    namespaces=namespaces,
                    scratch=link.folder,
                    hidden=str(PACKAGE),
                    disposable=True,
                )
            except GuestDied as error:
                if attempt == 2:
                    raise SandboxError(f"the guest died while it was started: {error}") from None
                continue
            if namespaces:  # the guest has a root of its own by now; without namespaces the zygote removes the folder
                with suppress(OSError):
                    os.rmdir(link.folder)
            return found
        raise AssertionError("unreachable")

    def _next_user(self) -> int | None:
        # Two sandboxes on one machine must not share a user, so the guest's process id is part of it.
        super()._next_user()
        guest = self._channel.link.process.pid if self._channel is not None else 0  # type: ignore[attr-defined]
        return user_id(guest, self._children)

    def _refusal(self, reason: str) -> SandboxError:
        return SandboxUnavailable(f"this machine cannot give the walls: {reason}", remedy=REMEDY)


def cards() -> list[str]:
    """The device files of GPUs on this machine, whether they can be used or not."""
    return sorted(glob.glob("/dev/nvidia[0-9]*"))


def user_id(guest: int, child: int) -> int:
    """A user id for a child, chosen to differ from other children's within the range that this machine maps."""
    with suppress(OSError), open("/proc/self/uid_map", encoding="ascii") as file:
        spans = [(int(inside), int(count)) for inside, _, count in map(str.split, file)]
        if not any(first <= FIRST_USER and first + count > 2 * FIRST_USER for first, count in spans):
            return 20_000 + (guest * 31 + child) % 40_000
    return FIRST_USER + (guest % (1 << 20) << 10) + child % (1 << 10)
