"""`autograder new`: a small assignment that works, to be changed into the one that the lecturer has in mind."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from autograder.course import Course
from autograder.errors import StorageError, UsageError

TEMPLATE = Path(__file__).parent / "templates" / "new"
SLUG = re.compile(r"[0-9]{2}[a-z]?(-[a-z0-9]+)+")


def new_assignment(course: Course, slug: str) -> Path:
    """Write `solutions/<slug>/` from the template and release it. Never overwrites."""
    if not SLUG.fullmatch(slug):
        raise UsageError(
            f'"{slug}" is not a good name', remedy='Use two digits and lower-case words, such as "14-attention".'
        )
    folder = course.root / "solutions" / slug
    if folder.exists():
        raise UsageError(f"{folder} is already there", remedy="Choose another name, or change what is there.")
    number, _, name = slug.partition("-")
    try:
        shutil.copytree(TEMPLATE, folder, ignore=shutil.ignore_patterns("__pycache__"))
        settings = folder / "assignment.yml"
        text = settings.read_text(encoding="utf-8")
        notebook = name.replace("-", "_")
        settings.write_text(
            text.replace("{{lecture}}", str(int(number[:2]))).replace("{{notebook}}", notebook), encoding="utf-8"
        )
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(folder)) from None
    return folder
