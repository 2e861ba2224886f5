"""Notebooks as plain JSON, for graders that want cells of their own kinds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Cell = dict[str, Any]


def code(source: str, cell_id: str, **metadata: Any) -> Cell:
    return {
        "cell_type": "code", "id": cell_id, "metadata": metadata, "source": source, "outputs": [], "execution_count": None,
    }  # fmt: skip


def raw(source: str, cell_id: str) -> Cell:
    return {"cell_type": "raw", "id": cell_id, "metadata": {}, "source": source}


def write(path: Path, cells: list[Cell]) -> None:
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def answered(released: Path, path: Path, answers: dict[str, str]) -> None:
    """A released notebook with the cell of each function replaced by a student's."""
    notebook = json.loads(released.read_text(encoding="utf-8"))
    waiting = dict(answers)
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        name = next((name for name in waiting if f"def {name}(" in source and "reference" not in source), None)
        if cell["cell_type"] == "code" and name is not None:
            cell["source"] = waiting.pop(name)
    if waiting:
        raise SystemExit(f"{released} has no cell for {', '.join(waiting)}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
