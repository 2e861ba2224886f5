"""Where work runs in parallel: an engine maps a worker over items, and survives the death of workers."""

from autograder.engine.base import Died, Done, Engine, Worker
from autograder.engine.local import LocalEngine

__all__ = ["Died", "Done", "Engine", "LocalEngine", "Worker"]
