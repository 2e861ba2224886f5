"""The page that a student reads: one file, no script, nothing loaded, on a phone, a screen and paper."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from autograder.formulas import with_formulas
from autograder.i18n import NAMES, translations
from autograder.report.sanitize import one_line
from autograder.report.schema import Report, page_ending, said

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"

_CODE = re.compile(r"`([^`\n]+)`")


def student_html(report: Report, language: str, grade: Mapping[str, Any] | None = None) -> str:
    """The page of one report in one of its languages. Raises LookupError for another.

    grade: the sum of the grade, as `gradebook.sum_of` makes it; None for the points of the checks alone.
    """
    if language not in report.languages:
        raise LookupError(f"this report is in {', '.join(report.languages)}, not in {language}")
    page = environment(language).get_template("student.html")
    tasks = enumerate(report.tasks, start=1)
    return page.render(
        data=report,
        grade=grade,
        lang=language,
        others=[(other, NAMES.get(other, other)) for other in report.languages if other != language],
        open={number for number, task in tasks if task.state != "right" or task.forbidden},
    )


@cache
def environment(language: str) -> Environment:
    """The templates of a language, compiled once. Everything is escaped; a name that is not there is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from autograder.report.draw import array_table, heat_svg, histogram_svg

    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    env.filters |= {
        "points": points,
        "name": one_line,
        "said": said,
        "prose": prose,
        "when": when,
        "page": page_link,
        "json": json_link,
    }
    env.globals |= {"array_table": array_table, "heat_svg": heat_svg, "histogram_svg": histogram_svg, "percent": share}
    return env


def points(value: float | None) -> str:
    """Points in as few digits as they need; a dash for None."""
    return "–" if value is None else f"{value:.6g}"


def prose(text: str) -> Any:
    """Course and platform text: `code` between backticks is set as code, a formula between dollars as MathML.

    Everything is escaped, so it is safe for any text.
    """
    from markupsafe import Markup, escape

    pieces = _CODE.split(str(text))  # text and code in turn
    return Markup(
        "".join(
            f"<code>{escape(piece)}</code>" if number % 2 else with_formulas(piece, lambda plain: str(escape(plain)))
            for number, piece in enumerate(pieces)
        )
    )


def when(moment: str | None) -> str:
    """An ISO time as "2027-05-17 21:04 +09:00"; the text itself where it is not an ISO time."""
    if not moment:
        return "–"
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return one_line(moment)
    zone = parsed.strftime("%z")
    return parsed.strftime("%Y-%m-%d %H:%M") + (f" {zone[:3]}:{zone[3:]}" if zone else "")


def page_link(student: str, language: str) -> str:
    """The relative address of a student's page. "./" makes a name such as "javascript:x" a file, not a scheme."""
    return "./" + quote(student + page_ending(language), safe="")


def json_link(student: str) -> str:
    """The relative address of the report's JSON."""
    return "./" + quote(f"{student}.json", safe="")


def share(part: float, whole: float) -> float:
    """Per cent, for the width of a bar."""
    return round(100.0 * min(max(part / whole, 0.0), 1.0), 1) if whole else 0.0
