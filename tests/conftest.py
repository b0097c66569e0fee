"""What all suites share: where the published data stand, and the Hypothesis profiles."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import Phase, settings

from places import DATA

pytest_plugins = ["indicator_engines"]

settings.register_profile("push", max_examples=20, deadline=None, derandomize=True)
settings.register_profile("nightly", max_examples=2_000, deadline=None)
settings.register_profile(
    "mutation", parent=settings.get_profile("push"), database=None, phases=(Phase.explicit, Phase.generate)
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "push"))


@pytest.fixture(scope="session")
def data_file() -> Callable[[str], Path]:
    """The path of a published data file; the test is skipped, by name, where the file is absent."""

    def find(name: str) -> Path:
        path = DATA / name
        if not path.exists():
            pytest.skip(f"published data absent: {name} (set OBC_DATA to the folder that holds it)")
        return path

    return find
