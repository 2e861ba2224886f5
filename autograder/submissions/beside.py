"""Files that were handed in beside a notebook: modules and data that its cells import and read.

They lie in the student's scratch folder while it is graded, under the paths that they had beside the notebook. What
is handed in is bounded; the rest is left out, as if it had not been handed in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.errors import SubmissionError
from autograder.notebooks.magics import WrittenFile, written_file
from autograder.sandbox.interface import ProgramFile
from autograder.submissions.archive import ARCHIVES, Entry
from autograder.submissions.choosing import Candidate

MOST_BESIDE = 100
MOST_BYTES = 16 << 20  # of all of them together
_NO_DATA = (".ipynb", ".pdf", ".html", ".docx", ".pptx", ".hwp", *ARCHIVES)


@dataclass(frozen=True)
class BesideFile:
    """One file.

    path: relative to the notebook's folder, with "/".
    entry: where it is read from.
    """

    path: str
    entry: Entry

    def load(self) -> bytes | None:
        """Its bytes; None for one that cannot be read, or is too large."""
        try:
            content = self.entry.read()
        except SubmissionError:
            return None
        return content if len(content) <= MOST_BYTES else None


def files_beside(chosen: Candidate, others: Iterable[Candidate]) -> tuple[BesideFile, ...]:
    """The student's other files that lie in the notebook's folder or below it, the nearest first."""
    folder = chosen.entry.parts[:-1]
    found: dict[str, BesideFile] = {}
    for other in sorted(others, key=lambda c: (len(c.entry.parts), c.attempt)):
        parts = other.entry.parts
        inside = len(parts) > len(folder) and parts[: len(folder)] == folder
        usable = other.name and not other.name.lower().endswith(_NO_DATA) and other.entry.size <= MOST_BYTES
        if other.entry == chosen.entry or not inside or not usable:
            continue
        path = "/".join((*parts[len(folder) : -1], other.name))
        if len(found) < MOST_BESIDE or path in found:
            found[path] = BesideFile(path, other.entry)
    return tuple(found.values())


def contents(files: Iterable[BesideFile]) -> list[ProgramFile]:
    """The files that can be read, as long as there is room."""
    room, kept = MOST_BYTES, []
    for file in files:
        content = file.load() if file.entry.size <= room else None
        if content is not None and len(content) <= room:
            room -= len(content)
            kept.append(ProgramFile(file.path, content))
    return kept


def program_files(beside: Iterable[ProgramFile], sources: Iterable[str]) -> tuple[ProgramFile, ...]:
    """The files of a program: those that were handed in, and those that cells write in their place. sources: of cells.

    All of them lie there before the first cell runs, as they do where a notebook has run before.
    """
    found = {file.path: file.content for file in beside}
    for source in sources:
        written = written_file(source)
        path = _inside(written) if written is not None else ""
        if written is not None and path and (path in found or len(found) < 2 * MOST_BESIDE):
            before = found.get(path, b"") if written.appends else b""
            found[path] = before + written.text.encode("utf-8", "replace")
    return tuple(ProgramFile(path, content) for path, content in found.items())


def _inside(written: WrittenFile) -> str:
    """The path of a written file below the working directory, or "" where there is none.

    Of a path that leads elsewhere (/content, a Drive) only the file's name is kept, by which imports find it.
    """
    path = written.path.replace("\\", "/")
    parts = [part for part in path.split("/") if part not in ("", ".", "~")]
    outside = path.startswith(("/", "~")) or ".." in parts or ":" in path
    kept = parts[-1:] if outside else parts
    return "/".join(kept) if kept and not any(part in ("..", "~") or "\0" in part for part in kept) else ""
