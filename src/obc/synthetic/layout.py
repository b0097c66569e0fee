"""How the rows of a logical table are laid out in files: the mapping of an extract, read backwards.

What a look-up finds is written to the table where it is looked up; a constant chooses the rows that go to its
source; of several sources, or ways to the same column, the first is written, unless a way takes it from another
table. Whatever else the mapping reads is there too, but empty.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from obc.domain.measurement.records.columns import ColumnSource, Constant, FirstOf, FromColumn, Joined, LookUp, Taken
from obc.domain.measurement.records.mapping import FILLED, RecordMapping, Source
from obc.domain.measurement.records.tables import TABLES, Table

EMPTY = "NULL::VARCHAR"

Ways = dict[str, object]
"""By logical column, the one way that it is written."""

_MONTH_NUMBER = "(year({day}) - 1900) * 12 + month({day}) - 3"
"""The data set's number of a month: 1 is April 1900."""


@dataclass
class Layout:
    """One file: its name, its columns as SQL over the logical table, and which rows it takes."""

    name: str
    columns: dict[str, str]
    where: list[str] = field(default_factory=list)
    distinct: bool = False

    @classmethod
    def without_rows(cls, name: str, columns: list[str]) -> "Layout":
        """A file with these columns and nothing else."""
        return cls(name, dict.fromkeys(columns, EMPTY), ["false"])

    def query(self, relation: str) -> str:
        """SELECT of the file's content."""
        columns = ", ".join(f'{sql} AS "{name}"' for name, sql in self.columns.items())
        where = f" WHERE {' AND '.join(self.where)}" if self.where else ""
        order = f" ORDER BY {', '.join(map(str, range(1, len(self.columns) + 1)))}" if self.distinct else ""
        return f"SELECT {'DISTINCT ' if self.distinct else ''}{columns} FROM {relation}{where}{order}"


def columns_read(mapping: RecordMapping) -> dict[str, list[str]]:
    """Every file that the mapping reads, with all columns that it reads there."""
    read: dict[str, dict[str, None]] = {}
    for table in TABLES:
        for source in mapping.sources(table):
            here = read.setdefault(source.from_, {})
            here |= dict.fromkeys(keep.column for keep in source.where)
            for column in source.columns:
                for way in _ways(column.source):
                    match way:
                        case FromColumn():
                            here |= dict.fromkeys(name for name in (way.column, way.time) if name)
                        case Joined():
                            here |= dict.fromkeys(way.joined)
                        case LookUp():
                            here |= dict.fromkeys(pair.theirs for pair in way.by)
                            read.setdefault(way.in_, {}).update(
                                dict.fromkeys([*(pair.ours for pair in way.by), way.look_up])
                            )
    return {file: list(columns) for file, columns in read.items()}


def _ways(source: ColumnSource) -> tuple[object, ...]:
    return source.first_of if isinstance(source, FirstOf) else (source,)


def layouts(mapping: RecordMapping | None, table: Table, months_late: str) -> list[Layout]:
    """The files of one logical table. Without a mapping: one file of its own name.

    `months_late` is SQL for how many months after it happened a row was sent.
    """
    if mapping is None:
        return [Layout(table.name, {column.name: f'"{column.name}"' for column in table.columns})]
    sources = mapping.sources(table)
    told_apart = [source for source in sources if _constants(source)]
    found: list[Layout] = []
    for source in told_apart or sources[:1]:
        found += _of_source(mapping, table, source, months_late)
    return found


def _constants(source: Source) -> list[tuple[str, str]]:
    return [(c.name, c.source.constant) for c in source.columns if isinstance(c.source, Constant)]


def _of_source(mapping: RecordMapping, table: Table, source: Source, months_late: str) -> Iterator[Layout]:
    """The source's own file, and those in which it looks things up."""
    main = Layout(source.from_, {}, [f"\"{name}\" = '{value}'" for name, value in _constants(source)])
    ways = {column.name: _way(column.source) for column in source.columns}
    _own_columns(main, ways)
    asides = _asides(main, ways)
    for keep in source.where:
        if keep.among[0] != FILLED:
            main.columns.setdefault(keep.column, f"'{keep.among[0]}'")
    if table.has("happened") and mapping.submitted and mapping.submitted.month_number and source.from_ != table.name:
        sent = f'("happened" + to_months({months_late}))'
        main.columns.setdefault(mapping.submitted.month_number, _MONTH_NUMBER.format(day=sent))
    read = columns_read(mapping)
    for layout in (main, *asides):
        for column in read[layout.name]:
            layout.columns.setdefault(column, EMPTY)
        yield layout


def _own_columns(main: Layout, ways: Ways) -> None:
    """Columns first; then times, which stand beside their day; then the parts of ids that nothing else gives."""
    for name, way in ways.items():
        if isinstance(way, FromColumn) and way.time is None:
            main.columns.setdefault(way.column, f'"{name}"')
    for name, way in ways.items():
        if isinstance(way, FromColumn) and way.time is not None:
            main.columns.setdefault(way.time, f"strftime(\"{name}\", '%H:%M:%S')")
        elif isinstance(way, Joined):
            for part in way.joined:
                main.columns.setdefault(part, f'"{name}"')


def _asides(main: Layout, ways: Ways) -> list[Layout]:
    """Tables for what is looked up. A key that nothing else gives is the value itself."""
    asides: dict[str, Layout] = {}
    for name, way in ways.items():
        if isinstance(way, LookUp):
            aside = asides.setdefault(way.in_, Layout(way.in_, {}, distinct=True))
            for pair in way.by:
                aside.columns[pair.ours] = main.columns.setdefault(pair.theirs, f'"{name}"')
            aside.columns[way.look_up] = f'"{name}"'
    return list(asides.values())


def _way(source: ColumnSource) -> object:
    """The way that is written: the first, or none where it can be taken from a table read before."""
    if not isinstance(source, FirstOf):
        return source
    return None if any(isinstance(way, Taken) for way in source.first_of) else source.first_of[0]
