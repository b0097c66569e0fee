"""What the records say of one person: the input of the slow reference."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from obc.domain.measurement.indicators.definition import KEYS, Unit
from obc.domain.measurement.records.tables import BY_NAME

Row = Mapping[str, Any]
"""One row of a logical table: texts, dates, moments (datetime), Decimals, and None where empty."""


@dataclass(frozen=True, slots=True)
class Membership:
    """A run of days, both included, in which a person is in one segment under one provider.

    `left_on` None: still a member. A provider may be unknown; then the person counts in totals only.
    """

    segment: str
    provider: str | None
    joined: date
    left_on: date | None = None

    def __contains__(self, day: date) -> bool:
        return self.joined <= day and (self.left_on is None or day <= self.left_on)


@dataclass(frozen=True, slots=True)
class PersonRecords:
    """One person's rows by table, and the person's memberships, which never overlap."""

    person_id: str
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    memberships: tuple[Membership, ...] = ()

    def rows(self, table: str) -> tuple[Row, ...]:
        """The person's rows of a table."""
        return self.tables.get(table, ())

    def rows_of(self, table: str, unit: Unit, key: str, of_the: str) -> tuple[Row, ...]:
        """The rows that belong to a unit: by the unit's own key where the table has it, else by the person."""
        column = KEYS[unit]
        if of_the == "person" or not BY_NAME[table].has(column):
            return self.rows(table)
        return tuple(row for row in self.rows(table) if row.get(column) == key)

    def member_on(self, day: date) -> Membership | None:
        """The membership of that day."""
        return next((membership for membership in self.memberships if day in membership), None)

    @property
    def died(self) -> date | None:
        """The day of death, if one is recorded."""
        return min((row["happened"] for row in self.rows("deaths")), default=None)
