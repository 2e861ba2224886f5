"""The interface of an engine: `map` runs every item in some worker and yields the results in any order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeAlias, TypeVar

from autograder.errors import PlatformError

Item = TypeVar("Item")
Result = TypeVar("Result")
Item_contra = TypeVar("Item_contra", contravariant=True)
Result_co = TypeVar("Result_co", covariant=True)


class Worker(Protocol[Item_contra, Result_co]):
    """Works on one item at a time, and owns what it needs for that (a warm sandbox, say)."""

    def run(self, item: Item_contra, /) -> Result_co:
        """The result of one item. A PlatformError costs this item alone; any other error ends the whole map."""

    def close(self) -> None:
        """Release what it owns; idempotent."""


@dataclass(frozen=True)
class Done(Generic[Item, Result]):
    """An item with its result.

    item: the item, as it was passed to `map`.
    result: what the worker returned.
    """

    item: Item
    result: Result


@dataclass(frozen=True)
class Died(Generic[Item]):
    """An item without a result: the platform failed, or every worker that tried it died.

    item: the item, as it was passed to `map`.
    error: what failed.
    """

    item: Item
    error: PlatformError


Ended: TypeAlias = "Done[Item, Result] | Died[Item]"


class Engine(Protocol):
    """Runs workers. An engine keeps no state between maps, so several may run at once, in several threads."""

    def map(
        self, make_worker: Callable[[], Worker[Item, Result]], items: Sequence[Item]
    ) -> Iterator[Done[Item, Result] | Died[Item]]:
        """Yield one `Done` or `Died` for every item, as they end.

        An error other than a PlatformError is raised here and ends the map.

        make_worker: called in each worker's own process, on its first item; must be picklable where the engine has
            processes.
        items: one job each.
        """
