"""What the known mistakes of an assignment give, on a shelf that all workers of one class share.

Each mistake is run by whichever worker comes to it first. The others meanwhile run those that nobody is at, and take the
rest from the shelf: two workers that need the same bank have it in half the time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from autograder.guest import wire
from autograder.sandbox.interface import ErrorInfo, Outcome, Status

try:
    import fcntl
except ImportError:  # no POSIX: every worker runs its own
    fcntl = None  # type: ignore[assignment]

Outcomes = Mapping[int, Outcome]


class Shelf:
    """A folder of outcomes by key. A key is safe as a file's name. Whoever dies at one leaves it to the next.

    A folder that fails (full, gone) costs time and nothing else: what cannot be shared is made again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def collect(self, makers: Mapping[str, Callable[[], Outcomes]]) -> dict[str, Outcomes]:
        """The outcomes of every key, made here or elsewhere."""
        found: dict[str, Outcomes] = {}
        for wait in (False, True):  # first what nobody is at
            for key, make in makers.items():
                if key not in found:
                    with self._turn(key, wait) as ours:
                        if ours:
                            found[key] = self._get(key, make)
        return {key: found[key] for key in makers}

    @contextmanager
    def _turn(self, key: str, wait: bool) -> Iterator[bool]:
        """Whether nobody else is at this key, nor will be while this lasts."""
        with ExitStack() as held:
            try:
                lock = held.enter_context(open(self.folder / f"{key}.lock", "ab"))
                if fcntl is not None:
                    fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
                free = True
            except BlockingIOError:
                free = False
            except OSError:
                free = True
            yield free

    def _get(self, key: str, make: Callable[[], Outcomes]) -> Outcomes:
        path = self.folder / key
        with suppress(OSError), open(path, "rb") as file:
            return _read(file.read)
        outcomes = make()
        half = path.with_name(f"{key}.half")
        with suppress(OSError, wire.WireError):
            half.write_bytes(_frame(outcomes))
            os.replace(half, path)
        return outcomes


def _frame(outcomes: Outcomes) -> bytes:
    """As much of each as tells whether another outcome is the same."""
    entries: list[dict[str, Any]] = []
    payload: list[bytes] = []
    for outcome in outcomes.values():
        spec, buffers = wire.pack((outcome.value, outcome.gradient))
        payload += buffers
        entries.append(
            {
                "id": outcome.id,
                "status": outcome.status.value,
                "values": spec,
                "count": len(buffers),
                "error": outcome.error.type_name if outcome.error else None,
                "gradient_error": outcome.gradient_error.type_name if outcome.gradient_error else None,
            }
        )
    return wire.frame({"outcomes": entries}, payload)


def _read(read: Callable[[int], bytes]) -> Outcomes:
    header, buffers = wire.read_frame(read)
    found: dict[int, Outcome] = {}
    for entry in header["outcomes"]:
        mine, buffers = buffers[: entry["count"]], buffers[entry["count"] :]
        values: Any = wire.unpack(entry["values"], mine)
        found[entry["id"]] = Outcome(
            entry["id"],
            Status(entry["status"]),
            values[0],
            gradient=values[1],
            error=_error(entry["error"]),
            gradient_error=_error(entry["gradient_error"]),
        )
    return found


def _error(type_name: str | None) -> ErrorInfo | None:
    return None if type_name is None else ErrorInfo(type_name, "")


__all__ = ["Shelf"]
