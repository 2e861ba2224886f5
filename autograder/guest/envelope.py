"""How the two streams between host and guest share one pipe in each direction.

An *envelope* is `stream (u8), length (u32), bytes`, little endian. An envelope of the stream CONTROL holds one JSON
object, between the host and the zygote; those of the stream CHILD hold the bytes of the child's own channel, cut
anywhere. The zygote puts the envelopes around what a child writes, so a child cannot speak for the zygote whatever it
sends.

The host sends a child at most WINDOW bytes ahead of the credit that the zygote gives back, so a child that does not
read stops its own bytes and never a control message.
"""

from __future__ import annotations

import json
import struct
from typing import Any

HEADER = struct.Struct("<BI")
CONTROL, CHILD = 0, 1
CHUNK = 256 << 10
WINDOW = 256 << 10


def control(message: dict[str, Any]) -> bytes:
    """A control message in its envelope."""
    body = json.dumps(message, separators=(",", ":")).encode()
    return HEADER.pack(CONTROL, len(body)) + body
