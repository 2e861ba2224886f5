"""What reading one submission may cost: steps of the reader, and bytes of what it works out.

Students' code can ask for any amount of either, in a line. Whoever asks for too much is not read to the end, and staff
are told; the reader's own limits are no place to hide.
"""

from __future__ import annotations

MOST_STEPS = 200_000
MOST_BYTES = 16 << 20


class TooMuch(Exception):
    """Code that takes more to read than the reader may spend."""


class Effort:
    """What is left to spend."""

    def __init__(self, steps: int = MOST_STEPS, size: int = MOST_BYTES) -> None:
        self.steps, self.size = steps, size

    def step(self, count: int = 1) -> None:
        """Spend steps. Raises TooMuch."""
        self.steps -= count
        if self.steps < 0:
            raise TooMuch("reading it takes too many steps")

    def hold(self, size: int) -> None:
        """Spend bytes. Raises TooMuch."""
        self.size -= size
        if self.size < 0:
            raise TooMuch("what it computes is too large")


__all__ = ["Effort", "TooMuch"]
