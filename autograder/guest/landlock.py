"""File, network and signal rules that a process puts on itself, for good and without any privilege: Landlock.

See Documentation/userspace-api/landlock.rst in the kernel's sources. What it does not cover - changes of metadata,
sockets other than TCP, signals before kernel 6.12 - `seccomp` does.
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Sequence

SYS_CREATE_RULESET, SYS_ADD_RULE, SYS_RESTRICT_SELF = 444, 445, 446
CREATE_VERSION, RULE_PATH_BENEATH = 1, 1
LEAST_ABI = 3  # kernel 6.2; the first that covers truncation

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_CHAR, MAKE_DIR, MAKE_REG, MAKE_SOCK, MAKE_FIFO, MAKE_BLOCK, MAKE_SYM = (1 << bit for bit in range(6, 13))
REFER, TRUNCATE, IOCTL_DEV = 1 << 13, 1 << 14, 1 << 15

READ = READ_FILE | READ_DIR | EXECUTE
# In scratch: files and folders, nothing else. Links and sockets have no use there but to mislead whoever looks.
SCRATCH = READ_FILE | READ_DIR | WRITE_FILE | TRUNCATE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER
DEVICE = READ_FILE | WRITE_FILE | IOCTL_DEV
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV


def abi(libc: ctypes.CDLL) -> int:
    """The kernel's version of Landlock; 0 where there is none."""
    return max(0, int(libc.syscall(SYS_CREATE_RULESET, None, ctypes.c_size_t(0), CREATE_VERSION)))


def restrict(libc: ctypes.CDLL, rules: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Allow these paths, each with its rights, and nothing else; returns the name of the wall. Raises OSError.

    The process must have set no_new_privs. Paths that cannot be opened are skipped.
    """
    version = abi(libc)
    if version < LEAST_ABI:
        raise OSError(f"this kernel has Landlock ABI {version}, {LEAST_ABI} is needed")
    files = (1 << (16 if version >= 5 else 15)) - 1
    network = 0b11 if version >= 4 else 0
    scopes = 0b11 if version >= 6 else 0  # abstract sockets, signals
    attributes = struct.pack("<QQQ", files, network, scopes)
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    ruleset = _call(libc, SYS_CREATE_RULESET, attributes, ctypes.c_size_t(size), 0)
    try:
        for path, rights in rules:
            _allow(libc, ruleset, path, rights & files)
        _call(libc, SYS_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return (f"landlock-{version}",)


def _allow(libc: ctypes.CDLL, ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= ON_FILES
        _call(libc, SYS_ADD_RULE, ruleset, RULE_PATH_BENEATH, struct.pack("<Qi", rights, descriptor), 0)
    finally:
        os.close(descriptor)


def _call(libc: ctypes.CDLL, number: int, *arguments: object) -> int:
    result = int(libc.syscall(number, *arguments))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"Landlock: {os.strerror(error)}")
    return result
