"""The command line. Thin: it reads arguments, calls the modules, and turns errors into one line and an exit code.

Nothing heavy is imported before a command needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import click

from autograder import __version__
from autograder.cli import authors, grading, operators
from autograder.cli.options import CONTEXT, Commands


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="autograder")
def main() -> None:
    """Grade deep-learning notebooks: safely, numerically, and with reasons."""


for command in (
    authors.new,
    authors.verify,
    authors.release,
    grading.grade,
    operators.doctor,
    operators.image,
    operators.demo,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
