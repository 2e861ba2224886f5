"""Formulas in course text, `$\\hat A X W$`, as MathML, which browsers set by themselves: no script and no font is loaded.

The package latex2mathml reads LaTeX where it is installed (`pip install deep-autograder[formulas]`), and is imported by
the first formula. Only its tree is used, because its own writer does not escape markup in `\\text{...}` and writes
links. Elements and attributes are checked against lists of harmless MathML; a formula that cannot be read or holds
another element is shown as it was written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any
from xml.etree.ElementTree import Element

# As in Jupyter and pandoc: no blank inside the dollars, no digit behind them, so that "$5 and $6" are prices.
FORMULA = re.compile(r"(?<![\\$])(\$\$?)(?=[^\s$])((?:[^$\\\n]|\\.)+?)(?<=\S)\1(?![\d$])")
LONGEST = 1000  # characters of a formula
DEEPEST = 40  # elements inside one another

ELEMENTS = frozenset(
    [
        "mfrac",
        "mi",
        "mn",
        "mo",
        "mover",
        "mpadded",
        "mphantom",
        "mroot",
        "mrow",
        "mspace",
        "msqrt",
        "mstyle",
        "msub",
        "msubsup",
        "msup",
        "mtable",
        "mtd",
        "mtext",
        "mtr",
        "munder",
        "munderover",
    ]
)
# All other attributes are dropped: links, styles, classes, colours, and those of later versions of the package.
ATTRIBUTES = {
    "accent": re.compile(r"true|false"),
    "accentunder": re.compile(r"true|false"),
    "columnalign": re.compile(r"(?:left|center|right)(?: (?:left|center|right))*"),
    "displaystyle": re.compile(r"true|false"),
    "fence": re.compile(r"true|false"),
    "form": re.compile(r"prefix|infix|postfix"),
    "largeop": re.compile(r"true|false"),
    "linethickness": re.compile(r"-?[\d.]+(?:em|ex|px|pt)?"),
    "lspace": re.compile(r"-?[\d.]+(?:em|ex|px|pt)"),
    "maxsize": re.compile(r"[\d.]+(?:em|ex|px|pt)"),
    "minsize": re.compile(r"[\d.]+(?:em|ex|px|pt)"),
    "movablelimits": re.compile(r"true|false"),
    "rspace": re.compile(r"-?[\d.]+(?:em|ex|px|pt)"),
    "scriptlevel": re.compile(r"[+-]?\d"),
    "separator": re.compile(r"true|false"),
    "stretchy": re.compile(r"true|false"),
    "symmetric": re.compile(r"true|false"),
    "width": re.compile(r"-?[\d.]+(?:em|ex|px|pt)"),
}
# Browsers support no mathvariant but "normal", so a letter is written as the Unicode letter of its alphabet. The code
# points of A, a and 0 in each alphabet; ELSEWHERE has the letters that Unicode keeps outside of that block.
ALPHABETS = {
    "bold": (0x1D400, 0x1D41A, 0x1D7CE),
    "bold-italic": (0x1D468, 0x1D482, None),
    "double-struck": (0x1D538, 0x1D552, 0x1D7D8),
    "fraktur": (0x1D504, 0x1D51E, None),
    "monospace": (0x1D670, 0x1D68A, 0x1D7F6),
    "sans-serif": (0x1D5A0, 0x1D5BA, 0x1D7E2),
    "script": (0x1D49C, 0x1D4B6, None),
}
ELSEWHERE = {
    "double-struck": dict(zip("CHNPQRZ", "ℂℍℕℙℚℝℤ", strict=True)),
    "fraktur": dict(zip("CHIRZ", "ℭℌℑℜℨ", strict=True)),
    "script": dict(zip("BEFHILMRego", "ℬℰℱℋℐℒℳℛℯℊℴ", strict=True)),
}
# Commands that the package leaves in its tree as they were written: `\arg`, and delimiters behind `\big` and its kin.
LEFT_OVER = {
    r"\arg": "arg", r"\{": "{", r"\}": "}", r"\|": "‖", r"\vert": "|", r"\Vert": "‖", r"\lvert": "|", r"\rvert": "|", r"\lVert": "‖", r"\rVert": "‖",
    r"\lfloor": "⌊", r"\rfloor": "⌋", r"\lceil": "⌈", r"\rceil": "⌉", r"\langle": "⟨", r"\rangle": "⟩", r"\lbrace": "{", r"\rbrace": "}",
}  # fmt: skip
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|[{}|])")
_ENTITY = re.compile(r"&#x[0-9A-Fa-f]{1,6};")


class _Unsettable(Exception):
    """A formula with an element that is not known to be harmless, with too many inside one another, or with an unread command."""


def with_formulas(text: str, plain: Callable[[str], str]) -> str:
    """The text as HTML, its formulas as MathML or as escaped source. plain: makes HTML of what is between formulas."""
    if "$" not in text:
        return plain(text)
    parts, end = [], 0
    for found in FORMULA.finditer(text):
        parts += [plain(text[end : found.start()]), mathml(found[2], block=found[1] == "$$")]
        end = found.end()
    return "".join([*parts, plain(text[end:])])


@lru_cache(maxsize=4096)
def mathml(latex: str, block: bool = False) -> str:
    """A formula as a `<math>` element; its source in a `<code>` element where it cannot be read."""
    convert = _converter()
    if convert is None or len(latex) > LONGEST:
        return f'<code class="tex">{html.escape(latex)}</code>'
    try:
        inside = "".join(part for child in convert(latex) for part in _written(child, 0))
    except Exception:  # the package's parser fails with errors of many kinds
        return f'<code class="tex">{html.escape(latex)}</code>'
    display = ' display="block"' if block else ""
    return f"<math{display}>{inside}</math>"


@cache
def _converter() -> Callable[[str], Any] | None:
    try:
        from latex2mathml.converter import convert_to_element
    except ImportError:
        return None
    return lambda latex: convert_to_element(latex)


def _written(element: Element, depth: int) -> Iterator[str]:
    """An element of the package's tree as markup. Raises _Unsettable for anything that is not known to be harmless."""
    if element.tag not in ELEMENTS or depth > DEEPEST:
        raise _Unsettable(element.tag)
    kept = [
        f' {name}="{value}"'
        for name, value in element.attrib.items()
        if name in ATTRIBUTES and ATTRIBUTES[name].fullmatch(value)
    ]
    text = _text(element.text or "")
    variant = element.get("mathvariant", "")
    if variant == "normal" and element.tag == "mi":
        kept.append(' mathvariant="normal"')
    yield f"<{element.tag}{''.join(kept)}>{html.escape(_in_alphabet(text, variant))}"
    for child in element:
        yield from _written(child, depth + 1)
        yield html.escape(_text(child.tail or ""))
    yield f"</{element.tag}>"


def _text(text: str) -> str:
    """Text of the tree, in which the package writes its symbols as entities. Raises _Unsettable for a command left over."""
    if _COMMAND.fullmatch(text):
        if text not in LEFT_OVER:
            raise _Unsettable(text)
        return LEFT_OVER[text]
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def _in_alphabet(text: str, variant: str) -> str:
    if variant not in ALPHABETS:
        return text
    return "".join(_letter(letter, variant) for letter in text)


def _letter(letter: str, variant: str) -> str:
    upper, lower, digit = ALPHABETS[variant]
    if letter in ELSEWHERE.get(variant, {}):
        return ELSEWHERE[variant][letter]
    if "A" <= letter <= "Z":
        return chr(upper + ord(letter) - ord("A"))
    if "a" <= letter <= "z":
        return chr(lower + ord(letter) - ord("a"))
    if "0" <= letter <= "9" and digit is not None:
        return chr(digit + ord(letter) - ord("0"))
    return letter
