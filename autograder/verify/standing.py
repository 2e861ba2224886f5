"""What `verify` last said of each assignment, so that `release` can warn of what it publishes.

    .autograder/verified.json    {slug: {"fingerprint": ..., "findings": [...]}}

Kept beside the seed, on this machine: what was verified elsewhere, or before a change, counts as not verified.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder import __version__
from autograder.course.assignment import Assignment, files_of
from autograder.errors import AssignmentError
from autograder.release.leaks import leaked_lines
from autograder.release.translations import missing_texts
from autograder.verify.result import Verification

FILE = Path(".autograder") / "verified.json"
DRAFT = "IMPORT.md"  # in the folder of an assignment that was imported and is not ready
MOST = 20  # findings that are kept; the first is quoted


def remember(root: Path, assignment: Assignment, reports: Iterable[Verification]) -> None:
    """Keep what was found. That the release is not fresh is no finding: releasing mends it."""
    findings = dict.fromkeys(str(f) for report in reports for f in report.findings if f.kind != "release")
    known = {**_known(root), assignment.slug: {"fingerprint": _fingerprint(assignment), "findings": [*findings][:MOST]}}
    aside = root / FILE.with_name(f"{FILE.name}.{os.getpid()}")
    with suppress(OSError):  # a folder that cannot be written to: the next release will warn
        aside.parent.mkdir(mode=0o700, exist_ok=True)
        aside.write_text(json.dumps(known, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        os.replace(aside, root / FILE)


def doubts(root: Path, assignment: Assignment, released: Path) -> Iterator[str]:
    """Why what was released may not keep its promises, a sentence each; nothing where it was verified as it stands."""
    findings = [f"{where}: {what}" for where, what in missing_texts(assignment)]
    findings += [f"{leak.file}: holds a line of {leak.source}" for leak in leaked_lines(assignment, released)]
    known = _known(root).get(assignment.slug, {})
    verified = known.get("fingerprint") == _fingerprint(assignment)
    if verified:
        findings = list(dict.fromkeys([*known.get("findings", ()), *findings]))
    if findings:
        more = f" (and {len(findings) - 1} more)" if len(findings) > 1 else ""
        yield f"it does not verify: {findings[0]}{more}"
    elif not verified:
        yield "it has not been verified as it stands"


def demand_no_draft(root: Path, assignment: Assignment) -> None:
    """Raise AssignmentError for an imported draft that does not verify as it stands: nothing is graded by it."""
    if not (assignment.folder / DRAFT).is_file():
        return
    released = root / "assignments" / assignment.slug
    why = next(doubts(root, assignment, released), "") if released.is_dir() else "it is not released"
    if why:
        raise AssignmentError(
            f"this is a draft, and grades nothing yet: {why}",
            where=str(assignment.folder / DRAFT),
            remedy=f"Finish it, then run autograder release {assignment.slug} and autograder verify {assignment.slug}.",
        )


def _known(root: Path) -> dict[str, dict[str, Any]]:
    try:
        known = json.loads((root / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    whole = isinstance(known, dict) and all(isinstance(entry, dict) for entry in known.values())
    return known if whole else {}


def _fingerprint(assignment: Assignment) -> str:
    """Of every file that `verify` reads, and of the program that reads it."""
    digest = hashlib.sha256(repr((__version__, assignment.languages)).encode())
    for path in files_of(assignment.folder):
        digest.update(f"\0{path.relative_to(assignment.folder).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
