"""What every reader of an author's file shares: the text itself, and the nearest right spelling of a name."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

from autograder.errors import CourseError


def read_text(path: Path, error: type[CourseError]) -> str:
    """The file's text, without the byte-order mark and carriage returns that Windows editors write.

    Raises `error` for a file that is missing, unreadable or not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise error("is missing", where=str(path), remedy="solutions/README.md says what belongs where.") from None
    except UnicodeDecodeError as problem:
        line = path.read_bytes()[: problem.start].count(b"\n") + 1
        raise error("is not UTF-8", where=f"{path}:{line}", remedy="Save the file with the encoding UTF-8.") from None
    except OSError as problem:
        raise error(f"cannot be read: {problem.strerror}", where=str(path)) from None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest right spelling as a sentence, or the list of all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{close[0]}"?'
    return f"Known: {', '.join(names)}." if names else ""
