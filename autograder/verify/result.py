"""What `verify` found out about one assignment: counts, findings and margins, as data and as a plot."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.verify.proofs.proof import TaskProof, proofs_as_json


@dataclass(frozen=True)
class Finding:
    """One broken promise.

    kind: which part of `verify` found it ("solution", "variant", ...).
    where: the task or file.
    message: what is wrong, and what to change.
    """

    kind: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


@dataclass(frozen=True)
class Margin:
    """How well a check's tolerance separates right from wrong. Errors are multiples of the tolerance.

    task: the task's name.
    check: the check's name.
    tolerance: the tolerance's name.
    right: the largest error of a right version.
    wrong: the smallest error of a wrong version; inf where none has an error that is a number.
    """

    task: str
    check: str
    tolerance: str
    right: float
    wrong: float


@dataclass
class Verification:
    """What `verify` found out about one assignment.

    slug: the assignment's.
    tasks: how many tasks it has.
    checks: how many checks, form and purity included.
    cases: how many cases were drawn.
    misconceptions: how many misconceptions were run.
    caught: how many of them fail a check.
    told_apart: how many of these give outputs that no other one of their function gives, `same_as` aside.
    diagnosed: how many of them the diagnosis names.
    variants: how many pairs of a variant and a task were run.
    accepted: how many of these pairs get full marks.
    points: all points of the assignment.
    visible_points: the points of its visible checks and of form.
    seconds_per_submission: how long it took to run the solution and compare its results.
    proofs: by task, what mutants of the reference say of its checks; none where they have not run.
    margins: by check, how well the tolerance separates right from wrong.
    findings: the broken promises; none when the assignment holds.
    failed: the checks that each misconception and each variant of a task fails.
    """

    slug: str
    tasks: int = 0
    checks: int = 0
    cases: int = 0
    misconceptions: int = 0
    caught: int = 0
    told_apart: int = 0
    diagnosed: int = 0
    variants: int = 0
    accepted: int = 0
    points: float = 0.0
    visible_points: float = 0.0
    seconds_per_submission: float = 0.0
    proofs: list[TaskProof] = field(default_factory=list)
    margins: list[Margin] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    failed: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        return not self.findings

    def complain(self, kind: str, where: str, message: str) -> None:
        finding = Finding(kind, where, message)
        if finding not in self.findings:  # several cases of one check say the same
            self.findings.append(finding)


def demand_equal(cpu: Verification, gpu: Verification) -> None:
    """Add a finding to `gpu` for each version that fails other checks on a GPU than on the CPU: a grade must not depend
    on the device."""
    for name in sorted({*cpu.failed, *gpu.failed}):
        here, there = (report.failed.get(name, ()) for report in (cpu, gpu))
        if here != there:
            said = f"fails {_listed(there)} on a GPU, and {_listed(here)} on the CPU; widen the tolerance or draw other inputs"
            gpu.complain("device", name, said)


def _listed(checks: Sequence[str]) -> str:
    return ", ".join(checks) or "nothing"


def worst(reports: Sequence[Verification]) -> Verification:
    """Several draws of one assignment as one: the smallest counts, the narrowest margins, every finding once."""
    first, draws = reports[0], len(reports)
    least = ("caught", "told_apart", "diagnosed", "accepted")
    seen = Counter(finding for report in reports for finding in report.findings)
    often = {
        finding: "" if count == draws or finding.kind == "mutants" else f" (in {count} of {draws} draws)"
        for finding, count in seen.items()
    }
    margins = [
        replace(same[0], right=max(m.right for m in same), wrong=min(m.wrong for m in same))
        for same in zip(*(report.margins for report in reports), strict=True)
    ]
    return replace(
        first,
        **{name: min(getattr(report, name) for report in reports) for name in least},
        seconds_per_submission=max(report.seconds_per_submission for report in reports),
        margins=margins,
        findings=[replace(finding, message=finding.message + some) for finding, some in often.items()],
    )


def as_json(report: Verification) -> dict[str, Any]:
    """The counts, margins and findings as plain data (no infinities: JSON has none)."""
    return {
        "slug": report.slug,
        "holds": report.holds,
        **{
            key: getattr(report, key)
            for key in (
                "tasks", "checks", "cases", "misconceptions", "caught", "told_apart", "diagnosed", "variants", "accepted",
                "points", "visible_points",
            )
        },
        "seconds_per_submission": round(report.seconds_per_submission, 4),
        "margins": [
            {"task": m.task, "check": m.check, "tolerance": m.tolerance, "right": _finite(m.right), "wrong": _finite(m.wrong)}
            for m in report.margins
        ],
        **({"mutants": proofs_as_json(report.proofs)} if report.proofs else {}),
        "findings": [{"kind": f.kind, "where": f.where, "message": f.message} for f in report.findings],
    }  # fmt: skip


def _finite(x: float) -> float | None:
    return float(f"{x:.4g}") if math.isfinite(x) else None


def margin_lines(report: Verification) -> Iterator[str]:
    """The margins as a plot for a terminal: one line a check, right (o) and wrong (x) on a scale of decades."""
    low, high, width = -9.0, 12.0, 63

    def column(x: float) -> int:
        decade = math.log10(x) if x > 0 else low
        return round((min(max(decade, low), high) - low) / (high - low) * (width - 1))

    label = max((len(f"{m.task}/{m.check}") for m in report.margins), default=0)
    for margin in report.margins:
        line = ["·"] * width
        line[column(1.0)] = "|"
        if margin.right:
            line[column(margin.right)] = "o"
        if math.isfinite(margin.wrong):
            line[column(margin.wrong)] = "x"
        name = f"{margin.task}/{margin.check}"
        wrong = f"{margin.wrong:9.2g}" if math.isfinite(margin.wrong) else "     form"
        yield f"{name:<{label}}  {margin.tolerance:<7} {''.join(line)}  {margin.right:8.2g} < {wrong}"
