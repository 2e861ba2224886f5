"""The walls by themselves: the filter's program as the kernel would run it, and the scratch folder as it is counted."""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest

from autograder.guest import scratch, seccomp

MIB = 1 << 20
X86, ARM = 0xC000003E, 0xC00000B7
PID = 4711
ALLOW, KILL, EPERM, ENOMEM, ENOSYS = 0x7FFF0000, 0x80000000, 0x50001, 0x5000C, 0x50026


def verdict(code: bytes, number: int, *arguments: int, architecture: int = X86) -> int:
    """What a filter says of one system call: classic BPF, as far as ours uses it."""
    data = struct.pack("<IIQ6Q", number, architecture, 0, *(*arguments, *[0] * (6 - len(arguments))))
    program = list(struct.iter_unpack("<HBBI", code))
    place = value = 0
    while True:
        operation, if_true, if_false, k = program[place]
        place += 1
        if operation == seccomp.LOAD:
            (value,) = struct.unpack_from("<I", data, k)
        elif operation == seccomp.AND:
            value &= k
        elif operation == seccomp.RETURN:
            return k
        else:
            holds = {
                seccomp.JUMP_EQUAL: value == k,
                seccomp.JUMP_AT_LEAST: value >= k,
                seccomp.JUMP_ANY_BIT: bool(value & k),
            }[operation]
            place += if_true if holds else if_false


def filters() -> dict[str, bytes]:
    made = {}
    for device in ("cpu", "cuda"):
        for shared in (True, False):
            made[f"{device}, shared files {shared}"] = seccomp.program(PID, device, "x86_64", shared_files=shared)
    return made


FILTERS = filters()
MMAP = 9
PRIVATE, SHARED, VALIDATED, ANONYMOUS, NORESERVE, POPULATE = 0x02, 0x01, 0x03, 0x20, 0x4000, 0x8000


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("flags", [SHARED, VALIDATED, SHARED | NORESERVE, SHARED | POPULATE, SHARED | 1 << 32])
def test_memory_without_a_file_is_never_shared(name: str, flags: int) -> None:
    assert verdict(FILTERS[name], MMAP, 0, 4096, 3, flags | ANONYMOUS) == ENOMEM
    assert verdict(FILTERS[name], MMAP, 0, 4096, 3, PRIVATE | ANONYMOUS) == ALLOW
    assert verdict(FILTERS[name], MMAP, 0, 4096, 3, PRIVATE) == ALLOW
    files = ALLOW if "True" in name or name.startswith("cuda") else EPERM
    assert verdict(FILTERS[name], MMAP, 0, 4096, 3, flags) == files


@pytest.mark.parametrize("name", FILTERS)
def test_other_doors_to_the_kernel_are_shut(name: str) -> None:
    code = FILTERS[name]
    assert verdict(code, 0x40000000 | MMAP, 0, 4096, 3, PRIVATE) == KILL  # x32
    assert verdict(code, 0x40000000 | 520) == KILL
    assert verdict(code, 11, architecture=0x40000003) == KILL  # i386
    assert verdict(code, MMAP, architecture=ARM) == KILL
    assert verdict(code, 425) == ENOSYS  # io_uring_setup
    assert verdict(code, 9999) == ENOSYS
    assert verdict(code, 101) == KILL  # ptrace
    assert verdict(code, 44, 3, 0, 1, 0, 0x1000) == EPERM  # sendto with an address
    assert verdict(code, 44, 3, 0, 1, 0, 1 << 32) == EPERM
    assert verdict(code, 44, 3, 0, 1, 0, 0) == ALLOW
    assert verdict(code, 157, 4) == EPERM  # prctl: PR_SET_DUMPABLE
    assert verdict(code, 157, 15) == ALLOW
    assert verdict(code, 62, PID, 9) == ALLOW
    assert verdict(code, 62, PID + 1, 9) == EPERM
    for number in ("symlink", "link", "mknod"):
        assert verdict(code, int(seccomp.REFUSE[number][0])) == EPERM
    for request in (0x5412, 0x8901, 0x541C):
        assert verdict(code, 16, 0, request) != ALLOW


# Calls whose arguments decide: what is allowed, and what is not, by number on x86_64.
ARGUMENTS = {
    "a thread": (56, (0x10000,), ALLOW),
    "a process": (56, (17,), EPERM),
    "fork": (57, (), EPERM),
    "execve": (59, (), EPERM),
    "a signal to a thread of another": (234, (PID + 1, PID + 1, 9), EPERM),
    "a signal to everybody": (62, (0xFFFFFFFF, 9), EPERM),
    "limits of another": (302, (PID + 1, 7), EPERM),
    "its own limits": (302, (0, 7), ALLOW),
    "the cores of another": (203, (PID + 1,), EPERM),
    "a pair of streams": (53, (1, 1), ALLOW),
    "a pair of streams, close on exec": (53, (1, 0x80001), ALLOW),
    "a pair of datagrams": (53, (1, 2), EPERM),
    "a pair on a network": (53, (2, 1), EPERM),
    "connect": (42, (), EPERM),
    "a message with an address": (46, (), EPERM),
    "accept": (43, (), EPERM),
    "a file in memory": (319, (), EPERM),
    "shared memory by key": (29, (), EPERM),
    "space for a file": (285, (), EPERM),
    "a splice": (275, (), EPERM),
    "another user": (105, (), EPERM),
    "capabilities": (126, (), EPERM),
    "a mode": (90, (), 0x50000),
    "an owner": (92, (), 0x50000),
    "an attribute": (188, (), 0x50000),
    "a time": (280, (), 0x50000),
    "another filter": (317, (), ENOSYS),
    "clone3": (435, (), ENOSYS),
    "a mount": (165, (), KILL),
    "new namespaces": (272, (), KILL),
    "others' memory": (310, (), KILL),
    "a program of the kernel's": (321, (), KILL),
}


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("call", ARGUMENTS)
def test_what_is_asked_decides(name: str, call: str) -> None:
    number, arguments, wanted = ARGUMENTS[call]
    if call == "connect" and name.startswith("cuda"):
        wanted = 0x50000 | seccomp.ECONNREFUSED  # CUDA takes that well, and EPERM it does not
    assert verdict(FILTERS[name], number, *arguments) == wanted


@pytest.mark.parametrize("name", FILTERS)
def test_clocks_of_others_cannot_be_read(name: str) -> None:
    for number in (228, 229, 230, 222):  # clock_gettime, clock_getres, clock_nanosleep, timer_create
        for pid in (1, PID, 99_999):
            for clock in ((~pid << 3) | 2, (~pid << 3) | 6):
                assert verdict(FILTERS[name], number, clock & 0xFFFFFFFF) == 0x50016
        for clock in (0, 1, 2, 3, 4, 5, 6, 7, 11):
            assert verdict(FILTERS[name], number, clock) == ALLOW


@pytest.mark.parametrize("name", FILTERS)
def test_record_locks_take_no_memory_of_the_kernels(name: str) -> None:
    for lock in (6, 7, 37, 38):
        assert verdict(FILTERS[name], 72, 3, lock) == 0x50000  # as if it held
    for command in (0, 1, 2, 3, 4, 5, 1030, 36):
        assert verdict(FILTERS[name], 72, 3, command) == ALLOW
    for command in (8, 10, 15, 1024, 1026, 1031):
        assert verdict(FILTERS[name], 72, 3, command) == EPERM


# -- scratch ---------------------------------------------------------------------------------------------------------


def chain(top: Path, depth: int, name: str = "d" * 200) -> int:
    """A folder so many levels down, open; no path leads there."""
    here = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=here)
        inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY, dir_fd=here)
        os.close(here)
        here = inner
    return here


def put(folder: int, count: int, size: int = 0) -> None:
    for number in range(count):
        file = os.open(f"f{number}", os.O_WRONLY | os.O_CREAT, 0o600, dir_fd=folder)
        os.write(file, bytes(size))
        os.close(file)


@pytest.mark.parametrize("depth", [1, 30, 60, 63, 200])
def test_files_below_the_longest_path_are_counted(depth: int, tmp_path: Path) -> None:
    deep = chain(tmp_path, depth)
    put(deep, 10_050)
    os.close(deep)
    assert scratch.usage(str(tmp_path), 1 << 40)
    scratch.remove_contents(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_bytes_below_the_longest_path_are_counted(tmp_path: Path) -> None:
    deep = chain(tmp_path, 40)
    put(deep, 4, MIB)
    os.close(deep)
    assert scratch.usage(str(tmp_path), 3 * MIB)
    assert not scratch.usage(str(tmp_path), 6 * MIB)
    scratch.remove_contents(tmp_path)


def test_folders_alone_are_counted(tmp_path: Path) -> None:
    os.close(chain(tmp_path, 5000, "d"))
    assert scratch.usage(str(tmp_path), 1 << 40)
    scratch.remove_contents(tmp_path)


def test_what_lies_deeper_than_anybodys_work_is_too_much(tmp_path: Path) -> None:
    os.close(chain(tmp_path, scratch.MOST_DEPTH + 2, "d"))
    assert scratch.usage(str(tmp_path), 1 << 40)
    scratch.remove_contents(tmp_path)


@pytest.mark.parametrize("mode", [0o000, 0o300, 0o100, 0o200])
def test_a_folder_that_cannot_be_read_hides_nothing(mode: int, tmp_path: Path) -> None:
    hidden = tmp_path / "a" / "hidden"
    hidden.mkdir(parents=True)
    (hidden / "file").write_bytes(bytes(4 * MIB))
    hidden.chmod(mode)
    (tmp_path / "a").chmod(0o300)
    assert scratch.usage(str(tmp_path), 3 * MIB)
    scratch.remove_contents(tmp_path)


def test_honest_work_is_not_too_much(tmp_path: Path) -> None:
    (tmp_path / "data" / "a" / "b").mkdir(parents=True)
    for number in range(900):
        (tmp_path / "data" / "a" / f"{number}.npy").write_bytes(b"x" * 100)
    before = len(os.listdir("/proc/self/fd"))
    assert not scratch.usage(str(tmp_path), 64 * MIB)
    assert not scratch.usage(str(tmp_path / "gone"), 64 * MIB)
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_tree_is_counted_with_few_descriptors(tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / str(number) / "x").mkdir(parents=True)
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) + 20, hard))
    try:
        assert not scratch.usage(str(tmp_path), 64 * MIB)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
