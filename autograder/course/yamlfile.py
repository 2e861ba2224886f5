"""YAML that a person wrote: every complaint names file and line, and what to write instead.

Files are read as YAML 1.2, as editors read them: `no` is a language, and 2027-03-01 a text. What a file may hold is
declared once, as `Key`s: the reader checks values by them, and `object_schema` prints them for editors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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

Schema = Mapping[str, Any]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
WORDS: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}  # a title may be 1984, without quotes
LANGUAGE: Schema = {"type": "string", "pattern": "^[a-z]{2}$"}
SENTENCE: Schema = {
    "anyOf": [
        WORDS,
        {"type": "object", "minProperties": 1, "propertyNames": LANGUAGE, "additionalProperties": WORDS},
    ]
}


@dataclass(frozen=True)
class Key:
    """One key that a file may have.

    schema: the JSON Schema of its value.
    says: what it is for, shown by editors.
    required: whether it must be there.
    """

    schema: Schema
    says: str
    required: bool = False


def object_schema(keys: Mapping[str, Key]) -> dict[str, Any]:
    """The JSON Schema of a mapping with these keys and no others."""
    schema: dict[str, Any] = {
        "type": "object",
        "properties": {name: {"description": key.says, **key.schema} for name, key in keys.items()},
        "additionalProperties": False,
    }
    required = [name for name, key in keys.items() if key.required]
    return {**schema, "required": required} if required else schema


def fits(value: Any, schema: Schema) -> bool:
    """Whether a plain value is as declared: what `type`, `enum`, `pattern` and bounds say of it."""
    kinds = schema.get("type", ())
    if kinds and not any(_is(value, kind) for kind in ([kinds] if isinstance(kinds, str) else kinds)):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if isinstance(value, str):
        return re.search(str(schema.get("pattern", "")).replace("$", r"\Z"), value) is not None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return True
    above, at_least, below = (schema.get(k) for k in ("exclusiveMinimum", "minimum", "exclusiveMaximum"))
    return (
        (above is None or value > above)
        and (at_least is None or value >= at_least)
        and (below is None or value < below)
    )


def _is(value: Any, kind: str) -> bool:
    """The types of JSON Schema, in which 2.0 is an integer."""
    if kind in ("integer", "number"):
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return is_number and (kind == "number" or isinstance(value, int) or value.is_integer())
    return isinstance(value, {"string": str, "boolean": bool, "array": list, "object": dict}[kind])


class Yaml12(yaml.SafeLoader):
    """Plain words mean what YAML 1.2 says. PyYAML's own are those of 1.1, where `no` is false and 12:30 a number."""

    yaml_implicit_resolvers: dict[str, Any] = {}


def _construct_int(loader: Yaml12, node: yaml.ScalarNode) -> int:
    text = str(loader.construct_scalar(node))
    return int(text, 0) if text.startswith(("0x", "0o")) else int(text)


for _tag, _pattern, _first in (
    ("null", r"~|null|Null|NULL|", "~nN"),
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", "-+0123456789."),
    ("merge", "<<", "<"),
):  # fmt: skip
    _firsts = [*_first, ""] if _tag == "null" else list(_first)
    Yaml12.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_pattern})\Z"), _firsts)
Yaml12.add_constructor("tag:yaml.org,2002:int", _construct_int)


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
        if _depth(text) > MAX_DEPTH:  # the parser takes time with the square of the depth, and recurses with it
            raise self.error("is nested too deeply", where=str(self.path), remedy=_OTHER_FILE)
        try:
            return yaml.compose(text, Loader=Yaml12)
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
        except (ValueError, LookupError, TypeError, AttributeError) as error:  # bugs of the parser
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

    def keys(self, node: yaml.Node | None, what: str, declared: Mapping[str, Key]) -> dict[str, Pair]:
        """A mapping with these keys; those that must be there and are not are complained about, too."""
        found = self.mapping(node, what, declared)
        for name, key in declared.items():
            if key.required and name not in found and isinstance(node, yaml.MappingNode):
                self.complain(node, f'"{name}" is missing in {what}.')
        return found

    def value(self, node: yaml.Node) -> Any:
        if not _is_small(node):
            self.complain(node, "holds too much, or itself.")
            return None
        loader = Yaml12("")
        try:
            return loader.construct_object(node, deep=True)  # type: ignore[no-untyped-call]
        except (yaml.YAMLError, ValueError, TypeError, LookupError, AttributeError, OverflowError) as error:
            self.complain(node, f"cannot be understood: {' '.join(str(error).split())}")
            return None
        finally:
            loader.dispose()  # type: ignore[no-untyped-call]

    def words(self, node: yaml.Node) -> str | None:
        """What a person wrote as a text, as it stands there; None for anything else, and for nothing."""
        value = self.value(node)
        return str(node.value).strip() if isinstance(node, yaml.ScalarNode) and fits(value, WORDS) else None

    def text(self, pair: Pair | None, what: str, languages: Sequence[str]) -> Text:
        """A sentence under the languages' keys, in each of these languages; one in another language is kept, too."""
        if pair is None:
            return Text(**dict.fromkeys(languages, ""))
        if len(languages) == 1 and isinstance(pair[1], yaml.ScalarNode):
            said = self.words(pair[1])
            if said is None:
                self.complain(pair[1], f'"{what}" has no text.')
            return Text(**{languages[0]: said or ""})
        found = self.mapping(pair[1], what, dict.fromkeys([*languages, *LANGUAGES]))
        texts = {language: self.words(node) or "" for language, (_, node) in found.items()}
        example = ", ".join(f'{language}: "..."' for language in languages)
        for language in languages:
            if not texts.get(language) and isinstance(pair[1], yaml.MappingNode):
                self.complain(pair[1], f'"{what}" has no text in {language}. Write {{{example}}}.')
        return Text(**({language: text for language, text in texts.items() if text} or dict.fromkeys(languages, "")))
