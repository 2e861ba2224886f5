"""Changes to valid inputs: of their bytes, and of their JSON."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

# Bytes that parsers care about, whatever the format.
TOKENS = (
    b"", b"\0", b"\n", b"\r\n", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b"{", b"[", b"]", b'"', b"'", b"\\", b"#", b"%",
    b"\xed\xa0\x80", b"\xc0\x80", b"\xe1\x84\x80", b"\x7f", b"\x1b[31m", b"-1", b"1e999", b"NaN", b"\\ud800", b"0" * 5000,
    b"[" * 3000, b"(" * 300, b"-" * 3000, b"A" * 70_000,
)  # fmt: skip
NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, (1 << 63) - 1, (1 << 64) - 1)
DEEP: Any = []
for _ in range(400):
    DEEP = [DEEP]
LEAVES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1 << 70, 1.5, float("nan"), float("inf"), "", "x", "\ud800", "\0", "a\nb", "\u202e", [], {}, [[]],
    [None], {"": None}, DEEP, "x" * 100_000, "def scale(x, a):\n    return a * x", ["def f():\n", "  return 1"],
)  # fmt: skip


def mutated(rnd: Random, seeds: list[bytes], tokens: tuple[bytes, ...] = ()) -> bytes:
    """One of the seeds after a few changes of its bytes."""
    data = bytearray(rnd.choice(seeds))
    for _ in range(rnd.choice((1, 1, 1, 2, 3, 5, 10))):
        start = rnd.randrange(len(data) + 1)
        end = min(len(data), start + rnd.choice((1, 1, 2, 4, 16, 200, 5000)))
        kind = rnd.randrange(8)
        if kind == 0 and start < len(data):
            data[start] ^= 1 << rnd.randrange(8)
        elif kind == 1:
            del data[start:end]
        elif kind == 2:
            data[start:start] = rnd.choice(TOKENS)
        elif kind == 3:
            data[start:start] = rnd.choice(tokens or TOKENS)
        elif kind == 4:
            data[start:end] = data[start:end] * rnd.choice((2, 3, 50))
        elif kind == 5:
            size = rnd.choice((1, 2, 4, 8))
            data[start : start + size] = (rnd.choice(NUMBERS) % (1 << 8 * size)).to_bytes(size, "little")
        elif kind == 6:
            other = rnd.choice(seeds)
            cut = rnd.randrange(len(other) + 1)
            data[start:] = other[cut:]
        else:
            data[start:end] = rnd.randbytes(end - start)
        del data[1 << 20 :]
    return bytes(data)


def changed(rnd: Random, tree: Any) -> Any:
    """A JSON tree after a few changes of its nodes; the given one is left alone."""
    tree = copy.deepcopy(tree)
    for _ in range(rnd.choice((1, 1, 2, 3, 6))):
        places = list(_places(tree))
        if not places:
            return copy.deepcopy(rnd.choice(LEAVES))
        parent, key = rnd.choice(places)
        _change(rnd, parent, key)
    return tree


def _places(tree: Any) -> Any:
    stack, count = [tree], 0
    while stack and count < 2000:
        node = stack.pop()
        items = (
            list(node.items()) if isinstance(node, dict) else list(enumerate(node)) if isinstance(node, list) else []
        )
        for key, value in items:
            count += 1
            yield node, key
            if isinstance(value, (dict, list)):
                stack.append(value)


def _change(rnd: Random, parent: Any, key: Any) -> None:
    kind = rnd.randrange(6)
    if kind == 0:
        del parent[key]
    elif kind == 1 and isinstance(parent, list):
        parent.insert(key, copy.deepcopy(parent[key]))
    elif kind == 1:
        parent[rnd.choice(("id", "cells", "source", "metadata", "x", "", "\ud800"))] = copy.deepcopy(parent[key])
    elif kind == 2:
        parent[key] = [parent[key]]
    elif kind == 3 and isinstance(parent, list):
        parent.extend(copy.deepcopy(parent[: rnd.choice((1, 3))]) * rnd.choice((1, 30)))
    else:
        parent[key] = copy.deepcopy(rnd.choice(LEAVES))


def dumped(rnd: Random, tree: Any) -> bytes:
    """JSON as different writers write it."""
    text = json.dumps(tree, ensure_ascii=rnd.random() < 0.5, indent=rnd.choice((None, 1)))
    encoding = rnd.choice(("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "cp949"))
    return text.encode(encoding, "replace" if encoding == "cp949" else "surrogatepass")
