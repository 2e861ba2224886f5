"""`assignment.yml`: title, lecture, the notebook's name, device and limits of one assignment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from autograder.course.yamlfile import DRAFT, SENTENCE, Key, Pair, Schema, YamlReader, fits, object_schema
from autograder.errors import AssignmentError
from autograder.i18n import COURSE_LANGUAGES, Text
from autograder.sandbox.interface import Limits

DEVICE: Schema = {"enum": ["cpu", "cuda", "auto"]}
_WHOLE = {f.name: isinstance(f.default, int) for f in fields(Limits)}
_SAYS = {
    "cell_seconds": "Seconds that a cell may take.",
    "call_seconds": "Seconds that one call of a graded function may take.",
    "group_seconds": "Seconds that all calls of one task may take.",
    "submission_seconds": "Seconds that a submission may take.",
    "memory_mb": "Memory beyond that of Python, numpy and torch, in MiB.",
    "file_mb": "What a submission may write to files, in MiB.",
    "output_kb": "Printed text that is kept of a cell or call, in KiB.",
    "result_mb": "How large a result may be, in MiB.",
    "replacements": "How often a process that died is replaced for one submission.",
}
LIMITS = {
    name: Key({"type": "integer" if whole else "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1e6}, _SAYS[name])
    for name, whole in _WHOLE.items()
}
KEYS: Mapping[str, Key] = {
    "title": Key(SENTENCE, "The title, in each language of the course.", required=True),
    "lecture": Key({"type": ["string", "integer"]}, "The lecture that it belongs to.", required=True),
    "notebook": Key(
        {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"},
        "The notebook's file name without folder and ending: gcn becomes gcn.en.ipynb.",
        required=True,
    ),
    "device": Key(DEVICE, "Where calls run; auto is a GPU where there is one."),
    "limits": Key(object_schema(LIMITS), "Limits that differ from the platform's."),
    "carry": Key(
        {"enum": ["none", "half", "full"]},
        "What a task earns that fails only because it calls an earlier function that is wrong.",
    ),
    "forbidden": Key(
        {"enum": ["zero", "flag"]}, "A forbidden call that is certain takes its task's points, or is shown to staff."
    ),
}


@dataclass(frozen=True)
class Settings:
    """What `assignment.yml` says.

    title: as students read it.
    lecture: the lecture that it belongs to.
    notebook: the name of its notebooks, without language and ending.
    device: where its calls run: "cpu", "cuda" or "auto".
    limits: the platform's, but for those that differ here.
    forbidden: "zero" or "flag".
    carry: "none", "half" or "full".
    """

    title: Text
    lecture: str
    notebook: str
    device: str
    limits: Limits
    forbidden: str
    carry: str = "none"


def read_settings(path: Path, languages: Sequence[str] = COURSE_LANGUAGES) -> Settings:
    """Read `assignment.yml`. Raises one AssignmentError that lists every problem, a line each."""
    reader = _Reader(path, AssignmentError)
    found = reader.keys(reader.compose(), "assignment.yml", KEYS)
    settings = Settings(
        title=reader.text(found.get("title"), "title", languages),
        lecture=reader.lecture(found.get("lecture")),
        notebook=reader.notebook(found.get("notebook")),
        device=reader.device(found.get("device")),
        limits=reader.limits(found.get("limits")),
        forbidden=reader.forbidden(found.get("forbidden")),
        carry=reader.carry(found.get("carry")),
    )
    reader.finish()
    return settings


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `assignment.yml`. `read_settings` checks that the title has every language of the course."""
    return {"$schema": DRAFT, "title": "assignment.yml", **object_schema(KEYS)}


class _Reader(YamlReader):
    def lecture(self, pair: Pair | None) -> str:
        if pair is None:
            return ""
        if not fits(self.value(pair[1]), KEYS["lecture"].schema):
            self.complain(pair[1], '"lecture" must be a number or a text.')
        return self.words(pair[1]) or ""

    def notebook(self, pair: Pair | None) -> str:
        name = self.value(pair[1]) if pair else "notebook"
        if pair and not fits(name, KEYS["notebook"].schema):
            self.complain(pair[1], f'"notebook" is a file name without folder and ending, such as gcn; not "{name}".')
        return str(name)

    def device(self, pair: Pair | None) -> str:
        name = self.value(pair[1]) if pair else "cpu"
        if pair and not fits(name, DEVICE):
            self.complain(pair[1], f'"device" must be cpu, cuda or auto, not "{name}".')
        return str(name)

    def forbidden(self, pair: Pair | None) -> str:
        name = self.value(pair[1]) if pair else "zero"
        if pair and not fits(name, KEYS["forbidden"].schema):
            self.complain(pair[1], f'"forbidden" must be zero or flag, not "{name}".')
        return str(name)

    def carry(self, pair: Pair | None) -> str:
        name = self.value(pair[1]) if pair else "none"
        if pair and not fits(name, KEYS["carry"].schema):
            self.complain(pair[1], f'"carry" must be none, half or full, not "{name}".')
        return str(name)

    def limits(self, pair: Pair | None) -> Limits:
        if pair is None:
            return Limits()
        values: dict[str, int | float] = {}
        for name, (_, node) in self.mapping(pair[1], "limits", LIMITS).items():
            value = self.value(node)
            if fits(value, LIMITS[name].schema):
                values[name] = int(value) if _WHOLE[name] else value
                continue
            number = "a whole positive number" if _WHOLE[name] else "a positive number"
            quoted = isinstance(node, yaml.ScalarNode) and node.style in ("'", '"')
            hint = ", without quotes" if quoted else f', not "{value}"'
            self.complain(node, f'limit "{name}" must be {number}{hint}.')
        return Limits(**values)  # type: ignore[arg-type]


if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2))
