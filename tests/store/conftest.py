"""Databases for the store's tests: each kind of store is one parameter of the contract."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.store.postgres import cluster, new_database

NUMBERS = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes empty databases of one kind."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path / f'course{next(NUMBERS)}.db'}"
    server = request.getfixturevalue("server")
    return lambda: new_database(server, f"course{next(NUMBERS)}")


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    return new_url()
