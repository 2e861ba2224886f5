"""Who handed in what: the files of one folder or zip as one group for each student.

A student is a folder, or what a platform's pattern says, or the name of a file. Files beside a notebook belong to it
where they are the same student's; a teacher's own files (a roster, a platform's listing) are nobody's.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from autograder.errors import SubmissionError
from autograder.submissions.archive import ARCHIVES, Entry, Listing, is_notebook
from autograder.submissions.choosing import Candidate, plain_name
from autograder.submissions.lms import (
    LISTINGS,
    Attempt,
    attempt_in,
    blackboard_of,
    is_blackboard,
    is_platforms,
    pattern_of,
    read_folder,
    read_name,
    sakai_student,
    sakai_time,
    without_ending,
)
from autograder.submissions.nested import opened

MOST_FILES = 1000  # of one student; further files are left out
MOST_TOLD = 20  # of Blackboard's texts that are read for the user's name
SAKAI_TIME = "timestamp.txt"
OWN_FILES = frozenset({"checker.py", "visible.npz"})  # handed out beside the notebook
# A teacher's own files beside the submissions: no problem of a student's.
_BYSTANDERS = (".csv", ".md", ".yml", ".yaml", ".xlsx", ".log", ".npz", ".toml")
# Names of a task, not of a person: several files of such a name are told apart by their folders.
_TASK_NAMES = re.compile(
    r"(?:hw|homework|assignments?|assign|notebooks?|submissions?|submit|submitted|class|week|solution|answer|lab|exercise|project|task|final|main|"
    r"untitled|colab|과제|숙제|답안|제출|풀이|최종)[\W_\d]*\w{0,2}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Group:
    """All that one student handed in.

    key: the student as the pile names them.
    notebooks: of which one is graded.
    others: all their files, the notebooks included; those beside the chosen notebook belong to it.
    skipped: how many files beyond MOST_FILES were left out.
    """

    key: str
    notebooks: tuple[Candidate, ...]
    others: tuple[Candidate, ...] = ()
    skipped: int = 0


@dataclass
class _Pile:
    """The files of one student, as they are found.

    files: at most MOST_FILES of them.
    skipped: how many more there are.
    is_folder: whether they lie in a folder of their own.
    """

    files: list[Candidate] = field(default_factory=list)
    skipped: int = 0
    is_folder: bool = False

    def add(self, entry: Entry, name: str, attempt: Attempt) -> None:
        if len(self.files) < MOST_FILES:
            self.files.append(Candidate(entry, name, attempt))
        else:
            self.skipped += 1


def groups_in(
    where: str, listing: Listing, wanted: str, problems: list[SubmissionError], time_zone: tzinfo | None = None
) -> list[Group]:
    """The students of one folder or zip, in order of their names. What is no submission goes to `problems`.

    time_zone: for times without one, in students' zips.
    """
    before = len(problems)
    listing = opened(listing, time_zone)
    problems.extend(listing.refused)
    depth = _platforms_depth(listing)
    depth = _wrapping(listing, wanted) if depth is None else depth
    piles: dict[str, _Pile] = {}
    _sort_files([entry for entry in listing.entries if len(entry.parts) == depth + 1], piles, problems)
    _sort_folders(listing, depth, piles)
    groups = []
    for key, pile in sorted(piles.items()):
        notebooks = tuple(c for c in pile.files if is_notebook(c.name) and c.name not in OWN_FILES)
        if notebooks:
            others = tuple(c for c in pile.files if c.name not in OWN_FILES)
            groups.append(Group(key, notebooks, others, pile.skipped))
        else:
            place = f"{where}/{key}" if pile.is_folder else pile.files[0].entry.where
            problems.append(_no_notebook_of(place))
    if not groups and len(problems) == before:
        problems.append(SubmissionError("holds no notebook.", where=where, remedy="Is this the right folder?"))
    return groups


def _sort_files(entries: Sequence[Entry], piles: dict[str, _Pile], problems: list[SubmissionError]) -> None:
    """Files that lie in no student's folder: each is its own student's, unless a platform's pattern says more."""
    names = [entry.name for entry in entries]
    pattern = pattern_of([name for name in names if is_notebook(name)], names)
    of_title = blackboard_of(names, _told(entries)) if is_blackboard(pattern) else pattern
    for entry in entries:
        handed = read_name(entry.name, of_title) or read_name(entry.name, pattern)
        if handed is not None:
            name = handed.file or ("" if not is_notebook(entry.name) else entry.name)
            piles.setdefault(handed.student, _Pile()).add(entry, name, handed.attempt or attempt_in([name]))
        elif is_notebook(entry.name):
            piles.setdefault(without_ending(entry.name), _Pile()).add(entry, entry.name, ())
        else:
            problems += _stranger(entry)


def _told(entries: Sequence[Entry]) -> dict[str, str]:
    """The first texts that Blackboard laid beside attempts, by file name: one that names its user is enough."""
    found = {}
    for entry in [entry for entry in entries if entry.name.endswith(".txt")][:MOST_TOLD]:
        with contextlib.suppress(SubmissionError):
            found[entry.name] = entry.read()[:2000].decode("utf-8", "replace")
    return found


def _sort_folders(listing: Listing, depth: int, piles: dict[str, _Pile]) -> None:
    folders = {p[depth]: None for p in [*listing.folders, *(e.parts[:-1] for e in listing.entries)] if len(p) > depth}
    inside = [entry for entry in listing.entries if len(entry.parts) > depth + 1]
    sakais = _sakais(inside, depth)
    for folder in folders:
        student = sakais[folder].student if folder in sakais else read_folder(folder).student
        piles.setdefault(student, _Pile()).is_folder = True
    for entry in sorted(inside, key=lambda entry: (len(entry.parts), not is_notebook(entry.name))):
        sakai = sakais.get(entry.parts[depth])
        if sakai is not None:
            if entry.parts[depth + 1] == sakai.inside:  # and not what the teacher gave back
                dated = replace(entry, modified=sakai.submitted or entry.modified)
                piles[sakai.student].add(dated, entry.name, attempt_in(entry.parts[depth + 2 :]))
            continue
        handed = read_folder(entry.parts[depth])
        attempt = handed.attempt or attempt_in(entry.parts[depth + 1 :])
        piles[handed.student].add(entry, entry.name, attempt)


@dataclass(frozen=True)
class _Sakai:
    """A student's folder in Sakai's download.

    student: the id.
    inside: the folder of what was handed in.
    submitted: when it was handed in; None where timestamp.txt does not tell.
    """

    student: str
    inside: str
    submitted: datetime | None


def _sakais(entries: Sequence[Entry], depth: int) -> dict[str, _Sakai]:
    """The folders of Sakai's download, which tells user and time of each."""
    found: dict[str, _Sakai] = {}
    times = {entry.parts[depth]: entry for entry in entries if entry.parts[depth + 1 :] == (SAKAI_TIME,)}
    for entry in entries:
        folder, inside = entry.parts[depth], entry.parts[depth + 1 : -1]
        student = sakai_student(folder, inside)
        if student is not None and folder not in found:
            submitted = None
            with contextlib.suppress(SubmissionError, KeyError):
                submitted = sakai_time(times[folder].read()[:100].decode("utf-8", "replace"))
            found[folder] = _Sakai(student, inside[0], submitted)
    return found


def _platforms_depth(listing: Listing) -> int | None:
    """How deep the students' folders lie, where all have a platform's names, even a single one; else None."""
    notebooks = [entry.parts for entry in listing.entries if is_notebook(entry.name)]
    for depth in range(min((len(parts) for parts in notebooks), default=0) - 1):
        if all(is_platforms(parts[depth], parts[depth + 1 : -1]) for parts in notebooks):
            return depth
    return None


def _wrapping(listing: Listing, wanted: str) -> int:
    """How many folders only wrap the pile: hw10.zip that holds hw10/kim.ipynb, hw10/lee.ipynb, ..."""
    depth = 0
    notebooks = [entry for entry in listing.entries if is_notebook(entry.name)]
    while notebooks and all(
        len(e.parts) > depth + 1 and e.parts[depth] == notebooks[0].parts[depth] for e in notebooks
    ):
        if any(len(e.parts) == depth + 1 and e.name not in LISTINGS for e in listing.entries):
            break
        inside = [entry for entry in notebooks if len(entry.parts) == depth + 2]
        folders = {entry.parts[depth + 1] for entry in notebooks if len(entry.parts) > depth + 2}
        one_student = any(plain_name(entry.name) == wanted for entry in inside)
        names = folders if not inside else {entry.name for entry in inside if wanted in entry.name.lower()}
        attempts = (not inside or len(names) == len(inside)) and _are_attempts(notebooks[0].parts[depth], names, wanted)
        if len(folders) + len(inside) < 2 or one_student or attempts:
            break
        depth += 1
    return depth


def _are_attempts(wrapper: str, names: Iterable[str], wanted: str) -> bool:
    """Whether `wrapper` is a student, and what lies in it are attempts: minsu/1 and minsu/2, minsu/gcn_v1.ipynb ..."""
    of_task = wanted in wrapper.lower() or _TASK_NAMES.fullmatch(wrapper) is not None
    return not of_task and all(attempt_in([name]) for name in names)


def _stranger(entry: Entry) -> Iterator[SubmissionError]:
    name = entry.name.lower()
    if name.endswith(ARCHIVES):
        yield SubmissionError("is an archive.", where=entry.where, remedy="Unpack it, and grade what is inside.")
    elif not name.endswith(_BYSTANDERS) and name not in LISTINGS:
        yield SubmissionError("is no notebook.", where=entry.where, remedy="Ask the student for the .ipynb file.")


def _no_notebook_of(where: str) -> SubmissionError:
    return SubmissionError("holds no notebook.", where=where, remedy="Ask the student for the .ipynb file.")


# -- several piles ---------------------------------------------------------------------------------------------------


def students_of_files(entries: Sequence[Entry], wanted: str) -> list[Group]:
    """Notebooks that were named one by one: the student is the file, or the folder where files are named after a task."""
    stems = [without_ending(entry.name) for entry in entries]
    pattern = pattern_of([entry.name for entry in entries], ())
    groups = []
    for entry, stem in zip(entries, stems, strict=True):
        handed = read_name(entry.name, pattern)
        parent = entry.path.absolute().parent.name
        if handed is not None:
            groups.append(Group(handed.student, (Candidate(entry, handed.file or entry.name, handed.attempt),)))
            continue
        same = {e.path.absolute().parent for e, other in zip(entries, stems, strict=True) if other == stem}
        of_task = plain_name(entry.name) == wanted or (
            len(same) > 1 and (len(same) > 2 or wanted in stem.lower() or _TASK_NAMES.fullmatch(stem) is not None)
        )
        groups.append(Group(parent if parent and of_task else stem, (Candidate(entry, entry.name),)))
    return groups


def one_for_each(groups: Iterable[Group], problems: list[SubmissionError]) -> Iterator[Group]:
    """One group for each student. Of several groups of one student the newest is graded; the others become problems."""
    by_key: dict[str, list[Group]] = {}
    for group in groups:
        by_key.setdefault(group.key, []).append(group)
    for key, same in by_key.items():
        same.sort(key=_age, reverse=True)
        yield same[0]
        for other in same[1:]:
            kept, left = same[0].notebooks[0].entry.where, other.notebooks[0].entry.where
            problems.append(
                SubmissionError(
                    f'"{key}" handed in twice; the newer one was graded: {kept}.',
                    where=left,
                    remedy="Remove the one that does not count.",
                )
            )


def _age(group: Group) -> tuple[Attempt, bool, float]:
    return max((c.attempt, c.entry.name.lower().endswith(".ipynb"), c.time) for c in group.notebooks)
