"""The interface of a store: what is kept of a graded submission, and by which key it is found again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar


@dataclass(frozen=True)
class Key:
    """What decides a grade: whoever has the same key has the same grade.

    student: the id of the report, unique in its class.
    name: the file's, as it was handed in.
    content_hash: SHA-256 of its bytes.
    slug: the assignment's.
    grade_fingerprint: of whatever the author wrote that decides a grade.
    seed_id: of the secret that hidden cases were drawn from.
    autograder: the version that graded.
    """

    student: str
    name: str
    content_hash: str
    slug: str
    grade_fingerprint: str
    seed_id: str
    autograder: str


class StoredReport(Protocol):
    """What a store asks of a report."""

    @property
    def key(self) -> Key:
        """What its grade was made of."""

    @property
    def endings(self) -> Sequence[str]:
        """The endings of its pages' files."""

    def to_json(self) -> bytes:
        """The report itself."""

    def pages(self) -> Mapping[str, str]:
        """The pages rendered from it, by the ending of their file."""


class Overview(Protocol):
    """What a store keeps of a class as a whole."""

    def files(self) -> Mapping[str, str]:
        """The files for those who teach it, by name."""

    def to_json(self) -> bytes:
        """What a later batch must know of this one, beyond its reports."""


ReportT = TypeVar("ReportT", bound=StoredReport)


class Store(Protocol[ReportT]):
    """Reports of one assignment's class, with the outcomes that they were made of.

    A submission is done when its report stands here. Raises StorageError where nothing can be read or written.
    """

    def prepare(self, slug: str) -> None:
        """Be ready to keep reports of this assignment. Raises UsageError where those of another one are kept."""

    def earlier(self, key: Key) -> ReportT | None:
        """The report that was put under this key; None where there is none, or it cannot be trusted."""

    def outcomes(self, key: Key) -> bytes | None:
        """What the sandbox gave for it, as it was put; None where nothing is kept."""

    def put(self, report: ReportT, outcomes: bytes | None) -> None:
        """Keep a report and its outcomes; in place of an earlier one of the same student. All or nothing."""

    def reports(self) -> Iterator[ReportT]:
        """Every report that is kept, by student."""

    def overview(self, of_class: Overview) -> None:
        """Keep what is said of the class as a whole."""

    def known(self) -> bytes | None:
        """The JSON of the last overview."""
