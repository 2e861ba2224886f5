"""The command line. Thin: it reads arguments, calls the modules, and turns errors into one line and an exit code.

Nothing heavy is imported before a command needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import click

from autograder import __version__
from autograder.cli import again, authors, exchange, export, grading, groups, operators, records, staff
from autograder.cli.options import CONTEXT, Commands

LEVELS = ("debug", "info", "warning", "error")


@click.group(cls=Commands, context_settings=CONTEXT)
@click.version_option(__version__, prog_name="autograder")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no notes on stderr: results and errors alone.")
@click.option(
    "--log-level",
    type=click.Choice(LEVELS),
    help="What to tell on stderr.  [default: info; with --quiet error]",
)
@click.pass_context
def main(ctx: click.Context, quiet: bool, log_level: str | None) -> None:
    """Grade deep-learning notebooks: safely, numerically, and with reasons."""
    from autograder.cli import logs

    ctx.with_resource(logs.shown(log_level or ("error" if quiet else "info")))


for command in (
    authors.init,
    authors.new,
    authors.verify,
    authors.release,
    authors.preview,
    authors.coverage,
    authors.course_map,
    grading.grade,
    export.export,
    exchange.bring_in,
    again.rescore,
    again.regrade,
    records.status,
    records.show,
    records.history,
    records.gradebook,
    records.insight,
    staff.override,
    staff.extend,
    staff.roster,
    staff.reports,
    staff.backup,
    staff.restore,
    groups.groups,
    groups.misconception,
    operators.doctor,
    operators.image,
    operators.demo,
):
    main.add_command(command)


if __name__ == "__main__":
    main()
