"""A cache of what misconceptions, mutants and reference give, shared by the workers of a class and by later runs.

The first worker that asks for a misconception takes its file lock, runs it and writes the result. The others run those
that are not locked and read the rest. A lock dies with its worker, so a crash costs one re-run.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from autograder.guest import wire
from autograder.sandbox.interface import ErrorInfo, Outcome, Status
from autograder.store import liveness

try:
    import fcntl
except ImportError:  # no POSIX, no locks: every worker runs every misconception
    fcntl = None  # type: ignore[assignment]

Outcomes = Mapping[int, Outcome]


class SharedBank:
    """A folder of outcomes by key. A key is safe as a file's name, and covers everything that the outcomes depend on.

    A folder that fails (full, removed) costs time only: what cannot be shared is computed again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for half in folder.glob("*.half"):
                if liveness.is_dead(half.name.removesuffix(".half").rpartition(".")[2]):
                    half.unlink(missing_ok=True)

    def recall(self, key: str) -> bytes | None:
        """The content kept under a key, or None."""
        with suppress(OSError):
            return (self.folder / key).read_bytes()
        return None

    def outcomes(self, key: str) -> Outcomes:
        """The outcomes kept under a key; none where there are none, or none that can be read."""
        content = self.recall(key)
        with suppress(ValueError, LookupError, TypeError, struct.error):
            return _read(io.BytesIO(content or b"").read)
        return {}

    def keep(self, key: str, content: bytes | None) -> None:
        """Keep content under a key, whole or not at all; None is not kept."""
        if content is None:
            return
        half = self.folder / f"{key}.{liveness.mark()}.half"
        with suppress(OSError):
            with open(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(content)
            os.replace(half, self.folder / key)

    def once(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The content of a key, made by this worker or by another one, while the others wait for it."""
        with self._turn(key, wait=True):
            known = self.recall(key)
            if known is None:
                known = make()
                self.keep(key, known)
            return known

    def collect(self, makers: Mapping[str, Callable[[], Outcomes]]) -> dict[str, Outcomes]:
        """The outcomes of every key, computed by this worker or by another one."""
        found: dict[str, Outcomes] = {}
        for wait in (False, True):  # first the keys that no other worker has locked, then the others
            for key, make in makers.items():
                if key not in found:
                    with self._turn(key, wait) as ours:
                        if ours:
                            found[key] = self._get(key, make)
        return {key: found[key] for key in makers}

    @contextmanager
    def _turn(self, key: str, wait: bool) -> Iterator[bool]:
        """Take the lock of a key; yields whether this worker has it. Where locks do not work, every worker counts as having it.

        wait: block until the lock is free.
        """
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
        with suppress(OSError, ValueError, LookupError, TypeError, struct.error), open(path, "rb") as file:
            return _read(file.read)  # a file that cannot be read is made again
        outcomes = make()
        with suppress(wire.WireError):
            self.keep(key, _frame(outcomes))
        return outcomes


def _frame(outcomes: Outcomes) -> bytes:
    """The outcomes as bytes, reduced to what `same_outcome` compares."""
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
