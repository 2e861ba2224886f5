"""docs/commands.md is what `--help` says, of every command; an option without help fails here.

python -m tests.cli.test_commands     writes the page
"""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from autograder.cli.main import main
from autograder.cli.options import CONTEXT
from tests.paths import ROOT

PAGE = ROOT / "docs" / "commands.md"
HEAD = """# Commands

What `autograder COMMAND --help` says, made by `python -m tests.cli.test_commands`. [docs/api.md](api.md) shows the same as a library.
"""


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    yield name, command
    if isinstance(command, click.Group):
        for key, inner in sorted(command.commands.items()):
            yield from commands(inner, f"{name} {key}")


COMMANDS = dict(commands(main, "autograder"))


def page() -> str:
    parts = [HEAD]
    for name, command in COMMANDS.items():
        context = click.Context(command, info_name=name, terminal_width=100, **CONTEXT)
        parts.append(f"## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n")
    return "\n".join(parts)


def test_the_page_is_fresh() -> None:
    assert PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_says_what_it_is_for(name: str) -> None:
    command = COMMANDS[name]
    assert (command.help or "").strip()
    silent = [p.name for p in command.params if isinstance(p, click.Option) and not (p.help or "").strip()]
    assert silent == []


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
