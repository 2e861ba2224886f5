"""What Python says when an author's file runs, in the author's words: which name was meant, and what is missing.

A wrong call or import of what this package offers authors is said in words of our own. Every other error is quoted as
it was raised, with the nearest name where one is near.
"""

from __future__ import annotations

import builtins
import difflib
import inspect
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder import authoring, draws, i18n, parts, presets, questions, tolerance
from autograder.course.spelling.library_names import LIBRARIES
from autograder.course.textfile import did_you_mean
from autograder.errors import Mistake

FOR_AUTHORS = (authoring, questions)  # what authors import from
_HOMES = (*FOR_AUTHORS, draws, i18n, parts, tolerance)  # where what they import is written
_CALL = re.compile(r"(?P<who>[\w.]+)\(\) (?P<rest>.*)", re.DOTALL)
_KEYWORD = re.compile(r"got an unexpected keyword argument '(?P<word>\w+)'")
_MISSING = re.compile(r"missing \d+ required .*arguments?: (?P<names>.*)")
_IMPORT = re.compile(r"cannot import name '(?P<word>\w+)' from '(?P<module>[\w.]+)'")
_NO_MODULE = re.compile(r"No module named '(?P<module>[\w.]+)'")


def said(error: BaseException, path: Path) -> str:
    """One error of the file at `path` as a sentence, with the name that was meant where one is near."""
    if isinstance(error, Mistake):
        return str(error)
    if isinstance(error, TypeError) and (found := _of_call(str(error))):
        return found
    if isinstance(error, ImportError) and (found := _of_our_import(str(error))):
        return found
    quoted = f"{type(error).__name__}: {error}"
    if isinstance(error, AttributeError):
        remedy = _of_attribute(error)
    elif isinstance(error, NameError):
        remedy = _of_name(error, path)
    else:
        remedy = _of_import(str(error)) if isinstance(error, ImportError) else ""
    return f"{quoted.rstrip('.')}. {remedy}" if remedy else quoted


def _of_call(message: str) -> str | None:
    """A call of something of ours with arguments that it does not take."""
    call = _CALL.match(message)
    function = _ours(call["who"]) if call else None
    if call is None or function is None:
        return None
    shown = call["who"].removesuffix(".__init__").replace("Draw.", "draw.").replace("Task.", "")
    if keyword := _KEYWORD.match(call["rest"]):
        parameters = inspect.signature(function).parameters.values()
        known = [p.name for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY) and p.name != "self"]
        return f'{shown}(...) has no argument "{keyword["word"]}". {did_you_mean(keyword["word"], known)}'.rstrip()
    if missing := _MISSING.match(call["rest"]):
        return f"{shown}(...) lacks {missing['names'].replace(chr(39), '')}"
    return f"{shown}(...) {call['rest']}"


def _ours(name: str) -> Any:
    """The function that authors import and that Python calls by this name; None for anybody else's."""
    for home in _HOMES:
        found: Any = home
        for part in name.split("."):
            found = getattr(found, part, None)
        if str(getattr(found, "__module__", "")).startswith("autograder."):
            return found
    return None


def offered(module: ModuleType) -> dict[str, Any]:
    """What one of our modules has for authors, by its name: its own functions, and classes, tolerances and presets."""
    homes = {home.__name__ for home in _HOMES}
    return {
        name: value
        for name, value in vars(module).items()
        if (inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"))
        or (isinstance(value, (type, tolerance.Tolerance)) and value.__module__ in homes)
        or (name.isupper() and vars(presets).get(name) is value)
    }


def unknown_import(module: str, word: str) -> str:
    """What is wrong with `from module import word` of our own package; "" where nothing is."""
    if module.partition(".")[0] != "autograder":
        return ""
    homes = {home.__name__: offered(home) for home in FOR_AUTHORS}
    if module == "autograder":
        return "" if f"autograder.{word}" in homes else _no_module(f"autograder.{word}")
    if module not in homes:
        return _no_module(module) if module not in sys.modules else ""
    if word in vars(sys.modules[module]) or word == "*":
        return ""
    elsewhere = next((name for name, names in homes.items() if word in names), "")
    remedy = f"Import it from {elsewhere}." if elsewhere else did_you_mean(word, homes[module])
    return f'{module} has no "{word}". {remedy}'


def _no_module(module: str) -> str:
    return f'there is no module "{module}". {did_you_mean(module, [home.__name__ for home in FOR_AUTHORS])}'


def _of_our_import(message: str) -> str:
    if found := _IMPORT.match(message):
        return unknown_import(found["module"], found["word"])
    found = _NO_MODULE.match(message)
    return _no_module(found["module"]) if found and found["module"].startswith("autograder.") else ""


def _of_attribute(error: AttributeError) -> str:
    """The nearest attribute of a module or of an object of ours; "" for the author's own objects."""
    thing = getattr(error, "obj", None)
    kind = thing if isinstance(thing, type) else type(thing)
    if not isinstance(thing, ModuleType) and not kind.__module__.startswith("autograder."):
        return ""
    return _near(str(error.name), dir(thing))


def _of_name(error: NameError, path: Path) -> str:
    name, known = str(error.name or ""), set(dir(builtins))
    for home in FOR_AUTHORS:
        if name in offered(home):
            return f"Import it: from {home.__name__} import {name}."
    if name == "np" or name in sys.stdlib_module_names:
        return "Import it: import numpy as np." if name == "np" else f"Import it: import {name}."
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            known |= trace.tb_frame.f_globals.keys() | trace.tb_frame.f_locals.keys()
        trace = trace.tb_next
    return _near(name, known)


def _of_import(message: str) -> str:
    """A name of somebody else's module, or a module that is nobody's."""
    if found := _IMPORT.match(message):
        return _near(found["word"], dir(sys.modules.get(found["module"])))
    found = _NO_MODULE.match(message)
    root = found["module"].partition(".")[0] if found else ""
    known = {*LIBRARIES, *sys.stdlib_module_names, "autograder"}
    return _near(root, known) if root and root not in known else ""


def _near(word: str, known: Iterable[str]) -> str:
    """The nearest spelling as a sentence; nothing where all that is known would have to be listed."""
    names = sorted(name for name in known if not name.startswith("_"))
    close = [name for name in names if name.lower() == word.lower()] or difflib.get_close_matches(word, names, n=1)
    return f'Did you mean "{close[0]}"?' if close else ""
