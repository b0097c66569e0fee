"""Identifiers: which columns of an extract name a person or a record of theirs, by the mapping that reads them."""

from collections.abc import Iterator

from obc.domain.core.kernel.problem import refusal
from obc.domain.measurement.records.columns import FromColumn, Joined, LookUp
from obc.domain.measurement.records.mapping import RecordMapping, Source
from obc.domain.measurement.records.tables import TABLES, Table
from obc.engine.records.lookups import singles

Place = tuple[str, str]
"""A table of the extract and one of its columns, without capitals."""


def identifiers(mapping: RecordMapping) -> frozenset[Place]:
    """The columns that become ids, and those that are compared with them. Raises `Problems` where one is also read
    as a code, date or number: it cannot be both hidden and read.
    """
    hidden = {place for table in TABLES for source in mapping.sources(table) for place in _ids(table, source)}
    pairs = [pair for table in TABLES for source in mapping.sources(table) for pair in _compared(source)]
    before = -1
    while len(hidden) > before:
        before = len(hidden)
        hidden |= {place for pair in pairs if hidden & {*pair} for place in pair}
    read = {place for table in TABLES for source in mapping.sources(table) for place in _contents(table, source)}
    if both := sorted(hidden & read):
        table, column = both[0]
        expected = "map the id from a column of its own, which says nothing else"
        raise refusal(mapping.id, f"{table}.{column}", "a column that is an id and is read as well", expected)
    return frozenset(hidden)


def _ids(table: Table, source: Source) -> Iterator[Place]:
    contents = set(_contents(table, source))
    for column in source.columns:
        if table.column(column.name).kind == "id":
            for place in _read_by(source, column.name):
                if place not in contents:
                    yield place


def _contents(table: Table, source: Source) -> Iterator[Place]:
    """What is read for what it says."""
    for column in source.columns:
        if table.column(column.name).kind != "id":
            yield from _read_by(source, column.name)
    yield from ((source.from_.casefold(), keep.column.casefold()) for keep in source.where)


def _read_by(source: Source, column: str) -> Iterator[Place]:
    here = source.from_.casefold()
    for one in singles(source, column):
        match one:
            case FromColumn():
                yield here, one.column.casefold()
            case Joined():
                yield from ((here, part.casefold()) for part in one.joined)
            case LookUp():
                yield one.in_.casefold(), one.look_up.casefold()


def _compared(source: Source) -> Iterator[tuple[Place, Place]]:
    here = source.from_.casefold()
    for one in singles(source):
        if isinstance(one, LookUp):
            yield from (((here, pair.theirs.casefold()), (one.in_.casefold(), pair.ours.casefold())) for pair in one.by)
