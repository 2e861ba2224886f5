"""The part of a long list that a commit's name chooses: over some commits it is all of it."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterable

from tests.paths import ROOT


def head() -> str:
    """The name of the commit that is checked out; "" without git."""
    try:
        done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.strip()


def chosen(names: Iterable[str], few: int, commit: str) -> list[str]:
    """So many of these names, each by its hash with the commit's name."""
    return sorted(names, key=lambda name: hashlib.sha256(f"{commit} {name}".encode()).digest())[:few]
