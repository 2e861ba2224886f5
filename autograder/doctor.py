"""`autograder doctor`: what this machine can do, and what to do about the rest."""

from __future__ import annotations

import os
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import AutograderError

FREE_GIB = 2.0


@dataclass(frozen=True)
class Examined:
    """One line of the report.

    name: what was looked at.
    ok: whether nothing needs to be done.
    text: what was found, and what to do about it.
    """

    name: str
    ok: bool
    text: str


def examine(course_folder: Path) -> Iterator[Examined]:
    """Every finding, as it is found. An AutograderError becomes a finding."""
    yield Examined(
        "python",
        True,
        f"{platform.python_version()} on {platform.system()} {platform.release()}, {os.cpu_count()} cores",
    )
    free = shutil.disk_usage(course_folder).free / 2**30
    yield Examined(
        "disk",
        free >= FREE_GIB,
        f"{free:.0f} GiB free" + ("" if free >= FREE_GIB else "; reports and images need more"),
    )
    yield from _course(course_folder)
    python = _python(course_folder)
    yield from _engine(python)
    from autograder.sandbox.process import cards

    usable = []
    for provider in ("docker", "process"):
        finding = _sandbox(provider, python)
        usable.append(finding.ok)
        # One sandbox is enough: that docker is missing is reported, and is no failure.
        yield Examined(finding.name, finding.ok or (provider == "docker"), finding.text)
        if provider == "process" and finding.ok and cards():
            yield _gpus("process")
    if not any(usable):
        yield Examined("grading", False, "no sandbox can be used here; students' code must not run")


def _python(folder: Path) -> str | None:
    """The Python version that the course chooses; None also where it cannot be read, which `_course` reports."""
    from autograder.course.schedule import find_course, read_course

    try:
        return read_course(find_course(folder)).python
    except AutograderError:
        return None


def _course(folder: Path) -> Iterator[Examined]:
    from autograder.course.schedule import find_course, read_course
    from autograder.course.secret import course_secret, seed_id

    try:
        course = read_course(find_course(folder))
        yield Examined("course", True, f"{course.title.en}, {course.term}; {len(course.slugs())} assignments")
        for place, what in course.unwritten():
            yield Examined("course", False, f"{place}: {what}")
    except AutograderError as error:
        yield Examined("course", False, str(error))
        return
    try:
        yield Examined("seed", True, f"id {seed_id(course_secret(course.root))}; keep a copy of the file")
    except AutograderError as error:
        yield Examined("seed", False, str(error))


def _engine(python: str | None) -> Iterator[Examined]:
    """The container engine and its images. What is missing is no failure: the process sandbox needs none of them."""
    from autograder.sandbox.docker.engine import connect, find_image
    from autograder.sandbox.pythons import image_tag

    try:
        engine = connect()
    except AutograderError as error:
        yield Examined("engine", True, str(error))
        return
    yield Examined("engine", True, engine.describe())
    for kind in ("cpu", "cuda"):
        tag = image_tag(kind, python)
        if kind == "cuda" and not engine.gpus:
            continue
        try:
            image, size = find_image(engine, tag)
            yield Examined("image", True, f"{tag} is {image[:19]}, {size / 1e6:.0f} MB")
        except AutograderError as error:
            yield Examined("image", True, str(error))
    if engine.gpus:
        yield _gpus("docker")


def _gpus(provider: str) -> Examined:
    """The GPUs that a child of this sandbox sees inside its isolation, and the share of memory that guests may take."""
    from autograder.sandbox import open_sandbox
    from autograder.sandbox.session import GPU_SHARE, WarmSandbox

    sandbox = open_sandbox(provider, device="cuda", warm_imports=("numpy", "torch"))
    assert isinstance(sandbox, WarmSandbox)
    try:
        walls = ", ".join(sandbox.start().isolation)
        found = "; ".join(sandbox.visible_gpus())
        return Examined("gpu", True, f"{provider}: {found}; {GPU_SHARE:.0%} for all guests on one; walls: {walls}")
    except AutograderError as error:
        return Examined("gpu", True, f"{provider}: calls run on the CPU: {error}")
    finally:
        sandbox.close()


def _sandbox(provider: str, python: str | None) -> Examined:
    from autograder.grading.device import INSTALL_TORCH
    from autograder.sandbox import open_sandbox

    try:
        sandbox = open_sandbox(provider, python=python)
        try:
            info = sandbox.start()
        finally:
            sandbox.close()
    except (AutograderError, ImportError) as error:
        return Examined(provider, False, str(error))
    image = f", image {info.image[:19]}" if info.image else ""
    gpu = "a CUDA device" if info.device == "cuda" else "no GPU"
    torch = info.torch or f"missing ({INSTALL_TORCH})"
    walls = ", ".join(info.isolation)
    text = f"python {info.python}, numpy {info.numpy}, torch {torch}, {gpu}{image}; walls: {walls}"
    return Examined(provider, bool(info.torch), text)
