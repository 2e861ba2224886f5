"""One child: it puts up its walls, then runs cells and calls as the host asks, until the channel ends.

From the first cell on, everything in this process may be the student's. The host takes from it raw values and their
status, one frame for each request, and nothing else.
"""

from __future__ import annotations

import ctypes
import fcntl
import gc
import os
import random
import select
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import gpu  # type: ignore[import-not-found]
import lockdown
import wire
from runner import Runner

CHANNEL, BELL = 3, 4
NEIGHBOURS = tuple(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem != __name__)


def main(ends: tuple[int, int], order: dict[str, Any], scratch: str, user: int | None, libc: ctypes.CDLL) -> None:
    """Put up the walls, then serve the host's requests; never returns.

    ends: the child's ends of the channel and of the wake-up pipe.
    order: the host's request: limits, device, walls and what `lockdown.lock_down` asks for besides.
    scratch: the folder that the child works in.
    user: the id to become; None to keep the zygote's.
    """
    try:
        _isolate(*ends)
        lockdown.die_with_parent(libc)
        _settle(scratch)
        walls = () if order["walls"] == "none" else lockdown.lock_down(libc, scratch, order, user)
        os.chdir(scratch)  # as the child's user: root of a container may not enter it
        if order["device"] == "cuda":
            gpu.settle(order.get("gpu_fraction", 1.0))
    except BaseException as error:
        _send({"op": "refused", "reason": f"{type(error).__name__}: {error}"}, [])
        os._exit(1)
    _send({"op": "ready", "walls": list(walls)}, [])
    try:
        sys.path.append(scratch)  # last, so that a torch.py of the student's shadows nothing
        _serve(Runner(order["limits"]))
    finally:
        os._exit(0)


def _isolate(channel: int, bell: int) -> None:
    """Close all descriptors but the channel, the wake-up pipe and empty standard streams; begin a new session."""
    above = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, BELL + 1) for end in (channel, bell)]
    os.dup2(above[0], CHANNEL, inheritable=False)
    os.dup2(above[1], BELL, inheritable=False)
    os.closerange(BELL + 1, 1 << 16)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.close(null)
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = sys.stderr = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115


def _settle(scratch: str) -> None:
    for name in ("HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "TORCH_HOME"):
        os.environ[name] = scratch
    tempfile.tempdir = None  # the zygote's imports may have cached a folder that the child cannot write to
    with suppress(OSError):  # if the machine runs out of memory, the kernel kills the child before the zygote
        Path("/proc/self/oom_score_adj").write_text("1000")
    random.seed()
    gc.enable()


def _serve(runner: Runner) -> None:
    read = _reader()
    waiting = select.poll()
    waiting.register(CHANNEL, select.POLLIN)
    while True:
        if not waiting.poll(0):
            _ring()
        header, buffers = wire.read_frame(read)
        payload: list[bytes] = []
        if header["op"] == "cell":
            asked = (header[part] for part in ("source", "name", "kind", "seconds", "keeps"))
            result = runner.run_cell(*asked)
        elif header["op"] == "file":
            result = _write_file(header["path"], buffers)
        else:
            result, payload = runner.call(header, buffers)
        tag = {"op": header["op"], "id": header["id"]}
        del header, buffers
        try:
            message = wire.frame({**tag, **result}, payload)
        except BaseException as error:  # a result that cannot be sent: the call is at fault, not the child
            message = wire.frame({"status": "bad_output", "error": None, "reason": type(error).__name__, **tag})
        _write(message)


def _write_file(path: str, buffers: list[memoryview]) -> dict[str, Any]:
    """Write a file of the student's, which cells import or read, below the working directory.

    A module of ours with the same name leaves `sys.modules`, so that an import finds the student's.
    """
    module = path.partition("/")[0].removesuffix(".py")
    if module in NEIGHBOURS:
        sys.modules.pop(module, None)
    try:
        target = Path(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"".join(buffers))
    except (OSError, ValueError) as error:
        return {"status": "raised", "error": {"type_name": type(error).__name__, "message": str(error)[:200]}}
    return {"status": "returned", "error": None}


def _reader() -> Callable[[int], bytes]:
    def read_exactly(size: int) -> bytes:
        data = bytearray(size)
        view, done = memoryview(data), 0
        while done < size:
            count = os.readv(CHANNEL, [view[done:]])
            if count == 0:
                os._exit(0)
            done += count
        return data  # type: ignore[return-value]  # bytes-like is all that wire asks for

    return read_exactly


def _ring() -> None:
    """Wake the zygote: no request is left, so it need not wait for more output."""
    with suppress(OSError):  # the pipe is full, or the student's code has closed it
        os.write(BELL, b".")


def _send(header: dict[str, Any], payload: list[bytes]) -> None:
    _write(wire.frame(header, payload))


def _write(message: bytes) -> None:
    view = memoryview(message)
    while view:
        view = view[os.write(CHANNEL, view) :]
