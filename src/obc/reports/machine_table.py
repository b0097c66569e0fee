"""A state machine as a table: what can be done in each state, where it leads, and for whom it is."""

from obc.domain.core.kernel.states import Machine
from obc.reports.document import Grid, Section
from obc.reports.table import Column, Table
from obc.reports.wording import listed


def life(machine: Machine, here: str | None = None) -> Section:
    """What can become of a thing; `here`: the state that this one is in."""
    rows = tuple(
        (
            f"{state} (now)" if state == here else state,
            verb,
            move.to,
            listed(list(move.by)) or "whoever its rules let act",
        )
        for state in machine.states
        for verb, move in machine.moves.get(state, {}).items()
    )
    heads = ("While it is", "One can", "Then it is", "It is for")
    return Section(
        f"What can become of {machine.name}",
        "life",
        (Grid(Table("States and moves", tuple(map(Column, heads)), rows)),),
    )
