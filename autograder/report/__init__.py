"""Reports: what students and staff read about a graded submission."""

from autograder.report.build import report_data, summary
from autograder.report.grades_csv import write_grades_csv
from autograder.report.html import student_html
from autograder.report.staff import staff_index

__all__ = ["report_data", "staff_index", "student_html", "summary", "write_grades_csv"]
