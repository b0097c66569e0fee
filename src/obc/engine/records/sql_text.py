"""How names and texts are written in SQL."""

from collections.abc import Iterable


def name(given: str) -> str:
    """An identifier, quoted."""
    return '"' + given.replace('"', '""') + '"'


def text(given: str) -> str:
    """A text literal."""
    return "'" + given.replace("'", "''") + "'"


def texts(given: Iterable[str]) -> str:
    """Text literals, with commas."""
    return ", ".join(text(one) for one in given)
