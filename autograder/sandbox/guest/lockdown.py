"""The walls around one child, which it puts up itself before it sees a line of a student's code.

They need no namespaces: a user of its own (where the zygote is root), no capabilities, no new privileges, resource
limits, Landlock and seccomp. Each holds in the child's threads too, and none can be taken down again.
"""

from __future__ import annotations

import ctypes
import glob
import os
import resource
import struct
import sys
import sysconfig
from typing import Any

import landlock  # type: ignore[import-not-found]
import seccomp  # type: ignore[import-not-found]

MIB = 1 << 20
MOST_THREADS = 64
MOST_FILES = 256
SYSTEM = ("/usr", "/lib", "/lib64", "/lib32", "/bin", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")
DEVICES = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
PROCESSOR = ("/proc/cpuinfo", "/proc/meminfo", "/sys/devices/system/cpu")
GPU_FILES = ("/sys", "/proc/driver/nvidia", "/proc/devices", "/proc/modules", "/etc/vulkan", "/etc/OpenCL")
GPU_DEVICES = ("/dev/nvidia*", "/dev/nvidia-caps/*")


def readable(device: str) -> list[str]:
    """What a child may read: the interpreter, its libraries, the system's.

    Not `sys.path`: an editable install puts the lecturer's own folder there.
    """
    places = [sys.prefix, sys.base_prefix, os.path.dirname(os.path.realpath(sys.executable))]
    places += [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    places = [place for place in places if os.path.realpath(place) != "/"]
    found = [*SYSTEM, *places, *(os.path.realpath(place) for place in places)]
    return found + (["/sys", *GPU_FILES[4:]] if device == "cuda" else [])


def devices(device: str) -> list[str]:
    """Device files that a child may use."""
    gpu = [path for pattern in GPU_DEVICES for path in glob.glob(pattern)] if device == "cuda" else []
    return [*DEVICES, *gpu]


def lock_down(libc: ctypes.CDLL, scratch: str, order: dict[str, Any], user: int | None) -> tuple[str, ...]:
    """Put up every wall: their names. Raises OSError where one cannot stand; then nothing of a student's may run.

    order: `limits`, `device` and `walls` as the host wants them. user: the id to become, None to stay who we are.
    """
    device, walls = order["device"], ["rlimits"]
    _limit(order["limits"], device, alone=user is not None or _in_user_namespace())
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        walls.append("user")
    _drop_privileges(libc)
    if order["walls"] == "all" or landlock.abi(libc) >= landlock.LEAST_ABI:
        walls += landlock.restrict(libc, [*_rules(device), (scratch, landlock.SCRATCH)])
    seccomp.install(libc, device)
    _check_reach(scratch)
    return (*walls, "seccomp")


def _rules(device: str) -> list[tuple[str, int]]:
    own = f"/proc/{os.getpid()}"
    files = [*readable(device), *PROCESSOR, own, *(GPU_FILES if device == "cuda" else ())]
    return [(path, landlock.READ) for path in files] + [(path, landlock.DEVICE) for path in devices(device)]


def _limit(limits: dict[str, int], device: str, alone: bool) -> None:
    memory, files = limits["memory_mb"] * MIB, limits["file_mb"] * MIB
    fixed = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: files,
        resource.RLIMIT_NOFILE: MOST_FILES,
        resource.RLIMIT_MEMLOCK: 0,
    }
    if sys.platform == "linux":
        fixed |= {resource.RLIMIT_MSGQUEUE: 0, resource.RLIMIT_SIGPENDING: 256}
    if alone:  # otherwise the user's other processes count, and the zygote watches the threads instead
        fixed[resource.RLIMIT_NPROC] = MOST_THREADS
    if device == "cpu":  # a GPU's driver reserves hundreds of GiB of addresses
        size, data = _warm_size()
        # Beyond the resident limit, which the zygote watches: a refused allocation is an exception, a kill is not.
        fixed[resource.RLIMIT_DATA] = data + memory + memory // 4 + 64 * MIB
        fixed[resource.RLIMIT_AS] = size + 2 * memory + 512 * MIB
    for kind, most in fixed.items():
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _warm_size() -> tuple[int, int]:
    """Addresses and private data of this process as it stands, in bytes."""
    found = {}
    with open("/proc/self/status", encoding="ascii") as file:
        for line in file:
            name, _, rest = line.partition(":")
            if name in ("VmSize", "VmData"):
                found[name] = int(rest.split()[0]) << 10
    return found["VmSize"], found["VmData"]


def _in_user_namespace() -> bool:
    """Whether this user's processes are counted apart from those outside."""
    with open("/proc/self/uid_map", encoding="ascii") as file:
        return file.read().split()[2:] == ["1"]


def _drop_privileges(libc: ctypes.CDLL) -> None:
    version_3 = 0x20080522
    if libc.capset(struct.pack("<Ii", version_3, 0), bytes(24)) != 0:
        raise OSError(ctypes.get_errno(), "capabilities cannot be dropped")
    pr_set_no_new_privs = 38
    if libc.prctl(pr_set_no_new_privs, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no_new_privs was refused")


def _check_reach(scratch: str) -> None:
    """A child that cannot read its own standard library would blame the student for every late import."""
    for path, use in ((os.__file__, os.R_OK), (scratch, os.R_OK | os.W_OK | os.X_OK)):
        if not os.access(path, use):
            raise PermissionError(f"a child of a user of its own cannot reach {path}")
