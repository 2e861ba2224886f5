"""Runs the cells of a solved notebook, which stand on standard input as JSON, and writes what came of each.

A program of its own, started by `preview`: it imports nothing of this package.
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import linecache
import sys
import time
import traceback
import warnings
from typing import Any

MOST_PRINTED = 20_000


def run(source: str, number: int, namespace: dict[str, Any]) -> dict[str, Any]:
    """One cell: its seconds, prints, warnings, error and pictures."""
    name = f"<cell {number}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    printed, error, started = io.StringIO(), "", time.perf_counter()
    with warnings.catch_warnings(record=True) as warned, contextlib.redirect_stdout(printed):
        as_in_jupyter()
        try:
            exec(compile(source, name, "exec"), namespace)
        except BaseException as raised:
            line = next(
                (f.lineno for f in reversed(traceback.extract_tb(raised.__traceback__)) if f.filename == name), None
            )
            error = f"{type(raised).__name__}: {raised}" + (f" (line {line})" if line else "")
    return {
        "seconds": time.perf_counter() - started,
        "printed": printed.getvalue()[:MOST_PRINTED],
        "warnings": [
            f"{one.category.__name__}: {one.message}" for one in warned if "non-interactive" not in str(one.message)
        ],
        "error": error,
        "pictures": pictures(),
    }


def as_in_jupyter() -> None:
    """Show the warnings that a notebook shows: what libraries say to each other is hidden."""
    warnings.simplefilter("default")
    for hidden in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", hidden)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")


def pictures() -> list[str]:
    """The open figures as PNG in base64; closes them."""
    plt: Any = sys.modules.get("matplotlib.pyplot")
    found = []
    for number in plt.get_fignums() if plt is not None else ():
        out = io.BytesIO()
        plt.figure(number).savefig(out, format="png", dpi=80, bbox_inches="tight")
        found.append(base64.b64encode(out.getvalue()).decode())
    if plt is not None:
        plt.close("all")
    return found


def main() -> None:
    """Run the cells of standard input and write the results to standard output, after a NUL: whatever the cells wrote
    there themselves stands before it."""
    sys.path.insert(0, "")
    namespace: dict[str, Any] = {"__name__": "__main__"}
    results = [run(source, number, namespace) for number, source in enumerate(json.load(sys.stdin), start=1)]
    sys.stdout.write("\n\0" + json.dumps(results))


if __name__ == "__main__":
    main()
