"""What students do to a notebook besides solving its tasks. Each edit changes the list of cells in place."""

from __future__ import annotations

from autograder.demo.recipe import Accident, DemoCell, Edit


def _first_task(cells: list[DemoCell]) -> int:
    return next(i for i, cell in enumerate(cells) if cell.role == "task")


def _find(cells: list[DemoCell], role: str, text: str = "") -> DemoCell:
    return next(cell for cell in cells if cell.role == role and text in cell.source)


def before(name: str) -> Edit:
    """A cell of accidents.py at the very top: it runs, and may fail, before everything else."""

    def edit(cells: list[DemoCell], accident: Accident) -> None:
        cells.insert(0, DemoCell("code", accident(name)))

    return edit


def in_between(name: str) -> Edit:
    """A cell of accidents.py between the given code and the first task."""

    def edit(cells: list[DemoCell], accident: Accident) -> None:
        cells.insert(_first_task(cells), DemoCell("code", accident(name)))

    return edit


def at_the_end(name: str) -> Edit:
    """A cell of accidents.py below everything: its definitions are the last, so they are the ones that are graded."""

    def edit(cells: list[DemoCell], accident: Accident) -> None:
        cells.append(DemoCell("code", accident(name)))

    return edit


def earlier(name: str, task: str) -> Edit:
    """A first attempt that was left standing above the cell of its task."""

    def edit(cells: list[DemoCell], accident: Accident) -> None:
        here = next(i for i, cell in enumerate(cells) if cell.role == "task" and cell.task == task)
        cells.insert(here, DemoCell("code", accident(name)))

    return edit


def magics(cells: list[DemoCell], _: Accident) -> None:
    """Shell lines, magics and help marks, in cells of their own and in the cells of tasks."""
    top = [
        "%matplotlib inline",
        "%config InlineBackend.figure_format = 'retina'",
        "!pip install -q torch matplotlib",
        "?torch.einsum",
    ]
    cells.insert(0, DemoCell("code", "\n".join(top)))
    cells.insert(1, DemoCell("code", '%%bash\nls -al\nfor f in *.ipynb; do echo "$f"; done'))
    tasks = [cell for cell in cells if cell.role == "task"]
    tasks[0].source = "%%time\n" + tasks[0].source
    tasks[1].source += "\n\nfiles = !ls *.npz\n%timeit torch.ones(3, 3) @ torch.ones(3, 3)"
    tasks[2].source = "%load_ext autoreload\n%autoreload 2\n\n" + tasks[2].source


def plots(cells: list[DemoCell], accident: Accident) -> None:
    """Plots of the student's own before the first task and at the end, and a heading in Korean with an emoji."""
    cells.insert(_first_task(cells), DemoCell("code", accident("plot")))
    cells.append(DemoCell("markdown", "### 그림으로 확인\n\n*잘 나온다!* 🎉"))
    cells.append(DemoCell("code", accident("plot")))


def debug_prints(cells: list[DemoCell], _: Accident) -> None:
    """A print, and a warning, as the first lines of every function."""
    for cell in cells:
        if cell.role == "task":
            lines = cell.source.split("\n")
            cell.source = "\n".join(part for line in lines for part in _with_print(line))
            cell.source = "import sys, warnings\n\n" + cell.source


def _with_print(line: str) -> list[str]:
    if not (line.startswith("def ") and line.endswith(":")):
        return [line]
    name = line[4 : line.index("(")]
    return [
        line,
        f'    print("{name} 시작", {{k: getattr(v, "shape", v) for k, v in locals().items()}})',
        f'    warnings.warn("{name}: 아직 확인 중")',
        f'    print("디버그: {name}", file=sys.stderr)',
    ]


def given_deleted(cells: list[DemoCell], _: Accident) -> None:
    """The given code is gone; so is the setup cell."""
    cells[:] = [cell for cell in cells if cell.role not in ("provided", "setup")]


def given_edited(old: str, new: str) -> Edit:
    """One line of the given code changed: grading uses the original."""

    def edit(cells: list[DemoCell], _: Accident) -> None:
        cell = _find(cells, "provided", old)
        cell.source = cell.source.replace(old, new)

    return edit


def as_markdown(task: str) -> Edit:
    """The cell of a task turned into Markdown, by a keyboard shortcut that was meant for something else."""

    def edit(cells: list[DemoCell], _: Accident) -> None:
        next(cell for cell in cells if cell.role == "task" and cell.task == task).kind = "markdown"

    return edit


def only_code(cells: list[DemoCell], _: Accident) -> None:
    """All text, hints, checks and plots deleted "to keep it clean"; the marks went with a copy into a new notebook."""
    cells[:] = [cell for cell in cells if cell.role in ("setup", "plain", "provided", "task", "")]
    for cell in cells:
        cell.key = ""


def one_cell(cells: list[DemoCell], _: Accident) -> None:
    """Everything in one cell, by "Merge cells"."""
    code = "\n\n".join(
        cell.source for cell in cells if cell.is_code and cell.role not in ("explore", "check", "summary")
    )
    cells[:] = [DemoCell("markdown", "# 과제"), DemoCell("code", code)]


def shuffled(cells: list[DemoCell], _: Accident) -> None:
    """The tasks from the last to the first: a notebook that works only in the order in which its author ran it."""
    places = [i for i, cell in enumerate(cells) if cell.role == "task"]
    turned = [cells[i] for i in reversed(places)]
    for place, cell in zip(places, turned, strict=True):
        cells[place] = cell
