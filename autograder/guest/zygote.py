"""The zygote's loop: it listens to the host and to one child at a time, and relays their bytes.

No student's code ever runs in it, and nothing worth stealing is ever in its memory. What passes between host and child
- other students' results among it - goes through two buffers that the kernel wipes in every fork.

It never depends on a child's cooperation: every descriptor is non-blocking, a wait beside a working child ends after a
tick, and a child is ended by SIGKILL.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import json
import mmap
import os
import re
import select
import signal
import socket
import sys
import time
from typing import Any

import child as child_process  # type: ignore[import-not-found]
import envelope  # type: ignore[import-not-found]
import lockdown
import namespaces  # type: ignore[import-not-found]
import scratch  # type: ignore[import-not-found]

# Seconds for which a child's output is left to accumulate after a read, unless the child rings: each read wakes the
# zygote and the host, and takes time from other processes on their cores.
GATHER = 0.016
LARGE = 64 << 10  # bytes; after a read of this size there is no wait: the channel may be full and the child blocked
TICK = 0.02  # seconds between two looks at a child's memory
DISK_TICK = 0.25  # seconds between two looks at its scratch
REWRITES = 16  # how many times over a child may write what its scratch holds
LAST_WORD = 0.1  # seconds that a child has to exit by itself once its channel is closed


class Buffer:
    """Bytes in transit, in memory that the kernel wipes in a forked child. They never become a Python object."""

    def __init__(self, size: int) -> None:
        private = {"flags": mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS}
        self.memory = mmap.mmap(-1, size, **private)
        wipe_on_fork = 18  # MADV_WIPEONFORK
        if sys.platform == "linux":
            self.memory.madvise(wipe_on_fork)
        self.view = memoryview(self.memory)
        self.start = self.end = 0

    def __len__(self) -> int:
        return self.end - self.start

    def clear(self) -> None:
        self.start = self.end = 0

    def fill(self, descriptor: int, most: int) -> int:
        """Read up to `most` bytes; returns how many, 0 at the end of the stream. Raises BlockingIOError."""
        count = os.readv(descriptor, [self.view[self.end : self.end + most]])
        self.end += count
        return count

    def drain(self, descriptor: int) -> int:
        """Write what is there; returns how many bytes were written. Raises BlockingIOError, BrokenPipeError."""
        count = os.write(descriptor, self.view[self.start : self.end])
        self.start += count
        if self.start == self.end:
            self.clear()
        return count


_SIZES = re.compile(rb"^(RssAnon|RssShmem|Threads):\s*(\d+)", re.MULTILINE)


def _size(pid: int | str) -> tuple[int, int]:
    """(KiB of resident memory that is not a file's, threads) of a process."""
    with open(f"/proc/{pid}/status", "rb", buffering=0) as file:
        fields = dict(_SIZES.findall(file.read()))
    return int(fields[b"RssAnon"]) + int(fields[b"RssShmem"]), int(fields[b"Threads"])


def _written(pid: int) -> tuple[int, int]:
    """(bytes of a process's write calls, bytes of files that it made dirty)."""
    with open(f"/proc/{pid}/io", encoding="ascii") as file:
        fields = {name: int(value) for name, _, value in (line.partition(":") for line in file)}
    return fields["wchar"], fields["write_bytes"] - fields["cancelled_write_bytes"]


class Child:
    """A forked process, seen from the zygote."""

    def __init__(self, number: int, pid: int, channel: socket.socket, bell: int, limits: dict[str, Any]) -> None:
        self.number = number
        self.pid = pid
        self.channel = channel
        self.bell = bell  # the wake-up pipe: the child writes to it when no request is left
        self.limits = limits
        self.pidfd = os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
        self.cause = "exit"
        self.status: int | None = None
        self.at_end = False
        self.closed_at = 0.0
        self.warm_kb = 0  # resident memory that it inherits from the zygote
        with contextlib.suppress(OSError):
            self.warm_kb, _ = _size("self")
        self.memory_due = self.disk_due = 0.0
        self.sent = 0  # bytes received on its channel
        self.busy = False  # whether it needs watching: it was asked for something, or has closed its channel
        self.looked = 0  # bytes that it had written when `watch_writes` last asked for a look at its scratch

    def hear_bell(self) -> None:
        """Empty the wake-up pipe. A ring only ends the wait for more output, so the number of rings does not matter."""
        with contextlib.suppress(BlockingIOError):
            os.read(self.bell, select.PIPE_BUF)

    def close(self) -> None:
        """Give back its descriptors."""
        self.channel.close()
        os.close(self.bell)
        if self.pidfd >= 0:
            os.close(self.pidfd)

    def kill(self, cause: str) -> None:
        if self.status is None:
            self.cause = cause
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def reap(self) -> None:
        """Note the exit status, if there is one."""
        if self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = status

    def watch(self) -> None:
        """Kill a child that has grown too large, or has too many threads."""
        try:
            resident, threads = _size(self.pid)
        except (OSError, KeyError, ValueError):  # dead, or no /proc to look at
            return
        if resident - self.warm_kb > self.limits["memory_mb"] << 10:
            self.kill("memory")
        elif threads > 2 * lockdown.MOST_THREADS:
            self.kill("threads")

    def watch_writes(self) -> bool:
        """Whether it has written so much since this was last true that its scratch may be full.

        Kills a child that has written REWRITES times its limit: a file that is removed while it is open lies in no
        folder, so a look at scratch does not find it.
        """
        most = self.limits["file_mb"] << 20
        try:
            called, dirty = _written(self.pid)
        except (OSError, KeyError, ValueError):
            return False
        if max(called - self.sent, dirty) > REWRITES * most:
            self.kill("disk")
        hurried: bool = called - self.sent - self.looked > most
        if hurried:
            self.looked = called - self.sent
        return hurried


class Zygote:
    """Listens to the host and to one child at a time."""

    def __init__(self, host_in: int, host_out: int, hello: dict[str, Any], libc: ctypes.CDLL, inside: bool) -> None:
        self.host_in, self.host_out = host_in, host_out
        self.hello = hello
        self.libc = libc
        self.inside = inside  # in namespaces, where scratch is a file system of its own
        self.bounded = inside or hello["walls"] == "container"  # the kernel limits the size of scratch
        self.child: Child | None = None
        self.poll = select.poll()
        self.interest: tuple[int | None, bool, int, bool, bool] | None = None
        self.to_child = Buffer(envelope.WINDOW)
        self.to_host = Buffer(envelope.CHUNK + envelope.HEADER.size)
        self.controls: list[bytes] = []
        self.head = b""
        self.stream, self.left = -1, 0
        self.message = b""
        self.uncredited = 0
        self.deaf_until = 0.0
        self.scratch_in_use = False
        self.scratch_user: int | None = None

    # -- the loop ------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Serve until the host closes its end."""
        try:
            while self._turn():
                pass
        finally:
            self._end_child("closing")
            if self.hello.get("disposable") and not self.inside:
                with contextlib.suppress(OSError):  # the host may be doing the same, or be dead
                    scratch.remove_contents(self.hello["scratch"])
                    os.rmdir(self.hello["scratch"])

    def _turn(self) -> bool:
        child = self.child
        ready = self._wait(child)
        if self.host_in in ready and not self._hear():
            return False
        if child is not None and child is self.child:
            self._attend(child, ready)
        self._tell()
        return True

    def _wait(self, child: Child | None) -> dict[int, int]:
        """Wait, one tick at most while a child works; returns the ready descriptors with their poll events."""
        speaking, wanted, living, deaf = bool(self.controls or self.to_host), 0, False, 0.0
        if child is not None:
            listening, alive = not (self.to_host or child.at_end), child.status is None
            deaf = max(0.0, self.deaf_until - time.monotonic()) if listening and alive else 0.0
            wanted = (select.POLLIN if listening and not deaf else 0) | (select.POLLOUT if self.to_child else 0)
            living = child.pidfd >= 0 and alive
        interest = (child.number if child is not None else None, speaking, wanted, living, deaf > 0)
        if interest != self.interest:
            self.interest, self.poll = interest, select.poll()
            self.poll.register(self.host_in, select.POLLIN)
            if speaking:
                self.poll.register(self.host_out, select.POLLOUT)
            if child is not None and wanted:
                self.poll.register(child.channel, wanted)
            if child is not None and living:
                self.poll.register(child.pidfd, select.POLLIN)
            if child is not None and deaf:
                self.poll.register(child.bell, select.POLLIN)
        patience = deaf or (TICK if child is not None and child.busy else None)
        return dict(self.poll.poll(None if patience is None else patience * 1000))

    def _attend(self, child: Child, ready: dict[int, int]) -> None:
        if self.to_child and child.status is None:
            self._feed(child)
        spoke = child.channel.fileno() in ready or child.bell in ready or 0 < self.deaf_until <= time.monotonic()
        if spoke and not child.at_end and not self.to_host:
            self._listen(child)
        if child.pidfd < 0 or child.pidfd in ready:
            child.reap()
        if child.status is None:
            if child.at_end and time.monotonic() > child.closed_at + LAST_WORD:
                child.kill("closed")
            self._watch(child)
        elif child.at_end and not self.to_host:
            self._end_child(child.cause)

    # -- host to child -------------------------------------------------------------------------------------------

    def _hear(self) -> bool:
        """Take what the host sent; False when the host has closed its end."""
        try:
            while True:
                if self.left == 0:
                    part = os.read(self.host_in, envelope.HEADER.size - len(self.head))
                    if not part:
                        return False
                    self.head += part
                    if len(self.head) < envelope.HEADER.size:
                        continue
                    self.stream, self.left = envelope.HEADER.unpack(self.head)
                    self.head = b""
                if not self._take():
                    return False
        except BlockingIOError:
            return True

    def _take(self) -> bool:
        if self.stream == envelope.CHILD:
            count = self.to_child.fill(self.host_in, self.left)
            self.left -= count
            if self.child is None or self.child.status is not None:
                self.to_child.clear()
            elif count:
                self._feed(self.child)
            return count > 0
        part = os.read(self.host_in, self.left)
        self.left -= len(part)
        self.message += part
        if self.left == 0:
            message, self.message = json.loads(self.message), b""
            self._obey(message)
        return bool(part)

    def _feed(self, child: Child) -> None:
        child.busy = True
        try:
            self.uncredited += self.to_child.drain(child.channel.fileno())
        except BlockingIOError:
            return
        except OSError:  # it has closed its end
            self.to_child.clear()
            return
        if not self.to_child and self.uncredited >= envelope.WINDOW // 2:
            self._say({"op": "credit", "child": child.number, "bytes": self.uncredited})
            self.uncredited = 0

    def _obey(self, message: dict[str, Any]) -> None:
        if message["op"] == "fork":
            self._end_child("replaced")
            try:
                self._fork(message)
            except OSError as error:
                self._say({"op": "failed", "child": message["child"], "reason": f"{error}"})
        elif message["op"] == "kill" and self.child is not None and self.child.number == message["child"]:
            self._end_child("killed")

    # -- child to host -------------------------------------------------------------------------------------------

    def _listen(self, child: Child) -> None:
        """Take one chunk from the child into an envelope. The rest of a flood waits in the child's own channel."""
        child.hear_bell()  # first: what it rang for is on the channel already
        size = envelope.HEADER.size
        self.to_host.end = self.to_host.start = size
        try:
            count = self.to_host.fill(child.channel.fileno(), envelope.CHUNK)
        except BlockingIOError:
            self.to_host.clear()
            self.deaf_until = 0.0
            return
        except OSError:
            count = 0
        if count == 0:
            self.to_host.clear()
            child.at_end, child.closed_at, child.busy = True, time.monotonic(), True
            return
        child.sent += count
        self.deaf_until = time.monotonic() + GATHER if count < LARGE else 0.0
        envelope.HEADER.pack_into(self.to_host.memory, 0, envelope.CHILD, count)
        self.to_host.start = 0

    def _say(self, message: dict[str, Any]) -> None:
        self.controls.append(envelope.control(message))

    def _tell(self) -> None:
        """Write to the host as much as it takes; an envelope of the child that was begun is finished first."""
        try:
            if self.to_host:
                self.to_host.drain(self.host_out)
            while self.controls and not self.to_host:
                sent = os.write(self.host_out, self.controls[0])
                self.controls[0] = self.controls[0][sent:]
                if not self.controls[0]:
                    del self.controls[0]
        except BlockingIOError:
            return

    # -- a child's life ------------------------------------------------------------------------------------------

    def _fork(self, order: dict[str, Any]) -> None:
        user = order["user"] if self.hello["walls"] != "none" and os.geteuid() == 0 else None
        folder = self._open_scratch(order, user)
        here, there = socket.socketpair()
        bell, rope = os.pipe()
        for end in (bell, rope):
            os.set_blocking(end, False)
        gc.freeze()
        pid = os.fork()
        if pid == 0:
            try:
                child_process.main(
                    (there.detach(), rope), {**self.hello, **order, "bounded": self.bounded}, folder, user, self.libc
                )
            finally:
                os._exit(70)
        there.close()
        os.close(rope)
        here.setblocking(False)
        self.uncredited = 0
        self.to_child.clear()
        self.child = Child(order["child"], pid, here, bell, order["limits"])
        self._say({"op": "forked", "child": order["child"]})

    def _open_scratch(self, order: dict[str, Any], user: int | None) -> str:
        owner, group = (user, user) if user is not None else (os.geteuid(), os.getegid())
        self.scratch_user = user
        if self.inside:
            namespaces.mount_scratch(self.libc, order["limits"]["file_mb"], scratch.MOST_ENTRIES, owner, group)
            self.scratch_in_use = True
            return str(namespaces.SCRATCH)
        folder = os.path.join(self.hello["scratch"], "child")
        os.mkdir(folder, 0o700)
        self.scratch_in_use = True
        os.chown(folder, owner, group)
        return folder

    def _close_scratch(self) -> None:
        if not self.scratch_in_use:
            return
        if self.inside:
            namespaces.unmount_scratch(self.libc)
        else:
            folder = os.path.join(self.hello["scratch"], "child")
            with scratch.acting_as(self.libc, self.scratch_user):
                scratch.remove_contents(folder)
            os.rmdir(folder)
        self.scratch_in_use = False

    def _watch(self, child: Child) -> None:
        now = time.monotonic()
        if now >= child.memory_due:
            child.memory_due = now + TICK
            child.watch()
            if self._is_hurried(child):
                child.disk_due = now
        if not self.inside and now >= child.disk_due:
            child.disk_due = now + DISK_TICK
            with scratch.acting_as(self.libc, self.scratch_user):
                full = scratch.usage(os.path.join(self.hello["scratch"], "child"), child.limits["file_mb"] << 20)
            if full:
                child.kill("disk")

    def _is_hurried(self, child: Child) -> bool:
        """Whether scratch may be full already, so that it is looked through now and not after DISK_TICK."""
        if self.inside:
            return False  # the kernel enforces the size
        if self.bounded:  # a file system of its own, made for the largest limit of a container's life
            folder = self.hello["scratch"]
            full = scratch.filled(folder) > child.limits["file_mb"] << 20
            return bool(full or scratch.inodes(folder) > scratch.MOST_ENTRIES)
        return child.watch_writes()

    def _end_child(self, cause: str) -> None:
        """Kill the child, reap it, kill its orphans and remove its scratch; bytes on their way to it are dropped."""
        child, self.child = self.child, None
        if child is not None:
            child.kill(cause)
            if child.status is None:
                _, child.status = os.waitpid(child.pid, 0)
            child.close()
            _kill_orphans()
            code = os.waitstatus_to_exitcode(child.status)
            self._say({"op": "exit", "child": child.number, "cause": child.cause, "code": code})
        self.to_child.clear()
        self._close_scratch()


def _kill_orphans() -> None:
    """Kill whatever a child left behind. With its walls up it cannot start a process; this is for `unsafe`."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            with (
                contextlib.suppress(OSError),
                open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file,
            ):
                for orphan in file.read().split():
                    os.kill(int(orphan), signal.SIGKILL)
            time.sleep(0.001)
