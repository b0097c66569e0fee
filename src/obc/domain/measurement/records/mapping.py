"""A mapping: how an extract calls its tables, columns, codes and dates, and which logical table each feeds.

The shipped mappings stand in `definitions/records/`; a user's has the same form and may extend one of them.
A logical table that a mapping does not list is read under its own name, with its own column names.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from obc.domain.core.kernel.organisation import Slug
from obc.domain.core.kernel.problem import wrong
from obc.domain.measurement.records.columns import ColumnSource, FirstOf, FromColumn, Taken
from obc.domain.measurement.records.tables import BY_NAME, TABLES, Table

DATES = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S.%f",
)
"""The ways in which a date is written unless a mapping says otherwise: ISO 8601, with or without a time."""

FILLED = "filled"
"""In `where`: the column holds anything at all."""


class _Node(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnMapping(_Node):
    """One logical column and where it comes from."""

    name: str
    source: ColumnSource


class Keep(_Node):
    """Only rows whose column holds one of these; `filled` alone: holds anything."""

    column: str
    among: tuple[str, ...]


def _named(key: str, value: str) -> Any:
    def named(given: Any) -> Any:
        if isinstance(given, dict):
            return [{key: name, value: item} for name, item in given.items()]
        return given

    return BeforeValidator(named)


def _where(given: Any) -> Any:
    if isinstance(given, dict):
        return [{"column": c, "among": [a] if isinstance(a, str) else a} for c, a in given.items()]
    return given


Where = Annotated[tuple[Keep, ...], BeforeValidator(_where)]


def _one(given: Any) -> Any:
    return (given,) if isinstance(given, str) else given


class Source(_Node):
    """One table of the extract, and how its rows become rows of a logical table."""

    from_: str = Field(alias="from")
    columns: Annotated[tuple[ColumnMapping, ...], _named("name", "source")]
    where: Where = ()

    def column(self, name: str) -> ColumnSource | None:
        """Where the logical column comes from; None where the extract has nothing for it."""
        return next((column.source for column in self.columns if column.name == name), None)


class TableMapping(_Node):
    """One logical table, fed by one source or by several, stacked.

    Where two sources have a row of the same key, the one written first wins.
    """

    table: str
    sources: tuple[Source, ...]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.table not in BY_NAME:
            raise wrong(f"the table '{self.table}'", f"choose one of {', '.join(BY_NAME)}")
        if not self.sources:
            raise wrong(f"{self.table} from nothing", "give it a source: from, columns")
        table = BY_NAME[self.table]
        for source in self.sources:
            names = [column.name for column in source.columns]
            for name in names:
                if not table.has(name):
                    raise wrong(f"the column '{name}'", f"{table.name} has {', '.join(c.name for c in table.columns)}")
            lacking = [c.name for c in table.columns if c.required and c.name not in names]
            if lacking:
                raise wrong(
                    f"{source.from_} without {', '.join(lacking)}", f"{table.name} needs them: say where they come from"
                )
            _check_taken(table, source)
        return self


def _check_taken(table: Table, source: Source) -> None:
    order = [t.name for t in TABLES]
    for column in source.columns:
        parts = column.source.first_of if isinstance(column.source, FirstOf) else (column.source,)
        for part in parts:
            if not isinstance(part, Taken):
                continue
            if part.table not in order or order.index(part.table) >= order.index(table.name):
                raise wrong(f"'{part.taken_from}'", "take from a table that is read earlier")
            if not BY_NAME[part.table].has(part.column):
                raise wrong(f"'{part.taken_from}'", f"{part.table} has no such column")
            lacking = [key for key in BY_NAME[part.table].key if source.column(key) is None]
            if lacking:
                raise wrong(f"'{part.taken_from}' without {', '.join(lacking)}", f"{part.table} is found by it: map it")


def _tables(given: Any) -> Any:
    if isinstance(given, dict):
        return [
            {"table": name, "sources": sources if isinstance(sources, list) else [sources]}
            for name, sources in given.items()
        ]
    return given


class Submitted(_Node):
    """The column that says when a row was sent: a date, or the data set's number of the reporting month.

    Month 1 is April 1900, so that 1489 is April 2024; a month counts as sent on its last day.
    """

    date: str | None = None
    month_number: str | None = Field(default=None, alias="month number")

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.date is None) == (self.month_number is None):
            raise wrong("'submitted'", "write either 'date: COLUMN' or 'month number: COLUMN'")
        return self


class Deleted(_Node):
    """The column, and what stands in it, that says of a row that it takes back every earlier row of its key."""

    column: str
    among: Annotated[tuple[str, ...], BeforeValidator(_one)] = Field(min_length=1)


class RecordMapping(_Node):
    """How an extract becomes the logical tables.

    `recognised by`: names of tables, or `Table.Column`, that only this kind of extract has all of.
    `latest by`: when the extract holds a key several times, the row with the highest of these counts (whole
    numbers, or dates written year first; compared in this order); it applies to sources that have the columns.
    `nothing`: words that stand for an empty value, such as NULL.
    `submitted`: when a row was sent; what was sent after the day as known on which the records are read is left out.
    `deleted`: marks rows that take back what their key said before; it needs `latest by`, to know what was before.
    """

    id: Slug
    title: str
    source: str
    extends: Slug | None = None
    recognised_by: Annotated[tuple[str, ...], BeforeValidator(_one)] = Field(default=(), alias="recognised by")
    dates: Annotated[tuple[str, ...], BeforeValidator(_one)] = DATES
    nothing: Annotated[tuple[str, ...], BeforeValidator(_one)] = ()
    latest_by: Annotated[tuple[str, ...], BeforeValidator(_one)] = Field(default=(), alias="latest by")
    submitted: Submitted | None = None
    deleted: Deleted | None = None
    late_after: int = Field(
        default=92, alias="late after", ge=0, description="days after which a row counts as sent late"
    )
    tables: Annotated[tuple[TableMapping, ...], BeforeValidator(_tables)] = ()

    @model_validator(mode="after")
    def _in_turn(self) -> Self:
        if self.deleted and not self.latest_by and self.extends is None:
            raise wrong("'deleted' without 'latest by'", "write 'latest by': the columns that tell which row is later")
        return self

    @model_validator(mode="after")
    def _once(self) -> Self:
        names = [item.table for item in self.tables]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise wrong(f"{', '.join(twice)} twice", "write each logical table once; list its sources under it")
        return self

    def sources(self, table: Table) -> tuple[Source, ...]:
        """The sources of a logical table; a table that is not listed is read under its own names."""
        for item in self.tables:
            if item.table == table.name:
                return item.sources
        columns = tuple(ColumnMapping(name=c.name, source=FromColumn(column=c.name)) for c in table.columns)
        return (Source.model_validate({"from": table.name, "columns": columns}),)

    def extended(self, others: Mapping[str, "RecordMapping"]) -> "RecordMapping":
        """This mapping over the one that it extends: what it says wins, a table as a whole.

        Raises `wrong` where the other is unknown or the extensions run in a circle.
        """
        seen, mapping = [self.id], self
        while mapping.extends is not None:
            if mapping.extends in seen or mapping.extends not in others:
                known = ", ".join(name for name in others if name not in seen)
                raise wrong(f"extends: {mapping.extends}", f"extend one of {known}")
            seen.append(mapping.extends)
            mapping = mapping._over(others[mapping.extends])
        return mapping

    def _over(self, base: "RecordMapping") -> "RecordMapping":
        own = {item.table for item in self.tables}
        said = {field: getattr(self, field) for field in self.model_fields_set}
        tables = (*self.tables, *(item for item in base.tables if item.table not in own))
        return base.model_copy(update={"recognised_by": (), **said, "tables": tables, "extends": base.extends})
