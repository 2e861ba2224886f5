"""The report as typed data: "autograder.report/1". Everything that people or programs read is made of this.

The JSON schema that `docs/report.schema.json` holds is printed from these classes (`python -m autograder.report.schema`);
docs/report-schema.md says what each field means to a reader. A change of meaning is "autograder.report/2".
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from autograder.errors import PlatformError
from autograder.report.for_staff import ForbiddenFinding as ForbiddenFinding
from autograder.report.for_staff import ReasonEvidence as ReasonEvidence
from autograder.report.for_staff import StaffReport as StaffReport
from autograder.report.for_staff import WrongTask as WrongTask
from autograder.store.base import Key

SCHEMA = "autograder.report/1"

Sentence: TypeAlias = dict[str, str]
"""What is said, by language: {"en": ..., "ko": ...}."""


def said(sentence: Mapping[str, str], language: str) -> str:
    """A sentence in a language, or in the first that it has."""
    return sentence.get(language) or next(iter(sentence.values()), "")


Status: TypeAlias = Literal["graded", "pending", "unreadable"]


class Table(msgspec.Struct, frozen=True):
    """A two-dimensional piece of an array.

    at: indices of the axes before the last two.
    rows, columns: labels; None where the array has no such axis.
    cells: the elements as text.
    levels: the class of each element's error, 0 (right) to 4, or None.
    worst: row and column in this table, or None.
    cut: whether this is a window of something larger.
    """

    at: list[int]
    rows: list[int] | None
    columns: list[int] | None
    cells: list[list[str]]
    levels: list[list[int]] | None
    worst: list[int] | None
    cut: bool


class View(msgspec.Struct, frozen=True):
    """A value as it can be read.

    name: of what is shown.
    type: "torch.Tensor float64 (5, 5)".
    text: of anything but an array.
    tables: of an array that is small, or a window of a large one.
    summary: of a large array: min, mean, max, not_finite, as text.
    """

    name: str
    type: str
    text: str
    tables: list[Table]
    summary: dict[str, str]


class Heat(msgspec.Struct, frozen=True):
    """A heat map of an error.

    grid: log10(error / tolerance), the worst of each block, limited to -3 and 12.
    rows, columns: of the whole array laid out as a matrix.
    top: the largest of the grid that is below 12.
    """

    grid: list[list[float]]
    rows: int
    columns: int
    top: float


class Difference(msgspec.Struct, frozen=True):
    """One part of a result that differs: where, both sides, and the heat map where one can be laid over the other.

    place: where in the result.
    expected: what should stand there.
    got: what stands there.
    heat: the error of each element; null where one cannot be laid over the other.
    """

    place: Sentence
    expected: View
    got: View
    heat: Heat | None


class RaisedError(msgspec.Struct, frozen=True):
    """What a student's code raised.

    type, message: as Python says them; a hidden check shows no message.
    where, line, source: the cell, the line in it, and that line as it stands in the submission.
    begins: the first line of that cell, by which people find it; "" where none is shown.
    """

    type: str
    message: str
    where: str
    line: int | None
    source: str
    begins: str = ""


class Failure(msgspec.Struct, frozen=True, omit_defaults=True):
    """What there is to look at of a check that gave no points. A hidden check shows `status` and `error` alone.

    status: of the call.
    error: what it raised.
    same_as: the check of this task that shows the same error.
    case: which call of the check, from 1.
    call, arguments: what was called.
    expected, returned, differences: what should have come back, and what did.
    stdout, warnings: what the student's code printed.
    """

    status: str
    error: RaisedError | None
    same_as: str | UnsetType = UNSET
    case: int | UnsetType = UNSET
    call: str | UnsetType = UNSET
    arguments: list[View] | UnsetType = UNSET
    expected: list[View] | UnsetType = UNSET
    returned: list[View] | UnsetType = UNSET
    differences: list[Difference] | UnsetType = UNSET
    stdout: str | UnsetType = UNSET
    warnings: list[str] | UnsetType = UNSET


class Calls(msgspec.Struct, frozen=True):
    """How many calls a check makes, and how many of them were right.

    total: how many it makes.
    right: how many of them were right.
    """

    total: int
    right: int


class PartReport(msgspec.Struct, frozen=True):
    """A part of a result that has its share of a check's points, and whether it is right in all calls.

    name: as the author calls it.
    right: in all calls.
    """

    name: Sentence
    right: bool


class CheckReport(msgspec.Struct, frozen=True):
    """A check and what it gave.

    name: unique in its task; "form" and "purity" are the platform's.
    kind: "value", or "form" and "purity", which follow from all cases of the task.
    title: what it is about.
    visible: whether students have its cases.
    points: what it is worth.
    earned: what it gave.
    status: "pending" where the platform failed.
    calls: how many it makes, and how many were right.
    hint: the author's, where it did not pass.
    messages: what there is to say of it.
    failure: what there is to look at, where it did not pass.
    parts: the parts of the result, where some are right and some are not; each right one gives its share.
    """

    name: str
    kind: Literal["value", "form", "purity"]
    title: Sentence
    visible: bool
    points: float
    earned: float
    status: Literal["passed", "failed", "pending"]
    calls: Calls
    hint: Sentence | None
    messages: list[Sentence]
    failure: Failure | None
    parts: list[PartReport] = []


class DiagnosisReport(msgspec.Struct, frozen=True):
    """One reason that explains every failing case of a task.

    kind: "misconception" (the author's), "mutant" (the reference with one slip), "numeric" (a relation between
        numbers), "error" (an exception), "behaviour" (chance, inputs that were changed) or "carried" (an earlier
        function).
    id: of the reason, within its kind.
    function: that the reason is about.
    text: the reason, as the student reads it.
    """

    kind: Literal["misconception", "numeric", "error", "behaviour", "mutant", "carried"]
    id: str
    function: str
    text: Sentence


class ForbiddenUse(msgspec.Struct, frozen=True):
    """A certain use of something forbidden, which cost the task its points.

    name: of what is forbidden, in full.
    where: the cell.
    line: in that cell, or null.
    begins: the first line of its cell.
    """

    name: str
    where: str
    line: int | None
    begins: str = ""


class TaskReport(msgspec.Struct, frozen=True):
    """A task and what it gave.

    name: unique in the assignment.
    functions: that are graded.
    points: what it is worth.
    earned: what it gave.
    state: in one word.
    diagnosis: the reason why it failed, where one was found.
    forbidden: what took its points.
    checks: in the author's order, form first and purity last.
    carried: the part of `earned` for what failed only because of an earlier function.
    title: its heading in the notebook; absent where it has none.
    """

    name: str
    functions: list[str]
    points: float
    earned: float
    state: Literal["right", "partial", "wrong", "pending", "unfinished", "missing"]
    diagnosis: DiagnosisReport | None
    forbidden: list[ForbiddenUse]
    checks: list[CheckReport]
    carried: float = 0.0
    title: Sentence | UnsetType = UNSET


class CellReport(msgspec.Struct, frozen=True):
    """A cell that did not run to its end.

    name: the cell.
    status: how it ended.
    error: what it raised.
    begins: its first line.
    """

    name: str
    status: str
    error: RaisedError | None
    begins: str = ""


class AssignmentName(msgspec.Struct, frozen=True):
    """The assignment, by slug and title.

    slug: the name of its folder.
    title: as students read it.
    """

    slug: str
    title: Sentence


class ProvenanceReport(msgspec.Struct, frozen=True):
    """What a grade was made of, enough to make it again.

    content_hash: SHA-256 of the submission.
    assignment_fingerprint: of what decides the grade.
    seed_id: of the hidden cases.
    autograder: the version.
    sandbox: provider, versions and walls.
    graded_at: ISO 8601, UTC.
    device: where it ran.
    name: of the submission's file.
    report_fingerprint: of what decides the words.
    outcomes: SHA-256 of the kept outcomes; "" where none are kept.
    signature: HMAC-SHA-256 of the report by the course's secret; "" where it was not signed.
    """

    content_hash: str
    assignment_fingerprint: str
    seed_id: str
    autograder: str
    sandbox: dict[str, str | list[str]]
    graded_at: str
    device: str
    name: str = ""
    report_fingerprint: str = ""
    outcomes: str = ""
    signature: str = ""


class Report(msgspec.Struct, frozen=True):
    """One graded submission: what both pages and every export are made of.

    schema: the version of this format, "autograder.report/1".
    assignment: slug and title.
    student: the id of the report, unique in its class.
    submitted: the time of the submission, ISO 8601, or None.
    status: "graded", "pending" (the platform must run some checks again) or "unreadable".
    score: the points; None where the submission could not be read, which is not 0.
    max_score: all points of the assignment; None where the submission could not be read.
    problem: why the submission could not be read, or None.
    notes: remarks for the student.
    cells: the cells that did not run to their end.
    tasks: the points of every task, with checks and reasons.
    staff: what is not for the student.
    provenance: what the grade was made of.
    seconds: how long grading took.
    """

    schema: str
    assignment: AssignmentName
    student: str
    submitted: str | None
    status: Status
    score: float | None
    max_score: float | None
    problem: Sentence | None
    notes: list[Sentence]
    cells: list[CellReport]
    tasks: list[TaskReport]
    staff: StaffReport
    provenance: ProvenanceReport
    seconds: float

    @property
    def key(self) -> Key:
        """What the grade was made of."""
        proof = self.provenance
        return Key(
            student=self.student,
            name=proof.name,
            content_hash=proof.content_hash,
            slug=self.assignment.slug,
            grade_fingerprint=proof.assignment_fingerprint,
            seed_id=proof.seed_id,
            autograder=proof.autograder,
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which everything is said."""
        return tuple(self.assignment.title)

    def to_json(self) -> bytes:
        """The report's JSON, UTF-8."""
        return msgspec.json.encode(self)

    def to_html(self, language: str | None = None) -> str:
        """The student's page in a language of the course, the first one by default. Raises LookupError for another."""
        from autograder.report.html import student_html

        return student_html(self, language or self.languages[0])

    @property
    def endings(self) -> tuple[str, ...]:
        """The endings of the files of its pages."""
        return tuple(map(page_ending, self.languages))

    def pages(self) -> Mapping[str, str]:
        """The student's pages, by the ending of their file."""
        return {page_ending(language): self.to_html(language) for language in self.languages}

    def signed(self, secret: bytes, outcomes: bytes | None = None) -> Report:
        """The same report, bound to its kept outcomes and to a secret that students do not have."""
        digest = hashlib.sha256(outcomes).hexdigest() if outcomes is not None else ""
        return self._with_signature(_signature(self._with_signature("", digest), secret), digest)

    def holds(self, outcomes: bytes) -> bool:
        """Whether these are the outcomes that this report was signed with."""
        return hashlib.sha256(outcomes).hexdigest() == self.provenance.outcomes

    def dated_as(self, earlier: Report) -> Report:
        """The same report with the time, the sandbox and the seconds of an earlier one, whose outcomes it was made of."""
        then = earlier.provenance
        proof = msgspec.structs.replace(
            self.provenance, graded_at=then.graded_at, sandbox=then.sandbox, device=then.device
        )
        return msgspec.structs.replace(self, provenance=proof, seconds=earlier.seconds)

    def is_signed_by(self, secret: bytes) -> bool:
        """Whether `signed` made it with this secret, and nobody has changed it since."""
        proof = self.provenance
        ours = _signature(self._with_signature("", proof.outcomes), secret)
        return hmac.compare_digest(ours, proof.signature)

    def _with_signature(self, signature: str, outcomes: str) -> Report:
        proof = msgspec.structs.replace(self.provenance, signature=signature, outcomes=outcomes)
        return msgspec.structs.replace(self, provenance=proof)


def page_ending(language: str) -> str:
    """Of a student's page: ".html" in English, ".ko.html" and the like in other languages."""
    return ".html" if language == "en" else f".{language}.html"


def _signature(report: Report, secret: bytes) -> str:
    return hmac.new(hashlib.sha256(b"report" + secret).digest(), report.to_json(), hashlib.sha256).hexdigest()


_DECODER = msgspec.json.Decoder(Report)


def read_report(content: bytes) -> Report:
    """A report from its JSON. Raises PlatformError for anything that is none of this schema."""
    try:
        report = _DECODER.decode(content)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise PlatformError(f"not a report: {error}") from None
    if report.schema != SCHEMA:
        raise PlatformError(f"a report of another schema: {report.schema}")
    return report


def read_signed(content: bytes, secret: bytes) -> Report | None:
    """A report that we made and nobody has changed; None for anything else."""
    try:
        report = read_report(content)
    except PlatformError:
        return None
    return report if report.is_signed_by(secret) else None


def json_schema() -> dict[str, Any]:
    """The JSON Schema of `Report`."""
    schema = msgspec.json.schema(Report)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": SCHEMA, **schema}


if __name__ == "__main__":
    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))
