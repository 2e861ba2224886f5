"""The walls around one child, which it puts up itself before it sees a line of a student's code.

They need no namespaces: a user of its own (where the zygote is root), no capabilities, no new privileges, resource
limits, Landlock and seccomp. Each holds in the child's threads too, and none can be taken down again.
"""

from __future__ import annotations

import ctypes
import functools
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
# No /dev/zero: a shared mapping of it is memory without a file (see `seccomp._checked`).
DEVICES = ("/dev/null", "/dev/urandom", "/dev/random")
# What a child may read of its own /proc entry. Without namespaces, net, mounts and the like show the machine's.
OWN = ("auxv", "cmdline", "comm", "fd", "io", "limits", "maps", "smaps", "smaps_rollup", "stat", "statm", "status")
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


def hidden_folder(named: str) -> str:
    """The real path of the folder that the host hides from children; "" where it hides none.

    Raises FileNotFoundError for one that is not there: it would hide nothing, so no guest may start with it.
    """
    if named and not os.path.isdir(named):
        raise FileNotFoundError(f"the folder to hide from students is not there: {named}")
    return os.path.realpath(named) if named else ""


def lock_down(libc: ctypes.CDLL, scratch: str, order: dict[str, Any], user: int | None) -> tuple[str, ...]:
    """Put up the walls; returns their names. Raises OSError where one fails; then no student's code may run.

    In a container (`walls` is "container") Landlock is left out where the kernel lacks it.

    scratch: the folder that the child may write to.
    order: `limits`, `device` (or `walls_for`), `walls` and `hidden` as the host wants them; `bounded` when scratch is a
        file system with a size of its own.
    user: the id to become; None to keep the zygote's.
    """
    device, walls = walls_for(order), ["rlimits"]
    _limit(order["limits"], device, alone=user is not None or _in_user_namespace())
    if user is not None:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        walls.append("user")
    _drop_privileges(libc)
    die_with_parent(libc)  # once more: becoming another user has undone it
    if not order["bounded"]:
        _let_writes_be_counted(libc)
    if order["walls"] == "all" or landlock.abi(libc) >= landlock.LEAST_ABI:
        walls += landlock.restrict(libc, [*_rules(device, order["hidden"]), (scratch, landlock.SCRATCH)])
    seccomp.install(libc, device, shared_files=order["bounded"])
    _check_reach(scratch)
    return (*walls, "seccomp")


def walls_for(order: dict[str, Any]) -> str:
    """The device that the walls are made for: a test may ask for those of a GPU where there is none."""
    return str(order.get("walls_for") or order["device"])


def _rules(device: str, hidden: str) -> list[tuple[str, int]]:
    own = f"/proc/{os.getpid()}"
    rules = [*static_rules(device, hidden), *((f"{own}/{name}", landlock.READ) for name in OWN)]
    # CUDA names its threads by writing to task/<thread>/comm, and aborts where it cannot. Reading stays forbidden:
    # these folders also hold what OWN leaves out.
    return rules + ([(f"{own}/task", landlock.WRITE_FILE | landlock.TRUNCATE)] if device == "cuda" else [])


@functools.cache
def static_rules(device: str, hidden: str) -> tuple[tuple[str, int], ...]:
    """The rules that are the same for every child. The zygote calls this first: children inherit the cached result."""
    files = [*PROCESSOR, *(GPU_FILES if device == "cuda" else ())]
    rules = [rule for path in readable(device) for rule in around(path, hidden)]
    rules += [(path, landlock.READ) for path in files]
    return (*rules, *((path, landlock.DEVICE) for path in devices(device)))


def around(path: str, hidden: str) -> list[tuple[str, int]]:
    """Rules to read everything below a path except in the folder `hidden`, where only names can be listed."""
    if not hidden or os.path.commonpath([os.path.realpath(path), hidden]) != os.path.realpath(path):
        return [(path, landlock.READ)]
    if os.path.realpath(path) == hidden:
        return []
    rules = [(path, landlock.READ_DIR)]
    for entry in os.scandir(path):
        if not entry.is_symlink():  # what a link leads to has a rule of its own, or none
            rules += around(entry.path, hidden)
    return rules


def _let_writes_be_counted(libc: ctypes.CDLL) -> None:
    """Let the zygote read the kernel's counter of the bytes that this process writes (/proc/<pid>/io).

    The zygote needs it because a file that is removed while it is open lies in no folder. The kernel shows the counter
    only of a process that can be traced (dumpable). Other children still cannot trace this one: seccomp and Landlock
    forbid it. Raises OSError where the kernel does not count.
    """
    pr_set_dumpable = 4
    libc.prctl(pr_set_dumpable, 1, 0, 0, 0)
    if not os.path.exists("/proc/self/io"):
        raise OSError("this kernel does not count the bytes that a process writes")


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
    if alone:  # otherwise the user's other processes would count; the zygote watches the threads instead
        fixed[resource.RLIMIT_NPROC] = MOST_THREADS
    if device == "cpu":  # a GPU's driver reserves hundreds of GiB of addresses
        size, data = _warm_size()
        # Above the limit on resident memory, at which the zygote kills: one huge allocation is refused instead, and the
        # student's code sees a MemoryError.
        fixed[resource.RLIMIT_DATA] = data + memory + memory // 4 + 64 * MIB
        fixed[resource.RLIMIT_AS] = size + 2 * memory + 512 * MIB
    for kind, most in fixed.items():
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, most))


def _warm_size() -> tuple[int, int]:
    """The sizes of this process's address space and of its private data as it stands, in bytes."""
    found = {}
    with open("/proc/self/status", encoding="ascii") as file:
        for line in file:
            name, _, rest = line.partition(":")
            if name in ("VmSize", "VmData"):
                found[name] = int(rest.split()[0]) << 10
    return found["VmSize"], found["VmData"]


def _in_user_namespace() -> bool:
    """Whether the guest has a user namespace of its own, where its processes are counted apart from others."""
    with open("/proc/self/uid_map", encoding="ascii") as file:
        return file.read().split()[2:] == ["1"]


def die_with_parent(libc: ctypes.CDLL) -> None:
    """Have the kernel kill this process when the zygote ends. Without namespaces nothing else stops an endless loop."""
    if sys.platform == "linux":
        pr_set_pdeathsig, sigkill = 1, 9
        libc.prctl(pr_set_pdeathsig, sigkill, 0, 0, 0)


def _drop_privileges(libc: ctypes.CDLL) -> None:
    version_3 = 0x20080522
    if libc.capset(struct.pack("<Ii", version_3, 0), bytes(24)) != 0:
        raise OSError(ctypes.get_errno(), "capabilities cannot be dropped")
    pr_set_no_new_privs = 38
    if libc.prctl(pr_set_no_new_privs, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "no_new_privs was refused")


def _check_reach(scratch: str) -> None:
    """Raise PermissionError for a child that cannot use its files: late imports would fail, as if by the student."""
    for path, use in ((os.__file__, os.R_OK), (scratch, os.R_OK | os.W_OK | os.X_OK)):
        if not os.access(path, use):
            raise PermissionError(f"a child of a user of its own cannot reach {path}")
