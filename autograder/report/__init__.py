"""Reports: what students and staff read about a graded submission."""

from autograder.report.data import report_data, summary
from autograder.report.html import student_html
from autograder.report.staff import staff_index
from autograder.report.table import write_grades_csv

__all__ = ["report_data", "staff_index", "student_html", "summary", "write_grades_csv"]
