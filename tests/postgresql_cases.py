"""The records of many cases in one database of PostgreSQL, to run there what `obc measure --sql` prints."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb
import psycopg
from psycopg import sql

from obc.domain.measurement.records.tables import TABLES

_TYPES = {
    "id": "TEXT",
    "code": "TEXT",
    "flag": "TEXT",
    "date": "DATE",
    "moment": "TIMESTAMP",
    "number": "NUMERIC(18, 4)",
}


@contextmanager
def tables_in(url: str, source: duckdb.DuckDBPyConnection) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A schema of its own with the logical tables of `source`, gone afterwards."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA IF EXISTS asked CASCADE; CREATE SCHEMA asked; SET search_path = asked")
        for table in TABLES:
            columns = sql.SQL(", ").join(
                sql.SQL("{} " + _TYPES[column.kind]).format(sql.Identifier(column.name)) for column in table.columns
            )
            connection.execute(sql.SQL("CREATE TABLE {} ({})").format(sql.Identifier(table.name), columns))
            copy_rows(connection, table.name, source.execute(f"SELECT * FROM {table.name}").fetchall())
        yield connection
        connection.execute("DROP SCHEMA asked CASCADE")


def copy_rows(connection: psycopg.Connection[Any], table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Rows into a table."""
    with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as to:
        for row in rows:
            to.write_row(row)
