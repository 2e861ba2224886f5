"""File names as platforms for handing in give them: whose file it is, which attempt, and what the student called it.

A platform's pattern counts where all notebooks of a pile follow it: one name of such a form proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from autograder.notebooks.reader import NOTEBOOK_ENDINGS

Attempt = tuple[int, ...]
"""Compares greater for a later attempt: a date and time, a number, or nothing."""

_MOODLE = re.compile(r"^(?P<student>.+?)_assignsubmission_(?:file|onlinetext)(?:_(?P<file>.*))?$", re.DOTALL)
_CANVAS = re.compile(
    r"^(?:(?P<name>(?!LATE_)[^_]*?)_)?(?:LATE_)?(?P<user>\d+|anon_[^_]+)"
    r"_(?:(?P<number>\d+)_(?P<file>.+)|(?:text|link)\.html)$"
)
_BLACKBOARD = re.compile(
    r"^.+?_(?P<student>[^_]+)_attempt_(?P<when>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)$", re.DOTALL
)
# "Name: Minsu Kim (kim01)", the first line of the text that Blackboard lays beside each attempt, in any language.
_BLACKBOARD_TOLD = re.compile(r"\A\ufeff?[^\n]*\((?P<student>[^()\n]+)\)\s*$", re.MULTILINE)
_SAKAI = re.compile(r"^.*\((?P<student>[^()]+)\)$", re.DOTALL)
_SAKAI_FLAT = re.compile(
    r"^.*\((?P<student>[^()]+)\)_Submission attachment\(s\)_(?P<file>.+)$", re.DOTALL | re.IGNORECASE
)
_SAKAI_INSIDE = re.compile(r"submission attachment", re.IGNORECASE)
_SAKAI_TIME = re.compile(r"\s*(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\d{0,3}\s*")
# The date is in the language of the site: "May 9, 2027 1000 AM", "9. Mai 2027 1000", "2027년 5월 9일 오전 1000".
_BRIGHTSPACE = re.compile(
    r"^(?=.{0,400}$)(?P<user>\d+)-\d+ - (?P<name>.+?) - (?P<when>(?:(?! - ).)*?(?<!\d)20\d\d(?!\d)(?:(?! - ).)*)"
    r"(?: - (?P<file>.+))?$",
    re.DOTALL,
)
# The beginnings of the months' names in Brightspace's languages.
_MONTHS = (
    "jan|ene|gen|janv", "feb|fév|fev", "mar|mär|mrz|maa", "apr|avr|abr", "may|mai|mei|mag", "jun|juin|giu", "jul|juil|lug",
    "aug|août|ago", "sep|set", "oct|okt|out|ott", "nov", "dec|déc|dez|dic",
)  # fmt: skip
_FILE_PATTERNS = (_MOODLE, _CANVAS, _BLACKBOARD, _BRIGHTSPACE, _SAKAI_FLAT)
_FOLDER_PATTERNS = (_MOODLE, _BRIGHTSPACE)
# What platforms lay beside the submissions.
LISTINGS = ("index.html", "index.htm")

# Attempts as people and platforms number them: "1", "attempt 2", "v3", "hw (2)", "2차 제출", "2027-05-11", "20270511_1030".
_DATE = re.compile(
    r"(?<!\d)(20\d\d)[-_. ]?(0[1-9]|1[0-2])[-_. ]?(0[1-9]|[12]\d|3[01])"
    r"(?:[-_T ]{0,3}([01]\d|2[0-3])[-:_.h ]?([0-5]\d)(?:[-:_.m ]?([0-5]\d))?)?(?!\d)"
)
_NUMBERED = re.compile(
    r"(?:attempt|submission|version|try|rev|제출|수정|버전|v)[-_ #.]*(\d{1,4})(?!\d)|(?<!\d)(\d{1,3})(?:차|번째)|\((\d{1,3})\)$",
    re.IGNORECASE,
)
_ONLY_NUMBER = re.compile(r"\d{1,4}")


@dataclass(frozen=True)
class Handed:
    """What a name says.

    student: as the platform names them.
    file: as the student called it, "" where it says none.
    attempt: which attempt of the student's it belongs to.
    """

    student: str
    file: str = ""
    attempt: Attempt = ()


def pattern_of(names: Sequence[str], every: Sequence[str]) -> re.Pattern[str] | None:
    """The platform whose pattern all notebooks follow, or, where there are none, every file.

    names: of the notebooks.
    every: of all files.
    """
    wanted = list(names) or [name for name in every if name not in LISTINGS]
    for pattern in _FILE_PATTERNS:
        if wanted and all(pattern.match(name) for name in wanted):
            return pattern
    return None


def read_name(name: str, pattern: re.Pattern[str] | None) -> Handed | None:
    """What a file's name says by a platform's pattern; None where it does not follow it."""
    matched = pattern.match(name) if pattern else None
    if matched is None:
        return None
    parts = matched.groupdict()
    file = parts.get("file") or ""
    if pattern is _CANVAS:
        student = "_".join(part for part in (parts["name"], parts["user"]) if part)
        # Canvas calls a file that is handed in again hw-1.ipynb; an import must find a module under its own name.
        return Handed(student, re.sub(r"-\d{1,2}(?=\.\w+$)", "", file), (int(parts["number"] or 0),))
    if pattern is _BRIGHTSPACE:
        return Handed(f"{parts['name']}_{parts['user']}", file, _brightspace_time(parts["when"]))
    if parts.get("when"):
        return Handed(parts["student"], file, tuple(map(int, parts["when"].split("-"))))
    return Handed(parts["student"], file)


def is_blackboard(pattern: re.Pattern[str] | None) -> bool:
    return pattern is _BLACKBOARD


def blackboard_of(names: Iterable[str], told: Mapping[str, str]) -> re.Pattern[str]:
    """Blackboard's pattern for one assignment: title and user name may both hold "_", so the title must be known.

    names: of the files. told: texts beside the attempts, by their names; they name the user. Where there is none, the
    title is what all names begin with.
    """
    stems = sorted({name.partition("_attempt_")[0] for name in names if _BLACKBOARD.match(name)})
    titles = []
    for name, text in told.items():
        stem, user = name.partition("_attempt_")[0], _BLACKBOARD_TOLD.match(text)
        if user is not None and stem.endswith(f"_{user['student']}"):
            titles.append(stem.removesuffix(f"_{user['student']}"))
    # Sorted, the first and the last have in common what all have.
    length = next((n for n, (a, b) in enumerate(zip(stems[0], stems[-1], strict=False)) if a != b), len(stems[0]))
    shared = stems[0][:length]
    title = titles[0] if titles else shared.rpartition("_")[0]
    return re.compile(
        _BLACKBOARD.pattern.replace("^.+?_(?P<student>[^_]+)", f"^{re.escape(title)}_(?P<student>.+?)"), re.DOTALL
    )


def sakai_student(folder: str, inside: Sequence[str]) -> str | None:
    """Whose folder it is in Sakai's download, by the user's id in its name; None where it is no folder of Sakai's."""
    named = _SAKAI.match(folder)
    return named["student"] if named and inside and _SAKAI_INSIDE.match(inside[0]) else None


def is_platforms(folder: str, inside: Sequence[str]) -> bool:
    """Whether a folder is named as a platform names a student's. inside: the folders in it, down to a notebook."""
    return sakai_student(folder, inside) is not None or any(pattern.match(folder) for pattern in _FOLDER_PATTERNS)


def sakai_time(text: str) -> datetime | None:
    """When it was handed in, by the text of Sakai's timestamp.txt, in UTC; newer versions of Sakai write ISO 8601."""
    found = _SAKAI_TIME.fullmatch(text)
    try:
        if found is None:
            moment = datetime.fromisoformat(text.strip())
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return datetime(*map(int, found.groups()), tzinfo=UTC)  # type: ignore[arg-type, misc]
    except ValueError:
        return None


def read_folder(name: str) -> Handed:
    """What a student's folder says; by default the student is the folder."""
    for pattern in _FOLDER_PATTERNS:
        handed = read_name(name, pattern)
        if handed is not None and not handed.file:
            return handed
    return Handed(name)


def attempt_in(parts: Iterable[str]) -> Attempt:
    """The attempt that the names of folders and files tell, outermost first; () where no name tells one."""
    found: list[int] = []
    for part in parts:
        stem = without_ending(part)
        dates = [[int(group or 0) for group in match.groups()] for match in _DATE.finditer(stem)]
        rest = _DATE.sub(" ", stem)
        numbers = [int(next(filter(None, match.groups()))) for match in _NUMBERED.finditer(rest.strip())]
        alone = [int(stem)] if _ONLY_NUMBER.fullmatch(stem) else []
        found += [number for date in dates for number in date] + (alone or numbers)
    return tuple(found)


def without_ending(name: str) -> str:
    """A notebook's name without its ending."""
    ending = next((ending for ending in NOTEBOOK_ENDINGS if name.lower().endswith(ending)), "")
    return name[: len(name) - len(ending)] if ending else name


def moment_of(attempt: Attempt) -> datetime | None:
    """The date and time in an attempt, without a zone; None where it is a number."""
    if len(attempt) < 6 or attempt[0] < 2000:
        return None
    try:
        year, month, day, hour, minute, second = attempt[:6]
        return datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def _brightspace_time(text: str) -> Attempt:
    """Year, month, day and clock of a date in any language; a month that is not known is 0, and the rest is kept."""
    year = re.search(r"(?<!\d)20\d\d(?!\d)", text)
    numbers = re.findall(r"\d+", text.replace(year[0], " ", 1)) if year else []
    if year is None or len(numbers) < 2:
        return ()
    word = re.search(r"[^\W\d]{3,}", text)
    month = next((n for n, names in enumerate(_MONTHS, 1) if word and re.match(names, word[0].lower())), 0)
    values = [int(number) for number in numbers]
    if not month and len(values) > 2:
        year_first = text.lstrip().startswith(year[0])
        month, day = (values[0], values[1]) if year_first else (values[1], values[0])
        values = values[2:]
    else:
        day, values = values[0], values[1:]
    month = month if month <= 12 else 0
    hour, minute = values[:2] if len(values) > 1 else divmod(values[0], 100) if values[0] > 99 else (values[0], 0)
    afternoon = "PM" in text.upper() or "오후" in text
    half_days = afternoon or "AM" in text.upper().split() or "오전" in text
    hour = hour % 12 + 12 * afternoon if half_days and hour <= 12 else hour
    return (int(year[0]), month, day, hour, minute, 0)
