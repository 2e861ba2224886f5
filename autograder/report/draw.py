"""Pictures and tables of numbers for the pages: no script, no file, colours from the page's style sheet.

They are built in Python, not in the templates, because a report has thousands of cells. The results are marked as safe,
so every text is escaped here.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape as html_escape
from itertools import groupby

from markupsafe import Markup, escape

from autograder.report.excerpt import level
from autograder.report.schema import Heat, Table

HEAT_SIDE = 168  # pixels of the longer side of a heat map
CELL = (5, 22)  # least and largest pixels of one of its cells
CLASSES = 6  # q0: right by a factor of ten or more; q1: right; q2..q5: wrong, in the order of the error


def heat_class(ratio: float, top: float) -> int:
    """The colour class of an element of a heat map, 0 to 5.

    ratio: log10(error / tolerance) of the element.
    top: the same of the largest error of the map.
    """
    return int(ratio > -1) if ratio <= 0 else 1 + level(ratio, top)


def heat_svg(heat: Heat, label: str) -> Markup:
    """A heat map as SVG. Its worst cell has a ring, so that it can be found without colours."""
    grid: Sequence[Sequence[float]] = heat.grid
    rows, columns = len(grid), len(grid[0])
    cell = min(max(HEAT_SIDE // max(rows, columns), CELL[0]), CELL[1])
    worst = max((ratio, -r, -c) for r, row in enumerate(grid) for c, ratio in enumerate(row))
    paths = "".join(f'<path class="q{k}" d="{d}"/>' for k, d in enumerate(_paths(grid, heat.top)) if d)
    ring = f'<rect class="ring" x="{0.2 - worst[2]:g}" y="{0.2 - worst[1]:g}" width=".6" height=".6"/>'
    return Markup(
        f'<svg class="heat" role="img" aria-label="{escape(label)}" viewBox="0 0 {columns} {rows}" '
        f'width="{columns * cell}" height="{rows * cell}" shape-rendering="crispEdges">{paths}{ring}</svg>'
    )


def _paths(grid: Sequence[Sequence[float]], top: float) -> list[str]:
    """One path for each colour, neighbours in a row as one rectangle: a hundredth of the size of single cells."""
    paths = [""] * CLASSES
    for r, row in enumerate(grid):
        column = 0
        for colour, run in groupby(heat_class(ratio, top) for ratio in row):
            length = len(list(run))
            paths[colour] += f"M{column} {r}h{length}v1h-{length}z"
            column += length
    return paths


def array_table(piece: Table, caption: str) -> Markup:
    """One table of a view, with the classes of its errors as colours and its wrong elements as <mark>."""
    rows, columns = piece.rows, piece.columns
    corner = "<td></td>" if rows is not None else ""
    parts = [f'<div class="scroll" tabindex="0" role="group" aria-label="{html_escape(caption)}"><table class="array">']
    if piece.at:
        parts.append(f'<caption class="num">[{html_escape(", ".join(map(str, piece.at)))}, …]</caption>')
    if columns is not None:
        parts += ["<thead><tr>", corner, *(f'<th scope="col">{int(c)}</th>' for c in columns), "</tr></thead>"]
    parts.append("<tbody>")
    for r, cells in enumerate(piece.cells):
        head = f'<th scope="row">{int(rows[r])}</th>' if rows is not None else ""
        levels = piece.levels[r] if piece.levels else []
        worst = piece.worst[1] if any(levels) and piece.worst and piece.worst[0] == r else None
        parts.append(f"<tr>{head}{_cells(cells, levels, worst)}</tr>")
    parts.append("</tbody></table></div>")
    return Markup("".join(parts))


def _cells(texts: Sequence[str], levels: Sequence[int], worst: int | None) -> str:
    # Escaped a row at a time: with a call for each of thousands of cells, escaping dominates the time of a page.
    escaped = html_escape("\n".join(texts)).split("\n")
    if not any(levels):
        return f"<td>{'</td><td>'.join(escaped)}</td>"
    parts = []
    for c, (text, k) in enumerate(zip(escaped, levels, strict=False)):
        ring = " worst" if c == worst else ""
        parts.append(f'<td class="q{int(k) + 1}{ring}"><mark>{text}</mark></td>' if k else f"<td>{text}</td>")
    return "".join(parts)


def histogram_svg(counts: Sequence[int], labels: Sequence[str], label: str) -> Markup:
    """Bars of counts over labelled bins."""
    step, height, top = 52, 120, 18
    largest = max([1, *counts])
    parts = []
    for i, (count, name) in enumerate(zip(counts, labels, strict=True)):
        size = round(height * count / largest, 1)
        x, y = i * step, top + height - size
        parts.append(f'<rect class="bar" x="{x + 4}" y="{y}" width="{step - 8}" height="{size}" rx="3"/>')
        if count:
            parts.append(f'<text x="{x + step / 2}" y="{y - 5}">{count}</text>')
        parts.append(f'<text class="axis" x="{x + step / 2}" y="{top + height + 16}">{escape(name)}</text>')
    width = step * len(counts)
    return Markup(
        f'<svg class="histogram" role="img" aria-label="{escape(label)}" viewBox="0 0 {width} {top + height + 22}">'
        f'<line class="ground" x1="0" x2="{width}" y1="{top + height}" y2="{top + height}"/>{"".join(parts)}</svg>'
    )
