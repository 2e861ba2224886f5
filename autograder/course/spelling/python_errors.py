"""What Python says when an author's file runs, in the author's words: which name was meant, and what is missing.

A misspelt keyword, method or import of `autograder.authoring` is no defect that needs Python's own words. Everything
else is quoted as it was raised.
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

from autograder import authoring
from autograder.course.textfile import did_you_mean
from autograder.errors import Mistake

_CALL = re.compile(r"(?P<who>[\w.]+)\(\) (?P<rest>.*)", re.DOTALL)
_KEYWORD = re.compile(r"got an unexpected keyword argument '(?P<word>\w+)'")
_MISSING = re.compile(r"missing \d+ required .*arguments?: (?P<names>.*)")
_IMPORT = re.compile(r"cannot import name '(?P<word>\w+)' from '(?P<module>[\w.]+)'")


def said(error: BaseException, path: Path) -> str:
    """One error of the file at `path` as a sentence, with the name that was meant where one is near."""
    if isinstance(error, Mistake):
        return str(error)
    if isinstance(error, TypeError) and (found := _of_call(str(error))):
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
    """The function of `autograder.authoring` that Python calls by this name; None for anybody else's."""
    found: Any = authoring
    for part in name.split("."):
        found = getattr(found, part, None)
    return found if str(getattr(found, "__module__", "")).startswith("autograder.") else None


def _of_attribute(error: AttributeError) -> str:
    """A method of what we hand over, or something of a module; what else has attributes is the author's own."""
    thing = getattr(error, "obj", None)
    if not isinstance(thing, (authoring.Draw, authoring.Task, ModuleType)):
        return ""
    return _near(str(error.name), dir(thing))


def _of_name(error: NameError, path: Path) -> str:
    name, known = str(error.name or ""), set(dir(builtins))
    if name in vars(authoring):
        return f"Import it: from autograder.authoring import {name}."
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            known |= trace.tb_frame.f_globals.keys() | trace.tb_frame.f_locals.keys()
        trace = trace.tb_next
    return _near(name, known)


def _of_import(message: str) -> str:
    found = _IMPORT.match(message)
    return _near(found["word"], dir(sys.modules.get(found["module"]))) if found else ""


def _near(word: str, known: Iterable[str]) -> str:
    """The nearest spelling as a sentence; nothing where all that is known would have to be listed."""
    names = sorted(name for name in known if not name.startswith("_"))
    close = [name for name in names if name.lower() == word.lower()] or difflib.get_close_matches(word, names, n=1)
    return f'Did you mean "{close[0]}"?' if close else ""
