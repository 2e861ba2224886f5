"""What running mutants gave, kept on this machine by content, because it takes minutes.

    .autograder/mutants/<slug>-<task>-<hash>.json

The hash covers the reference, the checks, the secret, the device, the version and the mutants, so equal hashes mean
equal results.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.verify.proofs.prover import Ran

FOLDER = Path(".autograder") / "mutants"


class KeptRows:
    """A folder of results by key. One that cannot be read or written costs time only."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER

    def recall(self, key: str) -> Ran | None:
        """What is kept under a key, or None."""
        from autograder.verify.proofs.prover import Ran, Row

        try:
            data = json.loads((self.folder / f"{key}.json").read_text(encoding="utf-8"))
            rows = [
                Row({c: math.inf if r is None else r for c, r in ratios.items()}, frozenset(values), spoilt, returned)
                for ratios, values, spoilt, returned in data["rows"]
            ]
            telling = {int(number): what for number, what in data["telling"].items()}
            return Ran(rows, data["alive"], telling, data["refusing"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None

    def keep(self, key: str, ran: Ran) -> None:
        """Keep results under a key, whole or not at all."""
        rows = [[_finite(row.ratios), sorted(row.values), row.spoilt, row.returned] for row in ran.rows]
        found = {"rows": rows, "alive": ran.alive, "telling": ran.telling, "refusing": ran.refusing}
        text = json.dumps(found, ensure_ascii=False)
        aside = self.folder / f"{key}.{os.getpid()}"
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            aside.write_text(text, encoding="utf-8")
            os.replace(aside, self.folder / f"{key}.json")


def _finite(ratios: Mapping[str, float]) -> dict[str, float | None]:
    return {check: ratio if math.isfinite(ratio) else None for check, ratio in ratios.items()}
