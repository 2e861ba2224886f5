"""What every provider shares: a warm guest, started when needed, replaced when lost.

A provider says how to start one (`_launch`) and what surrounds it (`_hello`, `_isolation`); the rest is here.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

from autograder.errors import SandboxError, SandboxUnavailable
from autograder.sandbox.cache import PackedCalls, ReplyCache
from autograder.sandbox.channel import Channel, ChildRefused, GuestLost, Late, Link
from autograder.sandbox.interface import (
    Cell,
    Execution,
    FunctionCall,
    Limits,
    Program,
    SandboxInfo,
    Seen,
    Status,
    ignore,
)
from autograder.sandbox.run import ProgramRun

WARM_IMPORTS = (
    "numpy",
    "torch",
    "torch.nn.functional",
    "torch.optim",
    "torch.utils.data",
    "torch._dynamo",  # every optimiser imports it on its first step
    "matplotlib.pyplot",
    "tqdm",
)
WARM_SECONDS = 180.0
FIRST_USER = 1 << 30
GPU_QUESTION = """
import torch
def gpus():
    found = [torch.cuda.get_device_properties(n) for n in range(torch.cuda.device_count())]
    return [f"{gpu.name}, {gpu.total_memory >> 20} MiB" for gpu in found]
"""


class GuestFailed(Exception):
    """A guest that could not be made ready, in its own words."""


class GuestDied(GuestFailed):
    """A guest that was gone, or silent, before it said anything."""


class WarmSandbox(ABC):
    """A `Sandbox` around one warm guest."""

    provider = ""

    def __init__(self, *, warm_imports: Sequence[str] = WARM_IMPORTS, device: str = "cpu") -> None:
        self.warm_imports = tuple(warm_imports)
        self.device = device
        self._gpu_is_optional = device == "auto"
        self._gpus_seen = False
        self._channel: Channel | None = None
        self._info: SandboxInfo | None = None
        self._packed, self._answers = PackedCalls(), ReplyCache()
        self._children = 0
        self._user: int | None = None  # of the child that waits, or of the next one

    # -- what a provider gives -----------------------------------------------------------------------------------

    @abstractmethod
    def _start_guest(self) -> tuple[Channel, dict[str, Any]]:
        """A guest that is ready, and what it said. Raises SandboxUnavailable or SandboxError."""

    def _next_user(self) -> int | None:
        """The user that the next child becomes, where the guest may choose; None to stay what the guest is."""
        self._children += 1
        return FIRST_USER + self._children % (1 << 16)

    def _image(self) -> str:
        return ""

    def _serves_again(self, program: Program) -> bool:
        """Whether the guest that has run this program will run another one."""
        return True

    def _greet(
        self, link: Link, *, walls: str, namespaces: bool, scratch: str, **more: Any
    ) -> tuple[Channel, dict[str, Any]]:
        """Say hello over a fresh link. Kills it and raises GuestFailed when the guest cannot be made ready.

        walls: "all"; "container" where a container holds the files, and Landlock may be missing; "none". A rehearsal
        takes a second or two, and pays from the second child on: more may say rehearse=False.
        """
        hello = {
            "op": "hello",
            "walls": walls,
            "namespaces": namespaces,
            "device": self.device,
            "imports": list(self.warm_imports),
            "scratch": scratch,
            "rehearse": True,
            **more,
        }
        try:
            channel = Channel(link)
            reply = channel.hello(hello, time.monotonic() + WARM_SECONDS)
            if reply.get("op") != "ready":
                raise GuestFailed(str(reply.get("reason", "no reason given")))
            return channel, reply
        except (GuestLost, Late) as error:
            link.kill()
            reason = "it did not get warm in time" if isinstance(error, Late) else str(error)
            raise GuestDied(f"{reason} {link.diagnosis()}".strip()) from None
        except BaseException:
            link.kill()
            raise

    # -- the interface -------------------------------------------------------------------------------------------

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> SandboxInfo:
        """Start and warm the guest, and see that a GPU is there where one is asked for; idempotent."""
        info = self._start()
        if self.device == "cuda" and not self._gpus_seen:
            self._gpus_seen = True  # asked once; and the question is a run, which comes through here
            if not self.visible_gpus():
                self.close()
                self._gpus_seen = False
                if not self._gpu_is_optional:
                    raise SandboxUnavailable(
                        "the guest sees no GPU",
                        remedy="Check the driver, torch's build and, for docker, NVIDIA's Container Toolkit; or grade with --device cpu.",
                    )
                self.device = "cpu"
                return self._start()
        return info

    def visible_gpus(self) -> tuple[str, ...]:
        """The GPUs as a child sees them: it asks in one, as the zygote must not initialise CUDA."""
        program = Program((Cell(GPU_QUESTION, "gpus", "provided"),), trusted=True)
        call = FunctionCall(0, "gpus", "gpus", (), repeat=1)
        (outcome,) = WarmSandbox.run(self, program, [call], Limits()).outcomes
        found = outcome.value if outcome.status is Status.RETURNED else ()
        return tuple(map(str, found)) if isinstance(found, (list, tuple)) else ()

    def _start(self) -> SandboxInfo:
        if self._channel is None or self._info is None:
            channel, ready = self._start_guest()
            self._channel = channel
            self._user = self._next_user()
            try:
                walls = self._probe(channel)
            except BaseException:
                self.close()
                raise
            self._info = SandboxInfo(
                provider=self.provider,
                python=ready["python"],
                numpy=ready["numpy"],
                torch=ready["torch"],
                device=self.device,
                isolation=(*ready["namespaces"], *walls),
                image=self._image(),
            )
        return self._info

    def _probe(self, channel: Channel) -> tuple[str, ...]:
        """The walls that a child really puts up: seen in one that runs nothing."""
        probe = ProgramRun(Program(()), (), Limits(), self._packed, self._answers)
        try:
            probe.drive(channel, self._user)
            channel.kill(time.monotonic() + WARM_SECONDS)
        except ChildRefused as error:
            raise self._refusal(str(error)) from None
        except GuestLost as error:  # it died, which says nothing about this machine
            raise SandboxError(f"the guest died while it was started: {error}") from None
        return probe.walls

    def _refusal(self, reason: str) -> SandboxError:
        return SandboxError(f"a child cannot be started: {reason}")

    def run(self, program: Program, calls: Sequence[FunctionCall], limits: Limits, seen: Seen = ignore) -> Execution:
        """See `Sandbox.run`. A guest that is lost on the way is replaced once, and the run goes on where it was.

        The next run's child is begun before this returns: it has its walls up by the time it is needed.
        """
        submission = ProgramRun(program, calls, limits, self._packed, self._answers, seen)
        try:
            for attempt in (1, 2):
                begun = time.monotonic()
                self.start()
                submission.deadline += time.monotonic() - begun  # our time, not the student's
                assert self._channel is not None
                try:
                    submission.drive(self._channel, self._user)
                    self._end_child(program, limits)
                    return submission.execution()
                except GuestLost as error:
                    reason = f"guest lost: {error} {self._channel.link.diagnosis()}".strip()
                    self.close()
                    submission.events.append(reason)
                    if attempt == 2:
                        submission.give_up(reason)
            return submission.execution()
        except BaseException:  # KeyboardInterrupt among them: a guest in the middle of a run is of no further use
            self.close()
            raise

    def _end_child(self, program: Program, limits: Limits) -> None:
        """Order the end of the child that ran a program, and the next one; how they do is seen when that is needed."""
        assert self._channel is not None
        deadline = time.monotonic() + WARM_SECONDS
        if self._serves_again(program):
            self._user = self._next_user()
            self._channel.prepare(asdict(limits), self._user, deadline)
        else:
            self._channel.kill(deadline)

    def close(self) -> None:
        """Stop the guest and remove what it left; idempotent."""
        channel, self._channel, self._info = self._channel, None, None
        if channel is not None:
            channel.link.kill()


ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "CUBLAS_WORKSPACE_CONFIG": ":4096:8",
    "MPLBACKEND": "Agg",
    "USER": "student",
    "LOGNAME": "student",
}
