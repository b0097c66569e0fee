"""By line: what each line of a settlement brings the party, and what of it goes on."""

from typing import NamedTuple

from obc.domain.money.settlement.settlement import Settlement, due_to


class LineDue(NamedTuple):
    """A settle step: what the party receives under it on balance, and what of that it passes on down the links."""

    line: str
    due_minor: int
    passed_on_minor: int


def by_line(settlement: Settlement) -> tuple[LineDue, ...]:
    """The lines that moved something, in their order; together what the settlement says is payable and passed on."""
    names = dict.fromkeys(entry.line for entry in settlement.entries)
    moved = ((name, [entry for entry in settlement.entries if entry.line == name]) for name in names)
    return tuple(LineDue(name, *due_to(settlement.party, entries)) for name, entries in moved)
