"""What all suites share: where the published data stand, and the Hypothesis profiles."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import Phase, settings
from xdist.scheduler import LoadFileScheduling

from places import DATA

pytest_plugins = ["indicator_engines", "reading_once"]

settings.register_profile("push", max_examples=20, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=2_000, deadline=None)
settings.register_profile(
    "mutation", parent=settings.get_profile("push"), database=None, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "push"))


_connect = duckdb.connect


def _with_one_thread(*where: Any, config: dict[str, Any] | None = None, **more: Any) -> duckdb.DuckDBPyConnection:
    """DuckDB with one thread, where nobody asks for more: there is a worker for every core already, and what tests
    measure is small. What obc does in a process of its own has as many threads as there are cores."""
    return _connect(*where, config={"threads": 1} | (config or {}), **more)


duckdb.connect = _with_one_thread


class OneSpark(LoadFileScheduling):
    """A file stays on one worker, and all files of Spark's folder on the same: they share one Java."""

    def _split_scope(self, nodeid: str) -> str:
        folder = "tests/spark"
        return folder if nodeid.startswith(f"{folder}/") else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling | None:
    """Who gets which test, where files stay together."""
    return OneSpark(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.fixture(scope="session")
def data_file() -> Callable[[str], Path]:
    """The path of a published data file; the test is skipped, by name, where the file is absent."""

    def find(name: str) -> Path:
        path = DATA / name
        if not path.exists():
            pytest.skip(f"published data absent: {name} (set OBC_DATA to the folder that holds it)")
        return path

    return find
