"""Constants that are computed: "soft" + "max", "xamtfos"[::-1], "".join(...), chr(115), base64.

Nothing is run but methods of str and bytes that cannot do more than make another short text.
"""

from __future__ import annotations

import base64
import binascii
import codecs
from collections.abc import Callable, Sequence
from typing import Any

LONGEST = 10_000
_METHODS = (
    "join", "replace", "lower", "upper", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "capitalize", "title",
    "swapcase", "casefold", "split", "encode", "decode", "format", "hex",
)  # fmt: skip
_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "builtins.chr": chr,
    "builtins.ord": ord,
    "builtins.str": str,
    "builtins.list": list,
    "builtins.tuple": tuple,
    "builtins.reversed": lambda value: value[::-1],
    "builtins.bytes": bytes,
    "builtins.bytes.fromhex": bytes.fromhex,
    "base64.b64decode": base64.b64decode,
    "base64.b32decode": base64.b32decode,
    "codecs.decode": codecs.decode,
    "binascii.unhexlify": binascii.unhexlify,
}


class NotConstant(Exception):
    """It cannot be told without running it."""


def call_function(name: str, arguments: Sequence[Any]) -> Any:
    """The result of a harmless builtin on constants."""
    function = _FUNCTIONS.get(name)
    if function is None or not arguments or (name == "builtins.bytes" and isinstance(arguments[0], int)):
        raise NotConstant
    return _guarded(lambda: function(*arguments))


def call_method(base: Any, method: str, arguments: Sequence[Any]) -> Any:
    """The result of a method of a constant text, bytes or list."""
    known = method in _METHODS and isinstance(base, (str, bytes))
    if not known or (method == "format" and any(digit in base for digit in "0123456789!")):
        raise NotConstant
    return _guarded(lambda: getattr(base, method)(*arguments))


def add(left: Any, right: Any) -> Any:
    return _guarded(lambda: left + right)


def multiply(left: Any, right: Any) -> Any:
    if any(isinstance(side, int) and abs(side) > LONGEST for side in (left, right)):
        raise NotConstant
    return _guarded(lambda: left * right)


def modulo(left: Any, right: Any) -> Any:
    if not isinstance(left, str) or any(mark in left for mark in "*0123456789"):
        raise NotConstant
    return _guarded(lambda: left % (tuple(right) if isinstance(right, list) else right))


def item(base: Any, key: Any) -> Any:
    return _guarded(lambda: base[key])


def _guarded(action: Callable[[], Any]) -> Any:
    try:
        value = action()
    except Exception:  # whatever the student's constants do to a method of str
        raise NotConstant from None
    if isinstance(value, (str, bytes, list, tuple)) and len(value) > LONGEST:
        raise NotConstant
    return value
