"""The formats in which students' tools save a notebook. They differ in everything but the cells' text.

Metadata, outputs, execution counts and cell ids are such as the tools really write; they are drawn from the student's
name, so that the class is the same every time.
"""

from __future__ import annotations

import base64
import json
import random
import struct
import zlib
from collections.abc import Callable
from typing import Any

from autograder.demo.recipe import DemoCell

Json = dict[str, Any]
Save = Callable[[list[DemoCell], str], bytes]


def _lines(source: str) -> list[str]:
    return source.splitlines(keepends=True)


def _marks(cell: DemoCell) -> Json:
    """The release's metadata, as kept by tools that preserve metadata unknown to them."""
    if not cell.key:
        return {}
    marks: Json = {"autograder": {"key": cell.key, "role": cell.role}}
    if cell.task:
        marks["autograder"]["task"] = cell.task
    return marks


# -- outputs ---------------------------------------------------------------------------------------------------------


def picture(rng: random.Random, width: int = 96, height: int = 64) -> bytes:
    """A small grey PNG, in place of the plot that a real notebook holds."""
    rows = b"".join(b"\0" + rng.randbytes(width) for _ in range(height))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _outputs(cell: DemoCell, count: int | None, rng: random.Random) -> list[Json]:
    if count is None:
        return []
    image = {
        "image/png": base64.b64encode(picture(rng)).decode() + "\n",
        "text/plain": ["<Figure size 640x480 with 1 Axes>"],
    }
    if cell.role == "explore" or "plt." in cell.source:
        return [{"output_type": "display_data", "data": image, "metadata": {"needs_background": "light"}}]
    if cell.role == "check":
        text = ["small 4/4\n", f"{rng.random():.3f} 맞았습니다\n"]
        return [{"output_type": "stream", "name": "stdout", "text": text}]
    if "print(" in cell.source:
        return [
            {"output_type": "stream", "name": "stderr", "text": ["UserWarning: 경고 ⚠\n"]},
            {
                "output_type": "execute_result",
                "execution_count": count,
                "data": {"text/plain": ["tensor([1.])"]},
                "metadata": {},
            },
        ]
    return []


def _counts(cells: list[DemoCell], rng: random.Random) -> list[int | None]:
    """Execution counts of a notebook that was worked on: rising, with gaps and repeats; None where nothing ran."""
    count, found = 0, list[int | None]()
    for cell in cells:
        count += rng.choice((1, 1, 1, 2, 5))
        ran = cell.is_code and cell.ran and rng.random() < 0.95
        found.append(max(1, count - rng.choice((0, 0, 0, 7))) if ran else None)
    return found


def _dump(tree: Json, indent: int | None = 1) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, indent=indent) + "\n").encode()


_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_PYTHON = {
    "codemirror_mode": {"name": "ipython", "version": 3}, "file_extension": ".py", "mimetype": "text/x-python",
    "name": "python", "nbconvert_exporter": "python", "pygments_lexer": "ipython3", "version": "3.12.4",
}  # fmt: skip


def _body(cell: DemoCell, count: int | None, rng: random.Random, metadata: Json) -> Json:
    if not cell.is_code:
        return {"cell_type": "markdown", "metadata": metadata, "source": _lines(cell.source)}
    return {
        "cell_type": "code", "execution_count": count, "metadata": metadata, "outputs": _outputs(cell, count, rng),
        "source": _lines(cell.source),
    }  # fmt: skip


# -- tools -----------------------------------------------------------------------------------------------------------


def lab(cells: list[DemoCell], student: str) -> bytes:
    """JupyterLab 4: nbformat 4.5, ids, the release's marks kept."""
    rng = random.Random(student)
    body = []
    for cell, count in zip(cells, _counts(cells, rng), strict=True):
        identity = cell.key[:64] or f"{rng.getrandbits(128):032x}"[:8]
        body.append({**_body(cell, count, rng, _marks(cell)), "id": identity})
    metadata = {"kernelspec": _KERNEL, "language_info": _PYTHON}
    return _dump({"cells": body, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def vscode(cells: list[DemoCell], student: str) -> bytes:
    """VS Code: nbformat 4.2, no ids, metadata of its own beside the marks."""
    rng = random.Random(student)
    body = [
        _body(cell, count, rng, {**_marks(cell), **({"vscode": {"languageId": "python"}} if cell.is_code else {})})
        for cell, count in zip(cells, _counts(cells, rng), strict=True)
    ]
    kernel = {"display_name": ".venv", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": _PYTHON, "orig_nbformat": 4}
    return _dump({"cells": body, "metadata": metadata, "nbformat": 4, "nbformat_minor": 2})


def colab(cells: list[DemoCell], student: str) -> bytes:
    """Google Colab: nbformat 4.0, ids in the metadata, the release's marks gone, no language_info version."""
    rng = random.Random(student)
    body = []
    for cell, count in zip(cells, _counts(cells, rng), strict=True):
        identity = base64.urlsafe_b64encode(rng.randbytes(9)).decode()
        metadata: Json = {"id": identity}
        if cell.is_code and count is not None:
            metadata |= {
                "colab": {"base_uri": "https://localhost:8080/", "height": 430},
                "outputId": f"{rng.getrandbits(64):x}",
            }
        body.append(_body(cell, count, rng, metadata))
    metadata = {
        "colab": {"provenance": [], "collapsed_sections": ["recap"], "toc_visible": True, "gpuType": "T4"},
        "accelerator": "GPU", "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
    }  # fmt: skip
    return _dump({"nbformat": 4, "nbformat_minor": 0, "metadata": metadata, "cells": body}, indent=2)


def classic(cells: list[DemoCell], student: str) -> bytes:
    """The classic notebook with its extensions: nbformat 4.4, BOM, no ids, source as one string, Windows line ends."""
    rng = random.Random(student)
    body = []
    for cell, count in zip(cells, _counts(cells, rng), strict=True):
        metadata = {
            **_marks(cell),
            "collapsed": False,
            "scrolled": True,
            "ExecuteTime": {"end_time": "2027-05-16T14:59:58Z"},
        }
        body.append({**_body(cell, count, rng, metadata), "source": cell.source.replace("\n", "\r\n")})
    metadata = {"kernelspec": _KERNEL, "language_info": _PYTHON, "toc": {"base_numbering": 1}, "varInspector": {}}
    return b"\xef\xbb\xbf" + _dump({"cells": body, "metadata": metadata, "nbformat": 4, "nbformat_minor": 4})


def version3(cells: list[DemoCell], student: str) -> bytes:
    """nbformat 3, as written until 2014: worksheets, `input`, prompts, heading cells."""
    rng = random.Random(student)
    body: list[Json] = []
    for cell, count in zip(cells, _counts(cells, rng), strict=True):
        if cell.is_code:
            code: Json = {"cell_type": "code", "collapsed": False, "input": _lines(cell.source), "language": "python"}
            body.append({**code, "metadata": {}, "outputs": [], **({"prompt_number": count} if count else {})})
        elif cell.source.startswith("# ") and "\n" not in cell.source:
            body.append({"cell_type": "heading", "level": 1, "metadata": {}, "source": cell.source[2:]})
        else:
            body.append({"cell_type": "markdown", "metadata": {}, "source": _lines(cell.source)})
    sheets = [{"cells": body, "metadata": {}}]
    return _dump({"metadata": {"name": ""}, "nbformat": 3, "nbformat_minor": 0, "worksheets": sheets})


def percent(cells: list[DemoCell], student: str) -> bytes:
    """A Python file in percent format, as jupytext and VS Code write it."""
    parts = ["# ---\n# jupyter:\n#   jupytext:\n#     text_representation:\n#       format_name: percent\n# ---"]
    for cell in cells:
        if cell.is_code:
            parts.append("# %%\n" + _without_magics(cell.source))
        else:
            parts.append("# %% [markdown]\n" + "\n".join(f"# {line}".rstrip() for line in cell.source.split("\n")))
    return ("\n\n".join(parts) + "\n").encode()


def _without_magics(source: str) -> str:
    """Magics as comments, as jupytext writes them: the file must be Python."""
    foreign = source.startswith("%%") and not source.startswith("%%time")
    lines = source.split("\n")
    return "\n".join(f"# {line}" if foreign or line.lstrip().startswith(("%", "!", "?")) else line for line in lines)


def script(cells: list[DemoCell], student: str) -> bytes:
    """ "Download as Python": nbconvert's script, `%matplotlib` turned into a call of get_ipython."""
    rng = random.Random(student)
    parts = ["#!/usr/bin/env python\n# coding: utf-8"]
    for cell, count in zip(cells, _counts(cells, rng), strict=True):
        if cell.is_code:
            lines = [
                "get_ipython().run_line_magic('matplotlib', 'inline')" if line.startswith("%matplotlib") else line
                for line in cell.source.split("\n")
            ]
            parts.append(f"# In[{count or ' '}]:\n\n\n" + "\n".join(lines))
        else:
            parts.append("\n".join(f"# {line}".rstrip() for line in cell.source.split("\n")))
    return ("\n\n\n".join(parts) + "\n").encode()


FORMATS: dict[str, Save] = {
    "lab": lab,
    "vscode": vscode,
    "colab": colab,
    "classic": classic,
    "version3": version3,
    "percent": percent,
    "script": script,
}


def ending(saved: str) -> str:
    """The ending of the file's name."""
    return ".py" if saved in ("percent", "script") else ".ipynb"
