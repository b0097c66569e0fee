"""The glossary: what each word means, from the one page that says it."""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

FILE = "GLOSSARY.md"


class Term(NamedTuple):
    """A word and what it means."""

    term: str
    meaning: str


def glossary_in(text: str) -> tuple[Term, ...]:
    """The terms of a page: every row of its tables of two columns, but for their heads."""
    found = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")] if line.startswith("|") else []
        if len(cells) == 2 and cells[0] != "term" and set(cells[0]) - set("-:| "):
            found.append(Term(cells[0], cells[1].rstrip("| ")))
    return tuple(found)


@lru_cache(maxsize=1)
def glossary() -> tuple[Term, ...]:
    """Every term: from the page shipped with the package, or in a checkout from the page at its root."""
    package = Path(str(files("obc")))
    for place in (package / FILE, package.parent.parent / FILE):
        if place.is_file():
            return glossary_in(place.read_text(encoding="utf-8"))
    return ()
