"""Submissions as a store keeps them: the notebook and the files beside it, packed into bytes, and unpacked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

import msgspec

from autograder.errors import StorageError, SubmissionError
from autograder.i18n import LANGUAGES, Text
from autograder.store.base import Handed
from autograder.submissions.archive import Entry
from autograder.submissions.beside import BesideFile, contents
from autograder.submissions.collect import Submission


class Bundle(msgspec.Struct, frozen=True):
    """A submission, and the files beside it.

    content: the notebook's bytes.
    beside: (path, bytes) of the files that were handed in with it.
    """

    content: bytes
    beside: list[tuple[str, bytes]] = []


@dataclass(frozen=True)
class KeptEntry(Entry):
    """A file out of a store.

    content: its bytes.
    """

    content: bytes = b""

    def read(self) -> bytes:
        return self.content


def pack(submission: Submission, time_zone: tzinfo) -> Handed | None:
    """A submission as a store keeps it; None for one whose file cannot be read."""
    try:
        content = submission.load()
    except SubmissionError:
        return None
    beside = [(file.path, file.content) for file in contents(submission.beside)]
    moment = submission.submitted
    return Handed(
        student=submission.student,
        name=submission.name.encode("utf-8", "replace").decode("utf-8"),
        content_hash=submission.hash_of(content),
        content=msgspec.msgpack.encode(Bundle(content, beside)),
        submitted=moment.astimezone(time_zone).isoformat(timespec="seconds") if moment else "",
        notes=tuple({language: note.in_language(language) for language in LANGUAGES} for note in submission.notes),
    )


def unpack(handed: Handed) -> Submission:
    """The submission. Raises StorageError for bytes that are not what was handed in."""
    try:
        bundle = msgspec.msgpack.decode(handed.content, type=Bundle)
        submission = Submission(
            student=handed.student,
            name=handed.name,
            content=bundle.content,
            submitted=datetime.fromisoformat(handed.submitted) if handed.submitted else None,
            notes=tuple(Text(**note) for note in handed.notes),
            beside=tuple(BesideFile(path, _entry(path, content)) for path, content in bundle.beside),
        )
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise StorageError(f"what {handed.student} handed in cannot be read: {error}") from None
    if submission.content_hash != handed.content_hash:
        raise StorageError(
            f"what {handed.student} handed in is not what was stored", remedy="Restore a backup of the store."
        )
    return submission


def _entry(path: str, content: bytes) -> KeptEntry:
    parts = tuple(path.split("/"))
    return KeptEntry(parts, Path(path), size=len(content), content=content)
