"""course.yml and assignment.yml: the schema that editors are given, and the reader, accept and refuse the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from autograder.course import schedule, settings
from autograder.course.yamlfile import Yaml12
from autograder.errors import CourseError
from tests.paths import ROOT

COURSE = """\
title: {en: Deep Learning, ko: 딥러닝}
term: 2027 Spring
time_zone: Asia/Seoul
languages: [ko, en]
assignments:
  10-gcn: {opens: 2027-05-03, due: 2027-05-17T23:59, weight: 20}
"""
ASSIGNMENT = """\
title: {en: GCN, ko: 그래프}
lecture: 10
notebook: gcn
"""
ONE_LANGUAGE = COURSE.replace("[ko, en]", "[en]")

GOOD_COURSES = {
    "as it is": COURSE,
    "no assignment yet": COURSE.replace(COURSE[COURSE.index("assignments") :], "assignments: {}"),
    "a device": COURSE + "device: auto\n",
    "a device of one assignment": COURSE.replace("weight: 20", "weight: 20, device: cuda"),
    "a term in figures": COURSE.replace("2027 Spring", "2027"),
    "a term that looks like a date": COURSE.replace("2027 Spring", "2027-03-01"),
    "a title in figures": COURSE.replace("{en: Deep Learning, ko: 딥러닝}", "{en: 1984, ko: 1984}"),
    "one language": ONE_LANGUAGE,
    "one language, its title alone": ONE_LANGUAGE.replace("{en: Deep Learning, ko: 딥러닝}", "Deep Learning"),
    "a language that YAML 1.1 takes for false": COURSE.replace("[ko, en]", "[no]").replace("en: Deep", "no: Deep"),
    "a third language": COURSE.replace("[ko, en]", "[ko, en, de]").replace("{en:", "{de: Tiefes Lernen, en:"),
    "a language twice": COURSE.replace("[ko, en]", "[ko, en, ko]"),
    "a time with seconds and a zone": COURSE.replace("T23:59", "T23:59:59+09:00"),
    "a time after a space": COURSE.replace("2027-05-17T23:59", "2027-05-17 23:59"),
    "a quoted date": COURSE.replace("2027-05-03", '"2027-05-03"'),
    "no weight in numbers, but none": COURSE.replace("weight: 20", "weight: 0"),
    "half a weight": COURSE.replace("weight: 20", "weight: 7.5"),
    "a store in a file": COURSE + "store: sqlite\n",
    "a store in a file with a name": COURSE + "store: sqlite:grades.db\n",
    "a store on a server": COURSE + "store: postgresql://grader@db.example.edu:5432/course\n",
    "a store behind a socket": COURSE + "store: postgresql:///course?host=/run/postgresql\n",
    "rules": COURSE + "rules: {late: {grace: 15m, loss: 10%, per: hour, of: earned, most: 50%, until: 1w 2d, slip_days: false}, slip_days: 5, attempts: best, drop_lowest: 1, round: 0.5, round_total: 1, rounding: half-even, missing: skip}\n",
    "no lateness": COURSE + "rules: {late: false}\n",
    "groups": COURSE.replace("20}", "20, group: homework}") + "rules: {groups: {homework: {weight: 60, drop_lowest: 1}}}\n",
    "rules of an assignment": COURSE.replace("20}", "20, late: {loss: 2.5}, attempts: average, extra: true, team: true}"),
    "a letter after the number of an assignment": COURSE.replace("10-gcn", "10b-gcn-2"),
}  # fmt: skip
BAD_COURSES = {
    "no mapping": "- a\n",
    "nothing": "",
    **{f"no {key}": "\n".join(line for line in COURSE.split("\n") if not line.startswith(key)) for key in ("title", "term", "time_zone", "languages")},
    "no assignments": COURSE[: COURSE.index("assignments")],
    "assignments without any": COURSE[: COURSE.index("  10-gcn")],
    "an unknown key": COURSE + "tutor: kim\n",
    "an empty title": COURSE.replace("Deep Learning", "''"),
    "no title at all": COURSE.replace("{en: Deep Learning, ko: 딥러닝}", ""),
    "a title of lists": COURSE.replace("{en: Deep Learning, ko: 딥러닝}", "{en: [a], ko: [b]}"),
    "one title for two languages": COURSE.replace("{en: Deep Learning, ko: 딥러닝}", "Deep Learning"),
    "a title without Korean": COURSE.replace(", ko: 딥러닝", ""),
    "a title in a language of no course": COURSE.replace("{en:", "{de: Tiefes Lernen, en:"),
    "no term": COURSE.replace("2027 Spring", ""),
    "a term of a list": COURSE.replace("2027 Spring", "[a]"),
    "an empty zone": COURSE.replace("Asia/Seoul", "''"),
    "a zone of a list": COURSE.replace("Asia/Seoul", "[Asia/Seoul]"),
    "no language": COURSE.replace("[ko, en]", "[]"),
    "a language that is no list": COURSE.replace("[ko, en]", "ko"),
    "a language in three letters": COURSE.replace("[ko, en]", "[ko, en, deu]"),
    "a language in capitals": COURSE.replace("[ko, en]", "[ko, en, DE]"),
    "a language in figures": COURSE.replace("[ko, en]", "[ko, en, 12]"),
    "an unknown device": COURSE + "device: gpu\n",
    "an empty device": COURSE + "device:\n",
    "an unknown device of one assignment": COURSE.replace("weight: 20", "weight: 20, device: tpu"),
    "a bad name": COURSE.replace("10-gcn", "10_gcn"),
    "a name without a number": COURSE.replace("10-gcn", "gcn"),
    "an assignment that is a number": COURSE.replace(COURSE[COURSE.index("{opens") :], "20\n"),
    "an unknown key of an assignment": COURSE.replace("weight", "wieght"),
    **{f"an assignment without {key}": COURSE.replace(text, "") for key, text in (("opens", "opens: 2027-05-03, "), ("due", "due: 2027-05-17T23:59, "), ("weight", ", weight: 20"))},
    "a weight in words": COURSE.replace("weight: 20", "weight: heavy"),
    "a quoted weight": COURSE.replace("weight: 20", 'weight: "20"'),
    "a weight below 0": COURSE.replace("weight: 20", "weight: -1"),
    "a weight that is true": COURSE.replace("weight: 20", "weight: true"),
    "a weight without end": COURSE.replace("weight: 20", "weight: .inf"),
    "a weight with a thousands mark": COURSE.replace("weight: 20", "weight: 1_000"),
    "a German date": COURSE.replace("2027-05-03", "3.5.2027"),
    "a date in one word": COURSE.replace("2027-05-03", "20270503"),
    "a thirteenth month": COURSE.replace("2027-05-03", "2027-13-03"),
    "a store of another kind": COURSE + "store: mysql://host/db\n",
    "a store with a password": COURSE + "store: postgresql://kim:secret@host/db\n",
    "a store with a password at the end": COURSE + "store: postgresql://kim@host/db?password=secret\n",
    "a store that is a list": COURSE + "store: [sqlite]\n",
    "rules that are a word": COURSE + "rules: strict\n",
    "an unknown rule": COURSE + "rules: {lateness: 5}\n",
    "an unknown word for attempts": COURSE + "rules: {attempts: worst}\n",
    "a loss of a word": COURSE + "rules: {late: {loss: some}}\n",
    "a grace without a unit": COURSE + "rules: {late: {grace: 15}}\n",
    "a share without a sign": COURSE + "rules: {late: {most: 50}}\n",
    "lateness that is true": COURSE + "rules: {late: true}\n",
    "half a slip day": COURSE + "rules: {slip_days: 0.5}\n",
    "slip days below 0": COURSE + "rules: {slip_days: -1}\n",
    "a step of 0": COURSE + "rules: {round: 0}\n",
    "a group of a number": COURSE.replace("20}", "20, group: 3}"),
    "extra credit of a word": COURSE.replace("20}", "20, extra: maybe}"),
    "a 25th hour": COURSE.replace("T23:59", "T25:59"),
    "an empty date": COURSE.replace("2027-05-03", ""),
}  # fmt: skip
GOOD_ASSIGNMENTS = {
    "as it is": ASSIGNMENT,
    "everything": ASSIGNMENT + "device: cuda\nforbidden: flag\nlimits: {call_seconds: 0.5, memory_mb: 2048}\n",
    "a lecture in words": ASSIGNMENT.replace("10", "second half"),
    "a lecture that looks like a date": ASSIGNMENT.replace("10", "2027-05-03"),
    "no limit": ASSIGNMENT + "limits: {}\n",
    "a whole number with a point": ASSIGNMENT + "limits: {memory_mb: 2048.0}\n",
}
BAD_ASSIGNMENTS = {
    "nothing": "",
    "no title": ASSIGNMENT[ASSIGNMENT.index("lecture") :],
    "no lecture": ASSIGNMENT.replace("lecture: 10\n", ""),
    "no notebook": ASSIGNMENT.replace("notebook: gcn\n", ""),
    "an unknown key": ASSIGNMENT + "lectur: 10\n",
    "an empty lecture": ASSIGNMENT.replace("lecture: 10", "lecture:"),
    "a lecture that is true": ASSIGNMENT.replace("10", "true"),
    "a lecture and a half": ASSIGNMENT.replace("10", "10.5"),
    "a notebook in figures": ASSIGNMENT.replace("gcn", "10"),
    "a notebook with its ending": ASSIGNMENT.replace("gcn", "gcn.ipynb"),
    "a notebook in a folder": ASSIGNMENT.replace("gcn", "a/gcn"),
    "a notebook of 65 letters": ASSIGNMENT.replace("gcn", "g" * 65),
    "an unknown device": ASSIGNMENT + "device: gpu\n",
    "an unknown word for forbidden": ASSIGNMENT + "forbidden: yes\n",
    "limits in a list": ASSIGNMENT + "limits: [1]\n",
    "empty limits": ASSIGNMENT + "limits:\n",
    "an unknown limit": ASSIGNMENT + "limits: {call_second: 5}\n",
    "a limit of 0": ASSIGNMENT + "limits: {call_seconds: 0}\n",
    "a limit too large": ASSIGNMENT + "limits: {call_seconds: 1000000}\n",
    "a quoted limit": ASSIGNMENT + 'limits: {call_seconds: "5"}\n',
    "half a MiB": ASSIGNMENT + "limits: {memory_mb: 0.5}\n",
    "a limit that is true": ASSIGNMENT + "limits: {memory_mb: true}\n",
}


def read_course(folder: Path, text: str) -> object:
    (folder / "course.yml").write_text(text, encoding="utf-8")
    return schedule.read_course(folder)


def read_assignment(folder: Path, text: str) -> object:
    (folder / "assignment.yml").write_text(text, encoding="utf-8")
    return settings.read_settings(folder / "assignment.yml", ("ko", "en"))


Reader = Callable[[Path, str], object]
COURSES, ASSIGNMENTS = (read_course, schedule.json_schema()), (read_assignment, settings.json_schema())


def named(kind: tuple[Reader, dict[str, Any]], examples: dict[str, str]) -> list[Any]:
    return [pytest.param(*kind, text, id=name) for name, text in examples.items()]


def complaints(schema: dict[str, Any], text: str) -> list[str]:
    """What an editor says: it reads YAML 1.2."""
    data = yaml.load(text, Loader=Yaml12)
    return [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(data)]


@pytest.mark.parametrize(
    ("read", "schema", "text"), [*named(COURSES, GOOD_COURSES), *named(ASSIGNMENTS, GOOD_ASSIGNMENTS)]
)
def test_both_accept(tmp_path: Path, read: Reader, schema: dict[str, Any], text: str) -> None:
    read(tmp_path, text)
    assert complaints(schema, text) == []


@pytest.mark.parametrize(
    ("read", "schema", "text"), [*named(COURSES, BAD_COURSES), *named(ASSIGNMENTS, BAD_ASSIGNMENTS)]
)
def test_both_refuse(tmp_path: Path, read: Reader, schema: dict[str, Any], text: str) -> None:
    with pytest.raises(CourseError):
        read(tmp_path, text)
    assert complaints(schema, text)


@pytest.mark.parametrize(("name", "schema"), [("course", COURSES[1]), ("assignment", ASSIGNMENTS[1])])
def test_what_is_committed_is_printed_from_the_readers(name: str, schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    page = (ROOT / "docs" / f"{name}.schema.json").read_text(encoding="utf-8")
    assert json.loads(page) == schema, (
        f"python -m autograder.course.{'schedule' if name == 'course' else 'settings'} > docs/{name}.schema.json"
    )


def test_every_key_is_explained() -> None:
    keys = [*schedule.KEYS.values(), *schedule.SCHEDULED.values(), *settings.KEYS.values(), *settings.LIMITS.values()]
    assert [key for key in keys if not key.says.endswith(".")] == []


@pytest.mark.parametrize(
    "path", [ROOT / "course.yml", *sorted(ROOT.glob("solutions/*/assignment.yml"))], ids=lambda path: path.parent.name
)
def test_our_own_files_obey(path: Path) -> None:
    schema = COURSES[1] if path.name == "course.yml" else ASSIGNMENTS[1]
    assert complaints(schema, path.read_text(encoding="utf-8")) == []
