"""How the checker shows trials: an HTML card in notebooks, plain text elsewhere. Light and dark, without relying on colour."""

from __future__ import annotations

import html
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.grading.compare import (
    Comparison,
    elementwise,
    number_text,
    parts_of,
    quote,
    shape_text,
    wrong_parts,
)
from autograder.grading.heat import as_rows, window, worst_of_blocks
from autograder.grading.wording import describe
from autograder.guest.wire import Array, Sparse
from autograder.parts import common_parts, part_name, share
from autograder.tree import leaves

MAX_ROWS, MAX_COLUMNS = 8, 8
WIDTH = 110

ENGLISH = {
    "language": "en",
    "unknown": "{name} is not a function of this assignment. Its functions are: {known}.",
    "no_file": "visible.npz is not beside checker.py. Put it there (on Colab: drop it on the folder on the left), then run this again.",
    "bad_file": "visible.npz cannot be read. Download it once more and put it beside checker.py.",
    "no_torch": "PyTorch is not installed here, so nothing can be checked; your code is not the reason. Run: pip install torch. Then restart the kernel. (Colab has it already.)",
    "not_ready": "Not written yet: {names}. Write it, then run this cell again.",
    "stopped": "Stopped after {done} of {total} steps, because {seconds} s were up. What you see is how far it came.",
    "unfinished": "{name} is not written yet.",
    "missing": "{name} is not defined. Run its cell first.",
    "raised": "Your code raised {error}",
    "right_of": "{right} of {total} visible cases right",
    "right": "right",
    "wrong": "not yet",
    "input": "input",
    "expected": "expected",
    "yours": "yours",
    "error": "error",
    "gradient": "gradient with respect to {name}",
    "gradient_note": "The value is right, but its gradient is not: torch must be able to follow every step from {names} to the result.",
    "judged": "There are many right answers here. The one beside yours is one of them.",
    "form_only": "There are many right answers here, and only the form of yours can be compared here: type, dtype, shape. Whether it is one of them is found out when it is graded.",
    "form": "form only",
    "unjudged": "Your numbers are none that this check can use.",
    "changed": "Your function changed its input {names}. Work on a copy.",
    "random": "Called twice with the same input, your function gave two different answers.",
    "hint": "Hint",
    "printed": "What your function printed",
    "legend": "darker: further off",
    "task": "task",
    "cases": "visible cases",
    "visible": "visible points",
    "points": "all points",
    "sum": "sum",
    "rest": "The other points come from cases that you do not see, with other sizes and edge cases.",
    "no_cases": "no visible case",
    "is_unfinished": "not written yet",
}
KOREAN = {
    "language": "ko",
    "unknown": "{name}은(는) 이 과제의 함수가 아닙니다. 이 과제의 함수: {known}.",
    "no_file": "checker.py 옆에 visible.npz가 없습니다. 같은 폴더에 넣고(Colab에서는 왼쪽 폴더에 끌어다 놓고) 다시 실행하세요.",
    "bad_file": "visible.npz를 읽을 수 없습니다. 다시 내려받아 checker.py와 같은 폴더에 넣으세요.",
    "no_torch": "이 컴퓨터에 PyTorch가 설치되어 있지 않아 확인할 수 없습니다. 여러분의 코드 때문이 아닙니다. pip install torch를 실행한 뒤 커널을 다시 시작하세요. (Colab에는 이미 있습니다.)",
    "not_ready": "아직 작성하지 않은 함수: {names}. 작성한 뒤 이 셀을 다시 실행하세요.",
    "stopped": "{seconds}초가 지나 {total}단계 중 {done}단계에서 멈췄습니다. 여기까지의 결과를 보여 줍니다.",
    "unfinished": "{name}: 아직 작성하지 않았습니다.",
    "missing": "{name}: 정의되지 않았습니다. 함수가 있는 셀을 먼저 실행하세요.",
    "raised": "실행 중 오류: {error}",
    "right_of": "공개 예시 {total}개 중 {right}개 정답",
    "right": "정답",
    "wrong": "다시 확인",
    "input": "입력",
    "expected": "정답",
    "yours": "내 결과",
    "error": "오차",
    "gradient": "{name}에 대한 기울기",
    "gradient_note": "값은 맞지만 기울기가 다릅니다. {names}에서 결과까지의 모든 계산을 torch가 따라갈 수 있어야 합니다.",
    "judged": "정답이 여럿인 문제입니다. 옆에 보이는 정답은 그중 하나입니다.",
    "form_only": "정답이 여럿인 문제이며, 여기서는 형식(타입, dtype, 모양)만 비교할 수 있습니다. 정답인지는 채점할 때 확인합니다.",
    "form": "형식만 확인",
    "unjudged": "이 문제의 답으로 쓸 수 없는 값입니다.",
    "changed": "함수가 입력 {names}을(를) 바꾸었습니다. 복사본으로 계산하세요.",
    "random": "같은 입력으로 두 번 호출했는데 결과가 서로 다릅니다.",
    "hint": "힌트",
    "printed": "함수가 출력한 내용",
    "legend": "진할수록 크게 다름",
    "task": "문제",
    "cases": "공개 예시",
    "visible": "공개 점수",
    "points": "전체 배점",
    "sum": "합계",
    "rest": "나머지 점수는 크기가 다르거나 극단적인 비공개 예시로 매깁니다.",
    "no_cases": "공개 예시 없음",
    "is_unfinished": "아직 작성하지 않음",
}


def texts(language: str) -> dict[str, str]:
    return KOREAN if language == "ko" else ENGLISH


@dataclass
class TaskView:
    """One task and its trials.

    task: its row of visible.npz.
    trials: one for each visible case.
    """

    task: dict[str, Any]
    trials: list[Any]

    @property
    def right(self) -> int:
        return sum(trial.status == "right" for trial in self.trials)

    @property
    def decided(self) -> int:
        """The trials that can be called right or wrong here."""
        return sum(trial.status != "form" for trial in self.trials)

    @property
    def unfinished(self) -> bool:
        return bool(self.trials) and all(trial.status in ("unfinished", "missing") for trial in self.trials)

    @property
    def points(self) -> float:
        """Points of the visible checks: all where every case is right, otherwise the shares of the parts that are."""
        found: dict[str, list[Any]] = {}
        for trial in self.trials:
            found.setdefault(trial.case.what["check"], []).append(trial)
        return float(sum(_earned(trials) for trials in found.values()))


def _earned(trials: list[Any]) -> float:
    """What one check gives, as in grading; purity and determinism have points of their own there."""
    what = trials[0].case.what
    if all(trial.status == "right" for trial in trials):
        return float(what["points"])
    parts = common_parts(parts_of(trial.case.value) for trial in trials)
    if not parts or what.get("together") or what["gradient"] or what["judged"]:
        return 0.0
    wrong = {part for trial in trials for part in wrong_parts(parts, trial.comparison)}
    return share(what["points"], len(parts) - len(wrong), len(parts)) if wrong else 0.0


def show(view: TaskView, language: str) -> None:
    """The trials of one task: rich in a notebook, plain elsewhere."""
    t = texts(language)
    name = view.task["name"]
    if not view.trials:
        print(f"{name}: {t['no_cases']}.")
    elif view.unfinished:
        first = view.trials[0]
        print(t[first.status].format(name=first.case.what["function"] if first.status == "missing" else name))
    else:
        _display(_task_html(view, language), _task_text(view, language))


def show_summary(views: list[TaskView], language: str) -> None:
    """A table of all tasks."""
    t = texts(language)
    header = [t["task"], t["cases"], t["visible"], t["points"]]
    rows = []
    for view in views:
        state = t["is_unfinished"] if view.unfinished else f"{view.right} / {view.decided}"
        rows.append(
            [view.task["name"], state, f"{view.points:g} / {view.task['visible_points']:g}", f"{view.task['points']:g}"]
        )
    earned, visible = sum(v.points for v in views), sum(v.task["visible_points"] for v in views)
    rows.append([t["sum"], "", f"{earned:g} / {visible:g}", f"{sum(v.task['points'] for v in views):g}"])
    widths = [max(_cells(row[i]) for row in [header, *rows]) for i in range(4)]
    lines = ["  ".join(cell + " " * (w - _cells(cell)) for cell, w in zip(row, widths)) for row in [header, *rows]]  # noqa: B905
    page = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in header)
    rich = f"{STYLE}<div class='ag'><table class='ag-sum'><tr>{head}</tr>{page}</table><p>{t['rest']}</p></div>"
    _display(rich, "\n".join([*lines, "", t["rest"]]))


def _display(rich: str, plain: str) -> None:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None and type(shell).__name__ != "TerminalInteractiveShell":
        from IPython.display import display

        display({"text/html": rich, "text/plain": plain}, raw=True)  # type: ignore[no-untyped-call]
    else:
        print(plain)


def _cells(text: str) -> int:
    """Columns that a text takes in a terminal: Korean letters take two."""
    return sum(2 if "\u1100" <= c <= "\u11ff" or "\u2e80" <= c <= "\uffdc" else 1 for c in text)


# -- sentences -------------------------------------------------------------------------------------------------------


def _sentences(trial: Any, language: str) -> list[str]:
    """What to tell about one trial, worst first."""
    t, what = texts(language), trial.case.what
    if trial.status in ("unfinished", "missing"):
        return [t[trial.status].format(name=what["function"])]
    if trial.status == "raised":
        return [t["raised"].format(error=trial.error), *([trial.error_place] if trial.error_place else [])]
    said = [describe(m, language, names=what.get("names")) for m in trial.comparison.mismatches[:4]]
    if trial.refused is not None:
        said.append(trial.refused.get(language) or trial.refused.get("en") or next(iter(trial.refused.values()), ""))
    if trial.gradient_comparison is not None and not trial.gradient_comparison.equal:
        said.append(t["gradient_note"].format(names=", ".join(_gradient_names(trial))))
    if trial.changed:
        said.append(t["changed"].format(names=", ".join(trial.changed)))
    if not trial.deterministic:
        said.append(t["random"])
    if what["judged"]:
        said.append(t["judged" if "judge" in what else "form_only"])
    return said


def _count(view: TaskView, language: str) -> str:
    t = texts(language)
    return t["right_of"].format(right=view.right, total=view.decided) if view.decided else t["form"]


def _outcome(trial: Any) -> str:
    """The key of the word for how a trial ended."""
    return trial.status if trial.status in ("right", "form") else "wrong"


def _gradient_names(trial: Any) -> list[str]:
    return [trial.case.what["parameters"][i] for i in trial.case.what["gradient"]]


def _call(trial: Any) -> str:
    what = trial.case.what
    args = []
    for name, value in zip(what["parameters"], trial.case.args):  # noqa: B905 (Python 3.9)
        if isinstance(value, float):
            args.append(f"{name}={value:.6g}")
        else:
            plain = value is None or isinstance(value, (bool, int, str))
            args.append(f"{name}={value!r}" if plain else name)
    return f"{what['function']}({', '.join(args)})"


def _title(trial: Any, language: str) -> str:
    what = trial.case.what
    return f"{what['title'][language]} ({what['index'] + 1})" if what["of"] > 1 else str(what["title"][language])


# -- plain text ------------------------------------------------------------------------------------------------------


def _task_text(view: TaskView, language: str) -> str:
    t = texts(language)
    out = [f"{view.task['name']}: {_count(view, language)}"]
    detailed = False
    for trial in view.trials:
        right = trial.status == "right"
        out.append(f"  [{t[_outcome(trial)]}] {_title(trial, language)}: {_call(trial)}")
        if right:
            continue
        if trial.status == "form":
            out += [f"      {line}" for line in _sentences(trial, language)]
            continue
        if not detailed and trial.value is not None:
            out += [f"      {line}" for line in _side_by_side(trial, language)]
        detailed = True
        out += [f"      {line}" for line in _sentences(trial, language)]
        out.append(f"      {t['hint']}: {trial.case.what['hint'][language]}")
        if trial.printed:
            out += [f"      {t['printed']}:", *(f"      | {line}" for line in trial.printed.splitlines()[:12])]
    return "\n".join(out)


def _side_by_side(trial: Any, language: str) -> list[str]:
    t = texts(language)
    named = [f"{name} = {_plain(value)}" for name, value in zip(trial.case.what["parameters"], trial.case.args)]  # noqa: B905
    blocks = [
        [t["input"], *"\n".join(named).split("\n")],
        [t["expected"], *_plain(trial.case.value, trial, language).split("\n")],
        [t["yours"], *_plain(trial.value, trial, language).split("\n")],
    ]
    widths = [max(_cells(line) for line in block) for block in blocks]
    if sum(widths) + 6 > WIDTH:
        return [line for block in blocks for line in [block[0] + ":", *(f"  {line}" for line in block[1:])]]
    height = max(len(block) for block in blocks)
    rows = [[block[i] if i < len(block) else "" for block in blocks] for i in range(height)]
    return ["   ".join(cell + " " * (w - _cells(cell)) for cell, w in zip(row, widths)).rstrip() for row in rows]  # noqa: B905


def _plain(value: Any, trial: Any = None, language: str = "en") -> str:
    """A value as text, every leaf with its path, or with the name of the part. trial: whose result it is; None for an input."""
    found = list(leaves(value))
    parts = []
    for path, leaf in found:
        text = _plain_leaf(leaf)
        name = part_name(trial.case.what.get("names"), path, language) if trial is not None else None
        parts.append(f"{name or path or '·'}: {text}" if len(found) > 1 else text)
    return "\n".join(parts) if parts else repr(value)


def _plain_leaf(leaf: Any) -> str:
    if isinstance(leaf, Array):
        if leaf.data.size == 0:
            return f"{leaf.dtype} {shape_text(leaf.shape)}"
        with np.printoptions(precision=4, suppress=True, threshold=64, edgeitems=3, linewidth=60):
            return str(np.asarray(leaf.data))
    if isinstance(leaf, Sparse):
        return f"sparse {shape_text(leaf.shape)}"
    return number_text(leaf) if isinstance(leaf, float) else quote(leaf, 80)


# -- HTML ------------------------------------------------------------------------------------------------------------

STYLE = """<style>
.ag{font:14px/1.5 system-ui,"Noto Sans KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif;color:inherit;max-width:1080px}
.ag-h{display:flex;gap:.7em;align-items:baseline;flex-wrap:wrap;margin:.2em 0 .5em}
.ag code,.ag td,.ag pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.ag-h code{font-size:15px;font-weight:700;background:none;color:inherit}
.ag-b{font-size:12px;font-weight:700;border-radius:4px;padding:1px 8px;color:#fff;white-space:nowrap}
.ag-ok{background:#0067a5}.ag-no{background:#b34700}
.ag details{border:1px solid rgba(127,127,127,.35);border-radius:6px;margin:0 0 6px;padding:0}
.ag summary{cursor:pointer;padding:6px 10px;display:list-item}
.ag summary code{background:none;color:inherit;opacity:.75;margin-left:.6em;font-size:12px}
.ag details.ag-f{border:0;margin:0}.ag details.ag-f>summary{padding:2px 0;font-size:12px}
.ag-in{padding:2px 12px 10px}
.ag-row{display:flex;gap:14px 26px;flex-wrap:wrap;align-items:flex-start;margin:4px 0 8px}
.ag-k{font-size:12px;opacity:.75;margin-bottom:2px}
.ag-k b{font-weight:700}
.ag table,.ag tr,.ag td,.ag th{background:transparent!important;color:inherit;border:0;margin:0}
.ag table{border-collapse:collapse;width:auto;table-layout:auto}
.ag table.ag-m{border-left:2px solid rgba(127,127,127,.6);border-right:2px solid rgba(127,127,127,.6);border-radius:4px}
.ag table.ag-m td{padding:1px 6px;text-align:right;font-size:12px;white-space:nowrap;line-height:1.45}
.ag table.ag-m td.ag-x{outline:1.5px solid #d55e00;outline-offset:-1px;font-weight:700;background:rgba(213,94,0,.16)!important}
.ag table.ag-m td.ag-d{opacity:.55;text-align:center}
.ag table.ag-e td{width:13px;height:13px;padding:0;border:1px solid rgba(127,127,127,.3)}
.ag p{margin:4px 0}.ag-p{font-weight:600}
.ag-n{border-left:3px solid #0067a5;padding:2px 10px;margin:6px 0}
.ag pre{font-size:12px;white-space:pre-wrap;background:rgba(127,127,127,.12);color:inherit;padding:6px 8px;border-radius:4px;margin:4px 0}
.ag table.ag-sum td,.ag table.ag-sum th{padding:4px 14px;text-align:left;border-bottom:1px solid rgba(127,127,127,.35)}
.ag table.ag-sum tr:last-child td{font-weight:700;border-bottom:0}
</style>"""


def _task_html(view: TaskView, language: str) -> str:
    all_right = view.right == view.decided
    opened = next((i for i, trial in enumerate(view.trials) if trial.status not in ("right", "form")), 0)
    cards = "".join(_trial_html(trial, language, i == opened) for i, trial in enumerate(view.trials))
    count = _count(view, language)
    badge = _badge(all_right, f"{'✓' if all_right else '✗'} {count}")
    return f"{STYLE}<div class='ag'><div class='ag-h'><code>{html.escape(view.task['name'])}</code>{badge}</div>{cards}</div>"


def _badge(right: bool, text: str) -> str:
    return f"<span class='ag-b {'ag-ok' if right else 'ag-no'}'>{html.escape(text)}</span>"


def _trial_html(trial: Any, language: str, opened: bool) -> str:
    t = texts(language)
    right = trial.status == "right"
    signs = {"right": "✓", "form": "○", "wrong": "✗"}
    badge = _badge(right or trial.status == "form", f"{signs[_outcome(trial)]} {t[_outcome(trial)]}")
    said = "".join(f"<p class='ag-p'>{html.escape(line)}</p>" for line in _sentences(trial, language))
    if _outcome(trial) == "wrong":
        said += f"<div class='ag-n'><b>{t['hint']}</b> {html.escape(trial.case.what['hint'][language])}</div>"
    if trial.printed:
        said += f"<div class='ag-k'>{t['printed']}</div><pre>{html.escape(trial.printed)}</pre>"
    head = f"{badge} &nbsp;{html.escape(_title(trial, language))}<code>{html.escape(_call(trial))}</code>"
    body = _inputs_html(trial, t) + _results_html(trial, t)
    if body.count("<table class='ag-m'") <= 3:  # few enough to stand in one row
        body = body.replace("</div><!--row--><div class='ag-row'>", "")
    return (
        f"<details{' open' if opened else ''}><summary>{head}</summary><div class='ag-in'>{body}{said}</div></details>"
    )


def _inputs_html(trial: Any, t: dict[str, str]) -> str:
    blocks = []
    for name, value in zip(trial.case.what["parameters"], trial.case.args):  # noqa: B905 (Python 3.9)
        if value is None or isinstance(value, (bool, int, float, str)):
            continue  # it stands in the call
        blocks += [_block(f"{t['input']} <b>{html.escape(name + path)}</b>", leaf) for path, leaf in leaves(value)]
    row = f"<div class='ag-row'>{''.join(blocks[:16])}</div>"
    if len(blocks) > 6:  # caches and parameters: not before the result
        return f"<details class='ag-f'><summary>{t['input']}</summary>{row}</details>"
    return f"{row}<!--row-->" if blocks else ""


def _results_html(trial: Any, t: dict[str, str]) -> str:
    if trial.status not in ("right", "wrong", "form"):
        rows = _pairs_html(trial.case.value, None, None, trial, t, "", shown=False)
        return rows
    out = _pairs_html(trial.case.value, trial.value, trial.comparison, trial, t, "")
    if trial.gradient_comparison is not None and not trial.gradient_comparison.equal:
        for i, name in enumerate(_gradient_names(trial)):
            label = t["gradient"].format(name=name) + " "
            out += _pairs_html(trial.case.gradient[i], trial.gradient[i], trial.gradient_comparison, trial, t, label)
    return out


def _pairs_html(
    expected: Any,
    got: Any,
    comparison: Comparison | None,
    trial: Any,
    t: dict[str, str],
    label: str,
    shown: bool = True,
) -> str:
    """Expected and yours side by side, one row for each leaf of the expected value."""
    mine = dict(leaves(got))
    rows = []
    for path, leaf in list(leaves(expected))[:12]:
        named = None if label else part_name(trial.case.what.get("names"), path, t["language"])
        place = html.escape(named or label + path)
        yours = mine.get(path, got if not path else None)
        wrong, heat, focus = _differences(leaf, yours, trial.case.tolerance)
        if trial.case.what["judged"]:
            wrong, heat = None, ""
        digits = _digits(leaf, yours, focus)
        row = _block(f"{t['expected']} <b>{place}</b>", leaf, None, focus, digits)
        if shown:
            row += _block(f"{t['yours']} <b>{place}</b>", yours, wrong, focus, digits)
            row += f"<div><div class='ag-k'>{t['error']} ({t['legend']})</div>{heat}</div>" if heat else ""
        rows.append(f"<div class='ag-row'>{row}</div>")
    return "".join(rows)


def _differences(expected: Any, got: Any, tolerance: Any) -> tuple[Any, str, tuple[int, int]]:
    """(which elements are wrong, the heat map's HTML, the worst element) of two leaves; nothing where all is right."""
    if (
        not (isinstance(expected, Array) and isinstance(got, Array))
        or expected.shape != got.shape
        or not expected.data.size
    ):
        return None, "", (0, 0)
    exact = expected.data.dtype.kind not in "fc"
    ok, error, _ = elementwise(expected.data, got.data, tolerance, exact=exact)
    if ok.all():
        return None, "", (0, 0)
    flat = as_rows(np.where(ok, -1.0, np.nan_to_num(error, nan=np.inf)))
    row, column = np.unravel_index(int(flat.argmax()), flat.shape)
    heat = _heat_map(flat) if expected.data.size > 1 else ""
    return as_rows(~ok), heat, (int(row), int(column))


def _heat_map(error: Any) -> str:
    """Where it is wrong and how far off, -1 for right."""
    worst = float(error[np.isfinite(error)].max(initial=0.0))
    rows = [
        "".join("<td></td>" if x < 0 else _heat_cell(x, worst) for x in row) for row in worst_of_blocks(error).tolist()
    ]
    return "<table class='ag-e'>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _heat_cell(x: float, worst: float) -> str:
    """Three decades below the worst error is the lightest that a wrong element gets."""
    share = 1.0 if not np.isfinite(x) or worst <= 0 else max(0.0, 1.0 + np.log10(max(x / worst, 1e-3)) / 3)
    return f"<td style='background:rgba(213,94,0,{0.25 + 0.75 * share:.2f})!important'></td>"


def _digits(expected: Any, got: Any, focus: tuple[int, int]) -> int:
    """Digits enough to see the worst difference: 4, or as many as it takes up to 12."""
    if (
        not (isinstance(expected, Array) and isinstance(got, Array))
        or expected.shape != got.shape
        or not expected.data.size
    ):
        return 4
    a, b = as_rows(expected.data)[focus], as_rows(got.data)[focus]
    return next((digits for digits in range(4, 13) if number_text(a, digits) != number_text(b, digits)), 4)


def _block(label: str, leaf: Any, wrong: Any = None, focus: tuple[int, int] = (0, 0), digits: int = 4) -> str:
    if isinstance(leaf, Sparse):
        leaf = leaf.values
    if not isinstance(leaf, Array):
        text = number_text(leaf) if isinstance(leaf, float) else quote(leaf, 200)
        return f"<div><div class='ag-k'>{label}</div><code>{html.escape(text)}</code></div>"
    form = f"{leaf.dtype} {shape_text(leaf.shape) if leaf.shape else '0-d'}"
    return f"<div><div class='ag-k'>{label} {html.escape(form)}</div>{_grid(leaf.data, wrong, focus, digits)}</div>"


def _grid(data: Any, wrong: Any, focus: tuple[int, int], digits: int) -> str:
    """An array as a table: higher dimensions as rows, a window around the worst element where it is large."""
    flat = as_rows(data)
    if not flat.size:
        return ""
    rows, columns = window(flat.shape[0], MAX_ROWS, focus[0]), window(flat.shape[1], MAX_COLUMNS, focus[1])
    dots = "<td class='ag-d'>…</td>"
    lines = []
    for i in rows:
        cells = "".join(
            f"<td{' class=ag-x' if wrong is not None and wrong[i, j] else ''}>{html.escape(number_text(flat[i, j], digits))}</td>"
            for j in columns
        )
        lines.append(f"<tr>{dots if columns.start else ''}{cells}{dots if columns.stop < flat.shape[1] else ''}</tr>")
    gap = f"<tr><td class='ag-d' colspan='{len(columns) + 2}'>⋮</td></tr>"
    above, below = gap if rows.start else "", gap if rows.stop < flat.shape[0] else ""
    return f"<table class='ag-m'>{above}{''.join(lines)}{below}</table>"
