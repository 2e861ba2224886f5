"""The course's secret, which hidden inputs are drawn from, and its public identity."""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from autograder.errors import CourseError, StorageError

SEED_VARIABLE = "AUTOGRADER_SEED_FILE"


def course_secret(root: Path, seed_file: Path | None = None) -> bytes:
    """The secret that hidden cases are drawn from; made on first use, readable by its owner alone, never committed.

    The secret lies in `seed_file`, else in the file that $AUTOGRADER_SEED_FILE names, else in `.autograder/seed`; only
    the last is made. The same secret gives a whole class, and a later regrade, the same cases to the bit: back it up.
    """
    chosen = seed_file or (Path(os.environ[SEED_VARIABLE]) if os.environ.get(SEED_VARIABLE) else None)
    named_by = "--seed-file" if seed_file else SEED_VARIABLE
    path = chosen or root / ".autograder" / "seed"
    try:
        secret = path.read_bytes().strip()
    except FileNotFoundError:
        if chosen is not None:
            raise CourseError(
                "the seed file does not exist",
                where=str(path),
                remedy=f"Point {named_by} at the course's seed; leave it out, and one is made in .autograder/seed.",
            ) from None
        return _make_secret(path)
    except OSError as error:
        remedy = f"Point {named_by} at the file itself." if chosen else "Make it readable for whoever grades."
        raise CourseError(f"the seed cannot be read: {error.strerror}", where=str(path), remedy=remedy) from None
    if len(secret) < 16:
        raise CourseError(
            "the seed is shorter than 16 bytes", where=str(path), remedy="Restore it, or delete it to draw new cases."
        )
    return secret


def _make_secret(path: Path) -> bytes:
    """Make a secret. A temporary file is linked to its name, so it is there whole or not at all, and never replaced."""
    secret = secrets.token_hex(32).encode()
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # readable by us alone
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(secret + b"\n")
            os.link(aside, path)
        finally:
            os.unlink(aside)
    except FileExistsError:  # another process was faster
        return path.read_bytes().strip()
    except OSError as error:
        raise StorageError(
            f"cannot write the seed: {error.strerror}", where=str(path), remedy="Give --seed-file a file that exists."
        ) from None
    return secret


def seed_id(secret: bytes) -> str:
    """A name for the secret that does not give it away."""
    return hashlib.sha256(b"autograder seed id\0" + secret).hexdigest()[:12]
