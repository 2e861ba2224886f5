"""Feedback as one zip in the names that an LMS gave to the submissions, so that it takes every page back to its student.

The names in the download say whose a file is. The part of a name that does is kept to the letter, and only what follows
it is replaced.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import SubmissionError, UsageError
from autograder.store.folder import write_atomically
from autograder.submissions.archive import Entry, Listing, list_folder, list_zip
from autograder.submissions.choosing import Candidate
from autograder.submissions.collect import safe_id
from autograder.submissions.grouping import Group, groups_in

LMS = ("moodle", "canvas", "brightspace", "sakai", "blackboard")

_MOODLE = re.compile(r"(?P<prefix>.+?_\d+_assignsubmission_[a-z]+)(?:_.*)?", re.DOTALL)
_CANVAS = re.compile(r"(?P<prefix>(?:(?!LATE_)[^_]*?_)?(?:LATE_)?(?:\d+|anon_[^_]+)_\d+)_.+", re.DOTALL)
_BRIGHTSPACE = re.compile(
    r"(?=.{0,400}$)(?P<prefix>\d+-\d+ - .+? - (?:(?! - ).)*?(?<!\d)20\d\d(?!\d)(?:(?! - ).)*)(?: - .+)?", re.DOTALL
)
_BLACKBOARD = re.compile(r"(?P<prefix>.+?_[^_]+_attempt_\d{4}(?:-\d\d){5})(?:_.+|\.txt)", re.DOTALL)
_SAKAI = re.compile(r".+\([^()]+\)")
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every member: the same reports give the same zip


@dataclass(frozen=True)
class Feedback:
    """A zip that is ready to be written.

    files: name in the zip -> (student, page).
    listings: files of the download that the LMS wants back.
    problems: (student, why nothing can be given back this way).
    """

    files: Mapping[str, tuple[str, Path]]
    listings: Mapping[str, Entry]
    problems: tuple[tuple[str, str], ...]


def plan_feedback(
    lms: str, downloads: Sequence[Path], pages: Mapping[str, Sequence[Path]], wanted: str, slug: str
) -> Feedback:
    """Which page goes back to whom. Raises UsageError for a download that is none of this LMS's.

    downloads: what the LMS gave, zips or folders.
    pages: student -> pages.
    wanted: the name of the assignment's notebook.
    slug: the assignment's, with which the names of pages begin.
    """
    groups: dict[str, Group] = {}
    listings: dict[str, Entry] = {}
    for path in downloads:
        listing = _list(path)
        groups |= {safe_id(group.key): group for group in groups_in(str(path), listing, wanted, [])}
        listings |= {entry.name: entry for entry in listing.entries if entry.name == "index.html"}
    files: dict[str, tuple[str, Path]] = {}
    problems: list[tuple[str, str]] = []
    for student, own in pages.items():
        group = groups.get(student)
        prefix = _prefix(lms, group.notebooks) if group else None
        if group is None:
            problems.append((student, "is not in the download"))
        elif prefix is None:
            problems.append((student, _WHY[lms].format(name="/".join(group.notebooks[0].entry.parts))))
        else:
            files |= {prefix(slug + _ending(student, page)): (student, page) for page in own}
    if pages and not files:
        raise UsageError(
            f"gives nothing back: {problems[0][0]} {problems[0][1]}",
            where=", ".join(map(str, downloads)),
            remedy=f"Give the download that was graded, as {lms} made it.",
        )
    return Feedback(files, listings if lms == "brightspace" else {}, tuple(problems))


def write_feedback(feedback: Feedback, out: Path) -> None:
    """Write the zip: whole, or not at all. The same pages give the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _contents(feedback):
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, content)
    write_atomically(out, buffer.getvalue())


def _contents(feedback: Feedback) -> Iterator[tuple[str, bytes]]:
    for name, entry in feedback.listings.items():
        yield name, entry.read()
    for name, (_, page) in feedback.files.items():
        yield name, page.read_bytes()


def _list(path: Path) -> Listing:
    try:
        return list_folder(path) if path.is_dir() else list_zip(path)
    except SubmissionError as error:
        raise UsageError(error.message, where=error.where, remedy=error.remedy) from None


def _ending(student: str, page: Path) -> str:
    return page.name.removeprefix(student)


# -- names -----------------------------------------------------------------------------------------------------------


def _prefix(lms: str, notebooks: Iterable[Candidate]) -> Callable[[str], str] | None:
    """The function that makes a page's name in the zip; None where the LMS would not know whose it is."""
    for candidate in sorted(notebooks, key=lambda candidate: candidate.attempt, reverse=True):
        entry = candidate.entry
        for parts in (entry.parts, tuple((entry.member or "").split("/")), (entry.path.name,)):  # last, its zip's name
            name = _NAMING[lms](parts)
            if name is not None:
                return name
    return None


def _moodle(parts: tuple[str, ...]) -> Callable[[str], str] | None:
    """Flat names, which every Moodle takes back, whether it gave folders or not."""
    found = next(filter(None, map(_MOODLE.fullmatch, parts)), None)
    return (lambda page: f"{found['prefix']}_{page}") if found else None


def _flat(pattern: re.Pattern[str]) -> Callable[[tuple[str, ...]], Callable[[str], str] | None]:
    def name(parts: tuple[str, ...]) -> Callable[[str], str] | None:
        found = pattern.fullmatch(parts[-1])
        return (lambda page: f"{found['prefix']}_{page}") if found else None

    return name


def _brightspace(parts: tuple[str, ...]) -> Callable[[str], str] | None:
    for part in parts:
        found = _BRIGHTSPACE.fullmatch(part)
        if found:
            return lambda page: found["prefix"] + ("/" if part is not parts[-1] else " - ") + page
    return None


def _sakai(parts: tuple[str, ...]) -> Callable[[str], str] | None:
    for depth, part in enumerate(parts[:-1]):
        if _SAKAI.fullmatch(part) and depth + 1 < len(parts) - 1:
            return lambda page: "/".join([*parts[: depth + 1], "Feedback Attachment(s)", page])
    return None


_NAMING = {
    "moodle": _moodle,
    "canvas": _flat(_CANVAS),
    "blackboard": _flat(_BLACKBOARD),
    "brightspace": _brightspace,
    "sakai": _sakai,
}
_WHY = {
    "moodle": "has no number in its name ({name}): Moodle would not know whose it is",
    "canvas": "has no attachment's number in its name ({name}): Canvas takes files back for uploaded files alone",
    "blackboard": "is called by no attempt of Blackboard's ({name})",
    "brightspace": "is called by no submission of Brightspace's ({name})",
    "sakai": "lies in no student's folder of Sakai's ({name})",
}
