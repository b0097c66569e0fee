"""A hash of the accepted rows that does not depend on their order, their files or their format.

Each logical row is written as one text and hashed to 128 bits (MD5, for spread, not for secrecy); a table stands
for its number of rows and the sums of both halves, a folder for the SHA-256 of all tables. Sums rather than
exclusive ors, so that a row and its copy do not cancel out. It shows that the same rows were used. It is no proof
against somebody who invents rows to hit a sum: who needs that compares the files themselves.
"""

import duckdb

from obc.domain.core.kernel.provenance import digest
from obc.domain.measurement.records.tables import TABLES
from obc.engine.records.sql_text import name
from obc.engine.records.verdict import row_text

_LOWER = f"CAST({2**64 - 1} AS UHUGEINT)"
"""The lower 64 bits."""


def records_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """The hash of the logical tables in a connection, as `sha256:…`."""
    sums = {}
    for table in TABLES:
        ((rows, lower, upper),) = connection.execute(
            f"SELECT count(*), coalesce(sum(CAST(h & {_LOWER} AS UBIGINT)), 0), "
            f"coalesce(sum(CAST(h >> 64 AS UBIGINT)), 0) "
            f"FROM (SELECT md5_number({row_text(table)}) AS h FROM {name(table.name)})"
        ).fetchall()
        sums[table.name] = [int(rows), int(lower), int(upper)]
    return digest(sums)
