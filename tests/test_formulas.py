"""Formulas and titles on the pages: set by the browser, harmless whatever stands in them, and there without the package."""

import re
import subprocess
import sys
import xml.etree.ElementTree as Tree

import msgspec
import pytest

from autograder import formulas
from autograder.formulas import ATTRIBUTES, DEEPEST, ELEMENTS, LONGEST, mathml
from autograder.i18n import Text
from autograder.report import read_report
from autograder.report.html import prose
from tests.report.test_pages import Page
from tests.report_json import report_data, student_html
from tests.report_sample import full_sample

SETS = pytest.mark.skipif(formulas._converter() is None, reason="latex2mathml is not installed")


@pytest.fixture(autouse=True)
def _unkept():
    mathml.cache_clear()
    yield
    mathml.cache_clear()


# -- where a formula is ----------------------------------------------------------------------------------------------


@SETS
@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("divide by $D^{-1/2}$ on both sides", 1),
        ("$x$와 $y$를 더합니다.", 2),
        ("$$\\sum_i x_i$$", 1),
        ("it costs $5 and $6", 0),
        ("it costs $5, not $6.", 0),
        ("one $ alone", 0),
        ("a $ b $ c", 0),
        ("`$x$` is code", 0),
        ("`print('$')` and $x$", 1),
        ("an escaped \\$x$", 0),
        ("over $two\nlines$", 0),
        ("$$", 0),
        ("", 0),
    ],
)
def test_a_formula_stands_between_dollars_without_blanks(text, count):
    assert str(prose(text)).count("<math") == count
    if not count:
        assert Page(str(prose(text))).text == " ".join(text.replace("`", "").split())


# -- what comes of it ------------------------------------------------------------------------------------------------


@SETS
@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        ("x_i^2", "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
        (r"\frac{1}{n}", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>n</mn></mrow></mfrac>".replace("<mn>n</mn>", "<mi>n</mi>")),
        (r"\sqrt{d}", "<msqrt>"),
        (r"\mathbb R", "<mi>ℝ</mi>"),
        (r"\mathbb{E}", "<mi>𝔼</mi>"),
        (r"\mathcal{L}", "<mi>ℒ</mi>"),
        (r"\mathcal{N}", "<mi>𝒩</mi>"),
        (r"\mathbf{x}", "<mi>𝐱</mi>"),
        (r"a < b", "<mo>&lt;</mo>"),
        (r"\le", "≤"),
        (r"\hat A", "<mover"),
        (r"\sigma", "σ"),
    ],
)  # fmt: skip
def test_what_courses_write_is_set(latex, expected):
    made = mathml(latex)
    assert made.startswith("<math>")
    assert expected in made
    Tree.fromstring(made)


def formulas_of_the_course():
    from tests.paths import ROOT

    for path in sorted((ROOT / "solutions").glob("*/solution.py")):
        text = re.sub(r"^# ?", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        yield from (found[2] for found in formulas.FORMULA.finditer(re.sub(r"`[^`\n]*`", "", text)))


@SETS
@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\arg\min_x f", "arg"),
        (r"\Big\lfloor x \Big\rfloor", "⌊"),
        (r"\bigl\{ x \bigr\}", "{"),
        (r"\Big\| x \Big\|", "‖"),
    ],
)
def test_commands_that_the_package_does_not_read_are_set_all_the_same(latex, shown):
    assert shown in mathml(latex)
    assert "\\" not in mathml(latex)


@SETS
def test_a_formula_with_a_command_that_nobody_knows_is_left_as_written():
    assert mathml(r"\surely x") == r'<code class="tex">\surely x</code>'


@SETS
def test_every_formula_of_the_course_is_set():
    found = set(formulas_of_the_course())
    assert len(found) > 500
    assert [latex for latex in sorted(found) if len(latex) <= LONGEST and not mathml(latex).startswith("<math>")] == []


HOSTILE = [
    "<script>alert(1)</script>",
    r"\text{<script>alert(1)</script>}",
    r"\text{<img src=x onerror=alert(1)>}",
    r"\mbox{</math><script>alert(1)</script>}",
    r"\href{javascript:alert(1)}{x}",
    r"\href{https://x.example}{x}",
    r'\class{x" onclick="alert(1)}{y}',
    r"\style{position:fixed;inset:0}{x}",
    r"\color{red;background:url(https://x.example)}{x}",
    r'\mathrm{"><script>}',
    r"\operatorname{<b>}",
    r"\text{&lt;script&gt;&#60;b&#62;&#x0003C;script&#x0003E;}",
    "&#x0003C;script&#x0003E;",
    "{" * 300,
    r"\frac" * 80,
    "x^{" * 100 + "}" * 100,
    "x_" * 150,
    r"\left(" * 60,
    r"\begin{matrix}" * 20,
    "\x00\x1b",
    r"\unicode{0x3c}",
    "x" * (LONGEST + 1),
    r"\includegraphics{/etc/passwd}",
    r"\input{/etc/passwd}",
    "% comment",
    "\\",
]


@pytest.mark.parametrize("latex", HOSTILE)
def test_nothing_but_harmless_mathml_comes_of_a_formula(latex):
    made = mathml(latex)
    page = Page(made)  # raises for tags that do not match
    assert set(page.tags) <= ELEMENTS | {"math", "code"}
    assert {name for name, _ in page.attributes} <= {*ATTRIBUTES, "mathvariant", "class", "display"}
    assert {value for name, value in page.attributes if name == "class"} <= {"tex"}
    depth = max((made[: at.start()].count("<") for at in re.finditer("<m", made)), default=0)
    assert depth < 4 * LONGEST
    assert Page(str(prose(f"before ${latex}$ after"))).tags.count("script") == 0


@SETS
def test_a_formula_that_nests_too_deeply_is_left_as_written():
    deep = "x^{" * (DEEPEST + 5) + "x" + "}" * (DEEPEST + 5)
    assert mathml(deep).startswith('<code class="tex">')


def test_without_the_package_a_formula_is_its_source(monkeypatch):
    monkeypatch.setattr(formulas, "_converter", lambda: None)
    assert str(prose("with $a < b$ it")) == 'with <code class="tex">a &lt; b</code> it'


def test_a_text_without_a_formula_does_not_load_the_package():
    code = (
        "import sys; from autograder.report.html import prose; prose('no formula, `x`, 5 $');"
        "print('latex2mathml' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# -- titles ----------------------------------------------------------------------------------------------------------


def titled(**titles):
    return full_sample(titles={"normalize_adj": Text("Normalise the adjacency", "인접 행렬 정규화"), **titles})


def test_a_task_is_called_by_its_title_and_its_name():
    data = report_data(titled())
    for language, title in (("en", "Normalise the adjacency"), ("ko", "인접 행렬 정규화")):
        page = Page(student_html(data, language))
        assert page.text.count(f"{title} normalize_adj") == 2  # in the table, and over the task
        assert "gcn_layer" in page.text


def test_a_title_is_escaped_and_its_formulas_are_set():
    attack = Text("<script>x</script> `a<b` $x_i$", "<script>x</script>")
    source = student_html(report_data(titled(readout=attack)), "en")
    assert "<script" not in source
    assert "&lt;script&gt;x&lt;/script&gt; <code>a&lt;b</code>" in source


def test_a_report_from_before_titles_keeps_its_signature():
    report = msgspec.convert(
        report_data(full_sample()), type(read_report(msgspec.json.encode(report_data(full_sample()))))
    )
    assert b'"title":{"en":"Normalise' not in report.to_json()
    task = msgspec.to_builtins(report.tasks[0])
    assert "title" not in task
    signed = report.signed(b"secret")
    assert read_report(signed.to_json()).is_signed_by(b"secret")
