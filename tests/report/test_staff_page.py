"""The page for staff: what is sorted, coloured and linked, in the course's languages, with one script and no other."""

import re
from base64 import b64encode
from hashlib import sha256
from types import SimpleNamespace

import pytest

from autograder.course.solution_file import SolutionCell, titles_of
from autograder.i18n import Text
from autograder.pipeline.overview import ClassOverview
from autograder.report.html import TEMPLATES
from autograder.report.staff import AT_THE_TOP
from tests.report.test_pages import Page
from tests.report_json import report_data, staff_index, summaries, summary
from tests.report_sample import HOSTILE, full_sample

SCRIPT = (TEMPLATES / "tables.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def data():
    return report_data(full_sample())


@pytest.fixture(scope="module")
def assignment():
    report = full_sample()
    tasks = tuple(verdict.task for verdict in report.tasks)
    return SimpleNamespace(slug="10-gcn", title=report.title, tasks=tasks, points=80.0, titles={})


def rows_of(source, table):
    """The body rows of a table, each as the source of its cells."""
    body = re.search(rf'<table [^>]*id="{table}">.*?<tbody>(.*?)</tbody>', source, re.DOTALL)[1]
    return [
        re.findall(r"<(?:td|th)\b.*?</(?:td|th)>", row, re.DOTALL)
        for row in re.findall(r"<tr>.*?</tr>", body, re.DOTALL)
    ]


def text_of(cell):
    return " ".join(re.sub(r"<[^>]*>", " ", cell).split())


def test_the_browser_runs_this_script_and_no_other(data, assignment):
    source = staff_index([{**summary(data), "student": HOSTILE}], assignment=assignment)
    scripts = re.findall(r"<script\b[^>]*>(.*?)</script>", source, re.DOTALL)
    assert scripts == [SCRIPT]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', source)[1]
    allowed = f"sha256-{b64encode(sha256(scripts[0].encode()).digest()).decode()}"
    assert f"script-src '{allowed}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "'unsafe-inline'" not in policy.partition("script-src")[2]


def test_the_script_never_makes_markup_of_data():
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "DOMParser", "eval", "Function(",
                "createContextualFragment", "setHTML", "srcdoc", "fetch", "XMLHttpRequest", "import"):  # fmt: skip
        assert way not in SCRIPT, way
    assert "</" not in SCRIPT


def test_reasons_and_remarks_are_said_in_the_language_of_the_page(data, assignment):
    unread = {**summary(data), "student": "kim", "status": "unreadable", "score": None}
    unread["problem"] = {"en": "the file is empty", "ko": "파일이 비어 있습니다"}
    noted = {**summary(data), "student": "lee", "notes": [{"en": "2 notebooks", "ko": "노트북 2개"}]}
    for language, there, absent in (
        ("ko", "파일이 비어 있습니다", "the file is empty"),
        ("en", "2 notebooks", "노트북 2개"),
    ):
        page = staff_index([unread, noted], assignment=assignment, language=language)
        assert there in page
        assert absent not in page


@pytest.mark.parametrize("place", ["student", "problem", "note", "event", "evidence", "task", "title"])
def test_nothing_that_a_student_writes_becomes_markup(data, assignment, place):
    attack = "\"'><script>x</script><img src=x onerror=alert(1)>"
    entry = {**summary(data), "failed": [], "pending": [f"{attack}/x"]}
    titles = {}
    if place == "student":
        entry["student"] = attack
    elif place == "problem":
        entry |= {"problem": {"en": attack}, "status": "unreadable", "score": None}
    elif place == "note":
        entry["notes"] = [{"en": attack}]
    elif place == "event":
        entry["events"] = [attack]
    elif place == "evidence":
        entry["forbidden"] = [{**found, "evidence": attack, "where": attack} for found in entry["forbidden"]]
    elif place == "task":
        entry["diagnoses"] = [
            {**found, "task": attack, "id": attack, "place": attack, "text": {"en": attack}}
            for found in entry["diagnoses"]
        ]
    else:
        titles = {task.name: Text(attack, attack) for task in assignment.tasks}
    page = Page(staff_index([entry], assignment=assignment, titles=titles, failures=[(attack, attack)]))
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert not [name for name, _ in page.attributes if name.startswith("on")]


def test_checks_stand_in_the_order_of_their_difficulty(data, assignment):
    first, second = data["tasks"][0]["checks"][0]["name"], data["tasks"][0]["checks"][1]["name"]
    task = data["tasks"][0]["name"]
    base = {**summary(data), "pending": []}
    failed = [[f"{task}/{first}", f"{task}/{second}"], [f"{task}/{second}"], []]
    pending = [f"{data['tasks'][1]['name']}/{data['tasks'][1]['checks'][0]['name']}"]
    entries = [
        {**base, "student": str(i), "failed": names, "pending": pending, "score": 1.0} for i, names in enumerate(failed)
    ]
    rows = rows_of(staff_index(entries, assignment=assignment), "rates")
    rates = [text_of(row[3]) for row in rows]
    assert rates[:2] == ["33", "67"]
    assert second in text_of(rows[0][1])
    assert first in text_of(rows[1][1])
    assert rates[-1] == "–"
    assert set(rates[2:-1]) == {"100"}
    assert 'data-v=""' in rows[-1][3]


def test_the_matrix_says_every_task_of_every_student(data, assignment):
    entry = {**summary(data), "student": "kim", "status": "graded", "pending": []}
    full = {task.name: task.points for task in assignment.tasks}
    best = {**entry, "student": "lee", "earned": full, "unwritten": [], "failed": [], "score": 80.0}
    source = staff_index([entry, best], assignment=assignment)
    kim, lee = rows_of(source, "matrix")
    assert [text_of(cell) for cell in lee[2:]] == [f"{points:g}" for points in full.values()]
    assert all('class="m-full"' in cell and "data-lost" not in cell for cell in lee[2:])
    for number, task in enumerate(data["tasks"], start=1):
        cell = kim[1 + number]
        assert (f"kim.html#task-{number}" in cell) == (task["earned"] < task["points"])
        assert ("data-lost" in cell) == (task["earned"] < task["points"])
        assert f'data-v="{task["earned"]}"' in cell
        if task["name"] in entry["unwritten"]:
            assert "m-unwritten" in cell
            assert text_of(cell) == "– not written"
    kinds = {re.search(r"m-(\w+)", cell)[1] for cell in kim[2:]}
    assert {"none", "unwritten"} <= kinds


@pytest.mark.parametrize(
    ("earned", "kind"), [(12, "full"), (11.99, "most"), (6, "most"), (5.99, "some"), (0.01, "some"), (0, "none")]
)
def test_the_colour_follows_the_share_of_the_points(data, assignment, earned, kind):
    task = next(task for task in assignment.tasks if task.points == 12)
    entry = {**summary(data), "earned": {task.name: earned}, "unwritten": [], "pending": []}
    row = rows_of(staff_index([entry], assignment=assignment), "matrix")[0]
    assert f'class="m-{kind}"' in row[2 + assignment.tasks.index(task)]


def test_the_first_reasons_stand_open_to_the_eye_and_the_rest_is_folded(data, assignment):
    found = summary(data)["diagnoses"][0]
    many = [{**found, "id": f"reason_{i:02d}"} for i in range(AT_THE_TOP + 5)]
    entries = [{**summary(data), "student": f"s{i}", "diagnoses": [one]} for i, one in enumerate(many)]
    source = staff_index(entries, assignment=assignment)
    assert "5 more" in Page(source).text
    before, _, rest = source.partition("5 more")
    assert before.count("reason_") == AT_THE_TOP
    assert rest.count("reason_") == 5
    section = source[source.index('id="why"') : source.index('id="who-what"')]
    assert section.count("<li ") == section.count("<details><summary><b")
    assert "<details open" not in section


def test_every_student_of_a_reason_is_a_link(data, assignment):
    entries = [{**summary(data), "student": f"s{i:02d}"} for i in range(30)]
    source = staff_index(entries, assignment=assignment)
    section = source[source.index('id="why"') : source.index('id="who-what"')]
    assert {f'href="./s{i:02d}.html"' for i in range(30)} <= set(re.findall(r'href="[^"]*"', section))


def test_fields_without_a_script_are_not_there(data, assignment):
    source = staff_index([summary(data)], assignment=assignment)
    assert "<button" not in source
    filters = re.findall(r'<div class="filter"[^>]*>', source)
    assert len(filters) == 4
    assert all(tag.endswith(" hidden>") for tag in filters)


def test_the_page_is_written_in_every_language_of_the_course(data, assignment):
    for languages, names in (
        (("ko", "en"), {"index.html": "en", "index.ko.html": "ko"}),
        (("ko",), {"index.html": "ko"}),
        (("en",), {"index.html": "en"}),
        (("de", "ko"), {"index.html": "ko"}),
    ):
        own = ClassOverview(assignment=assignment, summaries=summaries([summary(data)]), languages=languages)
        files = own.files()
        assert {name for name in files if name.startswith("index")} == set(names)
        for name, language in names.items():
            assert f'<html lang="{language}">' in files[name]
            for other in names:
                assert (f'href="./{other}"' in files[name]) == (other != name)


def cell(source, task="f", language="en", **more):
    return SolutionCell("text", source, 1, language, task, **more)


def test_titles_are_the_headings_without_number_and_points():
    cells = [
        cell("Nothing here."),
        cell("## A hint", hint=1),
        cell("## 3. What one line can do (10 points)\n\nText."),
        cell("### later"),
        cell("## 3. 직선 하나로 할 수 있는 일 (10점)", language="ko"),
        cell("## 4. Half a point (0.5 points)", task="g"),
        cell("## 12 angry men", task="h"),
        cell("no heading at all", task="i"),
    ]
    found = titles_of(cells)
    assert found["f"] == Text("What one line can do", "직선 하나로 할 수 있는 일")
    assert found["g"] == Text("Half a point")
    assert found["h"] == Text("12 angry men")
    assert "i" not in found
