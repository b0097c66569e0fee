"""What reading and checking the records found: counts, examples, completeness. Never anything of a person."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from obc.domain.core.kernel.problem import Problem, Severity, wrong
from obc.domain.measurement.records.reasons import Reason
from obc.domain.measurement.records.row_quality import FaultyRows, RowQuality

EVERYBODY = "all"
"""The provider of tables that have none."""
OTHER = "other"
"""Stands for providers with fewer than five rows in a table, and for what cannot be the code of one: in a row whose
columns have slipped it may be anything."""


class _Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TableCount(_Row):
    """Where the rows of a logical table went. Every row read is in exactly one of the other four.

    left_out: the mapping does not want it. superseded: a later submission, or a source written first, has the
    same key. set_aside: it has an error.
    """

    table: str
    absent: bool = False
    read: int = 0
    left_out: int = 0
    superseded: int = 0
    set_aside: int = 0
    accepted: int = 0

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        if self.read != self.left_out + self.superseded + self.set_aside + self.accepted:
            raise wrong(f"{self.table}: {self.read} rows read", "left out, superseded, set aside and accepted add up")
        return self


class FaultCount(_Row):
    """How many rows of a file have one fault. `lines` and `codes` are the first few examples.

    `columns` are ours, `called` is what the file calls them. `lines` count lines of a CSV file (1 is the header) or
    rows of a Parquet file (1 is the first). `codes` are codes as recorded, or the shape of a text (9 for a digit, A
    or a for a letter) where the text itself could tell of a person. A row may have several faults, so that these do
    not add up to `set_aside`.
    """

    table: str
    file: str
    reason: Reason
    columns: tuple[str, ...]
    called: tuple[str, ...] = ()
    severity: Severity
    rows: int
    lines: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()


class Completeness(_Row):
    """How many current rows of a provider hold a usable value in a field."""

    table: str
    field: str
    provider: str = EVERYBODY
    rows: int
    filled: int

    @property
    def share(self) -> Decimal | None:
        """Filled over rows, to four places; None of no rows."""
        return round(Decimal(self.filled) / self.rows, 4) if self.rows else None


class Silence(_Row):
    """A run of whole months in which a provider, that recorded before, has no accepted row in a table.

    `usual` is its mean number of rows a month from the first to the last that has some. `likely`: whether so long
    a run could be chance: a probability of 1 in a million or more, were rows to come at random at that rate, with
    as many at a time as they vary (quasi-Poisson).
    """

    table: str
    provider: str
    first_month: date
    months: int
    usual: Decimal
    likely: bool


class Late(_Row):
    """How many accepted rows of a provider were first sent later than the mapping's `late after`."""

    table: str
    provider: str
    rows: int
    late: int


class RecordsReport(_Row):
    """All that is known about a folder of records after it was read once."""

    schema_version: Literal[1] = 1
    mapping: str
    records_hash: str = Field(description="the same for the same accepted rows, in whatever order, file or format")
    problems: tuple[Problem, ...]
    counts: tuple[TableCount, ...]
    faults: tuple[FaultCount, ...] = ()
    completeness: tuple[Completeness, ...] = ()
    silences: tuple[Silence, ...] = ()
    late: tuple[Late, ...] = ()
    quality: tuple[RowQuality, ...] = Field(default=(), exclude=True, description="for the data-quality page")
    faulty: tuple[FaultyRows, ...] = Field(default=(), exclude=True, description="for the data-quality page")
    unusable: bool = Field(
        default=False, description="a file cannot be read, or a table or column that must be there is missing"
    )

    def count(self, table: str) -> TableCount:
        """Where the rows of that logical table went. Raises KeyError."""
        for count in self.counts:
            if count.table == table:
                return count
        raise KeyError(table)

    @property
    def absent(self) -> tuple[str, ...]:
        """The logical tables for which the folder has nothing."""
        return tuple(count.table for count in self.counts if count.absent)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Errors first, then by file, line and place."""
    return tuple(sorted(problems, key=lambda p: (p.severity != "error", p.file, p.line or 0, p.where, p.found)))
