"""Progress of long work: a bar with counts, rate and time left on a terminal; a few lines of the log when piped."""

from __future__ import annotations

import logging
import sys
import time
from types import TracebackType
from typing import Any

LINES = 10
log = logging.getLogger(__name__)


class Progress:
    """`with Progress("grading") as p: p.update(done, total)`.

    Shown where the log shows level INFO, the bar as well: `--quiet` hides both.
    """

    def __init__(self, what: str) -> None:
        self.what = what
        self.done = 0
        self.started = time.monotonic()
        self.bar: Any = None

    def __enter__(self) -> Progress:
        return self

    def update(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done. A call with 0 done starts the clock."""
        before, self.done = self.done, done
        if done == 0:
            self.started = time.monotonic()
        if not log.isEnabledFor(logging.INFO):
            return
        if sys.stderr.isatty():
            if self.bar is None:
                from tqdm import tqdm

                self.bar = tqdm(total=total, desc=self.what, unit="submission", dynamic_ncols=True)
            self.bar.update(done - before)
        elif total and before * LINES // total != done * LINES // total:
            rate = done / max(time.monotonic() - self.started, 1e-9)
            left = (total - done) / max(rate, 1e-9)
            log.info("%s: %d/%d, %.1f/s, %.0f s left", self.what, done, total, rate, left)

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.close()
