"""Every error that the autograder raises on purpose, drawn as one tree.

    AutograderError
    ├── UsageError              exit 2   the command line does not make sense
    ├── CourseError             exit 2   course.yml or an assignment folder is wrong
    │   └── AssignmentError     exit 2   one assignment is wrong (checks, solution, misconceptions)
    ├── SubmissionError         exit 3   one submission cannot be read; the batch goes on
    │   └── NotebookError       exit 3   ... because the notebook itself is broken
    └── PlatformError           exit 4   the grader failed, never the student
        ├── SandboxError        exit 4   the sandbox cannot be started, or was lost
        │   └── SandboxUnavailable       this machine cannot give the guarantees
        └── StorageError        exit 4   the disk is full, a folder cannot be written

Every error says what is wrong, where (a file, a line, a key) and what to do about it. Beside the tree stands `Mistake`,
which an author's own code meets in `checks.py`; the loader adds file and line, and makes an AssignmentError of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Self


class ExitCode(IntEnum):
    """Exit codes of the command line; part of its contract."""

    OK = 0
    FAILED = 1
    USAGE = 2
    UNREADABLE = 3
    PLATFORM = 4


class AutograderError(Exception):
    """Root of the tree.

    message: what is wrong, one sentence.
    where: file, line or key.
    remedy: what to do, one sentence.
    """

    exit_code = ExitCode.FAILED

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        text = f"{self.where}: {self.message}" if self.where else self.message
        if not self.remedy:
            return text
        return f"{text} {self.remedy}" if text.endswith((".", "?", "!", ":")) else f"{text}. {self.remedy}"

    def at(self, where: str) -> Self:
        """This error; `where` becomes its place, unless it has one."""
        self.where = self.where or where
        return self

    @classmethod
    def listing(cls, problems: Sequence[tuple[str, str]]) -> Self:
        """One error for several problems (where, what is wrong), a line each. There must be at least one."""
        (where, message), *more = problems
        return cls("\n".join([message, *(f"{place}: {what}" for place, what in more)]), where=where)

    def __reduce__(self) -> tuple[object, ...]:
        # Errors are pickled on their way out of a worker process; place and remedy must survive.
        return (_rebuild, (type(self), self.message, self.where, self.remedy))


def _rebuild(kind: type[AutograderError], message: str, where: str, remedy: str) -> AutograderError:
    return kind(message, where=where, remedy=remedy)


class UsageError(AutograderError):
    exit_code = ExitCode.USAGE


class CourseError(AutograderError):
    exit_code = ExitCode.USAGE


class AssignmentError(CourseError):
    pass


class SubmissionError(AutograderError):
    exit_code = ExitCode.UNREADABLE


class NotebookError(SubmissionError):
    pass


class PlatformError(AutograderError):
    exit_code = ExitCode.PLATFORM


class SandboxError(PlatformError):
    pass


class SandboxUnavailable(SandboxError):
    pass


class StorageError(PlatformError):
    pass


class Mistake(ValueError):
    """Something that an author wrote makes no sense. The loader adds file and line."""


def demand(holds: bool, otherwise: str) -> None:
    """Raise Mistake, with the sentence `otherwise`, unless this holds."""
    if not holds:
        raise Mistake(otherwise)
