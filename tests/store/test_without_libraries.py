"""A course without a store needs none of its libraries; one with a store says what is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.paths import ROOT
from tests.records.test_gradebook import COURSE

OUT_OF_REACH = "import sys; sys.modules.update(dict.fromkeys(('sqlalchemy', 'alembic', 'psycopg')))\n"


def python(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", OUT_OF_REACH + code, *words], cwd=ROOT, capture_output=True, text=True, timeout=120
    )


def test_everything_can_be_imported_without_them() -> None:
    names = "api cli.main cli.records cli.staff cli.again records.pages records.insight records.status pipeline.regrade"
    done = python("\n".join(f"import autograder.{name}" for name in names.split()))
    assert done.returncode == 0, done.stderr


def test_a_course_with_a_store_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "course.yml").write_text(COURSE, encoding="utf-8")
    done = python("from autograder.cli.main import main; main()", "status", "--course", str(tmp_path))
    assert done.returncode == 4
    assert "a store needs sqlalchemy and alembic" in done.stderr
    assert "pip install 'deep-autograder[store]'" in done.stderr
    assert "Traceback" not in done.stderr
