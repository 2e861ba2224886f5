"""What was used last, up to a size: a memory that a long class cannot fill."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Kept = TypeVar("Kept")


class Recent(Generic[Kept]):
    """Things by key, with the bytes that each takes; beyond a sum of these, what was unused for longest goes first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._kept: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Kept | None:
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def keep(self, key: Hashable, thing: Kept, size: int) -> None:
        """Keep a thing that `get` did not find."""
        self._kept[key] = thing, size
        self.size += size
        while self.size > self.most_bytes:
            _, (_, dropped) = self._kept.popitem(last=False)
            self.size -= dropped
