"""What the library logs, as lines on stderr: notes as they are, warnings and errors after the program's name.

Results go to stdout and are no log. The library itself only logs; without this handler its records go where the program
that uses it sends them.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from autograder.cli.options import say

LIBRARY = "autograder"


class Lines(logging.Handler):
    """Writes each line once: several sandboxes of one command may log the same."""

    def __init__(self) -> None:
        super().__init__()
        self._written: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        text = self.format(record)
        line = f"autograder: {text}" if record.levelno >= logging.WARNING else text
        if line not in self._written:
            self._written.add(line)
            say(line.replace("\n", "\n    "), err=True)


@contextmanager
def shown(level: str) -> Iterator[None]:
    """Shows what the library logs at this level or above, while a command runs."""
    logger = logging.getLogger(LIBRARY)
    handler, before = Lines(), logger.level
    logger.addHandler(handler)
    logger.setLevel(level.upper())
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
