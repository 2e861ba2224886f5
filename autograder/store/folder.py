"""A store that is a folder of files: a lecturer opens them, and the next run continues from them."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from autograder.errors import StorageError, UsageError
from autograder.store import liveness as owner
from autograder.store.base import Key, Overview, ReportT

KEPT = ".kept"
"""The folder of files that a later run needs and no student gets; readable by its owner alone."""


@dataclass(frozen=True)
class FolderStore(Generic[ReportT]):
    """`<student>.json`, its pages, `grades.csv` and `index.html` in one folder, which belongs to one assignment.

    The JSON is written last and atomically: a submission is done once it is there. Outcomes lie beside it in `.kept/`,
    mode 0600.

    folder: the folder of the reports; it need not exist yet.
    read: makes a report of its JSON; returns None for one that cannot be trusted.
    """

    folder: Path
    read: Callable[[bytes], ReportT | None]

    @property
    def kept(self) -> Path:
        """The folder of files that no student gets: outcomes, the bank, the class's memory."""
        return self.folder / KEPT

    def prepare(self, slug: str) -> None:
        """Make the folder. Raises StorageError where it cannot be written, UsageError where it holds another assignment."""
        make_folder(self.folder)
        make_private_folder(self.kept)
        for report in self.reports():
            if report.key.slug != slug:
                raise UsageError(
                    f"holds the reports of {report.key.slug}, and this is {slug}",
                    where=str(self.folder),
                    remedy="A folder of reports belongs to one assignment: choose another with --out.",
                )
            return  # one report is enough: a folder never holds those of two assignments

    def earlier(self, key: Key) -> ReportT | None:
        """The report that was put under this key; None also where one of its pages is missing."""
        report = self._report(self.folder / f"{key.student}.json")
        if report is None or report.key != key:
            return None
        there = all((self.folder / f"{key.student}{ending}").exists() for ending in report.endings)
        return report if there else None

    def outcomes(self, key: Key) -> bytes | None:
        try:
            return self._outcomes(key.student).read_bytes()
        except OSError:
            return None

    def put(self, report: ReportT, outcomes: bytes | None) -> None:
        student = report.key.student
        for ending, page in report.pages().items():
            write_atomically(self.folder / f"{student}{ending}", page)
        if outcomes is not None:
            write_atomically(self._outcomes(student), outcomes, mode=0o600)
        else:
            with contextlib.suppress(OSError):
                self._outcomes(student).unlink(missing_ok=True)
        write_atomically(self.folder / f"{student}.json", report.to_json())

    def reports(self) -> Iterator[ReportT]:
        for path in sorted(self.folder.glob("*.json")):
            report = self._report(path)
            if report is not None and f"{report.key.student}.json" == path.name:
                yield report

    def overview(self, of_class: Overview) -> None:
        write_atomically(self.kept / "class.json", of_class.to_json(), mode=0o600)
        for name, text in of_class.files().items():
            write_atomically(self.folder / name, text)

    def known(self) -> bytes | None:
        try:
            return (self.kept / "class.json").read_bytes()
        except OSError:
            return None

    def _report(self, path: Path) -> ReportT | None:
        try:
            return self.read(path.read_bytes())
        except OSError:
            return None

    def _outcomes(self, student: str) -> Path:
        return self.kept / f"{student}.outcomes"


# -- files -----------------------------------------------------------------------------------------------------------


def make_private_folder(path: Path) -> None:
    """Make a folder that its owner alone may read; otherwise as `make_folder`."""
    make_folder(path)
    with contextlib.suppress(OSError):
        path.chmod(0o700)


def make_folder(path: Path) -> None:
    """Make a folder, check that it can be written to, and remove the half-written files of runs that were killed."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
        for half in path.glob(".*.tmp"):
            if not owner.is_dead(half.name.removesuffix(".tmp").rpartition(".")[2]):
                continue
            if half.is_dir():
                shutil.rmtree(half)
            else:
                half.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError(
            f"cannot write here: {error.strerror}", where=str(path), remedy="Choose another folder with --out."
        ) from None


def write_atomically(path: Path, content: str | bytes, *, mode: int = 0o666) -> None:
    """Write a file that is there whole or not at all, even if this process is killed.

    mode: of the file, before the umask.
    """
    temporary = path.with_name(f".{path.name}.{owner.mark()}.tmp")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), mode)
        with os.fdopen(handle, "wb") as file:
            file.write(content if isinstance(content, bytes) else content.encode("utf-8"))
        os.replace(temporary, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> StorageError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    remedy = "Free some space and run the same command again: it goes on from here." if full else ""
    return StorageError(f"cannot be written: {error.strerror}", where=str(path), remedy=remedy)
