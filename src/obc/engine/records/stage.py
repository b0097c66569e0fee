"""One logical table, staged: every row of its sources with typed values and the faults that it shows by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import duckdb

from obc.domain.core.kernel.problem import Problem
from obc.domain.measurement.records.codes import CodeList
from obc.domain.measurement.records.columns import FromColumn, LookUp, called
from obc.domain.measurement.records.mapping import RecordMapping, Source
from obc.domain.measurement.records.tables import Table
from obc.engine.records.extract import SCRATCH, Extract, OpenFile
from obc.engine.records.faults import LEFT_OUT, Fault, faults_of
from obc.engine.records.source_sql import Raw, SourceSql
from obc.engine.records.sql_text import name, text, texts
from obc.engine.records.value_sql import TYPES, clock_text, row_faults, shape, value

STAGE = f"{SCRATCH}.stage"


@dataclass
class Staged:
    """What stands in the stage: the files by their number, the faults that were looked for, what was lacking."""

    table: Table
    faults: tuple[Fault, ...]
    files: list[OpenFile] = field(default_factory=list)
    called: list[dict[str, str]] = field(default_factory=list)
    """for each file, what it calls the logical columns"""
    problems: list[Problem] = field(default_factory=list)
    absent: bool = True
    unusable: bool = False


def stage(
    extract: Extract,
    mapping: RecordMapping,
    table: Table,
    lists: Mapping[str, CodeList],
    lookups: Mapping[LookUp, str],
    known_on: date | None,
) -> Staged:
    """Fill the stage with the rows of a logical table; sources and columns that are not there are problems."""
    staged = Staged(table, faults_of(table))
    sources = mapping.sources(table)
    missing = [source.from_ for source in sources if extract.table(source.from_) is None]
    if len(missing) < len(sources):
        _make_stage(extract.connection, table)
    for rank, source in enumerate(sources):
        for file in extract.table(source.from_) or ():
            sql = SourceSql(mapping, lists, table, source, file, lookups)
            _insert(extract.connection, staged, sql, rank, known_on)
    staged.absent = len(missing) == len(sources)
    for one in missing:
        staged.problems.append(_no_table(extract, table, one, required=table.required and staged.absent))
    staged.unusable |= staged.absent and table.required
    return staged


def _make_stage(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    columns = ", ".join(f"{name(c.name)} {TYPES[c.kind]}" for c in table.columns)
    connection.execute(
        f"CREATE OR REPLACE TABLE {STAGE} (_file INTEGER, _row BIGINT, _source INTEGER, _latest VARCHAR, "
        f"_submitted DATE, _deleted BOOLEAN, _faults BIGINT, _note VARCHAR, {columns})"
    )


def _insert(
    connection: duckdb.DuckDBPyConnection, staged: Staged, sql: SourceSql, rank: int, known_on: date | None
) -> None:
    table, file = staged.table, sql.file
    raws = {column.name: sql.raw(column) or Raw("CAST(NULL AS VARCHAR)") for column in table.columns}
    kept = sql.kept()
    staged.files.append(file)
    staged.called.append({one.name: called(one.source, one.name) for one in sql.source.columns})
    staged.problems += _no_columns(sql, staged)
    inner = [f"{raw.sql} AS {name(f'raw {column}')}" for column, raw in raws.items()]
    moments = [c.name for c in table.columns if c.kind == "moment"]
    inner += [f"{clock_text(raws[column])} AS {name(f'time {column}')}" for column in moments]
    values = []
    for column in table.columns:
        raw = raws[column.name]
        time = name(f"time {column.name}") if raw.time else None
        values.append(f"{value(column, Raw(name(f'raw {column.name}'), raw.dates, time))} AS {name(column.name)}")
    found = row_faults(staged.faults, table, sql.lists, known_on)
    bits = " | ".join(f"(CASE WHEN {condition} THEN {fault.bit} ELSE 0 END)" for fault, condition in found)
    notes = ", ".join(
        f"CASE WHEN {condition} THEN {text(fault.columns[0])} || '=' || {shape(_written(staged, fault))} END"
        for fault, condition in found
        if fault.reason == "unreadable value"
    )
    connection.execute(
        f"INSERT INTO {STAGE} SELECT {len(staged.files) - 1}, _row, {rank}, _latest, _submitted, _deleted, "
        f"CASE WHEN NOT {_known(known_on)} THEN {LEFT_OUT} WHEN _deleted THEN 0 ELSE {bits} END, "
        f"nullif(concat_ws(chr(10), {notes or 'NULL'}), ''), "
        f"{', '.join(name(c.name) for c in table.columns)} "
        f"FROM (SELECT *, {', '.join(values)} "
        f"FROM (SELECT f.rowid AS _row, {kept} AS _kept, {_latest(sql)} AS _latest, {_submitted(sql)} AS _submitted, "
        f"{_deleted(sql)} AS _deleted, "
        f"{', '.join(inner)} FROM {file.relation} f {' '.join(sql.joins)}))"
    )


def _written(staged: Staged, fault: Fault) -> str:
    kind = "time" if staged.table.column(fault.columns[0]).kind == "moment" else "raw"
    return name(f"{kind} {fault.columns[0]}")


def _latest(sql: SourceSql) -> str:
    parts = [sql.text_of(column) for column in sql.mapping.latest_by]
    if not parts or None in parts:
        return "NULL"
    return " || ' ' || ".join(f"lpad(coalesce({part}, ''), 20, '0')" for part in parts)


def _submitted(sql: SourceSql) -> str:
    submitted = sql.mapping.submitted
    if submitted is None:
        return "NULL"
    if submitted.date:
        found = sql.text_of(submitted.date)
        return f"TRY_CAST(left({found}, 10) AS DATE)" if found else "NULL"
    found = sql.text_of(str(submitted.month_number))
    if found is None:
        return "NULL"
    month = f"(CASE WHEN regexp_full_match({found}, '[1-9][0-9]{{0,3}}') THEN CAST({found} AS INTEGER) END + 2)"
    return f"last_day(make_date(1900 + {month} // 12, {month} % 12 + 1, 1))"


def _known(known_on: date | None) -> str:
    """The condition that a row is wanted, and had been sent by the day as known on which the records are read."""
    return f"(_kept AND coalesce(_submitted <= DATE '{known_on}', true))" if known_on else "_kept"


def _deleted(sql: SourceSql) -> str:
    deleted = sql.mapping.deleted
    found = sql.text_of(deleted.column) if deleted else None
    return f"coalesce({found} IN ({texts(deleted.among)}), false)" if deleted and found else "false"


def _no_table(extract: Extract, table: Table, wanted: str, required: bool) -> Problem:
    return Problem(
        file=extract.found.folder.name,
        where=table.name,
        found=f"no {wanted}",
        expected=f"add {wanted}.csv or {wanted}.parquet; the folder has {extract.found.names}",
        severity="error" if required else "warning",
    )


def _no_columns(sql: SourceSql, staged: Staged) -> list[Problem]:
    """One problem a column that the file lacks; an error where a logical column that must be filled needs it."""
    problems = []
    needed = {name for c in sql.table.columns if c.required for name in _asked(sql.source, c.name)}
    wheres = {keep.column for keep in sql.source.where}
    for column in dict.fromkeys(sql.lacking):
        fatal = column in needed or column in wheres
        staged.unusable |= fatal
        has = ", ".join(one.name for one in sql.file.columns.values()) or "none of those asked for"
        problems.append(
            Problem(
                file=sql.file.shown,
                line=1 if sql.file.csv else None,
                where=staged.table.name,
                found=f"no column {column}",
                expected=f"add it, or map it to another; the file has {has}",
                severity="error" if fatal else "warning",
            )
        )
    return problems


def _asked(source: Source, column: str) -> tuple[str, ...]:
    """The columns that a logical column is read from, without those of look-ups in other tables."""
    given = source.column(column)
    if isinstance(given, FromColumn):
        return (given.column,)
    return tuple(getattr(given, "joined", ())) or tuple(pair.theirs for pair in getattr(given, "by", ()))
