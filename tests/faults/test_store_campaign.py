"""A short campaign of kills against a store; `python -m tests.faults.store_campaign --kills 200` is the long one."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.faults.store_campaign import Campaign
from tests.store.postgres import cluster


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_kills_lose_nothing_of_a_store(tmp_path: Path, kind: str) -> None:
    with cluster() if kind == "postgresql" else nullcontext("") as server:
        campaign = Campaign(tmp_path, seed=7, server=server)
        campaign.run(kills=8)
        assert sum(campaign.kills.values()) >= 8
