"""The course: `course.yml` at the root of the repository, and the secret that its hidden cases are drawn from.

`course.yml` is what changes every term. It is checked key by key, and every complaint names file and line, and the
nearest right spelling.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from autograder.course.assignment import Assignment, load_assignment
from autograder.course.checks_file import graded_functions
from autograder.course.settings import DEVICES
from autograder.course.textfile import did_you_mean
from autograder.course.yamlfile import Pair, YamlReader
from autograder.errors import CourseError
from autograder.i18n import COURSE_LANGUAGES, Text

_LANGUAGE = re.compile(r"[a-z]{2}")
KEYS = ("title", "term", "time_zone", "languages", "device", "assignments")
SLUG = re.compile(r"[0-9]{2}[a-z]?(-[a-z0-9]+)+")


@dataclass(frozen=True)
class Schedule:
    """One assignment's place in the term. opens, due: aware datetimes. weight: its share of the course grade."""

    slug: str
    opens: datetime
    due: datetime
    weight: float
    device: str | None = None


@dataclass(frozen=True)
class Course:
    root: Path
    title: Text
    term: str
    time_zone: ZoneInfo
    languages: tuple[str, ...]
    device: str
    schedule: Mapping[str, Schedule] = field(default_factory=dict)

    def assignment(self, slug: str) -> Assignment:
        """Load one assignment. Raises CourseError for a slug that is neither in course.yml nor on disk."""
        folder = self.root / "solutions" / slug
        if slug not in self.schedule and not folder.is_dir():
            known = [*self.schedule, *(p.parent.name for p in (self.root / "solutions").glob("*/checks.py"))]
            raise CourseError(
                f'there is no assignment "{slug}"',
                where=str(self.root / "course.yml"),
                remedy=did_you_mean(slug, known),
            )
        if not SLUG.fullmatch(slug):
            raise CourseError(
                f'"{slug}" is not a good name for an assignment',
                where=str(folder),
                remedy='Rename the folder: two digits and lower-case words, such as "14-attention".',
            )
        return load_assignment(folder, self.languages)

    def slugs(self) -> tuple[str, ...]:
        """All assignments on disk, in order of their folders."""
        return tuple(sorted(p.parent.name for p in (self.root / "solutions").glob("*/checks.py")))

    def graded_functions(self) -> dict[str, tuple[str, ...]]:
        """The graded functions of every assignment that can be read, by slug. Nothing of an assignment is run for it."""
        found = {}
        for slug in self.slugs():
            with suppress(CourseError):  # somebody is at work on it; it is not the one being graded
                found[slug] = graded_functions(self.root / "solutions" / slug / "checks.py")
        return found

    def device_for(self, assignment: Assignment) -> str:
        """course.yml for this assignment, else assignment.yml, else the course's default."""
        scheduled = self.schedule.get(assignment.slug)
        if scheduled is not None and scheduled.device:
            return scheduled.device
        return assignment.device if assignment.device != "cpu" else self.device


def find_course(start: Path) -> Path:
    """The nearest folder, from `start` upwards, that holds a course.yml.

    Folders above that are open to everybody, such as /tmp, are passed by: the code of a course runs with
    the rights of whoever grades, so a course.yml that a stranger left there must not be taken unasked.
    """
    here = start.resolve()
    for folder in (here, *here.parents):
        if (folder / "course.yml").is_file() and (folder == here or not _open_to_all(folder)):
            return folder
    raise CourseError(
        "there is no course.yml here or above",
        where=str(start),
        remedy="Run inside a course, or say where it is with --course DIR.",
    )


def _open_to_all(folder: Path) -> bool:
    """Whether this is a shared folder for passing files: everybody may write, the sticky bit protects the files."""
    mode = folder.stat().st_mode
    return bool(mode & stat.S_ISVTX and mode & stat.S_IWOTH)


def read_course(root: Path) -> Course:
    """Read `course.yml`. Raises one CourseError that lists every problem, a line each."""
    path = root / "course.yml"
    if not path.exists():
        raise CourseError(
            "is missing", where=str(path), remedy="Run inside a course, or say where it is with --course DIR."
        )
    reader = _Reader(path, CourseError)
    course = reader.course(root, reader.compose())
    reader.finish()
    return course


class _Reader(YamlReader):
    def course(self, root: Path, node: yaml.Node | None) -> Course:
        found = self.mapping(node, "course.yml", KEYS)
        self.demand(node, found, (key for key in KEYS if key != "device"), "course.yml")
        zone = self.zone(found.get("time_zone"))
        languages = self.languages(found.get("languages"))
        return Course(
            root=root,
            title=self.text(found.get("title"), "title", languages),
            term=str(self.value(found["term"][1])) if "term" in found else "",
            time_zone=zone,
            languages=languages,
            device=self.device(found.get("device")) or "cpu",
            schedule=self.schedule(found.get("assignments"), zone),
        )

    def zone(self, pair: Pair | None) -> ZoneInfo:
        if pair is None:
            return ZoneInfo("UTC")
        name = str(self.value(pair[1]))
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            from zoneinfo import available_timezones

            self.complain(pair[1], f'unknown time zone "{name}". {did_you_mean(name, available_timezones())[:200]}')
            return ZoneInfo("UTC")

    def languages(self, pair: Pair | None) -> tuple[str, ...]:
        names = self.value(pair[1]) if pair else list(COURSE_LANGUAGES)
        if not isinstance(names, list) or not names:
            self.complain(pair[1] if pair else None, '"languages" must be a list such as [ko, en].')
            return COURSE_LANGUAGES
        for name in names:
            if not isinstance(name, str) or not _LANGUAGE.fullmatch(name):
                self.complain(
                    pair[1] if pair else None, f'"{name}" is no language: write two letters, such as ko, en or de.'
                )
        return tuple(dict.fromkeys(str(name) for name in names))

    def device(self, pair: Pair | None) -> str | None:
        if pair is None:
            return None
        name = str(self.value(pair[1]))
        if name not in DEVICES:
            self.complain(pair[1], f'"device" must be cpu, cuda or auto, not "{name}".')
        return name

    def number(self, pair: Pair | None, what: str, default: float) -> float:
        if pair is None:
            return default
        value = self.value(pair[1])
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 1e9:
            self.complain(pair[1], f"{what} must be a number, 0 or more.")
            return default
        return float(value)

    def schedule(self, pair: Pair | None, zone: ZoneInfo) -> dict[str, Schedule]:
        if pair is None:
            return {}
        entries = self.mapping(pair[1], "assignments", None)
        schedule = {}
        for slug, (key, node) in entries.items():
            known = ("opens", "due", "weight", "device")
            found = self.mapping(node, f'assignment "{slug}"', known)
            for name in ("opens", "due", "weight"):
                if name not in found and isinstance(node, yaml.MappingNode):
                    self.complain(key, f'assignment "{slug}" has no "{name}".')
            opens, due = self.moment(found.get("opens"), zone), self.moment(found.get("due"), zone)
            if opens and due and opens >= due:
                self.complain(found["due"][1], f'assignment "{slug}" is due before it opens.')
            weight = self.number(found.get("weight"), f'weight of "{slug}"', 0.0)
            if opens and due:
                schedule[slug] = Schedule(slug, opens, due, weight, self.device(found.get("device")))
        return schedule

    def moment(self, pair: Pair | None, zone: ZoneInfo) -> datetime | None:
        if pair is None:
            return None
        node = pair[1]
        text = node.value if isinstance(node, yaml.ScalarNode) else ""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            self.complain(node, f'"{text}" is not a date; write 2026-03-02 or 2026-03-02T18:00.')
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)


# -- the secret ------------------------------------------------------------------------------------------------------
