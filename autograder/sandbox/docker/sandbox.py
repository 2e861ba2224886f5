"""A sandbox of containers: the engine isolates the guest, and the guest's own walls isolate each child.

In warm mode one container serves a whole class. In fresh mode each submission gets a container that has not run a
submission before; the next container starts and imports torch while this one grades.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from typing import Any

from autograder.errors import PlatformError, SandboxError, SandboxUnavailable
from autograder.sandbox.channel import Channel
from autograder.sandbox.docker.engine import BUILD, DockerEngine, connect, find_image, remove_leftovers
from autograder.sandbox.docker.link import SCRATCH, WALLS, DockerLink, Shape
from autograder.sandbox.interface import Execution, FunctionCall, Limits, Program, Seen, ignore
from autograder.sandbox.pythons import image_tag
from autograder.sandbox.session import FIRST_USER, GPU_SHARE, WARM_IMPORTS, GuestFailed, WarmSandbox

Guest = tuple[Channel, dict[str, Any]]


class DockerSandbox(WarmSandbox):
    """The provider "docker".

    image: a tag made by `autograder image build`; by default the one for the device and the Python.
    python: the version that the course chooses, such as "3.12".
    fresh: whether each run of a program that is not trusted gets a new container.
    gpus: the GPUs that the container gets, "all" or device numbers such as "0,1".
    device: "cpu"; "cuda" passes GPUs to the container and refuses to start without one; "auto" uses what there is.
    gpu_fraction: the share of a GPU's memory that one guest may use, for several guests on one GPU.
    walls_for: as for `WarmSandbox`.
    warm_imports: modules that the guest imports before the first child.
    """

    provider = "docker"

    def __init__(
        self,
        *,
        image: str = "",
        python: str | None = None,
        fresh: bool = False,
        gpus: str = "",
        device: str = "cpu",
        gpu_fraction: float = GPU_SHARE,
        walls_for: str = "",
        warm_imports: Sequence[str] = WARM_IMPORTS,
    ) -> None:
        super().__init__(warm_imports=warm_imports, device=device, gpu_fraction=gpu_fraction, walls_for=walls_for)
        self.image = image
        self.python = python
        self.fresh = fresh
        self.gpus = gpus
        self._engine: DockerEngine | None = None
        self._shape: Shape | None = None
        self._image_id = ""
        self._next: Future[Guest] | None = None
        self._helper: ThreadPoolExecutor | None = None

    # -- starting ------------------------------------------------------------------------------------------------

    def _prepare_engine(self) -> tuple[DockerEngine, Shape]:
        """Find engine and image, once, and remove the containers of graders that were killed."""
        if self._engine is None or self._shape is None:
            engine = connect()
            self.device = self._find_device(engine)
            gpus = (self.gpus or "all") if self.device == "cuda" else ""
            self._image_id, _ = find_image(engine, self.image or image_tag(self.device, self.python))
            with suppress(PlatformError):  # a container that cannot be removed does not prevent grading
                remove_leftovers(engine)
            least = Limits()
            self._engine = engine
            self._shape = Shape(self._image_id, least.memory_mb, least.file_mb, gpus=gpus)
        return self._engine, self._shape

    def _find_device(self, engine: DockerEngine) -> str:
        """The device to use: "cuda" if that or `gpus` was asked for.

        "auto" becomes "cuda" where the engine has GPUs and the image for them exists, else "cpu".
        """
        if self.gpus or self.device == "cuda":
            return "cuda"
        if self.device == "auto" and engine.gpus:
            with suppress(SandboxUnavailable):
                find_image(engine, self.image or image_tag("cuda", self.python))
                return "cuda"
        return "cpu"

    def _take_cpu(self) -> None:
        super()._take_cpu()
        self.gpus, self._engine = "", None  # another image, and no GPUs in the container

    def _start_guest(self) -> Guest:
        self._prepare_engine()
        guest = self._take_next() or self._new_guest()
        if self.fresh:
            self._next = self._background().submit(self._new_guest)
        return guest

    def _take_next(self) -> Guest | None:
        """The guest that was started ahead; None where there is none, or it failed or died while it waited."""
        waiting, self._next = self._next, None
        if waiting is not None:
            with suppress(PlatformError):
                guest = waiting.result()
                if guest[0].link.alive():  # type: ignore[attr-defined]
                    return guest
                guest[0].link.kill()
        return None

    def _new_guest(self) -> Guest:
        """A warm guest in a new container. A guest that is started ahead is made in a background thread."""
        import docker.errors

        engine, shape = self._prepare_engine()
        try:
            # A connection of its own: those of the SDK must not be shared by threads.
            link = DockerLink(replace(engine, client=connect().client), shape)
            return self._greet(
                link,
                walls="container",
                namespaces=False,
                scratch=SCRATCH,
                hidden="",  # an image holds nothing of this package but the guest
                rehearse=not self.fresh,
            )
        except docker.errors.ImageNotFound:
            self._engine = None
            raise SandboxUnavailable("the guest's image has been removed", remedy=BUILD) from None
        except SandboxUnavailable:
            self._engine = None  # the engine that comes back may be another one
            raise
        except GuestFailed as error:
            raise SandboxError(f"the guest cannot be started: {error}") from None

    def _greet(self, link: Any, **options: Any) -> Guest:
        channel, ready = super()._greet(link, **options)
        engine, _ = self._prepare_engine()
        return channel, {**ready, "namespaces": [*WALLS, *(f"{limit}-limit" for limit in engine.limits)]}

    def _image(self) -> str:
        return self._image_id

    def _next_user(self) -> int | None:
        """The user of the next child. Two containers must not share one: the kernel counts processes by user."""
        self._children += 1
        link = self._channel.link if self._channel is not None else None
        number = int(link.id[:8], 16) if isinstance(link, DockerLink) and link.id else 0
        if self._engine is not None and self._engine.low_users:
            return 20_000 + (number + self._children) % 40_000
        return FIRST_USER + (number % (1 << 20) << 10) + self._children % (1 << 10)

    # -- running -------------------------------------------------------------------------------------------------

    def _serves_again(self, program: Program) -> bool:
        return program.trusted or not self.fresh

    def run(self, program: Program, calls: Sequence[FunctionCall], limits: Limits, seen: Seen = ignore) -> Execution:
        self._fit(limits)
        try:
            return super().run(program, calls, limits, seen)
        finally:
            if not self._serves_again(program):
                self._retire()

    def _fit(self, limits: Limits) -> None:
        """Replace a container that is too small for this run: its limits cannot be changed while it lives."""
        _, shape = self._prepare_engine()
        if not shape.holds(limits.memory_mb, limits.file_mb):
            self.close()
            larger = max(shape.memory_mb, limits.memory_mb), max(shape.scratch_mb, limits.file_mb)
            self._shape = replace(shape, memory_mb=larger[0], scratch_mb=larger[1])

    # -- ending --------------------------------------------------------------------------------------------------

    def _background(self) -> ThreadPoolExecutor:
        if self._helper is None:
            self._helper = ThreadPoolExecutor(1, thread_name_prefix="next-guest")
        return self._helper

    def _retire(self) -> None:
        """Remove a used container in the background, before the container after the next one is made."""
        channel, self._channel, self._info = self._channel, None, None
        if channel is not None:
            self._background().submit(channel.link.kill)

    def close(self) -> None:
        super().close()
        guest = self._take_next()
        if guest is not None:
            guest[0].link.kill()
        helper, self._helper = self._helper, None
        if helper is not None:
            helper.shutdown()
