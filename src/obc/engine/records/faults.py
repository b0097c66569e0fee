"""The faults that a row of a logical table can have, each one bit of a number."""

from dataclasses import dataclass

from obc.domain.core.kernel.problem import Severity
from obc.domain.measurement.records.reasons import Reason
from obc.domain.measurement.records.tables import BY_NAME, Column, Table

SUPERSEDED = 1 << 61
"""No fault: a later row, or one of an earlier source, has the same key."""
LEFT_OUT = 1 << 60
"""No fault: the mapping does not want the row."""
AFTER_DEATH = 30
"""Days after a death during which rows of the person are still taken for paperwork."""


@dataclass(frozen=True)
class Fault:
    """One thing that can be wrong with a row. An error sets the row aside, a warning keeps it."""

    bit: int
    reason: Reason
    columns: tuple[str, ...]
    severity: Severity = "error"
    parent: str | None = None


def faults_of(table: Table) -> tuple[Fault, ...]:
    """Every fault that can be found in the table, in the order in which people should read them."""
    listed: list[tuple[Reason, tuple[str, ...], Severity, str | None]] = []
    for column in table.columns:
        if column.required:
            listed.append(("missing value", (column.name,), "error", None))
        if column.kind in ("date", "number"):
            listed.append(("unreadable value", (column.name,), "error", None))
        if column.kind == "moment":
            listed.append(("unreadable value", (column.name,), "warning", None))
        if is_coded(column):
            listed.append(("unknown code", (column.name,), "error" if column.required else "warning", None))
    listed += [("wrong order", pair, "error", None) for pair in table.in_order]
    listed += [("in the future", (c.name,), "error", None) for c in table.columns if c.kind == "date"]
    if of_a_person(table):
        listed.append(("before birth", ("happened",), "error", None))
        if table.name != "deaths":
            listed.append(("after death", ("happened",), "warning", None))
    listed += [("no such row", (column,), "error", parent) for column, parent in table.belongs_to]
    listed += [("repeated", table.key, "error", None), ("contradicted", table.key, "error", None)]
    return tuple(Fault(1 << n, *one) for n, one in enumerate(listed))


def is_coded(column: Column) -> bool:
    """Whether only listed codes may stand in the column."""
    return column.codes is not None or column.kind == "flag"


def of_a_person(table: Table) -> bool:
    """Whether its rows are things that happened to somebody in `people`."""
    return ("person_id", BY_NAME["people"].name) in table.belongs_to and table.has("happened")


def bits(faults: tuple[Fault, ...], severity: Severity) -> int:
    """All faults of that severity, as one number."""
    return sum(fault.bit for fault in faults if fault.severity == severity)


def fault(faults: tuple[Fault, ...], reason: Reason, *columns: str) -> Fault | None:
    """The fault of that kind in these columns, if the table can have it."""
    return next((one for one in faults if one.reason == reason and (not columns or one.columns == columns)), None)
