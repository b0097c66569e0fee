"""The audit trail: read, checked against what stands, exported."""

from typing import Any

from obc.bootstrap.people import not_in_the_trail
from obc.domain.core.kernel.problem import Problem
from obc.domain.core.kernel.trail import Action, broken_links, exported, head
from obc.store import book as books


def actions(book: str) -> tuple[Action, ...]:
    """Every action of a book, in order."""
    return books.Trail(book).read()


def findings(book: str) -> tuple[Problem, ...]:
    """Everything that does not hold: the chain, its end, and records and roles against the lines about them."""
    trail = actions(book)
    found = list(broken_links(trail))
    length, end = books.end_of(book)
    if (length, end) != (len(trail), head(trail)):
        found.append(
            _problem("the end", f"{len(trail)} actions where the book counts {length}", "lines were taken out")
        )
    last = {(one.kind, one.record): one.after for one in trail}
    for key, content in books.all_standing(book).items():
        if last.get(key) != content:
            found.append(_problem(" ".join(key), "a record other than its last line says", "it was changed by hand"))
    return (*found, *not_in_the_trail(book))


def export(book: str) -> dict[str, Any]:
    """The trail of a book for keeping elsewhere."""
    return exported(book, actions(book))


def listed(actions: tuple[Action, ...], ending: str) -> bytes:
    """Some actions as a file, by its ending: csv or xlsx."""
    from obc.reports.trail import actions_csv, actions_xlsx

    return actions_csv(actions) if ending == "csv" else actions_xlsx(actions)


def _problem(where: str, found: str, expected: str) -> Problem:
    return Problem(file="the trail", where=where, found=found, expected=expected)
