"""Which person of the course an id is, where an LMS numbers one person differently in each assignment.

Moodle numbers participants anew in each assignment: `Kim Minji_12` hands in the first one, `Kim Minji_47` the second.
Within an assignment the number is what tells two people of one name apart, and what Moodle knows them by, so reports
keep it. Over a course the roster says who they are: the one person on it who has the name. Without a roster, or where
two have the name, nobody is guessed: each id stays a student of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autograder.store.records import Person

_NUMBERED = re.compile(r"(?P<name>.*[^\W\d_].*)_\d{1,18}", re.DOTALL)


@dataclass(frozen=True)
class Identities:
    """Which person each student id is.

    persons: id made of a name and a number -> the id on the roster of the one person with that name.
    unknown: names that came with several numbers, and that no single person on the roster has.
    """

    persons: Mapping[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()

    def person(self, student: str) -> str:
        """Who this is over the course."""
        return self.persons.get(student, student)


def identities(students: Iterable[str], known: Mapping[str, Person]) -> Identities:
    """The persons behind these ids.

    students: ids as in the names of reports.
    known: everybody whom a roster has named, by id.
    """
    by_name: dict[str, set[str]] = defaultdict(set)
    for person in known.values():
        for spelling in _spellings(person.name):
            by_name[spelling].add(person.student)
    persons: dict[str, str] = {}
    unknown: dict[str, set[str]] = defaultdict(set)
    for student in set(students) - set(known):
        found = _NUMBERED.fullmatch(student)
        if found is None:
            continue
        same = set().union(*(by_name.get(spelling, set()) for spelling in _spellings(found["name"])))
        if len(same) == 1:
            persons[student] = same.pop()
        else:
            unknown[found["name"].replace("_", " ")].add(student)
    return Identities(persons, frozenset(name for name, ids in unknown.items() if len(ids) > 1))


def _spellings(name: str) -> set[str]:
    """A name as files may write it: case, blanks, underscores, composed or not, the family name first or last."""
    words = unicodedata.normalize("NFKC", name).replace("_", " ").replace(",", " ").casefold().split()
    return {"".join(words), "".join([*words[-1:], *words[:-1]]), "".join([*words[1:], *words[:1]])} - {""}
