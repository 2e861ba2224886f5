"""A picture of old and new scores: a dot for each file, above the diagonal where it gains."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from xml.sax.saxutils import escape

SIZE, EDGE = 420, 44


def changes_svg(scores: Sequence[tuple[float, float]], title: str) -> str:
    """The picture as SVG. scores: (old, new) of each file; files with equal scores are one larger dot."""
    top = max((value for pair in scores for value in pair), default=0.0) or 1.0
    span = SIZE - 2 * EDGE

    def x(value: float) -> float:
        return EDGE + span * value / top

    def y(value: float) -> float:
        return SIZE - EDGE - span * value / top

    dots = [
        f'<circle cx="{x(old):.1f}" cy="{y(new):.1f}" r="{3 + 1.5 * (count - 1) ** 0.5:.1f}" '
        f'fill="{"#888" if old == new else "#177245" if new > old else "#b3261e"}" fill-opacity="0.6">'
        f"<title>{old:g} -> {new:g}: {count}</title></circle>"
        for (old, new), count in sorted(Counter(scores).items())
    ]
    up, down = sum(new > old for old, new in scores), sum(new < old for old, new in scores)
    told = escape(f"{title}: {len(scores)} files, {up} gain, {down} lose")
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" font-family="sans-serif" font-size="12">',
            f"<title>{told}</title>",
            f'<rect width="{SIZE}" height="{SIZE}" fill="#fff"/>',
            f'<path d="M{EDGE},{EDGE} V{SIZE - EDGE} H{SIZE - EDGE}" fill="none" stroke="#444"/>',
            f'<path d="M{x(0)},{y(0)} L{x(top)},{y(top)}" stroke="#bbb" stroke-dasharray="4 4"/>',
            *dots,
            f'<text x="{SIZE / 2}" y="22" text-anchor="middle">{told}</text>',
            f'<text x="{SIZE / 2}" y="{SIZE - 12}" text-anchor="middle">old score, to {top:g}</text>',
            f'<text x="16" y="{SIZE / 2}" text-anchor="middle" transform="rotate(-90 16 {SIZE / 2})">new score</text>',
            "</svg>",
            "",
        ]
    )
