"""Reports: what students and staff read about graded submissions."""

from autograder.report.build import build_report
from autograder.report.grades_csv import write_grades_csv
from autograder.report.html import student_html
from autograder.report.schema import Report, read_report
from autograder.report.staff import staff_index
from autograder.report.summary import Summary, summary

__all__ = [
    "Report",
    "Summary",
    "build_report",
    "read_report",
    "staff_index",
    "student_html",
    "summary",
    "write_grades_csv",
]
