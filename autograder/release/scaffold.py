"""`autograder init` and `autograder new`: a course from nothing, and a small assignment that works, to be changed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import yaml

from autograder.course import schedule, settings
from autograder.course.schedule import Course
from autograder.course.schedule_keys import SLUG, SLUG_REMEDY
from autograder.course.textfile import did_you_mean
from autograder.course.yamlfile import LANGUAGE, fits
from autograder.errors import StorageError, UsageError
from autograder.i18n import COURSE_LANGUAGES
from autograder.release.retelling import retold

TEMPLATE = Path(__file__).parent / "new"
COURSE_TEMPLATE = Path(__file__).parent / "course"
_SHIPPED = COURSE_TEMPLATE / "solutions" / "README.md"  # of an installed wheel; a checkout has it among its solutions
GUIDE = _SHIPPED if _SHIPPED.is_file() else Path(__file__).resolve().parents[2] / "solutions" / "README.md"
COURSE_SCHEMA, ASSIGNMENT_SCHEMA = "docs/course.schema.json", "docs/assignment.schema.json"
UNNAMED = {"en": "A new course", "ko": "새 강의"}
ROOM = "Make room or get permission, and run it again."


# -- a course --------------------------------------------------------------------------------------------------------


def new_course(
    folder: Path,
    *,
    languages: Sequence[str] = COURSE_LANGUAGES,
    titles: Mapping[str, str] | None = None,
    time_zone: str | None = None,
) -> list[Path]:
    """Make a course in a folder and return the files written. Never overwrites.

    titles: the course's name by language; one for "" is that of every language that has none.
    time_zone: by default this machine's.

    Raises UsageError, StorageError.
    """
    spoken = _languages(languages)
    files = _course_files(spoken, titles or {}, _zone(time_zone))
    there = [name for name in files if os.path.lexists(folder / name)]
    if there:
        raise UsageError(
            f"{', '.join(there)} {'is' if len(there) == 1 else 'are'} already there",
            where=str(folder),
            remedy="Choose another folder, or move what is there away: nothing is overwritten.",
        )
    written: list[Path] = []
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(path, "x", encoding="utf-8") as file:
                written.append(path)
                file.write(content)
    except OSError as error:
        for path in written:  # half a course would stand in the way of the next try
            with suppress(OSError):
                path.unlink()
        raise StorageError(f"cannot be written: {error.strerror}", where=str(path), remedy=ROOM) from None
    return written


def _course_files(languages: Sequence[str], titles: Mapping[str, str], time_zone: str) -> dict[str, str]:
    """Name -> text of every file of a new course."""
    given = {language: " ".join(title.split()) for language, title in titles.items()}  # on one line
    names = {n: given.get(n) or given.get("") or UNNAMED.get(n, UNNAMED["en"]) for n in languages}
    year = str(date.today().year)
    values = {
        "title": "{"
        + ", ".join(f"{language}: {json.dumps(name, ensure_ascii=False)}" for language, name in names.items())
        + "}",
        "term": year,
        "year": year,
        "time_zone": time_zone,
        "languages": yaml.safe_dump(list(languages), default_flow_style=True).strip(),
        "name": " · ".join(dict.fromkeys(names.values())),
    }
    template = {name: (COURSE_TEMPLATE / name).read_text(encoding="utf-8") for name in _TEMPLATES}
    return {
        **{_TEMPLATES[name]: _filled(text, values) for name, text in template.items()},
        "solutions/README.md": GUIDE.read_text(encoding="utf-8"),
        COURSE_SCHEMA: json.dumps(schedule.json_schema(), indent=2) + "\n",
        ASSIGNMENT_SCHEMA: json.dumps(settings.json_schema(), indent=2) + "\n",
    }


_TEMPLATES = {
    "course.yml": "course.yml",
    "README.md": "README.md",
    "gitignore": ".gitignore",
    "assignments/README.md": "assignments/README.md",
}


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("{{" + name + "}}", value)
    return text


def _languages(names: Iterable[str]) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    for name in chosen:
        if not fits(name, LANGUAGE):
            raise UsageError(f'"{name}" is no language', remedy="Write two letters each, such as --languages ko,en.")
    if not chosen:
        raise UsageError("a course has at least one language", remedy="Write --languages ko,en or --languages en.")
    return chosen


def _zone(name: str | None) -> str:
    wanted = name if name is not None else _zone_here()
    try:
        return ZoneInfo(wanted).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if name is None:
            return "UTC"
        near = did_you_mean(wanted, available_timezones())
        raise UsageError(
            f'unknown time zone "{wanted}"', remedy=near[:200] or "Write one such as Asia/Seoul."
        ) from None


def _zone_here() -> str:
    """The name of this machine's zone, as far as it is said anywhere."""
    said = os.environ.get("TZ", "").removeprefix(":")
    return said or os.path.realpath("/etc/localtime").partition("/zoneinfo/")[2] or "UTC"


# -- an assignment ---------------------------------------------------------------------------------------------------


def new_assignment(course: Course, slug: str) -> Path:
    """Write `solutions/<slug>/` from the template, in the course's languages. Never overwrites."""
    if not SLUG.fullmatch(slug):
        raise UsageError(f'"{slug}" is not a good name', remedy=f"Use {SLUG_REMEDY}.")
    folder = course.root / "solutions" / slug
    if folder.exists():
        raise UsageError(f"{folder} is already there", remedy="Choose another name, or change what is there.")
    number, _, name = slug.partition("-")
    values = {"lecture": str(int(number[:2])), "notebook": name.replace("-", "_")}
    has_schema = (course.root / ASSIGNMENT_SCHEMA).is_file()
    try:
        shutil.copytree(TEMPLATE, folder, ignore=shutil.ignore_patterns("__pycache__", "__init__.py"))
        for path in (*folder.glob("*.yml"), *folder.glob("*.py")):
            text = _filled(path.read_text(encoding="utf-8"), values)
            if path.suffix == ".yml" and has_schema:  # a course from before there was one has none
                text = f"# yaml-language-server: $schema=../../{ASSIGNMENT_SCHEMA}\n{text}"
            path.write_text(retold(path.name, text, course.languages), encoding="utf-8")
    except OSError as error:  # shutil.Error, too, with the reasons of all files in place of one
        shutil.rmtree(folder, ignore_errors=True)  # half an assignment would stand in the way of the next try
        why = error.strerror or error.args[0][0][2]
        raise StorageError(f"cannot be written: {why}", where=str(folder), remedy=ROOM) from None
    return folder
