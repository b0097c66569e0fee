"""A hash of the accepted rows that does not depend on their order, their files or their format.

Each logical row is written as one text and hashed to 128 bits (MD5, for spread, not for secrecy); a table stands
for its number of rows and the sums of both halves, a folder for the SHA-256 of all tables. Sums rather than
exclusive ors, so that a row and its copy do not cancel out. It shows that the same rows were used. It is no proof
against somebody who invents rows to hit a sum: who needs that compares the files themselves.
"""

import duckdb

from obc.domain.core.kernel.provenance import digest
from obc.domain.measurement.records.tables import TABLES, Table
from obc.engine.records.sql_text import name
from obc.engine.records.verdict import row_text

_LOWER = f"CAST({2**64 - 1} AS UHUGEINT)"
"""The lower 64 bits."""


def records_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """The hash of the logical tables in a connection, as `sha256:…`."""
    return digest({table.name: _sums(connection, table) for table in TABLES})


def _sums(connection: duckdb.DuckDBPyConnection, table: Table) -> list[int]:
    if not connection.execute(f"SELECT 1 FROM {name(table.name)} LIMIT 1").fetchall():
        return [0, 0, 0]  # most folders lack most tables: to hash no rows takes longer than to see that there are none
    ((rows, lower, upper),) = connection.execute(
        f"SELECT count(*), sum(CAST(h & {_LOWER} AS UBIGINT)), sum(CAST(h >> 64 AS UBIGINT)) "
        f"FROM (SELECT md5_number({row_text(table)}) AS h FROM {name(table.name)})"
    ).fetchall()
    return [int(rows), int(lower), int(upper)]
