"""Every shipped definition on cases drawn by hand, by the reference and by DuckDB.

The period is April to June 2026 where none is named. One person a case, named after it; where a definition takes the
provider of the row, the row is drawn under a provider of the person's name.
"""

from collections.abc import Callable

import pytest

from indicator_engines import Engine, engine  # noqa: F401
from shipped import code_lists, indicators

Asks = Callable[[str, str], dict[str, str]]


@pytest.fixture
def asks(engine: Engine) -> Asks:  # noqa: F811
    """The answer of each person who is counted by a shipped definition."""

    def ask(name: str, text: str) -> dict[str, str]:
        return engine.answers(indicators()[name], text, lists=code_lists())

    return ask
