"""Images for the docker sandbox: wheels are fetched on the host, the image is built from them without a network.

An image holds Python, numpy, torch, matplotlib and the guest's files. The build context is made here, file by file,
so nothing of any assignment can come along.
"""

from __future__ import annotations

import io
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.errors import PlatformError, StorageError, UsageError
from autograder.sandbox.docker.engine import (
    GUEST_LABEL,
    DockerEngine,
    connect,
    engine_errors,
    guest_files,
    guest_fingerprint,
)
from autograder.sandbox.pythons import DEFAULT_PYTHON, PYTHONS, image_tag

_SHIPPED = Path(__file__).parent / "recipe"  # of an installed wheel; a checkout has it at its top
_CHECKOUT = Path(__file__).resolve().parents[3]
DOCKER = _SHIPPED if _SHIPPED.is_dir() else _CHECKOUT / "docker"
WHEELHOUSE = (Path() if _SHIPPED.is_dir() else _CHECKOUT) / "wheelhouse"
DEFAULT_BASE = "python:{python}-slim"
DEBIAN = {"3.11": "bookworm", "3.13": "trixie"}  # the releases of Debian by their Python
MIRROR = "http://deb.debian.org/debian"
INSTALLER = "pip==26.3"  # runs from its wheel while the image is built, and is not part of it
UNNEEDED = (
    "var/cache/apt",
    "var/lib/apt/lists",
    "var/log",
    "usr/share/doc",
    "usr/share/man",
    "usr/share/locale",
    "tmp",
)
Say = Callable[[str], object]


@dataclass(frozen=True)
class Image:
    """What was built.

    tag: its name.
    id: the digest that reports carry.
    size: bytes on disk, its base included.
    layers: digests.
    """

    tag: str
    id: str
    size: int
    layers: tuple[str, ...]


def build_image(
    *,
    cuda: bool = False,
    python: str | None = None,
    base: str = "",
    wheelhouse: Path | None = None,
    tag: str = "",
    cache: bool = True,
    say: Say,
) -> Image:
    """Build the guest's image.

    cuda: whether torch is the build with CUDA.
    python: the version in it, such as "3.12".
    base: the name of an image that has this Python, or "debootstrap" to make one where no registry can be reached.
    wheelhouse: the folder in which wheels are kept.
    tag: the image's name, where it is not that of `image_tag`.
    cache: whether the engine may use its build cache.
    say: called with a line for each step.

    Raises SandboxUnavailable (engine), UsageError (a base that cannot be had), PlatformError, StorageError.
    """
    kind, python = "cuda" if cuda else "cpu", python or DEFAULT_PYTHON
    if python not in PYTHONS:
        raise UsageError(
            f"there is no image with Python {python}", remedy=f"Choose {', '.join(PYTHONS[:-1])} or {PYTHONS[-1]}."
        )
    tag = tag or image_tag(kind, python)
    engine = connect()
    import docker.errors

    say(engine.describe())
    base = _find_base(engine, base or DEFAULT_BASE.format(python=python), python, say)
    folder = wheelhouse or WHEELHOUSE / image_tag(kind, python).partition(":")[2]
    with tempfile.TemporaryDirectory(prefix="autograder-wheels-") as chosen:
        wheels = fill_wheelhouse(kind, python, folder, Path(chosen), say)
        say(f"building {tag} from {base} and {len(wheels)} wheels, without a network")
        with tempfile.TemporaryFile() as context:
            write_context(context, wheels, python)
            context.seek(0)
            earlier = _image_id(engine, tag)
            image_id = _build(engine, context, tag, base, cache)
    with engine_errors(f"the image {tag} cannot be read"):
        found = engine.client.images.get(image_id)
    if earlier not in ("", image_id):
        with suppress(docker.errors.APIError):  # somebody still uses it, or has given it another name
            engine.client.images.remove(earlier)
    return Image(tag, found.id, found.attrs["Size"], tuple(found.attrs["RootFS"]["Layers"]))


# -- wheels ----------------------------------------------------------------------------------------------------------


def fill_wheelhouse(kind: str, python: str, wheelhouse: Path, chosen: Path, say: Say) -> list[Path]:
    """The wheels of one kind of image, copied to `chosen`. Uses the network only if the wheelhouse is incomplete."""
    try:
        wheelhouse.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"cannot be made: {error.strerror}", where=str(wheelhouse)) from None
    if _pip_download(kind, python, chosen, ["--no-index", "--find-links", str(wheelhouse)]) is not None:
        say(f"fetching wheels into {wheelhouse} (torch is 200 MB, with CUDA some GB)")
        # torch first and alone: an index may have several builds of a version, and no dependency may choose one.
        for part in ((_requirements(kind),), (_requirements(kind), _requirements("common")), (INSTALLER,)):
            problem = _pip_download(kind, python, wheelhouse, ["--find-links", str(wheelhouse)], part)
            if problem is not None:
                raise PlatformError(
                    f"wheels cannot be fetched: {problem}",
                    where=str(wheelhouse),
                    remedy="Fill the folder on a machine with a network and name it with --wheelhouse.",
                )
        problem = _pip_download(kind, python, chosen, ["--no-index", "--find-links", str(wheelhouse)])
        if problem is not None:
            raise PlatformError(f"the wheelhouse is not complete: {problem}", where=str(wheelhouse))
    return sorted(chosen.glob("*.whl"))


def _requirements(kind: str) -> Path:
    return DOCKER / f"requirements-{kind}.txt"


def _pip_download(
    kind: str, python: str, folder: Path, options: Sequence[str], wanted: Sequence[Path | str] | None = None
) -> str | None:
    """Run `pip download` for the image's Python, whichever Python runs here. Returns None, or pip's last error."""
    wanted = wanted or (_requirements(kind), _requirements("common"), INSTALLER)
    machine = platform.machine().lower().replace("amd64", "x86_64").replace("arm64", "aarch64")
    glibc = [f"manylinux_2_{minor}_{machine}" for minor in range(36, 16, -1)]
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input",
        "--retries", "2", "--no-cache-dir", "--dest", str(folder), "--only-binary", ":all:",
        "--implementation", "cp", "--python-version", python,
        *(part for tag in (*glibc, f"manylinux2014_{machine}", f"manylinux1_{machine}") for part in ("--platform", tag)),
        *options,
        *(part for want in wanted for part in (("-r", str(want)) if isinstance(want, Path) else (want,))),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return None
    errors = [line for line in done.stderr.splitlines() if line.startswith("ERROR:")]
    return (errors[-1] if errors else done.stderr.strip()[-300:]).removeprefix("ERROR: ")


# -- the build context -----------------------------------------------------------------------------------------------


def write_context(context: Any, wheels: Sequence[Path], python: str = DEFAULT_PYTHON) -> None:
    """Write the build context as a tar: Dockerfile, wheels, their pins, the guest, all with the same date and owner."""
    with tarfile.open(fileobj=context, mode="w", format=tarfile.PAX_FORMAT) as tar:
        _add(tar, "Dockerfile", (DOCKER / "guest.Dockerfile").read_bytes())
        _add(tar, "install.sh", (DOCKER / "install.sh").read_bytes().replace(b"@PYTHON@", python.encode()))
        _add(
            tar,
            "requirements.txt",
            "".join(f"{pin}\n" for pin in sorted(map(_pin, wheels)) if pin != INSTALLER).encode(),
        )
        for folder in ("root", "root/opt", "root/opt/autograder"):  # with their date: the builder would give its own
            tar.addfile(_entry(folder, 0, tarfile.DIRTYPE))
        for path in guest_files():
            _add(tar, f"root/opt/autograder/{path.name}", path.read_bytes())
        for path in wheels:
            with open(path, "rb") as file:
                tar.addfile(_entry(f"wheels/{path.name}", path.stat().st_size), file)


def _pin(wheel: Path) -> str:
    name, version = wheel.name.split("-")[:2]
    return f"{re.sub('[-_.]+', '-', name).lower()}=={version}"


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    tar.addfile(_entry(name, len(data)), io.BytesIO(data))


def _entry(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.type, entry.mode = size, kind, 0o755 if kind == tarfile.DIRTYPE else 0o644
    return entry


def _build(engine: DockerEngine, context: Any, tag: str, base: str, cache: bool) -> str:
    """The id of what was built. Raises PlatformError with the builder's last lines."""
    said: list[str] = []
    labels = {GUEST_LABEL: guest_fingerprint()}
    with engine_errors(f"{tag} cannot be built"):
        answers = engine.client.api.build(
            fileobj=context, custom_context=True, tag=tag, buildargs={"BASE": base}, labels=labels, rm=True,
            forcerm=True, network_mode="none", nocache=not cache, decode=True,
        )  # fmt: skip
        for answer in answers:  # to the end: an engine stops building when nobody listens
            if "error" in answer:
                raise _build_failure(tag, str(answer["error"]), "".join(said))
            said.append(str(answer.get("stream", "")))
        return str(engine.client.images.get(tag).id)


def _build_failure(tag: str, error: str, said: str) -> PlatformError:
    if "no space left" in error or "no space left" in said.lower():
        return StorageError(
            f"{tag} cannot be built: the engine's disk is full", remedy="`docker system prune` frees some."
        )
    lines = " / ".join(
        line for line in said.splitlines()[-8:] if line.strip() and not line.startswith((" --->", "Step", "Removing"))
    )
    return PlatformError(f"{tag} cannot be built: {error} ({lines})")


# -- the base --------------------------------------------------------------------------------------------------------


def _find_base(engine: DockerEngine, base: str, python: str, say: Say) -> str:
    """The name of the base image, which is pulled or made where the engine lacks it."""
    import docker.errors

    name = _debian_base(python) if base == "debootstrap" else base
    if _image_id(engine, name):
        return name
    if base == "debootstrap":
        return _make_base(engine, name, say)
    say(f"pulling {base}")
    try:
        engine.client.images.pull(base) if ":" in base else engine.client.images.pull(base, tag="latest")
    except docker.errors.DockerException as error:
        raise UsageError(
            f"the base {base} cannot be pulled: {str(error)[:200]}",
            remedy="Without a registry, make one: autograder image build --base debootstrap.",
        ) from None
    return base


def _image_id(engine: DockerEngine, name: str) -> str:
    """The id of an image, "" where there is none."""
    import docker.errors

    with engine_errors(f"the image {name} cannot be read"):
        try:
            return str(engine.client.images.get(name).id)
        except docker.errors.NotFound:
            return ""


def _debian_base(python: str) -> str:
    if python not in DEBIAN:
        raise UsageError(
            f"no release of Debian comes with Python {python}",
            remedy=f"Name an image that has it with --base, or choose {' or '.join(DEBIAN)}.",
        )
    return f"autograder-base:{DEBIAN[python]}"


def _make_base(engine: DockerEngine, name: str, say: Say) -> str:
    """Debian with its Python and nothing else, from Debian's mirror."""
    if shutil.which("debootstrap") is None or os.geteuid() != 0:
        raise UsageError("a base is made with debootstrap, as root", remedy="Run: sudo apt-get install debootstrap.")
    say(f"making {name} with debootstrap (two minutes)")
    with tempfile.TemporaryDirectory(prefix="autograder-base-") as folder:
        root = Path(folder) / "root"
        repository, _, release = name.partition(":")
        command = ["debootstrap", "--variant=minbase", "--include=python3", release, str(root), MIRROR]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise PlatformError(f"debootstrap failed: {(done.stdout + done.stderr).strip()[-300:]}")
        with tempfile.TemporaryFile() as file:
            write_root(file, root)
            file.seek(0)
            with engine_errors("the base cannot be imported"):
                engine.client.api.import_image(src=file, repository=repository, tag=release)
    return name


def write_root(file: Any, root: Path) -> None:
    """Write a folder as the tar of a root file system: sorted, all with one date, without what a guest never reads."""
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in _walk(root):
            name = str(path.relative_to(root))
            entry = tar.gettarinfo(path, name)
            if entry is None or entry.isdev():
                continue
            entry.mtime, entry.uname, entry.gname = 0, "", ""
            if entry.isreg():
                with open(path, "rb") as content:
                    tar.addfile(entry, content)
            else:
                tar.addfile(entry)


def _walk(root: Path) -> Iterator[Path]:
    for folder, names, files in os.walk(root):
        names.sort()
        here = Path(folder)
        if here != root:
            yield here
        inside = str(here.relative_to(root))
        if inside in UNNEEDED or inside in ("proc", "sys", "dev", "run"):
            names.clear()
            continue
        links = [name for name in names if (here / name).is_symlink()]
        yield from (here / name for name in sorted([*files, *links]))
