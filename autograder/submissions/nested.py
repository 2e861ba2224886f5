"""Zips that students handed in: opened where they lie, as if the student had handed in what is inside.

One level only, and within bounds: what lies deeper, is too large or cannot be read is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, replace
from datetime import tzinfo

from autograder.errors import SubmissionError
from autograder.submissions.archive import ZIPS, Entry, Listing, is_notebook, list_nested
from autograder.submissions.lms import pattern_of, read_folder, read_name

MOST_OPENED = 1 << 30  # packed bytes of all of them together


def opened(listing: Listing, time_zone: tzinfo | None = None) -> Listing:
    """The same pile with every student's zip in it as a folder."""
    zips = [entry for entry in listing.entries if entry.name.lower().endswith(ZIPS)]
    if not zips:
        return listing
    entries = [entry for entry in listing.entries if not entry.name.lower().endswith(ZIPS)]
    refused, left = list(listing.refused), MOST_OPENED
    around = _surroundings(listing, {entry.parts[:-1] for entry in zips})
    for entry in zips:
        left -= entry.size
        try:
            if left < 0:
                raise SubmissionError(
                    "is one archive too many.",
                    where=entry.where,
                    remedy="Unpack the archives, and grade what is inside.",
                )
            inner = list_nested(entry, time_zone)
        except SubmissionError as error:
            refused.append(error)
            continue
        here = around[entry.parts[:-1]]
        folder = _folder(entry, here.pattern)
        if folder is None and _is_a_class(inner, here.names):
            refused.append(
                SubmissionError(
                    "is an archive of a class.", where=entry.where, remedy="Grade it by itself, or remove it."
                )
            )
            continue
        folder = folder or (*entry.parts[:-1], entry.name[: -len(ZIPS[0])])
        deeper = [found for found in inner.entries if found.name.lower().endswith(ZIPS)]
        entries += [replace(e, parts=(*folder, *e.parts)) for e in inner.entries if e not in deeper]
        refused += [*inner.refused, *map(_too_deep, deeper)]
    return Listing(tuple(sorted(entries, key=lambda entry: entry.parts)), listing.folders, tuple(refused))


@dataclass(frozen=True)
class _Surroundings:
    """What lies in the folder of a zip.

    names: of the files and folders there.
    pattern: the platform's pattern that the files' names follow; None for no platform.
    """

    names: frozenset[str]
    pattern: re.Pattern[str] | None


def _surroundings(listing: Listing, folders: Set[tuple[str, ...]]) -> dict[tuple[str, ...], _Surroundings]:
    names: dict[tuple[str, ...], set[str]] = {folder: set() for folder in folders}
    files: dict[tuple[str, ...], list[str]] = {folder: [] for folder in folders}
    for parts in (entry.parts for entry in listing.entries):
        for depth in range(len(parts)):
            if parts[:depth] in names:
                names[parts[:depth]].add(parts[depth])
        if parts[:-1] in files and (is_notebook(parts[-1]) or parts[-1].lower().endswith(ZIPS)):
            files[parts[:-1]].append(parts[-1])
    return {folder: _Surroundings(frozenset(names[folder]), pattern_of(files[folder], ())) for folder in folders}


def _folder(entry: Entry, pattern: re.Pattern[str] | None) -> tuple[str, ...] | None:
    """The folder that stands for a zip in a platform's flat pile: student and attempt; None where no platform tells."""
    handed = read_name(entry.name, pattern)
    if handed is None:
        return None
    return (*entry.parts[:-1], handed.student, "-".join(map(str, handed.attempt)) or "1")


def _is_a_class(inner: Listing, beside: Set[str]) -> bool:
    """Whether a zip is no student's: a platform's download, or one that holds what lies unpacked beside it."""
    notebooks = [entry.parts for entry in inner.entries if is_notebook(entry.name)]
    if len(notebooks) > 1 and pattern_of([parts[-1] for parts in notebooks], ()) is not None:
        return True
    folders = {parts[0] for parts in notebooks if len(parts) > 1}
    platforms = [parts for parts in notebooks if any(read_folder(part).student != part for part in parts[:-1])]
    return bool(folders & beside) or bool(platforms)


def _too_deep(entry: Entry) -> SubmissionError:
    return SubmissionError(
        "is an archive inside an archive.", where=entry.where, remedy="Ask the student for the notebook alone."
    )
