"""The look-ups of a mapping: which columns have to be loaded, and small tables of key and value."""

from collections.abc import Iterator

from obc.domain.core.kernel.problem import Problem
from obc.domain.measurement.records.columns import ColumnSource, FirstOf, FromColumn, Joined, LookUp, Single
from obc.domain.measurement.records.mapping import RecordMapping, Source
from obc.domain.measurement.records.tables import TABLES, Table
from obc.engine.records.extract import SCRATCH, Extract, OpenFile
from obc.engine.records.sql_text import texts


def singles(source: Source, name: str | None = None) -> Iterator[Single]:
    """Every single place that the columns of a source come from, or the column of that name."""
    for column in source.columns:
        if name in (None, column.name):
            yield from _singles(column.source)


def _singles(source: ColumnSource) -> Iterator[Single]:
    if isinstance(source, FirstOf):
        yield from source.first_of
    else:
        yield source


def wanted_columns(mapping: RecordMapping) -> dict[str, frozenset[str]]:
    """By table of the extract, the columns that the mapping reads; all without capitals."""
    wanted: dict[str, set[str]] = {}
    always = {*mapping.latest_by}
    if mapping.submitted:
        always.add(mapping.submitted.date or str(mapping.submitted.month_number))
    if mapping.deleted:
        always.add(mapping.deleted.column)
    for table in TABLES:
        for source in mapping.sources(table):
            here = wanted.setdefault(source.from_.casefold(), set())
            here |= always | {keep.column for keep in source.where}
            for one in singles(source):
                match one:
                    case FromColumn():
                        here |= {one.column, one.time or one.column}
                    case Joined():
                        here |= {*one.joined}
                    case LookUp():
                        here |= {pair.theirs for pair in one.by}
                        there = wanted.setdefault(one.in_.casefold(), set())
                        there |= always | {one.look_up} | {pair.ours for pair in one.by}
    return {table: frozenset(column.casefold() for column in columns) for table, columns in wanted.items()}


def make_lookups(extract: Extract, mapping: RecordMapping, table: Table) -> dict[LookUp, str]:
    """A scratch table for each look-up of a logical table's sources that are there.

    A look-up into a table or column that is absent has none; that it is absent is a problem, said once.
    """
    asked = dict.fromkeys(
        one
        for source in mapping.sources(table)
        if extract.found.table(source.from_)
        for one in singles(source)
        if isinstance(one, LookUp)
    )
    made: dict[LookUp, str] = {}
    for one in asked:
        files = extract.table(one.in_)
        if files is None:
            extract.problems.append(_absent(extract, table, one))
            continue
        parts = [part for file in files if (part := _part(mapping, one, file))]
        if parts:
            made[one] = f"{SCRATCH}.lookup_{len(made)}"
            _make(extract, one, parts, made[one])
        elif files:
            extract.problems.append(_no_column(table, one, files[0]))
    return made


def _part(mapping: RecordMapping, look_up: LookUp, file: OpenFile) -> str | None:
    asked = [look_up.look_up, *(pair.ours for pair in look_up.by)]
    columns = [file.column(column) for column in asked]
    if None in columns:
        return None
    value, *keys = (column.sql for column in columns if column)
    if mapping.nothing:
        value = f"CASE WHEN {value} IN ({texts(mapping.nothing)}) THEN NULL ELSE {value} END"
    latest = [file.column(column) for column in mapping.latest_by]
    order = (
        "NULL"
        if None in latest or not latest
        else " || ' ' || ".join(f"lpad(coalesce({column.sql}, ''), 20, '0')" for column in latest if column)
    )
    named = ", ".join(f"{key} AS k{n}" for n, key in enumerate(keys))
    return f"SELECT {named}, {value} AS value, {order} AS latest FROM {file.relation} f"


def _make(extract: Extract, look_up: LookUp, parts: list[str], table: str) -> None:
    keys = ", ".join(f"k{n}" for n in range(len(look_up.by)))
    there = " AND ".join(f"k{n} IS NOT NULL" for n in range(len(look_up.by)))
    rows = f"SELECT * FROM ({' UNION ALL '.join(parts)}) WHERE value IS NOT NULL AND {there}"
    ((double,),) = extract.connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM ({rows}) GROUP BY hash({keys}) HAVING count(*) > 1)"
    ).fetchall()
    one_each = f"QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY latest DESC NULLS LAST, value) = 1"
    extract.connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS SELECT {keys}, value FROM ({rows}) {one_each if double else ''}"
    )


def _absent(extract: Extract, table: Table, look_up: LookUp) -> Problem:
    return Problem(
        file=extract.found.folder.name,
        where=table.name,
        found=f"no {look_up.in_}, from which {look_up.look_up} is looked up",
        expected=f"add {look_up.in_}.csv or {look_up.in_}.parquet; without it the column stays empty",
        severity="warning",
    )


def _no_column(table: Table, look_up: LookUp, file: OpenFile) -> Problem:
    asked = ", ".join((look_up.look_up, *(pair.ours for pair in look_up.by)))
    return Problem(
        file=file.shown,
        line=1 if file.csv else None,
        where=table.name,
        found=f"not all of the columns {asked}",
        expected=f"add them; without them {look_up.look_up} stays empty",
        severity="warning",
    )
