"""By line: what each line of a settlement brings the party, and what of it goes on."""

from collections.abc import Sequence
from typing import NamedTuple

from obc.domain.money.settlement.settlement import Settlement, due_to


class LineDue(NamedTuple):
    """A settle step: what the party receives under it on balance, and what of that it passes on down the links."""

    line: str
    due_minor: int
    passed_on_minor: int


def by_line(settlement: Settlement, lines: Sequence[str] = ()) -> tuple[LineDue, ...]:
    """The lines that moved something, in their order; together what the settlement says is payable and passed on.

    `lines`: the settle steps; with them also those that move nothing because nothing is due, but none that wait.
    """
    waiting = {one.line for one in settlement.unsettled}
    moved = {entry.line for entry in settlement.entries}
    names = [line for line in lines if line not in waiting or line in moved]
    names += [line for line in dict.fromkeys(entry.line for entry in settlement.entries) if line not in names]
    return tuple(
        LineDue(name, *due_to(settlement.party, [entry for entry in settlement.entries if entry.line == name]))
        for name in names
    )
