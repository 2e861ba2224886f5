"""Rules of a course: from points to grades. Pure arithmetic in exact fractions, without files and without a clock."""

from autograder.rules.course import CourseGrade, course_grade
from autograder.rules.grade import Decided, Grade, Handed, Line, assignment_grade
from autograder.rules.policy import AssignmentRules, Group, Late, Rules

__all__ = [
    "AssignmentRules",
    "CourseGrade",
    "Decided",
    "Grade",
    "Group",
    "Handed",
    "Late",
    "Line",
    "Rules",
    "assignment_grade",
    "course_grade",
]
