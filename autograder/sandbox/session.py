"""The base class of sandboxes with one warm guest, which is started when it is needed and replaced when it is lost.

A provider implements `_start_guest`. It may override `_next_user`, `_image`, `_serves_again` and `_refusal`.
"""

from __future__ import annotations

import logging
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self

from autograder.errors import SandboxError, SandboxUnavailable, UsageError
from autograder.sandbox.cache import PackedCalls, ReplyCache
from autograder.sandbox.channel import Channel, ChildRefused, GuestLost, Late, Link
from autograder.sandbox.interface import (
    Cell,
    Execution,
    FunctionCall,
    Limits,
    PackedArgs,
    Program,
    SandboxInfo,
    Seen,
    Status,
    ignore,
)
from autograder.sandbox.run import ProgramRun

log = logging.getLogger(__name__)

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
GPU_SHARE = 0.9  # of a GPU's memory, for all guests on it: CUDA's own contexts take the rest
WARM_SECONDS = 180.0
FIRST_USER = 1 << 30
GPU_QUESTION = """
import torch
def gpus():
    found = [torch.cuda.get_device_properties(n) for n in range(torch.cuda.device_count())]
    return [f"{gpu.name}, {gpu.total_memory >> 20} MiB" for gpu in found]
"""


class GuestFailed(Exception):
    """A guest that could not be made ready; the message is the guest's."""


class GuestDied(GuestFailed):
    """A guest that died, or stayed silent, before it answered."""


class WarmSandbox(ABC):
    """A `Sandbox` with one warm guest.

    warm_imports: modules that the guest imports before the first child.
    device: "cpu", "cuda" or "auto".
    gpu_fraction: the share of a GPU's memory that this guest may use, for several guests on one GPU.
    walls_for: the device that the walls are made for, where it is not `device`: tests try those of a GPU without one.
    """

    provider = ""

    def __init__(
        self,
        *,
        warm_imports: Sequence[str] = WARM_IMPORTS,
        device: str = "cpu",
        gpu_fraction: float = GPU_SHARE,
        walls_for: str = "",
    ) -> None:
        if not 0 < gpu_fraction <= 1:
            raise UsageError(
                f"a GPU fraction of {gpu_fraction} makes no sense", remedy="Give a number above 0, up to 1."
            )
        self.warm_imports = tuple(warm_imports)
        self.device = device
        self.gpu_fraction = gpu_fraction
        self.walls_for = walls_for
        self._gpu_is_optional = device == "auto"
        self._gpus_seen = False
        self._channel: Channel | None = None
        self._info: SandboxInfo | None = None
        self._packed, self._answers = PackedCalls(), ReplyCache()
        self._children = 0
        self._user: int | None = None  # the user of the waiting child, or of the next one

    # -- what a provider gives -----------------------------------------------------------------------------------

    @abstractmethod
    def _start_guest(self) -> tuple[Channel, dict[str, Any]]:
        """A ready guest and its answer to the hello. Raises SandboxUnavailable or SandboxError."""

    def _next_user(self) -> int | None:
        """The user of the next child, where the guest may change users; None for the guest's own."""
        self._children += 1
        return FIRST_USER + self._children % (1 << 16)

    def _image(self) -> str:
        return ""

    def _serves_again(self, program: Program) -> bool:
        """Whether the guest may run another program after this one."""
        return True

    def _greet(
        self, link: Link, *, walls: str, namespaces: bool, scratch: str, hidden: str, **more: Any
    ) -> tuple[Channel, dict[str, Any]]:
        """Say hello over a fresh link. Kills the link and raises GuestFailed when the guest cannot be made ready.

        walls: "all"; "container" where a container isolates the files and Landlock may be missing; "none".
        namespaces: whether the guest makes namespaces of its own.
        scratch: the folder for scratch files.
        hidden: a folder that children must not read although it lies beside what they may; "" for none. A guest that
            does not find it does not start.
        more: further fields of the hello. `rehearse=False` skips the rehearsal, which takes a second or two and pays
            from the second child on.
        """
        hello = {
            "op": "hello",
            "walls": walls,
            "namespaces": namespaces,
            "device": self.device,
            "walls_for": self.walls_for or self.device,
            "gpu_fraction": self.gpu_fraction,
            "imports": list(self.warm_imports),
            "scratch": scratch,
            "hidden": hidden,
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
        """Start and warm the guest, and check that it sees a GPU where one is asked for; idempotent.

        Where a GPU was asked for only if there is one ("auto"), what keeps it from use is logged, and the CPU taken.
        """
        try:
            return self._start_and_look()
        except SandboxError as error:
            if not self._gpu_is_optional or self.device != "cuda":
                raise
            self._take_cpu()
            log.warning("grading on the CPU, because the GPU cannot be used: %s", error)
            return self._start()

    def _take_cpu(self) -> None:
        """Give up the GPU for good."""
        self.close()
        self.device = "cpu"

    def _start_and_look(self) -> SandboxInfo:
        info = self._start()
        if self.device == "cuda" and not self._gpus_seen:
            self._gpus_seen = True  # set first: the question is a run, which calls `start` again
            if not self.visible_gpus():
                self.close()
                self._gpus_seen = False
                raise SandboxUnavailable(
                    "the guest sees no GPU",
                    remedy="Check the driver, torch's build and, for docker, NVIDIA's Container Toolkit; or grade with --device cpu.",
                )
        return info

    def visible_gpus(self) -> tuple[str, ...]:
        """The GPUs that a child sees. A child is asked because the zygote must not initialise CUDA."""
        program = Program((Cell(GPU_QUESTION, "gpus", "provided"),), trusted=True)
        call = FunctionCall(0, "gpus", "gpus", PackedArgs(), repeat=1)
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
        """The walls that children have, as reported by a child that runs nothing."""
        probe = ProgramRun(Program(()), (), Limits(), self._packed, self._answers)
        try:
            probe.drive(channel, self._user)
            channel.kill(time.monotonic() + WARM_SECONDS)
        except ChildRefused as error:
            raise self._refusal(str(error)) from None
        except GuestLost as error:  # a death is no evidence that this machine cannot give the walls
            raise SandboxError(f"the guest died while it was started: {error}") from None
        return probe.walls

    def _refusal(self, reason: str) -> SandboxError:
        return SandboxError(f"a child cannot be started: {reason}")

    def run(self, program: Program, calls: Sequence[FunctionCall], limits: Limits, seen: Seen = ignore) -> Execution:
        """See `Sandbox.run`. A guest that is lost during the run is replaced once, and the run continues where it was.

        A child for the next run is requested before this returns, so that its walls are up when it is needed.
        """
        submission = ProgramRun(program, calls, limits, self._packed, self._answers, seen)
        try:
            for attempt in (1, 2):
                begun = time.monotonic()
                self.start()
                submission.deadline += time.monotonic() - begun  # starting a guest must not use up the student's time
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
        except BaseException:  # KeyboardInterrupt included: a guest in the middle of a run cannot be used again
            self.close()
            raise

    def _end_child(self, program: Program, limits: Limits) -> None:
        """End the child that ran a program, and have the next one forked if the guest may run another program.

        The fork is not waited for: the guest's replies are read when the child is needed.
        """
        assert self._channel is not None
        deadline = time.monotonic() + WARM_SECONDS
        if self._serves_again(program):
            self._user = self._next_user()
            self._channel.prepare(asdict(limits), self._user, deadline)
        else:
            self._channel.kill(deadline)

    def close(self) -> None:
        """Stop the guest and remove its files; idempotent."""
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
