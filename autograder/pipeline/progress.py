"""Progress of long work: a bar with counts, rate and time left on a terminal; a few plain lines when piped."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

LINES = 10


class Progress:
    """`with Progress("grading", 800) as p: p.advance(1)`. Writes to stderr: stdout is for results."""

    def __init__(self, what: str, total: int) -> None:
        self.what = what
        self.total = total
        self.done = 0
        self.started = time.monotonic()
        self.bar: Any = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from tqdm import tqdm

            self.bar = tqdm(total=self.total, desc=self.what, unit="submission", dynamic_ncols=True)
        return self

    def advance(self, count: int = 1) -> None:
        before, self.done = self.done, self.done + count
        if self.bar is not None:
            self.bar.update(count)
        elif self.total and (before * LINES // self.total != self.done * LINES // self.total):
            rate = self.done / max(time.monotonic() - self.started, 1e-9)
            left = (self.total - self.done) / max(rate, 1e-9)
            print(
                f"{self.what}: {self.done}/{self.total}, {rate:.1f}/s, {left:.0f} s left", file=sys.stderr, flush=True
            )

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.close()
