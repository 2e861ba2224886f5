"""What every command shares: how it fails, how its help looks, and the options that mean the same everywhere."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.errors import AutograderError, ExitCode

if TYPE_CHECKING:
    from autograder.course.schedule import Course

CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def say(text: str, *, err: bool = False) -> None:
    """Print a message with its control characters made visible: names of files and errors may be students' texts."""
    from autograder.report.sanitize import visible

    click.echo(visible(text), err=err)


def complain(text: str) -> None:
    """Print a message on stderr, further lines indented: a line break in a name must not fake a message of ours."""
    say(text.replace("\n", "\n    "), err=True)


class Commands(click.Group):
    """Turns every error of ours into one line on stderr and its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except AutograderError as error:
            complain(f"autograder: {error}")
            ctx.exit(int(error.exit_code))
        except click.ClickException as error:  # its message may quote the name of a file
            from autograder.report.sanitize import visible

            vars(error)["message"] = visible(error.message)
            raise
        except BrokenPipeError:  # the reader of our output has gone; click handles it
            raise
        except OSError as error:  # of a disk or a permission, not turned into an error of ours by any module
            complain(f"autograder: {error.filename or 'a file'}: {error.strerror or error}.")
            ctx.exit(int(ExitCode.PLATFORM))
        except KeyboardInterrupt:
            click.echo("autograder: interrupted. What is graded stays; run the same command again to go on.", err=True)
            ctx.exit(130)


def example(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds an example to a command's help."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        command.__doc__ = f"{inspect.cleandoc(command.__doc__ or '')}\n\n\b\nExample:\n" + "\n".join(
            f"  {line}" for line in text.split("\n")
        )
        return command

    return add


course_option = click.option(
    "--course",
    "course_folder",
    type=click.Path(path_type=Path),
    default=Path(),
    show_default="here or above",
    help="Folder with course.yml.",
)
seed_option = click.option(
    "--seed-file",
    type=click.Path(path_type=Path),
    help="The course's secret seed. [default: $AUTOGRADER_SEED_FILE, else .autograder/seed]",
)
sandbox_option = click.option(
    "--sandbox",
    type=click.Choice(["auto", "docker", "process", "unsafe"]),
    default="auto",
    show_default=True,
    help="Where students' code runs: docker where an engine is there, else process. unsafe: no walls, for your own code only.",
)
device_option = click.option("--device", type=click.Choice(["cpu", "cuda", "auto"]), help="Overrides course.yml.")


def complete_slug(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """The assignments whose names begin so, for the shell. Looks at folders only: reading the course takes long."""
    start = Path(ctx.params.get("course_folder") or ".").absolute()
    root = next((folder for folder in (start, *start.parents) if (folder / "course.yml").is_file()), start)
    given = ctx.params.get(param.name or "") or ()
    slugs = sorted(path.parent.name for path in root.glob("solutions/*/checks.py"))
    return [slug for slug in slugs if slug.startswith(incomplete) and slug not in given]


def open_course(folder: Path) -> Course:
    """The course in a folder or above it. Warns of assignments that course.yml names and nobody has written."""
    import logging

    from autograder.course.schedule import find_course, read_course

    course = read_course(find_course(folder))
    for place, what in course.unwritten():
        logging.getLogger("autograder.course").warning("%s: %s", place, what)
    return course
