"""Commands for those who run the machine: doctor, image, demo."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from autograder.cli.options import course_option, example, open_course, sandbox_option, say
from autograder.errors import AutograderError, ExitCode


@click.command()
@course_option
@example("autograder doctor")
def doctor(course_folder: Path) -> None:
    """Say what this machine can do: sandboxes, walls, GPUs, and what is missing."""
    from autograder.doctor import examine

    healthy = True
    for line in examine(course_folder):
        healthy &= line.ok
        say(f"{'ok  ' if line.ok else '!!  '}{line.name}: {line.text}")
    sys.exit(0 if healthy else int(ExitCode.FAILED))


@click.group()
def image() -> None:
    """The image of the docker sandbox."""


@image.command("build")
@click.option("--cuda", is_flag=True, help="With CUDA's libraries, for GPUs (several GB).")
@click.option(
    "--python", metavar="VERSION", help="The Python in it: 3.11, 3.12 or 3.13. [default: the course's, else 3.11]"
)
@click.option(
    "--base",
    help='An image with that Python, or "debootstrap" to make one where no registry can be reached. [default: python:3.11-slim]',
)
@click.option(
    "--wheelhouse",
    type=click.Path(path_type=Path),
    help="Folder of wheels, filled where it lacks one. [default: wheelhouse/]",
)
@click.option(
    "--tag", help="[default: autograder-guest:cpu, :cuda, and -py3.12 behind it for another Python than 3.11]"
)
@click.option("--no-cache", is_flag=True, help="Build every layer anew.")
@example("autograder image build\nautograder image build --base debootstrap --wheelhouse /media/usb/wheels")
@course_option
def build_image_command(
    cuda: bool,
    python: str | None,
    base: str | None,
    wheelhouse: Path | None,
    tag: str | None,
    no_cache: bool,
    course_folder: Path,
) -> None:
    """Build the image in which students' code runs.

    Wheels are fetched first, in the versions that docker/requirements-*.txt pin; the build itself has no network.
    """
    import logging

    from autograder.sandbox.docker.images import build_image

    built = build_image(
        cuda=cuda,
        python=python or _python_of_course(course_folder),
        base=base or "",
        wheelhouse=wheelhouse,
        tag=tag or "",
        cache=not no_cache,
        say=logging.getLogger("autograder.image").info,
    )
    say(f"{built.tag}  {built.id}  {built.size / 1e6:.0f} MB, {len(built.layers)} layers")


def _python_of_course(folder: Path) -> str | None:
    """What course.yml chooses; None also where there is no course: an image can be built anywhere."""
    from autograder.course.schedule import find_course, read_course

    try:
        root = find_course(folder)
    except AutograderError:
        return None
    return read_course(root).python


@click.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Folder for the class and its reports.",
)
@click.option(
    "--jobs", default=2, show_default=True, type=click.IntRange(1, 256), help="Workers, each with a sandbox of its own."
)
@course_option
@sandbox_option
@example("autograder demo --out demo")
def demo(out: Path, jobs: int, course_folder: Path, sandbox: str) -> None:
    """Verify and release an assignment, grade a made-up class of two assignments, and show the report to open."""
    from autograder.demo import run_demo

    sys.exit(int(run_demo(open_course(course_folder), out, jobs=jobs, sandbox=sandbox, echo=say)))
