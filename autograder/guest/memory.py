"""The zygote's memory, laid out so that its children share most of it for as long as they live.

A child that writes to a shared page pays for a copy of the whole page: some microseconds, thousands of times in a
submission. Most of its writes are new objects, which the allocators put into the holes that imports left on shared
pages. So the holes are filled before the first fork.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import sys

FILL = 32 << 20  # bytes that filling may take at most
SMALL, STEP, POOL = 512, 16, 16 << 10  # CPython's own allocator: its largest block, the step of sizes, a pool of blocks
# Sizes to ask of malloc, so that it fills its holes from the largest to the smallest.
SIZES = (65536, 32768, 16384, 8192, 4096, 2048, 1024, 768, 512, 384, 256, 192, 128, 96, 64, 48, 32, 24)

_filling: list[object] = []  # never freed, so that the holes stay filled


def settle(libc: ctypes.CDLL) -> None:
    """Fill the allocators' holes and use huge pages. To be called when everything is warm, before the first fork."""
    gc.collect()
    if sys.platform == "linux":
        _fill_pools()
        _fill_heap(libc)
        with contextlib.suppress(OSError):  # no /proc
            _use_huge_pages(libc)


def _fill_pools() -> None:
    """Fill the holes of Python's allocator, so that children's new objects lie side by side in fresh arenas."""
    old = {id(thing) >> 20 for thing in gc.get_objects()}
    for size in range(STEP, SMALL + 1, STEP):
        fresh, most = 0, FILL // (SMALL // STEP) // size
        for number in range(most):
            _filling.append(_of_size(size, number))
            fresh = 0 if id(_filling[-1]) >> 20 in old else fresh + 1
            if fresh * size > 2 * POOL:
                break


def _of_size(size: int, number: int) -> object:
    """A new object that takes a block of this many bytes."""
    if size == STEP:
        return object()
    if size == 2 * STEP:
        return number + 0.5
    return bytes(size - sys.getsizeof(b""))


def _fill_heap(libc: ctypes.CDLL) -> None:
    """Fill the holes of malloc, the largest first: each size until malloc takes it from above the heap's top."""
    libc.malloc.restype = libc.sbrk.restype = ctypes.c_void_p
    libc.malloc.argtypes, libc.sbrk.argtypes = [ctypes.c_size_t], [ctypes.c_ssize_t]
    top = libc.sbrk(0)
    for size in SIZES:
        for _ in range(FILL // len(SIZES) // size):
            if (libc.malloc(size) or top) >= top:  # another allocator's addresses lie above it as well
                break


def _use_huge_pages(libc: ctypes.CDLL) -> None:
    """Gather warm memory in pages of 2 MiB: a fork copies one entry for each, not 512, and an exit frees one.

    A child that writes still copies 4 KiB only. On a kernel older than 6.1 this has no effect, and forks take longer.
    """
    collapse, size = 25, 2 << 20
    with open("/proc/self/maps", encoding="utf-8") as file:
        for line in file:
            span, rights, _, _, inode, *name = line.split()
            first, last = (int(address, 16) for address in span.split("-"))
            first, last = -(-first // size) * size, last // size * size
            if rights == "rw-p" and inode == "0" and name in ([], ["[heap]"]) and first < last:
                libc.madvise(ctypes.c_void_p(first), ctypes.c_size_t(last - first), collapse)
