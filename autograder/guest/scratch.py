"""A folder that a child may fill, and its removal even where the child has made that difficult.

Runs in the zygote, and on the host after a zygote that died. `remove_contents` is called when the child is dead, so
nothing changes meanwhile; but it may meet links, folders ten thousand deep and modes of 000. `usage` is called while
the child runs.
"""

from __future__ import annotations

import ctypes
import itertools
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MOST_ENTRIES = 10_000
MOST_DEPTH = 64
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def acting_as(libc: ctypes.CDLL, user: int | None) -> Iterator[None]:
    """Touch files as this user would (None: unchanged). Root of a container has no rights over the files of others."""
    if user is None:
        yield
        return
    libc.setfsgid(user)
    libc.setfsuid(user)
    try:
        yield
    finally:
        libc.setfsuid(0)
        libc.setfsgid(0)


def remove_contents(folder: str | Path) -> None:
    """Remove everything in a folder without following a link and without recursion.

    Folders are flattened: folders in a subfolder are moved up beside it before it is removed, so depth costs nothing.
    """
    top = os.open(folder, _FOLDER)
    fresh = (f".removing-{number}" for number in itertools.count())
    try:
        while names := os.listdir(top):
            for name in names:
                _remove_one(top, name, fresh)
    finally:
        os.close(top)


def _remove_one(top: int, name: str, fresh: itertools.count[int] | object) -> None:
    if not stat.S_ISDIR(os.stat(name, dir_fd=top, follow_symlinks=False).st_mode):
        os.unlink(name, dir_fd=top)
        return
    os.chmod(name, 0o700, dir_fd=top)
    inner = os.open(name, _FOLDER, dir_fd=top)
    try:
        for entry in os.listdir(inner):
            if stat.S_ISDIR(os.stat(entry, dir_fd=inner, follow_symlinks=False).st_mode):
                os.chmod(entry, 0o700, dir_fd=inner)
                os.rename(entry, _unused(top, fresh), src_dir_fd=inner, dst_dir_fd=top)
            else:
                os.unlink(entry, dir_fd=inner)
    finally:
        os.close(inner)
    os.rmdir(name, dir_fd=top)


def _unused(top: int, fresh: object) -> str:
    for name in fresh:  # type: ignore[attr-defined]
        try:
            os.stat(name, dir_fd=top, follow_symlinks=False)
        except FileNotFoundError:
            return str(name)
    raise AssertionError("an endless count has ended")


def filled(folder: str) -> int:
    """Bytes in use of the file system that a folder lies on."""
    system = os.statvfs(folder)
    return (system.f_blocks - system.f_bfree) * system.f_frsize


def inodes(folder: str) -> int:
    """Entries in use of the file system that a folder lies on."""
    system = os.statvfs(folder)
    return system.f_files - system.f_ffree


def usage(folder: str, most_bytes: int) -> bool:
    """Whether a folder holds more than `most_bytes`, or too many entries. Stops counting when it does.

    It walks from one open folder to the next, because a path may be too long to be given. A subfolder deeper than
    MOST_DEPTH, or one that cannot be opened, counts as too much: the child that made it may fill it unseen. If
    `folder` itself cannot be opened, it counts as empty.
    """
    try:
        top = os.open(folder, _FOLDER)
    except OSError:
        return False
    return _Usage(most_bytes).exceeds(top, 0)


class _Usage:
    """What has been counted so far."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.bytes = self.entries = 0

    def exceeds(self, folder: int, depth: int) -> bool:
        """Whether the limits are exceeded once the contents of this open folder are counted. Closes the folder."""
        try:
            if depth > MOST_DEPTH:
                return True
            with os.scandir(folder) as listing:
                return any(self._counts(entry, folder, depth) for entry in listing)
        except FileNotFoundError:
            return False
        finally:
            os.close(folder)

    def _counts(self, entry: os.DirEntry[str], folder: int, depth: int) -> bool:
        self.entries += 1
        try:
            status = entry.stat(follow_symlinks=False)
            self.bytes += status.st_blocks * 512
            if self.bytes > self.most_bytes or self.entries > MOST_ENTRIES:
                return True
            return stat.S_ISDIR(status.st_mode) and self.exceeds(_opened(entry.name, folder), depth + 1)
        except (FileNotFoundError, NotADirectoryError):  # the child goes on while we look
            return False
        except OSError:
            return True


def _opened(name: str, folder: int) -> int:
    """Open a folder in an open one. If its mode forbids that to its owner, the mode is changed first."""
    try:
        return os.open(name, _FOLDER, dir_fd=folder)
    except PermissionError:
        os.chmod(name, 0o700, dir_fd=folder)
        return os.open(name, _FOLDER, dir_fd=folder)
