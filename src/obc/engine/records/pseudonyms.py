"""Pseudonyms: an extract without a raw identifier, and the same pseudonym for the same id under the same key.

A pseudonym is HMAC-SHA-256 of the id under a key that stays outside (FIPS 198-1), of which 128 bits are kept as 32
hexadecimal digits. Only the columns that the mapping reads are carried over, so that names, addresses, postcodes and
numbers that nobody asked for stay behind. Who has no key can neither tell an id from a pseudonym nor try all ids out;
who holds the key can: it belongs to whoever may know the people.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb

from obc.domain.core.kernel.problem import Problems, refusal
from obc.domain.measurement.records.mapping import RecordMapping
from obc.engine.records.extract import Extract, OpenFile, scratch
from obc.engine.records.identifiers import identifiers
from obc.engine.records.lookups import wanted_columns
from obc.engine.records.sql_text import name, text

LEAST_KEY = 32
"""Bytes that a key must have at least: as many as SHA-256 gives."""
_BLOCK = 64
_DIGITS = 32


def pseudonymise(
    folder: Path, mapping: RecordMapping, key: bytes, out: Path, connection: duckdb.DuckDBPyConnection
) -> dict[str, int]:
    """Write the tables of a folder as Parquet with pseudonyms; the folder `out` appears when it is whole.

    Returns the rows of each table. Raises `Problems` for a short key, a folder that is there, and files that cannot
    be read.
    """
    if len(key) < LEAST_KEY:
        raise refusal("the key", "the file", f"{len(key)} bytes", f"give at least {LEAST_KEY} random bytes")
    if out.exists():
        raise refusal(out.name, "the folder", "it is there already", "name a folder that is not there yet")
    hidden, wanted = identifiers(mapping), wanted_columns(mapping)
    unfinished = out.with_name(f".{out.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    _lock(connection, key)
    rows: dict[str, int] = {}
    with scratch(connection):
        extract = Extract.of(folder, connection, wanted)
        for table in sorted(extract.found.tables):
            if table in wanted:
                for number, file in enumerate(extract.table(table) or ()):
                    shown = extract.found.tables[table].name
                    _write(connection, file, [c for t, c in hidden if t == table], unfinished / shown, number)
                    rows[shown] = rows.get(shown, 0) + file.rows
        wrong = [problem for problem in extract.problems if problem.severity == "error"]
    if wrong or not rows:
        shutil.rmtree(unfinished)
        nothing = refusal(folder.name, "the folder", "no table that the mapping reads", f"read by: {mapping.id}")
        raise Problems(tuple(wrong)) if wrong else nothing
    unfinished.rename(out)
    return rows


def _lock(connection: duckdb.DuckDBPyConnection, key: bytes) -> None:
    """The two pads of the key, where no query text shows them."""
    import hashlib

    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    pads = [bytes(byte ^ pad for byte in block) for pad in (0x36, 0x5C)]
    connection.execute("CREATE TEMP TABLE pads AS SELECT CAST($1 AS BLOB) AS inside, CAST($2 AS BLOB) AS outside", pads)


def _write(connection: duckdb.DuckDBPyConnection, file: OpenFile, hidden: list[str], folder: Path, number: int) -> None:
    folder.mkdir(exist_ok=True)
    columns = ", ".join(_columns(file, hidden)) or "NULL AS nothing"
    path = text(str(folder / f"{number:05}.parquet"))
    connection.execute(
        f"COPY (SELECT {columns} FROM {file.relation} AS f, pads) TO {path} (FORMAT parquet, COMPRESSION zstd)"
    )


def _columns(file: OpenFile, hidden: list[str]) -> Iterator[str]:
    for key, column in file.columns.items():
        value = column.sql
        if key in hidden:
            inside = f"unhex(sha256(inside || encode({value})))"
            value = f"CASE WHEN {value} IS NOT NULL THEN left(sha256(outside || {inside}), {_DIGITS}) END"
        yield f"{value} AS {name(column.name)}"
