"""The self-contained form of a notebook: checker and visible cases inside, one file, for Colab.

    single/10-gcn/gcn.ko.ipynb

Where there is a checker.py, beside the notebook or in grading, its first cell imports that one; it unpacks its own only
where there is none.
"""

from __future__ import annotations

import base64
import io
import json
import textwrap
import zipfile
from collections.abc import Mapping
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.errors import StorageError
from autograder.i18n import Text
from autograder.release.publish import VISIBLE, released_files
from autograder.release.visible_cases import Expected

_EPOCH = (1980, 1, 1, 0, 0, 0)
_SETUP = Text(
    '''\
# @title Run this cell first. It brings the checker and the visible cases.
try:
    from checker import check, ready
except ImportError:
    import base64
    import io
    import sys
    import tempfile
    import zipfile

    FILES = """
{files}
"""
    folder = tempfile.mkdtemp(prefix="checker-")
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(FILES))) as packed:
        packed.extractall(folder, [name for name in packed.namelist() if not name.startswith("data/")])
        packed.extractall(".", [name for name in packed.namelist() if name.startswith("data/")])
    sys.path.insert(0, folder)
    from checker import check, ready
check.language = "{language}"''',
    '''\
# @title 이 셀을 가장 먼저 실행하세요. 채점기와 공개 예시가 들어 있습니다.
try:
    from checker import check, ready
except ImportError:
    import base64
    import io
    import sys
    import tempfile
    import zipfile

    FILES = """
{files}
"""
    folder = tempfile.mkdtemp(prefix="checker-")
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(FILES))) as packed:
        packed.extractall(folder, [name for name in packed.namelist() if not name.startswith("data/")])
        packed.extractall(".", [name for name in packed.namelist() if name.startswith("data/")])
    sys.path.insert(0, folder)
    from checker import check, ready
check.language = "{language}"''',
)


def write_single(assignment: Assignment, folder: Path, expected: Expected) -> list[Path]:
    """Write the self-contained notebooks of an assignment into `folder`, one for each language. Returns their paths."""
    files = released_files(assignment, expected)
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for language in assignment.languages:
            name = f"{assignment.notebook}.{language}.ipynb"
            (folder / name).write_bytes(single_notebook(files[name], language, files))
            written.append(folder / name)
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(folder)) from None
    return written


def single_notebook(notebook: bytes, language: str, files: Mapping[str, bytes]) -> bytes:
    """A released notebook whose first cell holds the checker, the visible cases and the data. The same bytes every time.

    files: all released files, by name.
    """
    book = json.loads(notebook)
    (setup,) = [cell for cell in book["cells"] if cell["metadata"]["autograder"]["role"] == "setup"]
    needed = {name: content for name, content in files.items() if _is_needed(name)}
    packed = textwrap.fill(base64.b64encode(_zipped(needed)).decode(), 120)
    setup["source"] = _SETUP.in_language(language).format(files=packed, language=language).splitlines(keepends=True)
    setup["metadata"] |= {"cellView": "form", "jupyter": {"source_hidden": True}}  # Colab's word and JupyterLab's
    return (json.dumps(book, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _is_needed(name: str) -> bool:
    return name in ("checker.py", VISIBLE) or name.startswith("data/")


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
