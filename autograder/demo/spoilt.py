"""Files that are not notebooks any more, or that belong to another assignment."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping


def empty(released: Mapping[str, bytes], notebook: bytes) -> bytes:
    """The upload broke off before the first byte."""
    return b""


def truncated(released: Mapping[str, bytes], notebook: bytes) -> bytes:
    """The file ends after two thirds: the battery died while the notebook was being saved."""
    return notebook[: 2 * len(notebook) // 3]


def web_page(released: Mapping[str, bytes], notebook: bytes) -> bytes:
    """The page around the notebook, saved with the browser."""
    return b"<!DOCTYPE html>\n<html><head><title>gcn.ipynb - Colab</title></head><body></body></html>\n"


def archive(released: Mapping[str, bytes], notebook: bytes) -> bytes:
    """A zip under a notebook's name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(zipfile.ZipInfo("notebook.ipynb"), notebook)
    return out.getvalue()


def conflict(released: Mapping[str, bytes], notebook: bytes) -> bytes:
    """Conflict marks of git in the middle of the JSON: two people worked on one notebook."""
    text = notebook.decode()
    middle = text.index("\n", len(text) // 2) + 1
    return (text[:middle] + "<<<<<<< HEAD\n=======\n>>>>>>> main\n" + text[middle:]).encode()


def in_r(released: Mapping[str, bytes], notebook: bytes) -> bytes:
    """A notebook for the R kernel, from another course."""
    tree = json.loads(notebook)
    tree["metadata"]["kernelspec"] = {"display_name": "R", "language": "R", "name": "ir"}
    tree["metadata"]["language_info"] = {"name": "R"}
    return json.dumps(tree).encode()


def of_10_gcn(released: Mapping[str, bytes], notebook: bytes) -> bytes:
    """The wrong file from the downloads folder."""
    return released["10-gcn"]


def of_09_lstm(released: Mapping[str, bytes], notebook: bytes) -> bytes:
    """The wrong file from the downloads folder."""
    return released["09-lstm"]


def no_code(released: Mapping[str, bytes], notebook: bytes) -> bytes:
    """All code cells deleted, "because they were printed in the report"."""
    tree = json.loads(notebook)
    tree["cells"] = [cell for cell in tree["cells"] if cell["cell_type"] != "code"]
    return json.dumps(tree).encode()
