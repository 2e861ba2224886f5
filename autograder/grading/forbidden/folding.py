"""Constants that are computed: "soft" + "max", "xamtfos"[::-1], "".join(...), chr(115), base64.

Nothing is run but methods of str and bytes, a few operators, builtins such as `chr` and `list`, and `base64`, `codecs`
and `binascii`, all on constants: they can only make another constant, and none runs before the length of its result is
known to be small.
"""

from __future__ import annotations

import base64
import binascii
import codecs
import string
from collections.abc import Callable, Sequence
from typing import Any

LONGEST = 10_000  # characters of a constant, with all that it holds
LARGEST = 1 << 64  # of an int: writing out a long one takes time quadratic in its digits
_METHODS = (
    "join", "replace", "lower", "upper", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "capitalize", "title",
    "swapcase", "casefold", "split", "encode", "decode", "format", "hex",
)  # fmt: skip
# Codecs whose output is about as long as their input, and takes time in proportion. No bz2, zip, idna or punycode.
_CODECS = frozenset(
    [
        "ascii",
        "utf8",
        "utf16",
        "utf16le",
        "utf16be",
        "utf32",
        "utf32le",
        "utf32be",
        "latin1",
        "iso88591",
        "l1",
        "unicodeescape",
        "rawunicodeescape",
        "rot13",
        "hex",
        "hexcodec",
        "base64",
        "base64codec",
    ]
)
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
    "codecs.encode": codecs.encode,
    "binascii.unhexlify": binascii.unhexlify,
}
_TAKES_A_CODEC = ("codecs.decode", "codecs.encode", "builtins.str", "builtins.bytes")


class NotConstant(Exception):
    """The value of an expression cannot be known without running the code."""


def weight(value: Any) -> int:
    """Characters of a constant with all that it holds; counted to a little beyond LONGEST."""
    total, waiting = 0, [value]
    while waiting and total <= LONGEST:
        part = waiting.pop()
        if isinstance(part, (list, tuple)):
            total += len(part)
            waiting += part[: LONGEST + 1]
        else:
            total += len(part) if isinstance(part, (str, bytes)) else 20
    return total


def call_function(name: str, arguments: Sequence[Any]) -> Any:
    """The result of a harmless function on constants. Raises NotConstant for any other."""
    function = _FUNCTIONS.get(name)
    if function is None or not arguments or (name == "builtins.bytes" and isinstance(arguments[0], int)):
        raise NotConstant
    if len(arguments) > 1:
        if name not in _TAKES_A_CODEC:
            raise NotConstant
        _demand_codec(arguments[1])
    return _guarded(lambda: function(*arguments))


def call_method(base: Any, method: str, arguments: Sequence[Any]) -> Any:
    """The result of a method of a constant text or bytes. Raises NotConstant for anything else."""
    if method not in _METHODS or not isinstance(base, (str, bytes)):
        raise NotConstant
    if method in ("encode", "decode") and arguments:
        _demand_codec(arguments[0])
    _demand_short(_estimate(base, method, arguments))
    return _guarded(lambda: getattr(base, method)(*arguments))


def _estimate(base: str | bytes, method: str, arguments: Sequence[Any]) -> int:
    """Characters that the result has at most."""
    if method == "join":
        return weight(arguments) + len(base) * sum(
            len(a) for a in arguments if isinstance(a, (str, bytes, list, tuple))
        )
    if method == "replace":
        return len(base) + (len(base) + 1) * max(
            (len(a) for a in arguments[1:2] if isinstance(a, (str, bytes))), default=0
        )
    if method == "format":
        return len(base) + _fields(base) * weight(arguments)
    return len(base)


def _fields(template: str | bytes) -> int:
    """How many plain fields a template has. One with a width, a conversion or a field inside can be of any length."""
    if not isinstance(template, str):
        raise NotConstant
    try:
        parsed = list(string.Formatter().parse(template))
    except ValueError:
        raise NotConstant from None
    fields = [(name, spec, conversion) for _, name, spec, conversion in parsed if name is not None]
    if any(spec or conversion or not (name == "" or name.isdecimal()) for name, spec, conversion in fields):
        raise NotConstant
    return len(fields)


def _demand_codec(name: Any) -> None:
    if not isinstance(name, str) or "".join(filter(str.isalnum, name)).lower() not in _CODECS:
        raise NotConstant


def _demand_short(length: int) -> None:
    if length > LONGEST:
        raise NotConstant


def add(left: Any, right: Any) -> Any:
    return _guarded(lambda: left + right)


def multiply(left: Any, right: Any) -> Any:
    if any(isinstance(side, int) and abs(side) > LONGEST for side in (left, right)):
        raise NotConstant
    for side, count in ((left, right), (right, left)):
        if isinstance(side, (str, bytes, list, tuple)) and isinstance(count, int):
            _demand_short(weight(side) * max(count, 0))
    return _guarded(lambda: left * right)


def modulo(left: Any, right: Any) -> Any:
    if not isinstance(left, str) or any(mark in left for mark in "*0123456789"):
        raise NotConstant
    _demand_short(len(left) + left.count("%") * weight(right))
    return _guarded(lambda: left % (tuple(right) if isinstance(right, list) else right))


def item(base: Any, key: Any) -> Any:
    return _guarded(lambda: base[key])


def text(value: Any) -> str:
    """A constant as an f-string shows it."""
    shown: str = _guarded(lambda: str(value))
    return shown


def _guarded(action: Callable[[], Any]) -> Any:
    try:
        value = action()
    except Exception:  # whatever the student's constants do to a method of str
        raise NotConstant from None
    if weight(value) > LONGEST or (isinstance(value, int) and abs(value) >= LARGEST):
        raise NotConstant
    return value
