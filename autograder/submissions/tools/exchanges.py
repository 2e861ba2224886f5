"""Submissions as other graders keep them: whose they are, of which assignment, and when they came.

    nbgrader     submitted/<student>/<assignment>/..., and <student>+<assignment>+<time>/... in an exchange's inbound/
    Gradescope   submission_<number>/..., and submission_metadata.yml that says who handed it in
    otter        a zip for each student, which its export cell made

Nothing is taken for one of these unless every notebook of the pile lies as the tool lays it: a student who hands in a
folder by such a name must not change how the others are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

import yaml

from autograder.errors import SubmissionError
from autograder.submissions.archive import Entry, Listing, is_notebook, list_zip
from autograder.submissions.choosing import Candidate
from autograder.submissions.grouping import OWN_FILES, Group
from autograder.submissions.lms import pattern_of, read_name

TIMESTAMP, METADATA, OTTER_MARK = "timestamp.txt", "submission_metadata.yml", "__zip_filename__"
_INBOUND = re.compile(r"(?P<student>[^+]+)\+(?P<assignment>[^+]+)\+(?P<when>\d{4}-\d\d-\d\d \d\d[:_]\d\d[:_]\d\d[^+]*)")
_COURSE_FILES = ("nbgrader_config.py", "gradebook.db")
_NUMBERED = re.compile(r"submission_\d+")
_MOST_METADATA = 16 << 20  # bytes
_MOST_ALIASES = 100
_WHEN = re.compile(r"(\d{4})-(\d\d)-(\d\d)[ T](\d\d)[:_](\d\d)[:_](\d\d)(?:\.\d+)? ?(?:UTC|Z|GMT|\+00:?00)?")


def groups_of(where: Path, listing: Listing, slug: str, problems: list[SubmissionError]) -> list[Group] | None:
    """The students of a pile that nbgrader or Gradescope made; None for any other pile."""
    for read in (_inbound, _submitted, _gradescope):
        found = read(where, listing, slug, problems)
        if found is not None:
            problems.extend(listing.refused)
            return found
    return None


# -- nbgrader --------------------------------------------------------------------------------------------------------


def _inbound(where: Path, listing: Listing, slug: str, problems: list[SubmissionError]) -> list[Group] | None:
    """Folders <student>+<assignment>+<time>, here or in inbound/ of a course or of a whole exchange."""
    piles: dict[str, list[Entry]] = {}
    others: set[str] = set()
    for entry in listing.entries:
        said = _said_inbound(entry)
        if said is None and is_notebook(entry.name) and "outbound" not in entry.parts[:2]:
            return None
        if said is not None:
            others.add(said["assignment"])
        if said is not None and said["assignment"] == slug:
            piles.setdefault(said["student"], []).append(replace(entry, modified=_moment(said["when"])))
    return _groups(where, piles, slug, others, problems) if others else None


def _said_inbound(entry: Entry) -> re.Match[str] | None:
    """What the name of an entry's inbound folder says; None for an entry outside of such folders."""
    folders = entry.parts[:-1]
    depth = folders.index("inbound") + 1 if "inbound" in folders[:2] else 0
    return _INBOUND.match(folders[depth]) if depth < len(folders) else None


def _submitted(where: Path, listing: Listing, slug: str, problems: list[SubmissionError]) -> list[Group] | None:
    """<student>/<assignment>/... here or in submitted/, of which nbgrader left its time stamps or its name."""
    base = _base_of_submitted(where, listing)
    if base is None:
        return None
    depth = len(base)
    inside = [e for e in listing.entries if e.parts[:depth] == base and len(e.parts) > depth + 2]
    times = {e.parts[:-1]: _moment(_text(e)) for e in inside if e.name == TIMESTAMP and len(e.parts) == depth + 3}
    piles: dict[str, list[Entry]] = {}
    for entry in inside:
        if entry.parts[depth + 1] == slug and entry.name != TIMESTAMP:
            when = times.get(entry.parts[: depth + 2]) or entry.modified
            piles.setdefault(entry.parts[depth], []).append(replace(entry, modified=when))
    return _groups(where, piles, slug, {e.parts[depth + 1] for e in inside}, problems)


def _base_of_submitted(where: Path, listing: Listing) -> tuple[str, ...] | None:
    """The folder that holds the students, below the pile; None where the pile is not nbgrader's as a whole."""
    parts = [entry.parts for entry in listing.entries]
    courses = {p[:-1] for p in parts if p[-1] in _COURSE_FILES and len(p) <= 2}
    for course in sorted(courses, key=len)[:1]:
        if all(p[: len(course)] == course for p in parts):
            return (*course, "submitted")
    notebooks = [p for p in parts if is_notebook(p[-1]) and p[-1] not in OWN_FILES]
    base = ("submitted",) if notebooks and all(p[0] == "submitted" for p in notebooks) else ()
    inside = [p[len(base) :] for p in notebooks]
    if not inside or any(len(p) < 3 for p in inside):
        return None
    stamped = {
        entry.parts[len(base) :][:1]
        for entry in listing.entries
        if len(entry.parts) == len(base) + 3 and entry.name == TIMESTAMP and _moment(_text(entry)) is not None
    }  # other tools' files of that name hold other times, or lie beside folders alone, as Sakai's do
    beside = any(len(p) == 3 and p[:1] in stamped for p in inside)
    called = "submitted" in (base[-1:] or (where.name,))
    return base if called or (beside and all(p[:1] in stamped for p in inside)) else None


def _moment(text: str) -> datetime | None:
    """The time in nbgrader's time stamp, which is UTC; None for any other text."""
    said = _WHEN.match(text.strip())
    try:
        return datetime(*map(int, said.groups()), tzinfo=UTC) if said else None  # type: ignore[arg-type, misc]
    except ValueError:
        return None


def _text(entry: Entry) -> str:
    try:
        return entry.read()[:200].decode("utf-8", "replace")
    except SubmissionError:
        return ""


def _groups(
    where: Path, piles: dict[str, list[Entry]], slug: str, assignments: set[str], problems: list[SubmissionError]
) -> list[Group]:
    if not piles:
        there = ", ".join(sorted(assignments)[:20]) or "nothing"
        problems.append(SubmissionError(f'holds nothing of "{slug}", but {there}.', where=str(where)))
    groups = []
    for student, entries in sorted(piles.items()):
        group = group_of(student, entries)
        if group is None:
            remedy = "Ask the student for the .ipynb file."
            problems.append(SubmissionError("holds no notebook.", where=f"{where}: {student}", remedy=remedy))
        else:
            groups.append(group)
    return groups


def group_of(student: str, entries: Sequence[Entry]) -> Group | None:
    """All that one student handed in; None where there is no notebook among the files."""
    files = tuple(Candidate(entry, entry.name) for entry in entries if entry.name not in OWN_FILES)
    notebooks = tuple(candidate for candidate in files if is_notebook(candidate.name) and not _is_ours(candidate.name))
    return Group(student, notebooks, files) if notebooks else None


def _is_ours(name: str) -> bool:
    """Whether a file is the module that an export laid beside the notebook."""
    return name == "visible_checks.py"


# -- Gradescope ------------------------------------------------------------------------------------------------------


def _gradescope(where: Path, listing: Listing, slug: str, problems: list[SubmissionError]) -> list[Group] | None:
    """Folders submission_<number>, with the list of who handed them in beside them."""
    lists = [entry for entry in listing.entries if entry.name == METADATA and len(entry.parts) <= 2]
    listed = min(lists, key=lambda entry: len(entry.parts), default=None)  # deeper ones are students' own
    if listed is None:
        return None
    base = listed.parts[:-1]
    folders = [
        e.parts[len(base)] if e.parts[: len(base)] == base else "" for e in listing.entries if is_notebook(e.name)
    ]
    if not all(map(_NUMBERED.fullmatch, folders)):
        return None
    piles: dict[str, list[Entry]] = {}
    for entry in listing.entries:
        if entry.parts[: len(base)] == base and len(entry.parts) > len(base) + 1:
            piles.setdefault(entry.parts[len(base)], []).append(entry)
    said = _read_metadata(listed)
    groups = []
    for folder, entries in sorted(piles.items()):
        about = said.get(folder)
        about = about if isinstance(about, dict) else {}
        when = about.get(":created_at")
        if isinstance(when, datetime):
            entries = [replace(e, modified=when if when.tzinfo else when.replace(tzinfo=UTC)) for e in entries]
        for student in _submitters(about) or [folder]:
            group = group_of(student, entries)
            if group is None:
                problems.append(SubmissionError("holds no notebook.", where=f"{where}/{folder}"))
            else:
                groups.append(group)
    return groups


def _submitters(about: dict[Any, Any]) -> list[str]:
    """Each person of a group by student number, else by e-mail, else by name."""
    people = about.get(":submitters")
    found = []
    for person in people if isinstance(people, list) else []:
        named = [person.get(key) for key in (":sid", ":email", ":name")] if isinstance(person, dict) else []
        known = next((value.strip() for value in named if isinstance(value, str) and value.strip()), "")
        found += [known] if known else []
    return list(dict.fromkeys(found))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A YAML loader that ignores the Ruby tags which Gradescope writes, and reads what they mark as plain values."""


def _plain(loader: Any, suffix: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_Loader.add_multi_constructor("!", _plain)
# A student number keeps its leading zeros: numbers stay text.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":int", ":float", ":bool"))]
    for first, resolvers in _Loader.yaml_implicit_resolvers.items()
}


def _read_metadata(entry: Entry) -> dict[Any, Any]:
    """Gradescope's list of submissions, by folder. Raises SubmissionError."""
    content = entry.read()
    remedy = "Export the submissions from Gradescope again."
    if len(content) > _MOST_METADATA or content.count(b"*") > _MOST_ALIASES * (1 + content.count(b"\n") // 10):
        raise SubmissionError("is too large.", where=entry.where, remedy=remedy)
    try:
        found = yaml.load(content, Loader=_Loader)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError) as error:
        raise SubmissionError(
            f"is no list of submissions: {str(error).splitlines()[0]}.", where=entry.where, remedy=remedy
        ) from None
    return found if isinstance(found, dict) else {}


# -- otter -----------------------------------------------------------------------------------------------------------


def with_zips_opened(listing: Listing, time_zone: tzinfo | None) -> Listing:
    """The same pile with each zip that otter's export cell made as a folder: its student's, where a name tells."""
    zips = [e for e in listing.entries if e.member is None and e.name.lower().endswith(".zip")]
    pattern = pattern_of([], [entry.name for entry in zips])
    opened: dict[Entry, list[Entry]] = {}
    for entry in zips:
        try:
            inner = list_zip(entry.path, time_zone)
        except SubmissionError:
            continue  # it stays an archive, and is named as one
        if is_otters(inner):
            handed = read_name(entry.name, pattern)
            folders = (handed.student, str(handed.attempt[0])) if handed and handed.attempt else (entry.name[:-4],)
            opened[entry] = [replace(e, parts=(*entry.parts[:-1], *folders, *e.parts)) for e in _kept(inner)]
    if not opened:
        return listing
    entries = [new for entry in listing.entries for new in opened.get(entry, [entry])]
    return replace(listing, entries=tuple(entries))


def of_one_student(path: Path, listing: Listing) -> Listing:
    """otter's zip of one student as a folder with the zip's name."""
    return Listing(tuple(replace(e, parts=(path.stem, *e.parts)) for e in _kept(listing)), (), listing.refused)


def is_otters(listing: Listing) -> bool:
    """Whether otter's export cell made this zip: it writes down its own name."""
    return any(entry.parts == (OTTER_MARK,) for entry in listing.entries)


def _kept(listing: Listing) -> Iterator[Entry]:
    return (entry for entry in listing.entries if entry.name != OTTER_MARK)
