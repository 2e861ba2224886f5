"""The gradebook: what the attempts, decisions and rules of a course come to for every student."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction

from autograder.course.schedule import Course
from autograder.records.identity import Identities, identities
from autograder.rules import AssignmentRules, CourseGrade, Decided, Grade, Handed, Rules, course_grade
from autograder.rules.clock import Span
from autograder.rules.grade import NOTHING
from autograder.rules.numbers import exact
from autograder.rules.written import read_assignment_rules, read_rules
from autograder.store.database import Database
from autograder.store.records import Attempt, Decision, Person, attempts, decisions, people, rosters


@dataclass(frozen=True)
class Gradebook:
    """All grades of a course.

    rules: of the course.
    assignments: those that have grades, in the order of their deadlines.
    students: everybody on a roster or with an attempt, by id.
    grades: by student.
    unlisted: who handed in something and stands on no roster, where there is one.
    identities: which person each numbered id of an LMS is.
    ids: the ids under which something was handed in, by assignment.
    """

    rules: Rules
    assignments: Sequence[AssignmentRules]
    students: Mapping[str, Person]
    grades: Mapping[str, CourseGrade]
    unlisted: frozenset[str] = frozenset()
    identities: Identities = field(default_factory=Identities)
    ids: Mapping[str, AbstractSet[str]] = field(default_factory=dict)

    def of(self, student: str) -> CourseGrade | None:
        """The grades of whoever has handed in under this id."""
        return self.grades.get(self.identities.person(student))


def gradebook(course: Course, database: Database, now: datetime) -> Gradebook:
    """The grades of everybody at this moment."""
    handed: dict[str, dict[str, list[Attempt]]] = {}
    points: dict[str, tuple[str, float]] = {}
    known, listed = people(database), rosters(database)
    everything = list(attempts(database))
    who = identities((attempt.student for attempt in everything), known)
    ids: dict[str, set[str]] = {}
    for attempt in everything:
        ids.setdefault(attempt.slug, set()).add(attempt.student)
        handed.setdefault(who.person(attempt.student), {}).setdefault(attempt.slug, []).append(attempt)
        if attempt.max_score is not None and attempt.at >= points.get(attempt.slug, ("", 0))[0]:
            points[attempt.slug] = (attempt.at, attempt.max_score)
    rules = read_rules(course.rules)
    ruled = assignment_rules(course, {slug: exact(most) for slug, (_, most) in points.items()})
    enrolled = set().union(*listed.values()) if listed else set()
    students = {name: known.get(name, Person(name)) for name in sorted({*enrolled, *handed})}
    decided = _decided(decisions(database), who)
    teams = _teams(students)
    grades = {}
    for student, person in students.items():
        mine = {
            one.slug: _attempts(one, handed, teams.get(person.team, [student]) if one.team else [student], course)
            for one in ruled
        }
        grades[student] = course_grade(rules, ruled, mine, decided.get(student, {}), now)
    unlisted = frozenset(set(handed) - enrolled) if enrolled else frozenset()
    return Gradebook(rules, ruled, students, grades, unlisted, who, ids)


def grades_to_give(course: Course, database: Database, slug: str, now: datetime) -> Mapping[str, Grade]:
    """The grades of one assignment to give to other tools, by student. Who handed in nothing has none, unless held."""
    book = gradebook(course, database, now)
    ids = book.ids.get(slug, set()) & book.identities.persons.keys()
    renamed = {book.identities.person(student) for student in ids}
    found = {student: book.of(student) for student in sorted(ids | book.grades.keys() - renamed)}
    graded = {student: mine.grades[slug] for student, mine in found.items() if mine is not None and slug in mine.grades}
    return {student: grade for student, grade in graded.items() if grade.held or grade.state not in ("missing", "open")}


def assignment_rules(course: Course, points: Mapping[str, Fraction]) -> list[AssignmentRules]:
    """The rules of every assignment that has grades. One without any does not count yet."""
    ruled = [
        read_assignment_rules(
            slug, course.rules, entry.rules, due=entry.due, weight=entry.weight, points=points.get(slug, Fraction(0))
        )
        for slug, entry in course.schedule.items()
        if slug in points
    ]
    return sorted(ruled, key=lambda one: (one.due.timestamp(), one.slug))


def _attempts(
    rules: AssignmentRules,
    handed: Mapping[str, Mapping[str, Sequence[Attempt]]],
    members: Sequence[str],
    course: Course,
) -> list[Handed]:
    """The attempts of a student or a team, in the order in which they came; a student's current one is last."""
    found = [attempt for member in members for attempt in handed.get(member, {}).get(rules.slug, ())]
    found.sort(key=lambda one: (one.current if len(members) == 1 else True, _moment(one, course), one.at))
    return [
        Handed(
            submitted=datetime.fromisoformat(one.submitted) if one.submitted else None,
            score=exact(one.score) if one.score is not None else None,
            pending=one.status == "pending",
        )
        for one in found
    ]


def _moment(attempt: Attempt, course: Course) -> float:
    return datetime.fromisoformat(attempt.submitted).timestamp() if attempt.submitted else 0.0


def _teams(students: Mapping[str, Person]) -> dict[str, list[str]]:
    teams: dict[str, list[str]] = {}
    for student, person in students.items():
        if person.team:
            teams.setdefault(person.team, []).append(student)
    return teams


def _decided(rows: Sequence[Decision], who: Identities) -> dict[str, dict[str, Decided]]:
    """What was decided on each person's work, by slug."""
    found: dict[str, dict[str, Decided]] = {}
    for row in rows:
        mine = found.setdefault(who.person(row.student), {})
        before = mine.get(row.slug, NOTHING)
        if row.kind == "score":
            mine[row.slug] = replace(before, score=exact(row.value), reason=row.reason)
        elif row.kind == "extension":
            mine[row.slug] = replace(before, extension=stored_span(row.value))
        elif row.kind == "excused":
            mine[row.slug] = replace(before, excused=True)
        else:
            mine[row.slug] = replace(before, held=True)
    return found


def stored_span(value: str) -> Span:
    """The span of an extension that the store keeps as text: days and seconds, with a blank between."""
    days, seconds = value.split(" ")
    return Span(int(days), timedelta(seconds=int(seconds)))


def span_to_store(span: Span) -> str:
    """The text of a span, as `stored_span` reads it."""
    return f"{span.days} {int(span.time.total_seconds())}"
