"""A short campaign of kills against a store; `python -m tests.faults.store_campaign --kills 200` is the long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.store_campaign import Campaign


@pytest.mark.slow
def test_kills_lose_nothing_of_a_store(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, seed=7)
    campaign.run(kills=8)
    assert sum(campaign.kills.values()) >= 8
