"""Reports as plain JSON, for tests that spoil one or look for a key: the report's own functions on dicts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from autograder import report
from autograder.grading.findings import Findings
from autograder.report.schema import Report
from autograder.report.summary import Summary

Json = dict[str, Any]


def report_data(findings: Findings) -> Json:
    return json.loads(report.build_report(findings).to_json())


def typed(data: Mapping[str, Any]) -> Report:
    return msgspec.convert(data, Report)


def student_html(data: Mapping[str, Any], language: str) -> str:
    return report.student_html(typed(data), language)


def summary(data: Mapping[str, Any]) -> Json:
    return msgspec.to_builtins(report.summary(typed(data)))


def summaries(entries: Iterable[Mapping[str, Any]]) -> list[Summary]:
    return [msgspec.convert(entry, Summary) for entry in entries]


def write_grades_csv(entries: Iterable[Mapping[str, Any]], *more: Any) -> str:
    return report.write_grades_csv(summaries(entries), *more)


def staff_index(entries: Iterable[Mapping[str, Any]], **more: Any) -> str:
    return report.staff_index(summaries(entries), **more)
