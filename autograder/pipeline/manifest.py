"""The manifest of kept outcomes, "autograder.calls/1": the digest of each call, and the outcomes of the reference.

The number of a case changes when a check before it is added or removed; the digest of its call does not. By digests,
outcomes that were kept for one version of an assignment are read for another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from autograder.course.fingerprints import answers_fingerprint
from autograder.grading.grader import Grader
from autograder.grading.reference import Reference, dump_reference, load_reference
from autograder.guest import wire
from autograder.sandbox.interface import Execution, FunctionCall, Outcome, PackedArgs, SandboxInfo
from autograder.sandbox.kept import load_execution

SCHEMA = "autograder.calls/1"


class Manifest(msgspec.Struct, frozen=True):
    """The calls of one version of an assignment.

    schema: the version of this format.
    answers: fingerprint of the solution and the limits, which decide the outcome of a call.
    calls: {number of the case: digest of its call}.
    reference: the outcomes of the solution, as `dump_reference` writes them.
    """

    schema: str
    answers: str
    calls: dict[int, str]
    reference: bytes


def manifest_of(grader: Grader) -> bytes | None:
    """The manifest of a warm grader's calls, as bytes; None where the reference is too large to be kept."""
    calls = grader.calls
    kept = dump_reference(grader.reference, grader.info, calls)
    if kept is None:
        return None
    answers = answers_fingerprint(grader.assignment.limits, grader.assignment.cells)
    return msgspec.msgpack.encode(Manifest(SCHEMA, answers, {call.id: digest_of(call) for call in calls}, kept))


def read_manifest(content: bytes) -> Manifest | None:
    """The manifest; None for bytes that are none."""
    try:
        manifest = msgspec.msgpack.decode(content, type=Manifest)
    except (msgspec.MsgspecError, ValueError):
        return None
    return manifest if manifest.schema == SCHEMA else None


def digest_of(call: FunctionCall) -> str:
    """The hash of everything that decides the outcome of a call: calls with equal digests are the same call."""
    spec, buffers = wire.pack(call.args.values)
    frame = wire.frame({"args": spec}, buffers)
    rest = (call.group, call.function, call.needs, call.gradient, call.upstream_seed, call.repeat, call.device)
    return hashlib.sha256(repr(rest).encode() + b"\0" + bytes(frame)).hexdigest()[:32]


@dataclass(frozen=True)
class Translation:
    """The mapping from the calls of a manifest to those of another version.

    old: the old calls, as far as the new version still makes them; others without their arguments.
    numbers: {old number: new number}.
    missing: new calls that were never made.
    """

    old: Sequence[FunctionCall]
    numbers: Mapping[int, int]
    missing: Sequence[FunctionCall]

    def execution(self, outcomes: bytes) -> tuple[Execution, SandboxInfo]:
        """Kept outcomes, under their new numbers. Raises KeptError for bytes that cannot be read as outcomes."""
        execution, info = load_execution(outcomes, self.old)
        return replace(execution, outcomes=self.renumbered(execution.outcomes)), info

    def reference(self, manifest: Manifest, calls: Sequence[FunctionCall]) -> bytes | None:
        """The reference's outcomes under their new numbers, as `load_reference` reads them with the new calls."""
        found = load_reference(manifest.reference, self.old)
        if found is None:
            return None
        reference, info = found
        outcomes = {o.id: o for o in self.renumbered(tuple(reference.outcomes.values()))}
        truth = {o.id: o for o in self.renumbered(tuple(reference.truth.values()))}
        return dump_reference(Reference(outcomes, truth), info, calls)

    def renumbered(self, outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
        """The outcomes whose calls the new version still makes, under their new numbers."""
        return tuple(replace(o, id=self.numbers[o.id]) for o in outcomes if o.id in self.numbers)


def translation(manifest: Manifest, calls: Sequence[FunctionCall]) -> Translation:
    """The mapping from a manifest to these calls."""
    new = {digest_of(call): call for call in calls}
    numbers = {number: new[digest].id for number, digest in manifest.calls.items() if digest in new}
    old = [
        replace(new[digest], id=number) if digest in new else FunctionCall(number, "", "", PackedArgs())
        for number, digest in manifest.calls.items()
    ]
    kept = set(manifest.calls.values())
    return Translation(old, numbers, [call for digest, call in new.items() if digest not in kept])
