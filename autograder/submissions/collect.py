"""What a class handed in: notebooks, a folder or a zip, as one submission for each student.

Nothing is opened but where a student has several notebooks and one must be chosen; contents are loaded one at a time
while grading. Whatever cannot be a submission is a problem with a remedy, and the others go on.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection as Names
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from autograder.errors import SubmissionError
from autograder.i18n import Text
from autograder.submissions.archive import (
    ARCHIVES,
    NOTEBOOKS,
    Entry,
    Listing,
    is_notebook,
    list_folder,
    list_zip,
    moment,
)

MAX_ID_BYTES = 120
# Names that the folder of reports needs for itself, and names that Windows refuses.
_RESERVED = re.compile(r"(?i)(index|grades|con|prn|aux|nul|com\d|lpt\d)$|.*\.ko$")
# A teacher's own files beside the submissions: no problem of a student's.
_BYSTANDERS = (".csv", ".md", ".yml", ".yaml", ".xlsx", ".log", ".npz", ".toml")

_MOODLE = re.compile(r"^(?P<student>.+?)_assignsubmission_(?:file|onlinetext)(?:_(?P<file>.*))?$", re.DOTALL)
_CANVAS = re.compile(
    r"^(?:(?P<name>(?!LATE_)[^_]+?)_)?(?:LATE_)?(?P<user>\d+|anon_[^_]+)_(?:\d+_(?P<file>.+)|(?:text|link)\.html)$"
)
_BLACKBOARD = re.compile(r"^.+?_(?P<student>[^_]+)_attempt_\d{4}(?:-\d\d){5}(?:_(?P<file>.+)|\.txt)$")


@dataclass(frozen=True)
class Submission:
    """One student's notebook, read when it is asked for.

    student: an id that is safe as a file name. name: the file's, for messages. content: the bytes, or None to read
    `entry`. submitted: when it was saved, as far as the file tells. notes: what the student should know about it.
    """

    student: str
    name: str
    content: bytes | None = None
    submitted: datetime | None = None
    entry: Entry | None = None
    notes: tuple[Text, ...] = ()

    def load(self) -> bytes:
        """The bytes that were handed in. Raises SubmissionError."""
        if self.content is not None:
            return self.content
        if self.entry is None:
            raise SubmissionError("there is nothing to read.", where=self.name)
        return self.entry.read()

    @property
    def content_hash(self) -> str:
        """SHA-256 of the bytes; "" where they cannot be read."""
        try:
            return hashlib.sha256(self.load()).hexdigest()
        except SubmissionError:
            return ""


@dataclass(frozen=True)
class Problem:
    """Something in the pile that is no submission. where: the file or folder."""

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


@dataclass(frozen=True)
class _Group:
    """All that one student handed in. key: the student as the pile names them."""

    key: str
    entries: tuple[Entry, ...]


def collect(paths: Iterable[Path], *, slug: str, notebook: str = "", functions: Names[str] = ()) -> Collection:
    """One submission for each student in these notebooks, folders and zips.

    notebook, functions: the assignment's notebook and graded functions, by which one of several notebooks is chosen.
    """
    paths = tuple(paths)
    wanted = (notebook or slug.split("-", 1)[-1]).lower()
    groups: list[_Group] = []
    problems: list[SubmissionError] = []
    for path in paths:
        try:
            groups += _from_path(path, wanted, problems)
        except SubmissionError as error:
            problems.append(error)
    submissions = []
    for group in _without_duplicates(groups, wanted, problems):
        entry, notes = _choose(group, wanted, functions)
        submissions.append(Submission(group.key, entry.name, None, entry.modified, entry, notes))
    return Collection(
        tuple(_with_safe_ids(submissions)),
        tuple(Problem(error.where, error) for error in problems),
        tuple(map(str, paths)),
    )


def _from_path(path: Path, wanted: str, problems: list[SubmissionError]) -> list[_Group]:
    try:
        if path.is_dir():
            return _groups(path, list_folder(path), wanted, problems)
        is_file, modified = path.is_file(), moment(path.stat().st_mtime)
    except PermissionError:
        raise SubmissionError(
            "there is no permission to read it.", where=str(path), remedy="Allow reading it."
        ) from None
    except OSError:
        is_file, modified = False, None
    if not is_file:
        raise SubmissionError("is not there.", where=str(path), remedy="Check the spelling.")
    if path.name.lower().endswith(".zip"):
        return _groups(path, list_zip(path), wanted, problems)
    if not is_notebook(path.name):
        raise SubmissionError(
            "is no notebook, folder or zip.", where=str(path), remedy="Give .ipynb or .py files, a folder, or a zip."
        )
    entry = Entry((unicodedata.normalize("NFC", path.name),), path, None, modified)
    # kim/gcn.ipynb lee/gcn.ipynb: the student is the folder.
    parent = unicodedata.normalize("NFC", path.absolute().parent.name)
    return [_Group(parent if parent and _plain_name(entry.name) == wanted else _stem(entry.name), (entry,))]


# -- who is who ------------------------------------------------------------------------------------------------------


def _groups(root: Path, listing: Listing, wanted: str, problems: list[SubmissionError]) -> list[_Group]:
    """The students of one folder or zip, in order of their names."""
    before = len(problems)
    problems.extend(listing.refused)
    entries, depth = listing.entries, _wrapping(listing, wanted)
    top_files = [entry for entry in entries if len(entry.parts) == depth + 1]
    found: dict[str, list[Entry]] = {}
    pattern = _flat_pattern(top_files)
    for entry in top_files:
        if is_notebook(entry.name):
            found.setdefault(_student_of_file(entry.name, pattern), []).append(entry)
        else:
            problems += _no_notebook(entry)
    folders = {
        parts[depth]: None for parts in [*listing.folders, *(e.parts[:-1] for e in entries)] if len(parts) > depth
    }
    own: dict[str, list[Entry]] = {_student_of_folder(folder): [] for folder in folders}
    for entry in entries:
        if len(entry.parts) > depth + 1:
            own[_student_of_folder(entry.parts[depth])].append(entry)
    groups = [_Group(key, tuple(files)) for key, files in found.items()]
    for key, files in own.items():
        notebooks = tuple(entry for entry in files if is_notebook(entry.name) and entry.name != "checker.py")
        if notebooks:
            groups.append(_Group(key, notebooks))
        else:
            problems.append(
                SubmissionError(
                    "holds no notebook.", where=f"{root}/{key}", remedy="Ask the student for the .ipynb file."
                )
            )
    if not groups and len(problems) == before:
        problems.append(SubmissionError("holds no notebook.", where=str(root), remedy="Is this the right folder?"))
    return sorted(groups, key=lambda group: group.key)


def _wrapping(listing: Listing, wanted: str) -> int:
    """How many folders only wrap the pile: hw10.zip that holds hw10/kim.ipynb, hw10/lee.ipynb, ..."""
    depth = 0
    notebooks = [entry for entry in listing.entries if is_notebook(entry.name)]
    while notebooks and all(
        len(e.parts) > depth + 1 and e.parts[depth] == notebooks[0].parts[depth] for e in notebooks
    ):
        if any(len(e.parts) == depth + 1 for e in listing.entries):
            break
        inside = [entry for entry in notebooks if len(entry.parts) == depth + 2]
        folders = {entry.parts[depth + 1] for entry in notebooks if len(entry.parts) > depth + 2}
        one_student = any(_plain_name(entry.name) == wanted for entry in inside)
        if len(folders) + len(inside) < 2 or one_student:
            break
        depth += 1
    return depth


def _flat_pattern(files: Sequence[Entry]) -> re.Pattern[str] | None:
    """The LMS whose pattern all of these names follow, if one does."""
    names = [entry.name for entry in files]
    for pattern in (_MOODLE, _CANVAS, _BLACKBOARD):
        if names and all(pattern.match(name) for name in names):
            return pattern
    return None


def _student_of_file(name: str, pattern: re.Pattern[str] | None) -> str:
    matched = pattern.match(name) if pattern else None
    if matched is None:
        return _stem(name)
    if pattern is _CANVAS:
        return "_".join(part for part in (matched["name"], matched["user"]) if part)
    return matched["student"]


def _student_of_folder(name: str) -> str:
    moodle = _MOODLE.match(name)
    return moodle["student"] if moodle else name


def _no_notebook(entry: Entry) -> Iterator[SubmissionError]:
    name = entry.name.lower()
    if name.endswith(ARCHIVES):
        yield SubmissionError("is an archive.", where=entry.where, remedy="Unpack it, and grade what is inside.")
    elif not name.endswith(_BYSTANDERS):
        yield SubmissionError("is no notebook.", where=entry.where, remedy="Ask the student for the .ipynb file.")


# -- one of several --------------------------------------------------------------------------------------------------


def _without_duplicates(groups: Sequence[_Group], wanted: str, problems: list[SubmissionError]) -> Iterator[_Group]:
    """One group for each student: the newest. The others become problems."""
    by_key: dict[str, list[_Group]] = {}
    for group in groups:
        by_key.setdefault(group.key, []).append(group)
    for key, same in by_key.items():
        same.sort(key=lambda group: max(_age(entry) for entry in group.entries), reverse=True)
        yield same[0]
        for other in same[1:]:
            kept, left = same[0].entries[0].where, other.entries[0].where
            problems.append(
                SubmissionError(
                    f'"{key}" handed in twice; the newer one was graded: {kept}.',
                    where=left,
                    remedy="Remove the one that does not count.",
                )
            )


def _age(entry: Entry) -> tuple[bool, float]:
    return entry.name.lower().endswith(".ipynb"), entry.modified.timestamp() if entry.modified else 0.0


def _choose(group: _Group, wanted: str, functions: Names[str]) -> tuple[Entry, tuple[Text, ...]]:
    """The notebook that belongs to the assignment: by its name, then by what it defines, then the newest."""
    if len(group.entries) == 1:
        return group.entries[0], ()
    named = [entry for entry in group.entries if wanted in _plain_name(entry.name)] or list(group.entries)
    best = max(
        named, key=lambda entry: (entry.name.lower().endswith(".ipynb"), _defines(entry, functions), _age(entry))
    )
    count = len(group.entries)
    name = "/".join(best.parts)
    note = Text(
        f"{count} notebooks were handed in; this one was graded: {name}.",
        f"노트북이 {count}개 제출되어 이 파일을 채점했습니다: {name}.",
    )
    return best, (note,)


def _defines(entry: Entry, functions: Names[str]) -> int:
    """How many of the functions a notebook defines, going by its text alone."""
    if not functions:
        return 0
    try:
        content = entry.read()
    except SubmissionError:
        return -1
    return sum(re.search(rb"\bdef\s+%s\b" % re.escape(name.encode()), content) is not None for name in functions)


# -- names -----------------------------------------------------------------------------------------------------------


def _stem(name: str) -> str:
    ending = next((ending for ending in NOTEBOOKS if name.lower().endswith(ending)), "")
    return name[: len(name) - len(ending)] if ending else name


def _plain_name(name: str) -> str:
    """A notebook's name without what browsers and systems add: gcn.ko (1).ipynb, gcn의 사본.ipynb, Copy of gcn.ipynb."""
    stem = _stem(name).lower()
    stem = re.sub(r"^copy of |의 사본$|[ _-]*(?:copy\d*|복사본|사본)$", "", stem)
    stem = re.sub(r"(?:[ _-]*\(\d+\)|-\d{1,2}|[ _-]*copy\d*)$", "", stem)
    return re.sub(r"[._-](?:en|ko)$", "", stem).strip()


def safe_id(raw: str) -> str:
    """A student's id as a file name on any system: NFC, Korean kept, no separators, control or direction marks."""
    text = unicodedata.normalize("NFC", raw)
    text = "".join(
        "_" if c in '/\\:*?"<>|' or unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in text
    )
    text = text.strip().lstrip(".").rstrip(". ") or "student"
    if len(text.encode()) > MAX_ID_BYTES:
        text = text.encode()[:MAX_ID_BYTES].decode(errors="ignore") + "-" + _digest(raw)
    return f"{text}_" if _RESERVED.match(text) else text


def _digest(raw: str) -> str:
    return hashlib.sha256(raw.encode("utf-8", "replace")).hexdigest()[:6]


def _with_safe_ids(submissions: Sequence[Submission]) -> Iterator[Submission]:
    """The same with ids that stay apart as file names, also where upper and lower case are one."""
    taken: set[str] = set()
    for submission in submissions:
        student = safe_id(submission.student)
        if student.casefold() in taken:
            student = f"{student}-{_digest(submission.student)}"
        taken.add(student.casefold())
        yield replace(submission, student=student)
