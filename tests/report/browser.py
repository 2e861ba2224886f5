"""Pages in a browser: Chromium without a window, and axe-core from npm. Tests that need them say so when they skip."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest

AXE = "axe-core@4.10.3"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')


@cache
def browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser here: none of {', '.join(BROWSERS)}")
    return found


def axe(folder: Path) -> str:
    """The source of axe-core, which npm fetches into the folder; AUTOGRADER_AXE names a file that is there already."""
    if given := os.environ.get("AUTOGRADER_AXE"):
        return Path(given).read_text(encoding="utf-8")
    if shutil.which("npm") is None:
        pytest.skip("no npm here to fetch axe-core; or set AUTOGRADER_AXE to its axe.min.js")
    command = [
        "npm",
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(folder),
        AXE,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if done.returncode:
        pytest.skip(f"npm cannot fetch {AXE}: {done.stderr.strip()[-200:] or 'no network?'}")
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def dom(page: str, folder: Path, *options: str) -> str:
    """The page as its scripts left it."""
    path = folder / "page.html"
    path.write_text(page, encoding="utf-8")
    command = [
        browser(), "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
        "--virtual-time-budget=20000", *options, "--dump-dom", path.as_uri(),
    ]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def answer(page: str, script: str, folder: Path, *options: str) -> Any:
    """What a script of the test, an expression that may be a promise, gives in the page, as JSON.

    The page's policy would not run it, so it is taken out here; `dom` alone shows a page under its policy.
    """
    asking = (
        "<script>(async () => { const told = document.createElement('pre'); told.id = 'told';"
        f"told.textContent = JSON.stringify(await ({script})); document.body.append(told); }})()</script>"
    )
    source = dom(POLICY.sub("", page).replace("</body>", asking + "</body>"), folder, *options)
    told = re.search(r'<pre id="told">(.*?)</pre>', source, re.DOTALL)
    assert told, source[-2000:]
    return json.loads(unescape(told[1]))
