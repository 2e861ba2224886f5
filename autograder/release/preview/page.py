"""The solved notebook as one HTML file: texts as a notebook shows them, code, output, plots and seconds.

Texts are set by markdown-it, their formulas by latex2mathml, where these are installed (`pip install
deep-autograder[formulas]`); without them they stand as they were written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from functools import cache

from autograder.course.assignment import Assignment
from autograder.formulas import mathml
from autograder.release.preview.solved import RanCell

_STYLE = """body{font:16px/1.6 system-ui,"Noto Sans KR",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
pre{background:#80808020;padding:.6rem .8rem;border-radius:6px;overflow:auto;font-size:.85rem;white-space:pre-wrap}
.plain{white-space:pre-wrap}.side{color:#666;font-size:.8rem}.bad{border-left:4px solid #b34700}
img{max-width:100%;background:#fff}table{border-collapse:collapse}td,th{border:1px solid #8888;padding:.2rem .6rem}
math[display=block]{margin:.8rem 0;overflow-x:auto;max-width:100%}
:root{color-scheme:light dark}@media (prefers-color-scheme:dark){.side{color:#aaa}}"""


def page(assignment: Assignment, cells: Sequence[RanCell], language: str) -> str:
    """The page of a notebook that ran."""
    title = html.escape(assignment.title.in_language(language))
    total = sum(cell.seconds for cell in cells)
    body = "".join(_text(cell) if cell.role == "text" else _code(cell) for cell in cells)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f'<body><main><p class="side">{html.escape(assignment.slug)} · {total:.1f} s</p>{body}</main></body></html>\n'
    )


# Unlike `formulas.FORMULA`, a formula may run over several lines, as in a notebook; an inline one over no empty line.
IN_A_NOTEBOOK = re.compile(
    r"(?<![\\$])(\$\$)\s*((?:[^$\\]|\\.|\\\n)+?)\s*\$\$|(?<![\\$])(\$)(?=[^\s$])((?:[^$\\\n]|\\.|\n(?!\s*\n))+?)(?<=\S)\$(?![\d$])"
)


def _text(cell: RanCell) -> str:
    """A text cell. Formulas are kept from markdown-it, to which their stars and underscores mean something else."""
    render = _renderer()
    if render is None:
        return f'<div class="plain">{html.escape(cell.source)}</div>'
    found = IN_A_NOTEBOOK.findall(cell.source)
    formulas = [mathml(" ".join((set_off or inline).split()), block=bool(set_off)) for _, set_off, _, inline in found]
    marks = iter(range(len(formulas)))
    shown = render(IN_A_NOTEBOOK.sub(lambda _: f"\ue000{next(marks)}\ue001", cell.source))
    for number, formula in enumerate(formulas):
        shown = shown.replace(f"\ue000{number}\ue001", formula)
    return f"<div>{shown}</div>"


@cache
def _renderer() -> Callable[[str], str] | None:
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        return None
    render: Callable[[str], str] = MarkdownIt("commonmark").enable("table").render
    return render


def _code(cell: RanCell) -> str:
    said = [cell.printed, *cell.warnings, cell.error]
    out = "".join(f"<pre>{html.escape(text)}</pre>" for text in said if text.strip())
    plots = "".join(f'<p><img alt="plot" src="data:image/png;base64,{picture}"></p>' for picture in cell.pictures)
    bad = ' class="bad"' if cell.error or cell.warnings else ""
    where = f" · solution.py:{cell.line}" if cell.line else ""
    return (
        f'<pre{bad}>{html.escape(cell.source)}</pre><p class="side">{cell.seconds:.2f} s · {cell.role}{where}</p>'
        f"{out}{plots}"
    )
