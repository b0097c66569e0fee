"""Faults sown on purpose, so that a check of records can be tested to find exactly what was sown."""

from datetime import date
from typing import Literal

import numpy as np
import numpy.typing as npt
from pydantic import Field

from obc.domain.core.kernel.period import add_months
from obc.domain.measurement.records.tables import TABLES
from obc.synthetic.calendar import day
from obc.synthetic.extract import ENDINGS, NOTHING, REASONS_TO_END, Rows
from obc.synthetic.model import Written

Columns = dict[str, npt.NDArray[np.generic]]

PARENTS = frozenset(parent for table in TABLES for _, parent in table.belongs_to)
"""Tables that others belong to. Single rows of them are never spoiled, or their children would be at fault too."""

MONTHS_LATE = "months late"
"""The compact column that says how many months after it happened a row was sent."""

UNKNOWN_CODE = "??"
NOBODY = 999_999_999
"""The number of a person, referral or carer that does not exist, nor do those before it."""


class MissingMonth(Written):
    """A provider's rows of one month are not there. Referrals and carers stay: they are sent every month."""

    provider: str
    month: date


class Stop(Written):
    """A provider records nothing from this day on."""

    provider: str
    day: date


class Late(Written):
    """A share of rows is sent so many months after the one in which it happened.

    What would be sent after the end of records is not in the extract; made again without this fault, it is. What
    was sent before shows when in layouts that say so (MHSDS).
    """

    share: float = Field(ge=0, le=1)
    months: int = Field(ge=1)


class Faults(Written):
    """What to spoil. Shares are of the rows of every table to which the fault can happen; no row has two."""

    missing_months: tuple[MissingMonth, ...] = ()
    stops: tuple[Stop, ...] = ()
    late: Late | None = None
    repeated: float = Field(default=0, ge=0, le=0.2, description="rows that are there twice")
    unknown_code: float = Field(default=0, ge=0, le=0.2, description="rows with a code that no list has")
    wrong_order: float = Field(default=0, ge=0, le=0.2, description="rows that end before they begin")
    orphan: float = Field(default=0, ge=0, le=0.2, description="rows of a person, referral or carer not there")


Name = Literal["missing month", "stopped", "not sent yet", "late", "repeated", "unknown code", "wrong order", "orphan"]


class Sown(Written):
    """How many rows of a table have a fault, or are missing for it."""

    fault: Name
    table: str
    column: str | None
    rows: int


def spoil(
    rng: np.random.Generator, faults: Faults, rows: Rows, columns: Columns, last_day: int
) -> tuple[Columns, list[Sown]]:
    """The columns of one table with its faults, and what they are. `rows` may get the unknown code as a label."""
    sown: list[Sown] = []
    if not rows.table.has("provider"):
        return columns, sown
    columns = _remove(rng, faults, rows, columns, last_day, sown)
    if rows.table.name not in PARENTS:
        columns = _damage(rng, faults, rows, columns, sown)
    return columns, [entry for entry in sown if entry.rows]


def _remove(
    rng: np.random.Generator, faults: Faults, rows: Rows, columns: Columns, last_day: int, sown: list[Sown]
) -> Columns:
    table = rows.table
    labels = rows.labels.get("provider", {})
    happened = columns["happened"]

    def drop(gone: npt.NDArray[np.bool_], fault: Name) -> None:
        nonlocal columns, happened
        sown.append(Sown(fault=fault, table=table.name, column=None, rows=int(gone.sum())))
        columns = {name: values[~gone] for name, values in columns.items()}
        happened = columns["happened"]

    for stop in faults.stops:
        drop((columns["provider"] == labels.get(stop.provider, -2)) & (happened >= day(stop.day)), "stopped")
        for ending in columns.keys() & ENDINGS:
            unseen = (columns["provider"] == labels.get(stop.provider, -2)) & (columns[ending] >= day(stop.day))
            columns[ending] = np.where(unseen, NOTHING, columns[ending])
            for reason in columns.keys() & REASONS_TO_END:
                columns[reason] = np.where(unseen, -1, columns[reason])
    if table.name in PARENTS:
        return columns
    for missing in faults.missing_months:
        first = missing.month.replace(day=1)
        within = (happened >= day(first)) & (happened < day(add_months(first, 1)))
        drop((columns["provider"] == labels.get(missing.provider, -2)) & within, "missing month")
    if faults.late:
        late = rng.random(len(happened)) < faults.late.share
        sent = happened.astype("datetime64[D]").astype("datetime64[M]") + faults.late.months
        unsent = late & (sent.astype("datetime64[D]").astype(np.int64) > last_day)
        columns[MONTHS_LATE] = np.where(late, faults.late.months, 0).astype(np.int8)
        drop(unsent, "not sent yet")
        sown.append(Sown(fault="late", table=table.name, column=None, rows=int((columns[MONTHS_LATE] > 0).sum())))
    return columns


def _damage(rng: np.random.Generator, faults: Faults, rows: Rows, columns: Columns, sown: list[Sown]) -> Columns:
    """Spoil single rows, no row twice: what order the rows come in is drawn once, each fault takes its part."""
    table = rows.table
    order = rng.permutation(len(columns["happened"]))
    columns = {name: values.copy() for name, values in columns.items()}
    taken = 0

    def take(share: float, column: str | None, fault: Name, among: npt.NDArray[np.bool_] | None = None) -> np.ndarray:
        nonlocal taken
        chosen = order[taken : taken + int(share * len(order))]
        taken += len(chosen)
        if among is not None:
            chosen = chosen[among[chosen]]
        sown.append(Sown(fault=fault, table=table.name, column=column, rows=len(chosen)))
        return chosen

    coded = next((c for c in table.columns if c.codes), None)
    if coded and faults.unknown_code:
        label = rows.labels.setdefault(coded.name, {}).setdefault(UNKNOWN_CODE, len(rows.labels[coded.name]))
        columns[coded.name][take(faults.unknown_code, coded.name, "unknown code")] = label
    for begins, ends in table.in_order:
        closed = (columns[ends] != NOTHING) & (columns[begins] != NOTHING)
        chosen = take(faults.wrong_order, ends, "wrong order", closed)
        columns[ends][chosen] = columns[begins][chosen] - 10
    if table.belongs_to and faults.orphan:
        column = table.belongs_to[-1][0]
        chosen = take(faults.orphan, column, "orphan")
        columns[column][chosen] = NOBODY - np.arange(len(chosen))
    again = take(faults.repeated, None, "repeated")
    return {name: np.concatenate((values, values[again])) for name, values in columns.items()}
