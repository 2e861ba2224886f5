"""Text that students wrote, made fit to be shown: names, error messages, output, lines of source.

HTML is not escaped here: the templates do that for every value. Escaping leaves text that misleads a reader without
breaking out of the page: terminal codes, marks that change the reading direction, invisible characters, megabytes.
"""

from __future__ import annotations

import re

NAME, MESSAGE, SOURCE, OUTPUT = 120, 600, 200, 3000
OUTPUT_LINES = 40

# CSI sequences; strings (OSC, DCS, PM, APC, SOS) up to their end; all other escapes.
_ANSI = re.compile(r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[\]PX^_].*?(?:\x07|\x1b\\|\Z)|\x1b[ -/]*[0-~]?", re.DOTALL)
_MARKS = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_MARKS}{{3}}){_MARKS}+")
# Control characters but newline and tab; direction marks; zero-width characters; line separators; tags; surrogates.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The same text with invisible characters made visible: U+202E becomes "[U+202E]", a NUL "␀"."""
    return _HIDDEN.sub(_picture, text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else f"[U+{code:04X}]"


def clean(text: str, limit: int = MESSAGE, lines: int = 12) -> str:
    """Student text for people: no terminal codes, everything visible, at most `limit` characters and `lines` lines.

    The number of characters cut off stands at the end: "… (+1,234)". Of a line that was redrawn (a progress bar), the
    last state is kept.
    """
    text = _ANSI.sub("", text[: 20 * limit]) + text[20 * limit :]
    text = text.replace("\r\n", "\n")
    text = "\n".join(_redrawn(line) for line in text.split("\n")).rstrip("\n")
    kept = "\n".join(text.split("\n")[:lines])[:limit]
    shown = visible(_PILE.sub(r"\1", kept))
    return f"{shown}… (+{len(text) - len(kept):,})" if len(kept) < len(text) else shown


def _redrawn(line: str) -> str:
    return next((part for part in reversed(line.split("\r")) if part), "") if "\r" in line else line


def one_line(text: str, limit: int = NAME) -> str:
    """Student text for a heading or a cell of a table."""
    return clean(" ".join(text.split()), limit, lines=1)
