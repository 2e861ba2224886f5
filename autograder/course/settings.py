"""`assignment.yml`: title, lecture, the notebook's name, device and limits of one assignment."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from autograder.course.yamlfile import Pair, YamlReader
from autograder.errors import AssignmentError
from autograder.i18n import COURSE_LANGUAGES, Text
from autograder.sandbox.interface import Limits

KEYS = ("title", "lecture", "notebook", "device", "limits", "forbidden")
DEVICES = ("cpu", "cuda", "auto")
FORBIDDEN = ("zero", "flag")  # what a forbidden call that is certain does to its task
_NOTEBOOK = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@dataclass(frozen=True)
class Settings:
    title: Text
    lecture: str
    notebook: str
    device: str
    limits: Limits
    forbidden: str


def read_settings(path: Path, languages: Sequence[str] = COURSE_LANGUAGES) -> Settings:
    """Read `assignment.yml`. Raises one AssignmentError that lists every problem, a line each."""
    reader = _Reader(path, AssignmentError)
    node = reader.compose()
    found = reader.mapping(node, "assignment.yml", KEYS)
    reader.demand(node, found, ("title", "lecture", "notebook"), "assignment.yml")
    settings = Settings(
        title=reader.text(found.get("title"), "title", languages),
        lecture=reader.lecture(found.get("lecture")),
        notebook=reader.notebook(found.get("notebook")),
        device=reader.device(found.get("device")),
        limits=reader.limits(found.get("limits")),
        forbidden=reader.forbidden(found.get("forbidden")),
    )
    reader.finish()
    return settings


class _Reader(YamlReader):
    def lecture(self, pair: Pair | None) -> str:
        value = self.value(pair[1]) if pair else ""
        if isinstance(value, bool) or not isinstance(value, (int, str)):
            self.complain(pair[1] if pair else None, '"lecture" must be a number or a text.')
        return str(value)

    def notebook(self, pair: Pair | None) -> str:
        name = self.value(pair[1]) if pair else "notebook"
        if not isinstance(name, str) or not _NOTEBOOK.fullmatch(name):
            self.complain(
                pair[1] if pair else None,
                f'"notebook" is a file name without folder and ending, such as gcn; not "{name}".',
            )
        return str(name)

    def device(self, pair: Pair | None) -> str:
        name = self.value(pair[1]) if pair else "cpu"
        if name not in DEVICES:
            self.complain(pair[1] if pair else None, f'"device" must be cpu, cuda or auto, not "{name}".')
        return str(name)

    def forbidden(self, pair: Pair | None) -> str:
        name = self.value(pair[1]) if pair else "zero"
        if name not in FORBIDDEN:
            self.complain(pair[1] if pair else None, f'"forbidden" must be zero or flag, not "{name}".')
        return str(name)

    def limits(self, pair: Pair | None) -> Limits:
        if pair is None:
            return Limits()
        whole = {f.name: isinstance(f.default, int) for f in fields(Limits)}
        values: dict[str, int | float] = {}
        for name, (_, node) in self.mapping(pair[1], "limits", tuple(whole)).items():
            value = self.value(node)
            kind = int if whole[name] else (int, float)
            if isinstance(value, bool) or not isinstance(value, kind) or not 0 < value < 1e6:
                number = "a whole positive number" if whole[name] else "a positive number"
                quoted = isinstance(node, yaml.ScalarNode) and node.style in ("'", '"')
                hint = ", without quotes" if quoted else f', not "{value}"'
                self.complain(node, f'limit "{name}" must be {number}{hint}.')
            else:
                values[name] = value
        return Limits(**values)  # type: ignore[arg-type]
