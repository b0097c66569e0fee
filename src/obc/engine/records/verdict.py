"""What becomes of each staged row: the faults that only other rows show, and which of several rows of a key wins."""

import duckdb

from obc.domain.measurement.records.tables import Table
from obc.engine.records.extract import SCRATCH
from obc.engine.records.faults import AFTER_DEATH, LEFT_OUT, SUPERSEDED, Fault, bits, fault, of_a_person
from obc.engine.records.sql_text import name
from obc.engine.records.stage import STAGE, Staged
from obc.engine.records.value_sql import TYPES

VERDICT = f"{SCRATCH}.verdict"
"""One row for each staged row that is not simply good: file, row, faults, note."""
_RIVALS = f"{SCRATCH}.rivals"


def judge(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Fill the verdict. The tables that this one belongs to must have been read before."""
    errors = bits(staged.faults, "error")
    _find_rivals(connection, staged, errors)
    joins = [f"LEFT JOIN {_RIVALS} r ON r._file = s._file AND r._row = s._row"]
    found = ["s._faults", "coalesce(r.faults, 0)"]
    for n, (column, parent) in enumerate(staged.table.belongs_to):
        alias, key = f"p{n}", name(column)
        joins.append(f"LEFT JOIN {name(parent)} {alias} ON {alias}.{key} = s.{key}")
        orphan = fault(staged.faults, "no such row", column)
        found += _when(orphan, f"s.{key} IS NOT NULL AND {alias}.{key} IS NULL")
        if parent == "people" and of_a_person(staged.table):
            found += _when(fault(staged.faults, "before birth"), f"s.happened < {alias}.birth_date")
    if after := fault(staged.faults, "after death"):
        joins.append("LEFT JOIN deaths d ON d.person_id = s.person_id")
        found += _when(after, f"s.happened > d.happened + {AFTER_DEATH}")
    connection.execute(
        f"CREATE OR REPLACE TABLE {VERDICT} AS SELECT * FROM (SELECT s._file, s._row, s._note, "
        f"CASE WHEN s._faults = {LEFT_OUT} OR r.faults = {SUPERSEDED} THEN greatest(s._faults, r.faults) "
        f"WHEN s._deleted THEN {SUPERSEDED} "
        f"ELSE {' | '.join(found)} END AS faults "
        f"FROM {STAGE} s {' '.join(joins)}) WHERE faults <> 0"
    )


def _when(one: Fault | None, condition: str) -> list[str]:
    return [f"(CASE WHEN {condition} THEN {one.bit} ELSE 0 END)"] if one else []


def _find_rivals(connection: duckdb.DuckDBPyConnection, staged: Staged, errors: int) -> None:
    """Rows that share a key. Rows that cannot be used anyhow do not compete.

    The source written first wins, in it the latest; of equally late rows that say the same the first stays, of
    rows that contradict each other none.
    """
    table = staged.table
    key = ", ".join(name(column) for column in table.key)
    sound = f"_faults & {errors | LEFT_OUT} = 0"
    repeated, contradicted = fault(staged.faults, "repeated"), fault(staged.faults, "contradicted")
    assert repeated and contradicted, "every table can have them"
    group = f"PARTITION BY {key}, _source, _latest"
    connection.execute(
        f"CREATE OR REPLACE TABLE {_RIVALS} AS "
        f"WITH several AS (SELECT hash({key}) AS h FROM {STAGE} WHERE {sound} GROUP BY h HAVING count(*) > 1), "
        f"rivals AS (SELECT *, md5_number({row_text(table)}) AS content FROM {STAGE} "
        f"WHERE {sound} AND hash({key}) IN (SELECT h FROM several)), "
        f"ranked AS (SELECT _file, _row, "
        f"rank() OVER (PARTITION BY {key} ORDER BY _source, _latest DESC NULLS LAST) AS place, "
        f"row_number() OVER ({group} ORDER BY _file, _row) AS copy, "
        f"min(content) OVER ({group}) = max(content) OVER ({group}) AS same, "
        f"min(_submitted) OVER (PARTITION BY {key}) AS first_submitted FROM rivals) "
        f"SELECT _file, _row, first_submitted, CASE WHEN place > 1 THEN {SUPERSEDED} "
        f"WHEN NOT same THEN {contradicted.bit} WHEN copy > 1 THEN {repeated.bit} ELSE 0 END AS faults FROM ranked"
    )


def row_text(table: Table) -> str:
    """A logical row as one text: the columns in their order, an empty one told apart from an empty text."""
    parts = ", ".join(f"coalesce(CAST({name(c.name)} AS VARCHAR), chr(30))" for c in table.columns)
    return f"concat_ws(chr(31), {parts})"


def make_empty(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Make a logical table without rows."""
    columns = ", ".join(f"{name(column.name)} {TYPES[column.kind]}" for column in table.columns)
    connection.execute(f"CREATE OR REPLACE TABLE {name(table.name)} ({columns})")


def accept(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Make the logical table of the rows that have no error and are neither superseded nor left out."""
    table = staged.table
    barred = bits(staged.faults, "error") | SUPERSEDED | LEFT_OUT
    columns = ", ".join(name(column.name) for column in table.columns)
    connection.execute(
        f"CREATE OR REPLACE TABLE {name(table.name)} AS SELECT {columns} FROM {STAGE} s WHERE NOT EXISTS "
        f"(SELECT 1 FROM {VERDICT} v WHERE v._file = s._file AND v._row = s._row AND v.faults & {barred} <> 0)"
    )
