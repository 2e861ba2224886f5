"""What a class handed in: notebooks, a folder or a zip, as one submission for each student.

A notebook is opened here only where a student has several and one must be chosen; contents are loaded one at a time
while grading. Whatever cannot be a submission is a problem with a remedy, and the others go on.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from pathlib import Path

from autograder.errors import SubmissionError
from autograder.i18n import Text
from autograder.submissions.archive import Entry, is_notebook, list_folder, list_zip, moment
from autograder.submissions.beside import BesideFile, contents, files_beside
from autograder.submissions.choosing import Candidate, choose
from autograder.submissions.grouping import MOST_FILES, Group, groups_in, one_for_each, students_of_files
from autograder.submissions.lms import moment_of
from autograder.submissions.tools import exchanges

MAX_ID_BYTES = 120
DIGEST = 16  # hexadecimal digits: nobody finds two names with the same 64 bits
# Names that the folder of reports needs for itself, and names that Windows refuses.
_RESERVED = re.compile(r"(?i)(index|grades|con|prn|aux|nul|com\d|lpt\d)$|.*\.ko$")
_MADE = re.compile(rf".*-[0-9a-f]{{{DIGEST},}}$")  # ids with a digest; a student's id of this form gets one, too


@dataclass(frozen=True)
class Submission:
    """One student's notebook, read when it is asked for.

    student: an id that is safe as a file name.
    name: the file's, for messages.
    content: the bytes, or None to read `entry`.
    submitted: when it was handed in or saved, as far as the file and its name tell.
    entry: where it is read from; None where `content` has it.
    notes: what the student should know about it.
    beside: files that were handed in with the notebook, for its imports and data.
    """

    student: str
    name: str
    content: bytes | None = None
    submitted: datetime | None = None
    entry: Entry | None = None
    notes: tuple[Text, ...] = ()
    beside: tuple[BesideFile, ...] = ()

    def load(self) -> bytes:
        """The bytes that were handed in. Raises SubmissionError."""
        if self.content is not None:
            return self.content
        if self.entry is None:
            raise SubmissionError("there is nothing to read.", where=self.name)
        return self.entry.read()

    @property
    def content_hash(self) -> str:
        """SHA-256 of the bytes, and of the files beside them where there are any; "" where they cannot be read."""
        try:
            return self.hash_of(self.load())
        except SubmissionError:
            return ""

    def hash_of(self, content: bytes) -> str:
        """The same SHA-256, of bytes that were read already."""
        digest = hashlib.sha256(content)
        for file in contents(self.beside):
            mark = f"\0{file.path}\0{len(file.content)}\0"
            digest.update(mark.encode("utf-8", "replace") + file.content)
        return digest.hexdigest()


@dataclass(frozen=True)
class Problem:
    """Something in the pile that is no submission.

    where: the file or folder.
    error: why it is no submission.
    """

    where: str
    error: SubmissionError


@dataclass(frozen=True)
class Collection:
    """What was found in one pile.

    submissions: one for each student.
    problems: what is no submission.
    sources: the paths that were given.
    """

    submissions: tuple[Submission, ...]
    problems: tuple[Problem, ...] = ()
    sources: tuple[str, ...] = ()


def collect(
    paths: Iterable[Path],
    *,
    slug: str,
    notebook: str = "",
    functions: Names[str] = (),
    time_zone: tzinfo | None = None,
    skip: Names[Path] = (),
) -> Collection:
    """One submission for each student in these notebooks, folders and zips.

    notebook, functions: the assignment's notebook and graded functions, by which one of several notebooks is chosen.
    time_zone: the course's, for times that come without one; by default this machine's.
    skip: folders inside these paths that hold no submissions, such as that of the reports.
    """
    paths = tuple(paths)
    wanted = unicodedata.normalize("NFC", notebook or slug.split("-", 1)[-1]).lower()
    groups: list[Group] = []
    files: list[Entry] = []
    problems: list[SubmissionError] = []
    for path in paths:
        try:
            if path.is_dir():
                listing = exchanges.with_zips_opened(list_folder(path, skip=skip), time_zone)
            elif _demand_file(path).name.lower().endswith(".zip"):
                listing = list_zip(path, time_zone)
                listing = exchanges.of_one_student(path, listing) if exchanges.is_otters(listing) else listing
            else:
                files.append(_named_file(path))
                continue
            theirs = exchanges.groups_of(path, listing, slug, problems)
            groups += theirs if theirs is not None else groups_in(str(path), listing, wanted, problems, time_zone)
        except SubmissionError as error:
            problems.append(error)
        except PermissionError:
            remedy = "Allow reading it."
            problems.append(SubmissionError("there is no permission to read it.", where=str(path), remedy=remedy))
    groups += students_of_files(files, wanted)
    submissions = [_submission(group, wanted, functions, time_zone) for group in one_for_each(groups, problems)]
    return Collection(
        tuple(_with_safe_ids(submissions)),
        tuple(Problem(error.where, error) for error in problems),
        tuple(map(str, paths)),
    )


def collect_one(
    folder: Path, *, student: str, notebook: str, functions: Names[str] = (), submitted: datetime | None = None
) -> Submission:
    """The submission of the student to whom a folder belongs. Raises SubmissionError where it holds no notebook."""
    listing = list_folder(folder)
    group = exchanges.group_of(student, listing.entries)
    if group is None:
        raise SubmissionError("holds no notebook.", where=str(folder), remedy="Hand in the .ipynb file.")
    found = _submission(group, unicodedata.normalize("NFC", notebook).lower(), functions, None)
    return replace(found, student=safe_id(found.student), submitted=submitted or found.submitted)


def _demand_file(path: Path) -> Path:
    try:
        path.stat()
        is_file = path.is_file()
    except PermissionError:
        raise
    except OSError:
        is_file = False
    if not is_file:
        raise SubmissionError("is not there.", where=str(path), remedy="Check the spelling.")
    return path


def _named_file(path: Path) -> Entry:
    if not is_notebook(path.name):
        raise SubmissionError(
            "is no notebook, folder or zip.", where=str(path), remedy="Give .ipynb or .py files, a folder, or a zip."
        )
    return Entry((unicodedata.normalize("NFC", path.name),), path, None, moment(path.stat().st_mtime))


def _submission(group: Group, wanted: str, functions: Names[str], time_zone: tzinfo | None) -> Submission:
    chosen, notes = choose(group.notebooks, wanted, functions)
    if group.skipped:
        notes = (*notes, _skipped_note(group.skipped))
    return Submission(
        unicodedata.normalize("NFC", group.key),
        chosen.entry.name,
        None,
        _moment(chosen, time_zone),
        chosen.entry,
        notes,
        files_beside(chosen, group.others),
    )


def _moment(chosen: Candidate, time_zone: tzinfo | None) -> datetime | None:
    """When it was handed in, where the platform's name for it says so; else when it was saved."""
    named = moment_of(chosen.attempt)
    if named is None:
        return chosen.entry.modified
    return named.replace(tzinfo=time_zone) if time_zone is not None else named.astimezone()


def _skipped_note(count: int) -> Text:
    return Text(
        f"{count} files more than {MOST_FILES} were handed in; they were not looked at.",
        f"파일이 {MOST_FILES}개를 넘어 나머지 {count}개는 살펴보지 않았습니다.",
    )


# -- names -----------------------------------------------------------------------------------------------------------


def safe_id(raw: str) -> str:
    """A student's id as a file name on any system: NFC, Korean kept, no separators, control or direction marks.

    Different names give different ids: one that cannot be kept as it is gets a digest of the original, and so does one
    that looks as if it ended with such a digest.
    """
    whole = unicodedata.normalize("NFC", raw)
    text = "".join(
        "_" if c in '/\\:*?"<>|' or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in whole
    )
    text = text.strip().lstrip(".").rstrip(". ") or "student"
    long = len(text.encode()) > MAX_ID_BYTES
    if text == whole and not long and not _RESERVED.match(text) and not _MADE.match(text):
        return text
    stem = text.encode()[: MAX_ID_BYTES - DIGEST - 1].decode(errors="ignore") if long else text
    return f"{stem}-{_digest(raw, DIGEST)}"


def _digest(raw: str, length: int) -> str:
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def _with_safe_ids(submissions: Sequence[Submission]) -> Iterator[Submission]:
    """The submissions with ids that are distinct as file names, also on file systems that ignore case.

    An id that is safe as it is stays unchanged in any order; of two that clash, the one that was changed gets a digest.
    """
    order = sorted(range(len(submissions)), key=lambda n: safe_id(submissions[n].student) != submissions[n].student)
    taken: dict[str, int] = {}
    ids: dict[int, str] = {}
    for number in order:
        raw = submissions[number].student
        student, length = safe_id(raw), DIGEST
        while student.casefold() in taken:
            student = f"{safe_id(raw)[: MAX_ID_BYTES // 4]}-{_digest(f'{length} {raw}', length)}"
            length = min(length + 8, 64)
        taken[student.casefold()] = number
        ids[number] = student
    for number, submission in enumerate(submissions):
        yield replace(submission, student=ids[number])


__all__ = ["Collection", "Problem", "Submission", "collect", "collect_one", "safe_id"]
