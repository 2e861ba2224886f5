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
class Finding:
    """One line. ok: nothing to do about it."""

    name: str
    ok: bool
    text: str


def examine(course_folder: Path) -> Iterator[Finding]:
    """Every finding, as it is found. Never raises."""
    yield Finding(
        "python",
        True,
        f"{platform.python_version()} on {platform.system()} {platform.release()}, {os.cpu_count()} cores",
    )
    free = shutil.disk_usage(course_folder).free / 2**30
    yield Finding(
        "disk",
        free >= FREE_GIB,
        f"{free:.0f} GiB free" + ("" if free >= FREE_GIB else "; reports and images need more"),
    )
    yield from _course(course_folder)
    yield from _engine()
    usable = []
    for provider in ("docker", "process"):
        finding = _sandbox(provider)
        usable.append(finding.ok)
        # One sandbox is enough: the other's absence is worth a line, not an alarm.
        yield Finding(finding.name, finding.ok or (provider == "docker"), finding.text)
    if not any(usable):
        yield Finding("grading", False, "no sandbox can be used here; students' code must not run")


def _course(folder: Path) -> Iterator[Finding]:
    from autograder.course.schedule import find_course, load_course
    from autograder.course.secret import course_secret, seed_id
    from autograder.course.textfile import did_you_mean

    try:
        course = load_course(find_course(folder))
        yield Finding("course", True, f"{course.title.en}, {course.term}; {len(course.slugs())} assignments")
        for slug in sorted(set(course.schedule) - set(course.slugs())):
            near = did_you_mean(slug, course.slugs())
            yield Finding("course", False, f'course.yml schedules "{slug}", which is not in solutions/. {near}')
    except AutograderError as error:
        yield Finding("course", False, str(error))
        return
    try:
        yield Finding("seed", True, f"id {seed_id(course_secret(course.root))}; keep a copy of the file")
    except AutograderError as error:
        yield Finding("seed", False, str(error))


def _engine() -> Iterator[Finding]:
    """The container engine and its images. None is needed where the process sandbox stands: worth a line, no alarm."""
    from autograder.sandbox.docker.engine import IMAGES, connect, find_image

    try:
        engine = connect()
    except AutograderError as error:
        yield Finding("engine", True, str(error))
        return
    yield Finding("engine", True, engine.describe())
    for kind, tag in IMAGES.items():
        if kind == "cuda" and not engine.gpus:
            continue
        try:
            image, size = find_image(engine, tag)
            yield Finding("image", True, f"{tag} is {image[:19]}, {size / 1e6:.0f} MB")
        except AutograderError as error:
            yield Finding("image", True, str(error))
    if engine.gpus:
        yield _gpus()


def _gpus() -> Finding:
    """The GPUs that the engine hands over, as a guest sees them."""
    from autograder.sandbox.docker.sandbox import DockerSandbox

    sandbox = DockerSandbox(device="cuda", warm_imports=("numpy", "torch"))
    try:
        sandbox.start()
        return Finding("gpu", True, "; ".join(sandbox.visible_gpus()))
    except AutograderError as error:
        return Finding("gpu", True, str(error))
    finally:
        sandbox.close()


def _sandbox(provider: str) -> Finding:
    from autograder.sandbox import open_sandbox

    try:
        sandbox = open_sandbox(provider)
        try:
            info = sandbox.start()
        finally:
            sandbox.close()
    except (AutograderError, ImportError) as error:
        return Finding(provider, False, str(error))
    image = f", image {info.image[:19]}" if info.image else ""
    gpu = "a CUDA device" if info.device == "cuda" else "no GPU"
    return Finding(
        provider,
        True,
        f"python {info.python}, numpy {info.numpy}, torch {info.torch or 'missing'}, {gpu}{image}; walls: {', '.join(info.isolation)}",
    )
