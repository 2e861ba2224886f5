"""Rules as course.yml writes them: their JSON Schema, what is wrong with a value, and the rules that it means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from autograder.rules.clock import NO_TIME, Span, read_span
from autograder.rules.numbers import exact
from autograder.rules.policy import AssignmentRules, Group, Late, Rules

Schema = Mapping[str, Any]
Path = tuple[str, ...]


def _says(schema: Schema, words: str) -> Schema:
    return {"description": words, **schema}


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": properties, "additionalProperties": False}


_SPAN: Schema = {"type": "string", "pattern": r"^\s*(\d{1,4}\s*[wdhm]\s*)+$"}
_SHARE: Schema = {"type": "string", "pattern": r"^\d{1,3}(\.\d{1,6})?\s*%$"}
_POINTS: Schema = {"type": "number", "minimum": 0, "exclusiveMaximum": 1e9}
_COUNT: Schema = {"type": "integer", "minimum": 0, "exclusiveMaximum": 1000}
_STEP: Schema = {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1000}

LATE: Schema = {
    "anyOf": [
        {"enum": [False]},
        _object(
            {
                "grace": _says(_SPAN, "So much later is still on time: 15m."),
                "loss": _says({"anyOf": [_SHARE, _POINTS]}, "What each begun day costs: 10% of the points, or 2 of them."),
                "per": _says({"enum": ["day", "hour"]}, "Whether each begun day costs (the default), or each begun hour."),
                "of": _says({"enum": ["points", "earned"]}, "Whether 10% are of all points (the default) or of the earned ones."),
                "most": _says(_SHARE, "The most that lateness can cost: 50%."),
                "until": _says(_SPAN, "Nothing is accepted later than this after the deadline: 7d."),
                "slip_days": _says({"type": "boolean"}, "Whether slip days may be used here; they may, unless it says false."),
            }
        ),
    ]
}  # fmt: skip
ATTEMPTS: Schema = {"enum": ["best", "last", "first", "average"]}
RULES: Schema = _object(
    {
        "late": _says(LATE, "What lateness costs, unless an assignment says otherwise; false costs nothing."),
        "slip_days": _says(_COUNT, "Days that each student may be late in all, at no cost."),
        "attempts": _says(ATTEMPTS, "Which attempt counts; the last one, unless this says otherwise."),
        "drop_lowest": _says(_COUNT, "How many of the lowest assignments count for nothing."),
        "groups": _says(
            {
                "type": "object",
                "additionalProperties": _object(
                    {
                        "weight": _says(_POINTS, "The share of the course grade of all its assignments together."),
                        "drop_lowest": _says(_COUNT, "How many of its lowest assignments count for nothing."),
                    }
                ),
            },
            "Groups of assignments, by name; each assignment then names its group.",
        ),
        "round": _says(_STEP, "The step of an assignment's grade: 0.5. It is 0.01, unless this says otherwise."),
        "round_total": _says(_STEP, "The step of the course grade, in per cent."),
        "rounding": _says({"enum": ["half-up", "half-even", "up", "down"]}, "Which way: half-up is the default."),
        "missing": _says({"enum": ["zero", "skip"]}, "Whether what nobody handed in counts 0 (the default), or not."),
    }
)
OF_ASSIGNMENT: Mapping[str, Schema] = {
    "late": _says(LATE, "What lateness costs here; false costs nothing."),
    "attempts": _says(ATTEMPTS, "Which attempt counts here."),
    "extra": _says({"type": "boolean"}, "Extra credit: it can only add to the course grade."),
    "group": _says({"type": "string", "pattern": r"\S"}, "The group, of those under rules, that it belongs to."),
    "team": _says({"type": "boolean"}, "What one member of a team hands in counts for all of it."),
}


def problems(value: Any, schema: Schema, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """(keys that lead there, what is wrong) for everything in a value that is not as the schema says."""
    if "anyOf" in schema:
        found = [list(problems(value, one, path)) for one in schema["anyOf"]]
        if all(found):  # report against the alternative that the value fits most deeply
            yield from max(found, key=lambda wrong: max(len(place) for place, _ in wrong))
        return
    name = f'"{path[-1]}"' if path else "this"
    if "enum" in schema:
        if not any(value is one or (value == one and not isinstance(one, bool)) for one in schema["enum"]):
            yield path, f"{name} must be {_either(schema['enum'])}."
    elif schema["type"] == "object":
        yield from _problems_of_mapping(value, schema, path, name)
    elif not _is(value, schema):
        yield path, f"{name} must be {_wanted(schema)}."


def _problems_of_mapping(value: Any, schema: Schema, path: Path, name: str) -> Iterator[tuple[Path, str]]:
    if not isinstance(value, dict):
        yield path, f"{name} must be a mapping (key: value)."
        return
    known, others = schema.get("properties", {}), schema["additionalProperties"]
    for key, inner in value.items():
        if key in known or others:
            yield from problems(inner, known.get(key) or others, (*path, str(key)))
        else:
            yield (*path, str(key)), f'unknown key "{key}" in {name}; there are {", ".join(known)}.'


def _is(value: Any, schema: Schema) -> bool:
    kind = schema["type"]
    if kind == "string":
        return isinstance(value, str) and re.search(schema["pattern"].replace("$", r"\Z"), value) is not None
    if kind == "boolean" or isinstance(value, bool):
        return kind == "boolean" and isinstance(value, bool)
    if not isinstance(value, (int, float)) or (kind == "integer" and value != int(value)):
        return False
    lowest, above, below = schema.get("minimum", 0), schema.get("exclusiveMinimum", -1), schema["exclusiveMaximum"]
    return bool(lowest <= value and above < value < below)


def _wanted(schema: Schema) -> str:
    if schema == _SPAN:
        return "a time, such as 3d, 36h or 15m"
    if schema == _SHARE:
        return "a share, such as 10%"
    return {"boolean": "true or false", "integer": "a whole number", "string": "a text"}.get(schema["type"], "a number")


def _either(values: list[Any]) -> str:
    words = ["true" if one is True else "false" if one is False else str(one) for one in values]
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else words[0]


def read_rules(value: Mapping[str, Any]) -> Rules:
    """The rules of the course; the value has no `problems`. Raises ValueError for a time of more than a year."""
    rules = Rules(
        slip_days=int(value.get("slip_days", 0)),
        drop_lowest=int(value.get("drop_lowest", 0)),
        groups={
            name: Group(exact(group.get("weight", 1)), int(group.get("drop_lowest", 0)))
            for name, group in value.get("groups", {}).items()
        },
        rounding=value.get("rounding", "half-up"),
        missing=value.get("missing", "zero"),
    )
    steps = {name: exact(value[name]) for name in ("round", "round_total") if name in value}
    return replace(rules, **steps)  # type: ignore[arg-type]


def read_assignment_rules(
    slug: str,
    of_course: Mapping[str, Any],
    value: Mapping[str, Any],
    *,
    due: datetime,
    weight: float,
    points: Fraction = Fraction(0),
) -> AssignmentRules:
    """What holds for one assignment: what it says itself, else what the course says."""
    return AssignmentRules(
        slug=slug,
        due=due,
        points=points,
        weight=exact(weight),
        late=read_late(value.get("late", of_course.get("late", False))),
        attempts=value.get("attempts", of_course.get("attempts", "last")),
        extra=value.get("extra", False),
        group=value.get("group", ""),
        team=value.get("team", False),
    )


def read_late(value: Mapping[str, Any] | bool) -> Late | None:
    """What lateness costs. A loss in per cent is a share, one without is points."""
    if isinstance(value, bool):
        return None
    loss = value.get("loss", 0)
    share = isinstance(loss, str)
    return Late(
        grace=_span(value, "grace") or NO_TIME,
        per=value.get("per", "day"),
        loss=exact(loss) if share else Fraction(0),
        points=None if share else exact(loss),
        of=value.get("of", "points"),
        most=exact(value.get("most", "100%")),
        until=_span(value, "until"),
        slip_days=value.get("slip_days", True),
    )


def _span(value: Mapping[str, Any], name: str) -> Span | None:
    return read_span(value[name]) if name in value else None
