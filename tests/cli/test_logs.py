"""What the library logs and the command line shows: one line each, on stderr, and as much as was asked for."""

from __future__ import annotations

import ast
import logging
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner

from autograder.cli import logs
from autograder.cli.main import main
from autograder.pipeline.progress import Progress
from tests.paths import ROOT

PACKAGE = ROOT / "autograder"
STUDENTS_OR_GUEST = ("guest/", "release/checker/", "release/new/", "demo/handwritten/", "submissions/prelude.py")


@pytest.fixture
def talkative(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that logs, and shows progress, as commands do."""

    @click.command()
    def talk() -> None:
        log = logging.getLogger("autograder.somewhere")
        for _ in range(2):
            log.warning("using the process sandbox: %s", "no engine")
        log.debug("a detail")
        log.error("something failed")
        with Progress("grading") as progress:
            progress.update(0, 10)
            progress.update(10, 10)
        click.echo("result")

    monkeypatch.setitem(main.commands, "talk", talk)


NOTE, ERROR, DETAIL = "autograder: using the process sandbox: no engine", "autograder: something failed", "a detail"


@pytest.mark.parametrize(
    ("options", "lines", "progress"),
    [
        ((), [NOTE, ERROR], True),
        (("--quiet",), [ERROR], False),
        (("-q",), [ERROR], False),
        (("--log-level", "error"), [ERROR], False),
        (("--log-level", "warning"), [NOTE, ERROR], False),
        (("--log-level", "debug"), [NOTE, DETAIL, ERROR], True),
        (("--quiet", "--log-level", "warning"), [NOTE, ERROR], False),
    ],
)
def test_as_much_as_was_asked_for(talkative: None, options: tuple[str, ...], lines: list[str], progress: bool) -> None:
    result = CliRunner().invoke(main, [*options, "talk"])
    assert result.exit_code == 0
    assert result.stdout == "result\n"
    said = result.stderr.splitlines()
    assert said[: len(lines)] == lines
    assert [line.partition(":")[0] for line in said[len(lines) :]] == ["grading"] * progress


@pytest.mark.parametrize(("level", "bar"), [("error", False), ("warning", False), ("info", True)])
def test_a_bar_is_shown_with_the_notes_alone(monkeypatch: pytest.MonkeyPatch, level: str, bar: bool) -> None:
    terminal = SimpleNamespace(stderr=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("autograder.pipeline.progress.sys", terminal)
    with logs.shown(level), Progress("grading") as progress:
        progress.update(1, 10)
        assert (progress.bar is not None) is bar


def test_a_command_leaves_no_handler_behind(talkative: None) -> None:
    logger = logging.getLogger("autograder")
    before = (logger.level, list(logger.handlers))
    CliRunner().invoke(main, ["--quiet", "talk"])
    assert (logger.level, list(logger.handlers)) == before


def test_no_print_in_library_code() -> None:
    """But in what prints when it is run as a program."""
    found = []
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(PACKAGE).as_posix()
        if name.startswith(STUDENTS_OR_GUEST):
            continue
        body = [node for node in ast.parse(path.read_text(encoding="utf-8")).body if not _is_main(node)]
        calls = [node for part in body for node in ast.walk(part) if isinstance(node, ast.Call)]
        found += [f"{name}:{call.lineno}" for call in calls if ast.unparse(call.func) in ("print", "sys.stderr.write")]
    assert found == []


def _is_main(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and "__main__" in ast.unparse(node.test)
