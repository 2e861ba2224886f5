"""A table of grades inside a zip, as Sakai gives it and takes it back: `<assignment>/grades.csv`."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from autograder.errors import SubmissionError, UsageError
from autograder.lms.table import Table, parse_table, read_table
from autograder.submissions.archive import list_zip

NAME = "grades.csv"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # of every member: the same grades give the same zip


def read_bundled(path: Path, encoding: str | None = None) -> tuple[Table, str]:
    """(the table, its name in the zip); the name is "" where the file is no zip. Raises UsageError as `read_table`."""
    if not zipfile.is_zipfile(path):
        return read_table(path, encoding), ""
    try:
        found = [entry for entry in list_zip(path).entries if entry.name == NAME]
        content = found[0].read() if len(found) == 1 else b""
    except SubmissionError as error:
        raise UsageError(error.message, where=error.where, remedy=error.remedy) from None
    if len(found) != 1:
        raise UsageError(
            f"holds {len(found) or 'no'} files {NAME}",
            where=str(path),
            remedy="In Sakai: the assignment, Download All, and tick the grade file as CSV.",
        )
    name = "/".join(found[0].parts)
    return parse_table(path / name, content, encoding), name


def bundled(content: bytes, name: str) -> bytes:
    """A zip that holds this table and nothing else."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name, _MOMENT)
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
        archive.writestr(info, content)
    return buffer.getvalue()
