"""YAML that a person wrote: every complaint names file and line, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from autograder.course.textfile import did_you_mean, read_text
from autograder.errors import CourseError
from autograder.i18n import LANGUAGES, Text

# What the parser says, and what the author should do about it.
_REMEDIES = (
    ("'\\t'", "Indent with spaces, not with tabs."),
    ("expected ',' or", "A comma, a quote or a bracket is missing, here or just before."),
    ("mapping values are not allowed", "Indent the keys of one level alike; quote a text that holds a colon."),
    ("expected <block end>", "Indent the keys of one level alike, and close every quote."),
    ("could not find expected ':'", "Write key: value, with a space after the colon."),
    ("end of stream", "Close every quote and every bracket."),
)

_OTHER_FILE = "Is this the right file?"
MAX_TEXT = 1 << 18
MAX_DEPTH = 50
MAX_NODES = 10_000  # an alias stands for all that its anchor holds, so a short file can be a very large value

Pair = tuple[yaml.Node, yaml.Node]  # the node of a key and the node of its value


def _depth(text: str) -> int:
    """How many brackets are open at once; those in quotes count as well, for people write few of them."""
    depth = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest


def _is_small(node: yaml.Node) -> bool:
    """Whether a node, with all that its aliases stand for, has no more than MAX_NODES nodes."""
    waiting, count = [node], 0
    while waiting:
        count += 1
        if count > MAX_NODES:
            return False
        value = waiting.pop().value
        if isinstance(value, list):
            waiting += [part for item in value for part in (item if isinstance(item, tuple) else (item,))]
    return True


class YamlReader:
    """Reads one file node by node and keeps a list of what is wrong, each with its line."""

    def __init__(self, path: Path, error: type[CourseError]) -> None:
        self.path = path
        self.error = error
        self.problems: list[tuple[str, str]] = []

    def compose(self) -> yaml.Node | None:
        """The file's nodes. Raises `error` for a file that is not YAML or cannot be read."""
        text = read_text(self.path, self.error)
        if len(text) > MAX_TEXT:
            raise self.error(f"is longer than {MAX_TEXT >> 10} KB", where=str(self.path), remedy=_OTHER_FILE)
        if _depth(text) > MAX_DEPTH:  # the parser takes time with the square of it, and then a thousand frames
            raise self.error("is nested too deeply", where=str(self.path), remedy=_OTHER_FILE)
        try:
            return yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            said = f"{error.context or ''} {error.problem or ''}".strip()
            remedy = next((what for sign, what in _REMEDIES if sign in said), "")
            raise self.error(
                f"not valid YAML: {error.problem or said}", where=f"{self.path}:{line}", remedy=remedy
            ) from None
        except yaml.YAMLError as error:
            raise self.error(f"not valid YAML: {' '.join(str(error).split())}", where=str(self.path)) from None
        except RecursionError:
            raise self.error("is nested too deeply", where=str(self.path), remedy=_OTHER_FILE) from None
        except (ValueError, LookupError, TypeError, AttributeError) as error:  # slips of the parser's own
            raise self.error(f"not valid YAML: {error}"[:200], where=str(self.path)) from None

    def finish(self) -> None:
        """Raises one error that lists every problem, a line each."""
        if self.problems:
            raise self.error.listing(self.problems)

    def complain(self, node: yaml.Node | None, message: str) -> None:
        line = node.start_mark.line + 1 if node is not None else 1
        self.problems.append((f"{self.path}:{line}", message))

    def mapping(self, node: yaml.Node | None, what: str, known: Iterable[str] | None) -> dict[str, Pair]:
        """{key: (key node, value node)}; unknown and repeated keys are complained about."""
        if not isinstance(node, yaml.MappingNode):
            self.complain(node, f"{what} must be a mapping (key: value).")
            return {}
        found: dict[str, Pair] = {}
        for key, value in node.value:
            name = str(key.value) if isinstance(key, yaml.ScalarNode) else "[...]"
            if known is not None and name not in known:
                self.complain(key, f'unknown key "{name}" in {what}. {did_you_mean(name, known)}')
            elif name in found:
                self.complain(key, f'"{name}" stands twice in {what}.')
            else:
                found[name] = (key, value)
        return found

    def demand(self, node: yaml.Node | None, found: dict[str, Pair], keys: Iterable[str], what: str) -> None:
        """Complain about each of these keys that is not there."""
        for key in keys:
            if key not in found and isinstance(node, yaml.MappingNode):
                self.complain(node, f'"{key}" is missing in {what}.')

    def value(self, node: yaml.Node) -> Any:
        if not _is_small(node):
            self.complain(node, "holds too much, or itself.")
            return None
        loader = yaml.SafeLoader("")
        try:
            return loader.construct_object(node, deep=True)  # type: ignore[no-untyped-call]
        except (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:
            self.complain(node, f"cannot be understood: {' '.join(str(error).split())}")
            return None
        finally:
            loader.dispose()  # type: ignore[no-untyped-call]

    def text(self, pair: Pair | None, what: str, languages: Sequence[str]) -> Text:
        """A sentence under the languages' keys, in each of these languages; one in another language is kept, too."""
        if pair is None:
            return Text(**dict.fromkeys(languages, ""))
        if len(languages) == 1 and isinstance(pair[1], yaml.ScalarNode):
            return Text(**{languages[0]: str(self.value(pair[1])).strip()})
        found = self.mapping(pair[1], what, dict.fromkeys([*languages, *LANGUAGES]))
        texts = {language: str(self.value(node) or "").strip() for language, (_, node) in found.items()}
        example = ", ".join(f'{language}: "..."' for language in languages)
        for language in languages:
            if not texts.get(language) and isinstance(pair[1], yaml.MappingNode):
                self.complain(pair[1], f'"{what}" has no text in {language}. Write {{{example}}}.')
        return Text(**({language: text for language, text in texts.items() if text} or dict.fromkeys(languages, "")))
