"""The keys of course.yml: what each may hold, and what editors show of it.

python -m autograder.course.schedule_keys    prints the JSON Schema, docs/course.schema.json
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from autograder.course.settings import DEVICE
from autograder.course.yamlfile import DRAFT, LANGUAGE, SENTENCE, WORDS, Key, Schema, object_schema
from autograder.i18n import LANGUAGES, NAMES
from autograder.rules.written import OF_ASSIGNMENT, RULES
from autograder.sandbox.pythons import PYTHONS

SLUG = re.compile(r"[0-9]{2}[a-z]?(-[a-z0-9]+)+")
SLUG_REMEDY = 'two digits and lower-case words, such as "14-attention"'
_DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_TIME = r"([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d([.,]\d{1,6})?)?)?(Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)?"
MOMENT: Schema = {"type": "string", "pattern": f"^{_DATE}([T ]{_TIME})?$"}
SCHEDULED: Mapping[str, Key] = {
    "opens": Key(MOMENT, "When students get it: 2027-03-22 or 2027-03-22T18:00, on the course's clock.", required=True),
    "due": Key(MOMENT, "When it must be handed in: 2027-04-05T23:59.", required=True),
    "weight": Key(
        {"type": "number", "minimum": 0, "exclusiveMaximum": 1e9}, "Its share of the course grade.", required=True
    ),
    "device": Key(DEVICE, "Where its calls run, whatever assignment.yml says."),
    "minutes": Key(
        {"type": "integer", "exclusiveMinimum": 0, "exclusiveMaximum": 100000},
        "How long students will need, as you estimate it; the course map shows it.",
    ),
    "after": Key(
        {"type": "array", "items": {"type": "string", "pattern": f"^{SLUG.pattern}$"}},
        "The assignments that it builds on, each of which stands above it; the course map draws them.",
    ),
    **{name: Key(schema, str(schema["description"])) for name, schema in OF_ASSIGNMENT.items()},
}
STORE: Schema = {
    "type": "string",
    "pattern": r"^(?!.*password)(sqlite(:[^\s?]+)?|postgres(ql)?://[^\s:/?#@]*(@[^\s@]*)?(:\d+)?(/[^\s@]*)?)$",
}
KEYS: Mapping[str, Key] = {
    "title": Key(SENTENCE, "The course's name, in each of its languages.", required=True),
    "term": Key(WORDS, "The term, as students call it: 2027 Spring.", required=True),
    "time_zone": Key(
        {"type": "string", "pattern": r"\S"}, "The clock of dates without a zone: Asia/Seoul.", required=True
    ),
    "languages": Key(
        {"type": "array", "items": LANGUAGE, "minItems": 1},
        "The languages that students are spoken to in, two letters each; the first comes first.",
        required=True,
    ),
    "device": Key(DEVICE, "Where calls run, unless an assignment says otherwise; auto is a GPU where there is one."),
    "python": Key(
        {"enum": [*PYTHONS, *map(float, PYTHONS)]},
        "The Python that runs students' code, such as 3.12; without it docker uses 3.11, the process sandbox its own.",
    ),
    "store": Key(
        STORE,
        "Where grades are kept: sqlite (a file beside this one) or postgresql://USER@HOST/DATABASE, without a password.",
    ),
    "rules": Key(RULES, "From points to grades: lateness, attempts, groups, rounding; docs/rules.md shows each."),
    "assignments": Key(
        {
            "type": "object",
            "propertyNames": {"pattern": f"^{SLUG.pattern}$"},
            "additionalProperties": object_schema(SCHEDULED),
        },
        "When students work on each assignment, by the name of its folder in solutions/.",
        required=True,
    ),
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `course.yml`. A schema cannot find a zone that does not exist, a 30th of February, dates in
    the wrong order, or a text missing in a language that is not in `NAMES`: `read_course` does."""
    course = object_schema(KEYS)
    several = {"properties": {"languages": {"type": "array", "minItems": 2}}, "required": ["languages"]}
    rules: list[dict[str, Any]] = [{"if": several, "then": {"properties": {"title": {"type": "object"}}}}]
    for language in NAMES:
        spoken = {"properties": {"languages": {"contains": {"const": language}}}, "required": ["languages"]}
        rule: dict[str, Any] = {"if": spoken, "then": {"properties": {"title": {"required": [language]}}}}
        if language not in LANGUAGES:
            rule["else"] = {"properties": {"title": {"properties": {language: False}}}}
        rules.append(rule)
    return {"$schema": DRAFT, "title": "course.yml", **course, "allOf": rules}


if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2))
