"""The rows made so far, as compact arrays: numbers for people, days, moments, codes and amounts.

Text is made of them only on writing. A row after a person's death or outside the span of records is not kept.
"""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from obc.domain.measurement.records.tables import BY_NAME, Table

Ints = npt.NDArray[np.int32]

NOTHING = -(2**31)
"""In place of a day, moment, number or id that is not recorded. Codes and flags use -1."""

ENDINGS = ("discharged", "ended")
"""Columns that close what a row began, on the person's death at the latest."""

REASONS_TO_END = ("closure_reason", "discharge_method")
"""Columns, after those in their tables, that say why; nothing while it is open."""

FOREVER = 2**30
"""The day of death of those who live."""


@dataclass(frozen=True)
class Coded:
    """Codes by their place among `labels`; -1 is not recorded."""

    labels: tuple[str, ...]
    at: npt.NDArray[np.integer]


Content = npt.NDArray[np.generic] | Coded | str | None
"""What a column is given: numbers, codes, one code for all rows, or nothing."""


@dataclass
class Rows:
    """The rows of one table in compact form; `labels` are the codes of a column in the order they were met."""

    table: Table
    parts: dict[str, list[npt.NDArray[np.generic]]] = field(default_factory=dict)
    labels: dict[str, dict[str, int]] = field(default_factory=dict)

    def columns(self) -> dict[str, npt.NDArray[np.generic]]:
        """Each column in one piece."""
        return {name: np.concatenate(parts) for name, parts in self.parts.items()}

    def encode(self, column: str, coded: Coded) -> npt.NDArray[np.int16]:
        """Places among this column's own labels, which grow as new codes come."""
        known = self.labels.setdefault(column, {})
        places = [known.setdefault(label, len(known)) for label in coded.labels]
        return np.array([*places, -1], dtype=np.int16)[coded.at]


class Extract:
    """All tables. Rows are added for the people of one chunk at a time (see `begin`)."""

    def __init__(self, first_day: int, last_day: int, people: int):
        self.first_day, self.last_day, self.people = first_day, last_day, people
        self.tables = {name: Rows(table) for name, table in BY_NAME.items()}
        self._ids: dict[str, int] = {}

    def begin(self, first_person: int, ids_from: int, death: Ints) -> None:
        """Start the chunk whose people are numbered from `first_person` and its ids from `ids_from`."""
        self._first, self._death = first_person, death
        self._ids = dict.fromkeys(BY_NAME, ids_from)

    def ids(self, table: str, count: int) -> npt.NDArray[np.int64]:
        """So many new ids of a table."""
        start = self._ids[table]
        self._ids[table] = start + count
        return np.arange(start, start + count, dtype=np.int64)

    def add(self, name: str, who: npt.NDArray[np.integer], *, history: bool = False, **content: Content) -> None:
        """Add rows of people `who` (their places in the chunk).

        Kept are rows that happened within the records and in the person's lifetime; with `history` also those
        from before the first day of records. A table's own id is given where it is not in `content`. Raises
        KeyError for a column that the table does not have.
        """
        rows = self.tables[name]
        table = rows.table
        content["person_id"] = (who + self._first).astype(np.int32)
        own = table.key[0]
        if own not in content:
            content[own] = self.ids(name, len(who))
        keep = who + self._first <= self.people
        if table.has("happened"):
            happened = np.asarray(content["happened"])
            keep &= happened <= np.minimum(self._death[who], self.last_day)
            if not history:
                keep &= happened >= self.first_day
        for column in table.columns:
            kind, given = column.kind, content.pop(column.name, None)
            values = self._compact(rows, column.name, kind, given, len(who))
            if column.name in ENDINGS:
                values = np.minimum(values, self._death[who])
                values[values > self.last_day] = NOTHING
                still_open = values == NOTHING
            elif column.name in REASONS_TO_END:
                values[still_open] = -1
            rows.parts.setdefault(column.name, []).append(values[keep])
        if content:
            raise KeyError(f"{name} has no column {', '.join(content)}")

    def put(self, name: str, count: int, **content: Content) -> None:
        """Add rows of a table that is not about persons."""
        rows = self.tables[name]
        for column in rows.table.columns:
            values = self._compact(rows, column.name, column.kind, content[column.name], count)
            rows.parts.setdefault(column.name, []).append(values)

    def _compact(self, rows: Rows, column: str, kind: str, given: Content, count: int) -> npt.NDArray[np.generic]:
        if kind == "code":
            coded = Coded((given,), np.zeros(count, dtype=np.int16)) if isinstance(given, str) else given
            return rows.encode(column, coded)
        if kind == "flag":
            return np.asarray(given, dtype=np.int8)
        dtype = np.int64 if kind == "id" and column != "person_id" else np.int32
        return np.full(count, NOTHING, dtype) if given is None else np.asarray(given).astype(dtype, copy=False)
