"""Every command line that a page tells its reader to type is one: the command is there, and takes these options."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from autograder.cli.main import main
from tests.paths import ROOT

PAGES = ["README.md", "solutions/README.md", "CONTRIBUTING.md", "SECURITY.md", *(
    f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")) if path.name != "commands.md"
)]  # fmt: skip
_SHELL = re.compile(r"^(?:\$ )?(autograder .*?)(?:\s+#.*)?$", re.MULTILINE)
_QUOTED = re.compile(r"`(?:\$ )?(autograder [^`\n]*)`")
_ENDS = re.compile(r"\s(?:\||&&|;|>)\s.*")


def lines(page: str) -> list[str]:
    """The command lines of a page: in blocks of code and between backticks. "…", "..." and ALL_CAPS stand for anything."""
    blocks = re.findall(r"^ *```(?:sh|bash|text|console)?\n(.*?)^ *```", page, re.DOTALL | re.MULTILINE)
    blocks += re.findall(r"(?:^ {4}\S.*\n)+", page, re.MULTILINE)
    found = [
        line
        for block in blocks
        for line in _SHELL.findall(re.sub(r"\\\n\s*|^ +", " ", block, flags=re.MULTILINE).replace("\n ", "\n").strip())
    ]
    return [_ENDS.sub("", line) for line in dict.fromkeys(found + _QUOTED.findall(page))]


def complaint(line: str) -> str:
    """What is wrong with a command line; "" where nothing is."""
    command: click.Command = main
    words, name = shlex.split(line)[1:], "autograder"
    while isinstance(command, click.Group):
        words = _without_options(command, words)
        if not words or not re.fullmatch(r"[a-z][a-z-]*", words[0]):
            return ""
        word, *words = words
        inner = command.commands.get(word)
        if inner is None:
            return f"{name} has no command {word}"
        command, name = inner, f"{name} {word}"
    options = {text for p in command.params if isinstance(p, click.Option) for text in (*p.opts, *p.secondary_opts)}
    given = [word.partition("=")[0].rstrip(",.") for word in words if re.match(r"--?[a-z]", word)]
    unknown = [word for word in given if word not in {*options, "--help", "-h"}]
    return f"{name} has no option {unknown[0]}" if unknown else ""


def _without_options(group: click.Group, words: list[str]) -> list[str]:
    takes = {text: not p.is_flag for p in group.params if isinstance(p, click.Option) for text in p.opts}
    while words and words[0].startswith("-"):
        words = words[2:] if takes.get(words[0]) and "=" not in words[0] else words[1:]
    return words


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_are_there(page: str) -> None:
    said = {line: complaint(line) for line in lines(Path(ROOT, page).read_text(encoding="utf-8"))}
    assert {line: wrong for line, wrong in said.items() if wrong} == {}


def test_the_pages_are_read() -> None:
    found = lines((ROOT / "README.md").read_text(encoding="utf-8"))
    assert "autograder verify 10-gcn --margins" in found
    assert "autograder grade 10-gcn demo/submissions/10-gcn --out reports/10-gcn --jobs 4" in found
    assert len(found) >= 10


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("autograder grad 10-gcn", "no command grad"),
        ("autograder grade 10-gcn --outt x", "no option --outt"),
        ("autograder --quiet verfy 10-gcn", "no command verfy"),
        ("autograder --log-level debug grade 10-gcn --job 4", "no option --job"),
    ],
)
def test_a_command_that_is_not_there_is_found(line: str, wrong: str) -> None:
    assert wrong in complaint(line)
    assert lines(f"Text.\n\n```\n{line}   # why\n```\n") == [line]
    assert lines(f"Text `{line}` text.") == [line]
