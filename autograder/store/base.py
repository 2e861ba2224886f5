"""The interface of a store: graded submissions are kept, and found again by the key of what decides their grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar, runtime_checkable


@dataclass(frozen=True)
class Key:
    """What decides a grade: submissions with equal keys have equal grades.

    student: the id of the report, unique in its class.
    name: the name of the file, as it was handed in.
    content_hash: SHA-256 of the file's bytes.
    slug: the assignment's.
    grade_fingerprint: hash of everything written by the author that decides a grade.
    seed_id: identifies the secret that hidden cases were drawn from.
    autograder: the version that graded.
    """

    student: str
    name: str
    content_hash: str
    slug: str
    grade_fingerprint: str
    seed_id: str
    autograder: str


@dataclass(frozen=True)
class Handed:
    """What a student handed in.

    student: the id of the report, unique in its class.
    name: the name of the file, as it was handed in.
    content_hash: SHA-256 of the file's bytes, and of the files beside it.
    content: the file, with the files beside it, as `pipeline.handed` packs them.
    submitted: when, ISO 8601; "" where nobody knows.
    notes: what the student should know about it, each by language.
    """

    student: str
    name: str
    content_hash: str
    content: bytes
    submitted: str = ""
    notes: Sequence[Mapping[str, str]] = field(default=())


class StoredReport(Protocol):
    """What a store asks of a report."""

    @property
    def key(self) -> Key:
        """What decided its grade; the store finds the report by it."""

    @property
    def endings(self) -> Sequence[str]:
        """The file name endings of its pages, such as ".html"."""

    def to_json(self) -> bytes:
        """The report as JSON."""

    def pages(self) -> Mapping[str, str]:
        """The pages rendered from it, by file name ending."""


class Overview(Protocol):
    """What a store keeps of a class as a whole."""

    def files(self) -> Mapping[str, str]:
        """The files for those who teach it, by name."""

    def to_json(self) -> bytes:
        """What a later batch must know of this one beyond the reports, as JSON."""


ReportT = TypeVar("ReportT", bound=StoredReport)


class Store(Protocol[ReportT]):
    """Reports of one assignment's class, with the outcomes that they were made of.

    A submission is done once its report is in the store. Every method raises StorageError where the store cannot be
    read or written.
    """

    def prepare(self, slug: str) -> None:
        """Prepare the store for reports of this assignment. Raises UsageError where it holds those of another one."""

    def earlier(self, key: Key) -> ReportT | None:
        """The report that was put under this key; None where there is none, or none that can be trusted."""

    def outcomes(self, key: Key) -> bytes | None:
        """The outcomes that were put with the report of this key; None where none are kept."""

    def put(self, report: ReportT, outcomes: bytes | None) -> None:
        """Keep a report and its outcomes, both or neither. They replace an earlier report of the same student."""

    def reports(self) -> Iterator[ReportT]:
        """Every report that is kept, ordered by student."""

    def overview(self, of_class: Overview) -> None:
        """Keep the overview of the class, in place of an earlier one."""

    def known(self) -> bytes | None:
        """The JSON of the last overview."""


@runtime_checkable
class KeepsSubmissions(Protocol):
    """A store that keeps what was handed in as well, so that it can be graded again without the pile."""

    def hand_in(self, handed: Handed) -> None:
        """Keep what a student handed in, before it is graded."""

    def handed_in(self, student: str, content_hash: str = "") -> Handed | None:
        """What a student handed in, the newest of this hash; None where nothing is kept."""

    def keep_calls(self, version: str, content: bytes) -> None:
        """Keep what the outcomes of one version of the assignment answer, once."""

    def calls(self, version: str) -> bytes | None:
        """What `keep_calls` kept of that version; None where nothing is kept."""
