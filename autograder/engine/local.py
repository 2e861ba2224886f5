"""Workers on this machine: one process each, or none at all."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class InlineExecutor(Executor):
    """Runs each job at once, in this process: for one worker, and for debugging."""

    def __init__(self, initializer: Callable[..., None] | None = None, initargs: tuple[Any, ...] = ()) -> None:
        if initializer is not None:
            initializer(*initargs)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def local_executor(
    jobs: int, initializer: Callable[..., None], initargs: tuple[Any, ...], *, apart: bool = False
) -> Executor:
    """`jobs` workers, each initialised once. A worker is a fresh process: it shares no state with its parent.

    apart: have a process also for a single worker, so that its death is not ours.
    """
    if jobs <= 1 and not apart:
        return InlineExecutor(initializer, initargs)
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(initializer, *initargs))


def _begin(initializer: Callable[..., None], *initargs: Any) -> None:
    """In a worker: end with the parent, even one that was killed; then begin.

    The worker itself holds the writing end of the queue on which it waits, so it would never hear of that.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:

        def end_with(sentinel: int) -> None:
            wait([sentinel])
            os._exit(1)

        threading.Thread(target=end_with, args=(parent.sentinel,), daemon=True).start()
    _share_cores()
    initializer(*initargs)


def _share_cores() -> None:
    """Let whoever works go on when another wakes: workers and their guests talk a lot, and a switch costs both their caches.

    A guest does the same.
    """
    if sys.platform == "linux":
        with suppress(OSError):  # a container may forbid it
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
