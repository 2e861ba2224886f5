"""The course: `course.yml` at the root of the repository.

`course.yml` is what changes every term. It is checked key by key, and every complaint names file and line, and the
nearest right spelling.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from autograder.course.assignment import Assignment, load_assignment
from autograder.course.checks_file import graded_functions
from autograder.course.schedule_keys import KEYS, MOMENT, SCHEDULED, SLUG, SLUG_REMEDY, STORE
from autograder.course.schedule_keys import json_schema as json_schema
from autograder.course.settings import DEVICE
from autograder.course.textfile import did_you_mean
from autograder.course.yamlfile import (
    LANGUAGE,
    Pair,
    Schema,
    YamlReader,
    fits,
)
from autograder.errors import CourseError
from autograder.i18n import COURSE_LANGUAGES, Text
from autograder.rules.written import OF_ASSIGNMENT, RULES, problems, read_late
from autograder.sandbox.pythons import PYTHONS


@dataclass(frozen=True)
class Schedule:
    """One assignment's place in the term.

    slug: the name of its folder.
    opens, due: aware datetimes.
    weight: its share of the course grade.
    device: overrides the assignment's own.
    line: where it stands in course.yml.
    rules: what it says of lateness, attempts and its place in the course grade, as written.
    minutes: how long students will need, as its author estimates it.
    after: the slugs that it builds on.
    """

    slug: str
    opens: datetime
    due: datetime
    weight: float
    device: str | None = None
    line: int | None = None
    rules: Mapping[str, Any] = field(default_factory=dict)
    minutes: int | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Course:
    """A course.yml and the folders beside it.

    root: the folder of course.yml.
    title: the course's name.
    term: such as "2027 spring".
    time_zone: of all dates without one.
    languages: in which notebooks and reports are written.
    device: "cpu", "cuda" or "auto"; the default of its assignments.
    python: the version that runs students' code, such as "3.12"; None for any.
    schedule: dates and weight of each assignment, by slug.
    store: where grades are kept, as written; "" for none.
    rules: from points to grades, as written; `records.gradebook` reads them.
    """

    root: Path
    title: Text
    term: str
    time_zone: ZoneInfo
    languages: tuple[str, ...]
    device: str
    python: str | None = None
    schedule: Mapping[str, Schedule] = field(default_factory=dict)
    store: str = ""
    rules: Mapping[str, Any] = field(default_factory=dict)

    def assignment(self, slug: str) -> Assignment:
        """Load one assignment. Raises CourseError for a slug that is unknown, badly formed or not on disk."""
        folder = self.root / "solutions" / slug
        if slug not in self.schedule and not folder.is_dir():
            known = [*self.schedule, *self.slugs()]
            raise CourseError(
                f'there is no assignment "{slug}"',
                where=str(self.root / "course.yml"),
                remedy=did_you_mean(slug, known),
            )
        if not SLUG.fullmatch(slug):
            raise CourseError(
                f'"{slug}" is not a good name for an assignment',
                where=str(folder),
                remedy=f"Rename the folder: {SLUG_REMEDY}.",
            )
        if not folder.is_dir():
            raise CourseError.listing([self._unwritten(slug)])
        return load_assignment(folder, self.languages)

    def unwritten(self) -> Iterator[tuple[str, str]]:
        """(file and line, what is wrong) for each assignment that course.yml names and nobody has written."""
        written = set(self.slugs())
        yield from (self._unwritten(slug) for slug in self.schedule if slug not in written)

    def _unwritten(self, slug: str) -> tuple[str, str]:
        place = f"{self.root / 'course.yml'}:{self.schedule[slug].line}"
        near = did_you_mean(slug, set(self.slugs()) - set(self.schedule) or self.slugs())
        return place, f'there is no assignment "{slug}" in solutions/. {near}'.rstrip()

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
        """Where an assignment runs: what course.yml says of it, else assignment.yml, else the course's default.

        "cpu" in assignment.yml counts as nothing said: it is the default there.
        """
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
        found = self.keys(node, "course.yml", KEYS)
        zone = self.zone(found.get("time_zone"))
        languages = self.languages(found.get("languages"))
        rules = self.ruled(found.get("rules"), RULES)
        return Course(
            root=root,
            title=self.text(found.get("title"), "title", languages),
            term=self.term(found.get("term")),
            time_zone=zone,
            languages=languages,
            device=self.device(found.get("device")) or "cpu",
            python=self.python(found.get("python")),
            schedule=self.schedule(found.get("assignments"), zone, rules or {}),
            store=self.store(found.get("store")),
            rules=rules or {},
        )

    def store(self, pair: Pair | None) -> str:
        if pair is None:
            return ""
        said = self.value(pair[1])
        if not fits(said, STORE):
            self.complain(
                pair[1],
                '"store" must be sqlite, or postgresql://USER@HOST/DATABASE. A password has no place in this file: '
                "give it in $PGPASSWORD or ~/.pgpass, or the whole URL in $AUTOGRADER_STORE.",
            )
            return ""
        return str(said)

    def ruled(self, pair: Pair | None, schema: Schema) -> Any:
        """A value of the rules, complained about key by key; None where any of it is invalid."""
        if pair is None:
            return None
        value = self.value(pair[1])
        wrong = list(problems(value, schema, (str(pair[0].value),)))
        for path, why in wrong:
            self.complain(_node_at(pair[1], path[1:]), why)
        if wrong:
            return None
        try:  # a time may match the pattern and still be longer than a year
            read_late(value.get("late", False) if schema is RULES else value if pair[0].value == "late" else False)
        except ValueError as error:
            self.complain(pair[1], f"{error}.")
            return None
        return value

    def term(self, pair: Pair | None) -> str:
        said = self.words(pair[1]) if pair else ""
        if said is None:
            self.complain(pair[1] if pair else None, '"term" must be a text, such as 2027 Spring.')
        return said or ""

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
            if not fits(name, LANGUAGE):
                self.complain(
                    pair[1] if pair else None, f'"{name}" is no language: write two letters, such as ko, en or de.'
                )
        return tuple(dict.fromkeys(str(name) for name in names))

    def device(self, pair: Pair | None) -> str | None:
        if pair is None:
            return None
        name = self.value(pair[1])
        if not fits(name, DEVICE):
            self.complain(pair[1], f'"device" must be cpu, cuda or auto, not "{name}".')
        return str(name)

    def python(self, pair: Pair | None) -> str | None:
        version = str(self.value(pair[1])) if pair else None
        if pair and version not in PYTHONS:
            self.complain(pair[1], f'"python" must be {", ".join(PYTHONS[:-1])} or {PYTHONS[-1]}, not "{version}".')
            return None
        return version

    def weight(self, pair: Pair | None, slug: str) -> float:
        value = self.value(pair[1]) if pair else 0
        if not fits(value, SCHEDULED["weight"].schema):
            self.complain(pair[1] if pair else None, f'weight of "{slug}" must be a number, 0 or more.')
            return 0.0
        return float(value)

    def minutes(self, pair: Pair | None, slug: str) -> int | None:
        value = self.value(pair[1]) if pair else None
        if pair and not fits(value, SCHEDULED["minutes"].schema):
            self.complain(pair[1], f'minutes of "{slug}" must be a whole positive number.')
            return None
        return int(value) if value is not None else None

    def after(self, pair: Pair | None, slug: str, above: Mapping[str, Schedule]) -> tuple[str, ...]:
        names = self.value(pair[1]) if pair else []
        if not isinstance(names, list):
            self.complain(pair[1] if pair else None, f'after of "{slug}" must be a list such as [04-neural-networks].')
            return ()
        for name in names:
            if name not in above:  # the order of the file rules out cycles
                near = did_you_mean(str(name), above)
                self.complain(
                    pair[1] if pair else None, f'"{slug}" builds on "{name}", which does not stand above it. {near}'
                )
        return tuple(str(name) for name in names)

    def schedule(self, pair: Pair | None, zone: ZoneInfo, rules: Mapping[str, Any]) -> dict[str, Schedule]:
        if pair is None:
            return {}
        entries = self.mapping(pair[1], "assignments", None)
        schedule: dict[str, Schedule] = {}
        for slug, (key, node) in entries.items():
            if not SLUG.fullmatch(slug):
                self.complain(key, f'"{slug}" is not a good name for an assignment: {SLUG_REMEDY}.')
            found = self.mapping(node, f'assignment "{slug}"', SCHEDULED)
            for name, declared in SCHEDULED.items():
                if declared.required and name not in found and isinstance(node, yaml.MappingNode):
                    self.complain(key, f'assignment "{slug}" has no "{name}".')
            opens, due = self.moment(found.get("opens"), zone), self.moment(found.get("due"), zone)
            if opens and due and opens >= due:
                self.complain(found["due"][1], f'assignment "{slug}" is due before it opens.')
            weight, device = self.weight(found.get("weight"), slug), self.device(found.get("device"))
            told = {
                name: self.ruled(found.get(name), schema) for name, schema in OF_ASSIGNMENT.items() if name in found
            }
            if (
                told.get("group", "") not in (groups := rules.get("groups", {}))
                and (groups or "group" in told)
                and not (told.get("extra") and "group" not in told)
            ):
                self.complain(key, f'assignment "{slug}" must name a group of those under rules: {", ".join(groups)}.')
            if opens and due:
                minutes, after = (
                    self.minutes(found.get("minutes"), slug),
                    self.after(found.get("after"), slug, schedule),
                )
                line = key.start_mark.line + 1
                schedule[slug] = Schedule(slug, opens, due, weight, device, line, told, minutes, after)
        return schedule

    def moment(self, pair: Pair | None, zone: ZoneInfo) -> datetime | None:
        if pair is None:
            return None
        node = pair[1]
        text = self.value(node)
        try:
            moment = datetime.fromisoformat(text if fits(text, MOMENT) else "")
        except ValueError:
            self.complain(node, f'"{text}" is not a date; write 2026-03-02 or 2026-03-02T18:00.')
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _node_at(node: yaml.Node, path: Sequence[str]) -> yaml.Node:
    """The node of a key below this one, as far down as there are keys."""
    for name in path:
        if not isinstance(node, yaml.MappingNode):
            return node
        node = next((value for key, value in node.value if key.value == name), node)
    return node
