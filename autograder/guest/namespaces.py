"""A machine of its own for the zygote: no network, its own processes, and a root that holds Python and little else.

This is the outer wall, taken where it can be had; `lockdown` must hold without it. Called before anything is imported
that starts threads, because a process with threads cannot enter a user namespace.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Callable, Sequence

NEW_MOUNTS, NEW_UTS, NEW_IPC, NEW_USER, NEW_PID, NEW_NET = (
    0x20000,
    0x4000000,
    0x8000000,
    0x10000000,
    0x20000000,
    0x40000000,
)
NO_SUID, NO_DEVICES, NO_EXEC, BIND, RECURSIVE, PRIVATE = 2, 4, 8, 0x1000, 0x4000, 0x40000
DETACH = 2
SYS_MOUNT_SETATTR, AT_RECURSIVE, ATTRIBUTES_READ_ONLY = 442, 0x8000, 0b111  # read-only, no suid, no devices
SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
SCRATCH = "/scratch"


def enter(
    libc: ctypes.CDLL, root: str, readable: Sequence[str], devices: Sequence[str], in_parent: Callable[[], None]
) -> tuple[str, ...]:
    """Move this process into namespaces of its own, with the folder `root` as its root; returns their names.

    Returns in a new process, the first of its process namespace; the old one calls `in_parent`, waits for the new one
    and ends with its exit code. Raises OSError; the process may then be half isolated, and must not go on.
    """
    user, group = os.geteuid(), os.getegid()
    flags = NEW_MOUNTS | NEW_UTS | NEW_IPC | NEW_PID | NEW_NET | (NEW_USER if user else 0)
    _check(libc.unshare(flags), "unshare")
    if user:
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")
    pid = os.fork()
    if pid:
        in_parent()
        _, status = os.waitpid(pid, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    pr_set_pdeathsig, sigkill = 1, 9
    libc.prctl(pr_set_pdeathsig, sigkill, 0, 0, 0)
    _build_root(libc, root, readable, devices)
    os.environ.update(dict.fromkeys(("HOME", "TMPDIR", "MPLCONFIGDIR"), SCRATCH))
    return (*(("userns",) if user else ()), "mountns", "pidns", "netns", "ipcns")


def _build_root(libc: ctypes.CDLL, root: str, readable: Sequence[str], devices: Sequence[str]) -> None:
    _mount(libc, None, "/", None, RECURSIVE | PRIVATE)
    _mount(libc, "tmpfs", root, "tmpfs", NO_SUID | NO_DEVICES, "mode=0755,size=16m")
    done: list[str] = []
    for path in sorted(set(readable)):
        if any(path.startswith(parent + "/") for parent in done):
            continue
        if os.path.islink(path):
            _parent_of(root + path)
            os.symlink(os.readlink(path), root + path)
        elif os.path.exists(path):
            _bind(libc, path, root + path)
            attributes = struct.pack("<QQQQ", ATTRIBUTES_READ_ONLY, 0, 0, 0)
            where = (root + path).encode()
            _check(libc.syscall(SYS_MOUNT_SETATTR, -100, where, AT_RECURSIVE, attributes, ctypes.c_size_t(32)), path)
            done.append(path)
    for path in devices:
        if os.path.exists(path):
            _bind(libc, path, root + path)
    for path in ("/proc", SCRATCH, "/.old"):
        os.mkdir(root + path)
    _mount(libc, "proc", root + "/proc", "proc", NO_SUID | NO_DEVICES | NO_EXEC)
    if not os.path.lexists(root + "/tmp"):
        os.symlink(SCRATCH, root + "/tmp")  # notebooks write to /tmp by name
    _check(libc.syscall(SYS_PIVOT_ROOT[os.uname().machine], root.encode(), (root + "/.old").encode()), "pivot_root")
    os.chdir("/")
    _check(libc.umount2(b"/.old", DETACH), "umount")
    os.rmdir("/.old")


def mount_scratch(libc: ctypes.CDLL, size_mb: int, entries: int, user: int, group: int) -> None:
    """A fresh file system in memory for one child, with a size of its own."""
    options = f"size={size_mb}m,nr_inodes={entries},mode=0700,uid={user},gid={group}"
    _mount(libc, "tmpfs", SCRATCH, "tmpfs", NO_SUID | NO_DEVICES | NO_EXEC, options)


def unmount_scratch(libc: ctypes.CDLL) -> None:
    """Drop the child's file system with everything in it."""
    _check(libc.umount2(SCRATCH.encode(), DETACH), "umount")


def _bind(libc: ctypes.CDLL, source: str, target: str) -> None:
    _parent_of(target)
    if os.path.isdir(source):
        os.makedirs(target, exist_ok=True)
    else:
        _write(target, "")
    _mount(libc, source, target, None, BIND | RECURSIVE)


def _parent_of(path: str) -> None:
    os.makedirs(os.path.dirname(path), mode=0o755, exist_ok=True)


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)


def _mount(libc: ctypes.CDLL, source: str | None, target: str, kind: str | None, flags: int, options: str = "") -> None:
    arguments = (
        source.encode() if source else None,
        target.encode(),
        kind.encode() if kind else None,
        ctypes.c_ulong(flags),
        options.encode() if options else None,
    )
    _check(libc.mount(*arguments), f"mount {target}")


def _check(result: int, what: str) -> None:
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{what}: {os.strerror(error)}")
