"""Plots of the benchmarks, in colours that the colour-blind can tell apart (Okabe and Ito), and in black and white."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.measure import Spread

BLUE, ORANGE, GREEN, PURPLE, SKY, YELLOW, RED, BLACK = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#F0E442", "#D55E00", "#000000",
)  # fmt: skip
# What the student's own work needs, then what is added to it.
GROUPS = {
    "calls": (("calls",), BLUE, ""),
    "cells": (("cells",), SKY, "//"),
    "fork, walls": (("fork and walls",), ORANGE, ".."),
    "read, unpack": (("read and prepare", "unpack results"), YELLOW, "xx"),
    "compare, forbidden, diagnose": (("compare", "forbidden", "score", "diagnose"), GREEN, "\\\\"),
    "report, write, other": (("report", "write", "other"), PURPLE, "oo"),
}


def _figure(width: float, height: float) -> tuple[Any, Any]:
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    matplotlib.rcParams["svg.hashsalt"] = "benchmarks"
    figure, axes = plt.subplots(figsize=(width, height), layout="constrained")
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    return figure, axes


def _save(figure: Any, path: Path) -> None:
    import matplotlib.pyplot as plt

    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def draw_bare(figures: Mapping[str, Any], path: Path) -> None:
    """Stages of a submission as stacked bars, a mark where the bare cost is."""
    rows = [row for row in figures["rows"] if row["way"] == "solution"]
    figure, axes = _figure(8, 1.2 + 0.42 * len(rows))
    left = [0.0] * len(rows)
    for label, (stages, colour, hatch) in GROUPS.items():
        widths = [1000 * sum(row["stages"].get(stage, 0) for stage in stages) for row in rows]
        axes.barh(range(len(rows)), widths, left=left, color=colour, hatch=hatch, edgecolor="white", label=label)
        left = [a + b for a, b in zip(left, widths, strict=True)]
    bare = [1000 * Spread.of(row["seconds"]["runner"]).median for row in rows]
    axes.plot(bare, range(len(rows)), "|", color=BLACK, markersize=16, markeredgewidth=2.5, label="bare")
    axes.set_yticks(range(len(rows)), [f"{row['slug']}, {row['sandbox']}" for row in rows])
    axes.invert_yaxis()
    axes.set_xlabel("ms per submission (medians)")
    axes.legend(fontsize="small", frameon=False)
    _save(figure, path)


def draw_growth(figures: Mapping[str, Any], path: Path) -> None:
    """Memory against the number of submissions done."""
    rows = figures["rows"]
    done = [row["done"] for row in rows]
    figure, axes = _figure(6, 3)
    lines = {
        "a guest": ([row["guest_mb"] for row in rows], BLUE, "o-"),
        "a worker": ([max(row["workers_mb"]) for row in rows], ORANGE, "s--"),
        "main process": ([row["main_mb"] for row in rows], GREEN, "^:"),
    }
    for label, (values, colour, style) in lines.items():
        axes.plot(done, values, style, color=colour, label=label)
    axes.set_xscale("log")
    axes.set_xticks(done, [f"{n:,}" for n in done])
    axes.minorticks_off()
    axes.set_ylim(bottom=0)
    axes.set_xlabel("submissions graded")
    axes.set_ylabel("memory of its own, MB")
    axes.legend(frameon=False)
    _save(figure, path)


def draw_peers(figures: Mapping[str, Any], path: Path) -> None:
    """Seconds for a right submission, on a logarithmic scale."""
    rows = figures["rows"]
    figure, axes = _figure(7, 0.9 + 0.5 * len(rows))
    for place, (name, row) in enumerate(rows.items()):
        ours = name.startswith("autograder")
        seconds = row["right"]["seconds"]
        axes.barh(place, seconds, color=BLUE if ours else ORANGE, hatch="" if ours else "//", edgecolor="white")
        axes.text(seconds * 1.1, place, f"{seconds:.2g} s, {row['deserved']} of 20 right grades", va="center")
    axes.set_xscale("log")
    axes.set_xlim(right=30 * max(row["right"]["seconds"] for row in rows.values()))
    axes.set_yticks(range(len(rows)), list(rows))
    axes.invert_yaxis()
    axes.set_xlabel("seconds for a right submission (logarithmic)")
    _save(figure, path)
