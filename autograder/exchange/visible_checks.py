"""Runs the visible checks of this assignment for nbgrader and otter-grader. It lies beside checker.py and visible.npz.

    require("f", "small")         AssertionError unless f is right in this check
    right("f", "small")           True or False

This file is generated.
"""

import sys

import checker


def right(task, check, namespace=None):
    """Whether every case of a visible check is right, as it is graded: value and gradient within the tolerance."""
    return not _problem(task, check, namespace or sys._getframe(1).f_globals)


def require(task, check, namespace=None):
    """Raise AssertionError, with the first case that is not right."""
    problem = _problem(task, check, namespace or sys._getframe(1).f_globals)
    assert not problem, problem


def _problem(task, check, namespace):
    namespace = namespace if isinstance(namespace, dict) else vars(namespace)
    visible = checker.check._load()
    assert visible is not None, "checker.py and visible.npz must lie beside this notebook"
    cases = [case for case in visible.of_task(task) if case.what["check"] == check]
    assert cases, f"{task} has no visible check {check!r}"
    for case in cases:
        trial = checker._try(case, namespace)
        if trial.status in ("raised", "unfinished", "missing"):
            return f"{task}, {check}: {trial.status} {trial.error}".rstrip()
        parts = [trial.comparison, trial.gradient_comparison]
        if not all(part is None or part.equal for part in parts):
            return f"{task}, {check}, case {case.what['index'] + 1}: not what was expected; check({task}) shows both"
    return ""
