"""The pages and the table that people open: safe, complete, in both languages, quick to make."""

import csv
import io
import itertools
import re
import subprocess
import sys
import time
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

from autograder.i18n import Text
from autograder.report.html import TEMPLATES, json_link, page_link, prose
from tests.report_json import report_data, staff_index, student_html, summaries, summary, write_grades_csv
from tests.report_sample import HIDDEN, HOSTILE, Sample, full_sample, gave

VOID = {"meta", "br", "path", "rect", "line", "input"}


class Page(HTMLParser):
    """Elements, attributes and text of a page; complains about tags that do not match."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.open, self.texts = [], [], [], []
        self.feed(source)
        assert self.open == []
        self.text = " ".join(" ".join(self.texts).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        if not self.open or self.open[-1] not in ("style", "script"):
            self.texts.append(text)


@pytest.fixture(scope="module")
def data():
    return report_data(full_sample())


@pytest.fixture(scope="module")
def assignment():
    report = full_sample()
    tasks = tuple(verdict.task for verdict in report.tasks)
    return SimpleNamespace(slug="10-gcn", title=report.title, tasks=tasks, points=80.0)


def entry(data, **changes):
    return {**summary(data), **changes}


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_is_self_contained_and_runs_nothing(data, language):
    source = student_html(data, language)
    page = Page(source)
    assert not {"script", "link", "iframe", "img", "object", "embed", "form", "base"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    links = [value for name, value in page.attributes if name in ("href", "src")]
    assert links
    assert all(link.startswith(("#", "./")) for link in links)
    assert (
        "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""
        in source
    )
    assert f'<html lang="{language}">' in source


def test_hostile_text_is_shown_as_text(data):
    page = Page(student_html(data, "en"))
    assert '<script>alert("1")</script> red [U+202E]gnp.exe =1+1' in page.text
    source = student_html({**data, "student": HOSTILE, "problem": None}, "en")
    for raw in ("<script", "\x1b", "\u202e", "\x07"):
        assert raw not in source


def test_every_field_that_a_student_can_fill_is_escaped(data):
    """Replace every string of the JSON by an attack: whatever the templates forget would come out as a tag."""
    attack = "\"'><script>x</script><img src=x onerror=alert(1)>"

    def poison(value, key=""):
        if isinstance(value, dict):
            return {k: poison(v, k) for k, v in value.items()}
        if isinstance(value, list):
            return [poison(v, key) for v in value]
        keep = key in ("schema", "status", "state", "kind", "sure") or not isinstance(value, str)
        return value if keep else attack + value

    page = Page(student_html(poison(data), "en"))
    assert not {"script", "img"} & set(page.tags)
    assert not [name for name, _ in page.attributes if name.startswith("on")]


def test_the_page_tells_what_a_student_needs(data):
    text = Page(student_html(data, "en")).text
    for part in (
        "Graph convolution", "of 80 points", "Why: You divide every row by its degree", "What was called",
        "normalize_adj(A)", "Yours", "Expected", "Error map", "at index [4, 0]",
        "AttributeError", "return e / e.sumn(dim=1)", "Not written yet.", "The same error as in “rows sum to one”.",
        "This task is to be solved without torch_geometric", "ModuleNotFoundError", "The given cell run_training",
    ):  # fmt: skip
        assert part in text, part
    assert text.index("of 80 points") < text.index("What is right") < text.index("Why:") < text.index("at index [4, 0]")


def test_the_korean_page_is_korean(data):
    text = Page(student_html(data, "ko")).text
    for part in (
        "그래프 합성곱",
        "/ 80점",
        "원인: 각 행을 차수로 나누었습니다",
        "정답",
        "오차 지도",
        "힌트",
        "비공개 검사",
    ):
        assert part in text, part
    for english in ("Expected", "hidden check", "Hint", "Why:", "Error map"):
        assert english not in text


def test_the_hidden_stays_hidden(data):
    for language in ("en", "ko"):
        assert str(int(HIDDEN)) not in student_html(data, language)


def test_staff_notes_are_not_on_the_students_page(data):
    assert data["staff"]["events"] == ["child 2 killed: memory"]
    assert "child 2 killed" not in student_html(data, "en")


def test_an_unreadable_submission_gets_a_page_without_a_score():
    report = full_sample(status="unreadable", tasks=(), problem=Text("not JSON: line 3", "JSON이 아닙니다: 3행"))
    text = Page(student_html(report_data(report), "ko")).text
    assert "JSON이 아닙니다: 3행" in text
    assert "0점으로 처리된 것이 아닙니다" in text


def test_full_marks_are_celebrated():
    report = full_sample(cells=(), notes=(), forbidden=(), diagnoses={})
    right = tuple(verdict for verdict in report.tasks if verdict.task.name == "node_loss")
    report = full_sample(cells=(), notes=(), forbidden=(), diagnoses={}, tasks=right, status="graded")
    assert "Everything is right. Well done!" in Page(student_html(report_data(report), "en")).text


def test_names_become_file_links_whatever_they_are():
    assert page_link("javascript:alert(1)", "en") == "./javascript%3Aalert%281%29.html"
    assert page_link("../../etc/passwd", "ko") == "./..%2F..%2Fetc%2Fpasswd.ko.html"
    assert json_link("김민지") == "./%EA%B9%80%EB%AF%BC%EC%A7%80.json"


def test_code_in_course_text_is_set_as_code_after_escaping():
    assert prose("use `a < b` <b>") == "use <code>a &lt; b</code> &lt;b&gt;"


# -- staff -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_staff_page_counts_and_links(data, assignment, language):
    entries = [
        entry(data, student="a", score=80.0, failed=[], pending=[], diagnoses=[], status="graded"),
        entry(data, student="b", score=40.0, pending=[], status="graded"),
        entry(
            data, student=HOSTILE, score=None, status="unreadable", problem={"en": "not JSON"}, failed=[], pending=[]
        ),
    ]
    source = staff_index(
        entries,
        problems=[("x.zip", "a path that leaves the archive")],
        failures=[("d", "no user namespaces")],
        assignment=assignment,
        language=language,
    )
    page = Page(source)
    assert page.tags.count("script") == 1
    links = {value for name, value in page.attributes if name == "href"}
    assert {"./a.html", "./a.ko.html", "./a.json", "./b.html"} <= links
    for part in ("60.0", "row_normalised", "not JSON", "a path that leaves the archive", "no user namespaces"):
        assert part in page.text, part
    assert "torch_geometric.nn.global_mean_pool" in page.text
    assert "\u202e" not in source


def test_pass_rates_leave_out_what_was_not_run(data, assignment):
    from autograder.report.staff import _pass_rates

    clean = {"failed": [], "pending": [], "diagnoses": []}
    entries = [entry(data, **clean), entry(data, **clean), entry(data)]
    rates = {
        (t["name"], c["name"]): (c["right"], c["run"])
        for t in _pass_rates(summaries(entries), assignment, "en")
        for c in t["checks"]
    }
    assert rates["normalize_adj", "small"] == (2, 3)
    assert rates["propagate", "later"] == (2, 2)
    assert rates["node_loss", "purity"] == (3, 3)


def test_an_empty_class_has_a_page(assignment):
    assert "graded" in Page(staff_index([], assignment=assignment)).text


# -- grades.csv ------------------------------------------------------------------------------------------------------


def read_table(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_blank_is_not_zero(data):
    entries = [
        entry(data, student="zero", score=0.0, status="graded", pending=[], notes=[], forbidden=[]),
        entry(
            data,
            student="broken",
            score=None,
            status="unreadable",
            problem={"en": "not JSON"},
            pending=[],
            forbidden=[],
        ),
        entry(data, student="later", score=19.0, status="pending"),
    ]
    rows = read_table(write_grades_csv(entries, [("lost", "no sandbox")], "10-gcn", 80.0))
    assert list(rows[0]) == ["student", "assignment", "score", "max_score", "status", "submitted", "notes", "carried"]
    assert [(r["student"], r["score"], r["max_score"], r["status"]) for r in rows] == [
        ("zero", "0", "80", "graded"),
        ("broken", "", "80", "unreadable"),
        ("later", "19", "80", "pending"),
        ("lost", "", "80", "failed"),
    ]
    assert rows[1]["notes"] == "not JSON"
    assert rows[3]["notes"] == "platform: no sandbox"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", '=HYPERLINK("x")', "\u200b=1", "\x1b=1"],
)
def test_no_cell_is_a_formula(data, text):
    row = read_table(write_grades_csv([entry(data, student=text, notes=[{"en": text}])], [(text, text)], text, 80.0))
    for cells in row:
        for cell in cells.values():
            assert not cell.lstrip(" \u3000").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_commas_quotes_and_lines_stay_in_their_cell(data):
    rows = read_table(
        write_grades_csv(
            [entry(data, student='a,"b"\nc', notes=[{"en": "x,y\nz"}], pending=[], forbidden=[])], [], "s", 1.0
        )
    )
    assert [(r["student"], r["notes"]) for r in rows] == [('a,"b" c', "x,y z")]


# -- cost ------------------------------------------------------------------------------------------------------------


def test_the_package_imports_neither_torch_nor_jinja():
    code = "import sys, autograder.report; print([m for m in ('torch', 'jinja2') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


@pytest.mark.slow
def test_a_class_of_a_thousand_has_a_small_page_in_little_time(data, assignment):
    entries = [entry(data, student=f"s{i:04d}") for i in range(1000)]
    started = time.process_time()
    page = staff_index(entries, assignment=assignment)
    assert time.process_time() - started < 5
    assert len(page) < 5_000_000


# -- colours ---------------------------------------------------------------------------------------------------------


def schemes():
    """The variables of each colour scheme of the style sheet: light, dark, print."""
    blocks = re.findall(r":root \{(.*?)\}", (TEMPLATES / "style.html").read_text(encoding="utf-8"), re.DOTALL)
    return [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in blocks]


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", range(3))
def test_text_is_readable_on_its_ground(scheme):
    """WCAG AA: 4.5 to 1."""
    c = schemes()[scheme]
    pairs = [
        ("ink", "paper"),
        ("ink", "card"),
        ("ink", "quiet"),
        ("soft", "paper"),
        ("soft", "card"),
        ("soft", "quiet"),
    ]
    pairs += [
        ("accent", "card"),
        ("accent", "paper"),
        ("why", "why-back"),
        ("ink", "bad-back"),
        ("bad", "card"),
        ("good", "card"),
    ]
    pairs += [(f"q{k}-ink", f"q{k}") for k in range(6)]
    assert [pair for pair in pairs if contrast(c[pair[0]], c[pair[1]]) < 4.5] == []


@pytest.mark.parametrize("scheme", range(3))
def test_heat_is_told_by_brightness_alone(scheme):
    """From slightly wrong to worst, brightness goes one way, in steps that an eye without colour sees."""
    steps = [luminance(schemes()[scheme][f"q{k}"]) for k in (2, 3, 4, 5)]
    if steps[0] < steps[-1]:
        steps.reverse()
    assert all((high + 0.05) / (low + 0.05) > 1.3 for high, low in itertools.pairwise(steps))


def test_zero_points_do_not_begin_with_what_is_right():
    sample = Sample()
    sample.check(sample.task("f", 5), "small", 5, Text("a check", "검사"), [((), 1.0, gave(2.0))])
    data = report_data(sample.report())
    assert "What is right" not in Page(student_html(data, "en")).text
    assert "맞은" not in Page(student_html(data, "ko")).text
