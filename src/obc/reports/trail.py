"""Actions of a trail as a table: who did what, when and why, and what became otherwise by it."""

import json
from collections.abc import Iterable

from obc.domain.core.kernel.trail import Action, changes
from obc.reports.parts import table_book, table_csv
from obc.reports.table import Column, Table

_HEADS = ("Number", "When", "Who", "Roles", "What", "Kind", "Record", "Why", "Changed", "Hash")


def actions_table(actions: Iterable[Action]) -> Table:
    """One row an action, in the order given. Times are in UTC."""
    return Table(
        caption="Actions",
        columns=tuple(Column(head, "count" if head == "Number" else "text") for head in _HEADS),
        rows=tuple(
            (
                one.number,
                one.at.isoformat(),
                one.by,
                ", ".join(one.roles),
                one.verb,
                one.kind,
                one.record,
                one.why,
                "; ".join(f"{key}: {_brief(before)} → {_brief(after)}" for key, before, after in changes(one)),
                one.digest,
            )
            for one in actions
        ),
    )


def actions_csv(actions: Iterable[Action]) -> bytes:
    """The table for programs."""
    return table_csv(actions_table(actions))


def actions_xlsx(actions: Iterable[Action]) -> bytes:
    """The table for people who calculate."""
    return table_book(actions_table(actions))


def _brief(content: object) -> str:
    text = "nothing" if content in (None, [], "") else content if isinstance(content, str) else json.dumps(content)
    return text if len(text) <= 200 else f"{text[:197]}…"
