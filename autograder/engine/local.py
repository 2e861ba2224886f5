"""Workers on this machine: one process each, or none at all."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection
from typing import Any, Generic, ParamSpec, TypeVar

from autograder.engine.base import Died, Done, Item, Result, Worker
from autograder.errors import PlatformError

P = ParamSpec("P")
T = TypeVar("T")

ATTEMPTS = 3


@dataclass(frozen=True)
class LocalEngine:
    """Workers of this machine.

    jobs: how many workers run at once. A single worker runs in this process; several run in fresh processes of their
        own, which share no state with their parent.
    """

    jobs: int = 1

    def map(
        self, make_worker: Callable[[], Worker[Item, Result]], items: Sequence[Item]
    ) -> Iterator[Done[Item, Result] | Died[Item]]:
        """Yield results as they come. A worker that dies is replaced, and the items that were running are retried.

        A worker's death breaks its pool, which does not say which item the worker had. All items that were running are
        suspects and run again one at a time: this finds an item that kills workers, and no other item pays for it.
        """
        waiting, suspects = (
            deque(_Numbered(number, item) for number, item in enumerate(items)),
            deque[_Numbered[Item]](),
        )
        deaths = Counter[int]()
        while waiting or suspects:
            alone = bool(suspects)
            pool = _Pool(make_worker, 1 if alone else min(self.jobs, len(waiting)), apart=alone)
            window = 1 if alone or self.jobs == 1 else 4 * self.jobs
            try:
                in_hand = yield from _drain(pool, suspects if alone else waiting, window)
            finally:
                pool.close()
            for numbered in in_hand:
                deaths[numbered.number] += alone
                if deaths[numbered.number] == ATTEMPTS:
                    yield Died(numbered.item, PlatformError(f"the grading process died {ATTEMPTS} times"))
                else:
                    suspects.append(numbered)


@dataclass(frozen=True)
class _Numbered(Generic[Item]):
    """An item with its position, which distinguishes equal items.

    number: its position.
    item: the item itself.
    """

    number: int
    item: Item


def _drain(
    pool: _Pool[Item, Result], queue: deque[_Numbered[Item]], window: int
) -> Generator[Done[Item, Result] | Died[Item], None, list[_Numbered[Item]]]:
    """Run a queue until it is empty or the pool breaks.

    Returns the items that were running when the pool broke; those that had not begun stay in the queue.
    """
    running: dict[Future[Result], _Numbered[Item]] = {}
    in_hand: list[_Numbered[Item]] = []
    while True:
        while queue and not in_hand and len(running) < window:
            try:
                running[pool.submit(queue[0].item)] = queue[0]
            except BrokenProcessPool:
                if not running:  # otherwise the futures of running items report it, and these are the suspects
                    in_hand.append(queue.popleft())
                break
            queue.popleft()
        if not running:
            return in_hand
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            numbered = running.pop(future)
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                in_hand.append(numbered)
            elif isinstance(error, PlatformError):
                yield Died(numbered.item, error)
            elif error is not None:
                raise error  # a defect of ours or a wrong course, which every item would meet
            else:
                yield Done(numbered.item, future.result())


# -- pools -----------------------------------------------------------------------------------------------------------


class _Pool(Generic[Item, Result]):
    """Workers in processes, or one worker here.

    apart: use a process even for a single worker, so that its death does not end this process.
    """

    def __init__(self, make_worker: Callable[[], Worker[Item, Result]], jobs: int, *, apart: bool) -> None:
        self.here: _Lazy[Item, Result] | None = None
        self.executor: Executor
        if jobs > 1 or apart:
            self.executor = process_pool(jobs, _own.begin, (make_worker,))
        else:
            self.here, self.executor = _Lazy(make_worker), InlineExecutor()

    def submit(self, item: Item) -> Future[Result]:
        return self.executor.submit(self.here.run if self.here else _own.run, item)

    def close(self) -> None:
        self.executor.shutdown(cancel_futures=True)
        if self.here:
            self.here.close()


class _Lazy(Generic[Item, Result]):
    """A worker that is made on its first item, so that an error of making it is raised by that item.

    In a process's initialiser the same error would look like the death of the process.
    """

    def __init__(self, make_worker: Callable[[], Worker[Item, Result]]) -> None:
        self._make_worker = make_worker
        self._worker: Worker[Item, Result] | None = None

    def run(self, item: Item) -> Result:
        if self._worker is None:
            self._worker = self._make_worker()
        return self._worker.run(item)

    def close(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()


class _Own(threading.local):
    """The worker of a process that a pool started, found by the thread that runs the pool's functions.

    It is pickled by reference, so each process has its own.
    """

    worker: _Lazy[Any, Any]

    def begin(self, make_worker: Callable[[], Worker[Any, Any]]) -> None:
        """Initialise the process. Nothing here may fail: an error would look like the process's death."""
        self.worker = _Lazy(make_worker)
        atexit.register(self.worker.close)

    def run(self, item: Any) -> Any:
        return self.worker.run(item)

    def __reduce__(self) -> str:
        return "_own"  # a reference to the module's global: unpickled in another process, it is that process's own


_own = _Own()


class InlineExecutor(Executor):
    """Runs each job at once, in this process: for one worker, and for debugging."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def process_pool(jobs: int, initializer: Callable[..., None], initargs: tuple[Any, ...]) -> ProcessPoolExecutor:
    """`jobs` fresh processes, each initialised once, none of which outlives this one."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(initializer, *initargs))


def _begin(initializer: Callable[..., None], *initargs: Any) -> None:
    """Initialise a worker process, and have a thread end it when its parent ends, even if the parent was killed.

    The queue on which the worker waits does not tell: the worker itself holds its writing end, so it never reads an end
    of file.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:

        def end_with(sentinel: int) -> None:
            connection.wait([sentinel])
            os._exit(1)

        threading.Thread(target=end_with, args=(parent.sentinel,), daemon=True).start()
    _share_cores()
    initializer(*initargs)


def _share_cores() -> None:
    """Use batch scheduling, under which a process that wakes does not preempt one that runs.

    Workers and their guests exchange many messages, and every preemption costs both of them their caches. A guest does
    the same.
    """
    if sys.platform == "linux":
        with suppress(OSError):  # a container may forbid it
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
