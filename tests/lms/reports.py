"""Signed reports of a small class, without grading anybody."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from autograder.pipeline.class_run import folder_store
from autograder.report.schema import Report
from tests.paths import ROOT

SECRET = b"a secret for these tests alone"
SLUG = "10-mini"


def make_course(root: Path) -> Path:
    """The course of the tests, with its seed."""
    shutil.copytree(ROOT / "tests" / "fixtures" / "course", root)
    (root / "seed").write_bytes(SECRET)
    return root


def make_reports(folder: Path, scores: Mapping[str, float | None], *, slug: str = SLUG, points: float = 100) -> Path:
    """A folder as `grade --out` leaves it. score: None for a submission that could not be read."""
    store = folder_store(folder, SECRET)
    store.prepare(slug)
    for student, score in scores.items():
        store.put(report(student, score, slug, points).signed(SECRET), None)
    return folder


def report(student: str, score: float | None, slug: str, points: float) -> Report:
    unread = score is None
    return msgspec.convert(
        {
            "schema": "autograder.report/1",
            "assignment": {"slug": slug, "title": {"ko": "작은 과제", "en": "A mini assignment"}},
            "student": student,
            "submitted": None,
            "status": "unreadable" if unread else "graded",
            "score": score,
            "max_score": None if unread else points,
            "problem": {"ko": "빈 파일", "en": "an empty file"} if unread else None,
            "notes": [],
            "cells": [],
            "tasks": [],
            "staff": {"events": [], "forbidden": []},
            "provenance": {
                "content_hash": "0" * 64,
                "assignment_fingerprint": "",
                "seed_id": "",
                "autograder": "0",
                "sandbox": {},
                "graded_at": "2027-05-11T00:00:00+00:00",
                "device": "cpu",
                "name": "hw.ipynb",
            },
            "seconds": 0.1,
        },
        Report,
    )
