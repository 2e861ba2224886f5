"""A made-up class, to see the whole way at once: `autograder demo`."""

from __future__ import annotations

from autograder.demo.run import run_demo

__all__ = ["run_demo"]
