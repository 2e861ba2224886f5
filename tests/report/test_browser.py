"""The pages where they are read: axe-core finds nothing, tables sort and filter, the policy lets our script run."""

import json

import pytest

from autograder.i18n import Text
from tests.report.browser import answer, axe, browser, dom
from tests.report.test_staff_page import assignment, data  # noqa: F401 (fixtures)
from tests.report_json import report_data, staff_index, student_html, summary
from tests.report_sample import HOSTILE, full_sample

pytestmark = pytest.mark.slow

SIZES = {"wide": "1280,800", "narrow": "390,844"}


@pytest.fixture(scope="module", autouse=True)
def _there():
    browser()


@pytest.fixture(scope="module")
def axe_source(tmp_path_factory):
    return axe(tmp_path_factory.mktemp("axe"))


@pytest.fixture(scope="module")
def pages(data, assignment):  # noqa: F811
    titles = {"normalize_adj": Text("Normalise by $D^{-1/2}$", "$D^{-1/2}$로 정규화")}
    graded = {"status": "graded", "pending": []}
    entries = [
        {**summary(data), "student": "kim", "score": 16.0},
        {**summary(data), **graded, "student": "lee", "score": 80.0, "earned": {t.name: t.points for t in assignment.tasks}},
        {**summary(data), **graded, "student": "a10", "score": 9.0},
        {**summary(data), **graded, "student": "a9", "score": 100.0},
        {**summary(data), "student": HOSTILE, "score": None, "status": "unreadable", "problem": {"en": "not JSON", "ko": "JSON이 아닙니다"}},
    ]  # fmt: skip
    report = report_data(full_sample(titles=titles))
    made = {}
    for language in ("en", "ko"):
        made["staff", language] = staff_index(
            entries,
            assignment=assignment,
            language=language,
            titles=titles,
            absent=["nobody"],
            failures=[("d", "no user namespaces")],
            others={"ko": "index.ko.html"},
        )
        made["student", language] = student_html(report, language)
    return made


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("kind", ["staff", "student"])
def test_axe_finds_nothing(pages, axe_source, tmp_path, kind, language, scheme, size):
    page = pages[kind, language].replace("</body>", f"<script>{axe_source}</script></body>")
    asked = (
        "axe.run().then((found) => ({ran: found.passes.length, dark: matchMedia('(prefers-color-scheme: dark)').matches,"
        "bad: found.violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 200))])}))"
    )
    dark = (
        ["--blink-settings=preferredColorScheme=0"] if scheme == "dark" else ["--blink-settings=preferredColorScheme=1"]
    )
    told = answer(page, asked, tmp_path, f"--window-size={SIZES[size]}", *dark)
    assert told["dark"] == (scheme == "dark")
    assert told["ran"] > 20
    assert told["bad"] == []


@pytest.mark.parametrize("kind", ["staff", "student"])
def test_a_phone_scrolls_no_page_sideways(pages, tmp_path, kind):
    told = answer(
        pages[kind, "en"],
        "(() => { const frame = document.createElement('iframe'); frame.width = 390; frame.height = 800;"
        "const copy = document.documentElement.outerHTML.replace(/<script>[^]*?<\\/script>/g, '');"
        "frame.srcdoc = copy; document.body.append(frame);"
        "return new Promise((done) => { frame.onload = () => { const root = frame.contentDocument.documentElement;"
        "done([root.scrollWidth, root.clientWidth]); }; }); })()",
        tmp_path,
    )
    assert told[0] <= told[1]


def test_the_top_fits_on_two_screens(pages, tmp_path):
    bottom = "document.querySelector('.first').getBoundingClientRect().bottom + scrollY"
    assert answer(pages["staff", "en"], bottom, tmp_path, "--window-size=1280,800") < 1600


def test_the_policy_runs_our_script_and_none_of_anybody_else(pages, tmp_path):
    page = pages["staff", "en"].replace("</body>", "<script>document.body.id = 'owned'</script></body>")
    source = dom(page, tmp_path)
    assert source.count('<button type="button">') > 10
    assert 'id="owned"' not in source
    assert '<div class="filter" id="matrix-filter">' in source


NAMES = "Array.from(document.querySelectorAll('#students tbody tr'), (row) => row.cells[0].textContent)"


def ask(pages, tmp_path, steps, kind="staff", language="en"):
    return answer(pages[kind, language], f"(async () => {{ {steps} }})()", tmp_path)


def test_a_heading_sorts_up_and_down_and_blanks_stay_last(pages, tmp_path):
    told = ask(
        pages,
        tmp_path,
        "const button = document.querySelector('#students th:nth-child(2) button'); const seen = [];"
        "const scores = () => Array.from(document.querySelectorAll('#students tbody tr'), (r) => r.cells[1].textContent);"
        "for (let i = 0; i < 3; i++) { button.click(); seen.push([button.parentElement.getAttribute('aria-sort'), scores()]); }"
        "return seen;",
    )
    up = ["9", "16", "80", "100", "–", "–"]
    down = ["100", "80", "16", "9", "–", "–"]
    assert told == [["ascending", up], ["descending", down], ["ascending", up]]


def test_names_sort_as_people_count_and_one_heading_alone_says_its_order(pages, tmp_path):
    told = ask(
        pages,
        tmp_path,
        "document.querySelector('#students th:nth-child(2) button').click();"
        "document.querySelector('#students th:nth-child(1) button').click();"
        f"return [{NAMES}, document.querySelectorAll('#students [aria-sort]').length];",
    )
    names, ordered = told
    assert names.index("a9") < names.index("a10") < names.index("kim") < names.index("lee")
    assert ordered == 1


def test_a_filter_hides_rows_and_says_how_many(pages, tmp_path):
    told = ask(
        pages,
        tmp_path,
        "const fields = document.getElementById('students-filter'); const input = fields.querySelector('input');"
        "const seen = []; for (const text of ['', 'KIM', 'kim  graded', '<script>', 'nobody', 'zzz']) {"
        "input.value = text; input.dispatchEvent(new Event('input', {bubbles: true}));"
        "seen.push([Array.from(document.querySelectorAll('#students tbody tr:not([hidden])')).length,"
        "fields.querySelector('[role=status]').textContent]); } return seen;",
    )
    assert told == [
        [6, "6 of 6 rows"],
        [1, "1 of 6 rows"],
        [0, "0 of 6 rows"],
        [1, "1 of 6 rows"],
        [1, "1 of 6 rows"],
        [0, "0 of 6 rows"],
    ]


def test_who_lost_points_in_a_task_is_one_choice(pages, tmp_path):
    told = ask(
        pages,
        tmp_path,
        "const choice = document.querySelector('#matrix-filter select'); choice.value = '2';"
        "choice.dispatchEvent(new Event('input', {bubbles: true}));"
        "return Array.from(document.querySelectorAll('#matrix tbody tr:not([hidden])'), (r) => r.cells[0].textContent);",
    )
    assert sorted(told) == ["a10", "a9", "kim"]


def test_every_control_is_reached_and_worked_by_keys(pages, tmp_path):
    told = ask(
        pages,
        tmp_path,
        "const all = Array.from(document.querySelectorAll('th button, .filter input, .filter select, summary, a[href]'));"
        "return all.filter((e) => { if (e.closest('details:not([open])') && e.tagName !== 'SUMMARY') return false;"
        "e.focus(); return document.activeElement !== e || e.tabIndex < 0; }).map((e) => e.outerHTML.slice(0, 99));",
    )
    assert told == []


def test_paper_shows_what_is_folded_and_folds_it_again(pages, tmp_path):
    told = ask(
        pages,
        tmp_path,
        "const open = () => document.querySelectorAll('details[open]').length; const seen = [open()];"
        "dispatchEvent(new Event('beforeprint')); seen.push(open(), document.querySelectorAll('details').length);"
        "dispatchEvent(new Event('afterprint')); seen.push(open()); return seen;",
    )
    assert told[0] == told[3] == 0
    assert told[1] == told[2] > 0


def test_a_hostile_name_stays_a_name_when_rows_move(pages, tmp_path):
    told = ask(
        pages,
        tmp_path,
        "const scripts = document.scripts.length; for (const button of document.querySelectorAll('th button')) {"
        "button.click(); button.click(); } return [document.scripts.length - scripts, document.querySelectorAll('img').length];",
    )
    assert told == [0, 0]


def test_the_words_are_said_in_the_pages_language(pages):
    assert json.dumps("전체 {all}행 중 {shown}행", ensure_ascii=False).strip('"') in pages["staff", "ko"]
