"""Auto-graded deep-learning courses: notebooks in, grades and reasons out.

The names of `__all__` are the library's public interface (docs/api.md); each is imported when it is first used, so that
`import autograder` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.api import LoadedCourse, SubmissionGrader, grade_class, load_course
    from autograder.engine import Died, Done, Engine, LocalEngine
    from autograder.errors import AutograderError, PlatformError
    from autograder.pipeline.class_run import BatchResult
    from autograder.report import Report, Summary, read_report
    from autograder.sandbox import open_sandbox
    from autograder.sandbox.fake import FakeSandbox
    from autograder.sandbox.interface import Sandbox
    from autograder.store.base import Store
    from autograder.store.folder import FolderStore

__version__ = "0.1.0"

_HOMES = {
    "AutograderError": "autograder.errors",
    "BatchResult": "autograder.pipeline.class_run",
    "LoadedCourse": "autograder.api",
    "Died": "autograder.engine",
    "Done": "autograder.engine",
    "Engine": "autograder.engine",
    "FakeSandbox": "autograder.sandbox.fake",
    "FolderStore": "autograder.store.folder",
    "SubmissionGrader": "autograder.api",
    "LocalEngine": "autograder.engine",
    "PlatformError": "autograder.errors",
    "Report": "autograder.report",
    "Sandbox": "autograder.sandbox.interface",
    "Store": "autograder.store.base",
    "Summary": "autograder.report",
    "grade_class": "autograder.api",
    "load_course": "autograder.api",
    "open_sandbox": "autograder.sandbox",
    "read_report": "autograder.report",
}

__all__ = [
    "AutograderError",
    "BatchResult",
    "Died",
    "Done",
    "Engine",
    "FakeSandbox",
    "FolderStore",
    "LoadedCourse",
    "LocalEngine",
    "PlatformError",
    "Report",
    "Sandbox",
    "Store",
    "SubmissionGrader",
    "Summary",
    "__version__",
    "grade_class",
    "load_course",
    "open_sandbox",
    "read_report",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'autograder' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
