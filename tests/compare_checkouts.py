"""Do two checkouts grade alike? The same files, graded by each, and their reports compared as JSON but for times.

    python -m tests.compare_checkouts OTHER          beside this checkout, each with the Python of its own .venv
    python -m tests.compare_checkouts OTHER --quick  the class alone, without the authors' own versions

What is graded: a class of 148 (`fixtures/class_of_148.tar.xz`, the demo's as it was at commit afbb747), and for every
assignment of OTHER its solution, its stub in both languages, every misconception and every variant. What may differ:
seconds, provenance, and which child of the sandbox an event names.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

HERE = Path(__file__).parents[1]
SEED = "a seed of sixteen bytes and more"
VOLATILE = ("seconds", "provenance")
CLASS = Path(__file__).parent / "fixtures" / "class_of_148.tar.xz"

# Runs inside each checkout, so it asks for nothing that either of them lacks.
_PROGRAMS = r"""
import sys
from pathlib import Path
root, out = Path.cwd(), Path(sys.argv[1])
for folder in sorted((root / "solutions").glob("*/checks.py")):
    slug, folder = folder.parent.name, folder.parent
    pile = out / slug
    pile.mkdir(parents=True)
    solution = (folder / "solution.py").read_text(encoding="utf-8")
    (pile / "solution.py").write_text(solution, encoding="utf-8")
    for path in (root / "assignments" / slug).glob("*.ipynb"):
        (pile / f"stub-{path.name.split('.')[-2]}.ipynb").write_bytes(path.read_bytes())
    for path in sorted((folder / "variants").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        (pile / f"variant-{path.stem}.py").write_text(f"{solution}\n\n# %%\n{text}\n", encoding="utf-8")
    try:
        from autograder.course.misconceptions_file import read_misconceptions
        from autograder.course.assignment import load_assignment
    except ImportError:
        from autograder.assignment import load_assignment
    for wrong in load_assignment(folder).misconceptions:
        (pile / f"wrong-{wrong.name}.py").write_text(f"{solution}\n\n# %%\n{wrong.source}\n", encoding="utf-8")
"""


def python_of(checkout: Path) -> str:
    own = checkout / ".venv" / "bin" / "python"
    return str(own) if own.exists() else sys.executable


def run(checkout: Path, *command: str) -> None:
    done = subprocess.run([python_of(checkout), *command], cwd=checkout, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"{checkout}: {' '.join(command[:4])}: exit {done.returncode}\n{done.stderr[-2000:]}")


def grade(checkout: Path, slug: str, pile: Path, out: Path, seed: Path) -> None:
    code = "import sys; from autograder.cli%s import main; main(prog_name='autograder')"
    module = ".main" if (checkout / "autograder" / "cli").is_dir() else ""
    options = ["--out", str(out), "--seed-file", str(seed), "--sandbox", "process"]
    run(checkout, "-c", code % module, "grade", slug, str(pile), *options)


def reports(folder: Path) -> dict[str, Any]:
    """What was written, by name: JSON without what may differ, and the tables and pages without times."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        data["staff"].pop("events")
        found[path.name] = {key: value for key, value in data.items() if key not in VOLATILE}
    found["grades.csv"] = (folder / "grades.csv").read_text(encoding="utf-8")
    return found


def differences(one: Mapping[str, Any], other: Mapping[str, Any], at: str = "") -> Iterator[str]:
    """Paths at which two trees differ, with both values."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            if key not in one or key not in other:
                yield f"{at}/{key}: only in {'this' if key in one else 'the other'}"
            else:
                yield from differences(one[key], other[key], f"{at}/{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{at}[{index}]")
    elif one != other:
        yield f"{at}: {str(one)[:160]!r} here, {str(other)[:160]!r} there"


def compare(other: Path, *, quick: bool) -> int:
    """The number of differences, each printed."""
    total = count = 0
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        seed = work / "seed"
        seed.write_text(SEED + "\n")
        with tarfile.open(CLASS) as archive:
            archive.extractall(work, filter="data")
        piles = [(pile.stem, pile) for pile in sorted((work / "submissions").iterdir())]
        if not quick:
            run(other, "-c", _PROGRAMS, str(work / "own"))
            piles += [(pile.name, pile) for pile in sorted((work / "own").iterdir())]
        for number, (slug, pile) in enumerate(piles):
            outs = []
            for checkout in (HERE, other):
                out = work / f"{number}-{'this' if checkout == HERE else 'other'}"
                grade(checkout, slug, pile, out, seed)
                outs.append(reports(out))
            found = list(differences(*outs))
            print(f"{slug}: {len(outs[0])} files, {len(found)} differences", flush=True)
            print("".join(f"  {line}\n" for line in found[:20]), end="")
            total, count = total + len(found), count + len(outs[0])
    print(f"{count} files compared, {total} differences")
    return total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=Path)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    sys.exit(1 if compare(options.other.resolve(), quick=options.quick) else 0)


if __name__ == "__main__":
    main()
