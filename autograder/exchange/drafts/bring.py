"""`autograder import`: a draft assignment in the course, made of another tool's notebook."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.schedule import Course
from autograder.course.schedule_keys import SLUG, SLUG_REMEDY
from autograder.errors import StorageError, UsageError
from autograder.exchange.drafts.draft import Draft, draft, files
from autograder.exchange.drafts.foreign import Foreign, nbgrader_cells, otter_cells
from autograder.notebooks.reader import Notebook, read_notebook

_SHOWN = re.compile(r"""!\[[^\]]*\]\(\s*<?([^\s)>]+)|<img\b[^>]*?\bsrc\s*=\s*["']([^"']+)""", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#)", re.IGNORECASE)  # on the web, or in the notebook itself

READERS: dict[str, Callable[[Notebook], list[Foreign]]] = {"nbgrader": nbgrader_cells, "otter": otter_cells}


@dataclass(frozen=True)
class Brought:
    """What was made.

    folder: of the draft.
    made: its tasks, and what was dropped.
    """

    folder: Path
    made: Draft


def bring(course: Course, tool: str, notebook: Path, slug: str, language: str) -> Brought:
    """Write the draft of a notebook to solutions/<slug>/. Never overwrites. Raises UsageError, StorageError."""
    if not SLUG.fullmatch(slug):
        raise UsageError(f'"{slug}" is not a good name', remedy=f"Use {SLUG_REMEDY}.")
    folder = course.root / "solutions" / slug
    if folder.exists():
        raise UsageError(f"{folder} is already there", remedy="Choose another name, or change what is there.")
    try:
        content = notebook.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror}", where=str(notebook), remedy="Check the path.") from None
    cells = READERS[tool](read_notebook(content, notebook.name))
    made = draft(cells)
    if not made.tasks:
        raise UsageError("no answer in it can be graded: there is no function and no variable", where=str(notebook))
    made.notes.extend(("file", name) for name in _shown(cells))
    texts = files(
        made,
        slug=slug,
        title=_title(cells),
        language=language,
        languages=course.languages,
        origin=f"{tool}, {notebook.name}",
    )
    _write(folder, texts)
    return Brought(folder, made)


def _title(cells: Sequence[Foreign]) -> str:
    """The title of the notebook, as plain words: its first heading of the first level."""
    for cell in cells:
        heading = re.search(r"^# +(.+)$", cell.source, re.MULTILINE) if cell.kind == "text" else None
        if heading is not None:
            return re.sub(r"[*_`]", "", heading[1]).strip()
    return ""


def _shown(cells: Sequence[Foreign]) -> list[str]:
    """The files beside the notebook that its text shows, each once."""
    named = [a or b for cell in cells if cell.kind == "text" for a, b in _SHOWN.findall(cell.source)]
    return [name for name in dict.fromkeys(named) if not _ELSEWHERE.match(name)]


def _write(folder: Path, texts: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True)
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)  # half a draft would stand in the way of the next try
        raise StorageError(f"cannot be written: {error.strerror}", where=str(folder)) from None
