"""What a killed grader leaves on the disk, and that the next one removes it and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

import pytest

from autograder.course.secret import course_secret
from autograder.errors import SandboxError, SandboxUnavailable
from autograder.sandbox import process
from autograder.sandbox.channel import ChildRefused
from autograder.sandbox.process import ProcessLink, ProcessSandbox
from autograder.sandbox.session import WarmSandbox
from autograder.store import folder as batch
from autograder.store import liveness as owner


@pytest.fixture
def dead() -> str:
    """The mark of a process that has ended."""
    code = "from autograder.store import liveness as owner; print(owner.mark())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def run(code: str, *arguments: str) -> int:
    return subprocess.run([sys.executable, "-c", textwrap.dedent(code), *arguments], check=False).returncode


# -- marks -----------------------------------------------------------------------------------------------------------


def test_marks_of_the_living_and_the_dead(dead: str) -> None:
    assert not owner.is_dead(owner.mark())
    assert owner.is_dead(dead)
    pid, _, rest = owner.mark().partition("-")
    started, _, namespace = rest.partition("-")
    assert owner.is_dead(f"{pid}-{int(started) + 1}-{namespace}")  # the number was given to another process
    assert not owner.is_dead(f"{dead.rpartition('-')[0]}-1")  # another namespace: who knows
    for nonsense in ("", "-", "x-y-z", "1", f"{pid}--{namespace}", "٣-1-" + namespace):
        assert not owner.is_dead(nonsense)


def test_a_zombie_is_dead() -> None:
    code = (
        "import sys; from autograder.store import liveness as owner; print(owner.mark(), flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as zombie:
        assert zombie.stdout is not None
        assert zombie.stdin is not None
        mark = zombie.stdout.readline().decode().strip()
        assert not owner.is_dead(mark)
        zombie.stdin.close()
        os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
        assert owner.is_dead(mark)


# -- scratch folders -------------------------------------------------------------------------------------------------


def test_scratch_of_the_dead_goes_and_of_the_living_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dead: str
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    kept = [tmp_path / f"autograder-{owner.mark()}-abc", tmp_path / "autograder-notes", tmp_path / "autograder-1-2-3"]
    gone = tmp_path / f"autograder-{dead}-abc"
    for folder in (*kept, gone):
        (folder / "child" / "deep").mkdir(parents=True)
        (folder / "child" / "file").write_text("x")
    link_to = tmp_path / "precious"
    link_to.mkdir()
    (link_to / "file").write_text("x")
    (tmp_path / f"autograder-{dead}-link").symlink_to(link_to)
    link = ProcessLink(sys.executable)
    link.kill()
    assert not gone.exists()
    assert all((folder / "child" / "file").exists() for folder in kept)
    assert (link_to / "file").exists()


def test_scratch_of_a_killed_grader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed = run(
        """
        import os, signal, sys, tempfile
        tempfile.tempdir = sys.argv[1]
        from autograder.sandbox.process import ProcessLink
        ProcessLink(sys.executable)
        os.kill(os.getpid(), signal.SIGKILL)
        """,
        str(tmp_path),
    )
    assert killed == -9
    assert len(list(tmp_path.iterdir())) == 1
    ProcessLink(sys.executable).kill()
    assert list(tmp_path.iterdir()) == []


def test_no_room_for_scratch_is_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(SandboxError, match="scratch"):
        ProcessLink(sys.executable)


def test_scratch_that_resists_for_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that is dying may still write: the first attempt to remove its folder fails."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    attempts = []
    original = os.rmdir

    def stubborn(path: str, **options: int) -> None:
        attempts.append(path)
        if len(attempts) == 1:
            raise OSError(39, "Directory not empty")
        original(path, **options)

    monkeypatch.setattr(os, "rmdir", stubborn)
    process._remove_scratch(str(folder))
    assert not folder.exists()


# -- the walls that were promised -------------------------------------------------------------------------------------


def test_a_guest_that_dies_while_warming_does_not_lower_the_walls(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a guest that says that it has no namespaces may do without them; a killed one is started again."""
    asked = []
    original = WarmSandbox._greet

    def greet(self: WarmSandbox, link: ProcessLink, **options: object) -> object:
        asked.append(options["namespaces"])
        if len(asked) == 1:
            link.process.kill()
            link.process.wait()
        return original(self, link, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(WarmSandbox, "_greet", greet)
    with ProcessSandbox(warm_imports=("numpy",)) as sandbox:
        assert asked[:2] == [True, True]
        assert sandbox.start().provider == "process"


def test_walls_that_cannot_stand_make_the_sandbox_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not merely broken: `auto` goes on to docker where the process sandbox is unavailable."""

    def drive(*_: object) -> None:
        raise ChildRefused("child 1 did not start: no Landlock")

    monkeypatch.setattr("autograder.sandbox.run.ProgramRun.drive", drive)
    with pytest.raises(SandboxUnavailable, match="no Landlock"):
        ProcessSandbox(warm_imports=("numpy",)).start()


# -- half-written files ----------------------------------------------------------------------------------------------


def test_half_written_files_of_the_dead_go(tmp_path: Path, dead: str) -> None:
    gone = tmp_path / f".kim.json.{dead}.tmp"
    kept = [tmp_path / f".lee.json.{owner.mark()}.tmp", tmp_path / ".mine.tmp", tmp_path / "kim.json"]
    for path in (gone, *kept):
        path.write_text("{")
    batch.make_folder(tmp_path)
    assert not gone.exists()
    assert all(path.exists() for path in kept)


def test_a_kill_while_writing_leaves_a_name_that_the_next_run_knows(tmp_path: Path) -> None:
    killed = run(
        """
        import os, signal, sys
        from pathlib import Path
        from autograder.store import folder as batch
        os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        batch.write_atomically(Path(sys.argv[1]) / "kim.json", "{}")
        """,
        str(tmp_path),
    )
    assert killed == -9
    assert len(list(tmp_path.iterdir())) == 1
    batch.make_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_kill_while_the_secret_is_made_does_not_lock_the_course(tmp_path: Path) -> None:
    """The seed is there whole or not at all: an empty one would be refused for ever."""
    killed = run(
        """
        import os, signal, sys
        from pathlib import Path
        from autograder.course.secret import course_secret
        def killed(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
        os.fdopen = os.write = os.link = killed
        course_secret(Path(sys.argv[1]))
        """,
        str(tmp_path),
    )
    assert killed == -9
    secret = course_secret(tmp_path)
    assert len(secret) >= 32
    assert course_secret(tmp_path) == secret
    assert (tmp_path / ".autograder" / "seed").stat().st_mode & 0o777 == 0o600
