"""From what a class handed in to programs."""

from __future__ import annotations

import json
import os
import re
import unicodedata
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder.course.assignment import Assignment, load_assignment
from autograder.course.student_cells import handout
from autograder.errors import SubmissionError
from autograder.i18n import LANGUAGES
from autograder.notebooks.reader import UnreadableNotebook, text_of
from autograder.sandbox.interface import Status
from autograder.submissions.collect import safe_id
from autograder.submissions.prepare import Collection, Submission, collect, prepare
from tests.inprocess import run_inprocess
from tests.paths import TESTS

COURSE = TESTS / "fixtures" / "course"
FUNCTIONS = ("normalize_adj", "euler")


@pytest.fixture(scope="module")
def mini() -> Assignment:
    return load_assignment(COURSE / "solutions" / "10-mini")


def book(*sources: str, metadata: list[dict[str, object]] | None = None) -> bytes:
    cells = [
        {"cell_type": "code", "source": source, "metadata": (metadata or [{}] * len(sources))[i], "outputs": []}
        for i, source in enumerate(sources)
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


GOOD = book("def normalize_adj(A): ...\ndef euler(f, x0, h, steps): ...")


def gather(*paths: Path) -> Collection:
    return collect(paths, slug="10-mini", notebook="mini", functions=FUNCTIONS)


def names(collection: Collection) -> list[str]:
    return [submission.student for submission in collection.submissions]


def tell(collection: Collection) -> str:
    return "\n".join(str(problem.error) for problem in collection.problems)


def make_zip(path: Path, files: dict[str, bytes], **options: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


# -- collecting ------------------------------------------------------------------------------------------------------


def test_the_same_class_as_files_as_folder_and_as_zip(tmp_path: Path) -> None:
    files = {"kim.ipynb": GOOD, "lee.py": b"def euler(): ...", ".DS_Store": b"x", "__MACOSX/._kim.ipynb": b"x"}
    folder = put(tmp_path / "hw", files)
    zipped = make_zip(tmp_path / "hw.zip", files)
    wrapped = make_zip(tmp_path / "wrapped.zip", {f"hw10/{name}": content for name, content in files.items()})
    for paths in ([folder], [zipped], [wrapped], [folder / "kim.ipynb", folder / "lee.py"]):
        found = gather(*paths)
        assert names(found) == ["kim", "lee"]
        assert not found.problems
        assert found.submissions[0].load() == GOOD


def test_a_folder_for_each_student(tmp_path: Path) -> None:
    files = {
        "김철수/mini.ko.ipynb": GOOD,
        "김철수/.ipynb_checkpoints/mini.ko-checkpoint.ipynb": b"old",
        "lee/deep/er/mini.ipynb": GOOD,
        "lee/checker.py": b"x",
    }
    for source in (put(tmp_path / "hw", files), make_zip(tmp_path / "hw.zip", files)):
        found = gather(source)
        assert names(found) == ["lee", "김철수"]
        assert not found.problems


def test_files_named_like_the_assignment_belong_to_their_folder(tmp_path: Path) -> None:
    put(tmp_path, {"kim/mini.ipynb": GOOD, "lee/mini.ko.ipynb": GOOD, "han/mini (1).ipynb": GOOD})
    found = gather(*sorted(tmp_path.glob("*/*.ipynb")))
    assert sorted(names(found)) == ["han", "kim", "lee"]


def test_of_several_notebooks_the_assignments_own_is_chosen(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"kim/mini-copy.ipynb": GOOD, "kim/other.ipynb": GOOD, "lee/a.ipynb": book("x = 1"), "lee/b.ipynb": GOOD},
    )
    kim, lee = gather(tmp_path).submissions
    assert (kim.name, lee.name) == ("mini-copy.ipynb", "b.ipynb")
    assert "kim/mini-copy.ipynb" in kim.notes[0].en
    assert "lee/b.ipynb" in lee.notes[0].ko


@pytest.mark.parametrize(
    ("files", "students"),
    [
        ({"kim_11_901_hw.ipynb": GOOD, "lee_LATE_12_902_hw.ipynb": GOOD, "lee_12_903_other.ipynb": b"{}"}, ["kim_11", "lee_12"]),
        ({"anon_7x_1_hw.ipynb": GOOD}, ["anon_7x"]),
        ({"Ünï Kim_2_assignsubmission_file/hw.ipynb": GOOD, "Ünï Kim_2_assignsubmission_onlinetext/onlinetext.html": b"x"}, ["Ünï Kim_2"]),
        ({"Lee Min_3_assignsubmission_file_hw9.ipynb": GOOD}, ["Lee Min_3"]),
        ({"hw9_s123_attempt_2027-03-01-10-00-00_hw.ipynb": GOOD, "hw9_s123_attempt_2027-03-01-10-00-00.txt": b"x"}, ["s123"]),
        ({"kim_2027_1_gcn.ipynb": GOOD, "lee.ipynb": GOOD}, ["kim_2027_1_gcn", "lee"]),
    ],
)  # fmt: skip
def test_names_that_platforms_give(tmp_path: Path, files: dict[str, bytes], students: list[str]) -> None:
    assert names(gather(make_zip(tmp_path / "s.zip", files))) == students


def test_korean_names_of_any_system(tmp_path: Path) -> None:
    path = tmp_path / "s.zip"
    decomposed = unicodedata.normalize("NFD", "이영희")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{decomposed}.ipynb", GOOD)
        archive.writestr("@@@@@@.ipynb", GOOD)
    content = path.read_bytes().replace(b"@@@@@@", "김철수".encode("cp949"))
    path.write_bytes(content)
    assert sorted(names(gather(path))) == sorted(["김철수", "이영희"])
    assert all(submission.load() == GOOD for submission in gather(path).submissions)


def test_ids_are_file_names_and_stay_apart(tmp_path: Path) -> None:
    raw = ["..", "a:b", "a*b", "Kim", "kim", "x\u202ey", "index", "kim.ko", "가" * 90, "가" * 90 + "나", ".hidden"]
    made = [safe_id(name) for name in raw]
    assert all("/" not in name and "\u202e" not in name and not name.startswith(".") for name in made)
    assert all(len(name.encode()) < 140 for name in made)
    assert made[6] != "index"
    assert not made[7].endswith(".ko")
    folder = put(
        tmp_path, {f"{name}.ipynb": GOOD for name in ("a:b", "a*b", "Kim", "kim", "가" * 70, "가" * 70 + "나")}
    )
    students = names(gather(folder))
    assert len({student.casefold() for student in students}) == 6
    assert names(gather(folder)) == students


def test_when_it_was_handed_in(tmp_path: Path) -> None:
    put(tmp_path, {"kim.ipynb": GOOD})
    os.utime(tmp_path / "kim.ipynb", (1_800_000_000, 1_800_000_000))
    (submission,) = gather(tmp_path).submissions
    assert submission.submitted == datetime.fromtimestamp(1_800_000_000, UTC)
    zipped = tmp_path / "s.zip"
    with zipfile.ZipFile(zipped, "w") as archive:
        info = zipfile.ZipInfo("lee.ipynb", (2027, 3, 1, 9, 30, 0))
        info.extra = b"\x55\x54\x05\x00\x01" + (1_800_000_000).to_bytes(4, "little")
        archive.writestr(info, GOOD)
        archive.writestr(zipfile.ZipInfo("han.ipynb", (2027, 3, 1, 9, 30, 0)), GOOD)
    han, lee = gather(zipped).submissions
    assert lee.submitted == datetime.fromtimestamp(1_800_000_000, UTC)
    assert han.submitted == datetime(2027, 3, 1, 9, 30).astimezone()


# -- problems, and the batch goes on ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"lee/report.pdf": b"x"}, "holds no notebook"),
        ({"lee.pdf": b"x"}, "is no notebook"),
        ({"lee.zip": b"PK"}, "archive"),
        ({"../lee.ipynb": GOOD}, "leads out"),
        ({"/etc/lee.ipynb": GOOD}, "leads out"),
        ({"C:/lee.ipynb": GOOD}, "leads out"),
        ({"lee.ipynb": b"0" * (6 << 20)}, "unpacks to far more"),
    ],
)
def test_a_bad_entry_in_a_zip(tmp_path: Path, files: dict[str, bytes], says: str) -> None:
    found = gather(make_zip(tmp_path / "s.zip", {"kim.ipynb": GOOD, **files}))
    assert names(found) == ["kim"]
    assert says in tell(found)
    assert all(problem.error.remedy and "lee" in problem.where for problem in found.problems)


def test_links_and_locked_entries_in_a_zip(tmp_path: Path) -> None:
    path = tmp_path / "s.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("kim.ipynb", GOOD)
        link = zipfile.ZipInfo("lee.ipynb")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    found = gather(path)
    assert names(found) == ["kim"]
    assert "is a link" in tell(found)


def test_a_link_in_a_folder(tmp_path: Path) -> None:
    put(tmp_path / "hw", {"kim.ipynb": GOOD})
    (tmp_path / "hw" / "lee.ipynb").symlink_to("/etc/passwd")
    (tmp_path / "hw" / "han").symlink_to(tmp_path)
    found = gather(tmp_path / "hw")
    assert names(found) == ["kim"]
    assert tell(found).count("is a link") == 2


def test_a_zip_that_lies_about_sizes_is_read_no_further_than_a_notebook_goes(tmp_path: Path) -> None:
    path = make_zip(tmp_path / "s.zip", {"kim.ipynb": os.urandom(100_000)})
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (10).to_bytes(4, "little")  # "10 bytes unpacked"
    path.write_bytes(content)
    (submission,) = gather(path).submissions
    with pytest.raises(SubmissionError, match="cannot be read"):
        submission.load()
    assert submission.content_hash == ""


def test_paths_that_are_not_there_or_not_ours(tmp_path: Path) -> None:
    put(tmp_path, {"kim.ipynb": GOOD, "notes.docx": b"x", "bad.zip": b"not a zip", "empty/.keep": b""})
    found = gather(*(tmp_path / name for name in ("kim.ipynb", "nobody.ipynb", "notes.docx", "bad.zip", "empty")))
    assert names(found) == ["kim"]
    text = tell(found)
    for words in ("is not there", "is no notebook, folder or zip", "not a zip that can be read", "holds no notebook"):
        assert words in text
    assert all(problem.error.remedy for problem in found.problems)


def test_who_hands_in_twice_is_graded_once(tmp_path: Path) -> None:
    put(tmp_path, {"a/kim.ipynb": b"old", "b/kim.ipynb": GOOD})
    os.utime(tmp_path / "a" / "kim.ipynb", (1e9, 1e9))
    found = gather(tmp_path / "a" / "kim.ipynb", tmp_path / "b" / "kim.ipynb")
    assert names(found) == ["kim"]
    assert found.submissions[0].load() == GOOD
    assert '"kim" handed in twice' in tell(found)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    put(tmp_path, {"kim.ipynb": GOOD, "lee.ipynb": GOOD})
    (tmp_path / "lee.ipynb").chmod(0)
    _, lee = gather(tmp_path).submissions
    with pytest.raises(SubmissionError, match="permission"):
        lee.load()


def test_nothing_is_read_while_collecting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, {f"s{i}.ipynb": GOOD for i in range(20)})
    monkeypatch.setattr("autograder.submissions.archive.Entry.read", lambda self: pytest.fail("read"))
    assert len(gather(tmp_path).submissions) == 20


# -- preparing -------------------------------------------------------------------------------------------------------

SOLVED = (
    "import torch\n%matplotlib inline\nfrom checker import check, ready\ncheck.language = 'ko'",
    "def normalize_adj(A):\n    B = helper(A)\n    d = B.sum(1).rsqrt()\n    return d[:, None] * B * d",
    "def helper(A):\n    return A + torch.eye(len(A), dtype=A.dtype)",
    "check(normalize_adj)\ncheck.all()",
    "def euler(f, x0, h, steps):\n    rows = [x0]\n    for _ in range(steps):\n        rows.append(rows[-1] + h * f(rows[-1]))\n    return torch.stack(rows)",
    "if ready(euler):\n    raise RuntimeError('plots are not made while grading')",
)  # fmt: skip


def run(mini: Assignment, content: bytes, name: str = "kim.ipynb") -> tuple[dict[str, Status], list[str], list[str]]:
    """(status of one call of each task, names of cells that failed, notes)"""
    from autograder.course.cases import make_cases

    prepared = prepare(Submission("kim", name, content), mini)
    first = {case.task: case for case in reversed(make_cases(mini, b"", visible_only=True))}
    outcomes, cells = run_inprocess(prepared.program, [case.function_call() for case in first.values()], mini.limits)
    failed = [n for n, cell in zip(prepared.cell_names, cells, strict=True) if cell["status"] != "returned"]
    return {t: outcomes[c.id].status for t, c in first.items()}, failed, [note.en for note in prepared.notes]


RETURNED = {"normalize_adj": Status.RETURNED, "euler": Status.RETURNED}


def test_a_solved_notebook_without_its_given_cells(mini: Assignment) -> None:
    statuses, failed, notes = run(mini, book(*SOLVED))
    assert statuses == RETURNED
    assert failed == []
    assert notes == ["Given code is missing from the notebook (linear_flow); the original was used."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_python_file_without_marks(mini: Assignment, language: str) -> None:
    given = next(cell.source for cell in handout(mini, language) if cell.role == "provided")
    statuses, failed, notes = run(
        mini, "\n".join([SOLVED[0].replace("%matplotlib inline", ""), given, *SOLVED[1:5]]).encode(), "kim.py"
    )
    assert (statuses, failed, notes) == (RETURNED, [], [])


def test_the_released_notebook_as_it_is(mini: Assignment) -> None:
    for language in ("en", "ko"):
        cells = handout(mini, language)
        content = book(*(cell.source for cell in cells if cell.is_code))
        statuses, failed, notes = run(mini, content)
        assert set(statuses.values()) == {Status.UNFINISHED}
        assert (failed, notes) == ([], [])


@pytest.mark.parametrize(
    "marks",
    [
        {"autograder": {"key": "provided-1", "role": "provided"}},
        {"nbgrader": {"grade_id": "provided-1", "locked": True}},
        {},
    ],
)
def test_an_edited_given_cell_does_not_count(mini: Assignment, marks: dict[str, object]) -> None:
    edited = "def linear_flow(M, x0, h, steps):\n    raise SystemExit\ndef helper(A):\n    return A + torch.eye(len(A), dtype=A.dtype)"
    sources = [SOLVED[0], edited, SOLVED[1], SOLVED[4]]
    statuses, failed, notes = run(mini, book(*sources, metadata=[{}, marks, {}, {}]))
    assert statuses == RETURNED  # with the helper that was written into the given cell
    assert failed == []
    assert notes == [
        'The cell that begins with "def linear_flow(M, x0, h, steps):" is given code and was changed; '
        "the original was used for grading."
    ]


def test_cells_keep_the_numbers_that_the_notebook_shows(mini: Assignment) -> None:
    cells = [
        {"cell_type": "markdown", "source": "# hi"},
        {"cell_type": "code", "source": ""},
        {"cell_type": "code", "source": "def euler(:\n  pass"},
        {"cell_type": "code", "source": "1 / 0\ndef normalize_adj(A): return A"},
    ]
    content = json.dumps({"cells": cells, "nbformat": 4}).encode()
    statuses, failed, _ = run(mini, content)
    assert failed == ["cell 3", "cell 4"]
    assert statuses == {"normalize_adj": Status.RETURNED, "euler": Status.MISSING}


def test_the_last_definition_counts_and_is_told(mini: Assignment) -> None:
    _, _, notes = run(mini, book(*SOLVED, "def euler(f, x0, h, steps):\n    return x0"))
    assert (
        "euler is defined in more than one cell; the last one counts, "
        'which begins with "def euler(f, x0, h, steps):".' in notes
    )


@pytest.mark.parametrize("start", ["%matplotlib inline", "!pip install einops", "%%time", "# tidy", "%time a = 1"])
def test_no_note_names_a_cell_by_a_number_or_by_a_line_that_is_not_there(mini: Assignment, start: str) -> None:
    euler = f"{start}\nscale = 2\ndef euler(f, x0, h, steps):\n    return x0"
    edited = f"{start}\ndef linear_flow(M, x0, h, steps):\n    raise SystemExit"
    content = book(SOLVED[0], edited, *SOLVED[1:], euler, euler + "\neuler = euler")
    prepared = prepare(Submission("kim", "kim.ipynb", content), mini)
    assert len(prepared.notes) == 3
    for note in prepared.notes:
        for said in (note.en, note.ko):
            assert not re.search(r"[Cc]ell \d|\d+번째|\(\d", said), said
            (named,) = re.findall(r'"(.*?)"', said)
            assert named in [*euler.split("\n"), "a = 1"], said


def test_what_a_notebook_finds_elsewhere_is_stood_in_for(mini: Assignment) -> None:
    setup = (
        "from google.colab import drive, files\ndrive.mount('/content/drive')\nimport checker\nchecker.check(1)\n"
        "from checker import *\nfrom IPython.display import clear_output\nget_ipython().run_line_magic('cd', 'x')\n"
        "from tqdm.auto import tqdm\ntotal = sum(tqdm(range(3)))\nassert total == 3 and not ready(check)"
    )
    statuses, failed, _ = run(mini, book(setup, *SOLVED))
    assert (statuses, failed) == (RETURNED, [])


def test_explore_cells_only_define(mini: Assignment) -> None:
    explore = "def helper(A):\n    return A + torch.eye(len(A), dtype=A.dtype)\nraise SystemExit"
    sources = [*SOLVED[:2], explore, SOLVED[4]]
    marks = {"autograder": {"key": "explore-1", "role": "explore"}}
    statuses, failed, _ = run(mini, book(*sources, metadata=[{}, {}, marks, {}]))
    assert (statuses, failed) == (RETURNED, [])


def test_task_sources_hold_what_a_task_needs(mini: Assignment) -> None:
    prepared = prepare(Submission("kim", "kim.ipynb", book(*SOLVED)), mini)
    source = prepared.task_sources["normalize_adj"]
    assert "def helper" in source
    assert "import torch" in source
    assert "def euler" not in source


def test_another_assignment_is_named(mini: Assignment) -> None:
    other = book("def lstm_step(x, h, c): ...")
    with pytest.raises(UnreadableNotebook, match="another assignment: 09-lstm") as caught:
        prepare(Submission("kim", "kim.ipynb", other), mini, {"09-lstm": ["lstm_step"], "10-mini": FUNCTIONS})
    assert "09-lstm" in text_of(caught.value).ko
    with pytest.raises(UnreadableNotebook, match="no function of 10-mini"):
        prepare(Submission("kim", "kim.ipynb", other), mini)
    with pytest.raises(UnreadableNotebook, match="no code"):
        prepare(Submission("kim", "kim.ipynb", book("")), mini)


@pytest.mark.parametrize(
    "source",
    [
        "    def euler(f, x0, h, steps): ...",
        "if True:\n    def euler(f, x0, h, steps): ...",
        ">>> def euler(f, x0, h, steps): ...",
        "euler = lambda f, x0, h, steps: x0",
        "from mine import euler",
        "globals()['euler'] = print",
    ],
)
def test_however_a_function_is_bound_it_is_this_assignment(mini: Assignment, source: str) -> None:
    prepare(Submission("kim", "kim.ipynb", book(source)), mini)


def test_a_released_notebook_of_another_assignment_is_known_by_its_metadata(mini: Assignment) -> None:
    tree = json.loads(book("x = 1"))
    tree["metadata"] = {"autograder": {"assignment": "09-lstm"}}
    with pytest.raises(UnreadableNotebook, match="09-lstm"):
        prepare(Submission("kim", "kim.ipynb", json.dumps(tree).encode()), mini, {"09-lstm": ["lstm_step"]})
