"""`autograder new`: a small assignment that works, to be changed into the one that the lecturer has in mind."""

from __future__ import annotations

import shutil
from pathlib import Path

from autograder.course.schedule import SLUG, Course
from autograder.errors import StorageError, UsageError

TEMPLATE = Path(__file__).parent / "new"


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
    except OSError as error:  # shutil.Error, too, with the reasons of all files in place of one
        shutil.rmtree(folder, ignore_errors=True)  # half an assignment would stand in the way of the next try
        why = error.strerror or error.args[0][0][2]
        raise StorageError(
            f"cannot be written: {why}", where=str(folder), remedy="Make room or get permission, and run it again."
        ) from None
    return folder
